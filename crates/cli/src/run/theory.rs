//! What theory says of services, beside what was measured of them.

use std::fmt::Write as _;

use sim_core::{
    measure::{Beside, Figure, MeasuresView, TheoryRow, Unit},
    say::{Lang, why_not},
};

use crate::{json, words::measures as words};

/// A row for each service, for machines.
pub(super) fn rows(view: &MeasuresView) -> Vec<json::Theory> {
    let row = |row: &TheoryRow| json::Theory {
        service: service(view, row).to_owned(),
        model: Some(row.model.clone()).filter(|model| !model.is_empty()),
        why_not: row.why_not.map(|why| why.word()),
        figures: view.beside(row).iter().map(figure).collect(),
    };
    view.theory.iter().map(row).collect()
}

fn figure(one: &Beside) -> json::Beside {
    json::Beside {
        measure: one.name.clone(),
        unit: one.theory.unit.word(),
        measured: one.measured.map(|figure| figure.value.to_string()),
        theory: one.theory.value.to_string(),
    }
}

fn service<'a>(view: &'a MeasuresView, row: &TheoryRow) -> &'a str {
    view.subjects.get(row.subject as usize).map_or("", |subject| &subject.name)
}

/// The same for people: a block a service, or why theory says nothing of it. Nothing where no time
/// has passed.
pub(super) fn table(view: &MeasuresView, lang: Lang) -> String {
    if view.until == 0 || view.theory.is_empty() {
        return String::new();
    }
    let mut out = format!("{}\n", words::theory(lang));
    for row in &view.theory {
        let name = service(view, row);
        if let Some(why) = row.why_not {
            let _ = writeln!(
                out,
                "  {name}  {}",
                words::no_theory(&row.model, why_not(why, lang), lang)
            );
            continue;
        }
        let _ = writeln!(out, "  {name}  {}", row.model);
        let lines = view.beside(row);
        let told: Vec<[String; 4]> = lines.iter().map(|one| cells(name, one, lang)).collect();
        let heads = words::columns(lang).map(str::to_owned);
        let all = || std::iter::once(&heads).chain(&told);
        let wide = |at: usize| all().map(|row| row[at].chars().count()).max().unwrap_or_default();
        let wide = [wide(0), wide(1), wide(2)];
        for [name, measured, theory, off] in all() {
            let line = format!(
                "    {name:<0$}  {measured:>1$}  {theory:>2$}  {off}",
                wide[0], wide[1], wide[2]
            );
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }
    out.push('\n');
    out
}

/// A line of the table: the measure without its service's name, measured, theory, how far apart.
fn cells(service: &str, one: &Beside, lang: Lang) -> [String; 4] {
    let name = one.name.replace(&format!("{service}."), "");
    let measured = one.measured.map_or_else(|| words::nothing(lang).to_owned(), Figure::spell);
    [name, measured, one.theory.spell(), off(one, lang)]
}

/// How far what was measured is from theory: of a share in points, else also in the hundred.
fn off(one: &Beside, lang: Lang) -> String {
    let Some(off) = one.off() else { return String::new() };
    let sign = if off.value > 0 { "+" } else { "" };
    if off.unit == Unit::Share {
        let points = Figure { value: off.value, unit: Unit::Share }.spell();
        return words::points(&format!("{sign}{}", points.trim_end_matches('%')), lang);
    }
    let share = one.off_share().map(|value| Figure { value, unit: Unit::Share }.spell());
    let share = share.map(|share| format!(" ({sign}{share})")).unwrap_or_default();
    format!("{sign}{}{share}", off.spell())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_apart_is_told_with_its_sign() {
        let beside = |measured: i64, theory: i64, unit: Unit| Beside {
            name: "desk.wait.mean".to_owned(),
            theory: Figure { value: theory, unit },
            measured: Some(Figure { value: measured, unit }),
        };
        let said = |one: &Beside| off(one, Lang::En);
        assert_eq!(said(&beside(1_100_000, 1_000_000, Unit::Time)), "+100us (+10%)");
        assert_eq!(said(&beside(900_000, 1_000_000, Unit::Time)), "-100us (-10%)");
        assert_eq!(said(&beside(5, 0, Unit::Time)), "+5ns");
        assert_eq!(said(&beside(812_000, 800_000, Unit::Share)), "+1.2 points");
        assert_eq!(off(&beside(788_000, 800_000, Unit::Share), Lang::Es), "-1.2 puntos");
        assert_eq!(said(&Beside { measured: None, ..beside(1, 1, Unit::Time) }), "");
    }
}
