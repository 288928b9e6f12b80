//! Maps: values under keys, each of one word or, for a record, several that are written at once.

use super::Watch;
use super::execute::Execution;
use crate::program::{Error, Pc, Reg, SharedId};
use crate::trace::{Fact, Target};

impl<W: Watch> Execution<'_, W> {
    /// `to = map[key]`
    pub(super) fn read_key(&mut self, pc: Pc, (to, count): (Reg, u16), map: SharedId, key: Reg) {
        let target = self.keyed(map);
        self.note_read(target);
        let key = self.register(key);
        let value = self.machine.word_of(self.state, target, key, 0);
        self.tell(self.process, Fact::ReadKey { target, key, value });
        self.tell_record(target, key, count);
        for word in 0..count {
            let value = self.machine.word_of(self.state, target, key, word);
            self.set_local(pc, to + word, value);
        }
    }

    /// `map[key] = from`
    pub(super) fn write_key(
        &mut self,
        map: SharedId,
        key: Reg,
        (from, count): (Reg, u16),
    ) -> Result<(), Error> {
        let target = self.keyed(map);
        let (key, new) = (self.register(key), self.register(from));
        self.note_read(target);
        self.note_write(target);
        let old = self.machine.word_of(self.state, target, key, 0);
        let before: Vec<i64> = match count {
            1 => Vec::new(),
            _ => (0..count).map(|at| self.machine.word_of(self.state, target, key, at)).collect(),
        };
        let at = self.room_for(target, key)?;
        for word in 0..count {
            self.state.set(at + word as usize, self.register(from + word));
        }
        self.tell(self.process, Fact::WroteKey { target, key, old, new });
        for value in before {
            self.tell(self.process, Fact::Field { value });
        }
        self.tell_record(target, key, count);
        Ok(())
    }

    /// A map or cache, or the one of the replica that works on this request.
    pub(super) fn keyed(&self, map: SharedId) -> Target {
        let place = self.machine.place(self.state, Some(self.process), map, None);
        place.unwrap_or(Target { shared: map, element: 0 })
    }

    /// The words of a record under a key, for those who look.
    pub(super) fn tell_record(&mut self, map: Target, key: i64, count: u16) {
        for word in (0..count).filter(|_| count > 1) {
            let value = self.machine.word_of(self.state, map, key, word);
            self.tell(self.process, Fact::Field { value });
        }
    }

    /// Where the value under a key goes; a new key gets an entry at its place.
    fn room_for(&mut self, map: Target, key: i64) -> Result<usize, Error> {
        let layout = &self.machine.layout;
        let at = match self.state.find_key(layout, map, key) {
            Ok(at) => return Ok(at),
            Err(at) => at,
        };
        let slot = layout.shared[map.shared as usize];
        let (first, entry) = (slot.element(map.element), 1 + slot.value as usize);
        let length = self.state.get(first) as usize;
        let end = first + 1 + entry * length;
        if end + entry > slot.element(map.element + 1) {
            return Err(Error::TooMany);
        }
        for word in (at..end).rev() {
            self.state.set(word + entry, self.state.get(word));
        }
        self.state.set(at, key);
        self.state.set(first, length as i64 + 1);
        Ok(at + 1)
    }
}
