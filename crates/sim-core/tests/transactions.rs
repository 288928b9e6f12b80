//! Transactions: how they end, who waits for whom, and what of it is a state.

#[path = "every_schedule/circles.rs"]
mod circles;
#[expect(dead_code, reason = "others look at more of a report")]
#[path = "every_schedule/compare.rs"]
mod compare;
#[path = "transactions/deadlocks.rs"]
mod deadlocks;
#[path = "transactions/endings.rs"]
mod endings;
#[path = "transactions/replicas.rs"]
mod replicas;
#[path = "transactions/states.rs"]
mod states;
#[expect(dead_code, reason = "others look at mistakes too")]
#[path = "kept/support.rs"]
mod support;
#[expect(dead_code, reason = "made-up programs are sorted into kinds elsewhere")]
#[path = "every_schedule/walk.rs"]
mod walk;
