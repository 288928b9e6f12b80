//! The only door to the browser: nothing outside this folder (and the two `main`s) may name `web_sys`,
//! `js_sys`, `gloo` or `wasm_bindgen`.
//!
//! Every module is one browser ability behind plain Rust types. Listeners and timers are guards:
//! dropping one stops it. Nothing here throws; what a browser refuses is `None`, `false` or an
//! error text.
//!
//! The page's Content-Security-Policy forbids inline styles: an attribute `style="…"` is ignored
//! by the browser. Use a class, an SVG presentation attribute (`x`, `width`, `fill`), or
//! [`element::set_custom_property`], which goes through the CSS object model and is allowed.

pub mod channel;
pub mod clipboard;
pub mod element;
pub mod fetch;
pub mod files;
pub mod input;
pub mod keyboard;
pub mod location;
pub mod media;
pub mod pointer;
pub mod screen;
pub mod sight;
pub mod start;
pub mod storage;
pub mod text_area;
pub mod timers;
pub mod worker_client;
mod worker_host;

pub use start::{close, mount, start_page, start_worker};

/// Listens as long as it lives.
#[derive(Debug)]
#[must_use = "dropping a listener stops it"]
pub struct Listener {
    _listeners: Vec<gloo_events::EventListener>,
}

impl Listener {
    fn of(listeners: Vec<gloo_events::EventListener>) -> Self {
        Self { _listeners: listeners }
    }
}

/// The window. Only code that runs in the page may call this.
fn window() -> web_sys::Window {
    web_sys::window().expect("only the page's side of the program asks for the window")
}

/// The page's document.
fn document() -> web_sys::Document {
    window().document().expect("a window has a document")
}

/// What JavaScript threw, as text.
fn text_of(value: &wasm_bindgen::JsValue) -> String {
    js_sys::Object::from(value.clone()).to_string().into()
}

/// What `boot.mjs` says of this very build: where its worker starts, where its lessons are.
fn told_by_boot(name: &str) -> Result<String, String> {
    use wasm_bindgen::JsCast;
    document()
        .document_element()
        .and_then(|html| html.dyn_into::<web_sys::HtmlElement>().ok())
        .and_then(|html| html.dataset().get(name))
        .ok_or_else(|| "the page was started without boot.mjs".to_owned())
}
