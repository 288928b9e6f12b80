//! Why we are here: the story, the question, the hints.

use yew::prelude::*;

use super::{Look, home, rich};
use crate::{
    components::{Look as Style, button},
    i18n,
    model::{Action, Bench, update::bench_title},
};

pub(super) fn story(look: Look<'_>, bench: &Bench) -> Html {
    let texts = look.texts;
    let (Some(lesson), Some(words)) = (bench.course.lesson, bench.course.words(look.state.lang))
    else {
        let writing = i18n::writing(look.state.lang);
        return html! {
            <div class="card panel-story">
                <h1>{ bench_title(bench, look.state.lang) }</h1>
                <div class="prose">
                    <p>{ rich::ticked(texts.own_story) }</p>
                    <p>{ rich::ticked(texts.own_story_more) }</p>
                </div>
                <p class="story-go">
                    { home::link(look, "/mine", html! { { writing.shelf } }, "btn small") }
                    { home::link(look, "/new", html! { { writing.new_scenario } }, "btn small") }
                </p>
            </div>
        };
    };
    let answers = lesson.answers.iter().zip(words.answers).enumerate().map(|(at, (answer, said))| {
        let chosen = bench.answer == Some(at);
        let class = match (chosen, answer.right) {
            (false, _) => "",
            (true, true) => "right",
            (true, false) => "other",
        };
        html! {
            <button type="button" class={classes!("btn", "answer", class)} aria-pressed={chosen.to_string()}
                onclick={look.on(Action::Answer(at))}>{ rich::inlines(said.text) }</button>
        }
    });
    let feedback =
        bench.answer.and_then(|at| Some((lesson.answers.get(at)?, words.answers.get(at)?)));
    html! {
        <div class="card panel-story">
            <span class="chip">{ (texts.lesson_number)(lesson.number, lesson.minutes) }</span>
            <h1>{ words.title }</h1>
            <div class="prose">{ rich::blocks(words.story) }</div>
            <div class="question" id="step-predict" tabindex="-1" role="group" aria-label={texts.predict}>
                <p class="eyebrow">{ texts.predict }</p>
                <div class="prose">{ rich::blocks(words.question) }</div>
                <div class="answers">{ for answers }</div>
                <div class="prose feedback" id="feedback">
                    { for feedback.map(|(answer, said)| html! {
                        <div class={if answer.right { "told right" } else { "told other" }}>
                            // What is said to a right answer says so itself.
                            if !answer.right { <p><strong>{ texts.not_quite }</strong></p> }
                            { rich::blocks(said.feedback) }
                            <p class="small muted">{ i18n::rhythm(look.state.lang).kept }</p>
                        </div>
                    }) }
                </div>
            </div>
            { hints(look, bench, words.hints) }
            { modelled(look, words) }
        </div>
    }
}

/// What the lesson leaves out, in a line, and where more of it is said.
fn modelled(look: Look<'_>, words: &lessons::Text) -> Html {
    if words.modelled.is_empty() {
        return html! {};
    }
    html! {
        <p class="modelled">
            { rich::inlines(words.modelled) }{ " " }
            <a href="#/modelled">{ i18n::rhythm(look.state.lang).modelled }</a>{ "." }
        </p>
    }
}

fn hints(look: Look<'_>, bench: &Bench, hints: &[&[lessons::Inline]]) -> Html {
    let shown = bench.hints.min(hints.len());
    html! {
        <div class="hints">
            if shown > 0 {
                <ol>{ for hints[..shown].iter().map(|hint| html! { <li>{ rich::inlines(hint) }</li> }) }</ol>
            }
            if shown < hints.len() {
                { button((look.texts.hint)(shown + 1, hints.len()), Style::Ghost, look.on(Action::Hint)) }
            }
        </div>
    }
}

pub(super) fn colophon(look: Look<'_>) -> Html {
    html! {
        <p class="colophon">
            { crate::VERSION }{ " · " }<span class="mono">{ crate::COMMIT }</span>{ " · " }
            <a href="licences.html">{ look.texts.licences }</a>
        </p>
    }
}
