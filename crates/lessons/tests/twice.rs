//! What the lesson on a message that comes twice says is true.

mod support;

use lessons::{Refusal, Unmet};
use support::{bench, shared};

const ID: &str = "same-message-twice";

fn guard(label: &str) -> (&str, &str) {
    ("guard", label)
}

const CALM: (&str, &str) = ("crash", "false");

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&[]), "1614 of at least 1682");
    assert_eq!(lesson.counts(&[guard("ask_first")]), "19814 of at least 26678");
    assert_eq!(lesson.counts(&[guard("note_first")]), "306 of at least 4270");
    assert_eq!(lesson.counts(&[guard("one_step")]), "0 of at least 1682");
    assert_eq!(lesson.counts(&[guard("note_first"), CALM]), "0 of at least 80");
}

#[test]
fn each_gap_fails_in_its_own_way() {
    let lesson = bench(ID);
    let (paid, once) = ("the salary is paid", "the salary is paid only once");
    assert_eq!(lesson.broken(&[]), [once]);
    assert_eq!(lesson.broken(&[CALM]), [once]);
    assert_eq!(lesson.broken(&[guard("ask_first")]), [once]);
    assert_eq!(lesson.broken(&[guard("ask_first"), CALM]), [once]);
    assert_eq!(lesson.broken(&[guard("note_first")]), [paid]);
    // One who works alone meets the same message again as well.
    assert_eq!(lesson.broken(&[("workers", "1")]), [once]);
    assert_eq!(lesson.broken(&[("workers", "1"), guard("ask_first")]), [once]);
    // A copy that the queue makes is enough.
    let calm = [CALM, ("workers", "1"), ("copies", "1%")];
    assert_eq!(lesson.broken(&calm), [once]);
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let account = |id: &str| shared(&lesson.stop(id), "account");
    assert_eq!(account("in-flight"), "1000");
    assert_eq!(account("back-again"), "1000");
    assert_eq!(account("paid-twice"), "2000");
    assert_eq!(account("invisible-no-more"), "0");
    assert_eq!(account("both-asked"), "2000");
    assert_eq!(account("noted-and-gone"), "0");
    assert_eq!(account("never-paid"), "0");
}

#[test]
fn breaks_are_done_by_hand() {
    let lesson = bench(ID);
    let played = |schedule: &str, label: &str| lesson.play(schedule, &[guard(label)]).frame();
    assert!(lesson.is_broken("pay-twice", &played("a crash before the ack", "none")));
    assert!(lesson.is_broken("pay-twice-without-a-crash", &played("too slow", "ask_first")));
    assert!(lesson.is_broken("pay-never", &played("a crash before the money", "note_first")));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    for label in ["none", "ask_first", "note_first"] {
        assert_eq!(lesson.grade_own("fix-it", &[guard(label)]), Ok(Some(Unmet::Fails)));
    }
    assert_eq!(lesson.grade_own("fix-it", &[guard("one_step")]), Ok(None));
}

const NOTED: &str = "      let first = remember(payment.number)
      if first { book() }
";

#[test]
fn the_note_and_the_money_belong_into_one_step() {
    let lesson = bench(ID);
    let noted = [guard("note_first")];
    let whole = lesson.with(NOTED, &format!("      atomic {{\n{NOTED}      }}\n"));
    assert_eq!(lesson.grade("fix-it-yourself", &whole, &noted), Ok(None));
    // Each in a step of its own is what it was.
    let apart = lesson.with("if first { book() }", "atomic { if first { book() } }");
    assert_eq!(lesson.grade("fix-it-yourself", &apart, &noted), Ok(Some(Unmet::Fails)));
    // Paying before the note, the other way round, pays twice.
    let late = lesson.with(NOTED, "      book()\n      let first = remember(payment.number)\n");
    assert_eq!(lesson.grade("fix-it-yourself", &late, &noted), Ok(Some(Unmet::Fails)));
}

#[test]
fn tricks_are_no_fixes() {
    let lesson = bench(ID);
    let one = [guard("one_step")];
    let sure = lesson.with("visibility: 30s", "visibility: 30s, delivery: at_most_once");
    assert_eq!(lesson.grade("fix-it", &sure, &one), Ok(Some(Unmet::Fails)));
    let weaker = lesson.with("finally account <= salary", "finally account <= 2 * salary");
    let refused = Err(Refusal::PromiseGone("account <= salary"));
    assert_eq!(lesson.grade("fix-it", &weaker, &one), refused);
    // What `explore` of the lesson admits cannot be forbidden.
    let bounded = lesson.with("crashes: 1", "crashes: 0");
    let found = lesson.grade("fix-it", &bounded, &[guard("note_first")]);
    assert_eq!(found, Ok(Some(Unmet::Fails)));
}
