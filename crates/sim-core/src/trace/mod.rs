//! The facts of a run: one event a step, each naming what caused it. Nothing here says how a run
//! is made or who reads it.

mod action;

pub use action::{Action, Reason};

use crate::program::{Error, Pc, Reg, SharedId};
use serde::{Deserialize, Serialize};

/// A process instance: its place in [`crate::program::Layout::processes`].
pub type ProcessId = u32;
/// A step of a run, counted from 1; 0 is the start, before the first step.
pub type StepNumber = u32;

/// One step of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Who moved.
    pub process: ProcessId,
    /// Which place among the possible choices was picked, from 1.
    pub pick: u32,
    /// Virtual time, whole nanoseconds.
    pub at: u64,
    /// The instruction the step began with.
    pub pc: Pc,
    /// What had to happen first.
    pub cause: Cause,
    /// What happened, in order.
    pub facts: Vec<Fact>,
}

/// The two ways in which a step depends on those before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// The step before it of the same process (0: the start).
    pub own: StepNumber,
    /// The last step of *another* process that wrote what this one touched: the write it read or
    /// overwrote, the release that let it in. `None` if there was none.
    pub other: Option<StepNumber>,
}

/// Something observed within a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A variable was read.
    Read {
        /// What was touched.
        target: Target,
        /// The value found.
        value: i64,
    },
    /// A variable was written.
    Wrote {
        /// What was touched.
        target: Target,
        /// The value before.
        old: i64,
        /// The value now.
        new: i64,
    },
    /// A lock was taken.
    Took {
        /// Which.
        target: Target,
    },
    /// A lock was let go.
    LetGo {
        /// Which.
        target: Target,
    },
    /// Time passed for the process alone.
    Paused {
        /// How long, nanoseconds.
        time: i64,
        /// `work` (true) or `sleep`.
        busy: bool,
    },
    /// A counter changed.
    Counted {
        /// Which.
        target: Target,
        /// The value before.
        old: i64,
        /// The value now.
        new: i64,
    },
    /// An `atomic` block began; what follows belongs to it.
    AtomicBegan,
    /// A register was set. Not part of a run's fingerprint: it is for those who look at locals.
    Local {
        /// Which.
        register: Reg,
        /// Its value.
        value: i64,
        /// The instruction that set it.
        pc: Pc,
    },
    /// The process came to its end.
    Ended,
    /// The process failed.
    Failed {
        /// By what.
        error: Error,
    },
    /// The process's own work passed its ceiling and was stopped.
    Endless,
}

/// One element of a shared thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// Which thing.
    pub shared: SharedId,
    /// Which element, from 0; always 0 for what is no array.
    pub element: u32,
}
