//! A counter without a lock: n processes, k increments each. Finals and states are the classical
//! ones: two processes with two or more increments can end at 2.

use super::support::{counts, program, report};
use sim_core::explore::{Report, explore};

fn lost(n: u32, k: u32) -> Report {
    report(&format!("var total = 0\nprocess adder * {n} {{ repeat {k} {{ total += 1 }} }}"))
}

fn finals(report: &Report) -> Vec<i64> {
    let mut finals: Vec<i64> =
        report.outcomes.iter().map(|row| row.values[0].1.parse().expect("a number")).collect();
    finals.sort_unstable();
    finals
}

#[test]
fn two_processes_may_lose_all_but_two() {
    assert_eq!(finals(&lost(2, 1)), [1, 2]);
    assert_eq!(finals(&lost(2, 2)), [2, 3, 4]);
    assert_eq!(finals(&lost(2, 3)), [2, 3, 4, 5, 6]);
}

#[test]
fn with_more_increments_every_final_from_two_is_possible() {
    for k in [5, 10] {
        let all: Vec<i64> = (2..=2 * k).collect();
        assert_eq!(finals(&lost(2, k as u32)), all, "k = {k}");
    }
}

#[test]
fn three_processes_and_four() {
    assert_eq!(finals(&lost(3, 2)), [2, 3, 4, 5, 6]);
    assert_eq!(finals(&lost(3, 3)), [2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(finals(&lost(4, 2)), [2, 3, 4, 5, 6, 7, 8]);
}

#[test]
fn schedules_are_binomials() {
    assert_eq!(counts(&lost(2, 1)).0, 6);
    assert_eq!(counts(&lost(2, 2)).0, 70);
    assert_eq!(counts(&lost(2, 3)).0, 924);
    assert_eq!(counts(&lost(3, 2)).0, 34_650);
}

#[test]
fn reachable_states_are_the_classical_ones() {
    // What was read counts as long as it will be written back, as in the language's identity.
    let rows = [
        (2, 1, 12),
        (2, 2, 57),
        (2, 3, 195),
        (2, 5, 1277),
        (2, 10, 22_707),
        (3, 1, 59),
        (3, 2, 904),
        (3, 3, 7646),
        (4, 2, 17_231),
    ];
    for (n, k, states) in rows {
        assert_eq!(lost(n, k).states, states, "n = {n}, k = {k}");
    }
}

#[test]
fn locals_that_somebody_looks_at_later_split_states() {
    // The same with what was read kept to the end, by a counter that a promise names.
    for (n, states) in [(2, 13), (3, 84), (4, 755), (5, 8638)] {
        let report = report(&format!(
            "var total = 0\ncounter kept[{n}]\nprocess adder * {n} {{\nlet seen = total\n\
             total = seen + 1\nkept[self] = seen\n}}\nfinally kept[1] >= 0"
        ));
        assert_eq!(report.states, states, "n = {n}");
    }
}

#[test]
fn dead_locals_are_no_part_of_a_state() {
    // K processes, each reads and writes back one more, K = 5 and 6: 2 027 and 13 494 states,
    // 5 755 and 46 590 steps, where a local kept after its last use would give 8 638 and 118 509.
    for (k, states, transitions) in [(5, 2027, 5755), (6, 13_494, 46_590)] {
        let report = lost(k, 1);
        assert_eq!((report.states, report.transitions), (states, transitions), "K = {k}");
    }
    assert_eq!(lost(6, 1).schedules.number, "7484400");
}

#[test]
fn a_counter_outside_the_promises_splits_no_state() {
    let body = "counter seen\nprocess p * 2 { work 1ms\nseen += self }";
    let report = report(body);
    assert_eq!(report.states, 4);
    let named = explore(&program(&format!("{body}\nfinally seen == 3"), &[]));
    assert_eq!((named.states, named.failing.number.as_str()), (4, "0"));
}
