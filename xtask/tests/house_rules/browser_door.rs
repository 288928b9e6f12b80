//! One door to the browser.

use crate::source::{files, judge, words};

#[test]
fn only_the_browser_folder_names_the_browser() {
    let is_door = |path: &str| {
        path.starts_with("crates/web/src/browser/")
            || path == "crates/web/src/main.rs"
            || path.starts_with("crates/web/src/bin/")
    };
    let mut broken = Vec::new();
    for file in files(|path| path.starts_with("crates/") && path.ends_with(".rs")) {
        if is_door(&file.path) {
            continue;
        }
        for (line, text) in file.code().iter().enumerate() {
            let named = words(text).find(|word| {
                ["web_sys", "js_sys", "wasm_bindgen"].contains(word) || word.starts_with("gloo")
            });
            if let Some(word) = named {
                broken.push(file.broken_at(line, format!("names `{word}`")));
            }
        }
    }
    judge(
        "only crates/web/src/browser (and main.rs, bin) may name web_sys, js_sys, gloo, wasm_bindgen",
        "put a small function or guard into crates/web/src/browser and call that",
        broken,
    );
}

#[test]
fn no_inline_styles() {
    let mut broken = Vec::new();
    for file in files(|path| path.starts_with("crates/web/src/") && path.ends_with(".rs")) {
        for (line, text) in file.code().iter().enumerate() {
            if text.contains(" style={") || text.contains(" style=\"") {
                broken.push(file.broken_at(line, "an inline style"));
            }
        }
    }
    judge(
        "no inline styles: the page's Content-Security-Policy makes browsers ignore them",
        "use a class, an SVG presentation attribute (x, width, fill), or \
         browser::element::set_custom_property",
        broken,
    );
}
