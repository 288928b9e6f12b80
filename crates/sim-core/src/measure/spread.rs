//! Many values, of which percentiles, mean and extremes are told.

use super::histogram::{FINE, Histogram};

/// Up to so many values percentiles are exact.
pub const EXACT: usize = 10_000;

/// All values of something that has a value each time: how long, how many.
///
/// Percentiles are by nearest rank: the least value that so large a share does not exceed. Beyond
/// [`EXACT`] values they are the upper edge of a bucket that is 0.1 % wide, kept within the least
/// and the greatest value. What is told depends on the values and not on their order, or on who was
/// merged with whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread {
    few: Vec<i64>,
    many: Histogram<FINE>,
    sum: i128,
    least: i64,
    greatest: i64,
}

impl Default for Spread {
    fn default() -> Spread {
        let (least, greatest) = (i64::MAX, i64::MIN);
        Spread { few: Vec::new(), many: Histogram::default(), sum: 0, least, greatest }
    }
}

impl Spread {
    /// Takes a value.
    #[inline]
    pub fn add(&mut self, value: i64) {
        self.sum += i128::from(value);
        self.least = self.least.min(value);
        self.greatest = self.greatest.max(value);
        if self.many.all() > 0 {
            self.many.add(value);
        } else {
            self.keep(value);
        }
    }

    #[inline(never)]
    fn keep(&mut self, value: i64) {
        self.few.push(value);
        if self.few.len() > EXACT {
            self.pour();
        }
    }

    /// The values go into buckets.
    #[inline(never)]
    fn pour(&mut self) {
        for value in std::mem::take(&mut self.few) {
            self.many.add(value);
        }
    }

    /// Takes all values of another.
    pub fn merge(&mut self, other: &Spread) {
        self.sum += other.sum;
        self.least = self.least.min(other.least);
        self.greatest = self.greatest.max(other.greatest);
        if self.count() + other.count() > EXACT as u64 {
            self.pour();
            self.many.merge(&other.many);
            other.few.iter().for_each(|&value| self.many.add(value));
        } else {
            self.few.extend_from_slice(&other.few);
        }
    }

    /// How many values there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.few.len() as u64 + self.many.all()
    }

    /// Their sum.
    #[must_use]
    pub fn sum(&self) -> i128 {
        self.sum
    }

    /// The least value.
    #[must_use]
    pub fn least(&self) -> Option<i64> {
        (self.count() > 0).then_some(self.least)
    }

    /// The greatest value.
    #[must_use]
    pub fn greatest(&self) -> Option<i64> {
        (self.count() > 0).then_some(self.greatest)
    }

    /// For each share in ten thousandths (9990 is the 99.9th percentile; they must rise) the value
    /// of nearest rank; `None` without values.
    #[must_use]
    pub fn percentiles(&self, shares: &[u16]) -> Option<Vec<i64>> {
        let count = self.count();
        if count == 0 {
            return None;
        }
        let mut few = self.few.clone();
        few.sort_unstable();
        let value = |share: &u16| {
            let rank = rank(count, *share);
            match few.get(rank as usize - 1) {
                Some(&value) => value,
                None => self.many.value_at(rank).clamp(self.least, self.greatest),
            }
        };
        Some(shares.iter().map(value).collect())
    }

    /// The value of nearest rank for a share in ten thousandths.
    #[must_use]
    pub fn percentile(&self, share: u16) -> Option<i64> {
        let count = self.count();
        if count == 0 {
            return None;
        }
        let rank = rank(count, share);
        if self.few.is_empty() {
            return Some(self.many.value_at(rank).clamp(self.least, self.greatest));
        }
        let mut few = self.few.clone();
        Some(*few.select_nth_unstable(rank as usize - 1).1)
    }

    /// How many values are above a bound. With more than [`EXACT`] values those in the bound's own
    /// bucket count as above it, unless all values are below.
    #[must_use]
    pub fn over(&self, bound: i64) -> u64 {
        if self.greatest <= bound {
            return 0;
        }
        let few = self.few.iter().filter(|value| **value > bound).count() as u64;
        few + self.many.above(bound)
    }
}

/// The rank, from 1, of the least value that a share in ten thousandths does not exceed.
fn rank(count: u64, share: u16) -> u64 {
    let rank = (u128::from(count) * u128::from(share)).div_ceil(10_000);
    (rank as u64).clamp(1, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(values: impl IntoIterator<Item = i64>) -> Spread {
        let mut spread = Spread::default();
        values.into_iter().for_each(|value| spread.add(value));
        spread
    }

    fn all(spread: &Spread) -> Option<Vec<i64>> {
        spread.percentiles(&[5_000, 9_000, 9_500, 9_900, 9_990])
    }

    #[test]
    fn percentiles_are_by_nearest_rank() {
        assert_eq!(all(&spread([])), None);
        assert_eq!(all(&spread([7])), Some(vec![7; 5]));
        assert_eq!(all(&spread(1..=10)), Some(vec![5, 9, 10, 10, 10]));
        assert_eq!(all(&spread((1..=100).rev())), Some(vec![50, 90, 95, 99, 100]));
        assert_eq!(all(&spread(1..=1000)), Some(vec![500, 900, 950, 990, 999]));
        let five = spread([15, 20, 35, 40, 50]);
        assert_eq!(
            [500, 3_000, 4_000, 5_000, 10_000].map(|share| five.percentile(share)),
            [Some(15), Some(20), Some(20), Some(35), Some(50)]
        );
    }

    #[test]
    fn beyond_ten_thousand_values_the_error_is_a_thousandth() {
        let count = 200_000_i64;
        let value = |nth: i64| nth * nth % 999_983 * 1_000_003;
        let mut sorted: Vec<i64> = (0..count).map(value).collect();
        let many = spread(sorted.iter().copied());
        sorted.sort_unstable();
        for share in [1, 5_000, 9_000, 9_500, 9_900, 9_990, 10_000] {
            let exact = sorted[rank(count as u64, share) as usize - 1];
            let told = many.percentile(share).expect("there are values");
            assert!(told >= exact && (told - exact) * 1_000 <= exact, "{share}: {told}, {exact}");
        }
        assert_eq!(many.percentile(10_000), sorted.last().copied());
        assert_eq!(many.sum(), sorted.iter().map(|&value| i128::from(value)).sum::<i128>());
        let over = many.over(sorted[150_000]);
        assert!((49_999..=50_300).contains(&over), "{over}");
        assert_eq!(many.over(i64::MAX), 0);
    }

    #[test]
    fn merging_is_measuring_together() {
        let value = |nth: i64| (nth * 7_919 - 5_000) % 100_003;
        for cuts in [[10, 20], [5_000, 10_000], [9_999, 10_001], [3, 40_000], [30_000, 60_000]] {
            let [first, all] = cuts;
            let (one, two) = (spread((0..first).map(value)), spread((first..all).map(value)));
            let together = spread((0..all).map(value));
            for (mut to, from) in [(one.clone(), &two), (two.clone(), &one)] {
                to.merge(from);
                assert_eq!(super::tests::all(&to), super::tests::all(&together), "{cuts:?}");
                assert_eq!(to.over(50), together.over(50));
                assert_eq!((to.count(), to.sum), (together.count(), together.sum));
                assert_eq!((to.least(), to.greatest()), (together.least(), together.greatest()));
            }
        }
    }
}
