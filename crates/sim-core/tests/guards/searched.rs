//! Breakers and limiters under every schedule, counted by hand.

use super::support::{counts, holds, outcomes, program, report};
use sim_core::explore::Verdict;
use sim_core::machine::{Machine, NoWatch, State};
use sim_core::program::{Guarding, Shape};
use sim_core::trace::Target;
use std::collections::BTreeSet;

const OPENS: &str = "window: 1, minimum: 1, failures: 100%, open: 1s, probes: 1";

#[test]
fn being_let_in_and_leaving_are_a_step_each() {
    holds("breaker b\nprocess p * 2 { with b { } }", 6);
}

#[test]
fn while_it_is_open_the_wait_may_be_over() {
    let found = report(&format!(
        "breaker b ({OPENS})
         counter passed
         process p {{
           try {{ with b {{ fail bad }} }} catch {{ }}
           try {{ with b {{ passed += 1 }} }} catch open {{ }}
         }}"
    ));
    assert_eq!(counts(&found), (2, 0));
    assert_eq!(outcomes(&found), ["passed=0: 1", "passed=1: 1"]);
}

#[test]
fn through_the_half_open_door_one_goes_at_a_time() {
    // The first one opens it and says so: three steps. Then each of two looks whether that is said
    // (U), asks (A), and if it is let in leaves (R). Say that the first to ask is c, the other d.
    // c is refused: d asks later and is refused or let in; d's U has three places: 2 * 3.
    // c is let in: d asks before c leaves, and is refused (U in 3 places), or behind that, finds it
    // closed and is let in (U in 4 places): 7. So 13, and as many with c and d exchanged.
    let text = format!(
        "breaker b ({OPENS})
         var tripped = false
         process first {{ try {{ with b {{ fail bad }} }} catch {{ }}; tripped = true }}
         process p * 2 {{ wait until tripped; try {{ with b {{ }} }} catch open {{ }} }}"
    );
    holds(&text, 26);
}

#[test]
fn a_call_is_slow_or_not() {
    let found = report(
        "breaker b (window: 2, minimum: 2, slow: 100%, slow_after: 1s, open: 1s)
         process p { repeat 2 { with b { } } }
         always b.state == closed",
    );
    assert_eq!(counts(&found), (4, 1));
}

#[test]
fn results_may_be_too_old() {
    // Of two seconds none, one or two are over; with two the first failure is forgotten.
    let found = report(
        "breaker b (window: 2s, minimum: 2, failures: 100%)
         process p { repeat 2 { try { with b { fail bad } } catch { } } }
         always b.state == closed",
    );
    assert_eq!(counts(&found), (3, 2));
}

#[test]
fn a_token_is_there_or_not() {
    let one = "counter passed\nprocess p * 2 { try { with l { passed += 1 } } catch rejected { } }";
    let found = report(&format!("limiter l (rate: 1/s)\n{one}"));
    assert_eq!(counts(&found), (8, 0));
    assert_eq!(outcomes(&found), ["passed=0: 2", "passed=1: 4", "passed=2: 2"]);
    // Who waits gets one in the end.
    holds(&format!("limiter l (rate: 1/s, when_empty: wait)\n{one}"), 2);
    let found = report(&format!("limiter l (rate: 1/s, when_empty: wait, max_wait: 1s)\n{one}"));
    assert_eq!(counts(&found), (8, 0));
}

#[test]
fn a_budget_has_a_token_or_not() {
    let found = report(
        "limiter l (earn: 10%)
         counter tries
         process p { try { retry (attempts: 2, budget: l) { tries += 1; fail bad } } catch bad { } }",
    );
    assert_eq!(counts(&found), (2, 0));
    assert_eq!(outcomes(&found), ["tries=1: 1", "tries=2: 1"]);
}

#[test]
fn a_crash_inside_leaves_nothing_behind_but_the_place() {
    let found = report(&format!(
        "breaker b ({OPENS})
         process first {{ try {{ with b {{ fail bad }} }} catch {{ }} }}
         process p {{ try {{ with b {{ sleep 1s }} }} catch open {{ }} }}
         fault crash p anytime for 1s at most 1
         explore (crashes: 1)"
    ));
    assert_eq!(found.verdict, Verdict::Holds);
}

#[test]
fn however_many_come_no_more_are_let_in_half_open_than_it_says() {
    for probes in [1, 2] {
        let text = format!(
            "breaker b (window: 2, minimum: 2, failures: 50%, open: 1s, probes: {probes})
             process p * 3 {{
               repeat 2 {{ try {{ with b {{ choose {{ fail bad }} or {{ }} }} }} catch {{ }} }}
             }}"
        );
        let shape = Shape { bounded: true, ..Shape::default() };
        let machine = Machine::with_shape(program(&text, &[]), shape);
        let most = most_probing(&machine);
        assert_eq!(most, probes, "{text}");
    }
}

/// In all states together the most that are inside, let in by this half open period.
fn most_probing(machine: &Machine) -> i64 {
    let breaker = Target { shared: 0, element: 0 };
    let layout = machine.layout();
    let probing = |state: &State| {
        let here = (0..layout.processes.len() as u32)
            .filter(|&process| state.held(layout, process, breaker) & 3 == 1);
        let half = machine.guarding(state, breaker) == Guarding::HalfOpen;
        if half { here.count() as i64 } else { 0 }
    };
    let first = machine.start(&mut NoWatch);
    let mut seen = BTreeSet::from([first.identity(layout).to_vec()]);
    let mut open = vec![first];
    let mut most = 0;
    while let Some(state) = open.pop() {
        most = most.max(probing(&state));
        for choice in machine.choices(&state) {
            let mut next = state.clone();
            machine.apply(&mut next, choice, &mut NoWatch);
            if seen.insert(next.identity(layout).to_vec()) {
                open.push(next);
            }
        }
    }
    most
}
