//! The facts of a run: one event a step, each naming what caused it. Nothing here says how a run
//! is made or who reads it.

mod action;
mod crowd;
mod data;
mod data_action;
mod fact;
mod outage;
mod saga;
mod service;
mod traffic;

pub use action::{Action, Answer, Fate, Found, Reason, ReplicaTurn};
pub use crowd::{Crowd, CrowdKind};
pub use data::DataFact;
pub use data_action::{Dependency, Doing, RowTold, Statement, Undone};
pub use fact::Fact;
pub use outage::Outage;
pub use saga::{SagaNoted, SagaTold};
pub use service::ServiceFact;
pub use traffic::Traffic;

use crate::program::{Pc, SharedId};
use serde::{Deserialize, Serialize};

/// A process instance: its place in [`crate::program::Layout::processes`].
pub type ProcessId = u32;
/// A step of a run, counted from 1; 0 is the start, before the first step.
pub type StepNumber = u32;

/// One step of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What was picked.
    pub choice: Choice,
    /// Whose step it is: who moved, who arrived, whom something happened to. A lease that runs out
    /// is its holder's affair.
    pub process: ProcessId,
    /// The number of that process at the time, from 1.
    pub number: u32,
    /// Which place among the possible choices was picked, from 1.
    pub pick: u32,
    /// Virtual time, whole nanoseconds.
    pub at: u64,
    /// The instruction the step began with, where a process moved or was interrupted.
    pub pc: Option<Pc>,
    /// How long the process had to stand there at least (a pause), nanoseconds.
    pub stay: u64,
    /// What had to happen first.
    pub cause: Cause,
    /// What happened, in order, and to whom.
    pub facts: Vec<(ProcessId, Fact)>,
    /// What is known of the messages that those facts name. Not part of a run's fingerprint.
    pub letters: Vec<Known>,
}

/// What is known of a message before a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Which.
    pub message: u32,
    /// A channel whose messages are made as this one.
    pub shape: SharedId,
    /// Its fields.
    pub fields: Vec<i64>,
    /// The step before in which something happened to it last; `None` where it is new, or that is
    /// forgotten.
    pub came: Option<StepNumber>,
}

/// Something that may happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Choice {
    /// A step of a process.
    Step {
        /// Who moves.
        process: ProcessId,
        /// Which outcome, from 0.
        outcome: u32,
    },
    /// An instance of a class arrives.
    Arrive {
        /// Index into [`crate::program::Program::classes`].
        class: u32,
    },
    /// A `within` strikes.
    TimeOut {
        /// Whom.
        process: ProcessId,
        /// Which of those around the place, from 0 for the outermost.
        timer: u16,
    },
    /// A wait for a permit has lasted too long.
    WaitOver {
        /// Who waited.
        process: ProcessId,
    },
    /// A lease runs out.
    Expire {
        /// The lock.
        lock: Target,
    },
    /// A fault strikes.
    Strike {
        /// Index into [`crate::program::Program::faults`].
        fault: u32,
        /// Whom.
        process: ProcessId,
    },
    /// A crashed process starts again, or a paused one goes on.
    Lift {
        /// Who.
        process: ProcessId,
    },
    /// Something happens to messages, links or groups.
    Traffic(Traffic),
    /// Something happens to a replica of a service.
    Outage(Outage),
    /// The next commit reaches a replica of a database.
    Replicate {
        /// Which database.
        database: SharedId,
        /// Which replica, from 0.
        copy: u32,
    },
}

impl Choice {
    /// True for what happens to messages, links, groups and replicas and is no process's move, though one may
    /// be named for it: states do not say who sent a message.
    #[must_use]
    pub fn is_nobodys(self) -> bool {
        match self {
            Choice::Traffic(traffic) => !matches!(traffic, Traffic::Reappear { .. }),
            Choice::Outage(_) | Choice::Replicate { .. } => true,
            _ => false,
        }
    }
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

/// One element of a shared thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// Which thing.
    pub shared: SharedId,
    /// Which element, from 0; always 0 for what is no array.
    pub element: u32,
}

impl Target {
    /// All elements of something together.
    #[must_use]
    pub fn all(shared: SharedId) -> Target {
        Target { shared, element: u32::MAX }
    }

    /// True if it is all elements together.
    #[must_use]
    pub fn is_all(self) -> bool {
        self.element == u32::MAX
    }
}
