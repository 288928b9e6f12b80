//! The shortest way to a kind of state: fewest steps, then fewest switches between processes, then
//! the picks that come first in order.
//!
//! A breadth-first search knows the fewest steps. Going back from the states wanted marks those
//! that lie on a way of that length. Going forward again through these only keeps, for each state
//! and the process that moved last, the way with the fewest switches. Interchangeable processes
//! are not told apart here either: ways to states that are alike, moved to last by processes that
//! are alike, go on alike, so the better one is kept.

use super::bounds::{Allowed, Withheld, allow};
use super::graph::Graph;
use super::keys::Sums;
use super::table::Print;
use crate::machine::{NoWatch, State};
use crate::trace::Choice;
use rustc_hash::FxHashMap;

/// States on ways of the least length beyond which switches are not counted.
const NODES_MAX: usize = 200_000;
/// Bytes that those may take.
const BYTES_MAX: usize = 96 << 20;

/// A way to what was wanted.
pub(super) struct Way {
    pub(super) picks: Vec<u32>,
    /// False when it has the fewest steps, but maybe not the fewest switches.
    pub(super) least: bool,
}

/// What is looked for, at the depth where it is first found.
#[derive(Clone, Copy)]
pub(super) enum Goal<'a> {
    /// A state.
    State(&'a dyn Fn(u32) -> bool),
    /// A step that breaks one of these `assert`s (bits of promises).
    Breaking(u64),
}

/// A best way to a state among those whose last step is of one process.
struct Node {
    /// Its state, whole.
    words: Box<[i64]>,
    number: u32,
    last: Option<u32>,
    switches: u32,
    /// The node before.
    from: u32,
    pick: u32,
    /// Its place among the nodes of its layer, by the order of their picks.
    rank: u32,
}

/// A state's number and who came there last, as far as it matters.
type Place = (u32, Print);

/// The shortest way to what is wanted. `nearest` is the first state where it is found: itself, or
/// the one that such a step leaves from.
pub(super) fn shortest(graph: &Graph, start: &State, nearest: u32, goal: Goal<'_>) -> Way {
    let depth = graph.depth(nearest);
    let useful = useful(graph, depth, goal);
    let node = size_of::<Node>() + graph.machine.layout().identity * size_of::<i64>();
    let most = NODES_MAX.min(BYTES_MAX / node);
    let mut pass = Pass { graph, useful, nodes: Vec::new(), most, room: Room::default() };
    let picks = pass.run(start, depth, goal);
    let least = picks.is_some();
    Way { picks: picks.unwrap_or_else(|| fallback(graph, start, nearest, goal)), least }
}

/// The way by which it was first found, which has the fewest steps.
pub(super) fn fallback(graph: &Graph, start: &State, nearest: u32, goal: Goal<'_>) -> Vec<u32> {
    let mut picks = graph.picks_to(nearest);
    if let Goal::Breaking(bits) = goal {
        let mut state = graph.replay(start, &picks);
        let (mut met, mut allowed) = (Withheld::default(), Allowed::default());
        allow(&graph.machine, &state, &mut met, &mut allowed);
        state.begin_trial();
        let breaking = allowed.choices.iter().find(|(_, choice)| {
            let applied = graph.machine.apply(&mut state, *choice, &mut NoWatch);
            state.take_back();
            applied.broke & bits != 0
        });
        picks.extend(breaking.map(|(pick, _)| *pick));
    }
    picks
}

/// The states from which what is wanted is reached by a way of the least length.
fn useful(graph: &Graph, depth: u32, goal: Goal<'_>) -> Vec<bool> {
    let last = graph.layer(depth);
    let mut useful = vec![false; last.end as usize];
    for state in last {
        useful[state as usize] = match goal {
            Goal::State(wanted) => wanted(state),
            Goal::Breaking(bits) => {
                graph.edge_numbers(state).any(|edge| graph.broke(edge) & bits != 0)
            }
        };
    }
    for depth in (0..depth).rev() {
        let next = graph.layer(depth + 1);
        for state in graph.layer(depth) {
            let mut to = graph.edge_numbers(state).map(|edge| graph.targets[edge]);
            useful[state as usize] = to.any(|to| next.contains(&to) && useful[to as usize]);
        }
    }
    useful
}

/// What is reused from step to step.
#[derive(Default)]
struct Room {
    state: State,
    sums: Sums,
    allowed: Allowed,
    met: Withheld,
}

struct Pass<'a> {
    graph: &'a Graph,
    useful: Vec<bool>,
    nodes: Vec<Node>,
    most: usize,
    room: Room,
}

impl Pass<'_> {
    /// The best way, or nothing if too many states lie on such ways.
    fn run(&mut self, start: &State, depth: u32, goal: Goal<'_>) -> Option<Vec<u32>> {
        let words = start.identity(self.graph.machine.layout()).into();
        let (last, switches, from, pick, rank) = (None, 0, 0, 0, 0);
        self.nodes.push(Node { words, number: 0, last, switches, from, pick, rank });
        let mut layer = 0..1;
        for deeper in 1..=depth {
            self.go_on(layer.clone(), deeper);
            layer = layer.end..self.nodes.len();
            self.rank(layer.clone());
            if self.nodes.len() > self.most {
                return None;
            }
        }
        match goal {
            Goal::State(_) => {
                let best =
                    layer.min_by_key(|&node| (self.nodes[node].switches, self.nodes[node].rank));
                best.map(|node| self.way_back(node))
            }
            Goal::Breaking(bits) => self.breaking(layer, bits),
        }
    }

    /// From the nodes of one layer to those of the next.
    fn go_on(&mut self, layer: std::ops::Range<usize>, depth: u32) {
        let graph = self.graph;
        let next = graph.layer(depth);
        let mut known: FxHashMap<Place, usize> = FxHashMap::default();
        for from in layer {
            self.enter(from);
            let choices = std::mem::take(&mut self.room.allowed.choices);
            for &(pick, choice) in &choices {
                let mover = mover(graph, &self.room.state, choice);
                graph.machine.apply(&mut self.room.state, choice, &mut NoWatch);
                let Room { state, sums, .. } = &mut self.room;
                graph.keys.sum(state, sums);
                let number = graph.table.find(sums.print);
                let number = number.filter(|number| next.contains(number));
                if let Some(number) = number.filter(|number| self.useful[*number as usize]) {
                    let place = (number, graph.keys.block(sums, mover));
                    let words = state.identity(graph.machine.layout());
                    let before = &self.nodes[from];
                    let switched = before.last.is_some_and(|last| last != mover);
                    let switches = before.switches + u32::from(switched);
                    let better = |other: &Node| {
                        let order = (switches, before.rank, pick);
                        order < (other.switches, self.nodes[other.from as usize].rank, other.pick)
                    };
                    let found = known.get(&place).copied();
                    if found.is_none_or(|node| better(&self.nodes[node])) {
                        let (last, from, rank) = (Some(mover), from as u32, 0);
                        let words = words.into();
                        let node = Node { words, number, last, switches, from, pick, rank };
                        match found {
                            Some(at) => self.nodes[at] = node,
                            None => {
                                known.insert(place, self.nodes.len());
                                self.nodes.push(node);
                            }
                        }
                    }
                }
                self.room.state.take_back();
            }
            self.room.allowed.choices = choices;
            if self.nodes.len() > self.most {
                return;
            }
        }
    }

    /// Stands at a node, its choices listed.
    fn enter(&mut self, node: usize) {
        let machine = &self.graph.machine;
        let Room { state, allowed, met, .. } = &mut self.room;
        state.set_identity(&self.nodes[node].words, machine.layout());
        allow(machine, state, met, allowed);
        state.begin_trial();
    }

    fn breaking(&mut self, layer: std::ops::Range<usize>, bits: u64) -> Option<Vec<u32>> {
        let graph = self.graph;
        let mut best: Option<((u32, u32, u32), usize)> = None;
        for node in layer {
            self.enter(node);
            let choices = std::mem::take(&mut self.room.allowed.choices);
            let edges = graph.edge_numbers(self.nodes[node].number);
            let any = edges.into_iter().any(|edge| graph.broke(edge) & bits != 0);
            for &(pick, choice) in choices.iter().filter(|_| any) {
                let mover = mover(graph, &self.room.state, choice);
                let applied = graph.machine.apply(&mut self.room.state, choice, &mut NoWatch);
                self.room.state.take_back();
                if applied.broke & bits == 0 {
                    continue;
                }
                let Node { last, switches, rank, .. } = self.nodes[node];
                let switched = last.is_some_and(|last| last != mover);
                let order = (switches + u32::from(switched), rank, pick);
                if best.is_none_or(|(known, _)| order < known) {
                    best = Some((order, node));
                }
            }
            self.room.allowed.choices = choices;
        }
        let ((_, _, pick), node) = best?;
        let mut picks = self.way_back(node);
        picks.push(pick);
        Some(picks)
    }

    fn way_back(&self, mut node: usize) -> Vec<u32> {
        let mut picks = Vec::new();
        while node != 0 {
            picks.push(self.nodes[node].pick);
            node = self.nodes[node].from as usize;
        }
        picks.reverse();
        picks
    }

    /// Orders the nodes of a layer by their picks.
    fn rank(&mut self, layer: std::ops::Range<usize>) {
        let order = |node: usize| {
            let Node { from, pick, .. } = self.nodes[node];
            ((self.nodes[from as usize].rank, pick), node)
        };
        let mut order: Vec<_> = layer.map(order).collect();
        order.sort_unstable();
        for (rank, (_, node)) in order.into_iter().enumerate() {
            self.nodes[node].rank = rank as u32;
        }
    }
}

/// Who is told to move by a choice, for counting switches.
fn mover(graph: &Graph, state: &State, choice: Choice) -> u32 {
    match choice {
        Choice::Step { process, .. } => process,
        other => {
            let nobody = graph.machine.layout().processes.len() as u32;
            let mover = graph.machine.actor(state, other).filter(|_| !other.is_nobodys());
            mover.unwrap_or(nobody)
        }
    }
}
