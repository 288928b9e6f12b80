//! Copying to the clipboard.

use wasm_bindgen::{JsValue, prelude::Closure};

/// Copies a text, then says whether the browser allowed it.
pub fn write(text: &str, done: impl FnOnce(bool) + 'static) {
    let navigator = super::window().navigator();
    // Over plain http there is no clipboard at all, whatever the type says.
    let clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"));
    if clipboard.map_or(true, |clipboard| clipboard.is_undefined()) {
        return super::timers::soon(move || done(false));
    }
    let done = std::rc::Rc::new(std::cell::Cell::new(Some(done)));
    let answer = |allowed: bool| {
        let done = std::rc::Rc::clone(&done);
        Closure::once(move |_: JsValue| {
            if let Some(done) = done.take() {
                done(allowed);
            }
        })
    };
    let (copied, refused) = (answer(true), answer(false));
    let _ = navigator.clipboard().write_text(text).then2(&copied, &refused);
    // The promise calls one of them; the other is a few bytes for each copy made.
    copied.forget();
    refused.forget();
}
