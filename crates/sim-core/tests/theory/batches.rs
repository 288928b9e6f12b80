//! A long run cut into batches, and what they say of how far off it may be.

use super::support::program;
use sim_core::drive::Runner;
use sim_core::machine::Machine;
use sim_core::measure::{MeasuresView, Meter};

/// Into how many stretches a run is cut.
const BATCHES: u64 = 25;
/// How many standard errors a figure may be off.
const ERRORS: f64 = 3.0;
const SECOND: u64 = 1_000_000_000;

type Parts<'a> = dyn Fn(&MeasuresView) -> (f64, f64) + 'a;

/// A figure of a run: the words for it, how it is found, and what theory says.
pub(crate) struct Figure<'a> {
    what: &'a str,
    /// A sum and what it is divided by, both from the end of the warm-up on.
    parts: Box<Parts<'a>>,
    theory: f64,
    /// In hundredths; most figures have that of their run.
    within: Option<f64>,
}

impl Figure<'_> {
    pub(crate) fn within(mut self, percent: f64) -> Self {
        self.within = Some(percent);
        self
    }
}

/// The mean of a spread, in seconds.
pub(crate) fn mean<'a>(name: &'a str, theory: f64) -> Figure<'a> {
    let parts = move |view: &MeasuresView| {
        let row = view.spreads.iter().find(|row| row.name == name);
        row.map_or((0.0, 0.0), |row| (row.mean as f64 / 1e9 * row.count as f64, row.count as f64))
    };
    Figure { what: name, parts: Box::new(parts), theory, within: None }
}

/// The mean over time of several gauges together.
pub(crate) fn level<'a>(what: &'a str, names: &'a [&'a str], theory: f64) -> Figure<'a> {
    let parts = move |view: &MeasuresView| {
        let of = |name: &&str| {
            let row = view.gauges.iter().find(|row| row.name == **name);
            let row = row.unwrap_or_else(|| panic!("{name} among {:?}", view.gauges));
            row.mean.unwrap_or_default() as f64 / 1e6
        };
        let time = (view.until - view.warmup.min(view.until)) as f64;
        (names.iter().map(of).sum::<f64>() * time, time)
    };
    Figure { what, parts: Box::new(parts), theory, within: None }
}

/// How many of one count there are for each of another.
pub(crate) fn share<'a>(of: &'a str, among: &'a str, theory: f64) -> Figure<'a> {
    let parts = move |view: &MeasuresView| {
        let count = |name: &str| {
            let row = view.counts.iter().find(|row| row.name == name);
            row.unwrap_or_else(|| panic!("{name} among {:?}", view.counts)).value as f64
        };
        (count(of), count(among))
    };
    Figure { what: of, parts: Box::new(parts), theory, within: None }
}

/// Runs a text for so many seconds, of which some are left out at the beginning, and asks that
/// each figure is within so many percent of theory.
pub(crate) fn agree(body: &str, seconds: u64, seed: u64, percent: f64, figures: &[Figure<'_>]) {
    let warmup = seconds / 100;
    let body = format!("run (for: {seconds}s, warmup: {warmup}s)\n{body}");
    let machine = Machine::new(program(&body));
    let mut meter = Meter::new(&machine);
    let mut runner = Runner::new(&machine, seed, &mut meter);
    let mut parts: Vec<Vec<(f64, f64)>> = vec![vec![(0.0, 0.0)]; figures.len()];
    for batch in 1..=BATCHES {
        let until = (warmup + (seconds - warmup) * batch / BATCHES) * SECOND;
        while runner.clock().now() < until && runner.step(&machine, &mut meter).is_some() {}
        let view = meter.view(machine.program(), &|_| 1);
        for (figure, parts) in figures.iter().zip(&mut parts) {
            parts.push((figure.parts)(&view));
        }
    }
    for (figure, parts) in figures.iter().zip(parts) {
        judge(figure, &parts, figure.within.unwrap_or(percent), &body);
    }
}

fn judge(figure: &Figure<'_>, parts: &[(f64, f64)], percent: f64, body: &str) {
    let &(sum, weight) = parts.last().expect("a run has batches");
    let found = sum / weight;
    let batches = parts.windows(2).map(|two| (two[1].0 - two[0].0) / (two[1].1 - two[0].1));
    let scatter: f64 = batches.map(|batch| (batch - found) * (batch - found)).sum();
    let error = libm::sqrt(scatter / (BATCHES - 1) as f64 / BATCHES as f64);
    let off = found - figure.theory;
    let told = format!(
        "{}: {found:.5}, in theory {:.5}: {:+.2} % off, standard error {:.2} %, of {weight:.0}\n{body}",
        figure.what,
        figure.theory,
        off / figure.theory * 100.0,
        error / figure.theory * 100.0,
    );
    if std::env::var_os("SHOW_THEORY").is_some() {
        println!("{}", told.lines().next().unwrap_or_default());
    }
    let tolerance = figure.theory * percent / 100.0;
    assert!(error <= tolerance / 2.0, "too few jobs to tell {percent} %: {told}");
    assert!(off.abs() <= tolerance, "more than {percent} %: {told}");
    assert!(off.abs() <= ERRORS * error, "more than {ERRORS} standard errors: {told}");
}
