//! The Lockstep simulator: text in, programs, runs and verdicts out.
//!
//! Layers, each using only those before it: `base` (draws, fingerprints), `theory` (queueing
//! formulas), `program` (instructions as data), `trace` (events), `say` (texts in two languages), `lang` (text to program), `machine`
//! (what may happen and what it does), `drive` (who picks), `measure` (counts, percentiles,
//! charts), `chance` (how likely a failure is), `explore` (every schedule), `session` (stepping back and forth).

pub mod base;
pub mod chance;
pub mod drive;
pub mod explore;
mod golden;
mod hint;
pub mod lang;
pub mod machine;
pub mod measure;
pub mod program;
pub mod say;
pub mod session;
pub mod theory;
pub mod trace;

pub use golden::goldens;
pub use hint::{Hint, hint};
