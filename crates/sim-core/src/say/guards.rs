//! What happens at breakers and limiters, in words.

use super::{Lang, Piece, Tense};
use crate::program::{Guarding, Judged};
use crate::trace::Action;

/// What is done at a breaker or limiter, without its subject; nothing for other actions.
pub(super) fn action(action: &Action, tense: Tense, lang: Lang) -> Vec<Piece> {
    let pick = |words: [&str; 2]| Piece::Word(words[usize::from(lang == Lang::Es)].to_owned());
    let say =
        |next: [&str; 2], done: [&str; 2]| pick(if tense == Tense::Next { next } else { done });
    let code = |text: &String| Piece::Code(text.clone());
    match action {
        Action::Pass { place, refused: true, .. } => vec![
            say(["is refused by ", "es rechazado por "], ["was refused by ", "fue rechazado por "]),
            code(place),
            Piece::Word(": ".to_owned()),
            Piece::Code("open".to_owned()),
        ],
        Action::Pass { place, probe, first, .. } => {
            let mut pieces =
                vec![say(["passes ", "pasa por "], ["passed ", "pasó por "]), code(place)];
            if *probe {
                pieces.push(pick([" as a probe", " a modo de prueba"]));
            }
            if *first {
                pieces.push(say(
                    [": it is half open from now on", ": desde ahora está medio abierto"],
                    [": it was half open from then on", ": desde entonces estuvo medio abierto"],
                ));
            }
            pieces
        }
        Action::Settle { place, judged, slow, counts, tally, becomes } => {
            let mut pieces =
                vec![say(["leaves ", "sale de "], ["left ", "salió de "]), code(place)];
            pieces.push(pick(match judged {
                Judged::Ok => [": ok", ": bien"],
                Judged::Failed => [": failed", ": con fallo"],
                Judged::Ignored => {
                    [": by an error that does not count", ": con un error que no cuenta"]
                }
            }));
            if *slow {
                pieces.push(pick([", slowly", ", con lentitud"]));
            }
            if !counts && *judged != Judged::Ignored {
                pieces.push(pick([
                    ", too late to count: it was let in in another period",
                    ", tarde para contar: entró en otro periodo",
                ]));
            } else if *counts {
                let (failed, calls) = (tally.failed, tally.calls);
                pieces.push(match lang {
                    Lang::En => Piece::Word(format!(" ({failed} of {calls} failed")),
                    Lang::Es => Piece::Word(format!(" (con fallo: {failed} de {calls}")),
                });
                if tally.slow > 0 {
                    let slow = tally.slow;
                    pieces.push(match lang {
                        Lang::En => Piece::Word(format!(", {slow} slow")),
                        Lang::Es => Piece::Word(format!(", lentas: {slow}")),
                    });
                }
                pieces.push(Piece::Word(")".to_owned()));
            }
            match becomes {
                Some(Guarding::Open) => {
                    pieces.push(say(
                        [", and opens it", ", y lo abre"],
                        [", and opened it", ", y lo abrió"],
                    ));
                }
                Some(Guarding::Closed) => {
                    pieces.push(say(
                        [", and closes it", ", y lo cierra"],
                        [", and closed it", ", y lo cerró"],
                    ));
                }
                Some(Guarding::HalfOpen) | None => {}
            }
            pieces
        }
        Action::Token { place, none: true, .. } => vec![
            say(
                ["finds no token in ", "no encuentra ficha en "],
                ["found no token in ", "no encontró ficha en "],
            ),
            code(place),
            pick([": no further try", ": no reintenta"]),
        ],
        Action::Token { place, further, .. } => {
            let mut pieces = vec![
                say(
                    ["takes a token of ", "toma una ficha de "],
                    ["took a token of ", "tomó una ficha de "],
                ),
                code(place),
            ];
            if *further {
                pieces.push(pick([" for a further try", " para reintentar"]));
            }
            pieces
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::Tally;
    use crate::say::plain;

    fn said(what: &Action, tense: Tense) -> [String; 2] {
        [Lang::En, Lang::Es].map(|lang| plain(&action(what, tense, lang)))
    }

    #[test]
    fn steps_at_breakers_and_limiters_are_told() {
        let place = || "guard".to_owned();
        let pass = |refused, probe, first| Action::Pass { place: place(), refused, probe, first };
        assert_eq!(
            said(&pass(true, false, false), Tense::Done),
            ["was refused by guard: open", "fue rechazado por guard: open"]
        );
        assert_eq!(
            said(&pass(false, true, true), Tense::Next),
            [
                "passes guard as a probe: it is half open from now on",
                "pasa por guard a modo de prueba: desde ahora está medio abierto"
            ]
        );
        let settle = Action::Settle {
            place: place(),
            judged: Judged::Failed,
            slow: true,
            counts: true,
            tally: Tally { calls: 5, failed: 3, slow: 1 },
            becomes: Some(Guarding::Open),
        };
        assert_eq!(
            said(&settle, Tense::Done),
            [
                "left guard: failed, slowly (3 of 5 failed, 1 slow), and opened it",
                "salió de guard: con fallo, con lentitud (con fallo: 3 de 5, lentas: 1), y lo abrió"
            ]
        );
        let none = Action::Token { place: place(), further: true, none: true };
        assert_eq!(
            said(&none, Tense::Next),
            [
                "finds no token in guard: no further try",
                "no encuentra ficha en guard: no reintenta"
            ]
        );
    }
}
