//! Every word of the page, in every language, and how numbers and steps are spelled there.
//!
//! What the engine says comes from `sim_core::say`, what lessons say from the `lessons` crate.

mod en;
mod es;
mod texts;
mod writing;

use sim_core::{
    say::{self, Lang, Tense},
    session::{Action, Frame, StepView},
};

pub use texts::Texts;
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

/// A process's name: `client 1`.
#[must_use]
pub fn lane_name(frame: &Frame, lane: u32) -> String {
    frame.lane(lane).map_or_else(String::new, |lane| match lane.number {
        Some(number) => format!("{} {number}", lane.class),
        None => lane.class.clone(),
    })
}

/// A step in a sentence: `client 1 read balance (100)`.
#[must_use]
pub fn step_line(frame: &Frame, step: &StepView, lang: Lang) -> String {
    let did =
        say::plain(&say::action(&step.action, Tense::Done, |lane| lane_name(frame, lane), lang));
    format!("{} {did}", lane_name(frame, step.lane))
}

/// What a step did, in as few words as possible: the picture shows who and where.
#[must_use]
pub fn short_action(action: &Action, lang: Lang) -> String {
    short(action, lang, Tense::Done)
}

/// What a step would do, in as few words as possible.
#[must_use]
pub fn short_offer(action: &Action, lang: Lang) -> String {
    short(action, lang, Tense::Next)
}

fn short(action: &Action, lang: Lang, tense: Tense) -> String {
    let done = tense == Tense::Done;
    let verb = |en: [&str; 2], es: [&str; 2]| {
        let pair = if lang == Lang::En { en } else { es };
        pair[usize::from(!done)].to_owned()
    };
    match action {
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
            format!("{} {place}", verb(["let go", "let go"], ["soltó", "suelta"]))
        }
        Action::Work { time } => {
            format!("{} {time}", verb(["worked", "work"], ["trabajó", "trabaja"]))
        }
        Action::Sleep { time } => {
            format!("{} {time}", verb(["slept", "sleep"], ["durmió", "duerme"]))
        }
        Action::Atomic { parts } if parts.is_empty() => {
            verb(["one step", "one step"], ["un paso", "un paso"])
        }
        Action::Atomic { parts } => {
            parts.iter().map(|part| short(part, lang, tense)).collect::<Vec<_>>().join(", ")
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
}
