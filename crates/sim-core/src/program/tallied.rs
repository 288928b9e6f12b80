//! What is counted of things that carry no messages, where a promise reads it: in a counter that
//! belongs to the state.

use super::{Program, SharedId, SharedKind};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tallied {
    /// Calls that arrived at a service, or asked a breaker to pass.
    Calls,
    /// Those that ended well.
    Ok,
    /// Those that failed.
    Failed,
    /// Those that were turned away, or were not given what they asked for.
    Rejected,
    /// Answers that came when nobody waited for them any more.
    Late,
    /// Requests and answers that were lost on the way.
    Lost,
    /// How often a caller gave up.
    Timeouts,
    /// Calls that a breaker did not let through.
    Refused,
    /// How often a breaker opened.
    Opened,
    /// Calls that a half open breaker let through.
    Probed,
    /// How often a lock, permit or token was given.
    Admitted,
    /// How often a cache had the value.
    Hits,
    /// How often it had not.
    Misses,
    /// How often a value was filled in.
    Loads,
    /// How many waited for somebody else's fetch.
    Shared,
    /// Values that were thrown out for want of room.
    Evicted,
    /// Transactions that were committed.
    Committed,
    /// Transactions that were undone.
    Aborted,
    /// Those undone by `conflict`.
    Conflicts,
    /// Those undone by `deadlock`.
    Deadlocks,
}

/// A counter and what it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counting {
    /// Of what.
    pub of: SharedId,
    /// What.
    pub what: Tallied,
    /// Where.
    pub counter: SharedId,
}

impl Tallied {
    /// Every count: its word behind the dot, and of what it is counted.
    const TABLE: [(Tallied, &'static str, &'static [SharedKind]); 20] = {
        use SharedKind::{Breaker, Cache, Database, Limiter, Lock, RwLock, Semaphore, Service};
        [
            (Tallied::Calls, "calls", &[Service, Breaker]),
            (Tallied::Ok, "ok", &[Service, Breaker]),
            (Tallied::Failed, "failed", &[Service, Breaker]),
            (Tallied::Rejected, "rejected", &[Service, Limiter, Semaphore, Lock, RwLock]),
            (Tallied::Late, "late", &[Service]),
            (Tallied::Lost, "lost", &[Service]),
            (Tallied::Timeouts, "timeouts", &[Service]),
            (Tallied::Refused, "refused", &[Breaker]),
            (Tallied::Opened, "opened", &[Breaker]),
            (Tallied::Probed, "probed", &[Breaker]),
            (Tallied::Admitted, "admitted", &[Limiter, Semaphore, Lock, RwLock]),
            (Tallied::Hits, "hits", &[Cache]),
            (Tallied::Misses, "misses", &[Cache]),
            (Tallied::Loads, "loads", &[Cache]),
            (Tallied::Shared, "shared", &[Cache]),
            (Tallied::Evicted, "evicted", &[Cache]),
            (Tallied::Committed, "committed", &[Database]),
            (Tallied::Aborted, "aborted", &[Database]),
            (Tallied::Conflicts, "conflicts", &[Database]),
            (Tallied::Deadlocks, "deadlocks", &[Database]),
        ]
    };

    /// What is counted of a kind of thing under a word.
    #[must_use]
    pub fn named(kind: SharedKind, word: &str) -> Option<Tallied> {
        let found = Tallied::TABLE.iter().find(|row| row.1 == word && row.2.contains(&kind));
        found.map(|(what, ..)| *what)
    }
}

impl Program {
    /// The counters of what is counted of a thing.
    pub fn counters_of(&self, of: SharedId) -> impl Iterator<Item = (Tallied, SharedId)> + '_ {
        let own = self.tallied.iter().filter(move |count| count.of == of);
        own.map(|count| (count.what, count.counter))
    }
}
