//! Starts page and worker, and makes a panic visible in either.

use std::{cell::RefCell, panic};

use wasm_bindgen::{JsCast, JsValue};

use super::{document, worker_host};

/// Runs `page` in a window, and nothing anywhere else.
pub fn start_page(page: impl FnOnce()) {
    if js_sys::global().is_instance_of::<web_sys::Window>() {
        // By way of Yew, which would put its own in the place of any other.
        yew::set_custom_panic_hook(Box::new(|info| report_on_page(&info.to_string())));
        page();
    }
}

/// Hosts the simulator in a worker, and does nothing anywhere else: in Node the tests call the
/// exported functions themselves.
pub fn start_worker() {
    if let Ok(scope) = js_sys::global().dyn_into::<web_sys::DedicatedWorkerGlobalScope>() {
        let reporter = scope.clone();
        panic::set_hook(Box::new(move |info| {
            // A text is a fault; bytes are a reply. Posted before the abort that follows.
            let _ = reporter.post_message(&JsValue::from_str(&info.to_string()));
        }));
        worker_host::serve(scope);
    }
}

thread_local! {
    /// Takes away what was mounted.
    static CLOSING: RefCell<Option<Box<dyn FnOnce()>>> = const { RefCell::new(None) };
}

/// Takes away what [`mount`] has shown, with all that listens for it.
pub fn close() {
    if let Some(closing) = CLOSING.take() {
        closing();
    }
}

/// Asks `boot.mjs` for the whole page, which then takes this one's place: for what the address
/// leads to now, or, if `here`, for what is shown as well.
pub fn hand_over(here: bool) {
    tell("lockstep-elsewhere", &JsValue::from_bool(here));
}

/// Puts the component `C` in the place of the loading text.
///
/// # Panics
/// When `index.html` has lost its element with the id `app`.
pub fn mount<C: yew::BaseComponent<Properties = ()>>() {
    let root = document().get_element_by_id("app").expect("index.html has an element `app`");
    root.set_inner_html("");
    let _ = root.remove_attribute("class");
    let shown = yew::Renderer::<C>::with_root(root).render();
    CLOSING.set(Some(Box::new(move || shown.destroy())));
}

/// Hands the text to `boot.mjs`, whose plain-DOM panel works when nothing of ours does any more.
fn report_on_page(text: &str) {
    tell("lockstep-fault", &JsValue::from_str(text));
}

/// Lets `updates.mjs` know that a file of the page did not come: there may be a newer page by now.
pub(super) fn report_missing() {
    tell("lockstep-missing", &JsValue::from_str(""));
}

/// Tells what stands around the program something.
fn tell(event: &str, detail: &JsValue) {
    let init = web_sys::CustomEventInit::new();
    init.set_detail(detail);
    if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict(event, &init) {
        let _ = document().dispatch_event(&event);
    }
}
