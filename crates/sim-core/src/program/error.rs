//! Errors that a step can raise.

use super::Program;
use serde::{Deserialize, Serialize};

/// An error. Uncaught, it ends its process as failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Error {
    /// A number beyond 64 bits.
    Overflow,
    /// `/ 0` or `mod 0`.
    DivisionByZero,
    /// An index below 1 or beyond the array's length, or an empty `any(..)`.
    OutsideArray,
    /// A `release` or `wait` by somebody who does not hold the lock.
    NotHeld,
    /// A negative time.
    NegativeTime,
    /// Arithmetic with `none`, or a comparison of which is greater.
    NoValue,
    /// A ceiling was met: keys of a map, or instances.
    TooMany,
    /// A `within` ran out.
    Timeout,
    /// A breaker is open.
    Open,
    /// No room.
    Rejected,
    /// Nobody is there.
    Unavailable,
    /// The other side failed.
    Internal,
    /// Somebody else was faster.
    Conflict,
    /// A circle of waiters was broken here.
    Deadlock,
    /// A row with this key exists.
    Duplicate,
    /// What was meant is no longer there.
    Gone,
    /// The transaction was undone before.
    Aborted,
    /// There is no row under this key.
    NoRow,
    /// A name of [`Program::errors`].
    Named(u16),
}

impl Error {
    /// The built-in errors, in the order of their codes.
    pub const BUILT_IN: [Error; 18] = [
        Error::Overflow,
        Error::DivisionByZero,
        Error::OutsideArray,
        Error::NotHeld,
        Error::NegativeTime,
        Error::NoValue,
        Error::TooMany,
        Error::Timeout,
        Error::Open,
        Error::Rejected,
        Error::Unavailable,
        Error::Internal,
        Error::Conflict,
        Error::Deadlock,
        Error::Duplicate,
        Error::Gone,
        Error::Aborted,
        Error::NoRow,
    ];

    /// The name of a built-in error, as `catch` and JSON use it.
    #[must_use]
    pub fn word(self) -> Option<&'static str> {
        Some(match self {
            Error::Overflow => "overflow",
            Error::DivisionByZero => "division_by_zero",
            Error::OutsideArray => "outside_array",
            Error::NotHeld => "not_held",
            Error::NegativeTime => "negative_time",
            Error::NoValue => "no_value",
            Error::TooMany => "too_many",
            Error::Timeout => "timeout",
            Error::Open => "open",
            Error::Rejected => "rejected",
            Error::Unavailable => "unavailable",
            Error::Internal => "internal",
            Error::Conflict => "conflict",
            Error::Deadlock => "deadlock",
            Error::Duplicate => "duplicate",
            Error::Gone => "gone",
            Error::Aborted => "aborted",
            Error::NoRow => "no_row",
            Error::Named(_) => return None,
        })
    }

    /// Its name in a program.
    #[must_use]
    pub fn name(self, program: &Program) -> &str {
        match (self, self.word()) {
            (_, Some(word)) => word,
            (Error::Named(at), None) => {
                program.errors.get(at as usize).map_or("error", String::as_str)
            }
            (_, None) => "error",
        }
    }

    /// How it is stored in a word.
    #[must_use]
    pub fn code(self) -> i64 {
        match self {
            Error::Named(at) => Error::BUILT_IN.len() as i64 + i64::from(at),
            _ => Error::BUILT_IN.iter().position(|&error| error == self).unwrap_or(0) as i64,
        }
    }

    /// The error stored in a word.
    #[must_use]
    pub fn from_code(code: i64) -> Error {
        let built_in = usize::try_from(code).ok().and_then(|at| Error::BUILT_IN.get(at));
        built_in.copied().unwrap_or(Error::Named((code - Error::BUILT_IN.len() as i64) as u16))
    }
}
