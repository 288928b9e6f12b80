//! The words of the speaker's window.

use sim_core::say::Lang;

/// The words of a language.
pub struct SpeakerTexts {
    /// The window.
    pub title: &'static str,
    /// Opens it.
    pub open: &'static str,
    /// The browser did not open it.
    pub refused: &'static str,
    /// The link to it.
    pub link: &'static str,
    /// Nothing is heard of the lecture's window.
    pub waiting: &'static str,
    /// How to bring it back.
    pub waiting_more: &'static str,
    /// No scenario is open there.
    pub no_scenario: &'static str,
    /// Heading of what the room sees.
    pub now: &'static str,
    /// Nothing has happened yet.
    pub at_start: &'static str,
    /// Heading of what comes next.
    pub next: &'static str,
    /// In so many steps.
    pub in_steps: fn(u32) -> String,
    /// There is no further stop.
    pub no_next: &'static str,
    /// Heading of what may happen.
    pub choices: &'static str,
    /// Heading of what drives the lecture.
    pub controls: &'static str,
    /// One step back.
    pub back: &'static str,
    /// One step on.
    pub forward: &'static str,
    /// To the start.
    pub start: &'static str,
    /// The clock picks.
    pub play: &'static str,
    /// It stops.
    pub pause: &'static str,
    /// Blank screen.
    pub blank: &'static str,
    /// The question.
    pub question: &'static str,
    /// The stage.
    pub stage: &'static str,
    /// Turns to another view.
    pub turn: fn(&str) -> String,
    /// Heading of the notes.
    pub notes: &'static str,
    /// Heading of the story.
    pub story: &'static str,
    /// Heading of all stops.
    pub all_stops: &'static str,
    /// Heading of the hints.
    pub hints: &'static str,
    /// A stop after so many steps.
    pub at_step: fn(u32) -> String,
    /// Heading of the clock.
    pub clock: &'static str,
    /// Starts the clock.
    pub clock_start: &'static str,
    /// Stops it.
    pub clock_stop: &'static str,
    /// To zero.
    pub clock_reset: &'static str,
    /// So many minutes are left of the lesson's, or it is that far over.
    pub left: fn(u64, bool) -> String,
}

/// The words of a language.
#[must_use]
pub fn speaker(lang: Lang) -> &'static SpeakerTexts {
    match lang {
        Lang::En => &EN,
        Lang::Es => &ES,
    }
}

static EN: SpeakerTexts = SpeakerTexts {
    title: "Speaker’s window",
    open: "Speaker’s window",
    refused: "The browser did not open the speaker’s window. Allow windows for this page, or open it yourself:",
    link: "Speaker’s window",
    waiting: "Waiting for the lecture’s window",
    waiting_more: "Nothing is heard of it. Once it is open again, this window goes on by itself.",
    no_scenario: "No scenario is open in the lecture’s window.",
    now: "The room sees",
    at_start: "The start: nothing has happened yet.",
    next: "Next stop",
    in_steps: |steps| if steps == 1 { "in 1 step".to_owned() } else { format!("in {steps} steps") },
    no_next: "No further stop. The next key shows the answer, then the outcome.",
    choices: "Who may move",
    controls: "Drive the lecture",
    back: "Step back",
    forward: "Step on",
    start: "To the start",
    play: "Play",
    pause: "Pause",
    blank: "Blank screen",
    question: "Question",
    stage: "Stage",
    turn: |now| if now.is_empty() { "Another view".to_owned() } else { format!("View: {now}") },
    notes: "Notes",
    story: "The story",
    all_stops: "All stops",
    hints: "Hints, if the room is silent",
    at_step: |step| format!("step {step}"),
    clock: "Time",
    clock_start: "Start",
    clock_stop: "Pause",
    clock_reset: "Reset",
    left: |minutes, over| match (minutes, over) {
        (0, false) => "less than a minute left".to_owned(),
        (1, false) => "1 minute left".to_owned(),
        (minutes, false) => format!("{minutes} minutes left"),
        (minutes, true) => format!("{minutes} min over"),
    },
};

static ES: SpeakerTexts = SpeakerTexts {
    title: "Ventana de quien da la clase",
    open: "Ventana de quien da la clase",
    refused: "El navegador no abrió la ventana de quien da la clase. Permite ventanas en esta página, o ábrela tú:",
    link: "Ventana de quien da la clase",
    waiting: "Esperando la ventana de la clase",
    waiting_more: "No se sabe nada de ella. Cuando vuelva a abrirse, esta ventana sigue sola.",
    no_scenario: "La ventana de la clase no tiene ningún escenario abierto.",
    now: "La sala ve",
    at_start: "El comienzo: todavía no pasó nada.",
    next: "Parada siguiente",
    in_steps: |steps| if steps == 1 { "en 1 paso".to_owned() } else { format!("en {steps} pasos") },
    no_next: "No hay más paradas. La tecla siguiente muestra la respuesta y después el resultado.",
    choices: "Quién puede moverse",
    controls: "Llevar la clase",
    back: "Un paso atrás",
    forward: "Un paso adelante",
    start: "Al comienzo",
    play: "Reproducir",
    pause: "Pausar",
    blank: "Pantalla en negro",
    question: "Pregunta",
    stage: "Escenario",
    turn: |now| if now.is_empty() { "Otra vista".to_owned() } else { format!("Vista: {now}") },
    notes: "Notas",
    story: "La historia",
    all_stops: "Todas las paradas",
    hints: "Pistas, si la sala calla",
    at_step: |step| format!("paso {step}"),
    clock: "Tiempo",
    clock_start: "Iniciar",
    clock_stop: "Pausar",
    clock_reset: "Poner a cero",
    left: |minutes, over| match (minutes, over) {
        (0, false) => "queda menos de un minuto".to_owned(),
        (1, false) => "queda 1 minuto".to_owned(),
        (minutes, false) => format!("quedan {minutes} minutos"),
        (minutes, true) => format!("{minutes} min de más"),
    },
};
