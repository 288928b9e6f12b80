//! The rules of the house that a machine can check. Each failure says where and what to do.
//!
//! More rules when something hurts, not before.

mod benchmark;
mod browser_door;
mod engine;
mod layers;
mod length;
mod mentions;
mod source;
mod text;
