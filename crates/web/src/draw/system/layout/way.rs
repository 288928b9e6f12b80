//! Which way a flow goes: from left to right, from top to bottom, or, where a room would show its
//! words too small, folded: back and forth below itself.

use sim_core::session::{EdgeKind, SystemEdge, SystemView};

use super::{BELOW, CLOSE_BELOW, MARGIN, Rank};

/// Between the columns of a flow, and more where messages are under way between them.
const GAP: (f64, f64) = (78.0, 150.0);
/// The same where there is little room.
const CLOSE: (f64, f64) = (52.0, 112.0);
/// How a flow is laid: which way it goes, and how far apart its parts are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Way {
    /// From top to bottom.
    pub(super) tall: bool,
    /// Folded before these columns: the flow turns and goes on below, back and forth.
    pub(super) turns: [Option<usize>; 2],
    /// Its parts stand closer than they would where there is room.
    pub(super) close: bool,
}

impl Way {
    /// In which row of a folded flow a column stands.
    pub(super) fn row(self, column: usize) -> usize {
        self.turns.iter().flatten().filter(|turn| **turn <= column).count()
    }

    pub(super) fn rows(self) -> usize {
        1 + self.turns.iter().flatten().count()
    }

    /// How far what does not flow lies below what does.
    pub(super) fn below(self) -> f64 {
        if self.close { CLOSE_BELOW } else { BELOW }
    }

    /// A row goes from right to left.
    pub(super) fn goes_back(self, row: usize) -> bool {
        row % 2 == 1
    }
}

/// A side of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

/// From which side of a node an edge leaves, and at which it arrives.
pub(super) fn sides(edge: &SystemEdge, ranks: &[Option<Rank>], way: Way) -> (Side, Side) {
    let (from, to) = (edge.from, edge.to);
    let tall = way.tall;
    let back = |rank: Rank| way.goes_back(way.row(rank.column));
    let forward = |rank: Rank| match (tall, back(rank)) {
        (true, _) => (Side::Bottom, Side::Top),
        (false, false) => (Side::Right, Side::Left),
        (false, true) => (Side::Left, Side::Right),
    };
    let beneath = if tall { (Side::Right, Side::Left) } else { (Side::Bottom, Side::Top) };
    match (ranks[from as usize], ranks[to as usize]) {
        (Some(from), Some(to)) if way.row(from.column) < way.row(to.column) => {
            (Side::Bottom, Side::Top)
        }
        (Some(from), Some(to)) if way.row(from.column) > way.row(to.column) => {
            (Side::Top, Side::Bottom)
        }
        (Some(from), Some(to)) if to.column > from.column => forward(from),
        (Some(from), Some(to)) if to.column == from.column && to.band > from.band => beneath,
        // Answers come back beside the calls.
        (Some(from), Some(to)) if edge.kind == EdgeKind::Answers && from.column > to.column => {
            let (out, into) = forward(from);
            (into, out)
        }
        // Back against the flow: around below.
        (Some(_), Some(_)) if tall => (Side::Right, Side::Right),
        (Some(_), Some(_)) => (Side::Bottom, Side::Bottom),
        _ => (Side::Bottom, Side::Top),
    }
}

/// Where each column begins along the flow.
pub(super) fn starts(
    system: &SystemView,
    ranks: &[Option<Rank>],
    alongs: &[f64],
    way: Way,
) -> Vec<f64> {
    let gap = |column: usize| gap(system, ranks, column, way);
    let ends = |column: usize| column + 1 == alongs.len() || way.row(column + 1) != way.row(column);
    let mut starts = vec![MARGIN; alongs.len()];
    let mut widths = vec![0.0_f64; way.rows()];
    for (column, along) in alongs.iter().enumerate() {
        let row = way.row(column);
        starts[column] = MARGIN + widths[row];
        widths[row] += along + if ends(column) { 0.0 } else { gap(column) };
    }
    let widest = widths.iter().copied().fold(0.0, f64::max);
    for (column, along) in alongs.iter().enumerate() {
        let row = way.row(column);
        // What a row has left stands between its parts; what goes back is seen in a mirror.
        let first = (0..column).filter(|other| way.row(*other) == row).count();
        let count = (0..alongs.len()).filter(|other| way.row(*other) == row).count();
        let each = (widest - widths[row]) / count.saturating_sub(1).max(1) as f64;
        starts[column] += if first > 0 { each * first as f64 } else { 0.0 };
        // Who begins alone stands above where the flow turns.
        if row == 0 && count == 1 {
            starts[column] += widest - widths[row];
        }
        if way.goes_back(row) {
            starts[column] = 2.0 * MARGIN + widest - starts[column] - along;
        }
    }
    starts
}

/// How far apart a column and the next are: more where messages are seen under way.
fn gap(system: &SystemView, ranks: &[Option<Rank>], column: usize, way: Way) -> f64 {
    let linked = system.edges.iter().any(|edge| {
        let (from, to) = (ranks[edge.from as usize], ranks[edge.to as usize]);
        edge.link.is_some()
            && from.is_some_and(|from| from.column <= column)
            && to.is_some_and(|to| to.column > column)
    });
    match (linked, way.tall) {
        (true, false) if way.close => CLOSE.1,
        (false, false) if way.close => CLOSE.0,
        (true, false) => GAP.1,
        (false, false) => GAP.0,
        (true, true) => 96.0,
        (false, true) => 46.0,
    }
}
