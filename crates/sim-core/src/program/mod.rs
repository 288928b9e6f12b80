//! What a scenario becomes once its parameters are chosen: instructions and names as plain data.
//!
//! A program knows nothing of text (it carries places as byte ranges), of time or of randomness,
//! and it never runs anything: `lang` makes it, `machine` executes it, everybody may read it.
//!
//! Parameters are constants here. Routines are not recursive, so each call is a copy of its
//! routine's instructions: a position in the code is a place in the text *and* the chain of calls
//! that led there, as the language's rule on state identity asks.

mod arithmetic;
mod breaker;
mod cache;
mod database;
mod error;
mod form;
mod glance;
mod goals;
mod layout;
mod limiter;
mod listing;
mod lists;
mod liveness;
mod message;
mod op;
mod rooms;
mod saga;
mod service;
mod spell;
mod tallied;
mod touch;
mod world;

pub use arithmetic::{compute, negate};
pub use breaker::{
    BREAKER, Breaker, Guarding, Judged, RESULTS, SECOND, Tally, WINDOW_CALLS, WINDOW_SECONDS,
    Window,
};
pub use cache::{Cache, FILLS, FILLS_SEARCHED, Filling};
pub use database::{
    CHANGES, CHANGES_MAX, CHANGES_OF_ALL, CHANGES_SEARCHED, COMMITTED_WORDS,
    COMMITTED_WORDS_SEARCHED, COPIES_MAX, Column, DEADLOCK_TIMEOUT, Database, Isolation, Query,
    QueryKind, Table, UNDER_WAY, UNDER_WAY_SEARCHED, VERSIONS, VERSIONS_SEARCHED,
};
pub use error::Error;
pub use form::Form;
pub use glance::{Condition, Glance, Text, TextPart};
pub use goals::{Chart, Formula, Goal, GoalWords, Line, Measure, Quantity, Statistic, Subject};
pub use layout::{
    Earlier, INSTANCES, KEYS, KEYS_SEARCHED, Layout, ProcessSlot, SPAWNED, SPAWNED_SEARCHED, Shape,
    SharedSlot,
};
pub use limiter::{Allowance, Limiter, LimiterKind, SLIDING_MAX};
pub use listing::listing;
pub use lists::{ENTRIES, ENTRIES_SEARCHED, Entry, Flight, List, Lists, META};
pub use liveness::dead_registers;
pub use message::{
    Backoff, Channel, Count, Counts, Group, Link, Log, MessageShape, Queue, RECEIVED, Topic,
    WhenFull,
};
pub use op::{
    Binary, CounterChange, Distribution, Gauge, Mode, NONE, Op, Outcomes, Pc, RATE_HOUR, Reg,
    SharedId, Spend, Strategy, TextId, WHOLE,
};
pub use rooms::{CHANGE, HEAD, TransactionRoom};
pub use saga::{NOTES, Saga, SagaLog, SagaMark, SagaStep};
pub use service::{Balance, Handler, Party, REPLICA, REPLICAS_MAX, RING_POINTS, Service, Wire};
pub use spell::{spell_duration, spell_percent, spell_rate};
pub use tallied::{Counting, Tallied};
pub use touch::Footprint;
pub use world::{Bounds, Fault, FaultKind, Gap, RunOptions, Start, Victim, When, Whom};

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A range of bytes in the scenario's text.
pub type Span = Range<u32>;

/// A scenario bound to parameters, ready to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    /// The words behind `scenario`.
    pub title: String,
    /// Each parameter with the value chosen, as the scenario would spell it, in text order.
    pub settings: Vec<(String, String)>,
    /// Variables, locks and counters, in text order.
    pub shared: Vec<Shared>,
    /// What promises count of things that carry no messages.
    pub tallied: Vec<Counting>,
    /// What carries messages, as [`Details::Channel`] names it.
    pub channels: Vec<Channel>,
    /// What is called, as [`Details::Service`] names it.
    pub services: Vec<Service>,
    /// Breakers, as [`Details::Breaker`] names them.
    pub breakers: Vec<Breaker>,
    /// Limiters, as [`Details::Limiter`] names them.
    pub limiters: Vec<Limiter>,
    /// Ways of calls over the network, as [`Details::Wire`] names them.
    pub wires: Vec<Wire>,
    /// What keeps values, as [`Details::Cache`] names it.
    pub caches: Vec<Cache>,
    /// Databases, as [`Details::Database`] names them.
    pub databases: Vec<Database>,
    /// Tables, as [`Details::Table`] names them.
    pub tables: Vec<Table>,
    /// Statements on tables, as [`Op::Query`] names them.
    pub queries: Vec<Query>,
    /// Sagas, as [`Op::Saga`] names them.
    pub sagas: Vec<Saga>,
    /// Where durable ones are written down.
    pub saga_logs: Vec<SagaLog>,
    /// Where a process fills something in that others may wait for.
    pub fills: Vec<Filling>,
    /// What values of maps are made of, as [`Details::Map`] names it.
    pub forms: Vec<Form>,
    /// Process declarations that exist under these parameters, in text order.
    pub classes: Vec<Class>,
    /// All instructions, class after class, then those of the promises.
    pub code: Vec<Op>,
    /// Where each instruction comes from; as long as `code`.
    pub places: Vec<Place>,
    /// Where an error raised by an instruction leads, if anything must be let go before the
    /// process fails: the first instruction of the way out, and the register that gets the error.
    pub landings: BTreeMap<Pc, (Pc, Reg)>,
    /// Where a `within` that runs out leads a process that stands at an instruction: one entry for
    /// each `within` around it that still counts there, outermost first.
    pub strikes: BTreeMap<Pc, Vec<Strike>>,
    /// Jumps back to where a round begins, of which a hidden counter allows only so many: a process
    /// never comes back by one to where it was.
    pub counted: BTreeSet<Pc>,
    /// Conditions of `wait until`.
    pub conditions: Vec<Condition>,
    /// What `note`, `fail`, `assert` and promises say.
    pub texts: Vec<Text>,
    /// `always`, `finally` and `assert`, in text order.
    pub promises: Vec<Promise>,
    /// What runs by the clock are to be measured for, in text order.
    pub goals: Vec<Goal>,
    /// What to draw, in text order.
    pub charts: Vec<Chart>,
    /// Named schedules, in text order.
    pub schedules: Vec<Schedule>,
    /// Names of choice values and words in quotes; either is stored as its index here.
    pub labels: Vec<String>,
    /// Names of errors that the text's own `fail`s use.
    pub errors: Vec<String>,
    /// What goes wrong, in text order.
    pub faults: Vec<Fault>,
    /// How far a search goes.
    pub bounds: Bounds,
    /// Defaults for the clock.
    pub run: RunOptions,
}

/// Where a process goes when a `within` strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strike {
    /// Which of the `within`s around the place, from 0 for the outermost.
    pub timer: u16,
    /// The first instruction of the way out.
    pub to: Pc,
    /// The register that gets the error's code.
    pub error: Reg,
}

/// Something that several processes may touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// Its name in the text.
    pub name: String,
    /// What it is.
    pub kind: SharedKind,
    /// What its values mean; `Type::Int` for counters and locks.
    pub value: Type,
    /// True when it was declared with `[n]`, even for n = 1.
    pub array: bool,
    /// First values, one an element; for what has no value of its own, a 0 an element. A map has
    /// one: what a key never written reads as.
    pub initial: Vec<i64>,
    /// What else is set for it.
    pub details: Details,
    /// The service of whose replicas each has as many elements of it for itself, if it is nobody
    /// else's.
    pub owner: Option<SharedId>,
    /// Where its name stands in its declaration.
    pub span: Span,
}

/// The kinds of shared things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SharedKind {
    /// `var`: each read and each write is a step.
    Var,
    /// `lock`: at most one holds it.
    Lock,
    /// `counter`: observes; changing it is never a step.
    Counter,
    /// `var x[]`: values under keys.
    Map,
    /// `rwlock`: many readers or one writer.
    RwLock,
    /// `semaphore`: so many permits.
    Semaphore,
    /// `condition`: where processes sleep until somebody wakes them.
    Condition,
    /// `queue`: messages in order, each for one receiver.
    Queue,
    /// `topic`: messages for every subscriber.
    Topic,
    /// `log`: messages that stay.
    Log,
    /// `group`: consumers that share a log.
    Group,
    /// `link`: a way over the network, with messages on it.
    Link,
    /// `service`: what is called.
    Service,
    /// `link`: a way over the network for requests and answers.
    Wire,
    /// `breaker`: stops calls where too many fail.
    Breaker,
    /// `limiter`: lets so many through in a time.
    Limiter,
    /// `cache`: values under keys, for a time.
    Cache,
    /// `database`: tables, and transactions on them.
    Database,
    /// `table`: rows under keys.
    Table,
}

impl SharedKind {
    /// True for what processes hold.
    #[must_use]
    pub fn is_held(self) -> bool {
        match self {
            SharedKind::Lock | SharedKind::RwLock | SharedKind::Semaphore => true,
            SharedKind::Var
            | SharedKind::Counter
            | SharedKind::Map
            | SharedKind::Condition
            | SharedKind::Service
            | SharedKind::Cache
            | SharedKind::Wire
            | SharedKind::Breaker
            | SharedKind::Database
            | SharedKind::Table
            | SharedKind::Limiter => false,
            other => {
                debug_assert!(other.is_channel());
                false
            }
        }
    }

    /// True for what carries messages.
    #[must_use]
    pub fn is_channel(self) -> bool {
        matches!(
            self,
            SharedKind::Queue
                | SharedKind::Topic
                | SharedKind::Log
                | SharedKind::Group
                | SharedKind::Link
        )
    }
}

/// What is set for a shared thing besides its first value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Details {
    /// Nothing.
    #[default]
    None,
    /// A lock that runs out after so many nanoseconds.
    Lease(i64),
    /// A semaphore.
    Semaphore {
        /// How many may hold it at once.
        permits: i64,
        /// A full one turns away instead of letting wait.
        rejects: bool,
        /// How long somebody waits before being turned away, nanoseconds.
        max_wait: Option<i64>,
    },
    /// A map.
    Map {
        /// What its keys are.
        key: Type,
        /// What its values are made of: an index into [`Program::forms`].
        form: u32,
    },
    /// What carries messages: an index into [`Program::channels`].
    Channel(u32),
    /// What is called: an index into [`Program::services`].
    Service(u32),
    /// A way of calls: an index into [`Program::wires`].
    Wire(u32),
    /// An index into [`Program::breakers`].
    Breaker(u32),
    /// An index into [`Program::limiters`].
    Limiter(u32),
    /// What keeps values by their keys: an index into [`Program::caches`].
    Cache(u32),
    /// An index into [`Program::databases`].
    Database(u32),
    /// An index into [`Program::tables`].
    Table(u32),
}

/// The types a value can have. A value is always one 64-bit word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Type {
    /// A whole number.
    Int,
    /// 0 or 1.
    Bool,
    /// Whole nanoseconds.
    Duration,
    /// An index into [`Program::labels`].
    Choice,
    /// Events in a thousand hours: see [`RATE_HOUR`].
    Rate,
    /// Millionths of the whole.
    Percent,
    /// Words in quotes: an index into [`Program::labels`].
    Text,
    /// An error: see [`Error::code`].
    Error,
}

/// One `process` declaration.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// Its name in the text.
    pub name: String,
    /// How its instances come to be.
    pub start: Start,
    /// True for `forever`: left waiting it is idle, and its steps count as progress.
    pub forever: bool,
    /// True for `process … receive`: each message is an instance, whose end counts as progress.
    pub receives: bool,
    /// How many instances there are at the start; their numbers run from 1.
    pub instances: u32,
    /// True when the text says `* n` or instances come by themselves: they are then called
    /// `client[1]`, else `client`.
    pub numbered: bool,
    /// First instruction.
    pub entry: Pc,
    /// Its instructions.
    pub code: Range<Pc>,
    /// How many registers an instance needs.
    pub registers: Reg,
    /// Named locals, for those who look.
    pub locals: Vec<Local>,
    /// What to show of the text for an instance: the process's body, then each routine it may
    /// call under these parameters, in the order of first call.
    pub regions: Vec<Region>,
    /// Parts of those regions that these parameters leave out (arms of a `match` not taken).
    pub hidden: Vec<Span>,
    /// Where its name stands in its declaration.
    pub span: Span,
}

/// A named local of a process or of a routine it calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Local {
    /// Its name in the text.
    pub name: String,
    /// Where its value is while the process stands inside `scope`.
    pub register: Reg,
    /// What its value means.
    pub value: Type,
    /// The instructions for which the name is in scope.
    pub scope: Range<Pc>,
}

/// A part of the text shown for a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The routine's name, or `None` for the process's own body.
    pub routine: Option<String>,
    /// From behind its `{` to its `}`.
    pub body: Span,
}

/// Where an instruction comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The expression or word that the step belongs to.
    pub span: Span,
    /// The statement around it (its first line for a block).
    pub statement: Span,
}

/// `always`, `finally` or `assert`.
#[derive(Clone, Debug, PartialEq)]
pub struct Promise {
    /// When it must hold.
    pub kind: PromiseKind,
    /// What computes it; empty for an `assert`, which its process computes.
    pub glance: Glance,
    /// What it reads.
    pub reads: Vec<SharedId>,
    /// The condition as it stands in the text.
    pub condition: String,
    /// The words behind it, if any: an index into [`Program::texts`].
    pub why: Option<TextId>,
    /// Where the condition stands.
    pub span: Span,
}

/// When a promise must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PromiseKind {
    /// At the start and after every step.
    Always,
    /// When nothing can happen any more.
    Finally,
    /// Where its process comes by it.
    Assert,
}

/// A named list of picks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The words behind `schedule`.
    pub name: String,
    /// The picks, or the word of the first one that these parameters leave without a process.
    pub picks: Result<Vec<Pick>, String>,
    /// Where it stands.
    pub span: Span,
}

/// What an entry of a schedule lets happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PickVerb {
    /// A step of the process.
    Step,
    /// An instance arrives.
    Arrive,
    /// The process crashes.
    Crash,
    /// A crashed process starts again.
    Restart,
    /// The process is stopped for a while.
    Pause,
    /// A paused process goes on.
    Resume,
    /// A `within` of the process runs out (with several, the outermost).
    Timeout,
    /// A lease runs out, or the visibility of a message.
    Expire,
    /// A message on a link arrives.
    Deliver,
    /// A message on a link is lost.
    Lose,
    /// A message on a link, or in a queue, is doubled.
    Double,
    /// Somebody's messages that wait apart become due.
    Ready,
    /// A link is cut, or healed.
    Cut,
    /// The parts of a group's log are shared out anew.
    Rebalance,
}

impl PickVerb {
    /// True for what happens to processes and to replicas of services.
    #[must_use]
    pub fn is_of_outage(self) -> bool {
        use PickVerb::{Crash, Pause, Restart, Resume};
        matches!(self, Crash | Pause | Restart | Resume)
    }

    /// True where it is about a shared thing and not about a process.
    #[must_use]
    pub fn is_of_shared(self) -> bool {
        match self {
            PickVerb::Expire
            | PickVerb::Deliver
            | PickVerb::Lose
            | PickVerb::Double
            | PickVerb::Ready
            | PickVerb::Cut
            | PickVerb::Rebalance => true,
            PickVerb::Step
            | PickVerb::Arrive
            | PickVerb::Crash
            | PickVerb::Restart
            | PickVerb::Pause
            | PickVerb::Resume
            | PickVerb::Timeout => false,
        }
    }
}

/// What an entry of a schedule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PickTarget {
    /// A process: an index into [`Program::classes`], and its number from 1 (0: any one, or the
    /// class itself for [`PickVerb::Arrive`]).
    Process(u32, u32),
    /// An element of a shared thing, from 0.
    Shared(SharedId, u32),
}

/// One entry of a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    /// What happens.
    pub verb: PickVerb,
    /// To whom.
    pub target: PickTarget,
    /// Which of the step's outcomes, from 1.
    pub outcome: u32,
    /// How often.
    pub times: u32,
}

impl Program {
    /// How a process is called in schedules, traces and JSON: `client[2]`, or `relay` when the
    /// text declares just one.
    #[must_use]
    pub fn process_name(&self, class: usize, number: u32) -> String {
        let class = &self.classes[class];
        if class.numbered { format!("{}[{number}]", class.name) } else { class.name.clone() }
    }

    /// The registers an instruction reads, those of its condition or text included.
    pub fn uses(&self, op: &Op) -> Vec<Reg> {
        let mut uses: Vec<Reg> = op.uses().collect();
        let mut glance = |glance: &Glance| {
            let code = &self.code[glance.code.start as usize..glance.code.end as usize];
            // What it sets is its own: it never sets a register that the process has in use.
            let own: BTreeSet<Reg> = code.iter().flat_map(Op::sets).collect();
            let read = code.iter().flat_map(Op::uses).chain([glance.result]);
            uses.extend(read.filter(|register| !own.contains(register)));
        };
        match *op {
            Op::Until { condition } | Op::Atomic { guard: Some(condition) } => {
                glance(&self.conditions[condition as usize].glance);
            }
            Op::Note { text }
            | Op::Raise { text: Some(text), .. }
            | Op::Assert { text: Some(text), .. } => {
                for part in &self.texts[text as usize].parts {
                    if let TextPart::Value(value, _) = part {
                        glance(value);
                    }
                }
            }
            Op::Query { query, .. } => {
                let query = &self.queries[query as usize];
                query.glances().for_each(&mut glance);
                // Where its glances find a row, it is the statement that puts it there.
                let row = query.row..query.row + 1 + self.columns(query.table);
                let own: Vec<Reg> = op.uses().collect();
                uses.retain(|register| !row.contains(register) || own.contains(register));
            }
            _ => {}
        }
        uses
    }
}
