//! What a view shows of one moment. Plain data in base types, made by the session, read by pages:
//! a picture is a function of this and has no state of its own.

use super::crowds::Crowd;
use super::health::HealthView;
use super::life::Life;
use super::logs::LogView;
use super::saga_frame::SagaView;
use super::system::SystemView;
use super::tables::{DatabaseView, TransactionBand};
use crate::program::{Guarding, PromiseKind, SharedKind, Tally};
use crate::trace::SagaTold;
pub use crate::trace::{Action, Answer, Fate, Found, Reason};
pub use crate::trace::{Dependency, Doing, RowTold, Statement, Undone};
use serde::{Deserialize, Serialize};

/// One moment of one run, with the part of the line around it.
///
/// A *lane* is a process. Lanes are named by their [`Lane::id`], everywhere; [`Frame::lane`] finds
/// one. Where the text declares all processes at the start, ids count them from 0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// How many steps have been taken at this moment.
    pub position: u32,
    /// How many steps the line has, past and kept future.
    pub length: u32,
    /// How many steps come before the first of [`Frame::steps`].
    pub first: u32,
    /// The steps around this moment: step k (from 1) stands at `steps[k - 1 - first]`, see
    /// [`Frame::step`]. A line of up to [`super::WINDOW`] steps is whole here.
    pub steps: Vec<StepView>,
    /// What was held, waited for and slept through within those steps.
    pub bars: Vec<Bar>,
    /// What matters along the whole line, in order; of a long line at most [`super::MARKS_MAX`].
    pub marks: Vec<Mark>,
    /// How well the line went, past and kept future.
    pub health: HealthView,
    /// Virtual time at this moment, nanoseconds.
    pub now: u64,
    /// Processes, by declaration and number; of very many those that matter here.
    pub lanes: Vec<Lane>,
    /// How many more processes there are.
    pub lanes_left_out: u32,
    /// Names of processes that this frame speaks of and does not show, by id: see [`Frame::name`].
    pub names: Vec<(u32, String)>,
    /// Variables, locks and the like, an entry an element.
    pub shared: Vec<SharedView>,
    /// How many more elements there are.
    pub shared_left_out: u32,
    /// Breakers, in text order.
    pub breakers: Vec<BreakerView>,
    /// Databases, in text order.
    pub databases: Vec<DatabaseView>,
    /// Sagas, the one that moved last first.
    pub sagas: Vec<SagaView>,
    /// Transactions within the steps shown, in no order.
    pub transactions: Vec<TransactionBand>,
    /// What exists and what talks to what.
    pub system: SystemView,
    /// Logs with their readers, in text order.
    pub logs: Vec<LogView>,
    /// What may happen next, and what may not with its reason; processes that have ended are left
    /// out. By declaration and number, then timers, then faults.
    pub offers: Vec<Offer>,
    /// How many more there are.
    pub offers_left_out: u32,
    /// The promises, in text order.
    pub promises: Vec<PromiseView>,
    /// Set when nothing can happen any more.
    pub ending: Option<Ending>,
    /// Lines of this session; the one shown is `current`.
    pub branches: Vec<Branch>,
    /// The named schedules of the text.
    pub schedules: Vec<ScheduleView>,
    /// Entries of the last schedule played that could not move: their words.
    pub skipped: Vec<String>,
    /// 32 hexadecimal digits that name the run up to this moment.
    pub fingerprint: String,
    /// The life of the request that was asked for.
    pub life: Option<Life>,
    /// Ceilings that were met: the run goes on, with fewer than should be there.
    pub crowds: Vec<Crowd>,
    /// True when the session has reached its ceiling of steps and takes no more.
    pub full: bool,
    /// True when the clock has nothing more to pick though something may happen: the run's time is
    /// over, or only what comes at any moment is left.
    pub clock_over: bool,
}

impl Frame {
    /// The lane of this id, if it is among those shown.
    #[must_use]
    pub fn lane(&self, id: u32) -> Option<&Lane> {
        let guess = self.lanes.get(id as usize).filter(|lane| lane.id == id);
        guess.or_else(|| self.lanes.iter().find(|lane| lane.id == id))
    }

    /// A step (from 1), if it is among those shown.
    #[must_use]
    pub fn step(&self, number: u32) -> Option<&StepView> {
        self.steps.get(number.checked_sub(self.first + 1)? as usize)
    }
}

/// What to show of a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// Lanes whose code is wanted; empty: the first [`super::LANES_OPEN`].
    pub open: Vec<u32>,
    /// A step of whose request the whole life is wanted.
    pub life: Option<u32>,
}

/// A stretch of steps in which a process has, or waits for, something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// Who.
    pub lane: u32,
    /// What, as in [`SharedView::place`]; empty where it is about nothing shared.
    pub place: String,
    /// In which way.
    pub kind: BarKind,
    /// The step (from 1) that began it; before the first step shown where it began earlier.
    pub from: u32,
    /// The step that ended it; `None` if none of those shown did.
    pub to: Option<u32>,
}

/// What a [`Bar`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum BarKind {
    /// Holds it alone (a lock, the writing side).
    Holds,
    /// Holds it with others (the reading side, a permit).
    Shares,
    /// Stands before it and cannot go on.
    Waits,
    /// Sleeps on a condition.
    Sleeps,
    /// Is stopped by a fault, or crashed.
    Stopped,
    /// Believes a value of it that another process has changed since.
    Stale,
}

/// Something that matters along the line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The step (from 1; 0: the start).
    pub step: u32,
    /// Who, if anybody.
    pub lane: Option<u32>,
    /// What.
    pub kind: MarkKind,
}

/// What a [`Mark`] is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MarkKind {
    /// It broke a promise (an index).
    Broke(u32),
    /// The process failed, by this error.
    Failed(String),
    /// A `within` ran out.
    TimedOut,
    /// A lease ran out.
    Expired,
    /// A crash, or the start of a pause.
    Fault,
    /// It said this.
    Note(String),
}

/// A step, as views show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepView {
    /// Whose step it is: a lane's id. An arrival is the new lane's, a lease's end its holder's.
    pub lane: u32,
    /// The lane's name at that step, as in `client[2]`.
    pub name: String,
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
    /// An error it raised, with what the text says of it.
    pub raised: Option<(String, String)>,
    /// What its notes said.
    pub notes: Vec<String>,
    /// What it did to sagas that is worth a sentence.
    pub sagas: Vec<SagaTold>,
    /// Processes that it started.
    pub started: Vec<u32>,
    /// The step before it of the same process (0: none).
    pub own: u32,
    /// What it did to messages, in order.
    pub passages: Vec<Passage>,
    /// Requests that it made: lanes, with their names at that step.
    pub called: Vec<(u32, String)>,
    /// Whose pass, or whole life, was over with it: lanes. It may be others': an answer's caller.
    pub ended: Vec<(u32, Option<String>)>,
}

/// Something that a step did to a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Which message.
    pub message: u32,
    /// Whose lane the step is of here: who sends, who receives, whose message it is.
    pub lane: u32,
    /// What.
    pub kind: PassageKind,
    /// The place, or the link's name.
    pub place: String,
    /// The step (from 1) that had brought it there.
    pub from: Option<u32>,
    /// The message.
    pub words: String,
}

/// What may be done to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PassageKind {
    /// It goes on a link.
    Leaves,
    /// It comes to the end of one.
    Arrives,
    /// It is lost there.
    Lost,
    /// A queue or log takes it.
    Stored,
    /// A queue refuses it.
    Refused,
    /// A queue throws it away.
    Dropped,
    /// A process takes it.
    Taken,
    /// It waits at the head again.
    Returned,
    /// It waits apart.
    Delayed,
    /// It is due.
    Readied,
    /// It has failed too often.
    Dead,
    /// It is done.
    Done,
}

/// One process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lane {
    /// Names it.
    pub id: u32,
    /// As in `client`.
    pub class: String,
    /// Its number, from 1; `None` if the text declares just one.
    pub number: Option<u32>,
    /// Where it is.
    pub state: LaneState,
    /// The text to show, in order; a change of `routine` starts a new block. Empty for a lane
    /// that is not open.
    pub code: Vec<CodeLine>,
    /// Its named locals in scope that have a value.
    pub locals: Vec<LocalView>,
    /// The `within`s around where it stands, outermost first: when the clock lets each run out,
    /// nanoseconds.
    pub timers: Vec<u64>,
    /// What it holds: places.
    pub holds: Vec<String>,
    /// By the clock its next step is due then, nanoseconds (if it is free to take it).
    pub due: u64,
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
    /// A fault ended it; whether it may start again.
    Crashed(bool),
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
    /// Its value; for a lock the holder's name, or empty when free; for a semaphore how many
    /// permits are out.
    pub value: String,
    /// Who holds it: lanes.
    pub holders: Vec<u32>,
    /// A rwlock held for writing.
    pub writing: bool,
    /// Who waits for it, or sleeps on it: lanes.
    pub waiting: Vec<u32>,
    /// How many may hold it: a semaphore's permits.
    pub permits: Option<u32>,
    /// The number of the last grant, for a lock with a lease.
    pub token: Option<String>,
    /// When the lease runs out by the clock, nanoseconds, while it is held.
    pub lease_ends: Option<u64>,
    /// Its value before the last step, if that step changed it.
    pub before: Option<String>,
    /// What else is known of a breaker or limiter.
    pub guard: Option<GuardView>,
}

/// A breaker or limiter at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GuardView {
    /// A breaker.
    Breaker {
        /// Its state.
        state: Guarding,
        /// The results it looks at, the oldest first: whether each failed, and was slow. Of a window
        /// of time it has none one by one.
        results: Vec<(bool, bool)>,
        /// The results of each second of a window of time, the oldest first.
        seconds: Vec<Tally>,
        /// How many results there is room for, or seconds.
        size: u32,
        /// Its size is seconds.
        timed: bool,
        /// What all that comes to.
        tally: Tally,
        /// So many results there must be before it judges.
        enough: u32,
        /// From this share of failed ones on it opens, millionths.
        failures: i64,
        /// From this share of slow ones on it opens, millionths, where it asks for that.
        slow: Option<i64>,
        /// How many it lets in while half open.
        probes: u32,
        /// How many it has let in then.
        admitted: u32,
        /// Who is inside: lanes.
        inside: Vec<u32>,
        /// While it is open: up to when by the clock, nanoseconds.
        until: Option<u64>,
    },
    /// A limiter.
    Limiter {
        /// How many may pass now.
        tokens: i64,
        /// How many may at most.
        most: i64,
        /// How many in a thousand hours.
        rate: i64,
        /// When somebody may pass next, nanoseconds, if time alone brings that about.
        next: Option<u64>,
    },
}

/// A breaker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreakerView {
    /// As in `guard` or `guard[2]`.
    pub place: String,
    /// Its state.
    pub guarding: Guarding,
    /// What it judges by in that state.
    pub results: Results,
    /// What that comes to.
    pub tally: Tally,
    /// It opens from this share of failed calls on, millionths.
    pub failures: u32,
    /// Where it asks for slow calls: the share from which it opens, and from when on one is slow,
    /// nanoseconds.
    pub slow: Option<(u32, u64)>,
    /// So many results there must be before it judges.
    pub enough: u32,
    /// How long it stays open, nanoseconds.
    pub open: u64,
    /// While it is open: when the clock lets somebody try again, nanoseconds.
    pub tries_at: Option<u64>,
    /// How many calls it lets in while half open.
    pub probes: u32,
    /// How many it has let in.
    pub probing: u32,
}

/// What a breaker judges by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Results {
    /// The last calls.
    Calls {
        /// How many it looks at.
        places: u32,
        /// The oldest first: whether it failed, and was slow.
        results: Vec<(bool, bool)>,
    },
    /// The last seconds, the oldest first.
    Seconds(Vec<Tally>),
}

/// Something that may, or may not, happen next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Whose: a lane's id. For an arrival, a class's next lane.
    pub lane: u32,
    /// The name of who would act, as in `client[2]`.
    pub name: String,
    /// What it is: a step, or something that happens to the process.
    pub kind: OfferKind,
    /// Which of several outcomes of the step, from 1, and how many there are.
    pub outcome: (u32, u32),
    /// What it would do.
    pub action: Action,
    /// Its number among the possible choices, from 1; `None` when it cannot happen.
    pub pick: Option<u32>,
    /// Why it cannot happen.
    pub blocked: Option<Reason>,
    /// The line of the text, from 1.
    pub line: u32,
    /// The message it is about, where it is about one that is not this process's next step.
    pub message: Option<u32>,
}

/// What kind of thing may happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OfferKind {
    /// A step of a process.
    Step,
    /// An arrival.
    Arrival,
    /// Something becomes of a message.
    Message,
    /// Something runs out.
    Timer,
    /// Something goes wrong, or right again.
    Fault,
}

/// A promise at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseView {
    /// When it must hold.
    pub kind: PromiseKind,
    /// The condition as in the text.
    pub condition: String,
    /// The words behind it; `{…}` where values stand.
    pub why: Option<String>,
    /// The same with the values of this moment, where that differs.
    pub now: Option<String>,
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
    /// Processes wait for one another in a circle: lanes, each waiting for
    /// what the next holds.
    Deadlock(Vec<u32>),
    /// Processes wait for what nobody will give.
    Stuck(Vec<u32>),
    /// A process's own work did not come to an end within the ceiling.
    Endless(u32),
    /// Nothing but idle processes (`forever`) is left.
    Idle,
    /// There was no room for what this process wanted to keep, start or draw.
    Full(u32),
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
    /// The lanes of its last steps (at most [`super::BRANCH_LANES`]), in order, so that a view can
    /// draw it.
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
