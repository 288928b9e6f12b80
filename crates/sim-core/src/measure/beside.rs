//! Theory beside what was measured: each of its numbers with the measured one, and how far they
//! are apart.

use super::view::{Figure, MeasuresView, TheoryRow};

/// A number of theory and what was measured under its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// The name of the measure: `station.wait.mean`.
    pub name: String,
    /// What theory says.
    pub theory: Figure,
    /// What was measured; `None` where nothing was.
    pub measured: Option<Figure>,
}

impl MeasuresView {
    /// The numbers of a row, each with what was measured.
    #[must_use]
    pub fn beside(&self, row: &TheoryRow) -> Vec<Beside> {
        let all = self.figures();
        let find = |name: &str| all.iter().find(|(known, _)| known == name).map(|(_, one)| *one);
        let rows = row.figures.iter().map(|figure| {
            let measured = match figure.name.split_once(" / ") {
                // A share of two counts, in millionths.
                Some((part, whole)) => find(part).zip(find(whole)).and_then(|(part, whole)| {
                    let share = (i128::from(part.value) * 1_000_000)
                        .checked_div(i128::from(whole.value))?;
                    Some(Figure { value: i64::try_from(share).ok()?, unit: figure.unit })
                }),
                None => find(&figure.name),
            };
            let theory = Figure { value: figure.value, unit: figure.unit };
            Beside { name: figure.name.clone(), theory, measured }
        });
        rows.collect()
    }
}

impl Beside {
    /// How much more was measured than theory says, in the same unit.
    #[must_use]
    pub fn off(&self) -> Option<Figure> {
        let value = self.measured?.value.saturating_sub(self.theory.value);
        Some(Figure { value, unit: self.theory.unit })
    }

    /// The same in millionths of what theory says, where that is something.
    #[must_use]
    pub fn off_share(&self) -> Option<i64> {
        let off = i128::from(self.off()?.value) * 1_000_000;
        let share = off.checked_div(i128::from(self.theory.value).abs())?;
        i64::try_from(share).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::super::view::{CountRow, SpreadRow, SubjectView, TheoryFigure, Unit};
    use super::*;

    #[test]
    fn each_number_stands_beside_its_measure() {
        let count = |name: &str, value| CountRow {
            subject: 0,
            name: name.to_owned(),
            value,
            rate: None,
            outcome: false,
        };
        let wait = SpreadRow {
            subject: 0,
            name: "desk.wait".to_owned(),
            unit: Unit::Time,
            count: 9,
            unfinished: 0,
            mean: 110,
            least: 0,
            p50: 0,
            p90: 0,
            p95: 0,
            p99: 0,
            p99_9: 0,
            max: 0,
        };
        let view = MeasuresView {
            subjects: vec![SubjectView { name: "desk".to_owned(), kind: "service".to_owned() }],
            counts: vec![count("desk.calls", 200), count("desk.rejected", 3)],
            spreads: vec![wait],
            ..MeasuresView::default()
        };
        let figure = |name: &str, value, unit| TheoryFigure { name: name.to_owned(), value, unit };
        let row = TheoryRow {
            subject: 0,
            model: "M/M/1/2".to_owned(),
            why_not: None,
            figures: vec![
                figure("desk.wait.mean", 100, Unit::Time),
                figure("desk.wait.p99", 0, Unit::Time),
                figure("desk.rejected / desk.calls", 20_000, Unit::Share),
                figure("desk.busy", 5, Unit::Number),
            ],
        };
        let found: Vec<_> = view
            .beside(&row)
            .iter()
            .map(|one| (one.off().map(|off| off.value), one.off_share()))
            .collect();
        let expected = [
            (Some(10), Some(100_000)),
            (Some(0), None),
            (Some(-5_000), Some(-250_000)),
            (None, None),
        ];
        assert_eq!(found, expected);
    }
}
