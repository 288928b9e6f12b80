//! Statements: what may stand where, and which kinds go with one another.

use super::{Area, Checker, Context, Returns};
use crate::{
    lang::{
        limits,
        names::{Kind, Names, Symbol},
        tree::{
            Block, Change, Expr, ExprKind, Name, SharedTreeKind, Sign, Statement, StatementKind,
            Target,
        },
        words,
    },
    program::Span,
    say::diagnostics::{Ceiling, Message, SagaMistake, Thing},
};

impl Checker<'_> {
    pub(super) fn block(&mut self, block: &Block) {
        let outer = self.context.locals.len();
        for statement in &block.statements {
            self.statement(statement);
        }
        self.context.locals.truncate(outer);
    }

    fn statement(&mut self, statement: &Statement) {
        let word = || statement.span.start..statement.span.start;
        match &statement.kind {
            StatementKind::Wrong => {}
            StatementKind::Let { name, right } => {
                let kind = self.right(right, None);
                self.declare(name, kind, false);
            }
            StatementKind::Assign { to, field, change, right } => {
                self.assigns((to, field.as_ref()), *change, right);
            }
            StatementKind::Call(call) => {
                if let ExprKind::Call(name, values) = &call.kind {
                    self.call(name, values, false);
                }
            }
            StatementKind::CallService(call) => {
                self.call_service(call, &statement.span, false);
            }
            StatementKind::If { ways, otherwise } => {
                for way in ways {
                    self.condition(&way.condition);
                    self.block(&way.body);
                }
                if let Some(block) = otherwise {
                    self.block(block);
                }
            }
            StatementKind::Match { subject, arms } => self.matching(subject, arms, statement),
            StatementKind::While { condition, body } => {
                self.condition(condition);
                self.round(body);
            }
            StatementKind::Repeat { times, body } => {
                self.expect(times, Kind::Int);
                self.round(body);
            }
            StatementKind::For { name, least, greatest, body } => {
                self.expect(least, Kind::Int);
                self.expect(greatest, Kind::Int);
                self.declare(name, Kind::Int, true);
                self.round(body);
                self.context.locals.pop();
            }
            StatementKind::Break => self.in_loop("break", word()),
            StatementKind::Continue => self.in_loop("continue", word()),
            StatementKind::Stop => {
                if !self.leaves_branch("stop", &statement.span) {
                    self.leaves_saga("stop", &statement.span);
                }
            }
            StatementKind::Return(right) => {
                if !self.leaves_branch("return", &statement.span)
                    && !self.leaves_saga("return", &statement.span)
                {
                    self.give_back(right.as_ref(), &statement.span);
                }
            }
            StatementKind::Pause { time, busy } => {
                self.waits(if *busy { "work" } else { "sleep" }, &statement.span);
                self.spent(time);
            }
            StatementKind::Atomic { suffix, body } => {
                self.suffix(suffix.as_ref());
                self.atomic(body);
            }
            StatementKind::Try { body, catches } => self.trying(body, catches),
            // Any name may be an error's; a local that holds one is passed on.
            StatementKind::Fail { text, .. } => {
                if let Some(text) = text {
                    self.words(text);
                }
            }
            StatementKind::Within { time, only, body } => {
                self.waits("within", &statement.span);
                self.within(time, only.as_ref(), body);
            }
            StatementKind::Retry { options, only, body } => {
                self.waits("retry", &statement.span);
                self.retry(options, only.as_ref(), body);
            }
            StatementKind::Lookup(lookup) => {
                self.lookup(lookup, &statement.span);
            }
            StatementKind::Rows(rows) => {
                self.rows(rows, &statement.span, false);
            }
            StatementKind::Transaction(tree) => self.transaction(tree, &statement.span),
            StatementKind::Abort => self.in_transaction("abort", &statement.span),
            StatementKind::Saga(tree) => self.saga(tree, &statement.span),
            StatementKind::Together(branches) => {
                self.waits("together", &statement.span);
                branches.iter().for_each(|branch| self.branch(branch));
            }
            StatementKind::Choose(ways) => ways.iter().for_each(|way| self.block(way)),
            StatementKind::Spawn { name, values } => self.spawn(name, values),
            StatementKind::Scale { service, to } => {
                self.shared(service, Thing::Service, |kind| {
                    matches!(kind, SharedTreeKind::Service)
                });
                self.expect(to, Kind::Int);
            }
            StatementKind::Send(send) => {
                self.send(send, &statement.span, false);
            }
            StatementKind::Receive { from, name, body } => {
                self.waits("receive", &statement.span);
                self.receive_each(from, name, body);
            }
            StatementKind::Follow { log, from, name, body } => {
                self.waits("follow", &statement.span);
                self.follow(log, from, name, body);
            }
            StatementKind::Answer { done, message } => self.answer(*done, message),
            StatementKind::With { takings, body } => {
                self.waits("with", &statement.span);
                let outer = self.context.locals.len();
                for taking in takings {
                    self.taking(taking, true);
                }
                self.block(body);
                self.context.locals.truncate(outer);
            }
            StatementKind::Acquire(taking) => {
                self.waits("acquire", &statement.span);
                self.taking(taking, false);
            }
            StatementKind::Release(taking) => self.taking(taking, false),
            StatementKind::Wait(condition) => {
                self.waits("wait", &statement.span);
                self.sleepers(condition);
            }
            StatementKind::Until(condition) => {
                if self.context.atomic {
                    self.error(&statement.header, Message::UntilNotFirst);
                }
                self.until(condition);
            }
            StatementKind::Notify { condition, .. } => self.sleepers(condition),
            StatementKind::Assert { condition, why } => {
                self.expect(condition, Kind::Bool);
                if let Some(why) = why {
                    self.words(why);
                }
            }
            StatementKind::Note(words) => self.words(words),
            StatementKind::Outcome(_) => {}
            StatementKind::Record { name, value } => {
                let kind = self.kind(value, None);
                if !kind.is_number() {
                    self.agree(&value.span, Kind::Int, kind);
                }
                let known = self.names.recorded.get(&name.text).copied();
                let known = known.unwrap_or(Kind::Unknown);
                self.agree(&value.span, known, kind);
                self.names.recorded.insert(name.text.clone(), known.or(kind));
            }
        }
    }

    /// One step. A leading `wait until` is its guard, and not inside it; in an `atomic` inside
    /// another one nothing leads.
    fn atomic(&mut self, body: &Block) {
        let inside = self.context.atomic;
        let guard = body.statements.first().and_then(|first| match &first.kind {
            StatementKind::Until(condition) if !inside => Some(condition),
            _ => None,
        });
        if let Some(condition) = guard {
            self.until(condition);
        }
        let outer = std::mem::replace(&mut self.context.atomic, true);
        let locals = self.context.locals.len();
        for statement in body.statements.iter().skip(usize::from(guard.is_some())) {
            self.statement(statement);
        }
        self.context.locals.truncate(locals);
        self.context.atomic = outer;
    }

    fn round(&mut self, body: &Block) {
        self.context.loops += 1;
        self.block(body);
        self.context.loops -= 1;
    }

    fn in_loop(&mut self, word: &'static str, at: Span) {
        if self.context.loops == 0 && !self.leaves_saga(word, &at) {
            let span = at.start..at.start + word.len() as u32;
            self.error(&span, Message::OutsideLoop { word });
        }
    }

    /// Reports a word that may have to wait if it stands in `atomic`.
    pub(super) fn waits(&mut self, word: &str, statement: &Span) {
        if self.context.atomic {
            let span = statement.start..statement.start + word.len() as u32;
            self.error(&span, Message::AtomicWaits { word: word.to_owned(), through: None });
        }
    }

    /// The kind of what stands right of `=` or `return`: a value, or a call.
    pub(super) fn right(&mut self, right: &Expr, expected: Option<Kind>) -> Kind {
        if self.misplaced_distribution(right) {
            return Kind::Unknown;
        }
        if let Some(kind) = self.right_several(right) {
            if let Some(expected) = expected {
                self.agree(&right.span, expected, kind);
            }
            return kind;
        }
        if let ExprKind::Call(name, values) = &right.kind {
            let kind = self.call(name, values, true);
            if let Some(expected) = expected {
                self.agree(&right.span, expected, kind);
            }
            return kind;
        }
        if let Some(kind) = self.draw(right) {
            if let Some(expected) = expected {
                self.agree(&right.span, expected, kind);
            }
            return kind;
        }
        match expected {
            Some(expected) => self.expect(right, expected),
            None => self.kind(right, None),
        }
    }

    /// The kind of an operation on messages, or of several values, right of `=` or `return`.
    fn right_several(&mut self, right: &Expr) -> Option<Kind> {
        match &right.kind {
            ExprKind::Send(send) => Some(self.send(send, &right.span, true)),
            ExprKind::CallService(call) => Some(self.call_service(call, &right.span, true)),
            ExprKind::Lookup(lookup) => Some(self.lookup(lookup, &right.span)),
            ExprKind::Rows(rows) => Some(self.rows(rows, &right.span, true)),
            ExprKind::Receive(from, within) => {
                Some(self.receive_one(from, within.as_deref(), &right.span))
            }
            ExprKind::Record(fields) => {
                let fields = self.record_fields(fields, None);
                Some(self.names.record(fields))
            }
            ExprKind::Call(name, values) => self.of_message(name, values),
            ExprKind::Index(name, _) => {
                let at = self.map(name)?;
                let is_record = matches!(self.names.shared[at], Kind::Record(_));
                is_record.then(|| self.kind(right, None))
            }
            _ => self.several(right),
        }
    }

    pub(super) fn assign(&mut self, to: &Target, change: Change, right: &Expr) {
        match (&to.index, self.map(&to.name)) {
            (Some(index), Some(at)) => self.key(at, index),
            (Some(index), None) => {
                self.expect(index, Kind::Int);
            }
            _ => {}
        }
        let kind = self.assigned(to);
        if change == Change::Set || kind.is_open() {
            let found = self.right(right, (!kind.is_open()).then_some(kind));
            let keeps = self.map(&to.name).is_some() || self.is_local(&to.name.text);
            let fits = keeps && matches!(found, Kind::Record(_));
            if found.is_several() && !kind.is_several() && kind.is_open() && !fits {
                self.error(&right.span, Message::RecordHere);
                return;
            }
            self.learn(to, found);
            return;
        }
        let sign = if change == Change::Add { Sign::Add } else { Sign::Subtract };
        let other = self.right(right, None);
        if super::expression::result(sign, kind, other).is_err()
            && let (Some(left), Some(right)) = (self.said(kind), self.said(other))
        {
            let sign = if change == Change::Add { "+=" } else { "-=" };
            self.error(&to.span, Message::NoOperation { sign, left, right });
        }
    }

    /// What was only `none` so far has the kind of what it gets.
    fn learn(&mut self, to: &Target, kind: Kind) {
        let is_local = self.context.locals.iter().any(|local| local.name == to.name.text);
        match self.names.find(&to.name.text) {
            _ if is_local => self.learn_local(&to.name.text, kind),
            Some(Symbol::Shared(at)) => self.learn_shared(at, kind),
            _ => {}
        }
    }

    /// The kind of what is assigned to; reports what cannot be.
    fn assigned(&mut self, to: &Target) -> Kind {
        let name = to.name.text.clone();
        let span = &to.name.span;
        let found = self.context.locals.iter().rev().find(|local| local.name == name);
        if let Some(local) = found.cloned() {
            self.outside_branch(&to.name);
            if to.index.is_some() {
                self.error(span, Message::NotAnArray { name });
            } else if local.round {
                self.error(span, Message::NotAssignable { name, is: Thing::Round });
            }
            return local.kind;
        }
        match self.names.find(&name) {
            Some(Symbol::Foreign) => Kind::Unknown,
            Some(symbol @ Symbol::Shared(at)) => {
                if !is_written(&self.tree.shared[at].kind) {
                    let is = Names::thing(self.tree, symbol);
                    self.error(span, Message::NotAssignable { name, is });
                    return Kind::Unknown;
                }
                self.indexed(at, to);
                self.names.shared[at]
            }
            Some(symbol) => {
                let is = Names::thing(self.tree, symbol);
                self.error(span, Message::NotAssignable { name, is });
                Kind::Unknown
            }
            None => {
                let places = |symbol| matches!(symbol, Symbol::Shared(at) if is_written(&self.tree.shared[at].kind));
                let locals = self.context.locals.iter().map(|local| local.name.as_str());
                let nearest = words::nearest(&name, locals.chain(self.names.matching(places)));
                self.error(span, Message::UnknownName { thing: Thing::Value, name, nearest });
                Kind::Unknown
            }
        }
    }

    /// Reports an array without an index and an index without an array.
    pub(super) fn indexed(&mut self, at: usize, to: &Target) {
        let name = to.name.text.clone();
        match (self.needs_index(at), &to.index) {
            (true, None) => self.error(&to.name.span, Message::NeedsIndex { name }),
            (false, Some(_)) => self.error(&to.name.span, Message::NotAnArray { name }),
            _ => {}
        }
    }

    pub(super) fn call(&mut self, name: &Name, values: &[Expr], for_value: bool) -> Kind {
        let symbol = self.names.find(&name.text);
        let Some(Symbol::Routine(at)) = symbol else {
            for value in values {
                self.kind(value, None);
            }
            if symbol != Some(Symbol::Foreign) {
                self.not_a_routine(name, symbol);
            }
            return Kind::Unknown;
        };
        let kinds: Vec<Kind> = values.iter().map(|value| self.given(value)).collect();
        let routine = name.text.clone();
        let expected = self.tree.routines[at].params.len();
        if kinds.len() != expected {
            let found = kinds.len();
            self.error(&name.span, Message::ArgumentCount { routine, expected, found });
            return Kind::Unknown;
        }
        self.data_of_routine(at, name, false);
        if self.context.saga && self.facts[at].stops {
            let through = Some(routine.clone());
            let mistake = SagaMistake::Leaves { word: "stop", through };
            self.error(&name.span, Message::Saga(mistake));
        }
        if self.context.atomic
            && let Some(word) = self.facts[at].waits.clone()
        {
            let message = Message::AtomicWaits { word, through: Some(routine.clone()) };
            self.error(&name.span, message);
        }
        let facts = &self.facts[at];
        if for_value && !facts.returns_value {
            self.error(&name.span, Message::NoValue { routine });
        } else if for_value && facts.falls_through {
            self.error(&name.span, Message::MissingReturn { routine });
        }
        let kind = self.routine(at, kinds, &name.span).unwrap_or(Kind::Unknown);
        if matches!(kind, Kind::Record(_)) {
            self.returns_record(name, kind);
        }
        kind
    }

    /// A call whose routine returns a record: every time the same one, for it is given its place
    /// before the routine is written.
    fn returns_record(&mut self, name: &Name, kind: Kind) {
        let at = name.span.start;
        let known = self.names.returned.get(&at).copied().unwrap_or(Kind::Unknown);
        let together = self.names.unify(known, kind);
        if together.is_none() {
            self.error(&name.span, Message::RecordHere);
        }
        if let Some(kind) = together.filter(|&kind| kind != known) {
            self.names.returned.insert(at, kind);
            self.learned = true;
        }
    }

    /// The kind of what a call gives: a record may stand there as it is.
    pub(super) fn given(&mut self, value: &Expr) -> Kind {
        match &value.kind {
            ExprKind::Record(fields) => {
                let fields = self.record_fields(fields, None);
                self.names.record(fields)
            }
            _ => self.kind(value, None),
        }
    }

    /// True for the name of a local.
    fn is_local(&self, name: &str) -> bool {
        self.context.locals.iter().any(|local| local.name == name)
    }

    /// Checks a routine for kinds of arguments, once, and tells what it returns.
    pub(super) fn routine(&mut self, at: usize, kinds: Vec<Kind>, call: &Span) -> Option<Kind> {
        let key = (at, kinds);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        if self.known.len() >= limits::ROUTINE_KINDS.max(self.tree.routines.len() * 2) {
            let most = limits::ROUTINE_KINDS as u64;
            self.error(call, Message::TooMuch { what: Ceiling::RoutineKinds, most });
            return None;
        }
        let kinds = key.1.clone();
        self.known.insert(key.clone(), None);
        let tree = self.tree;
        let routine = &tree.routines[at];
        let with_value = self.facts[at].returns_value;
        let mut context = Context::new(Area::Process);
        context.returns = Some(Returns { with_value, kind: None });
        context.root = self.names.service_of(at).is_some();
        let outer = std::mem::replace(&mut self.context, context);
        let stood = self.names.enter(self.names.service_of(at));
        for (name, kind) in routine.params.iter().zip(kinds) {
            self.declare(name, kind, false);
        }
        self.block(&routine.body);
        self.names.enter(stood);
        let inner = std::mem::replace(&mut self.context, outer);
        let kind = inner.returns.and_then(|returns| returns.kind);
        self.known.insert(key, kind);
        self.answers_with(at, kind);
        kind
    }

    fn give_back(&mut self, right: Option<&Expr>, span: &Span) {
        let Some(returns) = self.context.returns else {
            if self.context.passes && right.is_none() {
                return;
            }
            let word = span.start..span.start + "return".len() as u32;
            self.error(&word, Message::ReturnInProcess);
            if let Some(right) = right {
                self.right(right, None);
            }
            return;
        };
        let Some(right) = right else {
            if returns.with_value {
                self.error(span, Message::MixedReturn);
            }
            return;
        };
        let kind = self.right(right, returns.kind);
        if matches!(kind, Kind::Message(..)) {
            self.error(&right.span, Message::RecordHere);
            return;
        }
        let known = returns.kind.unwrap_or(Kind::Unknown);
        let together = self.names.unify(known, kind);
        if let Some(returns) = &mut self.context.returns
            && let Some(together) = together
        {
            returns.kind = Some(together);
        }
    }
}

/// Whether processes assign to it.
fn is_written(kind: &SharedTreeKind) -> bool {
    matches!(
        kind,
        SharedTreeKind::Var(_)
            | SharedTreeKind::Map(_)
            | SharedTreeKind::Cache
            | SharedTreeKind::Table(_)
            | SharedTreeKind::Counter
    )
}
