//! Caches: values under keys, for a time, so many of them.

use super::{Details, Pc, Program, Reg, SharedId, Type};
use std::ops::Range;

/// Keys that may be filled in at once when a run is stepped.
pub const FILLS: u32 = 64;
/// The same in a search.
pub const FILLS_SEARCHED: u32 = 6;

/// A cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cache {
    /// What its keys are.
    pub key: Type,
    /// What its values are made of: an index into [`Program::forms`].
    pub form: u32,
    /// How long it keeps a value, from when it was filled in, nanoseconds.
    pub ttl: Option<i64>,
    /// How many it keeps; one more throws out the least recently used.
    pub capacity: Option<u32>,
    /// Only one process fills a key in at a time.
    pub single: bool,
}

/// A part of the code in which a process fills in what others may wait for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filling {
    /// From its first instruction to where it has told those who wait.
    pub code: Range<Pc>,
    /// The cache.
    pub cache: SharedId,
    /// The register of the key.
    pub key: Reg,
}

impl Program {
    /// The cache of this name, if it is one.
    #[must_use]
    pub fn cache(&self, shared: SharedId) -> Option<&Cache> {
        match self.shared[shared as usize].details {
            Details::Cache(at) => self.caches.get(at as usize),
            _ => None,
        }
    }
}
