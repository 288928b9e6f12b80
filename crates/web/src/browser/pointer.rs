//! What the pointer rests on, and where something that floats has its place.

use std::{cell::RefCell, rc::Rc};

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent, PointerEvent};

use super::{Listener, document, element::by_id, timers, window};

/// Calls back with the attribute of the element of a layer that the pointer rests on, wherever in
/// the pile it lies, and with nothing when it leaves that and also the element `stay`.
pub fn on_rest(
    over: &'static str,
    layer: &'static str,
    attribute: &'static str,
    stay: &'static str,
    milliseconds: u32,
    action: impl Fn(Option<String>) + 'static,
) -> Listener {
    let action = Rc::new(action);
    let shown = Rc::new(RefCell::new(None::<String>));
    let waiting = RefCell::new(None::<timers::Timeout>);
    Listener::of(vec![EventListener::new(&document(), "pointermove", move |event| {
        let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
        // A finger has no way to rest.
        if event.pointer_type() != "mouse" && event.pointer_type() != "pen" {
            return;
        }
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok())
        else {
            return;
        };
        let is_in = |id: &str| target.closest(&format!("#{id}")).ok().flatten().is_some();
        if shown.borrow().is_some() && is_in(stay) {
            return;
        }
        let (x, y) = (event.client_x() as f32, event.client_y() as f32);
        let here = is_in(over).then(|| under(layer, attribute, x, y)).flatten();
        if here.is_some() && *shown.borrow() == here {
            waiting.borrow_mut().take();
            return;
        }
        let (action, shown_later) = (Rc::clone(&action), Rc::clone(&shown));
        if here.is_none() && shown.borrow().is_none() {
            waiting.borrow_mut().take();
            return;
        }
        // Leaving waits too: on the way to what is shown, the pointer crosses other words.
        *waiting.borrow_mut() = Some(timers::after(milliseconds, move || {
            shown_later.borrow_mut().clone_from(&here);
            action(here);
        }));
    })])
}

fn under(layer: &str, attribute: &str, x: f32, y: f32) -> Option<String> {
    let pile = document().elements_from_point(x, y);
    pile.iter().filter_map(|element| element.dyn_into::<Element>().ok()).find_map(|element| {
        let inside = element.closest(&format!("#{layer}")).ok().flatten().is_some();
        element.get_attribute(attribute).filter(|_| inside)
    })
}

/// Puts something that floats under an element, or above it where there is more room. It is told
/// by the custom properties `--x`, `--y`, `--room`, and by `data-above`.
pub fn place(floating: &str, anchor: &str) {
    let anchor = document().get_element_by_id(anchor);
    let (Some(floating), Some(anchor)) = (by_id(floating), anchor) else { return };
    let window = window();
    let number = |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|v| v.as_f64());
    let wide = number(window.inner_width()).unwrap_or_default();
    // An on-screen keyboard covers a part of the window.
    let seen = window.visual_viewport().map(|seen| seen.height());
    let high = seen.or_else(|| number(window.inner_height())).unwrap_or_default();
    let line = anchor.get_bounding_client_rect();
    let size = floating.get_bounding_client_rect();
    let (below, above) = (high - line.bottom(), line.top());
    let is_above = below < size.height() + 12.0 && above > below;
    let x = line.left().min(wide - size.width() - 8.0).max(8.0);
    let y = if is_above { high - line.top() + 3.0 } else { line.bottom() + 3.0 };
    let room = (if is_above { above } else { below }) - 14.0;
    let style = floating.style();
    for (name, value) in [("--x", x), ("--y", y), ("--high", high), ("--room", room)] {
        let _ = style.set_property(name, &format!("{value:.0}px"));
    }
    let _ = floating.toggle_attribute_with_force("data-above", is_above);
}

/// Where along the element a pointer is that is pressed on it, as a share of its width. From the
/// first press on the element hears of the pointer wherever it goes.
#[must_use]
pub fn dragged(event: &PointerEvent) -> Option<f64> {
    if event.buttons() & 1 == 0 {
        return None;
    }
    if event.type_() == "pointerdown" {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let _ = target?.set_pointer_capture(event.pointer_id());
    }
    Some(across(event))
}

/// Where in the element that was clicked that happened, as a share of its width from 0 to 1.
#[must_use]
pub fn across(event: &MouseEvent) -> f64 {
    // Not the current target: Yew listens at the root of the page.
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(element) = target else {
        return 0.0;
    };
    let place = element.get_bounding_client_rect();
    if place.width() <= 0.0 {
        return 0.0;
    }
    (f64::from(event.client_x()) - place.left()) / place.width()
}
