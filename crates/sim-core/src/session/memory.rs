//! What is remembered of each process for those who look at it.

use super::health::Since;
use crate::program::Pc;
use crate::trace::{StepNumber, Target};

/// Where a register's value was read, if it is a plain copy of something shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) target: Target,
    pub(super) value: i64,
    pub(super) step: StepNumber,
}

/// The last value of a register, kept for display after the machine has cleared it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shadow {
    pub(super) value: i64,
    pub(super) set_at: Pc,
    pub(super) source: Option<Source>,
}

/// What is remembered of one process.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    /// Empty until the first is set.
    pub(super) shadows: Vec<Option<Shadow>>,
    /// For each instruction of its class its last step there plus one, 0 for none. Empty until the
    /// first.
    pub(super) passed: Vec<StepNumber>,
    /// Its last step.
    pub(super) last: StepNumber,
    /// The last instruction it passed.
    pub(super) last_pc: Pc,
    /// How long it stays where it stands, at least.
    pub(super) stay: u64,
    /// How long each `within` around it lasts, outermost first, nanoseconds.
    pub(super) armed: Vec<u64>,
    /// Since when it stands before something that others may have.
    pub(super) waits: Option<Since>,
}

impl Memory {
    /// Its last step (0: before its first) at each instruction it has passed; `first` is that of
    /// its class.
    pub(super) fn passed(&self, first: Pc) -> impl Iterator<Item = (Pc, StepNumber)> + '_ {
        let passed = self.passed.iter().enumerate().filter(|(_, step)| **step != 0);
        passed.map(move |(at, step)| (first + at as Pc, step - 1))
    }
}
