//! What the language says while somebody writes.

use sim_core::say::Lang;

pub use sim_core::lang::{Hover, Suggestion, complete, folds, format, hover};

/// The place of a language in what is said in both.
#[must_use]
pub fn language(lang: Lang) -> usize {
    Lang::ALL.iter().position(|other| *other == lang).unwrap_or_default()
}
