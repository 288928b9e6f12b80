//! Statements: loops and branches as jumps, calls as copies of their routine.

use super::{
    Binding, Call, Compiler, Slot,
    code::{Index, STOP},
    expression::{Operand, Target as To, Value},
};
use crate::{
    lang::{
        names::{Kind, Symbol},
        tree::{
            Arm, Block, Change, Expr, ExprKind, Name, PatternKind, SharedTreeKind, Sign, Statement,
            StatementKind, Target, Way,
        },
    },
    program::{Binary, CounterChange, NONE, Op, Reg, Region, SharedId, Span},
};

impl Compiler<'_> {
    pub(super) fn block(&mut self, block: &Block) {
        let outer = self.locals.len();
        let mark = self.code.mark();
        self.statements(&block.statements);
        self.forget_locals(outer);
        self.code.give_back(mark);
    }

    /// Statements of one block. What they declare stays until the block ends.
    pub(super) fn statements(&mut self, statements: &[Statement]) {
        for statement in statements {
            if !self.code.may_go_on(&statement.span) {
                break;
            }
            self.code.statement = statement.header.clone();
            let mark = self.code.mark();
            self.statement(statement);
            // What was declared stays; intermediate values go.
            let declares = match &statement.kind {
                StatementKind::Let { .. } => true,
                StatementKind::Acquire(taking) => taking.token.is_some(),
                _ => false,
            };
            if !declares {
                self.code.give_back(mark);
            }
        }
    }

    pub(super) fn forget_locals(&mut self, outer: usize) {
        for local in self.locals.drain(outer..) {
            for shown in local.shown {
                self.code.forget_local(shown);
            }
        }
    }

    pub(super) fn declare(&mut self, name: &Name, register: Reg, kind: Kind) {
        let kind = match kind {
            Kind::None => self.names.locals_later.get(&name.span.start).copied().unwrap_or(kind),
            _ => kind,
        };
        let first = self.code.locals.len();
        for (name, register, kind) in self.shown_fields(&name.text, register, kind) {
            self.code.name_local(&name, register, kind.stored());
        }
        let shown = first..self.code.locals.len();
        let slot = Slot::Register(register);
        self.locals.push(Binding { name: name.text.clone(), kind, slot, shown });
    }

    fn statement(&mut self, statement: &Statement) {
        let span = &statement.span;
        match &statement.kind {
            StatementKind::Wrong => {}
            StatementKind::Let { name, right } => {
                if let Some((register, kind)) = self.put_several(right) {
                    self.declare(name, register, kind);
                    return;
                }
                // What is only `none` so far may become a record.
                let later = self.names.locals_later.get(&name.span.start).copied();
                if let Some(kind @ Kind::Record(_)) = later {
                    let register = self.take_run(self.width(kind));
                    self.put_record(right, register, kind);
                    self.declare(name, register, kind);
                    return;
                }
                let register = self.code.take();
                let kind = self.right(right, To { register, fresh: true }, None);
                self.declare(name, register, kind);
            }
            StatementKind::Assign { to, field, change, right } => {
                self.assign((to, field.as_ref()), *change, right);
            }
            StatementKind::Call(call) => {
                if let ExprKind::Call(name, values) = &call.kind {
                    self.call(name, values, None);
                }
            }
            StatementKind::CallService(call) => {
                self.call_service(call, None, span);
            }
            StatementKind::If { ways, otherwise } => {
                self.branches(ways, otherwise.as_ref(), statement);
            }
            StatementKind::Match { subject, arms } => self.matching(subject, arms, statement),
            StatementKind::While { condition, body } => self.while_loop(condition, body),
            StatementKind::Repeat { times, body } => self.repeat(times, body, span),
            StatementKind::For { name, least, greatest, body } => {
                self.for_loop(name, [least, greatest], body, span);
            }
            StatementKind::Break => {
                if let Some(around) = self.loops.last().copied() {
                    self.code.leave_for(around.end, span);
                }
            }
            StatementKind::Continue => {
                if let Some(around) = self.loops.last().copied() {
                    self.code.leave_for(around.next, span);
                }
            }
            StatementKind::Stop => self.code.leave_for(STOP, span),
            StatementKind::Return(right) => self.give_back(right.as_ref(), span),
            StatementKind::Pause { time, busy } => {
                self.take_core(*busy, time);
                let time = self.spend(time);
                self.code.emit_raising(Op::Pause { time, busy: *busy }, span);
            }
            StatementKind::Atomic { suffix, body } => {
                self.atomic(suffix.as_ref(), body, statement);
            }
            StatementKind::Try { body, catches } => {
                self.trying(body, catches, &statement.header);
            }
            StatementKind::Fail { error, text } => {
                let text = text.as_ref().map(|words| self.words(words));
                self.fail(error, text, span);
            }
            StatementKind::Within { time, only, body } => {
                let header = &statement.header;
                self.only_if(only.as_ref(), body, header, |it| it.within(time, body, header));
            }
            StatementKind::Retry { options, only, body } => {
                let header = &statement.header;
                self.only_if(only.as_ref(), body, header, |it| it.retry(options, body, header));
            }
            StatementKind::Lookup(lookup) => {
                let to = self.take_run(self.width(self.looked_up(lookup)));
                self.lookup(lookup, to, span);
            }
            StatementKind::Rows(rows) => {
                self.rows(rows, None, span);
            }
            StatementKind::Transaction(tree) => self.transaction(tree, &statement.header),
            StatementKind::Abort => self.abort(span),
            StatementKind::Saga(tree) => self.saga(tree, &statement.header),
            StatementKind::Together(branches) => self.together(branches, &statement.header),
            StatementKind::Choose(ways) => self.choose(ways, &statement.header),
            StatementKind::Scale { service, to } => self.scale(service, to, span),
            StatementKind::Spawn { name, values } => self.spawn(name, values, span),
            StatementKind::Send(send) => self.send(send, None, span),
            StatementKind::Receive { from, name, body } => {
                self.receive_each(from, name, body, &statement.header);
            }
            StatementKind::Follow { log, from, name, body } => {
                self.follow((log, from), name, body, &statement.header);
            }
            StatementKind::Answer { done, message } => self.answer(*done, message, span),
            StatementKind::With { takings, body } => self.with(takings, body, &statement.header),
            StatementKind::Acquire(taking) => self.acquire(taking),
            StatementKind::Release(taking) => self.release(taking),
            StatementKind::Wait(condition) => self.wait(condition, span),
            StatementKind::Until(condition) => self.until(condition, span),
            StatementKind::Notify { all, condition } => self.notify(condition, *all, span),
            StatementKind::Assert { condition, why } => {
                self.assert(condition, why.as_ref(), span);
            }
            StatementKind::Note(words) => {
                let text = self.words(words);
                self.code.emit(Op::Note { text }, span);
            }
            StatementKind::Outcome(name) => {
                let label = self.intern(&name.text) as u32;
                self.code.emit(Op::Outcome { label }, span);
            }
            StatementKind::Record { name, value } => self.record(&name.text, value, span),
        }
    }

    /// What stands right of `=` or `return`, into a register.
    fn right(&mut self, right: &Expr, to: To, expected: Option<Kind>) -> Kind {
        match &right.kind {
            ExprKind::Call(name, values) if !self.asks_message(name) => {
                self.call(name, values, Some(to.register))
            }
            ExprKind::Send(send) => {
                self.send(send, Some(to.register), &right.span);
                Kind::Int
            }
            ExprKind::CallService(call) => self.call_service(call, Some(to.register), &right.span),
            ExprKind::Lookup(lookup) => self.lookup(lookup, to.register, &right.span),
            ExprKind::Rows(rows) => self.rows(rows, Some(to.register), &right.span),
            _ => self.into(right, to, expected),
        }
    }

    fn assign(&mut self, (to, field): (&Target, Option<&Name>), change: Change, right: &Expr) {
        let sign = if change == Change::Subtract { Sign::Subtract } else { Sign::Add };
        if let Some((Slot::Register(register), kind)) = self.local(&to.name.text) {
            if change == Change::Set && matches!(kind, Kind::Record(_)) {
                self.put_record(right, register, kind);
            } else if change == Change::Set && kind.is_several() {
                self.assign_several(register, right);
            } else if change == Change::Set {
                self.right(right, To { register, fresh: false }, Some(kind));
            } else {
                let operand = self.right_operand(right, None);
                let by = self.loaded(operand, &right.span);
                self.compute(sign, register, [register, by], &to.span);
            }
            return;
        }
        let Some(Symbol::Shared(at)) = self.names.find(&to.name.text) else { return };
        let id = at as SharedId;
        let kind = self.names.shared[at];
        if self.is_table(at) {
            return self.assign_row(at, (to, field), change, right);
        }
        if matches!(self.tree.shared[at].kind, SharedTreeKind::Map(_) | SharedTreeKind::Cache) {
            return self.assign_key(at, to, change, right);
        }
        let index = match &to.index {
            Some(index) => self.index(at, &to.name, index),
            None => Index::None,
        };
        if matches!(self.tree.shared[at].kind, SharedTreeKind::Counter) {
            let operand = self.right_operand(right, Some(kind));
            let by = self.loaded(operand, &right.span);
            let index = self.code.index_register(index, &to.span);
            let change = match change {
                Change::Set => CounterChange::Set,
                Change::Add => CounterChange::Add,
                Change::Subtract => CounterChange::Subtract,
            };
            self.code.emit_raising(Op::Count { counter: id, index, change, by }, &to.span);
            return;
        }
        let from = if change == Change::Set {
            let operand = self.right_operand(right, Some(kind));
            self.loaded(operand, &right.span)
        } else {
            let read = self.code.take();
            let mark = self.code.mark();
            let register = self.code.index_register(index, &to.span);
            self.touch(Op::Read { to: read, from: id, index: register }, &to.span);
            self.code.give_back(mark);
            let operand = self.right_operand(right, None);
            let by = self.loaded(operand, &right.span);
            self.compute(sign, read, [read, by], &to.span);
            read
        };
        let index = self.code.index_register(index, &to.span);
        self.touch(Op::Write { to: id, index, from }, &to.span);
    }

    /// `seen[k] = E` and the like, of a map.
    fn assign_key(&mut self, at: usize, to: &Target, change: Change, right: &Expr) {
        let Some(index) = &to.index else { return };
        let id = at as SharedId;
        let mark = self.code.mark();
        let mut key = self.key(at, index);
        // The right side may change the local that says which.
        if key < mark {
            let copy = self.code.take();
            self.code.emit(Op::Copy { to: copy, from: key }, &index.span);
            key = copy;
        }
        let kind = self.names.shared[at];
        let count = self.width(kind);
        let from = if matches!(kind, Kind::Record(_)) {
            let first = self.take_run(count);
            self.put_record(right, first, kind);
            first
        } else if change == Change::Set {
            let operand = self.right_operand(right, Some(kind));
            self.loaded(operand, &right.span)
        } else {
            let sign = if change == Change::Subtract { Sign::Subtract } else { Sign::Add };
            let read = self.code.take();
            let op = self.read_under(at, key, read, count);
            self.code.emit_raising(op, &to.span);
            let operand = self.right_operand(right, None);
            let by = self.loaded(operand, &right.span);
            self.compute(sign, read, [read, by], &to.span);
            read
        };
        let op = if self.is_cache(at) {
            Op::CacheWrite { cache: id, key, from, count }
        } else {
            Op::WriteKey { to: id, key, from, count }
        };
        self.code.emit_raising(op, &to.span);
    }

    /// Writes a read or write; one with an index may raise an error.
    fn touch(&mut self, op: Op, span: &Span) {
        match op {
            Op::Read { index: None, .. } | Op::Write { index: None, .. } => {
                self.code.emit(op, span);
            }
            _ => self.code.emit_raising(op, span),
        }
    }

    /// What stands right of `=`, wherever it is.
    pub(super) fn right_operand(&mut self, right: &Expr, expected: Option<Kind>) -> Operand {
        match &right.kind {
            ExprKind::Call(name, values) if !self.asks_message(name) => {
                let register = self.code.take();
                let kind = self.call(name, values, Some(register));
                Operand { value: Value::Register(register), kind }
            }
            ExprKind::CallService(call) => {
                let register = self.code.take();
                let kind = self.call_service(call, Some(register), &right.span);
                Operand { value: Value::Register(register), kind }
            }
            ExprKind::Lookup(lookup) => {
                let register = self.code.take();
                let kind = self.lookup(lookup, register, &right.span);
                Operand { value: Value::Register(register), kind }
            }
            ExprKind::Rows(rows) => {
                let register = self.code.take();
                let kind = self.rows(rows, Some(register), &right.span);
                Operand { value: Value::Register(register), kind }
            }
            ExprKind::Send(send) => {
                let register = self.code.take();
                self.send(send, Some(register), &right.span);
                Operand { value: Value::Register(register), kind: Kind::Int }
            }
            _ => self.operand(right, expected),
        }
    }

    fn give_back(&mut self, right: Option<&Expr>, span: &Span) {
        let Some(call) = self.calls.last().copied() else { return };
        if let Some(right) = right {
            let mark = self.code.mark();
            if let Some(kind) = call.record {
                let first = call.result.unwrap_or_else(|| self.take_run(self.width(kind)));
                self.put_record(right, first, kind);
                self.code.give_back(mark);
                return self.code.leave_for(call.end, span);
            }
            let register = call.result.unwrap_or_else(|| self.code.take());
            let kind = self.right(right, To { register, fresh: true }, None);
            self.code.give_back(mark);
            if let Some(call) = self.calls.last_mut() {
                call.kind = call.kind.or(kind);
            }
        }
        self.code.leave_for(call.end, span);
    }

    /// A routine in place of its call: registers and names of its own, and its own `return`.
    pub(super) fn call(&mut self, name: &Name, values: &[Expr], result: Option<Reg>) -> Kind {
        let Some(Symbol::Routine(at)) = self.names.find(&name.text) else { return Kind::Unknown };
        let routine = &self.tree.routines[at];
        let known = |region: &Region| region.routine.as_deref() == Some(routine.name.text.as_str());
        if !self.code.regions.iter().any(known) {
            let body = routine.body.inner.clone();
            self.code.regions.push(Region { routine: Some(routine.name.text.clone()), body });
        }
        let mark = self.code.mark();
        let mut kinds = Vec::new();
        for value in values {
            let (register, kind) = match self.put_several(value) {
                Some(put) => put,
                None => {
                    let register = self.code.take();
                    (register, self.into(value, To { register, fresh: true }, None))
                }
            };
            kinds.push((register, kind));
        }
        let end = self.code.label();
        let statement = self.code.statement.clone();
        let outer = self.locals.len();
        let floor = std::mem::replace(&mut self.floor, outer);
        let loops = std::mem::take(&mut self.loops);
        let stood = self.names.enter(None);
        let measured = self.measured.contains(&at);
        if measured {
            let label = self.intern(&routine.name.text) as u32;
            self.code.begin_routine(label, &name.span);
        }
        for (param, (register, kind)) in routine.params.iter().zip(kinds) {
            self.declare(param, register, kind);
        }
        let record = self.names.returned.get(&name.span.start).copied();
        self.calls.push(Call { end, result, kind: Kind::Unknown, record });
        self.block(&routine.body);
        let kind = self.calls.pop().map_or(Kind::Unknown, |call| call.kind);
        self.names.enter(stood);
        if measured {
            self.code.end_with();
        }
        self.code.place(end);
        self.forget_locals(outer);
        self.loops = loops;
        self.floor = floor;
        self.code.statement = statement;
        self.code.give_back(mark);
        kind
    }

    fn branches(&mut self, ways: &[Way], otherwise: Option<&Block>, statement: &Statement) {
        let all = &statement.span;
        let end = self.code.label();
        // Whether an earlier branch is decided while running, so that its text stays.
        let mut open = false;
        let mut shown_to = all.start;
        for (at, way) in ways.iter().enumerate() {
            self.code.statement = way.header.clone();
            let [yes, no] = [self.code.label(), self.code.label()];
            match self.branch(&way.condition, yes, no) {
                Some(true) => {
                    self.block(&way.body);
                    self.hide(way.span.end..all.end);
                    self.code.place(end);
                    return;
                }
                Some(false) => match (ways.get(at + 1), otherwise) {
                    (Some(next), _) => self.hide(way.span.start..next.span.start),
                    (None, Some(last)) if open => {
                        self.hide(way.span.start..last.inner.start - 1);
                    }
                    (None, Some(last)) => {
                        self.hide(all.start..last.inner.start);
                        self.hide(last.inner.end..all.end);
                    }
                    (None, None) => self.hide(shown_to..way.span.end),
                },
                None => {
                    open = true;
                    shown_to = way.span.end;
                    self.code.place(yes);
                    self.block(&way.body);
                    if at + 1 < ways.len() || otherwise.is_some() {
                        self.code.statement = way.header.clone();
                        self.code.jump(end, &way.header);
                    }
                    self.code.place(no);
                }
            }
        }
        if let Some(block) = otherwise {
            self.block(block);
        }
        self.code.place(end);
    }

    /// Notes that these parameters leave out a part of the text.
    pub(super) fn hide(&mut self, span: Span) {
        if span.start < span.end && !self.code.hidden.contains(&span) {
            self.code.hidden.push(span);
        }
    }

    fn matching(&mut self, subject: &Expr, arms: &[Arm], statement: &Statement) {
        let all = &statement.span;
        let mark = self.code.mark();
        let operand = self.operand(subject, None);
        if let Some(value) = operand.constant() {
            let taken = arms
                .iter()
                .find(|arm| {
                    arm.patterns.iter().any(|p| self.pattern(&p.kind, operand.kind) == Some(value))
                })
                .or_else(|| arms.iter().find(|arm| arm.patterns.is_empty()));
            if let Some(arm) = taken {
                self.hide(all.start..arm.body.inner.start);
                self.hide(arm.body.inner.end..all.end);
                self.block(&arm.body);
            }
            return;
        }
        let subject_register = self.loaded(operand, &subject.span);
        let end = self.code.label();
        let otherwise = arms.iter().find(|arm| arm.patterns.is_empty());
        let others: Vec<&Arm> = arms.iter().filter(|arm| !arm.patterns.is_empty()).collect();
        let bodies: Vec<_> = others.iter().map(|_| self.code.label()).collect();
        for (at, arm) in others.iter().enumerate() {
            let last = otherwise.is_none() && at + 1 == others.len();
            if last {
                // All other values have gone elsewhere.
                self.code.jump(bodies[at], &statement.header);
                break;
            }
            for pattern in &arm.patterns {
                let value = self.pattern(&pattern.kind, operand.kind).unwrap_or_default();
                let inner = self.code.mark();
                let to = self.code.take();
                self.code.emit(Op::Const { to, value }, &pattern.span);
                let (what, left) = (Binary::Equal, subject_register);
                self.code.emit(Op::Compute { what, to, left, right: to }, &pattern.span);
                let next = self.code.label();
                let op = Op::Branch { when: to, yes: bodies[at].0, no: next.0 };
                self.code.emit(op, &pattern.span);
                self.code.place(next);
                self.code.give_back(inner);
            }
        }
        self.code.give_back(mark);
        if let Some(arm) = otherwise {
            self.block(&arm.body);
            self.code.jump(end, &statement.header);
        }
        for (arm, body) in others.into_iter().zip(bodies) {
            self.code.place(body);
            self.block(&arm.body);
            self.code.statement = statement.header.clone();
            self.code.jump(end, &statement.header);
        }
        self.code.place(end);
    }

    fn pattern(&mut self, pattern: &PatternKind, kind: Kind) -> Option<i64> {
        Some(match pattern {
            PatternKind::Int(value)
            | PatternKind::Duration(value)
            | PatternKind::Percent(value)
            | PatternKind::Rate(value) => *value,
            PatternKind::Text(words) => self.intern(words),
            PatternKind::Bool(value) => i64::from(*value),
            PatternKind::Label(label) => match kind {
                Kind::Choice(choice) if self.names.label(choice, label).is_some() => {
                    self.names.label(choice, label)? as i64
                }
                Kind::Error => self.names.error_code(label)?,
                _ if label == "none" => NONE,
                _ => return None,
            },
        })
    }
}
