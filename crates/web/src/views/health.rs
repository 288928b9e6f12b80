//! The strip below the scrubber that shows how well the run went, its words, and what comes next.

use sim_core::{
    say::Tense,
    session::{Frame, Health, Offer, OfferKind, Stretch},
};
use yew::prelude::*;

use super::{Look, rich};
use crate::{
    browser::pointer,
    components::{hue, mark},
    draw::axis::Axis,
    i18n::{self, spoken},
    model::Action,
};

/// The strip hangs from here up: worse is higher.
const FOOT: u32 = 49;
/// So many stretches are told in words.
const TOLD: usize = 12;
/// So many things that come next are listed.
const NEXT: usize = 4;

/// The strip: how high it is, its colour and its pattern tell the same.
pub(super) fn strip(frame: &Frame, axis: &Axis) -> Html {
    if frame.length == 0 {
        return html! {};
    }
    let percent = |place: f64| format!("{:.2}%", place * 100.0);
    // The worst is drawn last, so that nothing hides it.
    let mut stretches: Vec<&Stretch> = frame.health.stretches.iter().collect();
    sim_core::base::order::sort_by_key(&mut stretches, |one| one.state);
    let parts = stretches.into_iter().map(|one| {
        let (from, to) = axis.ends(one);
        let (class, high) = looks(one.state);
        html! {
            <rect class={classes!("heat", class)} x={percent(from)} width={percent(to - from)} y={(FOOT - high).to_string()} height={high.to_string()}/>
        }
    });
    let here = axis.at(frame.position);
    html! {
        <g class="heat-strip">
            <defs>
                <pattern id="heat-strained" width="6" height="6" patternUnits="userSpaceOnUse"><path class="heat-line strained" d="M-1 1l2 -2M0 6l6 -6M5 7l2 -2"/></pattern>
                <pattern id="heat-errors" width="4" height="4" patternUnits="userSpaceOnUse"><path class="heat-line errors" d="M1 0v4"/></pattern>
            </defs>
            <rect class="heat fine" x="0" y={(FOOT - 4).to_string()} width="100%" height="4"/>
            { for parts }
            <rect class="heat-later" x={percent(here)} y={(FOOT - 15).to_string()} width={percent(1.0 - here)} height="16"/>
        </g>
    }
}

fn looks(state: Health) -> (&'static str, u32) {
    match state {
        Health::Strained => ("strained", 8),
        Health::Errors => ("errors", 11),
        Health::Broken => ("broken", 14),
    }
}

/// Reads the pointer where places along the scrubber are times.
pub(super) fn reach(look: Look<'_>, axis: Axis) -> Html {
    let send = look.send.clone();
    let drag = Callback::from(move |event: PointerEvent| {
        if let Some(place) = pointer::dragged(&event) {
            send.emit(Action::Seek(axis.step_at(place)));
        }
    });
    html! { <div class="scrub-reach" onpointerdown={drag.clone()} onpointermove={drag}></div> }
}

/// How it stands at the moment shown; nothing where it is fine.
pub(super) fn at_cursor(look: Look<'_>, frame: &Frame) -> &'static str {
    let here = frame.health.stretches.iter().filter(|one| {
        one.first <= frame.position && frame.position <= one.last && frame.position > 0
    });
    let worst = here.map(|one| one.state).max();
    worst.map_or("", i18n::health(look.state.lang).state)
}

/// The same in words, for who does not see the strip.
pub(super) fn words(look: Look<'_>, frame: &Frame) -> Html {
    let lang = look.state.lang;
    let (texts, health) = (i18n::health(lang), &frame.health);
    let place = |at: u64| if health.by_time { i18n::span(at, lang) } else { (texts.step)(at) };
    let lines = health.stretches.iter().take(TOLD).map(|one| {
        let state = (texts.state)(one.state);
        let (from, to) = (place(one.from), place(one.to));
        if from == to { (texts.point)(&from, state) } else { (texts.stretch)(&from, &to, state) }
    });
    let mut lines: Vec<String> = lines.collect();
    if health.stretches.is_empty() {
        lines.push(texts.fine.to_owned());
    } else {
        let long = health.long;
        let long = if health.by_time { i18n::span(long, lang) } else { (texts.steps)(long) };
        if health.stretches.len() > TOLD {
            lines.push((texts.more)(health.stretches.len() - TOLD));
        }
        lines.push((texts.long)(&long));
    }
    html! { <p class="unseen" id="health">{ format!("{}: {}.", texts.title, lines.join("; ")) }</p> }
}

/// What the clock would do next, with the time until then.
pub(super) fn next_up(look: Look<'_>, frame: &Frame) -> Html {
    let lang = look.state.lang;
    let texts = i18n::health(lang);
    let mut due: Vec<(u64, &Offer)> =
        frame.offers.iter().filter_map(|offer| Some((due(frame, offer)?, offer))).collect();
    if due.len() < 2 || due.iter().all(|(at, _)| *at <= frame.now) {
        return html! {};
    }
    sim_core::base::order::sort_by_key(&mut due, |(at, _)| *at);
    let rows = due.into_iter().take(NEXT).filter_map(|(at, offer)| {
        let pick = offer.pick?;
        let name = spoken(&offer.name);
        let number = frame.lane(offer.lane).and_then(|lane| lane.number);
        let number = number.map(|number| number.to_string()).unwrap_or_default();
        let named = if offer.action.is_of_nobody() { String::new() } else { format!("{name} ") };
        let left = at.saturating_sub(frame.now);
        let when = if left == 0 { texts.now.to_owned() } else { (texts.after)(&i18n::span(left, lang)) };
        Some(html! {
            <li key={format!("{}.{:?}.{}", offer.lane, offer.kind, offer.outcome.0)}>
                <button type="button" class={classes!("next-up-row", hue(offer.lane))} onclick={look.on(Action::Pick(pick))}>
                    <span class="mono next-up-when">{ when }</span>
                    { mark(offer.lane, &number) }
                    <span class="next-up-what">{ named }{ rich::pieces(&i18n::action(frame, &offer.action, Tense::Next, lang)) }</span>
                </button>
            </li>
        })
    });
    html! {
        <div class="next-up">
            <h3>{ texts.next_up }</h3>
            <ol>{ for rows }</ol>
        </div>
    }
}

/// When the clock would let something happen, where that is known.
fn due(frame: &Frame, offer: &Offer) -> Option<u64> {
    if offer.pick.is_none() || offer.outcome.0 > 1 {
        return None;
    }
    match offer.kind {
        OfferKind::Step => frame.lane(offer.lane).map(|lane| lane.due.max(frame.now)),
        OfferKind::Timer if offer.message.is_none() => {
            let timers = &frame.lane(offer.lane)?.timers;
            let is_timeout = offer.action == sim_core::session::Action::TimeOut;
            timers.iter().filter(|_| is_timeout).min().copied()
        }
        OfferKind::Message => {
            let comes = matches!(offer.action, sim_core::session::Action::Deliver { .. });
            let mut moving = frame.system.moving.iter().filter(|_| comes);
            moving.find(|one| Some(one.letter.id) == offer.message).map(|one| one.due)
        }
        _ => None,
    }
}
