//! Rows and transactions, as PostgreSQL has them.
//!
//! ```text
//! area      a process's transaction, in its block
//! rows      committed versions of rows; ranks: which snapshot sees which
//! statement what a statement does; change: to one row; waits: for whom, and circles of them
//! finish    commit, rollback, and what ends with a process
//! serial    what serializable transactions are refused for
//! copies    replicas
//! looks     for those who look on
//! ```

mod area;
mod change;
mod copies;
mod finish;
mod looks;
mod ranks;
mod rows;
mod scan;
mod serial;
mod statement;
mod waits;

pub use area::ChangeKind;
pub use copies::CopyLook;
pub use looks::{ChangeLook, DependLook, RowLook, TransactionLook, VersionLook};
pub(super) use statement::Given;
