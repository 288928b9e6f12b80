//! Text in, measures out.

use sim_core::drive::Clock;
use sim_core::lang::{Values, check};
use sim_core::machine::{Machine, State};
use sim_core::measure::{MeasuresView, Meter, SpreadRow};
use sim_core::program::Program;

/// A run by the clock that is measured.
pub(crate) struct Run {
    pub(crate) machine: Machine,
    pub(crate) state: State,
    pub(crate) clock: Clock,
    pub(crate) meter: Meter,
}

pub(crate) fn program(body: &str) -> Program {
    let text = format!("scenario \"measured\"\n{body}\n");
    let checked = check(&text);
    let scenario = checked.scenario.unwrap_or_else(|| panic!("{text}: {:?}", checked.diagnostics));
    let values = Values::defaults(scenario.params());
    scenario.bind(&values).unwrap_or_else(|errors| panic!("{text}: {errors:?}"))
}

impl Run {
    pub(crate) fn start(body: &str, seed: u64) -> Run {
        let machine = Machine::new(program(body));
        let mut clock = Clock::new(&machine, seed);
        let mut meter = Meter::new(&machine);
        meter.moves(0);
        let state = machine.start(&mut (clock.ear(&machine), meter.ear(&machine)));
        meter.settle(&machine, &state);
        clock.begin(&machine, &state);
        Run { machine, state, clock, meter }
    }

    /// One step; false when nothing is due.
    pub(crate) fn step(&mut self) -> bool {
        let Run { machine, state, clock, meter } = self;
        let Some(choice) = clock.next(machine, state) else { return false };
        clock.moves(machine, state, choice);
        meter.moves(clock.now());
        machine.apply(state, choice, &mut (clock.ear(machine), meter.ear(machine)));
        meter.settle(machine, state);
        clock.settle(machine, state);
        clock.happened(machine, state, choice);
        true
    }

    pub(crate) fn to_the_end(body: &str, seed: u64) -> Run {
        let mut run = Run::start(body, seed);
        while run.step() {}
        run
    }

    pub(crate) fn view(&self) -> MeasuresView {
        self.meter.view(self.machine.program(), &|_| 1)
    }
}

pub(crate) fn count(view: &MeasuresView, name: &str) -> u64 {
    let row = view.counts.iter().find(|row| row.name == name);
    row.unwrap_or_else(|| panic!("{name} among {:?}", view.counts)).value
}

pub(crate) fn spread<'a>(view: &'a MeasuresView, name: &str) -> &'a SpreadRow {
    let row = view.spreads.iter().find(|row| row.name == name);
    row.unwrap_or_else(|| panic!("{name} among {:?}", view.spreads))
}

/// `now`, `mean` and `max` of a gauge.
pub(crate) fn gauge(view: &MeasuresView, name: &str) -> (i64, Option<i64>, i64) {
    let row = view.gauges.iter().find(|row| row.name == name);
    let row = row.unwrap_or_else(|| panic!("{name} among {:?}", view.gauges));
    (row.now, row.mean, row.max)
}
