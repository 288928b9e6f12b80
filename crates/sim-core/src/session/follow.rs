//! Picks that are given, taken one after another.

use super::Session;

/// How many steps are taken to find out along which schedules a line goes.
const TRIED: u64 = 10_000;

impl Session {
    /// Takes these picks from the start, as far as they fit; gives how many did.
    pub fn follow(&mut self, picks: &[u32]) -> usize {
        self.go_to(0);
        self.skipped.clear();
        self.follow_on(picks)
    }

    /// The same from this moment on. A pick of 0 stands for whatever the clock picks there.
    pub fn follow_on(&mut self, picks: &[u32]) -> usize {
        let step = |pick: &&u32| if **pick == 0 { self.clock() } else { self.pick(**pick) };
        picks.iter().take_while(step).count()
    }

    /// Along which named schedules the line shown goes: its first steps are all the steps of the
    /// schedule, none of which was skipped. Places in the text; of long schedules only as many are
    /// looked at as take no time that is felt.
    #[must_use]
    pub fn goes_along(&self) -> Vec<usize> {
        let mut again = self.clone();
        let mut left = TRIED;
        let mut found = Vec::new();
        for (at, schedule) in self.program().schedules.iter().enumerate() {
            let Ok(picks) = &schedule.picks else { continue };
            let steps = picks.iter().map(|entry| u64::from(entry.times)).sum::<u64>();
            if steps == 0 || steps > u64::from(self.length()) {
                continue;
            }
            let Some(fewer) = left.checked_sub(steps) else { break };
            left = fewer;
            again.play(picks);
            // A road taken before is followed; any other makes a line of its own.
            if again.skipped.is_empty() && again.tree.shown() == self.tree.shown() {
                found.push(at);
            } else {
                again.clone_from(self);
            }
        }
        found
    }
}
