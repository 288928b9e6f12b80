//! Declarations: what exists, what must stay true, and named schedules.

use super::{Parsed, Parser, Reported, options::Others};
use crate::{
    lang::{
        lexer::range,
        token::{Token, TokenKind},
        tree::{
            Expr, Name, ParamTree, ParamTreeKind, PromiseTree, RoutineTree, SharedTree,
            SharedTreeKind,
        },
        words,
    },
    program::PromiseKind,
    say::diagnostics::{Expected, Hint, Message},
};

impl Parser<'_> {
    pub(super) fn scenario(&mut self) {
        self.skip_ends();
        if self.word().eq_ignore_ascii_case("scenario") {
            if self.word() != "scenario" {
                let hint = Some(Hint::Nearest("scenario".to_owned()));
                let _: Parsed<()> = self.expected(Expected::Sign("scenario"), hint);
            }
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
            word if words::OWNED.contains(&word) => self.held_or_kept(word),
            "counter" => self.list(Parser::counter),
            "queue" => self.thing(SharedTreeKind::Queue, "queue"),
            "topic" => self.thing(SharedTreeKind::Topic, "topic"),
            "log" => self.thing(SharedTreeKind::Log, "log"),
            "group" => self.thing(SharedTreeKind::Group, "group"),
            "service" => self.service(),
            "database" => self.database(),
            "link" => self.link(),
            "process" => self.process(),
            "routine" => self.routine(),
            "always" => self.promise(PromiseKind::Always),
            "finally" => self.promise(PromiseKind::Finally),
            "goal" => self.goal(),
            "chart" => self.chart(),
            "fault" => self.fault(),
            "run" => self.settings("run"),
            "explore" => self.settings("explore"),
            _ => self.schedule(),
        }
    }

    fn param(&mut self) -> Parsed<()> {
        let name = self.want_name()?;
        self.want_sign(":")?;
        let kind = self.word();
        let kinds = ["int", "duration", "rate", "percent", "bool", "choice"];
        if !kinds.contains(&kind) {
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
                match kind {
                    "int" => ParamTreeKind::Int { default, least, greatest },
                    "duration" => ParamTreeKind::Duration { default, least, greatest },
                    "rate" => ParamTreeKind::Rate { default, least, greatest },
                    _ => ParamTreeKind::Percent { default, least, greatest },
                }
            }
        };
        let label = self.take_text();
        self.tree.params.push(ParamTree { name, label, kind });
        Ok(())
    }

    /// What stands at the top, or in a service, where each replica has its own.
    pub(super) fn held_or_kept(&mut self, word: &str) -> Parsed<()> {
        match word {
            "var" => self.list(Parser::variable),
            "lock" => self.thing(SharedTreeKind::Lock, "lock"),
            "rwlock" => self.thing(SharedTreeKind::RwLock, "rwlock"),
            "semaphore" => self.thing(SharedTreeKind::Semaphore, "semaphore"),
            "condition" => self.thing(SharedTreeKind::Condition, "condition"),
            "breaker" => self.thing(SharedTreeKind::Breaker, "breaker"),
            "limiter" => self.thing(SharedTreeKind::Limiter, "limiter"),
            _ => self.cache(),
        }
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
        let map = self.is_sign("[") && self.sign_ahead(1, "]");
        if map {
            self.take();
            self.take();
        }
        let size = if map { Ok(None) } else { self.size() };
        let size = match size {
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
        let kind = if map { SharedTreeKind::Map(value) } else { SharedTreeKind::Var(value) };
        self.tree.shared.push(SharedTree { name, size, kind, options: None, owner: None });
        Ok(())
    }

    fn counter(&mut self) -> Parsed<()> {
        let name = self.want_name()?;
        let size = self.size()?;
        self.tree.shared.push(SharedTree {
            name,
            size,
            kind: SharedTreeKind::Counter,
            options: None,
            owner: None,
        });
        Ok(())
    }

    /// A lock, a queue or the like with its options.
    fn thing(&mut self, kind: SharedTreeKind, word: &'static str) -> Parsed<()> {
        let name = self.want_name()?;
        let size = self.size()?;
        let options = self.options(word, Others::Refused)?;
        self.tree.shared.push(SharedTree { name, size, kind, options, owner: None });
        Ok(())
    }

    fn cache(&mut self) -> Parsed<()> {
        if self.sign_ahead(1, "[") {
            let span = self.ahead(1).span.clone();
            return self.not_built(span, "cache[ ]");
        }
        self.thing(SharedTreeKind::Cache, "cache")
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
        if self.is_sign("=") {
            return self.expected(Expected::ConditionEnd, Some(Hint::EqualSign));
        }
        let why = self.take_words()?;
        let suffix = self.suffix();
        self.tree.promises.push(PromiseTree { kind, condition, why, suffix });
        Ok(())
    }
}
