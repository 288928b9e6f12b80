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

use sim_core::session::Frame;

/// What a table holds that is committed: its rows as `1: 70, 2: 100`.
fn rows(frame: &Frame, table: &str) -> String {
    let tables = frame.databases.iter().flat_map(|database| &database.tables);
    let table = tables.into_iter().find(|one| one.name == table).expect("the table is there");
    let newest = table.rows.iter().filter_map(|row| {
        let version = row.versions.iter().find(|version| version.newest)?;
        Some(format!("{}: {}", row.key, version.value))
    });
    newest.collect::<Vec<_>>().join(", ")
}

/// The isolation levels, weakest first.
const LEVELS: [&str; 3] = ["read_committed", "repeatable_read", "serializable"];
