//! Sagas: steps that are undone in reverse when a later one fails.

use super::{Program, SharedId, Span};
use serde::{Deserialize, Serialize};

/// A saga of the text. Copies of the routine that it stands in share it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saga {
    /// Its steps, in order.
    pub steps: Vec<SagaStep>,
    /// From its word to before its `{`.
    pub span: Span,
}

/// A step of a [`Saga`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SagaStep {
    /// Its name in the text.
    pub name: String,
    /// There is something that undoes it.
    pub undone: bool,
    /// From its word to before its `{`.
    pub span: Span,
}

/// Notes that a log keeps when a run is stepped.
pub const NOTES: u32 = 5_000;

/// Where a durable saga writes down how far it is: a map with a note under each saga's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SagaLog {
    /// An index into [`Program::sagas`].
    pub saga: u32,
    /// The map. A note has first how many steps are done and not undone, then whether they are
    /// being undone (0 or 1), then by which error, then what the steps gave to locals.
    pub notes: SharedId,
    /// The text says under which name; else it is the process's own number.
    pub named: bool,
    /// What its notes are made of: an index into [`Program::forms`].
    pub form: u32,
}

/// What happens to a saga. Sagas are those of Garcia-Molina and Salem, *Sagas*, 1987: either all steps
/// are done, or those that were done are undone in reverse. The step that fails is undone too where
/// nobody knows whether it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SagaMark {
    /// It begins.
    Began,
    /// It goes on behind its last note, with so many steps done; with an error: undoing them.
    Resumed,
    /// A step begins.
    StepBegan,
    /// A step is done.
    StepDone,
    /// A step failed, by an error.
    StepFailed,
    /// So many steps, the first ones, are to be undone because of an error.
    Turned,
    /// The undoing of a step begins.
    UndoBegan,
    /// A step is undone.
    Undone,
    /// The undoing failed, by an error, and will be tried again.
    UndoFailed,
    /// All steps are done.
    Completed,
    /// All is undone, and the error goes on.
    Compensated,
    /// The process stopped in the middle of it.
    Left,
}

impl Program {
    /// The log of a durable saga that lies at this map.
    #[must_use]
    pub fn saga_log(&self, notes: SharedId) -> Option<&SagaLog> {
        self.saga_logs.iter().find(|log| log.notes == notes)
    }
}
