//! How likely a failure was along a line: a curve over its steps, with its interval as a band.

use sim_core::{chance::MILLION, session::Point};

use super::axis::Axis;

/// The picture is so wide and so high in units of its own; it is stretched to the room there is.
pub const WIDE: f64 = 1_000.0;
/// Its height.
pub const HIGH: f64 = 100.0;

/// A place that takes the pointer: the step it stands for, and from where to where it reaches, in
/// parts of the line from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// The step.
    pub step: u32,
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
}

/// The curve as the corners of a line, and of the band around it.
#[must_use]
pub fn corners(points: &[Point], axis: &Axis) -> (String, String) {
    let x = |point: &Point| axis.at(point.step) * WIDE;
    let y = |share: u32| HIGH - f64::from(share) * HIGH / f64::from(MILLION);
    let corner = |point: &Point, share: u32| format!("{:.1},{:.1}", x(point), y(share));
    let line: Vec<String> = points.iter().map(|one| corner(one, one.tally.share())).collect();
    let low = points.iter().map(|one| corner(one, one.tally.interval().0));
    let high = points.iter().rev().map(|one| corner(one, one.tally.interval().1));
    let band: Vec<String> = low.chain(high).collect();
    (line.join(" "), band.join(" "))
}

/// A part of a whole, from 0 to 1.
#[must_use]
pub fn part(part: u32, whole: u32) -> f64 {
    f64::from(part) / f64::from(whole.max(1))
}

/// The places to click: each point takes what is nearest to it.
#[must_use]
pub fn reaches(points: &[Point], axis: &Axis) -> Vec<Reach> {
    let part = |at: usize| axis.at(points[at].step);
    let middle = |one: usize, other: usize| f64::midpoint(part(one), part(other));
    let last = points.len().saturating_sub(1);
    let reach = |at: usize| Reach {
        step: points[at].step,
        from: if at == 0 { 0.0 } else { middle(at - 1, at) },
        to: if at == last { part(at) } else { middle(at, at + 1) },
    };
    (0..points.len()).map(reach).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::sample::{frame, read};
    use sim_core::chance::Tally;

    fn axis(length: u32) -> Axis {
        Axis::of(&frame((0..length).map(|_| read(0)).collect()))
    }

    fn point(step: u32, broken: u32) -> Point {
        Point { step, tally: Tally { continuations: 100, broken, ..Tally::default() } }
    }

    #[test]
    fn the_curve_stands_over_its_steps_and_higher_is_worse() {
        let (line, band) = corners(&[point(0, 0), point(5, 50), point(20, 100)], &axis(20));
        assert_eq!(line, "0.0,100.0 250.0,50.0 1000.0,0.0");
        assert_eq!(band.split(' ').count(), 6);
        assert!(band.starts_with("0.0,100.0 250.0,59.6 1000.0,3.7"), "{band}");
    }

    #[test]
    fn every_place_belongs_to_the_nearest_step() {
        let reaches = reaches(&[point(0, 0), point(5, 0), point(20, 0)], &axis(20));
        let all: Vec<(u32, f64, f64)> =
            reaches.iter().map(|one| (one.step, one.from, one.to)).collect();
        assert_eq!(all, [(0, 0.0, 0.125), (5, 0.125, 0.625), (20, 0.625, 1.0)]);
        assert_eq!(part(0, 0), 0.0);
    }
}
