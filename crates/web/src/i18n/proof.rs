//! The words of what is known of all schedules, in every language.

use sim_core::{
    explore::{Bound, Ceiling, Report, Verdict},
    say::{self, Lang, Piece},
};

use super::number;
use crate::protocol::Wait;

/// Words about searches in one language.
#[derive(Debug)]
#[allow(missing_docs, reason = "each field is named after what it says; the English says the rest")]
pub struct ProofTexts {
    pub all_seen: &'static str,
    pub all_seen_within: fn(&str) -> String,
    pub answer_first: &'static str,
    pub ask_from: fn(u32) -> String,
    pub beyond_depth: fn(&str) -> String,
    pub breaks: fn(&str) -> String,
    pub broken_by: fn(&str, bool) -> String,
    pub by_memory: &'static str,
    pub by_age: &'static str,
    pub by_own_work: &'static str,
    pub by_room: &'static str,
    pub by_states: fn(&str) -> String,
    pub at_least: fn(&str) -> String,
    pub cancelled: &'static str,
    pub cancelled_early: &'static str,
    pub certainty: fn(&str) -> String,
    pub case_counts: fn(&str, &str) -> String,
    pub circle_here: fn(u32, u32) -> String,
    pub circle_of: fn(usize) -> String,
    pub circles: fn(&str, bool) -> String,
    pub counting: &'static str,
    pub counting_ends: &'static str,
    pub counting_stopped: fn(&str, &str) -> String,
    pub deadlock: &'static str,
    pub deadlocks: &'static str,
    pub does_not_fit: &'static str,
    pub failing_from: fn(u32, &str, &str) -> String,
    pub fail: fn(&str) -> String,
    pub fails: fn(&str) -> String,
    pub fails_surely: fn(&str) -> String,
    pub from_here: &'static str,
    pub from_here_help: &'static str,
    pub from_start: &'static str,
    pub from_step: fn(u32) -> String,
    pub how_sure: &'static str,
    pub kept: &'static str,
    pub merged: fn(&str, &str) -> String,
    pub more_wait: &'static str,
    pub never_ends: &'static str,
    pub not_known: &'static str,
    pub none_fails: fn(&str) -> String,
    pub none_seen: fn(&str) -> String,
    pub not_asked: fn(&str) -> String,
    pub not_proved_of: fn(&str) -> String,
    pub nothing_fails: &'static str,
    pub pace: fn(&str, &str, u64) -> String,
    pub proved_of: fn(&str) -> String,
    pub question_first: fn(Option<&str>) -> String,
    pub reduced: fn(&str) -> String,
    pub safe: &'static str,
    pub safe_within: fn(&str) -> String,
    pub seen_states: fn(&str) -> String,
    pub shortest: fn(usize) -> String,
    pub shortest_found: fn(usize) -> String,
    pub show_found: &'static str,
    pub show_way: fn(&str) -> String,
    pub some_fails: &'static str,
    pub stopped_before: fn(&str) -> String,
    pub stopped_broken: fn(&str) -> String,
    pub stuck: &'static str,
    pub sticks: &'static str,
    pub too_large: &'static str,
    pub undecided: &'static str,
    pub was_asked: &'static str,
    pub within: fn(&str) -> String,
    pub within_bounds: &'static str,
    pub never: &'static str,
    pub quotes: (&'static str, &'static str),
}

/// The words about searches in a language.
#[must_use]
pub fn proof(lang: Lang) -> &'static ProofTexts {
    match lang {
        Lang::En => &EN,
        Lang::Es => &ES,
    }
}

/// How far a search got.
#[must_use]
pub fn how_far(report: &Report, lang: Lang) -> String {
    let texts = proof(lang);
    let bounds: Vec<String> = report.bounds.iter().map(|bound| bound.words()).collect();
    let bounds = bounds.join(", ");
    let deep = report.bounds.iter().find(|bound| matches!(bound, Bound::Depth(_)));
    let within = if bounds.is_empty() { String::new() } else { (texts.within)(&bounds) };
    match (report.stopped.map(|ceiling| by(ceiling, lang)), deep) {
        (Some(by), _) if report.complete && report.verdict == Verdict::Holds => {
            (texts.counting_stopped)(&within, &by)
        }
        (Some(by), _) if report.complete && report.verdict == Verdict::Broken => {
            (texts.fails_surely)(&by)
        }
        (Some(by), _) if report.verdict == Verdict::Broken => (texts.stopped_broken)(&by),
        (Some(by), _) => (texts.stopped_before)(&by),
        (None, Some(deep)) => (texts.beyond_depth)(&deep.words()),
        (None, None) if bounds.is_empty() => texts.all_seen.to_owned(),
        (None, None) => (texts.all_seen_within)(&bounds),
    }
}

/// What stopped a search, in words that follow "stopped".
fn by(ceiling: Ceiling, lang: Lang) -> String {
    let texts = proof(lang);
    match ceiling {
        Ceiling::States(states) => (texts.by_states)(&number(states, lang)),
        Ceiling::Memory(_) => texts.by_memory.to_owned(),
        Ceiling::OwnWork(_) => texts.by_own_work.to_owned(),
        Ceiling::Room => texts.by_room.to_owned(),
        Ceiling::Age => texts.by_age.to_owned(),
    }
}

/// What the answer stands on: states, those taken for one, and how likely a mistake is.
#[must_use]
pub fn how_sure(report: &Report, lang: Lang) -> Vec<String> {
    let texts = proof(lang);
    let mut lines = vec![(texts.seen_states)(&number(report.states, lang))];
    if report.followed < report.states {
        let merged = report.states - report.followed;
        lines.push((texts.merged)(&number(merged, lang), &number(report.followed, lang)));
    }
    if report.reduced > 0 {
        lines.push((texts.reduced)(&number(report.reduced, lang)));
    }
    lines.push((texts.certainty)(&superscript(report.certainty)));
    lines
}

/// A negative exponent: `⁻²⁸`.
fn superscript(digits: u32) -> String {
    let digits = digits.to_string();
    let raised = digits
        .bytes()
        .map(|digit| ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][usize::from(digit - b'0')]);
    std::iter::once('⁻').chain(raised).collect()
}

/// Who waits for what, in one line.
#[must_use]
pub fn waits(waits: &[Wait], lang: Lang) -> Vec<Piece> {
    let plain = |name: &str| name.replace('[', " ").replace(']', "");
    let mut line = Vec::new();
    for (at, wait) in waits.iter().enumerate() {
        let between = if at == 0 { "" } else { "; " };
        line.push(Piece::Word(format!("{between}{} ", plain(&wait.name))));
        let name = |lane: u32| {
            let known = wait.holders.iter().find(|(holder, _)| *holder == lane);
            known.map_or_else(|| proof(lang).more_wait.to_owned(), |(_, name)| plain(name))
        };
        line.extend(say::reason(&wait.reason, name, lang));
    }
    line.push(Piece::Word(".".to_owned()));
    line
}

static EN: ProofTexts = ProofTexts {
    all_seen: "Every schedule was looked at.",
    all_seen_within: |bounds| {
        format!("Every schedule within these bounds was looked at: {bounds}.")
    },
    answer_first: "Looking for a schedule that fails…",
    ask_from: |step| format!("Ask from step {step}"),
    beyond_depth: |bound| {
        format!(
            "Schedules were followed up to {bound}, and some go on: what comes later is not known."
        )
    },
    breaks: |what| format!("Some schedule breaks {what}"),
    broken_by: |count, one| {
        if one { "1 schedule".to_owned() } else { format!("{count} schedules") }
    },
    by_memory: "for lack of memory",
    by_age: "because a process asks how old a message is, and a search knows no time",
    by_own_work: "because a process works endlessly between two steps",
    by_room: "because there is no room for all keys, tasks or outcomes",
    by_states: |states| format!("at {states} states"),
    at_least: |count| format!("at least {count}"),
    cancelled: "Stopped before there was an answer.",
    cancelled_early: "Stopped before the schedules were counted.",
    certainty: |digits| {
        format!("That two different states were taken for one has a chance below 10{digits}.")
    },
    case_counts: |failing, all| match failing {
        "1" => format!("1 of {all} fails"),
        failing => format!("{failing} of {all} fail"),
    },
    circle_here: |from, to| {
        format!(
            "A circle: after step {to} everything but what is counted is again as after step {from}. So it can go round for ever and has no end."
        )
    },
    circle_of: |steps| match steps {
        1 => "then a circle of 1 step".to_owned(),
        steps => format!("then a circle of {steps} steps"),
    },
    circles: |count, one| {
        if one {
            "There is a circle that can be left: with an unfair scheduler this could go on for ever."
                .to_owned()
        } else {
            format!(
                "There are {count} circles that can be left: with an unfair scheduler this could go on for ever."
            )
        }
    },
    counting: "Counting the schedules…",
    counting_ends: "Counting how they end…",
    counting_stopped: |within, by| {
        format!("The answer is about every schedule{within}. Counting them stopped {by}.")
    },
    deadlock: "Deadlock",
    deadlocks: "ends in a deadlock",
    does_not_fit: "The steps up to this moment could not be repeated, so nothing can be said from here.",
    failing_from: |step, failing, all| match (failing, all) {
        ("0", "1") => format!("From step {step} on: there is one schedule, and it does not fail."),
        ("1", "1") => format!("From step {step} on: there is one schedule, and it fails."),
        ("0", all) => format!("From step {step} on: 0 of {all} schedules fail."),
        ("1", all) => format!("From step {step} on: 1 of {all} schedules fails."),
        _ => format!("From step {step} on: {failing} of {all} schedules fail."),
    },
    fail: |count| if count == "1" { "1 fails".to_owned() } else { format!("{count} fail") },
    fails: |what| format!("Some schedule {what}."),
    fails_surely: |by| format!("That some schedule fails is certain. Counting them stopped {by}."),
    from_here: "From here",
    from_here_help: "Looks at everything that may happen from this moment on",
    from_start: "From the start",
    from_step: |step| format!("From step {step} on"),
    how_sure: "How sure is this?",
    kept: "never broken",
    merged: |merged, followed| {
        format!(
            "{merged} of them differ from others only in which of several like processes is where; {followed} were followed."
        )
    },
    more_wait: "others",
    never_ends: "Never ends",
    not_known: "not known",
    none_fails: |all| format!("none fails ({all} schedules counted)"),
    none_seen: |all| format!("none found to fail so far ({all} schedules counted)"),
    not_asked: |names| format!("This challenge does not ask for {names}: that may break."),
    not_proved_of: |names| {
        format!("Not yet: some schedule breaks one of the promises this challenge names: {names}.")
    },
    nothing_fails: "No schedule fails.",
    pace: |states, rate, seconds| format!("{states} states · {rate} a second · {seconds} s"),
    proved_of: |names| {
        format!("Proved: no schedule breaks the promises this challenge names: {names}.")
    },
    question_first: |all| match all {
        Some(all) => {
            format!("Answer the question first: then you see how many of the {all} schedules fail.")
        }
        None => "Answer the question first: then you see whether a schedule fails.".to_owned(),
    },
    reduced: |states| {
        format!(
            "For the answer alone {states} states were enough, leaving out orders that make no difference."
        )
    },
    safe: "Nothing can go wrong.",
    safe_within: |bounds| format!("Nothing can go wrong within these bounds: {bounds}."),
    seen_states: |states| format!("{states} states were seen."),
    shortest: |steps| match steps {
        0 => "at the very beginning".to_owned(),
        1 => "shortest: 1 step".to_owned(),
        _ => format!("shortest: {steps} steps"),
    },
    shortest_found: |steps| format!("shortest found: {steps} steps"),
    show_found: "Show the shortest failure found",
    show_way: |what| format!("the shortest way to it: {what}"),
    some_fails: "Some schedule fails.",
    stopped_before: |by| {
        format!(
            "Stopped {by}, before the answer was known. Nothing seen so far fails, but that proves nothing."
        )
    },
    stopped_broken: |by| format!("Stopped {by}: some schedule fails, but not all were looked at."),
    stuck: "Stuck",
    sticks: "leaves somebody waiting for ever",
    too_large: "At this moment there is too much for every schedule to be looked at.",
    undecided: "No failure so far, but not everything could be looked at.",
    was_asked: "You have moved on; this is the answer for the moment it was asked of.",
    within: |bounds| format!(" within these bounds ({bounds})"),
    within_bounds: "within the bounds",
    never: "never ends",
    quotes: ("“", "”"),
};

static ES: ProofTexts = ProofTexts {
    all_seen: "Se revisaron todas las planificaciones.",
    all_seen_within: |bounds| {
        format!("Se revisaron todas las planificaciones dentro de estos límites: {bounds}.")
    },
    answer_first: "Buscando una planificación que falle…",
    ask_from: |step| format!("Preguntar desde el paso {step}"),
    beyond_depth: |bound| {
        format!(
            "Se siguieron las planificaciones hasta {bound}, y algunas continúan: de lo que viene después no se sabe nada."
        )
    },
    breaks: |what| format!("Alguna planificación rompe {what}"),
    broken_by: |count, one| {
        if one { "1 planificación".to_owned() } else { format!("{count} planificaciones") }
    },
    by_memory: "por falta de memoria",
    by_age: "porque un proceso pregunta qué edad tiene un mensaje, y una búsqueda no conoce el tiempo",
    by_own_work: "porque un proceso trabaja sin fin entre dos pasos",
    by_room: "porque no hay lugar para todas las claves, tareas o resultados",
    by_states: |states| format!("en {states} estados"),
    at_least: |count| format!("al menos {count}"),
    cancelled: "Se detuvo antes de tener una respuesta.",
    cancelled_early: "Se detuvo antes de contar las planificaciones.",
    certainty: |digits| {
        format!(
            "La probabilidad de haber tomado dos estados distintos por uno es menor que 10{digits}."
        )
    },
    case_counts: |failing, all| match failing {
        "1" => format!("falla 1 de {all}"),
        failing => format!("fallan {failing} de {all}"),
    },
    circle_here: |from, to| {
        format!(
            "Un círculo: después del paso {to} todo, salvo lo que se cuenta, está otra vez como después del paso {from}. Puede dar vueltas para siempre; no tiene final."
        )
    },
    circle_of: |steps| match steps {
        1 => "luego un círculo de 1 paso".to_owned(),
        steps => format!("luego un círculo de {steps} pasos"),
    },
    circles: |count, one| {
        if one {
            "Hay un círculo del que se puede salir: con un planificador injusto esto podría seguir para siempre."
                .to_owned()
        } else {
            format!(
                "Hay {count} círculos de los que se puede salir: con un planificador injusto esto podría seguir para siempre."
            )
        }
    },
    counting: "Contando las planificaciones…",
    counting_ends: "Contando cómo terminan…",
    counting_stopped: |within, by| {
        format!(
            "La respuesta vale para todas las planificaciones{within}. La cuenta se detuvo {by}."
        )
    },
    deadlock: "Interbloqueo",
    deadlocks: "termina en interbloqueo",
    does_not_fit: "Los pasos hasta este momento no se pudieron repetir; desde aquí no se puede decir nada.",
    failing_from: |step, failing, all| match (failing, all) {
        ("0", "1") => format!("Desde el paso {step}: hay una sola planificación y no falla."),
        ("1", "1") => format!("Desde el paso {step}: hay una sola planificación y falla."),
        ("0", all) => format!("Desde el paso {step}: fallan 0 de {all} planificaciones."),
        ("1", all) => format!("Desde el paso {step}: falla 1 de {all} planificaciones."),
        _ => format!("Desde el paso {step}: fallan {failing} de {all} planificaciones."),
    },
    fail: |count| if count == "1" { "falla 1".to_owned() } else { format!("fallan {count}") },
    fails: |what| format!("Alguna planificación {what}."),
    fails_surely: |by| {
        format!("Que alguna planificación falla es seguro. La cuenta se detuvo {by}.")
    },
    from_here: "Desde aquí",
    from_here_help: "Revisa todo lo que puede ocurrir a partir de este momento",
    from_start: "Desde el inicio",
    from_step: |step| format!("Desde el paso {step}"),
    how_sure: "¿Qué tan seguro es esto?",
    kept: "nunca se rompe",
    merged: |merged, followed| {
        format!(
            "{merged} de ellos solo se distinguen de otros en cuál de varios procesos iguales está en cada lugar; se siguieron {followed}."
        )
    },
    more_wait: "otros",
    never_ends: "Nunca termina",
    not_known: "no se sabe",
    none_fails: |all| format!("no falla ninguna (se contaron {all} planificaciones)"),
    none_seen: |all| {
        format!("por ahora no se halló ninguna que falle (se contaron {all} planificaciones)")
    },
    not_asked: |names| format!("Este reto no pide {names}: eso puede romperse."),
    not_proved_of: |names| {
        format!(
            "Todavía no: alguna planificación rompe una de las promesas que nombra este reto: {names}."
        )
    },
    nothing_fails: "Ninguna planificación falla.",
    pace: |states, rate, seconds| format!("{states} estados · {rate} por segundo · {seconds} s"),
    proved_of: |names| {
        format!(
            "Demostrado: ninguna planificación rompe las promesas que nombra este reto: {names}."
        )
    },
    question_first: |all| match all {
        Some(all) => {
            format!(
                "Primero responde la pregunta: después verás cuántas de las {all} planificaciones fallan."
            )
        }
        None => {
            "Primero responde la pregunta: después verás si falla alguna planificación.".to_owned()
        }
    },
    reduced: |states| {
        format!(
            "Para la sola respuesta bastaron {states} estados, sin los órdenes que no cambian nada."
        )
    },
    safe: "Nada puede salir mal.",
    safe_within: |bounds| format!("Nada puede salir mal dentro de estos límites: {bounds}."),
    seen_states: |states| format!("Se vieron {states} estados."),
    shortest: |steps| match steps {
        0 => "ya desde el inicio".to_owned(),
        1 => "la más corta: 1 paso".to_owned(),
        _ => format!("la más corta: {steps} pasos"),
    },
    shortest_found: |steps| format!("la más corta encontrada: {steps} pasos"),
    show_found: "Mostrar el fallo más corto encontrado",
    show_way: |what| format!("el camino más corto hasta ahí: {what}"),
    some_fails: "Alguna planificación falla.",
    stopped_before: |by| {
        format!(
            "Se detuvo {by}, antes de saber la respuesta. Nada de lo visto falla, pero eso no demuestra nada."
        )
    },
    stopped_broken: |by| {
        format!("Se detuvo {by}: alguna planificación falla, pero no se revisaron todas.")
    },
    stuck: "Atascado",
    sticks: "deja a alguien esperando para siempre",
    too_large: "En este momento hay demasiado para revisar todas las planificaciones.",
    undecided: "Ningún fallo hasta ahora, pero no se pudo revisar todo.",
    was_asked: "Ya estás en otro momento; esta es la respuesta para aquel en que se preguntó.",
    within: |bounds| format!(" dentro de estos límites ({bounds})"),
    within_bounds: "dentro de los límites",
    never: "nunca termina",
    quotes: ("«", "»"),
};
