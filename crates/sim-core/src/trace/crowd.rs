//! Ceilings that a run met and went on.

use serde::{Deserialize, Serialize};

/// So many were there at once that there was no room for more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crowd {
    /// What of.
    pub kind: CrowdKind,
    /// Their name: a process, a handler such as `bank.pay`, a routine; a process that was stopped.
    pub name: String,
    /// For how many there is room; 0 where it is about something else.
    pub most: u32,
}

/// What a [`Crowd`] is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CrowdKind {
    /// Processes that come by themselves: the next wait outside.
    Arrivals,
    /// Requests of a handler: who called once more was stopped.
    Requests,
    /// Tasks, or branches: who started one more was stopped.
    Tasks,
    /// What a process wanted to keep or draw: it was stopped.
    Other,
}
