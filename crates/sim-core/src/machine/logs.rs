//! Logs and the groups that read them.
//!
//! As in Kafka: order is kept in each part, a part has one reader of a group, and what is done is one
//! offset a part. Who crashes loses its parts when its session is over; what it had not committed
//! is read again.

use super::execute::Execution;
use super::lists::Message;
use super::messages::Taken;
use super::{Machine, Position, State, Watch};
use crate::program::{Count, Error, Group, NONE, SharedId};
use crate::trace::{Fact, ProcessId, Target};

/// One part of a group's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partition {
    /// The member that reads it.
    pub owner: Option<ProcessId>,
    /// The offset of the first record that is not done.
    pub committed: i64,
    /// The offset of the next record to be delivered.
    pub position: i64,
}

impl Machine {
    /// The offset of the oldest entry that a part keeps, and the one behind its newest.
    pub(super) fn reach(&self, state: &State, log: Target, part: u32) -> (i64, i64) {
        let lists = self.lists(log.shared);
        let first = state.get(lists.extra(log.element) + part as usize) + 1;
        let count = state.count_in(lists.list(log.element, part)) as i64;
        (first, first + count)
    }

    /// How a group's log is shared out, part by part.
    #[must_use]
    pub fn partitions(&self, state: &State, group: SharedId) -> Vec<Partition> {
        let parts = self.parts(group);
        (0..parts).map(|part| self.partition(state, group, part)).collect()
    }

    pub(super) fn parts(&self, group: SharedId) -> u32 {
        self.lists(group).extra / 3
    }

    pub(super) fn partition(&self, state: &State, group: SharedId, part: u32) -> Partition {
        let at = self.lists(group).extra(0) + 3 * part as usize;
        Partition {
            committed: state.get(at) + 1,
            position: state.get(at + 1) + 1,
            owner: ProcessId::try_from(state.get(at + 2) - 1).ok(),
        }
    }

    fn log_of(&self, group: &Group) -> Target {
        Target { shared: group.log, element: 0 }
    }

    /// The parts from which a process could take a record now.
    pub(super) fn parts_with_records(
        &self,
        state: &State,
        process: ProcessId,
        group: SharedId,
    ) -> Vec<u32> {
        let Some(settings) = self.program.group(group) else { return vec![] };
        let log = self.log_of(settings);
        let has = |part: &u32| {
            let partition = self.partition(state, group, *part);
            partition.owner == Some(process) && partition.position < self.reach(state, log, *part).1
        };
        (0..self.parts(group)).filter(has).collect()
    }

    /// Members that are there, by declaration and number.
    fn live_members(&self, state: &State, group: &Group) -> Vec<ProcessId> {
        let members =
            group.members.iter().flat_map(|&class| self.layout.classes[class as usize].clone());
        members
            .filter(|&process| matches!(state.position(&self.layout, process), Position::At(_)))
            .collect()
    }

    /// True where a part belongs to somebody who is no longer there, or to nobody though somebody is.
    pub(super) fn may_rebalance(&self, state: &State, group: SharedId) -> bool {
        let Some(settings) = self.program.group(group) else { return false };
        let live = self.live_members(state, settings);
        (0..self.parts(group)).any(|part| match self.partition(state, group, part).owner {
            Some(owner) => !live.contains(&owner),
            None => !live.is_empty(),
        }) && !live.is_empty()
    }

    /// How many records of a group are not done.
    pub(super) fn lag(&self, state: &State, group: SharedId) -> i64 {
        let Some(settings) = self.program.group(group) else { return 0 };
        let log = self.log_of(settings);
        (0..self.parts(group))
            .map(|part| {
                let next = self.reach(state, log, part).1;
                (next - self.partition(state, group, part).committed).max(0)
            })
            .sum()
    }
}

impl<W: Watch> Execution<'_, W> {
    /// Appends a message to its part of a log, and gives its offset.
    pub(super) fn append(&mut self, target: Target, message: &Message) -> Result<i64, Error> {
        let machine = self.machine;
        let Some(log) = machine.program.log(target.shared) else { return Ok(0) };
        let lists = *machine.lists(target.shared);
        let part = match message.key {
            NONE => {
                // In turn: as many have come before, over all parts.
                let mut came = 0;
                for part in 0..log.partitions {
                    came += machine.reach(self.state, target, part).1 - 1;
                }
                came.rem_euclid(i64::from(log.partitions)) as u32
            }
            // Keys are small numbers and names: neighbours go to different parts.
            key => (key - 1).rem_euclid(i64::from(log.partitions)) as u32,
        };
        let list = lists.list(target.element, part);
        self.note_write(target);
        // Those who read it have more to do.
        for &group in &machine.groups {
            if machine.program.group(group).is_some_and(|it| it.log == target.shared) {
                self.note_write(Target { shared: group, element: 0 });
            }
        }
        let kept = log.keep.map_or(usize::MAX, |keep| keep.max(1) as usize);
        let (first, offset) = machine.reach(self.state, target, part);
        if self.state.count_in(list) >= kept {
            self.state.remove(list, 0);
            self.state.set(lists.extra(target.element) + part as usize, first);
        } else if self.state.count_in(list) + lists.kept as usize >= list.room {
            return Err(Error::TooMany);
        }
        self.state.push(list, message);
        let number = message.number as u32;
        self.tell(
            self.process,
            Fact::Appended { target, message: number, partition: part, offset },
        );
        self.tally(target, Count::Accepted, 1);
        Ok(offset)
    }

    /// Reads an entry of a log.
    pub(super) fn read_entry(
        &mut self,
        target: Target,
        offset: i64,
        fields: u16,
    ) -> Result<Taken, Error> {
        let machine = self.machine;
        self.note_read(target);
        if offset == NONE {
            return Err(Error::NoValue);
        }
        let (first, _) = machine.reach(self.state, target, 0);
        if offset < first {
            self.tell(self.process, Fact::Raised { error: Error::Gone });
            return Err(Error::Gone);
        }
        let list = machine.list(target, 0);
        let message = self.state.message(list, (offset - first) as usize);
        let number = message.number as u32;
        self.tell(self.process, Fact::Followed { target, message: number, offset });
        for &value in &message.fields[..fields as usize] {
            self.tell(self.process, Fact::Field { value });
        }
        Ok(Taken { handle: 0, offset, message })
    }

    /// The process takes the next record of one of its parts.
    pub(super) fn take_record(&mut self, target: Target, fields: u16) -> Result<Taken, Error> {
        let machine = self.machine;
        let group = target.shared;
        let parts = machine.parts_with_records(self.state, self.process, group);
        let slot = self.free_flight(group)?;
        let settings = machine.program.group(group).expect("a group is received from");
        let log = machine.log_of(settings);
        let part = parts[self.outcome(parts.len() as u32) as usize];
        self.note_read(target);
        self.note_write(target);
        let (first, _) = machine.reach(self.state, log, part);
        // What is no longer kept is passed over.
        let position = machine.partition(self.state, group, part).position.max(first);
        let list = machine.list(log, part);
        let mut message = self.state.message(list, (position - first) as usize);
        message.deliveries += 1;
        let at = machine.lists(group).extra(0) + 3 * part as usize;
        self.state.set(at + 1, position);
        let (flight, meta) = machine.flight(self.process, slot);
        self.state.set(flight, 1);
        self.state.set(flight + 1, i64::from(part));
        self.state.set(flight + 2, position);
        self.state.set(meta, message.number);
        let number = message.number as u32;
        let fact = Fact::Delivered { target, message: number, attempt: 1, slot: Some(slot) };
        self.tell(self.process, fact);
        for &value in &message.fields[..fields as usize] {
            self.tell(self.process, Fact::Field { value });
        }
        self.tally(target, Count::Delivered, 1);
        if settings.commits_before {
            self.commit(target, part, position);
        }
        Ok(Taken { handle: i64::from(slot) + 1, offset: position, message })
    }

    /// Up to where a part is done: a record that is still in flight, or that was given back and is
    /// to be read again, holds back what comes behind it, or a crash would skip it.
    fn done_up_to(&self, target: Target, part: u32) -> i64 {
        let machine = self.machine;
        let class = machine.layout.processes[self.process as usize].class;
        let flights = machine.layout.flights[class as usize].iter().enumerate();
        let own = flights.filter(|(_, flight)| flight.from == target.shared);
        let in_flight = own.filter_map(|(slot, _)| {
            let (at, _) = machine.flight(self.process, slot as u16);
            let is = self.state.get(at) > 0 && self.state.get(at + 1) == i64::from(part);
            is.then(|| self.state.get(at + 2) - 1)
        });
        // A record given back sets the position before itself.
        let delivered = machine.partition(self.state, target.shared, part).position - 1;
        in_flight.fold(delivered, i64::min)
    }

    fn commit(&mut self, target: Target, part: u32, offset: i64) {
        let at = self.machine.lists(target.shared).extra(0) + 3 * part as usize;
        let done = self.state.get(at);
        if offset > done {
            self.state.set(at, offset);
            self.tell(
                self.process,
                Fact::Committed { target, partition: part, offset: offset + 1 },
            );
            self.tally(target, Count::Committed, offset - done);
        }
    }

    /// A record that was taken is done, or could not be.
    pub(super) fn answer_record(&mut self, target: Target, slot: u16, done: bool) {
        let machine = self.machine;
        let (flight, meta) = machine.flight(self.process, slot);
        let (part, offset) = (self.state.get(flight + 1) as u32, self.state.get(flight + 2));
        let number = self.state.get(meta) as u32;
        for word in flight..flight + 3 {
            self.state.set(word, 0);
        }
        let owned = machine.partition(self.state, target.shared, part).owner == Some(self.process);
        let before = machine.program.group(target.shared).is_some_and(|group| group.commits_before);
        match (owned, done) {
            (false, _) => {
                self.tell(self.process, Fact::LateAck { target, message: number });
                self.tally(target, Count::LateAcks, 1);
            }
            (true, true) => {
                self.tell(self.process, Fact::Acked { target, message: number });
                self.tally(target, Count::Acked, 1);
                if !before {
                    let done = self.done_up_to(target, part);
                    self.commit(target, part, done);
                }
            }
            (true, false) => {
                self.tell(self.process, Fact::Nacked { target, message: number });
                self.tally(target, Count::Nacked, 1);
                if !before {
                    let at = machine.lists(target.shared).extra(0) + 3 * part as usize;
                    // One that was given back before may lie before it.
                    let position = self.state.get(at + 1).min(offset - 1);
                    self.state.set(at + 1, position);
                }
            }
        }
    }

    /// What a member that has crashed had not committed will be read again.
    pub(super) fn crash_leaves_groups(&mut self) {
        let machine = self.machine;
        for (id, shared) in machine.program.shared.iter().enumerate() {
            if shared.kind != crate::program::SharedKind::Group {
                continue;
            }
            let target = Target { shared: id as SharedId, element: 0 };
            for part in 0..machine.parts(target.shared) {
                let partition = machine.partition(self.state, target.shared, part);
                if partition.owner == Some(self.process) {
                    let at = machine.lists(target.shared).extra(0) + 3 * part as usize;
                    self.note_write(target);
                    self.state.set(at + 1, self.state.get(at));
                }
            }
        }
    }

    /// A group's log is shared out anew among the members that are there.
    pub(super) fn rebalance(&mut self, group: SharedId, quietly: bool) {
        let machine = self.machine;
        let Some(settings) = machine.program.group(group) else { return };
        let target = Target { shared: group, element: 0 };
        let live = if quietly {
            let classes = settings.members.iter();
            classes.flat_map(|&class| machine.layout.classes[class as usize].clone()).collect()
        } else {
            machine.live_members(self.state, settings)
        };
        self.note_write(target);
        for part in 0..machine.parts(group) {
            let at = machine.lists(group).extra(0) + 3 * part as usize;
            let owner = match live.len() {
                0 => 0,
                members => i64::from(live[part as usize % members]) + 1,
            };
            if self.state.get(at + 2) != owner {
                self.state.set(at + 2, owner);
                self.state.set(at + 1, self.state.get(at));
            }
        }
        if !quietly {
            self.tell(self.process, Fact::Rebalanced { target });
            self.tally(target, Count::Rebalances, 1);
        }
    }

    /// A member starts again: where its parts went to others in the meantime, they are shared out
    /// anew.
    pub(super) fn rejoin_groups(&mut self) {
        let machine = self.machine;
        let class = machine.layout.processes[self.process as usize].class;
        for (id, shared) in machine.program.shared.iter().enumerate() {
            let id = id as SharedId;
            let member = shared.kind == crate::program::SharedKind::Group
                && machine.program.group(id).is_some_and(|group| group.members.contains(&class));
            if member {
                let parts = machine.partitions(self.state, id);
                let owns = parts.iter().any(|part| part.owner == Some(self.process));
                if !owns && !parts.is_empty() {
                    self.rebalance(id, false);
                }
            }
        }
    }
}
