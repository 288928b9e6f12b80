//! Texts that outlive the page. A browser may refuse all of it (private windows, full disks);
//! then nothing is kept and nothing breaks.

fn local_storage() -> Option<web_sys::Storage> {
    super::window().local_storage().ok().flatten()
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
