//! What is measured of the run shown: asked of the stepping worker while somebody looks at it, and
//! not more often than one can look.

use std::{collections::BTreeSet, rc::Rc};

use super::{
    Action, Bench, Command, State, Tab, Timer, figures,
    moments::{ask, is_over, pause},
    panes::Pane,
    present::{self, Scene},
    state::Asked,
};
use crate::protocol::{Ask, Measured, Request};

/// Milliseconds between two questions.
const PAUSE: u64 = 250;
/// How many steps the clock picks between two looks at the run.
const SLICE: u32 = 10_000;

/// Something about measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChartAction {
    /// Time to ask.
    Ask,
    /// To this virtual time, nanoseconds.
    Time(u64),
    /// Let the clock run on to the end, or no longer.
    Run,
    /// To a request of this name that took longer than so many thousandths of them.
    Slow(String, u32),
    /// Show measures whose names have this in them.
    Search(String),
    /// Show the numbers of a picture, or no longer.
    Numbers(usize),
    /// Show the table of measures, or no longer.
    Table,
    /// Copy the measures.
    Copy,
    /// Copy the numbers of a picture.
    CopyNumbers(usize),
}

/// What is measured, and how it is looked at.
#[derive(Clone, Debug, Default)]
pub struct Charts {
    /// What is known.
    pub measured: Option<Rc<Measured>>,
    /// The clock is running on.
    pub running: bool,
    /// The clock has nothing more to do at the end of the line.
    pub is_over: bool,
    /// What names of measures must have in them.
    pub search: String,
    /// The pictures whose numbers are shown.
    pub numbers: BTreeSet<usize>,
    /// The table of measures is not shown.
    pub folded: bool,
    /// The text has goals, which are shown whatever else is.
    has_goals: bool,
    /// What is known is of all there is.
    is_known: bool,
    /// The question that is not answered yet.
    ticket: Option<u32>,
    /// A question will be asked.
    waits: bool,
    /// When one was asked last.
    asked_at: u64,
}

impl Charts {
    /// There is more to see of it than a table of numbers, as far as is known.
    #[must_use]
    pub fn has_pictures(&self) -> bool {
        self.has_goals || self.measured.as_ref().is_some_and(|known| !known.plots.is_empty())
    }

    /// The run changed.
    pub(super) fn changed(&mut self) {
        (self.is_known, self.is_over) = (false, false);
    }

    /// There is another run, or nobody any more to answer.
    pub(super) fn forget(&mut self) {
        (self.is_known, self.ticket, self.running) = (false, None, false);
    }

    /// Another run was opened.
    pub(super) fn opened(&mut self, has_goals: bool) {
        self.has_goals = has_goals;
        self.changed();
    }
}

fn is_wanted(bench: &Bench, on_stage: bool) -> bool {
    on_stage
        || bench.charts.has_goals
        || bench.tab == Tab::Charts
        || bench.view.panes(bench.frame.as_deref()).contains(&Pane::Charts)
        || bench.frame.as_ref().is_some_and(|frame| !frame.breakers.is_empty())
}

pub(super) fn act(state: &mut State, action: ChartAction) -> Vec<Command> {
    let (ticket, clock) = (state.ticket(), state.clock);
    let on_stage = present::fills(state, Scene::Charts);
    let Some(bench) = &mut state.bench else { return Vec::new() };
    match action {
        ChartAction::Ask => {
            bench.charts.waits = false;
            if bench.frame.is_none() || bench.charts.ticket.is_some() || !is_wanted(bench, on_stage)
            {
                return Vec::new();
            }
            bench.charts.ticket = Some(ticket);
            bench.charts.asked_at = clock;
            vec![Command::Step(Ask { ticket, request: Request::Measure })]
        }
        ChartAction::Time(time) => {
            let mut commands = pause(bench);
            commands.extend(ask(state, Asked::Seek, Request::SeekTime(time)));
            commands
        }
        ChartAction::Slow(name, share) => {
            let mut commands = pause(bench);
            commands.extend(ask(state, Asked::Slow, Request::Slow(name, share)));
            commands
        }
        ChartAction::Run => {
            let was = bench.charts.running;
            let mut commands = pause(bench);
            if !was && !is_over(bench) {
                bench.charts.running = true;
                commands.extend(ask(state, Asked::Run, Request::Run(SLICE)));
            }
            commands
        }
        ChartAction::Search(text) => {
            bench.charts.search = text;
            Vec::new()
        }
        ChartAction::Numbers(at) => {
            if !bench.charts.numbers.remove(&at) {
                bench.charts.numbers.insert(at);
            }
            Vec::new()
        }
        ChartAction::Table => {
            bench.charts.folded = !bench.charts.folded;
            Vec::new()
        }
        ChartAction::Copy => {
            let measured = bench.charts.measured.as_deref();
            measured.map(|known| Command::CopyText(figures::csv(&known.view))).into_iter().collect()
        }
        ChartAction::CopyNumbers(at) => {
            let measured = bench.charts.measured.as_deref();
            let text = measured.and_then(|known| figures::csv_of(known, known.plots.get(at)?));
            text.map(Command::CopyText).into_iter().collect()
        }
    }
}

/// A run was opened: one that is to be seen whole goes on to its end.
pub(super) fn go_on(state: &mut State) -> Vec<Command> {
    let runs = state.bench.as_ref().is_some_and(|bench| bench.charts.running);
    if runs { ask(state, Asked::Run, Request::Run(SLICE)) } else { Vec::new() }
}

/// The clock has run on for a slice, all of it or until there was nothing more to do.
pub(super) fn ran(state: &mut State, all: bool) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    bench.charts.is_over = !all;
    // One that was played when this was asked for is answered before it.
    let comes = bench.asked.iter().any(|(_, asked)| *asked == Asked::Run);
    if !bench.charts.running || comes {
        return Vec::new();
    }
    if !all || is_over(bench) {
        bench.charts.running = false;
        return Vec::new();
    }
    ask(state, Asked::Run, Request::Run(SLICE))
}

pub(super) fn answered(bench: &mut Bench, ticket: u32, measured: Measured) {
    let charts = &mut bench.charts;
    if charts.ticket != Some(ticket) {
        return;
    }
    charts.ticket = None;
    charts.is_known = measured.view.complete;
    charts.measured = Some(Rc::new(measured));
}

/// After every change: what is looked at is asked for, once it is no longer known.
pub(super) fn follow(state: &mut State) -> Vec<Command> {
    let (clock, broken) = (state.clock, state.fault.is_some());
    let on_stage = present::fills(state, Scene::Charts);
    let Some(bench) = &mut state.bench else { return Vec::new() };
    let wanted = bench.frame.is_some() && is_wanted(bench, on_stage) && !broken;
    let charts = &mut bench.charts;
    if !wanted || charts.is_known || charts.waits || charts.ticket.is_some() {
        return Vec::new();
    }
    charts.waits = true;
    // What is being caught up with comes as fast as it can.
    let behind = charts.measured.as_ref().is_some_and(|known| !known.view.complete);
    let due = if behind { clock } else { charts.asked_at + PAUSE };
    let pause = due.saturating_sub(clock) as u32;
    vec![Command::After(Timer::Measure, pause, Box::new(Action::Chart(ChartAction::Ask)))]
}
