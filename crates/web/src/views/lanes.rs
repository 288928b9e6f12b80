//! What each process does: its code, where it stands, what its lines did.

use sim_core::{
    lang::Tag,
    say::{self, Tense},
    session::{CodeLine, Frame, Lane, LaneState},
};
use yew::prelude::*;

use super::{Look, rich};
use crate::{
    components::{hue, mark},
    i18n::lane_name,
    model::{Bench, marks},
};

pub(super) fn lanes(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = &bench.frame else {
        return html! { <div class="card panel-code"><p class="muted">{ look.texts.opening }</p></div> };
    };
    let columns = match frame.lanes.len() {
        0 | 1 => "lanes-1",
        2 | 4 => "lanes-2",
        _ => "lanes-3",
    };
    let stale = (bench.is_stale() && !bench.problems.is_empty()).then_some("stale");
    html! {
        <div class={classes!("lanes", "panel-code", columns, stale)}>
            { for frame.lanes.iter().enumerate().map(|(at, lane)| one(look, frame, at as u32, lane)) }
        </div>
    }
}

fn one(look: Look<'_>, frame: &Frame, at: u32, lane: &Lane) -> Html {
    let name = lane_name(frame, at);
    let number = lane.number.map(|number| number.to_string()).unwrap_or_default();
    let is_last = frame.position.checked_sub(1).and_then(|last| frame.steps.get(last as usize));
    let moved = is_last.is_some_and(|step| step.lane == at).then_some("moved");
    // An old value harms nobody once its process has ended.
    let goes_on = matches!(lane.state, LaneState::Ready | LaneState::Blocked(_));
    let title = format!("lane-{at}");
    html! {
        <article class={classes!("lane", hue(at), moved)} aria-labelledby={title.clone()} key={at}>
            <div class="lane-head">
                { mark(at, &number) }
                <h2 id={title}>{ &name }</h2>
                { state(look, frame, at, lane) }
            </div>
            <div class="code" tabindex="0" role="group" aria-label={(look.texts.code_of)(&name)}>
                { for lane.code.iter().enumerate().map(|(index, line)| {
                    let routine = &line.routine;
                    let starts = index > 0 && lane.code[index - 1].routine != *routine;
                    html! {
                        <>
                            if starts {
                                <div class="routine">{ routine.clone().unwrap_or_default() }</div>
                            }
                            { code_line(look, line) }
                        </>
                    }
                }) }
            </div>
            if !lane.locals.is_empty() {
                <dl class="locals">
                    { for lane.locals.iter().map(|local| html! {
                        <div class={local.stale.as_ref().filter(|_| goes_on).map(|_| "is-stale")}>
                            <dt>{ &local.name }</dt><dd>{ " = " }{ &local.value }</dd>
                            { for local.stale.as_ref().filter(|_| goes_on).map(|(place, now)| html! {
                                <dd class="stale-word">{ (look.texts.stale)(place, now) }</dd>
                            }) }
                        </div>
                    }) }
                </dl>
            }
        </article>
    }
}

fn state(look: Look<'_>, frame: &Frame, at: u32, lane: &Lane) -> Html {
    let (texts, lang) = (look.texts, look.state.lang);
    let (class, words) = match &lane.state {
        LaneState::Ready => {
            let offer = frame.offers.iter().find(|offer| offer.lane == at);
            let Some(offer) = offer else { return html! {} };
            (
                "chip warn",
                rich::pieces(&say::action(
                    &offer.action,
                    Tense::Next,
                    |lane| lane_name(frame, lane),
                    lang,
                )),
            )
        }
        LaneState::Blocked(reason) => {
            let why = say::reason(reason, |holder| lane_name(frame, holder), lang);
            ("chip", rich::pieces(&why))
        }
        LaneState::Ended => ("chip ok", html! { { texts.finished } }),
        LaneState::Failed(error) => ("chip bad", html! { { (texts.failed)(error) } }),
        LaneState::Endless => ("chip bad", html! { { texts.endless } }),
        LaneState::Crashed(_) => ("chip bad", html! { { texts.crashed } }),
    };
    html! { <span class={class}>{ words }</span> }
}

fn code_line(look: Look<'_>, line: &CodeLine) -> Html {
    let marks = marks::lines(&line.text, &[]).into_iter().next().unwrap_or_default();
    let mut column = 0;
    let words = marks.into_iter().flat_map(|piece| {
        let length = piece.text.chars().count() as u32;
        let start = column;
        column += length;
        split(&piece.text, start, line.next).into_iter().map(move |(text, is_next)| {
            html! { <span class={classes!(tag_class(piece.tag), is_next.then_some("next-words"))}>{ text }</span> }
        })
    });
    let words: Vec<Html> = words.collect();
    let did = line.did.iter().map(|action| {
        let said = short(action, look.state.lang);
        html! { <span class="did">{ said }</span> }
    });
    let class = match (line.next, line.done) {
        (Some(_), _) => "line next",
        (None, Some(_)) => "line done",
        (None, None) => "line",
    };
    html! {
        <div {class}>
            <span class="n" aria-hidden="true">{ line.number }</span>
            <span class="words">{ for words }</span>
            <span class="dids">{ for did }</span>
        </div>
    }
}

/// A piece of a line, cut where the words of the next step begin and end.
fn split(text: &str, start: u32, next: Option<(u32, u32)>) -> Vec<(String, bool)> {
    let Some((from, to)) = next else { return vec![(text.to_owned(), false)] };
    let mut parts: Vec<(String, bool)> = Vec::new();
    for (at, c) in text.chars().enumerate() {
        let column = start + at as u32;
        let is_next = from <= column && column < to;
        match parts.last_mut() {
            Some((part, same)) if *same == is_next => part.push(c),
            _ => parts.push((c.to_string(), is_next)),
        }
    }
    parts
}

/// What a step did, in two words, beside its line or in the timeline.
pub(super) fn short(action: &sim_core::session::Action, lang: say::Lang) -> String {
    crate::i18n::short_action(action, lang)
}

/// The class of a part of the language.
pub(super) fn tag_class(tag: Option<Tag>) -> Option<&'static str> {
    match tag? {
        Tag::Keyword => Some("kw"),
        Tag::Number => Some("num"),
        Tag::Text => Some("str"),
        Tag::Remark => Some("cm"),
        Tag::Sign => Some("sign"),
        Tag::Error => Some("err"),
        Tag::Name => None,
    }
}
