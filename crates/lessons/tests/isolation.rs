//! What the lessons on transactions say is true: every number of their texts, what their stops
//! show, and that what they ask for can be done.

#[path = "isolation/commit.rs"]
mod commit;
#[path = "isolation/deadlock.rs"]
mod deadlock;
#[path = "isolation/lost_update.rs"]
mod lost_update;
#[path = "isolation/overselling.rs"]
mod overselling;
#[path = "isolation/reads.rs"]
mod reads;
#[path = "isolation/replicas.rs"]
mod replicas;
#[path = "isolation/report.rs"]
mod report;
#[path = "isolation/skew.rs"]
mod skew;
mod support;
#[path = "isolation/transfer.rs"]
mod transfer;

use support::rows;

/// The isolation levels, weakest first.
const LEVELS: [&str; 3] = ["read_committed", "repeatable_read", "serializable"];
