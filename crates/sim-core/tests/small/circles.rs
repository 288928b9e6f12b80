//! Schedules that go in circles.

use super::support::{counts, holds, report};
use sim_core::explore::{Ceiling, Verdict};

#[test]
fn a_spin_lock_that_can_be_left_is_a_remark() {
    let report =
        report("var open = 0\nprocess waiter { while open == 0 { } }\nprocess opener { open = 1 }");
    assert_eq!((report.verdict, report.circles), (Verdict::Holds, 1));
    // The knot counts as one point: it is left by the opener's step alone.
    assert_eq!((report.schedules.number.as_str(), report.schedules.exact), ("1", false));
}

#[test]
fn waiting_for_what_never_comes_never_ends() {
    let report = report("var open = 0\nprocess waiter { while open == 0 { } }");
    assert_eq!(report.verdict, Verdict::Broken);
    assert_eq!(report.never_ends.expect("it circles").shortest, Vec::<u32>::new());
}

#[test]
fn a_failure_that_is_a_circle_comes_with_the_way_once_round() {
    // One step to begin with, then two that only undo each other.
    let text =
        "var x = 0, y = 0\nprocess p { y = 1\nwhile y == 1 { x = 1\nx = 0 } }\nfinally y == 0";
    let report = report(text);
    let promise = &report.broken[0].found;
    let steps = |picks: &[u32]| (picks.len(), picks.iter().all(|pick| *pick == 1));
    assert_eq!(steps(&promise.shortest), (1, true));
    assert_eq!(steps(&promise.circle), (3, true), "x = 1, x = 0, and the look at y");
    assert_eq!(promise.whole().len(), 4);
    let never = report.never_ends.expect("nothing is achieved in it");
    assert_eq!((never.shortest, never.circle), (promise.shortest.clone(), promise.circle.clone()));
}

#[test]
fn a_failure_with_an_end_is_no_circle() {
    let report = super::support::report("var x = 0\nprocess p * 2 { x += 1 }\nfinally x == 2");
    assert!(report.broken[0].found.circle.is_empty());
    assert!(report.counted && report.schedules.exact);
}

#[test]
fn a_circle_in_which_a_counter_changes_is_no_failure() {
    let report = report("var x = 0\ncounter turns\nprocess p { while x == 0 { turns += 1 } }");
    assert_eq!((report.verdict, report.counters_left_out), (Verdict::Holds, true));
}

#[test]
fn finally_must_hold_all_through_a_circle_that_cannot_be_left() {
    let report = report(
        "var x = 0, go = 1\ncounter turns\nprocess p { while go == 1 {\nx = 1\nx = 0\nturns += 1 } }\n\
         finally x == 0",
    );
    assert_eq!(report.broken.len(), 1);
}

#[test]
fn compare_and_set_tries_again_and_ends() {
    let text = "var x = 0\nroutine swap(old, new) { atomic {\nif x != old { return false }\nx = new\n\
                return true\n} }\nprocess p * 2 {\nwhile true {\nlet seen = x\nlet done = swap(seen, seen + 1)\n\
                if done { stop }\n}\n}\nfinally x == 2";
    // 2 serial ones, and 4 in which both read first: the loser tries once more alone.
    holds(text, 6);
}

#[test]
fn own_work_without_end_is_a_named_ceiling() {
    let report = report("process p { while true { } }");
    assert_eq!(report.verdict, Verdict::Undecided);
    assert!(matches!(report.stopped, Some(Ceiling::OwnWork(_))));
}

#[test]
fn a_schedule_goes_on_after_a_broken_promise() {
    let report = report("var x = 0\nprocess p * 2 { x = self; x = 0 }\nalways x == 0");
    assert_eq!(counts(&report), (6, 6));
    assert_eq!(report.broken[0].found.shortest, [1]);
}

#[test]
fn an_always_broken_at_the_start_is_broken_by_no_step() {
    let report = report("var x = 1\nprocess p { x = 0 }\nalways x == 0");
    assert_eq!(report.broken[0].found.shortest, Vec::<u32>::new());
    assert_eq!(counts(&report), (1, 1));
}

#[test]
fn a_counter_set_to_what_it_already_is_is_no_progress() {
    let report = report("var x = 0\ncounter c\nprocess p { while true { c = 5; x = 1 } }");
    assert_eq!(report.verdict, Verdict::Broken);
    assert!(report.never_ends.is_some() && report.outcomes[0].values.len() == 2);
}

#[test]
fn a_counter_at_the_end_of_64_bits_changes_nothing_else() {
    let report = report(
        "var x = 0, y = 0\ncounter c\nprocess p {\nc += 9223372036854775807\nx = 1\nc += 1\ny = 1\n}\n\
         finally y == 1",
    );
    assert_eq!((report.verdict, counts(&report)), (Verdict::Holds, (1, 0)));
}

#[test]
fn what_a_ceiling_cut_off_is_not_judged() {
    let report = report("var x = 0\nprocess p { x = 2\nwhile true { }\nx = 1 }\nfinally x == 1");
    assert_eq!((report.verdict, report.broken.len()), (Verdict::Undecided, 0));
}

#[test]
fn a_large_circle_is_looked_at_once() {
    let report = report(
        "var a = 0\ncounter done\nprocess p * 5 { while true { a = 1; a = 1; a = 1; a = 1\ndone += 1 } }",
    );
    assert_eq!((report.verdict, report.states), (Verdict::Holds, 1025));
}
