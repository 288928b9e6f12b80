//! Breadth first through all states, some at a time: first all steps of some states are tried and
//! taken back, then their fingerprints are looked up, and only what is new is built.

use crate::machine::{Machine, State, promise_bit};
use crate::program::PromiseKind;
use std::ops::Range;

use super::graph::{Did, Followed, Graph, Terminal, shown};
use super::packed::Packed;
use super::reduce::Reducer;
use super::remembered::Remembered;
use super::report::Ceiling;
use super::room::{Room, Tried, Trying};
use super::table::Print;
use super::{Limits, Options, Start, circles_possible};

/// How many states are tried before their successors are looked up.
const TOGETHER: usize = 64;
/// How many successors they may have before no more states are taken.
const STEPS_TOGETHER: usize = 4_096;
/// Bytes that a state will take when all are known and circles and counts are computed.
const BYTES_LATER: usize = 48;

/// A search under way.
#[derive(Clone, Debug)]
pub(super) struct Search {
    pub(super) graph: Graph,
    pub(super) start: Start,
    reducer: Option<Reducer>,
    limits: Limits,
    /// Promises that are judged wherever they may have changed, as bits.
    judged: u64,
    /// Steps taken before, in programs where they are remembered.
    remembered: Option<Remembered>,
    /// The identities of states that may still be needed whole, one after another, and their
    /// fingerprints.
    whole: Packed,
    prints: Vec<Print>,
    /// The state with which those begin.
    whole_from: u32,
    /// How deep the states lie that are being followed, and where they end.
    depth: u32,
    layer_end: u32,
    room: Room,
}

impl Search {
    pub(super) fn new(machine: Machine, start: Start, options: Options) -> Search {
        let circles_possible = circles_possible(machine.program());
        let promises = machine.program().promises.iter().enumerate();
        let judged = promises.filter(|(_, promise)| match promise.kind {
            PromiseKind::Always => true,
            PromiseKind::Finally => circles_possible,
            PromiseKind::Assert => false,
        });
        let judged = judged.fold(0, |bits, (index, _)| bits | promise_bit(index));
        let reducer = options.reduction.then(|| Reducer::new(&machine)).flatten();
        let remembered = Remembered::new(&machine);
        let mut search = Search {
            graph: Graph::new(machine, &start, options),
            start,
            reducer,
            limits: options.limits,
            judged,
            remembered,
            whole: Packed::default(),
            prints: vec![],
            whole_from: 0,
            depth: 0,
            layer_end: 1,
            room: Room::default(),
        };
        search.begin();
        search
    }

    fn begin(&mut self) {
        let (graph, start) = (&mut self.graph, &self.start.state);
        graph.keys.sum(start, &mut self.room.sums);
        let print = self.room.sums.print;
        graph.table.see(print);
        graph.parents.push((0, 0));
        let fails = judge(&graph.machine, self.judged, 0, start);
        graph.fails.push(fails);
        self.prints.push(print);
        self.whole.push(start.identity(graph.machine.layout()));
    }

    /// True where the search leaves out steps that make no difference.
    pub(super) fn reduces(&self) -> bool {
        self.reducer.is_some()
    }

    /// Follows about so many states; true when nothing is left to follow or a ceiling was met.
    pub(super) fn advance(&mut self, states: usize) -> bool {
        let mut left = states;
        while !self.is_over() {
            if left == 0 {
                return false;
            }
            left -= self.follow_some(left.min(TOGETHER));
        }
        true
    }

    fn is_over(&self) -> bool {
        self.graph.stopped.is_some() || self.graph.followed() == self.graph.len() as usize
    }

    /// Follows up to so many states of one layer, and says how many.
    fn follow_some(&mut self, most: usize) -> usize {
        let first = self.graph.followed() as u32;
        if first == self.layer_end {
            self.layer_end = self.graph.len();
            self.depth += 1;
        }
        let most = most.min((self.layer_end - first) as usize);
        let mut trying = std::mem::take(&mut self.room.trying);
        while trying.len() < most && self.room.tried.len() < STEPS_TOGETHER {
            let one = self.try_steps(first + trying.len() as u32);
            trying.push(one);
        }
        // All places of the table that will be looked at are asked for before any is needed: so
        // memory answers side by side.
        let tried = self.room.tried.iter();
        let near = tried.fold(0, |sum, tried| sum ^ self.graph.table.touch(tried.print));
        std::hint::black_box(near);
        let mut from = 0;
        let mut count = 0;
        for one in &trying {
            self.see_steps(first + count as u32, *one, from..one.steps);
            from = one.steps;
            count += 1;
            if self.graph.stopped.is_some() {
                break;
            }
        }
        trying.clear();
        self.room.trying = trying;
        self.room.tried.clear();
        self.room.written.clear();
        self.forget();
        count
    }

    /// Tries all steps from a state, or some that stand for all.
    fn try_steps(&mut self, state: u32) -> Trying {
        let Search { graph, room, .. } = self;
        let layout = graph.machine.layout();
        let at = (state - self.whole_from) as usize;
        room.state.refill(layout, |words| self.whole.get(at * layout.identity, words));
        let mut ways = 1;
        if graph.keys.merges() {
            graph.keys.sum(&room.state, &mut room.sums);
            ways = graph.keys.alike(&room.sums);
        } else {
            room.sums.print = self.prints[at];
        }
        let mut cut = false;
        let tried = room.tried.len();
        match &mut self.remembered {
            Some(remembered) => room.take_steps(graph, self.judged, remembered),
            None => cut = room.take_all(graph, self.judged),
        }
        let all = room.tried.len() - tried;
        let deep = self.depth >= graph.machine.program().bounds.depth && all > 0;
        let mut terminal = None;
        if deep {
            graph.withheld.depth = true;
            terminal = Some(Terminal::CutOff);
            room.tried.truncate(tried);
        } else if all == 0 {
            terminal = Some(room.terminal(graph));
        } else if let Some(reducer) = &mut self.reducer {
            let movers = room.tried[tried..].iter().map(|tried| tried.process);
            let able = movers.fold(0, |able, process| able | 1 << process);
            if let Some(chosen) = reducer.choose(&graph.machine, &room.state, able) {
                room.keep(tried, chosen);
            }
        }
        if let Some(terminal) = terminal {
            end(graph, state, terminal, &room.state);
        }
        Trying { followed: Followed { terminal, cut }, steps: room.tried.len(), ways }
    }

    /// Looks up what a state's steps led to, and builds what is new.
    fn see_steps(&mut self, state: u32, one: Trying, steps: Range<usize>) {
        self.see(state, steps.clone());
        let graph = &mut self.graph;
        for (tried, &to) in self.room.tried[steps].iter().zip(&self.room.found) {
            if tried.broke != 0 {
                graph.broke.push((graph.targets.len() as u32, tried.broke));
            }
            graph.targets.push(to);
            graph.did.push(tried.did);
        }
        let steps = self.room.found.len() as u64;
        graph.all_states = graph.all_states.saturating_add(one.ways);
        graph.all_steps = graph.all_steps.saturating_add(one.ways.saturating_mul(steps));
        graph.first_edge.push(graph.targets.len() as u32);
        graph.followed.push(one.followed);
        if u64::from(self.graph.len()) >= self.limits.states {
            self.graph.stopped = Some(Ceiling::States(self.limits.states));
        } else if self.bytes() >= self.limits.bytes {
            self.graph.stopped = Some(Ceiling::Memory(self.limits.bytes as u64));
        }
    }

    /// The numbers of the states that steps lead to, into `found`.
    fn see(&mut self, from: u32, steps: Range<usize>) {
        self.room.found.clear();
        for at in steps {
            let tried = self.room.tried[at];
            let (number, new) = self.graph.table.see(tried.print);
            self.room.found.push(number);
            if new {
                self.build(from, number, tried);
            }
        }
    }

    /// A new state: the one it came from, and what the step wrote.
    fn build(&mut self, from: u32, number: u32, tried: Tried) {
        let Search { graph, room, whole, remembered, .. } = self;
        let identity = graph.machine.layout().identity;
        let at = (from - self.whole_from) as usize * identity;
        let built = whole.len();
        whole.repeat(at..at + identity);
        let written = match remembered {
            Some(remembered) if tried.remembered => &remembered.writes,
            _ => &room.written,
        };
        // They were told the last one first.
        let written = &written[tried.written.0 as usize..tried.written.1 as usize];
        for &(at, word) in written.iter().rev() {
            whole.set(built + at as usize, word);
        }
        self.prints.push(tried.print);
        graph.parents.push((from, tried.pick));
        if number == self.layer_end {
            graph.layers.push(number);
        }
        let mut fails = graph.fails[from as usize];
        if tried.judge != 0 {
            room.judging.refill(graph.machine.layout(), |words| whole.get(built, words));
            fails = judge(&graph.machine, tried.judge, fails, &room.judging);
        }
        graph.fails.push(fails);
    }

    /// Lets go of states that were followed.
    fn forget(&mut self) {
        let done = self.graph.followed() - self.whole_from as usize;
        if done > 1_024 && done * 2 > self.prints.len() {
            self.whole.forget(done * self.graph.machine.layout().identity);
            self.prints.drain(..done);
            self.whole_from += done as u32;
        }
    }

    /// About how many bytes all this takes, and will take at the end.
    fn bytes(&self) -> usize {
        let graph = &self.graph;
        let state = size_of::<(u32, u32)>() + size_of::<Followed>() + 8 + 4 + BYTES_LATER;
        graph.table.bytes()
            + graph.len() as usize * state
            + graph.targets.len() * (size_of::<u32>() + size_of::<Did>())
            + self.whole.bytes()
            + self.prints.len() * size_of::<Print>()
            + self.remembered.as_ref().map_or(0, Remembered::bytes)
            + graph.ends.len() * 8
            + graph.values.len() * 64
    }

    /// Lets go of what only following states needs.
    pub(super) fn settle(&mut self) {
        (self.remembered, self.room) = (None, Room::default());
        (self.whole, self.prints) = (Packed::default(), Vec::new());
    }
}

/// The promises that do not hold in a state, given those before some are judged again.
fn judge(machine: &Machine, promises: u64, mut fails: u64, state: &State) -> u64 {
    let mut left = promises;
    while left != 0 {
        let promise = left.trailing_zeros();
        left &= left - 1;
        fails &= !(1 << promise);
        fails |= u64::from(machine.judge(promise as usize, state) != Ok(true)) << promise;
    }
    fails
}

/// Notes what a state after which nothing happens shows.
fn end(graph: &mut Graph, state: u32, terminal: Terminal, here: &State) {
    let values = graph.values.insert_full(shown(&graph.machine, here)).0 as u32;
    graph.ends.push((state, values));
    if !terminal.is_cut() {
        let finally = graph.promises(PromiseKind::Finally);
        let finally = finally.fold(0, |bits, promise| bits | promise_bit(promise));
        let fails = graph.fails[state as usize];
        graph.fails[state as usize] = judge(&graph.machine, finally, fails, here);
    }
}
