//! What the lesson on the lost visitor says is true: its numbers, its stops, its challenges.

mod support;

use lessons::{Condition, Refusal, Tool, Unmet};
use support::{bench, lacks, locals, shared};

const ID: &str = "lost-counter";

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&[]), "904 of 924");
    assert_eq!(lesson.counts(&[("guard", "lock")]), "0 of 20");
    assert_eq!(lesson.counts(&[("guard", "atomic")]), "0 of 20");
    assert_eq!(lesson.counts(&[("guard", "apart")]), "0 of 924");
    assert_eq!(lesson.counts(&[("guard", "lock_late"), ("each", "1")]), "6 of 10");
    assert_eq!(lesson.counts(&[("each", "1")]), "4 of 6");
}

#[test]
fn the_total_ends_between_two_and_six() {
    let report = bench(ID).report(&[]);
    let mut ends: Vec<(&str, &str)> = report
        .outcomes
        .iter()
        .map(|outcome| (outcome.values[0].1.as_str(), outcome.schedules.number.as_str()))
        .collect();
    ends.sort_unstable();
    assert_eq!(ends, [("2", "8"), ("3", "300"), ("4", "416"), ("5", "180"), ("6", "20")]);
}

/// Counts and states that were worked out elsewhere, for so many doors and visitors.
#[test]
fn counting_without_a_guard_agrees_with_known_numbers() {
    for (doors, each, states, schedules) in
        [("2", "1", 12, "6"), ("2", "2", 57, "70"), ("3", "1", 59, "90"), ("3", "2", 904, "34650")]
    {
        let report = bench(ID).report(&[("doors", doors), ("each", each)]);
        assert_eq!((report.states, report.schedules.number.as_str()), (states, schedules));
    }
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let both = lesson.stop("both-have-read");
    assert_eq!(shared(&both, "total"), "0");
    assert!(both.steps[..2].iter().all(|step| step.line == both.steps[0].line));
    assert_eq!(shared(&lesson.stop("one-is-gone"), "total"), "1");
    let late = lesson.stop("the-pen-helps-one");
    assert_eq!((shared(&late, "total").as_str(), locals(&late, "seen")), ("1", vec!["0".into()]));
    let end = lesson.stop("the-pen-helps-nobody");
    assert_eq!(shared(&end, "total"), "1");
    assert!(end.ending.is_some());
}

#[test]
fn losing_all_but_two_is_not_losing_just_anybody() {
    let lesson = bench(ID);
    let hinted = [
        1, // door 1 reads 0
        2, 2, 2, 2, // door 2 does two visitors
        1, // door 1 writes its 1
        2, // door 2 reads that 1
        1, 1, 1, 1, // door 1 finishes
        1, // door 2 writes last
    ];
    assert!(lesson.breaks("lose-all-but-two", &[], &hinted));
    assert!(lesson.breaks("break-it", &[], &hinted));
    let in_step = [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 1];
    assert!(lesson.breaks("break-it", &[], &in_step));
    assert!(!lesson.breaks("lose-all-but-two", &[], &in_step));
    assert!(!lesson.breaks("break-it", &[], &[1; 12]));
    // Halfway there is not there.
    assert!(!lesson.breaks("lose-all-but-two", &[], &hinted[..4]));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    for guard in ["none", "lock_late"] {
        assert_eq!(lesson.grade_own("fix-it", &[("guard", guard)]), Ok(Some(Unmet::Fails)));
    }
    for guard in ["lock", "atomic", "apart"] {
        assert_eq!(lesson.grade_own("fix-it", &[("guard", guard)]), Ok(None));
    }
    let harder = "fix-it-without-waiting";
    assert_eq!(lesson.grade_own(harder, &[("guard", "apart")]), Ok(None));
    let refused = lesson.grade_own(harder, &[("guard", "lock")]);
    assert_eq!(refused, lacks(&Condition::AtMost { tool: Tool::Lock, most: 0 }));
    let refused = lesson.grade_own(harder, &[("guard", "atomic")]);
    assert_eq!(refused, lacks(&Condition::AtMost { tool: Tool::Atomic, most: 0 }));
}

#[test]
fn tricks_are_no_fixes() {
    let lesson = bench(ID);
    let lock = &[("guard", "lock")];
    let nobody = lesson.with("  repeat each {", "  repeat 0 {");
    assert_eq!(lesson.grade("fix-it", &nobody, lock), Ok(Some(Unmet::Fails)));
    let weaker = lesson.with("== doors * each \"", "<= doors * each \"");
    let promise = lesson.0.challenges[2].promises[0];
    assert_eq!(lesson.grade("fix-it", &weaker, lock), Err(Refusal::PromiseGone(promise)));
}
