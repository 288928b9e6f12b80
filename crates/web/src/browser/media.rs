//! What the person prefers, and what the page tells the browser about itself.

use gloo_events::EventListener;

use super::{Listener, document, window};

fn query(text: &str) -> Option<web_sys::MediaQueryList> {
    window().match_media(text).ok().flatten()
}

fn matches(text: &str) -> bool {
    query(text).is_some_and(|list| list.matches())
}

/// Whether a media query such as `(max-width: 700px)` holds now.
#[must_use]
pub fn holds(media_query: &str) -> bool {
    matches(media_query)
}

/// Calls back with every change of whether a media query holds.
pub fn on_change(media_query: &str, action: impl Fn(bool) + 'static) -> Listener {
    let listeners = query(media_query).map(|list| {
        let now = list.clone();
        EventListener::new(&list, "change", move |_| action(now.matches()))
    });
    Listener::of(listeners.into_iter().collect())
}

/// Whether the system asks for dark pages.
#[must_use]
pub fn prefers_dark() -> bool {
    matches(DARK)
}

/// Calls back with every change of [`prefers_dark`].
pub fn on_prefers_dark(action: impl Fn(bool) + 'static) -> Listener {
    on_change(DARK, action)
}

/// Whether the system asks for pages without movement.
#[must_use]
pub fn prefers_reduced_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

const DARK: &str = "(prefers-color-scheme: dark)";

/// The languages the person reads, best first, as the browser names them: `es-MX`, `en`.
#[must_use]
pub fn languages() -> Vec<String> {
    let list = window().navigator().languages();
    list.iter().filter_map(|language| language.as_string()).collect()
}

/// Sets `data-theme` of the page (`light` or `dark`), or takes it away to follow the system.
pub fn set_theme(theme: Option<&str>) {
    let Some(html) = document().document_element() else { return };
    let _ = match theme {
        Some(theme) => html.set_attribute("data-theme", theme),
        None => html.remove_attribute("data-theme"),
    };
}

/// Sets the language of the page, for screen readers and hyphenation.
pub fn set_language(language: &str) {
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute("lang", language);
    }
}

/// Sets the title of the page.
pub fn set_title(title: &str) {
    document().set_title(title);
}
