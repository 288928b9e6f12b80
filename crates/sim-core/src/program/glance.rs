//! Code that only looks: conditions, and values in texts.

use super::{Pc, Reg, SharedId, Type};
use std::ops::Range;

/// Code that computes something from the shared state and a process's registers, and touches
/// nothing: it reads as an observer does, not in steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glance {
    /// Its instructions. They start with the process's registers as they are (in a promise: none).
    pub code: Range<Pc>,
    /// The register that then has the value.
    pub result: Reg,
    /// How many registers it needs, the process's own included.
    pub registers: Reg,
}

/// The condition of a `wait until`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// What computes it; 1 where it holds.
    pub glance: Glance,
    /// The shared things it reads.
    pub reads: Vec<SharedId>,
    /// As it stands in the text.
    pub words: String,
}

/// Words with values in between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// In order.
    pub parts: Vec<TextPart>,
}

/// A part of a [`Text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextPart {
    /// As they stand.
    Words(String),
    /// A value.
    Value(Glance, Type),
}
