//! Who picks. The machine lists what may happen; a driver chooses.

mod clock;

pub use clock::{Timing, clock_pick};
