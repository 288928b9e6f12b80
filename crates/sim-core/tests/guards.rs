//! Breakers, limiters and retry budgets: each rule driven by the hand and by the clock, and small
//! programs counted by hand.

#[path = "guards/breakers.rs"]
mod breakers;
#[path = "guards/limiters.rs"]
mod limiters;
#[path = "guards/looped.rs"]
mod looped;
#[path = "guards/searched.rs"]
mod searched;
#[path = "small/support.rs"]
mod support;
#[path = "measure/support.rs"]
mod timed;
