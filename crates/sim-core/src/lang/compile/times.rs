//! Times: a duration, a rate that means its gap, or a draw.

use super::{
    Compiler,
    expression::{Operand, Value},
};
use crate::{
    base::draw::STAGES_MAX,
    lang::{
        check::{Takes, distribution},
        names::{Kind, Symbol},
        tree::{Expr, ExprKind},
    },
    program::{Binary, Distribution, Error, Gap, Op, Reg, Span, Spend, WHOLE, compute},
    say::diagnostics::Message,
};

impl Compiler<'_> {
    /// A time that is spent: behind `sleep`, `work` and `again after`.
    pub(super) fn spend(&mut self, expr: &Expr) -> Spend {
        let Some((distribution, values)) = self.drawn(expr) else {
            let operand = self.time(expr);
            return Spend::Fixed(self.loaded(operand, &expr.span));
        };
        // Its parameters stand side by side.
        let registers: Vec<Reg> = values.iter().map(|_| self.code.take()).collect();
        for ((value, takes), &register) in values.iter().zip(&registers) {
            let mark = self.code.mark();
            let operand = self.parameter(value, *takes);
            match operand.value {
                Value::Constant(value) => {
                    self.code.emit(Op::Const { to: register, value }, &expr.span);
                }
                Value::Register(from) => {
                    self.code.emit(Op::Copy { to: register, from }, &expr.span);
                }
            }
            self.code.give_back(mark);
        }
        Spend::Drawn(distribution, registers.first().copied().unwrap_or_default())
    }

    /// The time between arrivals, which the parameters decide.
    pub(super) fn gap(&mut self, expr: &Expr) -> Gap {
        let Some((distribution, values)) = self.drawn(expr) else {
            return Gap::Fixed(self.time(expr).constant().unwrap_or_default());
        };
        let mut parameters = [0; 2];
        for (parameter, (value, takes)) in parameters.iter_mut().zip(values) {
            *parameter = self.parameter(value, takes).constant().unwrap_or_default();
        }
        Gap::Drawn(distribution, parameters)
    }

    /// A distribution with what it is given.
    fn drawn<'e>(&self, expr: &'e Expr) -> Option<(Distribution, Vec<(&'e Expr, Takes)>)> {
        let ExprKind::Call(name, values) = &expr.kind else { return None };
        if matches!(self.names.find(&name.text), Some(Symbol::Routine(_))) {
            return None;
        }
        let (distribution, takes) = distribution(&name.text)?;
        Some((distribution, values.iter().zip(takes.iter().copied()).collect()))
    }

    fn parameter(&mut self, value: &Expr, takes: Takes) -> Operand {
        match takes {
            Takes::Time => self.time(value),
            Takes::Count => self.stages(value),
            Takes::Shape => {
                let operand = self.operand(value, None);
                if operand.kind != Kind::Int {
                    return operand;
                }
                self.computed(Binary::Multiply, operand, WHOLE, &value.span, Kind::Percent)
            }
        }
    }

    /// How many stages an Erlang time has.
    fn stages(&mut self, value: &Expr) -> Operand {
        let operand = self.operand(value, None);
        let greatest = i64::from(STAGES_MAX);
        if let Some(found) = operand.constant().filter(|found| *found > greatest) {
            self.code.error(&value.span, Message::TooGreat { found, greatest });
        }
        operand
    }

    /// A duration, or the gap of a rate. One that is known and negative is reported.
    pub(super) fn time(&mut self, expr: &Expr) -> Operand {
        let mut operand = self.operand(expr, Some(Kind::Duration));
        if operand.kind == Kind::Rate {
            operand = self.computed(Binary::Inverse, operand, 1, &expr.span, Kind::Duration);
        }
        if operand.constant().is_some_and(|time| time < 0) {
            self.code.constant_error(&expr.span, Error::NegativeTime);
        }
        operand
    }

    /// `other (what) operand`, with what is known on the left.
    fn computed(
        &mut self,
        what: Binary,
        operand: Operand,
        other: i64,
        span: &Span,
        kind: Kind,
    ) -> Operand {
        if let Some(value) = operand.constant() {
            let value = compute(what, other, value).unwrap_or_else(|error| {
                self.code.constant_error(span, error);
                0
            });
            return Operand { value: Value::Constant(value), kind };
        }
        let right = self.loaded(operand, span);
        let to = self.code.take();
        self.code.emit(Op::Const { to, value: other }, span);
        self.code.emit_raising(Op::Compute { what, to, left: to, right }, span);
        Operand { value: Value::Register(to), kind }
    }
}
