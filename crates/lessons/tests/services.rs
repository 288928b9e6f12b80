//! What the lessons on services say is true: every number of their texts, by exploring and by the
//! clock, what their stops show, and that what they ask for can be done.

#[path = "services/guards.rs"]
mod guards;
#[path = "services/moments.rs"]
mod moments;
#[path = "services/payments.rs"]
mod payments;
#[path = "services/requests.rs"]
mod requests;
#[path = "services/storms.rs"]
mod storms;
mod support;
