//! What the clock knows of databases: who waits for a row, and when commits reach replicas.
//!
//! Who waits looks for a circle of waiters once, so long after it began to wait as PostgreSQL's
//! `deadlock_timeout` says; in a circle the one that looks first ends it.

use super::calendar::Due;
use super::clock::Clock;
use super::entry::Entry;
use super::outcome::place_of;
use super::spend::drawn;
use crate::base::Draw;
use crate::machine::{Machine, State};
use crate::program::{DEADLOCK_TIMEOUT, Gap, SharedId};
use crate::trace::{Choice, DataFact, ProcessId, Target};
use std::collections::{BTreeMap, VecDeque};

/// For each database and replica when the commits under way arrive there, the next one first.
pub(super) type UnderWay = BTreeMap<(SharedId, u32), VecDeque<u64>>;

impl Clock {
    /// When a process's next step is due.
    pub(super) fn due_of_step(&self, machine: &Machine, state: &State, process: ProcessId) -> u64 {
        let due = self.own.get(process as usize).due;
        if !machine.program().databases.is_empty() && machine.may_be_victim(state, process) {
            return due.saturating_add(DEADLOCK_TIMEOUT as u64);
        }
        due
    }

    /// False for who waits in a circle and has not waited long enough to look for one.
    pub(super) fn has_looked(
        &self,
        machine: &Machine,
        state: &State,
        process: ProcessId,
        at: u64,
    ) -> bool {
        machine.program().databases.is_empty() || at >= self.due_of_step(machine, state, process)
    }

    /// A process stands at a statement that may wait.
    pub(super) fn await_row(&mut self, machine: &Machine, state: &State, process: ProcessId) {
        let Some((table, _)) = machine.waits_for(state, process) else {
            return self.queue(machine, process);
        };
        let Some(database) = machine.program().database(table.shared) else { return };
        let line = Target { shared: database.shared, element: 0 };
        if self.own.get(process as usize).line.is_none() {
            self.lines.join(line, process);
            self.own.get_mut(process as usize).line = Some(line);
        }
        self.stir(line);
        let own = self.own.get(process as usize);
        let at = own.due.saturating_add(DEADLOCK_TIMEOUT as u64);
        self.add(machine, Entry::undrawn(at, Due::Step(process), own.stand));
    }

    /// Of those who wait for one row whoever has waited longest goes on, once it may.
    pub(super) fn call_for_rows(&mut self, machine: &Machine, state: &State, database: Target) {
        let Some(line) = self.lines.at(database) else { return };
        let mut seen: Vec<(Target, i64)> = Vec::new();
        let mut next = Vec::new();
        for &process in line {
            let Some(row) = machine.waits_for(state, process) else { continue };
            if seen.contains(&row) {
                continue;
            }
            seen.push(row);
            let free = machine.may_move(state, process) && !machine.may_be_victim(state, process);
            if free {
                next.push(process);
            }
        }
        for process in next {
            self.queue_at(machine, process, self.now);
        }
    }

    /// Something happened to transactions.
    pub(super) fn hear_of_data(&mut self, machine: &Machine, fact: DataFact) {
        match fact {
            DataFact::Committed { database, rows } => {
                if rows > 0 {
                    self.sends_to_copies(machine, database.shared);
                }
                self.stir(database);
                self.written = true;
            }
            DataFact::RolledBack { database, .. } => self.stir(database),
            DataFact::Applied { .. } => self.written = true,
            DataFact::Finished { table, .. }
            | DataFact::Skipped { table, .. }
            | DataFact::Locked { table, .. } => {
                if let Some(database) = machine.program().database(table.shared) {
                    self.stir(Target { shared: database.shared, element: 0 });
                }
            }
            _ => {}
        }
    }

    /// A commit is on its way to all replicas. Each gets commits in their order.
    fn sends_to_copies(&mut self, machine: &Machine, database: SharedId) {
        let Some(declared) = machine.program().database(database) else { return };
        let place = place_of(&machine.program().shared[database as usize].span);
        for copy in 0..declared.replicas {
            let nth = self.taken;
            let lag = match declared.lag {
                Gap::Fixed(time) => time.max(0) as u64,
                Gap::Drawn(distribution, parameters) => drawn(
                    Draw::at(self.seed, place, u64::from(copy), nth),
                    distribution,
                    parameters,
                ),
            };
            let line = self.copies.entry((database, copy)).or_default();
            let at = self.now.saturating_add(lag).max(line.back().copied().unwrap_or(0));
            line.push_back(at);
            let order = Draw::at(self.seed, place, u64::from(copy) | 1 << 40, nth).order();
            self.add(machine, Entry::new(at, order, Due::Replicate(database, copy), 0));
        }
    }

    /// When the next commit reaches a replica.
    pub(super) fn copy_due(&self, database: SharedId, copy: u32) -> u64 {
        let line = self.copies.get(&(database, copy));
        line.and_then(|line| line.front().copied()).unwrap_or(0)
    }

    /// The next commit reaches a replica now.
    pub(super) fn reaches_copy(&mut self, database: SharedId, copy: u32) {
        if let Some(line) = self.copies.get_mut(&(database, copy)) {
            line.pop_front();
        }
    }

    /// What an entry for a replica stands for, if it still does.
    pub(super) fn replication(
        &self,
        machine: &Machine,
        state: &State,
        (database, copy): (SharedId, u32),
        at: u64,
    ) -> Option<Choice> {
        let due = self.copies.get(&(database, copy))?.front().copied()?;
        (due <= at && machine.is_behind(state, database, copy))
            .then_some(Choice::Replicate { database, copy })
    }
}
