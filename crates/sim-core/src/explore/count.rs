//! How many schedules there are, and how many of them fail, exactly.
//!
//! One pass from the start towards the ends: for each knot, in how many ways a schedule can get
//! there, and in how many of those without having broken a given `always` promise yet. A knot
//! counts as one point, passed once by each step that leaves it.

use super::graph::{Graph, Terminal};
use super::knots::{Knots, Shape};
use super::report::{Count, Outcome};
use crate::machine::promise_bit;
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
    pub(super) circles: u64,
    pub(super) outcomes: Vec<Outcome>,
}

struct Row {
    schedules: BigUint,
    failing: BigUint,
    stuck: bool,
    first: u32,
}

/// Counts the schedules of a graph; with `counters`, outcomes tell counters apart.
pub(super) fn count(graph: &Graph, knots: &Knots, counters: bool) -> Counts {
    let promises = graph.machine().program().promises.len();
    let mut counts = Counts {
        broken: vec![BigUint::ZERO; promises],
        exact: graph.stopped.is_none() && graph.bounds().is_empty(),
        ..Counts::default()
    };
    // Columns: all ways; ways that broke nothing yet; ways that kept each broken `always` yet.
    let asserts = graph.promises(PromiseKind::Assert).filter(|&one| graph.breaks_assert(one));
    let broken: Vec<usize> = graph
        .promises(PromiseKind::Always)
        .filter(|&promise| (0..graph.len()).any(|state| !graph.holds(state, promise)))
        .chain(asserts)
        .collect();
    let breaks: Vec<Vec<bool>> = (0..knots.members.len() as u32)
        .map(|knot| {
            broken.iter().map(|&promise| is_broken_in(graph, knots, knot, promise)).collect()
        })
        .collect();
    let mut rows: BTreeMap<(bool, Vec<i64>), Row> = BTreeMap::new();
    let mut ways: Vec<Vec<BigUint>> = vec![Vec::new(); knots.members.len()];
    let start = knots.of[0];
    let first = vec![1u8.into(); broken.len() + 2];
    let first = pass(&broken_by(graph.broken_at_start, &broken), &first);
    ways[start as usize] = pass(&breaks[start as usize], &first);
    for knot in (0..knots.members.len() as u32).rev() {
        let here = std::mem::take(&mut ways[knot as usize]);
        if here.is_empty() {
            continue;
        }
        let shape = knots.shapes[knot as usize];
        if shape.circles {
            counts.exact = false;
            counts.circles += u64::from(shape.leaves);
        }
        for &state in &knots.members[knot as usize] {
            for edge in graph.edges(state) {
                let to = knots.of[edge.to as usize];
                if to != knot {
                    let mut passed = pass(&breaks[to as usize], &here);
                    if edge.applied.broke != 0 {
                        passed = pass(&broken_by(edge.applied.broke, &broken), &passed);
                    }
                    add(&mut ways[to as usize], passed);
                }
            }
        }
        if !shape.leaves && !shape.open {
            end(graph, knots, knot, shape, &here, &broken, counters, &mut counts, &mut rows);
        }
    }
    counts.outcomes = outcomes(graph, rows, counts.exact, counters);
    counts
}

/// The ways that go on into a knot: those that keep a promise stop doing so where it is broken.
fn pass(breaks: &[bool], ways: &[BigUint]) -> Vec<BigUint> {
    let mut passed = ways.to_vec();
    if breaks.contains(&true) {
        passed[1] = BigUint::ZERO;
    }
    for (kept, breaks) in passed[2..].iter_mut().zip(breaks) {
        if *breaks {
            *kept = BigUint::ZERO;
        }
    }
    passed
}

/// Broken somewhere in a knot: in one of its states, or by a step within it.
fn is_broken_in(graph: &Graph, knots: &Knots, knot: u32, promise: usize) -> bool {
    let members = &knots.members[knot as usize];
    let inner =
        |state: u32| graph.edges(state).iter().filter(|edge| knots.of[edge.to as usize] == knot);
    members.iter().any(|&state| !graph.holds(state, promise))
        || members
            .iter()
            .any(|&state| inner(state).any(|e| e.applied.broke & promise_bit(promise) != 0))
}

/// Which of these promises are among the bits.
fn broken_by(bits: u64, promises: &[usize]) -> Vec<bool> {
    promises.iter().map(|&promise| bits & promise_bit(promise) != 0).collect()
}

fn add(sum: &mut Vec<BigUint>, ways: Vec<BigUint>) {
    if sum.is_empty() {
        *sum = ways;
    } else {
        for (sum, ways) in sum.iter_mut().zip(ways) {
            *sum += ways;
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "one place where all columns meet")]
fn end(
    graph: &Graph,
    knots: &Knots,
    knot: u32,
    shape: Shape,
    ways: &[BigUint],
    broken: &[usize],
    counters: bool,
    counts: &mut Counts,
    rows: &mut BTreeMap<(bool, Vec<i64>), Row>,
) {
    let members = &knots.members[knot as usize];
    let state = members[0];
    let all = &ways[0];
    counts.all += all;
    for (index, &promise) in broken.iter().enumerate() {
        counts.broken[promise] += all - &ways[index + 2];
    }
    let mut fails = false;
    // What a ceiling or a bound cut off is not judged.
    let cut = shape.cut && shape.circles
        || matches!(
            graph.terminal(state),
            Some(Terminal::Endless | Terminal::Full | Terminal::CutOff)
        );
    for promise in graph.promises(PromiseKind::Finally).filter(|_| !cut) {
        if members.iter().any(|&state| !graph.holds(state, promise)) {
            counts.broken[promise] += all;
            fails = true;
        }
    }
    let terminal = graph.terminal(state);
    let waiting = matches!(terminal, Some(Terminal::Deadlock | Terminal::Stuck));
    match terminal {
        Some(Terminal::Deadlock) => counts.deadlocked += all,
        Some(Terminal::Stuck) => counts.stuck += all,
        Some(Terminal::Endless | Terminal::Full | Terminal::CutOff) => counts.exact = false,
        Some(Terminal::Complete) | None => {}
    }
    if shape.never_ends() {
        counts.never_ending += all;
    }
    fails |= waiting || shape.never_ends();
    let failing = if fails { all.clone() } else { all - &ways[1] };
    counts.failing += &failing;
    let row = rows.entry((waiting, values(graph, state, counters))).or_insert_with(|| Row {
        schedules: BigUint::ZERO,
        failing: BigUint::ZERO,
        stuck: waiting,
        first: state,
    });
    row.schedules += all;
    row.failing += failing;
    row.first = row.first.min(state);
}

fn values(graph: &Graph, state: u32, counters: bool) -> Vec<i64> {
    let (machine, state) = (graph.machine(), graph.state(state));
    let shared = machine.program().shared.iter().enumerate();
    shared
        .filter(|(_, shared)| is_shown(shared.kind, counters))
        .flat_map(|(id, _)| state.elements(machine.layout(), id as u32).to_vec())
        .collect()
}

fn is_shown(kind: SharedKind, counters: bool) -> bool {
    match kind {
        SharedKind::Var => true,
        SharedKind::Lock
        | SharedKind::Map
        | SharedKind::RwLock
        | SharedKind::Semaphore
        | SharedKind::Condition => false,
        SharedKind::Counter => counters,
    }
}

fn outcomes(
    graph: &Graph,
    rows: BTreeMap<(bool, Vec<i64>), Row>,
    exact: bool,
    counters: bool,
) -> Vec<Outcome> {
    let program = graph.machine().program();
    let mut names = Vec::new();
    for shared in program.shared.iter().filter(|shared| is_shown(shared.kind, counters)) {
        for element in 1..=shared.initial.len() {
            let name = if shared.array {
                format!("{}[{element}]", shared.name)
            } else {
                shared.name.clone()
            };
            names.push((name, shared.value));
        }
    }
    let mut rows: Vec<((bool, Vec<i64>), Row)> = rows.into_iter().collect();
    rows.sort_by(|(_, one), (_, other)| other.schedules.cmp(&one.schedules));
    let row = |((_, values), row): ((bool, Vec<i64>), Row)| Outcome {
        values: names
            .iter()
            .zip(values)
            .map(|((name, kind), value)| (name.clone(), program.spell(value, *kind)))
            .collect(),
        schedules: number(&row.schedules, exact),
        failing: number(&row.failing, exact),
        stuck: row.stuck,
        example: graph.picks_to(row.first),
    };
    rows.into_iter().map(row).collect()
}

pub(super) fn number(number: &BigUint, exact: bool) -> Count {
    Count { number: number.to_string(), exact }
}
