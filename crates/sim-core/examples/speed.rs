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
    long_run();
    closed_clients();
    for clients in [6, 7] {
        let text = format!("scenario \"k\"\nvar x = 0\nprocess p * {clients} {{ x += 1 }}");
        let program = program(&text);
        let states = best(|| explore(&program).states);
        println!("explorer, {clients} lost increments        {:>8.2} M states/s", states / 1e6);
    }
}

/// A run of a million steps, and going anywhere in it.
fn long_run() {
    let mut session = Session::new(program(CIRCLE), CIRCLE, 7);
    let start = Instant::now();
    let steps = (0..1_000_000).take_while(|_| session.clock()).count();
    let taken = start.elapsed().as_secs_f64();
    println!("a run of a million steps          {:>8.2} M steps/s", steps as f64 / taken / 1e6);
    let mut slowest = 0.0f64;
    let mut all = 0.0;
    for nth in 0..100u32 {
        let start = Instant::now();
        session.seek(nth.wrapping_mul(2_654_435_761) % 1_000_000);
        let _ = session.frame();
        let taken = start.elapsed().as_secs_f64() * 1e3;
        slowest = slowest.max(taken);
        all += taken;
    }
    println!("going anywhere in it, with a frame {:>7.2} ms, slowest {slowest:.2} ms", all / 100.0);
}

/// Work B: 1000 closed clients before ten servers.
fn closed_clients() {
    const TEXT: &str = "scenario \"B\"\nsemaphore servers (permits: 10)\ncounter served\n\
        process client * 1000 again after exp(1s) until 2000s { with servers { sleep exp(1s) }\n\
        served += 1 }";
    let closed = program(TEXT);
    let steps = best(|| {
        let mut session = Session::new(closed.clone(), TEXT, 7);
        (0..200_000).take_while(|_| session.clock()).count() as u64
    });
    println!("1000 closed clients by the clock  {:>8.2} M steps/s", steps / 1e6);
}
