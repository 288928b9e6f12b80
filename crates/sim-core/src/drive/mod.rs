//! Who picks. The machine lists what may happen; a driver chooses.

mod calendar;
mod clock;
mod ear;
mod ending;
mod messages;
mod outcome;
mod own;
mod spend;
mod times;

pub use clock::Clock;
pub use ear::Ear;
