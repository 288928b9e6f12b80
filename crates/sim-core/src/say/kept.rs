//! What goes on together, and what caches keep, in words.

use super::{Lang, Piece, Tense};
use crate::trace::{Action, Found};

/// What is done, without its subject; nothing for other actions.
pub(super) fn action(action: &Action, tense: Tense, lang: Lang) -> Vec<Piece> {
    let say = |next: [&str; 2], done: [&str; 2]| {
        let words = if tense == Tense::Next { next } else { done };
        Piece::Word(words[usize::from(lang == Lang::Es)].to_owned())
    };
    let code = |text: &String| Piece::Code(text.clone());
    match action {
        Action::Join => vec![say(
            ["goes on: all its branches have ended", "sigue: todas sus ramas terminaron"],
            ["went on: all its branches had ended", "siguió: todas sus ramas habían terminado"],
        )],
        Action::Look { place, value, found } => {
            let over = match *found {
                Found::Hit => {
                    let verb = say(["finds ", "encuentra "], ["found ", "encontró "]);
                    return vec![verb, code(place), Piece::Word(format!(" ({value})"))];
                }
                Found::Miss { over } | Found::Fills { over } | Found::Waits { over } => over,
            };
            let verb = if over {
                say(
                    ["finds that the time is over of ", "ve vencido "],
                    ["found that the time was over of ", "vio vencido "],
                )
            } else {
                say(["does not find ", "no encuentra "], ["did not find ", "no encontró "])
            };
            let mut pieces = vec![verb, code(place)];
            pieces.extend(match found {
                Found::Fills { .. } => Some(say(
                    [" and sets out to fill it in", " y va a ponerlo"],
                    [" and set out to fill it in", " y fue a ponerlo"],
                )),
                Found::Waits { .. } => Some(say(
                    [", which another is filling in", ", que otro está poniendo"],
                    [", which another was filling in", ", que otro estaba poniendo"],
                )),
                _ => None,
            });
            pieces
        }
        Action::Keep { place, value, evicted } => {
            let verb = say(["keeps ", "guarda "], ["kept ", "guardó "]);
            let mut pieces = vec![verb, code(place), Piece::Word(format!(" = {value}"))];
            if !evicted.is_empty() {
                pieces.push(say(
                    [", for which there goes ", ", y para eso sale "],
                    [", for which there went ", ", y para eso salió "],
                ));
                pieces.push(code(evicted));
            }
            pieces
        }
        Action::Forget { place, was } => {
            let verb = say(["throws away ", "tira "], ["threw away ", "tiró "]);
            let mut pieces = vec![verb, code(place)];
            if !was {
                pieces.push(say(
                    [", which is not there", ", que no está"],
                    [", which was not there", ", que no estaba"],
                ));
            }
            pieces
        }
        Action::GiveUp { place, error } => {
            let verb = say(["does not fill in ", "no pone "], ["did not fill in ", "no puso "]);
            let mut pieces = vec![verb, code(place)];
            if !error.is_empty() {
                pieces.push(Piece::Word(": ".to_owned()));
                pieces.push(code(error));
            }
            pieces
        }
        _ => vec![],
    }
}
