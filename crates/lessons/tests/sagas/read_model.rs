//! Orders that are written in one place and read in another.

use lessons::{Refusal, Unmet};

use crate::support::{bench, rows};

const ID: &str = "read-model";
const SEEN: &str = "I see what I bought";
const RIGHT: &str = "pages are right";

fn settings<'a>(read: &'a str, apply: &'a str, crash: &'a str) -> [(&'a str, &'a str); 3] {
    [("read", read), ("apply", apply), ("crash", crash)]
}

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    let counts = |read, apply, crash| lesson.counts(&settings(read, apply, crash));
    assert_eq!(counts("at_once", "together", "never"), "13 of 16");
    assert_eq!(counts("wait_for_own", "together", "never"), "0 of 3");
    assert_eq!(counts("wait_for_own", "count_first", "never"), "0 of 3");
    assert_eq!(counts("wait_for_own", "place_first", "never"), "3 of 9");
    assert_eq!(counts("ask_shop", "together", "never"), "0 of 16");
    assert_eq!(counts("ask_shop", "count_first", "returns"), "28 of 205");
    assert_eq!(counts("ask_shop", "place_first", "returns"), "19 of 196");
    assert_eq!(counts("ask_shop", "together", "returns"), "0 of 273");
    assert_eq!(counts("wait_for_own", "together", "returns"), "0 of 64");
    assert_eq!(counts("wait_for_own", "together", "for_good"), "18 of 27");
    let waits = lesson.report(&settings("wait_for_own", "together", "for_good"));
    assert!(waits.broken.is_empty(), "they only wait");
}

#[test]
fn each_order_of_writing_fails_in_its_own_way() {
    let lesson = bench(ID);
    let broken = |read, apply, crash| lesson.broken(&settings(read, apply, crash));
    for apply in ["count_first", "place_first", "together"] {
        assert_eq!(broken("at_once", apply, "never"), [SEEN]);
    }
    for apply in ["count_first", "place_first"] {
        assert_eq!(broken("ask_shop", apply, "returns"), [RIGHT]);
        assert_eq!(broken("wait_for_own", apply, "returns"), [SEEN, RIGHT]);
    }
    assert_eq!(broken("wait_for_own", "place_first", "never"), [SEEN]);
    let pages = |apply| {
        let report = lesson.report(&settings("ask_shop", apply, "returns"));
        let found = &report.broken[0].found.shortest;
        let mut session = lesson.session(&settings("ask_shop", apply, "returns"));
        for pick in found {
            assert!(session.pick(*pick));
        }
        rows(&session.frame(), "page")
    };
    assert_eq!([pages("count_first"), pages("place_first")], ["1: 2", "1: 0"]);
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let both = |id| {
        let frame = lesson.stop(id);
        [rows(&frame, "page"), rows(&frame, "place")]
    };
    assert_eq!(rows(&lesson.stop("written"), "orders"), "1: 1");
    assert_eq!(both("written"), ["1: 0", "1: 0"]);
    assert!(lesson.is_broken("miss-it", &lesson.stop("not-there")));
    assert_eq!(both("counted"), ["1: 1", "1: 0"]);
    assert_eq!(both("back"), ["1: 1", "1: 0"]);
    assert_eq!(both("twice"), ["1: 2", "1: 0"]);
    assert_eq!(both("undone"), ["1: 0", "1: 0"]);
}

#[test]
fn breaks_are_done_by_hand() {
    let lesson = bench(ID);
    assert!(lesson.is_broken("miss-it", &lesson.play("too early", &[]).frame()));
    let waits = settings("wait_for_own", "place_first", "never");
    assert!(lesson.breaks("wait-for-nothing", &waits, &[1; 7]));
    let mut session = lesson.play("in between", &settings("ask_shop", "count_first", "returns"));
    while session.clock() {}
    assert!(lesson.is_broken("count-it-twice", &session.frame()));
    let skips = settings("at_once", "place_first", "returns");
    assert!(lesson.breaks("leave-it-out", &skips, &[1, 1, 1, 1, 1, 1, 2, 1, 1]));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    let grade = |read, apply| lesson.grade_own("fix-it", &settings(read, apply, "never"));
    let fails = Ok(Some(Unmet::Fails));
    assert_eq!(grade("at_once", "together"), fails);
    for read in ["wait_for_own", "ask_shop"] {
        for apply in ["count_first", "place_first"] {
            assert_eq!(grade(read, apply), fails);
        }
        assert_eq!(grade(read, "together"), Ok(None));
    }
    // A page that says nothing is never wrong.
    let text = lesson.with("assert seen == 1", "assert seen <= 1");
    let refused = Err(Refusal::PromiseGone("seen == 1"));
    let settings = settings("at_once", "together", "never");
    assert_eq!(lesson.grade("fix-it", &text, &settings), refused);
}

const WAIT: &str = "      wait until place[1] >= mine\n";
const NOT_FOR_EVER: &str = "      try { within 2s { wait until place[1] >= mine } }
      catch timeout { return orders[self] }
";

#[test]
fn a_wait_needs_an_end_and_somebody_else_to_ask() {
    let lesson = bench(ID);
    let waits = settings("wait_for_own", "together", "for_good");
    let grade = |text: &str| lesson.grade("fix-the-waiting", text, &waits);
    assert_eq!(grade(lesson.0.scenario), Ok(Some(Unmet::Fails)));
    assert_eq!(grade(&lesson.with(WAIT, NOT_FOR_EVER)), Ok(None));
    // To read the page after so long a wait is to guess.
    let guess = NOT_FOR_EVER.replace("return orders[self]", "");
    assert_eq!(grade(&lesson.with(WAIT, &guess)), Ok(Some(Unmet::Fails)));
    assert_eq!(grade(&lesson.with(WAIT, "")), Ok(Some(Unmet::Fails)));
}
