//! What Node calls: the rows by number.

use crate::rows::all;

/// How many rows there are.
#[expect(unsafe_code, reason = "a name that is seen from outside")]
#[unsafe(no_mangle)]
pub extern "C" fn rows() -> u32 {
    all().len() as u32
}

/// Does the work of a row; gives how many states or events there were, 0 if it cannot be done yet.
#[expect(unsafe_code, reason = "a name that is seen from outside")]
#[unsafe(no_mangle)]
pub extern "C" fn run(row: u32) -> f64 {
    all()[row as usize].run().map_or(0.0, |done| done.amount as f64)
}
