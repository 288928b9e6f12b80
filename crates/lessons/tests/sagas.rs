//! What the lessons on sagas and events say is true: every number of their texts, what their stops
//! show, and that what they ask for can be done.

#[path = "sagas/cap.rs"]
mod cap;
#[path = "sagas/durable.rs"]
mod durable;
#[path = "sagas/events.rs"]
mod events;
#[path = "sagas/inbox.rs"]
mod inbox;
#[path = "sagas/orchestrated.rs"]
mod orchestrated;
#[path = "sagas/outbox.rs"]
mod outbox;
#[path = "sagas/read_model.rs"]
mod read_model;
#[path = "sagas/sourcing.rs"]
mod sourcing;
mod support;
