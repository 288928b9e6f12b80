//! Changing rows: who finds a row that another has changed waits, and then looks again.

use super::super::Watch;
use super::super::execute::Execution;
use super::ChangeKind;
use super::area::{Area, columns_of};
use super::rows::{ANEW, GONE, flags};
use super::statement::{Came, Work};
use crate::program::{Column, Error, Isolation, NONE, QueryKind};
use crate::trace::{DataFact, Fact};

impl<W: Watch> Execution<'_, W> {
    /// `update`, `delete`, `t[k] = e`, `for update`: row after row, by key.
    pub(super) fn change_rows(&mut self, work: Work) -> Result<Came, Error> {
        let machine = self.machine;
        let (area, table) = (work.area, work.query.table);
        if work.resumed.is_none() {
            self.note_row_read(area, table, work.key)?;
        }
        let mut keys = match work.key {
            Some(key) => vec![key],
            None => machine.keys_seen(self.state, area, table),
        };
        let mut rows = 0;
        if let Some((at, done)) = work.resumed {
            keys.retain(|&key| key >= at);
            rows = done;
        }
        let mut words = Vec::new();
        for key in keys {
            match self.change_row(work, key)? {
                Row::Waits => return Ok(Came::Waits { key, done: rows }),
                Row::Passed => {}
                Row::Changed(found) => {
                    rows += 1;
                    words = found;
                }
            }
        }
        match work.query.what {
            QueryKind::Lock => {
                let found = Some(words.as_slice()).filter(|words| !words.is_empty());
                if found.is_none() {
                    let fact = DataFact::Finished { table: work.table, rows: 0 };
                    self.tell(self.process, Fact::Data(fact));
                }
                Ok(Came::Done(machine.row_words(table, found)))
            }
            QueryKind::Put(_) if rows == 0 => Err(Error::NoRow),
            _ => {
                let fact = DataFact::Finished { table: work.table, rows };
                self.tell(self.process, Fact::Data(fact));
                Ok(Came::Done(vec![rows]))
            }
        }
    }

    fn change_row(&mut self, work: Work, key: i64) -> Result<Row, Error> {
        let machine = self.machine;
        let (area, query) = (work.area, work.query);
        let (rows, columns) = (machine.rows(query.table), machine.columns(query.table));
        let Some(at) = machine.seen_by(self.state, area, query.table, key) else {
            return Ok(Row::Passed);
        };
        let mut words = columns_of(self.state, at, columns);
        if !self.is_meant(work, key, &words)? {
            return Ok(Row::Passed);
        }
        let own = area.change(self.state, work.place, key);
        // A row of its own under a key whose row, which its snapshot still shows, another has deleted:
        // PostgreSQL comes upon that one first.
        let another = own.is_some_and(|own| own.kind == ChangeKind::Inserted)
            && area.level(self.state) != Isolation::ReadCommitted
            && rows.row(self.state, key, area.snapshot(self.state)).is_some();
        if another {
            let fact = DataFact::ChangedSince { table: work.table, key };
            self.tell(self.process, Fact::Data(fact));
            return Err(Error::Conflict);
        }
        if own.is_none_or(|own| own.kind == ChangeKind::Locked) {
            let seen = rows.version(self.state, key, area.snapshot(self.state));
            let newest = rows.version(self.state, key, None);
            // Whose row it is now makes no difference.
            if seen != newest && area.level(self.state) != Isolation::ReadCommitted {
                let fact = DataFact::ChangedSince { table: work.table, key };
                self.tell(self.process, Fact::Data(fact));
                return Err(Error::Conflict);
            }
            if let Some(holder) = machine.row_holder(
                self.state,
                self.process,
                (area.room.database, work.place, key),
                false,
            ) {
                let fact = DataFact::Waits { table: work.table, key, holder };
                self.tell(self.process, Fact::Data(fact));
                return Ok(Row::Waits);
            }
            if seen != newest {
                let (Some(seen), Some(newest)) = (seen, newest) else { return Ok(Row::Passed) };
                let another = (seen + 1..=newest)
                    .any(|nth| flags(rows.stamp(self.state, nth)) & (GONE | ANEW) != 0);
                words = columns_of(self.state, rows.at(newest) + 2, columns);
                // PostgreSQL locks the newest version before it looks again, and keeps the lock if
                // that is not meant any more.
                if !another && own.is_none() {
                    self.note_change(area, (work.place, key), ChangeKind::Locked, &[])?;
                }
                if another || !self.is_meant(work, key, &words)? {
                    let fact = DataFact::Skipped { table: work.table, key };
                    self.tell(self.process, Fact::Data(fact));
                    return Ok(Row::Passed);
                }
            }
        }
        self.write_row(work, key, words).map(Row::Changed)
    }

    fn is_meant(&self, work: Work, key: i64, words: &[i64]) -> Result<bool, Error> {
        let Some(filter) = &work.query.filter else { return Ok(true) };
        let mut row = vec![key];
        row.extend_from_slice(words);
        self.of_row(filter, work.query.row, &row).map(|value| value != 0)
    }

    /// A row is the transaction's to change: it gets new values, is locked, or goes.
    fn write_row(&mut self, work: Work, key: i64, mut words: Vec<i64>) -> Result<Vec<i64>, Error> {
        let area = work.area;
        let own = area.change(self.state, work.place, key).map(|own| own.kind);
        let (process, table) = (self.process, work.table);
        let old = words.clone();
        let kept = match own {
            Some(kind @ (ChangeKind::Inserted | ChangeKind::Replaced)) => kind,
            _ => ChangeKind::Updated,
        };
        let mut set: Vec<Column> = Vec::new();
        let kind = match &work.query.what {
            QueryKind::Lock => {
                if own.is_none() {
                    self.note_change(area, (work.place, key), ChangeKind::Locked, &[])?;
                }
                let fact = DataFact::Locked { table, key, value: words[0] };
                self.tell(process, Fact::Data(fact));
                self.tell_columns(&words);
                return Ok(words);
            }
            QueryKind::Delete => {
                let kind = match own {
                    Some(ChangeKind::Inserted) => ChangeKind::Withdrawn,
                    _ => ChangeKind::Deleted,
                };
                self.note_change(area, (work.place, key), kind, &[])?;
                self.tell(process, Fact::Data(DataFact::Deleted { table, key }));
                return Ok(words);
            }
            QueryKind::Put(column) => {
                for nth in 0..work.values {
                    words[usize::from(column - 1 + nth)] = self.register(work.first + nth);
                    set.push(column + nth);
                }
                kept
            }
            QueryKind::Update(sets) => {
                let mut row = vec![key];
                row.extend_from_slice(&old);
                for (column, glance) in sets {
                    set.push(*column);
                    words[usize::from(*column) - 1] = self.of_row(glance, work.query.row, &row)?;
                }
                kept
            }
            _ => kept,
        };
        self.note_change(area, (work.place, key), kind, &words)?;
        // Also where a column gets the value that it has: an update is lost that way.
        for column in set {
            let at = usize::from(column) - 1;
            let fact = DataFact::Changed { table, key, column, old: old[at], new: words[at] };
            self.tell(process, Fact::Data(fact));
        }
        Ok(words)
    }

    /// Notes a change, of which a serializable transaction must answer for.
    fn note_change(
        &mut self,
        area: Area,
        row: (u32, i64),
        kind: ChangeKind,
        values: &[i64],
    ) -> Result<(), Error> {
        let note = |own: &mut Self| match area.note(own.state, row, kind, values) {
            true => Ok(()),
            false => Err(Error::TooMany),
        };
        if kind == ChangeKind::Locked { note(self) } else { self.tracked(area, note) }
    }

    /// `insert t[k] = e`
    pub(super) fn insert_row(&mut self, work: Work) -> Result<Came, Error> {
        let machine = self.machine;
        let (area, table) = (work.area, work.query.table);
        let key = work.key.unwrap_or(NONE);
        self.goes_on(area)?;
        let own = area.change(self.state, work.place, key).map(|own| own.kind);
        let row = (area.room.database, work.place, key);
        if own.is_none()
            && let Some(holder) = machine.row_holder(self.state, self.process, row, true)
        {
            let fact = DataFact::Waits { table: work.table, key, holder };
            self.tell(self.process, Fact::Data(fact));
            return Ok(Came::Waits { key, done: 0 });
        }
        let is_there = match own {
            Some(ChangeKind::Deleted | ChangeKind::Withdrawn) => false,
            Some(ChangeKind::Locked) | None => {
                machine.rows(table).row(self.state, key, None).is_some()
            }
            Some(_) => true,
        };
        let values: Vec<i64> =
            (work.first..work.first + work.values).map(|at| self.register(at)).collect();
        if is_there {
            // Who has read that there was no such row comes before this one: PostgreSQL looks at that
            // first, and then says that the key is taken.
            if own.is_none() {
                self.note_change(area, (work.place, key), ChangeKind::Inserted, &values)?;
                if let Some(known) = area.change(self.state, work.place, key) {
                    area.forget(self.state, known);
                }
            }
            return Err(Error::Duplicate);
        }
        let kind = match own {
            Some(ChangeKind::Deleted) => ChangeKind::Replaced,
            _ => ChangeKind::Inserted,
        };
        self.note_change(area, (work.place, key), kind, &values)?;
        let value = values.first().copied().unwrap_or(NONE);
        self.tell(self.process, Fact::Data(DataFact::Inserted { table: work.table, key, value }));
        self.tell_columns(&values);
        Ok(Came::Done(vec![1]))
    }
}

/// What became of a row.
enum Row {
    /// It is another's.
    Waits,
    /// It is not meant.
    Passed,
    /// It was changed or locked; its columns now.
    Changed(Vec<i64>),
}
