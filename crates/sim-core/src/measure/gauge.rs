//! How much there is of something, over time.

/// A value that stays until it is set anew. Its mean is over time, its maximum over the moments
/// between two steps: what a step sets and takes back again nobody could have seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gauge {
    value: i64,
    /// When it was set, nanoseconds, and in which step.
    since: u64,
    step: u64,
    /// The sum of value times nanoseconds up to then.
    area: i128,
    max: i64,
}

impl Gauge {
    /// The value now.
    #[must_use]
    pub fn value(&self) -> i64 {
        self.value
    }

    /// Sets the value, at a time and within a step.
    pub fn set(&mut self, value: i64, now: u64, step: u64) {
        if value == self.value {
            return;
        }
        if step != self.step {
            self.max = self.max.max(self.value);
            self.step = step;
        }
        self.area += i128::from(self.value) * i128::from(now - self.since);
        self.since = now;
        self.value = value;
    }

    /// Measures anew from a time on, at which the value is what it is.
    pub(super) fn restart(&mut self, now: u64) {
        (self.since, self.area, self.max) = (now, 0, self.value);
    }

    /// The sum of value times nanoseconds up to a time.
    #[must_use]
    pub fn area(&self, now: u64) -> i128 {
        self.area + i128::from(self.value) * i128::from(now.saturating_sub(self.since))
    }

    /// The greatest value there was between two steps.
    #[must_use]
    pub fn max(&self) -> i64 {
        self.max.max(self.value)
    }
}

/// What gauges of one or several runs tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Level {
    /// The value at the end; of several runs the sum.
    pub(super) now: i64,
    pub(super) area: i128,
    pub(super) max: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_over_time_and_steps_in_between_are_not_seen() {
        let mut gauge = Gauge::default();
        gauge.set(1, 10, 1);
        gauge.set(3, 20, 2);
        gauge.set(2, 20, 2);
        assert_eq!((gauge.area(30), gauge.max()), (10 + 20, 2));
        gauge.set(0, 40, 3);
        assert_eq!((gauge.area(100), gauge.max(), gauge.value()), (10 + 40, 2, 0));
    }
}
