//! Texts that outlive the page. A browser may refuse all of it (private windows, full disks);
//! then nothing is kept and nothing breaks.

use std::collections::BTreeSet;

use wasm_bindgen::JsCast;

use super::Listener;

fn local_storage() -> Option<web_sys::Storage> {
    super::window().local_storage().ok().flatten()
}

/// All names that begin so, with what is kept under them.
#[must_use]
pub fn all(start: &str) -> Vec<(String, String)> {
    let Some(storage) = local_storage() else { return Vec::new() };
    let all = (0..storage.length().unwrap_or_default())
        .filter_map(|at| storage.key(at).ok().flatten())
        .filter(|key| key.starts_with(start));
    // One by one: collecting them would bring a sort of its own along.
    let mut keys = BTreeSet::new();
    for key in all {
        keys.insert(key);
    }
    keys.into_iter().filter_map(|key| load(&key).map(|text| (key, text))).collect()
}

/// Calls back when another page has changed what is kept under a name that begins so.
pub fn on_change(start: &'static str, action: impl Fn() + 'static) -> Listener {
    let window = super::window();
    Listener::of(vec![gloo_events::EventListener::new(&window, "storage", move |event| {
        let key = event.dyn_ref::<web_sys::StorageEvent>().map(web_sys::StorageEvent::key);
        // No name at all: everything was thrown away.
        if key.is_none_or(|key| key.is_none_or(|key| key.starts_with(start))) {
            action();
        }
    })])
}

/// The text kept under `key`.
#[must_use]
pub fn load(key: &str) -> Option<String> {
    local_storage()?.get_item(key).ok().flatten()
}

/// Keeps a text under `key`; false when the browser refuses.
pub fn save(key: &str, text: &str) -> bool {
    local_storage().is_some_and(|storage| storage.set_item(key, text).is_ok())
}

/// Forgets what is kept under `key`.
pub fn remove(key: &str) {
    if let Some(storage) = local_storage() {
        let _ = storage.remove_item(key);
    }
}

fn session_storage() -> Option<web_sys::Storage> {
    super::window().session_storage().ok().flatten()
}

/// What this window has kept under `key`, also while it was loaded again.
#[must_use]
pub fn load_here(key: &str) -> Option<String> {
    session_storage()?.get_item(key).ok().flatten()
}

/// Keeps a text for as long as this window lives.
pub fn save_here(key: &str, text: &str) {
    if let Some(storage) = session_storage() {
        let _ = storage.set_item(key, text);
    }
}
