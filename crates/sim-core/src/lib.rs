//! The Lockstep simulator.
