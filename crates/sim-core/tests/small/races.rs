//! Interleavings of reads and writes. Two processes with n and m steps have C(n + m, n) schedules;
//! the lost updates are those where both read before either writes.

use super::support::{counts, holds, outcomes, program, report};
use sim_core::explore::explore;

/// Two or more clients take 100 each from 1000, with steps around the read and the write.
fn withdrawals(clients: u32, before: &str, between: &str, after: &str) -> String {
    format!(
        "var balance = 1000\nprocess client * {clients} {{\n{before}\nlet seen = balance\n{between}\n\
         balance = seen - 100\n{after}\n}}\nfinally balance == 1000 - 100 * {clients}"
    )
}

#[test]
fn read_write_loses_in_4_of_6() {
    let report = report(&withdrawals(2, "", "", ""));
    assert_eq!(counts(&report), (6, 4));
    assert_eq!(outcomes(&report), ["balance=800: 2", "balance=900: 4"]);
    // Four steps whatever the order; two switches are the fewest that lose an update, and the
    // first such in the order of picks is: 1 reads, 2 reads and writes, 1 writes.
    assert_eq!(report.broken[0].found.shortest, [1, 2, 2, 1]);
}

#[test]
fn read_check_write_loses_in_18_of_20() {
    let report = report(&withdrawals(2, "", "work 1ms", ""));
    assert_eq!(counts(&report), (20, 18));
    assert_eq!(outcomes(&report), ["balance=800: 2", "balance=900: 18"]);
}

#[test]
fn read_check_compute_write_loses_in_68_of_70() {
    let report = report(&withdrawals(2, "", "work 1ms; work 1ms", ""));
    assert_eq!(counts(&report), (70, 68));
}

#[test]
fn steps_around_leave_room_for_serial_ones() {
    assert_eq!(counts(&report(&withdrawals(2, "work 1ms", "", "work 1ms"))), (70, 36));
    assert_eq!(counts(&report(&withdrawals(2, "", "", "work 1ms"))), (20, 12));
    assert_eq!(counts(&report(&withdrawals(2, "work 1ms", "", ""))), (20, 12));
}

#[test]
fn three_clients_have_90_schedules_of_which_6_are_serial() {
    assert_eq!(counts(&report(&withdrawals(3, "", "", ""))), (90, 84));
}

#[test]
fn four_clients_have_2520_schedules_of_which_24_are_serial() {
    assert_eq!(counts(&report(&withdrawals(4, "", "", ""))), (2520, 2496));
}

#[test]
fn one_client_has_one_schedule() {
    holds(&withdrawals(1, "", "", ""), 1);
}

#[test]
fn a_failing_check_ends_the_program_early() {
    // Balance 100, each takes 100 if its check passes, writing what it computed.
    let text = "var balance = 100\ncounter paid\nprocess client * 2 {\nlet seen = balance\n\
                if seen >= 100 {\nwork 1ms\nbalance = seen - 100\npaid += 1\n}\n}\n\
                finally paid <= 1";
    let report = report(text);
    // facts: 20 schedules with a check of its own; when it fails, the second client has one step.
    assert_eq!(outcomes(&report), ["balance=0 paid=1: 2", "balance=0 paid=2: 18"]);
    assert_eq!(counts(&report), (20, 18));
}

#[test]
fn check_then_atomic_decrement_overdraws_in_4_of_6() {
    let text = "var balance = 100\ncounter paid\nprocess client * 2 {\nif balance >= 100 {\n\
                atomic { balance -= 100 }\npaid += 1\n}\n}\nalways balance >= 0";
    let report = report(text);
    assert_eq!(outcomes(&report), ["balance=-100 paid=2: 4", "balance=0 paid=1: 2"]);
    assert_eq!(counts(&report), (6, 4));
}

#[test]
fn one_conditional_update_never_overdraws() {
    for (clients, schedules) in [(2, 2), (3, 6)] {
        let text = format!(
            "var balance = 100\ncounter paid\nprocess client * {clients} {{\natomic {{\n\
             if balance >= 100 {{\nbalance -= 100\npaid += 1\n}}\n}}\n}}\nfinally paid == 1"
        );
        holds(&text, schedules);
    }
}

#[test]
fn compare_and_set_without_retry_pays_consistently() {
    let text = "var balance = 1000\ncounter paid\nprocess client * 2 {\nlet seen = balance\n\
                atomic {\nif balance == seen {\nbalance = seen - 100\npaid += 1\n}\n}\n}\n\
                finally balance + 100 * paid == 1000";
    let report = report(text);
    assert_eq!(counts(&report), (6, 0));
    assert_eq!(outcomes(&report), ["balance=800 paid=2: 2", "balance=900 paid=1: 4"]);
}

#[test]
fn processes_that_only_work_interleave_as_binomials() {
    // C(2k, k) for k = 1..5.
    for (steps, schedules) in [(1, 2), (2, 6), (3, 20), (4, 70), (5, 252)] {
        holds(&format!("process p * 2 {{ repeat {steps} {{ work 1ms }} }}"), schedules);
    }
}

#[test]
fn three_that_work_interleave_as_multinomials() {
    // (3k)! / k!^3 for k = 1..3.
    for (steps, schedules) in [(1, 6), (2, 90), (3, 1680)] {
        holds(&format!("process p * 3 {{ repeat {steps} {{ work 1ms }} }}"), schedules);
    }
}

#[test]
fn an_expression_reads_left_to_right_and_add_assign_is_two_steps() {
    // x += y: reads x, reads y, writes x: three steps; alone there is one way.
    let program = program("var x = 1, y = 2\nprocess p { x += y }\nfinally x == 3", &[]);
    let report = explore(&program);
    assert_eq!((report.states, report.transitions, report.depth), (4, 3, 3));
}

#[test]
fn and_and_or_stop_early() {
    let steps = |condition: &str| {
        report(&format!("var x = 1, y = 2\nprocess p {{ if {condition} {{ }} }}")).depth
    };
    assert_eq!(steps("x == 1 and y == 2"), 2);
    assert_eq!(steps("x == 2 and y == 2"), 1);
    assert_eq!(steps("x == 1 or y == 2"), 1);
    assert_eq!(steps("x == 2 or y == 2"), 2);
}

#[test]
fn own_work_and_counters_are_no_steps() {
    let report = report(
        "var x = 1\ncounter seen\nprocess p { let a = x\nlet b = a * 2\nseen += b\nseen += 1 }\n\
         finally seen == 3",
    );
    assert_eq!((report.states, report.depth), (2, 1));
}

#[test]
fn an_empty_process_ends_before_the_first_step() {
    let report = report("process p { }\nvar x = 1\nprocess q { x = 2 }");
    assert_eq!((report.states, counts(&report)), (2, (1, 0)));
}

#[test]
fn atomic_is_a_step_even_if_it_touches_nothing() {
    assert_eq!(counts(&report("process p * 2 { atomic { } }")), (2, 0));
}
