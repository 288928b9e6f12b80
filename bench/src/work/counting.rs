//! Processes that each read a shared counter and write back one more.

use super::Packed;

/// So many processes, with what they read forgotten after its last use or not.
#[derive(Clone, Copy, Debug)]
pub struct Counting {
    /// How many processes.
    pub processes: u32,
    /// What a process has read stays part of the state after its last use.
    pub keep_locals: bool,
}

/// How many states there are with locals kept, from 5 processes on.
const KEPT: [u64; 4] = [8_638, 118_509, 1_884_452, 34_007_911];
/// The same with dead locals cleared, as the language has it.
const CLEARED: [u64; 5] = [2_027, 13_494, 96_679, 741_218, 6_049_955];

/// Bits of a process: two for where it stands, four for what it has read.
const BITS: u32 = 6;
const READS: u64 = 0;
const WRITES: u64 = 1;
const ENDED: u64 = 2;

impl Counting {
    /// The scenario.
    #[must_use]
    pub fn text(self) -> String {
        let n = self.processes;
        format!(
            "scenario \"Counting\"\nvar total = 0\nprocess clerk * {n} {{\n  \
             let seen = total\n  total = seen + 1\n}}\nfinally total == {n}\n"
        )
    }

    /// How many states there must be.
    ///
    /// # Panics
    ///
    /// For fewer than 5 processes or more than 8, cleared 9.
    #[must_use]
    pub fn states(self) -> u64 {
        let known: &[u64] = if self.keep_locals { &KEPT } else { &CLEARED };
        known[self.processes as usize - 5]
    }
}

impl Packed for Counting {
    fn processes(self) -> u32 {
        self.processes
    }

    /// The counter lies above all processes.
    fn start(self) -> u64 {
        0
    }

    fn step(self, state: u64, process: u32) -> Option<u64> {
        let (at, total_at) = (process * BITS, self.processes * BITS);
        let block = state >> at & 0b11_1111;
        let total = state >> total_at;
        let (total, now) = match block & 0b11 {
            READS => (total, WRITES | total << 2),
            WRITES if self.keep_locals => ((block >> 2) + 1, ENDED | block & !0b11),
            WRITES => ((block >> 2) + 1, ENDED),
            _ => return None,
        };
        let others = state & ((1 << total_at) - 1) & !(0b11_1111 << at);
        Some(others | now << at | total << total_at)
    }

    fn holds(self, state: u64) -> bool {
        state >> (self.processes * BITS) <= u64::from(self.processes)
    }
}
