//! What happens to requests and answers, in words.

use super::{Lang, Piece, Tense};
use crate::trace::{Action, Answer, ReplicaTurn};

/// What is done with a request or an answer, without its subject; nothing for other actions.
pub(super) fn action(action: &Action, tense: Tense, lang: Lang) -> Vec<Piece> {
    let say = |next: [&str; 2], done: [&str; 2]| {
        let words = if tense == Tense::Next { next } else { done };
        Piece::Word(words[usize::from(lang == Lang::Es)].to_owned())
    };
    let code = |text: &String| Piece::Code(text.clone());
    let refusal = |pieces: &mut Vec<Piece>, error: &String| {
        if !error.is_empty() {
            pieces.push(say(
                [" and is refused: ", " y se rechaza: "],
                [" and was refused: ", " y se rechazó: "],
            ));
            pieces.push(Piece::Code(error.clone()));
        }
    };
    match action {
        Action::Call { what, travels, refused } => {
            let verb = say(["calls ", "llama a "], ["called ", "llamó a "]);
            let mut pieces = vec![verb, code(what)];
            refusal(&mut pieces, refused);
            if *travels {
                pieces.push(say(
                    [": the request is under way then", ": la petición queda en camino"],
                    [": the request was under way", ": la petición quedó en camino"],
                ));
            }
            pieces
        }
        Action::Come { place, refused, twice } => {
            // It may have waited there for long before.
            let verb = match refused.is_empty() {
                true => say(["arrives at ", "llega a "], ["arrived at ", "llegó a "]),
                false => {
                    say(["is refused by ", "se rechaza en "], ["was refused by ", "se rechazó en "])
                }
            };
            let mut pieces = vec![verb, code(place)];
            if !refused.is_empty() {
                pieces.push(Piece::Word(": ".to_owned()));
                pieces.push(code(refused));
            }
            if *twice {
                pieces.push(say(
                    [", and will once more", ", y llegará otra vez"],
                    [", and would once more", ", y llegaría otra vez"],
                ));
            }
            pieces
        }
        Action::LoseCall { place, answer: false } => {
            let verb = say(
                ["is lost on its way to ", "se pierde camino de "],
                ["was lost on its way to ", "se perdió camino de "],
            );
            vec![verb, code(place)]
        }
        Action::LoseCall { place, answer: true } => {
            let verb = say(
                ["loses its answer on the way from ", "pierde su respuesta viniendo de "],
                ["lost its answer on the way from ", "perdió su respuesta viniendo de "],
            );
            vec![verb, code(place)]
        }
        Action::Enter { place } => {
            let verb = say(
                ["takes a worker of ", "toma un trabajador de "],
                ["took a worker of ", "tomó un trabajador de "],
            );
            vec![verb, code(place)]
        }
        Action::Core { place } => {
            let verb = say(
                ["takes a core of ", "toma un núcleo de "],
                ["took a core of ", "tomó un núcleo de "],
            );
            vec![verb, code(place)]
        }
        Action::Reply { words, error, fate } => {
            let mut pieces = if error.is_empty() {
                vec![say(["answers", "responde"], ["answered", "respondió"])]
            } else {
                let verb = say(
                    ["answers with the error ", "responde con el error "],
                    ["answered with the error ", "respondió con el error "],
                );
                vec![verb, code(error)]
            };
            if !words.is_empty() {
                pieces.push(Piece::Word(" ".to_owned()));
                pieces.push(code(words));
            }
            pieces.extend(heard(*fate, tense, lang));
            pieces
        }
        Action::Back { fate } => {
            let verb = say(
                ["hears its answer", "recibe su respuesta"],
                ["brought its answer", "trajo su respuesta"],
            );
            let mut pieces = vec![verb];
            pieces.extend(heard(*fate, tense, lang));
            pieces
        }
        Action::Cancel => vec![say(
            [
                "hears that nobody waits any more, and ends",
                "se entera de que ya nadie espera, y termina",
            ],
            [
                "heard that nobody waited any more, and ended",
                "se enteró de que ya nadie esperaba, y terminó",
            ],
        )],
        Action::Abandon { place } => {
            let verb = say(
                ["gives back a worker of ", "devuelve un trabajador de "],
                ["gave back a worker of ", "devolvió un trabajador de "],
            );
            vec![verb, code(place)]
        }
        Action::Scale { place, to } => {
            let verb = say(["scales ", "cambia "], ["scaled ", "cambió "]);
            let many = Piece::Word([" to ", " a "][usize::from(lang == Lang::Es)].to_owned());
            let unit = [" replicas", " réplicas"][usize::from(lang == Lang::Es)];
            vec![verb, code(place), many, Piece::Code(to.to_string()), Piece::Word(unit.to_owned())]
        }
        Action::Replica { place, turn } => {
            let words = match turn {
                ReplicaTurn::Crash => say([" crashes", " se cae"], [" crashed", " se cayó"]),
                ReplicaTurn::Pause => {
                    say([" stands still", " se detiene"], [" stood still", " se detuvo"])
                }
                ReplicaTurn::Resume => say([" goes on", " sigue"], [" went on", " siguió"]),
                ReplicaTurn::Back => say(
                    [" takes calls again", " vuelve a atender llamadas"],
                    [" took calls again", " volvió a atender llamadas"],
                ),
            };
            vec![code(place), words]
        }
        _ => vec![],
    }
}

fn heard(fate: Answer, tense: Tense, lang: Lang) -> Option<Piece> {
    let words = match (fate, tense) {
        (Answer::Heard, _) => return None,
        (Answer::Way, Tense::Next) => [": it is under way then", ": queda en camino"],
        (Answer::Way, _) => [": it was under way", ": quedó en camino"],
        (Answer::Late, Tense::Next) => {
            [", too late: nobody waits any more", ", demasiado tarde: ya nadie espera"]
        }
        (Answer::Late, _) => {
            [", too late: nobody waited any more", ", demasiado tarde: ya nadie esperaba"]
        }
    };
    Some(Piece::Word(words[usize::from(lang == Lang::Es)].to_owned()))
}
