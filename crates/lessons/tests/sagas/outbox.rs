//! The outbox: an order and the message about it.

use lessons::Unmet;
use sim_core::{
    explore::{Explorer, Options, explore},
    lang,
};

use crate::support::{bench, rows, shared, told};

const ID: &str = "outbox";
const UNTOLD: &str = "no order stays untold";
const GHOST: &str = "only orders are told";
const TWICE: &str = "nothing is told twice";

fn ways<'a>(way: &'a str, crash: &'a str, pieces: &'a str) -> [(&'a str, &'a str); 3] {
    [("way", way), ("crash", crash), ("pieces", pieces)]
}

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    let counts = |way, crash, pieces| lesson.counts(&ways(way, crash, pieces));
    assert_eq!(counts("save_first", "shop", "1"), "30 of 212");
    assert_eq!(counts("save_first", "nothing", "1"), "0 of 68");
    assert_eq!(counts("tell_first", "nothing", "1"), "11778 of 11778");
    assert_eq!(counts("inside", "nothing", "1"), "4662 of 4662");
    assert_eq!(counts("tell_first", "nothing", "2"), "0 of 18494");
    assert_eq!(counts("inside", "nothing", "2"), "0 of 8382");
    assert_eq!(counts("outbox", "nothing", "1"), "0 of 2016");
    assert_eq!(counts("outbox", "shop", "1"), "0 of 4824");
    assert_eq!(counts("outbox", "relay", "1"), "176400 of 247650");
}

#[test]
fn each_way_fails_in_its_own_way() {
    let lesson = bench(ID);
    for pieces in ["1", "2"] {
        let broken = |way, crash| lesson.broken(&ways(way, crash, pieces));
        assert_eq!(broken("save_first", "shop"), [UNTOLD]);
        assert_eq!(broken("tell_first", "shop"), [GHOST]);
        assert_eq!(broken("inside", "shop"), [GHOST]);
        assert_eq!(broken("outbox", "relay"), [TWICE]);
        assert!(broken("outbox", "shop").is_empty());
    }
}

#[test]
fn only_a_crash_between_sending_and_marking_tells_twice() {
    let program = bench(ID).searched(&ways("outbox", "relay", "1"));
    let after = |picks: &[u32]| {
        let mut explorer =
            Explorer::after(&program, picks, Options::default()).expect("the picks fit");
        while !explorer.advance(usize::MAX) {}
        told(&explorer.report())
    };
    // The first order is saved; the relay looks, sends, marks. The crash is the last choice.
    assert_eq!(after(&[1, 1, 1, 1, 2, 2, 3]), "0 of 360");
    assert_eq!(after(&[1, 1, 1, 1, 2, 2, 2, 4]), "11220 of 11220");
    assert_eq!(after(&[1, 1, 1, 1, 2, 2, 2, 2, 3]), "0 of 60");
}

#[test]
fn two_relays_tell_twice_without_a_crash() {
    let lesson = bench(ID);
    let text = lesson.with("process relay forever", "process relay * 2 forever");
    // A schedule that names the one relay has no meaning any more.
    let text = text.split("schedule \"told twice\"").next().expect("there is a first piece");
    let scenario = lang::check(text).scenario.expect("the text is right");
    let mut values = lang::Values::default();
    for (name, value) in ways("outbox", "nothing", "1") {
        values.set(scenario.params(), name, value).expect("the parameter takes it");
    }
    let program = scenario.bind(&values).expect("it can run");
    let report = explore(&program);
    let broken: Vec<u32> = report.broken.iter().map(|broken| broken.promise).collect();
    assert_eq!(broken, [2], "{}", told(&report));
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let of = |id| {
        let frame = lesson.stop(id);
        (rows(&frame, "orders"), ["told[1]", "told[2]"].map(|name| shared(&frame, name)))
    };
    let placed = "1: \"placed\"".to_owned();
    let nothing = ["0", "0"].map(str::to_owned);
    assert_eq!(of("saved"), (placed.clone(), nothing.clone()));
    assert_eq!(of("gone"), (placed.clone(), nothing.clone()));
    assert_eq!(of("undone"), (placed.clone(), nothing.clone()));
    assert_eq!(of("both-rows"), (placed.clone(), nothing.clone()));
    assert_eq!(rows(&lesson.stop("both-rows"), "outbox"), "1: { sent: 0 }");
    assert_eq!(rows(&lesson.stop("not-marked"), "outbox"), "1: { sent: 0 }");
    assert_eq!(of("twice"), (placed, ["2", "0"].map(str::to_owned)));
}

#[test]
fn breaks_are_done_by_hand() {
    let lesson = bench(ID);
    let played = |schedule, settings: &[(&str, &str)]| {
        let mut session = lesson.play(schedule, settings);
        while session.clock() {}
        session.frame()
    };
    let lost = played("saved, not told", &ways("save_first", "shop", "1"));
    assert!(lesson.is_broken("lose-one", &lost));
    let ghost = played("told, not saved", &ways("inside", "nothing", "1"));
    assert!(lesson.is_broken("ghost", &ghost));
    let twice = played("told twice", &ways("outbox", "relay", "1"));
    assert!(lesson.is_broken("twice", &twice));
}

const PACKER: &str = "process packer receive warehouse as m { told[m] += 1 }";
const KNOWS: &str = "var known[2] = false
process packer receive warehouse as m {
  if not known[m] { known[m] = true; told[m] += 1 }
}";

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    for way in ["save_first", "tell_first", "inside"] {
        assert_eq!(lesson.grade_own("fix-it", &[("way", way)]), Ok(Some(Unmet::Fails)), "{way}");
    }
    let outbox = [("way", "outbox")];
    assert_eq!(lesson.grade_own("fix-it", &outbox), Ok(None));
    assert_eq!(lesson.grade_own("fix-it-whole", &outbox), Ok(Some(Unmet::Fails)));
    assert_eq!(lesson.grade("fix-it-whole", &lesson.with(PACKER, KNOWS), &outbox), Ok(None));
}

#[test]
fn tricks_are_no_fixes() {
    let lesson = bench(ID);
    let outbox = [("way", "outbox")];
    // Marking first loses what was not sent.
    let text = lesson.with("  send next to warehouse\n", "");
    let first = text.replace("set sent = 1\n", "set sent = 1\n  send next to warehouse\n");
    assert_eq!(lesson.grade("fix-it-whole", &first, &outbox), Ok(Some(Unmet::Fails)));
    // Who never saves anything has nothing to tell.
    let never = lesson
        .with("  saved += 1\n", "")
        .replace("    insert orders[self]", "    abort\n    insert orders[self]");
    let lacks = lesson.grade("fix-it", &never, &outbox);
    assert_eq!(lacks, Ok(Some(Unmet::Reaches { name: "saved", value: "1" })));
}
