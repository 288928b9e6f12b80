//! Services: calls counted by hand, what goes wrong with them, and what they do by the clock.

#[path = "services/calls.rs"]
mod calls;
#[path = "services/cancelling.rs"]
mod cancelling;
#[path = "every_schedule/circles.rs"]
mod circles;
#[expect(dead_code, reason = "others look at more of a report")]
#[path = "every_schedule/compare.rs"]
mod compare;
#[path = "services/counts.rs"]
mod counts;
#[path = "services/draws.rs"]
mod draws;
#[path = "services/faults.rs"]
mod faults;
#[path = "services/full.rs"]
mod full;
#[path = "services/loops.rs"]
mod loops;
#[path = "measure/support.rs"]
mod measured;
#[path = "services/numbers.rs"]
mod numbers;
#[path = "services/own.rs"]
mod own;
#[path = "services/picks.rs"]
mod picks;
#[path = "services/scaling.rs"]
mod scaling;
#[path = "small/support.rs"]
mod support;
#[path = "services/waits.rs"]
mod waits;
#[expect(dead_code, reason = "made-up programs are sorted into kinds elsewhere")]
#[path = "every_schedule/walk.rs"]
mod walk;
#[path = "services/wires.rs"]
mod wires;
