//! What happens to rows and transactions, in the scenario's own names.

use crate::trace::{DataFact, Target};

/// The numbers by which a fact goes into a run's name.
pub(super) fn fingerprint(fact: DataFact) -> (i64, Target, [i64; 3]) {
    let who = |process: Option<u32>| process.map_or(0, |process| i64::from(process) + 1);
    match fact {
        DataFact::Began { database, level, copy } => {
            (120, database, [level as i64, i64::from(copy.unwrap_or(0)), 0])
        }
        DataFact::ReadRow { table, key, value, found, behind } => {
            (121, table, [key, value, i64::from(found) + 2 * i64::from(behind)])
        }
        DataFact::Scanned { table, rows, value } => (122, table, [rows, value, 0]),
        DataFact::Waits { table, key, holder } => (123, table, [key, i64::from(holder), 0]),
        DataFact::Changed { table, key, column, old: _, new } => {
            (124, table, [key, i64::from(column), new])
        }
        DataFact::Inserted { table, key, value } => (125, table, [key, value, 0]),
        DataFact::Deleted { table, key } => (126, table, [key, 0, 0]),
        DataFact::Locked { table, key, value } => (127, table, [key, value, 0]),
        DataFact::Skipped { table, key } => (128, table, [key, 0, 0]),
        DataFact::Finished { table, rows } => (129, table, [rows, 0, 0]),
        DataFact::Depends { table, key, reader, writer } => {
            (130, table, [key, who(reader), who(writer)])
        }
        DataFact::ChangedSince { table, key } => (131, table, [key, 0, 0]),
        DataFact::NotSerial { database } => (132, database, [0; 3]),
        DataFact::Doomed { database } => (133, database, [0; 3]),
        DataFact::Victim { database } => (134, database, [0; 3]),
        DataFact::Committed { database, rows } => (135, database, [rows, 0, 0]),
        DataFact::RolledBack { database, error } => {
            (136, database, [error.map_or(-1, crate::program::Error::code), 0, 0])
        }
        DataFact::Applied { database, copy, left } => (137, database, [i64::from(copy), left, 0]),
    }
}
