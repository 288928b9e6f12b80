//! What the lesson on two crossed locks says is true.

mod support;

use lessons::{Condition, Refusal, Tool, Unmet};
use sim_core::session::{Ending, PromiseState};
use support::{bench, lacks, shared};

const ID: &str = "two-locks";

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&[]), "2 of 6");
    assert_eq!(lesson.counts(&[("order", "same")]), "0 of 2");
    assert_eq!(lesson.counts(&[("order", "whole_bank")]), "0 of 2");
    assert_eq!(lesson.counts(&[("order", "one_by_one")]), "0 of 4902");
    let audited = [("order", "one_by_one"), ("auditors", "1")];
    assert_eq!(lesson.counts(&audited), "17416 of 35094");
    assert_eq!(lesson.broken(&audited), ["an auditor finds all the money"]);
}

#[test]
fn every_failure_of_crossed_locks_is_a_deadlock_two_steps_away() {
    let report = bench(ID).report(&[]);
    let deadlocks = report.deadlocks.expect("there are some");
    assert_eq!((deadlocks.schedules.number.as_str(), deadlocks.shortest.len()), ("2", 2));
    assert_eq!(report.stuck, None);
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    assert!(matches!(lesson.stop("one-each").ending, Some(Ending::Deadlock(_))));
    let half = lesson.stop("half-way");
    assert_eq!((shared(&half, "balance[1]"), shared(&half, "balance[2]")), told("70", "100"));
    assert_eq!(shared(&half, "mismatches"), "0");
    let audited = lesson.stop("thirty-are-nowhere");
    assert_eq!(audited.promises[2].state, PromiseState::Broken { step: 8 });
}

fn told(one: &str, other: &str) -> (String, String) {
    (one.to_owned(), other.to_owned())
}

#[test]
fn breaks_are_done_by_hand() {
    let lesson = bench(ID);
    assert!(lesson.breaks("break-it", &[], &[1, 2]));
    assert!(!lesson.breaks("break-it", &[], &[1, 1]));
    let audited = [("order", "one_by_one"), ("auditors", "1")];
    assert!(lesson.breaks("fool-the-auditor", &audited, &[1, 1, 1, 1, 3, 3, 1, 1]));
    assert!(!lesson.breaks("fool-the-auditor", &audited, &[3, 2, 1, 1]));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    for order in ["crossed", "one_by_one"] {
        assert_eq!(lesson.grade_own("fix-it", &[("order", order)]), Ok(Some(Unmet::Fails)));
    }
    for order in ["same", "whole_bank"] {
        assert_eq!(lesson.grade_own("fix-it", &[("order", order)]), Ok(None));
    }
}

const HARDER: &str = "fix-it-with-two-locks";

#[test]
fn locks_by_number_fix_it_for_any_accounts() {
    let lesson = bench(ID);
    let ordered = lesson.with(
        "crossed => with account[from], account[to] {",
        "crossed => with account[min(from, to)], account[max(from, to)] {",
    );
    assert_eq!(lesson.grade(HARDER, &ordered, &[]), Ok(None));
    // What is not taken does not count, and what is taken does.
    let third = ordered.replace(
        "move(from, to, amount)\n    }\n    same",
        "with bank { move(from, to, amount) }\n    }\n    same",
    );
    assert_ne!(third, ordered);
    let most = &Condition::AtMost { tool: Tool::Lock, most: 2 };
    assert_eq!(lesson.grade(HARDER, &third, &[]), lacks(most));
    let ready_made = lesson.grade_own(HARDER, &[("order", "same")]);
    assert!(matches!(ready_made, Ok(Some(Unmet::Condition(Condition::IsNot { .. })))));
}

#[test]
fn tricks_are_no_fixes() {
    let lesson = bench(ID);
    // Without any lock there is no deadlock, and money is lost.
    let bare = lesson.with("crossed => with account[from], account[to] {", "crossed => {");
    assert_eq!(lesson.grade("fix-it", &bare, &[]), Ok(Some(Unmet::Fails)));
    // A transfer that nobody makes.
    let alone = lesson.with("process ben { transfer(2, 1, 50) }", "process ben { work 1ms }");
    assert_eq!(lesson.grade("fix-it", &alone, &[]), Ok(Some(Unmet::Fails)));
    // An auditor who does not look.
    let blind = lesson.with("process auditor * auditors {", "process auditor * auditors { stop");
    let blind = [("order", "one_by_one")].map(|order| lesson.grade("fix-it", &blind, &[order]));
    assert_eq!(blind, [Ok(Some(Unmet::Fails))]);
    // A promise that looks only at the end.
    let late = lesson.with("always mismatches == 0", "finally mismatches == 0");
    let refused = Err(Refusal::PromiseGone("mismatches == 0"));
    assert_eq!(lesson.grade("fix-it", &late, &[("order", "same")]), refused);
}
