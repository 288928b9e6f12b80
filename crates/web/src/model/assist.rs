//! What the language says while somebody writes.

pub use sim_core::lang::{Hover, Suggestion, complete, folds, hover};
use sim_core::{
    lang::{Diagnostic, check},
    say::Lang,
};

/// A text in order.
///
/// # Errors
/// What is wrong with it.
pub fn format(text: &str) -> Result<String, Vec<Diagnostic>> {
    let checked = check(text);
    if checked.scenario.is_none() {
        return Err(checked.diagnostics);
    }
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    Ok(format!("{}\n", lines.join("\n").trim_end()))
}

/// The place of a language in what is said in both.
#[must_use]
pub fn language(lang: Lang) -> usize {
    Lang::ALL.iter().position(|other| *other == lang).unwrap_or_default()
}
