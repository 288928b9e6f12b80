//! Where a slider over times stops: at round values.

const SECOND: i64 = 1_000_000_000;
/// More would be too many for a hand to hit one.
const NOTCHES: i64 = 100;

/// The notches of a slider, in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notches {
    /// The first; it may lie a little below the least value.
    pub first: i64,
    /// The last; it may lie a little above the greatest value.
    pub last: i64,
    /// From one to the next.
    pub step: i64,
    least: i64,
    greatest: i64,
}

impl Notches {
    /// Notches for times from `least` to `greatest`: multiples of 1, 2 or 5 of a unit.
    #[must_use]
    pub fn of_times(least: i64, greatest: i64) -> Self {
        let most = greatest.saturating_sub(least).max(0);
        let step = round_times().find(|step| most / step <= NOTCHES).unwrap_or(most.max(1));
        let first = least.div_euclid(step).saturating_mul(step);
        let over = greatest.rem_euclid(step);
        let last = if over == 0 { greatest } else { greatest.saturating_add(step - over) };
        Self { first, last, step, least, greatest }
    }

    /// The value at a notch: those at the ends stand for the bounds.
    #[must_use]
    pub fn value(&self, notch: i64) -> i64 {
        notch.clamp(self.least, self.greatest)
    }
}

/// Times in which people count, the shortest first.
fn round_times() -> impl Iterator<Item = i64> {
    let small = (0..10).flat_map(|zeros| [1, 2, 5].map(|digit| digit * 10_i64.pow(zeros)));
    let large = [10, 20, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 36_000, 360_000];
    small.chain(large.map(|seconds| seconds * SECOND))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: i64 = SECOND / 1_000;

    #[test]
    fn values_are_round_and_reach_both_bounds() {
        for (least, greatest, step) in [
            (100 * MS, 10 * SECOND, 100 * MS),
            (MS, SECOND, 10 * MS),
            (0, 50 * MS, 500_000),
            (SECOND, 3_600 * SECOND, 60 * SECOND),
            (0, 200, 2),
            (7, 7, 1),
        ] {
            let notches = Notches::of_times(least, greatest);
            assert_eq!(notches.step, step, "{least}..{greatest}");
            assert_eq!(notches.value(notches.first), least);
            assert_eq!(notches.value(notches.last), greatest);
            assert_eq!((notches.last - notches.first) % step, 0);
            let inner = notches.value(notches.first + step);
            assert!(inner % step == 0 || inner == greatest, "{inner}");
        }
    }
}
