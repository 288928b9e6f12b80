//! In how many ways each knot is reached: numbers of any size, all of one width, in one array.

use num_bigint::BigUint;

/// Bytes that the array may take. What does not fit stays at the greatest number that does.
const BYTES_MAX: usize = 384 << 20;

/// For each knot some numbers (columns), each of as many 64-bit limbs as the largest needs.
pub(super) struct Ways {
    columns: usize,
    limbs: usize,
    words: Vec<u64>,
    /// A sum did not fit.
    pub(super) overflowed: bool,
}

impl Ways {
    /// All zero.
    pub(super) fn new(knots: usize, columns: usize, limbs: usize) -> Ways {
        Ways { columns, limbs, words: vec![0; knots * columns * limbs], overflowed: false }
    }

    /// True if wider numbers than these would take too much room.
    pub(super) fn is_widest(&self) -> bool {
        self.words.len() * size_of::<u64>() * 2 > BYTES_MAX
    }

    /// Copies a knot's numbers out.
    pub(super) fn take(&self, knot: u32, into: &mut Vec<u64>) {
        let size = self.columns * self.limbs;
        into.clear();
        into.extend_from_slice(&self.words[knot as usize * size..][..size]);
    }

    /// Adds to a knot's numbers, leaving out the columns whose bit is set in `without`.
    pub(super) fn add(&mut self, knot: u32, numbers: &[u64], without: u64) {
        let size = self.columns * self.limbs;
        let row = &mut self.words[knot as usize * size..][..size];
        let columns = row.chunks_exact_mut(self.limbs).zip(numbers.chunks_exact(self.limbs));
        for (column, (sum, by)) in columns.enumerate() {
            if without >> column & 1 == 1 {
                continue;
            }
            let mut carry = false;
            for (sum, by) in sum.iter_mut().zip(by) {
                let (partial, one) = sum.overflowing_add(*by);
                let (total, other) = partial.overflowing_add(u64::from(carry));
                *sum = total;
                carry = one || other;
            }
            if carry {
                self.overflowed = true;
                sum.fill(u64::MAX);
            }
        }
    }

    /// One of the numbers that [`Ways::take`] copied.
    pub(super) fn number(&self, numbers: &[u64], column: usize) -> BigUint {
        let limbs = &numbers[column * self.limbs..][..self.limbs];
        BigUint::new(limbs.iter().flat_map(|limb| [*limb as u32, (limb >> 32) as u32]).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carries_reach_the_next_limb() {
        let mut ways = Ways::new(1, 1, 2);
        ways.add(0, &[u64::MAX, 0], 0);
        ways.add(0, &[1, 0], 0);
        let mut numbers = Vec::new();
        ways.take(0, &mut numbers);
        assert_eq!(ways.number(&numbers, 0).to_string(), "18446744073709551616");
        assert!(!ways.overflowed);
    }

    #[test]
    fn what_does_not_fit_is_told_and_stays_at_the_greatest() {
        let mut ways = Ways::new(1, 1, 1);
        ways.add(0, &[u64::MAX], 0);
        ways.add(0, &[2], 0);
        let mut numbers = Vec::new();
        ways.take(0, &mut numbers);
        assert!(ways.overflowed);
        assert_eq!(numbers, [u64::MAX]);
    }

    #[test]
    fn columns_left_out_stay_as_they_are() {
        let mut ways = Ways::new(2, 3, 1);
        ways.add(1, &[5, 6, 7], 0b010);
        let mut numbers = Vec::new();
        ways.take(1, &mut numbers);
        assert_eq!(numbers, [5, 0, 7]);
    }
}
