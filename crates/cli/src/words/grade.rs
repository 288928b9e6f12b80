//! What grading says.

use lessons::{Case, Condition, Miss, Refusal, Unmet};
use sim_core::{
    lang::{Diagnostic, limits::TEXT_BYTES, line_column},
    say::Lang,
};

use super::{cannot_read, measures, not_utf8, pick, schedules_fail};
use crate::grade::{Standing, Trouble};

pub(crate) fn no_lesson(name: &str, nearest: Option<&str>, all: &[&str], lang: Lang) -> String {
    let all = all.join(", ");
    let meant = nearest.map(|nearest| {
        pick(lang, format!("; did you mean `{nearest}`?"), format!("; ¿querías decir `{nearest}`?"))
    });
    let meant = meant.unwrap_or_default();
    pick(
        lang,
        format!("there is no lesson `{name}`{meant}\nThe lessons are: {all}"),
        format!("no hay una lección `{name}`{meant}\nLas lecciones son: {all}"),
    )
}

pub(crate) fn no_challenge(number: usize, lesson: &str, all: usize, lang: Lang) -> String {
    pick(
        lang,
        format!("there is no challenge {number}: `{lesson}` has 1 to {all}"),
        format!("no hay un reto {number}: `{lesson}` tiene del 1 al {all}"),
    )
}

pub(crate) fn no_hand_ins(lang: Lang) -> &'static str {
    pick(
        lang,
        "there are no hand-ins (.lockstep or .txt files) in this folder",
        "no hay entregas (archivos .lockstep o .txt) en esta carpeta",
    )
}

pub(crate) fn hand_in(lang: Lang) -> &'static str {
    pick(lang, "hand-in", "entrega")
}

pub(crate) fn why_not(lang: Lang) -> &'static str {
    pick(lang, "why not", "qué falta")
}

pub(crate) fn standing(standing: Standing, lang: Lang) -> &'static str {
    match standing {
        Standing::Done => pick(lang, "done", "hecho"),
        Standing::Undecided => pick(lang, "undecided", "sin decidir"),
        Standing::NotDone => pick(lang, "not done", "falta"),
    }
}

pub(crate) fn summary(done: usize, all: usize, lang: Lang) -> String {
    match all {
        1 => {
            pick(lang, format!("{done} of 1 hand-in done"), format!("{done} de 1 entrega completa"))
        }
        _ => pick(
            lang,
            format!("{done} of {all} hand-ins done"),
            format!("{done} de {all} entregas completas"),
        ),
    }
}

pub(crate) fn trouble(trouble: &Trouble, lang: Lang) -> String {
    match trouble {
        Trouble::Unreadable(error) => cannot_read(error, lang),
        Trouble::NotUtf8 => not_utf8(lang).to_owned(),
        Trouble::TooLarge => pick(
            lang,
            format!("is longer than a scenario may be ({TEXT_BYTES} bytes)"),
            format!("es más largo de lo que admite un escenario ({TEXT_BYTES} bytes)"),
        ),
    }
}

pub(crate) fn refusal(refusal: &Refusal, text: &str, lang: Lang) -> String {
    match refusal {
        Refusal::Mistakes(wrong) => mistakes(wrong, text, lang),
        Refusal::Parameter(diagnostic) => diagnostic.say(lang).message,
        Refusal::PromiseGone(condition) => pick(
            lang,
            format!("the text no longer promises `{condition}`"),
            format!("el texto ya no promete `{condition}`"),
        ),
        Refusal::GoalGone(condition) => pick(
            lang,
            format!("the text no longer has the goal `{condition}`"),
            format!("el texto ya no tiene la meta `{condition}`"),
        ),
    }
}

/// How many mistakes, and the first of them.
fn mistakes(wrong: &[Diagnostic], text: &str, lang: Lang) -> String {
    let count = super::mistakes(wrong.len(), lang);
    let Some(first) = wrong.first() else { return count };
    let (line, column) = line_column(text, first.span.start);
    let said = first.say(lang).message;
    match (wrong.len(), lang) {
        (1, _) => format!("{count}: {line}:{column}: {said}"),
        (_, Lang::En) => format!("{count}; the first: {line}:{column}: {said}"),
        (_, Lang::Es) => format!("{count}; el primero: {line}:{column}: {said}"),
    }
}

pub(crate) fn not_shown(lang: Lang) -> &'static str {
    pick(lang, "no schedule in the text shows it", "ningún schedule del texto lo muestra")
}

pub(crate) fn unmet(unmet: &Unmet, case: &Case, lang: Lang) -> String {
    match unmet {
        Unmet::Condition(condition) => self::condition(condition, lang),
        Unmet::Fails => match &case.report {
            Some(report) if report.stopped.is_none() => schedules_fail(report, lang),
            _ => pick(lang, "some schedule fails", "alguna planificación falla").to_owned(),
        },
        Unmet::Ends { name, value } => pick(
            lang,
            format!("not every schedule ends with `{name} = {value}`"),
            format!("no todas las planificaciones terminan con `{name} = {value}`"),
        ),
        Unmet::Reaches { name, value } => pick(
            lang,
            format!("no schedule ends with `{name} = {value}`"),
            format!("ninguna planificación termina con `{name} = {value}`"),
        ),
        Unmet::Misses(_) => missed(case, lang),
        Unmet::Undecided if !case.runs.is_empty() => pick(
            lang,
            "not decided: a run took too many steps",
            "sin decidir: una ejecución dio demasiados pasos",
        )
        .to_owned(),
        Unmet::Undecided => pick(
            lang,
            "not decided: not every schedule was looked at",
            "sin decidir: no se revisaron todas las planificaciones",
        )
        .to_owned(),
        Unmet::DoesNotRun => pick(lang, "the text does not run", "el texto no funciona").to_owned(),
    }
}

/// The first run that misses a goal, with what was measured of it.
fn missed(case: &Case, lang: Lang) -> String {
    let missed: Vec<_> = case
        .runs
        .iter()
        .filter_map(|run| match &run.lacks {
            Some(Miss::Goal(goal)) => Some((run.seed, goal)),
            _ => None,
        })
        .collect();
    let Some((seed, goal)) = missed.first() else { return String::new() };
    let (count, all, words) = (missed.len(), case.runs.len(), &goal.words);
    let figures = if goal.unmeasured.is_empty() {
        let sides = goal.sides.iter().map(|side| {
            let [left, right] = [(&side.left, side.left_value), (&side.right, side.right_value)]
                .map(|(words, value)| measures::side(words, value));
            format!("{left} {} {right}", side.sign)
        });
        sides.collect::<Vec<_>>().join(", ")
    } else {
        measures::unmeasured(&goal.unmeasured, lang)
    };
    let figures = if figures.is_empty() { figures } else { format!(": {figures}") };
    pick(
        lang,
        format!("{count} of {all} runs miss the goal `{words}`; with seed {seed}{figures}"),
        format!(
            "{count} de {all} ejecuciones no alcanzan la meta `{words}`; con la semilla {seed}{figures}"
        ),
    )
}

fn condition(condition: &Condition, lang: Lang) -> String {
    match condition {
        Condition::Is { param, value } => pick(
            lang,
            format!("this challenge asks for `{param} = {value}`"),
            format!("este reto pide `{param} = {value}`"),
        ),
        Condition::IsNot { param, value } => pick(
            lang,
            format!("this challenge asks for something other than `{param} = {value}`"),
            format!("este reto pide algo distinto de `{param} = {value}`"),
        ),
        Condition::AtMost { tool, most: 0 } => pick(
            lang,
            format!("this challenge asks for a fix without `{}`", tool.word()),
            format!("este reto pide una solución sin `{}`", tool.word()),
        ),
        Condition::AtMost { tool, most } => pick(
            lang,
            format!("this challenge allows no more than {most} of `{}`", tool.word()),
            format!("este reto no admite más de {most} de `{}`", tool.word()),
        ),
    }
}
