//! The top of these pages: where one can go, language and theme.

use sim_core::say::Lang;
use yew::prelude::*;

use super::{Look, go, link};
use crate::{
    components::{Icon, icon_button, segments},
    model::{
        Theme,
        front::{FrontAction, TOP},
    },
};

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
            <svg width="24" height="24" viewBox="0 0 22 22" aria-hidden="true">
                <path class="logo-lines" d="M3 3v16M11 3v16M19 3v16"/>
                <circle class="logo-dot hue-1" cx="3" cy="7" r="3"/>
                <circle class="logo-dot hue-2" cx="11" cy="11" r="3"/>
                <circle class="logo-dot hue-3" cx="19" cy="15" r="3"/>
            </svg>
            <span class="logo-name">{ "Lockstep" }</span>
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
    let languages = Lang::ALL.map(|lang| {
        (FrontAction::Lang(lang), lang.tag().to_ascii_uppercase().into(), look.lang == lang)
    });
    let (icon, name, next) = match look.theme {
        Theme::System => (Icon::System, texts.theme_system, Theme::Light),
        Theme::Light => (Icon::Light, texts.theme_light, Theme::Dark),
        Theme::Dark => (Icon::Dark, texts.theme_dark, Theme::System),
    };
    html! {
        <>
            { segments(texts.language, languages.to_vec(), look.send) }
            { icon_button(name, icon, "ghost theme", false, look.on(FrontAction::Theme(next))) }
        </>
    }
}
