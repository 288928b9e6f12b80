//! Words of states that wait to be followed. Nearly all are small numbers: two bytes each do. Few
//! different others appear (a failed position, `none`, a time), each of which gets a number that
//! stands for it; where there are too many, all words are kept whole.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;
use std::ops::Range;

/// Small numbers stand for themselves from here to the greatest of 16 bits.
const LEAST: i64 = -30_000;
/// How many others can be stood for.
const OTHERS: usize = 2_000;

/// An array of words.
#[derive(Clone, Debug)]
pub(super) enum Packed {
    Small { words: Vec<i16>, others: IndexSet<i64, FxBuildHasher> },
    Whole(Vec<i64>),
}

impl Default for Packed {
    fn default() -> Packed {
        Packed::Small { words: Vec::new(), others: IndexSet::default() }
    }
}

impl Packed {
    pub(super) fn len(&self) -> usize {
        match self {
            Packed::Small { words, .. } => words.len(),
            Packed::Whole(words) => words.len(),
        }
    }

    pub(super) fn bytes(&self) -> usize {
        match self {
            Packed::Small { words, .. } => words.len() * size_of::<i16>(),
            Packed::Whole(words) => words.len() * size_of::<i64>(),
        }
    }

    /// Copies words out, from this one on.
    pub(super) fn get(&self, from: usize, into: &mut [i64]) {
        match self {
            Packed::Whole(words) => into.copy_from_slice(&words[from..from + into.len()]),
            Packed::Small { words, others } => {
                for (into, &word) in into.iter_mut().zip(&words[from..]) {
                    *into = i64::from(word);
                    if *into < LEAST {
                        *into = others[(LEAST - 1 - *into) as usize];
                    }
                }
            }
        }
    }

    /// Adds words at the end.
    pub(super) fn push(&mut self, added: &[i64]) {
        let from = self.len();
        match self {
            Packed::Whole(words) => words.resize(from + added.len(), 0),
            Packed::Small { words, .. } => words.resize(from + added.len(), 0),
        }
        for (at, word) in added.iter().enumerate() {
            self.set(from + at, *word);
        }
    }

    /// Adds words at the end that are the same as some before.
    pub(super) fn repeat(&mut self, range: Range<usize>) {
        match self {
            Packed::Whole(words) => words.extend_from_within(range),
            Packed::Small { words, .. } => words.extend_from_within(range),
        }
    }

    pub(super) fn set(&mut self, at: usize, word: i64) {
        match self {
            Packed::Whole(words) => words[at] = word,
            Packed::Small { words, .. } if (LEAST..=i64::from(i16::MAX)).contains(&word) => {
                words[at] = word as i16;
            }
            Packed::Small { words, others } => {
                let nth = others.insert_full(word).0;
                if nth < OTHERS {
                    words[at] = (LEAST - 1 - nth as i64) as i16;
                } else {
                    self.widen();
                    self.set(at, word);
                }
            }
        }
    }

    /// Lets go of the first words.
    pub(super) fn forget(&mut self, words: usize) {
        match self {
            Packed::Whole(kept) => drop(kept.drain(..words)),
            Packed::Small { words: kept, .. } => drop(kept.drain(..words)),
        }
    }

    fn widen(&mut self) {
        let mut whole = vec![0; self.len()];
        self.get(0, &mut whole);
        *self = Packed::Whole(whole);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(packed: &Packed) -> Vec<i64> {
        let mut words = vec![0; packed.len()];
        packed.get(0, &mut words);
        words
    }

    #[test]
    fn any_word_comes_back() {
        let all = [0, 1, -1, 32_767, 32_768, LEAST, LEAST - 1, i64::MIN, i64::MAX, -1_000_003];
        let mut packed = Packed::default();
        packed.push(&all);
        assert_eq!(words(&packed), all);
        packed.repeat(3..9);
        assert_eq!(words(&packed)[10..], all[3..9]);
        packed.forget(8);
        assert_eq!(words(&packed)[..2], all[8..]);
    }

    #[test]
    fn too_many_large_ones_are_kept_whole() {
        let all: Vec<i64> = (0..OTHERS as i64 + 5).map(|nth| nth * 1_000_000_000_007).collect();
        let mut packed = Packed::default();
        packed.push(&all);
        assert!(matches!(packed, Packed::Whole(_)));
        assert_eq!(words(&packed), all);
    }
}
