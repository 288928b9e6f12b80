//! Databases at a moment, as views show them: rows with their versions, who sees which, who holds
//! and waits for which row, and what keeps transactions from coming one after the other.

use super::frame::Dependency;
use crate::program::Isolation;
use serde::{Deserialize, Serialize};

/// How many rows of a table a [`super::Frame`] has.
pub const ROWS_MAX: usize = 30;
/// How many versions of a row it has, the newest.
pub const VERSIONS_MAX: usize = 6;
/// How many transactions of a database it has.
pub const TRANSACTIONS_MAX: usize = 16;

/// A database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatabaseView {
    /// Its name.
    pub name: String,
    /// The isolation of what names none.
    pub isolation: Isolation,
    /// How many commits have changed rows.
    pub commits: u32,
    /// Transactions that are open, and statements outside one that wait.
    pub transactions: Vec<TransactionView>,
    /// How many more there are.
    pub more: u32,
    /// Its tables, in text order.
    pub tables: Vec<TableView>,
    /// Who has read what another has changed since: the reader would have to come first.
    pub depends: Vec<Dependency>,
    /// Lanes that wait for one another in a circle, each for the next.
    pub circle: Vec<u32>,
    /// Its replicas: how many commits each lacks.
    pub copies: Vec<u32>,
}

/// A transaction that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransactionView {
    /// Whose: a lane.
    pub lane: u32,
    /// Its isolation.
    pub level: Isolation,
    /// After how many commits all it sees was looked at; `None` where each statement looks anew, or
    /// it has not begun to.
    pub snapshot: Option<u32>,
    /// It is a statement outside a transaction.
    pub alone: bool,
    /// An error has undone it, and its process is still in it.
    pub failed: bool,
    /// It will be refused.
    pub doomed: bool,
    /// How many rows it has changed.
    pub changed: u32,
    /// The row that it waits for, and whose that is: a lane.
    pub waits: Option<(String, Option<u32>)>,
    /// The replica that it reads, from 1.
    pub copy: Option<u32>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableView {
    /// Its name.
    pub name: String,
    /// Its rows by key; of very many those about which something goes on, and the first.
    pub rows: Vec<RowView>,
    /// How many more there are.
    pub more: u32,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowView {
    /// Its key.
    pub key: String,
    /// Its versions, the oldest first; what is not committed comes last.
    pub versions: Vec<VersionView>,
    /// Who has changed or locked it: a lane.
    pub holder: Option<u32>,
    /// It is only locked.
    pub locked: bool,
    /// Who waits for it: lanes.
    pub waiting: Vec<u32>,
}

/// A version of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionView {
    /// As it is spelled; empty where it says that the row is gone.
    pub value: String,
    /// Whose change it is that is not committed: a lane.
    pub by: Option<u32>,
    /// It is the newest that is committed.
    pub newest: bool,
    /// Who sees it: lanes with an open transaction.
    pub seen: Vec<u32>,
    /// Replicas that show it, from 1.
    pub copies: Vec<u32>,
}

/// A transaction along the steps shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransactionBand {
    /// Whose: a lane.
    pub lane: u32,
    /// As for [`TransactionView::snapshot`].
    pub snapshot: Option<u32>,
    /// Its isolation.
    pub level: Isolation,
    /// The step (from 1) of its first statement; before the first step shown where it came earlier.
    pub from: u32,
    /// The step that ended it; `None` if none of those shown did.
    pub to: Option<u32>,
    /// It was committed.
    pub committed: bool,
}

impl DatabaseView {
    /// Calls `tell` with each lane that it speaks of.
    pub(super) fn lanes(&self, tell: &mut impl FnMut(u32)) {
        for one in &self.transactions {
            tell(one.lane);
            if let Some((_, Some(holder))) = one.waits {
                tell(holder);
            }
        }
        for row in self.tables.iter().flat_map(|table| &table.rows) {
            let seen = row.versions.iter().flat_map(|version| &version.seen);
            row.holder.iter().chain(&row.waiting).chain(seen).copied().for_each(&mut *tell);
        }
        for one in &self.depends {
            one.reader.iter().chain(&one.writer).copied().for_each(&mut *tell);
        }
        self.circle.iter().copied().for_each(tell);
    }
}
