//! The same work done by Lockstep's engine and by hand, natively and in WebAssembly.

pub mod by_hand;
pub mod draw;
pub mod ours;
pub mod rows;
#[cfg(target_family = "wasm")]
mod wasm;
pub mod work;
