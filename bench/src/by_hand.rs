//! A search as one would write it for packed integers and nothing else: a table, a stack.

use crate::work::Packed;

/// States seen, by open addressing. A free place holds 0, so states are kept plus one.
struct Seen {
    places: Vec<u64>,
    taken: usize,
    shift: u32,
}

impl Seen {
    fn new() -> Seen {
        Seen { places: vec![0; 1 << 12], taken: 0, shift: 64 - 12 }
    }

    /// True if the state is new.
    #[inline]
    fn insert(&mut self, state: u64) -> bool {
        let is_new = self.place(state + 1);
        if is_new && 2 * self.taken > self.places.len() {
            let old = std::mem::take(&mut self.places);
            self.places = vec![0; 2 * old.len()];
            (self.taken, self.shift) = (0, self.shift - 1);
            for kept in old.into_iter().filter(|kept| *kept != 0) {
                self.place(kept);
            }
        }
        is_new
    }

    #[inline]
    fn place(&mut self, kept: u64) -> bool {
        let mixed = (kept ^ kept >> 29).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut at = (mixed >> self.shift) as usize;
        loop {
            let there = self.places[at];
            if there == kept {
                return false;
            }
            if there == 0 {
                self.places[at] = kept;
                self.taken += 1;
                return true;
            }
            at = (at + 1) & (self.places.len() - 1);
        }
    }
}

/// Visits every state; gives how many there are.
///
/// # Panics
///
/// If a state breaks what must hold.
#[must_use]
pub fn search(work: impl Packed) -> u64 {
    let mut seen = Seen::new();
    let mut open = vec![work.start()];
    seen.insert(work.start());
    while let Some(state) = open.pop() {
        assert!(work.holds(state), "a state breaks what must hold");
        for process in 0..work.processes() {
            if let Some(next) = work.step(state, process)
                && seen.insert(next)
            {
                open.push(next);
            }
        }
    }
    seen.taken as u64
}
