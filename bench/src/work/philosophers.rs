//! Philosophers who go round for ever: left fork first, let go in the order taken.

use super::Packed;

/// So many philosophers.
#[derive(Clone, Copy, Debug)]
pub struct Philosophers(pub u32);

const HUNGRY: u64 = 0;
const HAS_LEFT: u64 = 1;
const HAS_BOTH: u64 = 2;
const HAS_RIGHT: u64 = 3;

impl Philosophers {
    /// The scenario.
    #[must_use]
    pub fn text(self) -> String {
        let n = self.0;
        format!(
            "scenario \"Philosophers\"\nlock fork[{n}]\nprocess philosopher * {n} forever {{\n  \
             acquire fork[self]\n  acquire fork[self mod {n} + 1]\n  \
             release fork[self]\n  release fork[self mod {n} + 1]\n}}\n"
        )
    }

    /// How many states there must be: all but the one where each holds its right fork only.
    #[must_use]
    pub fn states(self) -> u64 {
        3_u64.pow(self.0) - 1
    }

    fn stands(self, state: u64, philosopher: u32) -> u64 {
        state >> (2 * (philosopher % self.0)) & 0b11
    }
}

impl Packed for Philosophers {
    fn processes(self) -> u32 {
        self.0
    }

    fn start(self) -> u64 {
        0
    }

    /// Two bits for each; who holds a fork follows from where its two neighbours stand.
    fn step(self, state: u64, process: u32) -> Option<u64> {
        let can = match self.stands(state, process) {
            HUNGRY => {
                let before = self.stands(state, process + self.0 - 1);
                before != HAS_BOTH && before != HAS_RIGHT
            }
            HAS_LEFT => {
                let after = self.stands(state, process + 1);
                after != HAS_LEFT && after != HAS_BOTH
            }
            _ => true,
        };
        let next = (self.stands(state, process) + 1) & 0b11;
        let at = 2 * process;
        can.then_some(state & !(0b11 << at) | next << at)
    }

    fn holds(self, state: u64) -> bool {
        state < 1 << (2 * self.0)
    }
}
