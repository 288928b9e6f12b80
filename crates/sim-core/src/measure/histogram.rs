//! Counts of values in buckets that grow with the values.
//!
//! The layout is that of HdrHistogram (Gil Tene, hdrhistogram.org): values up to 2^BITS have a
//! bucket each; beyond, each further power of two has 2^(BITS-1) buckets of equal width. With 11
//! bits (2048 buckets first, as for three digits there) a bucket is at most one part in 1024 of its
//! values wide. Histograms of equal BITS add up.

/// Bits of a histogram of a run's values: an error of at most 0.1 %.
pub(super) const FINE: u32 = 11;
/// Bits of a histogram that is drawn: an error of at most 3.1 %.
pub(super) const COARSE: u32 = 6;

/// A histogram. Negative values lie mirrored below 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Histogram<const BITS: u32> {
    /// The bucket that `counts` begins with.
    first: i32,
    counts: Vec<u64>,
    all: u64,
}

impl<const BITS: u32> Histogram<BITS> {
    /// The bucket of a value; a greater value never has a lesser one.
    fn bucket(value: i64) -> i32 {
        if value < 0 { -Self::place(value.unsigned_abs()) } else { Self::place(value as u64) }
    }

    fn place(value: u64) -> i32 {
        let bits = u64::BITS - value.leading_zeros();
        if bits <= BITS {
            return value as i32;
        }
        let shift = bits - BITS;
        // The leading bit is always set, so that each shift adds the upper half of the places.
        (value >> shift) as i32 + ((shift as i32) << (BITS - 1))
    }

    /// The greatest value of a bucket.
    fn edge(bucket: i32) -> i64 {
        if bucket < 0 { -(Self::least(-bucket) as i64) } else { Self::greatest(bucket) }
    }

    fn shift(place: i32) -> u32 {
        (place >> (BITS - 1)).saturating_sub(1).max(0) as u32
    }

    fn least(place: i32) -> u64 {
        let shift = Self::shift(place);
        let mantissa = place - ((shift as i32) << (BITS - 1));
        // Only the mirror of the least number reaches so far.
        ((mantissa as u128) << shift).min(i64::MAX as u128) as u64
    }

    fn greatest(place: i32) -> i64 {
        let shift = Self::shift(place);
        let mantissa = place - ((shift as i32) << (BITS - 1));
        let next = (mantissa as u128 + 1) << shift;
        i64::try_from(next - 1).unwrap_or(i64::MAX)
    }

    /// How many values it has.
    pub(super) fn all(&self) -> u64 {
        self.all
    }

    pub(super) fn add(&mut self, value: i64) {
        self.add_to(Self::bucket(value), 1);
    }

    #[inline]
    fn add_to(&mut self, bucket: i32, count: u64) {
        self.all += count;
        // A bucket before the first is far beyond the last one.
        match self.counts.get_mut(bucket.wrapping_sub(self.first) as u32 as usize) {
            Some(known) => *known += count,
            None => self.add_beyond(bucket, count),
        }
    }

    #[inline(never)]
    fn add_beyond(&mut self, bucket: i32, count: u64) {
        if self.counts.is_empty() {
            self.first = bucket;
        }
        if bucket < self.first {
            let more = (self.first - bucket) as usize;
            self.counts.splice(0..0, std::iter::repeat_n(0, more));
            self.first = bucket;
        }
        let at = (bucket - self.first) as usize;
        if at >= self.counts.len() {
            self.counts.resize(at + 1, 0);
        }
        self.counts[at] += count;
    }

    /// Takes in the values of another.
    pub(super) fn merge(&mut self, other: &Self) {
        for (at, &count) in other.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            self.add_to(other.first + at as i32, count);
        }
    }

    /// The upper edge of the bucket with the value of this rank, from 1.
    pub(super) fn value_at(&self, rank: u64) -> i64 {
        let mut seen = 0;
        for (at, count) in self.counts.iter().enumerate() {
            seen += count;
            if seen >= rank {
                return Self::edge(self.first + at as i32);
            }
        }
        0
    }

    /// How many values lie in buckets whose upper edge is above a bound.
    pub(super) fn above(&self, bound: i64) -> u64 {
        let buckets = self.counts.iter().enumerate();
        let above = buckets.filter(|(at, _)| Self::edge(self.first + *at as i32) > bound);
        above.map(|(_, count)| count).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Fine = Histogram<FINE>;

    #[test]
    fn buckets_follow_one_another_without_gap_or_overlap() {
        for bucket in -9_000..9_000 {
            let edge = Fine::edge(bucket);
            assert_eq!(Fine::bucket(edge), bucket, "{edge}");
            assert_eq!(Fine::bucket(edge + 1), bucket + 1, "{edge}");
        }
        for shift in 0..63 {
            for value in [1_i64 << shift, (1 << shift) - 1, (1 << shift) + (1 << shift) / 3] {
                let edge = Fine::edge(Fine::bucket(value));
                assert!(edge >= value && (edge - value) as u128 * 1024 <= value as u128, "{value}");
                let edge = Fine::edge(Fine::bucket(-value));
                assert!(edge >= -value, "{value}");
            }
        }
        assert_eq!(Fine::edge(Fine::bucket(i64::MAX)), i64::MAX);
        assert!(Fine::bucket(i64::MIN + 1) <= Fine::bucket(i64::MIN + 2));
    }

    #[test]
    fn small_values_are_exact() {
        let mut histogram = Fine::default();
        (0..2048).rev().for_each(|value| histogram.add(value));
        for rank in 1..=2048 {
            assert_eq!(histogram.value_at(rank), rank as i64 - 1);
        }
        assert_eq!(histogram.above(2000), 47);
    }
}
