//! The top of these pages: where one can go, language and theme.

use yew::prelude::*;

use super::{super::brand, Look, go, link};
use crate::model::front::{FrontAction, TOP};

/// The top of a page; `here` is the path of the page shown.
pub(in crate::views) fn top(look: Look<'_>, here: &str) -> Html {
    html! {
        <header class="top" id={TOP}>
            { logo(look) }
            { pages(look, here) }
            <div class="top-end">{ preferences(look) }</div>
        </header>
    }
}

fn logo(look: Look<'_>) -> Html {
    let sign = html! {
        <>
            { brand::sign() }
            <span class="unseen">{ ": " }{ look.texts.course }</span>
        </>
    };
    link(look, "", sign, "logo")
}

fn pages(look: Look<'_>, here: &str) -> Html {
    let texts = look.texts;
    let entries = [
        ("", texts.course),
        ("/new", texts.create),
        ("/teachers", texts.teachers),
        ("/glossary", texts.glossary),
    ];
    let entries = entries.map(|(path, words)| {
        let onclick = go(look, path);
        let current = (path == here).then_some("page");
        html! { <a class="btn ghost" href={format!("#{path}")} aria-current={current} {onclick}>{ words }</a> }
    });
    html! { <nav class="pages" aria-label={texts.pages}>{ for entries }</nav> }
}

fn preferences(look: Look<'_>) -> Html {
    let texts = look.texts;
    let themes = [texts.theme_system, texts.theme_light, texts.theme_dark];
    let words = brand::Words { language: texts.language, themes };
    brand::preferences(
        (look.lang, look.theme),
        &words,
        look.send,
        FrontAction::Lang,
        FrontAction::Theme,
    )
}
