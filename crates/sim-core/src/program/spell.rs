//! Values as the text would spell them.

use super::{Error, NONE, Program, Promise, RATE_HOUR, TextId, TextPart, Type, WHOLE};

impl Program {
    /// A value as the text would spell it.
    #[must_use]
    pub fn spell(&self, value: i64, kind: Type) -> String {
        if value == NONE {
            return "none".to_owned();
        }
        let label = || usize::try_from(value).ok().and_then(|index| self.labels.get(index));
        match kind {
            Type::Int => value.to_string(),
            Type::Bool => if value == 0 { "false" } else { "true" }.to_owned(),
            Type::Duration => spell_duration(value),
            Type::Rate => spell_rate(value),
            Type::Percent => spell_percent(value),
            Type::Choice => label().cloned().unwrap_or_else(|| "none".to_owned()),
            Type::Text => label().map_or_else(|| "none".to_owned(), |words| format!("\"{words}\"")),
            Type::Error => Error::from_code(value).name(self).to_owned(),
        }
    }
}

impl Program {
    /// A text without its values, `…` for each.
    #[must_use]
    pub fn plain_words(&self, text: TextId) -> String {
        let parts = self.texts[text as usize].parts.iter();
        let words = parts.map(|part| match part {
            TextPart::Words(words) => words.as_str(),
            TextPart::Value(..) => "…",
        });
        words.collect()
    }

    /// The words behind a promise, without values.
    #[must_use]
    pub fn why(&self, promise: &Promise) -> Option<String> {
        promise.why.map(|text| self.plain_words(text))
    }
}

/// A number of nanoseconds in the largest unit that keeps it whole: `1500000` is `1500us`.
#[must_use]
pub fn spell_duration(nanoseconds: i64) -> String {
    const UNITS: [(i64, &str); 6] = [
        (3_600_000_000_000, "h"),
        (60_000_000_000, "min"),
        (1_000_000_000, "s"),
        (1_000_000, "ms"),
        (1_000, "us"),
        (1, "ns"),
    ];
    if nanoseconds == 0 {
        return "0s".to_owned();
    }
    let (size, unit) =
        UNITS.into_iter().find(|(size, _)| nanoseconds % size == 0).unwrap_or((1, "ns"));
    format!("{}{unit}", nanoseconds / size)
}

/// Millionths of the whole as a percent: `15000` is `1.5%`.
#[must_use]
pub fn spell_percent(millionths: i64) -> String {
    format!("{}%", decimal(i128::from(millionths), i128::from(WHOLE) / 100))
}

/// A rate (see [`RATE_HOUR`]) in the shortest of `/s`, `/min`, `/h` that spells it exactly, else
/// in `/s` to six places.
#[must_use]
pub fn spell_rate(rate: i64) -> String {
    let units: [(i64, &str); 3] =
        [(1_000_000_000, "/s"), (60_000_000_000, "/min"), (3_600_000_000_000, "/h")];
    let exact = units
        .into_iter()
        .find(|(gap, _)| (i128::from(rate) * i128::from(*gap) * 1000) % i128::from(RATE_HOUR) == 0);
    let (gap, unit) = exact.unwrap_or(units[0]);
    let millionths = i128::from(rate) * i128::from(gap) * 1_000_000 / i128::from(RATE_HOUR);
    format!("{}{unit}", decimal(millionths, 1_000_000))
}

/// `value / whole`, with as many places as it takes (`whole` is a power of ten).
fn decimal(value: i128, whole: i128) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let (before, rest) = (value.abs() / whole, value.abs() % whole);
    let places = whole.ilog10() as usize;
    let behind = format!("{rest:0places$}");
    let behind = behind.trim_end_matches('0');
    if rest == 0 { format!("{sign}{before}") } else { format!("{sign}{before}.{behind}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_spelled_as_one_would_write_them() {
        assert_eq!(spell_percent(15_000), "1.5%");
        assert_eq!(spell_percent(1_000_000), "100%");
        assert_eq!(spell_percent(-1), "-0.0001%");
        let per_second = RATE_HOUR / 1_000_000_000;
        assert_eq!(spell_rate(40 * per_second), "40/s");
        assert_eq!(spell_rate(per_second * 9 / 10), "0.9/s");
        assert_eq!(spell_rate(per_second / 60), "1/min");
        assert_eq!(spell_rate(1_000), "1/h");
    }
}
