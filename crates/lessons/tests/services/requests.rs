//! Ten thousand requests, backoff and the herd, one request end to end.

use lessons::Unmet;

use crate::support::{bench, shared};

const MANY: &str = "ten-thousand";
const HERD: &str = "backoff-and-the-herd";
const TRACE: &str = "one-request";

#[test]
fn waiting_needs_places_and_computing_needs_cores() {
    let lesson = bench(MANY);
    let went = |settings: &[(&str, &str)]| {
        lesson.measured(1, settings).all(["request.ok", "request.latency.p50"])
    };
    assert_eq!(went(&[])[0], 2938);
    assert_eq!(went(&[("style", "threads")]), [10_000, 1535]);
    for (threads, answered) in [("50", 2869), ("100", 5744), ("200", 10_000)] {
        assert_eq!(went(&[("style", "pool"), ("pool", threads)])[0], answered, "{threads} threads");
    }
    let waits = ("computing", "0s");
    assert_eq!(went(&[waits]), [10_000, 36]);
    assert_eq!(went(&[waits, ("style", "threads")]), [10_000, 250]);
    assert_eq!(went(&[waits, ("style", "pool"), ("pool", "200")]), [10_000, 1284]);
    let blocked = lesson.measured(1, &[waits, ("blocking", "true")]);
    assert_eq!(blocked.all(["request.ok", "app.latency.max"]), [68, 499_214]);
}

#[test]
fn with_two_requests_only_the_loop_counts_right() {
    let lesson = bench(MANY);
    let counts = |style| lesson.counts(&[("style", style), ("requests", "2")]);
    assert_eq!(counts("event_loop"), "0 of at least 22");
    assert_eq!(counts("threads"), "77220 of at least 184756");
    assert_eq!(counts("pool"), "5544 of at least 12870");
    let served = |id: &str| shared(&lesson.stop(id), "served");
    assert_eq!(["both-sent", "both-read", "one-lost"].map(served), ["0", "0", "1"]);
}

#[test]
fn the_server_is_mended_and_must_still_wait() {
    let lesson = bench(MANY);
    let two = [("style", "threads"), ("requests", "2")];
    let text = lesson.with("    served += 1 ", "    atomic { served += 1 } ");
    assert_eq!(lesson.grade("count-them-all", &text, &two), Ok(None));
    assert_eq!(lesson.grade_own("count-them-all", &two), Ok(Some(Unmet::Fails)));
    let waits = ("computing", "0s");
    let blocked = [waits, ("blocking", "true")];
    let branch = "    if blocking and style == event_loop {\n      work exp(waiting)\n    } else { sleep exp(waiting) }\n";
    let meets =
        |instead: &str| lesson.meets("unblock-the-loop", &lesson.with(branch, instead), &blocked);
    assert!(meets("    sleep exp(waiting)\n"));
    assert!(!meets(""), "without any wait at all");
    let own = lesson.0.scenario;
    assert!(!lesson.meets("unblock-the-loop", own, &blocked));
    assert!(lesson.meets("only-waiting", own, &[waits]));
    assert!(!lesson.meets("only-waiting", own, &[waits, ("style", "threads")]));
}

#[test]
fn jitter_parts_the_herd() {
    let lesson = bench(HERD);
    let went = |strategy, tries, seed| {
        let settings = [("strategy", strategy), ("tries", tries)];
        let names = ["dead.accepted", "mail.rejected", "worker.latency.max"];
        lesson.measured(seed, &settings).all(names)
    };
    let ways = ["none", "fixed", "exponential", "full", "equal"];
    let three = ways.map(|way| went(way, "3", 1)).map(|[dead, refused, _]| [dead, refused]);
    assert_eq!(three, [[40, 120], [20, 90], [20, 90], [11, 71], [6, 60]]);
    let ten = ways.map(|way| went(way, "10", 1));
    assert_eq!(ten[0][..2], [40, 400]);
    assert_eq!(ten[1..], [[0, 101, 800], [0, 101, 7200], [0, 72, 482], [0, 60, 2458]]);
    for seed in 1..=10 {
        for (way, jitter) in
            [("fixed", false), ("exponential", false), ("full", true), ("equal", true)]
        {
            let refused = went(way, "10", seed)[1];
            assert!(
                if jitter { refused <= 78 } else { refused >= 100 },
                "{way}, {seed}: {refused}"
            );
        }
    }
}

#[test]
fn a_job_that_outlives_its_delivery_has_two_ends() {
    let lesson = bench(HERD);
    assert_eq!(lesson.counts(&[("number", "1")]), "17 of 31");
    let ends = |id: &str| {
        let frame = lesson.stop(id);
        let dead = frame.shared.iter().find(|one| one.place == "dead").map(|one| one.value.clone());
        (shared(&frame, "done"), dead)
    };
    assert_eq!(ends("both-ends").0, "1");
    assert_eq!(ends("given-up-for-dead").0, "0");
    assert!(!lesson.is_broken("two-ends", &lesson.stop("on-its-way")));
    let one = [("number", "1")];
    assert_eq!(lesson.grade_own("one-end", &one), Ok(Some(Unmet::Fails)));
    let text = lesson.with("visibility: 30s", "visibility: none");
    assert_eq!(lesson.grade("one-end", &text, &one), Ok(None));
}

#[test]
fn the_time_is_lost_between_the_parts() {
    let lesson = bench(TRACE);
    let went = |settings: &[(&str, &str)]| {
        let names = ["browser.latency.mean", "jobs.wait.mean", "browser.latency.p95"];
        lesson.measured(1, settings).all(names)
    };
    assert_eq!(went(&[]), [287, 149, 651]);
    assert_eq!(went(&[("workers", "2")]), [147, 10, 269]);
    assert_eq!(went(&[("workers", "10")])[..2], [133, 0]);
    let often = lesson.measured(1, &[("workers", "4"), ("ask", "20ms")]);
    assert_eq!(often.all(["browser.latency.mean", "browser.latency.p50"]), [101, 93]);
    let asked = |ask| lesson.measured(1, &[("ask", ask)]).of("api.status.calls");
    assert_eq!(["20ms", "100ms"].map(asked), [1393, 809]);
    assert_eq!(went(&[("ask", "20ms")])[0], 251);
}

#[test]
fn what_is_noted_too_late_undoes_what_is_done() {
    let lesson = bench(TRACE);
    let one = |first| [("requests", "1"), ("asks", "1"), ("first", first)];
    assert_eq!(lesson.counts(&one("sends")), "11 of at least 918");
    assert_eq!(lesson.counts(&one("notes")), "0 of at least 659");
    let state = |id: &str| {
        let frame = lesson.stop(id);
        frame.shared.iter().find(|one| one.place == "orders[1]").map(|one| one.value.clone())
    };
    assert_eq!(state("sent-first"), None);
    assert_eq!(state("done-already").as_deref(), Some("\"done\""));
    assert_eq!(state("undone").as_deref(), Some("\"accepted\""));
    let note = "    orders[order] = \"accepted\"\n";
    let looks = "    atomic { if orders[order] == none { orders[order] = \"accepted\" } }\n";
    let text = lesson.with(note, looks);
    assert_eq!(lesson.grade("fix-it-yourself", &text, &one("sends")), Ok(None));
    assert_eq!(lesson.grade_own("fix-it", &one("notes")), Ok(None));
}
