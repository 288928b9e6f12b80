//! The sentences about measures and goals, in both languages.

use sim_core::{
    measure::{Figure, GoalView},
    say::Lang,
};

use super::pick;

pub(crate) fn heading(until: &str, lang: Lang) -> String {
    pick(lang, format!("Measured until {until}:"), format!("Medido hasta {until}:"))
}

/// A goal with what it came to.
pub(crate) fn goal(goal: &GoalView, state: &str, lang: Lang) -> String {
    let why =
        goal.now.as_ref().or(goal.why.as_ref()).map(|why| format!(" ({why})")).unwrap_or_default();
    let state = match state {
        "held" => pick(lang, "met", "se alcanza"),
        "missed" => pick(lang, "missed", "no se alcanza"),
        _ => pick(lang, "not decided", "sin decidir"),
    };
    format!("goal {}{why}: {state}", goal.words)
}

/// A side of a comparison: `jobs.trip.p99 (12.3ms)`; a number speaks for itself.
pub(crate) fn side(words: &str, value: Option<Figure>) -> String {
    let is_plain = words.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    match value {
        Some(value) if !is_plain || words.contains(' ') => format!("{words} ({})", value.spell()),
        _ => words.to_owned(),
    }
}

pub(crate) fn unmeasured(names: &[String], lang: Lang) -> String {
    let names = names.join(", ");
    pick(lang, format!("never measured: {names}"), format!("nunca se midió: {names}"))
}

pub(crate) fn goals_missed(missed: usize, all: usize, lang: Lang) -> String {
    pick(
        lang,
        format!("{missed} of {all} goals are missed, over all seeds together"),
        format!("no se alcanzan {missed} de {all} metas, con todas las semillas juntas"),
    )
}

/// Above what theory says.
pub(crate) fn theory(lang: Lang) -> &'static str {
    pick(lang, "Theory beside what was measured:", "La teoría junto a lo medido:")
}

/// The columns: the measure, what was measured, what theory says, how far apart they are.
pub(crate) fn columns(lang: Lang) -> [&'static str; 4] {
    pick(lang, ["", "measured", "theory", "difference"], ["", "medido", "teoría", "diferencia"])
}

/// Theory says nothing of a service, and why; its model where it has one.
pub(crate) fn no_theory(model: &str, why: &str, lang: Lang) -> String {
    let none = pick(lang, "no theory", "sin teoría");
    let model = if model.is_empty() { String::new() } else { format!("{model}, ") };
    format!("{model}{none}: {why}")
}

/// Nothing was measured.
pub(crate) fn nothing(lang: Lang) -> &'static str {
    pick(lang, "nothing", "nada")
}

/// A difference of shares.
pub(crate) fn points(number: &str, lang: Lang) -> String {
    pick(lang, format!("{number} points"), format!("{number} puntos"))
}
