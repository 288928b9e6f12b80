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
