//! Locks and deadlocks.

use super::support::{counts, holds, outcomes, report};
use sim_core::explore::Verdict;

#[test]
fn a_lock_around_leaves_the_serial_schedules() {
    for (clients, schedules) in [(2, 2), (3, 6)] {
        holds(
            &format!(
                "var balance = 1000\nlock m\nprocess client * {clients} {{ with m {{\n\
                 let seen = balance\nbalance = seen - 100\n}} }}\n\
                 finally balance == 1000 - 100 * {clients}"
            ),
            schedules,
        );
    }
}

#[test]
fn a_lock_taken_too_late_loses_in_6_of_10() {
    let report = report(
        "var balance = 1000\nlock m\nprocess client * 2 {\nlet seen = balance\nwith m { balance = seen - 100 }\n}\n\
         finally balance == 800",
    );
    assert_eq!(counts(&report), (10, 6));
    assert_eq!(outcomes(&report), ["balance=800: 4", "balance=900: 6"]);
}

const CROSSED: &str =
    "lock a\nlock b\nprocess left { with a, b { } }\nprocess right { with b, a { } }";

#[test]
fn two_locks_in_opposite_order_deadlock_in_2_of_6() {
    let report = report(CROSSED);
    assert_eq!((report.states, counts(&report)), (19, (6, 2)));
    let deadlocks = report.deadlocks.expect("there are deadlocks");
    assert_eq!((deadlocks.schedules.number.as_str(), deadlocks.shortest), ("2", vec![1, 2]));
    assert!(report.stuck.is_none());
}

#[test]
fn work_after_each_lock_widens_the_window() {
    let report = report(
        "lock a\nlock b\nprocess left { acquire a; work 1ms; acquire b; work 1ms; release b; release a }\n\
         process right { acquire b; work 1ms; acquire a; work 1ms; release a; release b }",
    );
    assert_eq!((report.states, counts(&report)), (32, (12, 6)));
}

#[test]
fn the_same_order_never_deadlocks() {
    holds("lock a\nlock b\nprocess p * 2 { with a, b { } }", 2);
}

#[test]
fn a_circle_of_three_deadlocks_in_6_of_168() {
    let report = report(
        "lock a\nlock b\nlock c\nprocess p { with a, b { } }\nprocess q { with b, c { } }\n\
         process r { with c, a { } }",
    );
    assert_eq!((report.states, counts(&report)), (87, (168, 6)));
}

#[test]
fn taking_ones_own_lock_is_stuck() {
    let report = report("lock m\nprocess p { with m { with m { } } }");
    assert_eq!(report.verdict, Verdict::Broken);
    assert!(report.stuck.is_some() && report.deadlocks.is_none());
}

#[test]
fn a_lock_never_let_go_leaves_the_other_stuck() {
    let report = report("lock m\nprocess p * 2 { acquire m }");
    assert_eq!(counts(&report), (2, 2));
    assert!(report.stuck.is_some());
}

#[test]
fn releasing_what_one_does_not_hold_fails_the_process_and_breaks_nothing() {
    let report = report("lock m\nprocess p { release m }");
    assert_eq!((report.verdict, counts(&report)), (Verdict::Holds, (1, 0)));
}

#[test]
fn an_error_lets_go_on_its_way_out() {
    holds(
        "var zero = 0\nlock m\nprocess bad { with m { let x = 1 / zero } }\n\
         process good { with m { } }",
        2,
    );
}

#[test]
fn return_lets_go_before_it_goes_on() {
    holds(
        "var x = 0\nlock m\nroutine f() {\nwith m {\nlet seen = x\nx = seen + 1\nreturn seen\n}\n}\n\
         process p * 2 { let got = f() }\nfinally x == 2",
        2,
    );
}
