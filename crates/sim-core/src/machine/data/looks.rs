//! Tables and transactions for those who look on.

use super::super::{Machine, State};
use super::ChangeKind;
use super::area::{Status, columns_of};
use super::rows::{GONE, flags, rank};
use crate::program::{CHANGES_SEARCHED, Isolation, NONE, SharedId, UNDER_WAY_SEARCHED};
use crate::trace::ProcessId;

/// A row with all versions that somebody may still see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowLook {
    /// Its key.
    pub key: i64,
    /// The oldest first.
    pub versions: Vec<VersionLook>,
}

/// A committed version of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionLook {
    /// Its rank: snapshots of this rank and above see it, where they see none that is newer.
    pub stamp: i64,
    /// It says that the row is gone.
    pub deleted: bool,
    /// Its columns.
    pub values: Vec<i64>,
}

/// A transaction that is open, or a statement outside one that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransactionLook {
    /// Whose.
    pub process: ProcessId,
    /// How much it sees of others.
    pub level: Isolation,
    /// The rank of what it sees, once it has begun to look.
    pub snapshot: Option<i64>,
    /// It is a statement outside a transaction.
    pub alone: bool,
    /// An error has undone it, and the process is still in it.
    pub failed: bool,
    /// It will be refused.
    pub doomed: bool,
    /// Rows that it has changed or locked, by table and key.
    pub changes: Vec<ChangeLook>,
    /// What it has read, where that matters: tables, and keys or `None` for all rows.
    pub reads: Vec<(SharedId, Option<i64>)>,
    /// The table and key that it waits for, and whom.
    pub waits: Option<(SharedId, i64, Option<ProcessId>)>,
    /// The replica that it reads, from 1.
    pub copy: Option<u32>,
}

/// A row that a transaction has changed or locked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeLook {
    /// Of which table.
    pub table: SharedId,
    /// Under which key.
    pub key: i64,
    /// How.
    pub kind: ChangeKind,
    /// Its columns as they are to be; nothing for one that is locked or to go.
    pub values: Vec<i64>,
}

/// Somebody has read what another changes, so that the reader would have to come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DependLook {
    /// Who read; who has committed is nobody any more.
    pub reader: Option<ProcessId>,
    /// Who changes it.
    pub writer: Option<ProcessId>,
    /// The table.
    pub table: SharedId,
    /// The key; `None` for all of the table.
    pub key: Option<i64>,
}

impl Machine {
    /// True where more is committed that still matters, or under way to replicas, than a search has
    /// room for.
    #[must_use]
    pub fn has_too_much_committed(&self, state: &State) -> bool {
        (0..self.program.databases.len() as u32).any(|database| {
            let (records, copies) = self.program.database_words(database, true);
            let shared = self.program.databases[database as usize].shared;
            let first = self.layout.shared[shared as usize].element(0);
            let used = if records > 1 { state.get(first) } else { 0 };
            let points = self.points(state, database).len() as u32;
            let open = self.open_areas(state, database).any(|(_, area)| {
                area.changes(state).count() + area.reads(state).count()
                    > CHANGES_SEARCHED as usize / 2
            });
            open || used + 32 > i64::from(records.max(33))
                || (copies > 0 && points + 4 > UNDER_WAY_SEARCHED)
        })
    }

    /// A table's rows by key, each with the versions that somebody may still see.
    #[must_use]
    pub fn rows_of(&self, state: &State, table: SharedId) -> Vec<RowLook> {
        let rows = self.rows(table);
        let look = |nth| VersionLook {
            stamp: rank(rows.stamp(state, nth)),
            deleted: flags(rows.stamp(state, nth)) & GONE != 0,
            values: columns_of(state, rows.at(nth) + 2, self.columns(table)),
        };
        let keys = rows.keys(state).into_iter();
        keys.map(|key| RowLook { key, versions: rows.of(state, key).map(look).collect() }).collect()
    }

    /// The columns of a row as it is committed.
    #[must_use]
    pub fn committed_row(&self, state: &State, table: SharedId, key: i64) -> Option<Vec<i64>> {
        let at = self.rows(table).row(state, key, None)?;
        Some(columns_of(state, at, self.columns(table)))
    }

    /// The transactions of a database that are open, by process.
    #[must_use]
    pub fn transactions(&self, state: &State, database: SharedId) -> Vec<TransactionLook> {
        let database = self.database_index(database);
        let look = |(process, area): (ProcessId, super::area::Area)| {
            let changes = area.changes(state).map(|change| {
                let table = self.table_at(database, change.table);
                let values = match change.kind {
                    ChangeKind::Locked | ChangeKind::Deleted | ChangeKind::Withdrawn => vec![],
                    _ => columns_of(state, change.at, self.columns(table)),
                };
                ChangeLook { table, key: change.key, kind: change.kind, values }
            });
            let reads = area.reads(state).map(|(table, key)| {
                (self.table_at(database, table), Some(key).filter(|key| *key != NONE))
            });
            TransactionLook {
                process,
                level: area.level(state),
                snapshot: area.snapshot(state),
                alone: area.status(state) == Status::Alone,
                failed: area.status(state) == Status::Failed,
                doomed: area.is_doomed(state),
                changes: changes.collect(),
                reads: reads.collect(),
                waits: area.waits(state).map(|(table, key)| {
                    let holder = self.awaited(state, process, database);
                    (self.table_at(database, table), key, holder)
                }),
                copy: area.copy(state),
            }
        };
        self.open_areas(state, database).map(look).collect()
    }
}
