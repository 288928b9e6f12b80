//! Messages, for those who look.

use super::lists::Message;
use super::messages::{DELAYED, WAITING};
use super::{Machine, State};
use crate::program::{List, SharedId};
use crate::trace::{ProcessId, Target};

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Its number in the run, from 1.
    pub id: u32,
    /// How often it was delivered.
    pub deliveries: u32,
    /// Who sent it.
    pub sender: Option<ProcessId>,
    /// Its key, or `none`.
    pub key: i64,
    /// Its fields.
    pub fields: Vec<i64>,
    /// Where it is, or on a link, where it goes.
    pub to: Target,
}

impl Machine {
    /// Messages that wait in a queue, in order.
    #[must_use]
    pub fn waiting_messages(&self, state: &State, queue: Target) -> Vec<Look> {
        self.looks(state, self.list(queue, WAITING), queue)
    }

    /// Messages of a queue that wait apart until they are due.
    #[must_use]
    pub fn delayed_messages(&self, state: &State, queue: Target) -> Vec<Look> {
        if self.lists(queue.shared).lists < 2 {
            return Vec::new();
        }
        self.looks(state, self.list(queue, DELAYED), queue)
    }

    /// What a process has taken and not done: which of its places, and what. Of a group's record
    /// only its number is known.
    #[must_use]
    pub fn in_flight(&self, state: &State, process: ProcessId) -> Vec<(u16, Look)> {
        let class = self.layout.processes[process as usize].class;
        let flights = self.layout.flights[class as usize].iter().enumerate();
        let taken = flights.filter_map(|(slot, flight)| {
            let (at, meta) = self.flight(process, slot as u16);
            let element = u32::try_from(state.get(at) - 1).ok()?;
            let to = Target { shared: flight.from, element };
            let look = if self.program.queue(flight.from).is_some() {
                let entry = self.lists(flight.from).entry;
                look(&state.message_at(entry, at + 1, meta), entry.fields, to)
            } else {
                let number = state.get(meta);
                look(&Message { number, deliveries: 1, ..Message::default() }, 0, to)
            };
            Some((slot as u16, look))
        });
        taken.collect()
    }

    /// Messages on a link, in the order in which choices name them.
    #[must_use]
    pub fn under_way(&self, state: &State, link: SharedId) -> Vec<Look> {
        let list = self.list(Target { shared: link, element: 0 }, 0);
        let end = self.program.link(link).map_or(link, |link| link.to);
        let messages = (0..state.count_in(list)).map(|nth| state.message(list, nth));
        let fields = list.entry.fields;
        messages
            .map(|message| {
                look(&message, fields, Target { shared: end, element: message.to as u32 })
            })
            .collect()
    }

    /// The entries that a part of a log keeps, and the offset of the first of them.
    #[must_use]
    pub fn entries(&self, state: &State, log: SharedId, part: u32) -> (i64, Vec<Look>) {
        let target = Target { shared: log, element: 0 };
        let looks = self.looks(state, self.list(target, part), target);
        (self.reach(state, target, part).0, looks)
    }

    /// True while nothing gets over a link.
    #[must_use]
    pub fn is_cut(&self, state: &State, link: SharedId) -> bool {
        state.get(self.cut_word(link)) != 0
    }

    /// How many of a queue's messages are delivered and not done.
    #[must_use]
    pub fn flying(&self, state: &State, queue: Target) -> i64 {
        let processes = 0..self.layout.processes.len() as ProcessId;
        let taken = processes.map(|process| {
            let class = self.layout.processes[process as usize].class;
            let flights = self.layout.flights[class as usize].iter().enumerate();
            let of = flights.filter(|(slot, flight)| {
                flight.from == queue.shared
                    && state.get(self.flight(process, *slot as u16).0)
                        == i64::from(queue.element) + 1
            });
            of.count() as i64
        });
        taken.sum()
    }

    /// Where a message is on a link, as choices name it: of those that are alike the first.
    #[must_use]
    pub fn place_on_link(&self, state: &State, link: SharedId, message: u32) -> Option<u32> {
        let at = Target { shared: link, element: 0 };
        let fifo = self.program.link(link).is_some_and(|link| link.fifo);
        self.place_named(state, self.list(at, WAITING), message, !fifo)
    }

    /// Where a message that may be doubled is, as choices name it.
    #[must_use]
    pub fn place_to_double(&self, state: &State, at: Target, message: u32) -> Option<u32> {
        let fifo = self.program.link(at.shared).is_some_and(|link| link.fifo);
        let list = self.list(at, WAITING);
        let room = match self.program.queue(at.shared) {
            Some(_) => self.has_room(state, at),
            None => state.count_in(list) + 1 < list.room,
        };
        let place = self.place_named(state, list, message, !fifo).filter(|_| room)?;
        (self.program.link(at.shared).is_none_or(|_| !self.is_cut(state, at.shared)))
            .then_some(place)
    }

    /// Where a message that waits apart is, as choices name it.
    #[must_use]
    pub fn place_delayed(&self, state: &State, queue: Target, message: u32) -> Option<u32> {
        self.place_named(state, self.list(queue, DELAYED), message, true)
    }

    fn place_named(&self, state: &State, list: List, message: u32, alike: bool) -> Option<u32> {
        let mut numbers = (0..state.count_in(list)).map(|nth| state.message(list, nth).number);
        let mut place = numbers.position(|number| number == i64::from(message))?;
        while alike && place > 0 && is_like_before(state, list, place) {
            place -= 1;
        }
        Some(place as u32)
    }

    /// The numbers of a message on a link and of those that are like it.
    #[must_use]
    pub fn alike_on_link(&self, state: &State, link: SharedId, place: u32) -> Vec<u32> {
        let fifo = self.program.link(link).is_some_and(|link| link.fifo);
        let list = self.list(Target { shared: link, element: 0 }, WAITING);
        self.numbers_alike(state, list, place, !fifo)
    }

    /// Where a message on a link goes, and the numbers of those behind it that go there too.
    #[must_use]
    pub fn behind_on_link(&self, state: &State, link: SharedId, place: u32) -> (u32, Vec<u32>) {
        let list = self.list(Target { shared: link, element: 0 }, WAITING);
        let to = state.message(list, place as usize).to;
        let behind = (place as usize + 1..state.count_in(list)).map(|nth| state.message(list, nth));
        let same = behind.filter(|message| message.to == to);
        (to as u32, same.map(|message| message.number as u32).collect())
    }

    /// The numbers of a message that waits apart and of those that are like it.
    #[must_use]
    pub fn alike_delayed(&self, state: &State, queue: Target, place: u32) -> Vec<u32> {
        self.numbers_alike(state, self.list(queue, DELAYED), place, true)
    }

    fn numbers_alike(&self, state: &State, list: List, place: u32, alike: bool) -> Vec<u32> {
        let count = state.count_in(list);
        let mut numbers = Vec::new();
        let mut nth = place as usize;
        while nth < count && (nth == place as usize || (alike && is_like_before(state, list, nth)))
        {
            numbers.push(state.message(list, nth).number as u32);
            nth += 1;
        }
        numbers
    }

    /// True if a process has a message in one of its places.
    #[must_use]
    pub fn has_in_flight(&self, state: &State, process: ProcessId, slot: u16) -> bool {
        state.get(self.flight(process, slot).0) > 0
    }

    /// True if a group's parts may be shared out anew.
    #[must_use]
    pub fn rebalances(&self, state: &State, group: SharedId) -> bool {
        self.may_rebalance(state, group)
    }

    /// The groups of the program.
    #[must_use]
    pub fn groups(&self) -> &[SharedId] {
        &self.groups
    }

    /// True if a fault may cut its links.
    #[must_use]
    pub fn cuts_now(&self, state: &State, fault: u32) -> bool {
        let declared = &self.program.faults[fault as usize];
        let struck = state.get(self.layout.struck[fault as usize] as usize);
        struck < i64::from(declared.most)
            && declared.links.iter().any(|&link| !self.is_cut(state, link))
    }

    /// True if the links of a fault may become whole.
    #[must_use]
    pub fn heals(&self, state: &State, fault: u32) -> bool {
        self.may_heal(state, fault)
    }

    fn looks(&self, state: &State, list: List, at: Target) -> Vec<Look> {
        let messages = (0..state.count_in(list)).map(|nth| state.message(list, nth));
        messages.map(|message| look(&message, list.entry.fields, at)).collect()
    }
}

/// True if a message is in all that matters the same as the one before it: to take one or the other is
/// no choice.
pub(super) fn is_like_before(state: &State, list: List, nth: usize) -> bool {
    let words = |nth: usize| {
        let one = state.message(list, nth);
        (one.to, one.key, one.fields, one.told(list.entry))
    };
    nth > 0 && !list.entry.number && words(nth) == words(nth - 1)
}

fn look(message: &Message, fields: u32, to: Target) -> Look {
    Look {
        id: message.number as u32,
        deliveries: message.deliveries as u32,
        sender: ProcessId::try_from(message.sender - 1).ok(),
        key: message.key,
        fields: message.fields[..fields as usize].to_vec(),
        to,
    }
}
