//! How long things take: draws, and the waits between tries.

use crate::base::Draw;
use crate::program::{Distribution, Strategy, WHOLE};

/// A time drawn from a distribution.
pub(super) fn drawn(draw: Draw, distribution: Distribution, parameters: [i64; 2]) -> u64 {
    let [first, second] = parameters.map(|number| number.max(0) as u64);
    let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    match distribution {
        Distribution::Exponential => draw.exponential(first),
        Distribution::Uniform => draw.uniform(first, second),
        Distribution::Normal => draw.normal(first, second),
        Distribution::Lognormal => draw.lognormal(first, small(second)),
        Distribution::Erlang => draw.erlang(small(first), second),
        Distribution::Pareto => draw.pareto(first, small(second)),
    }
}

/// The wait after a failed try.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wait {
    pub(super) strategy: Strategy,
    /// Nanoseconds.
    pub(super) delay: u64,
    /// Millionths.
    pub(super) factor: u64,
    /// Nanoseconds.
    pub(super) cap: u64,
}

impl Wait {
    /// How long to wait after the `failures`-th failure, if the wait before was `last`.
    ///
    /// The strategies are those of AWS's study of exponential backoff and jitter (M. Brooker,
    /// 2015, and its simulator), with the first wait at `delay`.
    pub(super) fn after(self, failures: u32, last: u64, draw: Draw) -> u64 {
        let grown = || self.grown(failures);
        match self.strategy {
            Strategy::None => 0,
            Strategy::Fixed => self.delay.min(self.cap),
            Strategy::Linear => self.delay.saturating_mul(u64::from(failures)).min(self.cap),
            Strategy::Exponential => grown(),
            Strategy::Equal => grown() / 2 + draw.uniform(0, grown() / 2),
            Strategy::Full => draw.uniform(0, grown()),
            Strategy::Decorrelated => {
                let most = last.max(self.delay).saturating_mul(3);
                draw.uniform(self.delay, most).min(self.cap)
            }
        }
    }

    fn grown(self, failures: u32) -> u64 {
        let mut wait = u128::from(self.delay);
        for _ in 1..failures {
            let next = wait * u128::from(self.factor) / WHOLE as u128;
            if next == wait || next >= u128::from(self.cap) {
                wait = next;
                break;
            }
            wait = next;
        }
        u64::try_from(wait).unwrap_or(u64::MAX).min(self.cap)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(strategy: Strategy, failures: u32) -> u64 {
        let wait = Wait { strategy, delay: 10, factor: 2_000_000, cap: 100 };
        wait.after(failures, 0, Draw::at(1, 2, 3, u64::from(failures)))
    }

    #[test]
    fn waits_grow_as_the_strategies_say() {
        let all = |strategy| [1, 2, 3, 4, 5].map(|failures| wait(strategy, failures));
        assert_eq!(all(Strategy::None), [0; 5]);
        assert_eq!(all(Strategy::Fixed), [10; 5]);
        assert_eq!(all(Strategy::Linear), [10, 20, 30, 40, 50]);
        assert_eq!(all(Strategy::Exponential), [10, 20, 40, 80, 100]);
        for (failures, most) in [(1, 10), (2, 20), (3, 40), (4, 80), (5, 100)] {
            assert!(wait(Strategy::Full, failures) <= most);
            let equal = wait(Strategy::Equal, failures);
            assert!((most / 2..=most).contains(&equal));
            assert!((10..=100).contains(&wait(Strategy::Decorrelated, failures)));
        }
    }

    #[test]
    fn a_wait_that_does_not_grow_is_known_at_once() {
        for (factor, expected) in [(1_000_000, 10), (1, 0), (1_000_001, 10)] {
            let wait = Wait { strategy: Strategy::Exponential, delay: 10, factor, cap: 100 };
            assert_eq!(wait.after(u32::MAX, 0, Draw::at(1, 2, 3, 4)), expected);
        }
    }
}
