//! Logs at a moment, as views show them: who has read how far, and what is kept of it elsewhere.

use super::system::{PartitionView, WorkerState};
use serde::{Deserialize, Serialize};

/// How many readers of a log a [`super::Frame`] has.
pub const READERS_MAX: usize = 12;

/// A log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogView {
    /// Its name.
    pub name: String,
    /// Its parts, with their last entries.
    pub parts: Vec<PartitionView>,
    /// Who reads it: groups part by part, then processes that follow it.
    pub readers: Vec<ReaderView>,
    /// How many more there are.
    pub more: u32,
    /// What its readers make of it.
    pub models: Vec<ReadModelView>,
}

/// Somebody who reads a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReaderView {
    /// The group that it reads for, if it does.
    pub group: Option<String>,
    /// Who: a lane. A part of a group may be nobody's.
    pub lane: Option<u32>,
    /// How it is with it.
    pub state: WorkerState,
    /// The part that it reads, from 1.
    pub part: u32,
    /// The offset that it reads next; `None` where only its next start will tell. Of a group whose
    /// member is gone: the one after what is committed.
    pub next: Option<i64>,
    /// Of a group: the first offset that is not committed.
    pub committed: Option<i64>,
    /// How many entries it has yet to read, or of a group to commit.
    pub behind: Option<u32>,
}

/// What is made of a log by readers who keep beside it how far they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadModelView {
    /// By whom: a class.
    pub by: String,
    /// What they change, in text order.
    pub things: Vec<String>,
    /// Where it says how far they are.
    pub kept: Vec<KeptView>,
}

/// A place that says how far a reader is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptView {
    /// As in `position[1]`.
    pub place: String,
    /// The last offset that is done, going by it.
    pub upto: i64,
    /// How many entries came behind that.
    pub behind: u32,
}
