//! Statements: what one reads or changes, and what becomes of the transaction by it.

use super::super::Watch;
use super::super::execute::Execution;
use super::area::{Area, Status};
use crate::program::{Error, Isolation, Pc, Query, QueryKind, Reg, SharedId};
use crate::trace::{DataFact, Fact, Target};

/// What a statement is given.
#[derive(Clone, Copy, Debug)]
pub(in crate::machine) struct Given {
    pub(in crate::machine) query: u32,
    pub(in crate::machine) key: Option<Reg>,
    pub(in crate::machine) first: Reg,
    pub(in crate::machine) values: u16,
}

/// How far a statement came.
pub(super) enum Came {
    /// It is done; what it gives.
    Done(Vec<i64>),
    /// It waits for a row, having dealt with so many.
    Waits { key: i64, done: i64 },
}

/// A statement at work.
#[derive(Clone, Copy)]
pub(super) struct Work<'a> {
    pub(super) query: &'a Query,
    pub(super) area: Area,
    /// The table's place in its database.
    pub(super) place: u32,
    pub(super) table: Target,
    pub(super) key: Option<i64>,
    pub(super) first: Reg,
    pub(super) values: u16,
    /// It has waited at this key, having dealt with so many rows.
    pub(super) resumed: Option<(i64, i64)>,
}

impl<W: Watch> Execution<'_, W> {
    /// A statement is issued, or one that waited goes on.
    pub(in crate::machine) fn statement(
        &mut self,
        pc: Pc,
        given: Given,
        (to, count): (Reg, u16),
    ) -> Result<Pc, Error> {
        let machine = self.machine;
        let query = &machine.program.queries[given.query as usize];
        let (area, database) = self.own_area(query.table);
        self.note_data(database);
        let status = area.status(self.state);
        if status == Status::Failed {
            self.tell(self.process, Fact::Raised { error: Error::Aborted });
            return Err(Error::Aborted);
        }
        if machine.is_in_circle(self.state, self.process, area.room.database) {
            self.tell(self.process, Fact::Data(DataFact::Victim { database }));
            return Err(self.undone_by(area, database, Error::Deadlock));
        }
        let at = area.room.database as usize;
        if status == Status::None {
            area.open(self.state, Status::Alone, machine.program.databases[at].isolation, 0);
        }
        if area.snapshot(self.state).is_none() {
            let rank = match area.copy(self.state) {
                Some(copy) => machine.rank_of_copy(self.state, area.room.database, copy),
                None => machine.rank_now(self.state, area.room.database),
            };
            area.set_snapshot(self.state, Some(rank));
        }
        let waited = area.waits(self.state);
        let work = Work {
            query,
            area,
            place: machine.place_of_table(query.table).1,
            table: Target { shared: query.table, element: 0 },
            key: given.key.map(|register| self.register(register)),
            first: given.first,
            values: given.values,
            resumed: waited.map(|(_, key)| (key, area.done(self.state))),
        };
        match self.work_on(work) {
            Ok(Came::Waits { key, done }) => {
                let row = (work.place, key);
                if waited != Some(row) {
                    let inserts = work.query.what == QueryKind::Insert;
                    self.stand_in_line(area, row, inserts);
                }
                area.wait_for(self.state, Some(row), done);
                self.close_lines(area.room.database);
                Ok(pc)
            }
            Ok(Came::Done(values)) => {
                area.wait_for(self.state, None, 0);
                self.close_lines(area.room.database);
                self.end_statement(area, database)?;
                let found = (to..to + count).zip(values);
                let found: Vec<(Reg, i64)> = found.collect();
                for (register, value) in found {
                    self.set_local(pc, register, value);
                }
                Ok(pc + 1)
            }
            // There is no such row: the statement changed nothing, and the transaction goes on.
            Err(Error::NoRow) => {
                area.wait_for(self.state, None, 0);
                self.close_lines(area.room.database);
                self.end_statement(area, database)?;
                self.tell(self.process, Fact::Raised { error: Error::NoRow });
                Err(Error::NoRow)
            }
            Err(Error::TooMany) => Err(Error::TooMany),
            Err(error) => Err(self.undone_by(area, database, error)),
        }
    }

    fn work_on(&mut self, work: Work) -> Result<Came, Error> {
        match work.query.what {
            QueryKind::Read => self.read_row(work),
            QueryKind::Insert => self.insert_row(work),
            QueryKind::Count | QueryKind::Sum(_) | QueryKind::Least(_) | QueryKind::Greatest(_) => {
                self.scan_rows(work)
            }
            QueryKind::Lock | QueryKind::Put(_) | QueryKind::Update(_) | QueryKind::Delete => {
                self.change_rows(work)
            }
        }
    }

    /// A statement is over: outside a transaction it is committed; at read committed the next one
    /// sees anew.
    fn end_statement(&mut self, area: Area, database: Target) -> Result<(), Error> {
        if area.status(self.state) == Status::Alone {
            return self.commit_data(database.shared);
        }
        if area.level(self.state) == Isolation::ReadCommitted {
            area.set_snapshot(self.state, None);
            self.number_anew(area.room.database);
        }
        Ok(())
    }

    /// An error undoes a transaction at once; what it still does until it is left fails.
    fn undone_by(&mut self, area: Area, database: Target, error: Error) -> Error {
        let alone = area.status(self.state) == Status::Alone;
        self.tell(self.process, Fact::Raised { error });
        self.undo(area, database, Some(error));
        if !alone {
            area.fail(self.state);
        }
        error
    }

    /// Notes that a statement reads something, and refuses it where a serializable transaction must
    /// end.
    pub(super) fn note_row_read(
        &mut self,
        area: Area,
        table: SharedId,
        key: Option<i64>,
    ) -> Result<(), Error> {
        let machine = self.machine;
        if !area.is_tracked(self.state) {
            return Ok(());
        }
        let (_, place) = machine.place_of_table(table);
        let rows = machine.rows(table);
        let any = match key {
            Some(key) => {
                !rows.of(self.state, key).is_empty()
                    || area.change(self.state, place, key).is_some()
            }
            None => rows.count(self.state) > 0 || area.changes(self.state).next().is_some(),
        };
        if any {
            self.goes_on(area)?;
        }
        self.tracked(area, |own| match area.note_read(own.state, place, key) {
            true => Ok(()),
            false => Err(Error::TooMany),
        })
    }
}
