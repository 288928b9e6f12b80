//! The address bar: the part after `#` holds the moment, the rest is the host's business.

use std::{cell::RefCell, rc::Rc};

use gloo_events::EventListener;
use wasm_bindgen::JsValue;

use super::{Listener, window};

/// The part of the address after `#`, without it; empty when there is none.
#[must_use]
pub fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or(&hash).to_owned()
}

/// The whole address, to be copied.
#[must_use]
pub fn href() -> String {
    window().location().href().unwrap_or_default()
}

/// The page's own address, without what others added behind it.
#[must_use]
pub fn site() -> String {
    let whole = href();
    whole.split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// The page's address with another fragment.
#[must_use]
pub fn href_with(fragment: &str) -> String {
    let whole = href();
    let start = whole.split('#').next().unwrap_or_default();
    format!("{start}#{fragment}")
}

/// What the address asks for before its fragment, as in `?embed` or `?speaker=7f`: the value, which
/// may be empty.
#[must_use]
pub fn asked_for(name: &str) -> Option<String> {
    let search = window().location().search().unwrap_or_default();
    let query = search.strip_prefix('?').unwrap_or(&search);
    query.split('&').find_map(|part| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        (key == name).then(|| value.to_owned())
    })
}

/// The page's address with another fragment, and nothing asked for before it.
#[must_use]
pub fn plain_href(fragment: &str) -> String {
    let whole = href();
    let start = whole.split(['#', '?']).next().unwrap_or_default();
    format!("{start}#{fragment}")
}

/// Where the speaker's window of a lecture is found. It has a fragment too, by which a page knows
/// at once that more than the list of lessons is wanted.
#[must_use]
pub fn speaker_href(name: &str) -> String {
    let path = window().location().pathname().unwrap_or_default();
    format!("{path}?speaker={name}#/speaker")
}

/// Changes the fragment in place: "back" does not return to what was there.
pub fn replace_fragment(fragment: &str) {
    if let Ok(history) = window().history() {
        // Browsers refuse hundreds of these in a few seconds; the next one will do.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&url(fragment)));
    }
}

/// Changes the fragment as a new place: "back" returns to what was there.
pub fn push_fragment(fragment: &str) {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&url(fragment)));
    }
}

/// Calls back with the fragment when somebody else changed it: back, forward, an edited address,
/// a followed link. Never for [`replace_fragment`] and [`push_fragment`].
pub fn on_change(action: impl Fn(String) + 'static) -> Listener {
    // One change may arrive as two events, so they are taken for one when nothing lies between.
    let last = Rc::new(RefCell::new(None::<String>));
    let action = Rc::new(action);
    let listen = |kind: &'static str| {
        let (last, action) = (Rc::clone(&last), Rc::clone(&action));
        EventListener::new(&window(), kind, move |_| {
            let now = fragment();
            if last.borrow().as_ref() == Some(&now) {
                return;
            }
            *last.borrow_mut() = Some(now.clone());
            let last = Rc::clone(&last);
            super::timers::soon(move || *last.borrow_mut() = None);
            action(now);
        })
    };
    Listener::of(vec![listen("popstate"), listen("hashchange")])
}

/// Calls back when the page is about to go, or to be put away.
pub fn on_leave(action: impl Fn() + 'static) -> Listener {
    let action = Rc::new(action);
    let listen = |target: &web_sys::EventTarget, kind: &'static str| {
        let action = Rc::clone(&action);
        EventListener::new(target, kind, move |_| action())
    };
    Listener::of(vec![
        listen(&window(), "pagehide"),
        listen(&super::document(), "visibilitychange"),
    ])
}

/// Loads the page again.
pub fn reload() {
    let _ = window().location().reload();
}

/// A fragment as an address; the empty one takes the `#` away too.
fn url(fragment: &str) -> String {
    if fragment.is_empty() {
        let location = window().location();
        location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
    } else {
        format!("#{fragment}")
    }
}
