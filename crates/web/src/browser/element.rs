//! Small things done to an element of the page by its id.

use wasm_bindgen::JsCast;
use web_sys::{
    Element, FocusOptions, HtmlElement, HtmlInputElement, HtmlTextAreaElement,
    ScrollIntoViewOptions, ScrollLogicalPosition,
};

use super::document;

pub(super) fn by_id(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Gives an element the focus, and selects what stands in it if it is a field of one line. False
/// when it is not there.
pub fn focus(id: &str) -> bool {
    by_id(id).is_some_and(|element| {
        if let Some(field) = element.dyn_ref::<HtmlInputElement>() {
            field.select();
        }
        element.focus().is_ok()
    })
}

/// What had the focus at some time, and the places around it that can take it.
#[derive(Debug)]
pub struct Held(Vec<HtmlElement>);

impl Held {
    /// What has it now.
    #[must_use]
    pub fn now() -> Self {
        let mut places = Vec::new();
        let mut next = document().active_element().filter(|element| !is_body(element));
        while let Some(element) = next {
            next = element.parent_element();
            if (places.is_empty() || element.has_attribute("tabindex"))
                && let Ok(place) = element.dyn_into()
            {
                places.push(place);
            }
        }
        Self(places)
    }

    /// Where the focus went with what had it, it goes to the nearest place around, or to the main
    /// part of another page; who reads is not scrolled away.
    pub fn catch(self) {
        if is_lost() && !self.0.is_empty() && !self.give_back() {
            focus("main");
        }
    }

    /// Gives it back to what had it, or to the nearest place around. False where none takes it.
    pub fn give_back(self) -> bool {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        self.0.iter().filter(|place| place.is_connected()).any(|place| {
            let _ = place.focus_with_options(&options);
            !is_lost()
        })
    }
}

fn is_body(element: &Element) -> bool {
    element.tag_name().eq_ignore_ascii_case("body")
}

/// A browser takes the focus from what is greyed only some time later.
fn is_lost() -> bool {
    let is_greyed = |element: &Element| element.matches(":disabled").unwrap_or_default();
    document().active_element().is_none_or(|element| is_body(&element) || is_greyed(&element))
}

/// Scrolls what is in an element to its beginning.
pub fn to_top(id: &str) {
    if let Some(element) = by_id(id) {
        element.set_scroll_top(0);
    }
}

/// Scrolls as little as it takes to show an element.
pub fn reveal(id: &str) {
    if let Some(element) = by_id(id) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        options.set_inline(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Scrolls a container sideways, and nothing else, until a point inside it is in view: the one
/// that an attribute of the element `inside` gives in pixels. The container's first part, which
/// stays in place, covers as much as its own attribute `width` says.
pub fn reveal_sideways(container: &str, inside: &str, attribute: &str) {
    let number = |element: Option<Element>, name: &str| -> Option<f64> {
        Some(js_sys::parse_float(&element?.get_attribute(name)?))
            .filter(|number| number.is_finite())
    };
    let point = number(document().get_element_by_id(inside), attribute);
    let (Some(container), Some(point)) = (by_id(container), point) else { return };
    const MARGIN: i32 = 90;
    let covered = number(container.query_selector("[width]").ok().flatten(), "width");
    let (point, width) =
        (point as i32, container.client_width() - covered.unwrap_or_default() as i32);
    let left = container.scroll_left();
    if point - MARGIN < left || point + MARGIN > left + width {
        // Chromium forgets to measure a picture anew that has just grown, and would not scroll far
        // enough; taken out and put back it is measured.
        let inner = container.first_element_child().and_then(|e| e.dyn_into::<HtmlElement>().ok());
        if let Some(inner) = inner {
            let _ = inner.style().set_property("display", "none");
            let _ = inner.offset_width();
            let _ = inner.style().remove_property("display");
        }
        container.set_scroll_left(point - width / 2);
    }
}

/// How wide and high an element is inside, in pixels, if it is there and seen.
pub fn room(id: &str) -> Option<(u32, u32)> {
    let element = by_id(id)?;
    let room = (element.client_width().max(0) as u32, element.client_height().max(0) as u32);
    (room.0 > 0 && room.1 > 0).then_some(room)
}

/// Scrolls each element of one class up or down, and nothing around it, until the first element of
/// another class inside it is in view.
pub fn reveal_in_each(containers: &str, inside: &str) {
    let all = document().get_elements_by_class_name(containers);
    for container in (0..all.length()).filter_map(|at| all.item(at)) {
        let first = container.get_elements_by_class_name(inside).item(0);
        let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) else {
            continue;
        };
        let (top, high) = (first.offset_top(), first.offset_height());
        let (from, seen) = (container.scroll_top(), container.client_height());
        if top < from || top + high > from + seen {
            container.set_scroll_top(top - (seen - high) / 2);
        }
    }
}

/// Sets a CSS custom property (`--name`) of an element, which the strict policy allows where a
/// `style` attribute is not.
pub fn set_custom_property(id: &str, name: &str, value: &str) {
    if let Some(element) = by_id(id) {
        let _ = element.style().set_property(name, value);
    }
}

/// Puts a text into an element that has none from anywhere else.
pub fn set_text(id: &str, text: &str) {
    if let Some(element) = by_id(id) {
        element.set_text_content(Some(text));
    }
}

/// Makes what stands in an element as large as its place lets it be, but no larger and no smaller
/// than the element itself says: by `data-size` and `data-floor`, in pixels of type (the custom
/// property `--type`) or, where `data-fit` is `zoom`, in hundredths (`--zoom`).
pub fn fit(id: &str) {
    let Some(element) = by_id(id) else { return };
    let told = |name: &str| element.dataset().get(name);
    let number = |name: &str| told(name).and_then(|said| said.parse::<u32>().ok());
    let (Some(from), Some(floor)) = (number("size"), number("floor")) else { return };
    let zooms = told("fit").as_deref() == Some("zoom");
    // What fitted a moment ago in this very place still does, or nearly: letters that grow and
    // shrink from step to step could not be read.
    let place = format!("{from} {} {}", element.client_width(), element.client_height());
    let known = number("fitted").filter(|_| told("place").as_ref() == Some(&place));
    let mut size = known.unwrap_or(from).clamp(floor, from.max(floor));
    loop {
        let said =
            if zooms { format!("{}.{:02}", size / 100, size % 100) } else { format!("{size}px") };
        let _ = element.style().set_property(if zooms { "--zoom" } else { "--type" }, &said);
        if size <= floor || !overflows(&element) {
            break;
        }
        size = size.saturating_sub(if zooms { 5 } else { 1 }).max(floor);
    }
    let _ = element.dataset().set("fitted", &size.to_string());
    let _ = element.dataset().set("place", &place);
}

/// Whether something of it is outside its place.
fn overflows(element: &HtmlElement) -> bool {
    element.scroll_height() > element.client_height() + 1
        || element.scroll_width() > element.client_width() + 1
}

/// Selects a range of a text area, in UTF-16 units as the browser counts, and focuses it.
pub fn select_text(id: &str, start: u32, end: u32) {
    if let Some(area) = by_id(id).and_then(|element| element.dyn_into::<HtmlTextAreaElement>().ok())
    {
        // Selected first: focusing scrolls to where the caret is.
        let _ = area.set_selection_range(start, end);
        let _ = area.focus();
    }
}
