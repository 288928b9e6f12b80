//! The thread of a lesson through the page, and where it ends: the debrief and the next lesson.

use yew::prelude::*;

use super::{Look, home, rich};
use crate::{
    components::{Look as Style, button},
    i18n,
    model::{
        Action, Bench,
        rhythm::{self, RhythmAction, Step},
    },
};

/// The steps of the lesson: what is done, where one is, and the way to each.
pub(super) fn thread(look: Look<'_>, bench: &Bench) -> Html {
    let steps = rhythm::steps(look.state, bench);
    if steps.is_empty() {
        return html! {};
    }
    let texts = i18n::rhythm(look.state.lang);
    let current = steps.iter().find(|(_, done)| !done).map(|(step, _)| *step);
    let rows = (1..).zip(&steps).map(|(number, (step, done))| {
        let here = current == Some(*step);
        let class = match (here, done) {
            (true, _) => "thread-step here",
            (_, true) => "thread-step done",
            _ => "thread-step",
        };
        let sign = if *done { "✓".to_owned() } else { number.to_string() };
        html! {
            <li>
                <button type="button" {class} aria-current={here.then_some("step")}
                    onclick={look.on(Action::Rhythm(RhythmAction::Go(*step)))}>
                    <span class="thread-sign" aria-hidden="true">{ sign }</span>
                    { texts.steps[*step as usize] }
                    if *done { <span class="unseen">{ ", " }{ texts.done }</span> }
                </button>
            </li>
        }
    });
    html! { <nav class="thread" aria-label={texts.thread}><ol>{ for rows }</ol></nav> }
}

/// What to take home, where it bites, what to read; then the next lesson.
pub(super) fn debrief(look: Look<'_>, bench: &Bench) -> Html {
    let Some(words) = bench.course.words(look.state.lang) else { return html! {} };
    let texts = i18n::rhythm(look.state.lang);
    let list = |title: &'static str, items: &'static [&'static [lessons::Inline]]| {
        if items.is_empty() {
            return html! {};
        }
        html! {
            <>
                <h3>{ title }</h3>
                <ul class="debrief-list">{ for items.iter().map(|item| html! { <li>{ rich::inlines(item) }</li> }) }</ul>
            </>
        }
    };
    let told = if rhythm::shows_debrief(look.state, bench) {
        html! {
            <div class="prose">
                { rich::blocks(words.debrief) }
                { list(texts.bites, words.production) }
                { list(texts.reading, words.reading) }
            </div>
        }
    } else {
        html! {
            <>
                <p class="small muted">{ texts.later }</p>
                <p class="proof-go">{ button(texts.debrief_now, Style::Plain, look.on(Action::Rhythm(RhythmAction::Debrief))) }</p>
            </>
        }
    };
    html! {
        <div class="card panel-debrief">
            <h2 id="step-debrief" tabindex="-1">{ texts.steps[Step::Debrief as usize] }</h2>
            { told }
            { next(look, bench) }
        </div>
    }
}

/// The way on, at the end of each lesson.
fn next(look: Look<'_>, bench: &Bench) -> Html {
    let (texts, lang) = (i18n::rhythm(look.state.lang), look.state.lang);
    if let Some(next) = rhythm::next_lesson(bench.course.id) {
        let inside = html! {
            <>
                <span class="eyebrow">{ texts.next }</span>
                <span class="lesson-title">{ next.text(lang).title }</span>
                <span class="small muted">{ (i18n::front(look.state.lang).minutes)(next.minutes) }</span>
            </>
        };
        return home::link(look, &format!("/lesson/{}", next.id), inside, "next-lesson");
    }
    html! {
        <div class="next-lesson last">
            <p>{ (texts.last)(rhythm::left_undone(&look.state.kept)) }</p>
            { home::link(look, "", html! { { texts.course } }, "btn small") }
        </div>
    }
}
