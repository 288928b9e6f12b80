//! Keys pressed anywhere on the page.

use std::{cell::Cell, rc::Rc};

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::{Listener, document};

/// A key going down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPress {
    /// The key's name as the browser gives it: `"a"`, `"?"`, `" "`, `"ArrowLeft"`, `"Home"`.
    pub key: String,
    /// Control is held.
    pub control: bool,
    /// Alt (Option) is held.
    pub alt: bool,
    /// Shift is held.
    pub shift: bool,
    /// Command (or the Windows key) is held.
    pub command: bool,
    /// The key is held down and repeats.
    pub repeats: bool,
    /// What has the focus, and so first claim to the key.
    pub focus: Focus,
    /// The stage has it, or nothing has: an element within one that says `data-stage`, the main
    /// part as a whole, or the page itself.
    pub on_stage: bool,
    /// What has the focus shows it, as when somebody went there by keys.
    pub by_keys: bool,
}

impl KeyPress {
    /// No modifier but shift, which letters and `?` need.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        !self.control && !self.alt && !self.command
    }
}

/// What kind of thing has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// Nothing that wants keys.
    Page,
    /// A button or link: Enter is its own.
    Control,
    /// Something that only Space turns on and off: Space and Enter are its own.
    Switch,
    /// A slider, list, tab or the like: arrows, Home, End, Space and Enter are its own.
    Field,
    /// Something to write in: every plain key is its own.
    Text,
}

/// Whether a key was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handling {
    /// The key did something; the browser's own reaction is prevented.
    Used,
    /// The key is left to the browser.
    Left,
}

/// Calls back on every key pressed while the listener lives.
pub fn listen(action: impl Fn(&KeyPress) -> Handling + 'static) -> Listener {
    let options = EventListenerOptions::enable_prevent_default();
    // Some browsers press a button when Space is let go, whatever became of its going down.
    let space = Rc::new(Cell::new(false));
    let used = Rc::clone(&space);
    let down = move |event: &Event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.is_composing() || event.default_prevented() {
            return;
        }
        let is_used = action(&key_press(event)) == Handling::Used;
        if is_used {
            event.prevent_default();
        }
        used.set(is_used && event.key() == " ");
    };
    let up = move |event: &Event| {
        let is_space = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == " ");
        if is_space && space.take() {
            event.prevent_default();
        }
    };
    Listener::of(vec![
        EventListener::new_with_options(&document(), "keydown", options, down),
        EventListener::new_with_options(&document(), "keyup", options, up),
    ])
}

/// What a text area is told of a key: the key itself, and the place on the keyboard, which is the
/// same in all layouts.
#[must_use]
pub fn of_event(event: &KeyboardEvent) -> Option<(KeyPress, String)> {
    (!event.is_composing()).then(|| (key_press(event), event.code()))
}

fn key_press(event: &KeyboardEvent) -> KeyPress {
    let active = document().active_element();
    KeyPress {
        key: event.key(),
        control: event.ctrl_key(),
        alt: event.alt_key(),
        shift: event.shift_key(),
        command: event.meta_key(),
        repeats: event.repeat(),
        focus: active.as_ref().map_or(Focus::Page, focus_of),
        on_stage: active.as_ref().is_none_or(is_on_stage),
        by_keys: active.as_ref().is_some_and(|one| one.matches(":focus-visible") == Ok(true)),
    }
}

fn is_on_stage(element: &Element) -> bool {
    let is_whole = element.id() == "main" || element.tag_name().eq_ignore_ascii_case("body");
    is_whole || element.closest("[data-stage]").is_ok_and(|found| found.is_some())
}

fn focus_of(element: &Element) -> Focus {
    if element.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable) {
        return Focus::Text;
    }
    // What is typed in the editor is text, whatever lies over it.
    if element.tag_name().eq_ignore_ascii_case("textarea") {
        return Focus::Text;
    }
    match element.get_attribute("role").as_deref() {
        Some("textbox" | "searchbox") => return Focus::Text,
        Some(
            "slider" | "spinbutton" | "listbox" | "option" | "combobox" | "radio" | "tab" | "tree"
            | "treeitem" | "menu" | "menuitem" | "grid" | "gridcell",
        ) => return Focus::Field,
        Some("button") => return Focus::Control,
        _ => {}
    }
    match element.tag_name().to_ascii_lowercase().as_str() {
        "select" => Focus::Field,
        "input" => match element.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::type_) {
            Some(kind) if matches!(&*kind, "button" | "submit" | "reset") => Focus::Control,
            Some(kind) if &*kind == "checkbox" => Focus::Switch,
            Some(kind) if matches!(&*kind, "range" | "radio" | "color") => Focus::Field,
            _ => Focus::Text,
        },
        "button" | "a" | "summary" => Focus::Control,
        _ => Focus::Page,
    }
}
