//! When what caches keep is over: the outcome of reading it.

use super::clock::Clock;
use crate::machine::{Machine, Position, State};
use crate::trace::{ProcessId, Target};

impl Clock {
    /// Whether a value that is kept under a key is over at a time: 1, or 0.
    pub(super) fn is_over_at(&self, machine: &Machine, cache: Target, key: i64, at: u64) -> u32 {
        u32::from(self.is_due(machine, cache, key).is_some_and(|due| at >= due))
    }

    /// When a value that is kept under a key is over.
    fn is_due(&self, machine: &Machine, cache: Target, key: i64) -> Option<u64> {
        let ttl = machine.keeps_for(cache.shared)?.max(0) as u64;
        Some(self.filled.get(&(cache, key))?.saturating_add(ttl))
    }

    /// A step finds that what a cache kept is over, by whoever's pick: it is at least that late.
    pub(super) fn age_to(&mut self, machine: &Machine, state: &State, process: ProcessId) {
        let Position::At(pc) = state.position(machine.layout(), process) else { return };
        if let Some((cache, key)) = machine.asks_cache(state, process, pc)
            && let Some(due) = self.is_due(machine, cache, key)
        {
            self.now = self.now.max(due);
        }
    }
}
