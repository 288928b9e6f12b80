//! What is observed within a step.

use super::{DataFact, ProcessId, ServiceFact, Target};
use crate::program::{
    Error, Gauge, Guarding, Judged, Mode, Pc, Reg, SagaMark, SharedId, Tally, TextId,
};

/// Something observed within a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A call of a routine began that is measured.
    RoutineBegan {
        /// Its name: an index into [`crate::program::Program::labels`].
        routine: u32,
    },
    /// It ended.
    RoutineEnded {
        /// Which.
        routine: u32,
        /// The error that ended it.
        error: Option<Error>,
    },
    /// Something happened to a saga.
    Saga {
        /// Which: an index into [`crate::program::Program::sagas`].
        saga: u32,
        /// What.
        mark: SagaMark,
        /// At which step, from 0, or how many steps.
        step: u16,
        /// The error that it happens by.
        error: Option<Error>,
    },
    /// A variable was read.
    Read {
        /// What was touched.
        target: Target,
        /// The value found.
        value: i64,
    },
    /// A variable was written.
    Wrote {
        /// What was touched.
        target: Target,
        /// The value before.
        old: i64,
        /// The value now.
        new: i64,
    },
    /// Something was taken.
    Took {
        /// Which.
        target: Target,
        /// How.
        mode: Mode,
        /// The number of this grant, for a lease.
        token: Option<i64>,
    },
    /// A semaphore was full and turned it away.
    TurnedAway {
        /// Which.
        target: Target,
    },
    /// Something was let go.
    LetGo {
        /// Which.
        target: Target,
        /// How it was held.
        mode: Mode,
    },
    /// A lease was to be let go that had run out.
    LetGoLate {
        /// Which.
        target: Target,
    },
    /// It fell asleep on a condition.
    FellAsleep {
        /// Which.
        condition: Target,
    },
    /// It signalled a condition; those woken follow as [`Fact::Woke`].
    Signalled {
        /// Which.
        condition: Target,
    },
    /// This sleeper was woken.
    Woke {
        /// Who.
        process: ProcessId,
    },
    /// The condition it waited for holds.
    Passed {
        /// Index into [`crate::program::Program::conditions`].
        condition: u32,
    },
    /// A value of a map was read.
    ReadKey {
        /// Which map.
        target: Target,
        /// Under which key.
        key: i64,
        /// The value found.
        value: i64,
    },
    /// A value of a map was written.
    WroteKey {
        /// Which map.
        target: Target,
        /// Under which key.
        key: i64,
        /// The value before.
        old: i64,
        /// The value now.
        new: i64,
    },
    /// A gauge was read.
    Gauged {
        /// Of what.
        target: Target,
        /// Which.
        gauge: Gauge,
        /// The value found.
        value: i64,
    },
    /// It asked whether it holds a lock.
    AskedMine {
        /// Which.
        target: Target,
        /// Whether it does.
        mine: bool,
    },
    /// One of several outcomes came: the value it gave.
    Drew {
        /// The value.
        value: i64,
        /// True for `chance`, whose value is a bool.
        chance: bool,
    },
    /// It comes again, or leaves for good.
    Thought {
        /// It leaves.
        leaves: bool,
    },
    /// It waited before the next try.
    BackedOff,
    /// It raised an error.
    Raised {
        /// Which.
        error: Error,
    },
    /// It said something (an index into [`crate::program::Program::texts`]); the values follow as
    /// [`Fact::Hole`].
    Said {
        /// Which text.
        text: TextId,
        /// `fail`'s words and not a note.
        failing: bool,
    },
    /// A value in a text; `None` if it could not be computed.
    Hole {
        /// The value.
        value: Option<i64>,
    },
    /// An `assert` did not hold.
    AssertBroke {
        /// Index into [`crate::program::Program::promises`].
        promise: u32,
    },
    /// The instance will count under this outcome (an index into the labels).
    Outcome {
        /// Which.
        label: u32,
    },
    /// A value was added to a measure (an index into the labels).
    Recorded {
        /// Which.
        measure: u32,
        /// The value.
        value: i64,
    },
    /// It started a task.
    Spawned {
        /// Which.
        process: ProcessId,
    },
    /// It came to be: arrived, was spawned, or started again.
    Began {
        /// Its number among its kind.
        number: u32,
    },
    /// One pass of its work is over.
    PassEnded,
    /// A `within` of it ran out.
    TimedOut,
    /// A lease it held ran out.
    Expired {
        /// Which.
        target: Target,
    },
    /// It crashed.
    Crashed,
    /// It was stopped for a while.
    Stopped,
    /// It goes on after that.
    Resumed,
    /// Time passed for the process alone.
    Paused {
        /// How long, nanoseconds; `None` where it is drawn, and whoever keeps time knows.
        time: Option<i64>,
        /// `work` (true) or `sleep`.
        busy: bool,
    },
    /// A counter changed.
    Counted {
        /// Which.
        target: Target,
        /// The value before.
        old: i64,
        /// The value now.
        new: i64,
    },
    /// An `atomic` block began; what follows belongs to it.
    AtomicBegan,
    /// A register was set. Not part of a run's fingerprint: it is for those who look at locals.
    Local {
        /// Which.
        register: Reg,
        /// Its value.
        value: i64,
        /// The instruction that set it.
        pc: Pc,
    },
    /// A message left its sender; its fields follow as [`Fact::Field`].
    Sent {
        /// For whom.
        target: Target,
        /// Which: numbered through the run, from 1.
        message: u32,
    },
    /// A field of a message.
    Field {
        /// Its value.
        value: i64,
    },
    /// A message went on its way over a link.
    OnLink {
        /// The link.
        link: SharedId,
        /// For whom.
        target: Target,
        /// Which.
        message: u32,
    },
    /// A message came to the end of a link.
    Arrived {
        /// The link.
        link: SharedId,
        /// For whom.
        target: Target,
        /// Which.
        message: u32,
    },
    /// A message on a link was held back by hand.
    HeldBack {
        /// The link.
        link: SharedId,
        /// Which.
        message: u32,
        /// When it arrives by the clock, nanoseconds; 0 where there is no clock.
        until: u64,
    },
    /// A message was lost on a link.
    Lost {
        /// The link.
        link: SharedId,
        /// Which.
        message: u32,
    },
    /// A message is there twice.
    Doubled {
        /// The link or the queue.
        target: Target,
        /// Which.
        message: u32,
        /// The number of the copy.
        copy: u32,
    },
    /// A queue took a message.
    Accepted {
        /// Which.
        target: Target,
        /// What.
        message: u32,
    },
    /// A log took a message.
    Appended {
        /// Which.
        target: Target,
        /// What.
        message: u32,
        /// Which part of it, from 0.
        partition: u32,
        /// Its place there, from 1.
        offset: i64,
    },
    /// There was no room for a message.
    Refused {
        /// Where.
        target: Target,
        /// Which.
        message: u32,
    },
    /// A queue threw a message away for want of room.
    Dropped {
        /// Where.
        target: Target,
        /// Which.
        message: u32,
    },
    /// A message was given to the process; its fields follow as [`Fact::Field`].
    Delivered {
        /// The queue or group.
        target: Target,
        /// Which.
        message: u32,
        /// Which delivery of it this is, from 1.
        attempt: u32,
        /// Where the process keeps it until it is done; `None` if it is done already.
        slot: Option<u16>,
    },
    /// The process read an entry of a log; its fields follow as [`Fact::Field`].
    Followed {
        /// The log.
        target: Target,
        /// Which.
        message: u32,
        /// Its place there, from 1.
        offset: i64,
    },
    /// A message is done.
    Acked {
        /// The queue or group.
        target: Target,
        /// Which.
        message: u32,
    },
    /// It said that a message is done which was no longer its own.
    LateAck {
        /// The queue or group.
        target: Target,
        /// Which.
        message: u32,
    },
    /// It could not do a message.
    Nacked {
        /// The queue or group.
        target: Target,
        /// Which.
        message: u32,
    },
    /// The visibility of a message ended.
    Reappeared {
        /// The queue.
        target: Target,
        /// Which.
        message: u32,
    },
    /// A message waits at the head of its queue again.
    Returned {
        /// The queue.
        target: Target,
        /// Which.
        message: u32,
    },
    /// A message waits apart until it is due.
    Delayed {
        /// The queue.
        target: Target,
        /// Which.
        message: u32,
        /// How long, nanoseconds; `None`: as the queue's backoff says after so many deliveries.
        time: Option<i64>,
        /// Deliveries so far.
        attempts: u32,
    },
    /// A message that waited apart is due.
    Readied {
        /// The queue.
        target: Target,
        /// Which.
        message: u32,
    },
    /// A message has failed too often.
    Dead {
        /// The queue.
        target: Target,
        /// Which.
        message: u32,
    },
    /// A group has done its records up to an offset.
    Committed {
        /// The group.
        target: Target,
        /// Which part of its log, from 0.
        partition: u32,
        /// The offset of the next record.
        offset: i64,
    },
    /// A group's parts were shared out anew.
    Rebalanced {
        /// The group.
        target: Target,
    },
    /// One pass of a `process … receive` failed.
    PassFailed {
        /// By what.
        error: Error,
    },
    /// What was sent came nowhere: a fault keeps its sender from reaching a channel. What it would
    /// have said follows.
    Unreachable {
        /// Where to.
        target: Target,
    },
    /// Nothing gets over a link any more.
    LinkCut {
        /// Which.
        link: SharedId,
    },
    /// A link is whole again.
    LinkHealed {
        /// Which.
        link: SharedId,
    },
    /// A breaker let it in.
    LetIn {
        /// Which.
        target: Target,
        /// It is half open, and looks how this one fares.
        probe: bool,
    },
    /// A breaker did not let it in.
    KeptOut {
        /// Which.
        target: Target,
    },
    /// It left a breaker.
    Settled {
        /// Which.
        target: Target,
        /// What its result comes to.
        judged: Judged,
        /// It took longer than it should.
        slow: bool,
        /// The result went into the window: the period that let it in is not over.
        counts: bool,
        /// What the window then came to.
        tally: Tally,
    },
    /// A breaker began another period.
    Switched {
        /// Which.
        target: Target,
        /// What it was.
        from: Guarding,
        /// What it is.
        to: Guarding,
        /// What the window had come to.
        tally: Tally,
    },
    /// It got a token of a limiter.
    GotToken {
        /// Which.
        target: Target,
        /// For a further try.
        further: bool,
    },
    /// There was no token for a further try.
    NoToken {
        /// Of which limiter.
        target: Target,
    },
    /// Its first try earned a part of a token.
    Earned {
        /// Of which limiter.
        target: Target,
    },
    /// A branch came to its end.
    BranchEnded {
        /// Who waits for it.
        parent: ProcessId,
    },
    /// All branches had ended, and it went on.
    Joined,
    /// It looked for something in a cache; the words of a record follow as [`Fact::Field`].
    Looked {
        /// The cache.
        target: Target,
        /// Under which key.
        key: i64,
        /// The value found.
        value: i64,
        /// It was there.
        hit: bool,
        /// It had been there, and its time was over.
        over: bool,
    },
    /// A cache keeps a value from now on; the words of a record follow as [`Fact::Field`].
    Kept {
        /// The cache.
        target: Target,
        /// Under which key.
        key: i64,
        /// The value.
        new: i64,
        /// There was none before.
        is_new: bool,
    },
    /// What a cache kept was thrown away.
    Uncached {
        /// The cache.
        target: Target,
        /// Under which key.
        key: i64,
        /// There was something.
        was: bool,
    },
    /// A cache threw out what was used least recently.
    Evicted {
        /// The cache.
        target: Target,
        /// Its key.
        key: i64,
    },
    /// It did not find something and sets out to fill it in.
    FillBegan {
        /// The cache.
        target: Target,
        /// Under which key.
        key: i64,
    },
    /// It has filled it in, or given up.
    FillEnded {
        /// The cache.
        target: Target,
        /// Under which key.
        key: i64,
        /// The error that kept it from doing so.
        error: Option<Error>,
    },
    /// It waits for what another fills in.
    AwaitsFill {
        /// The cache.
        target: Target,
        /// Under which key.
        key: i64,
    },
    /// It got the value, or the error, of the one that filled in.
    Shared {
        /// The cache.
        target: Target,
        /// Under which key.
        key: i64,
    },
    /// The process came to its end.
    Ended,
    /// The process failed.
    Failed {
        /// By what.
        error: Error,
    },
    /// The process's own work passed its ceiling and was stopped.
    Endless,
    /// There was no room for more, and the process was stopped.
    Full,
    /// Something that has to do with calls and services.
    Service(ServiceFact),
    /// Something that has to do with a database.
    Data(DataFact),
}
