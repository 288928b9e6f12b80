//! Everybody writes the same row: what the strategies of waiting between tries cost, and how long
//! they take, against numbers of the AWS study of exponential backoff and jitter (M. Brooker,
//! 2015), which were computed anew from its model with 200 runs each.

use super::support::program;
use sim_core::drive::Runner;
use sim_core::machine::Machine;
use sim_core::measure::Meter;

/// How many clients, the strategy, writes that reach the row, and milliseconds until all are done.
const KNOWN: [(u32, &str, f64, f64); 10] = [
    (10, "none", 51.0, 380.0),
    (10, "exponential", 51.0, 3441.0),
    (10, "equal", 42.0, 708.0),
    (10, "full", 39.0, 468.0),
    (10, "decorrelated", 38.0, 429.0),
    (50, "none", 690.0, 1141.0),
    (50, "exponential", 623.0, 36646.0),
    (50, "equal", 347.0, 4214.0),
    (50, "full", 332.0, 2881.0),
    (50, "decorrelated", 375.0, 2216.0),
];

/// Within so many percent the numbers must agree: calls and times.
const WITHIN: [f64; 2] = [5.0, 10.0];

fn scenario(clients: u32, strategy: &str) -> String {
    let delay = if strategy == "decorrelated" { 5 } else { 10 };
    format!(
        "var version = 0\n\
         service row {{\n\
           on read() {{ return version }}\n\
           on write(seen) {{ atomic {{ if version != seen {{ fail stale }}\nversion = seen + 1 }} }}\n\
         }}\n\
         link client <-> row (latency: normal(10ms, 2ms))\n\
         process client * {clients} {{\n\
           retry (attempts: unlimited, on: stale, backoff: {strategy}, cap: 2s, delay: {delay}ms) {{\n\
             let seen = call row.read()\ncall row.write(seen)\n\
           }}\n\
         }}"
    )
}

/// The mean over runs, and how far off it may be by chance.
fn mean(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let scatter: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (mean, libm::sqrt(scatter / (count - 1.0) / count))
}

/// Writes that reached the row, and milliseconds to the end, of so many runs.
fn runs(clients: u32, strategy: &str, count: u64) -> [Vec<f64>; 2] {
    let machine = Machine::new(program(&scenario(clients, strategy)));
    let (mut calls, mut times) = (Vec::new(), Vec::new());
    for seed in 1..=count {
        let mut meter = Meter::new(&machine);
        let mut runner = Runner::new(&machine, seed, &mut meter);
        while runner.step(&machine, &mut meter).is_some() {}
        let view = meter.view(machine.program(), &|_| 1);
        let of = |name: &str| view.counts.iter().find(|row| row.name == name).expect(name).value;
        assert_eq!(of("row.write.ok"), u64::from(clients));
        calls.push(of("row.write.calls") as f64);
        times.push(runner.clock().now() as f64 / 1e6);
    }
    [calls, times]
}

/// Asks that what was found is within its percentage, and that there were runs enough to tell:
/// three standard errors are less than that.
fn agree(what: &str, values: &[f64], known: f64, within: f64) {
    let (found, error) = mean(values);
    let off = (found - known) / known * 100.0;
    let told = format!("{what}: {found:.1}, known {known}: {off:+.1} % off, error {error:.2}");
    if std::env::var_os("SHOW_THEORY").is_some() {
        println!("{told}");
    }
    assert!(3.0 * error < known * within / 100.0, "too few runs to tell {within} %: {told}");
    assert!(off.abs() <= within, "more than {within} %: {told}");
}

/// Ten clients in full; of fifty what it costs. What the study says of either holds: jitter, not
/// backoff, is what saves work.
#[test]
fn jitter_saves_work() {
    let mut costs = Vec::new();
    for (clients, strategy, calls, time) in KNOWN {
        let count = if clients == 10 { 250 } else { 24 };
        let [all_calls, all_times] = runs(clients, strategy, count);
        let what = format!("{clients} clients, {strategy}");
        agree(&format!("{what}, calls"), &all_calls, calls, WITHIN[0]);
        if clients == 10 {
            agree(&format!("{what}, ms"), &all_times, time, WITHIN[1]);
        } else {
            costs.push(mean(&all_calls).0);
        }
    }
    let [none, exponential, equal, full, decorrelated] = costs[..] else { panic!("{costs:?}") };
    assert!(full < equal && equal < decorrelated && decorrelated < exponential);
    assert!(exponential < none);
}

/// The whole table, with more runs than it has itself:
/// `cargo test --release -p sim-core --test theory every_strategy -- --ignored`.
#[test]
#[ignore = "takes minutes; the doc comment has the command"]
fn every_strategy_costs_and_takes_what_the_study_says() {
    for (clients, strategy, calls, time) in KNOWN {
        let [all_calls, all_times] = runs(clients, strategy, 500);
        let what = format!("{clients} clients, {strategy}");
        agree(&format!("{what}, calls"), &all_calls, calls, WITHIN[0]);
        agree(&format!("{what}, ms"), &all_times, time, WITHIN[1]);
    }
}
