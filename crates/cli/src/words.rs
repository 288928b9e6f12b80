//! The sentences of the terminal tool, in both languages. What the engine says itself (mistakes,
//! steps, reasons for waiting) comes from `sim_core::say`.

use sim_core::{
    Hint,
    explore::{Bound, Ceiling, Count, Found, Report, Verdict},
    program::Program,
    say::{self, Lang},
    session::{Ending, Frame, LaneState, PromiseState, PromiseView, STEPS_MAX},
};

use crate::{Exit, json};

pub(crate) mod chance;
pub(crate) mod grade;
pub(crate) mod measures;
pub(crate) mod verify;

/// One of two texts.
pub(crate) fn pick<T>(lang: Lang, en: T, es: T) -> T {
    match lang {
        Lang::En => en,
        Lang::Es => es,
    }
}

pub(crate) fn cannot_read(error: &std::io::Error, lang: Lang) -> String {
    pick(lang, format!("cannot be read: {error}"), format!("no se puede leer: {error}"))
}

pub(crate) fn not_utf8(lang: Lang) -> &'static str {
    pick(lang, "is not UTF-8 text", "no es texto UTF-8")
}

pub(crate) fn cannot_write(error: &std::io::Error, lang: Lang) -> String {
    pick(lang, format!("cannot be written: {error}"), format!("no se puede escribir: {error}"))
}

pub(crate) fn several_files(lang: Lang) -> &'static str {
    pick(
        lang,
        "several files need --write or --check",
        "varios archivos necesitan --write o --check",
    )
}

pub(crate) fn help(lang: Lang) -> &'static str {
    pick(lang, "help", "ayuda")
}

pub(crate) fn mistakes(count: usize, lang: Lang) -> String {
    match (count, lang) {
        (1, Lang::En) => "1 mistake".to_owned(),
        (1, Lang::Es) => "1 error".to_owned(),
        (_, Lang::En) => format!("{count} mistakes"),
        (_, Lang::Es) => format!("{count} errores"),
    }
}

pub(crate) fn is_right(lang: Lang) -> &'static str {
    pick(lang, "nothing is wrong with it", "no tiene errores")
}

/// The title and the parameters, with an empty line below.
pub(crate) fn heading(program: &Program) -> String {
    let settings: Vec<String> =
        program.settings.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let settings =
        if settings.is_empty() { String::new() } else { format!("{}\n", settings.join(", ")) };
    format!("{}\n{settings}\n", program.title)
}

pub(crate) fn no_schedule(name: &str, names: &[&str], lang: Lang) -> String {
    if names.is_empty() {
        return pick(
            lang,
            format!("there is no schedule \"{name}\": the scenario names none"),
            format!("no hay un schedule \"{name}\": el escenario no tiene ninguno"),
        );
    }
    let names = names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    pick(
        lang,
        format!("there is no schedule \"{name}\"; the scenario has {names}"),
        format!("no hay un schedule \"{name}\"; el escenario tiene {names}"),
    )
}

pub(crate) fn misfit(name: &str, word: &str, lang: Lang) -> String {
    pick(
        lang,
        format!("the schedule \"{name}\" needs {word}, which these parameters leave out"),
        format!("el schedule \"{name}\" necesita {word}, que no existe con estos parámetros"),
    )
}

pub(crate) fn skipped(entries: &[String], lang: Lang) -> String {
    let entries = entries.join(", ");
    pick(
        lang,
        format!("Skipped, since it could not move: {entries}"),
        format!("Omitido, porque no podía avanzar: {entries}"),
    )
}

/// How a step ended its process, to stand behind the step.
pub(crate) fn finished(state: &LaneState, lang: Lang) -> String {
    match state {
        LaneState::Ended => pick(lang, "; ends", "; termina").to_owned(),
        LaneState::Failed(error) => {
            let error = say::error(error, lang);
            pick(lang, format!("; fails: {error}"), format!("; falla: {error}"))
        }
        LaneState::Endless => {
            pick(lang, "; goes round for ever", "; da vueltas sin fin").to_owned()
        }
        LaneState::Crashed(_) | LaneState::Ready | LaneState::Blocked(_) => String::new(),
    }
}

pub(crate) fn breaks(condition: &str, lang: Lang) -> String {
    pick(lang, format!("breaks {condition}"), format!("rompe {condition}"))
}

pub(crate) fn more_steps(count: u64, taken: u64, lang: Lang) -> String {
    if taken > STEPS_MAX as u64 {
        return pick(
            lang,
            format!("… and {count} more; --json has the first {STEPS_MAX} of all"),
            format!("… y {count} más; --json tiene los primeros {STEPS_MAX} de todos"),
        );
    }
    more_rows(count as usize, lang)
}

pub(crate) fn more_rows(count: usize, lang: Lang) -> String {
    pick(
        lang,
        format!("… and {count} more; --json has them all"),
        format!("… y {count} más; --json los tiene todos"),
    )
}

pub(crate) fn ending(frame: &Frame, names: &[String], lang: Lang) -> String {
    let names = names.join(", ");
    match &frame.ending {
        Some(Ending::Complete | Ending::Idle) => {
            pick(lang, "Every process ended.", "Todos los procesos terminaron.").to_owned()
        }
        Some(Ending::Deadlock(_)) => pick(
            lang,
            format!("Deadlock: each waits for what the next holds: {names}."),
            format!("Deadlock: cada uno espera lo que tiene el siguiente: {names}."),
        ),
        Some(Ending::Stuck(_)) => pick(
            lang,
            format!("Stuck: nobody will give what they wait for: {names}."),
            format!("Atascado: nadie va a dar lo que esperan: {names}."),
        ),
        Some(Ending::Full(_)) => pick(
            lang,
            format!("Stopped: there was no room for what {names} wanted to keep, start or draw."),
            format!(
                "Se detuvo: no había lugar para lo que {names} quería guardar, iniciar o sortear."
            ),
        ),
        Some(Ending::Endless(_)) => pick(
            lang,
            format!("{names} works by itself and never comes to a step."),
            format!("{names} trabaja por su cuenta y nunca llega a un paso."),
        ),
        None if frame.clock_over => {
            pick(lang, "The time of the run is over.", "Se acabó el tiempo de la ejecución.")
                .to_owned()
        }
        None => pick(
            lang,
            "Cut: the run met the ceiling for steps; --steps N sets another.",
            "Cortado: la ejecución llegó al límite de pasos; --steps N pone otro.",
        )
        .to_owned(),
    }
}

/// Why a process waits, if it does.
pub(crate) fn waiting(frame: &Frame, lane: u32, lang: Lang) -> Option<String> {
    match &frame.lane(lane)?.state {
        LaneState::Blocked(reason) => {
            Some(say::plain(&say::reason(reason, |lane| frame.name(lane), lang)))
        }
        _ => None,
    }
}

pub(crate) fn promise(promise: &PromiseView, lang: Lang) -> String {
    let mut told = format!("{} {}", json::promise_kind(promise.kind), promise.condition);
    if let Some(why) = &promise.why {
        told.push_str(&format!(" ({why})"));
    }
    let state = match promise.state {
        PromiseState::Holds => pick(lang, "holds", "se cumple").to_owned(),
        PromiseState::Open { .. } => pick(lang, "not judged", "sin juzgar").to_owned(),
        PromiseState::Broken { step: 0 } => {
            pick(lang, "broken at the start", "roto desde el inicio").to_owned()
        }
        PromiseState::Broken { step } => {
            pick(lang, format!("broken at step {step}"), format!("roto en el paso {step}"))
        }
    };
    format!("{told}: {state}")
}

pub(crate) fn fingerprint(lang: Lang) -> &'static str {
    pick(lang, "fingerprint", "huella")
}

pub(crate) fn verdict(exit: Exit, lang: Lang) -> &'static str {
    match exit {
        Exit::Holds => pick(
            lang,
            "This run keeps every promise. (Try explore for all of them.)",
            "Esta ejecución cumple todo lo prometido. (explore las prueba todas.)",
        ),
        Exit::Broken => pick(lang, "This run fails.", "Esta ejecución falla."),
        Exit::Undecided | Exit::BadInput => pick(lang, "Not decided.", "Sin decidir."),
    }
}

/// A number of schedules; with "at least" where it is not exact.
pub(crate) fn count(count: &Count, lang: Lang) -> String {
    let number = &count.number;
    if count.exact {
        return number.clone();
    }
    pick(lang, format!("at least {number}"), format!("al menos {number}"))
}

pub(crate) fn schedules_fail(report: &Report, lang: Lang) -> String {
    let (failing, all) = (&report.failing, &report.schedules);
    if report.verdict == Verdict::Undecided {
        return pick(
            lang,
            "Not decided: no failure in what was looked at",
            "Sin decidir: ningún fallo en lo que se revisó",
        )
        .to_owned();
    }
    if all.exact && all.number == "1" {
        let fails = failing.number == "1";
        return match (fails, lang) {
            (true, Lang::En) => "the only schedule fails",
            (true, Lang::Es) => "falla la única planificación",
            (false, Lang::En) => "0 of 1 schedule fails",
            (false, Lang::Es) => "falla 0 de 1 planificación",
        }
        .to_owned();
    }
    if report.verdict == Verdict::Holds && report.stopped.is_some() {
        return pick(
            lang,
            "No schedule fails. How many there are was not counted.",
            "No falla ninguna planificación. No se contó cuántas hay.",
        )
        .to_owned();
    }
    if report.stopped.is_some() {
        return pick(
            lang,
            "Some schedule fails. How many do was not counted: not everything was looked at.",
            "Alguna planificación falla. No se contó cuántas: no se revisó todo.",
        )
        .to_owned();
    }
    if report.verdict == Verdict::Holds && !all.exact {
        let all = count(all, lang);
        return pick(
            lang,
            format!("no schedule fails, of {all}"),
            format!("no falla ninguna planificación, de {all}"),
        );
    }
    let (failing, all) = (count(failing, lang), count(all, lang));
    let (fails, fallan) = if failing == "1" { ("fails", "falla") } else { ("fail", "fallan") };
    pick(
        lang,
        format!("{failing} of {all} schedules {fails}"),
        format!("{fallan} {failing} de {all} planificaciones"),
    )
}

pub(crate) fn seeds(broken: usize, all: usize, lang: Lang) -> String {
    pick(
        lang,
        format!("{broken} of {all} seeds break a promise or get stuck"),
        format!("{broken} de {all} semillas rompen una promesa o se atascan"),
    )
}

pub(crate) fn a_broken_seed(seed: &str, lang: Lang) -> String {
    pick(lang, format!("See one: --seed {seed}"), format!("Mira una: --seed {seed}"))
}

pub(crate) fn bounds(bounds: &[Bound], lang: Lang) -> String {
    let told: Vec<String> = bounds.iter().map(|bound| bound.words()).collect();
    let told = told.join(", ");
    pick(
        lang,
        format!("This holds up to these bounds: {told}."),
        format!("Esto vale hasta estos límites: {told}."),
    )
}

pub(crate) fn lowered(lowered: &[(String, String)], lang: Lang) -> String {
    let told: Vec<String> =
        lowered.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let told = told.join(", ");
    pick(
        lang,
        format!("Looked at with {told}, as `explore` says."),
        format!("Se revisó con {told}, como dice `explore`."),
    )
}

pub(crate) fn hint(hint: &Hint, lang: Lang) -> String {
    let exponent = hint.exponent;
    match &hint.lower {
        Some(name) => pick(
            lang,
            format!("There are about 10^{exponent} schedules: lower `{name}`."),
            format!("Hay unas 10^{exponent} planificaciones: baja `{name}`."),
        ),
        None => pick(
            lang,
            format!("There are about 10^{exponent} schedules."),
            format!("Hay unas 10^{exponent} planificaciones."),
        ),
    }
}

/// A ceiling that was met; `decided` if the verdict is about every schedule all the same.
pub(crate) fn stopped(ceiling: Ceiling, decided: bool, lang: Lang) -> String {
    let so = match (decided, lang) {
        (true, Lang::En) => "the verdict is about all schedules, but they were not all counted",
        (true, Lang::Es) => "el veredicto vale para todas, pero no se contaron todas",
        (false, Lang::En) => "not everything was looked at",
        (false, Lang::Es) => "no se revisó todo",
    };
    match ceiling {
        Ceiling::States(most) => pick(
            lang,
            format!("The search stopped at {most} states: {so}."),
            format!("La búsqueda se detuvo en {most} estados: {so}."),
        ),
        Ceiling::Memory(bytes) => {
            let most = bytes >> 20;
            pick(
                lang,
                format!("The search stopped at {most} MB of memory: {so}."),
                format!("La búsqueda se detuvo en {most} MB de memoria: {so}."),
            )
        }
        Ceiling::Room => pick(
            lang,
            "The search met a ceiling: there is no room for all keys, tasks or outcomes of a step.",
            "La búsqueda llegó a un tope: no hay lugar para todas las claves, tareas o resultados de un paso.",
        )
        .to_owned(),
        Ceiling::Age => pick(
            lang,
            "A process asks how old a message is, and time orders nothing in a search: run it by the clock.",
            "Un proceso pregunta qué edad tiene un mensaje, y en una búsqueda el tiempo no ordena nada: ejecútalo por el reloj.",
        )
        .to_owned(),
        Ceiling::OwnWork(most) => pick(
            lang,
            format!("A process worked by itself for {most} instructions and was stopped."),
            format!("Un proceso trabajó por su cuenta {most} instrucciones y se detuvo."),
        ),
    }
}

pub(crate) fn broken_promise(kind: &str, condition: &str, why: Option<&str>, lang: Lang) -> String {
    let why = why.map(|why| format!(" ({why})")).unwrap_or_default();
    pick(
        lang,
        format!("Broken: {kind} {condition}{why}"),
        format!("Se rompe: {kind} {condition}{why}"),
    )
}

/// Ways to fail that need no promise.
#[derive(Clone, Copy)]
pub(crate) enum Failure {
    Deadlock,
    Stuck,
    NeverEnds,
}

pub(crate) fn failure(kind: Failure, lang: Lang) -> &'static str {
    match kind {
        Failure::Deadlock => pick(
            lang,
            "Deadlock: processes wait for one another in a circle",
            "Deadlock: unos procesos se esperan en círculo",
        ),
        Failure::Stuck => pick(
            lang,
            "Stuck: a process waits for what nobody will give",
            "Atascado: un proceso espera lo que nadie va a dar",
        ),
        Failure::NeverEnds => pick(
            lang,
            "Never ends: a circle without progress and without a way out",
            "No termina nunca: un círculo sin avance y sin salida",
        ),
    }
}

/// The shortest way to a failure, from the moment after some picks.
pub(crate) fn shortest(found: &Found, from: &[u32], lang: Lang) -> String {
    let in_all = count(&found.schedules, lang);
    let picks: Vec<String> = from.iter().chain(&found.shortest).map(u32::to_string).collect();
    let shown =
        if picks.is_empty() { String::new() } else { format!(": --picks {}", picks.join(",")) };
    let steps = match (found.shortest.len(), lang) {
        (0, Lang::En) => "at the start".to_owned(),
        (0, Lang::Es) => "al inicio".to_owned(),
        (1, Lang::En) => "1 step".to_owned(),
        (1, Lang::Es) => "1 paso".to_owned(),
        (steps, Lang::En) => format!("{steps} steps"),
        (steps, Lang::Es) => format!("{steps} pasos"),
    };
    match (in_all.as_str(), lang) {
        ("1", Lang::En) => format!("in 1 schedule, {steps}{shown}"),
        ("1", Lang::Es) => format!("en 1 planificación, {steps}{shown}"),
        (_, lang) if !found.least => {
            let way = pick(lang, "the shortest way found", "el camino más corto hallado");
            format!("{way}: {steps}{shown}")
        }
        (_, Lang::En) => format!("in {in_all} schedules; the shortest way: {steps}{shown}"),
        (_, Lang::Es) => {
            format!("en {in_all} planificaciones; el camino más corto: {steps}{shown}")
        }
    }
}

pub(crate) fn from_step(step: usize, lang: Lang) -> String {
    pick(
        lang,
        format!("From the moment after step {step} on:"),
        format!("Desde el momento tras el paso {step}:"),
    )
}

pub(crate) fn does_not_fit(lang: Lang) -> &'static str {
    pick(lang, "these picks do not fit", "estas elecciones no encajan")
}

pub(crate) fn too_large(lang: Lang) -> &'static str {
    pick(
        lang,
        "too many instances are there at this moment to explore from it",
        "en este momento hay demasiadas instancias para explorar desde él",
    )
}

pub(crate) fn cannot_move(skipped: &[String], lang: Lang) -> String {
    let words = skipped.join(", ");
    pick(
        lang,
        format!("this cannot happen at its place among the picks: {words}"),
        format!("esto no puede pasar en su lugar entre las elecciones: {words}"),
    )
}

pub(crate) fn circles(count: u64, lang: Lang) -> String {
    pick(
        lang,
        format!("A remark: {count} circles of states can be gone round and left."),
        format!("Una observación: hay {count} círculos de estados que se recorren y se dejan."),
    )
}

pub(crate) fn outcomes(lang: Lang) -> &'static str {
    pick(lang, "How the schedules end:", "Cómo terminan:")
}

pub(crate) fn outcome_columns(lang: Lang) -> [&'static str; 2] {
    pick(lang, ["schedules", "failing"], ["planificaciones", "fallan"])
}

pub(crate) fn left_waiting(lang: Lang) -> &'static str {
    pick(lang, "left waiting", "queda esperando")
}

pub(crate) fn counters_left_out(lang: Lang) -> &'static str {
    pick(
        lang,
        "Counters are left out: they change for ever in a circle.",
        "Sin contadores: cambian sin fin dentro de un círculo.",
    )
}

pub(crate) fn size(report: &Report, lang: Lang) -> String {
    let Report { states, transitions, depth, followed, certainty, .. } = report;
    let size = pick(
        lang,
        format!("{states} states, {transitions} transitions, depth {depth}"),
        format!("{states} estados, {transitions} transiciones, profundidad {depth}"),
    );
    let merged = pick(
        lang,
        format!(
            "; {followed} of them looked at, the rest differ only in which of several interchangeable processes is where"
        ),
        format!(
            "; se miraron {followed}, los demás solo cambian cuál de varios procesos intercambiables está dónde"
        ),
    );
    let merged = if followed < states && report.stopped.is_none() { merged } else { String::new() };
    let sure = pick(
        lang,
        format!("The chance that two states were taken for one is below 10^-{certainty}."),
        format!(
            "La probabilidad de haber tomado dos estados por uno es menor que 10^-{certainty}."
        ),
    );
    format!("{size}{merged}\n{sure}")
}

/// The processes that an error ended, a line each.
pub(crate) fn failed(frame: &Frame, lang: Lang) -> Vec<String> {
    let told = frame.lanes.iter().filter_map(|lane| match &lane.state {
        LaneState::Failed(error) => {
            let name = lane.name();
            let why = say::error(error, lang);
            Some(pick(lang, format!("{name} failed: {why}."), format!("{name} falló: {why}.")))
        }
        _ => None,
    });
    told.collect()
}
