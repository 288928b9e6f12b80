//! What a view shows of one moment. Plain data in base types, made by the session, read by pages:
//! a picture is a function of this and has no state of its own.

use crate::program::{PromiseKind, SharedKind};
pub use crate::trace::{Action, Reason};
use serde::{Deserialize, Serialize};

/// One moment of one run, with the line it stands on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// How many steps have been taken at this moment.
    pub position: u32,
    /// The steps of this line, past and kept future; step k (from 1) stands at `steps[k - 1]`.
    pub steps: Vec<StepView>,
    /// Virtual time at this moment, nanoseconds.
    pub now: u64,
    /// One for each process, by declaration and number.
    pub lanes: Vec<Lane>,
    /// Variables, locks and counters, an entry an element.
    pub shared: Vec<SharedView>,
    /// What may happen next, and what may not with its reason; processes that have ended are left
    /// out. By declaration and number.
    pub offers: Vec<Offer>,
    /// The promises, in text order.
    pub promises: Vec<PromiseView>,
    /// Set when nothing can happen any more.
    pub ending: Option<Ending>,
    /// All lines of this session; the one shown is `current`.
    pub branches: Vec<Branch>,
    /// The named schedules of the text.
    pub schedules: Vec<ScheduleView>,
    /// Entries of the last schedule played that could not move: their words.
    pub skipped: Vec<String>,
    /// 32 hexadecimal digits that name the run up to this moment.
    pub fingerprint: String,
    /// True when the session has reached its ceiling of steps and takes no more.
    pub full: bool,
}

/// A step, as views show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepView {
    /// Index into [`Frame::lanes`].
    pub lane: u32,
    /// Its place among the choices possible before it, from 1.
    pub pick: u32,
    /// What it did.
    pub action: Action,
    /// Virtual time, nanoseconds.
    pub at: u64,
    /// The line of the text, from 1.
    pub line: u32,
    /// The step (from 1) of another process whose effect it met, if any.
    pub cause: Option<u32>,
    /// Promises (indices) that this step broke.
    pub broke: Vec<u32>,
    /// Counters it changed: name and new value.
    pub counted: Vec<(String, String)>,
    /// How it ended the process, if it did.
    pub finished: Option<LaneState>,
}

/// One process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lane {
    /// As in `client`.
    pub class: String,
    /// Its number, from 1; `None` if the text declares just one.
    pub number: Option<u32>,
    /// Where it is.
    pub state: LaneState,
    /// The text to show, in order; a change of `routine` starts a new block.
    pub code: Vec<CodeLine>,
    /// Its named locals in scope that have a value.
    pub locals: Vec<LocalView>,
}

/// Where a process is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LaneState {
    /// It could move now.
    Ready,
    /// It waits; the reason.
    Blocked(Reason),
    /// It came to its end.
    Ended,
    /// An error ended it; the error's name.
    Failed(String),
    /// Its own work did not come to an end within the ceiling.
    Endless,
}

/// One line of a process's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeLine {
    /// The routine whose body it belongs to; `None` in the process's own body.
    pub routine: Option<String>,
    /// Its number in the scenario's text, from 1.
    pub number: u32,
    /// The text, with the block's common indentation taken off.
    pub text: String,
    /// The process has been here in this run (its last step there, from 1).
    pub done: Option<u32>,
    /// What the latest steps on this line did, in order (those since it was last entered).
    pub did: Vec<Action>,
    /// Its next step stands on this line: the columns of the words it belongs to, from 0, end
    /// excluded, in characters of `text`.
    pub next: Option<(u32, u32)>,
}

/// A named local.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalView {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Set when it was read from a variable that another process has written since: the variable
    /// and its value now.
    pub stale: Option<(String, String)>,
}

/// One element of a shared thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedView {
    /// As in `balance` or `stock[2]`.
    pub place: String,
    /// What it is.
    pub kind: SharedKind,
    /// Its value; for a lock the holder's name, or empty when free.
    pub value: String,
    /// For a lock that is held, the holder: an index into [`Frame::lanes`].
    pub holder: Option<u32>,
    /// Its value before the last step, if that step changed it.
    pub before: Option<String>,
}

/// Something that may, or may not, happen next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Index into [`Frame::lanes`].
    pub lane: u32,
    /// What it would do.
    pub action: Action,
    /// Its number among the possible choices, from 1; `None` when it cannot happen.
    pub pick: Option<u32>,
    /// Why it cannot happen.
    pub blocked: Option<Reason>,
    /// The line of the text, from 1.
    pub line: u32,
}

/// A promise at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseView {
    /// When it must hold.
    pub kind: PromiseKind,
    /// The condition as in the text.
    pub condition: String,
    /// The words behind it.
    pub why: Option<String>,
    /// How it stands.
    pub state: PromiseState,
    /// The line of the text, from 1.
    pub line: u32,
}

/// How a promise stands at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PromiseState {
    /// It has held so far (`always`), or holds at the end (`finally`).
    Holds,
    /// To be judged at the end; whether it would hold now.
    Open {
        /// What judging it now would say.
        now: bool,
    },
    /// It was broken by this step (from 1; 0: at the start).
    Broken {
        /// The step.
        step: u32,
    },
}

/// How a run came to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// Every process ended.
    Complete,
    /// Processes wait for one another in a circle: indices into [`Frame::lanes`], each waiting for
    /// what the next holds.
    Deadlock(Vec<u32>),
    /// Processes wait for what nobody will give.
    Stuck(Vec<u32>),
    /// A process's own work did not come to an end within the ceiling.
    Endless(u32),
}

/// A line of steps that was taken and kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// Names it to [`super::Session::show_branch`].
    pub id: u32,
    /// How many steps it has.
    pub length: u32,
    /// How many of its first steps it shares with the line shown.
    pub shared: u32,
    /// True for the line shown.
    pub current: bool,
    /// True if a promise is broken along it or it ends badly.
    pub bad: bool,
    /// The lanes of its steps, in order, so that a view can draw it.
    pub lanes: Vec<u32>,
}

/// A named schedule of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleView {
    /// Its name.
    pub name: String,
    /// The word of its first entry that has no process under these parameters; it cannot be
    /// played then.
    pub misfit: Option<String>,
}
