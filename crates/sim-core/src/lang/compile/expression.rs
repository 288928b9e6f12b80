//! Expressions: constants folded, reads left to right, `and` and `or` as branches.

use super::{
    Compiler, Slot,
    code::{Index, Label},
};
use crate::{
    lang::{
        check::result_kind,
        names::{Kind, Symbol},
        own::behind_service,
        tree::{Expr, ExprKind, Name, SharedTreeKind, Sign},
    },
    program::{Binary, Error, NONE, Op, Outcomes, Reg, SharedId, Span, compute, negate},
    say::diagnostics::Message,
};

/// A value while compiling: known already, or in a register by then.
#[derive(Clone, Copy, Debug)]
pub(super) struct Operand {
    pub(super) value: Value,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Value {
    Constant(i64),
    Register(Reg),
}

impl Operand {
    pub(super) fn constant(self) -> Option<i64> {
        match self.value {
            Value::Constant(value) => Some(value),
            Value::Register(_) => None,
        }
    }

    fn known(value: i64, kind: Kind) -> Operand {
        Operand { value: Value::Constant(value), kind }
    }

    pub(super) fn held(register: Reg, kind: Kind) -> Operand {
        Operand { value: Value::Register(register), kind }
    }
}

/// Where a value may be put.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    pub(super) register: Reg,
    /// False for a local that the expression itself may read.
    pub(super) fresh: bool,
}

impl Compiler<'_> {
    /// Puts a value into a register and tells its kind.
    pub(super) fn into(&mut self, expr: &Expr, to: Target, expected: Option<Kind>) -> Kind {
        let mark = self.code.mark();
        let operand = self.value(expr, Some(to), expected);
        match operand.value {
            Value::Constant(value) => {
                self.code.emit(Op::Const { to: to.register, value }, &expr.span);
            }
            Value::Register(from) if from != to.register => {
                self.code.emit(Op::Copy { to: to.register, from }, &expr.span);
            }
            Value::Register(_) => {}
        }
        self.code.give_back(mark);
        operand.kind
    }

    /// A value wherever it is; an intermediate one stays until registers are given back.
    pub(super) fn operand(&mut self, expr: &Expr, expected: Option<Kind>) -> Operand {
        self.value(expr, None, expected)
    }

    /// A value in a register.
    pub(super) fn loaded(&mut self, operand: Operand, span: &Span) -> Reg {
        match operand.value {
            Value::Register(register) => register,
            Value::Constant(value) => {
                let to = self.code.take();
                self.code.emit(Op::Const { to, value }, span);
                to
            }
        }
    }

    /// A count of a link, in a promise.
    fn link_count(
        &mut self,
        looked: Option<crate::lang::check::Looked>,
        to: Option<Target>,
        span: &Span,
    ) -> Operand {
        let declared = self.tree.shared.len();
        let register = self.register_for(to);
        if let Some(looked) = looked
            && let (crate::program::Subject::Shared(at, _), crate::program::Quantity::Count(word)) =
                (looked.subject, looked.quantity)
            && let Some((.., link)) = self.links.get(&(at as usize - declared)).copied()
            && let Some(from) = self.counted(link, word)
        {
            self.code.emit(Op::Read { to: register, from, index: None }, span);
        } else {
            // Nothing goes over a link of a process that does not exist.
            self.code.emit(Op::Const { to: register, value: 0 }, span);
        }
        Operand::held(register, Kind::Int)
    }

    pub(super) fn register_for(&mut self, to: Option<Target>) -> Reg {
        to.map_or_else(|| self.code.take(), |to| to.register)
    }

    pub(super) fn value(
        &mut self,
        expr: &Expr,
        to: Option<Target>,
        expected: Option<Kind>,
    ) -> Operand {
        let span = &expr.span;
        if let Some(seen) = behind_service(self.tree, self.names, expr) {
            return self.value(&seen, to, expected);
        }
        match &expr.kind {
            ExprKind::Int(value) => Operand::known(*value, Kind::Int),
            ExprKind::Duration(value) => Operand::known(*value, Kind::Duration),
            ExprKind::Percent(value) => Operand::known(*value, Kind::Percent),
            ExprKind::Rate(value) => Operand::known(*value, Kind::Rate),
            ExprKind::Text(words) => Operand::known(self.intern(words), Kind::Text),
            ExprKind::Bool(value) => Operand::known(i64::from(*value), Kind::Bool),
            ExprKind::Name(name) => self.name(name, span, to, expected),
            ExprKind::Index(name, index) => self.element(name, index, span, to),
            ExprKind::Field(name, index, field) => {
                let register = |compiler: &mut Self| compiler.register_for(to);
                self.field(name, index.as_deref(), field, span, register)
            }
            ExprKind::Path(path) => {
                let register = |compiler: &mut Self| compiler.register_for(to);
                if let Some(operand) = self.window_asked(path, span, register) {
                    return operand;
                }
                let found = crate::lang::check::look(
                    self.tree,
                    self.names,
                    (&path.name, path.index.as_ref()),
                    &path.fields,
                    None,
                );
                self.link_count(found.ok(), to, span)
            }
            ExprKind::Call(name, values) => {
                let register = |compiler: &mut Self| compiler.register_for(to);
                let known = Operand::known(0, Kind::Unknown);
                self.of_message(name, values, register, span).unwrap_or(known)
            }
            ExprKind::Aggregate(tree) => self.aggregate(tree, to, span),
            ExprKind::SelfNumber if let Some(register) = self.own_number => {
                Operand::held(register, Kind::Int)
            }
            ExprKind::SelfNumber => {
                if self.service.is_some() {
                    self.code.error(span, Message::SelfInHandler);
                }
                let register = self.register_for(to);
                self.code.emit(Op::Number { to: register }, span);
                Operand::held(register, Kind::Int)
            }
            ExprKind::Negate(inner) => self.negation(inner, span, to),
            ExprKind::Not(inner) => {
                let mark = self.code.mark();
                let operand = self.operand(inner, None);
                if let Some(value) = operand.constant() {
                    return Operand::known(1 - value, Kind::Bool);
                }
                let from = self.loaded(operand, span);
                self.code.give_back(mark);
                let register = self.register_for(to);
                self.code.emit(Op::Not { to: register, from }, span);
                Operand::held(register, Kind::Bool)
            }
            ExprKind::And(left, right) => self.short(left, right, false, span, to),
            ExprKind::Or(left, right) => self.short(left, right, true, span, to),
            ExprKind::Binary(sign, left, right) => self.binary(*sign, left, right, span, to),
            ExprKind::If(condition, yes, no) => self.choice(condition, [yes, no], to, expected),
            ExprKind::Quantifier(quantifier) => self.quantifier(quantifier, span),
            ExprKind::Chance(share) => {
                let mark = self.code.mark();
                let operand = self.operand(share, None);
                let share = self.loaded(operand, span);
                self.code.give_back(mark);
                let register = self.register_for(to);
                let what = Outcomes::Chance(share);
                self.code.emit(Op::Draw { to: register, what }, span);
                Operand::held(register, Kind::Bool)
            }
            ExprKind::AnyOf(least, greatest) => {
                let mark = self.code.mark();
                let [a, b] = [least, greatest].map(|bound| self.operand(bound, Some(Kind::Int)));
                if let (Some(from), Some(to)) = (a.constant(), b.constant())
                    && from > to
                {
                    let (least, greatest) = (from.to_string(), to.to_string());
                    self.code.error(span, Message::EmptyRange { least, greatest });
                }
                let what = Outcomes::Any(self.loaded(a, span), self.loaded(b, span));
                self.code.give_back(mark);
                let register = self.register_for(to);
                self.code.emit_raising(Op::Draw { to: register, what }, span);
                Operand::held(register, Kind::Int)
            }
            // The checker lets none through.
            ExprKind::Record(_)
            | ExprKind::Send(_)
            | ExprKind::Rows(_)
            | ExprKind::Receive(..)
            | ExprKind::CallService(_)
            | ExprKind::Lookup(_)
            | ExprKind::Wrong => Operand::known(0, Kind::Unknown),
        }
    }

    fn name(
        &mut self,
        name: &str,
        span: &Span,
        to: Option<Target>,
        expected: Option<Kind>,
    ) -> Operand {
        if let Some(kind @ Kind::Choice(choice)) = expected
            && let Some(label) = self.names.label(choice, name)
        {
            return Operand::known(label as i64, kind);
        }
        if let Some(local) = self.local(name) {
            return match local {
                (Slot::Register(register), kind) => {
                    let (register, kind) = self.plain(register, kind);
                    Operand::held(register, kind)
                }
                (Slot::Constant(value), kind) => Operand::known(value, kind),
            };
        }
        if expected == Some(Kind::Error)
            && let Some(code) = self.names.error_code(name)
        {
            return Operand::known(code, Kind::Error);
        }
        match self.names.find(name) {
            Some(Symbol::Param(at)) => {
                let value = self.params.get(at).copied().unwrap_or_default();
                Operand::known(value, self.names.params[at])
            }
            Some(Symbol::Constant(at)) => {
                let value = self.constants.get(at).copied().unwrap_or_default();
                Operand::known(value, self.names.constants[at])
            }
            Some(Symbol::Shared(at)) => {
                let register = self.register_for(to);
                let from = at as SharedId;
                self.code.emit(Op::Read { to: register, from, index: None }, span);
                Operand::held(register, self.names.shared[at])
            }
            _ if name == "none" => Operand::known(NONE, Kind::None),
            None if name == "replica" && self.names.inside().is_some() => {
                let register = self.register_for(to);
                self.code.emit(Op::Replica { to: register }, span);
                Operand::held(register, Kind::Int)
            }
            _ => Operand::known(0, Kind::Unknown),
        }
    }

    /// The innermost local of a name.
    pub(super) fn local(&self, name: &str) -> Option<(Slot, Kind)> {
        let visible = &self.locals[self.floor..];
        visible.iter().rev().find(|local| local.name == name).map(|local| (local.slot, local.kind))
    }

    fn element(&mut self, name: &Name, index: &Expr, span: &Span, to: Option<Target>) -> Operand {
        let Some(Symbol::Shared(at)) = self.names.find(&name.text) else {
            return Operand::known(0, Kind::Unknown);
        };
        let mark = self.code.mark();
        let kind = &self.tree.shared[at].kind;
        if matches!(kind, SharedTreeKind::Map(_) | SharedTreeKind::Cache | SharedTreeKind::Table(_))
        {
            let key = self.key(at, index);
            self.code.give_back(mark);
            let register = self.register_for(to);
            let op = self.read_under(at, key, register, 1);
            self.code.emit_raising(op, span);
            return Operand::held(register, self.names.shared[at]);
        }
        let index = self.index(at, name, index);
        let index = self.code.index_register(index, span);
        self.code.give_back(mark);
        let register = self.register_for(to);
        self.code.emit_raising(Op::Read { to: register, from: at as SharedId, index }, span);
        Operand::held(register, self.names.shared[at])
    }

    /// The key of a map, in a register.
    pub(super) fn key(&mut self, map: usize, key: &Expr) -> Reg {
        let kind = self.names.keys.get(&map).copied();
        let operand = self.operand(key, kind);
        self.loaded(operand, &key.span)
    }

    /// An index; a constant one is checked here.
    pub(super) fn index(&mut self, shared: usize, name: &Name, index: &Expr) -> Index {
        match self.operand(index, None).value {
            Value::Register(register) => Index::Register(register),
            Value::Constant(value) => {
                let length = self.length_of(shared);
                if value < 1 || value as u64 > length {
                    let name = name.text.clone();
                    let message = Message::IndexOutside { name, index: value, length };
                    self.code.error(&index.span, message);
                }
                Index::Constant(value)
            }
        }
    }

    /// How long an array is; for who stands outside a service, what its replicas have for
    /// themselves is as long as they are many.
    pub(super) fn length_of(&self, shared: usize) -> u64 {
        let length = |at: usize| self.lengths.get(at).copied().unwrap_or(1);
        match self.tree.shared[shared].owner {
            Some(service) if self.names.inside() != Some(service) => length(service),
            _ => length(shared),
        }
    }

    fn negation(&mut self, inner: &Expr, span: &Span, to: Option<Target>) -> Operand {
        let mark = self.code.mark();
        let operand = self.operand(inner, None);
        if let Some(value) = operand.constant() {
            let negated = negate(value).unwrap_or_else(|error| {
                self.code.constant_error(span, error);
                0
            });
            return Operand::known(negated, operand.kind);
        }
        let from = self.loaded(operand, span);
        self.code.give_back(mark);
        let register = self.register_for(to);
        self.code.emit_raising(Op::Negate { to: register, from }, span);
        Operand::held(register, operand.kind)
    }

    pub(super) fn binary(
        &mut self,
        sign: Sign,
        left: &Expr,
        right: &Expr,
        span: &Span,
        to: Option<Target>,
    ) -> Operand {
        if let Some(operand) = self.record_compared(sign, [left, right], span, to) {
            return operand;
        }
        let mark = self.code.mark();
        let loose = self.label_kind(left, right);
        let [a, b] = if sign.compares() {
            self.exact_sides(left, right, loose)
        } else {
            let a = self.operand(left, loose);
            [a, self.operand(right, Some(a.kind))]
        };
        let kind = result_kind(sign, a.kind, b.kind);
        let what = operation(sign, a.kind, b.kind);
        if let (Some(a), Some(b)) = (a.constant(), b.constant()) {
            let value = fold(what, a, b).unwrap_or_else(|error| {
                self.code.constant_error(span, error);
                1
            });
            return Operand::known(value, kind);
        }
        let a = self.loaded(a, &left.span);
        let b = self.loaded(b, &right.span);
        self.code.give_back(mark);
        let register = self.register_for(to);
        self.operate(what, register, [a, b], span);
        Operand::held(register, kind)
    }

    /// The choice that a bare name on the left belongs to, by what stands on the right.
    fn label_kind(&self, left: &Expr, right: &Expr) -> Option<Kind> {
        let ExprKind::Name(name) = &left.kind else { return None };
        let is_value = self.local(name).is_some()
            || matches!(
                self.names.find(name),
                Some(Symbol::Param(_) | Symbol::Constant(_) | Symbol::Shared(_))
            );
        if is_value { None } else { self.choice_kind(right) }
    }

    /// The kind of what a name stands for, if that has a value.
    pub(super) fn kind_of_name(&self, name: &str) -> Option<Kind> {
        if let Some((_, kind)) = self.local(name) {
            return Some(self.plain(0, kind).1);
        }
        match self.names.find(name)? {
            Symbol::Param(at) => Some(self.names.params[at]),
            Symbol::Constant(at) => Some(self.names.constants[at]),
            Symbol::Shared(at) => Some(self.names.shared[at]),
            _ => None,
        }
    }

    /// The kind of an expression if it is a choice: without writing anything.
    fn choice_kind(&self, expr: &Expr) -> Option<Kind> {
        let kind = match &expr.kind {
            ExprKind::Name(name) | ExprKind::Index(Name { text: name, .. }, _) => {
                self.kind_of_name(name)?
            }
            ExprKind::Field(name, None, field) => self.local_field(&name.text, &field.text)?.kind,
            ExprKind::If(_, yes, no) => {
                return self.choice_kind(yes).or_else(|| self.choice_kind(no));
            }
            _ => return None,
        };
        matches!(kind, Kind::Choice(_) | Kind::Error).then_some(kind)
    }

    /// Writes one operation on two values of one kind.
    pub(super) fn compute(&mut self, sign: Sign, to: Reg, sides: [Reg; 2], span: &Span) {
        self.operate(operation(sign, Kind::Int, Kind::Int), to, sides, span);
    }

    pub(super) fn operate(&mut self, what: (Binary, bool), to: Reg, sides: [Reg; 2], span: &Span) {
        let [a, b] = sides;
        let (what, swapped) = what;
        let (left, right) = if swapped { (b, a) } else { (a, b) };
        let op = Op::Compute { what, to, left, right };
        let raises = !matches!(what, Binary::Equal | Binary::Differ);
        if raises { self.code.emit_raising(op, span) } else { self.code.emit(op, span) }
    }

    /// `and` and `or` as values: the right side only where the left leaves it open.
    fn short(
        &mut self,
        left: &Expr,
        right: &Expr,
        stops_at: bool,
        span: &Span,
        to: Option<Target>,
    ) -> Operand {
        let mark = self.code.mark();
        let first = self.operand(left, None);
        if let Some(value) = first.constant() {
            return if (value != 0) == stops_at {
                Operand::known(value, Kind::Bool)
            } else {
                self.value(right, to, None)
            };
        }
        let when = self.loaded(first, span);
        self.code.give_back(mark);
        // The right side may read the local that the whole goes to.
        let register = match to {
            Some(to) if to.fresh => to.register,
            _ => self.code.take(),
        };
        if register != when {
            self.code.emit(Op::Copy { to: register, from: when }, span);
        }
        let open = self.code.label();
        let end = self.code.label();
        let (yes, no) = if stops_at { (end, open) } else { (open, end) };
        self.code.emit(Op::Branch { when: register, yes: yes.0, no: no.0 }, span);
        self.code.place(open);
        self.into(right, Target { register, fresh: true }, None);
        self.code.place(end);
        Operand::held(register, Kind::Bool)
    }

    fn choice(
        &mut self,
        condition: &Expr,
        ways: [&Expr; 2],
        to: Option<Target>,
        expected: Option<Kind>,
    ) -> Operand {
        let expected = expected.or_else(|| ways.iter().find_map(|way| self.choice_kind(way)));
        let [yes, no, end] = [self.code.label(), self.code.label(), self.code.label()];
        if let Some(holds) = self.branch(condition, yes, no) {
            return self.value(if holds { ways[0] } else { ways[1] }, to, expected);
        }
        let register = match to {
            Some(to) if to.fresh => to.register,
            _ => self.code.take(),
        };
        let target = Target { register, fresh: true };
        self.code.place(yes);
        let kind = self.into(ways[0], target, expected);
        self.code.jump(end, &ways[0].span);
        self.code.place(no);
        self.into(ways[1], target, expected);
        self.code.place(end);
        Operand::held(register, kind)
    }

    /// Goes to one of two labels by a condition. A constant one writes nothing and is returned.
    pub(super) fn branch(&mut self, expr: &Expr, yes: Label, no: Label) -> Option<bool> {
        let (left, right, stops_at) = match &expr.kind {
            ExprKind::Not(inner) => return self.branch(inner, no, yes).map(|holds| !holds),
            ExprKind::And(left, right) => (left, right, false),
            ExprKind::Or(left, right) => (left, right, true),
            _ => {
                let mark = self.code.mark();
                let operand = self.operand(expr, None);
                if let Some(value) = operand.constant() {
                    return Some(value != 0);
                }
                let when = self.loaded(operand, &expr.span);
                self.code.give_back(mark);
                self.code.emit(Op::Branch { when, yes: yes.0, no: no.0 }, &expr.span);
                return None;
            }
        };
        let open = self.code.label();
        let first =
            if stops_at { self.branch(left, yes, open) } else { self.branch(left, open, no) };
        match first {
            Some(value) if value == stops_at => return Some(value),
            Some(_) => return self.branch(right, yes, no),
            None => self.code.place(open),
        }
        if let Some(holds) = self.branch(right, yes, no) {
            self.code.jump(if holds { yes } else { no }, &right.span);
        }
        None
    }
}

/// An operation on constants.
pub(super) fn fold(what: (Binary, bool), a: i64, b: i64) -> Result<i64, Error> {
    let (what, swapped) = what;
    if swapped { compute(what, b, a) } else { compute(what, a, b) }
}

/// The operation behind a sign, and whether its sides are exchanged: `>` and `>=` are `<` and `<=`,
/// a percent stands on the right.
pub(super) fn operation(sign: Sign, left: Kind, right: Kind) -> (Binary, bool) {
    use Kind::{Duration, Int, Percent, Rate};
    let what = match sign {
        Sign::Multiply => match (left, right) {
            (_, Percent) => Binary::TimesPercent,
            (Percent, _) => return (Binary::TimesPercent, true),
            (Rate, Duration) | (Duration, Rate) => Binary::RateTimes,
            _ => Binary::Multiply,
        },
        Sign::Divide => match (left, right) {
            (Duration, Duration) | (_, Percent) => Binary::Share,
            (Int, Rate | Duration) => Binary::Inverse,
            _ => Binary::Divide,
        },
        Sign::More => return (Binary::Less, true),
        Sign::AtLeast => return (Binary::AtMost, true),
        Sign::Add => Binary::Add,
        Sign::Subtract => Binary::Subtract,
        Sign::Modulo => Binary::Modulo,
        Sign::Equal => Binary::Equal,
        Sign::Differ => Binary::Differ,
        Sign::Less => Binary::Less,
        Sign::AtMost => Binary::AtMost,
        Sign::Least => Binary::Least,
        Sign::Greatest => Binary::Greatest,
    };
    (what, false)
}
