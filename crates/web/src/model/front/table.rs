//! All moments of the race on the first page, as the engine has them.
//!
//! Made by `UPDATE=1 cargo test -p web --lib front::hero`.

use super::hero::{At, Moment};

#[rustfmt::skip]
pub(super) static MOMENTS: &[Moment] = &[
    Moment { path: &[], clients: [At::Start(1), At::Start(2)], balance: 100, paid: 0, kept: None },
    Moment { path: &[1], clients: [At::Read(100, 1), At::Start(2)], balance: 100, paid: 0, kept: None },
    Moment { path: &[1, 1], clients: [At::Wrote(100), At::Start(1)], balance: 20, paid: 80, kept: None },
    Moment { path: &[1, 1, 2], clients: [At::Wrote(100), At::Refused(20)], balance: 20, paid: 80, kept: Some(true) },
    Moment { path: &[1, 2], clients: [At::Read(100, 1), At::Read(100, 2)], balance: 100, paid: 0, kept: None },
    Moment { path: &[1, 2, 1], clients: [At::Wrote(100), At::Read(100, 1)], balance: 20, paid: 80, kept: None },
    Moment { path: &[1, 2, 1, 2], clients: [At::Wrote(100), At::Wrote(100)], balance: 20, paid: 160, kept: Some(false) },
    Moment { path: &[1, 2, 2], clients: [At::Read(100, 1), At::Wrote(100)], balance: 20, paid: 80, kept: None },
    Moment { path: &[1, 2, 2, 1], clients: [At::Wrote(100), At::Wrote(100)], balance: 20, paid: 160, kept: Some(false) },
    Moment { path: &[2], clients: [At::Start(1), At::Read(100, 2)], balance: 100, paid: 0, kept: None },
    Moment { path: &[2, 1], clients: [At::Read(100, 1), At::Read(100, 2)], balance: 100, paid: 0, kept: None },
    Moment { path: &[2, 1, 1], clients: [At::Wrote(100), At::Read(100, 1)], balance: 20, paid: 80, kept: None },
    Moment { path: &[2, 1, 1, 2], clients: [At::Wrote(100), At::Wrote(100)], balance: 20, paid: 160, kept: Some(false) },
    Moment { path: &[2, 1, 2], clients: [At::Read(100, 1), At::Wrote(100)], balance: 20, paid: 80, kept: None },
    Moment { path: &[2, 1, 2, 1], clients: [At::Wrote(100), At::Wrote(100)], balance: 20, paid: 160, kept: Some(false) },
    Moment { path: &[2, 2], clients: [At::Start(1), At::Wrote(100)], balance: 20, paid: 80, kept: None },
    Moment { path: &[2, 2, 1], clients: [At::Refused(20), At::Wrote(100)], balance: 20, paid: 80, kept: Some(true) },
];
