//! The numbers of choices found fast are those that counting through all of them gives.

use super::support::program;
use sim_core::lang::{Values, check};
use sim_core::machine::{Machine, NoWatch, Numbers};
use sim_core::program::Program;
use sim_core::trace::Choice;

const STEPS: usize = 60;

/// Goes some way, now to this side and now to that, and looks every choice up at each step. Gives how
/// many were found fast, and how many there were.
fn compare(name: &str, program: Program, mut draw: u64) -> (usize, usize) {
    let machine = Machine::new(program);
    let mut state = machine.start(&mut NoWatch);
    let Some(mut numbers) = Numbers::new(&machine, &state) else { return (0, 0) };
    let (mut fast, mut all) = (0, 0);
    for _ in 0..STEPS {
        let choices = machine.choices(&state);
        if choices.is_empty() {
            break;
        }
        for (&choice, number) in choices.iter().zip(1..) {
            let found = numbers.of(&machine, &state, choice);
            assert!(
                found.is_none_or(|found| found == number),
                "{name}: {choice:?} is {number}, found {found:?}"
            );
            fast += usize::from(found.is_some());
            all += 1;
        }
        draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // What goes wrong or runs out is rarer among these than steps, and as much to be seen.
        let own = choices.iter().filter(|one| matches!(one, Choice::Step { .. })).count().max(1);
        let among = if draw & 1 == 0 { own } else { choices.len() };
        let choice = choices[(draw >> 33) as usize % among];
        numbers.take(&machine, &mut state, choice);
    }
    (fast, all)
}

#[test]
fn whatever_a_scenario_does() {
    let lessons = concat!(env!("CARGO_MANIFEST_DIR"), "/../../lessons");
    let folders = std::fs::read_dir(lessons).expect("the lessons are there");
    let (mut fast, mut all) = (0, 0);
    for folder in folders.flatten() {
        let Ok(text) = std::fs::read_to_string(folder.path().join("scenario.lockstep")) else {
            continue;
        };
        let scenario = check(&text).scenario.expect("a lesson is right");
        let bound = scenario.bind(&Values::defaults(scenario.params())).expect("it fits");
        for draw in 1..4 {
            let (found, looked) = compare(&folder.path().to_string_lossy(), bound.clone(), draw);
            fast += found;
            all += looked;
        }
    }
    assert!(all > 10_000 && fast * 10 > all * 9, "{fast} of {all}");
}

#[test]
fn services_with_everything() {
    for body in [
        "service s (workers: 2, patience: 10ms, cancel: true) { on h() { work 1ms } }\nprocess p * 9 { try { call s.h() within 5ms } catch timeout, unavailable { } }",
        "service s (replicas: 3, workers: 1, balance: ring) { on h(k) { sleep 1ms } }\nprocess p * 7 { call s.h(self) }",
        "service s (replicas: 3, workers: 1, balance: two_choices) { on h(k) { sleep 1ms } }\nprocess p * 7 { call s.h(self) }",
        "service s (workers: 1) { on h() { sleep 1ms } }\nlink p <-> s (latency: 1ms, loss: 10%, duplicates: 10%)\nprocess p * 5 { try { call s.h() within 5ms } catch timeout, unavailable { } }",
        "semaphore m (permits: 2, max_wait: 1ms)\nlock k\nprocess p every 1ms times 9 { try { with m { with k { sleep 1ms } } } catch rejected { } }\nprocess q every 1ms { let x = chance(50%); sleep 1ms }",
    ] {
        for draw in 1..6 {
            compare(body, program(body, &[]), draw);
        }
    }
}
