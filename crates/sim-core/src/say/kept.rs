//! What goes on together, and what caches keep, in words.

use super::{Lang, Piece, Tense};
use crate::trace::Action;

/// What is done, without its subject; nothing for other actions.
pub(super) fn action(action: &Action, tense: Tense, lang: Lang) -> Vec<Piece> {
    let say = |next: [&str; 2], done: [&str; 2]| {
        let words = if tense == Tense::Next { next } else { done };
        Piece::Word(words[usize::from(lang == Lang::Es)].to_owned())
    };
    match action {
        Action::Join => vec![say(
            ["goes on: all its branches have ended", "sigue: todas sus ramas terminaron"],
            ["went on: all its branches had ended", "siguió: todas sus ramas habían terminado"],
        )],
        _ => vec![],
    }
}
