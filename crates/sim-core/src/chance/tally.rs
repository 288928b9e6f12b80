//! What came of the continuations of a moment.

use super::wilson::{MILLION, wilson};
use serde::{Deserialize, Serialize};

/// How often what came of the continuations of a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How many there were.
    pub continuations: u32,
    /// How many of them ended broken: a promise was broken, or processes were left waiting.
    pub broken: u32,
    /// How many met a ceiling before either was known. They count neither as broken nor as fine.
    pub not_ended: u32,
    /// For each promise, in text order, how many broke it first. Of two that broke at once it is the
    /// earlier in the text.
    pub promises: Vec<u32>,
    /// How many broke no promise and ended in a deadlock.
    pub deadlocks: u32,
    /// How many broke no promise and ended with processes waiting for what nobody gives.
    pub stuck: u32,
    /// Promises (indices) that were broken before the continuations began: then all are broken.
    pub already: Vec<u32>,
}

/// How one continuation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Fine,
    Broke(usize),
    Deadlock,
    Stuck,
    NotEnded,
}

impl Tally {
    pub(super) fn new(promises: usize) -> Tally {
        Tally { promises: vec![0; promises], ..Tally::default() }
    }

    pub(super) fn count(&mut self, outcome: Outcome) {
        self.continuations += 1;
        self.broken += u32::from(!matches!(outcome, Outcome::Fine | Outcome::NotEnded));
        match outcome {
            Outcome::Fine => {}
            Outcome::Broke(promise) => self.promises[promise] += 1,
            Outcome::Deadlock => self.deadlocks += 1,
            Outcome::Stuck => self.stuck += 1,
            Outcome::NotEnded => self.not_ended += 1,
        }
    }

    /// The share known to end broken, in millionths.
    #[must_use]
    pub fn share(&self) -> u32 {
        let all = u64::from(self.continuations.max(1));
        ((u64::from(self.broken) * u64::from(MILLION) + all / 2) / all) as u32
    }

    /// Between what the share lies, in millionths, 95 times in a hundred; see [`wilson`]. Those that
    /// did not end may all be fine or all be broken, and the interval reaches over both.
    #[must_use]
    pub fn interval(&self) -> (u32, u32) {
        let (low, _) = wilson(self.broken, self.continuations);
        let (_, high) = wilson(self.broken + self.not_ended, self.continuations);
        (low, high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_did_not_end_is_neither_broken_nor_fine() {
        let mut tally = Tally::new(2);
        for outcome in [Outcome::Fine, Outcome::Broke(1), Outcome::Deadlock, Outcome::NotEnded] {
            tally.count(outcome);
        }
        assert_eq!((tally.continuations, tally.broken, tally.not_ended), (4, 2, 1));
        assert_eq!((tally.promises.as_slice(), tally.deadlocks, tally.stuck), (&[0, 1][..], 1, 0));
        assert_eq!(tally.share(), 500_000);
        assert_eq!(tally.interval(), (wilson(2, 4).0, wilson(3, 4).1));
    }
}
