//! How much there is of something, over time.

/// A value that stays until it is set anew. Its mean is over time, its maximum over the moments
/// between two steps: what a step sets and takes back again nobody could have seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gauge {
    value: i64,
    /// The value is not this but how long ago this time was.
    pub(super) rising: Option<u64>,
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

    /// A time, or when it was set last if that is later.
    pub(super) fn not_before(&self, at: u64) -> u64 {
        at.max(self.since)
    }

    /// From now on the value is how long ago a time was; with none, 0.
    pub fn rise(&mut self, from: Option<u64>, now: u64, step: u64) {
        if from == self.rising {
            return;
        }
        if step != self.step {
            self.max = self.max.max(self.value_at(now));
            self.step = step;
        }
        self.area = self.area(now);
        (self.since, self.value, self.rising) = (now, 0, from);
    }

    /// The value at a time that is not before it was set.
    #[must_use]
    pub fn value_at(&self, time: u64) -> i64 {
        let age = |from: u64| i64::try_from(time.saturating_sub(from)).unwrap_or(i64::MAX);
        self.rising.map_or(self.value, age)
    }

    /// Measures anew from a time on, at which the value is what it is.
    pub(super) fn restart(&mut self, now: u64) {
        (self.since, self.area, self.max) = (now, 0, self.value_at(now));
    }

    /// The sum of value times nanoseconds up to a time.
    #[must_use]
    pub fn area(&self, now: u64) -> i128 {
        let now = now.max(self.since);
        match self.rising {
            None => self.area + i128::from(self.value) * i128::from(now - self.since),
            Some(from) => self.area + risen(from, self.since, now),
        }
    }

    /// The greatest value there was between two steps, up to a time.
    #[must_use]
    pub fn max(&self, time: u64) -> i64 {
        self.max.max(self.value_at(time))
    }
}

/// The sum over a stretch of time of how long ago `from` was, times nanoseconds.
pub(super) fn risen(from: u64, begin: u64, end: u64) -> i128 {
    let square = |time: u64| {
        let age = i128::from(time.saturating_sub(from));
        age * age
    };
    (square(end) - square(begin)) / 2
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
        assert_eq!((gauge.area(30), gauge.max(30)), (10 + 20, 2));
        gauge.set(0, 40, 3);
        assert_eq!((gauge.area(100), gauge.max(100), gauge.value()), (10 + 40, 2, 0));
    }

    #[test]
    fn an_age_rises() {
        let mut gauge = Gauge::default();
        gauge.rise(Some(10), 10, 1);
        gauge.rise(Some(14), 20, 2);
        gauge.rise(None, 30, 3);
        assert_eq!((gauge.area(100), gauge.max(100)), (50 + (256 - 36) / 2, 16));
    }
}
