//! Sagas as views show them.

use serde::{Deserialize, Serialize};

/// A saga.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SagaView {
    /// Who runs it: a lane's id.
    pub lane: u32,
    /// That lane's name when it began, as in `checkout[2]`.
    pub name: String,
    /// Under which name its notes are kept, where it is durable.
    pub id: Option<String>,
    /// Where it stands in the text: a line, from 1.
    pub line: u32,
    /// How it is with it.
    pub state: SagaState,
    /// The error by which it is undone.
    pub error: Option<String>,
    /// Its steps, in order.
    pub steps: Vec<SagaStepView>,
    /// What was written down, oldest first.
    pub notes: Vec<SagaNote>,
    /// The steps of the run at which it went on behind its last note.
    pub resumed: Vec<u32>,
    /// The step of the run (from 1; 0: the start) that began it.
    pub from: u32,
    /// The one that ended it.
    pub to: Option<u32>,
}

/// How it is with a saga.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SagaState {
    /// Nobody has begun it: it is shown as it stands in the text.
    Waiting,
    /// Its steps are done one by one.
    Running,
    /// They are undone.
    Undoing,
    /// All are done.
    Completed,
    /// What was done is undone.
    Compensated,
    /// Its process crashed or stopped in the middle of it.
    Stopped,
}

/// A step of a saga.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SagaStepView {
    /// Its name in the text.
    pub name: String,
    /// Where it stands in the text: a line, from 1.
    pub line: u32,
    /// How it is with it.
    pub state: SagaStepState,
    /// Doing it.
    pub forth: SagaPart,
    /// Undoing it, if anything does.
    pub back: Option<SagaPart>,
}

/// How it is with a step of a saga.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SagaStepState {
    /// It has not begun.
    #[default]
    Waiting,
    /// It is being done.
    Running,
    /// It is done.
    Done,
    /// It was not done.
    Failed,
    /// Nobody knows whether it was done.
    Unknown,
    /// It is being undone.
    Undoing,
    /// It is undone.
    Undone,
}

/// Doing a step of a saga, or undoing it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SagaPart {
    /// The step of the run that began it first.
    pub from: Option<u32>,
    /// The one that ended it.
    pub to: Option<u32>,
    /// How often it was tried.
    pub tries: u32,
    /// The error of its last failure.
    pub error: Option<String>,
    /// What it called, or sent to, in order.
    pub calls: Vec<SagaCall>,
}

/// A call made in a step of a saga, or a message sent there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SagaCall {
    /// As in `payment.charge`, or the queue, topic or log.
    pub what: String,
    /// It was sent, and nobody waits for an answer.
    pub sent: bool,
    /// The step of the run at which it left.
    pub from: u32,
    /// The one that brought the answer, or at which it was waited for no longer; `None` too where who
    /// waited crashed.
    pub to: Option<u32>,
    /// The error that it came to.
    pub error: Option<String>,
}

/// A note of a durable saga.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SagaNote {
    /// The step of the run that wrote it down.
    pub at: u32,
    /// What.
    pub kind: SagaNoteKind,
}

/// What a note says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SagaNoteKind {
    /// A step (from 0) is done.
    Done(u32),
    /// From here on it is undone.
    Turned,
    /// A step (from 0) is undone.
    Undone(u32),
}
