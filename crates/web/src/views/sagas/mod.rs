//! Sagas: a ladder of steps with what undoes each, the calls they make, and what was written down.

mod ladder;
mod notes;

use sim_core::session::{Frame, SagaState, SagaView};
use yew::prelude::*;

use super::Look;
use crate::{
    components::{hue, mark},
    draw::ladder::{all, chosen},
    i18n::{self, SagaTexts, spoken},
    model::{Action, Bench, viewing::View},
};

pub(super) fn panel(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = bench.frame.as_deref() else { return html! {} };
    let Some(saga) = chosen(frame, bench.view.saga) else { return html! {} };
    let texts = i18n::sagas(look.state.lang);
    html! {
        <section class="card panel-sagas" aria-label={texts.title}>
            <div class="card-head">
                <h2>{ texts.title }</h2>
                { who(look, texts, frame, saga) }
                <span class={classes!("chip", chip(saga.state))}>{ (texts.state)(saga.state) }</span>
                { for saga.error.as_ref().map(|error| html! {
                    <span class="small saga-because">{ texts.because }{ " " }<code>{ error }</code></span>
                }) }
            </div>
            <div class="saga-body" tabindex="0" role="group" aria-label={texts.title}>
                { ladder::ladder(look, texts, saga) }
                { notes::notes(look, texts, saga) }
            </div>
        </section>
    }
}

fn chip(state: SagaState) -> Option<&'static str> {
    match state {
        SagaState::Waiting | SagaState::Compensated => None,
        SagaState::Running | SagaState::Undoing => Some("warn"),
        SagaState::Completed => Some("ok"),
        SagaState::Stopped => Some("bad"),
    }
}

/// Whose saga it is; of several a button each.
fn who(look: Look<'_>, texts: &SagaTexts, frame: &Frame, shown: &SagaView) -> Html {
    let name = |saga: &SagaView| match saga.state {
        SagaState::Waiting => (texts.line)(saga.line),
        _ => spoken(&saga.name),
    };
    if let [one] = frame.sagas.as_slice() {
        return html! { <strong class={hue(one.lane)}>{ sign(one) }{ name(one) }</strong> };
    }
    let buttons = all(frame).into_iter().map(|saga| {
        let on = std::ptr::eq(saga, shown);
        html! {
            <button type="button" class={classes!("seg-button", on.then_some("on"))} aria-pressed={on.to_string()}
                title={(texts.state)(saga.state)} onclick={look.view(View::Saga(saga.lane, saga.from))}>{ sign(saga) }{ name(saga) }</button>
        }
    });
    html! { <div class="seg saga-choice" role="group" aria-label={texts.title}>{ for buttons }</div> }
}

/// The mark of who runs it.
fn sign(saga: &SagaView) -> Html {
    if saga.state == SagaState::Waiting {
        return html! {};
    }
    let number = saga.name.split_once('[').map_or("", |(_, number)| number);
    mark(saga.lane, number.trim_end_matches(']'))
}

/// What leads to a step of the run; only words where there is none.
fn link(look: Look<'_>, step: Option<u32>, class: &'static str, words: Html) -> Html {
    match step {
        Some(step) => {
            let title = (look.texts.views.after_steps)(step);
            html! { <button type="button" {class} {title} onclick={look.on(Action::Seek(step))}>{ words }</button> }
        }
        None => html! { <span {class}>{ words }</span> },
    }
}
