//! What everything stands on and what knows nothing of the rest: draws, fingerprints, sorting.

pub mod draw;
mod draw_golden;
pub mod fingerprint;
pub mod order;
mod paged;

pub use draw::Draw;
pub use draw_golden::golden_draws;
pub use fingerprint::Fingerprint;
pub use paged::{Kept, Paged};
