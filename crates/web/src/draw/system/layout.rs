//! Where nodes and edges lie. A rule of the program alone: stepping never moves a box.
//!
//! Who sends stands left, what carries messages in the middle, who receives right; what takes dead
//! letters lies below, and what processes share in a row at the bottom. On a narrow page left is
//! up.

use sim_core::{
    program::SharedKind,
    session::{EdgeKind, NodeKind, SystemEdge, SystemNode, SystemView},
};

use self::way::{Side, Way, sides, starts};
use super::service;

/// Around the whole picture.
const MARGIN: f64 = 14.0;
/// Between nodes of one column.
const BESIDE: f64 = 22.0;
/// Between what flows and what lies below it.
const BELOW: f64 = 50.0;
/// The same where there is little room.
const CLOSE_BELOW: f64 = 34.0;
/// Between the rows of a folded flow.
const FOLD: f64 = 56.0;
/// A flow of more columns is folded into equal parts only: where it might be folded grows with the
/// square of them.
const FOLDED_ANYWHERE: usize = 16;
/// From this scale on the smallest words of a picture are at least 16 pixels high.
pub const READABLE: f64 = 1.2;
/// Up to so many processes have a row each.
pub const ROWS: u32 = 4;
/// Up to so many have a cell each; more are only counted.
pub const CELLS: u32 = 12;
/// How many cells a row has.
pub const ACROSS: u32 = 4;
/// How many elements of an array are drawn.
pub const ELEMENTS: u32 = 4;
/// How many values of an array, or permits, are drawn.
pub const VALUES: u32 = 8;

/// Heights of the parts of a node.
pub const HEAD: f64 = 28.0;
/// A process in a row of its own.
pub const ROW: f64 = 28.0;
/// A process in a cell.
pub const CELL: (f64, f64) = (34.0, 32.0);
/// A queue's messages.
pub const LINE: f64 = 34.0;
/// A partition.
pub const PART: f64 = 26.0;
/// A value of an array.
pub const VALUE: (f64, f64) = (32.0, 24.0);

/// A node's box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// Its left side.
    pub x: f64,
    /// Its top.
    pub y: f64,
    /// Its width.
    pub w: f64,
    /// Its height.
    pub h: f64,
}

impl Place {
    /// Its middle.
    #[must_use]
    pub fn middle(&self) -> (f64, f64) {
        (self.x + self.w / 2.0, self.y + self.h / 2.0)
    }
}

/// An edge: from a point along two others to a point.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Curve(pub [(f64, f64); 4]);

impl Curve {
    /// The point at this share of the way.
    #[must_use]
    pub fn at(&self, share: f64) -> (f64, f64) {
        let (t, u) = (share, 1.0 - share);
        let weights = [u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t];
        let sum = |part: fn(&(f64, f64)) -> f64| {
            self.0.iter().zip(weights).map(|(point, weight)| part(point) * weight).sum()
        };
        (sum(|point| point.0), sum(|point| point.1))
    }
}

/// Where everything lies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// The nodes.
    pub nodes: Vec<Place>,
    /// The edges.
    pub edges: Vec<Curve>,
    /// How wide.
    pub width: f64,
    /// How high.
    pub height: f64,
    /// Which nodes are drawn; of others, and of edges to them, there is nothing to see.
    kept: Vec<bool>,
}

/// A column and a band of a node: where along the flow, and how far below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rank {
    column: usize,
    band: usize,
}

impl Picture {
    /// Where the parts of a system lie, on a page that is wide or one that is `tall`.
    #[must_use]
    pub fn of(system: &SystemView, tall: bool) -> Self {
        let kept = vec![true; system.nodes.len()];
        Self::along_way(system, &kept, &ranks(system, &kept), Way { tall, ..Way::default() })
    }

    fn along_way(system: &SystemView, kept: &[bool], ranks: &[Option<Rank>], way: Way) -> Self {
        let nodes = system.nodes.iter().map(size).collect();
        let mut picture = Self { nodes, kept: kept.to_vec(), ..Self::default() };
        picture.place_flow(system, ranks, way);
        picture.place_things(system, ranks, way);
        picture.width += MARGIN;
        picture.height += MARGIN;
        picture.draw_edges(system, ranks, way);
        picture
    }

    /// How much larger than they are told to be its words are in a room.
    #[must_use]
    pub fn scale(&self, room: (u32, u32)) -> f64 {
        (f64::from(room.0) / self.width).min(f64::from(room.1) / self.height)
    }

    /// Where those that are kept lie so that a room shows them as large as it can.
    #[must_use]
    pub fn filling(system: &SystemView, kept: &[bool], room: (u32, u32)) -> Self {
        let ranks = ranks(system, kept);
        let along = |way: Way| Self::along_way(system, kept, &ranks, way);
        let wide = Way::default();
        let tall = Way { tall: true, ..wide };
        let (first, turned) = (along(wide), along(tall));
        // From left to right is how a way is read; something is to be won by turning it.
        let turns = turned.scale(room) > 1.25 * first.scale(room);
        let first = if turns { turned } else { first };
        if first.scale(room) >= READABLE {
            return first;
        }
        // What cannot be read stands closer, and where that is not enough is folded.
        let columns = ranks.iter().flatten().map(|rank| rank.column + 1).max().unwrap_or(0);
        let close = Way { close: true, ..wide };
        let mut ways = vec![close, Way { close: true, ..tall }];
        let folded = |turns| Way { turns, ..close };
        if columns > FOLDED_ANYWHERE {
            ways.push(folded([Some(columns / 2), None]));
            ways.push(folded([Some(columns / 3), Some(columns * 2 / 3)]));
        } else {
            for turn in 1..columns {
                ways.push(folded([Some(turn), None]));
                ways.extend((turn + 1..columns).map(|again| folded([Some(turn), Some(again)])));
            }
        }
        // Each fold has to be worth it.
        ways.into_iter().map(along).fold(first, |best, one| {
            if one.scale(room) > 1.04 * best.scale(room) { one } else { best }
        })
    }

    /// Whether a node is drawn.
    #[must_use]
    pub fn shows(&self, node: usize) -> bool {
        self.kept.get(node).copied().unwrap_or_default()
    }

    /// Whether both ends of an edge are.
    #[must_use]
    pub fn joins(&self, edge: &SystemEdge) -> bool {
        self.shows(edge.from as usize) && self.shows(edge.to as usize)
    }

    /// How many nodes are not.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.kept.iter().filter(|kept| !**kept).count()
    }

    /// Columns from left to right; in each the nodes one below the other, in the middle. A folded
    /// flow goes back below itself, and each of its rows is as wide as the widest.
    fn place_flow(&mut self, system: &SystemView, ranks: &[Option<Rank>], way: Way) {
        let tall = way.tall;
        let columns = ranks.iter().flatten().map(|rank| rank.column + 1).max().unwrap_or(0);
        let inside =
            |node: &usize, column: usize| ranks[*node].is_some_and(|rank| rank.column == column);
        let alongs: Vec<f64> = (0..columns)
            .map(|column| {
                let nodes = (0..system.nodes.len()).filter(|node| inside(node, column));
                nodes.map(|node| self.along(node, tall)).fold(0.0, f64::max)
            })
            .collect();
        let starts = starts(system, ranks, &alongs, way);
        let mut top = MARGIN;
        for (row, band) in (0..way.rows()).flat_map(|row| [(row, 0), (row, 1)]) {
            let column = |column: usize| -> Vec<usize> {
                let here = Some(Rank { column, band });
                let mine = way.row(column) == row;
                (0..system.nodes.len()).filter(|node| mine && ranks[*node] == here).collect()
            };
            let heights: Vec<f64> = (0..columns)
                .map(|at| {
                    let nodes = column(at);
                    let sum: f64 = nodes.iter().map(|node| self.across(*node, tall)).sum();
                    sum + BESIDE * nodes.len().saturating_sub(1) as f64
                })
                .collect();
            let most = heights.iter().copied().fold(0.0, f64::max);
            if most == 0.0 {
                continue;
            }
            if top > MARGIN {
                top += match (tall, band) {
                    (true, _) => BESIDE,
                    (false, 0) => FOLD,
                    (false, _) => way.below(),
                };
            }
            for (at, height) in heights.iter().enumerate() {
                let (start, along) = (starts[at], alongs[at]);
                let mut down = top + (most - height) / 2.0;
                for node in column(at) {
                    let (x, y) = (start + (along - self.along(node, tall)) / 2.0, down);
                    down += self.across(node, tall) + BESIDE;
                    let place = &mut self.nodes[node];
                    (place.x, place.y) = if tall { (y, x) } else { (x, y) };
                }
            }
            top += most;
        }
        self.measure(|node| ranks[node].is_some());
    }

    /// What processes share lies in rows at the bottom, each near who touches it.
    fn place_things(&mut self, system: &SystemView, ranks: &[Option<Rank>], way: Way) {
        let kept = self.kept.clone();
        let mut things: Vec<(usize, f64)> = (0..system.nodes.len())
            .filter(|node| ranks[*node].is_none() && self.shows(*node))
            .map(|node| (node, self.touched_from(system, node)))
            .collect();
        if things.is_empty() {
            return;
        }
        sim_core::base::order::sort_by(&mut things, |one, other| one.1.total_cmp(&other.1));
        let least = if way.close { 860.0 } else { 620.0 };
        let room = if way.tall { 340.0 } else { (self.width - MARGIN).max(least) };
        let mut rows: Vec<Vec<usize>> = vec![vec![]];
        let mut used = 0.0;
        for (node, _) in things {
            let wide = self.nodes[node].w + BESIDE;
            if used + wide > room + BESIDE && used > 0.0 {
                rows.push(vec![]);
                used = 0.0;
            }
            used += wide;
            rows.last_mut().expect("there is a row").push(node);
        }
        let mut top = if self.height > 0.0 { self.height + way.below() } else { MARGIN };
        let middle = if self.width > 0.0 { (self.width + MARGIN) / 2.0 } else { room / 2.0 };
        let mut least = f64::MAX;
        for row in rows {
            let wide: f64 = row.iter().map(|node| self.nodes[*node].w + BESIDE).sum();
            let high = row.iter().map(|node| self.nodes[*node].h).fold(0.0, f64::max);
            let mut left = middle - (wide - BESIDE) / 2.0;
            for node in row {
                let place = &mut self.nodes[node];
                (place.x, place.y) = (left, top);
                least = least.min(left);
                left += place.w + BESIDE;
            }
            top += high + BESIDE;
        }
        // Where the row is wider than the flow above it, all moves to the right.
        let short = MARGIN - least;
        if short > 0.0 {
            for place in &mut self.nodes {
                place.x += short;
            }
        }
        self.measure(|node| kept[node]);
    }

    /// The middle of those who touch a thing.
    fn touched_from(&self, system: &SystemView, thing: usize) -> f64 {
        let touching =
            system.edges.iter().filter(|edge| edge.to as usize == thing && self.joins(edge));
        let middles: Vec<f64> =
            touching.map(|edge| self.nodes[edge.from as usize].middle().0).collect();
        middles.iter().sum::<f64>() / (middles.len().max(1) as f64)
    }

    fn measure(&mut self, counts: impl Fn(usize) -> bool) {
        for (_, place) in self.nodes.iter().enumerate().filter(|(at, _)| counts(*at)) {
            self.width = self.width.max(place.x + place.w);
            self.height = self.height.max(place.y + place.h);
        }
    }

    fn along(&self, node: usize, tall: bool) -> f64 {
        if tall { self.nodes[node].h } else { self.nodes[node].w }
    }

    fn across(&self, node: usize, tall: bool) -> f64 {
        if tall { self.nodes[node].w } else { self.nodes[node].h }
    }

    /// Edges leave and reach each side of a node spread along it, in the order of where they lead.
    fn draw_edges(&mut self, system: &SystemView, ranks: &[Option<Rank>], way: Way) {
        let sides: Vec<(Side, Side)> =
            system.edges.iter().map(|edge| sides(edge, ranks, way)).collect();
        let mut ports = vec![((0.0, 0.0), (0.0, 0.0)); system.edges.len()];
        for node in 0..system.nodes.len() {
            for side in [Side::Left, Side::Right, Side::Top, Side::Bottom] {
                let mut ends: Vec<(usize, bool, f64)> = Vec::new();
                for (at, edge) in system.edges.iter().enumerate() {
                    if !self.joins(edge) {
                        continue;
                    }
                    let far = |other: u32| {
                        let (x, y) = self.nodes[other as usize].middle();
                        if matches!(side, Side::Left | Side::Right) { y } else { x }
                    };
                    if edge.from as usize == node && sides[at].0 == side {
                        ends.push((at, true, far(edge.to)));
                    }
                    if edge.to as usize == node && sides[at].1 == side {
                        ends.push((at, false, far(edge.from)));
                    }
                }
                sim_core::base::order::sort_by(&mut ends, |one, other| one.2.total_cmp(&other.2));
                let count = ends.len();
                for (k, (at, leaves, _)) in ends.into_iter().enumerate() {
                    let share = (k as f64 + 1.0) / (count as f64 + 1.0);
                    let point = port(&self.nodes[node], side, share);
                    if leaves { ports[at].0 = point } else { ports[at].1 = point }
                }
            }
        }
        self.edges = ports
            .into_iter()
            .zip(sides)
            .map(|((from, to), (out, into))| curve(from, out, to, into))
            .collect();
        // What bends out below must be in the picture.
        for edge in &self.edges {
            let (right, low) = edge.at(0.5);
            self.height = self.height.max(low + MARGIN);
            self.width = self.width.max(right + MARGIN);
        }
    }
}

fn port(place: &Place, side: Side, share: f64) -> (f64, f64) {
    match side {
        Side::Left => (place.x, place.y + place.h * share),
        Side::Right => (place.x + place.w, place.y + place.h * share),
        Side::Top => (place.x + place.w * share, place.y),
        Side::Bottom => (place.x + place.w * share, place.y + place.h),
    }
}

fn curve(from: (f64, f64), out: Side, to: (f64, f64), into: Side) -> Curve {
    let far = ((to.0 - from.0).abs() + (to.1 - from.1).abs()) * 0.4;
    let bend = |point: (f64, f64), side: Side| {
        let by = far.clamp(18.0, 90.0);
        match side {
            Side::Left => (point.0 - by, point.1),
            Side::Right => (point.0 + by, point.1),
            Side::Top => (point.0, point.1 - by),
            Side::Bottom => (point.0, point.1 + by),
        }
    };
    Curve([from, bend(from, out), bend(to, into), to])
}

/// The column and band of each node that messages flow through, or processes are; nothing for what
/// they share.
fn ranks(system: &SystemView, kept: &[bool]) -> Vec<Option<Rank>> {
    let count = system.nodes.len();
    let joins = |edge: &&SystemEdge| kept[edge.from as usize] && kept[edge.to as usize];
    let edges: Vec<&SystemEdge> = system.edges.iter().filter(joins).collect();
    let flows = |kind: EdgeKind| {
        matches!(
            kind,
            EdgeKind::Sends
                | EdgeKind::Receives
                | EdgeKind::Feeds
                | EdgeKind::Starts
                | EdgeKind::Calls
        )
    };
    let mut next: Vec<Vec<(usize, usize)>> = vec![vec![]; count];
    for edge in &edges {
        if flows(edge.kind) {
            next[edge.from as usize].push((edge.to as usize, 1));
        } else if edge.kind == EdgeKind::DeadLetters {
            next[edge.from as usize].push((edge.to as usize, 0));
        }
    }
    drop_circles(&mut next);
    let mut column = vec![0_usize; count];
    for _ in 0..count {
        for node in 0..count {
            for &(to, by) in &next[node] {
                column[to] = column[to].max(column[node] + by);
            }
        }
    }
    let in_flow = |node: usize| {
        edges.iter().any(|edge| {
            (flows(edge.kind) || edge.kind == EdgeKind::DeadLetters)
                && (edge.from as usize == node || edge.to as usize == node)
        })
    };
    // Without any message processes stand side by side.
    let alone = !(0..count).any(in_flow);
    let below = below(&edges, count);
    let mut seen = 0;
    (0..count)
        .map(|node| {
            let is_process = system.nodes[node].kind == NodeKind::Process;
            if !kept[node] || !is_process && !in_flow(node) {
                return None;
            }
            if alone {
                seen += 1;
                return Some(Rank { column: seen - 1, band: 0 });
            }
            Some(Rank { column: column[node], band: usize::from(below[node]) })
        })
        .collect()
}

/// What only dead letters reach.
fn below(edges: &[&SystemEdge], count: usize) -> Vec<bool> {
    let mut below = vec![false; count];
    for edge in edges {
        if edge.kind == EdgeKind::DeadLetters {
            below[edge.to as usize] = true;
        }
    }
    for _ in 0..count {
        for node in 0..count {
            let mut coming = edges
                .iter()
                .filter(|edge| edge.to as usize == node)
                .filter(|edge| matches!(edge.kind, EdgeKind::Receives | EdgeKind::Feeds))
                .peekable();
            if coming.peek().is_some() && coming.all(|edge| below[edge.from as usize]) {
                below[node] = true;
            }
        }
    }
    below
}

/// Leaves out each edge that leads back to where one came from, in the order of the text.
fn drop_circles(next: &mut [Vec<(usize, usize)>]) {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    fn visit(node: usize, next: &mut [Vec<(usize, usize)>], marks: &mut [Mark]) {
        marks[node] = Mark::Open;
        let mut at = 0;
        while at < next[node].len() {
            let to = next[node][at].0;
            match marks[to] {
                Mark::Open => {
                    next[node].remove(at);
                    continue;
                }
                Mark::New => visit(to, next, marks),
                Mark::Done => {}
            }
            at += 1;
        }
        marks[node] = Mark::Done;
    }
    let mut marks = vec![Mark::New; next.len()];
    for node in 0..next.len() {
        if marks[node] == Mark::New {
            visit(node, next, &mut marks);
        }
    }
}

/// How many cells a class of so many processes has.
#[must_use]
pub fn cells(count: u32) -> u32 {
    match count {
        0 => 2 * ACROSS,
        1..=CELLS => count,
        _ => 0,
    }
}

/// A node's box, still without a place.
fn size(node: &SystemNode) -> Place {
    let count = node.count;
    let rows = |per: u32, count: u32| f64::from(count.div_ceil(per));
    let (w, h) = match node.kind {
        NodeKind::Process if (1..=ROWS).contains(&count) => {
            (150.0, HEAD + f64::from(count) * ROW + 6.0)
        }
        NodeKind::Process if count > CELLS => (190.0, HEAD + 44.0),
        NodeKind::Process => {
            // Of those that come by themselves there may be more than there are cells.
            let more = if count == 0 { 16.0 } else { 4.0 };
            (150.0, HEAD + rows(ACROSS, cells(count)) * CELL.1 + more)
        }
        NodeKind::Queue => {
            let shown = count.clamp(1, ELEMENTS);
            let more = if count > ELEMENTS { 18.0 } else { 0.0 };
            (184.0, HEAD + f64::from(shown) * LINE + more + 2.0)
        }
        NodeKind::Service => service::size(node),
        NodeKind::Topic => {
            let name = node.name.chars().count() as f64 * 8.2 + 22.0;
            (name.clamp(126.0, 172.0), 42.0)
        }
        NodeKind::Log => (208.0, HEAD + f64::from(count.clamp(1, VALUES)) * PART + 6.0),
        NodeKind::Group => (158.0, HEAD + f64::from(count.clamp(1, VALUES)) * PART + 6.0),
        NodeKind::Thing(kind) if count <= 1 && !node.numbered => {
            // Of a database it is told how many transactions are open.
            let more = if kind == SharedKind::Database { 104.0 } else { 76.0 };
            let name = node.name.chars().count() as f64 * 7.6 + more;
            (name.clamp(118.0, 210.0), 38.0)
        }
        NodeKind::Thing(_) => {
            let shown = count.min(VALUES);
            (4.0 * VALUE.0 + 20.0, HEAD + rows(4, shown) * VALUE.1 + 6.0)
        }
    };
    Place { x: 0.0, y: 0.0, w, h }
}

mod way;

#[cfg(test)]
mod tests;
