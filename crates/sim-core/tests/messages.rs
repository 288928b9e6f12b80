//! Messages: small programs with counts by hand, made-up ones walked schedule by schedule, and the
//! rules of brokers.

#[path = "messages/brokers.rs"]
mod brokers;
#[path = "every_schedule/circles.rs"]
mod circles;
#[path = "every_schedule/compare.rs"]
mod compare;
#[path = "messages/found.rs"]
mod found;
#[path = "messages/groups.rs"]
mod groups;
#[path = "messages/made.rs"]
mod made;
#[path = "messages/small.rs"]
mod small;
#[path = "small/support.rs"]
mod support;
#[path = "every_schedule/walk.rs"]
mod walk;
