//! How transactions begin and end.

use super::super::Watch;
use super::super::execute::Execution;
use super::ChangeKind;
use super::area::{Area, Status, columns_of};
use super::rows::{ANEW, GONE, stamp};
use crate::program::{Error, Isolation, Reg, SharedId};
use crate::trace::{DataFact, Fact, Target};

impl<W: Watch> Execution<'_, W> {
    /// `transaction db { }` begins.
    pub(in crate::machine) fn begin_data(
        &mut self,
        database: SharedId,
        level: Isolation,
        copy: Option<Reg>,
    ) {
        let (area, database) = self.own_area(database);
        let copy = copy.map_or(0, |copy| self.register(copy));
        area.clear(self.state);
        area.open(self.state, Status::Open, level, copy);
        let copy = u32::try_from(copy).ok().filter(|copy| *copy > 0);
        self.tell(self.process, Fact::Data(DataFact::Began { database, level, copy }));
    }

    /// It ends.
    ///
    /// # Errors
    /// `conflict` where a serializable one is refused.
    pub(in crate::machine) fn commit_data(&mut self, database: SharedId) -> Result<(), Error> {
        let (area, database) = self.own_area(database);
        self.note_data(database);
        match area.status(self.state) {
            Status::None => return Ok(()),
            Status::Failed => {
                // As PostgreSQL: COMMIT of a transaction that failed is a ROLLBACK, and no error.
                area.clear(self.state);
                let fact = DataFact::RolledBack { database, error: Some(Error::Aborted) };
                self.tell(self.process, Fact::Data(fact));
                return Ok(());
            }
            Status::Open | Status::Alone => {}
        }
        if let Err(error) = self.before_commit(area) {
            self.tell(self.process, Fact::Raised { error });
            self.undo(area, database, Some(error));
            return Err(error);
        }
        let rows = self.publish(area)?;
        area.clear(self.state);
        self.number_anew(area.room.database);
        self.tell(self.process, Fact::Data(DataFact::Committed { database, rows }));
        Ok(())
    }

    /// What a transaction has changed is there for all who look from now on.
    fn publish(&mut self, area: Area) -> Result<i64, Error> {
        let machine = self.machine;
        let database = area.room.database;
        let rank = machine.rank_now(self.state, database) + 1;
        let changes: Vec<_> = area.changes(self.state).collect();
        let mut rows = 0;
        self.keep_record(area, rank)?;
        for change in changes {
            let shared = machine.table_at(database, change.table);
            let columns = columns_of(self.state, change.at, machine.columns(shared));
            let (flags, values) = match change.kind {
                ChangeKind::Locked | ChangeKind::Withdrawn => continue,
                ChangeKind::Updated => (0, columns),
                ChangeKind::Inserted | ChangeKind::Replaced => (ANEW, columns),
                ChangeKind::Deleted => (GONE, vec![]),
            };
            rows += 1;
            let versions = machine.rows(shared);
            if !versions.add(self.state, change.key, stamp(rank, flags), &values) {
                return Err(Error::TooMany);
            }
            self.note_write(Target { shared, element: 0 });
        }
        if rows > 0 {
            self.add_point(database, rank)?;
        }
        Ok(rows)
    }

    /// A transaction is left by an error: what is still open of it is undone.
    pub(in crate::machine) fn roll_back(&mut self, database: SharedId) {
        let (area, database) = self.own_area(database);
        self.note_data(database);
        match area.status(self.state) {
            Status::None => {}
            Status::Failed => area.clear(self.state),
            Status::Open | Status::Alone => self.undo(area, database, None),
        }
    }

    /// `abort`
    pub(in crate::machine) fn abort_data(&mut self, database: SharedId) {
        let (area, database) = self.own_area(database);
        self.note_data(database);
        self.undo(area, database, None);
    }

    /// Nothing of a transaction stays.
    pub(super) fn undo(&mut self, area: Area, database: Target, error: Option<Error>) {
        area.clear(self.state);
        self.close_lines(area.room.database);
        self.number_anew(area.room.database);
        self.tell(self.process, Fact::Data(DataFact::RolledBack { database, error }));
    }

    /// A process is taken from a statement. Outside a transaction it never was; inside one, a
    /// statement that is broken off undoes the transaction, as PostgreSQL has it: half of it may be
    /// done.
    pub(in crate::machine) fn withdraw_statement(&mut self, table: SharedId) {
        let (area, database) = self.own_area(table);
        match area.status(self.state) {
            Status::Alone => self.undo(area, database, None),
            Status::Open if area.waits(self.state).is_some() => {
                self.undo(area, database, None);
                area.fail(self.state);
            }
            _ => {}
        }
    }

    /// A process is over: so are its transactions.
    pub(in crate::machine) fn leave_transactions(&mut self) {
        let machine = self.machine;
        for area in machine.areas(self.process) {
            let shared = machine.program.databases[area.room.database as usize].shared;
            match area.status(self.state) {
                Status::None => {}
                Status::Failed => area.clear(self.state),
                Status::Open | Status::Alone => {
                    let touched = self.touched.take();
                    self.undo(area, Target { shared, element: 0 }, None);
                    self.note_data(Target { shared, element: 0 });
                    self.touched = touched;
                }
            }
        }
    }
}
