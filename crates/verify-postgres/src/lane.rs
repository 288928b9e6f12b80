//! Where a transaction stands, and which picks of a schedule are its.

use crate::transcript::{Step, WAITS};
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default)]
pub(crate) struct Lane {
    /// Its next statement; behind the last one it commits.
    pub(crate) next: usize,
    pub(crate) waits: bool,
    /// It has waited, and the pick that Lockstep wants for the wait's end is still to come. Here
    /// waits end by themselves, as in PostgreSQL.
    owed: bool,
    pub(crate) over: bool,
}

impl Lane {
    /// Whether a pick makes it send its next statement.
    pub(crate) fn moves(&mut self) -> bool {
        let owed = std::mem::take(&mut self.owed);
        !owed && !self.over && !self.waits
    }
}

/// The step that a pick was, with all that came to an end because of it.
pub(crate) fn step(by: usize, mut gave: BTreeMap<usize, String>, lanes: &mut [Lane]) -> Step {
    let own = gave.remove(&by);
    // Others went on though it is not over: it was in a circle with them, and waited too.
    lanes[by].owed = own.is_some() && !gave.is_empty();
    for who in gave.keys() {
        lanes[*who].owed = true;
    }
    Step { by, gave: own.unwrap_or_else(|| WAITS.to_owned()), then: gave }
}
