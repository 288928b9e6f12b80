//! Every schedule: verdicts, shortest failures, exact counts, outcomes.
//!
//! This is the plain explorer: breadth first over whole states, nothing reduced. It is slow and
//! hard to get wrong, and faster ones are held against it.

mod count;
mod graph;
mod knots;
mod report;
mod shortest;

pub use graph::{STATES_MAX, WORDS_MAX};
pub use report::{Broken, Ceiling, Count, Found, Outcome, Progress, Report, Verdict};

use crate::machine::{Machine, OWN_WORK_MAX};
use crate::program::{Program, PromiseKind, SharedKind};
use count::{Counts, count, found, number};
use graph::{Graph, Terminal};
use knots::Knots;
use shortest::shortest;

/// A search that goes on in slices, so that whoever runs it can tell how far it is and stop it.
#[derive(Clone, Debug)]
pub struct Explorer {
    graph: Graph,
    /// The same with all counters in the identity, where that differs: for the outcome table.
    counting: Option<Graph>,
}

/// Explores every schedule of a program at once.
#[must_use]
pub fn explore(program: &Program) -> Report {
    let mut explorer = Explorer::new(program);
    while !explorer.advance(usize::MAX) {}
    explorer.report()
}

impl Explorer {
    /// A search that has not begun.
    #[must_use]
    pub fn new(program: &Program) -> Explorer {
        let machine = Machine::new(program.clone());
        let with_counters = Machine::with_identity(program.clone(), true);
        let differs = machine.layout().identity != with_counters.layout().identity;
        let counting = differs.then(|| Graph::new(with_counters));
        Explorer { graph: Graph::new(machine), counting }
    }

    /// Follows up to so many states; true when the search is over.
    pub fn advance(&mut self, states: usize) -> bool {
        if !self.graph.advance(states) {
            return false;
        }
        // A counter that changes for ever would never let the second search end.
        if self.graph.stopped.is_some()
            || self.counting.is_some() && self.counters_change_in_circles()
        {
            self.counting = None;
        }
        self.counting.as_mut().is_none_or(|counting| counting.advance(states))
    }

    /// How far the search has got.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.graph.progress()
    }

    /// What the search found; to be asked when it is over.
    #[must_use]
    pub fn report(&self) -> Report {
        let knots = Knots::of(&self.graph);
        let has_counters = self.program().shared.iter().any(|s| s.kind == SharedKind::Counter);
        let counting = self.counting.as_ref().filter(|counting| counting.stopped.is_none());
        let counts = match counting {
            Some(counting) => count(counting, &Knots::of(counting), true),
            None => {
                let all_inside = Machine::with_identity(self.program().clone(), true);
                let same = all_inside.layout().identity == self.graph.machine().layout().identity;
                count(&self.graph, &knots, same)
            }
        };
        let tells_counters = counts
            .outcomes
            .first()
            .is_none_or(|row| !has_counters || row.values.len() == self.shown_values());
        self.assemble(&knots, counts, !tells_counters)
    }

    fn program(&self) -> &Program {
        self.graph.machine().program()
    }

    fn shown_values(&self) -> usize {
        let shared = self.program().shared.iter().filter(|s| s.kind != SharedKind::Lock);
        shared.map(|shared| shared.initial.len()).sum()
    }

    fn counters_change_in_circles(&self) -> bool {
        let knots = Knots::of(&self.graph);
        (0..knots.members.len() as u32).any(|knot| knots.shape(&self.graph, knot).counts)
    }

    fn assemble(&self, knots: &Knots, counts: Counts, counters_left_out: bool) -> Report {
        let graph = &self.graph;
        let exact = counts.exact;
        let ends = |kind: Terminal| move |state: u32| graph.terminal(state) == Some(kind);
        let broken = (0..self.program().promises.len()).filter_map(|promise| {
            let shortest = shortest(graph, |state| self.breaks(knots, state, promise));
            let found = found(&counts.broken[promise], exact, shortest)?;
            Some(Broken { promise: promise as u32, found })
        });
        let broken: Vec<Broken> = broken.collect();
        let deadlocks = found(&counts.deadlocked, exact, shortest(graph, ends(Terminal::Deadlock)));
        let stuck = found(&counts.stuck, exact, shortest(graph, ends(Terminal::Stuck)));
        let circling = |state: u32| {
            graph.terminal(state).is_none()
                && knots.shape(graph, knots.of[state as usize]).never_ends()
        };
        let never_ends = found(&counts.never_ending, exact, shortest(graph, circling));
        let stopped = graph.stopped.or_else(|| {
            (0..graph.len())
                .any(|state| graph.terminal(state) == Some(Terminal::Endless))
                .then_some(Ceiling::OwnWork(u64::from(OWN_WORK_MAX)))
        });
        let fails =
            !broken.is_empty() || deadlocks.is_some() || stuck.is_some() || never_ends.is_some();
        let verdict = match (fails, stopped) {
            (true, _) => Verdict::Broken,
            (false, None) => Verdict::Holds,
            (false, Some(_)) => Verdict::Undecided,
        };
        let progress = graph.progress();
        Report {
            verdict,
            complete: stopped.is_none(),
            stopped,
            states: progress.states,
            transitions: progress.transitions,
            depth: progress.depth,
            schedules: number(&counts.all, exact),
            failing: number(&counts.failing, exact),
            broken,
            deadlocks,
            stuck,
            never_ends,
            circles: counts.circles,
            outcomes: if graph.stopped.is_none() { counts.outcomes } else { vec![] },
            counters_left_out,
        }
    }

    /// Whether a promise is broken *in* this state: `always` anywhere, `finally` where nothing can
    /// happen any more or in a circle that cannot be left.
    fn breaks(&self, knots: &Knots, state: u32, promise: usize) -> bool {
        if self.graph.holds(state, promise) {
            return false;
        }
        match self.program().promises[promise].kind {
            PromiseKind::Always => true,
            PromiseKind::Finally if self.graph.terminal(state).is_some() => true,
            PromiseKind::Finally => {
                let shape = knots.shape(&self.graph, knots.of[state as usize]);
                shape.circles && !shape.leaves && !shape.open
            }
        }
    }
}
