//! Every number that is measured, under its one dotted name, and numbers as people read them.

use super::view::{Figure, MeasuresView, Unit};

impl MeasuresView {
    /// Every number under its dotted name, in the order of the rows.
    #[must_use]
    pub fn figures(&self) -> Vec<(String, Figure)> {
        let mut found = Vec::new();
        let mut add = |name: String, value: i64, unit: Unit| {
            found.push((name, Figure { value, unit }));
        };
        for (subject, _) in self.subjects.iter().enumerate() {
            let is_of = |at: u32| at as usize == subject;
            for row in self.counts.iter().filter(|row| is_of(row.subject)) {
                add(row.name.clone(), i64::try_from(row.value).unwrap_or(i64::MAX), Unit::Number);
                if let Some(rate) = row.rate {
                    add(format!("{}.rate", row.name), rate, Unit::Rate);
                }
            }
            for row in self.gauges.iter().filter(|row| is_of(row.subject)) {
                add(row.name.clone(), row.now, row.unit);
                if let Some(mean) = row.mean {
                    add(format!("{}.mean", row.name), mean, of_mean(row.unit));
                }
                add(format!("{}.max", row.name), row.max, row.unit);
                if let Some(share) = row.utilization {
                    let name = row.name.rsplit_once('.').map_or("", |(name, _)| name);
                    add(format!("{name}.utilization"), share, Unit::Share);
                }
            }
            for row in self.spreads.iter().filter(|row| is_of(row.subject)) {
                add(format!("{}.mean", row.name), row.mean, of_mean(row.unit));
                let told = [
                    ("p50", row.p50),
                    ("p90", row.p90),
                    ("p95", row.p95),
                    ("p99", row.p99),
                    ("p99_9", row.p99_9),
                    ("max", row.max),
                ];
                for (word, value) in told {
                    add(format!("{}.{word}", row.name), value, row.unit);
                }
            }
        }
        found
    }

    /// The number of a dotted name such as `jobs.trip.p99`, if it was measured.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Figure> {
        self.figures().into_iter().find(|(known, _)| known == name).map(|(_, figure)| figure)
    }
}

/// The unit of a mean.
fn of_mean(unit: Unit) -> Unit {
    if unit == Unit::Number { Unit::Fraction } else { unit }
}

impl Unit {
    /// Its name, as JSON and CSV use it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Unit::Number => "number",
            Unit::Time => "time",
            Unit::Rate => "rate",
            Unit::Share => "share",
            Unit::Fraction => "fraction",
        }
    }
}

impl Figure {
    /// The number with its unit, to about four digits: `12.34ms`, `40/s`, `1.5%`, `8.1`.
    #[must_use]
    pub fn spell(self) -> String {
        let value = self.value;
        match self.unit {
            Unit::Number => value.to_string(),
            Unit::Fraction => short(value, 1_000_000),
            Unit::Share => format!("{}%", short(value, 10_000)),
            Unit::Rate => format!("{}/s", short(value, 1_000_000)),
            Unit::Time => {
                let units = [("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000)];
                let fits = |size: i64| value.unsigned_abs() >= size as u64;
                match units.into_iter().find(|(_, size)| fits(*size)) {
                    Some((unit, size)) => format!("{}{unit}", short(value, size)),
                    None if value == 0 => "0s".to_owned(),
                    None => format!("{value}ns"),
                }
            }
        }
    }
}

/// `value / whole` to about four digits (`whole` is a power of ten).
fn short(value: i64, whole: i64) -> String {
    let (value, whole) = (i128::from(value), i128::from(whole));
    let before = value.abs() / whole;
    let digits = if before == 0 { 1 } else { before.ilog10() + 1 };
    let places = 4_u32.saturating_sub(digits).min(whole.ilog10()).max(u32::from(whole > 1));
    let scale = 10_i128.pow(places);
    let rounded = (value.abs() * scale + whole / 2) / whole;
    let sign = if value < 0 && rounded > 0 { "-" } else { "" };
    let behind = format!("{:0places$}", rounded % scale, places = places as usize);
    let behind = behind.trim_end_matches('0');
    let before = rounded / scale;
    if behind.is_empty() || places == 0 {
        format!("{sign}{before}")
    } else {
        format!("{sign}{before}.{behind}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spelled_to_four_digits() {
        let spell = |value, unit| Figure { value, unit }.spell();
        assert_eq!(spell(12_345_678, Unit::Time), "12.35ms");
        assert_eq!(spell(-1_500_000_000, Unit::Time), "-1.5s");
        assert_eq!(spell(999, Unit::Time), "999ns");
        assert_eq!(spell(0, Unit::Time), "0s");
        assert_eq!(spell(98_765_432_100_000, Unit::Time), "98765.4s");
        assert_eq!(spell(40_000_000, Unit::Rate), "40/s");
        assert_eq!(spell(15_000, Unit::Share), "1.5%");
        assert_eq!(spell(8_123_456, Unit::Fraction), "8.123");
        assert_eq!(spell(999_950, Unit::Fraction), "1");
        assert_eq!(spell(7, Unit::Number), "7");
    }
}
