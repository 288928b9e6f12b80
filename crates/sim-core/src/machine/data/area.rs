//! Where a process's transaction lies in its block.
//!
//! ```text
//! [status][isolation][snapshot + 1][doomed][table it waits for + 1][key][rows done][replica]
//! [its place among those who wait for that row]
//! [changes][table, key, how, columns..]*   [reads][table, key or `none` for all]*
//! ```
//! All words are 0 where no transaction is open, so that such states are one.

use super::super::execute::Execution;
use super::super::{Machine, State, Watch};
use crate::program::{Column, Isolation, NONE, SharedId, TransactionRoom};
use crate::trace::{ProcessId, Target};

/// What becomes of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::machine) enum Status {
    /// There is none.
    None,
    /// It is open.
    Open,
    /// A statement outside any transaction, which waits.
    Alone,
    /// An error has undone it, and the process has not left it yet.
    Failed,
}

/// How a row is changed by a transaction that is open.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub enum ChangeKind {
    /// It is only locked.
    Locked,
    /// It has other values.
    Updated,
    /// It is new.
    Inserted,
    /// It is to go.
    Deleted,
    /// It went, and another came under its key.
    Replaced,
    /// It was new, and is to go: nobody sees it, and whoever inserts its key waits.
    Withdrawn,
}

impl ChangeKind {
    const ALL: [ChangeKind; 6] = [
        ChangeKind::Locked,
        ChangeKind::Updated,
        ChangeKind::Inserted,
        ChangeKind::Deleted,
        ChangeKind::Replaced,
        ChangeKind::Withdrawn,
    ];

    /// Whether the row has values of the transaction's own, or is gone where it was seen before.
    #[must_use]
    pub fn is_seen(self) -> bool {
        !matches!(self, ChangeKind::Locked | ChangeKind::Withdrawn)
    }
}

const STATUS: usize = 0;
const LEVEL: usize = 1;
const SNAPSHOT: usize = 2;
const DOOMED: usize = 3;
const WAITS: usize = 4;
const KEY: usize = 5;
const DONE: usize = 6;
const COPY: usize = 7;
const PLACE: usize = 8;

/// The place of a transaction in a state.
#[derive(Clone, Copy, Debug)]
pub(in crate::machine) struct Area {
    at: usize,
    pub(super) room: TransactionRoom,
}

/// A row that a transaction has changed, at its place in a state.
#[derive(Clone, Copy, Debug)]
pub(super) struct Changed {
    pub(super) table: u32,
    pub(super) key: i64,
    pub(super) kind: ChangeKind,
    /// Where its columns begin.
    pub(super) at: usize,
}

impl Machine {
    /// Where a process's transaction in a database lies, if it may have one.
    pub(in crate::machine) fn area(&self, process: ProcessId, database: u32) -> Option<Area> {
        let slot = self.layout.processes[process as usize];
        let rooms = &self.layout.transactions[slot.class as usize];
        let room = *rooms.iter().find(|room| room.database == database)?;
        Some(Area { at: (slot.transactions_at + room.offset) as usize, room })
    }

    /// All of a process's.
    pub(in crate::machine) fn areas(&self, process: ProcessId) -> impl Iterator<Item = Area> + '_ {
        let slot = self.layout.processes[process as usize];
        let rooms = &self.layout.transactions[slot.class as usize];
        rooms
            .iter()
            .map(move |&room| Area { at: (slot.transactions_at + room.offset) as usize, room })
    }

    /// Those of a database that are open, with whose they are.
    pub(super) fn open_areas<'a>(
        &'a self,
        state: &'a State,
        database: u32,
    ) -> impl Iterator<Item = (ProcessId, Area)> + 'a {
        let users = self.data_users[database as usize].iter().copied();
        users
            .filter_map(move |process| Some((process, self.area(process, database)?)))
            .filter(|(_, area)| state.get(area.at) != 0)
    }

    /// The table with this place in its database.
    pub(super) fn table_at(&self, database: u32, place: u32) -> SharedId {
        self.program.databases[database as usize].tables[place as usize]
    }

    /// The database of a table, as an index, and the table's place there.
    pub(in crate::machine) fn place_of_table(&self, table: SharedId) -> (u32, u32) {
        let declared = self.program.table(table).expect("the compiler names tables");
        (declared.database, declared.place)
    }
}

impl Area {
    fn word(self, state: &State, word: usize) -> i64 {
        state.get(self.at + word)
    }

    pub(in crate::machine) fn status(self, state: &State) -> Status {
        match self.word(state, STATUS) {
            0 => Status::None,
            1 => Status::Open,
            2 => Status::Alone,
            _ => Status::Failed,
        }
    }

    pub(in crate::machine) fn level(self, state: &State) -> Isolation {
        Isolation::ALL[self.word(state, LEVEL).clamp(0, 2) as usize]
    }

    /// The rank of what it sees.
    pub(in crate::machine) fn snapshot(self, state: &State) -> Option<i64> {
        Some(self.word(state, SNAPSHOT) - 1).filter(|rank| *rank >= 0)
    }

    pub(in crate::machine) fn is_doomed(self, state: &State) -> bool {
        self.word(state, DOOMED) != 0
    }

    /// The row that it waits for: a table's place and a key.
    pub(in crate::machine) fn waits(self, state: &State) -> Option<(u32, i64)> {
        let table = u32::try_from(self.word(state, WAITS) - 1).ok()?;
        Some((table, self.word(state, KEY)))
    }

    /// How many rows the statement has dealt with that waits.
    pub(super) fn done(self, state: &State) -> i64 {
        self.word(state, DONE)
    }

    /// Its place among those who wait for the same row, from 1; 0 where it stands in no line.
    pub(super) fn place(self, state: &State) -> i64 {
        self.word(state, PLACE)
    }

    pub(super) fn set_place(self, state: &mut State, place: i64) {
        self.put(state, PLACE, place);
    }

    /// The replica that it reads, from 1.
    pub(in crate::machine) fn copy(self, state: &State) -> Option<u32> {
        u32::try_from(self.word(state, COPY)).ok().filter(|copy| *copy > 0)
    }

    /// True for a serializable transaction that has seen something and may still be committed.
    pub(super) fn is_tracked(self, state: &State) -> bool {
        matches!(self.status(state), Status::Open | Status::Alone)
            && self.level(state) == Isolation::Serializable
            && self.snapshot(state).is_some()
    }

    /// The rows that it has changed or locked, by table and key.
    pub(super) fn changes(self, state: &State) -> impl Iterator<Item = Changed> + '_ {
        let first = self.at + self.room.changes_at() as usize;
        let count = state.get(first) as usize;
        let width = self.room.change as usize;
        state.words()[first + 1..first + 1 + count * width].chunks_exact(width).enumerate().map(
            move |(nth, words)| Changed {
                table: words[0] as u32,
                key: words[1],
                kind: ChangeKind::ALL[words[2].clamp(0, 5) as usize],
                at: first + 1 + nth * width + 3,
            },
        )
    }

    /// What it has done to a row.
    pub(super) fn change(self, state: &State, table: u32, key: i64) -> Option<Changed> {
        self.changes(state).find(|change| (change.table, change.key) == (table, key))
    }

    /// What it has read, where that is kept: a table's place, and a key or `none` for all rows.
    pub(super) fn reads(self, state: &State) -> impl Iterator<Item = (u32, i64)> + '_ {
        let first = self.at + self.room.reads_at() as usize;
        let count = if self.room.reads > 0 { state.get(first) as usize } else { 0 };
        let words = if count > 0 { &state.words()[first + 1..first + 1 + 2 * count] } else { &[] };
        words.chunks_exact(2).map(|words| (words[0] as u32, words[1]))
    }

    fn put(self, state: &mut State, word: usize, value: i64) {
        if state.get(self.at + word) != value {
            state.set(self.at + word, value);
        }
    }

    pub(super) fn open(self, state: &mut State, status: Status, level: Isolation, copy: i64) {
        self.put(state, STATUS, status as i64);
        self.put(state, LEVEL, level as i64);
        self.put(state, COPY, copy);
    }

    pub(super) fn set_snapshot(self, state: &mut State, rank: Option<i64>) {
        self.put(state, SNAPSHOT, rank.map_or(0, |rank| rank + 1));
    }

    pub(super) fn doom(self, state: &mut State) {
        self.put(state, DOOMED, 1);
    }

    pub(super) fn wait_for(self, state: &mut State, row: Option<(u32, i64)>, done: i64) {
        let (table, key) = row.map_or((0, 0), |(table, key)| (i64::from(table) + 1, key));
        self.put(state, WAITS, table);
        self.put(state, KEY, key);
        self.put(state, DONE, done);
        if row.is_none() {
            self.put(state, PLACE, 0);
        }
    }

    /// Nothing of it is left.
    pub(super) fn clear(self, state: &mut State) {
        for word in 0..self.room.words() as usize {
            self.put(state, word, 0);
        }
    }

    /// It is undone, but the process is still in it.
    pub(super) fn fail(self, state: &mut State) {
        self.clear(state);
        self.put(state, STATUS, Status::Failed as i64);
    }

    /// Notes what becomes of a row; false where there is no room for one more.
    pub(super) fn note(
        self,
        state: &mut State,
        (table, key): (u32, i64),
        kind: ChangeKind,
        values: &[i64],
    ) -> bool {
        let first = self.at + self.room.changes_at() as usize;
        let width = self.room.change as usize;
        let at = match self.change(state, table, key) {
            Some(known) => known.at,
            None => {
                let count = state.get(first) as usize;
                if count as u32 >= self.room.changes {
                    return false;
                }
                let before =
                    self.changes(state).filter(|one| (one.table, one.key) < (table, key)).count();
                let at = first + 1 + before * width;
                for word in (at..first + 1 + count * width).rev() {
                    state.set(word + width, state.get(word));
                }
                state.set(first, count as i64 + 1);
                state.set(at, i64::from(table));
                state.set(at + 1, key);
                at + 3
            }
        };
        state.set(at - 1, kind as i64);
        for column in 0..width - 3 {
            state.set(at + column, values.get(column).copied().unwrap_or(0));
        }
        true
    }

    /// Takes back what was noted of a row.
    pub(super) fn forget(self, state: &mut State, known: Changed) {
        let first = self.at + self.room.changes_at() as usize;
        let width = self.room.change as usize;
        let count = state.get(first) as usize;
        let end = first + 1 + count * width;
        for word in known.at - 3..end - width {
            state.set(word, state.get(word + width));
        }
        for word in end - width..end {
            state.set(word, 0);
        }
        state.set(first, count as i64 - 1);
    }

    /// Notes that something was read; false where there is no room for one more.
    pub(super) fn note_read(self, state: &mut State, table: u32, key: Option<i64>) -> bool {
        let read = (table, key.unwrap_or(NONE));
        if self.room.reads == 0 || self.reads(state).any(|known| known == read) {
            return true;
        }
        let first = self.at + self.room.reads_at() as usize;
        let count = state.get(first) as usize;
        if count as u32 >= self.room.reads {
            return false;
        }
        let before = self.reads(state).filter(|known| *known < read).count();
        let at = first + 1 + 2 * before;
        for word in (at..first + 1 + 2 * count).rev() {
            state.set(word + 2, state.get(word));
        }
        state.set(at, i64::from(read.0));
        state.set(at + 1, read.1);
        state.set(first, count as i64 + 1);
        true
    }
}

impl<W: Watch> Execution<'_, W> {
    /// Where the process's transaction in the database of a table or of itself lies.
    pub(super) fn own_area(&self, of: SharedId) -> (Area, Target) {
        let machine = self.machine;
        let declared = machine.program.database(of).expect("the compiler names databases");
        let at = machine.database_index(declared.shared);
        let area = machine.area(self.process, at).expect("the layout has room for transactions");
        (area, Target { shared: declared.shared, element: 0 })
    }
}

/// A row's columns, padded by nothing.
pub(super) fn columns_of(state: &State, at: usize, columns: Column) -> Vec<i64> {
    state.words()[at..at + columns as usize].to_vec()
}
