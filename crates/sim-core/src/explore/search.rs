//! Breadth first through all states, some at a time: first all steps of some states are tried and
//! taken back, then their fingerprints are looked up, and only what is new is built.

use crate::machine::{Applied, End, Machine, NoWatch, State, promise_bit};
use crate::program::PromiseKind;
use std::ops::Range;

use super::bounds::{Allowed, Cut, allow};
use super::graph::{Did, Followed, Graph, Terminal, shown};
use super::keys::{Change, Sums};
use super::reduce::Reducer;
use super::report::Ceiling;
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
    circles_possible: bool,
    /// The identities of states that may still be needed whole, one after another, and their
    /// fingerprints.
    whole: Vec<i64>,
    prints: Vec<Print>,
    /// The state with which those begin.
    whole_from: u32,
    /// How deep the states lie that are being followed, and where they end.
    depth: u32,
    layer_end: u32,
    room: Room,
}

/// What is reused from state to state.
#[derive(Clone, Debug, Default)]
struct Room {
    state: State,
    judging: State,
    sums: Sums,
    change: Change,
    allowed: Allowed,
    tried: Vec<Tried>,
    trying: Vec<Trying>,
    /// Words written by steps that were tried: where and what.
    written: Vec<(u32, i64)>,
    found: Vec<u32>,
}

/// A step that was tried and taken back.
#[derive(Clone, Copy, Debug)]
struct Tried {
    pick: u32,
    print: Print,
    /// Where its writes end among all; they begin where those of the one before end.
    written: u32,
    judge: u64,
    broke: u64,
    did: Did,
}

/// A state whose steps were tried.
#[derive(Clone, Copy, Debug)]
struct Trying {
    followed: Followed,
    /// Where its steps end among those tried.
    steps: usize,
    /// True if steps were left out as making no difference.
    reduced: bool,
    /// How many states it stands for.
    ways: u64,
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
        let mut search = Search {
            graph: Graph::new(machine, &start, options),
            start,
            reducer,
            limits: options.limits,
            judged,
            circles_possible,
            whole: vec![],
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
        self.whole.extend_from_slice(start.identity(graph.machine.layout()));
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
            let one = self.try_steps(first + trying.len() as u32, true);
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

    /// Tries all steps from a state, or with `reduce` perhaps only some that stand for all.
    fn try_steps(&mut self, state: u32, reduce: bool) -> Trying {
        let Search { graph, room, .. } = self;
        let Room { state: here, sums, change, allowed, tried, written, .. } = room;
        let machine = &graph.machine;
        let identity = machine.layout().identity;
        let at = (state - self.whole_from) as usize;
        here.set_identity(&self.whole[at * identity..(at + 1) * identity], machine.layout());
        let mut ways = 1;
        if graph.keys.merges() {
            graph.keys.sum(here, sums);
            ways = graph.keys.alike(sums);
        } else {
            sums.print = self.prints[at];
        }
        allow(machine, here, &mut graph.withheld, allowed);
        let all = allowed.choices.len();
        let deep = self.depth >= machine.program().bounds.depth && all > 0;
        graph.withheld.depth |= deep;
        let mut terminal = None;
        if deep {
            terminal = Some(Terminal::CutOff);
            allowed.choices.clear();
        } else if all == 0 {
            terminal = Some(terminal_of(machine, here, allowed.cut));
        } else if let Some(reducer) = self.reducer.as_mut().filter(|_| reduce) {
            reducer.choose(machine, here, &mut allowed.choices);
        }
        here.begin_trial();
        for &(pick, choice) in &allowed.choices {
            let applied = machine.apply(here, choice, &mut NoWatch);
            here.take_back_telling(|at, old, new| {
                graph.keys.write(change, at, old, new);
                if at < identity {
                    written.push((at as u32, new));
                }
            });
            tried.push(Tried {
                pick,
                print: graph.keys.print_after(sums, change),
                written: written.len() as u32,
                judge: applied.judge & self.judged,
                broke: applied.broke,
                did: did(applied),
            });
        }
        here.end_trial();
        if let Some(terminal) = terminal {
            end(graph, state, terminal, here);
        }
        let cut = allowed.cut.timers || allowed.cut.arrivals;
        let followed = Followed { terminal, cut };
        let reduced = !deep && allowed.choices.len() < all;
        Trying { followed, steps: tried.len(), reduced, ways }
    }

    /// Looks up what a state's steps led to, and builds what is new.
    fn see_steps(&mut self, state: u32, one: Trying, mut steps: Range<usize>) {
        let any_new = self.see(state, steps.clone());
        if one.reduced && self.circles_possible && !any_new {
            // Going round among states already seen must not leave other steps out for ever.
            let first = self.room.tried.len();
            self.try_steps(state, false);
            steps = first..self.room.tried.len();
            self.see(state, steps.clone());
        }
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

    /// The numbers of the states that steps lead to, into `found`; true if one is new.
    fn see(&mut self, from: u32, steps: Range<usize>) -> bool {
        let mut any_new = false;
        self.room.found.clear();
        for at in steps {
            let tried = self.room.tried[at];
            let (number, new) = self.graph.table.see(tried.print);
            self.room.found.push(number);
            if new {
                any_new = true;
                let begin = at.checked_sub(1).map_or(0, |before| self.room.tried[before].written);
                self.build(from, number, tried, begin as usize..tried.written as usize);
            }
        }
        any_new
    }

    /// A new state: the one it came from, and what the step wrote.
    fn build(&mut self, from: u32, number: u32, tried: Tried, written: Range<usize>) {
        let Search { graph, room, whole, .. } = self;
        let identity = graph.machine.layout().identity;
        let at = (from - self.whole_from) as usize * identity;
        let built = whole.len();
        whole.extend_from_within(at..at + identity);
        // They were told the last one first.
        for &(at, word) in room.written[written].iter().rev() {
            whole[built + at as usize] = word;
        }
        self.prints.push(tried.print);
        graph.parents.push((from, tried.pick));
        if number == self.layer_end {
            graph.layers.push(number);
        }
        let mut fails = graph.fails[from as usize];
        if tried.judge != 0 {
            room.judging.set_identity(&whole[built..], graph.machine.layout());
            fails = judge(&graph.machine, tried.judge, fails, &room.judging);
        }
        graph.fails.push(fails);
    }

    /// Lets go of states that were followed.
    fn forget(&mut self) {
        let done = self.graph.followed() - self.whole_from as usize;
        if done > 1_024 && done * 2 > self.prints.len() {
            self.whole.drain(..done * self.graph.machine.layout().identity);
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
            + self.whole.len() * size_of::<i64>()
            + self.prints.len() * size_of::<Print>()
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

fn did(applied: Applied) -> Did {
    let bits = [
        (applied.counted, Did::COUNTED),
        (applied.counted_on, Did::COUNTED_ON),
        (applied.progressed, Did::PROGRESSED),
        (applied.broke != 0, Did::BROKE),
    ];
    Did(bits.into_iter().filter(|(is, _)| *is).fold(0, |all, (_, bit)| all | bit))
}

fn terminal_of(machine: &Machine, state: &State, cut: Cut) -> Terminal {
    match machine.end_without_choices(state) {
        End::Complete | End::Idle => Terminal::Complete,
        End::Deadlock(_) | End::Stuck(_) if cut.timers => Terminal::CutOff,
        End::Deadlock(_) => Terminal::Deadlock,
        End::Stuck(_) if cut.arrivals => Terminal::CutOff,
        End::Stuck(_) => Terminal::Stuck,
        End::Endless(_) => Terminal::Endless,
        End::Full(_) => Terminal::Full,
    }
}
