//! Sagas in words.

use super::{Lang, Piece, Tense, error};
use crate::program::SagaMark;
use crate::trace::{Action, SagaNoted, SagaTold};

/// A note that is looked for or written down, without its subject; nothing for other actions.
pub(super) fn action(action: &Action, tense: Tense, lang: Lang) -> Vec<Piece> {
    let Action::Saga { place, reads, note } = action else { return Vec::new() };
    let say = |next: [&str; 2], done: [&str; 2]| {
        let words = if tense == Tense::Next { next } else { done };
        Piece::Word(words[usize::from(lang == Lang::Es)].to_owned())
    };
    let verb = match reads {
        true => say(
            ["looks for a note in ", "busca una nota en "],
            ["looked for a note in ", "buscó una nota en "],
        ),
        false => say(["notes in ", "anota en "], ["noted in ", "anotó en "]),
    };
    let words = format!(": {}", noted(note.as_ref(), lang));
    vec![verb, Piece::Code(place.clone()), Piece::Word(words)]
}

/// What a note says: `“charge” is done`.
#[must_use]
pub fn noted(note: Option<&SagaNoted>, lang: Lang) -> String {
    let (en, es) = match note {
        None => ("there is none".to_owned(), "no hay ninguna".to_owned()),
        Some(SagaNoted { undoing: false, step, .. }) => {
            let step = step.as_deref().unwrap_or_default();
            (format!("“{step}” is done"), format!("“{step}” está hecho"))
        }
        Some(SagaNoted { step, error: by, .. }) => {
            let by = by.as_deref().map_or(String::new(), |by| format!(" ({})", error(by, lang)));
            match step {
                Some(step) => (
                    format!("“{step}” is to be undone next{by}"),
                    format!("“{step}” es lo próximo que hay que deshacer{by}"),
                ),
                None => (
                    format!("nothing is left to undo{by}"),
                    format!("no queda nada por deshacer{by}"),
                ),
            }
        }
    };
    if lang == Lang::En { en } else { es }
}

/// What happened to a saga, as a sentence without its end: `step “charge” failed: declined`.
#[must_use]
pub fn saga(told: &SagaTold, lang: Lang) -> String {
    let step = told.step.as_deref().unwrap_or_default();
    let by = told.error.as_deref().map(|by| error(by, lang)).unwrap_or_default();
    let known = !matches!(told.error.as_deref(), Some("timeout" | "unavailable" | "internal"));
    let (en, es) = match told.mark {
        SagaMark::StepFailed if known => {
            (format!("step “{step}” failed: {by}"), format!("el paso “{step}” falló: {by}"))
        }
        SagaMark::StepFailed => (
            format!("nobody knows whether step “{step}” was done: {by}"),
            format!("nadie sabe si el paso “{step}” se hizo: {by}"),
        ),
        SagaMark::UndoBegan => {
            (format!("the undoing of “{step}” begins"), format!("empieza a deshacerse “{step}”"))
        }
        SagaMark::UndoFailed => (
            format!("undoing “{step}” failed ({by}) and will be tried again"),
            format!("deshacer “{step}” falló ({by}) y se volverá a intentar"),
        ),
        SagaMark::Completed => ("the saga is done".to_owned(), "la saga está hecha".to_owned()),
        SagaMark::Compensated => {
            (format!("the saga is undone: {by}"), format!("la saga está deshecha: {by}"))
        }
        SagaMark::Resumed if told.error.is_some() => (
            "the saga goes on behind its last note: it was being undone".to_owned(),
            "la saga sigue tras su última nota: se estaba deshaciendo".to_owned(),
        ),
        SagaMark::Resumed => (
            format!("the saga goes on behind its last note: “{step}” is done"),
            format!("la saga sigue tras su última nota: “{step}” está hecho"),
        ),
        _ => return String::new(),
    };
    if lang == Lang::En { en } else { es }
}
