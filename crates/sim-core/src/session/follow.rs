//! Picks that are given, taken one after another.

use super::Session;

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
}
