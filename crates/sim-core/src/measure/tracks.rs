//! What happened in each stretch of virtual time, for charts. There are at most so many stretches;
//! where a run grows beyond them, two become one.

use super::gauge::{Gauge, risen};
use super::histogram::{COARSE, Histogram};

/// With more stretches than this two become one. One more may hold the very end of a run.
pub(super) const STRETCHES: u64 = 240;
/// How long a stretch is at first where nobody says how long a run is, nanoseconds.
const SHORT: u64 = 1_000_000;

/// How long stretches are at first.
pub(super) fn first_width(length: Option<u64>) -> u64 {
    length.filter(|&length| length > 0).map_or(SHORT, |length| length.div_ceil(STRETCHES))
}

/// The place to write to; those before it are empty unless they were written.
fn at<T: Default>(stretches: &mut Vec<T>, index: usize) -> &mut T {
    if index >= stretches.len() {
        stretches.resize_with(index + 1, T::default);
    }
    &mut stretches[index]
}

/// Two become one, by `join`.
fn halve<T>(stretches: &mut Vec<T>, join: impl Fn(&mut T, T)) {
    let mut halved = Vec::with_capacity(stretches.len() / 2 + 1);
    let mut all = std::mem::take(stretches).into_iter();
    while let Some(mut one) = all.next() {
        if let Some(next) = all.next() {
            join(&mut one, next);
        }
        halved.push(one);
    }
    *stretches = halved;
}

/// How often something happened in each stretch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CountTrack(pub(super) Vec<u64>);

impl CountTrack {
    pub(super) fn add(&mut self, index: usize, count: u64) {
        *at(&mut self.0, index) += count;
    }

    pub(super) fn halve(&mut self) {
        halve(&mut self.0, |one, next| *one += next);
    }

    pub(super) fn merge(&mut self, other: &CountTrack) {
        other.0.iter().enumerate().for_each(|(index, &count)| self.add(index, count));
    }
}

/// A gauge in one stretch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stay {
    /// Value times nanoseconds.
    pub(super) area: i128,
    pub(super) max: i64,
}

/// A gauge in each stretch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LevelTrack(pub(super) Vec<Stay>);

impl LevelTrack {
    /// A gauge was as it is from one time to another.
    pub(super) fn follow(&mut self, gauge: &Gauge, mut from: u64, to: u64, width: u64) {
        let value = gauge.value();
        if value == 0 && gauge.rising.is_none() {
            return;
        }
        while from < to {
            let index = from / width;
            let until = to.min((index + 1).saturating_mul(width));
            let stay = at(&mut self.0, index as usize);
            stay.area += match gauge.rising {
                None => i128::from(value) * i128::from(until - from),
                Some(begin) => risen(begin, from, until),
            };
            stay.max = stay.max.max(gauge.value_at(until));
            from = until;
        }
    }

    pub(super) fn halve(&mut self) {
        halve(&mut self.0, |one, next| {
            one.area += next.area;
            one.max = one.max.max(next.max);
        });
    }

    pub(super) fn merge(&mut self, other: &LevelTrack) {
        for (index, stay) in other.0.iter().enumerate() {
            let own = at(&mut self.0, index);
            own.area += stay.area;
            own.max = own.max.max(stay.max);
        }
    }
}

/// Values in one stretch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Values {
    pub(super) all: Histogram<COARSE>,
    pub(super) sum: i128,
    pub(super) max: Option<i64>,
}

impl Values {
    pub(super) fn add(&mut self, value: i64) {
        self.all.add(value);
        self.sum += i128::from(value);
        self.max = self.max.max(Some(value));
    }

    pub(super) fn merge(&mut self, other: &Values) {
        self.all.merge(&other.all);
        self.sum += other.sum;
        self.max = self.max.max(other.max);
    }
}

/// The values of a spread in each stretch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ValueTrack(pub(super) Vec<Values>);

impl ValueTrack {
    pub(super) fn add(&mut self, index: usize, value: i64) {
        at(&mut self.0, index).add(value);
    }

    pub(super) fn halve(&mut self) {
        halve(&mut self.0, |one, next| one.merge(&next));
    }

    pub(super) fn merge(&mut self, other: &ValueTrack) {
        for (index, values) in other.0.iter().enumerate() {
            at(&mut self.0, index).merge(values);
        }
    }
}

/// The value of a variable or counter at the end of each stretch in which it changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LastTrack(pub(super) Vec<Option<i64>>);

impl LastTrack {
    pub(super) fn set(&mut self, index: usize, value: i64) {
        *at(&mut self.0, index) = Some(value);
    }

    pub(super) fn halve(&mut self) {
        halve(&mut self.0, |one, next| *one = next.or(*one));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_stretches_become_one() {
        let (mut counts, mut levels) = (CountTrack::default(), LevelTrack::default());
        [0, 0, 1, 4].into_iter().for_each(|index| counts.add(index, 1));
        let mut gauge = Gauge::default();
        gauge.set(3, 5, 1);
        levels.follow(&gauge, 5, 32, 10);
        assert_eq!(levels.0.iter().map(|stay| stay.area).collect::<Vec<_>>(), [15, 30, 30, 6]);
        counts.halve();
        levels.halve();
        assert_eq!(counts.0, [3, 0, 1]);
        assert_eq!(levels.0, [Stay { area: 45, max: 3 }, Stay { area: 36, max: 3 }]);
        let mut last = LastTrack(vec![Some(1), None, None, Some(4), Some(5)]);
        last.halve();
        assert_eq!(last.0, [Some(1), Some(4), Some(5)]);
    }

    #[test]
    fn a_run_of_known_length_is_cut_evenly() {
        assert_eq!(first_width(Some(60_000_000_000)), 250_000_000);
        assert_eq!(first_width(None), 1_000_000);
    }
}
