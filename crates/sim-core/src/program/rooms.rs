//! How much room a process needs for its transactions, found in its code.

use super::{
    CHANGES_MAX, COMMITTED_WORDS, COMMITTED_WORDS_SEARCHED, Isolation, Op, Pc, Program, QueryKind,
    SharedId, UNDER_WAY, UNDER_WAY_SEARCHED,
};
use std::collections::BTreeSet;
use std::ops::Range;

/// Words of a transaction before what it changed: see the machine's `data`.
pub const HEAD: u32 = 9;
/// Words of a changed row before its columns: table, key, how it was changed.
pub const CHANGE: u32 = 3;

/// Room in a process's block for its transaction in a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransactionRoom {
    /// An index into [`Program::databases`].
    pub database: u32,
    /// Its first word, from the first word of the first such room.
    pub offset: u32,
    /// For how many rows that it changes or locks there is room.
    pub changes: u32,
    /// How many words each of them takes.
    pub change: u32,
    /// For how many reads, of two words each, there is room; 0 where nobody keeps them.
    pub reads: u32,
}

impl TransactionRoom {
    /// Where the changes begin, from its first word: how many, and then each.
    #[must_use]
    pub fn changes_at(self) -> u32 {
        HEAD
    }

    /// Where the reads begin: how many, and then each.
    #[must_use]
    pub fn reads_at(self) -> u32 {
        HEAD + 1 + self.changes * self.change
    }

    /// How many words it takes.
    #[must_use]
    pub fn words(self) -> u32 {
        self.reads_at() + if self.reads > 0 { 1 + 2 * self.reads } else { 0 }
    }
}

impl Program {
    /// The rooms that a process with this code needs, one for each database it uses; for `more` rows
    /// than there are at the start, where it cannot be told from the text how many it deals with.
    #[must_use]
    pub fn transaction_rooms(&self, code: &Range<Pc>, more: u32) -> Vec<TransactionRoom> {
        let mut rooms = Vec::new();
        let mut offset = 0;
        for at in 0..self.databases.len() as u32 {
            if let Some(room) = self.room_for(at, code, offset, more) {
                offset += room.words();
                rooms.push(room);
            }
        }
        rooms
    }

    /// True where somebody's transactions in a database may be serializable.
    #[must_use]
    pub fn may_be_serializable(&self, database: u32) -> bool {
        let declared = &self.databases[database as usize];
        declared.isolation == Isolation::Serializable
            || self.code.iter().any(|op| {
                matches!(op, Op::Begin { database, level: Isolation::Serializable, .. }
                    if *database == declared.shared)
            })
    }

    /// Words for serializable transactions that have committed, and then for replicas.
    #[must_use]
    pub fn database_words(&self, database: u32, searched: bool) -> (u32, u32) {
        let records = match (self.may_be_serializable(database), searched) {
            (false, _) => 0,
            (true, false) => COMMITTED_WORDS,
            (true, true) => COMMITTED_WORDS_SEARCHED,
        };
        let under_way = if searched { UNDER_WAY_SEARCHED } else { UNDER_WAY };
        let copies = match self.databases[database as usize].replicas {
            0 => 0,
            copies => 2 + under_way + copies,
        };
        (1 + records, copies)
    }

    fn room_for(
        &self,
        at: u32,
        code: &Range<Pc>,
        offset: u32,
        more: u32,
    ) -> Option<TransactionRoom> {
        let declared = &self.databases[at as usize];
        let is_here = |shared: SharedId| {
            self.database(shared).is_some_and(|database| database.shared == declared.shared)
        };
        let mut used = false;
        let (mut begins, mut queries) = (Vec::new(), Vec::new());
        for pc in code.clone() {
            match self.code[pc as usize] {
                Op::Begin { database, .. } if database == declared.shared => begins.push(pc),
                Op::Query { query, key, .. } => {
                    let query = &self.queries[query as usize];
                    if is_here(query.table) {
                        queries.push((pc, query, key.is_some()));
                    }
                }
                _ => continue,
            }
            used = true;
        }
        // A transaction that does nothing is one, too.
        let used = used && !(begins.is_empty() && queries.is_empty());
        if !used {
            return None;
        }
        let inside = self.inside(declared.shared, &begins, code);
        let rows: usize =
            declared.tables.iter().filter_map(|&id| self.table(id)).map(|it| it.rows.len()).sum();
        let many = (rows as u32 + more).min(CHANGES_MAX);
        let (mut alone, mut together) = ((0, 0), (0, 0));
        for &(pc, query, keyed) in &queries {
            let is_inside = inside.contains(&pc);
            let again = is_inside && self.comes_back(pc, &inside);
            let rows = if again || !keyed { many } else { 1 };
            let changes = if query.what.only_reads() { 0 } else { rows };
            let reads = match query.what {
                QueryKind::Insert => 0,
                _ if again => many,
                _ => 1,
            };
            let sum = if is_inside { &mut together } else { &mut alone };
            if is_inside {
                *sum = (sum.0 + changes, sum.1 + reads);
            } else {
                *sum = (sum.0.max(changes), sum.1.max(reads));
            }
        }
        let columns = declared.tables.iter().map(|&id| self.columns(id)).max().unwrap_or(1);
        let serializable = self.may_be_serializable(at);
        Some(TransactionRoom {
            database: at,
            offset,
            changes: alone.0.max(together.0).min(CHANGES_MAX),
            change: super::CHANGE + u32::from(columns),
            reads: if serializable { alone.1.max(together.1).clamp(1, CHANGES_MAX) } else { 0 },
        })
    }

    /// The instructions of a process between the beginnings of its transactions and their ends.
    fn inside(&self, database: SharedId, begins: &[Pc], code: &Range<Pc>) -> BTreeSet<Pc> {
        let mut inside = BTreeSet::new();
        let mut open: Vec<Pc> = begins.iter().map(|pc| pc + 1).collect();
        while let Some(pc) = open.pop() {
            if !code.contains(&pc) || !inside.insert(pc) {
                continue;
            }
            let op = &self.code[pc as usize];
            let ends = matches!(*op, Op::Commit { database: it } | Op::Rollback { database: it } | Op::Abort { database: it } if it == database);
            if !ends {
                open.extend(self.leads_to(pc));
            }
        }
        inside
    }

    /// True where a way within these instructions leads from one back to itself.
    fn comes_back(&self, pc: Pc, inside: &BTreeSet<Pc>) -> bool {
        let mut seen = BTreeSet::new();
        let mut open: Vec<Pc> = self.leads_to(pc).collect();
        while let Some(next) = open.pop() {
            if next == pc {
                return true;
            }
            let ends = matches!(
                self.code[next as usize],
                Op::Commit { .. } | Op::Rollback { .. } | Op::Abort { .. } | Op::Begin { .. }
            );
            if inside.contains(&next) && !ends && seen.insert(next) {
                open.extend(self.leads_to(next));
            }
        }
        false
    }

    /// Where an instruction leads, errors included.
    fn leads_to(&self, pc: Pc) -> impl Iterator<Item = Pc> + '_ {
        let landing = self.landings.get(&pc).map(|(to, _)| *to);
        self.code[pc as usize].follows(pc).chain(landing)
    }
}
