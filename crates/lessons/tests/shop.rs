//! What the final projects say is true: every number of their texts, by exploring and by the clock,
//! what their stops show, and that what they ask for can be done.

#[path = "shop/large.rs"]
mod large;
#[path = "shop/small.rs"]
mod small;
mod support;
