//! Random times for what is written by hand and for peers, and the entries of their calendars.

use serde::{Deserialize, Serialize};

/// A stream of draws (xoshiro256++), seeded by splitmix64.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Draw([u64; 4]);

impl Draw {
    /// The stream of a seed.
    #[must_use]
    pub fn new(mut seed: u64) -> Draw {
        Draw([0; 4].map(|_: u64| {
            seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (seed ^ seed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^ mixed >> 31
        }))
    }

    fn bits(&mut self) -> u64 {
        let Draw([a, b, c, d]) = self;
        let drawn = a.wrapping_add(*d).rotate_left(23).wrapping_add(*a);
        let shifted = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(45);
        drawn
    }

    /// A time as between independent arrivals.
    #[inline]
    pub fn exp(&mut self, mean: f64) -> f64 {
        // Never 0, so that the logarithm is finite.
        let unit = ((self.bits() >> 11) + 1) as f64 * (1.0 / (1_u64 << 53) as f64);
        -mean * unit.ln()
    }
}

/// An entry of a calendar; the greatest is due first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// The time's bits turned over: those of times from 0 on are ordered as the times are.
    late: u64,
    what: u32,
    who: u32,
}

impl Event {
    /// Something due at a time, in seconds.
    #[must_use]
    pub fn new(at: f64, what: u32, who: u32) -> Event {
        Event { late: !at.to_bits(), what, who }
    }

    /// When it is due.
    #[must_use]
    pub fn at(self) -> f64 {
        f64::from_bits(!self.late)
    }

    /// What is due.
    #[must_use]
    pub fn kind(self) -> u32 {
        self.what
    }

    /// For whom.
    #[must_use]
    pub fn who(self) -> u32 {
        self.who
    }
}
