//! Who waits for whom, as a drawing: those in a circle stand on a circle, the others in columns by
//! how far they are from the end of their wait.

use std::f64::consts::TAU;

use sim_core::session::{DatabaseView, Dependency, Ending, Frame, Lane, LaneState, Reason};

/// Half the width and height of a node.
pub const HALF: (f64, f64) = (64.0, 17.0);
/// From column to column, and from row to row.
const APART: (f64, f64) = (196.0, 58.0);
/// How far an arrow bends, so that two between the same nodes stand apart.
const BEND: f64 = 20.0;
/// How far the arrow of who waits for itself goes out.
const LOOP: f64 = 56.0;
/// No more nodes than this are drawn; the words tell all.
const NODES_MAX: usize = 40;

/// The whole drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waits {
    /// Who waits, and what for.
    pub nodes: Vec<Node>,
    /// From who waits to what it waits for.
    pub edges: Vec<Edge>,
    /// Processes that wait in a circle: lanes, each for the next.
    pub circle: Vec<u32>,
    /// Nothing will ever end that circle.
    pub forever: bool,
    /// How wide.
    pub width: f64,
    /// How high.
    pub height: f64,
}

/// A box of the drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub of: NodeOf,
    /// Its middle.
    pub at: (f64, f64),
    /// Part of the circle.
    pub circle: bool,
}

/// What a box is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeOf {
    /// A process.
    Lane(u32),
    /// Something that nobody holds: a condition, or words that must come true.
    Place(String),
}

/// An arrow.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// An index into the nodes.
    pub from: usize,
    /// An index into the nodes.
    pub to: usize,
    /// What is waited for; empty where the box says it.
    pub place: String,
    /// Part of the circle.
    pub circle: bool,
    /// Where it starts, what it bends to, and where it ends.
    pub line: [(f64, f64); 3],
}

impl Waits {
    /// The drawing of a moment.
    #[must_use]
    pub fn of(frame: &Frame) -> Self {
        let mut waits = Self::default();
        for lane in &frame.lanes {
            if let LaneState::Blocked(reason) = &lane.state
                && waits.nodes.len() < NODES_MAX
            {
                waits.add(lane, reason);
            }
        }
        // Who waits for a row in a circle may move, for it may be chosen to end it.
        for database in &frame.databases {
            waits.add_rows(database);
        }
        match &frame.ending {
            Some(Ending::Deadlock(circle)) => {
                waits.circle.clone_from(circle);
                waits.forever = true;
            }
            _ => {
                waits.circle = circle(frame);
                let rows = frame.databases.iter().map(|database| &database.circle);
                if let Some(rows) =
                    rows.into_iter().find(|rows| waits.circle.is_empty() && !rows.is_empty())
                {
                    waits.circle.clone_from(rows);
                }
            }
        }
        waits.mark_circle();
        waits.place();
        waits
    }

    /// Who waits for whose row in a database.
    #[must_use]
    pub fn of_rows(database: &DatabaseView) -> Self {
        let mut waits = Self { circle: database.circle.clone(), ..Self::default() };
        waits.add_rows(database);
        waits.mark_circle();
        waits.place();
        waits
    }

    /// Who read what another has changed since; `somebody` stands for those who have committed.
    #[must_use]
    pub fn of_reads(depends: &[Dependency], somebody: &str) -> Self {
        let mut reads = Self::default();
        for one in depends {
            let of = |lane: Option<u32>| {
                lane.map_or_else(|| NodeOf::Place(somebody.to_owned()), NodeOf::Lane)
            };
            let (from, to) = (reads.node(of(one.reader)), reads.node(of(one.writer)));
            if from != to && !reads.edges.iter().any(|edge| (edge.from, edge.to) == (from, to)) {
                reads.edge(from, to, &one.place);
            }
            let back = |other: &&Dependency| {
                other.reader.is_some() && (other.reader, other.writer) == (one.writer, one.reader)
            };
            if let (Some(reader), Some(writer)) = (one.reader, one.writer)
                && reads.circle.is_empty()
                && depends.iter().find(back).is_some()
            {
                reads.circle = vec![reader, writer];
            }
        }
        reads.mark_circle();
        reads.place();
        reads
    }

    fn add_rows(&mut self, database: &DatabaseView) {
        for one in &database.transactions {
            let Some((place, Some(holder))) = &one.waits else { continue };
            let (from, to) = (self.node(NodeOf::Lane(one.lane)), self.node(NodeOf::Lane(*holder)));
            if !self.edges.iter().any(|edge| (edge.from, edge.to) == (from, to)) {
                self.edge(from, to, place);
            }
        }
    }

    fn edge(&mut self, from: usize, to: usize, place: &str) {
        let (place, line) = (place.to_owned(), [(0.0, 0.0); 3]);
        self.edges.push(Edge { from, to, place, circle: false, line });
    }

    fn add(&mut self, lane: &Lane, reason: &Reason) {
        let from = self.node(NodeOf::Lane(lane.id));
        let edge = |to, place: &str| Edge {
            from,
            to,
            place: place.to_owned(),
            circle: false,
            line: [(0.0, 0.0); 3],
        };
        match reason {
            Reason::Held { place, holders } | Reason::AllBusy { place, holders, .. }
                if !holders.is_empty() =>
            {
                // Who holds one of several permits waits for the others to give theirs back.
                for holder in holders.iter().filter(|holder| **holder != lane.id) {
                    let to = self.node(NodeOf::Lane(*holder));
                    self.edges.push(edge(to, place));
                }
            }
            Reason::HeldBySelf { place } => self.edges.push(edge(from, place)),
            Reason::Filling { place, by: Some(by) } => {
                let to = self.node(NodeOf::Lane(*by));
                self.edges.push(edge(to, place));
            }
            Reason::Held { place, .. }
            | Reason::AllBusy { place, .. }
            | Reason::Filling { place, by: None }
            | Reason::Asleep { place }
            | Reason::Empty { place }
            | Reason::NoRoom { place }
            | Reason::Until { words: place } => {
                let to = self.node(NodeOf::Place(place.clone()));
                self.edges.push(edge(to, ""));
            }
            Reason::Unanswered { request: Some(request) } => {
                let to = self.node(NodeOf::Lane(*request));
                self.edges.push(edge(to, ""));
            }
            Reason::Joining { branches } => {
                for branch in branches {
                    let to = self.node(NodeOf::Lane(*branch));
                    self.edges.push(edge(to, ""));
                }
            }
            Reason::Unanswered { request: None } | Reason::Paused => {}
        }
    }

    fn node(&mut self, of: NodeOf) -> usize {
        self.nodes.iter().position(|node| node.of == of).unwrap_or_else(|| {
            self.nodes.push(Node { of, at: (0.0, 0.0), circle: false });
            self.nodes.len() - 1
        })
    }

    fn mark_circle(&mut self) {
        let circle = self.circle.clone();
        let next = |lane: u32| {
            let at = circle.iter().position(|one| *one == lane)?;
            Some(circle[(at + 1) % circle.len()])
        };
        let lane_of = |node: &Node| match node.of {
            NodeOf::Lane(lane) => Some(lane),
            NodeOf::Place(_) => None,
        };
        for node in &mut self.nodes {
            node.circle = lane_of(node).is_some_and(|lane| circle.contains(&lane));
        }
        for edge in &mut self.edges {
            let (from, to) = (lane_of(&self.nodes[edge.from]), lane_of(&self.nodes[edge.to]));
            edge.circle = from.and_then(next).is_some_and(|next| Some(next) == to);
        }
    }

    /// Gives every node its place, by rule: the same moment always looks the same.
    fn place(&mut self) {
        if self.nodes.is_empty() {
            return;
        }
        let count = self.circle.len() as f64;
        let mut left = HALF.0 + 6.0;
        if count > 0.0 {
            let high = if count < 2.0 { 0.0 } else { (count * 19.0).clamp(54.0, 170.0) };
            let wide = if count < 3.0 { 0.0 } else { (count * 34.0).clamp(120.0, 330.0) };
            let middle = (left + wide, high + HALF.1 + 16.0);
            for node in self.nodes.iter_mut().filter(|node| node.circle) {
                let NodeOf::Lane(lane) = node.of else { continue };
                let at = self.circle.iter().position(|one| *one == lane).unwrap_or_default();
                let angle = TAU * at as f64 / count;
                node.at =
                    (middle.0 + wide * sine(angle), middle.1 - high * sine(angle + TAU / 4.0));
            }
            left = middle.0 + wide + APART.0;
        }
        let depths: Vec<usize> = (0..self.nodes.len()).map(|node| self.depth(node)).collect();
        let deepest = depths.iter().copied().max().unwrap_or_default();
        let mut filled = vec![0_u32; deepest + 1];
        for (node, depth) in self.nodes.iter_mut().zip(depths) {
            if node.circle {
                continue;
            }
            // Arrows point to the right, but towards a circle on the left.
            let column = if count > 0.0 { depth.saturating_sub(1) } else { deepest - depth };
            let row = &mut filled[depth];
            node.at = (left + column as f64 * APART.0, HALF.1 + 8.0 + f64::from(*row) * APART.1);
            *row += 1;
        }
        let ends = self
            .nodes
            .iter()
            .fold((0.0_f64, 0.0_f64), |(x, y), node| (x.max(node.at.0), y.max(node.at.1)));
        let loops = self.edges.iter().any(|edge| edge.from == edge.to);
        self.width = ends.0 + HALF.0 + if loops { LOOP } else { 8.0 };
        self.height = ends.1 + HALF.1 + 18.0;
        for edge in &mut self.edges {
            edge.line = line(self.nodes[edge.from].at, self.nodes[edge.to].at);
        }
    }

    /// How many waits lie between a node and who could end them.
    fn depth(&self, node: usize) -> usize {
        let mut at = node;
        for depth in 0..self.nodes.len() {
            let next = self.edges.iter().find(|edge| edge.from == at && edge.to != at);
            match next {
                Some(edge) if !self.nodes[at].circle => at = edge.to,
                _ => return depth,
            }
        }
        0
    }
}

/// The sine of up to one and a quarter turns, to a ten-thousandth: more than a picture shows. The
/// standard library's is exact for any angle, and brings five kilobytes of tables along.
fn sine(angle: f64) -> f64 {
    let (mut sum, mut term) = (angle, angle);
    for k in 1..16 {
        let k = f64::from(2 * k);
        term *= -angle * angle / (k * (k + 1.0));
        sum += term;
    }
    sum
}

/// A circle of processes, each waiting for the only holder of something.
fn circle(frame: &Frame) -> Vec<u32> {
    let next = |lane: u32| match &frame.lane(lane)?.state {
        LaneState::Blocked(Reason::Held { holders, .. }) if holders.len() == 1 => {
            holders.first().copied()
        }
        LaneState::Blocked(Reason::HeldBySelf { .. }) => Some(lane),
        _ => None,
    };
    for lane in &frame.lanes {
        let mut way = vec![lane.id];
        while let Some(to) = way.last().and_then(|last| next(*last)) {
            if to == lane.id {
                return way;
            }
            if way.contains(&to) {
                break;
            }
            way.push(to);
        }
    }
    Vec::new()
}

/// A bent line from the edge of one box to the edge of another.
fn line(from: (f64, f64), to: (f64, f64)) -> [(f64, f64); 3] {
    if from == to {
        let (x, y) = (from.0 + HALF.0, from.1);
        return [(x + 2.0, y - 9.0), (x + LOOP, y - 2.0), (x + 7.0, y + 7.0)];
    }
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    let middle = (
        f64::midpoint(from.0, to.0) - dy / length * BEND,
        f64::midpoint(from.1, to.1) + dx / length * BEND,
    );
    [edge_of(from, middle, 2.0), middle, edge_of(to, middle, 7.0)]
}

/// Where the way from a box's middle to a point leaves the box, and a little farther.
fn edge_of(middle: (f64, f64), point: (f64, f64), gap: f64) -> (f64, f64) {
    let (dx, dy) = (point.0 - middle.0, point.1 - middle.1);
    let length = dx.hypot(dy).max(1.0);
    let part = (HALF.0 / dx.abs().max(0.01)).min(HALF.1 / dy.abs().max(0.01)) + gap / length;
    (middle.0 + dx * part, middle.1 + dy * part)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{frame, lane};
    use super::*;
    use sim_core::{program::Isolation, session::TransactionView};

    fn moment(reasons: Vec<Option<Reason>>) -> Frame {
        let mut frame = frame(vec![]);
        frame.lanes = (0..reasons.len() as u32).map(lane).collect();
        for (lane, reason) in frame.lanes.iter_mut().zip(reasons) {
            lane.state = reason.map_or(LaneState::Ready, LaneState::Blocked);
        }
        frame
    }

    fn held(by: u32) -> Option<Reason> {
        Some(Reason::Held { place: "m".to_owned(), holders: vec![by] })
    }

    #[test]
    fn the_sine_is_close_enough_all_around() {
        for step in 0..=500 {
            let angle = TAU * 1.25 * f64::from(step) / 500.0;
            assert!((sine(angle) - angle.sin()).abs() < 1e-4, "{angle}");
        }
    }

    #[test]
    fn philosophers_stand_on_a_circle_in_the_order_of_their_waits() {
        let mut moment = moment((0..5).map(|at| held((at + 1) % 5)).collect());
        moment.ending = Some(Ending::Deadlock(vec![0, 1, 2, 3, 4]));
        let waits = Waits::of(&moment);
        assert!(waits.forever && waits.nodes.iter().all(|node| node.circle));
        assert!(waits.edges.iter().all(|edge| edge.circle) && waits.edges.len() == 5);
        // The first on top, the second to its right.
        assert!(waits.nodes[0].at.1 < waits.nodes[1].at.1);
        assert!(waits.nodes[0].at.0 < waits.nodes[1].at.0);
        for (at, one) in waits.nodes.iter().enumerate() {
            for other in &waits.nodes[..at] {
                let apart = (one.at.0 - other.at.0).abs() > 2.0 * HALF.0
                    || (one.at.1 - other.at.1).abs() > 2.0 * HALF.1;
                assert!(apart, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn a_circle_is_seen_before_the_run_ends_and_is_not_called_for_ever() {
        let waits = Waits::of(&moment(vec![held(1), held(0), None, held(0)]));
        assert_eq!((waits.circle.clone(), waits.forever), (vec![0, 1], false));
        assert_eq!(waits.nodes.iter().filter(|node| node.circle).count(), 2);
        assert_eq!(waits.edges.iter().filter(|edge| edge.circle).count(), 2);
    }

    #[test]
    fn a_chain_reads_from_who_waits_to_who_holds() {
        let waits = Waits::of(&moment(vec![held(1), held(2), None]));
        let x: Vec<f64> = waits.nodes.iter().map(|node| node.at.0).collect();
        assert!(x[0] < x[1] && x[1] < x[2] && waits.circle.is_empty(), "{x:?}");
        assert!(waits.width > x[2]);
    }

    #[test]
    fn sleepers_point_at_their_condition_and_who_holds_its_own_lock_at_itself() {
        let asleep = || Some(Reason::Asleep { place: "ready".to_owned() });
        let own = Some(Reason::HeldBySelf { place: "m".to_owned() });
        let waits = Waits::of(&moment(vec![asleep(), asleep(), own]));
        assert_eq!(waits.nodes[1].of, NodeOf::Place("ready".to_owned()));
        assert_eq!(waits.edges[0].to, waits.edges[1].to);
        assert_eq!((waits.edges[2].from, waits.circle.clone()), (waits.edges[2].to, vec![2]));
    }

    #[test]
    fn of_a_permit_one_waits_for_the_others_not_for_oneself() {
        let both = || Some(Reason::Held { place: "pool".to_owned(), holders: vec![0, 1] });
        let waits = Waits::of(&moment(vec![both(), both()]));
        let ways: Vec<(usize, usize)> =
            waits.edges.iter().map(|edge| (edge.from, edge.to)).collect();
        assert_eq!(ways, [(0, 1), (1, 0)]);
    }

    #[test]
    fn who_waits_for_rows_in_a_circle_is_drawn_though_each_may_move() {
        let waiter = |lane: u32, holder: u32| TransactionView {
            lane,
            level: Isolation::ReadCommitted,
            snapshot: None,
            alone: false,
            failed: false,
            doomed: false,
            changed: 1,
            waits: Some((format!("accounts[{holder}]"), Some(holder))),
            copy: None,
        };
        let mut moment = moment(vec![None, None, None]);
        moment.databases.push(DatabaseView {
            name: "bank".to_owned(),
            isolation: Isolation::ReadCommitted,
            commits: 0,
            transactions: vec![waiter(0, 1), waiter(1, 0), waiter(2, 0)],
            more: 0,
            tables: vec![],
            depends: vec![],
            circle: vec![0, 1],
            copies: vec![],
        });
        let waits = Waits::of(&moment);
        assert_eq!(
            (waits.nodes.len(), waits.circle.clone(), waits.forever),
            (3, vec![0, 1], false)
        );
        assert_eq!(waits.edges.iter().filter(|edge| edge.circle).count(), 2);
        assert_eq!(Waits::of_rows(&moment.databases[0]).edges, waits.edges);
    }

    #[test]
    fn two_that_read_what_the_other_changes_stand_in_a_circle() {
        let read = |reader, writer| Dependency { place: "t[1]".to_owned(), reader, writer };
        let both = [read(Some(0), Some(1)), read(Some(1), Some(0))];
        assert_eq!(Waits::of_reads(&both, "over").circle, [0, 1]);
        let chain = Waits::of_reads(&[read(Some(0), Some(1)), read(Some(1), None)], "over");
        assert_eq!((chain.circle.len(), chain.edges.len()), (0, 2));
        assert_eq!(chain.nodes[2].of, NodeOf::Place("over".to_owned()));
    }

    #[test]
    fn nobody_waits_and_nothing_is_drawn() {
        assert_eq!(Waits::of(&moment(vec![None, Some(Reason::Paused)])).edges, []);
    }
}
