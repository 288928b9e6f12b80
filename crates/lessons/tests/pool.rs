//! What the lesson on the pool of connections says is true.

mod support;

use lessons::{Condition, Refusal, Unmet};
use sim_core::{explore::Verdict, session::Ending};
use support::{bench, shared};

const ID: &str = "connection-pool";

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&[]), "6 of 12");
    assert_eq!(lesson.counts(&[("pool_size", "3")]), "0 of 224");
}

/// `t * (c - 1) + 1` connections for t requests of c = 2 each, and never one less.
#[test]
fn the_formula_says_which_pools_are_enough() {
    for requests in 1..=4 {
        for pool in 1..=5 {
            let (t, p) = (requests.to_string(), pool.to_string());
            let report = bench(ID).report(&[("requests", &t), ("pool_size", &p)]);
            let enough = pool > requests;
            assert_eq!(report.verdict == Verdict::Holds, enough, "{requests} and {pool}");
        }
    }
}

#[test]
fn one_connection_is_enough_when_nobody_holds_it_while_waiting() {
    for requests in ["1", "2", "3", "4"] {
        let flat = [("shape", "flat"), ("pool_size", "1"), ("requests", requests)];
        assert!(bench(ID).counts(&flat).starts_with("0 of "));
    }
}

#[test]
fn a_leak_shows_first_in_what_does_not_come_back() {
    let lesson = bench(ID);
    let back = "every connection comes back";
    assert_eq!(lesson.broken(&[("shape", "leak")]), [back]);
    let small = [("shape", "leak"), ("pool_size", "1")];
    assert_eq!(lesson.broken(&small), ["every request is answered", back]);
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    assert_eq!(shared(&lesson.stop("one-each"), "pool"), "1");
    let empty = lesson.stop("empty");
    assert_eq!(shared(&empty, "pool"), "2");
    assert!(matches!(empty.ending, Some(Ending::Deadlock(_))), "{:?}", empty.ending);
    let both = lesson.stop("both-in-one-hand");
    assert_eq!(shared(&both, "pool"), "2");
    assert_eq!(both.ending, None, "somebody goes on");
}

#[test]
fn breaks_are_done_by_hand() {
    let lesson = bench(ID);
    let three = [("requests", "3"), ("pool_size", "3")];
    assert!(lesson.breaks("break-it", &three, &[1, 1, 2, 2, 3, 1]));
    assert!(!lesson.breaks("break-it", &three, &[1, 1, 1, 1, 1, 1]));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    assert_eq!(lesson.grade_own("fix-it", &[]), Ok(Some(Unmet::Fails)));
    assert_eq!(lesson.grade_own("fix-it", &[("shape", "flat")]), Ok(None));
    assert_eq!(lesson.grade_own("size-it", &[("pool_size", "5")]), Ok(None));
    assert_eq!(lesson.grade_own("size-it", &[("pool_size", "4")]), Ok(Some(Unmet::Fails)));
    let nested = lesson.grade_own("size-it", &[("pool_size", "5"), ("shape", "flat")]);
    assert!(matches!(nested, Ok(Some(Unmet::Condition(Condition::Is { .. })))));
}

#[test]
fn with_gives_back_on_every_way_out() {
    let lesson = bench(ID);
    let leak = &[("shape", "leak")];
    assert_eq!(lesson.grade_own("stop-the-leak", leak), Ok(Some(Unmet::Fails)));
    let mended = lesson.with("      acquire pool\n", "      with pool {\n");
    let mended = mended.replace("      release pool\n", "      }\n");
    assert_eq!(lesson.grade("stop-the-leak", &mended, leak), Ok(None));
    let by_hand = lesson.with("        stop\n", "        release pool\n        stop\n");
    assert_eq!(lesson.grade("stop-the-leak", &by_hand, leak), Ok(None));
}

#[test]
fn tricks_are_no_fixes() {
    let lesson = bench(ID);
    let more = lesson.with("(permits: pool_size)", "(permits: 99)");
    assert_eq!(lesson.grade("fix-it", &more, &[]), Ok(Some(Unmet::Fails)));
    let idle = lesson.with("process request * requests {", "process request * (requests - 1) {");
    assert_eq!(lesson.grade("fix-it", &idle, &[("shape", "flat")]), Ok(Some(Unmet::Fails)));
    let weaker = lesson.with("finally pool.busy == 0", "finally pool.busy <= 1");
    let refused = lesson.grade("fix-it", &weaker, &[("shape", "flat")]);
    assert_eq!(refused, Err(Refusal::PromiseGone("pool.busy == 0")));
}
