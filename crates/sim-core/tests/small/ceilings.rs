//! What a bound or a ceiling withholds is told, and is neither a failure nor a proof.

use super::support::report;
use sim_core::explore::{Ceiling, Verdict};

#[test]
fn what_only_a_bound_withholds_is_no_circle_without_end() {
    let found = report(
        "var x = 0\ncounter late\nprocess p { repeat 3 { try { within 1s { while x == 0 { } } } \
         catch timeout { late += 1 } } }",
    );
    assert!(found.never_ends.is_none() && found.stuck.is_none());
    assert_eq!(found.verdict, Verdict::Holds);
    assert!(!found.bounds.is_empty() && !found.schedules.exact);
}

#[test]
fn who_waits_for_an_arrival_beyond_the_bound_is_not_stuck() {
    let waits = "var n = 0\nprocess a every 1s { n += 1 }\nprocess w { wait until n >= 3 }";
    let found = report(waits);
    assert!(found.stuck.is_none() && found.never_ends.is_none());
    let circles = "var n = 0\nprocess a every 1s { n += 1 }\nprocess w { while n < 3 { } }";
    assert!(report(circles).never_ends.is_none());
    let again = "var n = 0\nprocess a again after 1s { n += 1 }\nprocess w { wait until n >= 3 }";
    assert!(report(again).stuck.is_none());
}

#[test]
fn no_room_is_a_ceiling_and_no_error_to_be_caught() {
    for text in [
        "var seen[] = 0\nprocess p { for i in 1..30 { seen[i] = i } }\nfinally seen[30] == 30",
        "var x = 0\nprocess p { try { repeat 14 { spawn f() } } catch { x = 1 } }\n\
         routine f() { sleep 1s }\nalways x == 0",
        "param n: int = 1001 in 1..2000\nvar x = 0\nprocess p { let a = any(1..n)\nx = a }\nalways x < 1001",
        "var x = 0\nprocess p { atomic { let a = any(1..100)\nlet b = any(1..100)\nx = a * b } }\n\
         always x != 10000",
    ] {
        let found = report(text);
        assert_eq!(
            (found.verdict, found.stopped),
            (Verdict::Undecided, Some(Ceiling::Room)),
            "{text}"
        );
    }
}

#[test]
fn tasks_that_start_tasks_for_ever_come_to_an_end() {
    let found = report("var x = 0\nprocess p { x = 1\nspawn f() }\nroutine f() { spawn f() }");
    assert_eq!(found.verdict, Verdict::Undecided);
}

#[test]
fn a_permit_of_one_element_is_none_of_another() {
    let found = report(
        "semaphore s[3] (permits: 1)\nprocess p1 { with s[1], s[3] { } }\n\
         process p2 { with s[2], s[3] { } }\nprocess p3 { acquire s[3] }",
    );
    assert!(found.deadlocks.is_none(), "nobody waits in a circle");
    assert!(found.stuck.is_some());
    let found = report(
        "rwlock s[2]\nprocess p { acquire s[1].read\nrelease s[2].read }\nprocess w { with s[2].write { } }",
    );
    assert!(found.stuck.is_none(), "the release fails and takes nothing from the other");
}
