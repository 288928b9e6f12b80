//! What may happen to replicas of services without a process doing it.

use super::Target;

/// Something that may happen to a replica.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outage {
    /// A fault crashes or pauses it.
    Strike {
        /// Index into [`crate::program::Program::faults`].
        fault: u32,
        /// Which.
        replica: Target,
    },
    /// What crashed starts again, what was paused goes on.
    Lift {
        /// Which.
        replica: Target,
    },
    /// One that was started is ready for calls.
    Ready {
        /// Which.
        replica: Target,
    },
}
