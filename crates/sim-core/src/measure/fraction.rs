//! Exact fractions: what measures are computed with.

use std::cmp::Ordering;

/// A fraction of whole numbers in lowest terms. Where a result would need more than 128 bits, its
/// last bits go, the same on every machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    over: i128,
    /// Above 0.
    under: i128,
}

impl From<i64> for Fraction {
    fn from(value: i64) -> Fraction {
        Fraction { over: i128::from(value), under: 1 }
    }
}

impl Fraction {
    /// `over / under`; `None` where that is 0.
    #[must_use]
    pub fn new(over: i128, under: i128) -> Option<Fraction> {
        if under == 0 {
            return None;
        }
        let shared = greatest_divisor(over.unsigned_abs(), under.unsigned_abs()) as i128;
        let sign = if under < 0 { -1 } else { 1 };
        Some(Fraction { over: over / shared * sign, under: under / shared * sign })
    }

    /// Halves both parts until they have at most so many bits.
    fn short(self, bits: u32) -> Fraction {
        let long = |number: i128| 128 - number.unsigned_abs().leading_zeros();
        let shift = long(self.over).max(long(self.under)).saturating_sub(bits);
        Fraction { over: self.over >> shift, under: (self.under >> shift).max(1) }
    }

    fn combine(
        self,
        other: Fraction,
        exact: impl Fn(Fraction, Fraction) -> Option<(i128, i128)>,
    ) -> Option<Fraction> {
        let (over, under) =
            exact(self, other).or_else(|| exact(self.short(62), other.short(62)))?;
        Fraction::new(over, under)
    }

    /// Their sum.
    #[must_use]
    pub fn plus(self, other: Fraction) -> Option<Fraction> {
        self.combine(other, |a, b| {
            let over = a.over.checked_mul(b.under)?.checked_add(b.over.checked_mul(a.under)?)?;
            Some((over, a.under.checked_mul(b.under)?))
        })
    }

    /// Its negative.
    #[must_use]
    pub fn negative(self) -> Fraction {
        Fraction { over: -self.over, ..self }
    }

    /// Their product.
    #[must_use]
    pub fn times(self, other: Fraction) -> Option<Fraction> {
        self.combine(other, |a, b| {
            Some((a.over.checked_mul(b.over)?, a.under.checked_mul(b.under)?))
        })
    }

    /// Their quotient; `None` where the other is 0.
    #[must_use]
    pub fn divided_by(self, other: Fraction) -> Option<Fraction> {
        let sign = if other.over < 0 { -1 } else { 1 };
        (other.over != 0)
            .then(|| Fraction { over: other.under * sign, under: other.over * sign })
            .and_then(|inverse| self.times(inverse))
    }

    /// The greatest whole number that is not above it.
    #[must_use]
    pub fn floor(self) -> Fraction {
        Fraction { over: self.over.div_euclid(self.under), under: 1 }
    }

    /// The nearest whole number; a half goes up.
    #[must_use]
    pub fn rounded(self) -> i64 {
        let below = self.over.div_euclid(self.under);
        let rest = self.over.rem_euclid(self.under);
        let up = rest >= self.under - rest;
        let whole = below + i128::from(up);
        i64::try_from(whole).unwrap_or(if whole < 0 { i64::MIN } else { i64::MAX })
    }

    /// Which of two is greater.
    #[must_use]
    pub fn compare(self, other: Fraction) -> Ordering {
        let exact = |a: Fraction, b: Fraction| {
            Some(a.over.checked_mul(b.under)?.cmp(&b.over.checked_mul(a.under)?))
        };
        exact(self, other)
            .or_else(|| exact(self.short(62), other.short(62)))
            .unwrap_or(Ordering::Equal)
    }
}

fn greatest_divisor(mut one: u128, mut other: u128) -> u128 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(over: i128, under: i128) -> Fraction {
        Fraction::new(over, under).expect("under is not 0")
    }

    #[test]
    fn fractions_are_exact() {
        assert_eq!(of(1, 3).plus(of(1, 6)), Some(of(1, 2)));
        assert_eq!(of(-2, 4).times(of(2, -3)), Some(of(1, 3)));
        assert_eq!(of(1, 2).divided_by(of(-3, 4)), Some(of(-2, 3)));
        assert_eq!(of(1, 2).divided_by(of(0, 4)), None);
        assert_eq!((of(5, 2).rounded(), of(-5, 2).rounded(), of(7, 3).rounded()), (3, -2, 2));
        assert_eq!(of(-7, 2).floor(), of(-4, 1));
        assert_eq!(of(1, 3).compare(of(33_333, 100_000)), Ordering::Greater);
    }

    #[test]
    fn very_long_fractions_lose_their_last_bits() {
        let long = of(i128::MAX / 3, i128::MAX / 7 - 1);
        let product = long.times(long).expect("it is not 0");
        assert_eq!(product.rounded(), 5);
        assert_eq!(long.compare(of(2, 1)), Ordering::Greater);
    }
}
