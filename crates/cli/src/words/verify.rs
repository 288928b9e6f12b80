//! What verifying links says.

use lessons::link;
use sim_core::say::Lang;

use super::{mistakes, pick};
use crate::verify::{Trouble, Verdict, Why};

pub(crate) fn a_link(lang: Lang) -> &'static str {
    pick(lang, "link", "enlace")
}

pub(crate) fn no_links(lang: Lang) -> &'static str {
    pick(lang, "there are no links to moments in it", "no contiene enlaces a momentos")
}

pub(crate) fn heads(lang: Lang) -> [&'static str; 6] {
    pick(
        lang,
        ["link", "verdict", "lesson", "step", "fingerprint", "what it shows"],
        ["enlace", "veredicto", "lección", "paso", "huella", "qué muestra"],
    )
}

pub(crate) fn verdict(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Verified => pick(lang, "verified", "verificado"),
        Verdict::Differs(_) => pick(lang, "another run", "otra ejecución"),
        Verdict::NoFingerprint => pick(lang, "no fingerprint", "sin huella"),
        Verdict::Refused(_) => pick(lang, "refused", "rechazado"),
    }
}

/// Why a link is not verified.
pub(crate) fn why(verdict: Verdict, lang: Lang) -> Option<String> {
    let said = match verdict {
        Verdict::Verified => return None,
        Verdict::NoFingerprint => pick(
            lang,
            "the link does not say which run it was made of",
            "el enlace no dice de qué ejecución se hizo",
        ),
        Verdict::Differs(Why::TextChanged) => pick(
            lang,
            "it does not fit the lesson's text: that has changed since, or the link was altered",
            "no corresponde al texto de la lección: el texto cambió desde entonces, o alguien alteró el enlace",
        ),
        Verdict::Differs(Why::DoesNotFit(fitted)) => {
            return Some(pick(
                lang,
                format!(
                    "only {fitted} of its steps fit: the link was altered, or the simulator has changed"
                ),
                format!(
                    "solo encajan {fitted} de sus pasos: alguien alteró el enlace, o el simulador cambió"
                ),
            ));
        }
        Verdict::Differs(Why::Differs) => pick(
            lang,
            "its steps give a run with another fingerprint: the link was altered, or the simulator has changed",
            "sus pasos dan una ejecución con otra huella: alguien alteró el enlace, o el simulador cambió",
        ),
        Verdict::Refused(trouble) => return Some(self::trouble(trouble, lang)),
    };
    Some(said.to_owned())
}

fn trouble(trouble: Trouble, lang: Lang) -> String {
    let said = match trouble {
        Trouble::Link(link::Trouble::TooLong) => {
            pick(lang, "it is longer than a link may be", "es más largo de lo que admite un enlace")
        }
        Trouble::Link(link::Trouble::Newer) => pick(
            lang,
            "it was made by a newer Lockstep",
            "lo hizo una versión más nueva de Lockstep",
        ),
        Trouble::Link(link::Trouble::Garbled) => {
            pick(lang, "the link is damaged", "el enlace está dañado")
        }
        Trouble::Link(link::Trouble::NoMoment) => {
            pick(lang, "it leads to no moment", "no lleva a ningún momento")
        }
        Trouble::NoLesson => {
            pick(lang, "this Lockstep has no such lesson", "este Lockstep no tiene esa lección")
        }
        Trouble::NoText => pick(
            lang,
            "its scenario is kept on somebody's device: share it with its text",
            "su escenario está guardado en el dispositivo de alguien: compártelo con su texto",
        ),
        Trouble::Mistakes(count) => {
            let count = mistakes(count, lang);
            return pick(
                lang,
                format!("its text does not run: {count}"),
                format!("su texto no funciona: {count}"),
            );
        }
    };
    said.to_owned()
}

pub(crate) fn does(challenge: &str, lang: Lang) -> String {
    pick(lang, format!("does {challenge}"), format!("cumple {challenge}"))
}

pub(crate) fn summary(verified: usize, all: usize, lang: Lang) -> String {
    match all {
        1 => pick(
            lang,
            format!("{verified} of 1 link verified"),
            format!("{verified} de 1 enlace verificado"),
        ),
        _ => pick(
            lang,
            format!("{verified} of {all} links verified"),
            format!("{verified} de {all} enlaces verificados"),
        ),
    }
}
