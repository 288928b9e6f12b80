//! What is known of things by their number, where numbers are given one after another and those
//! that are still there lie close together.

use rustc_hash::FxHashMap;

/// Places to begin with; always a power of two.
const FEW: usize = 64;

/// Things by number. Each has its place by the low bits of its number; those few whose place is
/// somebody else's (who stays much longer than others) are kept apart.
#[derive(Clone, Debug)]
pub(super) struct Numbered<T> {
    /// A free place has the number 0.
    places: Vec<(u32, T)>,
    taken: usize,
    apart: FxHashMap<u32, T>,
}

impl<T: Copy + Default> Numbered<T> {
    pub(super) fn new() -> Numbered<T> {
        let places = vec![(0, T::default()); FEW];
        Numbered { places, taken: 0, apart: FxHashMap::default() }
    }

    #[inline]
    fn place(&self, number: u32) -> usize {
        number as usize & (self.places.len() - 1)
    }

    #[inline]
    pub(super) fn get(&self, number: u32) -> Option<&T> {
        let (here, known) = &self.places[self.place(number)];
        if *here == number && number != 0 {
            return Some(known);
        }
        if self.apart.is_empty() { None } else { self.apart.get(&number) }
    }

    #[inline]
    pub(super) fn get_mut(&mut self, number: u32) -> Option<&mut T> {
        let place = self.place(number);
        let (here, known) = &mut self.places[place];
        if *here == number && number != 0 {
            return Some(known);
        }
        if self.apart.is_empty() { None } else { self.apart.get_mut(&number) }
    }

    /// Something new.
    #[inline]
    pub(super) fn insert(&mut self, number: u32, known: T) {
        let place = self.place(number);
        if self.places[place].0 == 0 && number != 0 && self.apart.is_empty() {
            self.places[place] = (number, known);
            self.taken += 1;
            return;
        }
        self.insert_elsewhere(number, known);
    }

    #[cold]
    fn insert_elsewhere(&mut self, number: u32, known: T) {
        if let Some(old) = self.get_mut(number) {
            *old = known;
            return;
        }
        // More places than are needed by far would be no help.
        while self.places[self.place(number)].0 != 0 && self.places.len() <= 4 * self.taken {
            self.grow();
        }
        let place = self.place(number);
        if self.places[place].0 == 0 && number != 0 {
            self.places[place] = (number, known);
            self.taken += 1;
        } else {
            self.apart.insert(number, known);
        }
    }

    /// Twice as many places.
    fn grow(&mut self) {
        let more = vec![(0, T::default()); 2 * self.places.len()];
        for (number, known) in std::mem::replace(&mut self.places, more) {
            let place = self.place(number);
            if number != 0 {
                self.places[place] = (number, known);
            }
        }
    }

    #[inline]
    pub(super) fn remove(&mut self, number: u32) -> Option<T> {
        let place = self.place(number);
        if self.places[place].0 == number && number != 0 {
            self.taken -= 1;
            self.places[place].0 = 0;
            return Some(self.places[place].1);
        }
        if self.apart.is_empty() { None } else { self.apart.remove(&number) }
    }

    /// All of them, in no order that means anything.
    pub(super) fn values(&self) -> impl Iterator<Item = &T> {
        let here = self.places.iter().filter(|(number, _)| *number != 0);
        here.map(|(_, known)| known).chain(self.apart.values())
    }

    pub(super) fn clear(&mut self) {
        *self = Numbered::new();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn it_knows_what_a_map_knows() {
        let (mut numbered, mut map) = (Numbered::new(), BTreeMap::new());
        for number in 0..20_000_u32 {
            numbered.insert(number, number * 3);
            map.insert(number, number * 3);
            // Most go soon, one in a hundred much later or never.
            let gone = number.wrapping_sub(number * 7 % 90);
            if gone % 100 != 7 {
                assert_eq!(numbered.remove(gone), map.remove(&gone));
            }
            let old = number * 5 % 20_000;
            assert_eq!(numbered.get(old), map.get(&old));
            if let Some(known) = numbered.get_mut(old) {
                *known += 1;
            }
            map.entry(old).and_modify(|known| *known += 1);
        }
        let mut values: Vec<u32> = numbered.values().copied().collect();
        let mut expected: Vec<u32> = map.values().copied().collect();
        values.sort_unstable();
        expected.sort_unstable();
        assert_eq!(values, expected);
        assert!(numbered.places.len() <= 8 * map.len() + FEW);
    }
}
