//! Loops.

use super::{
    Compiler, Loop,
    expression::{Operand, Target as To, Value},
};
use crate::{
    lang::{
        names::Kind,
        tree::{Block, Expr, Name},
    },
    program::{Binary, Op, Reg, Span},
};

impl Compiler<'_> {
    pub(super) fn while_loop(&mut self, condition: &Expr, body: &Block) {
        let header = self.code.statement.clone();
        let [next, inside, end] = [self.code.label(), self.code.label(), self.code.label()];
        self.code.place(next);
        if self.branch(condition, inside, end) == Some(false) {
            return;
        }
        self.code.place(inside);
        self.round(body, Loop { end, next });
        self.code.statement = header.clone();
        self.code.jump(next, &header);
        self.code.place(end);
    }

    pub(super) fn round(&mut self, body: &Block, around: Loop) {
        self.loops.push(around);
        self.rounds += 1;
        self.block(body);
        self.rounds -= 1;
        self.loops.pop();
    }

    pub(super) fn repeat(&mut self, times: &Expr, body: &Block, span: &Span) {
        let header = self.code.statement.clone();
        let word = span.start..span.start + "repeat".len() as u32;
        let left = self.code.take();
        self.into(times, To { register: left, fresh: true }, Some(Kind::Int));
        let [first, inside] = [self.code.label(), self.code.label()];
        let [next, end] = [self.code.label(), self.code.label()];
        self.code.place(first);
        let to = self.code.take();
        self.code.emit(Op::Const { to, value: 0 }, &word);
        let op = Op::Compute { what: Binary::Less, to, left: to, right: left };
        self.code.emit(op, &word);
        self.code.emit(Op::Branch { when: to, yes: inside.0, no: end.0 }, &word);
        self.code.give_back(to);
        self.code.place(inside);
        self.round(body, Loop { end, next });
        self.code.statement = header;
        self.code.place(next);
        let to = self.code.take();
        self.code.emit(Op::Const { to, value: 1 }, &word);
        // Above zero, so this raises nothing.
        let op = Op::Compute { what: Binary::Subtract, to: left, left, right: to };
        self.code.emit(op, &word);
        self.code.jump_counted(first, &word);
        self.code.place(end);
    }

    pub(super) fn for_loop(&mut self, name: &Name, bounds: [&Expr; 2], body: &Block, span: &Span) {
        let header = self.code.statement.clone();
        let word = span.start..span.start + "for".len() as u32;
        let outer = self.locals.len();
        let round = self.code.take();
        self.into(bounds[0], To { register: round, fresh: true }, Some(Kind::Int));
        let mark = self.code.mark();
        let mut limit = self.operand(bounds[1], Some(Kind::Int));
        // A bound in a local may be changed by the body; it counts as it is now.
        if let Value::Register(from) = limit.value
            && from < mark
        {
            let to = self.code.take();
            self.code.emit(Op::Copy { to, from }, &word);
            limit.value = Value::Register(to);
        }
        self.declare(name, round, Kind::Int);
        let [inside, next, end] = [self.code.label(), self.code.label(), self.code.label()];
        self.compare_round(Binary::AtMost, round, limit, &word, [inside, end]);
        self.code.place(inside);
        self.round(body, Loop { end, next });
        self.code.statement = header;
        self.code.place(next);
        // Asked before counting on, so that the greatest number of all ends it too.
        let more = self.code.label();
        self.compare_round(Binary::Less, round, limit, &word, [more, end]);
        self.code.place(more);
        let to = self.code.take();
        self.code.emit(Op::Const { to, value: 1 }, &word);
        let op = Op::Compute { what: Binary::Add, to: round, left: round, right: to };
        self.code.emit(op, &word);
        self.code.jump_counted(inside, &word);
        self.code.place(end);
        self.forget_locals(outer);
    }

    fn compare_round(
        &mut self,
        what: Binary,
        round: Reg,
        limit: Operand,
        word: &Span,
        labels: [super::code::Label; 2],
    ) {
        let mark = self.code.mark();
        let right = self.loaded(limit, word);
        self.code.give_back(mark);
        let to = self.code.take();
        self.code.emit(Op::Compute { what, to, left: round, right }, word);
        let [yes, no] = labels;
        self.code.emit(Op::Branch { when: to, yes: yes.0, no: no.0 }, word);
        self.code.give_back(mark);
    }
}
