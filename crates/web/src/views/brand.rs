//! What stands at the top of every page, in either program: the sign of Lockstep, language and theme.

use sim_core::say::Lang;
use yew::prelude::*;

use crate::{
    components::{Icon, icon_button, segments},
    model::Theme,
};

/// The sign with the name beside it.
pub(super) fn sign() -> Html {
    html! {
        <>
            <svg width="24" height="24" viewBox="0 0 22 22" aria-hidden="true">
                <path class="logo-lines" d="M3 3v16M11 3v16M19 3v16"/>
                <circle class="logo-dot hue-1" cx="3" cy="7" r="3"/>
                <circle class="logo-dot hue-2" cx="11" cy="11" r="3"/>
                <circle class="logo-dot hue-3" cx="19" cy="15" r="3"/>
            </svg>
            <span class="logo-name">{ "Lockstep" }</span>
        </>
    }
}

/// What the choices are called.
pub(super) struct Words {
    /// The languages, as a whole.
    pub(super) language: &'static str,
    /// The theme that is shown: as the system has it, light, dark.
    pub(super) themes: [&'static str; 3],
}

/// Language and theme, with the actions that choose them.
pub(super) fn preferences<A: Clone + 'static>(
    (lang, theme): (Lang, Theme),
    words: &Words,
    send: &Callback<A>,
    to_lang: fn(Lang) -> A,
    to_theme: fn(Theme) -> A,
) -> Html {
    let languages =
        Lang::ALL.map(|one| (to_lang(one), one.tag().to_ascii_uppercase().into(), one == lang));
    let [system, light, dark] = words.themes;
    let (icon, name, next) = match theme {
        Theme::System => (Icon::System, system, Theme::Light),
        Theme::Light => (Icon::Light, light, Theme::Dark),
        Theme::Dark => (Icon::Dark, dark, Theme::System),
    };
    let next = to_theme(next);
    let turn = send.reform(move |_| next.clone());
    html! {
        <>
            { segments(words.language, languages.to_vec(), send) }
            { icon_button(name, icon, "ghost theme", false, turn) }
        </>
    }
}
