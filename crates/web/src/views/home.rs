//! The first page: what this is, and the lessons.

use yew::prelude::*;

use super::{Look, dialogs, header, shelf};
use crate::{
    components::{Look as Style, button},
    model::{
        Action,
        lesson::{LessonAction, Trouble},
        update::coming_title,
    },
};

pub(super) fn home(look: Look<'_>) -> Html {
    let texts = look.texts;
    let first = lessons::listed().first().map(|lesson| format!("/lesson/{}", lesson.id));
    html! {
        <div class="app home">
            <header class="top">
                { header::logo(look) }
                <div class="top-middle"></div>
                <div class="top-end">{ header::preferences(look) }</div>
            </header>
            { dialogs::notice(look) }
            <main id="main" tabindex="-1">
                <section class="hero">
                    <div class="hero-words">
                        <h1>{ texts.hero }</h1>
                        <p class="hero-more">{ texts.hero_more }</p>
                        <p class="hero-go">
                            { for first.map(|path| link(look, &path, html! { { texts.start } }, "btn primary big")) }
                            { link(look, "/new", html! { { texts.write_own } }, "btn big") }
                        </p>
                    </div>
                    { picture() }
                </section>
                <section aria-labelledby="lessons-title">
                    <h2 id="lessons-title">{ texts.lessons }</h2>
                    { themes(look) }
                </section>
                { shelf::few(look) }
            </main>
            { footer(look) }
        </div>
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
        <div class="app home coming">
            <header class="top">
                { header::logo(look) }
                <div class="top-middle"></div>
                <div class="top-end">{ header::preferences(look) }</div>
            </header>
            { dialogs::notice(look) }
            <main id="main" tabindex="-1">
                <h1>{ coming_title(look.state) }</h1>
                { said }
            </main>
        </div>
    }
}

/// The lessons under the names of their themes, in the order of the course.
fn themes(look: Look<'_>) -> Html {
    let lang = look.state.lang;
    let theme = |lesson: &lessons::Listed| lesson.text(lang).theme;
    let lessons = lessons::listed();
    // A theme stands where its first lesson does, with all that belong to it.
    let is_first = |at: usize| lessons[..at].iter().all(|one| theme(one) != theme(&lessons[at]));
    let part = |at: usize| {
        let of_it = lessons.iter().filter(|lesson| theme(lesson) == theme(&lessons[at]));
        html! {
            <>
                <h3 class="theme-name">{ theme(&lessons[at]) }</h3>
                <ul class="lessons">{ for of_it.map(|lesson| entry(look, lesson)) }</ul>
            </>
        }
    };
    html! { <>{ for (0..lessons.len()).filter(|&at| is_first(at)).map(part) }</> }
}

fn entry(look: Look<'_>, lesson: &'static lessons::Listed) -> Html {
    let texts = look.texts;
    let words = lesson.text(look.state.lang);
    let all = lesson.challenges.len();
    let is_done = |challenge: &&&str| look.state.kept.has_done(lesson.id, challenge);
    let done = lesson.challenges.iter().filter(is_done).count();
    let chip = if done == all && all > 0 { "chip ok" } else { "chip" };
    let inside = html! {
        <>
            <span class="lesson-title">{ words.title }</span>
            <span class="lesson-sentence">{ words.summary }</span>
            <span class="lesson-foot">
                <span>{ (texts.minutes)(lesson.minutes) }</span>
                <span class={chip}>{ (texts.challenges_done)(done, all) }</span>
                if look.state.kept.draft(lesson.id).is_some() {
                    <span class="chip">{ texts.draft_kept }</span>
                }
            </span>
        </>
    };
    html! { <li>{ link(look, &format!("/lesson/{}", lesson.id), inside, "lesson") }</li> }
}

pub(super) fn link(look: Look<'_>, path: &str, inside: Html, class: &'static str) -> Html {
    let fragment = path.to_owned();
    let onclick = look.send.reform(move |event: MouseEvent| {
        event.prevent_default();
        Action::Go(fragment.clone())
    });
    html! { <a class={classes!(class.to_owned())} href={format!("#{path}")} {onclick}>{ inside }</a> }
}

/// Two processes and what lies between them: the whole idea in one picture.
fn picture() -> Html {
    html! {
        <svg class="hero-picture" viewBox="0 0 420 220" aria-hidden="true">
            <path class="rail" d="M20 40H400M20 110H400M20 180H400"/>
            <rect class="band" x="150" y="100" width="170" height="20" rx="5"/>
            <g class="hue-1"><path class="touch" d="M80 110V40M220 40V110"/><circle class="dot" cx="80" cy="40" r="9"/><circle class="dot" cx="220" cy="40" r="9"/></g>
            <g class="hue-2"><path class="touch" d="M150 110V180"/><path class="touch later" d="M320 180V110"/><rect class="dot" x="142" y="172" width="16" height="16"/><rect class="dot hollow" x="312" y="172" width="16" height="16"/></g>
            <g class="chips"><rect x="24" y="97" width="44" height="26" rx="7"/><text x="46" y="115" text-anchor="middle">{ "100" }</text><rect x="230" y="97" width="38" height="26" rx="7"/><text x="249" y="115" text-anchor="middle">{ "20" }</text></g>
            <path class="cursor" d="M270 14V206"/><circle class="cursor-head" cx="270" cy="14" r="6"/>
        </svg>
    }
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
