//! What a text says as values, nothing looked up yet.

use super::rows::{AggregateTree, RowsTree};
use super::tree::{CallTree, LookupTree, Name, Send, Target};
use crate::program::Span;

#[derive(Clone, Debug)]
pub(super) struct Expr {
    pub(super) kind: ExprKind,
    pub(super) span: Span,
    /// Levels below and including this one.
    pub(super) depth: u32,
}

#[derive(Clone, Debug)]
pub(super) enum ExprKind {
    Int(i64),
    Duration(i64),
    /// In millionths of the whole.
    Percent(i64),
    /// Events in a thousand hours.
    Rate(i64),
    /// Words in quotes, shown and compared.
    Text(String),
    Bool(bool),
    /// A value, or a label where a choice is expected; `none` is one too.
    Name(String),
    Index(Name, Box<Expr>),
    /// A thing, perhaps its index, and what is asked of it.
    Field(Name, Option<Box<Expr>>, Name),
    /// A longer way to something that is measured.
    Path(Box<Path>),
    /// `{ a: 1, b: 2 }`
    Record(Vec<(Name, Expr)>),
    /// `send …`, right of `=` or `return`.
    Send(Box<Send>),
    /// `receive q within d`, right of `=` or `return`.
    Receive(Box<Target>, Option<Box<Expr>>),
    /// `call …`, right of `=` or `return`.
    CallService(Box<CallTree>),
    /// `lookup c[k] { }`, right of `=` or `return`.
    Lookup(Box<LookupTree>),
    /// `update …`, `insert …`, `delete …` or `t[k] for update`, right of `=` or `return`.
    Rows(Box<RowsTree>),
    /// `count(t where E)` and the like.
    Aggregate(Box<AggregateTree>),
    SelfNumber,
    Negate(Box<Expr>),
    Not(Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Binary(Sign, Box<Expr>, Box<Expr>),
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    Quantifier(Box<Quantifier>),
    Call(Name, Vec<Expr>),
    /// `chance(p)`
    Chance(Box<Expr>),
    /// `any(a..b)`
    AnyOf(Box<Expr>, Box<Expr>),
    /// Reported where it was read; goes with everything.
    Wrong,
}

/// `client.link.jobs.lost`, `worker[2].latency.over(300ms)`
#[derive(Clone, Debug)]
pub(super) struct Path {
    pub(super) name: Name,
    pub(super) index: Option<Expr>,
    /// Behind its dots.
    pub(super) fields: Vec<Name>,
    /// In brackets behind the last one.
    pub(super) bound: Option<Expr>,
}

#[derive(Clone, Debug)]
pub(super) struct Quantifier {
    pub(super) over: Over,
    pub(super) name: Name,
    pub(super) least: Expr,
    pub(super) greatest: Expr,
    pub(super) body: Expr,
}

/// What a quantifier makes of its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Over {
    All,
    Any,
    Sum,
    Min,
    Max,
    Count,
}

/// Operators between two values, apart from `and` and `or`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Equal,
    Differ,
    Less,
    AtMost,
    More,
    AtLeast,
    Least,
    Greatest,
}

impl Sign {
    /// True for `==`, `<` and the like.
    pub(super) fn compares(self) -> bool {
        matches!(
            self,
            Sign::Equal | Sign::Differ | Sign::Less | Sign::AtMost | Sign::More | Sign::AtLeast
        )
    }

    /// How it is written.
    pub(super) fn text(self) -> &'static str {
        match self {
            Sign::Add => "+",
            Sign::Subtract => "-",
            Sign::Multiply => "*",
            Sign::Divide => "/",
            Sign::Modulo => "mod",
            Sign::Equal => "==",
            Sign::Differ => "!=",
            Sign::Less => "<",
            Sign::AtMost => "<=",
            Sign::More => ">",
            Sign::AtLeast => ">=",
            Sign::Least => "min",
            Sign::Greatest => "max",
        }
    }
}

impl Expr {
    /// Tells of every name in it that may stand for a value.
    pub(super) fn visit_names(&self, each: &mut impl FnMut(&str)) {
        match &self.kind {
            ExprKind::Name(name) => each(name),
            ExprKind::Index(name, index) => {
                each(&name.text);
                index.visit_names(each);
            }
            ExprKind::Negate(inner) | ExprKind::Not(inner) | ExprKind::Chance(inner) => {
                inner.visit_names(each);
            }
            ExprKind::Field(name, index, _) => {
                each(&name.text);
                if let Some(index) = index {
                    index.visit_names(each);
                }
            }
            ExprKind::And(left, right)
            | ExprKind::AnyOf(left, right)
            | ExprKind::Or(left, right)
            | ExprKind::Binary(_, left, right) => {
                left.visit_names(each);
                right.visit_names(each);
            }
            ExprKind::If(condition, yes, no) => {
                for part in [condition, yes, no] {
                    part.visit_names(each);
                }
            }
            ExprKind::Quantifier(quantifier) => {
                for part in [&quantifier.least, &quantifier.greatest, &quantifier.body] {
                    part.visit_names(each);
                }
            }
            ExprKind::Call(_, values) => values.iter().for_each(|value| value.visit_names(each)),
            ExprKind::Record(fields) => {
                fields.iter().for_each(|(_, value)| value.visit_names(each));
            }
            ExprKind::Path(path) => {
                each(&path.name.text);
                path.index.iter().chain(&path.bound).for_each(|part| part.visit_names(each));
            }
            ExprKind::Send(send) => {
                let parts = [Some(&send.value), send.to.index.as_ref()];
                let parts = parts.into_iter().chain([send.key.as_ref(), send.after.as_ref()]);
                parts.flatten().for_each(|part| part.visit_names(each));
            }
            ExprKind::Lookup(lookup) => {
                each(&lookup.what.name.text);
                lookup.what.index.iter().for_each(|part| part.visit_names(each));
            }
            ExprKind::Rows(rows) => {
                each(&rows.what.name.text);
                rows.parts().for_each(|part| part.visit_names(each));
            }
            ExprKind::Aggregate(aggregate) => {
                each(&aggregate.table.text);
                aggregate.filter.iter().for_each(|part| part.visit_names(each));
            }
            ExprKind::CallService(call) => call.parts().for_each(|part| part.visit_names(each)),
            ExprKind::Receive(from, within) => {
                from.index.iter().for_each(|part| part.visit_names(each));
                within.iter().for_each(|part| part.visit_names(each));
            }
            ExprKind::Int(_)
            | ExprKind::Duration(_)
            | ExprKind::Percent(_)
            | ExprKind::Rate(_)
            | ExprKind::Text(_)
            | ExprKind::Bool(_)
            | ExprKind::SelfNumber
            | ExprKind::Wrong => {}
        }
    }
}
