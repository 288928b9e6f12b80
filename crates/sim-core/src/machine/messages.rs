//! Messages: sending, arriving, receiving, and what becomes of them.
//!
//! Where systems differ: a failed delivery goes back to the head of its queue, as in `RabbitMQ`
//! ("original position if possible, else closer to head"); a crash gives back at once what its
//! process had, as when a `RabbitMQ` channel closes (SQS waits for the visibility timeout);
//! `max_attempts: m` allows m deliveries, as SQS's maxReceiveCount (`RabbitMQ`'s delivery-limit L
//! allows L + 1).

use super::execute::Execution;
use super::lists::Message;
use super::{Machine, State, Watch};
use crate::program::{
    Channel, Count, Error, FaultKind, List, Lists, NONE, Op, Pc, Queue, Reg, SharedId, Strategy,
    WHOLE, WhenFull,
};
use crate::trace::{Fact, ProcessId, Target};

/// What stands in a place for a message whose visibility has ended, until the answer that comes too
/// late: the place is nobody else's before.
pub(super) const LATE: i64 = -1;
/// The list of a queue's messages that wait.
pub(super) const WAITING: u32 = 0;
/// The list of those that wait apart until they are due.
pub(super) const DELAYED: u32 = 1;

impl Machine {
    pub(super) fn lists(&self, channel: SharedId) -> &Lists {
        self.layout.lists[channel as usize].as_ref().expect("a channel has lists")
    }

    pub(super) fn list(&self, channel: Target, nth: u32) -> List {
        self.lists(channel.shared).list(channel.element, nth)
    }

    /// How many messages wait in a queue, those that are not due yet included.
    pub(super) fn waiting_in(&self, state: &State, queue: Target) -> usize {
        let lists = self.lists(queue.shared);
        (0..lists.lists).map(|nth| state.count_in(lists.list(queue.element, nth))).sum()
    }

    /// True if a queue's lists have room for one more, besides what may come back.
    pub(super) fn has_room(&self, state: &State, queue: Target) -> bool {
        let lists = self.lists(queue.shared);
        self.waiting_in(state, queue) + (lists.kept as usize) < lists.room as usize
    }

    /// The queue without room that keeps a sender waiting, if there is one.
    pub(super) fn no_room(&self, state: &State, to: Target) -> Option<Target> {
        let blocks = |target: Target, under_way: usize| {
            let queue = self.program.queue(target.shared)?;
            let full = queue.when_full == WhenFull::Block
                && queue.capacity.is_some_and(|most| {
                    self.waiting_in(state, target) + under_way >= most as usize
                });
            full.then_some(target)
        };
        if let Some(topic) = self.program.topic(to.shared) {
            return topic.subscribers.iter().find_map(|&shared| {
                (0..self.layout.shared[shared as usize].length)
                    .find_map(|element| blocks(Target { shared, element }, 0))
            });
        }
        // What is under way has its room already, whoever sent it.
        let ending = self
            .links
            .iter()
            .filter(|&&link| self.program.link(link).is_some_and(|link| link.to == to.shared));
        let under_way = ending.map(|&link| {
            let list = self.list(Target { shared: link, element: 0 }, 0);
            let is = |nth: &usize| state.message(list, *nth).to == i64::from(to.element);
            (0..state.count_in(list)).filter(is).count()
        });
        blocks(to, under_way.sum())
    }

    /// True if a fault lets sends to a channel, or calls of a replica, fail.
    pub(super) fn may_fail(&self, channel: SharedId) -> bool {
        let faults = self.program.faults.iter();
        faults
            .into_iter()
            .any(|fault| matches!(fault.kind, FaultKind::Fail { of, .. } if of == channel))
    }

    /// The share with which a fault lets what comes to a channel or replica fail, in millionths, and
    /// which fault.
    #[must_use]
    pub fn failing(&self, at: Target) -> Option<(u32, i64)> {
        self.program.faults.iter().enumerate().find_map(|(nth, fault)| match fault.kind {
            FaultKind::Fail { of, share }
                if of == at.shared
                    && fault.victim.number.is_none_or(|number| number == at.element + 1) =>
            {
                Some((nth as u32, share))
            }
            _ => None,
        })
    }

    /// Where a send goes, or the replica that a request enters: what a fault may let fail there.
    #[must_use]
    pub fn fails_where(&self, state: &State, process: ProcessId, pc: Pc) -> Option<Target> {
        match self.program.code[pc as usize] {
            Op::Send { to, .. } => Some(Target { shared: to, element: 0 }),
            Op::Enter { .. } => self.replica_of(state, process),
            _ => None,
        }
    }

    /// The outcomes of a send, each with its weight: it goes well, it meets a fault. `None` where
    /// only one of them is possible.
    pub(super) fn send_weights(&self, at: Target) -> Option<[u64; 2]> {
        let (_, share) = self.failing(at)?;
        let share = share.clamp(0, WHOLE);
        let one = share == 0 || self.send_fails(at);
        (!one).then_some([(WHOLE - share) as u64, share as u64])
    }

    /// True if nothing that is sent to a channel ever comes there.
    pub(super) fn send_fails(&self, at: Target) -> bool {
        self.failing(at).is_some_and(|(fault, share)| {
            let when = self.program.faults[fault as usize].when;
            share >= WHOLE && when == crate::program::When::Always
        })
    }
}

/// What is sent.
pub(super) struct Sending {
    pub(super) to: SharedId,
    pub(super) index: Option<Reg>,
    pub(super) via: Option<SharedId>,
    pub(super) first: Reg,
    pub(super) fields: u16,
    pub(super) key: Option<Reg>,
    pub(super) after: Option<Reg>,
}

impl<W: Watch> Execution<'_, W> {
    /// Gives a message to a channel, or to a link; gives its offset where that is a log.
    pub(super) fn send(&mut self, sending: &Sending) -> Result<Option<i64>, Error> {
        let target = self.element(sending.to, sending.index)?;
        let after = sending.after.map_or(0, |register| self.register(register));
        if after < 0 {
            return Err(Error::NegativeTime);
        }
        let fails = match self.machine.send_weights(Target { shared: sending.to, element: 0 }) {
            Some(weights) => self.outcome_of(&weights) == 1,
            None => self.machine.send_fails(Target { shared: sending.to, element: 0 }),
        };
        if fails {
            self.add_to(self.machine.layout.losses, 1);
            self.tell(self.process, Fact::Unreachable { target });
            for at in 0..sending.fields {
                let value = self.register(sending.first + at);
                self.tell(self.process, Fact::Field { value });
            }
            self.tell(self.process, Fact::Raised { error: Error::Unavailable });
            return Err(Error::Unavailable);
        }
        let mut message = Message {
            number: self.new_number(),
            sender: i64::from(self.process) + 1,
            to: i64::from(target.element),
            key: sending.key.map_or(NONE, |register| self.register(register)),
            ..Message::default()
        };
        for (at, field) in message.fields[..sending.fields as usize].iter_mut().enumerate() {
            *field = self.register(sending.first + at as Reg);
        }
        self.tell(self.process, Fact::Sent { target, message: message.number as u32 });
        for &value in &message.fields[..sending.fields as usize] {
            self.tell(self.process, Fact::Field { value });
        }
        self.tally(target, Count::Sent, 1);
        match sending.via {
            Some(link) => self.put_on_link(link, target, &message).map(|()| None),
            None => self.give(target, &message, after),
        }
    }

    fn put_on_link(
        &mut self,
        link: SharedId,
        target: Target,
        message: &Message,
    ) -> Result<(), Error> {
        let on = Target { shared: link, element: 0 };
        let list = self.machine.list(on, 0);
        let fifo = self.machine.program.link(link).is_some_and(|link| link.fifo);
        if self.state.count_in(list) + self.machine.lists(link).kept as usize >= list.room {
            return Err(Error::TooMany);
        }
        self.note_write(on);
        if fifo {
            self.state.push(list, message);
        } else {
            self.state.insert_in_order(list, message);
        }
        self.tell(self.process, Fact::OnLink { link, target, message: message.number as u32 });
        self.tally(on, Count::Sent, 1);
        Ok(())
    }

    /// A message comes to a channel.
    pub(super) fn give(
        &mut self,
        target: Target,
        message: &Message,
        after: i64,
    ) -> Result<Option<i64>, Error> {
        let machine = self.machine;
        match machine.program.channel(target.shared) {
            Some(Channel::Queue(_)) => self.accept(target, message, after).map(|()| None),
            Some(Channel::Log(_)) => self.append(target, message).map(Some),
            Some(Channel::Topic(topic)) => {
                let mut refused = Ok(None);
                for &shared in &topic.subscribers {
                    for element in 0..machine.layout.shared[shared as usize].length {
                        let copy = Message { number: self.new_number(), ..*message };
                        self.tell(
                            self.process,
                            Fact::Doubled {
                                target,
                                message: message.number as u32,
                                copy: copy.number as u32,
                            },
                        );
                        match self.accept(Target { shared, element }, &copy, after) {
                            Ok(()) => {}
                            Err(Error::TooMany) => return Err(Error::TooMany),
                            Err(error) => refused = Err(error),
                        }
                    }
                }
                self.tally(target, Count::Accepted, i64::from(refused.is_ok()));
                refused
            }
            Some(Channel::Group(_) | Channel::Link(_)) | None => Ok(None),
        }
    }

    fn accept(&mut self, target: Target, message: &Message, after: i64) -> Result<(), Error> {
        let machine = self.machine;
        let Some(queue) = machine.program.queue(target.shared) else { return Ok(()) };
        let number = message.number as u32;
        let waiting = machine.list(target, WAITING);
        let full = queue
            .capacity
            .is_some_and(|most| machine.waiting_in(self.state, target) >= most as usize);
        self.note_write(target);
        if full {
            match queue.when_full {
                WhenFull::Reject => {
                    self.tell(self.process, Fact::Refused { target, message: number });
                    self.tally(target, Count::Rejected, 1);
                    self.tell(self.process, Fact::Raised { error: Error::Rejected });
                    return Err(Error::Rejected);
                }
                WhenFull::DropNewest => {
                    self.tell(self.process, Fact::Accepted { target, message: number });
                    self.tell(self.process, Fact::Dropped { target, message: number });
                    self.tally(target, Count::Accepted, 1);
                    self.tally(target, Count::Dropped, 1);
                    return Ok(());
                }
                WhenFull::DropOldest => {
                    // Who waits apart is not at the head; with nobody else it goes all the same.
                    let mut lists = (0..machine.lists(target.shared).lists)
                        .map(|nth| machine.list(target, nth));
                    if let Some(from) = lists.find(|list| self.state.count_in(*list) > 0) {
                        let oldest = self.state.remove(from, 0).number as u32;
                        self.tell(self.process, Fact::Dropped { target, message: oldest });
                        self.tally(target, Count::Dropped, 1);
                    }
                }
                // Who waits for room has been let in by now; what comes otherwise is let in too.
                WhenFull::Block => {}
            }
        }
        let list = if after > 0 { machine.list(target, DELAYED) } else { waiting };
        if !machine.has_room(self.state, target) {
            self.tell(self.process, Fact::Refused { target, message: number });
            self.tally(target, Count::Rejected, 1);
            return Err(Error::TooMany);
        }
        self.tell(self.process, Fact::Accepted { target, message: number });
        self.tally(target, Count::Accepted, 1);
        if after > 0 {
            self.state.insert_in_order(list, message);
            let time = Some(after);
            self.tell(self.process, Fact::Delayed { target, message: number, time, attempts: 0 });
        } else {
            self.state.push(list, message);
        }
        Ok(())
    }

    /// A delivery of a message has failed: it comes again, or it was the last one.
    pub(super) fn failed_delivery(&mut self, target: Target, message: &Message) {
        let machine = self.machine;
        let Some(queue) = machine.program.queue(target.shared) else { return };
        let number = message.number as u32;
        self.note_write(target);
        if queue.max_attempts.is_some_and(|most| message.deliveries >= i64::from(most)) {
            self.tell(self.process, Fact::Dead { target, message: number });
            self.tally(target, Count::Dead, 1);
            if let Some(shared) = queue.dead_letter {
                let put_aside = Message { deliveries: 0, ..*message };
                // What finds no room there is refused or dropped, as its counts tell.
                let _ = self.accept(Target { shared, element: 0 }, &put_aside, 0);
            }
            return;
        }
        let attempts = message.deliveries as u32;
        if machine.waiting_in(self.state, target) >= machine.lists(target.shared).room as usize {
            self.tell(self.process, Fact::Dropped { target, message: number });
            self.tally(target, Count::Dropped, 1);
        } else if queue.backoff.strategy == Strategy::None {
            let list = machine.list(target, WAITING);
            self.state.insert(list, 0, message);
            self.tell(self.process, Fact::Returned { target, message: number });
        } else {
            let list = machine.list(target, DELAYED);
            self.state.insert_in_order(list, message);
            self.tell(
                self.process,
                Fact::Delayed { target, message: number, time: None, attempts },
            );
        }
    }

    /// The process takes a message from a queue; gives what its registers get.
    pub(super) fn take_message(
        &mut self,
        target: Target,
        queue: &Queue,
        fields: u16,
    ) -> Result<Taken, Error> {
        let machine = self.machine;
        let slot = match queue.at_most_once {
            true => None,
            false => Some(self.free_flight(target.shared)?),
        };
        self.note_read(target);
        self.note_write(target);
        let mut message = self.state.remove(machine.list(target, WAITING), 0);
        message.deliveries += 1;
        if let Some(slot) = slot {
            let (at, meta) = machine.flight(self.process, slot);
            self.state.set(at, i64::from(target.element) + 1);
            let entry = machine.lists(target.shared).entry;
            self.state.set_message(entry, at + 1, meta, &message);
        }
        let (number, attempt) = (message.number as u32, message.deliveries as u32);
        self.tell(self.process, Fact::Delivered { target, message: number, attempt, slot });
        for &value in &message.fields[..fields as usize] {
            self.tell(self.process, Fact::Field { value });
        }
        self.tally(target, Count::Delivered, 1);
        self.tally(target, Count::Redelivered, i64::from(attempt > 1));
        if slot.is_none() {
            self.tell(self.process, Fact::Acked { target, message: number });
            self.tally(target, Count::Acked, 1);
        }
        Ok(Taken { handle: slot.map_or(0, |slot| i64::from(slot) + 1), offset: 0, message })
    }

    /// A free place for one more message from a channel.
    pub(super) fn free_flight(&self, from: SharedId) -> Result<u16, Error> {
        let machine = self.machine;
        let class = machine.layout.processes[self.process as usize].class;
        let flights = machine.layout.flights[class as usize].iter().enumerate();
        let mut late = None;
        for (slot, _) in flights.filter(|(_, flight)| flight.from == from) {
            let (at, _) = machine.flight(self.process, slot as u16);
            match self.state.get(at) {
                0 => return Ok(slot as u16),
                // Somebody may still say too late that this is done: only if there is no other.
                LATE => late = late.or(Some(slot as u16)),
                _ => {}
            }
        }
        late.ok_or(Error::TooMany)
    }

    /// A message that was taken is done, or given back.
    pub(super) fn answer(&mut self, from: SharedId, register: Reg, done: bool) {
        let machine = self.machine;
        let handle = self.register(register);
        self.set_register(register, NONE);
        if handle == NONE {
            return self.answers_late(from, 0);
        }
        // Delivered counted as done: there is nothing to say any more.
        let Some(slot) = u16::try_from(handle).ok().and_then(|handle| handle.checked_sub(1)) else {
            return;
        };
        let (at, meta) = machine.flight(self.process, slot);
        let element = self.state.get(at) - 1;
        let number = self.state.get(meta) as u32;
        let Ok(element) = u32::try_from(element) else {
            self.state.set(at, 0);
            return self.answers_late(from, number);
        };
        let target = Target { shared: from, element };
        self.note_write(target);
        if machine.program.group(from).is_some() {
            return self.answer_record(target, slot, done);
        }
        let message = self.land_flight(slot);
        if done {
            self.tell(self.process, Fact::Acked { target, message: number });
            self.tally(target, Count::Acked, 1);
        } else {
            self.tell(self.process, Fact::Nacked { target, message: number });
            self.tally(target, Count::Nacked, 1);
            self.failed_delivery(target, &message);
        }
    }

    /// An answer to a message that is no longer one's own.
    fn answers_late(&mut self, from: SharedId, message: u32) {
        let target = Target { shared: from, element: 0 };
        self.note_write(target);
        self.tell(self.process, Fact::LateAck { target, message });
        self.tally(target, Count::LateAcks, 1);
    }

    /// Takes what a process has in one of its places out of it. Its number stays known there, for an
    /// answer that comes too late.
    pub(super) fn land_flight(&mut self, slot: u16) -> Message {
        let machine = self.machine;
        let (at, meta) = machine.flight(self.process, slot);
        let class = machine.layout.processes[self.process as usize].class;
        let from = machine.layout.flights[class as usize][slot as usize].from;
        let entry = machine.lists(from).entry;
        let message = self.state.message_at(entry, at + 1, meta);
        for word in at..=at + entry.width() as usize {
            self.state.set(word, 0);
        }
        message
    }

    /// The process has crashed: what it had comes again.
    pub(super) fn crash_gives_back(&mut self) {
        let machine = self.machine;
        let class = machine.layout.processes[self.process as usize].class;
        for (slot, flight) in machine.layout.flights[class as usize].iter().enumerate() {
            let (at, _) = machine.flight(self.process, slot as u16);
            let Ok(element) = u32::try_from(self.state.get(at) - 1) else {
                self.state.set(at, 0);
                continue;
            };
            let target = Target { shared: flight.from, element };
            if machine.program.group(flight.from).is_some() {
                self.state.set(at, 0);
                self.state.set(at + 1, 0);
                self.state.set(at + 2, 0);
                continue;
            }
            let message = self.land_flight(slot as u16);
            self.failed_delivery(target, &message);
        }
        self.crash_leaves_groups();
    }

    /// Adds to a count, where a promise reads it.
    #[inline(always)]
    pub(super) fn tally(&mut self, target: Target, count: Count, by: i64) {
        if self.machine.tallied[target.shared as usize] {
            self.add_to_tally(target, count, by);
        }
    }

    #[inline(never)]
    fn add_to_tally(&mut self, target: Target, count: Count, by: i64) {
        let machine = self.machine;
        let Some(channel) = machine.program.channel(target.shared) else { return };
        let Some(counter) = channel.counts().of(count).filter(|_| by != 0) else { return };
        let counter = Target { shared: counter, element: target.element };
        let old = self.read(counter);
        let new = old.saturating_add(by);
        self.write(counter, new);
        self.result.counted |= old != new;
        self.result.counted_on |= old != new;
        self.tell(self.process, Fact::Counted { target: counter, old, new });
    }

    pub(super) fn new_number(&mut self) -> i64 {
        let at = self.machine.layout.messages as usize;
        let number = self.state.get(at) + 1;
        self.state.set(at, number);
        number
    }

    pub(super) fn add_to(&mut self, word: u32, by: i64) {
        let at = word as usize;
        self.state.set(at, self.state.get(at) + by);
    }
}

/// What a process has taken.
pub(super) struct Taken {
    pub(super) handle: i64,
    pub(super) offset: i64,
    pub(super) message: Message,
}

impl Machine {
    /// The first word of a place for a message taken, and of what else is known of it.
    pub(super) fn flight(&self, process: ProcessId, slot: u16) -> (usize, usize) {
        let declared = self.layout.processes[process as usize];
        let flight = self.layout.flights[declared.class as usize][slot as usize];
        let at = declared.flights_at + flight.offset;
        let meta = declared.flights_meta + u32::from(slot) * crate::program::META;
        (at as usize, meta as usize)
    }
}
