//! The processes: those that are open with their code, the rest as chips, grouped by class.

use sim_core::{
    lang::Tag,
    session::{Frame, Lane},
};
use yew::prelude::*;

use super::{Look, lane};
use crate::{
    components::{Icon, Look as Style, button, hue, icon_button, mark},
    i18n::lane_name,
    model::{
        Bench,
        viewing::{View, is_request},
    },
};

/// From so many lanes on, one may be pinned, closed or hidden.
const MANY: usize = 3;

pub(super) fn lanes(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = &bench.frame else {
        return html! { <div class="card panel-code"><p class="muted">{ look.texts.opening }</p></div> };
    };
    let (open, chips) = bench.view.lanes(frame);
    let rooms = bench.view.empty_rooms(frame);
    let columns = match open.len() + rooms.len() {
        0 | 1 => "lanes-1",
        2 | 4 => "lanes-2",
        _ => "lanes-3",
    };
    let crowd = match open.len() + rooms.len() {
        0..MANY => None,
        MANY => Some("three"),
        _ => Some("crowd"),
    };
    let stale = (bench.is_stale() && !bench.problems.is_empty()).then_some("stale");
    let many = frame.lanes.len() >= MANY;
    html! {
        <div class={classes!("panel-code", stale)}>
            <div class="chips-place">{ groups(look, bench, frame, &chips) }</div>
            <div class={classes!("lanes", columns, crowd)}>
                { for cards(look, bench, frame, open, &rooms, many) }
            </div>
        </div>
    }
}

/// The cards; what ends leaves its place to what comes next, so that nothing jumps.
fn cards(
    look: Look<'_>,
    bench: &Bench,
    frame: &Frame,
    open: Vec<&Lane>,
    rooms: &[&Lane],
    many: bool,
) -> Vec<Html> {
    let first = open.iter().position(|lane| is_request(lane)).unwrap_or(open.len());
    let pinned = |lane: &&Lane| bench.view.pinned.contains(&lane.id);
    let mut rest: Vec<(u32, Html)> =
        rooms.iter().map(|room| (room.id, lane::room(look, room))).collect();
    let mut cards = Vec::new();
    for (at, one) in open.into_iter().enumerate() {
        let card = lane::card(look, bench, frame, one, many);
        if at < first || pinned(&one) { cards.push(card) } else { rest.push((one.id, card)) }
    }
    sim_core::base::order::sort_by_key(&mut rest, |(id, _)| *id);
    cards.extend(rest.into_iter().map(|(_, card)| card));
    cards
}

/// The closed lanes, class by class.
fn groups(look: Look<'_>, bench: &Bench, frame: &Frame, chips: &[&Lane]) -> Html {
    let texts = look.texts.views;
    let hidden = frame.lanes.iter().filter(|lane| bench.view.hidden.contains(&lane.id)).count();
    if chips.is_empty() && hidden == 0 && frame.lanes_left_out == 0 {
        return html! {};
    }
    let mut classes: Vec<(&str, Vec<&Lane>)> = Vec::new();
    for lane in chips {
        match classes.iter_mut().find(|(class, _)| *class == lane.class) {
            Some((_, lanes)) => lanes.push(lane),
            None => classes.push((&lane.class, vec![lane])),
        }
    }
    let groups = classes.into_iter().map(|(class, lanes)| {
        html! {
            <div class="lane-group" role="group" aria-label={class.to_owned()} key={class.to_owned()}>
                <span class="group-name">{ (texts.of_class)(class, lanes.len()) }</span>
                <ul class="lane-chips">{ for lanes.into_iter().map(|one| chip(look, frame, one)) }</ul>
                { button(texts.open_all, Style::Ghost, look.view(View::Class(class.to_owned(), true))) }
            </div>
        }
    });
    html! {
        <div class="card lane-groups">
            { for groups }
            if frame.lanes_left_out > 0 {
                <p class="small muted">{ (texts.lanes_left_out)(frame.lanes_left_out) }</p>
            }
            if hidden > 0 {
                <p class="small muted">{ (texts.hidden)(hidden) }{ " " }
                    { button(texts.show_all, Style::Ghost, look.view(View::ShowAll)) }</p>
            }
        </div>
    }
}

/// A closed lane: who, and how it stands.
fn chip(look: Look<'_>, frame: &Frame, one: &Lane) -> Html {
    let name = lane_name(frame, one.id);
    let (class, state) = lane::state(look, frame, one);
    let moved = frame.step(frame.position).is_some_and(|step| step.lane == one.id);
    let number = one.number.map(|number| number.to_string()).unwrap_or_default();
    html! {
        <li key={one.id} class={classes!("lane-chip", hue(one.id), moved.then_some("moved"))}>
            <button type="button" title={(look.texts.views.open_lane)(&name)} onclick={look.view(View::Open(one.id, true))}>
                { mark(one.id, &number) }<span>{ &name }</span>{ " " }<span class={class}>{ state }</span>
            </button>
            { icon_button(&(look.texts.views.hide)(&name), Icon::Hide, "ghost", false, look.view(View::Hide(one.id))) }
        </li>
    }
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
