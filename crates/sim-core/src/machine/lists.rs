//! Messages in the flat state: reading them, and putting them into lists and taking them out.

use super::{Machine, State};
use crate::program::{Entry, Layout, List, META, SharedId};

/// Fields of a message at most.
pub const FIELDS_MAX: usize = 8;

/// A message, out of the state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Message {
    /// Numbered through the run, from 1; 0 where a search does not keep it.
    pub(super) number: i64,
    /// How often it was delivered.
    pub(super) deliveries: i64,
    /// Who sent it, plus one; 0 where nobody knows.
    pub(super) sender: i64,
    /// For which element of a link's end, from 0.
    pub(super) to: i64,
    pub(super) key: i64,
    pub(super) fields: [i64; FIELDS_MAX],
}

impl Message {
    /// What a state tells of how often it was delivered.
    pub(super) fn told(&self, entry: Entry) -> i64 {
        match (entry.attempt, entry.again) {
            (true, _) => self.deliveries,
            (false, true) => self.deliveries.min(1),
            (false, false) => 0,
        }
    }
}

impl State {
    pub(super) fn count_in(&self, list: List) -> usize {
        self.get(list.count) as usize
    }

    /// Where the words of an entry lie, and those outside the identity.
    fn place(&self, list: List, nth: usize) -> (usize, usize) {
        let head = list.head.map_or(0, |head| self.get(head) as usize);
        let mut place = head + nth;
        if place >= list.room {
            place -= list.room;
        }
        let width = list.entry.width() as usize;
        (list.entries + place * width, list.meta + place * META as usize)
    }

    pub(super) fn message(&self, list: List, nth: usize) -> Message {
        let (words, meta) = self.place(list, nth);
        self.message_at(list.entry, words, meta)
    }

    /// The message whose words lie there.
    pub(super) fn message_at(&self, entry: Entry, words: usize, meta: usize) -> Message {
        let mut message = Message {
            number: self.get(meta),
            deliveries: self.get(meta + 1),
            sender: self.get(meta + 2),
            ..Message::default()
        };
        let mut at = words;
        let mut next = |has: bool, word: &mut i64| {
            if has {
                *word = self.get(at);
                at += 1;
            }
        };
        next(entry.to, &mut message.to);
        next(entry.attempt, &mut message.deliveries);
        let mut again = 0;
        next(entry.again, &mut again);
        // A search does not keep how often.
        message.deliveries = message.deliveries.max(again);
        next(entry.key, &mut message.key);
        next(entry.number, &mut message.number);
        for field in &mut message.fields[..entry.fields as usize] {
            next(true, field);
        }
        message
    }

    /// Writes a message's words there.
    pub(super) fn set_message(
        &mut self,
        entry: Entry,
        words: usize,
        meta: usize,
        message: &Message,
    ) {
        self.set(meta, message.number);
        self.set(meta + 1, message.deliveries);
        self.set(meta + 2, message.sender);
        let mut at = words;
        let head = [
            (entry.to, message.to),
            (entry.attempt, message.deliveries),
            (entry.again, message.deliveries.min(1)),
            (entry.key, message.key),
            (entry.number, message.number),
        ];
        for (has, word) in head {
            if has {
                self.set(at, word);
                at += 1;
            }
        }
        for &field in &message.fields[..entry.fields as usize] {
            self.set(at, field);
            at += 1;
        }
    }

    fn copy_entry(&mut self, list: List, from: usize, to: usize) {
        let ((from, from_meta), (to, to_meta)) = (self.place(list, from), self.place(list, to));
        for word in 0..list.entry.width() as usize {
            self.set(to + word, self.get(from + word));
        }
        for word in 0..META as usize {
            self.set(to_meta + word, self.get(from_meta + word));
        }
    }

    fn clear_entry(&mut self, list: List, nth: usize) {
        let (words, meta) = self.place(list, nth);
        for at in words..words + list.entry.width() as usize {
            self.set(at, 0);
        }
        for at in meta..meta + META as usize {
            self.set(at, 0);
        }
    }

    /// Puts a message at a place of a list that has room; those behind it move on.
    pub(super) fn insert(&mut self, list: List, nth: usize, message: &Message) {
        let count = self.count_in(list);
        debug_assert!(count < list.room && nth <= count, "a list has room");
        match list.head {
            Some(head) if nth == 0 => {
                let first = self.get(head) as usize;
                let before = if first == 0 { list.room - 1 } else { first - 1 };
                self.set(head, before as i64);
            }
            _ => {
                for from in (nth..count).rev() {
                    self.copy_entry(list, from, from + 1);
                }
            }
        }
        self.set(list.count, count as i64 + 1);
        let (words, meta) = self.place(list, nth);
        self.set_message(list.entry, words, meta, message);
    }

    pub(super) fn push(&mut self, list: List, message: &Message) {
        self.insert(list, self.count_in(list), message);
    }

    /// Puts a message where the order of words says, so that a bag is one state however it was filled.
    pub(super) fn insert_in_order(&mut self, list: List, message: &Message) {
        let told = |one: &Message| one.told(list.entry);
        let key = |one: &Message| (one.to, one.key, one.fields, told(one));
        let count = self.count_in(list);
        let behind = (0..count).find(|&nth| key(&self.message(list, nth)) > key(message));
        self.insert(list, behind.unwrap_or(count), message);
    }

    /// Takes a message out of a list.
    pub(super) fn remove(&mut self, list: List, nth: usize) -> Message {
        let message = self.message(list, nth);
        let count = self.count_in(list);
        match list.head {
            Some(head) if nth == 0 => {
                self.clear_entry(list, 0);
                let next = self.get(head) as usize + 1;
                self.set(head, if next == list.room { 0 } else { next as i64 });
            }
            _ => {
                for from in nth + 1..count {
                    self.copy_entry(list, from, from - 1);
                }
                self.clear_entry(list, count - 1);
            }
        }
        self.set(list.count, count as i64 - 1);
        message
    }
}

impl State {
    /// Copies what channels carry from a state of another layout; `owner` gives the new word for one
    /// that names a process.
    pub(crate) fn copy_messages(
        &mut self,
        from: &State,
        (old, new): (&Layout, &Layout),
        owner: impl Fn(i64) -> i64,
    ) {
        for (id, (old_lists, lists)) in old.lists.iter().zip(&new.lists).enumerate() {
            let (Some(old_lists), Some(lists)) = (old_lists, lists) else { continue };
            for element in 0..new.shared[id].length {
                for extra in 0..lists.extra as usize {
                    let word = from.get(old_lists.extra(element) + extra);
                    // Only groups have no lists; the third word of each part names a process.
                    let names = lists.lists == 0 && extra % 3 == 2;
                    let word = if names { owner(word) } else { word };
                    self.set(lists.extra(element) + extra, word);
                }
                for nth in 0..lists.lists {
                    let (old_list, list) = (old_lists.list(element, nth), lists.list(element, nth));
                    for place in 0..from.count_in(old_list) {
                        let message = from.message(old_list, place);
                        let sender = owner(message.sender);
                        self.push(list, &Message { sender, ..message });
                    }
                }
            }
        }
    }
}

impl Machine {
    /// How many messages lie in the longest list of a channel.
    pub(crate) fn longest_list(&self, state: &State, channel: SharedId) -> u32 {
        let Some(lists) = &self.layout.lists[channel as usize] else { return 0 };
        let elements = 0..self.layout.shared[channel as usize].length;
        let counts = elements.flat_map(|element| {
            (0..lists.lists).map(move |nth| state.count_in(lists.list(element, nth)) as u32)
        });
        counts.max().unwrap_or(0)
    }
}
