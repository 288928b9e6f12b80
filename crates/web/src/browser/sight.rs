//! What part of a picture that scrolls is seen, and the wheel turned over it with Control held.

use std::{cell::Cell, rc::Rc};

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, WheelEvent};

use super::{Listener, document, window};

/// Calls `seen` with where what is seen of a container begins, how high it is, and how high the
/// element `all` in it is, in pixels, whenever it has been scrolled up or down far enough to matter.
pub fn on_scroll(
    container: &'static str,
    all: &'static str,
    seen: impl Fn((u32, u32, u32)) + 'static,
) -> Listener {
    let last = Cell::new((0, 0));
    Listener::of(vec![EventListener::new_with_options(
        &document(),
        "scroll",
        captured(),
        move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let Some(element) = target.filter(|element| element.id() == container) else { return };
            let Some(all) = document().get_element_by_id(all).map(|all| all.client_height()) else {
                return;
            };
            let (top, high) = (element.scroll_top(), element.client_height());
            if (top - last.get().0).abs() > high / 2 || all != last.get().1 {
                last.set((top, all));
                let [top, high, all] = [top, high, all].map(|pixels| pixels.max(0) as u32);
                seen((top, high, all));
            }
        },
    )])
}

/// Scrolling does not bubble.
fn captured() -> EventListenerOptions {
    EventListenerOptions { phase: EventListenerPhase::Capture, passive: true }
}

/// Calls `seen` with the left end and the width of what is seen, in pixels, whenever that has
/// moved far enough to matter, and `turned` with true for every turn of the wheel towards nearer.
pub fn listen(
    container: &'static str,
    seen: impl Fn(u32, u32) + 'static,
    turned: impl Fn(bool) + 'static,
) -> Listener {
    let last = Cell::new((0, 0));
    let look = Rc::new(move || {
        let Some(element) = document().get_element_by_id(container) else { return };
        let now = (element.scroll_left(), element.client_width());
        let (left, width) = last.get();
        if (now.0 - left).abs() > now.1 / 2 || (now.1 - width).abs() > 40 {
            last.set(now);
            seen(now.0.max(0) as u32, now.1.max(0) as u32);
        }
    });
    let resized = Rc::clone(&look);
    let is_over = move |event: &Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        target
            .is_some_and(|target| target.closest(&format!("#{container}")).ok().flatten().is_some())
    };
    Listener::of(vec![
        EventListener::new_with_options(&document(), "scroll", captured(), move |event| {
            if is_over(event) {
                look();
            }
        }),
        EventListener::new(&window(), "resize", move |_| resized()),
        EventListener::new_with_options(
            &document(),
            "wheel",
            EventListenerOptions::enable_prevent_default(),
            move |event| {
                let Some(wheel) = event.dyn_ref::<WheelEvent>() else { return };
                if wheel.ctrl_key() && is_over(event) {
                    event.prevent_default();
                    turned(wheel.delta_y() < 0.0);
                }
            },
        ),
    ])
}
