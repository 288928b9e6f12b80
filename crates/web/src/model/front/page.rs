//! The same pages within the whole page: their effects as its own.

use super::{Effect, FrontAction, Place};
use crate::model::{Action, Command, State, update};

/// Goes to one of these pages.
pub(in crate::model) fn open(state: &mut State, place: Place) -> Vec<Command> {
    let effects = state.front.open(place, state.lang);
    carry_out(state, effects)
}

/// Something happened on one of them.
pub(in crate::model) fn act(state: &mut State, action: FrontAction) -> Vec<Command> {
    let effects = super::act(&mut state.front, &mut state.kept, state.lang, action);
    carry_out(state, effects)
}

fn carry_out(state: &mut State, effects: Vec<Effect>) -> Vec<Command> {
    let mut commands = Vec::new();
    for effect in effects {
        match effect {
            Effect::Go(fragment) => commands.push(Command::Open(fragment)),
            Effect::Lang(lang) => commands.extend(update::act(state, Action::Lang(lang))),
            Effect::Theme(theme) => commands.extend(update::act(state, Action::Theme(theme))),
            Effect::Title(title) => commands.push(Command::Title(title)),
            Effect::Fetch(page) => commands.push(Command::FetchPage(page)),
            Effect::Save(key, text) => commands.push(Command::Save(key.to_owned(), text)),
            Effect::Download(name, text) => {
                commands.push(Command::Download(name.to_owned(), text));
            }
            Effect::Focus(id) => commands.push(Command::Focus(id)),
            Effect::Reveal(id) => commands.push(Command::Reveal(id)),
            Effect::Say(words) => state.spoken = words,
        }
    }
    commands
}
