//! What carries messages: links, `send`, `receive`, `follow`, `ack` and `nack`, and records.

use super::{Parsed, Parser, options::Others};
use crate::{
    lang::{
        token::TokenKind,
        tree::{Block, Expr, ExprKind, LinkTree, LookupTree, Name, Send, StatementKind, Target},
    },
    program::Span,
    say::diagnostics::{Expected, Hint, Message},
};

impl Parser<'_> {
    /// `link a -> b (…)`
    pub(super) fn link(&mut self) -> Parsed<()> {
        let start = self.last_end - "link".len() as u32;
        let from = self.want_name()?;
        let both = self.take_sign("<->");
        if !both {
            self.want_sign("->")?;
        }
        let to = self.want_name()?;
        let span = self.span_from(start);
        let options = self.options("link", Others::Refused)?.unwrap_or_default();
        self.tree.links.push(LinkTree { from, to, both, options, span });
        Ok(())
    }

    /// What stands behind `lookup`.
    pub(super) fn looking_up(&mut self) -> Parsed<LookupTree> {
        let what = self.target()?;
        let body = self.block(Expected::Sign("{"))?;
        Ok(LookupTree { what, body })
    }

    /// What stands behind `send`.
    pub(super) fn sending(&mut self) -> Parsed<Send> {
        let value = self.expr()?;
        self.want_word("to", None)?;
        let to = self.target()?;
        let key = if self.take_word("key") { Some(self.expr()?) } else { None };
        let after = if self.take_word("after") { Some(self.expr()?) } else { None };
        Ok(Send { value, to, key, after })
    }

    /// `receive q as m { }`
    pub(super) fn receiving(
        &mut self,
        start: u32,
        header: &mut Option<Span>,
    ) -> Parsed<StatementKind> {
        let from = self.source()?;
        let (name, body) = self.each_message(start, header)?;
        Ok(StatementKind::Receive { from, name, body })
    }

    /// What is received from: other languages name the message before it.
    pub(super) fn source(&mut self) -> Parsed<Target> {
        let message = self.text_at(0).to_owned();
        let from = self.target()?;
        if self.word() == "from" {
            let queue = self.text_at(1).to_owned();
            let hint = Some(Hint::QueueFirst { queue, message });
            return self.expected(Expected::Sign("as"), hint);
        }
        Ok(from)
    }

    /// `follow l from n as e { }`
    pub(super) fn following(
        &mut self,
        start: u32,
        header: &mut Option<Span>,
    ) -> Parsed<StatementKind> {
        let log = self.target()?;
        self.want_word("from", None)?;
        let from = self.expr()?;
        let (name, body) = self.each_message(start, header)?;
        Ok(StatementKind::Follow { log, from, name, body })
    }

    fn each_message(&mut self, start: u32, header: &mut Option<Span>) -> Parsed<(Name, Block)> {
        self.want_word("as", None)?;
        let name = self.want_name()?;
        *header = Some(self.span_from(start));
        let body = self.block(Expected::Sign("{"))?;
        Ok((name, body))
    }

    /// `send` or `receive` right of `=` or `return`.
    pub(super) fn operation(&mut self, word: &str) -> Expr {
        let start = self.take().start;
        let kind = if word == "call" {
            self.called_value()
        } else if word == "lookup" {
            self.looking_up().map(|lookup| ExprKind::Lookup(Box::new(lookup)))
        } else if matches!(word, "update" | "insert" | "delete") {
            self.changed(word)
        } else if word == "send" {
            self.sending().map(|send| ExprKind::Send(Box::new(send)))
        } else {
            self.one_message()
        };
        let kind = kind.unwrap_or_else(|_| {
            self.skip_statement(false);
            ExprKind::Wrong
        });
        Expr { kind, span: self.span_from(start), depth: 1 }
    }

    fn one_message(&mut self) -> Parsed<ExprKind> {
        let from = self.target()?;
        let within = if self.take_word("within") { Some(Box::new(self.expr()?)) } else { None };
        Ok(ExprKind::Receive(Box::new(from), within))
    }

    /// `{ a: 1, b: 2 }`
    pub(super) fn record(&mut self) -> Parsed<Expr> {
        let start = self.start();
        self.enter()?;
        self.take();
        self.skip_ends();
        let mut fields: Vec<(Name, Expr)> = Vec::new();
        while !self.is_sign("}") {
            let name = self.field_name()?;
            if fields.iter().any(|(known, _)| known.text == name.text) {
                let found = name.text.clone();
                self.report(name.span.clone(), Message::OptionTwice { name: found });
            }
            self.want_sign(":")?;
            let value = self.expr()?;
            fields.push((name, value));
            self.skip_ends();
            if !self.take_sign(",") {
                break;
            }
            self.skip_ends();
        }
        self.leave();
        self.want_sign("}")?;
        let depth = fields.iter().map(|(_, value)| value.depth).max().unwrap_or(0);
        self.make(ExprKind::Record(fields), start, depth)
    }

    fn field_name(&mut self) -> Parsed<Name> {
        if matches!(self.kind(), TokenKind::Int(_) | TokenKind::Text(_)) {
            let text = self.text_at(0).to_owned();
            let span = self.take();
            return Ok(Name { text, span });
        }
        self.want_label(Expected::Name)
    }
}
