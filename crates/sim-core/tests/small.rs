//! Tiny programs whose numbers of states, schedules and outcomes are proved by hand.

#[path = "small/ceilings.rs"]
mod ceilings;
#[path = "small/circles.rs"]
mod circles;
#[path = "small/coming.rs"]
mod coming;
#[path = "small/counters.rs"]
mod counters;
#[path = "small/failing.rs"]
mod failing;
#[path = "small/locks.rs"]
mod locks;
#[path = "small/philosophers.rs"]
mod philosophers;
#[path = "small/races.rs"]
mod races;
#[path = "small/searching.rs"]
mod searching;
#[path = "small/support.rs"]
mod support;
#[path = "small/things.rs"]
mod things;
