//! A text area beyond its value: the selection, and typing into it so that undo takes it back.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDocument, HtmlTextAreaElement, InputEvent};

use super::{Listener, document, element::by_id};

thread_local! {
    static OURS: Cell<bool> = const { Cell::new(false) };
}

/// The text and the selection of the text area that an event comes from, in UTF-16 units.
#[must_use]
pub fn field(event: &Event) -> Option<(String, u32, u32)> {
    read(&event.target()?.dyn_into().ok()?)
}

fn read(area: &HtmlTextAreaElement) -> Option<(String, u32, u32)> {
    Some((area.value(), area.selection_start().ok()??, area.selection_end().ok()??))
}

/// Whether an input event is somebody typing letters: not pasting, deleting or typing by
/// [`replace`].
#[must_use]
pub fn is_typed(event: &InputEvent) -> bool {
    if OURS.get() || !event.input_type().starts_with("insert") {
        return false;
    }
    let last = event.data().and_then(|data| data.chars().last());
    last.is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// Whether an input event takes letters away.
#[must_use]
pub fn is_deleted(event: &InputEvent) -> bool {
    event.input_type().starts_with("delete")
}

/// Replaces a part of a text area as if it had been typed, and selects; places in UTF-16 units.
/// False when there is no such text area.
pub fn replace(id: &str, from: (u32, u32), insert: &str, select: (u32, u32)) -> bool {
    let area = by_id(id).and_then(|element| element.dyn_into::<HtmlTextAreaElement>().ok());
    let Some(area) = area else { return false };
    let _ = area.focus();
    let _ = area.set_selection_range(from.0, from.1);
    OURS.set(true);
    let wanted = area.value().encode_utf16().count() as u32 - (from.1 - from.0)
        + insert.encode_utf16().count() as u32;
    // The one way of typing that the browser's undo knows. Standards call it old; all have it.
    let document = document().dyn_into::<HtmlDocument>().ok();
    let command = if insert.is_empty() { "delete" } else { "insertText" };
    let done = (insert.is_empty() && from.0 == from.1)
        || document.is_some_and(|document| {
            document.exec_command_with_show_ui_and_value(command, false, insert).unwrap_or_default()
        });
    if !done || area.value().encode_utf16().count() as u32 != wanted {
        let _ = area.set_range_text_with_start_and_end(insert, from.0, from.1);
        let init = web_sys::EventInit::new();
        init.set_bubbles(true);
        if let Ok(event) = Event::new_with_event_init_dict("input", &init) {
            let _ = area.dispatch_event(&event);
        }
    }
    OURS.set(false);
    let _ = area.set_selection_range(select.0, select.1);
    true
}

/// Calls back when the selection of a text area has changed, in UTF-16 units.
pub fn on_select(id: &'static str, action: impl Fn(u32, u32) + 'static) -> Listener {
    let last = Rc::new(RefCell::new((u32::MAX, u32::MAX)));
    Listener::of(vec![EventListener::new(&document(), "selectionchange", move |_| {
        let area = document().active_element().filter(|element| element.id() == id);
        let area = area.and_then(|element| element.dyn_into::<HtmlTextAreaElement>().ok());
        let Some((_, start, end)) = area.as_ref().and_then(read) else { return };
        if *last.borrow() != (start, end) {
            *last.borrow_mut() = (start, end);
            action(start, end);
        }
    })])
}
