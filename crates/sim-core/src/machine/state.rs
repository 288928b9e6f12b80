//! All that can change, in one array.

use crate::program::{Error, Layout, Pc, Program, SharedId};
use crate::trace::{ProcessId, Target};

const ENDED: i64 = -1;
const ENDLESS: i64 = -2;
/// Failed positions count down from here, one for each error.
const FAILED: i64 = -3;

/// The state of a machine: cheap to copy, to hash and to compare.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    words: Vec<i64>,
}

/// Where a process is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// At a touch: its next step begins with this instruction.
    At(Pc),
    /// At its end.
    Ended,
    /// Its own work passed its ceiling.
    Endless,
    /// Ended by an error.
    Failed(Error),
}

impl State {
    pub(super) fn new(program: &Program, layout: &Layout) -> State {
        let mut words = vec![0; layout.words];
        for (shared, slot) in program.shared.iter().zip(&layout.shared) {
            words[slot.range()].copy_from_slice(&shared.initial);
        }
        State { words }
    }

    /// A state with this identity; what lies outside the identity is 0.
    #[must_use]
    pub fn from_identity(identity: &[i64], layout: &Layout) -> State {
        let mut words = identity.to_vec();
        words.resize(layout.words, 0);
        State { words }
    }

    /// The words that make two states the same (rule 25).
    #[must_use]
    pub fn identity(&self, layout: &Layout) -> &[i64] {
        &self.words[..layout.identity]
    }

    /// The elements of a shared thing.
    #[must_use]
    pub fn elements(&self, layout: &Layout, shared: SharedId) -> &[i64] {
        &self.words[layout.shared[shared as usize].range()]
    }

    /// One element of a shared thing.
    #[must_use]
    pub fn element(&self, layout: &Layout, target: Target) -> i64 {
        self.elements(layout, target.shared)[target.element as usize]
    }

    /// Where a process is.
    #[must_use]
    pub fn position(&self, layout: &Layout, process: ProcessId) -> Position {
        let word = self.words[layout.processes[process as usize].at as usize];
        match word {
            ENDED => Position::Ended,
            ENDLESS => Position::Endless,
            _ if word >= 0 => Position::At(word as Pc),
            _ => Position::Failed(Error::from_code(FAILED - word)),
        }
    }

    /// The registers of a process.
    #[must_use]
    pub fn registers(&self, layout: &Layout, process: ProcessId) -> &[i64] {
        let slot = layout.processes[process as usize];
        let first = slot.at as usize + 1;
        &self.words[first..first + slot.registers as usize]
    }

    pub(super) fn get(&self, at: usize) -> i64 {
        self.words[at]
    }

    /// The one door for every write.
    pub(super) fn set(&mut self, at: usize, value: i64) {
        self.words[at] = value;
    }
}

impl Position {
    pub(super) fn word(self) -> i64 {
        match self {
            Position::At(pc) => i64::from(pc),
            Position::Ended => ENDED,
            Position::Endless => ENDLESS,
            Position::Failed(error) => FAILED - error.code(),
        }
    }
}
