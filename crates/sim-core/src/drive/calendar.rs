//! What is due when, the earliest first.

use super::entry::{Entry, Ties};
use super::heap::Heap;
use crate::program::{Pc, SharedId};
use crate::trace::{ProcessId, Target};

/// Something that will be due. Among what is due at one instant, the order of these kinds decides:
/// faults first, then arrivals (messages too), then steps, and last what runs out: who is done in time is in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Due {
    /// A fault strikes.
    Strike(u32),
    /// A process goes on or starts again after a fault.
    Lift(ProcessId),
    /// An instance of a class arrives.
    Arrive(u32),
    /// A process may take its step.
    Step(ProcessId),
    /// A lease runs out.
    Expire(SharedId, u32),
    /// A `within` of a process strikes: which by nesting.
    TimeOut(ProcessId, u16),
    /// A process has waited too long for a permit where it stands.
    WaitOver(ProcessId, Pc),
    /// A message comes to the end of a link, or would have.
    Travel(SharedId, u32),
    /// A message on a link, or in an element of a queue, is doubled.
    Double(SharedId, u32, u32),
    /// A message that waits apart is due.
    Ready(SharedId, u32, u32),
    /// A message is seen again: who has it, and which of its places.
    Reappear(ProcessId, u16),
    /// A group's session with a member is over.
    Rebalance(SharedId),
    /// The links of a fault are whole again.
    Heal(u32),
    /// A replica comes back after a fault: its service and which.
    ReplicaBack(SharedId, u32),
    /// The next commit of a database reaches a replica.
    Replicate(SharedId, u32),
}

impl Due {
    pub(super) fn rank(self) -> u8 {
        match self {
            Due::Strike(_) => 0,
            Due::Lift(_) => 1,
            Due::Arrive(_) => 2,
            Due::Step(_) => 3,
            Due::Expire(..) => 4,
            Due::TimeOut(..) => 5,
            Due::WaitOver(..) => 6,
            Due::Heal(_) | Due::ReplicaBack(..) => 1,
            Due::Double(..) | Due::Travel(..) | Due::Ready(..) | Due::Replicate(..) => 2,
            Due::Reappear(..) | Due::Rebalance(_) => 5,
        }
    }

    pub(super) fn lease(lock: Target) -> Due {
        Due::Expire(lock.shared, lock.element)
    }
}

/// Entries by time. What is no longer so is left in and thrown away when it comes up.
///
/// Those that come first are kept apart, in order: what is due now never goes through the heap, and
/// few entries need none.
#[derive(Clone, Debug, Default)]
pub(super) struct Calendar {
    /// The first ones, the very first last. All come before those in the heap.
    front: Vec<Entry>,
    heap: Heap,
    /// How many entries were left when the void ones were thrown away.
    kept: usize,
}

/// So many entries are kept in front: as many as are drawn from at one instant.
pub(super) const FRONT: usize = 16;
/// So few entries are never worth a look.
const FEW: usize = 256;

impl Calendar {
    pub(super) fn add(&mut self, mut entry: Entry, ties: &impl Ties) {
        // What comes first of all needs no search.
        if self.front.len() < FRONT && self.front.last().is_some_and(|first| entry.at < first.at) {
            return self.front.push(entry);
        }
        let few = self.front.len() < FRONT;
        let is_in_front = match (self.front.first_mut(), self.heap.first_at()) {
            (_, None) if few => true,
            (Some(last), _) => entry.is_before(last, ties),
            (None, Some(first)) if entry.at == first => {
                self.heap.first_mut(ties).is_none_or(|first| entry.is_before(first, ties))
            }
            (None, Some(first)) => entry.at < first,
            (None, None) => true,
        };
        if !is_in_front {
            return self.heap.push(entry, ties);
        }
        let mut at = self.front.len();
        self.front.push(entry);
        while at > 0 && !entry.is_before(&mut self.front[at - 1], ties) {
            self.front[at] = self.front[at - 1];
            at -= 1;
        }
        self.front[at] = entry;
        if self.front.len() > FRONT {
            let last = self.front.remove(0);
            self.heap.push(last, ties);
        }
    }

    /// The first entry.
    #[inline]
    pub(super) fn first(&mut self, ties: &impl Ties) -> Option<&Entry> {
        if self.front.is_empty() {
            let first = self.heap.take_first(ties)?;
            self.front.push(first);
        }
        self.front.last()
    }

    /// True if nothing but the first entry is due until then.
    #[inline]
    pub(super) fn is_first_alone(&self, until: u64) -> bool {
        let second = self.front.len().checked_sub(2).map(|at| self.front[at].at);
        second.or_else(|| self.heap.first_at()).is_none_or(|at| at > until)
    }

    /// The entry with this place in the order, from 0, if it is known or is due no later than
    /// `until`.
    pub(super) fn nth(&mut self, nth: usize, until: u64, ties: &impl Ties) -> Option<Entry> {
        if nth == self.front.len() && self.heap.first_at().is_some_and(|at| at <= until) {
            let entry = self.heap.take_first(ties)?;
            self.front.insert(0, entry);
        }
        let at = self.front.len().checked_sub(nth + 1)?;
        Some(self.front[at])
    }

    /// Throws away the entry with this place in the order.
    pub(super) fn drop_nth(&mut self, nth: usize) {
        let at = self.front.len() - nth - 1;
        self.front.remove(at);
    }

    /// Throws away the very first entry, which is taken, if it is this. (Else it goes as void.)
    pub(super) fn drop_first(&mut self, due: Due) {
        self.front.pop_if(|first| first.due == due);
    }

    /// Throws away a step, which is taken, if it is among the first. (Else it goes as void.)
    pub(super) fn drop_step(&mut self, process: ProcessId, stand: u32) {
        let is_it = |entry: &Entry| {
            matches!(entry.due, Due::Step(one) if one == process) && entry.stand == stand
        };
        if self.front.last().is_some_and(is_it) {
            self.front.pop();
        } else {
            self.drop_from_front(is_it);
        }
    }

    #[inline(never)]
    fn drop_from_front(&mut self, is_it: impl Fn(&Entry) -> bool) {
        if let Some(at) = self.front.iter().rposition(is_it) {
            self.front.remove(at);
        }
    }

    /// True when there are so many entries that the void ones should go: twice as many as were
    /// left last time, so that an entry costs the same however many there are.
    pub(super) fn is_full(&self) -> bool {
        self.heap.len() > FEW.max(2 * self.kept)
    }

    /// Throws away what is void.
    pub(super) fn retain(&mut self, keep: impl Fn(&Entry) -> bool, ties: &impl Ties) {
        self.heap.retain(keep, ties);
        self.kept = self.heap.len();
    }

    /// How many entries there are, void ones included.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.front.len() + self.heap.len()
    }

    /// Draws all that orders entries.
    pub(super) fn draw_ties(&mut self, ties: &impl Ties) {
        self.front.iter_mut().for_each(|entry| entry.draw_tie(ties));
        self.heap.draw_ties(ties);
    }
}
