//! Every schedule: verdicts, shortest failures, exact counts, outcomes.
//!
//! This is the plain explorer: breadth first over whole states, nothing reduced. It is slow and
//! hard to get wrong, and faster ones are held against it.

mod bounds;
mod count;
mod estimate;
mod graph;
mod knots;
mod report;
mod shortest;

pub use estimate::estimate;
pub use graph::{STATES_MAX, WORDS_MAX};
pub use report::{Bound, Broken, Ceiling, Count, Found, Outcome, Progress, Report, Verdict};

use crate::machine::{Machine, OWN_WORK_MAX, promise_bit};
use crate::program::{Program, PromiseKind, Shape, SharedKind};
use count::{Counts, count, number};
use graph::{Graph, Terminal};
use knots::Knots;
use shortest::Shortest;

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
        let shape = |all_counters| Shape { all_counters, bounded: true };
        let machine = Machine::with_shape(program.clone(), shape(false));
        let with_counters = Machine::with_shape(program.clone(), shape(true));
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
                let shape = Shape { all_counters: true, bounded: true };
                let all_inside = Machine::with_shape(self.program().clone(), shape);
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
        let shared = self
            .program()
            .shared
            .iter()
            .filter(|s| matches!(s.kind, SharedKind::Var | SharedKind::Counter));
        shared.map(|shared| shared.initial.len()).sum()
    }

    fn counters_change_in_circles(&self) -> bool {
        Knots::of(&self.graph).shapes.iter().any(|shape| shape.counts_on)
    }

    fn assemble(&self, knots: &Knots, counts: Counts, counters_left_out: bool) -> Report {
        let graph = &self.graph;
        let exact = counts.exact;
        let promises = 0..self.program().promises.len();
        let is_assert =
            |promise: &usize| self.program().promises[*promise].kind == PromiseKind::Assert;
        let kinds = promises
            .filter(|promise| !is_assert(promise))
            .map(|promise| (Failure::Promise(promise), &counts.broken[promise]))
            .chain([(Failure::Deadlock, &counts.deadlocked), (Failure::Stuck, &counts.stuck)]);
        let seen: Vec<_> = kinds
            .filter_map(|(kind, count)| {
                let nearest = (0..graph.len()).find(|&state| kind.is_in(graph, knots, state))?;
                Some((kind, count, nearest))
            })
            .collect();
        let depth = seen.iter().map(|(_, _, nearest)| graph.depths[*nearest as usize]).max();
        let ways = Shortest::new(graph, depth.unwrap_or(0));
        let (mut broken, mut deadlocks, mut stuck) = (Vec::new(), None, None);
        for (kind, count, nearest) in seen {
            let shortest = ways.picks(nearest, |state| kind.is_in(graph, knots, state));
            let found = Found { schedules: number(count, exact), shortest };
            match kind {
                Failure::Promise(promise) => broken.push(Broken { promise: promise as u32, found }),
                Failure::Deadlock => deadlocks = Some(found),
                Failure::Stuck => stuck = Some(found),
            }
        }
        for promise in (0..self.program().promises.len()).filter(is_assert) {
            let schedules = number(&counts.broken[promise], exact);
            let found = self.broken_assert(promise).map(|shortest| Found { schedules, shortest });
            broken.extend(found.map(|found| Broken { promise: promise as u32, found }));
        }
        broken.sort_by_key(|broken| broken.promise);
        let never_ends = self.never_ends(knots, &counts);
        let stopped = graph.stopped.or_else(|| {
            (0..graph.len())
                .any(|state| graph.terminal(state) == Some(Terminal::Endless))
                .then_some(Ceiling::OwnWork(u64::from(OWN_WORK_MAX)))
        });
        let stopped = stopped.or_else(|| {
            let full = |state: u32| graph.terminal(state) == Some(Terminal::Full);
            (0..graph.len()).any(full).then_some(Ceiling::Room)
        });
        let fails =
            !broken.is_empty() || deadlocks.is_some() || stuck.is_some() || never_ends.is_some();
        let bounds = graph.bounds();
        let deep = bounds.iter().any(|bound| matches!(bound, Bound::Depth(_)));
        let verdict = match (fails, stopped) {
            (true, _) => Verdict::Broken,
            (false, None) if !deep => Verdict::Holds,
            (false, _) => Verdict::Undecided,
        };
        let progress = graph.progress();
        Report {
            verdict,
            complete: stopped.is_none(),
            stopped,
            bounds,
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

    /// The picks of the shortest way to a step that breaks an `assert`.
    fn broken_assert(&self, promise: usize) -> Option<Vec<u32>> {
        let graph = &self.graph;
        let bit = promise_bit(promise);
        if graph.broken_at_start & bit != 0 {
            return Some(Vec::new());
        }
        let breaks = |edge: &graph::Edge| edge.applied.broke & bit != 0;
        let from = (0..graph.len()).find(|&state| graph.edges(state).iter().any(breaks))?;
        let depth = graph.depths[from as usize];
        Some(Shortest::new(graph, depth).picks_to_step(depth, breaks))
    }

    /// Circles are looked for where counters are told apart, if such a search could end: there a
    /// counter that is only ever set to the same value does not pass for progress.
    fn never_ends(&self, knots: &Knots, counts: &Counts) -> Option<Found> {
        let counting = self.counting.as_ref().filter(|counting| counting.stopped.is_none());
        let own = counting.map(Knots::of);
        let (graph, knots) = match (counting, own.as_ref()) {
            (Some(counting), Some(own)) => (counting, own),
            _ => (&self.graph, knots),
        };
        let circling = |state: u32| knots.shapes[knots.of[state as usize] as usize].never_ends();
        let nearest = (0..graph.len()).find(|&state| circling(state))?;
        let ways = Shortest::new(graph, graph.depths[nearest as usize]);
        let shortest = ways.picks(nearest, circling);
        Some(Found { schedules: number(&counts.never_ending, counts.exact), shortest })
    }
}

/// What a state can show to be wrong.
#[derive(Clone, Copy)]
enum Failure {
    Promise(usize),
    Deadlock,
    Stuck,
}

impl Failure {
    fn is_in(self, graph: &Graph, knots: &Knots, state: u32) -> bool {
        match self {
            Failure::Deadlock => graph.terminal(state) == Some(Terminal::Deadlock),
            Failure::Stuck => graph.terminal(state) == Some(Terminal::Stuck),
            Failure::Promise(promise) if graph.holds(state, promise) => false,
            Failure::Promise(promise) => match graph.machine().program().promises[promise].kind {
                PromiseKind::Always => true,
                PromiseKind::Assert => false,
                // Where nothing can happen any more, unless a ceiling cut it off, or in a circle
                // that cannot be left.
                PromiseKind::Finally => match graph.terminal(state) {
                    Some(terminal) => {
                        !matches!(terminal, Terminal::Endless | Terminal::Full | Terminal::CutOff)
                    }
                    None => {
                        let shape = knots.shapes[knots.of[state as usize] as usize];
                        shape.circles && !shape.leaves && !shape.open && !shape.cut
                    }
                },
            },
        }
    }
}
