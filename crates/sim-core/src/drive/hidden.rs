//! When messages that processes have taken are seen again.
//!
//! Nearly all are answered long before. So a place of a process has one entry in the calendar, and
//! when that comes up it is put off to when the message that lies there now is due: one for each
//! delivery would fill the calendar with what is void.

use super::calendar::Due;
use super::clock::Clock;
use super::entry::Entry;
use crate::machine::Machine;
use crate::trace::ProcessId;
use std::collections::BTreeMap;

/// A message out of sight.
#[derive(Clone, Copy, Debug)]
struct Away {
    /// When it is seen again.
    at: u64,
    /// After how many steps of the run it was delivered.
    taken: u64,
    /// When its place's entry in the calendar comes up, if there is one.
    queued: Option<u64>,
}

/// What is out of sight, or was: by process and slot.
#[derive(Clone, Debug, Default)]
pub(super) struct Hidden(BTreeMap<(ProcessId, u16), Away>);

impl Hidden {
    /// When a message in flight is seen again unless it is answered, nanoseconds.
    pub(super) fn at(&self, process: ProcessId, slot: u16) -> Option<u64> {
        self.0.get(&(process, slot)).map(|away| away.at)
    }

    /// True if an entry of the calendar that comes up at a time is not void.
    pub(super) fn needs(&self, process: ProcessId, slot: u16, at: u64) -> bool {
        let away = self.0.get(&(process, slot));
        away.is_some_and(|away| away.at == at || away.queued == Some(at))
    }
}

impl Clock {
    /// A message was delivered that is seen again after a time unless it is answered.
    pub(super) fn hides(
        &mut self,
        machine: &Machine,
        (process, slot): (ProcessId, u16),
        time: i64,
    ) {
        let at = self.now.saturating_add(time.max(0) as u64);
        let place = (process, slot);
        let away = self.hidden.0.entry(place).or_insert(Away { at, taken: 0, queued: None });
        (away.at, away.taken) = (at, self.taken);
        if away.queued.is_none_or(|queued| queued >= at) {
            self.queue_hidden(machine, place);
        }
    }

    fn queue_hidden(&mut self, machine: &Machine, (process, slot): (ProcessId, u16)) {
        let Some(away) = self.hidden.0.get_mut(&(process, slot)) else { return };
        away.queued = Some(away.at);
        let Away { at, taken, .. } = *away;
        let due = Due::Reappear(process, slot);
        let entry = u32::try_from(taken).map_or_else(
            |_| {
                let class = machine.layout().processes[process as usize].class;
                let from = machine.layout().flights[class as usize][slot as usize].from;
                Entry::new(at, self.tie_of(u64::from(from), u64::from(process), taken), due, 0)
            },
            |taken| Entry::undrawn(at, due, taken),
        );
        self.add(machine, entry);
    }

    /// The entry of a place of a process has come up and was void.
    pub(super) fn put_off(&mut self, machine: &Machine, place: (ProcessId, u16), came_up: u64) {
        let Some(away) = self.hidden.0.get_mut(&place) else { return };
        if away.queued == Some(came_up) {
            away.queued = None;
            if away.at > came_up {
                self.queue_hidden(machine, place);
            }
        }
    }

    /// Everything that is out of sight has an entry of its own time.
    pub(super) fn queue_all_hidden(&mut self, machine: &Machine) {
        let late =
            self.hidden.0.iter().filter(|(_, away)| away.queued.is_some_and(|it| it < away.at));
        let late: Vec<(ProcessId, u16)> = late.map(|(place, _)| *place).collect();
        late.into_iter().for_each(|place| self.queue_hidden(machine, place));
    }
}

#[cfg(test)]
mod tests;
