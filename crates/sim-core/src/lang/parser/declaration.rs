//! Declarations: what exists, what must stay true, and named schedules.

use super::{Parsed, Parser, Reported};
use crate::{
    lang::{
        diagnostic::Diagnostics,
        lexer::range,
        limits,
        token::{Token, TokenKind},
        tree::{
            Expr, Name, ParamTree, ParamTreeKind, PickTree, ProcessTree, PromiseTree, RoutineTree,
            ScheduleTree, SharedTree, SharedTreeKind,
        },
        words,
    },
    program::PromiseKind,
    say::diagnostics::{Ceiling, Expected, Hint, Message},
};

/// Reads picks as they stand in a `schedule`, without its braces.
pub(in crate::lang) fn parse_pick_words(
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<PickTree> {
    let mut parser = Parser::new(text, diagnostics);
    let picks = parser.picks();
    // Only a stray `}` ends them early.
    if !parser.at_text_end() {
        let _: Parsed<()> = parser.expected(Expected::Name, None);
    }
    picks
}

impl Parser<'_> {
    pub(super) fn scenario(&mut self) {
        self.skip_ends();
        if self.word() == "scenario" {
            self.take();
            match self.want_text() {
                Ok(title) => {
                    self.tree.title = title;
                    self.want_statement_end(true);
                }
                Err(Reported) => self.skip_statement(true),
            }
        } else {
            let (span, found) = self.found();
            self.report(span, Message::ScenarioFirst { found });
        }
        loop {
            self.skip_ends();
            if self.at_text_end() {
                return;
            }
            self.declaration();
            self.want_statement_end(true);
        }
    }

    /// One declaration. If it could not be read, its name is kept as a foreign one, so that its
    /// uses are no further mistakes.
    fn declaration(&mut self) {
        let name = self.declared_name();
        let before = self.declared();
        let begin = self.at;
        if self.declaration_kind().is_err() {
            self.skip_statement(true);
        }
        if self.declared() == before {
            self.tree.foreign.extend(name);
            self.foreign_inside(begin);
        }
    }

    /// Keeps the names declared inside a declaration that was skipped, such as a database's tables.
    fn foreign_inside(&mut self, begin: usize) {
        const INNER: &[&str] = &["table", "var", "lock"];
        for at in begin..self.at {
            let [word, name] = [at, at + 1].map(|at| &self.tokens[at.min(self.tokens.len() - 1)]);
            let text = |token: &Token| &self.text[range(&token.span)];
            let declares = word.kind == TokenKind::Word
                && name.kind == TokenKind::Word
                && (INNER.contains(&text(word)) || words::declares_later(text(word)));
            if declares && at > begin {
                let name = Name { text: text(name).to_owned(), span: name.span.clone() };
                self.tree.foreign.push(name);
            }
        }
    }

    fn declared(&self) -> usize {
        let tree = &self.tree;
        tree.params.len()
            + tree.constants.len()
            + tree.shared.len()
            + tree.processes.len()
            + tree.routines.len()
            + tree.foreign.len()
    }

    /// The name behind the word of a declaration.
    fn declared_name(&self) -> Option<Name> {
        let word = self.word();
        const NAMELESS: &[&str] =
            &["always", "finally", "schedule", "goal", "fault", "run", "explore", "chart", "link"];
        let declares = !NAMELESS.contains(&word) && (words::declaration(word).is_some());
        let text = self.word_ahead(1);
        let named = declares && !text.is_empty() && !words::is_reserved(text);
        named.then(|| Name { text: text.to_owned(), span: self.ahead(1).span.clone() })
    }

    fn declaration_kind(&mut self) -> Parsed<()> {
        let word = self.word();
        if words::declares_later(word) {
            let span = self.token().span.clone();
            let _: Parsed<()> = self.not_built(span, word);
            self.skip_construct(true);
            return Ok(());
        }
        if !words::declares(word) {
            let name = self.token().span.clone();
            let hint = if words::verb(word).is_some() {
                Some(Hint::StatementAtTop)
            } else {
                let known = words::declaration_words();
                words::nearest(word, known).map(Hint::Nearest)
            };
            // The name behind a misspelt word is meant to exist.
            let behind = self.word_ahead(1);
            if matches!(hint, Some(Hint::Nearest(_))) && !behind.is_empty() {
                let span = self.ahead(1).span.clone();
                self.tree.foreign.push(Name { text: behind.to_owned(), span });
            }
            let result = self.expected(Expected::Declaration, hint);
            if self.token().span == name {
                self.take();
            }
            return result;
        }
        self.take();
        match word {
            "param" => self.param(),
            "let" => {
                let name = self.want_name()?;
                self.want_sign("=")?;
                let value = self.right();
                self.tree.constants.push((name, value));
                Ok(())
            }
            "var" => self.list(Parser::variable),
            "counter" => self.list(Parser::counter),
            "lock" => self.lock_declaration(),
            "process" => self.process(),
            "routine" => self.routine(),
            "always" => self.promise(PromiseKind::Always),
            "finally" => self.promise(PromiseKind::Finally),
            _ => self.schedule(),
        }
    }

    fn param(&mut self) -> Parsed<()> {
        let name = self.want_name()?;
        self.want_sign(":")?;
        let kind = self.word();
        if ["rate", "percent"].contains(&kind) {
            let span = self.token().span.clone();
            let _: Parsed<()> = self.not_built(span, kind);
            self.skip_construct(true);
            return Ok(());
        }
        if !["int", "duration", "bool", "choice"].contains(&kind) {
            let kinds = ["int", "duration", "rate", "percent", "bool", "choice"];
            let hint = words::nearest(kind, kinds).map(Hint::Nearest);
            return self.expected(Expected::ParameterType, hint);
        }
        self.take();
        self.want_sign("=")?;
        let kind = match kind {
            "bool" => ParamTreeKind::Bool { default: self.expr()? },
            "choice" => {
                let default = self.want_label(Expected::Name)?;
                self.want_word("of", None)?;
                let mut labels = vec![self.want_label(Expected::Name)?];
                while self.take_sign(",") {
                    labels.push(self.want_label(Expected::Name)?);
                }
                ParamTreeKind::Choice { default, labels }
            }
            _ => {
                let default = self.expr()?;
                self.want_word("in", Some(Hint::Bounds))?;
                let (least, greatest) = self.range()?;
                if kind == "int" {
                    ParamTreeKind::Int { default, least, greatest }
                } else {
                    ParamTreeKind::Duration { default, least, greatest }
                }
            }
        };
        let label = self.take_text();
        self.tree.params.push(ParamTree { name, label, kind });
        Ok(())
    }

    fn list(&mut self, one: fn(&mut Self) -> Parsed<()>) -> Parsed<()> {
        one(self)?;
        while self.take_sign(",") {
            one(self)?;
        }
        Ok(())
    }

    fn size(&mut self) -> Parsed<Option<Expr>> {
        if !self.take_sign("[") {
            return Ok(None);
        }
        let size = self.expr()?;
        self.want_sign("]")?;
        Ok(Some(size))
    }

    fn variable(&mut self) -> Parsed<()> {
        let name = self.want_name()?;
        if self.is_sign("[") && self.sign_ahead(1, "]") {
            let span = self.start()..self.ahead(1).span.end;
            self.tree.foreign.push(name);
            let _: Parsed<()> = self.not_built(span, "[]");
            self.take();
            self.take();
            self.want_sign("=")?;
            // What stands behind it in the list is built all the same.
            self.right();
            return Ok(());
        }
        let size = match self.size() {
            Ok(size) => size,
            Err(Reported) => {
                self.tree.foreign.push(name);
                return Err(Reported);
            }
        };
        if self.want_sign("=").is_err() {
            self.tree.foreign.push(name);
            return Err(Reported);
        }
        let value = self.right();
        self.tree.shared.push(SharedTree { name, size, kind: SharedTreeKind::Var(value) });
        Ok(())
    }

    fn counter(&mut self) -> Parsed<()> {
        let name = self.want_name()?;
        let size = self.size()?;
        self.tree.shared.push(SharedTree { name, size, kind: SharedTreeKind::Counter });
        Ok(())
    }

    fn lock_declaration(&mut self) -> Parsed<()> {
        let name = self.want_name()?;
        let size = self.size()?;
        self.tree.shared.push(SharedTree { name, size, kind: SharedTreeKind::Lock });
        if self.is_sign("(") {
            let (span, option) = (self.ahead(1).span.clone(), self.text_at(1).to_owned());
            self.skip_brackets();
            return self.not_built(span, option.trim());
        }
        Ok(())
    }

    fn process(&mut self) -> Parsed<()> {
        let name = self.want_name()?;
        let mut instances = None;
        if self.take_sign("*") {
            instances = Some(self.expr_or_skip());
        }
        let word = self.word();
        if ["every", "again", "forever", "receive", "if"].contains(&word) {
            let span = self.token().span.clone();
            let _: Parsed<()> = self.not_built(span, word);
            self.skip_construct(true);
            return Ok(());
        }
        let body = self.block(Expected::ProcessHeader)?;
        self.tree.processes.push(ProcessTree { name, instances, body });
        Ok(())
    }

    fn routine(&mut self) -> Parsed<()> {
        let word = self.word();
        if words::verb(word).is_some() {
            return self.expected(Expected::Name, Some(Hint::VerbAsRoutine));
        }
        let name = self.want_name()?;
        self.want_sign("(")?;
        let mut params = Vec::new();
        while !self.is_sign(")") {
            params.push(self.want_name()?);
            if !self.take_sign(",") {
                break;
            }
        }
        self.want_sign(")")?;
        let body = self.block(Expected::Sign("{"))?;
        self.tree.routines.push(RoutineTree { name, params, body });
        Ok(())
    }

    fn promise(&mut self, kind: PromiseKind) -> Parsed<()> {
        let condition = self.expr()?;
        let why = self.take_text();
        if self.word() == "if" {
            let span = self.token().span.clone();
            return self.not_built(span, "if");
        }
        self.tree.promises.push(PromiseTree { kind, condition, why });
        Ok(())
    }

    fn schedule(&mut self) -> Parsed<()> {
        let start = self.last_end - "schedule".len() as u32;
        let name = self.want_text()?;
        let open = self.want_sign("{")?;
        let picks = self.picks();
        if self.at_text_end() {
            self.not_closed(&open);
        }
        self.take_sign("}");
        self.tree.schedules.push(ScheduleTree { name, picks, span: self.span_from(start) });
        Ok(())
    }

    /// Picks up to a `}` or the end of the text; line ends mean nothing here.
    fn picks(&mut self) -> Vec<PickTree> {
        let mut picks = Vec::new();
        loop {
            self.skip_ends();
            if self.at_text_end() || self.is_sign("}") {
                return picks;
            }
            match self.pick() {
                Ok(pick) => picks.push(pick),
                // One mistake in a schedule makes all behind it doubtful.
                Err(Reported) => {
                    while !self.at_text_end() && !self.is_sign("}") {
                        self.take();
                    }
                    return picks;
                }
            }
        }
    }

    fn pick(&mut self) -> Parsed<PickTree> {
        let start = self.start();
        let word = self.word();
        let is_verb = words::is_later_pick(word) && !self.word_ahead(1).is_empty();
        if is_verb {
            let span = self.token().span.clone();
            return self.not_built(span, word);
        }
        let name = self.want_name()?;
        let mut number = None;
        if self.take_sign("[") {
            number = Some(self.counted()?);
            self.want_sign("]")?;
        }
        let span = self.span_from(start);
        let outcome = if self.take_sign(":") { self.counted()? } else { 1 };
        let times = if self.take_sign("*") { self.counted()? } else { 1 };
        if outcome.max(times) > i64::from(limits::PICKS) {
            let most = u64::from(limits::PICKS);
            let message = Message::TooMuch { what: Ceiling::Picks, most };
            self.report(self.span_from(start), message);
            return Err(Reported);
        }
        Ok(PickTree { name, number, outcome, times, span })
    }

    fn counted(&mut self) -> Parsed<i64> {
        let TokenKind::Int(value) = *self.kind() else {
            return self.expected(Expected::WholeNumber, None);
        };
        let span = self.take();
        if value < 1 {
            self.report(span, Message::PickFromOne);
            return Err(Reported);
        }
        Ok(value)
    }
}
