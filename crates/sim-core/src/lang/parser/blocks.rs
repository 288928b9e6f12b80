//! Statements whose blocks may end early or come out differently: `try`, `within`, `retry`,
//! `choose`, and what goes with them.

use super::{Parsed, Parser, options::Others};
use crate::{
    lang::tree::{Block, CatchTree, Expr, StatementKind},
    program::Span,
    say::diagnostics::Expected,
};

impl Parser<'_> {
    /// `if E` at the end of a header.
    pub(super) fn suffix(&mut self) -> Option<Expr> {
        self.take_word("if").then(|| self.expr_or_skip())
    }

    pub(super) fn trying(
        &mut self,
        start: u32,
        header: &mut Option<Span>,
    ) -> Parsed<StatementKind> {
        *header = Some(self.span_from(start));
        let body = self.block(Expected::Sign("{"))?;
        let mut catches = Vec::new();
        while self.word_ahead(self.ends_ahead()) == "catch" {
            self.skip_ends();
            catches.push(self.catch()?);
        }
        if catches.is_empty() {
            return self.expected(Expected::Sign("catch"), None);
        }
        Ok(StatementKind::Try { body, catches })
    }

    fn catch(&mut self) -> Parsed<CatchTree> {
        let start = self.take().start;
        let mut errors = Vec::new();
        if !self.is_sign("{") && self.word() != "as" {
            errors.push(self.want_label(Expected::Error)?);
            while self.take_sign(",") {
                errors.push(self.want_label(Expected::Error)?);
            }
        }
        let name = if self.take_word("as") { Some(self.want_name()?) } else { None };
        let header = self.span_from(start);
        let body = self.block(Expected::Sign("{"))?;
        Ok(CatchTree { errors, name, body, header })
    }

    pub(super) fn failing(&mut self) -> Parsed<StatementKind> {
        let error = self.want_label(Expected::Error)?;
        let text = self.take_words()?;
        Ok(StatementKind::Fail { error, text })
    }

    pub(super) fn within(
        &mut self,
        start: u32,
        header: &mut Option<Span>,
    ) -> Parsed<StatementKind> {
        let time = self.expr_or_skip();
        let only = self.suffix();
        *header = Some(self.span_from(start));
        let body = self.block(Expected::Sign("{"))?;
        Ok(StatementKind::Within { time, only, body })
    }

    pub(super) fn retry(&mut self, start: u32, header: &mut Option<Span>) -> Parsed<StatementKind> {
        let options = self.options("retry", Others::Refused)?.unwrap_or_default();
        let only = self.suffix();
        *header = Some(self.span_from(start));
        let body = self.block(Expected::Sign("{"))?;
        Ok(StatementKind::Retry { options, only, body })
    }

    /// Two blocks or more, with a word between them.
    pub(super) fn blocks(
        &mut self,
        between: &'static str,
        start: u32,
        header: &mut Option<Span>,
    ) -> Parsed<Vec<Block>> {
        *header = Some(self.span_from(start));
        let mut ways: Vec<Block> = vec![self.block(Expected::Sign("{"))?];
        loop {
            let ends = self.ends_ahead();
            if self.word_ahead(ends) != between || !self.sign_ahead(ends + 1, "{") {
                break;
            }
            self.skip_ends();
            self.take();
            ways.push(self.block(Expected::Sign("{"))?);
        }
        if ways.len() < 2 {
            return self.expected(Expected::Sign(between), None);
        }
        Ok(ways)
    }

    pub(super) fn spawn(&mut self) -> Parsed<StatementKind> {
        let name = self.want_name()?;
        let values = self.arguments()?;
        Ok(StatementKind::Spawn { name, values })
    }
}
