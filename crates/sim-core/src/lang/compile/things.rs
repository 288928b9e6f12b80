//! Locks, rwlocks, semaphores and conditions: what is set for them, taking, waiting and asking.

use super::{
    Compiler,
    code::Index,
    expression::{Operand, Value},
    options::Chosen,
    ways::{How, Taken},
};
use crate::{
    lang::{
        names::{Kind, Symbol},
        tree::{
            Block, Expr, ExprKind, Name, SharedTreeKind, Statement, StatementKind, Taking, Target,
        },
    },
    program::{Details, Error, Gauge, Mode, NONE, Op, SharedId, Span},
    say::diagnostics::Message,
};

impl Compiler<'_> {
    /// What is set for a shared thing.
    pub(super) fn details(&mut self, at: usize) -> Details {
        let shared = &self.tree.shared[at];
        let options = shared.options.clone().unwrap_or_default();
        match &shared.kind {
            SharedTreeKind::Service => self.service(at, &options),
            SharedTreeKind::Breaker => self.breaker(&options),
            SharedTreeKind::Limiter => self.limiter(&options),
            SharedTreeKind::Cache => self.cache(at, &options),
            SharedTreeKind::Database => self.database(at, &options),
            SharedTreeKind::Table(table) => self.table(at, table),
            SharedTreeKind::Map(_) => {
                let key = self.names.keys.get(&at).copied().unwrap_or(Kind::Int).stored();
                self.forms.push(self.names.form(self.names.shared[at]));
                Details::Map { key, form: self.forms.len() as u32 - 1 }
            }
            SharedTreeKind::Lock => match self.chosen(&options, "lease", &["none"]) {
                Some(Chosen::Value(lease)) => {
                    self.some_time(lease, &options, "lease");
                    Details::Lease(lease)
                }
                _ => Details::None,
            },
            SharedTreeKind::Semaphore => {
                let permits = match self.chosen(&options, "permits", &[]) {
                    Some(Chosen::Value(permits)) => permits,
                    _ => 1,
                };
                if let Some(option) = options.get("permits")
                    && permits < 0
                {
                    let message = Message::TooSmall { found: permits, least: 0 };
                    self.code.error(&option.value().span, message);
                }
                let when_full = self.chosen(&options, "when_full", &["wait", "reject"]);
                let rejects = when_full == Some(Chosen::Word("reject".to_owned()));
                let max_wait = match self.chosen(&options, "max_wait", &["none"]) {
                    Some(Chosen::Value(wait)) => {
                        self.some_time(wait, &options, "max_wait");
                        Some(wait)
                    }
                    _ => None,
                };
                Details::Semaphore { permits, rejects, max_wait }
            }
            SharedTreeKind::Condition => {
                let lock = options.get("lock").and_then(|option| self.lock_of(option.value()));
                if let Some(lock) = lock {
                    self.condition_locks.insert(at, lock);
                }
                Details::None
            }
            kind if kind.carries() => self.channel(at),
            _ => Details::None,
        }
    }

    /// Reports an option's time that is negative.
    fn some_time(&mut self, time: i64, options: &crate::lang::tree::Options, name: &str) {
        if time < 0
            && let Some(option) = options.get(name)
        {
            self.code.constant_error(&option.value().span, Error::NegativeTime);
        }
    }

    /// The lock that a condition's option names.
    fn lock_of(&mut self, expr: &Expr) -> Option<usize> {
        match &expr.kind {
            ExprKind::If(condition, yes, no) => {
                let holds = self.constant(condition) != 0;
                self.lock_of(if holds { yes } else { no })
            }
            ExprKind::Name(name) => match self.names.find(name)? {
                Symbol::Shared(at) => Some(at),
                Symbol::Param(at) => {
                    let label = self.names.labels.get(*self.params.get(at)? as usize)?;
                    match self.names.find(label)? {
                        Symbol::Shared(at) => Some(at),
                        _ => None,
                    }
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// A shared thing with its index.
    pub(super) fn thing(&mut self, target: &Target) -> Option<(usize, Index)> {
        let Some(Symbol::Shared(at)) = self.names.find(&target.name.text) else { return None };
        let index = match &target.index {
            Some(index) => self.index(at, &target.name, index),
            None => Index::None,
        };
        Some((at, index))
    }

    /// What is taken or let go.
    fn taken(&mut self, taking: &Taking) -> Option<Taken> {
        let (at, index) = self.thing(&taking.what)?;
        let mode = match (&self.tree.shared[at].kind, &taking.side) {
            (SharedTreeKind::Semaphore, _) => Mode::Permit,
            (SharedTreeKind::RwLock, Some(side)) if side.text == "read" => Mode::Read,
            (SharedTreeKind::RwLock, _) => Mode::Write,
            _ => Mode::Lock,
        };
        let refuses = match self.details.get(at) {
            Some(Details::Semaphore { rejects, max_wait, .. }) => *rejects || max_wait.is_some(),
            _ => false,
        };
        let lock = at as SharedId;
        let how = match self.tree.shared[at].kind {
            SharedTreeKind::Breaker => How::Passed,
            SharedTreeKind::Limiter => How::Counted,
            _ => How::Held,
        };
        Some(Taken { lock, index, mode, token: None, when: None, refuses, how })
    }

    pub(super) fn with(&mut self, takings: &[Taking], body: &Block, header: &Span) {
        let outer = self.locals.len();
        let mut held = 0;
        for taking in takings {
            self.code.statement = header.clone();
            held += u32::from(self.with_one(taking));
        }
        self.block(body);
        self.forget_locals(outer);
        for _ in 0..held {
            self.code.end_with();
        }
    }

    /// One part of a `with`; false where these parameters leave it out.
    fn with_one(&mut self, taking: &Taking) -> bool {
        let span = &taking.what.span;
        let mut when = None;
        if let Some(suffix) = &taking.suffix {
            let mark = self.code.mark();
            let operand = self.operand(suffix, None);
            match operand.value {
                Value::Constant(0) => {
                    self.token(taking, true);
                    return false;
                }
                Value::Constant(_) => {}
                // What decided it must be the same at the release, whatever the body does.
                Value::Register(from) if from < mark => {
                    let to = self.code.take();
                    self.code.emit(Op::Copy { to, from }, &suffix.span);
                    when = Some(to);
                }
                Value::Register(register) => when = Some(register),
            }
        }
        let token = self.token(taking, when.is_some());
        let [yes, no] = [self.code.label(), self.code.label()];
        // Where it is not taken its index is not looked at either.
        let mut kept = None;
        if let Some(when) = when {
            if taking.what.index.is_some() {
                let to = self.code.take();
                self.code.emit(Op::Const { to, value: 0 }, span);
                kept = Some(to);
            }
            self.code.emit(Op::Branch { when, yes: yes.0, no: no.0 }, span);
            self.code.place(yes);
        }
        let mark = self.code.mark();
        let Some(mut taken) = self.taken(taking) else { return false };
        if let Index::Register(from) = taken.index {
            // The index must be the same at the release, whatever the body does.
            let to = match kept {
                Some(to) => Some(to),
                None if from < mark => Some(self.code.take()),
                None => None,
            };
            if let Some(to) = to {
                self.code.emit(Op::Copy { to, from }, span);
                taken.index = Index::Register(to);
            }
        }
        taken.token = token;
        taken.when = when;
        self.code.acquire(taken, span);
        if when.is_some() {
            self.code.place(no);
        }
        // A token is not given back.
        if taken.how == How::Counted {
            return false;
        }
        self.code.begin_with(taken, span);
        true
    }

    /// The register of a token, which is `none` where nothing may be taken.
    fn token(&mut self, taking: &Taking, may_miss: bool) -> Option<u16> {
        let name = taking.token.as_ref()?;
        let register = self.code.take();
        if may_miss {
            self.code.emit(Op::Const { to: register, value: NONE }, &name.span);
        }
        self.declare(name, register, Kind::Int);
        Some(register)
    }

    pub(super) fn acquire(&mut self, taking: &Taking) {
        let token = self.token(taking, false);
        let mark = self.code.mark();
        if let Some(taken) = self.taken(taking) {
            self.code.acquire(Taken { token, ..taken }, &taking.what.span);
        }
        self.code.give_back(mark);
    }

    pub(super) fn release(&mut self, taking: &Taking) {
        if let Some(Taken { lock, index, mode, .. }) = self.taken(taking) {
            let span = &taking.what.span;
            let index = self.code.index_register(index, span);
            self.code.emit_raising(Op::Release { lock, index, mode, lenient: false }, span);
        }
    }

    /// Letting the lock go and sleeping is one step, waking up is the notifier's, taking the lock
    /// again is one.
    pub(super) fn wait(&mut self, target: &Target, span: &Span) {
        let Some((at, index)) = self.thing(target) else { return };
        let Some(&lock) = self.condition_locks.get(&at) else { return };
        let index = self.code.index_register(index, &target.span);
        let lock_index = index.filter(|_| self.tree.shared[lock].size.is_some());
        let (condition, lock) = (at as SharedId, lock as SharedId);
        self.code.emit_raising(Op::CondWait { condition, index, lock, lock_index }, span);
        self.code.emit(Op::Asleep { condition, index }, span);
        let op = Op::Acquire { lock, index: lock_index, mode: Mode::Lock, token: None };
        if lock_index.is_some() {
            self.code.emit_raising(op, span);
        } else {
            self.code.emit(op, span);
        }
    }

    pub(super) fn notify(&mut self, target: &Target, all: bool, span: &Span) {
        let Some((at, index)) = self.thing(target) else { return };
        let index = self.code.index_register(index, &target.span);
        let op = Op::Notify { condition: at as SharedId, index, all };
        if index.is_some() { self.code.emit_raising(op, span) } else { self.code.emit(op, span) }
    }

    pub(super) fn until(&mut self, condition: &Expr, span: &Span) {
        let condition = self.glance_at(condition);
        self.code.emit_raising(Op::Until { condition }, span);
    }

    pub(super) fn atomic(&mut self, suffix: Option<&Expr>, body: &Block, statement: &Statement) {
        if self.code.in_atomic() {
            return self.block(body);
        }
        let header = &statement.header;
        self.only_if(suffix, body, header, |it| it.one_step(body, statement));
    }

    /// A leading `wait until` is the step's guard.
    fn one_step(&mut self, body: &Block, statement: &Statement) {
        let guard = match body.statements.first().map(|first| &first.kind) {
            Some(StatementKind::Until(condition)) => Some(self.glance_at(condition)),
            _ => None,
        };
        self.code.begin_atomic(statement.span.start, guard);
        self.statements(&body.statements[usize::from(guard.is_some())..]);
        self.code.statement = statement.header.clone();
        self.code.end_atomic(&(body.inner.end..body.inner.end + 1));
    }

    /// What is asked of a thing.
    pub(super) fn field(
        &mut self,
        name: &Name,
        index: Option<&Expr>,
        field: &Name,
        span: &Span,
        register: impl FnOnce(&mut Self) -> u16,
    ) -> Operand {
        if let Some(operand) = self.local_field(&name.text, &field.text)
            && index.is_none()
        {
            return operand;
        }
        if let Some(Symbol::Process(at)) = self.names.find(&name.text) {
            let to = register(self);
            match self.ended_well.get(&at).copied() {
                Some(from) => self.code.emit(Op::Read { to, from, index: None }, span),
                // One that these parameters leave out.
                None => self.code.emit(Op::Const { to, value: 0 }, span),
            }
            return Operand { value: Value::Register(to), kind: Kind::Int };
        }
        let outside = match self.names.find(&name.text) {
            Some(Symbol::Shared(at)) => self.names.is_outside(self.tree, at),
            _ => false,
        };
        if !outside && let Some(operand) = self.field_in_map(name, index, field, span) {
            return operand;
        }
        let mark = self.code.mark();
        let target = Target { name: name.clone(), index: index.cloned(), span: span.clone() };
        let Some((at, index)) = self.thing(&target) else {
            return Operand { value: Value::Constant(0), kind: Kind::Unknown };
        };
        let index = self.code.index_register(index, span);
        self.code.give_back(mark);
        let to = register(self);
        let of = at as SharedId;
        if self.tree.shared[at].kind.carries()
            && let Some(from) = self.counted(of, &field.text)
        {
            self.code.emit(Op::Read { to, from, index }, span);
            return Operand { value: Value::Register(to), kind: Kind::Int };
        }
        if self.code.glancing
            && let Some(from) = self.tallied(of, &field.text)
        {
            self.code.emit(Op::Read { to, from, index }, span);
            return Operand { value: Value::Register(to), kind: Kind::Int };
        }
        let (op, kind) = match field.text.as_str() {
            "mine" => (Op::Mine { to, lock: of, index }, Kind::Bool),
            "state" => {
                let kind = self.names.breaker_states.map_or(Kind::Unknown, Kind::Choice);
                (Op::Gauge { to, of, index, gauge: Gauge::State }, kind)
            }
            word => {
                let gauge = Gauge::ALL.into_iter().find(|gauge| gauge.word() == word);
                let gauge = gauge.unwrap_or(Gauge::Waiting);
                (Op::Gauge { to, of, index, gauge }, Kind::Int)
            }
        };
        if index.is_some() {
            self.code.emit_raising(op, span)
        } else {
            self.code.emit(op, span)
        }
        Operand { value: Value::Register(to), kind }
    }
}
