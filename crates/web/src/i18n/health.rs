//! How well a run went, and what comes next, in words.

use sim_core::{say::Lang, session::Health};

/// The words of a language.
pub struct HealthTexts {
    /// What the strip shows.
    pub title: &'static str,
    /// All is well.
    pub fine: &'static str,
    /// A state, in a few words.
    pub state: fn(Health) -> &'static str,
    /// From here to there it is so.
    pub stretch: fn(&str, &str, &str) -> String,
    /// At this place it is so.
    pub point: fn(&str, &str) -> String,
    /// So many more are not told.
    pub more: fn(usize) -> String,
    /// From when on a wait is long.
    pub long: fn(&str) -> String,
    /// A step by its number.
    pub step: fn(u64) -> String,
    /// So many steps.
    pub steps: fn(u64) -> String,
    /// What the clock would do next.
    pub next_up: &'static str,
    /// In so long.
    pub after: fn(&str) -> String,
    /// At once.
    pub now: &'static str,
}

/// The words of a language.
#[must_use]
pub fn health(lang: Lang) -> &'static HealthTexts {
    match lang {
        Lang::En => &EN,
        Lang::Es => &ES,
    }
}

static EN: HealthTexts = HealthTexts {
    title: "How the run went",
    fine: "fine all along",
    state: |state| match state {
        Health::Strained => "somebody waits long, or was refused",
        Health::Errors => "errors",
        Health::Broken => "a promise is broken",
    },
    stretch: |from, to, state| format!("{from} to {to}: {state}"),
    point: |at, state| format!("{at}: {state}"),
    more: |count| format!("and {count} more"),
    long: |from| format!("a wait is long from {from} on"),
    step: |step| format!("step {step}"),
    steps: |count| format!("{count} steps"),
    next_up: "Next up, by the clock",
    after: |time| format!("in {time}"),
    now: "now",
};

static ES: HealthTexts = HealthTexts {
    title: "Cómo fue la ejecución",
    fine: "todo bien",
    state: |state| match state {
        Health::Strained => "alguien espera mucho, o fue rechazado",
        Health::Errors => "errores",
        Health::Broken => "se rompe una promesa",
    },
    stretch: |from, to, state| format!("de {from} a {to}: {state}"),
    point: |at, state| format!("{at}: {state}"),
    more: |count| format!("y {count} más"),
    long: |from| format!("una espera es larga desde {from}"),
    step: |step| format!("paso {step}"),
    steps: |count| format!("{count} pasos"),
    next_up: "Lo que sigue, según el reloj",
    after: |time| format!("en {time}"),
    now: "ya",
};
