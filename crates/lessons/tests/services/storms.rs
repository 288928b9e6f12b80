//! Storms of tries and what does not come back, breakers by hand, balancers, percentiles, caches.

use lessons::Unmet;

use crate::support::{bench, shared};

const STORM: &str = "retry-storm";
const DOOR: &str = "find-the-fault-half-open";
const STUCK: &str = "metastable";
const BALANCE: &str = "load-balancing";
const FREEZE: &str = "percentiles";
const CACHE: &str = "cache-stampede";

#[test]
fn tries_multiply_and_budgets_bound_them() {
    let lesson = bench(STORM);
    let went = |settings: &[(&str, &str)]| {
        lesson.measured(1, settings).all(["user.started", "user.ok", "storage.calls"])
    };
    assert_eq!(went(&[]), [851, 0, 22_977]);
    let reads = |settings: &[(&str, &str)]| went(settings)[2];
    assert_eq!(reads(&[("tries", "4")]), 54_464);
    assert_eq!((reads(&[("floors", "2")]), reads(&[("floors", "1")])), (7659, 2553));
    assert_eq!(reads(&[("budget", "true")]), 1206);
    let few = ("failing", "5%");
    assert_eq!(went(&[few, ("tries", "1")])[1], 802);
    assert_eq!(went(&[few])[1..], [851, 901]);
    assert_eq!(went(&[few, ("budget", "true")])[1..], [851, 901]);
    let half = ("failing", "50%");
    assert_eq!((went(&[half, ("budget", "true")])[1], went(&[half])[1]), (599, 851));
    let reads = |id: &str| shared(&lesson.stop(id), "reads");
    assert_eq!(["one-request", "first-read", "again"].map(reads), ["0", "1", "1"]);
}

#[test]
fn a_failure_that_was_tried_is_not_tried_again() {
    let lesson = bench(STORM);
    assert_eq!(lesson.grade_own("which-errors", &[]), Ok(Some(Unmet::Fails)));
    let text = lesson.with("b_more else none\n", "b_more else none, on: timeout\n");
    let text = text.replace("a_more else none\n", "a_more else none, on: timeout\n");
    assert_eq!(lesson.grade("which-errors", &text, &[]), Ok(None));
    assert!(lesson.meets("no-storm", lesson.0.scenario, &[("budget", "true")]));
    assert!(!lesson.meets("no-storm", lesson.0.scenario, &[]));
}

#[test]
fn half_open_is_a_lock_with_one_key() {
    let lesson = bench(DOOR);
    let found = |door| {
        let report = lesson.report(&[("door", door)]);
        let broken = |promise| {
            let one = report.broken.iter().find(|one| one.promise == promise);
            one.map_or_else(|| "0".to_owned(), |one| one.found.schedules.number.to_string())
        };
        (report.schedules.number.to_string(), broken(0), broken(1))
    };
    let is = |all: &str, two: &str, lost: &str| (all.to_owned(), two.to_owned(), lost.to_owned());
    assert_eq!(found("all"), is("908546", "401108", "125792"));
    assert_eq!(found("look_first"), is("1306934", "677040", "215392"));
    assert_eq!(found("one_step"), is("436314", "0", "31844"));
    let out = |id: &str| (shared(&lesson.stop(id), "state"), shared(&lesson.stop(id), "probing"));
    let is = |state: &str, out: &str| (format!("\"{state}\""), out.to_owned());
    assert_eq!(out("open"), is("open", "0"));
    assert_eq!(out("half-open"), is("half open", "0"));
    assert_eq!(out("both-in"), is("half open", "2"));
    assert_eq!(out("both-looked"), is("half open", "0"));
    assert_eq!(out("probe-away"), is("half open", "1"));
    assert_eq!(out("never-given-back"), is("half open", "1"));
}

#[test]
fn a_probe_is_given_back_on_every_way_out() {
    let lesson = bench(DOOR);
    let step = [("door", "one_step")];
    assert_eq!(lesson.grade_own("mend-the-other", &step), Ok(Some(Unmet::Fails)));
    let text = lesson.with("catch declined {", "catch declined, timeout {");
    assert_eq!(lesson.grade("mend-the-other", &text, &step), Ok(None));
}

/// The last half minute: answered of so many, and what the service does a second.
#[test]
fn it_does_not_come_back_by_itself() {
    let lesson = bench(STUCK);
    let went = |settings: &[(&str, &str)]| {
        let names = ["request.ok", "request.started", "app.ok.rate", "app.calls.rate"];
        lesson.measured(1, settings).all(names)
    };
    assert_eq!(went(&[("surge", "false")])[..2], [2106, 2119]);
    assert_eq!(went(&[]), [0, 2109, 101, 212]);
    let back = |seed, settings: &[(&str, &str)]| {
        let run = lesson.measured(seed, settings);
        (run.of("request.ok") * 100) / run.of("request.started")
    };
    assert!(back(1, &[("load", "30/s")]) >= 98);
    assert_eq!(back(1, &[("load", "40/s")]), 0);
    assert_eq!(back(1, &[("workers", "18")]), 0);
    assert!(back(1, &[("workers", "22")]) >= 98);
}

#[test]
fn each_remedy_brings_it_back_in_every_run() {
    let lesson = bench(STUCK);
    let back = |settings: &[(&str, &str)]| {
        let share = |seed| {
            let run = lesson.measured(seed, settings);
            (run.of("request.ok") * 100) / run.of("request.started")
        };
        (1..=10).map(share).collect::<Vec<_>>()
    };
    for remedy in ["budget", "short_queue", "patience"] {
        let found = back(&[("remedy", remedy)]);
        assert!(found.iter().all(|share| *share >= 98), "{remedy}: {found:?}");
    }
    let found = back(&[("tries", "1")]);
    assert!(found.iter().all(|share| *share >= 98), "one try: {found:?}");
    let found = back(&[("remedy", "budget"), ("budget", "20%")]);
    assert!(found.iter().all(|share| *share >= 98), "20%: {found:?}");
    let found = back(&[("remedy", "budget"), ("budget", "40%")]);
    assert!(found.iter().all(|share| *share == 0), "40%: {found:?}");
    let chance = back(&[("surge", "false"), ("load", "80/s")]);
    assert_eq!(chance.iter().filter(|share| **share < 50).count(), 3, "{chance:?}");
}

#[test]
fn two_looks_are_nearly_as_good_as_all() {
    let lesson = bench(BALANCE);
    let ways = ["random", "round_robin", "two_choices", "least_busy"];
    let went = |policy, slow| {
        let run = lesson.measured(1, &[("policy", policy), ("slow", slow)]);
        // In whole hundredths and rounded tenths of a second.
        let [mean, most] = run.all(["request.latency.mean", "request.latency.p99"]);
        [mean / 10, (most + 50) / 100]
    };
    assert_eq!(ways.map(|way| went(way, "false")), [[529, 261], [298, 140], [209, 80], [137, 60]]);
    let ill = ways.map(|way| went(way, "true"));
    assert_eq!(ill[0], [24_332, 40_287]);
    assert_eq!(ill[1], [24_012, 40_738]);
    assert_eq!(ill[2..], [[327, 225], [192, 110]]);
    let random = lesson.measured(1, &[("policy", "random"), ("slow", "true")]);
    assert_eq!(random.of("request.latency.p50"), 4316);
    let two = lesson.measured(1, &[("policy", "two_choices"), ("slow", "true")]);
    assert_eq!(two.all(["app[3].calls", "app[4].calls"]), [1109, 4852]);
}

#[test]
fn who_waits_for_an_answer_asks_least_when_it_is_bad() {
    let lesson = bench(FREEZE);
    let went = |settings: &[(&str, &str)]| {
        let run = lesson.measured(1, settings);
        let names = ["app.latency.p50", "app.latency.p99", "app.latency.p99_9", "app.latency.max"];
        (run.of("app.calls"), run.all(names))
    };
    assert_eq!(went(&[]), (5501, [1, 1, 1, 5001]));
    let users = [("clients", "users")];
    assert_eq!(went(&users), (6000, [1, 4461, 4947, 5001]));
    let run = lesson.measured(1, &users);
    assert_eq!(run.all(["app.latency.mean", "app.latency.p95"]), [233, 2301]);
    let late = |many| went(&[("many", many)]).1[1] > 1000;
    assert_eq!((late("55"), late("56")), (false, true));
}

#[test]
fn a_tester_may_keep_to_its_timetable() {
    let lesson = bench(FREEZE);
    let text =
        lesson.with("  call app.get(self)         // and wait for the answer\n", "  spawn ask()\n");
    let text = format!("{text}routine ask() {{ call app.get(1) }}\n");
    let text = text.replace("let gap = 10ms * many - 1ms", "let gap = 10ms * many");
    assert!(lesson.meets("one-honest-tester", &text, &[]));
    assert!(!lesson.meets("one-honest-tester", lesson.0.scenario, &[]));
    assert!(lesson.meets("more-testers", lesson.0.scenario, &[("many", "60")]));
}

#[test]
fn one_fetches_and_the_others_wait() {
    let lesson = bench(CACHE);
    let went = |settings: &[(&str, &str)]| {
        let names = ["storage.calls", "storage.busy.max", "reader.latency.max"];
        lesson.measured(1, settings).all(names)
    };
    let many = ("load", "500/s");
    assert_eq!(went(&[]), [221, 28, 200]);
    assert_eq!(went(&[many]), [981, 112, 200]);
    assert_eq!(went(&[("together", "true")]), [10, 1, 200]);
    assert_eq!(went(&[("together", "true"), many]), [10, 1, 200]);
    let [hits, misses] = lesson.measured(1, &[]).all(["prices.hits", "prices.misses"]);
    let all = hits + misses;
    assert_eq!((hits * 1000 + all / 2) / all, 978);
}

#[test]
fn the_old_price_comes_back() {
    let lesson = bench(CACHE);
    let old = |together| {
        let report = lesson.report(&[("together", together)]);
        let broken = report.broken.iter().find(|one| one.promise == 1).expect("it is broken");
        (broken.found.schedules.number.to_string(), report.schedules.number.to_string())
    };
    assert_eq!(old("false"), ("1750800".to_owned(), "6237549".to_owned()));
    assert_eq!(old("true"), ("3756".to_owned(), "20193".to_owned()));
    let at = |id: &str| {
        let frame = lesson.stop(id);
        let kept = frame.shared.iter().find(|one| one.place == "prices[1]");
        (shared(&frame, "price"), kept.map(|one| one.value.clone()))
    };
    assert_eq!(at("has-read-seven").0, "7");
    assert_eq!(at("nothing-to-delete").0, "8");
    let (price, kept) = at("seven-for-good");
    assert_eq!((price.as_str(), kept.as_deref()), ("8", Some("7")));
    let frame = lesson.play("both look", &[("together", "false")]).frame();
    assert!(frame.promises.iter().any(|promise| {
        matches!(promise.state, sim_core::session::PromiseState::Broken { .. })
    }));
}
