//! Processes: once, arriving, coming again, for ever.

use super::{Call, Compiler, code::STOP};
use crate::{
    lang::{
        limits,
        names::Kind,
        tree::{Expr, ProcessTree, StartTree},
    },
    program::{Binary, Class, Op, Region, Span, Start},
    say::diagnostics::{Ceiling, Message},
};

impl Compiler<'_> {
    /// How many instances of each process there are at the start; `None` for a process that does
    /// not exist under these parameters.
    pub(super) fn instances(&mut self) -> Vec<Option<u32>> {
        let tree = self.tree;
        let mut all = 0_u32;
        let mut counts = Vec::new();
        for process in &tree.processes {
            if let Some(only) = &process.only
                && self.constant(only) == 0
            {
                counts.push(None);
                continue;
            }
            if matches!(process.start, StartTree::Every { .. }) {
                counts.push(Some(0));
                continue;
            }
            let Some(expr) = &process.instances else {
                counts.push(Some(1));
                all += 1;
                continue;
            };
            let found = self.constant(expr);
            if found < 0 {
                self.code.error(&expr.span, Message::TooSmall { found, least: 0 });
            }
            let count = found.clamp(0, i64::from(limits::PROCESSES) + 1) as u32;
            all = all.saturating_add(count);
            if all > limits::PROCESSES {
                let most = u64::from(limits::PROCESSES);
                self.code.refuse(&expr.span, Ceiling::Processes, most);
            }
            counts.push(Some(count));
        }
        if all > limits::PROCESSES
            && let Some(last) = tree.processes.last()
        {
            let most = u64::from(limits::PROCESSES);
            self.code.refuse(&last.name.span, Ceiling::Processes, most);
        }
        counts
    }

    pub(super) fn class(&mut self, process: &ProcessTree, instances: u32) -> Class {
        self.code.begin();
        self.code.regions.push(Region { routine: None, body: process.body.inner.clone() });
        self.locals.clear();
        self.floor = 0;
        let end = process.body.inner.end..process.body.inner.end + 1;
        let start = match &process.start {
            StartTree::Once => {
                self.block(&process.body);
                Start::AtOnce
            }
            StartTree::Every { gap, times, until } => {
                self.pass(process, STOP);
                Start::Every {
                    gap: self.gap(gap),
                    times: times.as_ref().map(|times| self.fixed_number(times, 0) as u64),
                    until: until.as_ref().map(|until| self.fixed_time(until)),
                    span: gap.span.clone(),
                }
            }
            StartTree::Again { pause, times, until } => {
                self.again(process, pause, times.as_ref(), &end);
                Start::Again { until: until.as_ref().map(|until| self.fixed_time(until)) }
            }
            StartTree::Receive { from, name } => {
                self.consume(process, from, name, &end);
                Start::AtOnce
            }
            StartTree::Forever => {
                let [first, next] = [self.code.label(), self.code.label()];
                self.code.place(first);
                self.pass(process, next);
                self.code.place(next);
                self.code.statement = end.clone();
                self.code.emit(Op::PassEnd, &end);
                self.code.jump(first, &end);
                Start::AtOnce
            }
        };
        let forever = matches!(process.start, StartTree::Forever);
        let numbered = process.numbered();
        let class = self.end_class(&process.name, &process.body, start, instances, numbered);
        let receives = matches!(process.start, StartTree::Receive { .. });
        Class { forever, receives, ..class }
    }

    /// One pass: `return` ends it.
    fn pass(&mut self, process: &ProcessTree, end: super::code::Label) {
        self.calls.push(Call { end, result: None, kind: Kind::Unknown, record: None });
        self.block(&process.body);
        self.calls.pop();
    }

    fn again(&mut self, process: &ProcessTree, pause: &Expr, times: Option<&Expr>, end: &Span) {
        let header = process.name.span.start..pause.span.end;
        self.code.statement = header.clone();
        let left = times.map(|times| {
            let value = self.fixed_number(times, 1);
            let to = self.code.take();
            self.code.emit(Op::Const { to, value }, &times.span);
            (to, times)
        });
        let [first, next] = [self.code.label(), self.code.label()];
        self.code.place(first);
        self.pass(process, next);
        self.code.place(next);
        self.code.statement = end.clone();
        self.code.emit(Op::PassEnd, end);
        self.code.statement = header;
        if let Some((left, times)) = left {
            let to = self.code.take();
            self.code.emit(Op::Const { to, value: 1 }, &times.span);
            let op = Op::Compute { what: Binary::Subtract, to: left, left, right: to };
            self.code.emit(op, &times.span);
            let op = Op::Compute { what: Binary::AtMost, to, left: to, right: left };
            self.code.emit(op, &times.span);
            let more = self.code.label();
            self.code.emit(Op::Branch { when: to, yes: more.0, no: STOP.0 }, &times.span);
            self.code.place(more);
            self.code.give_back(to);
        }
        let mark = self.code.mark();
        let time = self.spend(pause);
        let leave = times.is_none().then_some(STOP.0);
        self.code.emit_raising(Op::Think { time, leave }, &pause.span);
        self.code.give_back(mark);
        if times.is_some() {
            self.code.jump_counted(first, &pause.span);
        } else {
            self.code.jump(first, &pause.span);
        }
    }
}
