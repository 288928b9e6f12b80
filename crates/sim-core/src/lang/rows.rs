//! What a text says of databases, as a tree: tables, statements on their rows, transactions.

use super::tree::{Block, Expr, Name, Options, Over, Target};

/// `table t …`, in the braces of its database.
#[derive(Clone, Debug)]
pub(super) struct TableTree {
    /// Its database: a place among the shared things.
    pub(super) database: usize,
    pub(super) rows: RowsAtStart,
}

/// The rows that a table has at the start.
#[derive(Clone, Debug)]
pub(super) enum RowsAtStart {
    /// `table t`
    None,
    /// `table t = { 1: E, 2: E }`
    Listed(Vec<(Expr, Expr)>),
    /// `table t[n] = E`: rows 1 to n.
    Numbered(Expr, Expr),
}

impl RowsAtStart {
    /// What its rows are.
    pub(super) fn rows(&self) -> impl Iterator<Item = &Expr> {
        let (listed, one) = match self {
            RowsAtStart::None => (&[][..], None),
            RowsAtStart::Listed(rows) => (&rows[..], None),
            RowsAtStart::Numbered(_, row) => (&[][..], Some(row)),
        };
        listed.iter().map(|(_, row)| row).chain(one)
    }
}

/// A statement that changes or locks rows.
#[derive(Clone, Debug)]
pub(super) struct RowsTree {
    /// The table, perhaps with a key.
    pub(super) what: Target,
    pub(super) does: Does,
    /// `where E`
    pub(super) filter: Option<Expr>,
}

/// What it does with them.
#[derive(Clone, Debug)]
pub(super) enum Does {
    /// `update t[k] set f = E, g = E`
    Update(Vec<(Name, Expr)>),
    /// `insert t[k] = E`
    Insert(Expr),
    /// `delete t[k]`; of a cache, too.
    Delete,
    /// `t[k] for update`
    Lock,
}

impl RowsTree {
    /// The word that says what it does.
    pub(super) fn word(&self) -> &'static str {
        match self.does {
            Does::Update(_) => "update",
            Does::Insert(_) => "insert",
            Does::Delete => "delete",
            Does::Lock => "for update",
        }
    }

    /// All values in it.
    pub(super) fn parts(&self) -> impl Iterator<Item = &Expr> {
        let (sets, row) = match &self.does {
            Does::Update(sets) => (&sets[..], None),
            Does::Insert(row) => (&[][..], Some(row)),
            Does::Delete | Does::Lock => (&[][..], None),
        };
        let sets = sets.iter().map(|(_, value)| value);
        self.what.index.iter().chain(sets).chain(row).chain(&self.filter)
    }
}

/// `count(t where E)`, `sum(t.f)` and the like.
#[derive(Clone, Debug)]
pub(super) struct AggregateTree {
    /// `Over::Count`, `Sum`, `Min` or `Max`.
    pub(super) over: Over,
    pub(super) table: Name,
    pub(super) column: Option<Name>,
    pub(super) filter: Option<Expr>,
}

/// `transaction db (…) if E { }`
#[derive(Clone, Debug)]
pub(super) struct TransactionTree {
    pub(super) database: Name,
    pub(super) options: Options,
    pub(super) only: Option<Expr>,
    pub(super) body: Block,
}
