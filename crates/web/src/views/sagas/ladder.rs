//! The ladder: a rung a step, what it does on the left, what undoes it on the right.

use sim_core::session::{SagaCall, SagaPart, SagaStepView, SagaView};
use yew::prelude::*;

use super::{Look, link};
use crate::{
    draw::ladder::{Back, Came, Sign, back, came, forth},
    i18n::SagaTexts,
};

pub(super) fn ladder(look: Look<'_>, texts: &SagaTexts, saga: &SagaView) -> Html {
    let rungs = (1..).zip(&saga.steps).map(|(number, step)| rung(look, texts, saga, number, step));
    html! {
        <div class="ladder">
            <div class="ladder-heads small muted" aria-hidden="true"><span>{ texts.forth }</span><span>{ texts.back }</span></div>
            <ol>{ for rungs }</ol>
        </div>
    }
}

fn rung(
    look: Look<'_>,
    texts: &SagaTexts,
    saga: &SagaView,
    number: usize,
    step: &SagaStepView,
) -> Html {
    let there = forth(saga, step);
    let again = back(saga, step);
    let undone = match again {
        Back::Never => html! {},
        Back::Ready | Back::Idle | Back::NotNeeded => sign(Sign::Open),
        Back::Due => sign(Sign::Unknown),
        Back::Busy => sign(Sign::Busy),
        Back::Done => sign(Sign::Undone),
    };
    let word = |words: &'static str, part: &SagaPart| {
        html! { <>
            <span class="rung-state">{ words }</span>
            if part.tries > 1 { <span class="muted">{ ", " }{ (texts.tries)(part.tries) }</span> }
        </> }
    };
    let name = html! { <>
        { sign(there) }<b>{ &step.name }</b><span class="unseen">{ ", " }</span>
        { word((texts.sign)(there), &step.forth) }
        { for step.forth.error.as_ref().map(|error| html! { <code>{ error }</code> }) }
    </> };
    let none = SagaPart { from: None, to: None, tries: 0, error: None, calls: vec![] };
    let part = step.back.as_ref().unwrap_or(&none);
    let undo = html! { <>
        { undone }<span class="unseen">{ texts.back }{ ": " }</span>
        { word((texts.undo)(again), part) }
        { for part.error.as_ref().filter(|_| again == Back::Busy).map(|error| html! { <code>{ error }</code> }) }
    </> };
    html! {
        <li key={number} class={classes!("rung", class(there))} title={(texts.line)(step.line)}>
            <div class="rung-forth">
                { link(look, step.forth.to.or(step.forth.from), "rung-name", name) }
                { calls(look, texts, saga, &step.forth) }
            </div>
            <div class={classes!("rung-back", way(again))}>
                { link(look, part.to.or(part.from), "rung-name", undo) }
                { calls(look, texts, saga, part) }
            </div>
        </li>
    }
}

fn calls(look: Look<'_>, texts: &SagaTexts, saga: &SagaView, part: &SagaPart) -> Html {
    if part.calls.is_empty() {
        return html! {};
    }
    let rows = part.calls.iter().enumerate().map(|(at, call)| {
        let came = came(saga, part, at, call);
        html! { <li>{ link(look, Some(call.to.unwrap_or(call.from)), "rung-call", told(texts, call, came)) }</li> }
    });
    html! { <ul class="rung-calls">{ for rows }</ul> }
}

fn told(texts: &SagaTexts, call: &SagaCall, came: Came) -> Html {
    let class = match came {
        Came::Sent | Came::Answer => None,
        Came::Refusal => Some("refused"),
        Came::Waits => Some("waits"),
        Came::Lost => Some("lost"),
    };
    html! { <>
        { arrows(came) }<code>{ &call.what }</code>
        <span class={classes!("rung-came", class)}>{ (texts.came)(came) }{ for call.error.as_ref().map(|error| html! { <>{ ": " }<code>{ error }</code></> }) }</span>
    </> }
}

/// There, and back if an answer was heard; an end that nobody knows stays open.
fn arrows(came: Came) -> Html {
    let (class, back) = match came {
        Came::Sent => ("", ""),
        Came::Answer => ("answer", "M33 10.5H4M8 7.500 4 10.500 8 13.500"),
        Came::Refusal => {
            ("refusal", "M33 10.5H4M8 7.500 4 10.500 8 13.500M16 7.500l6 6M22 7.500l-6 6")
        }
        Came::Waits => ("waits", "M33 10.5H21"),
        Came::Lost => (
            "lost",
            "M33 10.5H21M10 8.200c0-2.600 4.200-2.600 4.200 0 0 1.700-2.100 1.600-2.100 3.200M12.100 13.300v.6",
        ),
    };
    html! {
        <svg class="rung-arrows" width="36" height="15" viewBox="0 0 36 15" aria-hidden="true">
            <path d="M2 3.500h29M27 .8l4.500 2.700L27 6.200"/>
            if !back.is_empty() { <path {class} d={back}/> }
        </svg>
    }
}

/// A shape for each sign, so that colour is never alone.
pub(super) fn sign(sign: Sign) -> Html {
    let (shape, inside) = match sign {
        Sign::Open | Sign::Never => ("M8 1.500a6.500 6.500 0 1 1 0 13 6.500 6.500 0 0 1 0-13z", ""),
        Sign::Busy => (
            "M8 1.500a6.500 6.500 0 1 1 0 13 6.500 6.500 0 0 1 0-13z",
            "M6.300 4.800v6.400l5-3.200z",
        ),
        Sign::Done => ("M8 1a7 7 0 1 1 0 14 7 7 0 0 1 0-14z", "M4.600 8.300l2.400 2.400 4.400-5"),
        Sign::Failed => ("M1.500 1.500h13v13h-13z", "M5 5l6 6M11 5l-6 6"),
        Sign::Unknown => (
            "M8 .6 15.400 8 8 15.400.6 8z",
            "M6.100 6.600c0-2.600 3.900-2.600 3.900 0 0 1.500-1.950 1.500-1.950 3M8.050 11.300v.6",
        ),
        Sign::Undone => (
            "M8 1a7 7 0 1 1 0 14 7 7 0 0 1 0-14z",
            "M5.200 6.300h4.200a2.200 2.200 0 0 1 0 4.400H6.800M7.200 4.200 5.100 6.300l2.100 2.100",
        ),
    };
    html! {
        <svg class={classes!("rung-sign", class(sign))} width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
            <path class="shape" d={shape}/>
            if !inside.is_empty() { <path class="inside" d={inside}/> }
        </svg>
    }
}

fn class(sign: Sign) -> &'static str {
    match sign {
        Sign::Open | Sign::Never => "open",
        Sign::Busy => "busy",
        Sign::Done => "done",
        Sign::Failed => "failed",
        Sign::Unknown => "unknown",
        Sign::Undone => "undone",
    }
}

fn way(back: Back) -> &'static str {
    match back {
        Back::Never => "never",
        Back::Ready | Back::Idle | Back::NotNeeded => "quiet",
        Back::Due => "due",
        Back::Busy => "busy",
        Back::Done => "undone",
    }
}
