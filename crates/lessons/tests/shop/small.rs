//! The small shop: one order, and five switches.

use lessons::Unmet;
use sim_core::{
    explore::{Report, explore},
    lang::{self, Values},
    session::{PromiseState, Session},
};

use crate::support::{bench, lacks, shared, told};

const ID: &str = "small-shop";
const SWITCHES: [&str; 5] = ["outbox", "again", "keys", "undoes", "notes"];
const TWICE: &str = "nobody pays twice";
const PARCEL: &str = "who pays gets the parcel";
const KEPT: &str = "nothing is kept for nobody";
const DECIDED: &str = "every order is decided";

/// All switches on but one; all of them for a name that none has.
fn without(off: &str) -> Vec<(&'static str, &'static str)> {
    SWITCHES.map(|name| (name, if name == off { "false" } else { "true" })).to_vec()
}

/// What exploring finds in a text.
fn explored(text: &str, off: &str) -> Report {
    let scenario = lang::check(text).scenario.expect("the text is right");
    let mut values = Values::default();
    for (name, value) in without(off) {
        values.set(scenario.params(), name, value).expect("the parameter takes it");
    }
    let report = explore(&scenario.bind(&values).expect("it can run"));
    assert!(report.complete, "without {off} it is not wholly explored");
    report
}

/// The lesson's text with other bounds.
fn bounded(crashes: u32, timeouts: u32) -> String {
    let bounds = format!("crashes: {crashes}, timeouts: {timeouts}");
    bench(ID).with("crashes: 1, timeouts: 1", &bounds)
}

#[test]
fn with_all_on_no_schedule_fails() {
    assert_eq!(bench(ID).counts(&without("")), "0 of at least 73035202178");
}

#[test]
fn each_switch_mends_what_no_other_does() {
    let lesson = bench(ID);
    let counts = |off| lesson.counts(&without(off));
    assert_eq!(counts("outbox"), "6 of at least 494281345");
    assert_eq!(counts("again"), "13954121 of at least 57628310100");
    assert_eq!(counts("keys"), "15383493119 of at least 73035202178");
    assert_eq!(counts("undoes"), "1251213479 of at least 13643547143");
    assert_eq!(counts("notes"), "261358491458 of at least 368059562167");
    let broken = |off| lesson.broken(&without(off));
    assert_eq!(broken("outbox"), [DECIDED]);
    assert_eq!(broken("again"), [PARCEL, KEPT, DECIDED]);
    assert_eq!(broken("keys"), [TWICE, PARCEL, KEPT]);
    assert_eq!(broken("undoes"), [PARCEL, KEPT]);
    assert_eq!(broken("notes"), [PARCEL, KEPT]);
}

#[test]
fn it_takes_misfortunes_to_see_what_is_missing() {
    let failing = |crashes, timeouts| {
        let text = bounded(crashes, timeouts);
        let fails = |off: &&str| explored(&text, off).failing.number != "0";
        SWITCHES.into_iter().filter(fails).collect::<Vec<_>>()
    };
    assert_eq!(failing(0, 0), ["undoes"]);
    assert_eq!(failing(0, 1), ["keys", "undoes"]);
    assert_eq!(failing(1, 0), ["outbox", "again", "keys", "undoes"]);
    assert_eq!(told(&explored(&bounded(0, 0), "undoes")), "884 of at least 6348");
    assert_eq!(told(&explored(&bounded(0, 1), "keys")), "4224 of at least 1840704");
}

#[test]
fn a_demonstration_is_a_success() {
    let lesson = bench(ID);
    for seed in 1..=10 {
        let mut session = Session::new(lesson.bind(&[]), lesson.0.scenario, seed);
        while session.clock() {}
        let frame = session.frame();
        let kept = |state: &PromiseState| matches!(state, PromiseState::Holds);
        assert!(frame.promises.iter().all(|promise| kept(&promise.state)), "seed {seed}");
        assert_eq!(shared(&frame, "shipped"), "1");
    }
}

#[test]
fn what_the_explorer_asked_for_is_needed() {
    let lesson = bench(ID);
    let text = lesson.0.scenario;
    let changed = |from: &str, to: &str| {
        assert!(text.contains(from), "the text has no {from:?}");
        explored(&text.replacen(from, to, 1), "").failing.number
    };
    // No mark of a refund of nothing; no mark of a refusal.
    let mark = "      if bill == \"charged\" or not keys { refunded += 1 }
      bill = \"refunded\"\n";
    let none = "      if bill == \"charged\" { refunded += 1; bill = \"refunded\" }\n";
    assert_ne!(changed(mark, none), "0");
    assert_ne!(changed("shelf = \"refused\"; fail sold_out", "fail sold_out"), "0");
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let of = |id, name| shared(&lesson.stop(id), name);
    let rows = |id| {
        let frame = lesson.stop(id);
        let row = frame.databases[0].tables[0].rows.first().expect("it has a row").clone();
        row.versions.iter().find(|version| version.newest).expect("one is").value.clone()
    };
    assert_eq!(rows("unheard"), "\"placed\"");
    assert_eq!([of("under-way", "charged"), of("charged-twice", "charged")], ["0", "2"]);
    assert_eq!([of("kept", "charged"), of("kept", "refunded")], ["1", "0"]);
    assert_eq!(rows("kept"), "\"refused\"");
    let died = ["charged", "shelf", "shipped"].map(|name| of("died-behind", name));
    assert_eq!(died, ["1", "\"held\"", "0"]);
    assert_eq!(of("turns-back", "refunded"), "0");
    let ends = ["charged", "refunded", "shipped"].map(|name| of("for-nothing", name));
    assert_eq!(ends, ["1", "1", "1"]);
    assert_eq!(rows("for-nothing"), "\"refused\"");
}

#[test]
fn breaks_are_done_by_hand() {
    let lesson = bench(ID);
    for (id, schedule, off) in [
        ("nobody-hears", "nobody hears of it", "outbox"),
        ("pay-twice", "charged again", "keys"),
        ("pay-for-nothing", "sold out", "undoes"),
        ("a-free-parcel", "back from behind", "notes"),
    ] {
        let mut session = lesson.play(schedule, &without(off));
        while session.clock() {}
        assert!(lesson.is_broken(id, &session.frame()), "{id}");
    }
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    assert_eq!(lesson.grade_own("prove-it", &without("")), Ok(None));
    assert_eq!(lesson.grade_own("prove-it", &[]), Ok(Some(Unmet::Fails)));
    for off in SWITCHES {
        assert_eq!(lesson.grade_own("prove-it", &without(off)), Ok(Some(Unmet::Fails)), "{off}");
    }
    // A shop that never takes an order breaks no promise.
    let closed = lesson.with("try { call", "try { if stock < 9 { fail closed }; call");
    let nothing = Ok(Some(Unmet::Reaches { name: "shipped", value: "1" }));
    assert_eq!(lesson.grade("prove-it", &closed, &without("")), nothing);
}

#[test]
fn who_does_not_give_up_needs_no_notes() {
    let lesson = bench(ID);
    let id = "without-notes";
    let notes = &lesson.0.challenges.last().expect("it is the last one").conditions[0];
    assert_eq!(lesson.grade_own(id, &without("")), lacks(notes));
    assert_eq!(lesson.grade_own(id, &without("notes")), Ok(Some(Unmet::Fails)));
    let ask = "step \"pay\" { call payments.charge(order) within 1s }";
    let waits = lesson.with(ask, "step \"pay\" { call payments.charge(order) }");
    let again = lesson.with(
        ask,
        "step \"pay\" {
          retry (attempts: unlimited, on: timeout) {
            call payments.charge(order) within 1s
          }
        }",
    );
    for text in [waits, again] {
        assert_eq!(lesson.grade(id, &text, &without("notes")), Ok(None));
    }
}
