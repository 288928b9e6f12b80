//! What is remembered of transactions along a run: since when each is open, and after how many
//! commits it has looked at what it sees.

use crate::program::{Isolation, Program, SharedId};
use crate::trace::{DataFact, Fact, ProcessId, StepNumber, Target};
use std::collections::{BTreeMap, BTreeSet};

/// Transactions that are open, and how much was committed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ledger {
    /// For each database, how many commits have changed rows.
    commits: BTreeMap<SharedId, u32>,
    open: Open,
    /// The rows that each has changed.
    changed: BTreeMap<(ProcessId, SharedId), BTreeSet<Row>>,
    /// Whose commit each row has its newest version from, and in which step.
    newest: BTreeMap<Row, (ProcessId, StepNumber)>,
}

/// Transactions by process and database.
pub(super) type Open = BTreeMap<(ProcessId, SharedId), Entry>;
/// A row: its table and key.
type Row = (SharedId, i64);

/// An open transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The step of its first statement; 0: there was none yet.
    pub(super) from: StepNumber,
    pub(super) level: Isolation,
    /// After how many commits its snapshot was taken.
    pub(super) snapshot: Option<u32>,
    /// It reads a replica.
    copy: bool,
}

impl Ledger {
    /// How many commits have changed rows of a database.
    pub(super) fn commits(&self, database: SharedId) -> u32 {
        self.commits.get(&database).copied().unwrap_or(0)
    }

    /// A process's transaction.
    pub(super) fn entry(&self, process: ProcessId, database: SharedId) -> Option<Entry> {
        self.open.get(&(process, database)).copied()
    }

    /// All that are open.
    pub(super) fn open(&self) -> &Open {
        &self.open
    }

    /// The step of another process whose commit these facts met.
    pub(super) fn met(
        &self,
        process: ProcessId,
        facts: &[(ProcessId, Fact)],
    ) -> Option<StepNumber> {
        let rows = facts.iter().filter_map(|(_, fact)| match fact {
            Fact::Data(
                DataFact::ReadRow { table, key, behind: false, .. }
                | DataFact::Changed { table, key, .. }
                | DataFact::Deleted { table, key }
                | DataFact::Locked { table, key, .. }
                | DataFact::Skipped { table, key }
                | DataFact::ChangedSince { table, key },
            ) => Some((table.shared, *key)),
            _ => None,
        });
        let met = rows.filter_map(|row| self.newest.get(&row));
        met.filter(|(who, _)| *who != process).map(|(_, step)| *step).max()
    }

    /// Notes what a step did.
    pub(super) fn take(
        &mut self,
        program: &Program,
        facts: &[(ProcessId, Fact)],
        step: StepNumber,
    ) {
        for (process, fact) in facts {
            let Fact::Data(fact) = *fact else { continue };
            let process = *process;
            match fact {
                DataFact::Began { database, level, copy } => {
                    let copy = copy.is_some();
                    let entry = Entry { from: 0, level, snapshot: None, copy };
                    self.open.insert((process, database.shared), entry);
                }
                DataFact::Committed { database, rows } => {
                    self.open.remove(&(process, database.shared));
                    let changed = self.changed.remove(&(process, database.shared));
                    for row in changed.into_iter().flatten() {
                        self.newest.insert(row, (process, step));
                    }
                    if rows > 0 {
                        *self.commits.entry(database.shared).or_default() += 1;
                    }
                }
                DataFact::RolledBack { database, .. } => {
                    self.open.remove(&(process, database.shared));
                    self.changed.remove(&(process, database.shared));
                }
                _ => self.statement(program, process, fact, step),
            }
        }
    }

    fn statement(&mut self, program: &Program, process: ProcessId, fact: DataFact, step: u32) {
        let (Some(table), waits) = (table_of(fact), matches!(fact, DataFact::Waits { .. })) else {
            return;
        };
        let Some(database) = program.database(table.shared) else { return };
        let shared = database.shared;
        let commits = self.commits(shared);
        let key = (process, shared);
        if let DataFact::Changed { table, key: row, .. }
        | DataFact::Inserted { table, key: row, .. }
        | DataFact::Deleted { table, key: row } = fact
        {
            self.changed.entry(key).or_default().insert((table.shared, row));
        }
        // A statement outside a transaction is over in its step, unless it waits.
        if !self.open.contains_key(&key) && waits {
            let level = database.isolation;
            self.open.insert(key, Entry { from: 0, level, snapshot: None, copy: false });
        }
        if let Some(entry) = self.open.get_mut(&key).filter(|entry| entry.from == 0) {
            entry.from = step;
            let once = entry.level != Isolation::ReadCommitted && !entry.copy;
            entry.snapshot = once.then_some(commits);
        }
    }
}

/// The table that a statement is about.
pub(super) fn table_of(fact: DataFact) -> Option<Target> {
    match fact {
        DataFact::ReadRow { table, .. }
        | DataFact::Scanned { table, .. }
        | DataFact::Waits { table, .. }
        | DataFact::Changed { table, .. }
        | DataFact::Inserted { table, .. }
        | DataFact::Deleted { table, .. }
        | DataFact::Locked { table, .. }
        | DataFact::Skipped { table, .. }
        | DataFact::Finished { table, .. } => Some(table),
        _ => None,
    }
}
