//! Fetching files that lie beside the page.

use js_sys::futures::JsFuture;
use wasm_bindgen::{JsCast, JsValue};

/// Fetches a text; `folder` is where `boot.mjs` says that files of this kind are.
pub fn text(folder: &str, file: &str, done: impl FnOnce(Result<String, String>) + 'static) {
    let base = super::told_by_boot(folder);
    let file = file.to_owned();
    yew::platform::spawn_local(async move {
        done(match base {
            Ok(base) => fetch(&format!("{base}{file}")).await,
            Err(text) => Err(text),
        });
    });
}

async fn fetch(url: &str) -> Result<String, String> {
    let thrown = |error: JsValue| super::text_of(&error);
    let response = JsFuture::from(super::window().fetch_with_str(url)).await.map_err(thrown)?;
    let response: web_sys::Response = response.unchecked_into();
    if !response.ok() {
        super::start::report_missing();
        return Err(response.status().to_string());
    }
    let text = JsFuture::from(response.text().map_err(thrown)?).await.map_err(thrown)?;
    Ok(text.as_string().unwrap_or_default())
}
