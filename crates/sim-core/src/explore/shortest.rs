//! The shortest way to a kind of state: fewest steps, then fewest switches between processes.
//!
//! A breadth-first search knows the fewest steps. Among the ways of that length, a pass over the
//! layers keeps, for each state and the process that moved last, the fewest switches.

use super::graph::Graph;

/// A best way to a state among those whose last step is one process's.
#[derive(Clone, Copy)]
struct Arrival {
    last: Option<u32>,
    switches: u32,
    /// The state before and which of its arrivals.
    from: (u32, u32),
    pick: u32,
}

/// The picks of the shortest way to a state that is `wanted`; `None` if there is none.
pub(super) fn shortest(graph: &Graph, wanted: impl Fn(u32) -> bool) -> Option<Vec<u32>> {
    let nearest = (0..graph.len()).find(|&state| wanted(state))?;
    let depth = graph.depths[nearest as usize];
    let arrivals = arrivals(graph, depth);
    let goals = (nearest..graph.len())
        .take_while(|&state| graph.depths[state as usize] == depth)
        .filter(|&state| wanted(state));
    let best = goals
        .flat_map(|state| (0..arrivals[state as usize].len() as u32).map(move |way| (state, way)))
        .min_by_key(|&(state, way)| arrivals[state as usize][way as usize].switches)?;
    let (mut picks, mut at) = (Vec::new(), best);
    while graph.depths[at.0 as usize] > 0 {
        let arrival = arrivals[at.0 as usize][at.1 as usize];
        picks.push(arrival.pick);
        at = arrival.from;
    }
    picks.reverse();
    Some(picks)
}

fn arrivals(graph: &Graph, depth: u32) -> Vec<Vec<Arrival>> {
    let mut arrivals: Vec<Vec<Arrival>> = vec![Vec::new(); graph.len() as usize];
    arrivals[0].push(Arrival { last: None, switches: 0, from: (0, 0), pick: 0 });
    for state in (0..graph.len()).take_while(|&state| graph.depths[state as usize] < depth) {
        for (index, edge) in graph.edges(state).iter().enumerate() {
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
                    pick: index as u32 + 1,
                };
                let there = &mut arrivals[edge.to as usize];
                match there.iter_mut().find(|other| other.last == arrival.last) {
                    None => there.push(arrival),
                    Some(other) if arrival.switches < other.switches => *other = arrival,
                    Some(_) => {}
                }
            }
        }
    }
    arrivals
}
