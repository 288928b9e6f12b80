//! The rhythm of a lesson, in words.

use sim_core::say::Lang;

/// The words of a language.
pub struct RhythmTexts {
    /// The steps of a lesson, as a whole.
    pub thread: &'static str,
    /// Each step, in its order.
    pub steps: [&'static str; 6],
    /// A step is done.
    pub done: &'static str,
    /// The answer is kept.
    pub kept: &'static str,
    /// A stop along a schedule: which one, of how many.
    pub stop: fn(usize, usize) -> String,
    /// At which step the next stop is.
    pub next_stop: fn(u32) -> String,
    /// There is none after this.
    pub no_more: &'static str,
    /// Plays on to the next stop.
    pub go_on: &'static str,
    /// Plays the schedule again.
    pub again: &'static str,
    /// To where a phone has the steps that can be chosen.
    pub to_steps: &'static str,
    /// What a click on a schedule sets before.
    pub sets: fn(&str) -> String,
    /// A schedule that cannot be played: what it needs.
    pub lacks: fn(&str) -> String,
    /// What the lesson leaves out stands on a page.
    pub modelled: &'static str,
    /// The debrief comes later.
    pub later: &'static str,
    /// It comes now.
    pub debrief_now: &'static str,
    /// What is covered until the question is answered is shown.
    pub anyway: &'static str,
    /// To the question.
    pub to_question: &'static str,
    /// Where this bites in production.
    pub bites: &'static str,
    /// What to read.
    pub reading: &'static str,
    /// The lesson after this.
    pub next: &'static str,
    /// There is none: the course is done, and in so many lessons something is left.
    pub last: fn(usize) -> String,
    /// To the lessons.
    pub course: &'static str,
}

/// The words of a language.
#[must_use]
pub fn rhythm(lang: Lang) -> &'static RhythmTexts {
    match lang {
        Lang::En => &EN,
        Lang::Es => &ES,
    }
}

static EN: RhythmTexts = RhythmTexts {
    thread: "Steps of this lesson",
    steps: ["Predict", "Break it", "See why", "Fix it", "Prove it", "Debrief"],
    done: "done",
    kept: "Kept on this device. You can change it.",
    stop: |number, of| format!("Stop {number} of {of}"),
    next_stop: |step| format!("Next stop: step {step}"),
    no_more: "No more stops",
    go_on: "Go on",
    again: "Once more",
    to_steps: "Choose the steps",
    sets: |settings| format!("sets {settings}"),
    lacks: |name| format!("there is no {name} here"),
    modelled: "What Lockstep models",
    later: "It tells what happened and why. It opens when the challenges are done.",
    debrief_now: "Open the debrief now",
    anyway: "Show it anyway",
    to_question: "To the question",
    bites: "Where this bites in production",
    reading: "What to read",
    next: "Next lesson",
    last: |left| match left {
        0 => "This was the last lesson, and every challenge of the course is done.".to_owned(),
        1 => "This was the last lesson. One lesson still has something to do.".to_owned(),
        left => format!("This was the last lesson. {left} lessons still have something to do."),
    },
    course: "To the course",
};

static ES: RhythmTexts = RhythmTexts {
    thread: "Pasos de esta lección",
    steps: ["Predice", "Rómpelo", "Por qué", "Arréglalo", "Demuéstralo", "Repasa"],
    done: "hecho",
    kept: "Se guarda en este dispositivo. Puedes cambiarla.",
    stop: |number, of| format!("Parada {number} de {of}"),
    next_stop: |step| format!("Próxima parada: paso {step}"),
    no_more: "No hay más paradas",
    go_on: "Sigue",
    again: "Otra vez",
    to_steps: "Elegir los pasos",
    sets: |settings| format!("pone {settings}"),
    lacks: |name| format!("aquí no hay {name}"),
    modelled: "Qué modela Lockstep",
    later: "Cuenta qué pasó y por qué. Se abre cuando los retos están hechos.",
    debrief_now: "Abrir el repaso ya",
    anyway: "Mostrarlo de todos modos",
    to_question: "A la pregunta",
    bites: "Dónde duele en producción",
    reading: "Qué leer",
    next: "Siguiente lección",
    last: |left| match left {
        0 => "Esta era la última lección, y todos los retos del curso están hechos.".to_owned(),
        1 => "Esta era la última lección. En una lección todavía queda algo por hacer.".to_owned(),
        left => {
            format!("Esta era la última lección. En {left} lecciones todavía queda algo por hacer.")
        }
    },
    course: "Al curso",
};
