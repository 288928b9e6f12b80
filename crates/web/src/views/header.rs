//! The top of the page: where we are, learn or edit, language, theme, share.

use yew::prelude::*;

use super::{Look, brand};
use crate::{
    components::{Icon, segments},
    i18n,
    model::{Action, Bench, Mode, present::Present, share::ShareAction, update::bench_title},
};

/// The name of the page with its sign.
pub(super) fn logo(look: Look<'_>) -> Html {
    html! {
        <a class="logo" href="#" aria-label={look.texts.to_lessons}
            onclick={look.send.reform(|event: MouseEvent| {
                event.prevent_default();
                Action::Go(String::new())
            })}>
            { brand::sign() }
        </a>
    }
}

/// Language and theme.
pub(super) fn preferences(look: Look<'_>) -> Html {
    let (state, texts) = (look.state, look.texts);
    let themes = [texts.theme_system, texts.theme_light, texts.theme_dark];
    let words = brand::Words { language: texts.language, themes };
    brand::preferences((state.lang, state.theme), &words, look.send, Action::Lang, Action::Theme)
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
