//! What a step does to rows and transactions, with names and values spelled as in the text.

use serde::{Deserialize, Serialize};

/// What a step does in a database.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// What.
    pub verb: Doing,
    /// The table, or where it is about no table, the database.
    pub of: String,
    /// The rows it is about, the first few; of a scan none.
    pub rows: Vec<RowTold>,
    /// How many rows.
    pub count: i64,
    /// What a scan came to; for a commit that reaches a replica, which one.
    pub value: String,
    /// A newer version is committed, which it does not see.
    pub behind: bool,
    /// Rows that it waited for and that, as they are now, are not meant.
    pub skipped: Vec<String>,
    /// It waits for this row, which that lane has changed or locked.
    pub waits: Option<(String, u32)>,
    /// It commits itself.
    pub commits: bool,
    /// What it found that somebody has read and another has changed since.
    pub depends: Vec<Dependency>,
    /// Whose transactions can never be committed for that: lanes.
    pub dooms: Vec<u32>,
    /// Why its transaction is undone by it.
    pub undone: Option<Undone>,
}

/// What is done in a database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Doing {
    /// Reads a row.
    #[default]
    Read,
    /// Counts rows.
    Count,
    /// Adds up a column.
    Sum,
    /// Looks for the least of a column.
    Least,
    /// Looks for the greatest of a column.
    Greatest,
    /// Locks a row, or rows.
    Lock,
    /// Changes rows.
    Update,
    /// Puts in a row.
    Insert,
    /// Deletes rows.
    Delete,
    /// Commits.
    Commit,
    /// Undoes its transaction.
    RollBack,
    /// A commit reaches a replica. Nobody does it.
    Apply,
}

/// A row that a statement is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowTold {
    /// As in `accounts[1]`.
    pub place: String,
    /// Its value, or how it changed: `100`, `100 → 90`, `left 3 → 2`. Empty where that is not known.
    pub words: String,
}

/// Somebody read what another has changed since, so that the reader would have to come first. Who
/// has committed before that was found has no name any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dependency {
    /// As in `doctors[1]`; `doctors` where all of it was gone through.
    pub place: String,
    /// Who read: a lane.
    pub reader: Option<u32>,
    /// Who changed it: a lane.
    pub writer: Option<u32>,
}

/// Why a transaction is undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Undone {
    /// By a row that another transaction, a lane's where that is known, has changed and committed
    /// since this one's snapshot.
    ChangedSince(String, Option<u32>),
    /// Because of what was read and changed since, transactions could not have come one after
    /// another.
    NotSerial(Vec<Dependency>),
    /// It was chosen to end a circle of waiters: lanes, it first, each waiting for the next.
    Victim(Vec<u32>),
    /// By this error; empty for none.
    Error(String),
}

impl Statement {
    /// The rows it touches, as places, and whether it changes or locks them.
    #[must_use]
    pub fn places(&self) -> Vec<(&str, bool)> {
        let changes = matches!(
            self.verb,
            Doing::Lock | Doing::Update | Doing::Insert | Doing::Delete | Doing::Commit
        );
        if self.rows.is_empty() {
            let waits = self.waits.as_ref().map_or(&self.of, |(place, _)| place);
            return vec![(waits, changes)];
        }
        let rows = self.rows.iter().map(|row| row.place.as_str());
        rows.map(|place| (place, changes)).collect()
    }
}
