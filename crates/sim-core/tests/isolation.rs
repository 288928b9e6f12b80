//! Transactions as PostgreSQL has them: the programs of Hermitage, the remedies, and what waits and
//! locks do, each at every level, with the outcomes that PostgreSQL gives (`cargo xtask
//! verify-postgres` sends the same files to it).

#[path = "isolation/hermitage.rs"]
mod hermitage;
#[path = "isolation/remedies.rs"]
mod remedies;
#[path = "isolation/searched.rs"]
mod searched;
#[path = "isolation/support.rs"]
mod support;
