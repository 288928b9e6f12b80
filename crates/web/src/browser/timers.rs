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

/// Calls `action` after `milliseconds`. Cannot be cancelled.
pub fn after_all(milliseconds: u32, action: impl FnOnce() + 'static) {
    gloo_timers::callback::Timeout::new(milliseconds, action).forget();
}

/// Calls `action` as soon as the browser has a moment. Cannot be cancelled.
pub fn soon(action: impl FnOnce() + 'static) {
    gloo_timers::callback::Timeout::new(0, action).forget();
}

/// Milliseconds since 1970, by this device's clock.
#[must_use]
pub fn wall_clock_milliseconds() -> u64 {
    js_sys::Date::now() as u64
}

/// A time since 1970 as people of a language write day and hour.
#[must_use]
pub fn day_and_hour(milliseconds: u64, language: &str) -> String {
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(milliseconds as f64));
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    date.to_locale_string(language, &options).into()
}

/// Milliseconds since the page was opened, for animation and measuring only.
#[must_use]
pub fn now_milliseconds() -> f64 {
    super::window().performance().map_or(0.0, |performance| performance.now())
}
