//! Steps and reasons for waiting with names and values spelled as in the text, for those who read.

use serde::{Deserialize, Serialize};

/// What a step does or would do, with names and values spelled as in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    /// Reads `place`; the value is known once done (and, for an offer, what it would be now).
    Read {
        /// As in `balance` or `stock[2]`.
        place: String,
        /// The value.
        value: String,
    },
    /// Writes `place`.
    Write {
        /// As in `balance` or `stock[2]`.
        place: String,
        /// The value before.
        old: String,
        /// The value after.
        new: String,
    },
    /// Takes a lock.
    Take {
        /// The lock.
        place: String,
    },
    /// Lets a lock go.
    LetGo {
        /// The lock.
        place: String,
    },
    /// Works for a time.
    Work {
        /// As in `2ms`.
        time: String,
    },
    /// Sleeps for a time.
    Sleep {
        /// As in `2ms`.
        time: String,
    },
    /// Several touches as one step; empty for an offer, where they are not known yet.
    Atomic {
        /// What it did, in order.
        parts: Vec<Action>,
    },
}

/// Why a process cannot move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// A lock is held.
    Held {
        /// The lock.
        place: String,
        /// The holder, an index into the list of processes.
        holder: u32,
    },
    /// It waits for a lock it holds itself (locks are not re-entrant).
    HeldBySelf {
        /// The lock.
        place: String,
    },
}
