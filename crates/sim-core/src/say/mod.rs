//! The words of the engine: every text a person reads, in each language, and nothing else.
//!
//! What is said is data with arguments, made elsewhere; here it becomes a sentence. Names and
//! words of the scenario language stay as they are and stand in backticks.

mod calls;
mod ceilings_en;
mod ceilings_es;
mod crowds;
mod data;
pub mod diagnostics;
mod diagnostics_en;
mod diagnostics_es;
mod guards;
mod kept;
mod messages;
mod mistakes_of_data;
mod mistakes_of_sagas;
mod sagas;
mod steps;
mod theory;

pub use crowds::crowd;
pub use sagas::{noted, saga};
pub use steps::{Piece, Tense, action, error, plain, reason};
pub use theory::why_not;

use serde::{Deserialize, Serialize};

/// The languages that people can read Lockstep in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
}

impl Lang {
    /// All languages.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Es];

    /// The language of a tag such as `es` or `es-MX`, if it is one of ours.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Lang> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Lang::ALL.into_iter().find(|lang| lang.tag().eq_ignore_ascii_case(primary))
    }

    /// Its tag, as in HTML's `lang`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Es => "es",
        }
    }
}
