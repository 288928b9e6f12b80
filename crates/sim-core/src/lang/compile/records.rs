//! Records: a run of registers, one for each field and a last one that is 1, or 0 for `none`.

use super::{
    Compiler, Slot,
    expression::{Operand, Target as To},
};
use crate::{
    lang::{
        names::{Kind, Symbol},
        tree::{CallTree, Expr, ExprKind, Name, SharedTreeKind, Sign},
    },
    program::{NONE, Op, Reg, Span},
};

impl Compiler<'_> {
    /// The map of records that a name stands for, and their kind.
    fn record_map(&self, name: &Name) -> Option<(usize, Kind)> {
        let Some(Symbol::Shared(at)) = self.names.find(&name.text) else { return None };
        let kind = self.names.shared[at];
        let is_map =
            matches!(self.tree.shared[at].kind, SharedTreeKind::Map(_) | SharedTreeKind::Cache)
                || self.is_table(at);
        (is_map && matches!(kind, Kind::Record(_))).then_some((at, kind))
    }

    /// The record under a key of a map, read into new registers.
    pub(super) fn read_record(&mut self, value: &Expr) -> Option<(Reg, Kind)> {
        let ExprKind::Index(name, index) = &value.kind else { return None };
        self.read_in_map(name, index, &value.span)
    }

    fn read_in_map(&mut self, name: &Name, index: &Expr, span: &Span) -> Option<(Reg, Kind)> {
        let (at, kind) = self.record_map(name)?;
        let count = self.width(kind);
        let to = self.take_run(count);
        let mark = self.code.mark();
        let key = self.key(at, index);
        self.code.give_back(mark);
        let op = self.read_under(at, key, to, count);
        self.code.emit_raising(op, span);
        Some((to, kind))
    }

    /// A field of a record in a map: `answers[k].charged`.
    pub(super) fn field_in_map(
        &mut self,
        name: &Name,
        index: Option<&Expr>,
        field: &Name,
        span: &Span,
    ) -> Option<Operand> {
        let (first, kind) = self.read_in_map(name, index?, span)?;
        let fields = self.names.fields(kind)?;
        let at = fields.iter().position(|(known, _)| *known == field.text)?;
        Some(Operand::held(first + at as Reg, fields[at].1))
    }

    /// What a call answers.
    pub(super) fn answered(&self, call: &CallTree) -> Option<Kind> {
        let Some(Symbol::Routine(at)) = self.names.find(&call.routine()) else { return None };
        self.names.answers.get(&at).copied()
    }

    /// What a service or a task is given, in the next registers.
    pub(super) fn put_given(&mut self, value: &Expr, kind: Kind) {
        let register = self.take_run(self.width(kind));
        if let Kind::Record(_) = kind {
            return self.put_record(value, register, kind);
        }
        let kind = (!kind.is_open()).then_some(kind);
        self.into(value, To { register, fresh: true }, kind);
    }

    /// Puts a record, or `none`, into registers as a record of some kind.
    pub(super) fn put_record(&mut self, value: &Expr, to: Reg, kind: Kind) {
        let mark = self.code.mark();
        let fields = self.names.fields(kind).cloned().unwrap_or_default();
        let span = &value.span;
        let there = to + fields.len() as Reg;
        match self.put_several(value) {
            Some((from, found)) if found == kind => {
                self.copy_run(to, from, self.width(kind), span);
            }
            Some((from, found)) => {
                let own = self.names.fields(found).cloned().unwrap_or_default();
                let first = from + self.before_fields(found);
                for (to, (name, _)) in (to..).zip(&fields) {
                    if let Some(at) = own.iter().position(|(known, _)| known == name) {
                        self.code.emit(Op::Copy { to, from: first + at as Reg }, span);
                    }
                }
                match found {
                    Kind::Record(_) => {
                        let from = first + own.len() as Reg;
                        self.code.emit(Op::Copy { to: there, from }, span);
                    }
                    _ => self.code.emit(Op::Const { to: there, value: 1 }, span),
                }
            }
            None => {
                // Only `none` is left.
                self.operand(value, None);
                for to in to..there {
                    self.code.emit(Op::Const { to, value: NONE }, span);
                }
                self.code.emit(Op::Const { to: there, value: 0 }, span);
            }
        }
        self.code.give_back(mark);
    }

    /// `known == none` and `known != none`, where one side is a record.
    pub(super) fn record_compared(
        &mut self,
        sign: Sign,
        sides: [&Expr; 2],
        span: &Span,
        to: Option<To>,
    ) -> Option<Operand> {
        let record = sides.into_iter().find(|side| self.is_record(side))?;
        let mark = self.code.mark();
        // One that is a local is looked at where it is.
        let (first, kind) = self.several(record).or_else(|| self.put_several(record))?;
        let there = first + self.names.fields(kind).map_or(0, Vec::len) as Reg;
        self.code.give_back(mark);
        let register = self.register_for(to);
        match sign {
            Sign::Equal => self.code.emit(Op::Not { to: register, from: there }, span),
            _ => self.code.emit(Op::Copy { to: register, from: there }, span),
        }
        Some(Operand::held(register, Kind::Bool))
    }

    fn is_record(&self, value: &Expr) -> bool {
        match &value.kind {
            ExprKind::Name(name) => {
                matches!(self.local(name), Some((Slot::Register(_), Kind::Record(_))))
            }
            ExprKind::Index(name, _) => self.record_map(name).is_some(),
            _ => false,
        }
    }
}
