//! Circles: states that can reach one another form a *knot*. Tarjan's algorithm, with a stack of
//! its own because a chain of states may be far longer than a program's stack.
//!
//! R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1 (1972).

use super::graph::{Did, Graph};
use std::ops::Range;

/// The knots of a graph. A state on no circle is a knot of its own.
#[derive(Debug)]
pub(super) struct Knots {
    /// For each state its knot. An edge between two knots leads from the greater number to the
    /// lesser.
    pub(super) of: Vec<u32>,
    /// All states, knot after knot.
    members: Vec<u32>,
    /// Where each knot's members end.
    ends: Vec<u32>,
    /// For each knot what is known of it as a whole.
    pub(super) shapes: Vec<Shape>,
}

const UNSEEN: u32 = u32::MAX;

impl Knots {
    pub(super) fn of(graph: &Graph) -> Knots {
        let count = graph.len() as usize;
        let mut knots =
            Knots { of: vec![UNSEEN; count], members: vec![], ends: vec![], shapes: vec![] };
        let mut order = vec![UNSEEN; count];
        let mut low = vec![0u32; count];
        let mut open: Vec<u32> = Vec::new();
        // A state and those of its edges still to be looked at.
        let mut path: Vec<(u32, Range<usize>)> = vec![(0, graph.edge_numbers(0))];
        let mut seen = 0;
        while let Some((state, left)) = path.last_mut() {
            let at = *state as usize;
            if order[at] == UNSEEN {
                order[at] = seen;
                low[at] = seen;
                seen += 1;
                open.push(*state);
            }
            if let Some(edge) = left.next() {
                let to = graph.targets[edge];
                if order[to as usize] == UNSEEN {
                    path.push((to, graph.edge_numbers(to)));
                } else if knots.of[to as usize] == UNSEEN {
                    low[at] = low[at].min(order[to as usize]);
                }
                continue;
            }
            let state = *state;
            path.pop();
            if let Some(&(parent, _)) = path.last() {
                low[parent as usize] = low[parent as usize].min(low[at]);
            }
            if low[at] == order[at] {
                knots.close(state, &mut open);
            }
        }
        knots.shapes = (0..knots.len()).map(|knot| knots.shape(graph, knot)).collect();
        knots
    }

    /// Each state a knot of its own, in an order that says nothing: for graphs in which nobody asks
    /// for circles.
    pub(super) fn none(graph: &Graph) -> Knots {
        let states = 0..graph.len();
        let shape =
            |state: u32| Shape { leaves: graph.terminal(state).is_none(), ..Shape::default() };
        Knots {
            of: states.clone().collect(),
            members: states.clone().collect(),
            ends: states.clone().map(|state| state + 1).collect(),
            shapes: states.map(shape).collect(),
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> u32 {
        self.ends.len() as u32
    }

    /// The states of a knot, in order.
    pub(super) fn members(&self, knot: u32) -> &[u32] {
        let begin = knot.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.members[begin as usize..self.ends[knot as usize] as usize]
    }

    /// What is known of the knot of a state.
    pub(super) fn around(&self, state: u32) -> Shape {
        self.shapes[self.of[state as usize] as usize]
    }

    fn close(&mut self, root: u32, open: &mut Vec<u32>) {
        let (knot, begin) = (self.len(), self.members.len());
        while let Some(state) = open.pop() {
            self.of[state as usize] = knot;
            self.members.push(state);
            if state == root {
                break;
            }
        }
        self.members[begin..].sort_unstable();
        self.ends.push(self.members.len() as u32);
    }

    fn shape(&self, graph: &Graph, knot: u32) -> Shape {
        let mut shape = Shape::default();
        for &state in self.members(knot) {
            for edge in graph.edges(state) {
                if self.of[edge.to as usize] == knot {
                    shape.circles = true;
                    shape.counts |= edge.did.any(Did::COUNTED | Did::PROGRESSED);
                    shape.counts_on |= edge.did.any(Did::COUNTED_ON);
                } else {
                    shape.leaves = true;
                }
            }
            shape.open |= state as usize >= graph.followed();
            shape.cut |= graph.is_cut(state);
        }
        shape
    }
}

/// A knot as a whole.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    /// A step leads from it into itself.
    pub(super) circles: bool,
    /// Such a step changes a counter, reaches an outcome, or is of a process meant to go on.
    pub(super) counts: bool,
    /// Such a step adds to a counter, which may go on for ever.
    pub(super) counts_on: bool,
    /// A step leads out of it.
    pub(super) leaves: bool,
    /// It holds a state that was not followed.
    pub(super) open: bool,
    /// Only a bound keeps something from happening in it.
    pub(super) cut: bool,
}

impl Shape {
    /// A circle that nothing leaves and in which nothing is achieved.
    pub(super) fn never_ends(self) -> bool {
        self.circles && !self.leaves && !self.counts && !self.open && !self.cut
    }

    /// A circle in which the run stays for good, as far as is known.
    pub(super) fn is_final(self) -> bool {
        self.circles && !self.leaves && !self.open && !self.cut
    }
}
