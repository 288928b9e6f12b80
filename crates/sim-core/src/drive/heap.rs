//! A heap of the calendar's entries, the earliest first. Four children a node: half the depth of
//! two, and they lie beside each other.

use super::entry::{Entry, Ties};

const CHILDREN: usize = 4;

/// Entries of which the first is known.
///
/// Where the first was taken, its place stays free until the next one comes, which then sinks from
/// there: in a run one nearly always follows the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Heap {
    entries: Vec<Entry>,
    /// The first one was taken and its place is free.
    free: bool,
}

impl Heap {
    pub(super) fn len(&self) -> usize {
        self.entries.len() - usize::from(self.free)
    }

    /// When the first is due.
    #[inline]
    pub(super) fn first_at(&self) -> Option<u64> {
        if self.free {
            let end = self.entries.len().min(CHILDREN + 1);
            self.entries[1..end].iter().map(|entry| entry.at).min()
        } else {
            self.entries.first().map(|entry| entry.at)
        }
    }

    pub(super) fn first_mut(&mut self, ties: &impl Ties) -> Option<&mut Entry> {
        self.fill(ties);
        self.entries.first_mut()
    }

    /// Takes the first one.
    pub(super) fn take_first(&mut self, ties: &impl Ties) -> Option<Entry> {
        self.fill(ties);
        let first = self.entries.first().copied();
        self.free = first.is_some();
        first
    }

    pub(super) fn push(&mut self, mut entry: Entry, ties: &impl Ties) {
        if self.free {
            self.free = false;
            return self.sink(0, entry, ties);
        }
        let mut at = self.entries.len();
        self.entries.push(entry);
        while at > 0 {
            let above = (at - 1) / CHILDREN;
            if !entry.is_before(&mut self.entries[above], ties) {
                break;
            }
            self.entries[at] = self.entries[above];
            at = above;
        }
        self.entries[at] = entry;
    }

    /// Throws away what is not to be kept.
    pub(super) fn retain(&mut self, keep: impl Fn(&Entry) -> bool, ties: &impl Ties) {
        self.fill(ties);
        self.entries.retain(keep);
        for at in (0..self.entries.len().div_ceil(CHILDREN)).rev() {
            self.sink(at, self.entries[at], ties);
        }
    }

    /// Draws all that orders entries.
    pub(super) fn draw_ties(&mut self, ties: &impl Ties) {
        self.fill(ties);
        self.entries.iter_mut().for_each(|entry| entry.draw_tie(ties));
    }

    /// Nothing is free any more.
    fn fill(&mut self, ties: &impl Ties) {
        if std::mem::take(&mut self.free)
            && let Some(last) = self.entries.pop()
            && !self.entries.is_empty()
        {
            self.sink(0, last, ties);
        }
    }

    /// Puts an entry where it belongs in the part of the heap under a place.
    fn sink(&mut self, mut at: usize, mut entry: Entry, ties: &impl Ties) {
        loop {
            let first = at * CHILDREN + 1;
            let end = self.entries.len().min(first + CHILDREN);
            if first >= end {
                break;
            }
            let mut least = first;
            for child in first + 1..end {
                if self.is_before(child, least, ties) {
                    least = child;
                }
            }
            if !self.entries[least].is_before(&mut entry, ties) {
                break;
            }
            self.entries[at] = self.entries[least];
            at = least;
        }
        self.entries[at] = entry;
    }

    fn is_before(&mut self, one: usize, other: usize, ties: &impl Ties) -> bool {
        let (before, after) = (self.entries[one].at, self.entries[other].at);
        if before != after {
            return before < after;
        }
        let [one, other] =
            self.entries.get_disjoint_mut([one, other]).expect("two children of a node");
        one.is_before(other, ties)
    }
}

#[cfg(test)]
mod tests {
    use super::super::calendar::Due;
    use super::*;

    struct Numbered;

    impl Ties for Numbered {
        fn tie(&self, due: Due, stand: u32) -> u64 {
            let Due::Step(process) = due else { return 0 };
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
                _ => Entry::undrawn(at, Due::Step(nth), nth % 4),
            }
        };
        (0..200).map(entry).collect()
    }

    fn popped(mut heap: Heap) -> Vec<Entry> {
        std::iter::from_fn(|| heap.take_first(&Numbered)).collect()
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
        assert_eq!(heap.clone().len(), sorted.len());
        let even = |entry: &Entry| entry.at.is_multiple_of(2);
        heap.retain(even, &Numbered);
        sorted.retain(even);
        assert_eq!(keys(popped(heap)), keys(sorted));
    }
    #[test]
    fn what_takes_the_free_place_of_the_first_sinks_to_its_own() {
        let mut heap = Heap::default();
        let mut sorted = Vec::new();
        for (nth, entry) in entries().into_iter().enumerate() {
            heap.push(entry, &Numbered);
            sorted.push(entry.at);
            if nth % 3 == 0 {
                sorted.sort_unstable();
                assert_eq!(heap.first_at(), Some(sorted[0]));
                assert_eq!(
                    heap.take_first(&Numbered).map(|entry| entry.at),
                    Some(sorted.remove(0))
                );
                assert_eq!((heap.first_at(), heap.len()), (sorted.first().copied(), sorted.len()));
            }
        }
        sorted.sort_unstable();
        assert_eq!(popped(heap).iter().map(|entry| entry.at).collect::<Vec<_>>(), sorted);
    }
}
