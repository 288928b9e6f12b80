//! What the lesson on one clerk behind a queue says is true.

mod support;

use lessons::{Condition, Tool, Unmet};
use sim_core::session::PromiseState;
use support::{bench, lacks, locals, shared};

const ID: &str = "one-clerk";
const SLIPS: (&str, &str) = ("path", "slips");

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&[]), "4 of 6");
    assert_eq!(lesson.counts(&[SLIPS]), "0 of 10");
    assert_eq!(lesson.counts(&[SLIPS, ("clerks", "2")]), "168 of 340");
    assert_eq!(lesson.broken(&[SLIPS, ("clerks", "2")]), ["no money is made or lost"]);
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let money = |id: &str| {
        let frame = lesson.stop(id);
        ["balance", "dispensed", "refused"].map(|name| shared(&frame, name))
    };
    assert_eq!(money("slips-wait"), ["100", "0", "0"]);
    assert_eq!(money("one-in-hand"), ["100", "0", "0"]);
    assert_eq!(money("second-is-refused"), ["20", "80", "80"]);
    assert_eq!(locals(&lesson.stop("two-in-hand"), "seen"), ["100", "100"]);
    assert_eq!(money("paid-twice"), ["20", "160", "0"]);
}

#[test]
fn two_clerks_break_it_by_hand() {
    let lesson = bench(ID);
    let two = lesson.play("two clerks", &[SLIPS, ("clerks", "2")]).frame();
    assert!(lesson.is_broken("break-the-queue", &two));
    assert!(matches!(two.promises[1].state, PromiseState::Broken { .. }));
    let one = lesson.play("one clerk", &[SLIPS]).frame();
    assert!(!lesson.is_broken("break-the-queue", &one));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    assert_eq!(lesson.grade_own("fix-it", &[]), Ok(Some(Unmet::Fails)));
    assert_eq!(lesson.grade_own("fix-it", &[SLIPS]), Ok(None));
    let two = [SLIPS, ("clerks", "2")];
    assert_eq!(lesson.grade_own("fix-it", &two), Ok(Some(Unmet::Fails)));
    assert_eq!(lesson.grade_own("fix-two-clerks", &two), Ok(Some(Unmet::Fails)));
    let step = lesson.with("  withdraw()\n}  ", "  atomic { withdraw() }\n}  ");
    assert_eq!(lesson.grade("fix-two-clerks", &step, &two), Ok(None));
    let no_atomic = &Condition::AtMost { tool: Tool::Atomic, most: 0 };
    assert_eq!(lesson.grade("fix-it", &step, &[SLIPS]), lacks(no_atomic));
    // The second clerk is there, and has nothing to do: one alone is active.
    let idle = lesson.with("process clerk * clerks receive", "process clerk * 1 receive");
    assert_eq!(lesson.grade("fix-two-clerks", &idle, &two), Ok(None));
}

#[test]
fn tricks_are_no_fixes() {
    let lesson = bench(ID);
    let closed = lesson.with("seen >= amount", "seen > 1000");
    let left = Unmet::Ends { name: "dispensed", value: "80" };
    assert_eq!(lesson.grade("fix-it", &closed, &[SLIPS]), Ok(Some(left)));
    let unread = lesson.with("slips  => send { client: self } to slips", "slips => stop");
    assert_eq!(lesson.grade("fix-it", &unread, &[SLIPS]), Ok(Some(Unmet::Fails)));
}
