//! Caches: reading, keeping, throwing away, and one filling in what others wait for.
//!
//! Where it keeps only so many values they lie in the order of their last use, the least recent
//! first; else by key. When a value is over, the clock knows: that it is, is an outcome of reading it.

use super::execute::Execution;
use super::{Machine, Position, State, Watch};
use crate::program::{Cache, Error, Op, Pc, Reg, SharedId};
use crate::trace::{Fact, ProcessId, Target};

impl Machine {
    fn cache_of(&self, cache: SharedId) -> Cache {
        *self.program.cache(cache).expect("the compiler names caches")
    }

    /// How long a cache keeps a value, nanoseconds.
    #[must_use]
    pub fn keeps_for(&self, cache: SharedId) -> Option<i64> {
        self.program.cache(cache)?.ttl
    }

    /// The first word of what a cache keeps under a key.
    pub(super) fn kept(&self, state: &State, cache: Target, key: i64) -> Option<usize> {
        let slot = self.layout.shared[cache.shared as usize];
        let at = state.map(&self.layout, cache).position(|entry| entry[0] == key)?;
        Some(slot.element(cache.element) + 2 + at * (1 + slot.value as usize))
    }

    /// The cache and the key that a step asks for, where what is kept there may be over.
    #[must_use]
    pub fn asks_cache(&self, state: &State, process: ProcessId, pc: Pc) -> Option<(Target, i64)> {
        let (cache, key) = match self.program.code[pc as usize] {
            Op::CacheRead { cache, key, .. } | Op::Lookup { cache, key, .. } => (cache, key),
            _ => return None,
        };
        self.keeps_for(cache)?;
        let key = state.registers(&self.layout, process)[key as usize];
        let cache = self.place(state, Some(process), cache, None).ok()?;
        self.kept(state, cache, key).map(|_| (cache, key))
    }

    /// Who fills in a key of a cache.
    #[must_use]
    pub fn filler(&self, state: &State, cache: Target, key: i64) -> Option<ProcessId> {
        let fills = self.program.fills.iter().filter(|one| one.cache == cache.shared);
        let fillers = fills.filter_map(|filling| {
            (0..self.layout.processes.len() as ProcessId).find(|&process| {
                let Position::At(pc) = state.position(&self.layout, process) else { return false };
                filling.code.contains(&pc)
                    && !matches!(self.program.code[pc as usize], Op::Flight { .. })
                    && state.registers(&self.layout, process)[filling.key as usize] == key
                    && self.place(state, Some(process), cache.shared, None) == Ok(cache)
            })
        });
        fillers.min()
    }

    /// The keys of a cache that somebody fills in.
    fn fills<'a>(&self, state: &'a State, cache: Target) -> &'a [i64] {
        let at = self.fills_at(cache);
        let count = state.get(at) as usize;
        &state.words()[at + 1..][..count]
    }

    /// Where they lie.
    fn fills_at(&self, cache: Target) -> usize {
        let slot = self.layout.shared[cache.shared as usize];
        slot.element(cache.element) + slot.fills as usize
    }
}

impl<W: Watch> Execution<'_, W> {
    /// Finds what is kept under a key, and tells of it: true where it is.
    fn find_kept(&mut self, pc: Pc, target: Target, key: i64, (to, count): (Reg, u16)) -> bool {
        let machine = self.machine;
        self.note_read(target);
        let declared = machine.cache_of(target.shared);
        let mut found = machine.kept(self.state, target, key);
        let over = found.is_some() && declared.ttl.is_some() && self.is_over(target, key);
        if over {
            self.note_write(target);
            self.remove(target, key);
            found = None;
        } else if declared.capacity.is_some() && found.is_some() {
            self.note_write(target);
            found = self.use_now(target, key);
        }
        let value = machine.word_of(self.state, target, key, 0);
        self.tell(self.process, Fact::Looked { target, key, value, hit: found.is_some(), over });
        self.tell_record(target, key, count);
        let Some(at) = found else { return false };
        for word in 0..count {
            let value = self.state.get(at + word as usize);
            self.set_local(pc, to + word, value);
        }
        true
    }

    /// `to = cache[key]`
    pub(super) fn read_cache(
        &mut self,
        pc: Pc,
        cache: SharedId,
        key: Reg,
        (to, count): (Reg, u16),
    ) {
        let (target, key) = (self.keyed(cache), self.register(key));
        if !self.find_kept(pc, target, key, (to, count)) {
            for word in 0..count {
                let value = self.machine.word_of(self.state, target, key, word);
                self.set_local(pc, to + word, value);
            }
        }
    }

    /// An entry becomes the most recently used.
    fn use_now(&mut self, cache: Target, key: i64) -> Option<usize> {
        let at = self.machine.kept(self.state, cache, key)? - 1;
        let slot = self.machine.layout.shared[cache.shared as usize];
        let (first, entry) = (slot.element(cache.element), 1 + slot.value as usize);
        let end = first + 1 + entry * self.state.get(first) as usize;
        let own: Vec<i64> = self.state.words()[at..at + entry].to_vec();
        for word in at..end - entry {
            self.state.set(word, self.state.get(word + entry));
        }
        for (word, value) in (end - entry..).zip(own) {
            self.state.set(word, value);
        }
        Some(end - entry + 1)
    }

    /// Takes an entry out.
    fn remove(&mut self, cache: Target, key: i64) -> bool {
        let Some(at) = self.machine.kept(self.state, cache, key) else { return false };
        let slot = self.machine.layout.shared[cache.shared as usize];
        let (first, entry) = (slot.element(cache.element), 1 + slot.value as usize);
        let count = self.state.get(first);
        let end = first + 1 + entry * count as usize;
        for word in at - 1..end - entry {
            self.state.set(word, self.state.get(word + entry));
        }
        for word in end - entry..end {
            self.state.set(word, 0);
        }
        self.state.set(first, count - 1);
        true
    }

    /// Keeps a value; where there is no room the least recently used goes.
    pub(super) fn keep(
        &mut self,
        cache: SharedId,
        key: i64,
        (from, count): (Reg, u16),
    ) -> Result<(), Error> {
        let machine = self.machine;
        let target = self.keyed(cache);
        self.note_read(target);
        self.note_write(target);
        let declared = machine.cache_of(cache);
        let slot = machine.layout.shared[cache as usize];
        let entry = 1 + slot.value as usize;
        let is_new = !self.remove(target, key);
        let first = slot.element(target.element) + 1;
        let kept = self.state.get(first - 1);
        if declared.capacity.is_some_and(|most| kept >= i64::from(most)) && kept > 0 {
            let oldest = self.state.get(first);
            self.remove(target, oldest);
            self.tell(self.process, Fact::Evicted { target, key: oldest });
        }
        let kept = self.state.get(first - 1) as usize;
        let end = first + entry * kept;
        let room = match slot.fills {
            0 => slot.element(target.element + 1),
            _ => machine.fills_at(target),
        };
        if end + entry > room {
            return Err(Error::TooMany);
        }
        let behind = |one: &&[i64]| declared.capacity.is_none() && one[0] > key;
        let later = self.state.map(&machine.layout, target).filter(behind).count();
        let at = end - entry * later;
        for word in (at..end).rev() {
            self.state.set(word + entry, self.state.get(word));
        }
        self.state.set(at, key);
        for word in 0..count {
            self.state.set(at + 1 + word as usize, self.register(from + word));
        }
        self.state.set(first - 1, kept as i64 + 1);
        let new = self.register(from);
        self.tell(self.process, Fact::Kept { target, key, new, is_new });
        self.tell_record(target, key, count);
        Ok(())
    }

    /// `delete cache[key]`
    pub(super) fn drop_kept(&mut self, cache: SharedId, key: Reg) {
        let target = self.keyed(cache);
        self.note_read(target);
        self.note_write(target);
        let key = self.register(key);
        let was = self.remove(target, key);
        self.tell(self.process, Fact::Uncached { target, key, was });
    }

    /// `lookup cache[key] { }`
    pub(super) fn look_up(
        &mut self,
        pc: Pc,
        (cache, key): (SharedId, Reg),
        to: (Reg, u16),
        miss: Pc,
        single: bool,
    ) -> Result<Pc, Error> {
        let (target, key) = (self.keyed(cache), self.register(key));
        if self.find_kept(pc, target, key, to) {
            return Ok(if single { pc + 2 } else { pc + 1 });
        }
        if single {
            let machine = self.machine;
            let fills = machine.fills(self.state, target);
            let place = fills.partition_point(|&one| one < key);
            let count = fills.len();
            if fills.get(place) == Some(&key) {
                self.tell(self.process, Fact::AwaitsFill { target, key });
                return Ok(pc + 1);
            }
            self.note_write(target);
            let slot = machine.layout.shared[cache as usize];
            let first = machine.fills_at(target);
            if first + 2 + count > slot.element(target.element + 1) {
                return Err(Error::TooMany);
            }
            for word in (first + 1 + place..first + 1 + count).rev() {
                self.state.set(word + 1, self.state.get(word));
            }
            self.state.set(first + 1 + place, key);
            self.state.set(first, count as i64 + 1);
        }
        self.tell(self.process, Fact::FillBegan { target, key });
        Ok(miss)
    }

    /// What was found is kept, and given to those who wait for it.
    pub(super) fn fill(
        &mut self,
        cache: SharedId,
        key: Reg,
        (from, count): (Reg, u16),
        single: bool,
    ) -> Result<(), Error> {
        let key = self.register(key);
        self.keep(cache, key, (from, count))?;
        let target = self.keyed(cache);
        self.tell(self.process, Fact::FillEnded { target, key, error: None });
        if single {
            let values: Vec<i64> = (from..from + count).map(|at| self.register(at)).collect();
            self.unmark(target, key);
            self.tell_waiting(target, key, &Told::Value(values));
        }
        Ok(())
    }

    /// Nothing was found: who waits gets the same error, or looks again.
    pub(super) fn unfill(&mut self, cache: SharedId, key: Reg, error: Option<Reg>) {
        let key = self.register(key);
        let error = error.map(|error| Error::from_code(self.register(error)));
        self.end_fill(self.keyed(cache), key, error);
    }

    fn end_fill(&mut self, target: Target, key: i64, error: Option<Error>) {
        self.tell(self.process, Fact::FillEnded { target, key, error });
        self.unmark(target, key);
        self.tell_waiting(target, key, &error.map_or(Told::Again, Told::Error));
    }

    /// Who crashes at an instruction fills nothing in any more.
    pub(super) fn abandon_fills(&mut self, pc: Pc) {
        let machine = self.machine;
        for filling in machine.program.fills.iter().filter(|one| one.code.contains(&pc)) {
            let (target, key) = (self.keyed(filling.cache), self.register(filling.key));
            if machine.fills(self.state, target).contains(&key) {
                self.end_fill(target, key, None);
            }
        }
    }

    fn unmark(&mut self, target: Target, key: i64) {
        let machine = self.machine;
        self.note_read(target);
        self.note_write(target);
        let fills = machine.fills(self.state, target);
        let count = fills.len();
        let Some(place) = fills.iter().position(|&one| one == key) else { return };
        let first = machine.fills_at(target);
        for word in first + 1 + place..first + count {
            self.state.set(word, self.state.get(word + 1));
        }
        self.state.set(first + count, 0);
        self.state.set(first, count as i64 - 1);
    }

    /// Those who wait for a key go on in this step.
    fn tell_waiting(&mut self, target: Target, key: i64, told: &Told) {
        let machine = self.machine;
        let own = (self.process, self.block);
        let waits = |state: &State, process: ProcessId| {
            let Position::At(pc) = state.position(&machine.layout, process) else { return None };
            let Op::Flight { key: at, to, .. } = machine.program.code[pc as usize] else {
                return None;
            };
            let asked = state.registers(&machine.layout, process)[at as usize];
            (asked == key && machine.target(state, process, pc) == Some(target))
                .then_some((process, pc, to))
        };
        let all = 0..machine.layout.processes.len() as ProcessId;
        let waiting: Vec<_> = all.filter_map(|process| waits(self.state, process)).collect();
        // What they do then is their own, and not this instruction's.
        let touched = self.touched.take();
        let inline = std::mem::take(&mut self.inline);
        for (process, pc, to) in waiting {
            self.process = process;
            self.block = machine.layout.processes[process as usize].at as usize;
            match told {
                Told::Value(values) => {
                    self.tell_aside(process, Fact::Shared { target, key });
                    for (register, &value) in (to..).zip(values) {
                        self.set_local(pc, register, value);
                    }
                    self.own_work_of_another(pc + 1);
                }
                Told::Error(error) => {
                    self.tell_aside(process, Fact::Shared { target, key });
                    self.tell(process, Fact::Raised { error: *error });
                    self.land(pc, *error);
                }
                // It stands before looking again.
                Told::Again => self.stand_there(process, pc - 1),
            }
        }
        self.touched = touched;
        self.inline = inline;
        (self.process, self.block) = own;
    }
}

/// What those hear who wait for another to fill in.
enum Told {
    Value(Vec<i64>),
    Error(Error),
    Again,
}
