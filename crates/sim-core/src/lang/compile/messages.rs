//! Sending, receiving and following; records and messages as runs of registers.

use super::{
    Call, Compiler, Loop,
    code::Index,
    expression::{Operand, Target as To, Value},
};
use crate::{
    lang::{
        check::OF_MESSAGES,
        names::{Fields, Hold, Kind, Symbol},
        tree::{Block, Expr, ExprKind, Name, ProcessTree, Send, SharedTreeKind, Target},
    },
    program::{Binary, Op, RECEIVED, Reg, SharedId, Span},
    say::diagnostics::Message,
};

/// What is asked of messages somewhere, by family; for delays by the queue itself.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub(super) attempts: std::collections::BTreeSet<usize>,
    pub(super) numbers: std::collections::BTreeSet<usize>,
    pub(super) delays: std::collections::BTreeSet<usize>,
}

impl Compiler<'_> {
    /// Takes registers side by side.
    pub(super) fn take_run(&mut self, count: u16) -> Reg {
        let first = self.code.mark();
        for _ in 0..count {
            self.code.take();
        }
        first
    }

    /// `send E to q`; `offset` gets the place in a log.
    pub(super) fn send(&mut self, send: &Send, offset: Option<Reg>, span: &Span) {
        let Some(Symbol::Shared(at)) = self.names.find(&send.to.name.text) else { return };
        let mark = self.code.mark();
        let fields = self.names.shape(at).map(|shape| shape.fields.clone()).unwrap_or_default();
        let first = self.take_run(fields.len() as u16);
        self.put_fields(&send.value, first, &fields);
        let index = match &send.to.index {
            Some(index) => self.index(at, &send.to.name, index),
            None => Index::None,
        };
        let index = self.code.index_register(index, &send.to.span);
        let key = send.key.as_ref().map(|key| {
            let kind = self.names.message_keys.get(&self.names.families[at]).copied();
            let operand = self.operand(key, kind);
            self.loaded(operand, &key.span)
        });
        let after = send.after.as_ref().map(|after| {
            self.asked.delays.insert(at);
            let operand = self.time(after);
            self.loaded(operand, &after.span)
        });
        let to = at as SharedId;
        let via = self.via(at);
        if via.is_some()
            && offset.is_some()
            && let Some(process) = self.process
        {
            let from = self.tree.processes[process].name.text.clone();
            let to = send.to.name.text.clone();
            self.code.error(span, Message::OffsetOverLink { from, to });
        }
        let fields = fields.len() as u16;
        let op = Op::Send { to, index, via, first, fields, key, after, offset };
        self.code.emit_raising(op, span);
        self.code.give_back(mark);
    }

    /// Puts a value into registers as fields in their order.
    fn put_fields(&mut self, value: &Expr, first: Reg, fields: &Fields) {
        let place = |name: &str| {
            let at = fields.iter().position(|(known, _)| known == name)?;
            Some((first + at as Reg, fields[at].1))
        };
        if let ExprKind::Record(parts) = &value.kind {
            for (name, part) in parts {
                if let Some((register, kind)) = place(&name.text) {
                    self.into(part, To { register, fresh: true }, Some(kind));
                }
            }
        } else if let Some((from, kind)) = self.several(value).or_else(|| self.read_record(value)) {
            let own = self.names.fields(kind).cloned().unwrap_or_default();
            let from = from + self.before_fields(kind);
            for (from, (name, _)) in (from..).zip(&own) {
                if let Some((to, _)) = place(name) {
                    self.code.emit(Op::Copy { to, from }, &value.span);
                }
            }
        } else {
            let expected = fields.first().map(|(_, kind)| *kind);
            self.into(value, To { register: first, fresh: true }, expected);
        }
    }

    pub(super) fn before_fields(&self, kind: Kind) -> Reg {
        if matches!(kind, Kind::Message(..)) { RECEIVED } else { 0 }
    }

    /// Where several values lie that a name stands for.
    pub(super) fn several(&self, value: &Expr) -> Option<(Reg, Kind)> {
        let ExprKind::Name(name) = &value.kind else { return None };
        match self.local(name)? {
            (super::Slot::Register(first), kind)
                if kind.is_several() && self.plain(first, kind).1 == kind =>
            {
                Some((first, kind))
            }
            _ => None,
        }
    }

    /// Puts several values, or a message, into new registers; `None` for any other value.
    pub(super) fn put_several(&mut self, right: &Expr) -> Option<(Reg, Kind)> {
        match &right.kind {
            ExprKind::Record(fields) => {
                let first = self.take_run(fields.len() as u16 + 1);
                let mut kinds = Fields::new();
                for (register, (name, value)) in (first..).zip(fields) {
                    let kind = self.into(value, To { register, fresh: true }, None);
                    kinds.push((name.text.clone(), kind));
                }
                let there = first + fields.len() as Reg;
                self.code.emit(Op::Const { to: there, value: 1 }, &right.span);
                let alike = |known: &&Fields| {
                    let pairs = known.iter().zip(&kinds);
                    known.len() == kinds.len()
                        && pairs.into_iter().all(|((name, kind), (own, found))| {
                            name == own && (kind == found || kind.is_open() || found.is_open())
                        })
                };
                let record = self.names.records.iter().position(|known| alike(&known));
                Some((first, Kind::Record(record.unwrap_or_default())))
            }
            ExprKind::Receive(from, within) => {
                let kind = self.message_kind(from, Hold::ByHand)?;
                let first = self.take_run(self.width(kind));
                self.receive_within(from, within.as_deref(), first, &right.span);
                Some((first, kind))
            }
            ExprKind::CallService(call) => {
                let kind = self.answered(call).filter(|kind| matches!(kind, Kind::Record(_)))?;
                let first = self.take_run(self.width(kind));
                self.call_service(call, Some(first), &right.span);
                Some((first, kind))
            }
            ExprKind::Call(name, values) => {
                let kind = self.names.returned.get(&name.span.start).copied()?;
                let first = self.take_run(self.width(kind));
                self.call(name, values, Some(first));
                Some((first, kind))
            }
            ExprKind::Lookup(lookup) => {
                let kind = self.looked_up(lookup);
                if !matches!(kind, Kind::Record(_)) {
                    return None;
                }
                let first = self.take_run(self.width(kind));
                self.lookup(lookup, first, &right.span);
                Some((first, kind))
            }
            ExprKind::Rows(rows) => self.locked_record(rows, &right.span),
            ExprKind::Index(..) => self.read_record(right),
            _ => {
                let (from, kind) = self.several(right)?;
                // A message that is a plain value stands for that.
                if self.plain(from, kind).1 != kind {
                    return None;
                }
                let width = self.width(kind);
                let first = self.take_run(width);
                self.copy_run(first, from, width, &right.span);
                Some((first, kind))
            }
        }
    }

    /// Puts several values where a local keeps them.
    pub(super) fn assign_several(&mut self, to: Reg, right: &Expr) -> bool {
        let mark = self.code.mark();
        let found = self.put_several(right);
        if let Some((from, kind)) = found {
            let width = self.width(kind);
            self.copy_run(to, from, width, &right.span);
        }
        self.code.give_back(mark);
        found.is_some()
    }

    pub(super) fn copy_run(&mut self, to: Reg, from: Reg, width: u16, span: &Span) {
        for at in 0..width {
            self.code.emit(Op::Copy { to: to + at, from: from + at }, span);
        }
    }

    fn message_kind(&self, from: &Target, hold: Hold) -> Option<Kind> {
        match self.names.find(&from.name.text) {
            Some(Symbol::Shared(at)) => Some(Kind::Message(at, hold)),
            _ => None,
        }
    }

    /// Takes the next message into a run of registers.
    fn receive(&mut self, from: &Target, to: Reg, by_hand: bool, span: &Span) -> Option<SharedId> {
        let Some(Symbol::Shared(at)) = self.names.find(&from.name.text) else { return None };
        let mark = self.code.mark();
        let index = match &from.index {
            Some(index) => self.index(at, &from.name, index),
            None => Index::None,
        };
        let index = self.code.index_register(index, &from.span);
        let fields = self.names.shape(at).map_or(0, |shape| shape.fields.len()) as u16;
        if matches!(self.tree.shared[at].kind, SharedTreeKind::Group) {
            self.members.push((at, self.class_at));
        }
        let from = at as SharedId;
        let op = Op::Receive { from, index, to, fields, by_hand };
        if index.is_some() {
            self.code.emit_raising(op, span)
        } else {
            self.code.emit(op, span)
        }
        self.code.give_back(mark);
        Some(from)
    }

    /// `receive q within d`: the time strikes only here.
    fn receive_within(&mut self, from: &Target, within: Option<&Expr>, to: Reg, span: &Span) {
        let Some(time) = within else {
            self.receive(from, to, true, span);
            return;
        };
        let (struck, end) = self.begin_within(time, span);
        self.receive(from, to, true, span);
        self.end_within(struck, end, span);
    }

    /// `receive q as m { }`: the end of the block answers.
    pub(super) fn receive_each(&mut self, from: &Target, name: &Name, body: &Block, header: &Span) {
        let Some(kind) = self.message_kind(from, Hold::Block) else { return };
        let mark = self.code.mark();
        let first = self.take_run(self.width(kind));
        let word = header.clone();
        if let Some(from) = self.receive(from, first, false, &word) {
            self.code.begin_message(from, first, &word);
            let outer = self.locals.len();
            self.declare(name, first, kind);
            self.block(body);
            self.forget_locals(outer);
            self.code.end_with();
        }
        self.code.give_back(mark);
    }

    /// `process … receive q as m { }`: an error that nobody catches fails its message only.
    pub(super) fn consume(
        &mut self,
        process: &ProcessTree,
        from: &Target,
        name: &Name,
        end: &Span,
    ) {
        let Some(kind) = self.message_kind(from, Hold::Block) else { return };
        let header = process.name.span.start..name.span.end;
        let asked = from.span.start..name.span.end;
        let [first, next, failed] = [self.code.label(), self.code.label(), self.code.label()];
        self.code.place(first);
        self.code.statement = header.clone();
        let run = self.take_run(self.width(kind));
        let Some(from) = self.receive(from, run, false, &asked) else { return };
        self.code.begin_handled(failed);
        self.code.begin_message(from, run, &asked);
        let outer = self.locals.len();
        self.declare(name, run, kind);
        self.calls.push(Call { end: next, result: None, kind: Kind::Unknown, record: None });
        self.block(&process.body);
        self.calls.pop();
        self.forget_locals(outer);
        self.code.statement = end.clone();
        self.code.end_with();
        self.code.end_scope();
        self.code.place(next);
        self.code.statement = end.clone();
        self.code.emit(Op::PassEnd, end);
        self.code.jump(first, end);
        if self.code.leads_to(failed) {
            self.code.statement = header;
            self.code.place(failed);
            self.code.emit(Op::PassFail { error: super::code::ERROR }, &asked);
            self.code.jump(first, &asked);
        }
    }

    /// `follow l from n as e { }`
    pub(super) fn follow(
        &mut self,
        (log, from): (&Target, &Expr),
        name: &Name,
        body: &Block,
        header: &Span,
    ) {
        let Some(Symbol::Shared(at)) = self.names.find(&log.name.text) else { return };
        self.one_part(at, log);
        let kind = Kind::Message(at, Hold::Followed);
        let place = self.code.take();
        self.into(from, To { register: place, fresh: true }, Some(Kind::Int));
        let to = self.take_run(self.width(kind));
        let [first, next, end] = [self.code.label(), self.code.label(), self.code.label()];
        self.code.place(first);
        let fields = self.width(kind) - RECEIVED;
        let index = match &log.index {
            Some(index) => self.index(at, &log.name, index),
            None => Index::None,
        };
        let mark = self.code.mark();
        let index = self.code.index_register(index, &log.span);
        let log = at as SharedId;
        self.code.emit_raising(Op::Follow { log, index, at: place, to, fields }, header);
        self.code.give_back(mark);
        let outer = self.locals.len();
        self.declare(name, to, kind);
        self.round(body, Loop { end, next });
        self.forget_locals(outer);
        self.code.statement = header.clone();
        self.code.place(next);
        let one = self.code.take();
        self.code.emit(Op::Const { to: one, value: 1 }, header);
        let op = Op::Compute { what: Binary::Add, to: place, left: place, right: one };
        self.code.emit_raising(op, header);
        self.code.give_back(one);
        self.code.jump(first, header);
        self.code.place(end);
    }

    /// Reports a log of several parts, which have no order among one another.
    fn one_part(&mut self, at: usize, log: &Target) {
        let Some(crate::program::Details::Channel(channel)) = self.details.get(at).copied() else {
            return;
        };
        if let Some(crate::program::Channel::Log(found)) = self.channels.get(channel as usize)
            && found.partitions > 1
        {
            let (name, partitions) = (log.name.text.clone(), i64::from(found.partitions));
            self.code.error(&log.span, Message::FollowParts { name, partitions });
        }
    }

    /// `ack m`, `nack m`
    pub(super) fn answer(&mut self, done: bool, message: &Name, span: &Span) {
        let value = super::Slot::Register(0);
        let (slot, kind) = self.local(&message.text).unwrap_or((value, Kind::Unknown));
        let (super::Slot::Register(handle), Kind::Message(from, _)) = (slot, kind) else { return };
        let from = from as SharedId;
        let op = if done { Op::Ack { from, handle } } else { Op::Nack { from, handle } };
        self.code.emit(op, span);
    }

    /// Whether a call asks something of a message.
    pub(super) fn asks_message(&self, name: &Name) -> bool {
        let is_routine = matches!(self.names.find(&name.text), Some(Symbol::Routine(_)));
        !is_routine && OF_MESSAGES.contains(&name.text.as_str())
    }

    /// `attempt(m)` and the like, if this is one.
    pub(super) fn of_message(
        &mut self,
        name: &Name,
        values: &[Expr],
        to: impl FnOnce(&mut Self) -> Reg,
        span: &Span,
    ) -> Option<Operand> {
        if !self.asks_message(name) {
            return None;
        }
        let ExprKind::Name(message) = &values.first()?.kind else { return None };
        let (super::Slot::Register(first), Kind::Message(from, _)) = self.local(message)? else {
            return None;
        };
        let family = self.names.families[from];
        let held = |at: Reg, kind: Kind| Operand { value: Value::Register(first + at), kind };
        Some(match name.text.as_str() {
            "attempt" => {
                self.asked.attempts.insert(family);
                held(1, Kind::Int)
            }
            "key" => {
                let kind = self.names.message_keys.get(&family).copied();
                held(2, kind.unwrap_or(Kind::None))
            }
            "offset" => held(3, Kind::Int),
            "id" => {
                self.asked.numbers.insert(family);
                held(4, Kind::Int)
            }
            _ => {
                let to = to(self);
                self.code.emit(Op::Age { to, number: first + 4 }, span);
                Operand { value: Value::Register(to), kind: Kind::Duration }
            }
        })
    }

    /// The field of a local: `m.order`.
    pub(super) fn local_field(&self, name: &str, field: &str) -> Option<Operand> {
        let (super::Slot::Register(first), kind) = self.local(name)? else { return None };
        let fields = self.names.fields(kind)?;
        let at = fields.iter().position(|(known, _)| known == field)?;
        let register = first + self.before_fields(kind) + at as Reg;
        Some(Operand { value: Value::Register(register), kind: fields[at].1 })
    }

    /// What a local stands for as a value: a message that is a plain value for that.
    pub(super) fn plain(&self, register: Reg, kind: Kind) -> (Reg, Kind) {
        let Kind::Message(from, _) = kind else { return (register, kind) };
        let plain = self.names.shape(from).and_then(crate::lang::names::Shape::plain);
        plain.map_or((register, kind), |plain| (register + RECEIVED, plain))
    }

    /// The names under which those who look see the values of a local.
    pub(super) fn shown_fields(
        &self,
        name: &str,
        register: Reg,
        kind: Kind,
    ) -> Vec<(String, Reg, Kind)> {
        let Some(fields) = self.names.fields(kind).filter(|_| kind.is_several()) else {
            return vec![(name.to_owned(), register, kind)];
        };
        let first = register + self.before_fields(kind);
        let all = (first..).zip(fields).map(|(register, (field, kind))| {
            let name = if field.is_empty() { name.to_owned() } else { format!("{name}.{field}") };
            (name, register, *kind)
        });
        all.collect()
    }
}
