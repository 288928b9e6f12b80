//! What is observed of calls and of services.

use super::{ProcessId, Target};
use crate::program::Error;

/// Something observed within a step that has to do with calls and services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceFact {
    /// A request left for a service.
    Called {
        /// The replica, where it arrived at once.
        target: Target,
        /// The request.
        request: ProcessId,
        /// Which handler, from 0.
        handler: u16,
        /// It is under way.
        travels: bool,
    },
    /// A request was not let in.
    NotLetIn {
        /// Where.
        target: Target,
        /// `unavailable` or `rejected`.
        error: Error,
    },
    /// The request arrived.
    CallArrived {
        /// At which replica.
        target: Target,
    },
    /// The request arrived, and will once more.
    CallDoubled {
        /// The other one.
        request: ProcessId,
    },
    /// The request was lost on its way.
    CallLost {
        /// The service.
        target: Target,
    },
    /// The request took a worker.
    Entered {
        /// Of which replica.
        target: Target,
    },
    /// The request took a core.
    Computes {
        /// Of which replica.
        target: Target,
    },
    /// The request gave its core back.
    Computed {
        /// Of which replica.
        target: Target,
    },
    /// The request gave its worker back, and its answer left.
    Replied {
        /// Which replica's.
        target: Target,
        /// The error that is the answer.
        error: Option<Error>,
    },
    /// The answer reached its caller.
    Answered {
        /// The service.
        target: Target,
        /// Who.
        caller: ProcessId,
    },
    /// The answer came when nobody waited for it any more.
    AnsweredLate {
        /// The service.
        target: Target,
    },
    /// The answer was lost on its way.
    AnswerLost {
        /// The service.
        target: Target,
    },
    /// Nobody waits for a request's answer any more, and its service hears of such things.
    Forgotten {
        /// The replica that works on it, or for which it waits.
        target: Target,
    },
    /// A request that nobody waits for gave its worker back.
    Abandoned {
        /// The replica that worked on it.
        target: Target,
    },
    /// A request learned that nobody waits for its answer any more.
    Cancelled {
        /// The replica that worked on it, or for which it waited.
        target: Target,
    },
    /// A replica crashed, with all that it had in hand.
    ReplicaCrashed {
        /// Which.
        target: Target,
    },
    /// A replica that had crashed takes calls again.
    ReplicaBack {
        /// Which.
        target: Target,
    },
    /// A fault stopped a replica for a while.
    ReplicaStopped {
        /// Which.
        target: Target,
    },
    /// A replica that was stopped goes on.
    ReplicaResumed {
        /// Which.
        target: Target,
    },
    /// A replica was started; it takes no calls yet.
    ReplicaStarting {
        /// Which.
        target: Target,
    },
    /// A replica is to go: it takes no more calls, and is gone once it has answered those it has.
    ReplicaLeaves {
        /// Which.
        target: Target,
    },
    /// What belongs to a replica of a service is as it was at the start.
    Anew {
        /// Which.
        target: Target,
    },
    /// A service is to have so many replicas.
    Scaled {
        /// The service.
        target: Target,
        /// How many.
        to: i64,
    },
}
