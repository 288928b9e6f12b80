//! Where the marks and the names of a picture's lines stand, and what a place in it means.

use sim_core::measure::Series;

use crate::protocol::{Curve, Plot};

/// How high a picture is, in pixels.
pub const HIGH: f64 = 150.0;
/// How far names at the ends of lines must be apart to be read.
const APART: f64 = 13.0;
/// How many letters fit beside a line.
const NAME: usize = 10;
/// About how many marks a line has, so that it is known without its colour.
const MARKS: usize = 5;

/// Where the names at the ends of lines stand, in pixels from the top: beside the end of their
/// line, unless others stand there.
#[must_use]
pub fn names(curves: &[Curve]) -> Vec<f64> {
    let end = |curve: &Curve| {
        let last = curve.runs.last().and_then(|run| run.last());
        last.map_or(HIGH, |(_, y)| f64::from(*y) * HIGH / f64::from(Plot::WHOLE))
    };
    let mut order: Vec<(usize, f64)> = curves.iter().map(end).enumerate().collect();
    sim_core::base::order::sort_by(&mut order, |one, other| one.1.total_cmp(&other.1));
    let mut above = f64::NEG_INFINITY;
    for (_, y) in &mut order {
        *y = y.max(above + APART);
        above = *y;
    }
    let mut below = HIGH + APART;
    for (_, y) in order.iter_mut().rev() {
        *y = y.min(below - APART);
        below = *y;
    }
    sim_core::base::order::sort_by_key(&mut order, |(at, _)| *at);
    order.into_iter().map(|(_, y)| y).collect()
}

/// The names of lines as short as fits beside them: without what all of them begin with, and of
/// a long one the end.
#[must_use]
pub fn short_names(curves: &[Curve]) -> Vec<String> {
    let owner = |curve: &Curve| curve.name.rsplit_once('.').map(|(owner, _)| owner.len() + 1);
    let same = curves.first().and_then(owner).filter(|length| {
        let first = &curves[0].name[..*length];
        curves.iter().all(|curve| curve.name.starts_with(first))
    });
    let short = |curve: &Curve| {
        let name = &curve.name[same.unwrap_or(0)..];
        let more = name.chars().count().saturating_sub(NAME);
        match name.char_indices().nth(more) {
            Some((at, _)) if more > 0 => format!("…{}", &name[at..]),
            _ => name.to_owned(),
        }
    };
    curves.iter().map(short).collect()
}

/// Some corners of a line, spread over it; those of another line stand elsewhere.
#[must_use]
pub fn marks(curve: &Curve, line: usize) -> Vec<(u16, u16)> {
    let corners: Vec<(u16, u16)> = curve.runs.iter().flatten().copied().collect();
    let apart = corners.len().div_ceil(MARKS).max(1);
    let first = (line * apart / 3) % apart;
    corners.into_iter().skip(first).step_by(apart).collect()
}

/// A place in a picture as a share of it in the hundred.
#[must_use]
pub fn percent(place: u16) -> String {
    format!("{:.2}%", f64::from(place) * 100.0 / f64::from(Plot::WHOLE))
}

/// Where a time stands, in parts of the picture.
#[must_use]
pub fn place(time: u64, until: u64) -> u16 {
    let whole = u128::from(Plot::WHOLE);
    (u128::from(time.min(until)) * whole / u128::from(until.max(1))) as u16
}

/// The time at a place, given as a share from 0 to 1.
#[must_use]
pub fn time(share: f64, until: u64) -> u64 {
    let millionths = (share.clamp(0.0, 1.0) * 1e6) as u128;
    (u128::from(until) * millionths / 1_000_000) as u64
}

/// The number of a series at a time.
#[must_use]
pub fn at(series: &Series, time: u64) -> Option<i64> {
    let last = series.points.len().checked_sub(1)?;
    let stretch = (time / series.width.max(1)) as usize;
    series.points[stretch.min(last)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(runs: &[&[(u16, u16)]]) -> Curve {
        let runs = runs.iter().map(|run| run.to_vec()).collect();
        Curve { name: String::new(), series: 0, runs }
    }

    #[test]
    fn names_stand_at_the_ends_of_their_lines_and_never_on_one_another() {
        let far = [curve(&[&[(0, 9_000)], &[(5, 1_000)]]), curve(&[&[(0, 8_000)]])];
        assert_eq!(names(&far), [15.0, 120.0]);
        let near = [curve(&[&[(0, 9_990)]]), curve(&[&[(0, 10_000)]]), curve(&[&[(0, 9_995)]])];
        let found = names(&near);
        assert_eq!(found, [HIGH - 26.0, HIGH, HIGH - 13.0]);
    }

    #[test]
    fn names_beside_lines_are_short_and_differ() {
        let named = |name: &str| Curve { name: name.to_owned(), ..curve(&[]) };
        let told =
            |names: &[&str]| short_names(&names.iter().map(|name| named(name)).collect::<Vec<_>>());
        assert_eq!(told(&["gate.waiting", "gate.busy"]), ["waiting", "busy"]);
        assert_eq!(told(&["ok", "a.b"]), ["ok", "a.b"]);
        assert_eq!(told(&["jobs.length", "señales_grandes.ok"]), ["…obs.length", "…grandes.ok"]);
        assert_eq!(told(&[]), Vec::<String>::new());
    }

    #[test]
    fn few_marks_stand_on_corners_and_not_where_another_lines_do() {
        let corners: Vec<(u16, u16)> = (0..240).map(|at| (at * 40, 7)).collect();
        let line = curve(&[&corners]);
        let (first, second) = (marks(&line, 0), marks(&line, 1));
        assert_eq!(first.len(), 5);
        assert!(first.iter().all(|mark| corners.contains(mark) && !second.contains(mark)));
        assert_eq!(marks(&curve(&[&[(3, 4)]]), 5), [(3, 4)]);
    }

    #[test]
    fn a_place_is_a_time_and_back() {
        let until = 60_000_000_000;
        assert_eq!(time(0.25, until), 15_000_000_000);
        assert_eq!(place(15_000_000_000, until), 2_500);
        assert_eq!(place(u64::MAX, until), Plot::WHOLE);
        assert_eq!((time(7.0, until), place(3, 0)), (until, 0));
    }

    #[test]
    fn the_number_at_a_time_is_that_of_its_stretch() {
        let points = vec![Some(1), None, Some(3)];
        let series = Series { width: 10, points, ..Series::default() };
        assert_eq!(
            [0, 9, 10, 25, 99].map(|time| at(&series, time)),
            [Some(1), Some(1), None, Some(3), Some(3)]
        );
    }
}
