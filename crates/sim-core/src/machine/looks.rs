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
        state.get(self.lists(link).extra(0)) != 0
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

    fn looks(&self, state: &State, list: List, at: Target) -> Vec<Look> {
        let messages = (0..state.count_in(list)).map(|nth| state.message(list, nth));
        messages.map(|message| look(&message, list.entry.fields, at)).collect()
    }
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
