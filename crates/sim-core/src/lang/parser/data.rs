//! Databases: tables, transactions, and statements on rows.

use super::{Parsed, Parser, options::Others};
use crate::{
    lang::{
        rows::{AggregateTree, Does, RowsAtStart, RowsTree, TableTree, TransactionTree},
        token::TokenKind,
        tree::{Expr, ExprKind, Name, Over, SharedTree, SharedTreeKind, Sign, StatementKind},
    },
    program::Span,
    say::diagnostics::{Expected, Message, Thing},
};

impl Parser<'_> {
    /// `database NAME (…) { table … }`
    pub(super) fn database(&mut self) -> Parsed<()> {
        let name = self.want_name()?;
        if self.is_sign("[") {
            let span = self.token().span.clone();
            return self.not_built(span, "database[ ]");
        }
        let options = self.options("database", Others::Refused)?;
        if !self.is_sign("{") {
            return self.expected(Expected::Sign("{"), None);
        }
        let database = self.tree.shared.len();
        let (size, owner, kind) = (None, None, SharedTreeKind::Database);
        self.tree.shared.push(SharedTree { name, size, kind, options, owner });
        self.enter()?;
        let open = self.take();
        loop {
            self.skip_ends();
            if self.at_text_end() || self.starts_declaration() {
                self.not_closed(&open);
                break;
            }
            if self.is_sign("}") {
                break;
            }
            if self.table(database).is_err() {
                self.skip_statement(false);
            }
            self.want_statement_end(false);
        }
        self.leave();
        self.take_sign("}");
        Ok(())
    }

    /// `table NAME …`. One whose rows could not be read is kept as a foreign name.
    fn table(&mut self, database: usize) -> Parsed<()> {
        self.want_word("table", None)?;
        let name = self.want_name()?;
        let rows = self.rows_at_start().inspect_err(|_| self.tree.foreign.push(name.clone()))?;
        let kind = SharedTreeKind::Table(Box::new(TableTree { database, rows }));
        self.tree.shared.push(SharedTree { name, size: None, kind, options: None, owner: None });
        Ok(())
    }

    fn rows_at_start(&mut self) -> Parsed<RowsAtStart> {
        if self.take_sign("[") {
            let count = self.expr()?;
            self.want_sign("]")?;
            self.want_sign("=")?;
            return Ok(RowsAtStart::Numbered(count, self.expr()?));
        }
        if !self.take_sign("=") {
            return Ok(RowsAtStart::None);
        }
        self.enter()?;
        self.want_sign("{")?;
        self.skip_ends();
        let mut rows = Vec::new();
        while !self.is_sign("}") {
            let key = self.expr()?;
            self.want_sign(":")?;
            rows.push((key, self.expr()?));
            self.skip_ends();
            if !self.take_sign(",") {
                break;
            }
            self.skip_ends();
        }
        self.leave();
        self.want_sign("}")?;
        Ok(RowsAtStart::Listed(rows))
    }

    /// `transaction DB (…) if E { }`
    pub(super) fn transaction(
        &mut self,
        start: u32,
        header: &mut Option<Span>,
    ) -> Parsed<StatementKind> {
        let database = self.want_name()?;
        let options = self.options("transaction", Others::Refused)?.unwrap_or_default();
        let only = self.suffix();
        *header = Some(self.span_from(start));
        let body = self.block(Expected::Sign("{"))?;
        let tree = TransactionTree { database, options, only, body };
        Ok(StatementKind::Transaction(Box::new(tree)))
    }

    /// What stands behind `update`, `insert` or `delete`.
    pub(super) fn changing(&mut self, word: &str) -> Parsed<Box<RowsTree>> {
        let what = self.target()?;
        let does = match word {
            "insert" => {
                self.want_sign("=")?;
                Does::Insert(self.expr()?)
            }
            "update" => {
                self.want_word("set", None)?;
                let mut sets = Vec::new();
                loop {
                    let column = self.want_label(Expected::Name)?;
                    self.want_sign("=")?;
                    sets.push((column, self.expr()?));
                    if !self.take_sign(",") {
                        break;
                    }
                }
                Does::Update(sets)
            }
            _ => Does::Delete,
        };
        let may = word != "insert";
        let filter = if may && self.take_word("where") { Some(self.expr()?) } else { None };
        Ok(Box::new(RowsTree { what, does, filter }))
    }

    /// True before `for update`.
    pub(super) fn at_for_update(&self) -> bool {
        self.word() == "for" && self.word_ahead(1) == "update"
    }

    /// True behind `for update`.
    pub(super) fn behind_for_update(&self) -> bool {
        let word = |back: usize| {
            let at = self.at.checked_sub(back)?;
            Some(&self.text[crate::lang::lexer::range(&self.tokens.get(at)?.span)])
        };
        word(2) == Some("for") && word(1) == Some("update")
    }

    /// `for update` behind a row, right of `=` or `return`.
    pub(super) fn locked(&mut self, row: Expr) -> Expr {
        let start = row.span.start;
        self.take();
        self.take();
        let ExprKind::Index(name, index) = row.kind else {
            if !matches!(row.kind, ExprKind::Wrong) {
                let name = self.text[crate::lang::lexer::range(&row.span)].to_owned();
                let message = Message::UnknownName { thing: Thing::Row, name, nearest: None };
                self.report(row.span.clone(), message);
            }
            return Expr { kind: ExprKind::Wrong, ..row };
        };
        // What follows is told where it stands.
        let ends = matches!(self.kind(), TokenKind::End | TokenKind::TextEnd);
        if !ends && !self.is_sign("}") {
            return Expr { kind: ExprKind::Wrong, ..row };
        }
        let what = crate::lang::tree::Target { name, index: Some(*index), span: row.span };
        let kind = ExprKind::Rows(Box::new(RowsTree { what, does: Does::Lock, filter: None }));
        Expr { kind, span: self.span_from(start), depth: row.depth }
    }

    /// `count(t where E)`, `sum(t.f)`, `min(t.f)`, `max(t.f)`; and `min(a, b)`, `max(a, b)`.
    pub(super) fn aggregate(&mut self, name: Name, over: Over) -> Parsed<Expr> {
        let start = name.span.start;
        self.want_sign("(")?;
        let mut values = Vec::new();
        let mut filter = None;
        while !self.is_sign(")") {
            values.push(self.expr()?);
            if self.take_word("where") {
                filter = Some(self.expr()?);
                break;
            }
            if !self.take_sign(",") {
                break;
            }
        }
        self.want_sign(")")?;
        let depth = values.iter().chain(&filter).map(|value| value.depth).max().unwrap_or(0);
        let found = values.len();
        let mut values = values.into_iter();
        let sign = if over == Over::Min { Sign::Least } else { Sign::Greatest };
        let compares = matches!(over, Over::Min | Over::Max) && filter.is_none();
        match (values.next(), values.next(), values.next()) {
            (Some(left), Some(right), None) if compares => {
                let kind = ExprKind::Binary(sign, Box::new(left), Box::new(right));
                self.make(kind, start, depth)
            }
            (Some(Expr { kind: ExprKind::Name(text), span, .. }), None, None) => {
                let table = Name { text, span };
                let tree = AggregateTree { over, table, column: None, filter };
                self.make(ExprKind::Aggregate(Box::new(tree)), start, depth)
            }
            (Some(Expr { kind: ExprKind::Field(table, None, column), .. }), None, None) => {
                let tree = AggregateTree { over, table, column: Some(column), filter };
                self.make(ExprKind::Aggregate(Box::new(tree)), start, depth)
            }
            (Some(Expr { kind: ExprKind::Wrong, .. }), None, None) => {
                self.make(ExprKind::Wrong, start, 0)
            }
            (Some(value), None, None) if !compares => {
                let name = self.text[crate::lang::lexer::range(&value.span)].to_owned();
                let message = Message::UnknownName { thing: Thing::Table, name, nearest: None };
                self.report(value.span, message);
                self.make(ExprKind::Wrong, start, 0)
            }
            _ => {
                let expected = if compares { 2 } else { 1 };
                let message = Message::ArgumentCount { routine: name.text, expected, found };
                self.report(name.span, message);
                self.make(ExprKind::Wrong, start, 0)
            }
        }
    }

    /// What a function of tables computes.
    pub(super) fn aggregates(&self, name: &str) -> Option<Over> {
        let over = match name {
            "count" => Over::Count,
            "sum" => Over::Sum,
            "min" => Over::Min,
            "max" => Over::Max,
            _ => return None,
        };
        (!self.routines.contains(name)).then_some(over)
    }

    /// `update`, `insert` or `delete` right of `=` or `return`.
    pub(super) fn changed(&mut self, word: &str) -> Parsed<ExprKind> {
        self.changing(word).map(ExprKind::Rows)
    }
}
