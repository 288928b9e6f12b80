//! What the line shown is measured by, told in slices.

use sim_core::{
    measure::{Series, Unit},
    session::Session,
};

use super::charts;
use crate::protocol::Measured;

/// Steps measured between two words to the page. Where the meter has come along with the run there
/// is nothing to catch up with.
const SLICE_STEPS: usize = 50_000;

/// A rate has at most so many stretches: in shorter ones so little happens that it jumps about.
const RATE_STRETCHES: usize = 60;

/// Measures on, and tells what is known so far, with its pictures.
pub(super) fn measured(session: &mut Session) -> Measured {
    session.measure(SLICE_STEPS);
    let mut view = session.measures();
    let lines = view.charts.iter_mut().flat_map(|chart| &mut chart.lines);
    view.series.iter_mut().chain(lines).filter(|one| one.unit == Unit::Rate).for_each(coarsen);
    Measured { plots: charts::plots(&view), view }
}

/// Puts stretches together; the rate of several is their mean.
fn coarsen(series: &mut Series) {
    let together = series.points.len().div_ceil(RATE_STRETCHES).max(1);
    let mean = |part: &[Option<i64>]| {
        let known = || part.iter().flatten().map(|rate| i128::from(*rate));
        known().sum::<i128>().checked_div(known().count() as i128).map(|mean| mean as i64)
    };
    series.points = series.points.chunks(together).map(mean).collect();
    series.width = series.width.saturating_mul(together as u64);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_short_stretches_become_few_and_the_mean_stays() {
        let points = (0..240).map(|at| Some(if at % 4 == 0 { 400 } else { 0 })).collect();
        let mut series = Series { unit: Unit::Rate, width: 25, points, ..Series::default() };
        coarsen(&mut series);
        assert_eq!((series.width, series.points.len()), (100, 60));
        assert!(series.points.iter().all(|rate| *rate == Some(100)));
        series.points = vec![Some(7), None];
        coarsen(&mut series);
        assert_eq!((series.width, &series.points[..]), (100, &[Some(7), None][..]));
    }
}
