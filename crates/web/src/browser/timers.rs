//! Things that happen later. Dropping a guard cancels it.

/// Calls back again and again as long as it lives.
#[derive(Debug)]
#[must_use = "dropping an interval stops it"]
pub struct Interval {
    _timer: gloo_timers::callback::Interval,
}

/// Calls back once, unless dropped before.
#[derive(Debug)]
#[must_use = "dropping a timeout cancels it"]
pub struct Timeout {
    _timer: gloo_timers::callback::Timeout,
}

/// Calls `action` every `milliseconds`.
pub fn every(milliseconds: u32, action: impl FnMut() + 'static) -> Interval {
    Interval { _timer: gloo_timers::callback::Interval::new(milliseconds, action) }
}

/// Calls `action` after `milliseconds`.
pub fn after(milliseconds: u32, action: impl FnOnce() + 'static) -> Timeout {
    Timeout { _timer: gloo_timers::callback::Timeout::new(milliseconds, action) }
}

/// Calls `action` as soon as the browser has a moment. Cannot be cancelled.
pub fn soon(action: impl FnOnce() + 'static) {
    gloo_timers::callback::Timeout::new(0, action).forget();
}

/// Milliseconds since the page was opened, for animation and measuring only.
#[must_use]
pub fn now_milliseconds() -> f64 {
    super::window().performance().map_or(0.0, |performance| performance.now())
}
