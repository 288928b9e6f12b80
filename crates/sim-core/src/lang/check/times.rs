//! Times and what draws them: where a duration is wanted, a rate means its gap.

use super::{Area, Checker, Context};
use crate::{
    lang::{
        names::{Kind, Symbol},
        tree::{Expr, ExprKind, Options},
    },
    program::Distribution,
    say::diagnostics::Message,
};

/// What a distribution takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lang) enum Takes {
    /// A duration, or a rate that means its gap.
    Time,
    /// A plain number.
    Count,
    /// A number that may be broken: an int or a percent.
    Shape,
}

/// The distribution of a name, and what it takes.
pub(in crate::lang) fn distribution(name: &str) -> Option<(Distribution, &'static [Takes])> {
    use Takes::{Count, Shape, Time};
    Some(match name {
        "exp" => (Distribution::Exponential, &[Time]),
        "uniform" => (Distribution::Uniform, &[Time, Time]),
        "normal" => (Distribution::Normal, &[Time, Time]),
        "lognormal" => (Distribution::Lognormal, &[Time, Shape]),
        "erlang" => (Distribution::Erlang, &[Count, Time]),
        "pareto" => (Distribution::Pareto, &[Time, Shape]),
        _ => return None,
    })
}

impl Checker<'_> {
    /// A time that is always the same, or drawn: behind `sleep`, `work`, `every`, `again after`.
    pub(super) fn spent(&mut self, expr: &Expr) {
        let ExprKind::Call(name, values) = &expr.kind else { return self.time(expr) };
        let is_routine = matches!(self.names.find(&name.text), Some(Symbol::Routine(_)));
        let Some((_, takes)) = distribution(&name.text).filter(|_| !is_routine) else {
            self.expect(expr, Kind::Duration);
            return;
        };
        if values.len() != takes.len() {
            let (routine, expected, found) = (name.text.clone(), takes.len(), values.len());
            return self.error(&name.span, Message::ArgumentCount { routine, expected, found });
        }
        for (value, takes) in values.iter().zip(takes) {
            match takes {
                Takes::Time => self.time(value),
                Takes::Count => {
                    self.expect(value, Kind::Int);
                }
                Takes::Shape => {
                    let kind = self.kind(value, None);
                    if kind != Kind::Int {
                        self.agree(&value.span, Kind::Percent, kind);
                    }
                }
            }
        }
    }

    /// The same where the parameters decide it.
    pub(super) fn fixed_spent(&mut self, expr: &Expr) {
        let outer = std::mem::replace(&mut self.context, Context::new(Area::Constant));
        self.spent(expr);
        self.context = outer;
    }

    /// A duration, or a rate that means its gap.
    pub(super) fn time(&mut self, expr: &Expr) {
        let kind = self.kind(expr, Some(Kind::Duration));
        if kind != Kind::Rate {
            self.agree(&expr.span, Kind::Duration, kind);
        }
    }

    /// An option that takes a time, or `none`.
    pub(super) fn option_time(&mut self, options: &Options, name: &str) {
        self.option(options, name, &["none"], Some(Kind::Duration));
    }

    /// Reports a distribution where no time is spent. False for any other name.
    pub(super) fn misplaced_distribution(&mut self, expr: &Expr) -> bool {
        let ExprKind::Call(name, _) = &expr.kind else { return false };
        let is_routine = self.names.find(&name.text).is_some();
        let misplaced = !is_routine && distribution(&name.text).is_some();
        if misplaced {
            self.error(&expr.span, Message::OnlyTime { name: name.text.clone() });
        }
        misplaced
    }
}
