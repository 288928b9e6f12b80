//! Texts between the windows of one browser that this page has opened.

use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use super::{Listener, window};

/// A channel to the other windows that listen under the same name. Dropping it closes it.
#[derive(Debug)]
pub struct Channel {
    channel: BroadcastChannel,
    _listener: Listener,
}

impl Channel {
    /// Listens under a name; `farewell` is said when this window goes. What is no text is not
    /// heard. Nothing where the browser has no channels.
    pub fn open(name: &str, farewell: String, hear: impl Fn(String) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let heard = EventListener::new(&channel, "message", move |event| {
            let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
            if let Some(text) = text {
                hear(text);
            }
        });
        let last = channel.clone();
        let goes = EventListener::new(&window(), "pagehide", move |_| {
            let _ = last.post_message(&JsValue::from_str(&farewell));
        });
        Some(Self { channel, _listener: Listener::of(vec![heard, goes]) })
    }

    /// Says something to the others.
    pub fn say(&self, text: &str) {
        let _ = self.channel.post_message(&JsValue::from_str(text));
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}

/// A name that nobody else will come upon.
#[must_use]
pub fn new_name() -> String {
    let part = || (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    format!("{:08x}{:08x}", part(), part())
}
