//! What is remembered of transactions along a run: since when each is open, and after how many
//! commits it has looked at what it sees.

use crate::program::{Isolation, Program, SharedId};
use crate::trace::{DataFact, Fact, ProcessId, StepNumber, Target};
use std::collections::BTreeMap;

/// Transactions that are open, and how much was committed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ledger {
    /// For each database, how many commits have changed rows.
    commits: BTreeMap<SharedId, u32>,
    open: BTreeMap<(ProcessId, SharedId), Entry>,
}

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

    /// All that have begun to look or to change, by process and database.
    pub(super) fn begun(&self) -> impl Iterator<Item = ((ProcessId, SharedId), Entry)> + '_ {
        let all = self.open.iter().map(|(key, entry)| (*key, *entry));
        all.filter(|(_, entry)| entry.from > 0)
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
                    if rows > 0 {
                        *self.commits.entry(database.shared).or_default() += 1;
                    }
                }
                DataFact::RolledBack { database, .. } => {
                    self.open.remove(&(process, database.shared));
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
