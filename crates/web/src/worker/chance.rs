//! How likely a failure is from a moment, and along its run, told in slices.
//!
//! Slices are counted in steps, not in time: the same moment gives the same messages anywhere.

use sim_core::session::{CURVE_CONTINUATIONS, CURVE_POINTS, Session};

use super::texts;
use crate::protocol::{Likely, Opening};

/// Steps taken between two words to the page: a tenth of a second's worth.
const SLICE_STEPS: usize = 100_000;

/// Continues a moment, and then moments along its whole line; false if the text does not run.
pub(super) fn likely(opening: &Opening, continuations: u32, mut tell: impl FnMut(Likely)) -> bool {
    let (Some(program), _) = texts::bind(&opening.text, &opening.settings) else { return false };
    let mut session = Session::new(program, &opening.text, opening.seed);
    session.follow(&opening.picks);
    session.seek(opening.position);
    let mut chance = session.chance(continuations);
    let mut told = Likely::default();
    loop {
        let is_done = chance.advance(SLICE_STEPS);
        told.here = chance.tally().clone();
        tell(told.clone());
        if is_done {
            break;
        }
    }
    let mut curve = session.curve(CURVE_POINTS, CURVE_CONTINUATIONS);
    while !told.done {
        told.done = curve.advance(SLICE_STEPS);
        told.points = curve.points();
        told.is_cut = curve.is_cut();
        tell(told.clone());
    }
    true
}
