//! Philosophers: n forks in a circle, each takes two of them, eats, lets go, once or for ever.

use super::support::{program, report};
use sim_core::explore::{Report, Verdict, explore};
use sim_core::machine::{End, Machine, NoWatch};
use sim_core::program::{Program, Shape};
use std::collections::BTreeSet;

#[test]
fn philosophers_eat_once() {
    // n! ways to take all left forks first and starve.
    for (n, starving) in [(3, "6"), (4, "24")] {
        let report = report(&format!(
            "let n = {n}\nlock fork[n]\nprocess philosopher * n {{\n\
             with fork[self], fork[self mod n + 1] {{ }}\n}}"
        ));
        assert_eq!(report.deadlocks.expect("they starve").schedules.number, starving);
    }
}

/// Who goes round; the last one may take the right fork first.
fn round(n: u32, round: &str, reversed: bool, take: &str) -> Program {
    let (right, left) = ("self mod n + 1", "self");
    let pick = |yes: &str, no: &str| {
        if reversed { format!("if self == n then {yes} else {no}") } else { no.to_owned() }
    };
    let (first, second) = (pick(right, left), pick(left, right));
    let (head, body) = match round {
        "forever" => (" forever", take.to_owned()),
        _ => ("", format!("while true {{ {take} }}")),
    };
    let text = format!(
        "let n = {n}\nlock fork[n]\nprocess philosopher * n{head} {{\nlet first = {first}\n\
         let second = {second}\n{body}\n}}"
    );
    program(&text, &[])
}

/// States after which nothing can happen, with a circle of processes waiting for one another.
fn deadlocks(program: &Program) -> usize {
    let shape = Shape { all_counters: false, bounded: true };
    let machine = Machine::with_shape(program.clone(), shape);
    let mut seen = BTreeSet::new();
    let mut open = vec![machine.start(&mut NoWatch)];
    let mut found = 0;
    while let Some(state) = open.pop() {
        if !seen.insert(state.identity(machine.layout()).to_vec()) {
            continue;
        }
        found += usize::from(matches!(machine.end(&state), Some(End::Deadlock(_))));
        for choice in machine.choices(&state) {
            let mut next = state.clone();
            machine.apply(&mut next, choice, &mut NoWatch);
            open.push(next);
        }
    }
    found
}

const AT_ONCE: &str = "acquire fork[first]; acquire fork[second]\n\
                       atomic { release fork[first]; release fork[second] }";
const AS_TAKEN: &str = "acquire fork[first]; acquire fork[second]\n\
                        release fork[first]; release fork[second]";
const INMOST_FIRST: &str = "with fork[first], fork[second] { }";

/// For n = 2, 3, 4: states, transitions, deadlocks, for those who go round for ever.
fn rows(take: &str, reversed: bool) -> [(u64, u64, usize); 3] {
    [2, 3, 4].map(|n| {
        let program = round(n, "forever", reversed, take);
        let report = explore(&program);
        judged(&report, reversed);
        // Whether they are declared `forever` or go round by themselves, the graph is the same.
        let own = explore(&round(n, "while", reversed, take));
        assert_eq!((own.states, own.transitions), (report.states, report.transitions));
        (report.states, report.transitions, deadlocks(&program))
    })
}

/// A deadlock where all reach for the left fork first; else going round for ever is what
/// `forever` means, and no failure.
fn judged(report: &Report, reversed: bool) {
    let verdict = if reversed { Verdict::Holds } else { Verdict::Broken };
    assert_eq!((report.verdict, report.deadlocks.is_some()), (verdict, !reversed));
    assert!(report.never_ends.is_none() && report.stuck.is_none() && !report.schedules.exact);
}

#[test]
fn both_let_go_at_once_all_left_first() {
    assert_eq!(rows(AT_ONCE, false), [(6, 8, 1), (14, 27, 1), (34, 88, 1)]);
}

#[test]
fn both_let_go_at_once_one_reversed() {
    assert_eq!(rows(AT_ONCE, true), [(5, 6, 0), (12, 22, 0), (29, 72, 0)]);
}

#[test]
fn let_go_as_taken_all_left_first() {
    assert_eq!(rows(AS_TAKEN, false), [(8, 10, 1), (26, 51, 1), (80, 212, 1)]);
}

#[test]
fn let_go_as_taken_one_reversed() {
    assert_eq!(rows(AS_TAKEN, true), [(9, 12, 0), (27, 54, 0), (81, 216, 0)]);
}

#[test]
fn let_go_inmost_first_all_left_first() {
    assert_eq!(rows(INMOST_FIRST, false), [(10, 14, 1), (35, 75, 1), (118, 340, 1)]);
}

#[test]
fn without_a_deadlock_going_round_never_ends_unless_that_is_meant() {
    let own = explore(&round(3, "while", true, AS_TAKEN));
    assert_eq!((own.verdict, own.deadlocks), (Verdict::Broken, None));
    assert!(own.never_ends.is_some());
}
