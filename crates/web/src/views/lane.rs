//! One process: its code, where it stands, what its lines did, what it holds and how long it has.

use sim_core::{
    say::{self, Tense},
    session::{CodeLine, Frame, Lane, LaneState, Offer, Reason},
};
use yew::prelude::*;

use super::{Look, lanes::tag_class, request, rich};
use crate::{
    components::{Icon, hue, icon_button, mark},
    draw::stage::window,
    i18n::{self, lane_name, short_action, span},
    model::{
        Bench, marks,
        viewing::{View, is_request},
    },
};

/// Up to so many lines of code are shown, around the next one.
const LINES: usize = 120;

/// So many of the steps that a line took are told beside it, the last ones.
const DIDS: usize = 40;

/// A lane with its code.
pub(super) fn card(look: Look<'_>, bench: &Bench, frame: &Frame, lane: &Lane, many: bool) -> Html {
    let name = lane_name(frame, lane.id);
    let texts = look.texts.views;
    let number = lane.number.map(|number| number.to_string()).unwrap_or_default();
    let moved = frame.step(frame.position).is_some_and(|step| step.lane == lane.id);
    let (class, said) = state(look, frame, lane);
    let title = format!("lane-{}", lane.id);
    let pinned = bench.view.pinned.contains(&lane.id);
    let pin = if pinned { "ghost pin on" } else { "ghost pin" };
    let shown = window(&lane.code, LINES);
    let left_out = |count: usize| {
        let words = (count > 0).then(|| (texts.left_out)(count as u32));
        html! { { for words.map(|words| html! { <div class="small muted">{ words }</div> }) } }
    };
    html! {
        <article class={classes!("lane", hue(lane.id), moved.then_some("moved"))} aria-labelledby={title.clone()} key={lane.id}>
            <div class="lane-head">
                { mark(lane.id, &number) }
                <h2 id={title}>{ &name }</h2>
                <span class={class}>{ said }</span>
                <span class="lane-tools">
                    { for request::step_of(frame, lane.id).filter(|_| is_asked(lane)).map(|step| request::open(look, step)) }
                    if many {
                        { icon_button(&(texts.pin)(&name), Icon::Pin, pin, false, look.view(View::Pin(lane.id))) }
                        { icon_button(&(texts.collapse)(&name), Icon::Close, "ghost", false, look.view(View::Open(lane.id, false))) }
                    }
                </span>
            </div>
            <div class="code" tabindex="0" role="group" aria-label={(look.texts.code_of)(&name)}>
                { left_out(shown.start) }
                { for lane.code.iter().enumerate().take(shown.end).skip(shown.start).map(|(index, line)| {
                    let starts = index > 0 && lane.code[index - 1].routine != line.routine;
                    html! {
                        <div key={index}>
                            if starts {
                                <div class="routine">{ line.routine.clone().unwrap_or_default() }</div>
                            }
                            { code_line(look, bench, frame, lane, line) }
                        </div>
                    }
                }) }
                { left_out(lane.code.len() - shown.end) }
            </div>
            <div class="lane-foot">{ facts(look, frame, lane) }</div>
            <div class="lane-foot">{ locals(look, lane) }</div>
        </article>
    }
}

/// A request, or who waits for its answer.
fn is_asked(lane: &Lane) -> bool {
    is_request(lane) || matches!(lane.state, LaneState::Blocked(Reason::Unanswered { .. }))
}

/// The place of a request that has ended, until another comes.
pub(super) fn room(look: Look<'_>, room: &Lane) -> Html {
    html! {
        <article class={classes!("lane", "room", hue(room.id))} key={room.id}>
            <div class="lane-head"><h2>{ &room.class }</h2><span class="chip">{ look.texts.views.no_request }</span></div>
            <div class="code" aria-hidden="true">
                { for room.code.iter().map(|line| html! {
                    <div><div class="line"><span class="n">{ line.number }</span><span class="words">{ &line.text }</span><span class="dids"></span></div><div class="line-steps"></div></div>
                }) }
            </div>
            <div class="lane-foot"></div><div class="lane-foot"></div>
        </article>
    }
}

/// How a process stands: the class of its chip, and words.
pub(super) fn state(look: Look<'_>, frame: &Frame, lane: &Lane) -> (&'static str, Html) {
    let (texts, lang) = (look.texts, look.state.lang);
    match &lane.state {
        LaneState::Ready => {
            let words = offer_of(frame, lane.id)
                .map(|offer| rich::pieces(&i18n::action(frame, &offer.action, Tense::Next, lang)));
            ("chip warn", html! { { for words } })
        }
        LaneState::Blocked(reason) => {
            let why = say::reason(reason, |holder| lane_name(frame, holder), lang);
            ("chip blocked-chip", rich::pieces(&why))
        }
        LaneState::Ended => ("chip ok", html! { { texts.finished } }),
        LaneState::Failed(error) => {
            ("chip bad", html! { { (texts.failed)(&say::error(error, lang)) } })
        }
        LaneState::Endless => ("chip bad", html! { { texts.endless } }),
        LaneState::Crashed(_) => ("chip bad", html! { { texts.crashed } }),
    }
}

/// What a process would do next.
fn offer_of(frame: &Frame, lane: u32) -> Option<&Offer> {
    frame
        .offers
        .iter()
        .find(|offer| offer.lane == lane && offer.kind == sim_core::session::OfferKind::Step)
}

/// What it holds, and how long it has.
pub(super) fn facts(look: Look<'_>, frame: &Frame, lane: &Lane) -> Html {
    let (texts, lang) = (look.texts.views, look.state.lang);
    // What has ended waits for no clock.
    let goes_on = matches!(lane.state, LaneState::Ready | LaneState::Blocked(_));
    let timers = if goes_on { lane.timers.as_slice() } else { &[] };
    let is_due = goes_on && lane.due > frame.now && lane.state == LaneState::Ready;
    if lane.holds.is_empty() && timers.is_empty() && !is_due {
        return html! {};
    }
    html! {
        <p class="facts">
            if !lane.holds.is_empty() {
                <span>{ texts.holds }{ " " }<code>{ lane.holds.join(", ") }</code></span>
            }
            { for timers.iter().map(|ends| {
                let left = ends.saturating_sub(frame.now);
                let said = if left == 0 { texts.within_over.to_owned() } else { (texts.within)(&span(left, lang)) };
                html! { <span class={classes!("timer", (left == 0).then_some("over"))}><code>{ "within" }</code>{ " " }{ said }</span> }
            }) }
            if is_due {
                <span>{ (texts.next_in)(&span(lane.due - frame.now, lang)) }</span>
            }
        </p>
    }
}

pub(super) fn locals(look: Look<'_>, lane: &Lane) -> Html {
    if lane.locals.is_empty() {
        return html! {};
    }
    // An old value harms nobody once its process has ended.
    let goes_on = matches!(lane.state, LaneState::Ready | LaneState::Blocked(_));
    let rows = lane.locals.iter().map(|local| {
        let stale = local.stale.as_ref().filter(|_| goes_on);
        html! {
            <div class={stale.map(|_| "is-stale")} key={local.name.clone()}>
                <dt>{ &local.name }</dt><dd>{ " = " }{ &local.value }</dd>
                { for stale.map(|(place, now)| html! {
                    <dd class="stale-word">{ (look.texts.stale)(place, now) }</dd>
                }) }
            </div>
        }
    });
    html! { <dl class="locals">{ for rows }</dl> }
}

pub(super) fn code_line(
    look: Look<'_>,
    bench: &Bench,
    frame: &Frame,
    lane: &Lane,
    line: &CodeLine,
) -> Html {
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
    let did = line.did.iter().rev().take(DIDS).rev().map(|action| {
        html! { <span class="did">{ short_action(action, look.state.lang) }</span> }
    });
    let class = match (line.next, line.done) {
        (Some(_), _) => "line next",
        (None, Some(_)) => "line done",
        (None, None) => "line",
    };
    // A line of several steps can be opened to see them.
    let several = line.did.len() + usize::from(line.next.is_some()) > 1;
    let opened = several && bench.view.lines.contains(&line.number);
    let number = if several {
        html! {
            <button type="button" class="n" aria-expanded={opened.to_string()} aria-label={(look.texts.views.steps_of_line)(line.number)}
                onclick={look.view(View::Line(line.number))}>{ line.number }</button>
        }
    } else {
        html! { <span class="n" aria-hidden="true">{ line.number }</span> }
    };
    html! {
        <>
            <div {class}>
                { number }
                <span class="words">{ for words }</span>
                <span class="dids">{ for did.filter(|_| !opened) }</span>
            </div>
            <div class="line-steps">{ if opened { steps(look, frame, lane, line) } else { html! {} } }</div>
        </>
    }
}

/// The steps of a line: those taken, and the next.
fn steps(look: Look<'_>, frame: &Frame, lane: &Lane, line: &CodeLine) -> Html {
    let lang = look.state.lang;
    let said = |action, tense| rich::pieces(&i18n::action(frame, action, tense, lang));
    let next = line.next.and_then(|_| offer_of(frame, lane.id)).map(|offer| match &offer.blocked {
        None => said(&offer.action, Tense::Next),
        Some(why) => rich::pieces(&say::reason(why, |holder| lane_name(frame, holder), lang)),
    });
    let taken = taken(frame, lane.id, line);
    let did = line.did.iter().enumerate().map(|(at, action)| {
        let words = said(action, Tense::Done);
        match taken.get(at) {
            Some(step) => html! {
                <li class="was"><button type="button" title={(look.texts.views.why_step)(*step)} onclick={look.view(View::Event(*step))}>{ words }</button></li>
            },
            None => html! { <li class="was">{ words }</li> },
        }
    });
    html! {
        <ol aria-label={(look.texts.views.steps_of_line)(line.number)}>
            { for did }
            { for next.map(|next| html! { <li class="comes">{ next }</li> }) }
        </ol>
    }
}

/// The numbers of the steps that a line's last passage took, if all are among those shown.
fn taken(frame: &Frame, lane: u32, line: &CodeLine) -> Vec<u32> {
    let past = (frame.first + 1..=frame.position).rev();
    let on_line = past.filter(|at| {
        frame.step(*at).is_some_and(|step| step.lane == lane && step.line == line.number)
    });
    let mut steps: Vec<u32> = on_line.take(line.did.len()).collect();
    steps.reverse();
    if steps.len() < line.did.len() { Vec::new() } else { steps }
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
