//! Circuit breakers: closed, open, half open.
//!
//! They follow Resilience4j (github.com/resilience4j/resilience4j, `CircuitBreakerStateMachine`): a
//! result is recorded when the block is left, refusals never are, and rates are judged after every
//! result. In one thing they deviate: a result counts only in the period (closed, open, half open)
//! that let its call in, for the window would lie otherwise.

use super::{Error, SharedId, WHOLE};
use serde::{Deserialize, Serialize};

/// The words of a breaker, from its first: its state, how many calls it has let in while half open,
/// and what the window comes to: results, failed ones, slow ones. The window itself follows.
pub const BREAKER: u32 = 5;
/// How many results lie in one word of a window that counts calls: two bits each.
pub const RESULTS: u32 = 31;
/// Words of one second in a window of time: results, failed ones, slow ones.
pub const SECOND: u32 = 3;
/// How many results a window may hold at most.
pub const WINDOW_CALLS: i64 = 10_000;
/// How many seconds a window may be long at most.
pub const WINDOW_SECONDS: i64 = 600;

/// A breaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breaker {
    /// What it looks at.
    pub window: Window,
    /// It opens from this share of failed calls on, millionths.
    pub failures: i64,
    /// It opens from this share of slow calls on, millionths.
    pub slow: i64,
    /// A call is slow that takes longer than this, nanoseconds; with none it does not ask.
    pub slow_after: Option<i64>,
    /// So many results there must be before it judges.
    pub minimum: i64,
    /// How long it stays open, nanoseconds.
    pub open: i64,
    /// How many calls it lets in while half open.
    pub probes: i64,
    /// Errors that count neither as failed nor as ok.
    pub ignored: Vec<Error>,
    /// The only errors that count as failed; with none, all do.
    pub failing: Option<Vec<Error>>,
    /// What `.state` reads as: the labels of closed, open and half open.
    pub labels: [i64; 3],
}

/// What a breaker judges by while it is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// The last so many results.
    Calls(u32),
    /// The results of the last so many whole seconds, the one that is now included.
    Seconds(u32),
}

/// The state of a breaker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guarding {
    /// It lets everybody in and looks at how they fare.
    #[default]
    Closed,
    /// It lets nobody in.
    Open,
    /// It lets so many in to see how they fare.
    HalfOpen,
}

/// What a result comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Judged {
    /// It went well, or failed by an error that does not count as failed.
    #[default]
    Ok,
    /// It failed.
    Failed,
    /// It counts neither way.
    Ignored,
}

/// What a window comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How many results there are.
    pub calls: u32,
    /// How many of them failed.
    pub failed: u32,
    /// How many of them were slow.
    pub slow: u32,
}

impl Guarding {
    /// All, in the order of their codes.
    pub const ALL: [Guarding; 3] = [Guarding::Closed, Guarding::Open, Guarding::HalfOpen];

    /// Its word in the language.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Guarding::Closed => "closed",
            Guarding::Open => "open",
            Guarding::HalfOpen => "half_open",
        }
    }

    /// How it is stored in a word.
    #[must_use]
    pub fn code(self) -> i64 {
        self as i64
    }

    /// The state stored in a word.
    #[must_use]
    pub fn from_code(code: i64) -> Guarding {
        usize::try_from(code).ok().and_then(|at| Guarding::ALL.get(at)).copied().unwrap_or_default()
    }
}

impl Breaker {
    /// How many words one takes in a state.
    #[must_use]
    pub fn words(&self) -> u32 {
        let window = match self.window {
            Window::Calls(calls) => calls.max(self.probes as u32).div_ceil(RESULTS),
            Window::Seconds(seconds) => (seconds * SECOND).max(self.probe_words()),
        };
        BREAKER + window
    }

    /// How many words the results of the probes take.
    fn probe_words(&self) -> u32 {
        (self.probes as u32).div_ceil(RESULTS)
    }

    /// How many results there must be while it is closed, or half open, before it judges.
    #[must_use]
    pub fn enough(&self, guarding: Guarding) -> i64 {
        match (guarding, self.window) {
            (Guarding::HalfOpen, _) => self.minimum.min(self.probes),
            (_, Window::Calls(calls)) => self.minimum.min(i64::from(calls)),
            (_, Window::Seconds(_)) => self.minimum,
        }
    }

    /// Whether what the window comes to is too much.
    #[must_use]
    pub fn trips(&self, tally: Tally) -> bool {
        let part = |some: u32, share: i64| {
            i128::from(some) * i128::from(WHOLE) >= i128::from(share) * i128::from(tally.calls)
        };
        part(tally.failed, self.failures)
            || (self.slow_after.is_some() && part(tally.slow, self.slow))
    }

    /// What a result is: an error, or none.
    #[must_use]
    pub fn result(&self, error: Option<Error>) -> Judged {
        match error {
            None => Judged::Ok,
            Some(error) if self.ignored.contains(&error) => Judged::Ignored,
            Some(error) => match &self.failing {
                Some(failing) if !failing.contains(&error) => Judged::Ok,
                _ => Judged::Failed,
            },
        }
    }
}

impl super::Program {
    /// The breaker of this name, if it is one.
    #[must_use]
    pub fn breaker(&self, shared: SharedId) -> Option<&Breaker> {
        match self.shared[shared as usize].details {
            super::Details::Breaker(at) => self.breakers.get(at as usize),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaker() -> Breaker {
        Breaker {
            window: Window::Calls(10),
            failures: WHOLE / 2,
            slow: WHOLE,
            slow_after: None,
            minimum: 5,
            open: 1_000,
            probes: 3,
            ignored: vec![Error::Gone],
            failing: None,
            labels: [0, 1, 2],
        }
    }

    #[test]
    fn a_share_that_is_reached_is_too_much() {
        let trips = |calls, failed| breaker().trips(Tally { calls, failed, slow: 0 });
        assert!(trips(6, 3) && trips(5, 5));
        assert!(!trips(5, 2) && !trips(7, 3));
        let third = Breaker { failures: 333_333, ..breaker() };
        assert!(third.trips(Tally { calls: 3, failed: 1, slow: 0 }));
        let third = Breaker { failures: 333_334, ..third };
        assert!(!third.trips(Tally { calls: 3, failed: 1, slow: 0 }));
    }

    #[test]
    fn slow_calls_count_only_where_it_asks_for_them() {
        let slow = Tally { calls: 5, failed: 0, slow: 5 };
        assert!(!breaker().trips(slow));
        assert!(Breaker { slow_after: Some(1), ..breaker() }.trips(slow));
    }

    #[test]
    fn there_need_never_be_more_results_than_there_can_be() {
        let large = Breaker { minimum: 100, ..breaker() };
        assert_eq!(large.enough(Guarding::Closed), 10);
        assert_eq!(large.enough(Guarding::HalfOpen), 3);
        assert_eq!(breaker().enough(Guarding::Closed), 5);
        let timed = Breaker { window: Window::Seconds(10), ..large };
        assert_eq!(timed.enough(Guarding::Closed), 100);
    }

    #[test]
    fn what_is_ignored_goes_before_what_counts() {
        let both = Breaker { failing: Some(vec![Error::Gone, Error::Timeout]), ..breaker() };
        assert_eq!(both.result(Some(Error::Gone)), Judged::Ignored);
        assert_eq!(both.result(Some(Error::Timeout)), Judged::Failed);
        assert_eq!(both.result(Some(Error::Rejected)), Judged::Ok);
        assert_eq!(both.result(None), Judged::Ok);
        assert_eq!(breaker().result(Some(Error::Rejected)), Judged::Failed);
    }
}
