//! Databases: how transactions ended, how long they took, and how long they waited for one another.

use super::key::{Key, Subject, What, Whom};
use super::store::{CountId, GaugeId, SpreadId, Store};
use crate::program::{Error, Program, SharedId, SharedKind};
use crate::trace::{DataFact, Fact, ProcessId};

/// What is told of one database.
#[derive(Clone, Copy, Debug)]
struct Told {
    subject: u32,
    committed: CountId,
    aborted: CountId,
    conflicts: CountId,
    deadlocks: CountId,
    active: GaugeId,
    waiting: GaugeId,
    latency: SpreadId,
    wait: SpreadId,
}

/// What is measured of databases.
#[derive(Clone, Debug)]
pub(super) struct Databases {
    /// For each shared thing that is one, or belongs to one: the place of what is told of it.
    at: Vec<Option<usize>>,
    told: Vec<Told>,
    /// Whose transaction is open where, and since when.
    open: Vec<(ProcessId, usize, u64)>,
    /// Who waits where, and since when.
    waiting: Vec<(ProcessId, usize, u64)>,
}

impl Databases {
    pub(super) fn new(program: &Program, store: &mut Store) -> Databases {
        let (mut at, mut told) = (vec![None; program.shared.len()], Vec::new());
        for (shared, declared) in program.shared.iter().enumerate() {
            if declared.kind == SharedKind::Database {
                at[shared] = Some(told.len());
                told.push(Told::new(store, shared as SharedId));
            } else if declared.kind == SharedKind::Table {
                let database = program.database(shared as SharedId);
                at[shared] = database.and_then(|database| at[database.shared as usize]);
            }
        }
        Databases { at, told, open: Vec::new(), waiting: Vec::new() }
    }

    /// True for a database.
    pub(super) fn has(&self, subject: u32) -> bool {
        self.told.iter().any(|told| told.subject == subject)
    }

    pub(super) fn hear(&mut self, store: &mut Store, process: ProcessId, fact: &Fact) {
        let Fact::Data(fact) = *fact else { return };
        match fact {
            DataFact::Began { database, .. } => {
                let Some(at) = self.at[database.shared as usize] else { return };
                store.change(self.told[at].active, 1);
                self.open.push((process, at, store.now));
            }
            DataFact::Waits { table, .. } => {
                let Some(at) = self.at[table.shared as usize] else { return };
                if !self.waiting.iter().any(|(who, ..)| *who == process) {
                    store.change(self.told[at].waiting, 1);
                    self.waiting.push((process, at, store.now));
                }
            }
            DataFact::Committed { database, .. } => {
                self.goes_on(store, process);
                let Some(at) = self.at[database.shared as usize] else { return };
                store.count(self.told[at].committed);
                if let Some(since) = self.ends(store, process, at) {
                    store.add(self.told[at].latency, since, store.since(since));
                }
            }
            DataFact::RolledBack { database, error } => {
                self.goes_on(store, process);
                let Some(at) = self.at[database.shared as usize] else { return };
                self.ends(store, process, at);
                let told = self.told[at];
                match error {
                    // It was counted when an error undid it.
                    Some(Error::Aborted) => return,
                    Some(Error::Conflict) => store.count(told.conflicts),
                    Some(Error::Deadlock) => store.count(told.deadlocks),
                    _ => {}
                }
                store.count(told.aborted);
            }
            // What others find out, or what comes to a replica.
            DataFact::Depends { .. } | DataFact::Doomed { .. } | DataFact::Applied { .. } => {}
            _ => self.goes_on(store, process),
        }
    }

    /// A process waits no longer.
    fn goes_on(&mut self, store: &mut Store, process: ProcessId) {
        let Some(nth) = self.waiting.iter().position(|(who, ..)| *who == process) else { return };
        let (_, at, since) = self.waiting.swap_remove(nth);
        store.change(self.told[at].waiting, -1);
        store.add(self.told[at].wait, since, store.since(since));
    }

    /// A transaction is over: since when it was open.
    fn ends(&mut self, store: &mut Store, process: ProcessId, at: usize) -> Option<u64> {
        let nth = self.open.iter().position(|one| (one.0, one.1) == (process, at))?;
        store.change(self.told[at].active, -1);
        Some(self.open.swap_remove(nth).2)
    }

    /// A process is gone; what it had open was told before.
    pub(super) fn forget(&mut self, store: &mut Store, process: ProcessId) {
        self.goes_on(store, process);
    }

    /// Nothing is under way any more.
    pub(super) fn forget_all(&mut self) {
        self.open.clear();
        self.waiting.clear();
    }

    /// How long those of a subject have lasted that are not over.
    pub(super) fn open(&self, store: &Store, subject: u32, word: &str) -> super::Spread {
        let mut ages = super::Spread::default();
        let list = match word {
            "latency" => &self.open,
            "wait" => &self.waiting,
            _ => return ages,
        };
        for (_, at, since) in list {
            if self.told[*at].subject == subject && *since >= store.warmup {
                ages.add(store.age(*since));
            }
        }
        ages
    }
}

impl Told {
    fn new(store: &mut Store, shared: SharedId) -> Told {
        let subject = store.subject(Subject { whom: Whom::Shared(shared), element: None });
        let key = |word| Key { subject, what: What::Word(word) };
        Told {
            subject,
            committed: store.new_count(key("committed")),
            aborted: store.new_count(key("aborted")),
            conflicts: store.new_count(key("conflicts")),
            deadlocks: store.new_count(key("deadlocks")),
            active: store.new_gauge(key("active")),
            waiting: store.new_gauge(key("waiting")),
            latency: store.new_spread(key("latency")),
            wait: store.new_spread(key("wait")),
        }
    }
}
