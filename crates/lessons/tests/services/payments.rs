//! Paying once, and the circuit breaker.

use lessons::Unmet;

use crate::support::{bench, shared};

const PAY: &str = "pay-once";
const PEOPLE: (&str, &str) = ("people", "100");
const BREAKER: &str = "circuit-breaker";

#[test]
fn a_key_and_its_effect_in_one_step_charge_once() {
    let lesson = bench(PAY);
    let counts = |memory, crash| {
        lesson.counts(&[("memory", memory), ("crash", crash), ("people", "1"), ("tries", "2")])
    };
    assert_eq!(counts("no_key", "false"), "253 of at least 256");
    assert_eq!(counts("ask_first", "false"), "2800 of at least 3592");
    assert_eq!(counts("note_first", "false"), "0 of at least 686");
    assert_eq!(counts("one_step", "false"), "0 of at least 256");
    assert_eq!(counts("no_key", "true"), "1634 of at least 2409");
    assert_eq!(counts("ask_first", "true"), "17594 of at least 25738");
    assert_eq!(counts("note_first", "true"), "87 of at least 5541");
    assert_eq!(counts("one_step", "true"), "0 of at least 2409");
    let receipt = [("memory", "note_first"), ("crash", "true")];
    assert_eq!(lesson.broken(&receipt), ["who is told so has paid"]);
}

#[test]
fn by_the_clock_tries_help_and_a_key_that_is_looked_up_seems_to_hold() {
    let lesson = bench(PAY);
    let known = |tries| lesson.measured(1, &[PEOPLE, ("tries", tries)]).of("client.ok");
    assert_eq!(["1", "2", "3", "4"].map(known), [66, 94, 98, 100]);
    let twice = |memory, seed| {
        let program = lesson.bind(&[PEOPLE, ("memory", memory)]);
        let mut session = sim_core::session::Session::new(program, lesson.0.scenario, seed);
        while session.clock() {}
        let frame = session.frame();
        let charged = |person| shared(&frame, &format!("charged[{person}]"));
        (1..=100).filter(|person| charged(*person) == "160").count()
    };
    assert_eq!(twice("no_key", 1), 34);
    for seed in 1..=10 {
        assert_eq!(twice("ask_first", seed), 0, "seed {seed}");
    }
}

#[test]
fn the_stops_of_paying_once_show_what_they_say() {
    let lesson = bench(PAY);
    let charged = |id: &str| shared(&lesson.stop(id), "charged[1]");
    for (id, money) in
        [("under-way", "0"), ("knows-nothing", "0"), ("two-of-them", "0"), ("charged-twice", "160")]
    {
        assert_eq!(charged(id), money, "{id}");
    }
    // Of the key nothing is known yet, though both have looked.
    let known = |id: &str| {
        let frame = lesson.stop(id);
        frame.shared.iter().any(|one| one.place == "known[1]" && one.value == "true")
    };
    assert_eq!((known("both-looked"), charged("both-looked")), (false, "0".into()));
    assert_eq!((known("already-known"), charged("already-known")), (true, "0".into()));
    let end = lesson.play("sent twice", &[("memory", "ask_first")]).frame();
    assert!(!lesson.is_broken("pay-twice-with-a-key", &end), "the last of it is one's own");
}

#[test]
fn paying_once_is_mended_by_hand() {
    let lesson = bench(PAY);
    for (memory, lacks) in
        [("no_key", true), ("ask_first", true), ("note_first", true), ("one_step", false)]
    {
        let found = lesson.grade_own("fix-it", &[("memory", memory)]);
        assert_eq!(found, Ok(lacks.then_some(Unmet::Fails)), "{memory}");
    }
    let note = [("memory", "note_first")];
    let text = lesson.with("note_first => {", "note_first => atomic {");
    assert_eq!(lesson.grade("fix-it-yourself", &text, &note), Ok(None));
    // A bank that never charges is none.
    let text = lesson.with("atomic { charged[key] += 80 }", "return");
    assert_eq!(lesson.grade("fix-it", &text, &[("memory", "one_step")]), Ok(Some(Unmet::Fails)));
}

#[test]
fn the_numbers_of_the_breaker_are_right() {
    let lesson = bench(BREAKER);
    let went = |settings: &[(&str, &str)]| {
        let names = ["request.ok", "payments.calls", "request.fallback", "request.latency.p99"];
        lesson.measured(1, settings).all(names)
    };
    assert_eq!(went(&[("tries", "1")])[..2], [583, 1200]);
    let storm = lesson.measured(1, &[]);
    let names = ["request.ok", "payments.calls", "payments.late", "payments.rejected"];
    assert_eq!(storm.all(names), [89, 2768, 1966, 635]);
    assert_eq!(storm.of("request.latency.p99"), 1170);
    assert_eq!(went(&[("protect", "true")])[..3], [70, 156, 1130]);
    assert_eq!(went(&[("protect", "true"), ("cooldown", "2s")]), [21, 48, 1179, 157]);
}

/// With one charge in twenty failing, by seeds 1 to 10.
#[test]
fn a_breaker_stills_a_storm_and_may_open_for_nothing() {
    let lesson = bench(BREAKER);
    let all = |settings: &[(&'static str, &'static str)], name: &str| {
        let settings = [&[("failure", "5%")], settings].concat();
        (1..=10).map(|seed| lesson.measured(seed, &settings).of(name)).collect::<Vec<_>>()
    };
    let paid = all(&[], "request.ok");
    assert_eq!(paid.iter().filter(|paid| **paid >= 1199).count(), 9);
    assert_eq!(paid[8], 250);
    let with = [("protect", "true"), ("window", "20")];
    assert_eq!((all(&with, "request.ok")[8], all(&with, "request.fallback")[8]), (1147, 52));
    let opened = all(&[("protect", "true")], "guard.opened");
    let opens: Vec<_> = (1..=10).filter(|seed| opened[seed - 1] > 0).collect();
    assert_eq!(opens, [2, 5, 6, 9], "in all but the last without need");
}

#[test]
fn the_stops_of_the_breaker_show_what_they_say() {
    let lesson = bench(BREAKER);
    let states =
        ["gave-up-waiting", "one-result", "open", "turned-away", "half-open", "trial-failed"];
    let told = states.map(|id| {
        let frame = lesson.stop(id);
        let guard = frame.breakers.first().expect("there is a breaker");
        (format!("{:?}", guard.guarding), guard.tally.calls, shared(&frame, "turned_away"))
    });
    let is = |state: &str, results, away: &str| (state.to_owned(), results, away.to_owned());
    assert_eq!(
        told[..4],
        [is("Closed", 0, "0"), is("Closed", 1, "0"), is("Open", 0, "0"), is("Open", 0, "1")]
    );
    assert_eq!(told[4].0, "HalfOpen");
    assert_eq!(told[5].0, "HalfOpen");
}
