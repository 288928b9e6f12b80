//! The shortest way to a kind of state: fewest steps, then fewest switches between processes, then
//! the picks that come first in order.
//!
//! A breadth-first search knows the fewest steps. Among the ways of that length, a pass over the
//! layers keeps, for each state and the process that moved last, the fewest switches.

use super::graph::{Edge, Graph};

/// A best way to a state among those whose last step is one process's.
#[derive(Clone, Copy)]
struct Arrival {
    last: Option<u32>,
    switches: u32,
    /// The state before and which of its arrivals.
    from: (u32, u32),
    pick: u32,
    /// Its place among all arrivals of its layer, by the order of their picks.
    rank: u32,
}

/// Shortest ways to any states of a graph, found in one pass over its layers.
pub(super) struct Shortest<'a> {
    graph: &'a Graph,
    arrivals: Vec<Vec<Arrival>>,
}

impl<'a> Shortest<'a> {
    /// Looks at the layers down to a depth; no state asked for may lie deeper.
    pub(super) fn new(graph: &'a Graph, depth: u32) -> Shortest<'a> {
        Shortest { graph, arrivals: arrivals(graph, depth) }
    }

    /// The picks of the shortest way to a state that is `wanted`; `nearest` is the first such
    /// state.
    pub(super) fn picks(&self, nearest: u32, wanted: impl Fn(u32) -> bool) -> Vec<u32> {
        let graph = self.graph;
        let depth = graph.depths[nearest as usize];
        let goals = (nearest..graph.len())
            .take_while(|&state| graph.depths[state as usize] == depth)
            .filter(|&state| wanted(state));
        let ways = |state: u32| self.arrivals[state as usize].len() as u32;
        let best = goals
            .flat_map(|state| (0..ways(state)).map(move |way| (state, way)))
            .min_by_key(|&(state, way)| {
                let arrival = self.arrivals[state as usize][way as usize];
                (arrival.switches, arrival.rank)
            });
        self.way_back(best.expect("every state of a layer is arrived at"))
    }

    /// The picks of the shortest way to a step for which `wanted` holds of its edge; `depth` is that
    /// of the first states such a step leaves from.
    pub(super) fn picks_to_step(&self, depth: u32, wanted: impl Fn(&Edge) -> bool) -> Vec<u32> {
        let graph = self.graph;
        let states = (0..graph.len()).filter(|&state| graph.depths[state as usize] == depth);
        let mut best = None;
        for state in states {
            for edge in graph.edges(state).iter().filter(|edge| wanted(edge)) {
                for (way, arrival) in self.arrivals[state as usize].iter().enumerate() {
                    let switched = arrival.last.is_some_and(|last| last != edge.process);
                    let key = (arrival.switches + u32::from(switched), arrival.rank, edge.pick);
                    if best.is_none_or(|(known, _): ((u32, u32, u32), _)| key < known) {
                        best = Some((key, (state, way as u32)));
                    }
                }
            }
        }
        let ((_, _, pick), at) = best.expect("some step is wanted");
        let mut picks = self.way_back(at);
        picks.push(pick);
        picks
    }

    fn way_back(&self, from: (u32, u32)) -> Vec<u32> {
        let graph = self.graph;
        let (mut picks, mut at) = (Vec::new(), from);
        while graph.depths[at.0 as usize] > 0 {
            let arrival = self.arrivals[at.0 as usize][at.1 as usize];
            picks.push(arrival.pick);
            at = arrival.from;
        }
        picks.reverse();
        picks
    }
}

fn arrivals(graph: &Graph, depth: u32) -> Vec<Vec<Arrival>> {
    let mut arrivals: Vec<Vec<Arrival>> = vec![Vec::new(); graph.len() as usize];
    arrivals[0].push(Arrival { last: None, switches: 0, from: (0, 0), pick: 0, rank: 0 });
    let mut layer = 0..1;
    for reached in 0..depth {
        for state in layer.clone() {
            go_on(graph, &mut arrivals, state);
        }
        let states = layer.end..graph.len();
        let end = states.clone().find(|&state| graph.depths[state as usize] > reached + 1);
        layer = layer.end..end.unwrap_or(states.end);
        rank(&mut arrivals, layer.clone());
    }
    arrivals
}

/// From one state to those of the next layer.
fn go_on(graph: &Graph, arrivals: &mut [Vec<Arrival>], state: u32) {
    for edge in graph.edges(state) {
        if graph.depths[edge.to as usize] != graph.depths[state as usize] + 1 {
            continue;
        }
        for way in 0..arrivals[state as usize].len() {
            let before = arrivals[state as usize][way];
            let switched = before.last.is_some_and(|last| last != edge.process);
            let arrival = Arrival {
                last: Some(edge.process),
                switches: before.switches + u32::from(switched),
                from: (state, way as u32),
                pick: edge.pick,
                rank: 0,
            };
            let known = arrivals[edge.to as usize].iter().position(|o| o.last == arrival.last);
            match known {
                None => arrivals[edge.to as usize].push(arrival),
                Some(at) => {
                    let other = arrivals[edge.to as usize][at];
                    let order = |one: Arrival| {
                        let from = arrivals[one.from.0 as usize][one.from.1 as usize];
                        (one.switches, from.rank, one.pick)
                    };
                    if order(arrival) < order(other) {
                        arrivals[edge.to as usize][at] = arrival;
                    }
                }
            }
        }
    }
}

/// Orders the arrivals of a layer by their picks.
fn rank(arrivals: &mut [Vec<Arrival>], layer: std::ops::Range<u32>) {
    let mut order: Vec<((u32, u32), (u32, usize))> = Vec::new();
    for state in layer {
        for (way, arrival) in arrivals[state as usize].iter().enumerate() {
            let from = arrivals[arrival.from.0 as usize][arrival.from.1 as usize];
            order.push(((from.rank, arrival.pick), (state, way)));
        }
    }
    order.sort_unstable();
    for (rank, (_, (state, way))) in order.into_iter().enumerate() {
        arrivals[state as usize][way].rank = rank as u32;
    }
}
