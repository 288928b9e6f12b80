//! Serializable transactions: who would have to come before whom.
//!
//! A transaction that reads what another one, open at the same time, changes must come before it: a
//! conflict from reader to writer. Two such conflicts in a row, of which the last transaction was
//! committed first, may close a circle; PostgreSQL then refuses one of the three. Who, and when, is
//! as in its `predicate.c` (versions 9.1 to 16); the rule itself is of M. J. Cahill, U. Röhm, A. D.
//! Fekete, "Serializable Isolation for Snapshot Databases", SIGMOD 2008, with the two exceptions of
//! D. R. K. Ports, K. Grittner, "Serializable Snapshot Isolation in PostgreSQL", VLDB 2012, 4.1 f.
//!
//! Conflicts are not kept but found from what each has read and changed. Those who have committed
//! are kept as long as somebody is open who began before: `[words used][record]*`, a record being
//! `[words][snapshot + 1 of who only read][rank][flags][reads][table, key]*[writes][table, key]*`,
//! in the order of their commits.

use super::super::execute::Execution;
use super::super::{Machine, State, Watch};
use super::ChangeKind;
use super::area::Area;
use super::looks::DependLook;
use crate::program::{Error, NONE, SharedId};
use crate::trace::{DataFact, Fact, ProcessId, Target};

/// It changed nothing.
const ONLY_READ: i64 = 1;
/// It read what another changed that was committed before.
const CONFLICT_OUT: i64 = 2;

/// A serializable transaction that was committed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'a> {
    /// What it saw, where it only read.
    pub(super) snapshot: Option<i64>,
    /// When it was committed, among snapshots.
    pub(super) rank: i64,
    flags: i64,
    reads: &'a [i64],
    writes: &'a [i64],
    at: usize,
}

impl Record<'_> {
    fn only_read(&self) -> bool {
        self.flags & ONLY_READ != 0
    }
}

/// One of two between which there is a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Party {
    /// Whose transaction is open.
    Open(ProcessId),
    /// One that was committed, by its place among the records.
    Committed(usize),
}

/// From who reads to who changes.
type Conflict = (Party, Party);

impl Machine {
    /// The index of a database.
    pub(super) fn database_index(&self, database: SharedId) -> u32 {
        let found = self.program.databases.iter().position(|it| it.shared == database);
        found.unwrap_or(0) as u32
    }

    /// The committed transactions that still matter, in the order of their commits.
    pub(super) fn records<'a>(
        &self,
        state: &'a State,
        database: u32,
    ) -> impl Iterator<Item = Record<'a>> {
        let first = self.record_words(database);
        let (used, words) = match first {
            Some(first) => (state.get(first) as usize, &state.words()[first + 1..]),
            None => (0, &[][..]),
        };
        let mut at = 0;
        std::iter::from_fn(move || {
            if at >= used {
                return None;
            }
            let own = &words[at..at + words[at] as usize];
            let reads = own[4] as usize;
            let writes = own[5 + 2 * reads] as usize;
            let record = Record {
                snapshot: Some(own[1] - 1).filter(|rank| *rank >= 0),
                rank: own[2],
                flags: own[3],
                reads: &own[5..5 + 2 * reads],
                writes: &own[6 + 2 * reads..6 + 2 * (reads + writes)],
                at: first.unwrap_or(0) + 1 + at,
            };
            at += own[0] as usize;
            Some(record)
        })
    }

    /// Where records lie, if there may be any.
    fn record_words(&self, database: u32) -> Option<usize> {
        let shared = self.program.databases[database as usize].shared;
        let slot = self.layout.shared[shared as usize];
        (slot.fills > 1).then(|| slot.element(0))
    }

    /// What one has read that another has changed: a table's place, and the key.
    fn overlap(
        &self,
        state: &State,
        database: u32,
        (reader, writer): Conflict,
    ) -> Option<(u32, i64)> {
        let pairs = |words: &[i64]| -> Vec<(u32, i64)> {
            words.chunks_exact(2).map(|pair| (pair[0] as u32, pair[1])).collect()
        };
        let open = |process| self.area(process, database).filter(|area| area.is_tracked(state));
        let is_at_once = match (reader, writer) {
            (Party::Open(reader), Party::Open(writer)) => reader != writer,
            (Party::Open(one), Party::Committed(other))
            | (Party::Committed(other), Party::Open(one)) => {
                let rank = self.records(state, database).nth(other)?.rank;
                open(one)?.snapshot(state)? < rank
            }
            // What was between those is told by a flag.
            (Party::Committed(_), Party::Committed(_)) => false,
        };
        if !is_at_once {
            return None;
        }
        let reads = match reader {
            Party::Open(process) => open(process)?.reads(state).collect(),
            Party::Committed(at) => pairs(self.records(state, database).nth(at)?.reads),
        };
        let writes: Vec<(u32, i64)> = match writer {
            Party::Open(process) => open(process)?
                .changes(state)
                .filter(|change| change.kind != ChangeKind::Locked)
                .map(|change| (change.table, change.key))
                .collect(),
            Party::Committed(at) => pairs(self.records(state, database).nth(at)?.writes),
        };
        let meant = |&(table, key): &(u32, i64)| {
            reads.iter().any(|&(at, read)| at == table && (read == key || read == NONE))
        };
        writes.into_iter().find(meant)
    }

    /// All serializable transactions but one's own: those committed, then those open.
    fn parties(&self, state: &State, database: u32, but: ProcessId) -> Vec<Party> {
        let committed = (0..self.records(state, database).count()).map(Party::Committed);
        let open = self
            .open_areas(state, database)
            .filter(|(process, area)| *process != but && area.is_tracked(state))
            .map(|(process, _)| Party::Open(process));
        committed.chain(open).collect()
    }

    /// The conflicts of a process's transaction with others.
    fn conflicts(&self, state: &State, database: u32, own: ProcessId) -> Vec<Conflict> {
        let me = Party::Open(own);
        let mut found = Vec::new();
        for other in self.parties(state, database, own) {
            for conflict in [(me, other), (other, me)] {
                if self.overlap(state, database, conflict).is_some() {
                    found.push(conflict);
                }
            }
        }
        found
    }

    fn is_doomed(&self, state: &State, database: u32, party: Party) -> bool {
        match party {
            Party::Open(process) => {
                self.area(process, database).is_some_and(|area| area.is_doomed(state))
            }
            Party::Committed(_) => false,
        }
    }

    /// Conflicts between transactions of a database: who read what, and who changes it. Who has
    /// committed is nobody any more.
    #[must_use]
    pub fn depends(&self, state: &State, database: SharedId) -> Vec<DependLook> {
        let database = self.database_index(database);
        let name = |party: Party| match party {
            Party::Open(process) => Some(process),
            Party::Committed(_) => None,
        };
        let all = self.parties(state, database, ProcessId::MAX);
        let mut found = Vec::new();
        for &reader in &all {
            for &writer in &all {
                let Some((table, key)) = self.overlap(state, database, (reader, writer)) else {
                    continue;
                };
                let (table, key) = (self.table_at(database, table), Some(key));
                let key = key.filter(|key| *key != NONE);
                found.push(DependLook { reader: name(reader), writer: name(writer), table, key });
            }
        }
        found
    }
}

impl<W: Watch> Execution<'_, W> {
    /// A serializable transaction does something, after which it may be in conflict with others.
    ///
    /// # Errors
    /// `conflict` where it must be refused for that.
    pub(super) fn tracked<T>(
        &mut self,
        area: Area,
        act: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        if !area.is_tracked(self.state) {
            return act(self);
        }
        let machine = self.machine;
        let database = area.room.database;
        let before = machine.conflicts(self.state, database, self.process);
        let done = act(self)?;
        let after = machine.conflicts(self.state, database, self.process);
        let new: Vec<Conflict> = after.into_iter().filter(|one| !before.contains(one)).collect();
        for (nth, &conflict) in new.iter().enumerate() {
            self.flag(database, conflict, &new[nth..])?;
        }
        Ok(done)
    }

    /// A conflict is new: is somebody to be refused for it? Those `pending` are not looked at yet.
    fn flag(
        &mut self,
        database: u32,
        (reader, writer): Conflict,
        pending: &[Conflict],
    ) -> Result<(), Error> {
        let machine = self.machine;
        let shared = machine.program.databases[database as usize].shared;
        let name = |party: Party| match party {
            Party::Open(process) => Some(process),
            Party::Committed(_) => None,
        };
        // Who must end anyway is in nobody's way.
        let own = Party::Open(self.process);
        let other = if reader == own { writer } else { reader };
        if machine.is_doomed(self.state, database, other) {
            return Ok(());
        }
        if let Some((table, key)) = machine.overlap(self.state, database, (reader, writer)) {
            let table = Target { shared: machine.table_at(database, table), element: 0 };
            let (reader, writer) = (name(reader), name(writer));
            let fact = DataFact::Depends { table, key, reader, writer };
            self.tell(self.process, Fact::Data(fact));
        }
        if !self.is_dangerous(database, (reader, writer), pending) {
            return Ok(());
        }
        match writer {
            Party::Open(process) if process != self.process => {
                self.doom(shared, process);
                Ok(())
            }
            _ => Err(self.not_serial(shared)),
        }
    }

    fn not_serial(&mut self, database: SharedId) -> Error {
        let database = Target { shared: database, element: 0 };
        self.tell(self.process, Fact::Data(DataFact::NotSerial { database }));
        Error::Conflict
    }

    /// Another's transaction can never be committed.
    fn doom(&mut self, database: SharedId, process: ProcessId) {
        let at = self.machine.database_index(database);
        if let Some(area) = self.machine.area(process, at) {
            area.doom(self.state);
            let database = Target { shared: database, element: 0 };
            self.tell_aside(process, Fact::Data(DataFact::Doomed { database }));
        }
    }

    /// Whether a new conflict makes a dangerous structure in which the last one committed first.
    fn is_dangerous(&self, database: u32, conflict: Conflict, pending: &[Conflict]) -> bool {
        let (machine, state) = (self.machine, &*self.state);
        let (reader, writer) = conflict;
        let records: Vec<_> = machine.records(state, database).collect();
        let is = |conflict: Conflict| {
            !pending.contains(&conflict) && machine.overlap(state, database, conflict).is_some()
        };
        // The writer in the middle: it read what a third one changed that came first of the three.
        match writer {
            Party::Committed(at) if records[at].flags & CONFLICT_OUT != 0 => return true,
            Party::Committed(_) => {}
            Party::Open(_) => {
                let first = (0..records.len()).any(|third| {
                    let came_first = match reader {
                        Party::Open(_) => true,
                        Party::Committed(at) => {
                            third <= at
                                && records[at]
                                    .snapshot
                                    .filter(|_| records[at].only_read())
                                    .is_none_or(|snapshot| records[third].rank <= snapshot)
                        }
                    };
                    came_first && is((writer, Party::Committed(third)))
                });
                if first {
                    return true;
                }
            }
        }
        // The reader in the middle: a third one read what it changed, and the writer came first.
        let Party::Committed(writer) = writer else { return false };
        let only_read = matches!(reader, Party::Committed(at) if records[at].only_read());
        let own = match reader {
            Party::Open(process) => process,
            Party::Committed(_) => ProcessId::MAX,
        };
        !only_read
            && machine.parties(state, database, own).into_iter().any(|third| {
                let came_later = match third {
                    Party::Open(_) => !machine.is_doomed(state, database, third),
                    Party::Committed(at) => {
                        at >= writer
                            && records[at]
                                .snapshot
                                .filter(|_| records[at].only_read())
                                .is_none_or(|snapshot| snapshot >= records[writer].rank)
                    }
                };
                came_later && is((third, reader))
            })
    }

    /// A transaction that must end does not go on.
    pub(super) fn goes_on(&mut self, area: Area) -> Result<(), Error> {
        if area.is_doomed(self.state) {
            let database = area.room.database;
            return Err(self.not_serial(self.machine.program.databases[database as usize].shared));
        }
        Ok(())
    }

    /// A serializable transaction is about to be committed: whoever would then stand in the middle of
    /// a dangerous structure must end.
    pub(super) fn before_commit(&mut self, area: Area) -> Result<(), Error> {
        if !area.is_tracked(self.state) {
            return Ok(());
        }
        self.goes_on(area)?;
        let machine = self.machine;
        let database = area.room.database;
        let me = Party::Open(self.process);
        let is = |state: &State, conflict: Conflict| {
            machine.overlap(state, database, conflict).is_some()
        };
        let near: Vec<ProcessId> = machine
            .parties(self.state, database, self.process)
            .into_iter()
            .filter_map(|party| match party {
                Party::Open(process) => Some(process),
                Party::Committed(_) => None,
            })
            .filter(|&near| {
                !machine.is_doomed(self.state, database, Party::Open(near))
                    && is(self.state, (Party::Open(near), me))
            })
            .collect();
        for near in near {
            let others = machine.parties(self.state, database, near);
            let far = others.into_iter().any(|far| {
                let counts = far == me
                    || (matches!(far, Party::Open(_))
                        && !machine.is_doomed(self.state, database, far));
                counts && is(self.state, (far, Party::Open(near)))
            });
            if far {
                self.doom(machine.program.databases[database as usize].shared, near);
            }
        }
        Ok(())
    }

    /// A committed transaction is kept for those who are open.
    ///
    /// # Errors
    /// Where there is no room for it.
    pub(super) fn keep_record(&mut self, area: Area, rank: i64) -> Result<(), Error> {
        if !area.is_tracked(self.state) {
            return Ok(());
        }
        let machine = self.machine;
        let database = area.room.database;
        let me = Party::Open(self.process);
        let writes: Vec<(u32, i64)> = area
            .changes(self.state)
            .filter(|change| change.kind != ChangeKind::Locked)
            .map(|change| (change.table, change.key))
            .collect();
        let reads: Vec<(u32, i64)> = area.reads(self.state).collect();
        let only_read = writes.is_empty();
        let count = machine.records(self.state, database).count();
        let out = !only_read
            && (0..count).any(|at| {
                machine.overlap(self.state, database, (me, Party::Committed(at))).is_some()
            });
        let flags = i64::from(only_read) * ONLY_READ + i64::from(out) * CONFLICT_OUT;
        let snapshot = area.snapshot(self.state).filter(|_| only_read);
        let mut words = vec![0, snapshot.map_or(0, |rank| rank + 1), rank, flags];
        for list in [reads, writes] {
            words.push(list.len() as i64);
            words.extend(list.into_iter().flat_map(|(table, key)| [i64::from(table), key]));
        }
        words[0] = words.len() as i64;
        let Some(first) = machine.record_words(database) else { return Ok(()) };
        let used = self.state.get(first) as usize;
        let shared = machine.program.databases[database as usize].shared;
        let room = machine.layout.shared[shared as usize].fills as usize - 1;
        if used + words.len() > room {
            return Err(Error::TooMany);
        }
        for (at, word) in (first + 1 + used..).zip(&words) {
            self.state.set(at, *word);
        }
        self.state.set(first, (used + words.len()) as i64);
        Ok(())
    }

    /// Drops committed transactions that were over before all open ones began.
    pub(super) fn drop_records(&mut self, database: u32) {
        let machine = self.machine;
        let Some(first) = machine.record_words(database) else { return };
        let used = self.state.get(first) as usize;
        if used == 0 {
            return;
        }
        let oldest = machine
            .open_areas(self.state, database)
            .filter(|(_, area)| area.is_tracked(self.state))
            .filter_map(|(_, area)| area.snapshot(self.state))
            .min();
        let kept: Vec<i64> = machine
            .records(self.state, database)
            .filter(|record| oldest.is_some_and(|oldest| oldest < record.rank))
            .flat_map(|record| {
                let length = self.state.get(record.at) as usize;
                self.state.words()[record.at..record.at + length].to_vec()
            })
            .collect();
        for at in 0..used {
            let word = kept.get(at).copied().unwrap_or(0);
            if self.state.get(first + 1 + at) != word {
                self.state.set(first + 1 + at, word);
            }
        }
        self.state.set(first, kept.len() as i64);
    }

    /// Of committed transactions that cannot be told apart the first and the last are kept: whether
    /// one came before or after another is asked of any of them. Else who goes round for ever while
    /// another is open would never come back to a state that was.
    fn merge_records(&mut self, database: u32) {
        let machine = self.machine;
        let Some(first) = machine.record_words(database) else { return };
        let all: Vec<Vec<i64>> = machine
            .records(self.state, database)
            .map(|record| {
                let length = self.state.get(record.at) as usize;
                self.state.words()[record.at..record.at + length].to_vec()
            })
            .collect();
        let kept =
            |&nth: &usize| !all[..nth].contains(&all[nth]) || !all[nth + 1..].contains(&all[nth]);
        let words: Vec<i64> =
            (0..all.len()).filter(kept).flat_map(|nth| all[nth].iter().copied()).collect();
        let used = self.state.get(first) as usize;
        if words.len() == used {
            return;
        }
        for at in 0..used {
            let word = words.get(at).copied().unwrap_or(0);
            if self.state.get(first + 1 + at) != word {
                self.state.set(first + 1 + at, word);
            }
        }
        self.state.set(first, words.len() as i64);
    }

    pub(super) fn renumber_records(
        &mut self,
        database: u32,
        rank_of: impl Fn(i64) -> i64,
        snapshot_of: impl Fn(i64) -> i64,
    ) {
        let places: Vec<(usize, i64, Option<i64>)> = self
            .machine
            .records(self.state, database)
            .map(|record| (record.at, record.rank, record.snapshot))
            .collect();
        for (at, rank, snapshot) in places {
            self.state.set(at + 1, snapshot.map_or(0, |snapshot| snapshot_of(snapshot) + 1));
            self.state.set(at + 2, rank_of(rank));
        }
        self.merge_records(database);
    }
}
