//! `lockstep-fp1`: a 128-bit name for a run, so that two people can see they saw the same.
//!
//! The hash is MurmurHash3 (x64, 128 bits, seed 0) over a plain encoding: first the format
//! version as 4 bytes, then for each text the byte `t`, its length in bytes as 8 bytes and its
//! UTF-8, and for each number the byte `n` and 8 bytes; everything little-endian. It tells runs
//! apart; it is no protection against somebody who builds two that collide.

const FIRST: u64 = 0x87c3_7b91_1142_53d5;
const SECOND: u64 = 0x4cf5_ad43_2745_937f;
const BLOCK: usize = 16;

/// Takes in texts and numbers in order, then gives their fingerprint.
#[derive(Clone, Debug)]
pub struct Fingerprint {
    state: [u64; 2],
    waiting: [u8; BLOCK],
    length: u64,
}

impl Fingerprint {
    /// Starts a fingerprint of a format; the same facts in another format are something else.
    #[must_use]
    pub fn new(format_version: u32) -> Self {
        let mut fingerprint = Self::empty();
        fingerprint.bytes(&format_version.to_le_bytes());
        fingerprint
    }

    /// Takes in a text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(b"t");
        self.bytes(&(text.len() as u64).to_le_bytes());
        self.bytes(text.as_bytes());
        self
    }

    /// Takes in a number.
    pub fn number(&mut self, number: i64) -> &mut Self {
        self.bytes(b"n");
        self.bytes(&number.to_le_bytes());
        self
    }

    /// The fingerprint of all taken in so far, as 32 hexadecimal digits.
    #[must_use]
    pub fn finish(&self) -> String {
        let [first, second] = self.hash();
        format!("{first:016x}{second:016x}")
    }

    fn empty() -> Self {
        Self { state: [0; 2], waiting: [0; BLOCK], length: 0 }
    }

    fn bytes(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let filled = (self.length % BLOCK as u64) as usize;
            let taken = bytes.len().min(BLOCK - filled);
            self.waiting[filled..filled + taken].copy_from_slice(&bytes[..taken]);
            self.length += taken as u64;
            bytes = &bytes[taken..];
            if filled + taken == BLOCK {
                let [a, b] = words(&self.waiting);
                self.block(a, b);
                self.waiting = [0; BLOCK];
            }
        }
    }

    fn block(&mut self, a: u64, b: u64) {
        let [mut x, mut y] = self.state;
        x ^= a.wrapping_mul(FIRST).rotate_left(31).wrapping_mul(SECOND);
        x = x.rotate_left(27).wrapping_add(y).wrapping_mul(5).wrapping_add(0x52dc_e729);
        y ^= b.wrapping_mul(SECOND).rotate_left(33).wrapping_mul(FIRST);
        y = y.rotate_left(31).wrapping_add(x).wrapping_mul(5).wrapping_add(0x3849_5ab5);
        self.state = [x, y];
    }

    fn hash(&self) -> [u64; 2] {
        let [mut x, mut y] = self.state;
        // What is left is padded with zeros, which the multiplications carry through as zeros.
        let [a, b] = words(&self.waiting);
        y ^= b.wrapping_mul(SECOND).rotate_left(33).wrapping_mul(FIRST);
        x ^= a.wrapping_mul(FIRST).rotate_left(31).wrapping_mul(SECOND);
        x ^= self.length;
        y ^= self.length;
        x = x.wrapping_add(y);
        y = y.wrapping_add(x);
        x = finish_word(x);
        y = finish_word(y);
        x = x.wrapping_add(y);
        y = y.wrapping_add(x);
        [x, y]
    }
}

fn words(block: &[u8; BLOCK]) -> [u64; 2] {
    let word = |at: usize| {
        block[at..at + 8].iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte))
    };
    [word(0), word(8)]
}

fn finish_word(mut word: u64) -> u64 {
    word = (word ^ (word >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    word = (word ^ (word >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    word ^ (word >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_bytes(bytes: &[u8]) -> String {
        let mut fingerprint = Fingerprint::empty();
        fingerprint.bytes(bytes);
        fingerprint.finish()
    }

    #[test]
    fn the_hash_is_the_well_known_one() {
        assert_eq!(of_bytes(b""), "00000000000000000000000000000000");
        let fox = b"The quick brown fox jumps over the lazy dog";
        assert_eq!(of_bytes(fox), "e34bbc7bbc071b6c7a433ca9c49a9347");
    }

    #[test]
    fn it_does_not_matter_in_which_pieces_bytes_arrive() {
        let all: Vec<u8> = (0..100).collect();
        for cut in 0..all.len() {
            let mut fingerprint = Fingerprint::empty();
            fingerprint.bytes(&all[..cut]);
            fingerprint.bytes(&all[cut..]);
            assert_eq!(fingerprint.finish(), of_bytes(&all));
        }
    }

    #[test]
    fn texts_do_not_run_into_each_other() {
        let of = |parts: &[&str]| {
            let mut fingerprint = Fingerprint::new(1);
            for part in parts {
                fingerprint.text(part);
            }
            fingerprint.finish()
        };
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["ab"]), of(&["ab", ""]));
    }

    #[test]
    fn formats_and_numbers_count() {
        assert_ne!(Fingerprint::new(1).finish(), Fingerprint::new(2).finish());
        let number = |number| Fingerprint::new(1).number(number).finish();
        assert_ne!(number(0), number(1));
        assert_ne!(number(1), number(-1));
    }
}
