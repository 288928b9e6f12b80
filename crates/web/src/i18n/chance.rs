//! The words around how likely a failure is, in every language.

use sim_core::{
    chance::{CONTINUATION_STEPS, MILLION, Tally},
    say::Lang,
    session::{Rise, rise},
};

use super::number;
use crate::protocol::Likely;

/// The texts of the panel and the curve in one language.
#[derive(Debug)]
#[allow(missing_docs, reason = "each field is named after what it says; the English says the rest")]
pub struct ChanceTexts {
    pub title: &'static str,
    pub ask: &'static str,
    pub what: &'static str,
    pub trying: fn(u32, u32) -> String,
    pub trying_line: &'static str,
    pub stop: &'static str,
    pub stopped: &'static str,
    pub already: &'static str,
    pub breaks: fn(u32, &str) -> String,
    pub deadlocks: fn(u32, &str) -> String,
    pub stuck: fn(u32, &str) -> String,
    pub no_rise: &'static str,
    pub cut: &'static str,
    pub curve: &'static str,
    pub table: &'static str,
    pub after_step: &'static str,
    pub broken: &'static str,
    pub interval: &'static str,
    pub go_to: fn(u32) -> String,
}

/// The texts of a language.
#[must_use]
pub fn chance(lang: Lang) -> &'static ChanceTexts {
    match lang {
        Lang::En => &EN,
        Lang::Es => &ES,
    }
}

static EN: ChanceTexts = ChanceTexts {
    title: "How likely is a failure?",
    ask: "How likely from here?",
    what: "Runs by the clock with other seeds, from this moment on. These are not all schedules.",
    trying: |done, all| format!("Trying: {done} of {all}"),
    trying_line: "Trying the moments of this run",
    stop: "Stop",
    stopped: "Stopped. What was counted until then stays.",
    already: "A promise is broken already, so whatever follows counts as broken.",
    breaks: |number, count| format!("{count} {}", if number == 1 { "breaks " } else { "break " }),
    deadlocks: |number, count| {
        format!("{count} {} in a deadlock", if number == 1 { "ends" } else { "end" })
    },
    stuck: |number, count| format!("{count} {} stuck", if number == 1 { "ends" } else { "end" }),
    no_rise: "No single step makes a failure much more likely.",
    cut: "The run is long, so not every moment was tried as often.",
    curve: "How likely a failure is, by step",
    table: "Step by step",
    after_step: "after step",
    broken: "end broken",
    interval: "19 times in 20 within",
    go_to: |step| format!("Go to step {step}"),
};

static ES: ChanceTexts = ChanceTexts {
    title: "¿Qué tan probable es un fallo?",
    ask: "¿Qué probabilidad hay desde aquí?",
    what: "Ejecuciones por el reloj con otras semillas, desde este momento. No son todas las planificaciones.",
    trying: |done, all| format!("Probando: {done} de {all}"),
    trying_line: "Probando los momentos de esta ejecución",
    stop: "Detener",
    stopped: "Detenido. Lo contado hasta entonces se queda.",
    already: "Algo prometido ya está roto, así que todo lo que siga cuenta como roto.",
    breaks: |number, count| format!("{count} {}", if number == 1 { "rompe " } else { "rompen " }),
    deadlocks: |number, count| {
        format!("{count} {} en un interbloqueo", if number == 1 { "acaba" } else { "acaban" })
    },
    stuck: |number, count| {
        format!("{count} {} en un atasco", if number == 1 { "acaba" } else { "acaban" })
    },
    no_rise: "Ningún paso por sí solo hace el fallo mucho más probable.",
    cut: "La ejecución es larga: no todos los momentos se probaron igual de veces.",
    curve: "Qué tan probable es un fallo, paso a paso",
    table: "Paso a paso",
    after_step: "tras el paso",
    broken: "acaban mal",
    interval: "19 de cada 20 veces entre",
    go_to: |step| format!("Ir al paso {step}"),
};

/// A share in millionths as people read it: `31 %`. What is not quite none or all does not look so.
#[must_use]
pub fn percent(share: u32) -> String {
    let one = MILLION / 100;
    match share {
        0 => "0\u{a0}%".to_owned(),
        share if share < one / 2 => "<\u{a0}1\u{a0}%".to_owned(),
        MILLION => "100\u{a0}%".to_owned(),
        share if share >= MILLION - one / 2 => ">\u{a0}99\u{a0}%".to_owned(),
        share => format!("{}\u{a0}%", (share + one / 2) / one),
    }
}

/// An interval: `23 % to 41 %`.
#[must_use]
pub fn between((low, high): (u32, u32), lang: Lang) -> String {
    let to = if lang == Lang::En { "to" } else { "a" };
    format!("{} {to} {}", percent(low), percent(high))
}

/// What came of a moment: the part that matters, and its interval in brackets.
#[must_use]
pub fn counted(tally: &Tally, lang: Lang) -> (String, String) {
    let (all, broken) = (number(tally.continuations.into(), lang), tally.broken);
    let share = number(broken.into(), lang);
    let said = match lang {
        Lang::En if broken == 0 => format!("None of {all} continuations ends broken"),
        Lang::En if broken == tally.continuations => {
            format!("All {all} continuations end broken")
        }
        Lang::En if broken == 1 => format!("1 of {all} continuations ends broken"),
        Lang::En => format!("{share} of {all} continuations end broken"),
        Lang::Es if broken == 0 => format!("Ninguna de {all} continuaciones acaba mal"),
        Lang::Es if broken == tally.continuations => {
            format!("Las {all} continuaciones acaban mal")
        }
        Lang::Es if broken == 1 => format!("1 de {all} continuaciones acaba mal"),
        Lang::Es => format!("{share} de {all} continuaciones acaban mal"),
    };
    (said, format!(" ({}).", between(tally.interval(), lang)))
}

/// What is said of continuations that met the ceiling; nothing if none did.
#[must_use]
pub fn not_ended(tally: &Tally, lang: Lang) -> Option<String> {
    let steps = number(CONTINUATION_STEPS as u64, lang);
    let count = number(tally.not_ended.into(), lang);
    let of_one = tally.not_ended == 1;
    (tally.not_ended > 0).then(|| match lang {
        Lang::En => format!(
            "{count} did not end within {steps} steps, or met another ceiling. {} neither broken nor \
             fine, and the interval allows for both.",
            if of_one { "It counts as" } else { "They count as" }
        ),
        Lang::Es => format!(
            "{count} {} en {steps} pasos, o {} otro límite. No {} ni como rotas ni como buenas, y el \
             intervalo admite ambas cosas.",
            if of_one { "no terminó" } else { "no terminaron" },
            if of_one { "llegó a" } else { "llegaron a" },
            if of_one { "cuenta" } else { "cuentan" },
        ),
    })
}

/// Where a failure became likely.
#[must_use]
pub fn rise_line(rise: &Rise, lang: Lang) -> String {
    let (from, to) = (percent(rise.from), percent(rise.to));
    let (before, after) = (rise.before, rise.after);
    match (lang, after - before) {
        (Lang::En, 1) => {
            format!("Failure became likely here: step {after}, from {from} to {to}.")
        }
        (Lang::En, _) => {
            format!(
                "Failure became likely between steps {before} and {after}, from {from} to {to}."
            )
        }
        (Lang::Es, 1) => {
            format!("Aquí el fallo se volvió probable: paso {after}, del {from} al {to}.")
        }
        (Lang::Es, _) => format!(
            "El fallo se volvió probable entre los pasos {before} y {after}, del {from} al {to}."
        ),
    }
}

/// All of it in a sentence or two, for who does not see it.
#[must_use]
pub fn likely_line(likely: &Likely, lang: Lang) -> String {
    let (said, interval) = counted(&likely.here, lang);
    let rise = rise(&likely.points).map(|rise| format!(" {}", rise_line(&rise, lang)));
    format!("{said}{interval}{}", rise.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_that_is_not_all_or_nothing_does_not_look_so() {
        let said: Vec<String> =
            [0, 1, 5_000, 306_000, 994_999, 999_999, MILLION].map(percent).to_vec();
        let said: Vec<String> = said.iter().map(|one| one.replace('\u{a0}', " ")).collect();
        assert_eq!(said, ["0 %", "< 1 %", "1 %", "31 %", "99 %", "> 99 %", "100 %"]);
    }

    #[test]
    fn what_was_counted_is_said_in_a_sentence() {
        let tally = Tally { continuations: 100, broken: 31, ..Tally::default() };
        let said = |lang| {
            let (said, interval) = counted(&tally, lang);
            format!("{said}{interval}").replace('\u{a0}', " ")
        };
        assert_eq!(said(Lang::En), "31 of 100 continuations end broken (23 % to 41 %).");
        assert_eq!(said(Lang::Es), "31 de 100 continuaciones acaban mal (23 % a 41 %).");
        let rise = Rise { before: 11, after: 12, from: 80_000, to: 710_000 };
        let said = rise_line(&rise, Lang::En).replace('\u{a0}', " ");
        assert_eq!(said, "Failure became likely here: step 12, from 8 % to 71 %.");
    }
}
