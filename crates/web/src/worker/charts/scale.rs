//! Scales of whole numbers. Those that `plotters` brings overflow where numbers are large, and know
//! nothing of minutes.

use std::ops::Range;

use plotters::coord::ranged1d::{DefaultFormatting, KeyPointHint, Ranged};

/// About how many labels a scale has: as many as there is room for on a phone.
const LABELS: i64 = 5;
/// What nobody measures; far enough from the end that nothing overflows.
const MOST: i64 = i64::MAX / 16;
const SECOND: i64 = 1_000_000_000;

/// From where to where, and how far its labels are apart.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    pub(super) from: i64,
    pub(super) to: i64,
    step: i64,
}

impl Scale {
    /// A scale for numbers, which begins at 0 and ends at a round number.
    pub(super) fn of(least: i64, most: i64) -> Scale {
        let (least, most) = (least.clamp(-MOST, 0), most.clamp(0, MOST));
        let step = round_step(most.max(-least).max(1));
        let end = |number: i64| (number + step - 1) / step * step;
        let from = -end(-least);
        let to = if from < 0 && most == 0 { 0 } else { end(most).max(step) };
        Scale { from, to, step }
    }

    /// A scale for virtual time, which ends where the time does.
    pub(super) fn of_times(until: i64) -> Scale {
        let until = until.clamp(1, MOST);
        // Whole minutes and hours, once there are several.
        let parts = [60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 36_000, 86_400];
        let parts = parts.map(|seconds| seconds * SECOND);
        let long =
            (until > 3 * 60 * SECOND).then(|| parts.into_iter().find(|one| one * LABELS >= until));
        let step = long.flatten().unwrap_or_else(|| round_step(until));
        Scale { from: 0, to: until, step }
    }
}

/// The least of 1, 2, 5, 10, 20, 50 and so on of which few make up so much.
fn round_step(most: i64) -> i64 {
    let mut ten: i64 = 1;
    loop {
        for by in [1, 2, 5] {
            let step = ten * by;
            if step * LABELS >= most {
                return step;
            }
        }
        ten *= 10;
    }
}

impl Ranged for Scale {
    type FormatOption = DefaultFormatting;
    type ValueType = i64;

    fn map(&self, value: &i64, limit: (i32, i32)) -> i32 {
        let value = i128::from(*value.clamp(&self.from, &self.to)) - i128::from(self.from);
        let whole = (i128::from(self.to) - i128::from(self.from)).max(1);
        let room = i128::from(limit.1) - i128::from(limit.0);
        limit.0 + (value * room / whole) as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<i64> {
        (self.from / self.step..=self.to / self.step).map(|at| at * self.step).collect()
    }

    fn range(&self) -> Range<i64> {
        self.from..self.to
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_of_numbers_ends_at_a_round_one() {
        let ends = [0, 1, 5, 6, 11, 26, 51, 99, 101, 240, 1_000_001].map(|most| {
            let scale = Scale::of(0, most);
            (scale.from, scale.to)
        });
        let tops = [1, 1, 5, 6, 15, 30, 60, 100, 150, 250, 1_500_000];
        assert_eq!(ends, tops.map(|top| (0, top)));
        let both = Scale::of(-40, 90);
        assert_eq!((both.from, both.to), (-40, 100));
    }

    #[test]
    fn times_are_told_in_whole_seconds_minutes_and_hours() {
        let labels = |seconds: i64| {
            let points = Scale::of_times(seconds * SECOND).key_points(9);
            points.into_iter().map(|one| one / SECOND).collect::<Vec<i64>>()
        };
        assert_eq!(labels(60), [0, 20, 40, 60]);
        assert_eq!(labels(600), [0, 120, 240, 360, 480, 600]);
        assert_eq!(labels(7_300), [0, 1_800, 3_600, 5_400, 7_200]);
    }
}
