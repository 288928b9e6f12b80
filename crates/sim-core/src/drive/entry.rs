//! An entry of the calendar: what is due, when, and among equals in which order.

use super::calendar::Due;
use crate::trace::ProcessId;

/// Draws that order the steps due at one instant.
pub(super) trait Ties {
    /// The draw of a process's step, where it has come to stand so often.
    fn tie(&self, process: ProcessId, stand: u32) -> u64;
}

/// An entry: when, and among equals in which order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) at: u64,
    /// A draw, so that neither storage order nor age decides among those ready at one instant. That
    /// of a step is drawn when it first matters, which it seldom does.
    tie: u64,
    pub(super) due: Due,
    /// How often its process had come to stand (for a `within`: had begun one); an entry of
    /// another stand is void.
    pub(super) stand: u32,
}

/// Not drawn yet. No draw gives this.
const UNKNOWN: u64 = u64::MAX;

impl Entry {
    pub(super) fn new(at: u64, tie: u64, due: Due, stand: u32) -> Entry {
        debug_assert!(tie != UNKNOWN);
        Entry { at, tie, due, stand }
    }

    /// A step, whose tie is drawn when it must be.
    pub(super) fn of_step(at: u64, process: ProcessId, stand: u32) -> Entry {
        Entry { at, tie: UNKNOWN, due: Due::Step(process), stand }
    }

    /// Draws what orders it, if that has not been done.
    pub(super) fn draw_tie(&mut self, ties: &impl Ties) {
        if self.tie == UNKNOWN
            && let Due::Step(process) = self.due
        {
            self.tie = ties.tie(process, self.stand);
        }
    }

    /// True if it comes before another.
    #[inline]
    pub(super) fn is_before(&mut self, other: &mut Entry, ties: &impl Ties) -> bool {
        if self.at != other.at {
            return self.at < other.at;
        }
        self.is_before_at_one_instant(other, ties)
    }

    #[cold]
    fn is_before_at_one_instant(&mut self, other: &mut Entry, ties: &impl Ties) -> bool {
        if self.due.rank() == other.due.rank() {
            self.draw_tie(ties);
            other.draw_tie(ties);
        }
        self.key() < other.key()
    }

    /// What orders it among others.
    pub(super) fn key(&self) -> (u64, u8, u64, Due, u32) {
        (self.at, self.due.rank(), self.tie, self.due, self.stand)
    }
}
