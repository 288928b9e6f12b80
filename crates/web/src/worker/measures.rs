//! What the line shown is measured by, told in slices.

use sim_core::session::Session;

use super::charts;
use crate::protocol::Measured;

/// Steps measured between two words to the page. Where the meter has come along with the run there
/// is nothing to catch up with.
const SLICE_STEPS: usize = 50_000;

/// Measures on, and tells what is known so far, with its pictures.
pub(super) fn measured(session: &mut Session) -> Measured {
    session.measure(SLICE_STEPS);
    let view = session.measures();
    Measured { plots: charts::plots(&view), view }
}
