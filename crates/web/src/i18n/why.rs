//! In which way a step led to another, in words.

use sim_core::{say::Lang, session::How};

/// What stands between a step and the one that led to it.
#[must_use]
pub fn because(how: &How, lang: Lang) -> String {
    let is_en = lang == Lang::En;
    match how {
        How::Met(place) if place.is_empty() => {
            if is_en { "because of this step:" } else { "por este paso:" }.to_owned()
        }
        How::Met(place) if is_en => format!("it found {place} as this step left it:"),
        How::Met(place) => format!("encontró {place} como lo dejó este paso:"),
        How::LetGo(place) if is_en => format!("it could take {place}, which this had let go:"),
        How::LetGo(place) => format!("pudo tomar {place}, que este había soltado:"),
        How::Put(words, place) if is_en => format!("{words} was in {place}, put there by:"),
        How::Put(words, place) => format!("{words} estaba en {place}; llegó ahí así:"),
        How::Sent(words) if is_en => format!("{words} was under way, sent by:"),
        How::Sent(words) => format!("{words} iba en camino; salió así:"),
        How::Took(words) if is_en => format!("{words} was in flight, taken by:"),
        How::Took(words) => format!("{words} estaba en proceso; se tomó así:"),
        How::GaveBack(words, place) if is_en => format!("{words} was in {place} again, because:"),
        How::GaveBack(words, place) => format!("{words} estaba otra vez en {place}, porque:"),
        How::Readied(words) if is_en => format!("{words} could be received from here on:"),
        How::Readied(words) => format!("{words} se pudo recibir desde aquí:"),
        How::Started => if is_en { "it was started by:" } else { "lo puso en marcha:" }.to_owned(),
        How::Called => if is_en { "it was called by:" } else { "lo llamó este paso:" }.to_owned(),
        How::Answered => {
            if is_en { "it got its answer by:" } else { "recibió su respuesta así:" }.to_owned()
        }
        How::Fell(place) if is_en => format!("{place} had gone down here:"),
        How::Fell(place) => format!("{place} había caído aquí:"),
        How::Own(0) => {
            if is_en { "just before, it did this itself:" } else { "justo antes, hizo esto:" }
                .to_owned()
        }
        How::Own(1) => if is_en {
            "earlier, it did this itself (one more step of its own in between):"
        } else {
            "antes, hizo esto (en medio, otro paso suyo):"
        }
        .to_owned(),
        How::Own(count) if is_en => {
            format!("earlier, it did this itself ({count} more steps of its own in between):")
        }
        How::Own(count) => format!("antes, hizo esto (en medio, otros {count} pasos suyos):"),
    }
}
