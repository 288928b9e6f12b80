//! Once round a circle: the picks that lead from a state back to that very state.
//!
//! A failure that is a circle has no end that could be shown. What shows it is to go round once and
//! to be where one was.

use super::bounds::{Allowed, Withheld, allow};
use super::graph::Graph;
use crate::machine::{NoWatch, State};
use rustc_hash::FxHashSet;

/// States looked at for it; circles of more are not shown.
const STATES_MAX: usize = 4_000;

/// The fewest picks that lead back to the state after some picks; none where there is no way back.
pub(super) fn round(graph: &Graph, start: &State, picks: &[u32]) -> Vec<u32> {
    let (machine, layout) = (&graph.machine, graph.machine.layout());
    let mut state = graph.replay(start, picks);
    let home: Box<[i64]> = state.identity(layout).into();
    let mut known: FxHashSet<Box<[i64]>> = FxHashSet::default();
    // Each state with the one before and the pick between them.
    let mut nodes = vec![(home.clone(), 0, 0)];
    let (mut met, mut allowed) = (Withheld::default(), Allowed::default());
    let mut at = 0;
    while at < nodes.len() && nodes.len() < STATES_MAX {
        state.set_identity(&nodes[at].0, layout);
        allow(machine, &state, &mut met, &mut allowed);
        state.begin_trial();
        for &(pick, choice) in &allowed.choices {
            machine.apply(&mut state, choice, &mut NoWatch);
            let words = state.identity(layout);
            if *words == *home {
                return way(&nodes, at, pick);
            }
            if known.insert(words.into()) {
                nodes.push((words.into(), at, pick));
            }
            state.take_back();
        }
        at += 1;
    }
    Vec::new()
}

fn way(nodes: &[(Box<[i64]>, usize, u32)], mut at: usize, last: u32) -> Vec<u32> {
    let mut picks = vec![last];
    while at != 0 {
        picks.push(nodes[at].2);
        at = nodes[at].1;
    }
    picks.reverse();
    picks
}
