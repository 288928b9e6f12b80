//! Steps, reasons for waiting and endings in words.

use super::Lang;
use crate::trace::{Action, Reason};

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words of the language.
    Word(String),
    /// A name or a value of the scenario.
    Code(String),
}

/// When a step happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// It may happen next: "writes `balance = 20`".
    Next,
    /// It has happened: "wrote `balance = 20`".
    Done,
}

/// The pieces as one line of plain text.
#[must_use]
pub fn plain(pieces: &[Piece]) -> String {
    let texts = pieces.iter().map(|piece| match piece {
        Piece::Word(text) | Piece::Code(text) => text.as_str(),
    });
    texts.collect()
}

/// A step, without its subject: "reads `balance` (100)".
#[must_use]
pub fn action(action: &Action, tense: Tense, lang: Lang) -> Vec<Piece> {
    let verbs = verbs(lang, tense);
    let told = |verb: &str, code: String| vec![word(format!("{verb} ")), Piece::Code(code)];
    match action {
        Action::Read { place, value } => {
            let mut pieces = told(verbs.read, place.clone());
            pieces.push(word(format!(" ({value})")));
            pieces
        }
        Action::Write { place, new, .. } => told(verbs.write, format!("{place} = {new}")),
        Action::Take { place } => told(verbs.take, place.clone()),
        Action::LetGo { place } => told(verbs.let_go, place.clone()),
        Action::Work { time } => told(verbs.work, time.clone()),
        Action::Sleep { time } => told(verbs.sleep, time.clone()),
        Action::Atomic { parts } => atomic(parts, tense, lang),
    }
}

fn atomic(parts: &[Action], tense: Tense, lang: Lang) -> Vec<Piece> {
    let mut pieces = vec![word(
        match lang {
            Lang::En => "in one step",
            Lang::Es => "en un solo paso",
        }
        .to_owned(),
    )];
    for (index, part) in parts.iter().enumerate() {
        pieces.push(word(if index == 0 { ": " } else { ", " }.to_owned()));
        pieces.extend(action(part, tense, lang));
    }
    if parts.is_empty() {
        let nothing = match lang {
            Lang::En => ", touching nothing shared",
            Lang::Es => ", sin tocar nada compartido",
        };
        pieces.push(word(nothing.to_owned()));
    }
    pieces
}

/// Why a process cannot move; `name` gives a process's name by its place in the list.
#[must_use]
pub fn reason(reason: &Reason, name: impl Fn(u32) -> String, lang: Lang) -> Vec<Piece> {
    match (reason, lang) {
        (Reason::Held { place, holder }, Lang::En) => vec![
            word("waits for ".to_owned()),
            Piece::Code(place.clone()),
            word(format!(", held by {}", name(*holder))),
        ],
        (Reason::Held { place, holder }, Lang::Es) => vec![
            word("espera a ".to_owned()),
            Piece::Code(place.clone()),
            word(format!(", que tiene {}", name(*holder))),
        ],
        (Reason::HeldBySelf { place }, Lang::En) => vec![
            word("waits for ".to_owned()),
            Piece::Code(place.clone()),
            word(", which it holds itself: a lock cannot be taken twice".to_owned()),
        ],
        (Reason::HeldBySelf { place }, Lang::Es) => vec![
            word("espera a ".to_owned()),
            Piece::Code(place.clone()),
            word(", que ya tiene: un lock no se puede tomar dos veces".to_owned()),
        ],
    }
}

/// An error that ended a process, by the name the engine gives it.
#[must_use]
pub fn error(name: &str, lang: Lang) -> &'static str {
    match (name, lang) {
        ("overflow", Lang::En) => "a number grew beyond 64 bits",
        ("overflow", Lang::Es) => "un número no cabe en 64 bits",
        ("division_by_zero", Lang::En) => "a division by zero",
        ("division_by_zero", Lang::Es) => "una división entre cero",
        ("outside_array", Lang::En) => "an index outside the array",
        ("outside_array", Lang::Es) => "un índice fuera del arreglo",
        ("not_held", Lang::En) => "it let go of a lock that it did not hold",
        ("not_held", Lang::Es) => "soltó un lock que no tenía",
        ("negative_time", Lang::En) => "a negative time",
        ("negative_time", Lang::Es) => "un tiempo negativo",
        (_, Lang::En) => "an error",
        (_, Lang::Es) => "un error",
    }
}

struct Verbs {
    read: &'static str,
    write: &'static str,
    take: &'static str,
    let_go: &'static str,
    work: &'static str,
    sleep: &'static str,
}

fn verbs(lang: Lang, tense: Tense) -> Verbs {
    match (lang, tense) {
        (Lang::En, Tense::Next) => Verbs {
            read: "reads",
            write: "writes",
            take: "takes",
            let_go: "lets go of",
            work: "works for",
            sleep: "sleeps for",
        },
        (Lang::En, Tense::Done) => Verbs {
            read: "read",
            write: "wrote",
            take: "took",
            let_go: "let go of",
            work: "worked for",
            sleep: "slept for",
        },
        (Lang::Es, Tense::Next) => Verbs {
            read: "lee",
            write: "escribe",
            take: "toma",
            let_go: "suelta",
            work: "trabaja",
            sleep: "duerme",
        },
        (Lang::Es, Tense::Done) => Verbs {
            read: "leyó",
            write: "escribió",
            take: "tomó",
            let_go: "soltó",
            work: "trabajó",
            sleep: "durmió",
        },
    }
}

fn word(text: String) -> Piece {
    Piece::Word(text)
}
