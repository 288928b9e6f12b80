//! What happened, step by step, in words that both sides use.

use std::collections::BTreeMap;

/// A run of a program.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Transcript {
    pub(crate) steps: Vec<Step>,
    /// The rows in the end: each key and field with its value.
    pub(crate) rows: Vec<String>,
}

/// A pick of the schedule that did something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Step {
    /// Whose, by its place among the transactions.
    pub(crate) by: usize,
    /// What it gave: a value, a count, [`WAITS`], [`COMMITS`], [`ROLLS_BACK`], the name of an error.
    pub(crate) gave: String,
    /// What had waited and went on because of it, and what that gave.
    pub(crate) then: BTreeMap<usize, String>,
}

pub(crate) const WAITS: &str = "waits";
pub(crate) const COMMITS: &str = "commits";
pub(crate) const ROLLS_BACK: &str = "rolls back";
pub(crate) const NONE: &str = "none";

/// Where two runs part: the first step that differs (from 1), or the rows.
pub(crate) fn differ(one: &Transcript, other: &Transcript) -> Option<String> {
    let longest = one.steps.len().max(other.steps.len());
    for at in 0..longest {
        if one.steps.get(at) != other.steps.get(at) {
            return Some(format!("step {}", at + 1));
        }
    }
    (one.rows != other.rows).then(|| "the rows in the end".to_owned())
}
