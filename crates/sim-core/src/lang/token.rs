//! The smallest parts of a text: words, numbers, texts, signs and line ends.

use crate::{program::Span, say::diagnostics::Message};

/// A part of the text with its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
    /// True when nothing but blanks stands before it on its line.
    pub(super) first: bool,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    Word,
    Int(i64),
    /// Nanoseconds.
    Duration(i64),
    /// Millionths of the whole.
    Percent(i64),
    /// Events in a thousand hours.
    Rate(i64),
    /// A text in quotes, its escapes resolved.
    Text(String),
    Sign(&'static str),
    /// A line end or `;` that ends a statement.
    End,
    /// Something that is no token; the message is reported where it is met.
    Wrong(Message),
    TextEnd,
}

/// All signs, longer ones before those they begin with.
pub(super) const SIGNS: &[&str] = &[
    "<->", "->", "=>", "==", "!=", "<=", ">=", "+=", "-=", "..", "(", ")", "[", "]", "{", "}", ",",
    ":", ".", "=", "<", ">", "+", "-", "*", "/",
];

/// Signs behind which a line end does not end a statement.
pub(super) const OPEN_SIGNS: &[&str] = &[
    "+", "-", "*", "/", "=", "==", "!=", "<", "<=", ">", ">=", ",", "=>", "+=", "-=", "->", "<->",
    "..", ":",
];

/// Words behind which a line end does not end a statement.
pub(super) const OPEN_WORDS: &[&str] = &["and", "or", "not", "mod", "then", "in", "of"];
