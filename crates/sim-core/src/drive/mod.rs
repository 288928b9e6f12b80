//! Who picks. The machine lists what may happen; a driver chooses.

mod calendar;
mod clock;
mod data;
mod ear;
mod ending;
mod entry;
mod guards;
mod happened;
mod heap;
mod hidden;
mod hold;
mod kept;
mod lines;
mod messages;
mod next;
mod outcome;
mod own;
mod runner;
mod spend;
mod times;

pub use clock::Clock;
pub use ear::Ear;
pub use runner::Runner;
