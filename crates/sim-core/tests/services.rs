//! Services: calls counted by hand, what goes wrong with them, and what they do by the clock.

#[path = "services/calls.rs"]
mod calls;
#[path = "every_schedule/circles.rs"]
mod circles;
#[path = "every_schedule/compare.rs"]
mod compare;
#[path = "services/faults.rs"]
mod faults;
#[path = "measure/support.rs"]
mod measured;
#[path = "small/support.rs"]
mod support;
#[path = "every_schedule/walk.rs"]
mod walk;
