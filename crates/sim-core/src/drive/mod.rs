//! Who picks. The machine lists what may happen; a driver chooses.

mod calendar;
mod clock;
mod spend;

pub use clock::Clock;
