//! Every state that can be reached, by fingerprint, with the steps between them.
//!
//! Only states still to be followed are kept whole; any other is found again by taking the picks
//! that first led to it.

use crate::machine::{Machine, NoWatch, State, promise_bit};
use crate::program::PromiseKind;
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use super::bounds::{Allowed, Withheld, allow};
use super::keys::Keys;
use super::report::{Bound, Ceiling, Progress};
use super::table::Table;
use super::{Options, Start};

/// A step from one state to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) to: u32,
    pub(super) did: Did,
}

/// What a step did that matters to circles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Did(pub(super) u8);

impl Did {
    /// A counter changed.
    pub(super) const COUNTED: u8 = 1;
    /// A counter changed by `+=` or `-=`.
    pub(super) const COUNTED_ON: u8 = 2;
    /// An outcome was reached, or a process moved that is meant to go on for ever.
    pub(super) const PROGRESSED: u8 = 4;
    /// An `assert` did not hold: [`Graph::broke`] says which.
    pub(super) const BROKE: u8 = 8;

    pub(super) fn any(self, bits: u8) -> bool {
        self.0 & bits != 0
    }
}

/// How a state ends the run, for states after which nothing can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Terminal {
    Complete,
    Deadlock,
    Stuck,
    Endless,
    /// A process met another ceiling.
    Full,
    /// Only a bound kept something from happening.
    CutOff,
}

impl Terminal {
    /// True where the run was cut off, and nothing is said about its end.
    pub(super) fn is_cut(self) -> bool {
        matches!(self, Terminal::Endless | Terminal::Full | Terminal::CutOff)
    }
}

/// What is known of a state that was followed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Followed {
    pub(super) terminal: Option<Terminal>,
    /// True if a bound withheld something here that would go on by itself.
    pub(super) cut: bool,
}

/// States, by number in the order in which they were first seen, and steps.
#[derive(Clone, Debug)]
pub(super) struct Graph {
    pub(super) machine: Machine,
    pub(super) keys: Keys,
    pub(super) table: Table,
    /// The first state of each depth.
    pub(super) layers: Vec<u32>,
    /// The state it was first reached from, and by which pick (from 1).
    pub(super) parents: Vec<(u32, u32)>,
    /// For each state the promises that do not hold there, as bits (`finally`: as if this were the
    /// end; where no circle is possible, only at ends).
    pub(super) fails: Vec<u64>,
    pub(super) targets: Vec<u32>,
    pub(super) did: Vec<Did>,
    /// For edges that break an `assert`, which: in order.
    pub(super) broke: Vec<(u32, u64)>,
    /// Where each followed state's edges start; one more at the end.
    pub(super) first_edge: Vec<u32>,
    pub(super) followed: Vec<Followed>,
    /// Final values of variables and counters, and for ends in order which of them.
    pub(super) values: IndexSet<Box<[i64]>, FxBuildHasher>,
    pub(super) ends: Vec<(u32, u32)>,
    pub(super) stopped: Option<Ceiling>,
    pub(super) withheld: Withheld,
    /// `assert`s that do not hold at the start, as bits of promises.
    pub(super) broken_at_start: u64,
    /// States and steps that there are, those not told apart counted one by one.
    pub(super) all_states: u64,
    pub(super) all_steps: u64,
}

impl Graph {
    /// A graph of nothing yet.
    pub(super) fn new(machine: Machine, start: &Start, options: Options) -> Graph {
        Graph {
            keys: Keys::new(&machine, &start.state, options.symmetry, options.wide),
            table: Table::new(),
            layers: vec![0],
            parents: vec![],
            fails: vec![],
            targets: vec![],
            did: vec![],
            broke: vec![],
            first_edge: vec![0],
            followed: vec![],
            values: IndexSet::default(),
            ends: vec![],
            stopped: None,
            withheld: Withheld::default(),
            broken_at_start: start.broken,
            all_states: 0,
            all_steps: 0,
            machine,
        }
    }

    /// The bounds that kept something from happening somewhere.
    pub(super) fn bounds(&self) -> Vec<Bound> {
        self.withheld.bounds(&self.machine)
    }

    /// True if a step, or the start, breaks an `assert`.
    pub(super) fn breaks_assert(&self, promise: usize) -> bool {
        let bit = promise_bit(promise);
        self.broken_at_start & bit != 0 || self.broke.iter().any(|(_, bits)| bits & bit != 0)
    }

    /// The `assert`s that an edge breaks, as bits of promises.
    pub(super) fn broke(&self, edge: usize) -> u64 {
        if !self.did[edge].any(Did::BROKE) {
            return 0;
        }
        let at = self.broke.partition_point(|(one, _)| (*one as usize) < edge);
        self.broke[at].1
    }

    /// How many states there are.
    pub(super) fn len(&self) -> u32 {
        self.table.len()
    }

    /// How many of them, from the first, were followed.
    pub(super) fn followed(&self) -> usize {
        self.followed.len()
    }

    /// The numbers of a state's edges.
    pub(super) fn edge_numbers(&self, from: u32) -> std::ops::Range<usize> {
        match self.first_edge.get(from as usize + 1) {
            None => 0..0,
            Some(&end) => self.first_edge[from as usize] as usize..end as usize,
        }
    }

    pub(super) fn edges(&self, from: u32) -> impl Iterator<Item = Edge> + '_ {
        self.edge_numbers(from).map(|at| Edge { to: self.targets[at], did: self.did[at] })
    }

    pub(super) fn terminal(&self, state: u32) -> Option<Terminal> {
        self.followed.get(state as usize).and_then(|followed| followed.terminal)
    }

    /// True if a bound withheld something here that would go on by itself.
    pub(super) fn is_cut(&self, state: u32) -> bool {
        self.followed.get(state as usize).is_some_and(|followed| followed.cut)
    }

    pub(super) fn holds(&self, state: u32, promise: usize) -> bool {
        self.fails[state as usize] & promise_bit(promise) == 0
    }

    pub(super) fn promises(&self, kind: PromiseKind) -> impl Iterator<Item = usize> + '_ {
        let promises = self.machine.program().promises.iter().enumerate();
        promises.filter(move |(_, promise)| promise.kind == kind).map(|(index, _)| index)
    }

    /// How many steps it takes at least to come to a state.
    pub(super) fn depth(&self, state: u32) -> u32 {
        self.layers.partition_point(|first| *first <= state) as u32 - 1
    }

    /// The states that it takes so many steps to come to.
    pub(super) fn layer(&self, depth: u32) -> std::ops::Range<u32> {
        let end = self.layers.get(depth as usize + 1).copied();
        self.layers[depth as usize]..end.unwrap_or(self.len())
    }

    pub(super) fn progress(&self) -> Progress {
        let waiting = u64::from(self.len()) - self.followed() as u64;
        Progress {
            states: u64::from(self.len()),
            followed: self.followed() as u64,
            transitions: self.targets.len() as u64,
            waiting,
            depth: self.layers.len() as u32 - 1,
            ..Progress::default()
        }
    }

    /// The picks of the way by which a state was first reached; none is shorter.
    pub(super) fn picks_to(&self, state: u32) -> Vec<u32> {
        let mut picks = Vec::new();
        let mut at = state;
        while at != 0 {
            let (parent, pick) = self.parents[at as usize];
            picks.push(pick);
            at = parent;
        }
        picks.reverse();
        picks
    }

    /// The values that a state shows, variables and counters in text order.
    pub(super) fn values_at(&self, start: &State, state: u32) -> Box<[i64]> {
        if let Ok(at) = self.ends.binary_search_by_key(&state, |(end, _)| *end) {
            return self.values[self.ends[at].1 as usize].clone();
        }
        shown(&self.machine, &self.replay(start, &self.picks_to(state)))
    }

    /// The state that some picks lead to.
    pub(super) fn replay(&self, start: &State, picks: &[u32]) -> State {
        let mut state = start.clone();
        let (mut met, mut allowed) = (Withheld::default(), Allowed::default());
        for &pick in picks {
            allow(&self.machine, &state, &mut met, &mut allowed);
            let at = allowed.choices.binary_search_by_key(&pick, |(one, _)| *one);
            let choice = allowed.choices[at.expect("a pick that was taken fits")].1;
            self.machine.apply(&mut state, choice, &mut NoWatch);
        }
        state
    }
}

/// The values of all variables and counters, element by element.
pub(super) fn shown(machine: &Machine, state: &State) -> Box<[i64]> {
    use crate::program::SharedKind::{Counter, Var};
    let shared = machine.program().shared.iter().enumerate();
    shared
        .filter(|(_, shared)| matches!(shared.kind, Var | Counter))
        .flat_map(|(id, _)| state.elements(machine.layout(), id as u32).iter().copied())
        .collect()
}
