//! What is kept and what goes on together: records in maps and answers, `together`, caches.

#[path = "every_schedule/circles.rs"]
mod circles;
#[path = "every_schedule/compare.rs"]
mod compare;
#[path = "kept/records.rs"]
mod records;
#[path = "kept/support.rs"]
mod support;
#[path = "every_schedule/walk.rs"]
mod walk;
