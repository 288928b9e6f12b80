//! The whole screen, and how large the window is.

use gloo_events::EventListener;

use super::{Listener, document, window};

/// To the browser's full screen, or back. What refuses stays as it is.
pub fn toggle() {
    let document = document();
    if document.fullscreen_element().is_some() {
        document.exit_fullscreen();
    } else if let Some(html) = document.document_element() {
        let _ = html.request_fullscreen();
    }
}

/// Opens a window of its own for an address of this page; false where the browser refuses.
#[must_use]
pub fn open(address: &str, name: &str) -> bool {
    let looks = "popup,width=1100,height=760";
    matches!(window().open_with_url_and_target_and_features(address, name, looks), Ok(Some(_)))
}

/// Calls back when the page is about to be printed.
pub fn on_print(action: impl Fn() + 'static) -> Listener {
    Listener::of(vec![EventListener::new(&window(), "beforeprint", move |_| action())])
}

/// Calls back when the window has another size.
pub fn on_resize(action: impl Fn() + 'static) -> Listener {
    Listener::of(vec![EventListener::new(&window(), "resize", move |_| action())])
}
