//! Shared things: their values, and of one that is chosen who holds it, who waits, what happened
//! to it last.

use sim_core::{
    program::SharedKind,
    session::{Frame, SharedView},
};
use yew::prelude::*;

use super::{Look, channel, more};
use crate::{
    components::{hue, mark},
    draw::touch::{places, thing},
    i18n::{lane_name, span, step_line, summary},
    model::{
        Action, Bench,
        viewing::{Long, View},
    },
};

/// How many last steps on a thing are told.
const CHANGES: usize = 6;
/// So many permits are drawn, a slot each; more are only counted.
const SLOTS: u32 = 24;

pub(super) fn shared(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = &bench.frame else { return html! {} };
    // Of services and what is between them the system view tells more than a number.
    let is_told =
        |shared: &&SharedView| !matches!(shared.kind, SharedKind::Service | SharedKind::Wire);
    let told: Vec<&SharedView> = frame.shared.iter().filter(is_told).collect();
    // An empty card would only say that there is nothing.
    if told.is_empty() && frame.shared_left_out == 0 {
        return html! {};
    }
    let is_opened =
        |shared: &SharedView| bench.view.thing.as_deref() == Some(shared.place.as_str());
    let most = more::most(look, Long::Shared);
    // What has just changed is seen wherever it stands.
    let shown = told
        .iter()
        .enumerate()
        .filter(|(at, shared)| *at < most || shared.before.is_some() || is_opened(shared));
    let rows: Vec<Html> =
        shown.map(|(_, shared)| row(look, frame, shared, is_opened(shared))).collect();
    let left_out = told.len() - rows.len();
    html! {
        <div class="card panel-shared">
            <h2>{ look.texts.shared_state }</h2>
            <dl class="kv">{ for rows }</dl>
            { more::button_for(look, Long::Shared, left_out) }
            if frame.shared_left_out > 0 {
                <p class="small muted">{ (look.texts.views.left_out)(frame.shared_left_out) }</p>
            }
        </div>
    }
}

fn row(look: Look<'_>, frame: &Frame, shared: &SharedView, opened: bool) -> Html {
    let place = &shared.place;
    let lone = if shared.holders.len() == 1 { shared.holders.first() } else { None };
    let before = shared.before.as_ref().filter(|_| is_value(shared.kind));
    let waits = shared.kind != SharedKind::Condition && !shared.waiting.is_empty();
    let queue = if waits { (look.texts.views.queue)(shared.waiting.len()) } else { String::new() };
    html! {
        <div class={classes!("kv-row", shared.before.as_ref().map(|_| "changed"), opened.then_some("opened"))} key={place.clone()}>
            <dt>
                <button type="button" class="thing" aria-expanded={opened.to_string()} title={(look.texts.views.inspect)(place)}
                    onclick={look.view(View::Thing(place.clone()))}>{ place }</button>
            </dt>
            <dd class={lone.map(|lane| hue(*lane))}>
                { for before.map(|before| html! { <><s>{ before }</s>{ " " }</> }) }
                <span class="value">{ summary(frame, shared, look.state.lang) }</span>
                <span class="queue">{ queue }</span>
            </dd>
            <dd class="inspect-place">{ if opened { inside(look, frame, shared) } else { html! {} } }</dd>
        </div>
    }
}

pub(super) fn is_value(kind: SharedKind) -> bool {
    matches!(kind, SharedKind::Var | SharedKind::Map | SharedKind::Counter)
}

/// What is to be known of a thing.
fn inside(look: Look<'_>, frame: &Frame, shared: &SharedView) -> Html {
    let texts = look.texts.views;
    let lang = look.state.lang;
    let holders = match shared.kind {
        SharedKind::RwLock if shared.writing => Some(texts.writer),
        SharedKind::RwLock => Some(texts.readers),
        SharedKind::Lock | SharedKind::Semaphore | SharedKind::Table => Some(texts.holders),
        _ => None,
    };
    let waiting = match shared.kind {
        SharedKind::Condition => Some(texts.sleepers),
        _ if holders.is_some() => Some(texts.waiting),
        _ => None,
    };
    let lease = shared.lease_ends.map(|ends| {
        let left = ends.saturating_sub(frame.now);
        if left == 0 { texts.lease_over.to_owned() } else { (texts.lease)(&span(left, lang)) }
    });
    html! {
        <div class="inspect">
            { slots(look, frame, shared) }
            { for channel::inside(look, frame, shared) }
            { for holders.map(|words| people(look, frame, words, &shared.holders)) }
            { for shared.token.as_ref().map(|token| html! {
                <p class="inspect-line"><span>{ texts.token }</span><span class="mono">{ token }</span></p>
            }) }
            { for lease.map(|lease| html! { <p class="inspect-line"><span>{ "lease" }</span><span>{ lease }</span></p> }) }
            { for waiting.map(|words| people(look, frame, words, &shared.waiting)) }
            <p class="inspect-name">{ texts.last_changes }</p>
            { changes(look, frame, &shared.place) }
        </div>
    }
}

/// Permits as slots, each with who has it.
fn slots(look: Look<'_>, frame: &Frame, shared: &SharedView) -> Html {
    let Some(permits) = shared.permits else { return html! {} };
    let said = (look.texts.views.permits)(shared.holders.len(), permits);
    let slots = (0..permits.min(SLOTS) as usize).map(|at| match shared.holders.get(at) {
        Some(lane) => {
            let number = frame.lane(*lane).and_then(|lane| lane.number);
            html! { <li class="slot taken">{ mark(*lane, &number.map(|n| n.to_string()).unwrap_or_default()) }</li> }
        }
        None => html! { <li class="slot"></li> },
    });
    html! {
        <>
            <ul class="slots" aria-hidden="true">{ for slots }</ul>
            <p class="small muted">{ said }</p>
        </>
    }
}

fn people(look: Look<'_>, frame: &Frame, words: &str, lanes: &[u32]) -> Html {
    let names = lanes.iter().map(|lane| {
        html! { <span class={classes!("person", hue(*lane))}>{ lane_name(frame, *lane) }</span> }
    });
    html! {
        <p class="inspect-line">
            <span>{ words.to_owned() }</span>
            <span class="people">
                { for names }
                if lanes.is_empty() { <span class="muted">{ look.texts.views.nobody }</span> }
            </span>
        </p>
    }
}

/// The last steps on a thing, each a way back to it.
fn changes(look: Look<'_>, frame: &Frame, place: &str) -> Html {
    let past = frame.steps.len().min((frame.position - frame.first) as usize);
    let touches = |at: &usize| {
        let all = places(&frame.steps[*at].action);
        all.iter().any(|(one, _)| *one == place || thing(one) == place)
    };
    let found: Vec<usize> = (0..past).rev().filter(touches).take(CHANGES).collect();
    if found.is_empty() {
        return html! { <p class="small muted">{ look.texts.views.no_changes }</p> };
    }
    let rows = found.into_iter().map(|at| {
        let step = frame.first + at as u32 + 1;
        let view = &frame.steps[at];
        html! {
            <li key={step}>
                <button type="button" class={classes!("change", hue(view.lane))} onclick={look.on(Action::Seek(step))}>
                    <span class="mono muted">{ step }</span>
                    <span>{ step_line(frame, view, look.state.lang) }</span>
                </button>
            </li>
        }
    });
    html! { <ol class="changes" reversed={true}>{ for rows }</ol> }
}
