//! The top of the page: where we are, learn or edit, language, theme, share.

use sim_core::say::Lang;
use yew::prelude::*;

use super::Look;
use crate::{
    components::{Icon, icon_button, segments},
    i18n,
    model::{
        Action, Bench, Mode, Theme, present::Present, share::ShareAction, update::bench_title,
    },
};

/// The name of the page with its sign.
pub(super) fn logo(look: Look<'_>) -> Html {
    html! {
        <a class="logo" href="#" aria-label={look.texts.to_lessons}
            onclick={look.send.reform(|event: MouseEvent| {
                event.prevent_default();
                Action::Go(String::new())
            })}>
            <svg width="24" height="24" viewBox="0 0 22 22" aria-hidden="true">
                <path class="logo-lines" d="M3 3v16M11 3v16M19 3v16"/>
                <circle class="logo-dot hue-1" cx="3" cy="7" r="3"/>
                <circle class="logo-dot hue-2" cx="11" cy="11" r="3"/>
                <circle class="logo-dot hue-3" cx="19" cy="15" r="3"/>
            </svg>
            <span class="logo-name">{ "Lockstep" }</span>
        </a>
    }
}

/// Language and theme.
pub(super) fn preferences(look: Look<'_>) -> Html {
    let (state, texts) = (look.state, look.texts);
    let languages = Lang::ALL.map(|lang| {
        (Action::Lang(lang), lang.tag().to_ascii_uppercase().into(), state.lang == lang)
    });
    let (icon, name, next) = match state.theme {
        Theme::System => (Icon::System, texts.theme_system, Theme::Light),
        Theme::Light => (Icon::Light, texts.theme_light, Theme::Dark),
        Theme::Dark => (Icon::Dark, texts.theme_dark, Theme::System),
    };
    html! {
        <>
            { segments(texts.language, languages.to_vec(), look.send) }
            { icon_button(name, icon, "ghost theme", false, look.on(Action::Theme(next))) }
        </>
    }
}

/// From the workbench to the stage.
fn present(look: Look<'_>) -> Html {
    let texts = i18n::present(look.state.lang);
    html! {
        <button type="button" id="present-open" class="btn icon ghost present-open" aria-label={texts.present}
            title={texts.present_help} onclick={look.on(Action::Present(Present::Toggle))}>{ Icon::Present.draw() }</button>
    }
}

/// The header of the workbench.
pub(super) fn bench_header(look: Look<'_>, bench: &Bench) -> Html {
    let texts = look.texts;
    let modes = [(Mode::Learn, texts.learn), (Mode::Edit, texts.edit)];
    let modes = modes.map(|(mode, words)| (Action::Mode(mode), words.into(), bench.mode == mode));
    let theme = bench.course.words(look.state.lang).map_or(texts.own_theme, |words| words.theme);
    html! {
        <header class="top">
            { logo(look) }
            <p class="crumb">
                <span class="crumb-theme">{ theme }{ " › " }</span>
                // On a phone the story with its heading is one tab of several.
                <strong role="heading" aria-level="1">{ bench_title(bench, look.state.lang) }</strong>
                if bench.is_edited() && bench.course.words(look.state.lang).is_some() {
                    { " " }<span class="chip warn" title={texts.edited_help}>{ texts.edited }</span>
                }
            </p>
            <div class="top-middle">{ segments(texts.mode, modes.to_vec(), look.send) }</div>
            <div class="top-end">
                { preferences(look) }
                <button type="button" id="keys-open" class="btn ghost keys-open" aria-label={texts.keys}
                    title={texts.keys} onclick={look.on(Action::Keys(true))}>{ "?" }</button>
                { present(look) }
                <button type="button" id="share-open" class="btn share" title={texts.share_help} aria-haspopup="dialog"
                    onclick={look.on(Action::Share(ShareAction::Open))}>{ texts.share }</button>
            </div>
        </header>
    }
}
