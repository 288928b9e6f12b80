//! What is told of sagas, with names spelled as in the text.

use crate::program::SagaMark;
use serde::{Deserialize, Serialize};

/// A note of a durable saga.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SagaNoted {
    /// It is being undone.
    pub undoing: bool,
    /// The last step that is done, or is to be undone next; none where there is no such step.
    pub step: Option<String>,
    /// The error by which it is undone.
    pub error: Option<String>,
}

/// Something that happened to a saga within a step of the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SagaTold {
    /// Whose saga it is: a lane.
    pub lane: u32,
    /// What.
    pub mark: SagaMark,
    /// The saga's step that it is about.
    pub step: Option<String>,
    /// The error that it happened by.
    pub error: Option<String>,
}
