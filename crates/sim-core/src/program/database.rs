//! Databases: tables of rows, and the statements that read and change them in transactions.
//!
//! A row is a key and a word for each column. The statements of a transaction follow PostgreSQL:
//! see the documentation of its versions 15 and 16, chapter "Concurrency Control".

use super::{Details, Form, Gap, Glance, Program, Reg, SharedId, Type};
use serde::{Deserialize, Serialize};

/// Versions of rows that a table may have when a run is stepped, besides those at the start.
pub const VERSIONS: u32 = 1_000;
/// The same in a search.
pub const VERSIONS_SEARCHED: u32 = 16;
/// Rows that a transaction may read, change or lock beyond those at the start, where it cannot be
/// told from the text how many that are, in a search, and in a run of very many processes.
pub const CHANGES_SEARCHED: u32 = 16;
/// The same in a run.
pub const CHANGES: u32 = 1_000;
/// Rows for which all processes of a class together have room in a run.
pub const CHANGES_OF_ALL: u32 = 40_000;
/// The most rows that a transaction may read, change or lock.
pub const CHANGES_MAX: u32 = 2_000;
/// Words for serializable transactions that have committed and still matter, in a run.
pub const COMMITTED_WORDS: u32 = 4_000;
/// The same in a search.
pub const COMMITTED_WORDS_SEARCHED: u32 = 160;
/// Commits that may be on their way to replicas, in a run.
pub const UNDER_WAY: u32 = 1_000;
/// The same in a search.
pub const UNDER_WAY_SEARCHED: u32 = 12;
/// Replicas that a database may have.
pub const COPIES_MAX: u32 = 5;

/// How long PostgreSQL lets a statement wait before it looks for a circle of waiters, nanoseconds:
/// the default of its setting `deadlock_timeout`.
pub const DEADLOCK_TIMEOUT: i64 = 1_000_000_000;

/// How much transactions see of one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Isolation {
    /// Each statement sees what was committed when it began.
    ReadCommitted,
    /// All statements see what was committed when the first of them began (snapshot isolation).
    RepeatableRead,
    /// As if transactions came one after another (serializable snapshot isolation: M. J. Cahill, U.
    /// Röhm, A. D. Fekete, "Serializable Isolation for Snapshot Databases", SIGMOD 2008; D. R. K.
    /// Ports, K. Grittner, "Serializable Snapshot Isolation in PostgreSQL", VLDB 2012).
    Serializable,
}

impl Isolation {
    /// All of them, the weakest first.
    pub const ALL: [Isolation; 3] =
        [Isolation::ReadCommitted, Isolation::RepeatableRead, Isolation::Serializable];

    /// Its word in the language.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Isolation::ReadCommitted => "read_committed",
            Isolation::RepeatableRead => "repeatable_read",
            Isolation::Serializable => "serializable",
        }
    }
}

/// A database.
#[derive(Clone, Debug, PartialEq)]
pub struct Database {
    /// The shared thing that stands for it.
    pub shared: SharedId,
    /// The isolation of statements and transactions that name none.
    pub isolation: Isolation,
    /// Its tables, in text order.
    pub tables: Vec<SharedId>,
    /// Copies that follow it, and only answer reads.
    pub replicas: u32,
    /// How long a commit takes to one of them.
    pub lag: Gap,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// An index into [`Program::databases`].
    pub database: u32,
    /// Which of its tables it is.
    pub place: u32,
    /// What keys are.
    pub key: Type,
    /// What rows are made of: an index into [`Program::forms`].
    pub form: u32,
    /// The rows at the start by key, each with a word for each column.
    pub rows: Vec<(i64, Vec<i64>)>,
}

/// A column: 0 is the key, 1 the first field of a row.
pub type Column = u16;

/// A statement on a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Which.
    pub table: SharedId,
    /// What it does.
    pub what: QueryKind,
    /// `where`: only rows for which this is 1. Without a key and without this, all rows.
    pub filter: Option<Glance>,
    /// Where `where` and `set` find the row: the register of its key, behind it those of its fields.
    pub row: Reg,
}

/// What a statement does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryKind {
    /// `t[k]`: the row's fields; of a record also whether there is one.
    Read,
    /// `t[k] for update`: the same, and nobody else may change or lock the row.
    Lock,
    /// `t[k] = e`, `t[k].f = e`: so many columns from this one on; raises `no_row` without a row.
    Put(Column),
    /// `update … set … where …`: the number of rows changed.
    Update(Vec<(Column, Glance)>),
    /// `insert t[k] = e`: raises `duplicate` where there is a row.
    Insert,
    /// `delete …`: the number of rows deleted.
    Delete,
    /// `count(t where …)`
    Count,
    /// `sum(t.f where …)`
    Sum(Column),
    /// `min(t.f where …)`, or `none`.
    Least(Column),
    /// `max(t.f where …)`, or `none`.
    Greatest(Column),
}

impl QueryKind {
    /// True for what only reads, without taking a lock.
    #[must_use]
    pub fn only_reads(&self) -> bool {
        matches!(
            self,
            QueryKind::Read
                | QueryKind::Count
                | QueryKind::Sum(_)
                | QueryKind::Least(_)
                | QueryKind::Greatest(_)
        )
    }
}

impl Query {
    /// The glances that it computes for each row.
    pub fn glances(&self) -> impl Iterator<Item = &Glance> {
        let sets: &[(Column, Glance)] = match &self.what {
            QueryKind::Update(sets) => sets,
            _ => &[],
        };
        self.filter.iter().chain(sets.iter().map(|(_, glance)| glance))
    }

    /// The same, to change them.
    pub fn glances_mut(&mut self) -> impl Iterator<Item = &mut Glance> {
        let sets: &mut [(Column, Glance)] = match &mut self.what {
            QueryKind::Update(sets) => sets,
            _ => &mut [],
        };
        self.filter.iter_mut().chain(sets.iter_mut().map(|(_, glance)| glance))
    }
}

impl Program {
    /// The table of this name, if it is one.
    #[must_use]
    pub fn table(&self, shared: SharedId) -> Option<&Table> {
        match self.shared[shared as usize].details {
            Details::Table(at) => self.tables.get(at as usize),
            _ => None,
        }
    }

    /// The database of this name, or the one a table belongs to.
    #[must_use]
    pub fn database(&self, shared: SharedId) -> Option<&Database> {
        match self.shared[shared as usize].details {
            Details::Database(at) => self.databases.get(at as usize),
            Details::Table(at) => self.databases.get(self.tables[at as usize].database as usize),
            _ => None,
        }
    }

    /// What the rows of a table are made of.
    #[must_use]
    pub fn table_form(&self, table: SharedId) -> Option<&Form> {
        self.forms.get(self.table(table)?.form as usize)
    }

    /// How many columns a table has besides its key.
    #[must_use]
    pub fn columns(&self, table: SharedId) -> u16 {
        match self.table(table).and_then(|table| self.forms.get(table.form as usize)) {
            Some(Form::Record(fields)) => fields.len() as u16,
            _ => 1,
        }
    }

    /// The name of a column of a table.
    #[must_use]
    pub fn column_name(&self, table: SharedId, column: Column) -> &str {
        match (column, self.table(table).and_then(|table| self.forms.get(table.form as usize))) {
            (0, _) => "key",
            (at, Some(Form::Record(fields))) => {
                fields.get(at as usize - 1).map_or("value", |(name, _)| name)
            }
            _ => "value",
        }
    }

    /// What the values of a column are.
    #[must_use]
    pub fn column_type(&self, table: SharedId, column: Column) -> Type {
        let Some(declared) = self.table(table) else { return Type::Int };
        match (column, self.forms.get(declared.form as usize)) {
            (0, _) => declared.key,
            (at, Some(Form::Record(fields))) => {
                fields.get(at as usize - 1).map_or(Type::Int, |(_, kind)| *kind)
            }
            (_, Some(Form::Plain(kind))) => *kind,
            (_, None) => Type::Int,
        }
    }
}
