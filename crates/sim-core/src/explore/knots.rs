//! Circles: states that can reach one another form a *knot*. Tarjan's algorithm, with a stack of
//! its own because a chain of states may be far longer than a program's stack.
//!
//! R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1 (1972).

use super::graph::Graph;

/// The knots of a graph. A state on no circle is a knot of its own.
pub(super) struct Knots {
    /// For each state its knot. An edge between two knots leads from the greater number to the
    /// lesser.
    pub(super) of: Vec<u32>,
    /// For each knot its states.
    pub(super) members: Vec<Vec<u32>>,
    /// For each knot what is known of it as a whole.
    pub(super) shapes: Vec<Shape>,
}

const UNSEEN: u32 = u32::MAX;

impl Knots {
    pub(super) fn of(graph: &Graph) -> Knots {
        let count = graph.len() as usize;
        let mut knots = Knots { of: vec![UNSEEN; count], members: vec![], shapes: vec![] };
        let mut order = vec![UNSEEN; count];
        let mut low = vec![0u32; count];
        let mut open: Vec<u32> = Vec::new();
        let mut path: Vec<(u32, usize)> = vec![(0, 0)];
        let mut seen = 0;
        while let Some(&mut (state, ref mut next)) = path.last_mut() {
            let at = state as usize;
            if *next == 0 {
                order[at] = seen;
                low[at] = seen;
                seen += 1;
                open.push(state);
            }
            if let Some(edge) = graph.edges(state).get(*next) {
                *next += 1;
                let to = edge.to as usize;
                if order[to] == UNSEEN {
                    path.push((edge.to, 0));
                } else if knots.of[to] == UNSEEN {
                    low[at] = low[at].min(order[to]);
                }
                continue;
            }
            path.pop();
            if let Some(&(parent, _)) = path.last() {
                low[parent as usize] = low[parent as usize].min(low[at]);
            }
            if low[at] == order[at] {
                knots.close(state, &mut open);
            }
        }
        let shapes = (0..knots.members.len() as u32).map(|knot| knots.shape(graph, knot));
        knots.shapes = shapes.collect();
        knots
    }

    fn close(&mut self, root: u32, open: &mut Vec<u32>) {
        let knot = self.members.len() as u32;
        let mut members = Vec::new();
        while let Some(state) = open.pop() {
            self.of[state as usize] = knot;
            members.push(state);
            if state == root {
                break;
            }
        }
        members.sort_unstable();
        self.members.push(members);
    }

    fn shape(&self, graph: &Graph, knot: u32) -> Shape {
        let mut shape = Shape::default();
        for &state in &self.members[knot as usize] {
            for edge in graph.edges(state) {
                if self.of[edge.to as usize] == knot {
                    shape.circles = true;
                    shape.counts |= edge.applied.counted || edge.applied.progressed;
                    shape.counts_on |= edge.applied.counted_on;
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
}
