//! Texts in which `{…}` shows a value: those of `note`, `fail`, `assert` and promises.

use super::{Parsed, Parser, Reported};
use crate::{
    lang::{
        diagnostic::line_column,
        lexer::{self, range},
        token::TokenKind,
        tree::{Expr, Words, WordsPart},
    },
    program::Span,
    say::diagnostics::{Expected, Found, Message},
};

impl Parser<'_> {
    /// The text that must stand here.
    pub(super) fn want_words(&mut self) -> Parsed<Words> {
        match self.take_words()? {
            Some(words) => Ok(words),
            None => self.expected(Expected::Text, None),
        }
    }

    /// The text that may stand here.
    pub(super) fn take_words(&mut self) -> Parsed<Option<Words>> {
        if !matches!(self.kind(), TokenKind::Text(_)) {
            return Ok(None);
        }
        let span = self.take();
        let end = span.end - 1;
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut at = span.start + 1;
        while at < end {
            let Some(c) = self.text[range(&(at..end))].chars().next() else { break };
            match c {
                '\\' => {
                    let escaped = self.text[range(&(at + 1..end))].chars().next();
                    plain.push(match escaped {
                        Some('n') => '\n',
                        other => other.unwrap_or('\\'),
                    });
                    at += 1 + escaped.map_or(0, |c| c.len_utf8() as u32);
                }
                '{' => {
                    let hole = self.hole(at, end)?;
                    if !plain.is_empty() {
                        parts.push(WordsPart::Plain(std::mem::take(&mut plain)));
                    }
                    at = hole.end + 1;
                    parts.push(WordsPart::Value(self.part(&hole)?));
                }
                _ => {
                    plain.push(c);
                    at += c.len_utf8() as u32;
                }
            }
        }
        if !plain.is_empty() {
            parts.push(WordsPart::Plain(plain));
        }
        Ok(Some(Words { parts }))
    }

    /// What stands between a brace in a text and its partner.
    fn hole(&mut self, open: u32, end: u32) -> Parsed<Span> {
        let mut depth = 0_u32;
        for (at, c) in self.text[range(&(open..end))].char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Ok(open + 1..open + at as u32);
            }
        }
        let (line, column) = line_column(self.text, open);
        let found = Found::Token("\"".to_owned());
        self.report(open..open + 1, Message::NotClosed { sign: "{", line, column, found });
        Err(Reported)
    }

    /// Reads a part of the text as a value.
    fn part(&mut self, part: &Span) -> Parsed<Expr> {
        let tokens = lexer::lex_part(self.text, part);
        let outer = std::mem::replace(&mut self.tokens, tokens);
        let (at, last_end) = (std::mem::take(&mut self.at), self.last_end);
        let skipped_to = self.skipped_to.take();
        let result = self.expr().and_then(|expr| {
            if self.at_text_end() { Ok(expr) } else { self.expected(Expected::Sign("}"), None) }
        });
        self.tokens = outer;
        // Whoever gave up has left the rest of the text alone.
        self.at = if self.gave_up { self.tokens.len() - 1 } else { at };
        self.last_end = last_end;
        self.skipped_to = skipped_to;
        result
    }
}
