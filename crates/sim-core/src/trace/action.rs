//! Steps and reasons for waiting with names and values spelled as in the text, for those who read.

use super::data_action::{Doing, Statement};
use super::saga::SagaNoted;
use crate::program::{Guarding, Judged, Tally};
use serde::{Deserialize, Serialize};

/// What a step does or would do, with names and values spelled as in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    /// Reads `place`; the value is known once done (and, for an offer, what it would be now).
    Read {
        /// As in `balance`, `stock[2]`, `file.mine` or `pool.busy`.
        place: String,
        /// The value.
        value: String,
    },
    /// Writes `place`.
    Write {
        /// As in `balance` or `stock[2]`.
        place: String,
        /// The value before.
        old: String,
        /// The value after.
        new: String,
    },
    /// Takes a lock, one side of a rwlock, or a permit.
    Take {
        /// As in `account`, `page.read` or `pool`.
        place: String,
        /// The number of this grant, for a lock with a lease.
        token: Option<String>,
    },
    /// Finds a semaphore full and is turned away.
    TurnedAway {
        /// The semaphore.
        place: String,
    },
    /// Lets something go.
    LetGo {
        /// As for [`Action::Take`].
        place: String,
    },
    /// Wants to let go of a lease that has run out meanwhile.
    LetGoLate {
        /// The lock.
        place: String,
    },
    /// Lets the lock go and falls asleep.
    FallAsleep {
        /// The condition.
        condition: String,
        /// Its lock.
        lock: String,
    },
    /// Wakes sleepers; none: the signal is lost.
    Wake {
        /// The condition.
        condition: String,
        /// Who wakes: lanes.
        lanes: Vec<u32>,
    },
    /// Goes on because a condition holds.
    Until {
        /// As it stands in the text.
        words: String,
    },
    /// Works for a time.
    Work {
        /// As in `2ms`; empty where it is drawn and nobody has drawn it.
        time: String,
    },
    /// Sleeps for a time.
    Sleep {
        /// As for `Work`.
        time: String,
    },
    /// Looks for a note of its durable saga, or writes one down.
    Saga {
        /// As in `clerk.saga[7]`.
        place: String,
        /// It looks for it.
        reads: bool,
        /// What it says; none: there is none.
        note: Option<SagaNoted>,
    },
    /// Waits before the next try.
    Backoff {
        /// As for `Work`.
        time: String,
    },
    /// Comes again after a time, or leaves for good.
    Think {
        /// As for `Work`.
        time: String,
        /// True if it comes no more.
        leaves: bool,
    },
    /// One of several outcomes.
    Draw {
        /// What came: `true`, `3`, or the number of a way.
        value: String,
    },
    /// Several touches as one step; empty for an offer, where they are not known yet.
    Atomic {
        /// What it did, in order.
        parts: Vec<Action>,
    },
    /// An instance arrives.
    Arrive,
    /// A `within` runs out and its block is left.
    TimeOut,
    /// A lease runs out; the lane is that of its holder.
    Expire {
        /// The lock.
        place: String,
    },
    /// A crash: nothing is released, caught or undone.
    Crash,
    /// A start after a crash.
    Restart,
    /// The process stops for a while and notices nothing.
    Pause,
    /// It goes on.
    Resume,
    /// Sends a message.
    Send {
        /// Where to: a place.
        to: String,
        /// The message, as in `order 3, amount 80`.
        words: String,
        /// What became of it.
        fate: Fate,
    },
    /// Takes a message.
    Receive {
        /// Where from: a place.
        from: String,
        /// The message.
        words: String,
        /// Which delivery of it this is, from 1.
        attempt: u32,
    },
    /// Reads an entry of a log.
    Follow {
        /// The log.
        log: String,
        /// The entry's offset, from 1.
        offset: i64,
        /// The entry.
        words: String,
    },
    /// Says that a message is done.
    Ack {
        /// Where it came from.
        from: String,
        /// The message; empty where it is no longer known.
        words: String,
        /// It had been delivered anew meanwhile, so that nobody listened.
        late: bool,
    },
    /// Says that a message could not be done.
    Nack {
        /// Where it came from.
        from: String,
        /// The message.
        words: String,
        /// What becomes of it.
        fate: Fate,
    },
    /// A message arrives. It is the sender's lane, here and in what follows.
    Deliver {
        /// The link.
        link: String,
        /// Where it arrives.
        to: String,
        /// The message.
        words: String,
        /// What becomes of it there.
        fate: Fate,
    },
    /// A message is lost.
    Lose {
        /// The link.
        link: String,
        /// The message.
        words: String,
    },
    /// A message is held back.
    Hold {
        /// The link.
        link: String,
        /// The message.
        words: String,
        /// When it arrives by the clock, as in `1.2s`.
        until: String,
    },
    /// A message is there twice from now on.
    Double {
        /// The link, or the queue's place.
        at: String,
        /// The message.
        words: String,
    },
    /// A message in flight is given back, for its time is over. It is the holder's lane.
    Reappear {
        /// The queue's place.
        place: String,
        /// The message.
        words: String,
        /// What becomes of it.
        fate: Fate,
    },
    /// A message that was put off waits with the others from now on.
    Ready {
        /// The queue's place.
        place: String,
        /// The message.
        words: String,
    },
    /// A group shares its partitions out anew.
    Rebalance {
        /// The group.
        group: String,
    },
    /// Calls a service and waits for its answer.
    Call {
        /// What, as in `bank.pay(1, 80)`.
        what: String,
        /// The request is under way then.
        travels: bool,
        /// The error with which it is refused at once; empty for none.
        refused: String,
    },
    /// A request arrives. It is the request's lane, here and in what follows.
    Come {
        /// At which service, or replica.
        place: String,
        /// As for [`Action::Call`].
        refused: String,
        /// It will arrive a second time.
        twice: bool,
    },
    /// A request, or its answer, is lost.
    LoseCall {
        /// Of which service.
        place: String,
        /// It is the answer.
        answer: bool,
    },
    /// A request takes a worker.
    Enter {
        /// Of which service, or replica.
        place: String,
    },
    /// A request takes a core.
    Core {
        /// Of which service, or replica.
        place: String,
    },
    /// A request answers and gives its worker back.
    Reply {
        /// The answer's words; empty for none.
        words: String,
        /// The error that is its answer; empty for none.
        error: String,
        /// What becomes of the answer.
        fate: Answer,
    },
    /// An answer arrives.
    Back {
        /// What becomes of it.
        fate: Answer,
    },
    /// Asks a breaker to be let in.
    Pass {
        /// The breaker.
        place: String,
        /// It is not.
        refused: bool,
        /// It is, to see how it fares.
        probe: bool,
        /// The breaker is half open from then on.
        first: bool,
    },
    /// Leaves a breaker, which looks at how it fared.
    Settle {
        /// The breaker.
        place: String,
        /// How.
        judged: Judged,
        /// It took too long.
        slow: bool,
        /// It counts.
        counts: bool,
        /// What the breaker's window then comes to.
        tally: Tally,
        /// What the breaker becomes by it.
        becomes: Option<Guarding>,
    },
    /// Takes a token of a limiter.
    Token {
        /// The limiter.
        place: String,
        /// It is for a further try.
        further: bool,
        /// There is none.
        none: bool,
    },
    /// A request hears that nobody waits for it any more, and ends.
    Cancel,
    /// A service is to have so many replicas.
    Scale {
        /// The service.
        place: String,
        /// How many.
        to: i64,
    },
    /// A request that nobody waits for gives its worker back.
    Abandon {
        /// The service, or one replica of it.
        place: String,
    },
    /// A replica of a service crashes, stands still, or comes back.
    Replica {
        /// Which: `pay[2]`, or `pay` where there is one.
        place: String,
        /// What becomes of it.
        turn: ReplicaTurn,
    },
    /// Goes on, all its branches having ended.
    Join,
    /// Looks for something in a cache.
    Look {
        /// As in `prices[3]`.
        place: String,
        /// What it keeps there.
        value: String,
        /// What comes of it.
        found: Found,
    },
    /// Keeps something in a cache.
    Keep {
        /// As in `prices[3]`.
        place: String,
        /// What.
        value: String,
        /// What had to go for it; empty for nothing.
        evicted: String,
    },
    /// Throws away what a cache keeps.
    Forget {
        /// As in `prices[3]`.
        place: String,
        /// There was something.
        was: bool,
    },
    /// Does not fill in what it set out to.
    GiveUp {
        /// As in `prices[3]`.
        place: String,
        /// The error that kept it from doing so; empty for none.
        error: String,
    },
    /// Does something in a database.
    Data(Box<Statement>),
    /// A link is cut.
    Cut {
        /// The link.
        link: String,
    },
    /// A link that was cut works again.
    Heal {
        /// The link.
        link: String,
    },
}

impl Action {
    /// True where nobody does it: what happens to a message, or to a link. Its words are a whole
    /// sentence.
    #[must_use]
    pub fn is_of_nobody(&self) -> bool {
        if let Action::Data(statement) = self {
            return statement.verb == Doing::Apply;
        }
        matches!(
            self,
            Action::Deliver { .. }
                | Action::Lose { .. }
                | Action::Hold { .. }
                | Action::Double { .. }
                | Action::Reappear { .. }
                | Action::Ready { .. }
                | Action::Rebalance { .. }
                | Action::Cut { .. }
                | Action::Heal { .. }
                | Action::Replica { .. }
        )
    }
}

/// What becomes of a replica.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReplicaTurn {
    /// It crashes: what it has in hand is lost.
    Crash,
    /// It stands still.
    Pause,
    /// It goes on.
    Resume,
    /// It takes calls again, or for the first time.
    Back,
}

/// What looking for something in a cache comes to. `over`: it was there, and its time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the line above tells what `over` is")]
pub enum Found {
    /// It is there.
    Hit,
    /// It is not.
    Miss { over: bool },
    /// It is not, and the process sets out to fill it in.
    Fills { over: bool },
    /// It is not, and the process waits for the one that fills it in.
    Waits { over: bool },
}

/// What becomes of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// Its caller goes on with it.
    #[default]
    Heard,
    /// It is under way.
    Way,
    /// Nobody waits for it any more.
    Late,
}

/// What becomes of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// It waits, or may be read, where it was to go.
    #[default]
    Stored,
    /// It is under way on a link.
    Way,
    /// It waits there later.
    Later,
    /// There is no room: it is refused.
    Refused,
    /// There is no room: it is thrown away.
    Dropped,
    /// There is no room: the oldest is thrown away for it.
    Displaces,
    /// It has failed too often: it goes to this place, or, where that is empty, is gone.
    Dead(String),
    /// Who should keep it cannot be reached.
    Unreachable,
}

/// Why a process cannot move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// What it wants is held by others.
    Held {
        /// What it wants.
        place: String,
        /// Who holds it: lanes.
        holders: Vec<u32>,
    },
    /// It waits for what it holds itself (locks are not re-entrant).
    HeldBySelf {
        /// What it wants.
        place: String,
    },
    /// It sleeps until somebody wakes it.
    Asleep {
        /// The condition.
        place: String,
    },
    /// It waits until something holds.
    Until {
        /// As it stands in the text.
        words: String,
    },
    /// There is no message for it, or nothing new in a log.
    Empty {
        /// The queue, group or log.
        place: String,
    },
    /// There is no room for what it sends.
    NoRoom {
        /// The queue.
        place: String,
    },
    /// It waits for an answer.
    Unanswered {
        /// The lane of the request that will bring it; `None` where none will.
        request: Option<u32>,
    },
    /// Branches of it have not ended.
    Joining {
        /// Which: lanes.
        branches: Vec<u32>,
    },
    /// Another fills in what it looks for.
    Filling {
        /// As in `prices[3]`.
        place: String,
        /// Who: a lane.
        by: Option<u32>,
    },
    /// All workers of a service are taken.
    AllBusy {
        /// The service, or one replica of it.
        place: String,
        /// It is the cores that are.
        cores: bool,
        /// Who has them: lanes.
        holders: Vec<u32>,
    },
    /// A fault has stopped it.
    Paused,
}

impl Reason {
    /// The lanes it waits for.
    #[must_use]
    pub fn lanes(&self) -> Vec<u32> {
        match self {
            Reason::Held { holders: lanes, .. }
            | Reason::AllBusy { holders: lanes, .. }
            | Reason::Joining { branches: lanes } => lanes.clone(),
            Reason::Unanswered { request: lane } | Reason::Filling { by: lane, .. } => {
                lane.iter().copied().collect()
            }
            _ => vec![],
        }
    }
}
