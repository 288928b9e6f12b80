//! What was done so far, out of the page as a file and in again.

use yew::prelude::*;

use super::Look;
use crate::{
    browser::files::{self, Read},
    i18n,
    model::front::{
        FrontAction,
        marks::Marks,
        progress::{FILE_BYTES, Trouble},
    },
};

pub(super) fn progress(look: Look<'_>) -> Html {
    let texts = look.texts;
    let marks = lessons::listed().iter().map(|lesson| Marks::of(lesson, look.kept));
    let begun: Vec<Marks> = marks.filter(|marks| !marks.is_empty()).collect();
    let challenges = begun.iter().map(|marks| marks.done.0).sum();
    let so_far = if begun.is_empty() {
        texts.progress_none.to_owned()
    } else {
        (texts.progress_so_far)(begun.len(), challenges)
    };
    let taken = look.front.taken.as_ref().map(|taken| {
        let class = if taken.is_ok() { "told ok" } else { "told bad" };
        html! { <p {class}>{ i18n::progress_said(taken, look.lang) }</p> }
    });
    html! {
        <section class="progress-part" aria-labelledby="progress-title">
            <h2 id="progress-title">{ texts.progress }</h2>
            <p>{ so_far }{ " " }<span class="muted">{ texts.progress_more }</span></p>
            <p class="hero-go">
                if !begun.is_empty() {
                    <button type="button" class="btn" onclick={look.on(FrontAction::Export)}>{ texts.export }</button>
                }
                { import(look) }
            </p>
            { for taken }
        </section>
    }
}

/// A button that takes a file in.
fn import(look: Look<'_>) -> Html {
    let send = look.send.clone();
    let onchange = Callback::from(move |event: Event| {
        let send = send.clone();
        files::chosen(&event, FILE_BYTES, move |read| {
            let read = read.into_iter().next().map(|(_, read)| match read {
                Read::Bytes(bytes) => Ok(bytes),
                Read::TooLarge => Err(Trouble::TooLarge),
                Read::Failed => Err(Trouble::Unreadable),
            });
            if let Some(read) = read {
                send.emit(FrontAction::Import(read));
            }
        });
    });
    html! {
        <>
            <input type="file" id="progress-file" class="unseen" tabindex="-1" aria-hidden="true"
                accept=".txt,text/plain" {onchange}/>
            <button type="button" class="btn"
                onclick={|_: MouseEvent| files::choose("progress-file")}>{ look.texts.import }</button>
        </>
    }
}
