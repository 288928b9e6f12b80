//! Other people's engines on the same work.

pub(crate) mod nexosim;
pub(crate) mod stateright;
