//! The words of the saga view.

use sim_core::{say::Lang, session::SagaState};

use crate::draw::ladder::{Back, Came, Sign};

/// The words of a language.
pub struct SagaTexts {
    /// The view, and what it shows.
    pub title: &'static str,
    /// How it is with a saga.
    pub state: fn(SagaState) -> &'static str,
    /// The error by which it is undone.
    pub because: &'static str,
    /// Heading of what each step does.
    pub forth: &'static str,
    /// Heading of what undoes it.
    pub back: &'static str,
    /// How it is with a step.
    pub sign: fn(Sign) -> &'static str,
    /// How it is with its undoing.
    pub undo: fn(Back) -> &'static str,
    /// It was tried so often.
    pub tries: fn(u32) -> String,
    /// What came of a call.
    pub came: fn(Came) -> &'static str,
    /// Where it stands in the text.
    pub line: fn(u32) -> String,
    /// Heading of what was written down.
    pub notes: &'static str,
    /// The same, with its name there.
    pub notes_of: fn(&str) -> String,
    /// Nothing ever is.
    pub not_durable: &'static str,
    /// Nothing is so far.
    pub no_notes: &'static str,
    /// A step is done, or undone.
    pub noted: fn(&str, bool) -> String,
    /// From there on it is undone.
    pub turned: &'static str,
    /// There it went on after a restart.
    pub resumed: &'static str,
}

/// The words of a language.
#[must_use]
pub fn sagas(lang: Lang) -> &'static SagaTexts {
    match lang {
        Lang::En => &EN,
        Lang::Es => &ES,
    }
}

static EN: SagaTexts = SagaTexts {
    title: "Saga",
    state: |state| match state {
        SagaState::Waiting => "not begun",
        SagaState::Running => "under way",
        SagaState::Undoing => "being undone",
        SagaState::Completed => "completed",
        SagaState::Compensated => "undone",
        SagaState::Stopped => "interrupted",
    },
    because: "because of",
    forth: "What it does",
    back: "What undoes it",
    sign: |sign| match sign {
        Sign::Open => "waiting",
        Sign::Never => "not begun",
        Sign::Busy => "under way",
        Sign::Done => "done",
        Sign::Failed => "failed",
        Sign::Unknown => "unknown",
        Sign::Undone => "undone",
    },
    undo: |back| match back {
        Back::Never => "nothing undoes it",
        Back::Ready => "ready",
        Back::Due => "still to be undone",
        Back::Idle => "nothing to undo",
        Back::NotNeeded => "not needed",
        Back::Busy => "undoing",
        Back::Done => "undone",
    },
    tries: |tries| format!("try {tries}"),
    came: |came| match came {
        Came::Sent => "sent",
        Came::Answer => "answered",
        Came::Refusal => "refused",
        Came::Waits => "no answer yet",
        Came::Lost => "no answer heard",
    },
    line: |line| format!("line {line}"),
    notes: "Written down",
    notes_of: |name| format!("Written down under {name}"),
    not_durable: "Nothing is written down: if its process dies, nobody goes on.",
    no_notes: "Nothing yet.",
    noted: |step, undone| format!("{step}: {}", if undone { "undone" } else { "done" }),
    turned: "from here on it is undone",
    resumed: "after a restart it goes on here",
};

static ES: SagaTexts = SagaTexts {
    title: "Saga",
    state: |state| match state {
        SagaState::Waiting => "sin empezar",
        SagaState::Running => "en curso",
        SagaState::Undoing => "se está deshaciendo",
        SagaState::Completed => "completada",
        SagaState::Compensated => "deshecha",
        SagaState::Stopped => "interrumpida",
    },
    because: "por",
    forth: "Lo que hace",
    back: "Lo que lo deshace",
    sign: |sign| match sign {
        Sign::Open => "en espera",
        Sign::Never => "no empezó",
        Sign::Busy => "en curso",
        Sign::Done => "hecho",
        Sign::Failed => "falló",
        Sign::Unknown => "no se sabe",
        Sign::Undone => "deshecho",
    },
    undo: |back| match back {
        Back::Never => "nada lo deshace",
        Back::Ready => "por si hace falta",
        Back::Due => "falta deshacerlo",
        Back::Idle => "nada que deshacer",
        Back::NotNeeded => "no hizo falta",
        Back::Busy => "deshaciendo",
        Back::Done => "deshecho",
    },
    tries: |tries| format!("intento {tries}"),
    came: |came| match came {
        Came::Sent => "enviado",
        Came::Answer => "respondió",
        Came::Refusal => "se negó",
        Came::Waits => "aún sin respuesta",
        Came::Lost => "no se oyó respuesta",
    },
    line: |line| format!("línea {line}"),
    notes: "Anotado",
    notes_of: |name| format!("Anotado con el nombre {name}"),
    not_durable: "No se anota nada: si su proceso muere, nadie la continúa.",
    no_notes: "Todavía nada.",
    noted: |step, undone| format!("{step}: {}", if undone { "deshecho" } else { "hecho" }),
    turned: "desde aquí se deshace",
    resumed: "tras reiniciar, sigue desde aquí",
};
