//! The language's arithmetic on 64-bit words.

use super::{Binary, Error, NONE, RATE_HOUR, WHOLE};

/// Computes one operation: overflow is an error, `/` rounds down and `mod` takes the divisor's
/// sign. [`NONE`] equals itself and nothing else; anything more asked of it is an error.
///
/// # Errors
/// [`Error::Overflow`], [`Error::DivisionByZero`], and [`Error::NoValue`] for `none`.
pub fn compute(what: Binary, left: i64, right: i64) -> Result<i64, Error> {
    match what {
        Binary::Equal => return Ok(i64::from(left == right)),
        Binary::Differ => return Ok(i64::from(left != right)),
        _ if left == NONE || right == NONE => return Err(Error::NoValue),
        _ => {}
    }
    match what {
        Binary::Add => whole(left.checked_add(right)),
        Binary::Subtract => whole(left.checked_sub(right)),
        Binary::Multiply => whole(left.checked_mul(right)),
        Binary::Divide | Binary::Modulo | Binary::Share | Binary::Inverse if right == 0 => {
            Err(Error::DivisionByZero)
        }
        Binary::Divide => {
            let quotient = whole(left.checked_div(right))?;
            let exact = left.wrapping_rem(right) == 0;
            Ok(if !exact && (left < 0) != (right < 0) { quotient - 1 } else { quotient })
        }
        Binary::Modulo => {
            let rest = left.wrapping_rem(right);
            Ok(if rest != 0 && (rest < 0) != (right < 0) { rest + right } else { rest })
        }
        Binary::Equal => Ok(i64::from(left == right)),
        Binary::Differ => Ok(i64::from(left != right)),
        Binary::Less => Ok(i64::from(left < right)),
        Binary::AtMost => Ok(i64::from(left <= right)),
        Binary::Least => Ok(left.min(right)),
        Binary::Greatest => Ok(left.max(right)),
        Binary::TimesPercent => scaled(left, right, WHOLE),
        Binary::Share => scaled(left, WHOLE, right),
        Binary::Inverse => scaled(left, RATE_HOUR, right),
        Binary::RateTimes => scaled(left, right, RATE_HOUR),
    }
}

/// The negative of a word.
///
/// # Errors
/// [`Error::NoValue`] for `none`.
pub fn negate(value: i64) -> Result<i64, Error> {
    if value == NONE { Err(Error::NoValue) } else { Ok(-value) }
}

fn whole(value: Option<i64>) -> Result<i64, Error> {
    value.filter(|&value| value != NONE).ok_or(Error::Overflow)
}

/// `left * by / over`, rounded half up.
fn scaled(left: i64, by: i64, over: i64) -> Result<i64, Error> {
    let product = 2 * i128::from(left) * i128::from(by);
    let (product, over) =
        if over < 0 { (-product, -i128::from(over)) } else { (product, i128::from(over)) };
    whole(i64::try_from((product + over).div_euclid(2 * over)).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_rounds_down_and_the_remainder_has_the_divisors_sign() {
        for (left, right, quotient, rest) in [(7, 3, 2, 1), (-7, 3, -3, 2), (7, -3, -3, -2)] {
            assert_eq!(compute(Binary::Divide, left, right), Ok(quotient));
            assert_eq!(compute(Binary::Modulo, left, right), Ok(rest));
        }
    }

    #[test]
    fn units_go_together() {
        let per_second = RATE_HOUR / 1_000_000_000;
        assert_eq!(compute(Binary::Inverse, 1, 40 * per_second), Ok(25_000_000), "40/s");
        assert_eq!(compute(Binary::Inverse, 10, 2_000_000_000), Ok(5 * per_second));
        assert_eq!(compute(Binary::RateTimes, 40 * per_second, 3_000_000_000), Ok(120));
        assert_eq!(compute(Binary::TimesPercent, 5, WHOLE / 2), Ok(3), "half up");
        assert_eq!(compute(Binary::TimesPercent, -5, WHOLE / 2), Ok(-2), "half up, below zero too");
        assert_eq!(compute(Binary::Share, 1, 3), Ok(333_333));
    }

    #[test]
    fn none_equals_itself_and_is_no_number() {
        assert_eq!(compute(Binary::Equal, NONE, NONE), Ok(1));
        assert_eq!(compute(Binary::Equal, NONE, 0), Ok(0));
        assert_eq!(compute(Binary::Add, NONE, 1), Err(Error::NoValue));
        assert_eq!(compute(Binary::Less, NONE, 1), Err(Error::NoValue));
        assert_eq!(compute(Binary::Subtract, -i64::MAX, 1), Err(Error::Overflow));
        assert_eq!(negate(NONE), Err(Error::NoValue));
    }
}
