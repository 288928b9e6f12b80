//! Rate limiters: how many may pass in a time, in exact whole numbers.
//!
//! How many tokens are left is an affair of time, so it lies with those who know of time and in no
//! state. A bucket is filled all the time (which is the same as the generic cell rate algorithm), a
//! fixed window begins anew at every multiple of its length, a sliding one looks at exactly so much
//! time back.

use super::{RATE_HOUR, SharedId, WHOLE};
use std::collections::VecDeque;

/// Passes that a sliding window may have to remember at most.
pub const SLIDING_MAX: i64 = 10_000;

/// A token, in parts: a rate is so many events in [`RATE_HOUR`] nanoseconds, so a nanosecond brings
/// as many parts as the rate's number says.
const TOKEN: i128 = RATE_HOUR as i128;

/// A limiter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limiter {
    /// How many may pass in a time, as rates are stored; 0: tokens are only earned.
    pub rate: i64,
    /// How many tokens a bucket holds.
    pub burst: i64,
    /// How it counts.
    pub kind: LimiterKind,
    /// Who finds no token is turned away.
    pub rejects: bool,
    /// How long somebody waits for a token, nanoseconds.
    pub max_wait: Option<i64>,
    /// Which part of a token a first try earns, millionths.
    pub earn: i64,
}

/// How a limiter counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimiterKind {
    /// By tokens.
    Bucket,
    /// By windows that begin at every multiple of their length.
    Fixed {
        /// How many may pass in one.
        most: i64,
        /// How long it is, nanoseconds.
        window: i64,
    },
    /// By the time just past.
    Sliding {
        /// How many may pass in it.
        most: i64,
        /// How long it is, nanoseconds.
        window: i64,
    },
}

/// What a limiter has let through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowance {
    /// So many parts of tokens at a time.
    Bucket {
        /// Parts.
        parts: i128,
        /// When, nanoseconds.
        at: u64,
    },
    /// So many passes in a window.
    Fixed {
        /// Which window, from 0.
        window: u64,
        /// Passes.
        passed: i64,
    },
    /// When each pass was that may still matter.
    Sliding(VecDeque<u64>),
}

impl Limiter {
    /// Nobody has come yet.
    #[must_use]
    pub fn fresh(&self) -> Allowance {
        match self.kind {
            LimiterKind::Bucket => Allowance::Bucket { parts: self.full(), at: 0 },
            LimiterKind::Fixed { .. } => Allowance::Fixed { window: 0, passed: 0 },
            LimiterKind::Sliding { .. } => Allowance::Sliding(VecDeque::new()),
        }
    }

    fn full(&self) -> i128 {
        i128::from(self.burst) * TOKEN
    }
}

impl Allowance {
    /// How many may pass at a time.
    #[must_use]
    pub fn tokens(&self, limiter: &Limiter, now: u64) -> i64 {
        match (self, limiter.kind) {
            (Allowance::Bucket { .. }, _) => (self.parts(limiter, now) / TOKEN) as i64,
            (Allowance::Fixed { window, passed }, LimiterKind::Fixed { most, window: length }) => {
                if now / length.max(1) as u64 == *window {
                    (most - passed).max(0)
                } else {
                    most
                }
            }
            (Allowance::Sliding(passes), LimiterKind::Sliding { most, window }) => {
                let still = passes.iter().filter(|&&at| matters(at, window, now)).count();
                (most - still as i64).max(0)
            }
            _ => 0,
        }
    }

    fn parts(&self, limiter: &Limiter, now: u64) -> i128 {
        let Allowance::Bucket { parts, at } = *self else { return 0 };
        let more = i128::from(limiter.rate) * i128::from(now.saturating_sub(at));
        (parts + more).min(limiter.full())
    }

    /// When, from a time on, somebody may pass next; `None`: never by time alone.
    #[must_use]
    pub fn next(&self, limiter: &Limiter, now: u64) -> Option<u64> {
        if self.tokens(limiter, now) > 0 {
            return Some(now);
        }
        match (self, limiter.kind) {
            (Allowance::Bucket { .. }, _) => {
                if limiter.rate <= 0 || limiter.burst < 1 {
                    return None;
                }
                let missing = TOKEN - self.parts(limiter, now);
                let rate = i128::from(limiter.rate);
                Some(now.saturating_add(u64::try_from((missing + rate - 1) / rate).ok()?))
            }
            (Allowance::Fixed { .. }, LimiterKind::Fixed { most, window }) if most > 0 => {
                let length = window.max(1) as u64;
                Some((now / length + 1).saturating_mul(length))
            }
            (Allowance::Sliding(passes), LimiterKind::Sliding { most, window }) if most > 0 => {
                let mut still = passes.iter().filter(|&&at| matters(at, window, now));
                still.next().map(|first| first.saturating_add(window as u64))
            }
            _ => None,
        }
    }

    /// When there are more tokens than so many, time alone going on; `None`: never.
    #[must_use]
    pub fn more(&self, limiter: &Limiter, than: i64) -> Option<u64> {
        match (self, limiter.kind) {
            (&Allowance::Bucket { parts, at }, _) => {
                let missing = i128::from(than + 1) * TOKEN - parts;
                if than >= limiter.burst || limiter.rate <= 0 {
                    return None;
                }
                let rate = i128::from(limiter.rate);
                let time = (missing.max(0) + rate - 1) / rate;
                Some(at.saturating_add(u64::try_from(time).ok()?))
            }
            (Allowance::Fixed { window, .. }, LimiterKind::Fixed { window: length, .. }) => {
                Some((window + 1).saturating_mul(length.max(1) as u64))
            }
            (Allowance::Sliding(passes), LimiterKind::Sliding { most, window }) => {
                // The passes that may still matter are the last ones.
                let over = (passes.len() as i64 - (most - than)).max(0) as usize;
                passes.get(over).map(|at| at.saturating_add(window.max(0) as u64))
            }
            _ => None,
        }
    }

    /// Somebody passes.
    pub fn take(&mut self, limiter: &Limiter, now: u64) {
        let parts = self.parts(limiter, now);
        match (self, limiter.kind) {
            (Allowance::Bucket { parts: left, at }, _) => (*left, *at) = (parts - TOKEN, now),
            (Allowance::Fixed { window, passed }, LimiterKind::Fixed { window: length, .. }) => {
                let this = now / length.max(1) as u64;
                if *window != this {
                    (*window, *passed) = (this, 0);
                }
                *passed += 1;
            }
            (Allowance::Sliding(passes), LimiterKind::Sliding { window, .. }) => {
                while passes.front().is_some_and(|&at| !matters(at, window, now)) {
                    passes.pop_front();
                }
                passes.push_back(now);
            }
            _ => {}
        }
    }

    /// A first try earns its part of a token.
    pub fn earn(&mut self, limiter: &Limiter, now: u64) {
        let parts = self.parts(limiter, now);
        if let Allowance::Bucket { parts: left, at } = self {
            let earned = i128::from(limiter.earn) * (TOKEN / i128::from(WHOLE));
            (*left, *at) = ((parts + earned).min(limiter.full()), now);
        }
    }
}

/// True for a pass that lies in the time just past: after `now - window`.
fn matters(at: u64, window: i64, now: u64) -> bool {
    at.saturating_add(window.max(0) as u64) > now
}

impl super::Program {
    /// The limiter of this name, if it is one.
    #[must_use]
    pub fn limiter(&self, shared: SharedId) -> Option<&Limiter> {
        match self.shared[shared as usize].details {
            super::Details::Limiter(at) => self.limiters.get(at as usize),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000_000;
    const MS: u64 = 1_000_000;

    fn limiter(per_second: i64, kind: LimiterKind) -> Limiter {
        let rate = per_second * 3_600_000;
        Limiter { rate, burst: 5, kind, rejects: true, max_wait: None, earn: 0 }
    }

    /// Who comes at these times: how many pass.
    fn pass(limiter: &Limiter, times: impl IntoIterator<Item = u64>) -> Vec<u64> {
        let mut allowance = limiter.fresh();
        let passes = times.into_iter().filter(|&now| {
            let may = allowance.tokens(limiter, now) > 0;
            if may {
                allowance.take(limiter, now);
            }
            may
        });
        passes.collect()
    }

    #[test]
    fn a_bucket_of_five_filled_ten_times_a_second() {
        let limiter = limiter(10, LimiterKind::Bucket);
        let passed = pass(&limiter, (0..=1000).flat_map(|ms| [ms * MS; 3]));
        assert_eq!(passed.len(), 15);
        assert_eq!(passed[..6], [0, 0, 0, MS, MS, 100 * MS]);
        assert_eq!(passed[14], SECOND);
        let mut allowance = limiter.fresh();
        (0..5).for_each(|_| allowance.take(&limiter, 0));
        assert_eq!(allowance.next(&limiter, 0), Some(100 * MS));
        assert_eq!(allowance.next(&limiter, 7), Some(100 * MS));
        assert_eq!(
            (allowance.tokens(&limiter, 100 * MS - 1), allowance.tokens(&limiter, 100 * MS)),
            (0, 1)
        );
        assert_eq!(allowance.tokens(&limiter, 60 * SECOND), 5, "it never holds more");
    }

    #[test]
    fn thirds_of_a_second_lose_nothing() {
        let limiter = Limiter { burst: 2, ..limiter(3, LimiterKind::Bucket) };
        let mut allowance = limiter.fresh();
        let mut now = 0;
        for _ in 0..3_001 {
            allowance.take(&limiter, now);
            now = allowance.next(&limiter, now).expect("it is filled");
        }
        // Whole nanoseconds round up each time, and the next one gets what was too much. (One of the
        // two tokens is there at first.)
        assert_eq!(now, 1_000 * SECOND);
    }

    #[test]
    fn a_fixed_window_lets_twice_as_many_through_around_its_end() {
        let limiter = limiter(2, LimiterKind::Fixed { most: 2, window: SECOND as i64 });
        let at = [900, 950, 960, 1_000, 1_050, 1_060, 2_000].map(|ms| ms * MS);
        assert_eq!(pass(&limiter, at), [900, 950, 1_000, 1_050, 2_000].map(|ms| ms * MS));
        let mut allowance = limiter.fresh();
        (0..2).for_each(|_| allowance.take(&limiter, 1_200 * MS));
        assert_eq!(allowance.next(&limiter, 1_200 * MS), Some(2 * SECOND));
    }

    #[test]
    fn a_sliding_window_never_does() {
        let limiter = limiter(4, LimiterKind::Sliding { most: 4, window: SECOND as i64 });
        let passed = pass(&limiter, (0..5_000).map(|ms| ms * 7 % 5_000 / 10 * 10 * MS / 5));
        assert!(passed.len() >= 4);
        let passed = pass(&limiter, (0..5_000).map(|ms| ms * MS));
        for &end in &passed {
            let within = passed.iter().filter(|&&at| at <= end && at + SECOND > end).count();
            assert!(within <= 4, "{within} in the second up to {end}");
        }
        assert_eq!(passed[..6], [0, 1, 2, 3, 1_000, 1_001].map(|ms| ms * MS));
    }

    #[test]
    fn a_budget_is_earned() {
        let earned =
            Limiter { rate: 0, burst: 2, earn: 100_000, ..limiter(0, LimiterKind::Bucket) };
        let mut allowance = earned.fresh();
        (0..2).for_each(|_| allowance.take(&earned, 0));
        assert_eq!(allowance.next(&earned, 9), None);
        for _ in 0..9 {
            allowance.earn(&earned, 5);
            assert_eq!(allowance.tokens(&earned, 5), 0);
        }
        allowance.earn(&earned, 5);
        assert_eq!(allowance.tokens(&earned, 5), 1);
        (0..100).for_each(|_| allowance.earn(&earned, 6));
        assert_eq!(allowance.tokens(&earned, 6), 2);
    }
}
