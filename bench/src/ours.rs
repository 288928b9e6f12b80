//! Lockstep's engine, as this benchmark asks it. All that must change here when the engine offers
//! more is in this file.

use sim_core::{
    drive::Runner,
    explore::{Ceiling, Explorer, Limits, Options, Report, Verdict},
    lang::{Values, check},
    machine::Machine,
    measure::Meter,
    program::Program,
};

/// How to search.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Switches {
    /// Locals stay part of a state after their last use, as in the peers' models.
    pub keep_locals: bool,
    /// Processes that are alike are not told apart.
    pub symmetry: bool,
    /// Steps that touch nothing in common are taken in one order only.
    pub reduction: bool,
    /// States are told apart by 128 bits instead of 64.
    pub wide_fingerprints: bool,
    /// Schedules are counted, too; else the verdict is all.
    pub count: bool,
}

impl Switches {
    /// Every state, one by one.
    pub const EVERY_STATE: Switches = Switches {
        keep_locals: false,
        symmetry: false,
        reduction: false,
        wide_fingerprints: true,
        count: false,
    };
    /// The same on narrow fingerprints.
    pub const NARROW: Switches = Switches { wide_fingerprints: false, ..Switches::EVERY_STATE };
    /// Whatever leads to a verdict soonest.
    pub const VERDICT: Switches =
        Switches { symmetry: true, reduction: true, ..Switches::EVERY_STATE };
    /// Whatever still tells the exact number of schedules.
    pub const COUNT: Switches =
        Switches { symmetry: true, reduction: true, count: true, ..Switches::EVERY_STATE };
}

/// What a search found.
#[derive(Clone, Debug)]
pub struct Found {
    /// How many states it looked at.
    pub states: u64,
    /// Whether the promises hold.
    pub verdict: Verdict,
    /// How many schedules there are, if that is known exactly.
    pub schedules: Option<String>,
    /// Why it ended early, if it did.
    pub stopped: Option<String>,
}

/// Searches all schedules of a text.
///
/// # Panics
///
/// If the text has a mistake.
#[must_use]
pub fn search(text: &str, switches: Switches) -> Found {
    let options = Options {
        symmetry: switches.symmetry,
        reduction: switches.reduction,
        wide: switches.wide_fingerprints,
        keep_locals: switches.keep_locals,
        count: switches.count,
        probe: false,
        limits: LIMITS,
    };
    let mut explorer = Explorer::with(&bind(text), options);
    while !explorer.advance(usize::MAX) {}
    found(&explorer.report())
}

/// More than a browser tab is asked to hold: the peers take what they need, too.
const LIMITS: Limits = Limits { states: 20_000_000, bytes: 1 << 30 };

fn found(report: &Report) -> Found {
    let stopped = report.stopped.map(|ceiling| match ceiling {
        Ceiling::States(most) => format!("stopped at {most} states, which is all it keeps"),
        Ceiling::Memory(bytes) => format!("stopped with {bytes} bytes of states in its memory"),
        Ceiling::OwnWork(_) | Ceiling::Room | Ceiling::Age => format!("stopped: {ceiling:?}"),
    });
    Found {
        states: report.followed,
        verdict: report.verdict,
        schedules: report.schedules.exact.then(|| report.schedules.number.clone()),
        stopped,
    }
}

/// What a run by the clock came to.
#[derive(Clone, Copy, Debug)]
pub struct Ran {
    /// How many values the spread asked for has.
    pub count: u64,
    /// Their mean, seconds.
    pub mean: f64,
    /// Virtual time, seconds.
    pub now: f64,
}

/// Runs a text by the clock, measured, to its end or for so many steps; gives what a spread of it
/// came to.
///
/// # Panics
///
/// If the text has a mistake or no such spread.
#[must_use]
pub fn run(text: &str, spread: &str, steps: u64) -> Ran {
    let machine = Machine::new(bind(text));
    let mut meter = Meter::new(&machine);
    let mut runner = Runner::new(&machine, 1, &mut meter);
    while runner.steps() < steps && runner.step(&machine, &mut meter).is_some() {}
    let view = meter.view(machine.program(), &|_| 1);
    let row = view.spreads.iter().find(|row| row.name == spread).expect("it is measured");
    Ran {
        count: row.count - row.unfinished,
        mean: row.mean as f64 / 1e9,
        now: meter.now() as f64 / 1e9,
    }
}

fn bind(text: &str) -> Program {
    let checked = check(text);
    let scenario = checked.scenario.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let values = scenario.exploring(&Values::defaults(scenario.params()));
    let values = values.expect("a text of the benchmark can be searched");
    scenario.bind(&values).unwrap_or_else(|wrong| panic!("{wrong:?}"))
}
