//! All that can change, in one array.

use crate::program::{
    Details, Error, Layout, NONE, Pc, Program, SharedId, SharedKind, SharedSlot, Table,
};
use crate::trace::{ProcessId, Target};

const ENDED: i64 = -1;
const ENDLESS: i64 = -2;
const ABSENT: i64 = -3;
const CRASHED: i64 = -4;
const FULL: i64 = -5;
/// Crashed positions that will be lifted count down from here, one for each fault.
const DOWN: i64 = -100;
/// Failed positions count down from here, one for each error.
const FAILED: i64 = -1_000_000;

/// The state of a machine: cheap to copy, and to step and take the step back.
#[derive(Clone, Debug, Default)]
pub struct State {
    words: Vec<i64>,
    /// Words overwritten since [`State::begin_trial`], the last one last.
    journal: Vec<(u32, i64)>,
    trying: bool,
}

/// Where a process is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// At a touch: its next step begins with this instruction.
    At(Pc),
    /// At its end.
    Ended,
    /// Its own work passed its ceiling.
    Endless,
    /// Ended by an error.
    Failed(Error),
    /// Room for an instance that has not come.
    Absent,
    /// Ended by a crash.
    Crashed,
    /// Ended by a crash after which it starts again; the fault.
    Down(u32),
    /// Stopped where there was no room for more: keys, tasks, outcomes.
    Full,
}

/// The rows of a table at the start.
fn fresh_table(table: &Table, slot: SharedSlot, words: &mut [i64]) {
    let first = slot.element(0);
    words[first] = table.rows.len() as i64;
    for (entry, (key, values)) in
        words[first + 1..].chunks_exact_mut(1 + slot.value as usize).zip(&table.rows)
    {
        entry[0] = *key;
        entry[2..2 + values.len()].copy_from_slice(values);
    }
}

impl State {
    /// The state before anybody has begun.
    #[must_use]
    pub fn new(program: &Program, layout: &Layout) -> State {
        let mut words = vec![0; layout.words];
        for (shared, slot) in program.shared.iter().zip(&layout.shared) {
            match shared.kind {
                SharedKind::Var | SharedKind::Counter => {
                    words[slot.range()].copy_from_slice(&shared.initial);
                }
                SharedKind::Map
                | SharedKind::Lock
                | SharedKind::RwLock
                | SharedKind::Semaphore
                | SharedKind::Condition
                | SharedKind::Queue
                | SharedKind::Topic
                | SharedKind::Log
                | SharedKind::Group
                | SharedKind::Link
                | SharedKind::Cache
                | SharedKind::Wire
                | SharedKind::Breaker
                | SharedKind::Limiter => {}
                SharedKind::Database => {
                    if slot.fills < slot.width {
                        // Replicas begin with all that is there.
                        words[slot.element(0) + slot.fills as usize] = 1;
                    }
                }
                SharedKind::Table => {
                    if let Details::Table(at) = shared.details {
                        fresh_table(&program.tables[at as usize], *slot, &mut words);
                    }
                }
                SharedKind::Service => {
                    if let Details::Service(at) = shared.details {
                        let there = program.services[at as usize].replicas;
                        for element in there..slot.length {
                            words[slot.element(element)] = crate::machine::NO_REPLICA;
                        }
                    }
                }
            }
        }
        for slot in &layout.processes {
            words[slot.at as usize] = ABSENT;
        }
        State { words, journal: Vec::new(), trying: false }
    }

    /// A state with this identity; what lies outside the identity is 0.
    #[must_use]
    pub fn from_identity(identity: &[i64], layout: &Layout) -> State {
        let mut state = State::default();
        state.set_identity(identity, layout);
        state
    }

    /// Becomes the state with this identity, without a new array.
    pub fn set_identity(&mut self, identity: &[i64], layout: &Layout) {
        self.words.clear();
        self.words.extend_from_slice(identity);
        self.words.resize(layout.words, 0);
        self.journal.clear();
        self.trying = false;
    }

    /// As [`State::set_identity`], the words of the identity being filled in.
    pub fn refill(&mut self, layout: &Layout, fill: impl FnOnce(&mut [i64])) {
        self.words.resize(layout.words, 0);
        fill(&mut self.words[..layout.identity]);
        self.words[layout.identity..].fill(0);
        self.journal.clear();
        self.trying = false;
    }

    /// The words that make two states the same (rule 25).
    #[must_use]
    pub fn identity(&self, layout: &Layout) -> &[i64] {
        &self.words[..layout.identity]
    }

    /// All words.
    #[must_use]
    pub fn words(&self) -> &[i64] {
        &self.words
    }

    /// A state of these words.
    #[must_use]
    pub fn from_words(words: Vec<i64>) -> State {
        State { words, journal: Vec::new(), trying: false }
    }

    /// From here on, remembers what is overwritten.
    pub fn begin_trial(&mut self) {
        self.journal.clear();
        self.trying = true;
    }

    /// Takes back all that was written since [`State::begin_trial`].
    pub fn end_trial(&mut self) {
        self.trying = false;
        while let Some((at, value)) = self.journal.pop() {
            self.words[at as usize] = value;
        }
    }

    /// Takes back all that was written since [`State::begin_trial`], and goes on remembering.
    pub fn take_back(&mut self) {
        self.end_trial();
        self.trying = true;
    }

    /// As [`State::take_back`], telling for each write, the last first, where it was, what had
    /// stood there and what then stood there.
    pub fn take_back_telling(&mut self, mut each: impl FnMut(usize, i64, i64)) {
        while let Some((at, old)) = self.journal.pop() {
            let word = &mut self.words[at as usize];
            each(at as usize, old, *word);
            *word = old;
        }
    }

    /// The elements of a shared thing that has a word each.
    #[must_use]
    pub fn elements(&self, layout: &Layout, shared: SharedId) -> &[i64] {
        &self.words[layout.shared[shared as usize].range()]
    }

    /// The first word of an element: a variable's value, who holds a lock or writes (a process
    /// plus one), how many permits are out.
    #[must_use]
    pub fn element(&self, layout: &Layout, target: Target) -> i64 {
        self.words[layout.shared[target.shared as usize].element(target.element)]
    }

    /// The second word of an element: the last token of a lease, the readers of a rwlock.
    #[must_use]
    pub fn second(&self, layout: &Layout, target: Target) -> i64 {
        self.words[layout.shared[target.shared as usize].element(target.element) + 1]
    }

    /// The keys of a map, each with the words of its value behind it, by key.
    pub fn map(&self, layout: &Layout, map: Target) -> std::slice::ChunksExact<'_, i64> {
        let slot = layout.shared[map.shared as usize];
        let first = slot.element(map.element);
        let entry = 1 + slot.value as usize;
        let length = self.words[first] as usize;
        self.words[first + 1..][..entry * length].chunks_exact(entry)
    }

    /// Where a process is.
    #[must_use]
    pub fn position(&self, layout: &Layout, process: ProcessId) -> Position {
        match self.words[layout.processes[process as usize].at as usize] {
            word if word >= 0 => Position::At(word as Pc),
            ENDED => Position::Ended,
            ENDLESS => Position::Endless,
            ABSENT => Position::Absent,
            CRASHED => Position::Crashed,
            FULL => Position::Full,
            word if word <= FAILED => Position::Failed(Error::from_code(FAILED - word)),
            word => Position::Down((DOWN - word) as u32),
        }
    }

    /// The number of a process among its kind, from 1.
    #[must_use]
    pub fn number(&self, layout: &Layout, process: ProcessId) -> u32 {
        let slot = layout.processes[process as usize];
        match slot.number_at {
            0 => slot.number,
            at => self.words[at as usize] as u32,
        }
    }

    /// The fault that has stopped a process.
    #[must_use]
    pub fn stopped(&self, layout: &Layout, process: ProcessId) -> Option<u32> {
        match layout.processes[process as usize].stopped_at {
            0 => None,
            at => u32::try_from(self.words[at as usize] - 1).ok(),
        }
    }

    /// How many passes a process has begun, where that is counted.
    #[must_use]
    pub fn passes(&self, layout: &Layout, process: ProcessId) -> i64 {
        match layout.processes[process as usize].passes_at {
            0 => 0,
            at => self.words[at as usize],
        }
    }

    /// How much of a semaphore or of a rwlock's reading side a process holds.
    #[must_use]
    pub fn held(&self, layout: &Layout, process: ProcessId, target: Target) -> i64 {
        let word = layout.hold_word(process, target.shared, target.element);
        word.map_or(0, |at| self.words[at])
    }

    /// The registers of a process.
    #[must_use]
    pub fn registers(&self, layout: &Layout, process: ProcessId) -> &[i64] {
        let slot = layout.processes[process as usize];
        let first = slot.at as usize + 1;
        &self.words[first..first + slot.registers as usize]
    }

    pub(crate) fn get(&self, at: usize) -> i64 {
        self.words[at]
    }

    /// The one door for every write.
    pub(super) fn set(&mut self, at: usize, value: i64) {
        if self.trying {
            self.journal.push((at as u32, self.words[at]));
        }
        self.words[at] = value;
    }

    /// The first word of the value under a key of a map, or where its entry would go.
    pub(super) fn find_key(&self, layout: &Layout, map: Target, key: i64) -> Result<usize, usize> {
        let slot = layout.shared[map.shared as usize];
        let (first, entry) = (slot.element(map.element) + 1, 1 + slot.value as usize);
        let (mut low, mut high) = (0, self.words[first - 1] as usize);
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.words[first + entry * middle].cmp(&key) {
                std::cmp::Ordering::Equal => return Ok(first + entry * middle + 1),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        Err(first + entry * low)
    }
}

impl Position {
    pub(super) fn word(self) -> i64 {
        match self {
            Position::At(pc) => i64::from(pc),
            Position::Ended => ENDED,
            Position::Endless => ENDLESS,
            Position::Absent => ABSENT,
            Position::Crashed => CRASHED,
            Position::Full => FULL,
            Position::Down(fault) => DOWN - i64::from(fault),
            Position::Failed(error) => FAILED - error.code(),
        }
    }
}

const _: () = assert!(NONE < 2 * FAILED, "no error's position is `none`");
