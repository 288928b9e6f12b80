//! What the clock keeps of one process.

use crate::program::Pc;
use crate::trace::Target;

/// What is known of one process's time.
#[derive(Clone, Debug, Default)]
pub(super) struct Own {
    /// When it may take its next step, nanoseconds. A pause does not put it off.
    pub(super) due: u64,
    /// After how many steps of the run it came to stand where it stands.
    pub(super) since: u64,
    /// How often it has come to stand.
    pub(super) stand: u32,
    /// Where it came to stand last.
    pub(super) pc: Pc,
    /// An entry for its step is in the calendar.
    pub(super) queued: bool,
    /// What it waits for in line.
    pub(super) line: Option<Target>,
    /// When each `within` around it runs out, outermost first.
    pub(super) deadlines: Vec<u64>,
    /// What else is known of each of them.
    pub(super) timers: Vec<Timer>,
    /// How many `within`s it has begun.
    pub(super) arms: u32,
    /// For each `retry` around it how often it failed, and its last wait.
    pub(super) retries: Vec<(u32, u64)>,
    /// How often it drew at each place of the text: copies of a routine share its places.
    pub(super) draws: Draws,
    /// When a fault lets it go on.
    pub(super) lift: Option<u64>,
    /// Its number, where instances come by themselves.
    pub(super) number: u32,
    /// Of a request: whose it is, and which of that caller's; 0 for any other process.
    pub(super) origin: u64,
}

/// Places with a number each. There are few, and copies of a clock are made often: a list is
/// quicker copied than a tree.
#[derive(Clone, Debug, Default)]
pub(super) struct Draws(Vec<(u64, u32)>);

impl Draws {
    /// How often it drew at a place.
    pub(super) fn at(&self, place: u64) -> u32 {
        self.0.iter().find(|(known, _)| *known == place).map_or(0, |(_, drawn)| *drawn)
    }

    /// It draws at a place: how often it did before.
    pub(super) fn count(&mut self, place: u64) -> u32 {
        let known = self.0.iter().position(|(known, _)| *known == place);
        let at = known.unwrap_or_else(|| {
            self.0.push((place, 0));
            self.0.len() - 1
        });
        self.0[at].1 += 1;
        self.0[at].1 - 1
    }
}

/// A `within` that has begun.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Timer {
    /// Which of its process's.
    pub(super) arm: u32,
    /// An entry for its end is in the calendar.
    pub(super) queued: bool,
}

impl Own {
    /// A `within` begins: which by nesting, and when it runs out.
    pub(super) fn arm(&mut self, timer: usize, at: u64) {
        self.deadlines.truncate(timer);
        self.deadlines.resize(timer, u64::MAX);
        self.deadlines.push(at);
        self.arms = self.arms.wrapping_add(1);
        self.timers.truncate(timer);
        self.timers.resize(timer, Timer::default());
        self.timers.push(Timer { arm: self.arms, queued: false });
    }

    /// The outermost begins late, those within it going on.
    pub(super) fn arm_outermost(&mut self, at: u64) {
        if self.deadlines.is_empty() {
            return self.arm(0, at);
        }
        self.arms = self.arms.wrapping_add(1);
        self.deadlines[0] = at;
        self.timers[0] = Timer { arm: self.arms, queued: false };
    }

    /// True if an entry for a `within`'s end is of the one that is begun now.
    pub(super) fn is_armed(&self, timer: u16, arm: u32) -> bool {
        self.timers.get(timer as usize).is_some_and(|known| known.arm == arm)
    }

    /// Somebody new begins, or the same again.
    pub(super) fn begin(&mut self, number: u32, same: bool) {
        let draws = if same { std::mem::take(&mut self.draws) } else { Draws::default() };
        // Who calls has said whose a request is before it began.
        let Own { arms, origin, .. } = *self;
        let stand = self.stand.wrapping_add(1);
        *self = Own { stand, arms, number, draws, origin, ..Own::default() };
    }
}
