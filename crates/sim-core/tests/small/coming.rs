//! Processes that come by themselves, and those that crash.

use super::support::{counts, holds, outcomes, report};

#[test]
fn those_who_arrive_come_when_they_like() {
    // Two chains of arriving, reading, writing, the first arriving first: half of 20. The sum is
    // right where one has written before the other reads: 3 + 1.
    let report = report("var a = 0\nprocess p every 1s times 2 { a += 1 }\nfinally a == 2");
    assert_eq!(counts(&report), (10, 6));
}

#[test]
fn return_ends_one_who_arrived() {
    holds("var a = 0\nprocess p every 1s times 1 { a = 1; return; a = 2 }\nfinally a == 1", 1);
}

#[test]
fn who_comes_again_does_so_as_often_as_it_says() {
    holds("var a = 0\nprocess p again after 1s times 3 { a += 1 }\nfinally a == 3", 1);
    holds("var a = 0\nprocess p again after 1s times 3 { a += 1; stop }\nfinally a == 1", 1);
    holds(
        "var a = 0\nprocess p again after 1s times 3 { if a == 1 { return }; a += 1 }\nfinally a == 1",
        1,
    );
}

#[test]
fn spawned_routines_run_beside_one_another() {
    // Two steps each. Only where one is done before the other reads nothing is lost.
    let report = report(
        "var a = 0\nprocess p { spawn add(1); spawn add(2) }\nroutine add(x) { a += x }\nfinally a == 3",
    );
    assert_eq!(counts(&report), (6, 4));
    assert_eq!(outcomes(&report), ["a=1: 2", "a=2: 2", "a=3: 2"]);
}

#[test]
fn a_crash_hits_a_task_and_not_who_started_it() {
    let report = report(
        "var a = 0\nprocess p { spawn add(1) }\nroutine add(x) { a = x }\nfault crash add anytime\nfinally a == 1",
    );
    assert_eq!(counts(&report), (2, 1));
    assert_eq!(outcomes(&report), ["a=0: 1", "a=1: 1"]);
}

#[test]
fn a_crash_keeps_a_plain_lock_taken() {
    // Nobody crashes: 2 orders. One crashes before it has the lock, before, between or behind the
    // other's two steps: 2 * 3. One crashes holding it: the other is done already, or stuck: 2 * 2.
    let report = report("lock m\nprocess p * 2 { with m { } }\nfault crash p anytime");
    assert_eq!(counts(&report), (12, 2));
    assert!(report.stuck.is_some() && report.deadlocks.is_none());
}

#[test]
fn who_starts_again_meets_its_own_lock() {
    // Undisturbed, crashed before taking it, or stuck before the lock it took itself.
    let report = report("lock m\nprocess p { with m { } }\nfault crash p anytime for 1s");
    assert_eq!(counts(&report), (3, 1));
}

#[test]
fn a_crash_runs_no_catch() {
    // Only an error is caught: without the crash there is none.
    holds(
        "counter caught\nprocess p { try { sleep 1ms } catch { caught += 1 } }\n\
         fault crash p anytime\nfinally caught == 0",
        2,
    );
}
