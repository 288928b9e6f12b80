//! A heap of the calendar's entries, the earliest first. Four children a node: half the depth of
//! two, and they lie beside each other.

use super::entry::{Entry, Ties};

const CHILDREN: usize = 4;

/// Entries of which the first is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Heap(Vec<Entry>);

impl Heap {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn first(&self) -> Option<&Entry> {
        self.0.first()
    }

    pub(super) fn first_mut(&mut self) -> Option<&mut Entry> {
        self.0.first_mut()
    }

    pub(super) fn entries_mut(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.0.iter_mut()
    }

    pub(super) fn push(&mut self, mut entry: Entry, ties: &impl Ties) {
        let mut at = self.0.len();
        self.0.push(entry);
        while at > 0 {
            let above = (at - 1) / CHILDREN;
            if !entry.is_before(&mut self.0[above], ties) {
                break;
            }
            self.0[at] = self.0[above];
            at = above;
        }
        self.0[at] = entry;
    }

    pub(super) fn pop(&mut self, ties: &impl Ties) -> Option<Entry> {
        let last = self.0.pop()?;
        let Some(first) = self.0.first().copied() else { return Some(last) };
        self.sink(0, last, ties);
        Some(first)
    }

    /// Throws away what is not to be kept.
    pub(super) fn retain(&mut self, keep: impl Fn(&Entry) -> bool, ties: &impl Ties) {
        self.0.retain(keep);
        for at in (0..self.0.len().div_ceil(CHILDREN)).rev() {
            self.sink(at, self.0[at], ties);
        }
    }

    /// Puts an entry where it belongs in the part of the heap under a place.
    fn sink(&mut self, mut at: usize, mut entry: Entry, ties: &impl Ties) {
        loop {
            let first = at * CHILDREN + 1;
            let end = self.0.len().min(first + CHILDREN);
            if first >= end {
                break;
            }
            let mut least = first;
            for child in first + 1..end {
                if self.is_before(child, least, ties) {
                    least = child;
                }
            }
            if !self.0[least].is_before(&mut entry, ties) {
                break;
            }
            self.0[at] = self.0[least];
            at = least;
        }
        self.0[at] = entry;
    }

    fn is_before(&mut self, one: usize, other: usize, ties: &impl Ties) -> bool {
        let (before, after) = (self.0[one].at, self.0[other].at);
        if before != after {
            return before < after;
        }
        let [one, other] = self.0.get_disjoint_mut([one, other]).expect("two children of a node");
        one.is_before(other, ties)
    }
}

#[cfg(test)]
mod tests {
    use super::super::calendar::Due;
    use super::*;

    struct Numbered;

    impl Ties for Numbered {
        fn tie(&self, process: u32, stand: u32) -> u64 {
            u64::from(process * 7 % 5) + u64::from(stand)
        }
    }

    /// Many entries of few times, steps and others, in an order that is none.
    fn entries() -> Vec<Entry> {
        let entry = |nth: u32| {
            let (at, tie) = (u64::from(nth * 31 % 17), u64::from(nth * 13 % 7));
            match nth % 3 {
                0 => Entry::new(at, tie, Due::Arrive(nth), 0),
                1 => Entry::new(at, tie, Due::TimeOut(nth, 0), 0),
                _ => Entry::of_step(at, nth, nth % 4),
            }
        };
        (0..200).map(entry).collect()
    }

    fn popped(mut heap: Heap) -> Vec<Entry> {
        std::iter::from_fn(|| heap.pop(&Numbered)).collect()
    }

    #[test]
    fn entries_come_up_in_order_whether_their_ties_were_drawn_before_or_not() {
        let mut sorted = entries();
        sorted.iter_mut().for_each(|entry| entry.draw_tie(&Numbered));
        sorted.sort_unstable_by_key(Entry::key);
        let mut heap = Heap::default();
        entries().into_iter().for_each(|entry| heap.push(entry, &Numbered));
        let keys = |entries: Vec<Entry>| -> Vec<_> {
            let drawn = entries.into_iter().map(|mut entry| {
                entry.draw_tie(&Numbered);
                entry.key()
            });
            drawn.collect()
        };
        assert_eq!(keys(popped(heap.clone())), keys(sorted.clone()));
        let even = |entry: &Entry| entry.at.is_multiple_of(2);
        heap.retain(even, &Numbered);
        sorted.retain(even);
        assert_eq!(keys(popped(heap)), keys(sorted));
    }
}
