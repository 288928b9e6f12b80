//! How fast the engine is on this machine: `cargo run --release -p sim-core --example speed`.
//!
//! Figures, never assertions: machines differ. Each line is the best of three.

#![expect(
    clippy::disallowed_types,
    reason = "a benchmark reads the wall clock; the engine never does"
)]

use sim_core::drive::Runner;
use sim_core::explore::{Explorer, Options};
use sim_core::lang::{Values, check};
use sim_core::machine::{Machine, NoWatch};
use sim_core::measure::Meter;
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
        let wall = Instant::now();
        let begun = now(wall);
        let count = work();
        count as f64 / (now(wall) - begun)
    };
    (0..3).map(run).fold(0.0, f64::max)
}

fn main() {
    if std::env::args().any(|one| one == "clients") {
        return closed_clients();
    }
    if std::env::args().any(|one| one == "queue") {
        return one_server();
    }
    if std::env::args().len() > 1 {
        return searches();
    }
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
    one_server();
    searches();
}

fn searches() {
    let lost =
        |clients: u32| format!("scenario \"k\"\nvar x = 0\nprocess p * {clients} {{ x += 1 }}");
    let philosophers = |count: u32| {
        format!(
            "scenario \"philosophers\"\nlock fork[{count}]\nprocess philosopher * {count} forever {{\n\
             acquire fork[self]\nacquire fork[self mod {count} + 1]\nrelease fork[self]\n\
             release fork[self mod {count} + 1] }}"
        )
    };
    let pairs =
        (1..=6).map(|pair| format!("var x{pair} = 0\nprocess p{pair} * 2 {{ x{pair} += 1 }}\n"));
    let pairs = format!("scenario \"pairs\"\n{}", pairs.collect::<String>());
    let all = Options { symmetry: false, reduction: false, count: false, ..Options::default() };
    let kept = Options { keep_locals: true, ..all };
    let narrow = Options { wide: false, ..kept };
    let merged = Options::default();
    let verdict = Options { count: false, ..merged };
    let only = std::env::args().nth(1);
    for (name, text, options) in [
        ("K = 6, all", lost(6), all),
        ("K = 7, all", lost(7), all),
        ("K = 6, locals kept", lost(6), kept),
        ("K = 7, locals kept", lost(7), kept),
        ("K = 7, locals kept, 64 bits", lost(7), narrow),
        ("philosophers 8, all", philosophers(8), all),
        ("philosophers 12, all", philosophers(12), all),
        ("K = 8, as shipped", lost(8), merged),
        ("philosophers 12, verdict", philosophers(12), verdict),
        ("6 pairs, verdict", pairs.clone(), verdict),
        ("6 pairs, as shipped", pairs, merged),
    ] {
        if only.as_ref().is_some_and(|only| !name.contains(only)) {
            continue;
        }
        let program = program(&text);
        let (mut found, mut states, mut fastest) = (None, 0, f64::MAX);
        for _ in 0..3 {
            let wall = Instant::now();
            let begun = now(wall);
            let mut explorer = Explorer::with(&program, options);
            while !explorer.advance(usize::MAX) {}
            fastest = fastest.min(now(wall) - begun);
            states = explorer.progress().followed;
            found = Some(explorer);
        }
        let report = found.expect("it ran").report();
        println!(
            "{name:<28} {states:>9} states {:>8.2} ms {:>6.2} M states/s  {} of {} fail, {:?}",
            fastest * 1e3,
            states as f64 / fastest / 1e6,
            report.failing.number,
            report.schedules.number,
            report.verdict,
        );
    }
}

/// Seconds of this process's own time, where the system tells; else by the wall.
fn now(begun: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| begun.elapsed().as_secs_f64(), |own| own / 1e9)
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
        process client * 1000 again after exp(1s) until 200000s { with servers { sleep exp(1s) }\n\
        served += 1 }";
    let closed = program(TEXT);
    let steps = best(|| {
        let mut session = Session::new(closed.clone(), TEXT, 7);
        (0..200_000).take_while(|_| session.clock()).count() as u64
    });
    println!("1000 closed clients, all kept     {:>8.2} M steps/s", steps / 1e6);
    without_history("1000 closed clients", closed);
}

/// Work A: an M/M/1 queue at 90 %.
fn one_server() {
    const ONE: &str = "scenario \"A\"\nqueue line\n\
        process arrival every exp(0.9/s) times 2000000 { send self to line }\n\
        process server receive line as c { sleep exp(1s) }";
    without_history("one server", program(ONE));
}

fn without_history(name: &str, program: Program) {
    let machine = Machine::new(program);
    let steps = |follows: &mut dyn FnMut() -> u64| best(follows) / 1e6;
    let bare = steps(&mut || {
        let mut runner = Runner::new(&machine, 7, &mut NoWatch);
        (0..2_000_000).take_while(|_| runner.step(&machine, &mut NoWatch).is_some()).count() as u64
    });
    let measured = steps(&mut || {
        let mut meter = Meter::new(&machine);
        let mut runner = Runner::new(&machine, 7, &mut meter);
        (0..2_000_000).take_while(|_| runner.step(&machine, &mut meter).is_some()).count() as u64
    });
    println!("{name}, nothing kept {bare:>8.2} M steps/s, measured {measured:>8.2}");
}
