//! A mistake with its place, and places as people count them.

use crate::{
    program::Span,
    say::{
        Lang,
        diagnostics::{Code, Message, Said},
    },
};

use super::limits;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The scenario cannot run.
    Error,
    /// It can, but may not do what is meant.
    Warning,
}

/// Something to say about a place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its stable name.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Where; may be empty at the end of a line or of the text.
    pub span: Span,
    /// What, as data.
    pub message: Message,
}

impl Diagnostic {
    pub(super) fn error(span: Span, message: Message) -> Diagnostic {
        Diagnostic { code: message.code(), severity: Severity::Error, span, message }
    }

    /// The message in words.
    #[must_use]
    pub fn say(&self, lang: Lang) -> Said {
        self.message.say(lang)
    }
}

/// Diagnostics as they come: the same one only once, and not more than anybody reads.
#[derive(Debug, Default)]
pub(super) struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    pub(super) fn error(&mut self, span: Span, message: Message) {
        let diagnostic = Diagnostic::error(span, message);
        if self.list.len() < limits::DIAGNOSTICS && !self.list.contains(&diagnostic) {
            self.list.push(diagnostic);
        }
    }

    /// Adds those of another list.
    pub(super) fn append(&mut self, other: Diagnostics) {
        for diagnostic in other.list {
            self.error(diagnostic.span, diagnostic.message);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All of them in the order of the text.
    pub(super) fn sorted(mut self) -> Vec<Diagnostic> {
        crate::base::order::sort_by_key(&mut self.list, |diagnostic| {
            (diagnostic.span.start, diagnostic.span.end)
        });
        self.list
    }
}

/// Line and column of a byte of the text, both from 1; columns count characters.
///
/// A byte behind the end counts as the end, one inside a character as that character.
#[must_use]
pub fn line_column(text: &str, byte: u32) -> (u32, u32) {
    let end = text.floor_char_boundary(byte as usize);
    let before = &text[..end];
    let line = before.matches('\n').count() as u32 + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (line, before[start..].chars().count() as u32 + 1)
}
