//! Every state that can be reached, breadth first, kept whole.
//!
//! Nothing is left out and nothing is hashed away: this is the plain search that faster ones are
//! held against.

use crate::machine::{Applied, End, Machine, NoWatch, State, Stay, Watch, promise_bit};
use crate::program::{Pc, PromiseKind};
use crate::trace::{Choice, Fact, ProcessId};
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use super::bounds::{Allowed, Cut, Withheld, allow};
use super::report::{Bound, Ceiling, Progress};

/// How many states a search keeps: what a browser tab can hold besides the page.
pub const STATES_MAX: usize = 400_000;
/// How many words states and steps may take together (8 bytes each: 256 MB).
pub const WORDS_MAX: usize = 32 << 20;

/// A step from one state to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) to: u32,
    /// Whose step it is; arrivals, and what runs out by itself, have numbers behind all processes.
    pub(super) process: u32,
    /// Its place in the machine's list, from 1.
    pub(super) pick: u32,
    pub(super) applied: Applied,
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

#[derive(Clone, Debug)]
pub(super) struct Graph {
    machine: Machine,
    states: IndexSet<Box<[i64]>, FxBuildHasher>,
    pub(super) depths: Vec<u32>,
    /// The state it was first reached from, and by which pick (from 1).
    parents: Vec<(u32, u32)>,
    /// For each state, for each promise whether it holds there (`finally`: as if it were the end).
    holds: Vec<Box<[bool]>>,
    edges: Vec<Edge>,
    /// Where each followed state's edges start; one more at the end.
    first_edge: Vec<u32>,
    terminals: Vec<Option<Terminal>>,
    /// For each followed state whether a bound withheld something there.
    cuts: Vec<bool>,
    pub(super) stopped: Option<Ceiling>,
    withheld: Withheld,
    /// `assert`s that do not hold at the start, as bits of promises.
    pub(super) broken_at_start: u64,
    /// Reused for every state.
    room: State,
    allowed: Allowed,
}

impl Graph {
    pub(super) fn new(machine: Machine) -> Graph {
        let mut asserts = Asserts(0);
        let start = machine.start(&mut asserts);
        let mut graph = Graph {
            machine,
            states: IndexSet::default(),
            depths: vec![],
            parents: vec![],
            holds: vec![],
            edges: vec![],
            first_edge: vec![0],
            terminals: vec![],
            cuts: vec![],
            stopped: None,
            withheld: Withheld::default(),
            broken_at_start: asserts.0,
            room: State::default(),
            allowed: Allowed::default(),
        };
        graph.see(&start, 0, (0, 0));
        graph
    }

    /// Follows up to so many states; true when nothing is left to follow or a ceiling was met.
    pub(super) fn advance(&mut self, budget: usize) -> bool {
        for _ in 0..budget {
            if self.stopped.is_some() || self.followed() == self.states.len() {
                return true;
            }
            self.follow();
        }
        self.stopped.is_some() || self.followed() == self.states.len()
    }

    fn follow(&mut self) {
        let from = self.followed() as u32;
        let mut state = std::mem::take(&mut self.room);
        let mut allowed = std::mem::take(&mut self.allowed);
        state.set_identity(&self.states[from as usize], self.machine.layout());
        allow(&self.machine, &state, &mut self.withheld, &mut allowed);
        let depth = self.depths[from as usize] + 1;
        let deep = depth > self.machine.program().bounds.depth && !allowed.choices.is_empty();
        self.withheld.depth |= deep;
        state.begin_trial();
        for &(pick, choice) in allowed.choices.iter().filter(|_| !deep) {
            let process = self.mover(&state, choice);
            let applied = self.machine.apply(&mut state, choice, &mut NoWatch);
            let to = self.see(&state, depth, (from, pick));
            self.edges.push(Edge { to, process, pick, applied });
            state.take_back();
            // One state may lead to ten thousand others.
            if self.is_full() {
                break;
            }
        }
        state.end_trial();
        self.first_edge.push(self.edges.len() as u32);
        let terminal = if deep {
            Some(Terminal::CutOff)
        } else if allowed.choices.is_empty() {
            Some(self.terminal_of(&state, allowed.cut))
        } else {
            None
        };
        self.terminals.push(terminal);
        self.cuts.push(allowed.cut.timers || allowed.cut.arrivals);
        self.room = state;
        self.allowed = allowed;
        self.is_full();
    }

    /// Notes a ceiling that was met.
    fn is_full(&mut self) -> bool {
        if self.states.len() >= STATES_MAX {
            self.stopped = Some(Ceiling::States(STATES_MAX as u64));
        } else if self.words() >= WORDS_MAX {
            self.stopped = Some(Ceiling::Memory(WORDS_MAX as u64));
        }
        self.stopped.is_some()
    }

    /// True if a bound withheld something here that would go on by itself.
    pub(super) fn is_cut(&self, state: u32) -> bool {
        self.cuts.get(state as usize).copied().unwrap_or(false)
    }

    /// Who is told to move by a choice, for counting switches.
    fn mover(&self, state: &State, choice: Choice) -> u32 {
        match choice {
            Choice::Step { process, .. } => process,
            other => self
                .machine
                .actor(state, other)
                .unwrap_or(self.machine.layout().processes.len() as u32),
        }
    }

    fn terminal_of(&self, state: &State, cut: Cut) -> Terminal {
        match self.machine.end_without_choices(state) {
            End::Complete | End::Idle => Terminal::Complete,
            End::Deadlock(_) | End::Stuck(_) if cut.timers => Terminal::CutOff,
            End::Deadlock(_) => Terminal::Deadlock,
            End::Stuck(_) if cut.arrivals => Terminal::CutOff,
            End::Stuck(_) => Terminal::Stuck,
            End::Endless(_) => Terminal::Endless,
            End::Full(_) => Terminal::Full,
        }
    }

    /// The bounds that kept something from happening somewhere.
    pub(super) fn bounds(&self) -> Vec<Bound> {
        self.withheld.bounds(&self.machine)
    }

    /// True if a step, or the start, breaks an `assert`.
    pub(super) fn breaks_assert(&self, promise: usize) -> bool {
        let bit = promise_bit(promise);
        self.broken_at_start & bit != 0
            || self.edges.iter().any(|edge| edge.applied.broke & bit != 0)
    }

    /// About how many words all this takes: states with their bookkeeping, and edges.
    fn words(&self) -> usize {
        let promises = self.machine.program().promises.len();
        self.states.len() * (self.machine.layout().identity + promises / 8 + 10)
            + self.edges.len() * 5
    }

    /// The number of a state, which is new if nobody came there before.
    fn see(&mut self, state: &State, depth: u32, parent: (u32, u32)) -> u32 {
        let identity = state.identity(self.machine.layout());
        if let Some(known) = self.states.get_index_of(identity) {
            return known as u32;
        }
        let promises = 0..self.machine.program().promises.len();
        self.holds.push(promises.map(|p| self.machine.judge(p, state) == Ok(true)).collect());
        self.depths.push(depth);
        self.parents.push(parent);
        self.states.insert(identity.into());
        self.states.len() as u32 - 1
    }

    pub(super) fn machine(&self) -> &Machine {
        &self.machine
    }

    pub(super) fn state(&self, index: u32) -> State {
        State::from_identity(&self.states[index as usize], self.machine.layout())
    }

    /// How many states there are.
    pub(super) fn len(&self) -> u32 {
        self.states.len() as u32
    }

    /// How many of them, from the first, were followed.
    pub(super) fn followed(&self) -> usize {
        self.first_edge.len() - 1
    }

    pub(super) fn edges(&self, from: u32) -> &[Edge] {
        match self.first_edge.get(from as usize + 1) {
            None => &[],
            Some(&end) => &self.edges[self.first_edge[from as usize] as usize..end as usize],
        }
    }

    pub(super) fn terminal(&self, state: u32) -> Option<Terminal> {
        self.terminals.get(state as usize).copied().flatten()
    }

    pub(super) fn holds(&self, state: u32, promise: usize) -> bool {
        self.holds[state as usize][promise]
    }

    pub(super) fn promises(&self, kind: PromiseKind) -> impl Iterator<Item = usize> + '_ {
        let promises = self.machine.program().promises.iter().enumerate();
        promises.filter(move |(_, promise)| promise.kind == kind).map(|(index, _)| index)
    }

    pub(super) fn progress(&self) -> Progress {
        Progress {
            states: self.states.len() as u64,
            transitions: self.edges.len() as u64,
            waiting: (self.states.len() - self.followed()) as u64,
            depth: self.depths.last().copied().unwrap_or(0),
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
}

/// Hears which asserts do not hold.
struct Asserts(u64);

impl Watch for Asserts {
    fn fact(&mut self, _: ProcessId, fact: Fact) {
        if let Fact::AssertBroke { promise } = fact {
            self.0 |= promise_bit(promise as usize);
        }
    }
    fn passes(&mut self, _: ProcessId, _: Pc) {}
    fn stands(&mut self, _: ProcessId, _: Pc, _: Stay, _: bool) {}
}
