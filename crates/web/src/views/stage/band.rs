//! Below the stage: what the lesson says of this moment, else what has just happened; the question
//! with its answers; and, once it may be seen, what every schedule comes to.

use sim_core::session::{Frame, PromiseState};
use yew::prelude::*;

use super::super::{Look, now, proof, rich};
use crate::{
    i18n,
    model::{Bench, Stage, answers, labels, study::Study},
};

/// The question with its right answer: it alone fills the stage.
pub(super) fn slide(look: Look<'_>, bench: &Bench) -> Option<Html> {
    let lecture = &look.state.lecture;
    let shown = look.state.asks() && lecture.revealed && !lecture.outcome;
    (shown && look.state.stage == Stage::Presenter).then(|| {
        html! {
            <div id="stage-fit" key="question" class="stage-view question-stage" data-fit="type" data-size="42" data-floor="15">
                { question(look, bench) }
            </div>
        }
    })
}

pub(super) fn band(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = &bench.frame else { return html! { <section class="stage-band"></section> } };
    // One thing at a time: whoever sees the outcome has had the question, and a question that is
    // answered fills the stage.
    let told = look.state.lecture.outcome;
    let asks = look.state.asks() && look.state.stage == Stage::Presenter && !told;
    if asks && look.state.lecture.revealed {
        return html! { <section class="stage-band none"></section> };
    }
    html! {
        <section class={classes!("stage-band", asks.then_some("asking"))} aria-label={i18n::present(look.state.lang).said}>
            if told { { outcome(look, bench, frame) } }
            { chosen(look, bench) }
            if asks { { question(look, bench) } } else { { sentence(look, bench, frame) } }
        </section>
    }
}

/// What is set to something else than it would be without a choice.
fn chosen(look: Look<'_>, bench: &Bench) -> Html {
    let set = bench.settings.iter().filter(|setting| !bench.defaults.contains(setting));
    let set: Vec<&(String, String)> = set.collect();
    if set.is_empty() {
        return html! {};
    }
    html! { <p class="stage-settings">{ labels::settings(bench, &set, look.state.lang) }</p> }
}

/// The lesson's words for this moment; where it has none, what has just happened.
fn sentence(look: Look<'_>, bench: &Bench, frame: &Frame) -> Html {
    let words = bench.course.words(look.state.lang);
    let stop = bench.stops().into_iter().find(|(_, step)| *step == frame.position);
    let told = stop.zip(words).and_then(|((at, _), words)| words.stops.get(at));
    if let Some(told) = told {
        return html! { <p class="stage-sentence">{ rich::inlines(told) }</p> };
    }
    let said = match frame.step(frame.position) {
        Some(step) => i18n::step_line(frame, step, look.state.lang),
        None => words.map_or_else(String::new, |words| words.summary.to_owned()),
    };
    html! { <p class="stage-sentence quiet">{ said }</p> }
}

/// The question; which answer is right is shown when it may be seen.
fn question(look: Look<'_>, bench: &Bench) -> Html {
    let Some((lesson, words)) = bench.course.lesson.zip(bench.course.words(look.state.lang)) else {
        return html! {};
    };
    let revealed = look.state.lecture.revealed;
    let texts = i18n::present(look.state.lang);
    let answers = (0..).zip(lesson.answers.iter().zip(words.answers)).map(|(at, (answer, said))| {
        let class = match (revealed, answer.right) {
            (false, _) => None,
            (true, true) => Some("right"),
            (true, false) => Some("other"),
        };
        html! {
            <li {class}>
                <span class="letter" aria-hidden="true">{ char::from(b'A' + at) }</span>
                <span>{ rich::inlines(said.text) }
                    if class == Some("right") { <span class="right-word">{ "✓ " }{ texts.right }</span> }
                </span>
            </li>
        }
    });
    let feedback = lesson.answers.iter().zip(words.answers).find(|(answer, _)| answer.right);
    let feedback = feedback.filter(|_| revealed).map(|(_, said)| rich::blocks(said.feedback));
    html! {
        <div class="stage-question">
            <div class="stage-sentence">{ rich::blocks(words.question) }</div>
            <ol class={classes!("stage-answers", (lesson.answers.len() == 4).then_some("four"))}>{ for answers }</ol>
            <div class="stage-feedback">{ for feedback }</div>
        </div>
    }
}

/// What every schedule comes to, and what is broken here.
fn outcome(look: Look<'_>, bench: &Bench, frame: &Frame) -> Html {
    let lang = look.state.lang;
    let known = match &bench.study {
        Study::Done(found) => proof::headline(look, &found.report, None),
        Study::Running(running) => running.early().map_or_else(
            || html! { <p class="muted">{ i18n::present(lang).no_outcome }</p> },
            |early| proof::answer(look, bench, early),
        ),
        _ => html! { <p class="muted">{ i18n::present(lang).no_outcome }</p> },
    };
    let broken = (0..).zip(&frame.promises).filter_map(|(at, promise)| match promise.state {
        PromiseState::Broken { step } => Some(html! {
            <li>{ "✗ " }{ answers::promise_words(bench, at, lang) }{ " " }
                <span class="chip bad">{ (look.texts.broken_at)(step) }</span></li>
        }),
        _ => None,
    });
    html! {
        <div class="stage-outcome">
            <div class="stage-verdict">{ known }</div>
            <ul class="stage-broken">{ for broken }</ul>
            <div class="stage-ending">{ for now::ending(look, bench, frame) }</div>
        </div>
    }
}
