//! Files that people choose, drop on the page, or get from it.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{Blob, DragEvent, Event, File, FileList, HtmlAnchorElement, HtmlInputElement, Url};

use super::{Listener, document, timers};

/// What became of reading a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// What is in it.
    Bytes(Vec<u8>),
    /// More than was asked for; not read.
    TooLarge,
    /// The browser could not read it.
    Failed,
}

type Files = Vec<(String, Read)>;

/// Reads the files chosen in a file input, each up to a size, then hands them over. The input
/// forgets them, so that the same file can be chosen again.
pub fn chosen(event: &Event, most: usize, done: impl FnOnce(Files) + 'static) {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else { return };
    read_all(input.files(), most, done);
    input.set_value("");
}

/// Opens the file chooser of an input.
pub fn choose(id: &str) {
    let input =
        document().get_element_by_id(id).and_then(|e| e.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = input {
        input.click();
    }
}

/// Hands over files that are dropped anywhere on the page, which the browser would otherwise open
/// in the page's place. While one is held over the page, `html` has `data-dropping`.
pub fn on_drop(most: usize, done: impl Fn(Files) + 'static) -> Listener {
    let done = Rc::new(done);
    let listen = |kind: &'static str, action: Box<dyn Fn(&DragEvent)>| {
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&document(), kind, options, move |event| {
            let Some(event) = event.dyn_ref::<DragEvent>() else { return };
            let types = event.data_transfer().map(|data| data.types());
            if types.is_some_and(|types| types.includes(&JsValue::from_str("Files"), 0)) {
                action(event);
            }
        })
    };
    Listener::of(vec![
        listen(
            "dragover",
            Box::new(|event| {
                event.prevent_default();
                mark(true);
            }),
        ),
        listen(
            "dragleave",
            Box::new(|event| {
                if event.related_target().is_none() {
                    mark(false);
                }
            }),
        ),
        listen(
            "drop",
            Box::new(move |event| {
                event.prevent_default();
                mark(false);
                let done = Rc::clone(&done);
                let files = event.data_transfer().and_then(|data| data.files());
                read_all(files, most, move |files| done(files));
            }),
        ),
    ])
}

/// Keeps the browser from opening a file that is dropped on the page, and calls back when one is held
/// over it.
pub fn on_drag(action: impl Fn() + 'static) -> Listener {
    let action = Rc::new(action);
    let listen = |kind: &'static str| {
        let action = Rc::clone(&action);
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&document(), kind, options, move |event| {
            let Some(event) = event.dyn_ref::<DragEvent>() else { return };
            let types = event.data_transfer().map(|data| data.types());
            if types.is_some_and(|types| types.includes(&JsValue::from_str("Files"), 0)) {
                event.prevent_default();
                action();
            }
        })
    };
    Listener::of(vec![listen("dragover"), listen("drop")])
}

fn mark(on: bool) {
    if let Some(html) = document().document_element() {
        let _ = html.toggle_attribute_with_force("data-dropping", on);
    }
}

fn read_all(list: Option<FileList>, most: usize, done: impl FnOnce(Files) + 'static) {
    let files: Vec<File> = list
        .map(|list| (0..list.length()).filter_map(|at| list.get(at)).collect())
        .unwrap_or_default();
    if files.is_empty() {
        return;
    }
    let read = Rc::new(RefCell::new(vec![None; files.len()]));
    let done = Rc::new(Cell::new(Some(done)));
    for (at, file) in files.into_iter().enumerate() {
        let put = {
            let (read, done, name) = (Rc::clone(&read), Rc::clone(&done), file.name());
            move |what: Read| {
                read.borrow_mut()[at] = Some((name.clone(), what));
                if read.borrow().iter().all(Option::is_some)
                    && let Some(done) = done.take()
                {
                    done(read.borrow_mut().drain(..).flatten().collect());
                }
            }
        };
        if file.size() > most as f64 {
            timers::soon(move || put(Read::TooLarge));
            continue;
        }
        let failed = put.clone();
        let bytes = Closure::once(move |buffer: JsValue| {
            put(Read::Bytes(js_sys::Uint8Array::new(&buffer).to_vec()));
        });
        let refused = Closure::once(move |_: JsValue| failed(Read::Failed));
        let _ = file.array_buffer().then2(&bytes, &refused);
        // The promise calls one of them; the other is a few bytes for each file.
        bytes.forget();
        refused.forget();
    }
}

/// Lets the browser save a text as a file; false when it refuses.
pub fn save(name: &str, text: &str) -> bool {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let Ok(blob) = Blob::new_with_str_sequence(&parts) else { return false };
    let Ok(url) = Url::create_object_url_with_blob(&blob) else { return false };
    let link = document().create_element("a").ok();
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else {
        return false;
    };
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser reads it a little later.
    timers::after_all(20_000, move || {
        let _ = Url::revoke_object_url(&url);
    });
    true
}
