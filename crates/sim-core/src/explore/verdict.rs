//! What is wrong in a graph, and where it is first seen.

use super::graph::{Graph, Terminal};
use super::knots::Knots;
use crate::machine::{OWN_WORK_MAX, promise_bit};
use crate::program::{Op, PromiseKind};

use super::report::Ceiling;

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Failure {
    /// A promise that is seen to be broken in a state.
    Promise(usize),
    /// A promise that a step breaks: an `assert`.
    Assert(usize),
    Deadlock,
    Stuck,
    NeverEnds,
}

impl Failure {
    /// Everything that could be wrong with a program.
    pub(super) fn all(graph: &Graph) -> Vec<Failure> {
        let promises = graph.machine.program().promises.iter().enumerate();
        let promises = promises.map(|(promise, declared)| match declared.kind {
            PromiseKind::Assert => Failure::Assert(promise),
            PromiseKind::Always | PromiseKind::Finally => Failure::Promise(promise),
        });
        promises.chain([Failure::Deadlock, Failure::Stuck, Failure::NeverEnds]).collect()
    }

    /// The first state where it is seen, or that a step leaves from by which it happens.
    pub(super) fn nearest(self, graph: &Graph, knots: &Knots) -> Option<u32> {
        let at_end = |wanted: Terminal| {
            let mut ends = graph.ends.iter().map(|(state, _)| *state);
            ends.find(|state| graph.terminal(*state) == Some(wanted))
        };
        match self {
            Failure::Deadlock => at_end(Terminal::Deadlock),
            Failure::Stuck => at_end(Terminal::Stuck),
            Failure::Promise(_) | Failure::NeverEnds => {
                (0..graph.len()).find(|&state| self.is_in(graph, knots, state))
            }
            Failure::Assert(promise) => {
                let bit = promise_bit(promise);
                if graph.broken_at_start & bit != 0 {
                    return Some(0);
                }
                let (edge, _) = graph.broke.iter().find(|(_, bits)| bits & bit != 0)?;
                // Edges stand in the order of the states they leave from.
                Some(graph.first_edge.partition_point(|first| first <= edge) as u32 - 1)
            }
        }
    }

    /// True if a state shows it.
    pub(super) fn is_in(self, graph: &Graph, knots: &Knots, state: u32) -> bool {
        match self {
            Failure::Deadlock => graph.terminal(state) == Some(Terminal::Deadlock),
            Failure::Stuck => graph.terminal(state) == Some(Terminal::Stuck),
            Failure::NeverEnds => knots.around(state).never_ends(),
            Failure::Assert(_) => false,
            Failure::Promise(promise) if graph.holds(state, promise) => false,
            Failure::Promise(promise) => match graph.machine.program().promises[promise].kind {
                PromiseKind::Always => true,
                PromiseKind::Assert => false,
                // Where nothing can happen any more, unless a ceiling cut it off, or in a circle
                // that cannot be left.
                PromiseKind::Finally => match graph.terminal(state) {
                    Some(terminal) => !terminal.is_cut(),
                    None => knots.around(state).is_final(),
                },
            },
        }
    }
}

/// The ceiling that kept a search from its end, or a process from going on.
pub(super) fn ceiling(graph: &Graph) -> Option<Ceiling> {
    let met = |wanted: Terminal| {
        graph.ends.iter().any(|(state, _)| graph.terminal(*state) == Some(wanted))
    };
    graph
        .stopped
        .or_else(|| met(Terminal::Endless).then_some(Ceiling::OwnWork(u64::from(OWN_WORK_MAX))))
        .or_else(|| {
            let asks =
                || graph.machine.program().code.iter().any(|op| matches!(op, Op::Age { .. }));
            met(Terminal::Full).then(|| if asks() { Ceiling::Age } else { Ceiling::Room })
        })
}
