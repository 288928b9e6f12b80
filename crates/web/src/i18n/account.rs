//! The moment and the run in words: what stands around the engine's sentences.

use sim_core::say::Lang;

/// The words of a language.
pub struct AccountTexts {
    /// The view.
    pub title: &'static str,
    /// The same where many stand side by side.
    pub tab: &'static str,
    /// The moment shown: step, of how many, and the time if any passed.
    pub moment: fn(u32, u32, Option<&str>) -> String,
    /// The step that led here: its sentence.
    pub last: fn(&str) -> String,
    /// Nothing has happened yet.
    pub start: &'static str,
    /// Who stands where.
    pub who: &'static str,
    /// At a line of the text.
    pub at_line: fn(u32) -> String,
    /// It could move.
    pub ready: &'static str,
    /// What it holds.
    pub holds: fn(&str) -> String,
    /// What it remembers.
    pub remembers: fn(&str) -> String,
    /// A value that is no longer true: the place, and what it is now.
    pub stale: fn(&str, &str) -> String,
    /// So many processes are not told of.
    pub others: fn(u32) -> String,
    /// Shared things.
    pub values: &'static str,
    /// It was another before the last step.
    pub was: fn(&str) -> String,
    /// The promises.
    pub promises: &'static str,
    /// A promise holds.
    pub holds_now: &'static str,
    /// It is judged at the end: whether it would hold now.
    pub judged_later: fn(bool) -> &'static str,
    /// It was broken at a step.
    pub broken: fn(u32) -> String,
    /// What may happen.
    pub next: &'static str,
    /// What may not.
    pub blocked: &'static str,
    /// Nothing more may happen.
    pub nothing: &'static str,
    /// The whole run.
    pub run: fn(u32) -> String,
    /// The steps behind the cursor are still to come.
    pub later: &'static str,
    /// Shows the steps before.
    pub earlier_steps: fn(u32) -> String,
    /// Shows the steps after.
    pub later_steps: fn(u32) -> String,
    /// Only these steps are among what is told.
    pub part: fn(u32, u32) -> String,
    /// A step broke a promise.
    pub broke: &'static str,
    /// Copies it.
    pub copy: &'static str,
    /// Single-key shortcuts.
    pub single: &'static str,
    /// Why somebody would turn them off.
    pub single_more: &'static str,
}

/// The words of a language.
#[must_use]
pub fn account(lang: Lang) -> &'static AccountTexts {
    match lang {
        Lang::En => &EN,
        Lang::Es => &ES,
    }
}

static EN: AccountTexts = AccountTexts {
    title: "In words",
    tab: "Words",
    moment: |step, of, time| match time {
        Some(time) => format!("After step {step} of {of}, at {time}"),
        None => format!("After step {step} of {of}"),
    },
    last: |step| format!("Last: {step}."),
    start: "Nothing has happened yet.",
    who: "Who stands where",
    at_line: |line| format!("line {line}"),
    ready: "can go on",
    holds: |places| format!("holds {places}"),
    remembers: |values| format!("remembers {values}"),
    stale: |place, now| format!("no longer true: {place} is {now}"),
    others: |count| format!("And {count} more."),
    values: "What they share",
    was: |before| format!("was {before}"),
    promises: "Promises",
    holds_now: "holds",
    judged_later: |holds| match holds {
        true => "judged at the end; now it would hold",
        false => "judged at the end; now it would not hold",
    },
    broken: |step| format!("broken at step {step}"),
    next: "What may happen next",
    blocked: "What may not, and why",
    nothing: "Nothing more can happen.",
    run: |steps| format!("The run: {steps} steps"),
    later: "kept from before, still to come",
    earlier_steps: |step| format!("Earlier steps, up to step {step}"),
    later_steps: |step| format!("Later steps, from step {step}"),
    part: |from, to| format!("Steps {from} to {to}:"),
    broke: "a promise breaks",
    copy: "Copy",
    single: "Single-key shortcuts",
    single_more: "Letters, digits and Space. Turn them off if you speak to the page, or press keys by accident.",
};

static ES: AccountTexts = AccountTexts {
    title: "En palabras",
    tab: "Palabras",
    moment: |step, of, time| match time {
        Some(time) => format!("Tras el paso {step} de {of}, a los {time}"),
        None => format!("Tras el paso {step} de {of}"),
    },
    last: |step| format!("Lo último: {step}."),
    start: "Todavía no ha pasado nada.",
    who: "Dónde está cada quien",
    at_line: |line| format!("línea {line}"),
    ready: "puede seguir",
    holds: |places| format!("tiene {places}"),
    remembers: |values| format!("recuerda {values}"),
    stale: |place, now| format!("ya no es cierto: {place} es {now}"),
    others: |count| format!("Y {count} más."),
    values: "Lo que comparten",
    was: |before| format!("era {before}"),
    promises: "Promesas",
    holds_now: "se cumple",
    judged_later: |holds| match holds {
        true => "se juzga al final; ahora se cumpliría",
        false => "se juzga al final; ahora no se cumpliría",
    },
    broken: |step| format!("rota en el paso {step}"),
    next: "Qué puede pasar ahora",
    blocked: "Qué no puede, y por qué",
    nothing: "Ya no puede pasar nada más.",
    run: |steps| format!("El recorrido: {steps} pasos"),
    later: "guardado de antes, aún por venir",
    earlier_steps: |step| format!("Pasos anteriores, hasta el paso {step}"),
    later_steps: |step| format!("Pasos siguientes, desde el paso {step}"),
    part: |from, to| format!("Pasos {from} a {to}:"),
    broke: "se rompe una promesa",
    copy: "Copiar",
    single: "Atajos de una sola tecla",
    single_more: "Letras, cifras y espacio. Desactívalas si le hablas a la página o las pulsas sin querer.",
};
