//! What is kept and what goes on together: records in maps and answers, `together`, caches.

#[path = "kept/caches.rs"]
mod caches;
#[path = "every_schedule/circles.rs"]
mod circles;
#[expect(dead_code, reason = "others look at more of a report")]
#[path = "every_schedule/compare.rs"]
mod compare;
#[expect(dead_code, reason = "others look at gauges too")]
#[path = "measure/support.rs"]
mod measured;
#[path = "kept/records.rs"]
mod records;
#[path = "kept/support.rs"]
mod support;
#[path = "kept/together.rs"]
mod together;
#[expect(dead_code, reason = "made-up programs are sorted into kinds elsewhere")]
#[path = "every_schedule/walk.rs"]
mod walk;
