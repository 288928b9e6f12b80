//! Reading: one row, or all that are meant.

use super::super::Watch;
use super::super::execute::Execution;
use super::super::{Machine, State};
use super::area::{Area, columns_of};
use super::statement::{Came, Work};
use crate::program::{Binary, Error, Glance, NONE, Query, QueryKind, Reg, SharedId, compute};
use crate::trace::{DataFact, Fact, ProcessId};

impl Machine {
    /// What is read of a row: its columns, and of a record whether there is one.
    pub(super) fn row_words(&self, table: SharedId, columns: Option<&[i64]>) -> Vec<i64> {
        let width = usize::from(self.columns(table));
        let is_record = self
            .program
            .table(table)
            .and_then(|table| self.program.forms.get(table.form as usize))
            .is_some_and(crate::program::Form::is_record);
        let mut words = match columns {
            Some(columns) => columns.to_vec(),
            None => vec![NONE; width],
        };
        if is_record {
            words.push(i64::from(columns.is_some()));
        }
        words
    }

    /// What an aggregate comes to over rows, each its key and columns; how many were meant too.
    pub(super) fn aggregate<'r>(
        &self,
        query: &Query,
        rows: impl Iterator<Item = &'r [i64]>,
        mut meant: impl FnMut(&Glance, &[i64]) -> Result<i64, Error>,
    ) -> Result<(i64, i64), Error> {
        let (column, start, what) = match query.what {
            QueryKind::Sum(column) => (column, 0, Some(Binary::Add)),
            QueryKind::Least(column) => (column, NONE, Some(Binary::Least)),
            QueryKind::Greatest(column) => (column, NONE, Some(Binary::Greatest)),
            _ => (0, 0, None),
        };
        let (mut count, mut value) = (0, start);
        for row in rows {
            if let Some(filter) = &query.filter
                && meant(filter, row)? == 0
            {
                continue;
            }
            count += 1;
            let own = row[column as usize];
            // What has no value counts for nothing, as SQL has it.
            if let Some(what) = what.filter(|_| own != NONE) {
                value = if value == NONE { own } else { compute(what, value, own)? };
            }
        }
        Ok((count, if what.is_none() { count } else { value }))
    }

    /// What a reading statement gives to an observer: what is committed.
    pub(in crate::machine) fn glance_query(
        &self,
        state: &State,
        process: Option<ProcessId>,
        (query, key): (u32, Option<i64>),
        registers: &[i64],
    ) -> Result<Vec<i64>, Error> {
        let query = &self.program.queries[query as usize];
        let rows = self.rows(query.table);
        let columns = self.columns(query.table);
        if let Some(key) = key {
            let found = rows.row(state, key, None).map(|at| columns_of(state, at, columns));
            return Ok(self.row_words(query.table, found.as_deref()));
        }
        let all: Vec<Vec<i64>> = rows
            .keys(state)
            .into_iter()
            .filter_map(|key| {
                let at = rows.row(state, key, None)?;
                let mut row = vec![key];
                row.extend(columns_of(state, at, columns));
                Some(row)
            })
            .collect();
        let meant = |glance: &Glance, row: &[i64]| {
            self.glance_row(glance, state, process, registers, (query.row, row))
        };
        let (_, value) = self.aggregate(query, all.iter().map(Vec::as_slice), meant)?;
        Ok(vec![value])
    }
}

impl<W: Watch> Execution<'_, W> {
    /// Computes something of a row for a statement.
    pub(super) fn of_row(&self, glance: &Glance, row: Reg, words: &[i64]) -> Result<i64, Error> {
        let own = self.state.registers(&self.machine.layout, self.process);
        self.machine.glance_row(glance, self.state, Some(self.process), own, (row, words))
    }

    /// `t[k]`
    pub(super) fn read_row(&mut self, work: Work) -> Result<Came, Error> {
        let machine = self.machine;
        let (area, table) = (work.area, work.query.table);
        let key = work.key.unwrap_or(NONE);
        self.note_row_read(area, table, Some(key))?;
        let columns = machine.columns(table);
        let found = machine.seen_by(self.state, area, table, key);
        let words = found.map(|at| columns_of(self.state, at, columns));
        self.tell_row(area, work, key, words.as_deref());
        Ok(Came::Done(machine.row_words(table, words.as_deref())))
    }

    fn tell_row(&mut self, area: Area, work: Work, key: i64, words: Option<&[i64]>) {
        let rows = self.machine.rows(work.query.table);
        let behind = area.change(self.state, work.place, key).is_none()
            && rows.version(self.state, key, area.snapshot(self.state))
                != rows.version(self.state, key, None);
        let fact = DataFact::ReadRow {
            table: work.table,
            key,
            value: words.map_or(NONE, |words| words[0]),
            found: words.is_some(),
            behind,
        };
        self.tell(self.process, Fact::Data(fact));
        self.tell_columns(words.unwrap_or(&[]));
    }

    /// A row's columns behind a fact, where it has several.
    pub(super) fn tell_columns(&mut self, words: &[i64]) {
        for &value in words.iter().filter(|_| words.len() > 1) {
            self.tell(self.process, Fact::Field { value });
        }
    }

    /// `count(t where …)` and its like.
    pub(super) fn scan_rows(&mut self, work: Work) -> Result<Came, Error> {
        let machine = self.machine;
        let (area, query) = (work.area, work.query);
        self.note_row_read(area, query.table, None)?;
        let columns = machine.columns(query.table);
        let all: Vec<Vec<i64>> = machine
            .keys_seen(self.state, area, query.table)
            .into_iter()
            .filter_map(|key| {
                let at = machine.seen_by(self.state, area, query.table, key)?;
                let mut row = vec![key];
                row.extend(columns_of(self.state, at, columns));
                Some(row)
            })
            .collect();
        let (rows, value) =
            machine.aggregate(query, all.iter().map(Vec::as_slice), |glance, row| {
                self.of_row(glance, query.row, row)
            })?;
        let fact = DataFact::Scanned { table: work.table, rows, value };
        self.tell(self.process, Fact::Data(fact));
        Ok(Came::Done(vec![value]))
    }
}
