//! One request's life, in words.

use sim_core::{
    say::{self, Lang},
    session::{PartKind, SpanFate},
};

/// The words of a language.
pub struct RequestTexts {
    /// What is shown.
    pub title: &'static str,
    /// Shows the life of what a step is part of.
    pub show: &'static str,
    /// Why somebody would.
    pub help: &'static str,
    /// No longer.
    pub close: &'static str,
    /// On what time was spent.
    pub part: fn(PartKind) -> &'static str,
    /// So many calls came of one.
    pub calls: fn(u32) -> String,
    /// It began before what is known.
    pub cut: &'static str,
    /// So many parts are not told.
    pub more: fn(u32) -> String,
    /// It goes on.
    pub open: &'static str,
    done: &'static str,
    given_up: &'static str,
    lost: &'static str,
    /// A request that took as long as this share of all: "show one at".
    pub slow: &'static str,
}

/// The words of a language.
#[must_use]
pub fn request(lang: Lang) -> &'static RequestTexts {
    match lang {
        Lang::En => &EN,
        Lang::Es => &ES,
    }
}

/// What became of a part of a life.
#[must_use]
pub fn fate(fate: &SpanFate, lang: Lang) -> String {
    let texts = request(lang);
    match fate {
        SpanFate::Open => texts.open.to_owned(),
        SpanFate::Done => texts.done.to_owned(),
        SpanFate::Failed(error) => say::error(error, lang),
        SpanFate::GivenUp => texts.given_up.to_owned(),
        SpanFate::Lost => texts.lost.to_owned(),
    }
}

static EN: RequestTexts = RequestTexts {
    title: "One request",
    show: "Request",
    help: "Show this request from its beginning to its end",
    close: "Close",
    part: |part| match part {
        PartKind::Way => "under way",
        PartKind::Waits => "waits",
        PartKind::Works => "work",
        PartKind::Back => "answer under way",
        PartKind::Sleeps => "sleeps",
    },
    calls: |count| if count == 1 { "1 call".to_owned() } else { format!("{count} calls") },
    cut: "Its beginning is not among the steps kept here.",
    more: |count| format!("and {count} more parts"),
    open: "goes on",
    done: "done",
    given_up: "nobody waits for it any more",
    lost: "lost",
    slow: "Show a request at",
};

static ES: RequestTexts = RequestTexts {
    title: "Una petición",
    show: "Petición",
    help: "Muestra esta petición de principio a fin",
    close: "Cerrar",
    part: |part| match part {
        PartKind::Way => "en camino",
        PartKind::Waits => "espera",
        PartKind::Works => "trabajo",
        PartKind::Back => "respuesta en camino",
        PartKind::Sleeps => "duerme",
    },
    calls: |count| if count == 1 { "1 llamada".to_owned() } else { format!("{count} llamadas") },
    cut: "Su comienzo no está entre los pasos que se guardan aquí.",
    more: |count| format!("y {count} partes más"),
    open: "sigue",
    done: "terminada",
    given_up: "ya nadie la espera",
    lost: "perdida",
    slow: "Muestra una petición en",
};
