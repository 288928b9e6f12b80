//! The pages that need no simulator within the whole page, a lesson on its way, and links.

use yew::prelude::*;

use super::{Look, dialogs, front};
use crate::{
    components::{Look as Style, button},
    model::{
        Action,
        front::FrontAction,
        lesson::{LessonAction, Trouble},
        update::coming_title,
    },
};

pub(super) fn home(look: Look<'_>) -> Html {
    let send = look.send.reform(Action::Front);
    front::page(inner(look, &send), dialogs::notice(look))
}

/// The top of a page without a workbench; `here` is its path.
pub(super) fn top(look: Look<'_>, here: &str) -> Html {
    let send = look.send.reform(Action::Front);
    front::top::top(inner(look, &send), here)
}

fn inner<'a>(look: Look<'a>, send: &'a Callback<FrontAction>) -> front::Look<'a> {
    let state = look.state;
    front::Look {
        front: &state.front,
        kept: &state.kept,
        lang: state.lang,
        theme: state.theme,
        texts: front::texts(state.lang),
        send,
    }
}

/// A lesson on its way: that it comes, or why it does not.
pub(super) fn coming(look: Look<'_>) -> Html {
    let texts = look.texts;
    let trouble = look.state.coming.as_ref().and_then(|coming| coming.trouble.as_ref());
    let said = match trouble {
        None => html! { <p role="status">{ texts.lesson_coming }</p> },
        Some(trouble) => {
            let (words, action) = match trouble {
                Trouble::Fetch(_) => (texts.again, LessonAction::Again),
                // The same would be fetched once more.
                Trouble::Gone | Trouble::Unreadable => (texts.reload, LessonAction::Reload),
            };
            html! {
            <div role="alert">
                <p>{ match trouble {
                    Trouble::Fetch(words) => (texts.lesson_lost)(words),
                    Trouble::Gone => texts.lesson_gone.to_owned(),
                    Trouble::Unreadable => texts.lesson_unreadable.to_owned(),
                } }</p>
                <p class="hero-go">{ button(words, Style::Primary, look.on(Action::Lesson(action))) }</p>
            </div>
            }
        }
    };
    html! {
        <div class="app home front coming">
            { top(look, "-") }
            { dialogs::notice(look) }
            <main id="main" tabindex="-1">
                <h1>{ coming_title(look.state) }</h1>
                { said }
            </main>
        </div>
    }
}

pub(super) fn link(look: Look<'_>, path: &str, inside: Html, class: &'static str) -> Html {
    let fragment = path.to_owned();
    let onclick = look.send.reform(move |event: MouseEvent| {
        event.prevent_default();
        Action::Go(fragment.clone())
    });
    html! { <a class={classes!(class.to_owned())} href={format!("#{path}")} {onclick}>{ inside }</a> }
}

/// Version, commit and licences.
pub(super) fn footer(look: Look<'_>) -> Html {
    html! {
        <footer class="colophon">
            <span>{ "Lockstep " }{ crate::VERSION }{ " · " }<span class="mono">{ crate::COMMIT }</span></span>
            <a href="licences.html">{ look.texts.licences }</a>
        </footer>
    }
}
