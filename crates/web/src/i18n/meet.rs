//! The words of challenges that ask for goals to be met by the clock.

use sim_core::say::Lang;

/// The words of a language.
pub struct MeetTexts {
    /// To begin.
    pub measure: &'static str,
    /// This run of so many is under way.
    pub running: fn(u32, u32) -> String,
    /// Every run of so many met the goals.
    pub met: fn(u32) -> String,
    /// A goal is missed.
    pub missed: fn(&str) -> String,
    /// Something else is asked for.
    pub not_yet: &'static str,
    /// A run took too many steps.
    pub undecided: &'static str,
    /// A goal that counts is gone.
    pub gone: fn(&str) -> String,
    /// In how many runs of how many a case meets the goals.
    pub runs: fn(u32, u32) -> String,
    /// What was measured with a seed.
    pub with_seed: fn(u64, &str) -> String,
    /// To see a run that misses a goal.
    pub show_run: &'static str,
}

/// The words of a language.
#[must_use]
pub fn meet(lang: Lang) -> &'static MeetTexts {
    match lang {
        Lang::En => &EN,
        Lang::Es => &ES,
    }
}

static EN: MeetTexts = MeetTexts {
    measure: "Measure it",
    running: |run, of| format!("Run {run} of {of}…"),
    met: |all| match all {
        1 => "Done: the run by the clock meets every goal.".to_owned(),
        all => format!("Done: every goal is met in {all} of {all} runs."),
    },
    missed: |goal| format!("Not yet: a run misses the goal “{goal}”."),
    not_yet: "Not yet.",
    undecided: "Not decided: a run takes too many steps.",
    gone: |goal| format!("The text no longer has the goal `{goal}`, so it cannot be judged."),
    runs: |met, all| format!("met in {met} of {all} {}", if all == 1 { "run" } else { "runs" }),
    with_seed: |seed, figures| format!("with seed {seed}: {figures}"),
    show_run: "Show the run",
};

static ES: MeetTexts = MeetTexts {
    measure: "Medirlo",
    running: |run, of| format!("Ejecución {run} de {of}…"),
    met: |all| match all {
        1 => "Hecho: la ejecución con el reloj alcanza todos los objetivos.".to_owned(),
        all => format!("Hecho: se alcanzan todos los objetivos en {all} de {all} ejecuciones."),
    },
    missed: |goal| format!("Todavía no: una ejecución no alcanza el objetivo «{goal}»."),
    not_yet: "Todavía no.",
    undecided: "Sin decidir: una ejecución da demasiados pasos.",
    gone: |goal| format!("El texto ya no tiene el objetivo `{goal}` y no se puede evaluar."),
    runs: |met, all| {
        format!(
            "se alcanza en {met} de {all} {}",
            if all == 1 { "ejecución" } else { "ejecuciones" }
        )
    },
    with_seed: |seed, figures| format!("con la semilla {seed}: {figures}"),
    show_run: "Ver la ejecución",
};
