//! An entry of the calendar: what is due, when, and among equals in which order.

use super::calendar::Due;

/// Draws that order what is due at one instant.
pub(super) trait Ties {
    /// The draw of a step, where its process has come to stand so often; of an arrival, where so many
    /// came before; of a message that is seen again, where it was delivered after so many steps.
    fn tie(&self, due: Due, stand: u32) -> u64;
}

/// An entry: when, and among equals in which order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) at: u64,
    /// A draw, so that neither storage order nor age decides among those ready at one instant. Those
    /// needed most often are drawn when they first matter, which they seldom do.
    tie: u64,
    pub(super) due: Due,
    /// How often its process had come to stand (for a `within`: had begun one); an entry of
    /// another stand is void. For the rest see [`Ties::tie`].
    pub(super) stand: u32,
}

/// Not drawn yet. No draw gives this.
const UNKNOWN: u64 = u64::MAX;

impl Entry {
    pub(super) fn new(at: u64, tie: u64, due: Due, stand: u32) -> Entry {
        debug_assert!(tie != UNKNOWN);
        Entry { at, tie, due, stand }
    }

    /// An entry whose tie is drawn when it must be.
    pub(super) fn undrawn(at: u64, due: Due, stand: u32) -> Entry {
        Entry { at, tie: UNKNOWN, due, stand }
    }

    /// Draws what orders it, if that has not been done.
    pub(super) fn draw_tie(&mut self, ties: &impl Ties) {
        if self.tie == UNKNOWN {
            self.tie = ties.tie(self.due, self.stand);
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
