//! What runs are measured for: goals, charts, and the dotted names of measures.

use super::{Parsed, Parser};
use crate::{
    lang::tree::{ChartTree, Expr, ExprKind, GoalTree, Name, Path},
    say::diagnostics::{Expected, Hint},
};

impl Parser<'_> {
    /// `goal E "why" if E`
    pub(super) fn goal(&mut self) -> Parsed<()> {
        let condition = self.expr()?;
        if self.is_sign("=") {
            return self.expected(Expected::ConditionEnd, Some(Hint::EqualSign));
        }
        let why = self.take_words()?;
        let suffix = self.suffix();
        self.tree.goals.push(GoalTree { condition, why, suffix });
        Ok(())
    }

    /// `chart "…" a, b`
    pub(super) fn chart(&mut self) -> Parsed<()> {
        let start = self.last_end - "chart".len() as u32;
        let title = self.want_text()?;
        let mut lines = vec![self.expr()?];
        while self.take_sign(",") {
            lines.push(self.expr()?);
        }
        let span = self.span_from(start);
        self.tree.charts.push(ChartTree { title, lines, span });
        Ok(())
    }

    /// The rest of a way to a measure: `.link.jobs.lost`, `.over(300ms)`.
    pub(super) fn path(&mut self, name: Name, index: Option<Expr>, first: Name) -> Parsed<Expr> {
        let start = name.span.start;
        let mut fields = vec![first];
        while self.is_sign(".") && !self.word_ahead(1).is_empty() {
            self.take();
            fields.push(self.want_label(Expected::Name)?);
        }
        let mut bound = None;
        if self.take_sign("(") {
            bound = Some(self.expr()?);
            self.want_sign(")")?;
        }
        let parts = index.iter().chain(&bound);
        let depth = parts.map(|part| part.depth).max().unwrap_or(0);
        let path = Path { name, index, fields, bound };
        self.make(ExprKind::Path(Box::new(path)), start, depth)
    }
}
