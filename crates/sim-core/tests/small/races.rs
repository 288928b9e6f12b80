//! Interleavings of reads and writes. Two processes with n and m steps have C(n + m, n) schedules;
//! the lost updates are those where both read before either writes.
//!
//! Names and comments give the row of the tables of withdrawals and overdrafts that a test holds.

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
    assert_eq!(outcomes(&report), ["balance=800: 2", "balance=900: 68"]);
}

#[test]
fn steps_around_leave_room_for_serial_ones() {
    let rows = [
        // noop; read; write; noop
        ("work 1ms", "work 1ms", (70, 36), ["balance=800: 34", "balance=900: 36"]),
        // read; write; noop
        ("", "work 1ms", (20, 12), ["balance=800: 8", "balance=900: 12"]),
        // noop; read; write
        ("work 1ms", "", (20, 12), ["balance=800: 8", "balance=900: 12"]),
    ];
    for (before, after, expected, finals) in rows {
        let report = report(&withdrawals(2, before, "", after));
        assert_eq!(counts(&report), expected);
        assert_eq!(outcomes(&report), finals);
    }
}

#[test]
fn read_first_and_write_last_leaves_only_the_serial_ones() {
    // Of all orders of 3 or 4 times 3 steps only the n! serial ones are right.
    assert_eq!(counts(&report(&withdrawals(3, "", "work 1ms", ""))), (1680, 1680 - 6));
    assert_eq!(counts(&report(&withdrawals(4, "", "work 1ms", ""))), (369_600, 369_600 - 24));
}

#[test]
fn an_atomic_conditional_update_never_loses() {
    // Any number of clients: all orders of their single steps, all right.
    for (clients, schedules) in [(1, 1), (2, 2), (3, 6), (4, 24), (5, 120)] {
        let text = format!(
            "var balance = 1000\nprocess client * {clients} {{\n\
             atomic {{ if balance >= 100 {{ balance -= 100 }} }}\n}}\n\
             finally balance == 1000 - 100 * {clients}"
        );
        holds(&text, schedules);
    }
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

/// Balance 100, each takes 100 if its check passes. The check is a step; failing, it is the last.
fn overdraft(between: &str, take: &str) -> String {
    format!(
        "var balance = 100\ncounter paid\nprocess client * 2 {{\nlet seen = balance\nwork 1ms\n\
         if seen >= 100 {{\n{between}\n{take}\npaid += 1\n}}\n}}\nfinally paid <= 1"
    )
}

#[test]
fn overdraft_by_read_check_write_pays_twice_in_18_of_20() {
    let report = report(&overdraft("", "balance = seen - 100"));
    assert_eq!(counts(&report), (20, 18));
    assert_eq!(outcomes(&report), ["balance=0 paid=1: 2", "balance=0 paid=2: 18"]);
}

#[test]
fn overdraft_by_read_check_compute_write_pays_twice_in_68_of_70() {
    let report = report(&overdraft("work 1ms", "balance = seen - 100"));
    assert_eq!(counts(&report), (70, 68));
    assert_eq!(outcomes(&report), ["balance=0 paid=1: 2", "balance=0 paid=2: 68"]);
}

#[test]
fn overdraft_by_read_check_atomic_decrement_shows_in_18_of_20() {
    let report = report(&overdraft("", "atomic { balance -= 100 }"));
    assert_eq!(counts(&report), (20, 18));
    assert_eq!(outcomes(&report), ["balance=-100 paid=2: 18", "balance=0 paid=1: 2"]);
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
    // C(2k, k) for k = 1..7.
    let rows = [(1, 2), (2, 6), (3, 20), (4, 70), (5, 252), (6, 924), (7, 3432)];
    for (steps, schedules) in rows {
        holds(&format!("process p * 2 {{ repeat {steps} {{ work 1ms }} }}"), schedules);
    }
    // C(n + m, n) where one has more to do.
    for (n, m, schedules) in [(1, 3, 4), (2, 3, 10), (2, 5, 21), (3, 4, 35)] {
        let one = |name: &str, steps: u32| {
            format!("process {name} {{ repeat {steps} {{ work 1ms }} }}\n")
        };
        holds(&(one("p", n) + &one("q", m)), schedules);
    }
}

#[test]
fn three_and_four_that_work_interleave_as_multinomials() {
    let rows = [
        // (3k)! / k!^3 for k = 1..5.
        (3, vec![6, 90, 1680, 34_650, 756_756]),
        // (4k)! / k!^4 for k = 1..4.
        (4, vec![24, 2520, 369_600, 63_063_000]),
    ];
    for (processes, all) in rows {
        for (steps, schedules) in (1..).zip(all) {
            holds(
                &format!("process p * {processes} {{ repeat {steps} {{ work 1ms }} }}"),
                schedules,
            );
        }
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
