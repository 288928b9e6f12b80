//! What the lesson on the dining philosophers says is true.

mod support;

use lessons::{Condition, Refusal, Tool, Unmet};
use sim_core::session::Ending;
use support::{bench, lacks, shared};

const ID: &str = "philosophers";
const FORKS: &str = "all i in 1..n: eats[i] + eats[i mod n + 1] <= 1";

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&[]), "120 of 2430842120");
    let report = lesson.report(&[]);
    assert_eq!(report.deadlocks.expect("there are some").shortest.len(), 5);
    assert_eq!(report.stuck, None);
    assert!(lesson.counts(&[("fix", "last_reversed")]).starts_with("0 of "));
}

/// All take the left fork first, in any order: n! schedules, at every table.
#[test]
fn deadlocks_are_as_many_as_orders_to_begin() {
    for (n, orders) in [("2", "2"), ("3", "6"), ("4", "24"), ("6", "720")] {
        let report = bench(ID).report(&[("n", n)]);
        assert_eq!(report.failing.number, orders);
        assert_eq!(report.deadlocks.map(|found| found.schedules.number), Some(orders.to_owned()));
    }
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let almost = lesson.stop("almost");
    assert_eq!(almost.ending, None);
    // Fork 5 is free, and only its two neighbours can move.
    let lanes: Vec<u32> =
        almost.offers.iter().filter(|offer| offer.pick.is_some()).map(|offer| offer.lane).collect();
    assert_eq!(lanes, [3, 4]);
    let closed = lesson.stop("the-circle-closes");
    let Some(Ending::Deadlock(circle)) = closed.ending else { panic!("{:?}", closed.ending) };
    assert_eq!(circle.len(), 5);
    assert_eq!(shared(&lesson.stop("a-quiet-evening"), "meals"), "1");
}

#[test]
fn the_circle_is_closed_by_hand() {
    let lesson = bench(ID);
    // Whoever holds a left fork may no longer move when the neighbour holds one too.
    assert!(lesson.breaks("break-it", &[], &[1, 2, 2, 2, 2]));
    assert!(!lesson.breaks("break-it", &[], &[1, 1, 1, 1, 1]));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    assert_eq!(lesson.grade_own("fix-it", &[]), Ok(Some(Unmet::Fails)));
    for fix in ["last_reversed", "waiter", "give_up"] {
        assert_eq!(lesson.grade_own("fix-it", &[("fix", fix)]), Ok(None));
    }
    let ordered = lesson.with(
        "none          => eat(left, right)",
        "none => eat(min(left, right), max(left, right))",
    );
    assert_eq!(lesson.grade("fix-it", &ordered, &[]), Ok(None));
    let harder = "fix-it-by-order";
    assert_eq!(lesson.grade(harder, &ordered, &[]), Ok(None));
    let seated = lesson.grade_own(harder, &[("fix", "waiter")]);
    assert_eq!(seated, lacks(&Condition::AtMost { tool: Tool::Semaphore, most: 0 }));
    let again = lesson.grade_own(harder, &[("fix", "give_up")]);
    assert_eq!(again, lacks(&Condition::AtMost { tool: Tool::Retry, most: 0 }));
    let ready_made = lesson.grade_own(harder, &[("fix", "last_reversed")]);
    assert!(matches!(ready_made, Ok(Some(Unmet::Condition(Condition::IsNot { .. })))));
}

#[test]
fn tricks_are_no_fixes() {
    let lesson = bench(ID);
    // One fork is not enough, even if that gets nobody stuck.
    let one = lesson.with("with fork[first], fork[second] {", "with fork[first] {");
    assert_eq!(lesson.grade("fix-it", &one, &[]), Ok(Some(Unmet::Fails)));
    let fewer = lesson.with("process philosopher * n {", "process philosopher * (n - 1) {");
    assert_eq!(lesson.grade("fix-it", &fewer, &[]), Ok(Some(Unmet::Fails)));
    let weaker = lesson.with("eats[i mod n + 1] <= 1 \"", "eats[i mod n + 1] <= 2 \"");
    let refused = lesson.grade("fix-it", &weaker, &[("fix", "last_reversed")]);
    assert_eq!(refused, Err(Refusal::PromiseGone(FORKS)));
}
