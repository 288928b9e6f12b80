//! The arms of a `match`, as they stand.

use super::tree::Block;
use crate::program::Span;

#[derive(Clone, Debug)]
pub(super) struct Arm {
    /// Empty for `else`.
    pub(super) patterns: Vec<Pattern>,
    pub(super) body: Block,
}

#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub(super) kind: PatternKind,
    pub(super) span: Span,
}

#[derive(Clone, Debug)]
pub(super) enum PatternKind {
    Label(String),
    Int(i64),
    Duration(i64),
    Percent(i64),
    Rate(i64),
    Text(String),
    Bool(bool),
}
