//! Comparisons with a part of a number: `failed <= 10% * calls` is exact, nothing is rounded.
//!
//! Both sides are compared in millionths: the product as it is, the other side a million times.

use super::{
    Compiler,
    expression::{Operand, Value, fold, operation},
};
use crate::{
    lang::{
        names::Kind,
        tree::{Expr, ExprKind, Sign},
    },
    program::{Binary, Op, Span, WHOLE},
};

impl Compiler<'_> {
    /// The sides of a comparison; in millionths where one is an int times a percent.
    pub(super) fn exact_sides(
        &mut self,
        left: &Expr,
        right: &Expr,
        loose: Option<Kind>,
    ) -> [Operand; 2] {
        let (a, a_exact) = self.side(left, loose);
        let (b, b_exact) = self.side(right, Some(a.kind));
        match (a_exact, b_exact) {
            (true, false) => [a, self.in_millionths(b, &right.span)],
            (false, true) => [self.in_millionths(a, &left.span), b],
            _ => [a, b],
        }
    }

    /// One side, and whether it is in millionths.
    fn side(&mut self, expr: &Expr, expected: Option<Kind>) -> (Operand, bool) {
        let ExprKind::Binary(Sign::Multiply, left, right) = &expr.kind else {
            return (self.operand(expr, expected), false);
        };
        // Looked at beforehand, for nothing may be written twice.
        if !self.is_part(left, right) {
            return (self.operand(expr, expected), false);
        }
        let [a, b] = [self.operand(left, None), self.operand(right, None)];
        (self.multiplied(a, b, [&left.span, &right.span], &expr.span), true)
    }

    /// Whether one of two factors is plainly a percent and the other plainly an int.
    fn is_part(&self, left: &Expr, right: &Expr) -> bool {
        let kinds = [self.plain_kind(left), self.plain_kind(right)];
        kinds == [Some(Kind::Int), Some(Kind::Percent)]
            || kinds == [Some(Kind::Percent), Some(Kind::Int)]
    }

    /// The kind of an expression without writing anything.
    fn plain_kind(&self, expr: &Expr) -> Option<Kind> {
        match &expr.kind {
            ExprKind::Field(name, None, field) => {
                let local = self.local_field(&name.text, &field.text);
                Some(local.map_or(Kind::Int, |local| local.kind))
            }
            ExprKind::Int(_) | ExprKind::SelfNumber | ExprKind::Field(..) | ExprKind::Path(_) => {
                Some(Kind::Int)
            }
            ExprKind::Percent(_) => Some(Kind::Percent),
            ExprKind::Duration(_) => Some(Kind::Duration),
            ExprKind::Rate(_) => Some(Kind::Rate),
            ExprKind::Name(name) => self.kind_of_name(name),
            ExprKind::Index(name, _) => self.kind_of_name(&name.text),
            ExprKind::Aggregate(tree) => Some(self.aggregated(tree)),
            ExprKind::Negate(inner) => self.plain_kind(inner),
            ExprKind::Binary(sign, left, right) => {
                let (left, right) = (self.plain_kind(left)?, self.plain_kind(right)?);
                Some(crate::lang::check::result_kind(*sign, left, right))
            }
            ExprKind::If(_, yes, no) => self.plain_kind(yes).or_else(|| self.plain_kind(no)),
            ExprKind::Quantifier(quantifier) => match quantifier.over {
                crate::lang::tree::Over::Count => Some(Kind::Int),
                _ => self.plain_kind(&quantifier.body),
            },
            _ => None,
        }
    }

    fn in_millionths(&mut self, operand: Operand, span: &Span) -> Operand {
        let whole = Operand { value: Value::Constant(WHOLE), kind: Kind::Int };
        self.multiplied(operand, whole, [span, span], span)
    }

    fn multiplied(&mut self, a: Operand, b: Operand, spans: [&Span; 2], span: &Span) -> Operand {
        let what = operation(Sign::Multiply, Kind::Int, Kind::Int);
        let value = if let (Some(a), Some(b)) = (a.constant(), b.constant()) {
            Value::Constant(fold(what, a, b).unwrap_or_else(|error| {
                self.code.constant_error(span, error);
                1
            }))
        } else {
            let sides = [self.loaded(a, spans[0]), self.loaded(b, spans[1])];
            let to = self.code.take();
            self.code.emit_raising(
                Op::Compute { what: Binary::Multiply, to, left: sides[0], right: sides[1] },
                span,
            );
            Value::Register(to)
        };
        Operand { value, kind: Kind::Int }
    }
}
