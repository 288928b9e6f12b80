//! Who waits for whose row, and circles of those who wait.
//!
//! As in PostgreSQL who waits first for a row is next to have it, and those behind wait for who is
//! before them, as long as the row is what they found: where it is changed and committed, there is a
//! new version and no line before it. Who inserts a key that is under way stands in no line: he waits for that
//! transaction alone.

use super::super::execute::Execution;
use super::super::{Blocked, Machine, State, Watch};
use super::ChangeKind;
use super::area::Area;
use crate::program::{Isolation, Op, QueryKind, SharedId};
use crate::trace::{ProcessId, Target};

impl Machine {
    /// Whose transaction keeps a row (a database, a table's place, a key) from a process. Who inserts
    /// a key need not wait for who only locks it: it is taken anyway.
    pub(super) fn row_holder(
        &self,
        state: &State,
        process: ProcessId,
        (database, table, key): (u32, u32, i64),
        inserts: bool,
    ) -> Option<ProcessId> {
        let keeps = |kind: ChangeKind| match kind {
            ChangeKind::Locked => !inserts,
            // Nobody else sees it.
            ChangeKind::Inserted | ChangeKind::Withdrawn => inserts,
            ChangeKind::Updated | ChangeKind::Deleted | ChangeKind::Replaced => true,
        };
        self.open_areas(state, database)
            .filter(|(other, _)| *other != process)
            .find(|(_, area)| area.change(state, table, key).is_some_and(|one| keeps(one.kind)))
            .map(|(other, _)| other)
    }

    /// The row that a process waits for in a database, as [`Machine::row_holder`] takes it, and
    /// whether it would insert it.
    fn wanted(&self, state: &State, process: ProcessId, database: u32) -> Option<(u32, i64, bool)> {
        let (table, key) = self.area(process, database)?.waits(state)?;
        let super::super::Position::At(pc) = state.position(&self.layout, process) else {
            return None;
        };
        let inserts = match self.program.code[pc as usize] {
            Op::Query { query, .. } => {
                self.program.queries[query as usize].what == QueryKind::Insert
            }
            _ => false,
        };
        Some((table, key, inserts))
    }

    /// Who stands before a process in the line of those who wait for one row.
    fn before_in_line(
        &self,
        state: &State,
        process: ProcessId,
        database: u32,
    ) -> Option<ProcessId> {
        let own = self.area(process, database)?;
        let (row, place) = (own.waits(state)?, own.place(state));
        if place < 2 {
            return None;
        }
        self.open_areas(state, database)
            .filter(|(other, area)| *other != process && area.waits(state) == Some(row))
            .map(|(other, area)| (area.place(state), other))
            .filter(|(before, _)| (1..place).contains(before))
            .max()
            .map(|(_, other)| other)
    }

    /// Whom a process waits for in a database.
    pub(super) fn awaited(
        &self,
        state: &State,
        process: ProcessId,
        database: u32,
    ) -> Option<ProcessId> {
        let (table, key, inserts) = self.wanted(state, process, database)?;
        let area = self.area(process, database)?;
        let rows = self.rows(self.table_at(database, table));
        if !inserts
            && rows.version(state, key, area.snapshot(state)) != rows.version(state, key, None)
        {
            // The line stood before the version that was. Whose snapshot is older than the row is
            // refused, whoever has it now; at read committed all look again, and any may be first.
            return match area.level(state) {
                Isolation::ReadCommitted => {
                    self.row_holder(state, process, (database, table, key), inserts)
                }
                _ => None,
            };
        }
        if let Some(before) = self.before_in_line(state, process, database) {
            return Some(before);
        }
        self.row_holder(state, process, (database, table, key), inserts)
    }

    /// True for who waits for somebody who, over others perhaps, waits for it.
    pub(in crate::machine) fn is_in_circle(
        &self,
        state: &State,
        process: ProcessId,
        database: u32,
    ) -> bool {
        // All who stand in a line wait, in the end, for whose the row is. Where he waits for nobody
        // there is no circle, and no need to go along a line of a hundred.
        let Some((table, key, inserts)) = self.wanted(state, process, database) else {
            return false;
        };
        let holder = self.row_holder(state, process, (database, table, key), inserts);
        let waits =
            |holder| self.area(holder, database).is_some_and(|area| area.waits(state).is_some());
        if !holder.is_some_and(waits) {
            return false;
        }
        let mut at = process;
        for _ in 0..self.data_users[database as usize].len() {
            match self.awaited(state, at, database) {
                Some(next) if next == process => return true,
                Some(next) => at = next,
                None => return false,
            }
        }
        false
    }

    /// What keeps a process from going on with a statement that waits. Who is in a circle may be
    /// chosen to end it.
    pub(in crate::machine) fn waits_for_row(
        &self,
        state: &State,
        process: ProcessId,
    ) -> Option<Blocked> {
        self.areas(process).find_map(|area| {
            let database = area.room.database;
            let (table, key) = area.waits(state)?;
            let awaited = self.awaited(state, process, database)?;
            // Whose the row is says more than who is before him in the line.
            let holder = self.row_holder(state, process, (database, table, key), false);
            let holder = holder.unwrap_or(awaited);
            let table = Target { shared: self.table_at(database, table), element: 0 };
            (!self.is_in_circle(state, process, database)).then_some(Blocked::Row {
                table,
                key,
                holder,
            })
        })
    }

    /// The row that a process waits for, if a statement of it does: its table and key.
    #[must_use]
    pub fn waits_for(&self, state: &State, process: ProcessId) -> Option<(Target, i64)> {
        self.areas(process).find_map(|area| {
            let (table, key) = area.waits(state)?;
            let shared = self.table_at(area.room.database, table);
            Some((Target { shared, element: 0 }, key))
        })
    }

    /// True for who waits in a circle: its next step is to be chosen to end it.
    #[must_use]
    pub fn may_be_victim(&self, state: &State, process: ProcessId) -> bool {
        self.areas(process).any(|area| self.is_in_circle(state, process, area.room.database))
    }

    /// A circle of waiters in a database, each followed by whom it waits for; none, or the first.
    #[must_use]
    pub fn circle_of_waiters(&self, state: &State, database: SharedId) -> Vec<ProcessId> {
        let database = self.database_index(database);
        let users = &self.data_users[database as usize];
        let first = users.iter().find(|&&user| self.is_in_circle(state, user, database));
        let mut circle = Vec::new();
        let mut at = first.copied();
        while let Some(process) = at.filter(|process| !circle.contains(process)) {
            circle.push(process);
            at = self.awaited(state, process, database);
        }
        circle
    }
}

impl<W: Watch> Execution<'_, W> {
    /// A transaction begins to wait for a row.
    pub(super) fn stand_in_line(&mut self, area: Area, row: (u32, i64), inserts: bool) {
        let machine = self.machine;
        let others = machine
            .open_areas(self.state, area.room.database)
            .filter(|(other, area)| *other != self.process && area.waits(self.state) == Some(row));
        let last = others.map(|(_, area)| area.place(self.state)).max().unwrap_or(0);
        area.set_place(self.state, if inserts { 0 } else { last + 1 });
    }

    /// Somebody may have left a line: those behind close up, so that equal lines are equal.
    pub(super) fn close_lines(&mut self, database: u32) {
        let machine = self.machine;
        let mut all: Vec<((u32, i64), i64, ProcessId)> = machine
            .open_areas(self.state, database)
            .filter(|(_, area)| area.place(self.state) > 0)
            .filter_map(|(one, area)| Some((area.waits(self.state)?, area.place(self.state), one)))
            .collect();
        all.sort_unstable();
        for line in all.chunk_by(|one, next| one.0 == next.0) {
            for (place, &(_, old, process)) in (1..).zip(line) {
                if old != place
                    && let Some(area) = machine.area(process, database)
                {
                    area.set_place(self.state, place);
                }
            }
        }
    }
}
