//! What happens to messages, in words.

use super::{Lang, Piece, Tense};
use crate::trace::{Action, Fate};

/// What is done with a message, without its subject, or what happens to one, as a whole sentence.
pub(super) fn action(action: &Action, tense: Tense, lang: Lang) -> Vec<Piece> {
    let say = |next: [&str; 2], done: [&str; 2]| {
        let words = if tense == Tense::Next { next } else { done };
        word(words[usize::from(lang == Lang::Es)])
    };
    let code = |text: &String| Piece::Code(text.clone());
    let to = || word(pick(" to ", " a ", lang));
    let from = || word(pick(" from ", " de ", lang));
    match action {
        Action::Send { to: place, words, fate } => {
            let verb = say(["sends ", "envía "], ["sent ", "envió "]);
            with_fate(vec![verb, code(words), to(), code(place)], fate, tense, lang)
        }
        Action::Receive { from: place, words, attempt } => {
            let verb = say(["receives ", "recibe "], ["received ", "recibió "]);
            let mut pieces = vec![verb, code(words), from(), code(place)];
            if *attempt > 1 {
                let tries = pick("try", "intento", lang);
                pieces.push(word(&format!(" ({tries} {attempt})")));
            }
            pieces
        }
        Action::Follow { log, offset, words } => {
            let verb = say(["reads ", "lee "], ["read ", "leyó "]);
            let number = pick("number", "número", lang);
            let mut pieces = vec![verb, code(words), from(), code(log)];
            pieces.push(word(&format!(" ({number} {offset})")));
            pieces
        }
        Action::Ack { from, words, late } => {
            let verb = say(["acks ", "confirma "], ["acked ", "confirmó "]);
            let mut pieces = vec![verb, code(if words.is_empty() { from } else { words })];
            if *late {
                pieces.push(word(pick(
                    ", too late: it has been delivered anew",
                    ", demasiado tarde: ya se volvió a entregar",
                    lang,
                )));
            }
            pieces
        }
        Action::Nack { from: place, words, fate } => {
            let verb = say(["gives ", "devuelve "], ["gave ", "devolvió "]);
            let back = word(pick(" back to ", " a ", lang));
            with_fate(vec![verb, code(words), back, code(place)], fate, tense, lang)
        }
        Action::Deliver { to: place, words, fate, .. } => {
            let verb = say([" arrives at ", " llega a "], [" arrived at ", " llegó a "]);
            with_fate(vec![code(words), verb, code(place)], fate, tense, lang)
        }
        Action::Lose { link, words } => {
            let verb = say([" is lost on ", " se pierde en "], [" was lost on ", " se perdió en "]);
            vec![code(words), verb, code(link)]
        }
        Action::Hold { words, until, .. } => {
            let verb = say(
                [" is held back until ", " se retiene hasta "],
                [" was held back until ", " se retuvo hasta "],
            );
            vec![code(words), verb, code(until)]
        }
        Action::Double { at, words } => {
            let verb = say(
                [" is doubled in ", " se duplica en "],
                [" was doubled in ", " se duplicó en "],
            );
            vec![code(words), verb, code(at)]
        }
        Action::Reappear { place, words, fate } => {
            let verb = say(
                [
                    " was not acked in time and goes back to ",
                    " no se confirmó a tiempo y vuelve a ",
                ],
                [
                    " was not acked in time and went back to ",
                    " no se confirmó a tiempo y volvió a ",
                ],
            );
            with_fate(vec![code(words), verb, code(place)], fate, tense, lang)
        }
        Action::Ready { place, words } => {
            let verb = say(
                [" may be received from ", " ya se puede recibir de "],
                [" could be received from ", " ya se pudo recibir de "],
            );
            vec![code(words), verb, code(place)]
        }
        Action::Rebalance { group } => {
            let verb = say(
                [" shares its partitions out anew", " vuelve a repartir sus particiones"],
                [" shared its partitions out anew", " volvió a repartir sus particiones"],
            );
            vec![code(group), verb]
        }
        Action::Cut { link } => {
            vec![code(link), say([" is cut", " se corta"], [" was cut", " se cortó"])]
        }
        Action::Heal { link } => {
            let verb = say(
                [" works again", " vuelve a funcionar"],
                [" worked again", " volvió a funcionar"],
            );
            vec![code(link), verb]
        }
        _ => vec![],
    }
}

/// What becomes of the message, behind the sentence.
fn with_fate(mut pieces: Vec<Piece>, fate: &Fate, tense: Tense, lang: Lang) -> Vec<Piece> {
    let next = tense == Tense::Next;
    let [en, es] = match (fate, next) {
        (Fate::Stored, _) => return pieces,
        (Fate::Way, true) => [": it is under way then", ": queda en camino"],
        (Fate::Way, false) => [": it was under way", ": quedó en camino"],
        (Fate::Later, true) => [", to be received later", ", para recibirlo más tarde"],
        (Fate::Later, false) => [", to be received later", ", para recibirlo más tarde"],
        (Fate::Refused, true) => {
            [", which has no room and refuses it", ", que no tiene lugar y lo rechaza"]
        }
        (Fate::Refused, false) => {
            [", which had no room and refused it", ", que no tenía lugar y lo rechazó"]
        }
        (Fate::Dropped, true) => {
            [", which has no room and drops it", ", que no tiene lugar y lo descarta"]
        }
        (Fate::Dropped, false) => {
            [", which had no room and dropped it", ", que no tenía lugar y lo descartó"]
        }
        (Fate::Displaces, true) => {
            [", which drops its oldest for it", ", que descarta el más viejo por él"]
        }
        (Fate::Displaces, false) => {
            [", which dropped its oldest for it", ", que descartó el más viejo por él"]
        }
        (Fate::Unreachable, true) => [", which cannot be reached", ", que no responde"],
        (Fate::Unreachable, false) => [", which could not be reached", ", que no respondió"],
        (Fate::Dead(to), _) if to.is_empty() => {
            [": it has failed too often and is gone", ": falló demasiadas veces y se pierde"]
        }
        (Fate::Dead(_), true) => {
            [": it has failed too often and goes to ", ": falló demasiadas veces y pasa a "]
        }
        (Fate::Dead(_), false) => {
            [": it had failed too often and went to ", ": había fallado demasiadas veces y pasó a "]
        }
    };
    pieces.push(word(pick(en, es, lang)));
    if let Fate::Dead(to) = fate
        && !to.is_empty()
    {
        pieces.push(Piece::Code(to.clone()));
    }
    pieces
}

fn pick<'a>(en: &'a str, es: &'a str, lang: Lang) -> &'a str {
    match lang {
        Lang::En => en,
        Lang::Es => es,
    }
}

fn word(text: &str) -> Piece {
    Piece::Word(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::say::plain;

    fn said(action: &Action, tense: Tense, lang: Lang) -> String {
        plain(&super::action(action, tense, lang))
    }

    #[test]
    fn sending_and_receiving_read_as_sentences() {
        let send =
            Action::Send { to: "jobs".to_owned(), words: "order 3".to_owned(), fate: Fate::Stored };
        assert_eq!(said(&send, Tense::Next, Lang::En), "sends order 3 to jobs");
        assert_eq!(said(&send, Tense::Done, Lang::Es), "envió order 3 a jobs");
        let receive =
            Action::Receive { from: "jobs".to_owned(), words: "order 3".to_owned(), attempt: 2 };
        assert_eq!(said(&receive, Tense::Done, Lang::En), "received order 3 from jobs (try 2)");
    }

    #[test]
    fn what_becomes_of_a_message_is_told() {
        let back = Action::Reappear {
            place: "jobs".to_owned(),
            words: "order 7".to_owned(),
            fate: Fate::Dead("dead".to_owned()),
        };
        assert!(said(&back, Tense::Done, Lang::En).ends_with("went to dead"));
        assert!(said(&back, Tense::Next, Lang::Es).ends_with("pasa a dead"));
        let lost = Action::Lose { link: "a -> q".to_owned(), words: "1".to_owned() };
        assert_eq!(said(&lost, Tense::Next, Lang::En), "1 is lost on a -> q");
        assert!(lost.is_of_nobody() && !Action::Crash.is_of_nobody());
    }
}
