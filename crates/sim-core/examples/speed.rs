//! How fast the engine is on this machine: `cargo run --release -p sim-core --example speed`.
//!
//! Figures, never assertions: machines differ. Each line is the best of three.

#![expect(
    clippy::disallowed_types,
    reason = "a benchmark reads the wall clock; the engine never does"
)]

use sim_core::explore::explore;
use sim_core::lang::{Values, check};
use sim_core::machine::{Machine, NoWatch};
use sim_core::program::Program;
use sim_core::session::Session;
use std::time::Instant;

const CIRCLE: &str = "scenario \"circle\"\nvar x = 0\nprocess p * 4 { while true { x += 1 } }";

fn program(text: &str) -> Program {
    let scenario = check(text).scenario.expect("the text is right");
    scenario.bind(&Values::defaults(scenario.params())).expect("it binds")
}

fn best(mut work: impl FnMut() -> u64) -> f64 {
    let run = |_| {
        let start = Instant::now();
        let count = work();
        count as f64 / start.elapsed().as_secs_f64()
    };
    (0..3).map(run).fold(0.0, f64::max)
}

fn main() {
    let machine = Machine::new(program(CIRCLE));
    let steps = best(|| {
        let mut state = machine.start(&mut NoWatch);
        for _ in 0..500_000 {
            let choice = machine.choices(&state).into_iter().next().expect("it goes on for ever");
            machine.apply(&mut state, choice, &mut NoWatch);
        }
        500_000
    });
    println!("machine, first choice each time   {:>8.2} M steps/s", steps / 1e6);
    let circle = program(CIRCLE);
    let steps = best(|| {
        let mut session = Session::new(circle.clone(), CIRCLE, 7);
        (0..50_000).take_while(|_| session.clock()).count() as u64
    });
    println!("session by the clock, all kept    {:>8.2} M steps/s", steps / 1e6);
    for clients in [6, 7] {
        let text = format!("scenario \"k\"\nvar x = 0\nprocess p * {clients} {{ x += 1 }}");
        let program = program(&text);
        let states = best(|| explore(&program).states);
        println!("explorer, {clients} lost increments        {:>8.2} M states/s", states / 1e6);
    }
}
