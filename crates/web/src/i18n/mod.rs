//! Every word of the page, in every language, and how numbers and steps are spelled there.
//!
//! What the engine says comes from `sim_core::say`, what lessons say from the `lessons` crate.

mod account;
mod breaker;
mod chance;
mod charts;
mod en;
mod es;
mod front;
mod health;
mod links;
mod logs;
mod meet;
mod present;
mod proof;
mod request;
mod rhythm;
mod sagas;
mod speaker;
mod system;
mod tables;
mod texts;
mod theory;
mod values;
mod views;
mod why;
mod writing;

use sim_core::{
    say::{self, Lang, Piece, Tense},
    session::{Action, Fate, Frame, StepView},
};

pub use account::{AccountTexts, account};
pub use breaker::{BreakerTexts, breaker};
pub use chance::{
    ChanceTexts, between, chance, counted, likely_line, not_ended, percent, rise_line,
};
pub use charts::{
    ChartTexts, axis_label, charts, figure, goal_state, goal_values, plot_line, plot_title,
};
pub use front::{FrontTexts, client_said, front, marks_said, progress_said, race_line, race_said};
pub use health::{HealthTexts, health};
pub use links::{LinkTexts, links};
pub use logs::{LogTexts, logs};
pub use meet::{MeetTexts, meet};
pub use present::{PresentTexts, present};
pub use proof::{ProofTexts, how_far, how_sure, proof, waits};
pub use request::{RequestTexts, fate as request_fate, request};
pub use rhythm::{RhythmTexts, rhythm};
pub use sagas::{SagaTexts, sagas};
pub use speaker::{SpeakerTexts, speaker};
pub use system::{SystemTexts, system};
pub use tables::{TableTexts, bare, tables};
pub use texts::Texts;
pub use theory::{TheoryTexts, theory, theory_model, theory_off};
pub use values::{link_of, queue_of, summary};
pub use views::ViewTexts;
pub use why::because;
pub use writing::{WritingTexts, template, writing};

/// The texts of a language.
#[must_use]
pub fn texts(lang: Lang) -> &'static Texts {
    match lang {
        Lang::En => &en::TEXTS,
        Lang::Es => &es::TEXTS,
    }
}

/// A number as people write it.
#[must_use]
pub fn number(number: u64, lang: Lang) -> String {
    digits(&number.to_string(), lang)
}

/// Decimal digits in groups of three. Spanish leaves four digits together and parts the groups by
/// a narrow space. Numbers too long to be read become a power of ten.
#[must_use]
pub fn digits(digits: &str, lang: Lang) -> String {
    if digits.len() > 18 {
        let point = if lang == Lang::En { '.' } else { ',' };
        return format!("{}{point}{} × 10^{}", &digits[..1], &digits[1..3], digits.len() - 1);
    }
    let (least, mark) = match lang {
        Lang::En => (4, ','),
        Lang::Es => (5, '\u{202f}'),
    };
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len() >= least && (digits.len() - at).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

/// A process's name at this moment: `client 1`.
#[must_use]
pub fn lane_name(frame: &Frame, lane: u32) -> String {
    spoken(&frame.name(lane))
}

/// A process's name as pages say it: `client 2` for `client[2]`.
#[must_use]
pub fn spoken(name: &str) -> String {
    name.replace('[', " ").replace(']', "")
}

/// What a step does or did, without its subject.
#[must_use]
pub fn action(frame: &Frame, action: &Action, tense: Tense, lang: Lang) -> Vec<Piece> {
    if let (Action::Atomic { parts }, Tense::Done) = (action, tense)
        && let Some(found) = found(parts)
    {
        let texts = texts(lang).views;
        return vec![
            Piece::Word(texts.found.to_owned()),
            Piece::Code(found),
            Piece::Word(texts.found_nothing.to_owned()),
        ];
    }
    let mut pieces = say::action(action, tense, |lane| lane_name(frame, lane), lang);
    for piece in &mut pieces {
        if let Piece::Code(text) = piece {
            *text = time(text, lang);
        }
    }
    pieces
}

/// A time as the engine spells it, to the nanosecond, as people read it; anything else as it is.
fn time(text: &str, lang: Lang) -> String {
    let in_unit = |unit: &str, size: u64| {
        let digits = text.strip_suffix(unit)?.parse::<u64>().ok()?;
        (digits >= 1_000).then(|| digits * size)
    };
    in_unit("ns", 1)
        .or_else(|| in_unit("us", 1_000))
        .map_or_else(|| text.to_owned(), |exact| span(exact, lang))
}

/// What a step that could have changed something only found, as a refused compare-and-set does.
fn found(parts: &[Action]) -> Option<String> {
    let reads = parts.iter().map(|part| match part {
        Action::Read { place, value } => Some(format!("{place} = {value}")),
        _ => None,
    });
    let found = reads.collect::<Option<Vec<String>>>()?;
    (!found.is_empty()).then(|| found.join(", "))
}

/// A step in a sentence: `client 1 read balance (100)`.
#[must_use]
pub fn step_line(frame: &Frame, step: &StepView, lang: Lang) -> String {
    let did = say::plain(&action(frame, &step.action, Tense::Done, lang));
    let mut line =
        if step.action.is_of_nobody() { did } else { format!("{} {did}", spoken(&step.name)) };
    if let Some((error, words)) = &step.raised {
        line = format!("{line}: {}", raised(error, words, lang));
    }
    for told in &step.sagas {
        let said = say::saga(told, lang);
        if !said.is_empty() {
            line = format!("{line}; {said}");
        }
    }
    for note in &step.notes {
        line = format!("{line}. “{note}”");
    }
    line
}

/// An error that was raised, with what the text says of it.
#[must_use]
pub fn raised(error: &str, words: &str, lang: Lang) -> String {
    let error = say::error(error, lang);
    if words.is_empty() { error } else { format!("{error} ({words})") }
}

/// A time span as people read it: at most two digits behind the point.
#[must_use]
pub fn span(nanoseconds: u64, lang: Lang) -> String {
    let units = [(60_000_000_000, "min"), (1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "µs")];
    let unit = units.into_iter().find(|(size, _)| nanoseconds >= *size);
    let Some((size, name)) = unit else { return format!("{nanoseconds} ns") };
    let hundredths = nanoseconds / (size / 100);
    let (whole, part) = (hundredths / 100, hundredths % 100);
    let point = if lang == Lang::En { '.' } else { ',' };
    match part {
        0 => format!("{whole} {name}"),
        part if part % 10 == 0 => format!("{whole}{point}{} {name}", part / 10),
        part => format!("{whole}{point}{part:02} {name}"),
    }
}

/// What a step did, in as few words as possible: the picture shows who and where.
#[must_use]
pub fn short_action(action: &Action, lang: Lang) -> String {
    short(action, lang, Tense::Done, false)
}

/// The same where a picture shows also what was taken or let go.
#[must_use]
pub fn bare_action(action: &Action, lang: Lang) -> String {
    short(action, lang, Tense::Done, true)
}

/// What a step would do, in as few words as possible, where a picture shows what it touches.
#[must_use]
pub fn short_offer(action: &Action, lang: Lang) -> String {
    short(action, lang, Tense::Next, true)
}

fn short(action: &Action, lang: Lang, tense: Tense, bare: bool) -> String {
    let done = tense == Tense::Done;
    let verb = |en: [&str; 2], es: [&str; 2]| {
        let pair = if lang == Lang::En { en } else { es };
        pair[usize::from(!done)].to_owned()
    };
    match action {
        Action::Take { .. } if bare => verb(["took", "take"], ["tomó", "toma"]),
        Action::LetGo { .. } if bare => verb(["let go", "let go"], ["soltó", "suelta"]),
        Action::Read { value, .. } => {
            format!("{} {value}", verb(["read", "read"], ["leyó", "lee"]))
        }
        Action::Write { new, .. } => {
            format!("{} {new}", verb(["wrote", "write"], ["escribió", "escribe"]))
        }
        Action::Take { place, .. } => {
            format!("{} {place}", verb(["took", "take"], ["tomó", "toma"]))
        }
        Action::LetGo { place } => {
            format!("{} {place}", verb(["let go of", "let go of"], ["soltó", "suelta"]))
        }
        Action::Work { time } => {
            format!(
                "{} {}",
                verb(["worked", "work"], ["trabajó", "trabaja"]),
                self::time(time, lang)
            )
        }
        Action::Sleep { time } => {
            format!("{} {}", verb(["slept", "sleep"], ["durmió", "duerme"]), self::time(time, lang))
        }
        Action::Atomic { parts } if parts.is_empty() => {
            verb(["one step", "one step"], ["un paso", "un paso"])
        }
        Action::Atomic { parts } if done && found(parts).is_some() => {
            let values = parts.iter().filter_map(|part| match part {
                Action::Read { value, .. } => Some(value.as_str()),
                _ => None,
            });
            let values: Vec<&str> = values.collect();
            let texts = texts(lang).views;
            format!("{}{}{}", texts.found, values.join(", "), texts.found_nothing)
        }
        Action::FallAsleep { .. } => verb(["fell asleep", "sleep"], ["se durmió", "se duerme"]),
        Action::Wake { lanes, .. } if lanes.is_empty() => {
            verb(["signal lost", "signal"], ["señal perdida", "avisa"])
        }
        Action::Wake { .. } => verb(["woke", "wake"], ["despertó", "despierta"]),
        Action::Until { .. } => verb(["went on", "go on"], ["siguió", "sigue"]),
        Action::Saga { note, reads, .. } => {
            let verb = match reads {
                true => verb(["note", "note"], ["nota", "nota"]),
                false => verb(["noted", "note"], ["anotó", "anota"]),
            };
            format!("{verb}: {}", say::noted(note.as_ref(), lang))
        }
        Action::Backoff { time } => {
            format!("{} {}", verb(["waited", "wait"], ["esperó", "espera"]), self::time(time, lang))
        }
        Action::TimeOut => verb(["time ran out", "time out"], ["tiempo agotado", "se agota"]),
        Action::LetGoLate { .. } => verb(["let go late", "let go"], ["soltó tarde", "suelta"]),
        Action::Expire { .. } => verb(["lease over", "lease ends"], ["venció", "vence"]),
        Action::Send { words, fate: Fate::Refused | Fate::Unreachable, .. } => {
            format!("{} {words}", verb(["refused", "refused"], ["rechazado", "rechazado"]))
        }
        Action::Send { words, fate: Fate::Dropped, .. } => {
            format!("{} {words}", verb(["dropped", "dropped"], ["descartado", "descartado"]))
        }
        Action::Send { words, .. } => {
            format!("{} {words}", verb(["sent", "send"], ["envió", "envía"]))
        }
        Action::Receive { words, attempt, .. } => {
            let again = if *attempt > 1 { format!(" ×{attempt}") } else { String::new() };
            format!("{} {words}{again}", verb(["got", "get"], ["recibió", "recibe"]))
        }
        Action::Follow { words, .. } => {
            format!("{} {words}", verb(["read", "read"], ["leyó", "lee"]))
        }
        Action::Ack { late: true, .. } => verb(["late ack", "ack"], ["ack tardío", "ack"]),
        Action::Ack { words, .. } => format!("ack {words}"),
        Action::Nack { words, .. } => format!("nack {words}"),
        Action::Deliver { words, .. } => {
            format!("{words} {}", verb(["arrived", "arrives"], ["llegó", "llega"]))
        }
        Action::Lose { words, .. } => {
            format!("{words} {}", verb(["lost", "lost"], ["perdido", "se pierde"]))
        }
        Action::Double { words, .. } => format!("{words} ×2"),
        Action::Hold { words, .. } => {
            format!("{words} {}", verb(["held back", "held back"], ["retenido", "se retiene"]))
        }
        Action::Reappear { words, .. } => {
            format!("{words} {}", verb(["back", "back"], ["volvió", "vuelve"]))
        }
        Action::Ready { words, .. } => {
            format!("{words} {}", verb(["ready", "ready"], ["lista", "lista"]))
        }
        Action::Data(told) => tables::short(told, lang, tense),
        Action::Rebalance { .. } => verb(["rebalance", "rebalance"], ["reparto", "reparto"]),
        Action::Atomic { parts } => {
            parts.iter().map(|part| short(part, lang, tense, bare)).collect::<Vec<_>>().join(", ")
        }
        other => say::plain(&say::action(other, tense, |lane| lane.to_string(), lang)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spelled_as_each_language_does() {
        assert_eq!(digits("1234567", Lang::En), "1,234,567");
        assert_eq!(digits("1234", Lang::Es), "1234");
        assert_eq!(digits("12345", Lang::Es), "12\u{202f}345");
        assert_eq!(digits("12345678901234567890", Lang::En), "1.23 × 10^19");
    }

    #[test]
    fn time_spans_are_short() {
        assert_eq!(span(0, Lang::En), "0 ns");
        assert_eq!(span(1_500_000, Lang::En), "1.5 ms");
        assert_eq!(span(1_500_000, Lang::Es), "1,5 ms");
        assert_eq!(span(2_000_000_000, Lang::En), "2 s");
        assert_eq!(span(1_050_000_000, Lang::En), "1.05 s");
        assert_eq!(span(90_000_000_000, Lang::En), "1.5 min");
        assert_eq!(time("12666003ns", Lang::Es), "12,66 ms");
        assert_eq!(time("5ms", Lang::Es), "5ms");
        assert_eq!(time("990100us", Lang::En), "990.1 ms");
    }

    #[test]
    fn a_compare_and_set_that_was_refused_says_so() {
        let read = Action::Read { place: "balance".to_owned(), value: "20".to_owned() };
        let refused = Action::Atomic { parts: vec![read.clone()] };
        let said = |action: &Action| {
            say::plain(&super::action(&Frame::default(), action, Tense::Done, Lang::En))
        };
        assert_eq!(said(&refused), "found balance = 20, changed nothing");
        assert_eq!(short_action(&refused, Lang::Es), "encontró 20, no cambió nada");
        assert_eq!(said(&read), "read balance (20)");
    }
}
