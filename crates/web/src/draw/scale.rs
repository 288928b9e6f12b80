//! From steps and rows to pixels, at a zoom that somebody chose or that fits.

use std::ops::Range;

use sim_core::session::Frame;

use super::{
    columns::{Columns, Folds},
    timeline::{RowOf, Timeline},
};

/// Left of the first column, for the values at the start.
pub const START: f64 = 64.0;
/// Above the first row, for times.
const HEAD: f64 = 20.0;
/// Below the last row.
const FOOT: f64 = 10.0;
/// The widths of a column at each zoom, near to far; the first has room for words.
const COLUMNS: [f64; 4] = [104.0, 36.0, 16.0, 7.0];
/// The farthest zoom.
pub const ZOOM_MAX: u8 = COLUMNS.len() as u8 - 1;
/// Up to so many columns the picture is roomy by itself, and so on.
const FITS: [usize; 3] = [40, 200, 800];

/// Sizes of a timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// How wide a column is.
    pub column: f64,
    /// How high a row is, but for bars side by side.
    pub row: f64,
    /// The middle of each row.
    pub rows: Vec<f64>,
    /// How high the picture is.
    pub height: f64,
    /// How wide it is.
    pub width: f64,
    /// The zoom.
    pub zoom: u8,
}

impl Scale {
    /// Sizes for a picture. `wide` and `tall` are the room there is.
    #[must_use]
    pub fn of(picture: &Timeline, zoom: Option<u8>, wide: f64, tall: f64) -> Self {
        let columns = picture.columns.end(picture.last).max(1.0);
        let zoom = zoom.unwrap_or_else(|| fits(picture.columns.all.len())).min(ZOOM_MAX);
        // What may come next has its words to its right.
        let beyond = if zoom == 0 && !picture.offers.is_empty() { 84.0 } else { 24.0 };
        let column = if zoom == 0 {
            ((wide - START - beyond) / columns).clamp(96.0, 140.0)
        } else {
            COLUMNS[zoom as usize]
        };
        let (least, most) = if zoom == 0 { (30.0, 104.0) } else { (26.0, 56.0) };
        let row = ((tall - HEAD - FOOT) / picture.rows.len().max(1) as f64).clamp(least, most);
        let mut top = HEAD;
        let rows = picture.rows.iter().map(|one| {
            let more = if matches!(one.of, RowOf::Place(_)) {
                f64::from(one.slots.saturating_sub(1)) * if zoom == 0 { 15.0 } else { 6.0 }
            } else {
                0.0
            };
            let middle = top + row / 2.0;
            top += row + more;
            middle
        });
        let rows = rows.collect();
        let width = START + column * columns + beyond;
        Self { column, row, rows, height: top + FOOT, width, zoom }
    }

    /// Whether there is room for words beside steps.
    #[must_use]
    pub fn words(&self) -> bool {
        self.zoom == 0
    }

    /// Whether steps are more than dots.
    #[must_use]
    pub fn shapes(&self) -> bool {
        self.zoom <= 1
    }

    /// The middle of a row.
    #[must_use]
    pub fn y(&self, row: u32) -> f64 {
        self.rows.get(row as usize).copied().unwrap_or_default()
    }

    /// From columns to pixels.
    #[must_use]
    pub fn x(&self, columns: f64) -> f64 {
        START + columns * self.column
    }

    /// The columns to draw when so much of the picture is seen: those, and as many on each side
    /// again, so that scrolling finds them there.
    #[must_use]
    pub fn seen(&self, picture: &Timeline, left: f64, width: f64) -> Range<usize> {
        let last = picture.columns.all.len();
        let column = |x: f64| (((x - START) / self.column).max(0.0) as usize).min(last);
        column(left - width)..column(left + 2.0 * width + self.column)
    }
}

/// The zoom at which a moment's steps fit best.
#[must_use]
pub fn fitting(frame: &Frame, folds: &Folds) -> u8 {
    fits(Columns::of(frame, folds).all.len())
}

fn fits(columns: usize) -> u8 {
    FITS.iter().filter(|most| columns > **most).count() as u8
}

#[cfg(test)]
mod tests {
    use super::super::{
        columns::Folds,
        sample::{frame, read},
    };
    use super::*;

    fn picture(steps: usize) -> Timeline {
        Timeline::of(&frame((0..steps as u32).map(|at| read(at % 2)).collect()), &Folds::default())
    }

    #[test]
    fn a_short_line_is_roomy_and_a_long_one_is_dots_unless_somebody_zooms() {
        assert!(Scale::of(&picture(4), None, 600.0, 300.0).words());
        let far = Scale::of(&picture(2_000), None, 600.0, 300.0);
        assert!(!far.shapes());
        let near = Scale::of(&picture(2_000), Some(0), 600.0, 300.0);
        assert!(near.words() && near.width > 2_000.0 * 80.0);
        assert_eq!(Scale::of(&picture(4), Some(99), 600.0, 300.0).zoom, ZOOM_MAX);
    }

    #[test]
    fn only_what_is_seen_and_its_neighbourhood_is_drawn() {
        let picture = picture(2_000);
        let scale = Scale::of(&picture, Some(1), 600.0, 300.0);
        let seen = scale.seen(&picture, 36_000.0, 720.0);
        assert!(seen.len() <= 62, "{seen:?}");
        assert!(seen.contains(&998) && seen.contains(&1_015));
        assert_eq!(scale.seen(&picture, 0.0, 720.0).start, 0);
        assert_eq!(scale.seen(&picture, 1e9, 720.0), 2_000..2_000);
    }

    #[test]
    fn rows_grow_with_the_room_but_never_too_far() {
        let roomy = Scale::of(&picture(4), None, 600.0, 900.0);
        assert!(roomy.rows[1] - roomy.rows[0] <= 104.0);
        let tight = Scale::of(&picture(4), Some(3), 600.0, 10.0);
        assert_eq!(tight.rows[1] - tight.rows[0], 26.0);
    }
}
