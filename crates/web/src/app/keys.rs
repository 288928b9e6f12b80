//! What the keys of the page mean, wherever on it they are pressed.

use std::{cell::Cell, rc::Rc};

use yew::Callback;

use crate::{
    browser::keyboard::{Focus, Handling, KeyPress},
    model::{
        Action, Stage, State,
        present::{self, Present},
        share::ShareAction,
        shelf::ShelfAction,
        viewing::View,
    },
};

/// What the listener of keys needs to know of the state.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Keys {
    on_bench: bool,
    dialog: bool,
    fault: bool,
    naming: bool,
    share: bool,
    stage: Stage,
    blank: bool,
    /// Single-key shortcuts are turned off.
    quiet: bool,
}

impl Keys {
    /// As the state has it now.
    pub(super) fn of(state: &State) -> Self {
        Self {
            on_bench: state.bench.is_some(),
            dialog: state.keys,
            fault: state.shown_fault().is_some(),
            naming: state.naming.is_some(),
            share: state.share.is_some(),
            // Only a workbench has a stage.
            stage: if state.bench.is_some() { state.stage } else { Stage::Workbench },
            blank: state.lecture.blank,
            quiet: state.quiet_keys,
        }
    }
}

/// Sends what a key means.
pub(super) fn handler(
    send: Callback<Action>,
    keys: Rc<Cell<Keys>>,
) -> impl Fn(&KeyPress) -> Handling + 'static {
    move |press| match action_of(press, keys.get()) {
        Some(action) => {
            send.emit(action);
            Handling::Used
        }
        None => Handling::Left,
    }
}

/// What a key means. Whatever has the focus has the first claim to its own keys.
fn action_of(press: &KeyPress, keys: Keys) -> Option<Action> {
    if !press.is_plain() || keys.fault {
        return None;
    }
    let key = press.key.as_str();
    if key == "Escape" {
        if keys.naming {
            return Some(Action::Shelf(ShelfAction::NameCancel));
        }
        if keys.share {
            return Some(Action::Share(ShareAction::Close));
        }
        return Some(match (keys.dialog, keys.stage, keys.blank) {
            (true, ..) => Action::Keys(false),
            (false, Stage::Presenter, true) => Action::Present(Present::Blank),
            (false, Stage::Presenter, false) => Action::Present(Present::Leave),
            _ => Action::Dismiss,
        });
    }
    if press.focus == Focus::Text || !keys.on_bench || keys.dialog || keys.naming {
        return None;
    }
    // Keys are the stage's: whoever is in the story or at a setting types for that. Who speaks to
    // the page turns single-key shortcuts off.
    let is_sign = key.chars().count() == 1;
    // A button wants no arrows, wherever it is.
    let is_arrow = ["ArrowLeft", "ArrowRight"].contains(&key);
    if !(press.on_stage || is_arrow || keys.stage != Stage::Workbench || keys.share)
        || keys.quiet && is_sign
    {
        return None;
    }
    if key == "q" {
        return Some(Action::Share(ShareAction::Fill));
    }
    if keys.share {
        return None;
    }
    let is_free = press.focus != Focus::Field;
    if keys.stage == Stage::Presenter
        && let Some(action) = present::key(key)
    {
        return Some(Action::Present(action));
    }
    match key {
        "p" | "P" if keys.stage != Stage::Embed => Some(Action::Present(Present::Toggle)),
        "?" => Some(Action::Keys(true)),
        // Somebody who came to a button by keys presses it so.
        " " if press.focus == Focus::Page || press.focus == Focus::Control && !press.by_keys => {
            Some(Action::Play)
        }
        "ArrowLeft" if is_free => Some(Action::Back),
        "ArrowRight" if is_free => Some(Action::Forward),
        "Home" if is_free => Some(Action::Start),
        "End" if is_free => Some(Action::End),
        "+" => Some(Action::View(View::Zoom(-1))),
        "-" => Some(Action::View(View::Zoom(1))),
        "n" => Some(Action::View(View::Mark(true))),
        "N" => Some(Action::View(View::Mark(false))),
        "w" => Some(Action::View(View::WhyHere)),
        "t" => Some(Action::View(View::Words)),
        digit => match digit.parse::<u32>() {
            Ok(pick @ 1..=9) if digit.len() == 1 => Some(Action::Pick(pick)),
            _ => None,
        },
    }
}
