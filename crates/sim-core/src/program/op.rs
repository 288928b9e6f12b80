//! The instructions. An instruction is *own work* or a *touch*; a process always stands at a touch.

use super::{Isolation, SagaMark, SharedKind};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// An index into [`Program::code`].
pub type Pc = u32;
/// A register of a process: its place in the process's block, behind the position.
pub type Reg = u16;
/// An index into [`Program::shared`].
pub type SharedId = u32;

/// One instruction. The comment on each names its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each instruction's own line names its fields")]
pub enum Op {
    /// Own work: `to = value`.
    Const { to: Reg, value: i64 },
    /// Own work: `to = from`.
    Copy { to: Reg, from: Reg },
    /// Own work: `to = self`, the number of the process among its kind, from 1.
    Number { to: Reg },
    /// Own work: `to = replica`, the number of the replica that works on the request, from 1.
    Replica { to: Reg },
    /// Own work: `to = left (what) right`; may raise overflow or division by zero.
    Compute { what: Binary, to: Reg, left: Reg, right: Reg },
    /// Own work: `to = -from`; may raise overflow.
    Negate { to: Reg, from: Reg },
    /// Own work: `to = 1 - from`.
    Not { to: Reg, from: Reg },
    /// Own work: go on at `to`.
    Jump { to: Pc },
    /// Own work: go on at `yes` if `when` is 1, else at `no`.
    Branch { when: Reg, yes: Pc, no: Pc },
    /// Own work: change a counter (which only observes, so this is never a step).
    Count { counter: SharedId, index: Option<Reg>, change: CounterChange, by: Reg },
    /// Own work: raises the error whose code is in `error`. With `quiet` it is an error passed on
    /// that nobody here caught, which is no news. `text` is what `fail` says.
    Raise { error: Reg, text: Option<TextId>, quiet: bool },
    /// Own work: breaks the promise of an `assert` (an index into [`Program::promises`]) unless
    /// `holds` is 1. `text` is what it says then, with the values at this place: one `assert` may
    /// stand in several copies of a routine.
    Assert { promise: u32, holds: Reg, text: Option<TextId> },
    /// Own work: says something.
    Note { text: TextId },
    /// Own work: the instance will count under this outcome (an index into [`Program::labels`]).
    Outcome { label: u32 },
    /// Own work: adds a value to a measure (its name: an index into [`Program::labels`]).
    Record { measure: u32, value: Reg },
    /// Own work: a `within` begins; it is the `timer`-th around this place, from 0 for the
    /// outermost, and strikes after `time`.
    Arm { timer: u16, time: Reg },
    /// Own work: a `retry` begins; the next [`Op::Backoff`] of this slot waits as after a first
    /// failure. With `again` it is only told that one more try begins, where none is waited for.
    RetryBegan { slot: u16, again: bool },
    /// Own work: starts an instance of a class with [`Start::Spawned`](super::Start), whose first
    /// registers get the values of `count` registers from `first`.
    Spawn { class: u32, first: Reg, count: u16 },
    /// Own work: starts a branch of a `together`, an instance of a class with
    /// [`Start::Branch`](super::Start), as [`Op::Spawn`] starts a task. `outcome` becomes 0 until the
    /// branch has ended: then it is 1, or 2 and the code of its error.
    Fork { class: u32, first: Reg, count: u16, outcome: Reg },
    /// Own work: a call of a routine begins that is measured (its name: an index into
    /// [`Program::labels`]).
    RoutineBegan { routine: u32 },
    /// Own work: it ends, well or by the error whose code is in `error`.
    RoutineEnded { routine: u32, error: Option<Reg> },
    /// Own work: tells what happens to a saga (an index into
    /// [`Program::sagas`](super::Program)) at one of its steps, from 0, or to so many of them; `error`
    /// has the code of what it happens by.
    Saga { saga: u32, mark: SagaMark, step: u16, error: Option<Reg> },
    /// Own work: one pass of a `forever` or `again after` process is over.
    PassEnd,

    /// Touch: `to = from[index]`. In a promise's code it is own work and may read counters.
    Read { to: Reg, from: SharedId, index: Option<Reg> },
    /// Touch: `to[index] = from`.
    Write { to: SharedId, index: Option<Reg>, from: Reg },
    /// Touch: `to = from[key]` of a map, `count` words of it. Own work in a promise.
    ReadKey { to: Reg, from: SharedId, key: Reg, count: u16 },
    /// Touch: `to[key] = from` of a map, `count` words at once; may raise `too_many`.
    WriteKey { to: SharedId, key: Reg, from: Reg, count: u16 },
    /// Touch: `to` = a gauge of something. Own work in a promise.
    Gauge { to: Reg, of: SharedId, index: Option<Reg>, gauge: Gauge },
    /// Touch: `to` = 1 if the process holds this lock (that may have run out). Never in a promise.
    Mine { to: Reg, lock: SharedId, index: Option<Reg> },
    /// Touch: take a lock, one side of a rwlock, or a permit; possible only when it is free (a
    /// semaphore that rejects: always, and raises `rejected` when it is not). `token` gets the
    /// number of this grant.
    Acquire { lock: SharedId, index: Option<Reg>, mode: Mode, token: Option<Reg> },
    /// Touch: let go. Raises `not_held` if a lock is another's, or nobody's, or a semaphore has no
    /// permit out. With `lenient` (the end of a `with` and the ways out of it) what is no longer
    /// held is no error.
    Release { lock: SharedId, index: Option<Reg>, mode: Mode, lenient: bool },
    /// Touch: lets the condition's lock go and falls asleep; raises `not_held` if the process does
    /// not hold it. An [`Op::Asleep`] of the same condition must follow.
    CondWait { condition: SharedId, index: Option<Reg>, lock: SharedId, lock_index: Option<Reg> },
    /// Touch: where a process sleeps. It is never possible; [`Op::Notify`] moves the process to the
    /// next instruction, the [`Op::Acquire`] that takes the lock again.
    Asleep { condition: SharedId, index: Option<Reg> },
    /// Touch: wakes one sleeper (an outcome for each) or all; with nobody asleep it is lost.
    Notify { condition: SharedId, index: Option<Reg>, all: bool },
    /// Touch: possible only while a condition (an index into [`Program::conditions`]) holds.
    Until { condition: u32 },
    /// Touch of nothing shared: time passes, busy (`work`) or idle (`sleep`).
    Pause { time: Spend, busy: bool },
    /// Touch of nothing shared: the wait between two tries of a `retry`. Four registers from
    /// `first`: a [`Strategy`]'s code, delay (ns), factor (millionths), cap (ns, or [`NONE`]).
    Backoff { slot: u16, first: Reg },
    /// Touch of nothing shared: between two passes of an `again after` process. Its second outcome
    /// goes to `leave`: the process comes no more.
    Think { time: Spend, leave: Option<Pc> },
    /// Touch: gives a message to a queue, topic or log, over a link where one is declared. Its `fields`
    /// fields lie in registers from `first` on. Raises `rejected` where it finds no room, `unavailable`
    /// where a fault says so. With `after` it waits apart for so many nanoseconds. `offset` gets its
    /// place in a log.
    Send {
        to: SharedId,
        index: Option<Reg>,
        via: Option<SharedId>,
        first: Reg,
        fields: u16,
        key: Option<Reg>,
        after: Option<Reg>,
        offset: Option<Reg>,
    },
    /// Touch: takes a message from a queue, or the next record of a group's; possible only while
    /// there is one. Sets [`RECEIVED`](super::RECEIVED) registers from `to` on (handle, attempt, key,
    /// offset, number) and then so many `fields`. `by_hand`: the program itself says when it is done.
    Receive { from: SharedId, index: Option<Reg>, to: Reg, fields: u16, by_hand: bool },
    /// Touch: reads the entry of a log at the offset in `at`; possible only once there is one. Raises
    /// `gone` where it is no longer kept. Sets registers as [`Op::Receive`] does.
    Follow { log: SharedId, index: Option<Reg>, at: Reg, to: Reg, fields: u16 },
    /// Touch: a message taken from this queue or group is done.
    Ack { from: SharedId, handle: Reg },
    /// Touch: a message taken from this queue or group could not be done.
    Nack { from: SharedId, handle: Reg },
    /// Touch: a request leaves for a service, with `count` values from `first` on. Without a wire it
    /// arrives in the same step, and raises `unavailable` or `rejected` where it is not let in. An
    /// [`Op::Answer`] must follow.
    Call { service: SharedId, replica: Option<Reg>, handler: u16, first: Reg, count: u16 },
    /// Touch: where a caller waits for its answer. It is never possible; the answer's `count` values
    /// go to registers from `to` on, and the process goes on.
    Answer { service: SharedId, to: Reg, count: u16 },
    /// Touch: where a request is under way. It arrives, perhaps twice, or is lost.
    Arrive { service: SharedId },
    /// Touch: takes a worker; possible only while there is one.
    Enter { service: SharedId },
    /// Touch: takes a core; possible only while there is one.
    Core { service: SharedId },
    /// Touch: gives the worker back. The answer, `count` values from `first` on or the error whose
    /// code is in `error`, leaves; without a wire it arrives in the same step, and the [`Op::Back`]
    /// that must follow is left out.
    Reply { service: SharedId, first: Reg, count: u16, error: Option<Reg> },
    /// Touch: a service is to have so many replicas; raises `outside_array` where that is below 0 or
    /// too many.
    Scale { service: SharedId, to: Reg },
    /// Touch: a request of which nobody awaits the answer gives its worker back, if it has one.
    Abandon { service: SharedId },
    /// Touch: where an answer is under way. It arrives or is lost.
    Back { service: SharedId, first: Reg, count: u16, error: Option<Reg> },
    /// Touch of nothing shared: possible only once `count` branches, whose outcomes lie in registers
    /// from `first` on, have ended. Raises the first error among them.
    Join { first: Reg, count: u16 },
    /// Touch: asks a breaker to be let in; raises `open` where it is not. While it is open there are
    /// two outcomes: it still waits, or that is over.
    Admit { breaker: SharedId, index: Option<Reg> },
    /// Touch: who was let in by a breaker leaves, well or by the error whose code is in `error`. Its
    /// being slow, and how many seconds of the window are over, are outcomes.
    Report { breaker: SharedId, index: Option<Reg>, error: Option<Reg> },
    /// Touch: takes a token of a limiter. Where it rejects there are two outcomes: there is one, or
    /// not, which raises `rejected`. With `got` it never waits, and tells there which (1 or 0).
    Token { limiter: SharedId, index: Option<Reg>, got: Option<Reg> },
    /// Own work: a first try earns a part of a token.
    Earn { limiter: SharedId },
    /// Touch: `to = cache[key]`, `count` words of it; `none` where it is not kept. Where it is kept for
    /// a time, a second outcome finds that time over.
    CacheRead { cache: SharedId, key: Reg, to: Reg, count: u16 },
    /// Touch: `cache[key] = from`, `count` words at once.
    CacheWrite { cache: SharedId, key: Reg, from: Reg, count: u16 },
    /// Touch: what is kept under a key is thrown away.
    CacheDrop { cache: SharedId, key: Reg },
    /// Touch: as [`Op::CacheRead`] where it is kept. Else the process goes to `miss` and fills it
    /// in. With `single` only one does so for a key: an [`Op::Flight`] follows, where others wait.
    Lookup { cache: SharedId, key: Reg, to: Reg, count: u16, miss: Pc, single: bool },
    /// Touch: where one waits for what another fills in. It is never possible; that one gives the
    /// value or the error, and the process goes on.
    Flight { cache: SharedId, key: Reg, to: Reg, count: u16 },
    /// Touch: keeps what was found under a key, and with `single` gives it to who waits for it.
    Fill { cache: SharedId, key: Reg, from: Reg, count: u16, single: bool },
    /// Touch: nothing was found. Who waits gets the error whose code is in `error`, or looks again.
    Unfill { cache: SharedId, key: Reg, error: Option<Reg> },
    /// Own work: a transaction begins. `replica`, from 1, is the one that it reads.
    Begin { database: SharedId, level: Isolation, replica: Option<Reg> },
    /// Touch: a transaction is committed; raises `conflict`. One that an error has undone already
    /// only ends.
    Commit { database: SharedId },
    /// Own work: a transaction that is still open is undone, on the way out of it.
    Rollback { database: SharedId },
    /// Touch: a transaction is undone on purpose.
    Abort { database: SharedId },
    /// Touch: a statement (an index into [`Program::queries`](super::Program)); outside a transaction
    /// it commits itself. What it reads goes to `count` registers from `to` on, or how many rows it
    /// changed; what it writes lies in `values` registers from `first` on. One that must wait takes
    /// another step here. Raises `conflict`, `deadlock`, `duplicate`, `no_row`, or `aborted` behind an
    /// error in the same transaction. In a promise: what is committed.
    Query { query: u32, key: Option<Reg>, first: Reg, values: u16, to: Reg, count: u16 },
    /// Own work: `to` = how long ago the message with the number in `number` was sent, nanoseconds.
    Age { to: Reg, number: Reg },
    /// Own work: one pass of a `process … receive` failed, by the error whose code is in `error`.
    PassFail { error: Reg },
    /// Touch of nothing shared: `to` = the number of one of several outcomes.
    Draw { to: Reg, what: Outcomes },
    /// Touch: everything up to the matching `AtomicEnd` happens in this one step. `guard` is its
    /// leading `wait until`, an index into [`Program::conditions`].
    Atomic { guard: Option<u32> },
    /// Own work: the end of the innermost `atomic`.
    AtomicEnd,

    /// Own work: the process has ended.
    End,
    /// Own work: the process ends as failed, by the error whose code is in `error`.
    Fail { error: Reg },
}

/// The word that stands for `none`, and for what has no value. Arithmetic never yields it: the
/// least whole number is one more.
pub const NONE: i64 = i64::MIN;

/// An index into [`Program::texts`].
pub type TextId = u32;

/// How something is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Mode {
    /// A lock.
    Lock,
    /// A rwlock, together with other readers.
    Read,
    /// A rwlock, alone.
    Write,
    /// One permit of a semaphore.
    Permit,
}

/// What can be asked of a shared thing besides its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Gauge {
    /// How many hold it: 0 or 1 for a lock, readers or 1 for a rwlock, permits out.
    Busy,
    /// How many stand before it and cannot go on; for a condition, how many sleep.
    Waiting,
    /// How many messages wait in a queue, those that are not due yet included.
    Length,
    /// How many messages are delivered and not done, or under way on a link; of a service, how
    /// many calls have left and not come back, of a replica how many are in its hands.
    InFlight,
    /// The offset of the oldest entry that a log keeps (of its first part).
    First,
    /// The offset that a log's next entry will have (in its first part).
    Next,
    /// How many records a group has yet to do.
    Lag,
    /// How many values a cache keeps.
    Size,
    /// How many calls wait for a worker.
    Queued,
    /// How many cores are taken.
    Computing,
    /// How many replicas live.
    Replicas,
    /// Whether a breaker is closed, open or half open: a label.
    State,
    /// How many results are in a breaker's window.
    WindowCalls,
    /// How many of them failed.
    WindowFailures,
}

/// How long a pause takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spend {
    /// As many nanoseconds as the register holds; a negative number raises `negative_time`.
    Fixed(Reg),
    /// A draw; its parameters lie in registers from this one on, as many as it takes.
    Drawn(Distribution, Reg),
}

/// Distributions of times. Times are nanoseconds, a shape is in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Distribution {
    /// `exp(mean)`.
    Exponential,
    /// `uniform(least, greatest)`.
    Uniform,
    /// `normal(mean, deviation)`, cut at zero.
    Normal,
    /// `lognormal(median, sigma)`; sigma in millionths.
    Lognormal,
    /// `erlang(k, mean)`: k exponential stages.
    Erlang,
    /// `pareto(least, shape)`; shape in millionths.
    Pareto,
}

/// How the wait before the next try grows, and how it is spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Strategy {
    /// No wait (its code is 0).
    None,
    /// `delay`.
    Fixed,
    /// `delay * n` after the n-th failure, at most `cap`.
    Linear,
    /// `delay * factor^(n-1)`, at most `cap`.
    Exponential,
    /// Half of that, and a draw up to the other half.
    Equal,
    /// A draw up to that.
    Full,
    /// A draw from `delay` to three times the wait before, at most `cap`.
    Decorrelated,
}

/// The outcomes of a draw; a step for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcomes {
    /// `chance(p)`, p in millionths: first 1 (it happens), then 0. Not at all likely or certain:
    /// one outcome.
    Chance(Reg),
    /// `any(least..greatest)`, in rising order; an empty range raises `outside_array`.
    Any(Reg, Reg),
    /// So many blocks of a `choose`: 0, 1, ...
    Ways(u32),
}

/// What `Compute` computes. Comparisons give 0 or 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// Sum.
    Add,
    /// Difference.
    Subtract,
    /// Product.
    Multiply,
    /// Quotient, rounded down.
    Divide,
    /// Remainder, with the divisor's sign.
    Modulo,
    /// Equal.
    Equal,
    /// Not equal.
    Differ,
    /// Less.
    Less,
    /// Less or equal.
    AtMost,
    /// The lesser.
    Least,
    /// The greater.
    Greatest,
    /// A kind times a percent (on the right): rounded half up.
    TimesPercent,
    /// Two of one kind give a percent; a number, duration or rate over a percent one of its own
    /// kind: `left * WHOLE / right`, rounded half up.
    Share,
    /// A number over a rate gives a duration, a number over a duration a rate: both are
    /// `left * RATE_HOUR / right`, rounded half up. With 1 on the left it turns a rate
    /// into its gap.
    Inverse,
    /// A rate times a duration gives a number: `left * right / RATE_HOUR`, rounded likewise.
    RateTimes,
}

/// A rate is stored as events in a thousand hours, so that `0.9/s` and `1/h` are whole. This many
/// nanoseconds are a thousand hours: `gap = RATE_HOUR / rate`, `rate = RATE_HOUR / gap`.
pub const RATE_HOUR: i64 = 3_600_000_000_000_000;

/// A percent is stored in millionths of the whole.
pub const WHOLE: i64 = 1_000_000;

/// How `Count` changes a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CounterChange {
    /// `+=`
    Add,
    /// `-=`
    Subtract,
    /// `=`
    Set,
}

impl Spend {
    /// The registers it reads.
    #[must_use]
    pub fn registers(self) -> Range<Reg> {
        match self {
            Spend::Fixed(register) => register..register + 1,
            Spend::Drawn(distribution, first) => first..first + distribution.parameters(),
        }
    }
}

impl Distribution {
    /// Its name in the language.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Distribution::Exponential => "exp",
            Distribution::Uniform => "uniform",
            Distribution::Normal => "normal",
            Distribution::Lognormal => "lognormal",
            Distribution::Erlang => "erlang",
            Distribution::Pareto => "pareto",
        }
    }

    /// How many numbers describe it.
    #[must_use]
    pub fn parameters(self) -> Reg {
        match self {
            Distribution::Exponential => 1,
            Distribution::Uniform
            | Distribution::Normal
            | Distribution::Lognormal
            | Distribution::Erlang
            | Distribution::Pareto => 2,
        }
    }
}

impl Strategy {
    /// All, in the order of their codes.
    pub const ALL: [Strategy; 7] = [
        Strategy::None,
        Strategy::Fixed,
        Strategy::Linear,
        Strategy::Exponential,
        Strategy::Equal,
        Strategy::Full,
        Strategy::Decorrelated,
    ];

    /// Its value in the language.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Strategy::None => "none",
            Strategy::Fixed => "fixed",
            Strategy::Linear => "linear",
            Strategy::Exponential => "exponential",
            Strategy::Equal => "equal",
            Strategy::Full => "full",
            Strategy::Decorrelated => "decorrelated",
        }
    }
}

impl Gauge {
    /// All of them.
    pub const ALL: [Gauge; 14] = [
        Gauge::Busy,
        Gauge::Waiting,
        Gauge::Length,
        Gauge::InFlight,
        Gauge::First,
        Gauge::Next,
        Gauge::Lag,
        Gauge::Size,
        Gauge::Queued,
        Gauge::Computing,
        Gauge::Replicas,
        Gauge::State,
        Gauge::WindowCalls,
        Gauge::WindowFailures,
    ];

    /// Its name in the language.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Gauge::Busy => "busy",
            Gauge::Waiting => "waiting",
            Gauge::Length => "length",
            Gauge::InFlight => "inflight",
            Gauge::First => "first",
            Gauge::Next => "next",
            Gauge::Lag => "lag",
            Gauge::Size => "size",
            Gauge::Queued => "queued",
            Gauge::Computing => "computing",
            Gauge::Replicas => "replicas",
            Gauge::State => "state",
            Gauge::WindowCalls => "window.calls",
            Gauge::WindowFailures => "window.failures",
        }
    }
}

impl SharedKind {
    /// The word of the language that declares it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            SharedKind::Var => "var",
            SharedKind::Lock => "lock",
            SharedKind::Counter => "counter",
            SharedKind::Map => "var",
            SharedKind::RwLock => "rwlock",
            SharedKind::Semaphore => "semaphore",
            SharedKind::Condition => "condition",
            SharedKind::Queue => "queue",
            SharedKind::Topic => "topic",
            SharedKind::Log => "log",
            SharedKind::Group => "group",
            SharedKind::Link | SharedKind::Wire => "link",
            SharedKind::Service => "service",
            SharedKind::Breaker => "breaker",
            SharedKind::Limiter => "limiter",
            SharedKind::Cache => "cache",
            SharedKind::Database => "database",
            SharedKind::Table => "table",
        }
    }
}
