//! The sentences of `run --chance`, in both languages.

use sim_core::{
    chance::{CONTINUATION_STEPS, MILLION, Tally},
    say::Lang,
    session::Rise,
};

use super::pick;

/// A share in millionths in whole percents; what is not quite none or all does not look so.
fn percent(share: u32) -> String {
    let one = MILLION / 100;
    match share {
        0 => "0 %".to_owned(),
        share if share < one / 2 => "< 1 %".to_owned(),
        MILLION => "100 %".to_owned(),
        share if share >= MILLION - one / 2 => "> 99 %".to_owned(),
        share => format!("{} %", (share + one / 2) / one),
    }
}

fn between(tally: &Tally, lang: Lang) -> String {
    let (low, high) = tally.interval();
    format!("{} {} {}", percent(low), pick(lang, "to", "a"), percent(high))
}

pub(crate) fn counted(step: u32, tally: &Tally, lang: Lang) -> String {
    let (broken, all, between) = (tally.broken, tally.continuations, between(tally, lang));
    pick(
        lang,
        format!("After step {step}: {broken} of {all} continuations end broken ({between})"),
        format!("Tras el paso {step}: {broken} de {all} continuaciones acaban mal ({between})"),
    )
}

pub(crate) fn breaks(count: u32, condition: &str, lang: Lang) -> String {
    let (en, es) = if count == 1 { ("breaks", "rompe") } else { ("break", "rompen") };
    pick(lang, format!("{count} {en} {condition}"), format!("{count} {es} {condition}"))
}

pub(crate) fn already(lang: Lang) -> &'static str {
    pick(
        lang,
        "a promise is broken already, so whatever follows counts as broken",
        "algo prometido ya está roto, así que todo lo que siga cuenta como roto",
    )
}

pub(crate) fn left_waiting(count: u32, is_deadlock: bool, lang: Lang) -> String {
    let (en, es) = if count == 1 { ("ends", "acaba") } else { ("end", "acaban") };
    if is_deadlock {
        let es = format!("{count} {es} en un interbloqueo");
        return pick(lang, format!("{count} {en} in a deadlock"), es);
    }
    pick(lang, format!("{count} {en} stuck"), format!("{count} {es} en un atasco"))
}

pub(crate) fn not_ended(count: u32, lang: Lang) -> String {
    pick(
        lang,
        format!(
            "{count} did not end within {CONTINUATION_STEPS} steps, or met another ceiling: neither \
             broken nor fine, and the interval allows for both"
        ),
        format!(
            "{count} no terminaron en {CONTINUATION_STEPS} pasos, o llegaron a otro límite: ni rotas \
             ni buenas, y el intervalo admite ambas cosas"
        ),
    )
}

pub(crate) fn what(lang: Lang) -> &'static str {
    pick(
        lang,
        "These are runs by the clock with other seeds, not all schedules.",
        "Son ejecuciones por el reloj con otras semillas, no todas las planificaciones.",
    )
}

pub(crate) fn along(lang: Lang) -> &'static str {
    pick(
        lang,
        "Along the run, after each step: how many end broken",
        "A lo largo de la ejecución, tras cada paso: cuántas acaban mal",
    )
}

pub(crate) fn moment(tally: &Tally, lang: Lang) -> String {
    format!("{:>6}  ({})", percent(tally.share()), between(tally, lang))
}

pub(crate) fn rise(rise: &Rise, lang: Lang) -> String {
    let (from, to) = (percent(rise.from), percent(rise.to));
    let (before, after) = (rise.before, rise.after);
    if after - before == 1 {
        return pick(
            lang,
            format!("Failure became likely here: step {after}, from {from} to {to}"),
            format!("Aquí el fallo se volvió probable: paso {after}, del {from} al {to}"),
        );
    }
    pick(
        lang,
        format!("Failure became likely between steps {before} and {after}, from {from} to {to}"),
        format!(
            "El fallo se volvió probable entre los pasos {before} y {after}, del {from} al {to}"
        ),
    )
}

pub(crate) fn no_rise(lang: Lang) -> &'static str {
    pick(
        lang,
        "No single step makes a failure much more likely",
        "Ningún paso por sí solo hace el fallo mucho más probable",
    )
}

pub(crate) fn cut(lang: Lang) -> &'static str {
    pick(
        lang,
        "The run is long, so not every moment was tried as often",
        "La ejecución es larga: no todos los momentos se probaron igual de veces",
    )
}
