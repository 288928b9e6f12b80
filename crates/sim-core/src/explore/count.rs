//! How many schedules there are, and how many of them fail, exactly.
//!
//! One pass from the start towards the ends: for each knot, in how many ways a schedule can get
//! there, and in how many of those without having broken a given promise yet. A knot counts as one
//! point, passed once by each step that leaves it.

use super::graph::{Graph, Terminal};
use super::knots::{Knots, Shape};
use super::report::{Count, Outcome};
use super::ways::Ways;
use crate::machine::{State, promise_bit};
use crate::program::{PromiseKind, SharedKind};
use num_bigint::BigUint;
use std::collections::BTreeMap;

/// All numbers of one graph.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) all: BigUint,
    pub(super) failing: BigUint,
    /// For each promise, the schedules that break it.
    pub(super) broken: Vec<BigUint>,
    pub(super) deadlocked: BigUint,
    pub(super) stuck: BigUint,
    pub(super) never_ending: BigUint,
    /// False when a circle makes every number a lower bound.
    pub(super) exact: bool,
    /// False when not even what the bounds allow was counted one by one.
    pub(super) counted: bool,
    pub(super) circles: u64,
    pub(super) outcomes: Vec<Outcome>,
}

#[derive(Default)]
struct Row {
    schedules: BigUint,
    failing: BigUint,
    first: u32,
}

/// Rows by whether processes were left waiting, and by values.
type Rows = BTreeMap<(bool, Vec<i64>), Row>;

/// Counts the schedules of a graph; with `counters`, outcomes tell counters apart.
pub(super) fn count(graph: &Graph, knots: &Knots, start: &State, counters: bool) -> Counts {
    let mut limbs = 2;
    loop {
        let mut counting = Counting::new(graph, knots, limbs);
        counting.run(start, counters);
        if !counting.ways.overflowed || counting.ways.is_widest() {
            let Counting { mut counts, rows, ways, .. } = counting;
            counts.exact &= !ways.overflowed;
            counts.counted &= !ways.overflowed;
            counts.outcomes = outcomes(graph, rows, counts.exact, counters);
            return counts;
        }
        limbs *= 2;
    }
}

struct Counting<'a> {
    graph: &'a Graph,
    knots: &'a Knots,
    /// Promises that may be broken on the way, each with a column of those that keep it yet.
    broken: Vec<usize>,
    /// Columns: all ways; with several such promises those that broke none yet; one for each.
    ways: Ways,
    counts: Counts,
    rows: Rows,
}

impl<'a> Counting<'a> {
    fn new(graph: &'a Graph, knots: &'a Knots, limbs: usize) -> Counting<'a> {
        let failing = graph.fails.iter().fold(0, |all, fails| all | fails);
        let always = graph.promises(PromiseKind::Always);
        let always = always.filter(|promise| failing & promise_bit(*promise) != 0);
        let asserts = graph.promises(PromiseKind::Assert).filter(|&one| graph.breaks_assert(one));
        let broken: Vec<usize> = always.chain(asserts).collect();
        let columns = 1 + broken.len() + usize::from(broken.len() > 1);
        let promises = graph.machine.program().promises.len();
        let counts = Counts {
            broken: vec![BigUint::ZERO; promises],
            exact: graph.stopped.is_none() && graph.bounds().is_empty(),
            counted: graph.stopped.is_none(),
            ..Counts::default()
        };
        let ways = Ways::new(knots.len() as usize, columns, limbs);
        Counting { graph, knots, broken, ways, counts, rows: Rows::new() }
    }

    fn run(&mut self, start: &State, counters: bool) {
        let (graph, knots) = (self.graph, self.knots);
        let breaks: Vec<u64> = (0..knots.len()).map(|knot| self.broken_in(knot)).collect();
        let mut here = Vec::new();
        self.ways.take(0, &mut here);
        let limbs = here.len() / self.columns();
        for column in 0..self.columns() {
            here[column * limbs] = 1;
        }
        let first = knots.of[0];
        let without = self.columns_of(graph.broken_at_start) | breaks[first as usize];
        self.ways.add(first, &here, without);
        for knot in (0..knots.len()).rev() {
            self.ways.take(knot, &mut here);
            let shape = knots.shapes[knot as usize];
            if shape.circles {
                (self.counts.exact, self.counts.counted) = (false, false);
                self.counts.circles += u64::from(shape.leaves);
            }
            for &state in knots.members(knot) {
                for edge in graph.edge_numbers(state) {
                    let to = knots.of[graph.targets[edge] as usize];
                    if to != knot {
                        let by_step = self.columns_of(graph.broke(edge));
                        self.ways.add(to, &here, breaks[to as usize] | by_step);
                    }
                }
            }
            if !shape.leaves && !shape.open {
                self.end(knot, shape, &here, start, counters);
            }
        }
    }

    fn columns(&self) -> usize {
        1 + self.broken.len() + usize::from(self.broken.len() > 1)
    }

    /// The columns that end where these promises are broken.
    fn columns_of(&self, promises: u64) -> u64 {
        if promises == 0 {
            return 0;
        }
        let none_yet = usize::from(self.broken.len() > 1);
        let mut columns = 0;
        for (at, &promise) in self.broken.iter().enumerate() {
            if promises & promise_bit(promise) != 0 {
                columns |= 1 << (1 + none_yet + at) | 0b10;
            }
        }
        columns
    }

    /// The columns that end in a knot: broken in one of its states, or by a step within it.
    fn broken_in(&self, knot: u32) -> u64 {
        if self.broken.is_empty() {
            return 0;
        }
        let (graph, knots) = (self.graph, self.knots);
        let always = graph.promises(PromiseKind::Always);
        let always = always.fold(0, |bits, promise| bits | promise_bit(promise));
        let mut promises = 0;
        for &state in knots.members(knot) {
            promises |= graph.fails[state as usize] & always;
            if knots.shapes[knot as usize].circles {
                for edge in graph.edge_numbers(state) {
                    if knots.of[graph.targets[edge] as usize] == knot {
                        promises |= graph.broke(edge);
                    }
                }
            }
        }
        self.columns_of(promises)
    }

    /// Schedules end in a knot.
    fn end(&mut self, knot: u32, shape: Shape, here: &[u64], start: &State, counters: bool) {
        let graph = self.graph;
        let members = self.knots.members(knot);
        let state = members[0];
        let all = self.ways.number(here, 0);
        let none_yet = usize::from(self.broken.len() > 1);
        let counts = &mut self.counts;
        counts.all += &all;
        for (at, &promise) in self.broken.iter().enumerate() {
            counts.broken[promise] += &all - self.ways.number(here, 1 + none_yet + at);
        }
        let terminal = graph.terminal(state);
        let mut fails = false;
        // What a ceiling or a bound cut off is not judged.
        let cut = shape.cut && shape.circles || terminal.is_some_and(Terminal::is_cut);
        for promise in graph.promises(PromiseKind::Finally).filter(|_| !cut) {
            if members.iter().any(|&state| !graph.holds(state, promise)) {
                counts.broken[promise] += &all;
                fails = true;
            }
        }
        let waiting = matches!(terminal, Some(Terminal::Deadlock | Terminal::Stuck));
        match terminal {
            Some(Terminal::Deadlock) => counts.deadlocked += &all,
            Some(Terminal::Stuck) => counts.stuck += &all,
            Some(Terminal::Endless | Terminal::Full | Terminal::CutOff) => {
                (counts.exact, counts.counted) = (false, false);
            }
            Some(Terminal::Complete) | None => {}
        }
        if shape.never_ends() {
            counts.never_ending += &all;
        }
        fails |= waiting || shape.never_ends();
        let failing = if fails || self.broken.is_empty() {
            if fails { all.clone() } else { BigUint::ZERO }
        } else {
            &all - self.ways.number(here, 1)
        };
        counts.failing += &failing;
        let shown = values(graph, start, state, counters);
        let row = self.rows.entry((waiting, shown));
        let row = row.or_insert_with(|| Row { first: state, ..Row::default() });
        row.schedules += all;
        row.failing += failing;
        row.first = row.first.min(state);
    }
}

/// What is shown of a state: variables, and with `counters` counters.
fn values(graph: &Graph, start: &State, state: u32, counters: bool) -> Vec<i64> {
    let mut all = graph.values_at(start, state).into_vec().into_iter();
    let mut shown = Vec::new();
    for shared in &graph.machine.program().shared {
        if is_shown(shared.kind, true) {
            let own = all.by_ref().take(shared.initial.len());
            if is_shown(shared.kind, counters) {
                shown.extend(own);
            } else {
                own.for_each(drop);
            }
        }
    }
    shown
}

fn is_shown(kind: SharedKind, counters: bool) -> bool {
    match kind {
        SharedKind::Var => true,
        SharedKind::Lock
        | SharedKind::Map
        | SharedKind::RwLock
        | SharedKind::Semaphore
        | SharedKind::Condition
        | SharedKind::Queue
        | SharedKind::Topic
        | SharedKind::Log
        | SharedKind::Group
        | SharedKind::Link
        | SharedKind::Service
        | SharedKind::Cache
        | SharedKind::Wire
        | SharedKind::Breaker
        | SharedKind::Limiter
        | SharedKind::Database
        | SharedKind::Table => false,
        SharedKind::Counter => counters,
    }
}

fn outcomes(graph: &Graph, rows: Rows, exact: bool, counters: bool) -> Vec<Outcome> {
    let program = graph.machine.program();
    let mut names = Vec::new();
    let shown = (0..).zip(&program.shared).filter(|(_, shared)| is_shown(shared.kind, counters));
    for (id, shared) in shown {
        for element in 0..shared.initial.len() as u32 {
            names.push((program.element_name(id, element), shared.value));
        }
    }
    let mut rows: Vec<((bool, Vec<i64>), Row)> = rows.into_iter().collect();
    rows.sort_by(|(_, one), (_, other)| other.schedules.cmp(&one.schedules));
    let row = |((stuck, values), row): ((bool, Vec<i64>), Row)| Outcome {
        values: names
            .iter()
            .zip(values)
            .map(|((name, kind), value)| (name.clone(), program.spell(value, *kind)))
            .collect(),
        schedules: number(&row.schedules, exact),
        failing: number(&row.failing, exact),
        stuck,
        example: graph.picks_to(row.first),
    };
    rows.into_iter().map(row).collect()
}

pub(super) fn number(number: &BigUint, exact: bool) -> Count {
    Count { number: number.to_string(), exact }
}
