//! What people call the parameters of a scenario and the values they take.

use sim_core::say::Lang;

use super::Bench;
use crate::{
    i18n,
    protocol::{ControlKind, Settings},
};

/// What a parameter is called: in the lesson's words, else in those of the text.
#[must_use]
pub fn parameter(bench: &Bench, name: &str, lang: Lang) -> String {
    let label = bench.controls.iter().find(|control| control.name == name);
    let label = label.and_then(|control| control.label.as_deref());
    // The lesson translates its own label; one that the student wrote stays as it is.
    let english = bench.course.words(Lang::En).and_then(|words| words.parameter(name));
    let words = bench.course.words(lang).filter(|_| label.is_none() || label == english);
    let said = words.and_then(|words| words.parameter(name)).or(label);
    said.unwrap_or(name).to_owned()
}

/// What a value of a parameter is called.
#[must_use]
pub fn value(bench: &Bench, name: &str, value: &str, lang: Lang) -> String {
    let words = bench.course.words(lang).and_then(|words| words.choice(name, value));
    if let Some(words) = words {
        return words.to_owned();
    }
    let is_switch = |kind: &ControlKind| matches!(kind, ControlKind::Bool);
    let switch = bench.controls.iter().any(|one| one.name == name && is_switch(&one.kind));
    let texts = i18n::texts(lang);
    match value {
        "true" if switch => texts.yes.to_owned(),
        "false" if switch => texts.no.to_owned(),
        value => value.to_owned(),
    }
}

/// Settings in words: `workers: 2 · a worker may crash: yes`.
#[must_use]
pub fn settings(bench: &Bench, settings: &[&(String, String)], lang: Lang) -> String {
    let one = |(name, word): &&(String, String)| {
        format!("{}: {}", parameter(bench, name, lang), value(bench, name, word, lang))
    };
    settings.iter().map(one).collect::<Vec<_>>().join(" · ")
}

/// What a named schedule needs for its name to be true, if it lacks that: `workers: 1 / 2`.
#[must_use]
pub fn needed(bench: &Bench, schedule: &str, lang: Lang) -> Option<String> {
    let lesson = bench.course.lesson.filter(|_| !bench.is_edited())?;
    let varied = lesson.needs(schedule, &bench.settings)?;
    let values = varied.values.iter().map(|word| value(bench, varied.param, word, lang));
    let values: Vec<String> = values.collect();
    Some(format!("{}: {}", parameter(bench, varied.param, lang), values.join(" / ")))
}

/// All of some settings in words.
#[must_use]
pub fn all(bench: &Bench, told: &Settings, lang: Lang) -> String {
    settings(bench, &told.iter().collect::<Vec<_>>(), lang)
}
