//! Committed versions of rows: `[count][key, stamp, columns..]*`, by key and then by age.
//!
//! A stamp is a rank times four, plus 1 for a version that says that the row is gone, plus 2 where
//! the row is another than the one before it under this key. Ranks count snapshots: a version is
//! seen by every snapshot whose rank is not below its own.

use super::super::{Machine, State};
use super::area::Area;
use crate::program::{Column, SharedId};
use std::ops::Range;

/// The row under this key is gone.
pub(super) const GONE: i64 = 1;
/// It is another row than the one before.
pub(super) const ANEW: i64 = 2;
const RANK: i64 = 4;

/// A stamp for a version.
pub(super) fn stamp(rank: i64, flags: i64) -> i64 {
    rank * RANK + flags
}

/// The rank in a stamp.
pub(super) fn rank(stamp: i64) -> i64 {
    stamp.div_euclid(RANK)
}

/// The flags in a stamp.
pub(super) fn flags(stamp: i64) -> i64 {
    stamp.rem_euclid(RANK)
}

/// A table's versions in a state.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    /// Where they begin.
    pub(super) first: usize,
    /// How many words one has.
    pub(super) width: usize,
    /// Where the room for them ends.
    pub(super) end: usize,
}

impl Rows {
    pub(super) fn count(self, state: &State) -> usize {
        state.get(self.first) as usize
    }

    /// Where a version lies.
    pub(super) fn at(self, nth: usize) -> usize {
        self.first + 1 + nth * self.width
    }

    pub(super) fn key(self, state: &State, nth: usize) -> i64 {
        state.get(self.at(nth))
    }

    pub(super) fn stamp(self, state: &State, nth: usize) -> i64 {
        state.get(self.at(nth) + 1)
    }

    /// The versions of a row, the oldest first.
    pub(super) fn of(self, state: &State, key: i64) -> Range<usize> {
        let count = self.count(state);
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.key(state, middle) < key {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let mut end = low;
        while end < count && self.key(state, end) == key {
            end += 1;
        }
        low..end
    }

    /// The version of a row that a snapshot sees, also where it says that the row is gone; without
    /// one the newest.
    pub(super) fn version(self, state: &State, key: i64, snapshot: Option<i64>) -> Option<usize> {
        let seen =
            |nth: &usize| snapshot.is_none_or(|snapshot| rank(self.stamp(state, *nth)) <= snapshot);
        self.of(state, key).rev().find(seen)
    }

    /// The same where there is a row: where its columns begin.
    pub(super) fn row(self, state: &State, key: i64, snapshot: Option<i64>) -> Option<usize> {
        let nth = self.version(state, key, snapshot)?;
        (flags(self.stamp(state, nth)) & GONE == 0).then(|| self.at(nth) + 2)
    }

    /// All keys that have a version, in order.
    pub(super) fn keys(self, state: &State) -> Vec<i64> {
        let mut keys: Vec<i64> = (0..self.count(state)).map(|nth| self.key(state, nth)).collect();
        keys.dedup();
        keys
    }

    /// Adds a version that is newer than all others of its row; false where there is no room.
    pub(super) fn add(self, state: &mut State, key: i64, stamp: i64, values: &[i64]) -> bool {
        let count = self.count(state);
        if self.at(count) + self.width > self.end {
            return false;
        }
        let place = self.of(state, key).end;
        for word in (self.at(place)..self.at(count)).rev() {
            state.set(word + self.width, state.get(word));
        }
        let at = self.at(place);
        state.set(at, key);
        state.set(at + 1, stamp);
        for column in 0..self.width - 2 {
            state.set(at + 2 + column, values.get(column).copied().unwrap_or(0));
        }
        state.set(self.first, count as i64 + 1);
        true
    }

    /// Takes a version out.
    pub(super) fn remove(self, state: &mut State, nth: usize) {
        let count = self.count(state);
        for word in self.at(nth)..self.at(count - 1) {
            state.set(word, state.get(word + self.width));
        }
        for word in self.at(count - 1)..self.at(count) {
            state.set(word, 0);
        }
        state.set(self.first, count as i64 - 1);
    }
}

impl Machine {
    /// Where a table's versions lie.
    pub(super) fn rows(&self, table: SharedId) -> Rows {
        let slot = self.layout.shared[table as usize];
        Rows { first: slot.element(0), width: 1 + slot.value as usize, end: slot.element(1) }
    }

    /// The columns of a row as a transaction sees it: its own change, or what its snapshot shows.
    pub(super) fn seen_by(
        &self,
        state: &State,
        area: Area,
        table: SharedId,
        key: i64,
    ) -> Option<usize> {
        let (_, place) = self.place_of_table(table);
        match area.change(state, place, key) {
            Some(change) => match change.kind {
                super::ChangeKind::Deleted | super::ChangeKind::Withdrawn => None,
                super::ChangeKind::Locked => self.rows(table).row(state, key, area.snapshot(state)),
                _ => Some(change.at),
            },
            None => self.rows(table).row(state, key, area.snapshot(state)),
        }
    }

    /// The keys of all rows that a transaction may see.
    pub(super) fn keys_seen(&self, state: &State, area: Area, table: SharedId) -> Vec<i64> {
        let (_, place) = self.place_of_table(table);
        let mut keys = self.rows(table).keys(state);
        keys.extend(area.changes(state).filter(|one| one.table == place).map(|one| one.key));
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// How many columns a table has.
    pub(super) fn columns(&self, table: SharedId) -> Column {
        self.program.columns(table)
    }
}
