//! What is set around the processes: how they come to be, what goes wrong, how far to look.

use super::{Distribution, SharedId, Span};

/// How instances of a class come to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Start {
    /// All at the start. (`again after` too: its code goes round.)
    AtOnce,
    /// One after another, each a gap after the one before; the first a gap after the start.
    Every {
        /// Between two of them.
        gap: Gap,
        /// How many come in all.
        times: Option<u64>,
        /// By the clock none comes after this time, nanoseconds.
        until: Option<i64>,
        /// Where the gap stands in the text: the place of its draws.
        span: Span,
    },
    /// At the start, and each comes again until it leaves ([`Op::Think`](super::Op)).
    Again {
        /// By the clock nobody comes again after this time, nanoseconds.
        until: Option<i64>,
    },
    /// By `spawn`.
    Spawned,
    /// By a `call` of a service.
    Called {
        /// Which service.
        service: SharedId,
        /// Which of its handlers, from 0.
        handler: u16,
    },
    /// By a `together`, of which it is one branch.
    Branch {
        /// The class of those that start it and wait for it.
        of: u32,
        /// Their register that tells what became of it.
        outcome: super::Reg,
    },
}

/// A time between arrivals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Always the same, nanoseconds.
    Fixed(i64),
    /// Drawn; the parameters as for [`Spend::Drawn`](super::Spend).
    Drawn(Distribution, [i64; 2]),
}

impl Start {
    /// True where somebody else starts it and waits for it, and nothing of it is left behind: its
    /// room is then another's.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, Start::Called { .. } | Start::Branch { .. })
    }
}

/// Something that goes wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What.
    pub kind: FaultKind,
    /// To whom; of no meaning where a fault hits no process.
    pub victim: Victim,
    /// The links that it cuts.
    pub links: Vec<SharedId>,
    /// When.
    pub when: When,
    /// How long a crash or a pause lasts, nanoseconds; a crash without it is for good.
    pub lasts: Option<i64>,
    /// How often it may strike.
    pub most: u32,
    /// Where it stands.
    pub span: Span,
}

/// Kinds of faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The process ends at once; nothing is released, caught or undone.
    Crash,
    /// The process takes no step for a while, and notices nothing.
    Pause,
    /// `work` takes so many millionths of its time.
    Slow(i64),
    /// Gaps between arrivals are so many millionths as frequent: divided by that.
    Surge(i64),
    /// What is sent there meets `unavailable`, this often; of a service with the victim's number only
    /// what enters that replica.
    Fail {
        /// The queue, topic, log or service.
        of: SharedId,
        /// How often, millionths.
        share: i64,
    },
    /// Nothing gets over the fault's links.
    Partition,
}

/// Whom a fault hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Victim {
    /// Processes, or a service's replicas.
    pub whom: Whom,
    /// The number from 1. Without one: any one of them for a crash or a pause, all for the rest.
    pub number: Option<u32>,
}

/// Those whom a fault may hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// No process and no service: links, or what messages are sent to.
    Nobody,
    /// The instances of a class, an index into [`Program::classes`](super::Program).
    Class(u32),
    /// The replicas of a service.
    Service(SharedId),
}

impl Victim {
    /// True if these are the instances of a class.
    #[must_use]
    pub fn is_class(&self, class: u32) -> bool {
        self.whom == Whom::Class(class)
    }
}

/// When a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// By the clock at this time; otherwise once, at any moment.
    At(i64),
    /// As `At` its first time, lasting to its second.
    From(i64, i64),
    /// At any moment: offered to hand and search, never picked by the clock.
    Anytime,
    /// All the time (only what slows).
    Always,
}

/// How far a search goes; each counts per schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Arrivals of each class without `times`, passes of each process that comes again.
    pub arrivals: u32,
    /// `within`s, leases and waits that run out.
    pub timeouts: u32,
    /// Messages lost.
    pub losses: u32,
    /// Messages doubled.
    pub duplicates: u32,
    /// Crashes and pauses.
    pub crashes: u32,
    /// Steps.
    pub depth: u32,
}

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds { arrivals: 2, timeouts: 2, losses: 1, duplicates: 1, crashes: 1, depth: 200 }
    }
}

/// What `run` sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunOptions {
    /// The clock stops at this time, nanoseconds.
    pub length: Option<i64>,
    /// What is measured before this time does not count, nanoseconds.
    pub warmup: Option<i64>,
    /// How many seeds a terminal runs.
    pub seeds: Option<u32>,
    /// The seed.
    pub seed: Option<u64>,
}
