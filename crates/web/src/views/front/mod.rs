//! The pages that need no simulator. They are in both binaries, the small one of the first view
//! included, so they are given little, and name nothing of the workbench.

mod map;
mod own;
mod page;
mod progress;
mod race;
pub(super) mod top;

use sim_core::say::Lang;
use yew::prelude::*;

use super::rich;
use crate::{
    i18n::{self, FrontTexts},
    model::{
        Theme,
        front::{Front, FrontAction, Place, marks},
        state::Kept,
    },
};

/// What these pages are given.
#[derive(Clone, Copy)]
pub(crate) struct Look<'a> {
    /// What they know.
    pub(crate) front: &'a Front,
    /// What is kept on this device.
    pub(crate) kept: &'a Kept,
    /// The language they are read in.
    pub(crate) lang: Lang,
    /// How they look.
    pub(crate) theme: Theme,
    /// The words around it.
    pub(crate) texts: &'static FrontTexts,
    /// Where actions go.
    pub(crate) send: &'a Callback<FrontAction>,
}

impl Look<'_> {
    /// A callback that sends an action, whatever the event.
    fn on<E: 'static>(&self, action: FrontAction) -> Callback<E> {
        self.send.reform(move |_| action.clone())
    }
}

/// The page, with `notice` below its top.
pub(crate) fn page(look: Look<'_>, notice: Html) -> Html {
    let here = match look.front.place {
        Place::Home => "",
        Place::Glossary(_) => "/glossary",
        Place::Modelled => "/modelled",
        Place::Teachers => "/teachers",
    };
    let inside = match look.front.place {
        Place::Home => home(look),
        Place::Glossary(_) | Place::Modelled | Place::Teachers => page::words(look),
    };
    html! {
        <div class="app home front">
            { top::top(look, here) }
            { notice }
            <main id="main" tabindex="-1">{ inside }</main>
            { footer(look) }
        </div>
    }
}

fn home(look: Look<'_>) -> Html {
    let texts = look.texts;
    let begun = !look.kept.done.is_empty() || !look.kept.answers.is_empty();
    let next = marks::next(look.kept).or_else(|| lessons::listed().first());
    let start = next.map(|lesson| {
        let words = if begun {
            (texts.go_on)(lesson.text(look.lang).title)
        } else {
            texts.start.to_owned()
        };
        link(look, &format!("/lesson/{}", lesson.id), html! { { words } }, "btn primary big")
    });
    let [take, break_it, prove] = texts.hero;
    html! {
        <>
            <section class="hero">
                <div class="hero-words">
                    <h1>{ take }<br/>{ break_it }<br/>{ prove }</h1>
                    <p class="hero-more">{ texts.hero_more }</p>
                    <p class="hero-go">
                        { start }
                        <button type="button" class="btn big"
                            onclick={look.on(FrontAction::Focus("course"))}>{ texts.see_course }</button>
                    </p>
                    <p class="small muted">{ texts.hero_small }</p>
                </div>
                { race::race(look) }
            </section>
            { map::course(look) }
            { own::few(look) }
            { progress::progress(look) }
        </>
    }
}

/// A link inside the page.
fn link(look: Look<'_>, path: &str, inside: Html, class: &'static str) -> Html {
    let onclick = go(look, path);
    html! { <a class={class} href={format!("#{path}")} {onclick}>{ inside }</a> }
}

/// Follows a link inside the page. Whoever wants it in another tab gets it there.
fn go(look: Look<'_>, path: &str) -> Callback<MouseEvent> {
    let (send, fragment) = (look.send.clone(), path.to_owned());
    Callback::from(move |event: MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            send.emit(FrontAction::Go(fragment.clone()));
        }
    })
}

/// Version, commit, licences, and that nothing leaves the device.
fn footer(look: Look<'_>) -> Html {
    html! {
        <footer class="colophon">
            <span>{ look.texts.nothing_sent }</span>
            { link(look, "/modelled", html! { { look.texts.modelled } }, "") }
            <span>{ "Lockstep " }{ crate::VERSION }{ " · " }<span class="mono">{ crate::COMMIT }</span></span>
            <a href="licences.html">{ look.texts.licences }</a>
        </footer>
    }
}

/// The words of these pages in the language of the reader.
pub(crate) fn texts(lang: Lang) -> &'static FrontTexts {
    i18n::front(lang)
}
