//! What is due when: a heap of entries, the earliest first.

use crate::program::{Pc, SharedId};
use crate::trace::{ProcessId, Target};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

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
}

impl Due {
    fn rank(self) -> u8 {
        match self {
            Due::Strike(_) => 0,
            Due::Lift(_) => 1,
            Due::Arrive(_) => 2,
            Due::Step(_) => 3,
            Due::Expire(..) => 4,
            Due::TimeOut(..) => 5,
            Due::WaitOver(..) => 6,
            Due::Heal(_) => 1,
            Due::Double(..) | Due::Travel(..) | Due::Ready(..) => 2,
            Due::Reappear(..) | Due::Rebalance(_) => 5,
        }
    }

    pub(super) fn lease(lock: Target) -> Due {
        Due::Expire(lock.shared, lock.element)
    }
}

/// An entry: when, and among equals in which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub(super) at: u64,
    rank: u8,
    /// A draw, so that neither storage order nor age decides among those ready at one instant.
    tie: u64,
    pub(super) due: Due,
    /// How often its process had come to stand (for a `within`: had begun one); an entry of
    /// another stand is void.
    pub(super) stand: u32,
}

/// Entries by time. What is no longer so is left in and thrown away when it comes up.
#[derive(Clone, Debug, Default)]
pub(super) struct Calendar {
    heap: BinaryHeap<Reverse<Entry>>,
    /// How many entries were left when the void ones were thrown away.
    kept: usize,
}

/// So few entries are never worth a look.
const FEW: usize = 256;

impl Calendar {
    pub(super) fn add(&mut self, at: u64, tie: u64, due: Due, stand: u32) {
        self.heap.push(Reverse(Entry { at, rank: due.rank(), tie, due, stand }));
    }

    pub(super) fn first(&self) -> Option<Entry> {
        self.heap.peek().map(|entry| entry.0)
    }

    /// Puts back an entry that was taken out.
    pub(super) fn put_back(&mut self, entry: Entry) {
        self.heap.push(Reverse(entry));
    }

    pub(super) fn drop_first(&mut self) {
        self.heap.pop();
    }

    /// True when there are so many entries that the void ones should go: twice as many as were
    /// left last time, so that an entry costs the same however many there are.
    pub(super) fn is_full(&self) -> bool {
        self.heap.len() > FEW.max(2 * self.kept)
    }

    /// Throws away what is void.
    pub(super) fn retain(&mut self, keep: impl Fn(&Entry) -> bool) {
        self.heap.retain(|entry| keep(&entry.0));
        self.kept = self.heap.len();
    }
}
