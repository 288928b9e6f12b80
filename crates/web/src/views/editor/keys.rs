//! The keys of the text area that do more than the browser makes them do.

use yew::prelude::*;

use super::Look;
use crate::{
    browser::{keyboard, text_area},
    model::{
        Action, Bench,
        marks::byte_of,
        shelf::ShelfAction,
        typing::{Edit, Field},
        writing::WriteAction,
    },
};

/// What decides what a key does, besides the text.
#[derive(Clone, Copy)]
struct Around {
    /// A list is open.
    list: bool,
    /// Something else lies over the text.
    over: bool,
    /// The next Tab leaves the text.
    leaving: bool,
}

pub(super) fn on_key(look: Look<'_>, bench: &Bench) -> Callback<KeyboardEvent> {
    let send = look.send.clone();
    let writing = &bench.writing;
    let around = Around {
        list: writing.list.is_some(),
        over: writing.hint.is_some() || writing.helping,
        leaving: writing.leaving,
    };
    Callback::from(move |event: KeyboardEvent| {
        let Some((press, place)) = keyboard::of_event(&event) else { return };
        let Some((text, start, end)) = text_area::field(&event) else { return };
        let action = key(&press, &place, around).or_else(|| {
            if !press.is_plain() && !is_slash(&press) {
                return None;
            }
            let (start, end) = (byte_of(&text, start), byte_of(&text, end));
            let edit = edit(&press, around, &Field::new(text, start, end))?;
            Some(Action::Write(match press.key.as_str() {
                "Enter" if !press.shift => WriteAction::Enter(edit),
                "Tab" if !press.shift => WriteAction::Tab(edit),
                _ => WriteAction::Type(edit),
            }))
        });
        if let Some(action) = action {
            // The browser tells of a moved caret a little later than of a key.
            if let Action::Write(
                WriteAction::Suggest | WriteAction::HintHere | WriteAction::FoldHere,
            ) = action
            {
                send.emit(Action::Write(WriteAction::Caret(start, end, false)));
            }
            // Escape is not used up where it only lets the next Tab leave.
            if action != Action::Write(WriteAction::Leave) {
                event.prevent_default();
            }
            send.emit(action);
        }
    })
}

fn is_slash(press: &keyboard::KeyPress) -> bool {
    (press.control || press.command) && !press.alt && press.key == "/"
}

/// Keys that do not change the text.
fn key(press: &keyboard::KeyPress, place: &str, around: Around) -> Option<Action> {
    let main = (press.control || press.command) && !press.alt;
    let plain = press.is_plain();
    let action = match press.key.as_str() {
        "Escape" if around.list || around.over => WriteAction::Close,
        "Escape" => WriteAction::Leave,
        "ArrowDown" if plain && around.list => WriteAction::Choose(1),
        "ArrowUp" if plain && around.list => WriteAction::Choose(-1),
        " " if main => WriteAction::Suggest,
        "F1" => WriteAction::HintHere,
        "i" | "I" if main && !press.shift => WriteAction::HintHere,
        "s" | "S" if main && !press.shift => return Some(Action::Shelf(ShelfAction::Save)),
        _ if press.alt && press.shift && place == "KeyF" => WriteAction::Format,
        _ if main && press.shift && place == "BracketLeft" => WriteAction::FoldHere,
        _ => return None,
    };
    Some(Action::Write(action))
}

/// Keys that change the text.
fn edit(press: &keyboard::KeyPress, around: Around, field: &Field) -> Option<Edit> {
    match press.key.as_str() {
        "/" if is_slash(press) => Some(field.toggle_remark()),
        "Tab" if around.leaving && !around.list => None,
        "Tab" if press.shift => Some(field.outdent()),
        "Tab" => Some(field.indent()),
        "Enter" => Some(field.enter()),
        "}" => field.close_brace(),
        _ => None,
    }
}
