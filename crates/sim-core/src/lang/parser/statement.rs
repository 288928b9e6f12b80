//! Statements: what processes and routines do.

use super::{Parsed, Parser, Reported};
use crate::{
    lang::{
        rows::{Does, RowsTree},
        token::TokenKind,
        tree::{
            Arm, Block, Change, Name, Pattern, PatternKind, Statement, StatementKind, Taking,
            Target, Way,
        },
        words,
    },
    program::Span,
    say::diagnostics::{Expected, Hint},
};

impl Parser<'_> {
    /// One statement. One that could not be read was reported and is skipped to its end.
    pub(super) fn statement(&mut self) -> Statement {
        let start = self.start();
        let mut header = None;
        let kind = self.statement_kind(&mut header).unwrap_or_else(|Reported| {
            self.skip_statement(false);
            StatementKind::Wrong
        });
        let span = self.span_from(start);
        Statement { kind, header: header.unwrap_or_else(|| span.clone()), span }
    }

    fn statement_kind(&mut self, header: &mut Option<Span>) -> Parsed<StatementKind> {
        let word = self.word();
        if word.is_empty() {
            let operator = matches!(
                self.kind(),
                TokenKind::Sign(
                    "+" | "-" | "*" | "/" | "=" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "," | "."
                )
            );
            let hint = (operator && self.token().first).then_some(Hint::OperatorAbove);
            return self.expected(Expected::Statement, hint);
        }
        let is_place = ["=", "+=", "-=", "["].iter().any(|sign| self.sign_ahead(1, sign))
            || self.sign_ahead(1, ".");
        if word != "let" && is_place && !words::is_reserved(word) {
            return self.assignment();
        }
        if word == "step" && matches!(self.ahead(1).kind, TokenKind::Text(_)) {
            return self.step_alone();
        }
        if words::is_verb(word) {
            return self.verb(word, header);
        }
        if words::is_later_verb(word) {
            let span = self.token().span.clone();
            let _: Parsed<()> = self.not_built(span, word);
            self.skip_construct(false);
            return Ok(StatementKind::Wrong);
        }
        if self.sign_ahead(1, "(") && !words::is_reserved(word) {
            return Ok(StatementKind::Call(self.place_or_call()?));
        }
        let hint = if word == "finally" {
            Some(Hint::FinallyIsPromise)
        } else if words::declares(word) {
            Some(Hint::DeclarationInside)
        } else if ["and", "or", "mod", "then", "of", "in"].contains(&word) && self.token().first {
            Some(Hint::OperatorAbove)
        } else {
            let verbs = words::verb_words();
            words::nearest(word, verbs).map(Hint::Nearest)
        };
        self.expected(Expected::Statement, hint)
    }

    fn verb(&mut self, word: &str, header: &mut Option<Span>) -> Parsed<StatementKind> {
        let verb = self.take();
        Ok(match word {
            "let" => {
                let name = self.want_name()?;
                self.want_sign("=")?;
                StatementKind::Let { name, right: self.right() }
            }
            "if" => self.branches(verb.start, header)?,
            "match" => self.matching(verb.start, header)?,
            "while" => {
                let condition = self.expr_or_skip();
                StatementKind::While { condition, body: self.body(verb.start, header)? }
            }
            "repeat" => {
                let times = self.expr_or_skip();
                StatementKind::Repeat { times, body: self.body(verb.start, header)? }
            }
            "for" => {
                let name = self.want_name()?;
                self.want_word("in", None)?;
                let (least, greatest) = self.range()?;
                let body = self.body(verb.start, header)?;
                StatementKind::For { name, least, greatest, body }
            }
            "break" => StatementKind::Break,
            "continue" => StatementKind::Continue,
            "stop" => StatementKind::Stop,
            "return" => {
                let nothing =
                    matches!(self.kind(), TokenKind::End | TokenKind::TextEnd) || self.is_sign("}");
                StatementKind::Return(if nothing { None } else { Some(self.right()) })
            }
            "sleep" | "work" => {
                StatementKind::Pause { time: self.expr_or_skip(), busy: word == "work" }
            }
            "atomic" => {
                let suffix = self.suffix();
                StatementKind::Atomic { suffix, body: self.body(verb.start, header)? }
            }
            "with" => {
                let mut takings = Vec::new();
                loop {
                    let mut taking = self.taking(true)?;
                    taking.suffix = self.suffix();
                    takings.push(taking);
                    if !self.take_sign(",") {
                        break;
                    }
                }
                StatementKind::With { takings, body: self.body(verb.start, header)? }
            }
            "try" => self.trying(verb.start, header)?,
            "fail" => self.failing()?,
            "within" => self.within(verb.start, header)?,
            "retry" => self.retry(verb.start, header)?,
            "choose" => StatementKind::Choose(self.blocks("or", verb.start, header)?),
            "together" => StatementKind::Together(self.blocks("and", verb.start, header)?),
            "spawn" => self.spawn()?,
            "scale" => {
                let service = self.want_name()?;
                self.want_word("to", None)?;
                self.tree.scaled.insert(service.text.clone());
                StatementKind::Scale { service, to: self.expr()? }
            }
            "lookup" => StatementKind::Lookup(self.looking_up()?),
            "update" | "insert" | "delete" => StatementKind::Rows(self.changing(word)?),
            "transaction" => self.transaction(verb.start, header)?,
            "abort" => StatementKind::Abort,
            "saga" => self.saga(verb.start, header)?,
            "call" => StatementKind::CallService(self.calling()?),
            "send" => StatementKind::Send(self.sending()?),
            "receive" => self.receiving(verb.start, header)?,
            "follow" => self.following(verb.start, header)?,
            "ack" | "nack" => {
                StatementKind::Answer { done: word == "ack", message: self.want_name()? }
            }
            "acquire" => StatementKind::Acquire(self.taking(true)?),
            "release" => StatementKind::Release(self.taking(false)?),
            "wait" if self.word() == "until" && self.ahead(1).kind != TokenKind::End => {
                self.take();
                StatementKind::Until(self.expr_or_skip())
            }
            "wait" => StatementKind::Wait(self.target()?),
            "notify" => {
                let all = self.word() == "all" && !self.word_ahead(1).is_empty();
                if all {
                    self.take();
                }
                StatementKind::Notify { all, condition: self.target()? }
            }
            "assert" => {
                let condition = self.expr()?;
                StatementKind::Assert { condition, why: self.take_words()? }
            }
            "outcome" => StatementKind::Outcome(self.want_label(Expected::Name)?),
            "record" => {
                let name = self.want_name()?;
                self.want_sign("=")?;
                StatementKind::Record { name, value: self.expr_or_skip() }
            }
            _ => StatementKind::Note(self.want_words()?),
        })
    }

    /// The block of a statement whose header began at `start`.
    fn body(&mut self, start: u32, header: &mut Option<Span>) -> Parsed<Block> {
        *header = Some(self.span_from(start));
        self.block(Expected::Sign("{"))
    }

    /// What is taken or let go: `m`, `page.read`, `fork[1] as token`.
    fn taking(&mut self, may_name: bool) -> Parsed<Taking> {
        let name = self.want_name()?;
        let start = name.span.start;
        let (name, index) = self.element(name)?;
        let side = self.side()?;
        let what = Target { name, index, span: self.span_from(start) };
        let token = if may_name && self.take_word("as") { Some(self.want_name()?) } else { None };
        Ok(Taking { what, side, token, suffix: None })
    }

    fn side(&mut self) -> Parsed<Option<Name>> {
        let sides = ["read", "write"];
        if !self.is_sign(".") {
            return Ok(None);
        }
        if !sides.contains(&self.word_ahead(1)) {
            return self.no_field();
        }
        self.take();
        Ok(Some(self.want_name()?))
    }

    pub(super) fn target(&mut self) -> Parsed<Target> {
        let name = self.want_name()?;
        let start = name.span.start;
        let (name, index) = self.element(name)?;
        if self.is_sign(".") {
            return self.no_field();
        }
        Ok(Target { name, index, span: self.span_from(start) })
    }

    fn assignment(&mut self) -> Parsed<StatementKind> {
        let name = self.want_name()?;
        let start = name.span.start;
        let (name, index) = self.element(name)?;
        let to = Target { name, index, span: self.span_from(start) };
        let field = if !self.is_sign(".") {
            None
        } else if to.index.is_none() {
            return self.no_field();
        } else {
            self.take();
            Some(self.want_label(Expected::Name)?)
        };
        if field.is_none() && to.index.is_some() && self.at_for_update() {
            self.take();
            self.take();
            let rows = RowsTree { what: to, does: Does::Lock, filter: None };
            return Ok(StatementKind::Rows(Box::new(rows)));
        }
        let change = match self.kind() {
            TokenKind::Sign("=") => Change::Set,
            TokenKind::Sign("+=") => Change::Add,
            TokenKind::Sign("-=") => Change::Subtract,
            _ => return self.expected(Expected::Sign("="), None),
        };
        self.take();
        Ok(StatementKind::Assign { to, field, change, right: self.right() })
    }

    fn branches(&mut self, start: u32, header: &mut Option<Span>) -> Parsed<StatementKind> {
        let mut ways = vec![self.way(start)?];
        *header = Some(ways[0].header.clone());
        let mut otherwise = None;
        loop {
            // `else` may stand on the next line; `else =>` belongs to the `match` around.
            let ends = self.ends_ahead();
            if self.word_ahead(ends) != "else" || self.sign_ahead(ends + 1, "=>") {
                break;
            }
            self.skip_ends();
            self.take();
            if self.word() == "if" {
                let start = self.take().start;
                ways.push(self.way(start)?);
            } else {
                otherwise = Some(self.block(Expected::Sign("{"))?);
                break;
            }
        }
        Ok(StatementKind::If { ways, otherwise })
    }

    fn way(&mut self, start: u32) -> Parsed<Way> {
        let condition = self.expr_or_skip();
        let header = self.span_from(start);
        let body = self.block(Expected::Sign("{"))?;
        Ok(Way { condition, body, span: self.span_from(start), header })
    }

    fn matching(&mut self, start: u32, header: &mut Option<Span>) -> Parsed<StatementKind> {
        let subject = self.expr_or_skip();
        *header = Some(self.span_from(start));
        if !self.is_sign("{") {
            self.block(Expected::Sign("{"))?;
        }
        self.enter()?;
        let open = self.take();
        let mut arms = Vec::new();
        loop {
            self.skip_ends();
            if self.at_text_end() || self.starts_declaration() {
                self.not_closed(&open);
                break;
            }
            if self.is_sign("}") {
                break;
            }
            match self.arm() {
                Ok(arm) => arms.push(arm),
                Err(Reported) => self.skip_statement(false),
            }
            self.want_statement_end(false);
        }
        self.leave();
        self.take_sign("}");
        Ok(StatementKind::Match { subject, arms })
    }

    fn arm(&mut self) -> Parsed<Arm> {
        let mut patterns = Vec::new();
        if !self.take_word("else") {
            patterns.push(self.pattern()?);
            while self.take_sign(",") {
                patterns.push(self.pattern()?);
            }
        }
        self.want_sign("=>")?;
        if self.is_sign("{") {
            return Ok(Arm { patterns, body: self.block(Expected::Sign("{"))? });
        }
        self.enter()?;
        let statement = self.statement();
        self.leave();
        let inner = statement.span.clone();
        Ok(Arm { patterns, body: Block { statements: vec![statement], inner } })
    }

    fn pattern(&mut self) -> Parsed<Pattern> {
        let start = self.start();
        let minus = self.take_sign("-");
        let kind = match self.kind().clone() {
            // No number has a magnitude that its negative does not have.
            TokenKind::Int(value) => PatternKind::Int(if minus { -value } else { value }),
            TokenKind::Duration(value) => PatternKind::Duration(if minus { -value } else { value }),
            TokenKind::Percent(value) => PatternKind::Percent(if minus { -value } else { value }),
            TokenKind::Rate(value) => PatternKind::Rate(if minus { -value } else { value }),
            TokenKind::Text(words) if !minus => PatternKind::Text(words),
            TokenKind::Word if !minus && ["true", "false"].contains(&self.word()) => {
                PatternKind::Bool(self.word() == "true")
            }
            _ if minus => return self.expected(Expected::Pattern, None),
            _ => {
                let label = self.want_label(Expected::Pattern)?;
                return Ok(Pattern { kind: PatternKind::Label(label.text), span: label.span });
            }
        };
        self.take();
        Ok(Pattern { kind, span: self.span_from(start) })
    }
}
