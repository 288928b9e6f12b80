//! Sagas: whatever fails and whoever crashes, either all steps are done or those that were done are
//! undone in reverse (Garcia-Molina and Salem, *Sagas*, 1987).

#[path = "sagas/allowed.rs"]
mod allowed;
#[path = "services/calls.rs"]
mod calls;
#[path = "every_schedule/circles.rs"]
mod circles;
#[expect(dead_code, reason = "others look at more of a report")]
#[path = "every_schedule/compare.rs"]
mod compare;
#[path = "sagas/named.rs"]
mod named;
#[path = "sagas/order.rs"]
mod order;
#[path = "sagas/seen.rs"]
mod seen;
#[path = "small/support.rs"]
mod support;
#[expect(dead_code, reason = "made-up programs are sorted into kinds elsewhere")]
#[path = "every_schedule/walk.rs"]
mod walk;
#[path = "sagas/walked.rs"]
mod walked;
