//! What is observed of rows and transactions.

use super::{ProcessId, Target};
use crate::program::{Column, Error, Isolation};

/// Something observed within a step that has to do with a database. Values of the other columns of
/// a row stand in [`Fact::Field`](super::Fact)s behind it, where it has several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataFact {
    /// A transaction began.
    Began {
        /// Where.
        database: Target,
        /// Its isolation.
        level: Isolation,
        /// The replica that it reads, from 1.
        copy: Option<u32>,
    },
    /// A row was read.
    ReadRow {
        /// Of which table.
        table: Target,
        /// Under which key.
        key: i64,
        /// Its first column.
        value: i64,
        /// There is one.
        found: bool,
        /// A newer version is committed, which this transaction does not see.
        behind: bool,
    },
    /// Rows were gone through.
    Scanned {
        /// Of which table.
        table: Target,
        /// How many were meant.
        rows: i64,
        /// What came of it.
        value: i64,
    },
    /// A row was found to be another's, and is waited for.
    Waits {
        /// Of which table.
        table: Target,
        /// Under which key.
        key: i64,
        /// Whose.
        holder: ProcessId,
    },
    /// A row was changed.
    Changed {
        /// Of which table.
        table: Target,
        /// Under which key.
        key: i64,
        /// Which column.
        column: Column,
        /// The value before.
        old: i64,
        /// The value now.
        new: i64,
    },
    /// A row was put in.
    Inserted {
        /// Into which table.
        table: Target,
        /// Under which key.
        key: i64,
        /// Its first column.
        value: i64,
    },
    /// A row was deleted.
    Deleted {
        /// From which table.
        table: Target,
        /// Under which key.
        key: i64,
    },
    /// A row was locked.
    Locked {
        /// Of which table.
        table: Target,
        /// Under which key.
        key: i64,
        /// Its first column.
        value: i64,
    },
    /// A row that was waited for does not fit any more, as its newest version is.
    Skipped {
        /// Of which table.
        table: Target,
        /// Under which key.
        key: i64,
    },
    /// A statement changed, deleted or locked so many rows.
    Finished {
        /// Of which table.
        table: Target,
        /// How many.
        rows: i64,
    },
    /// One transaction read what another has changed since, or changes: the reader would have to come
    /// before the writer. Who has committed has no name any more.
    Depends {
        /// The table.
        table: Target,
        /// The key, or `none` for the whole table.
        key: i64,
        /// Who read.
        reader: Option<ProcessId>,
        /// Who changes.
        writer: Option<ProcessId>,
    },
    /// A row was changed by another since this transaction's snapshot.
    ChangedSince {
        /// Of which table.
        table: Target,
        /// Under which key.
        key: i64,
    },
    /// The transactions could not have come one after another: this one is refused.
    NotSerial {
        /// Where.
        database: Target,
    },
    /// The same, found by another's step: its next statement or commit is refused.
    Doomed {
        /// Where.
        database: Target,
    },
    /// It was chosen to end a circle of waiters.
    Victim {
        /// Where.
        database: Target,
    },
    /// A transaction was committed.
    Committed {
        /// Where.
        database: Target,
        /// How many rows it changed.
        rows: i64,
    },
    /// A transaction was undone.
    RolledBack {
        /// Where.
        database: Target,
        /// The error that undid it.
        error: Option<Error>,
    },
    /// A commit reached a replica.
    Applied {
        /// Where; the element is the replica.
        database: Target,
        /// Which replica, from 1.
        copy: u32,
        /// How many commits it still lacks.
        left: i64,
    },
}
