//! Ranks instead of numbers that grow for ever: two situations that behave alike are one state.
//!
//! What matters of a snapshot and a version is only which sees which. So after each step snapshots
//! and versions are numbered anew, as few numbers as there are snapshots to tell apart, and versions
//! that nobody can see any more are thrown away.

use super::super::execute::Execution;
use super::super::{Machine, State, Watch};
use super::rows::{ANEW, GONE, flags, rank, stamp};
use crate::trace::Target;

impl Machine {
    /// The rank of what a snapshot that is taken now sees: everything.
    pub(super) fn rank_now(&self, state: &State, database: u32) -> i64 {
        let tables = &self.program.databases[database as usize].tables;
        let newest = tables.iter().map(|&table| {
            let rows = self.rows(table);
            (0..rows.count(state)).map(|nth| rank(rows.stamp(state, nth))).max().unwrap_or(0)
        });
        let records = self.records(state, database).map(|record| record.rank);
        let points = self.points(state, database).last().copied();
        newest.chain(records).chain(points).max().unwrap_or(0)
    }
}

impl<W: Watch> Execution<'_, W> {
    /// Numbers a database's snapshots and versions anew.
    pub(super) fn number_anew(&mut self, database: u32) {
        let machine = self.machine;
        if machine.rank_now(self.state, database) == 0 {
            return;
        }
        self.drop_records(database);
        let mut live: Vec<i64> = machine
            .open_areas(self.state, database)
            .filter_map(|(_, area)| area.snapshot(self.state))
            .collect();
        live.extend(machine.points(self.state, database));
        live.extend(machine.records(self.state, database).filter_map(|record| record.snapshot));
        live.sort_unstable();
        live.dedup();
        // By snapshots: what none of them tells apart is one.
        let below = |rank: i64| live.partition_point(|&one| one < rank) as i64;
        self.drop_versions(database, below);
        // By versions: snapshots between which nothing was committed are one.
        let mut marks: Vec<i64> = Vec::new();
        for &table in &machine.program.databases[database as usize].tables {
            let rows = machine.rows(table);
            marks.extend((0..rows.count(self.state)).map(|nth| rank(rows.stamp(self.state, nth))));
        }
        marks.extend(machine.records(self.state, database).map(|record| below(record.rank)));
        marks.retain(|&mark| mark > 0);
        marks.sort_unstable();
        marks.dedup();
        let mark_of = |rank: i64| marks.partition_point(|&one| one <= rank) as i64;
        let snapshot_of = |rank: i64| mark_of(below(rank));
        for &table in &machine.program.databases[database as usize].tables {
            let rows = machine.rows(table);
            for nth in 0..rows.count(self.state) {
                let old = rows.stamp(self.state, nth);
                let new = stamp(mark_of(rank(old)), flags(old));
                if new != old {
                    self.state.set(rows.at(nth) + 1, new);
                }
            }
        }
        for &process in &machine.data_users[database as usize] {
            let Some(area) = machine.area(process, database) else { continue };
            if let Some(snapshot) = area.snapshot(self.state) {
                area.set_snapshot(self.state, Some(snapshot_of(snapshot)));
            }
        }
        self.renumber_points(database, snapshot_of);
        self.renumber_records(database, |rank| mark_of(below(rank)), snapshot_of);
    }

    /// Gives versions their ranks among the snapshots, and drops those that none of them sees.
    fn drop_versions(&mut self, database: u32, below: impl Fn(i64) -> i64) {
        let machine = self.machine;
        for &table in &machine.program.databases[database as usize].tables {
            let rows = machine.rows(table);
            let mut nth = 0;
            while nth < rows.count(self.state) {
                let old = rows.stamp(self.state, nth);
                let new = stamp(below(rank(old)), flags(old));
                if new != old {
                    self.state.set(rows.at(nth) + 1, new);
                }
                nth += 1;
            }
            let mut nth = 0;
            while nth < rows.count(self.state) {
                let key = rows.key(self.state, nth);
                let own = rows.stamp(self.state, nth);
                let is_first = nth == 0 || rows.key(self.state, nth - 1) != key;
                let next = (nth + 1 < rows.count(self.state)
                    && rows.key(self.state, nth + 1) == key)
                    .then(|| rows.stamp(self.state, nth + 1));
                let unseen = next.is_some_and(|next| rank(next) == rank(own));
                // That a row is gone which nobody sees needs no version.
                let says_nothing = is_first && flags(own) & GONE != 0;
                if unseen || says_nothing {
                    if let Some(next) = next
                        && flags(own) & (ANEW | GONE) != 0
                        && !is_first
                    {
                        self.state.set(rows.at(nth + 1) + 1, next | ANEW);
                    }
                    rows.remove(self.state, nth);
                    // What comes before may say nothing now.
                    nth = nth.saturating_sub(1);
                    continue;
                }
                if is_first && flags(own) & ANEW != 0 {
                    self.state.set(rows.at(nth) + 1, own & !ANEW);
                }
                nth += 1;
            }
        }
    }

    /// Everything of a database may have changed for those who wait.
    pub(super) fn note_data(&mut self, database: Target) {
        self.note_read(database);
        self.note_write(database);
    }
}
