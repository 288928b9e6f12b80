//! Steps, reasons for waiting and endings in words.

use super::{Lang, calls, data, guards, kept, messages, sagas};
use crate::trace::{Action, Reason};

/// So many of those who keep a service's workers busy are named.
const NAMED: usize = 4;

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

/// A step, without its subject: "reads `balance` (100)". `name` gives a process's name by its lane.
#[must_use]
pub fn action(
    action: &Action,
    tense: Tense,
    name: impl Fn(u32) -> String + Copy,
    lang: Lang,
) -> Vec<Piece> {
    let say = |key: Verb| verb(key, tense, lang).to_owned();
    let told = |key: Verb, code: String| vec![word(format!("{} ", say(key))), Piece::Code(code)];
    let for_time = |key: Verb, bare: Verb, time: &str| {
        if time.is_empty() { vec![word(say(bare))] } else { told(key, time.to_owned()) }
    };
    match action {
        Action::Read { place, value } => {
            let mut pieces = told(Verb::Read, place.clone());
            pieces.push(word(format!(" ({value})")));
            pieces
        }
        Action::Write { place, new, .. } => told(Verb::Write, format!("{place} = {new}")),
        Action::Take { place, token } => {
            let mut pieces = told(Verb::Take, place.clone());
            if let Some(token) = token {
                pieces.push(word(format!(" ({} {token})", pick("token", "testigo", lang))));
            }
            pieces
        }
        Action::TurnedAway { place } => told(Verb::TurnedAway, place.clone()),
        Action::LetGo { place } => told(Verb::LetGo, place.clone()),
        Action::LetGoLate { place } => {
            let mut pieces = told(Verb::LetGoLate, place.clone());
            pieces.push(word(pick(", which had run out", ", que ya había vencido", lang)));
            pieces
        }
        Action::FallAsleep { condition, lock } => {
            let mut pieces = told(Verb::LetGo, lock.clone());
            pieces.push(word(format!(" {} ", say(Verb::FallAsleep))));
            pieces.push(Piece::Code(condition.clone()));
            pieces
        }
        Action::Wake { condition, lanes } if lanes.is_empty() => {
            let mut pieces = told(Verb::Signal, condition.clone());
            let lost = pick(
                ": nobody sleeps, the signal is lost",
                ": nadie duerme, la señal se pierde",
                lang,
            );
            pieces.push(word(lost));
            pieces
        }
        Action::Wake { condition, lanes } => {
            let names: Vec<String> = lanes.iter().map(|&lane| name(lane)).collect();
            let mut pieces = told(Verb::Wake, names.join(", "));
            pieces.push(word(" (".to_owned()));
            pieces.push(Piece::Code(condition.clone()));
            pieces.push(word(")".to_owned()));
            pieces
        }
        Action::Until { words } => told(Verb::Until, words.clone()),
        Action::Work { time } => for_time(Verb::WorkFor, Verb::Work, time),
        Action::Sleep { time } => for_time(Verb::SleepFor, Verb::Sleep, time),
        Action::Backoff { time } => for_time(Verb::BackoffFor, Verb::Backoff, time),
        Action::Think { leaves: true, .. } => vec![word(say(Verb::Leave))],
        Action::Think { time, .. } => for_time(Verb::ComeAfter, Verb::Come, time),
        Action::Draw { value } => told(Verb::Draw, value.clone()),
        Action::Atomic { parts } => atomic(parts, tense, name, lang),
        Action::Arrive => vec![word(say(Verb::Arrive))],
        Action::TimeOut => vec![word(say(Verb::TimeOut))],
        Action::Expire { place } => told(Verb::Expire, place.clone()),
        Action::Crash => vec![word(say(Verb::Crash))],
        Action::Restart => vec![word(say(Verb::Restart))],
        Action::Pause => vec![word(say(Verb::Pause))],
        Action::Resume => vec![word(say(Verb::Resume))],
        Action::Call { .. }
        | Action::Come { .. }
        | Action::LoseCall { .. }
        | Action::Enter { .. }
        | Action::Core { .. }
        | Action::Reply { .. }
        | Action::Back { .. }
        | Action::Cancel
        | Action::Abandon { .. }
        | Action::Scale { .. }
        | Action::Replica { .. } => calls::action(action, tense, lang),
        Action::Join
        | Action::Look { .. }
        | Action::Keep { .. }
        | Action::Forget { .. }
        | Action::GiveUp { .. } => kept::action(action, tense, lang),
        Action::Pass { .. } | Action::Settle { .. } | Action::Token { .. } => {
            guards::action(action, tense, lang)
        }
        Action::Saga { .. } => sagas::action(action, tense, lang),
        Action::Data(told) => data::statement(told, tense, &name, lang),
        message => messages::action(message, tense, lang),
    }
}

fn atomic(
    parts: &[Action],
    tense: Tense,
    name: impl Fn(u32) -> String + Copy,
    lang: Lang,
) -> Vec<Piece> {
    let mut pieces = vec![word(pick("in one step", "en un solo paso", lang))];
    for (index, part) in parts.iter().enumerate() {
        pieces.push(word(if index == 0 { ": " } else { ", " }.to_owned()));
        pieces.extend(action(part, tense, name, lang));
    }
    if parts.is_empty() {
        pieces.push(word(pick(", touching nothing shared", ", sin tocar nada compartido", lang)));
    }
    pieces
}

/// Why a process cannot move; `name` gives a process's name by its lane.
#[must_use]
pub fn reason(reason: &Reason, name: impl Fn(u32) -> String, lang: Lang) -> Vec<Piece> {
    let waits = || word(pick("waits for ", "espera a ", lang));
    match reason {
        Reason::Held { place, holders } => {
            let names: Vec<String> = holders.iter().map(|&lane| name(lane)).collect();
            let by = match (names.is_empty(), lang) {
                (true, Lang::En) => ", which is taken".to_owned(),
                (true, Lang::Es) => ", que está tomado".to_owned(),
                (false, Lang::En) => format!(", held by {}", names.join(", ")),
                (false, Lang::Es) if names.len() > 1 => {
                    format!(", que tienen {}", names.join(", "))
                }
                (false, Lang::Es) => format!(", que tiene {}", names.join(", ")),
            };
            vec![waits(), Piece::Code(place.clone()), word(by)]
        }
        Reason::HeldBySelf { place } => vec![
            waits(),
            Piece::Code(place.clone()),
            word(pick(
                ", which it holds itself: a lock cannot be taken twice",
                ", que ya tiene: un lock no se puede tomar dos veces",
                lang,
            )),
        ],
        Reason::Asleep { place } => vec![
            word(pick("sleeps until somebody signals ", "duerme hasta que alguien avise a ", lang)),
            Piece::Code(place.clone()),
        ],
        Reason::Until { words } => {
            vec![word(pick("waits until ", "espera hasta que ", lang)), Piece::Code(words.clone())]
        }
        Reason::Empty { place } => vec![
            word(pick("waits for a message from ", "espera un mensaje de ", lang)),
            Piece::Code(place.clone()),
        ],
        Reason::NoRoom { place } => vec![
            word(pick("waits for room in ", "espera sitio en ", lang)),
            Piece::Code(place.clone()),
        ],
        Reason::Unanswered { request: Some(request) } => vec![
            word(pick("waits for the answer of ", "espera la respuesta de ", lang)),
            Piece::Code(name(*request)),
        ],
        Reason::Unanswered { request: None } => vec![word(pick(
            "waits for an answer that nobody will bring",
            "espera una respuesta que nadie traerá",
            lang,
        ))],
        Reason::Filling { place, by: None } => vec![
            word(pick("waits for another to fill in ", "espera a que otro ponga ", lang)),
            Piece::Code(place.clone()),
        ],
        Reason::Filling { place, by: Some(by) } => vec![
            word(pick("waits for ", "espera a que ", lang)),
            Piece::Code(name(*by)),
            word(pick(" to fill in ", " ponga ", lang)),
            Piece::Code(place.clone()),
        ],
        Reason::Joining { branches } => {
            let mut pieces = vec![word(pick("waits for the end of ", "espera el fin de ", lang))];
            for (nth, branch) in branches.iter().enumerate() {
                if nth > 0 {
                    pieces.push(word(", ".to_owned()));
                }
                pieces.push(Piece::Code(name(*branch)));
            }
            pieces
        }
        Reason::AllBusy { place, cores, holders } => {
            let what = match cores {
                false => pick("waits for a worker of ", "espera un trabajador de ", lang),
                true => pick("waits for a core of ", "espera un núcleo de ", lang),
            };
            let mut pieces = vec![word(what), Piece::Code(place.clone())];
            for (nth, holder) in holders.iter().take(NAMED).enumerate() {
                let before = if nth == 0 {
                    pick(", taken by ", ", ocupado por ", lang)
                } else {
                    ", ".to_owned()
                };
                pieces.extend([word(before), Piece::Code(name(*holder))]);
            }
            let more = holders.len().saturating_sub(NAMED);
            if more > 0 {
                pieces.push(word(match lang {
                    Lang::En => format!(" and {more} more"),
                    Lang::Es => format!(" y {more} más"),
                }));
            }
            pieces
        }
        Reason::Paused => vec![word(pick(
            "is paused and notices nothing",
            "está en pausa y no se entera de nada",
            lang,
        ))],
    }
}

/// An error that ended a process, by the name the engine gives it.
#[must_use]
pub fn error(name: &str, lang: Lang) -> String {
    let [en, es] = match name {
        "overflow" => ["a number grew beyond 64 bits", "un número no cabe en 64 bits"],
        "division_by_zero" => ["a division by zero", "una división entre cero"],
        "outside_array" => ["an index outside the array", "un índice fuera del arreglo"],
        "not_held" => ["it let go of a lock that it did not hold", "soltó un lock que no tenía"],
        "negative_time" => ["a negative time", "un tiempo negativo"],
        "no_value" => ["it computed with `none`", "quiso calcular con `none`"],
        "too_many" => ["there was no room for more", "no había lugar para más"],
        "timeout" => ["its time ran out", "se le acabó el tiempo"],
        "open" => ["a breaker did not let it through", "un breaker no lo dejó pasar"],
        "rejected" => ["it was turned away", "fue rechazado"],
        "unavailable" => ["it could not be reached", "no se pudo llegar a él"],
        "duplicate" => ["there is a row under this key", "ya hay una fila con esa clave"],
        "no_row" => ["there is no row under this key", "no hay una fila con esa clave"],
        "aborted" => ["its transaction was undone before", "su transacción ya se había deshecho"],
        "gone" => ["it is no longer kept", "ya no se guarda"],
        _ => return name.to_owned(),
    };
    pick(en, es, lang)
}

#[derive(Clone, Copy)]
enum Verb {
    Read,
    Write,
    Take,
    TurnedAway,
    LetGo,
    LetGoLate,
    FallAsleep,
    Signal,
    Wake,
    Until,
    Work,
    WorkFor,
    Sleep,
    SleepFor,
    Backoff,
    BackoffFor,
    Come,
    ComeAfter,
    Leave,
    Draw,
    Arrive,
    TimeOut,
    Expire,
    Crash,
    Restart,
    Pause,
    Resume,
}

/// A verb: English and Spanish, for what may happen and for what has happened.
fn verb(verb: Verb, tense: Tense, lang: Lang) -> &'static str {
    let [en_next, en_done, es_next, es_done] = match verb {
        Verb::Read => ["reads", "read", "lee", "leyó"],
        Verb::Write => ["writes", "wrote", "escribe", "escribió"],
        Verb::Take => ["takes", "took", "toma", "tomó"],
        Verb::TurnedAway => {
            ["is turned away by", "was turned away by", "es rechazado por", "fue rechazado por"]
        }
        Verb::LetGo => ["lets go of", "let go of", "suelta", "soltó"],
        Verb::LetGoLate => {
            ["wants to let go of", "wanted to let go of", "quiere soltar", "quiso soltar"]
        }
        Verb::FallAsleep => {
            ["and falls asleep on", "and fell asleep on", "y se duerme en", "y se durmió en"]
        }
        Verb::Signal => ["signals", "signalled", "avisa a", "avisó a"],
        Verb::Wake => ["wakes", "woke", "despierta a", "despertó a"],
        Verb::Until => ["goes on, for", "went on, for", "sigue, pues", "siguió, pues"],
        Verb::Work => ["works", "worked", "trabaja", "trabajó"],
        Verb::WorkFor => ["works for", "worked for", "trabaja", "trabajó"],
        Verb::Sleep => ["sleeps", "slept", "duerme", "durmió"],
        Verb::SleepFor => ["sleeps for", "slept for", "duerme", "durmió"],
        Verb::Backoff => [
            "waits before the next try",
            "waited before the next try",
            "espera antes de reintentar",
            "esperó antes de reintentar",
        ],
        Verb::BackoffFor => [
            "waits until the next try, for",
            "waited until the next try, for",
            "espera antes de reintentar,",
            "esperó antes de reintentar,",
        ],
        Verb::Come => ["comes again", "came again", "vuelve", "volvió"],
        Verb::ComeAfter => {
            ["comes again after", "came again after", "vuelve después de", "volvió después de"]
        }
        Verb::Leave => {
            ["leaves for good", "left for good", "se va y no vuelve", "se fue y no volvió"]
        }
        Verb::Draw => ["draws", "drew", "le toca", "le tocó"],
        Verb::Arrive => ["arrives", "arrived", "llega", "llegó"],
        Verb::TimeOut => {
            ["runs out of time", "ran out of time", "agota su tiempo", "agotó su tiempo"]
        }
        Verb::Expire => ["loses", "lost", "pierde", "perdió"],
        Verb::Crash => ["crashes", "crashed", "se cae", "se cayó"],
        Verb::Restart => {
            ["starts again", "started again", "vuelve a arrancar", "volvió a arrancar"]
        }
        Verb::Pause => ["is paused", "was paused", "queda en pausa", "quedó en pausa"],
        Verb::Resume => [
            "goes on after the pause",
            "went on after the pause",
            "sigue tras la pausa",
            "siguió tras la pausa",
        ],
    };
    match (lang, tense) {
        (Lang::En, Tense::Next) => en_next,
        (Lang::En, Tense::Done) => en_done,
        (Lang::Es, Tense::Next) => es_next,
        (Lang::Es, Tense::Done) => es_done,
    }
}

fn pick(en: &str, es: &str, lang: Lang) -> String {
    match lang {
        Lang::En => en,
        Lang::Es => es,
    }
    .to_owned()
}

fn word(text: String) -> Piece {
    Piece::Word(text)
}
