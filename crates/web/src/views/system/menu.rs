//! What may happen to what was clicked, each a pick like any other.

use sim_core::{say, say::Tense, session::Offer};
use yew::prelude::*;

use super::{Canvas, about, words};
use crate::{
    components::{Icon, hue, icon_button},
    draw::system::{About, Entry, Never, Of, Token, menu as entries, menu::brought},
    i18n::{self, lane_name, spoken},
    model::{Action, Bench, viewing::View},
    views::{channel, request, rich},
};

/// Of an array of channels so many are told.
const CONTENTS: usize = 4;

pub(super) fn menu(canvas: &Canvas<'_>, bench: &Bench) -> Html {
    let Some(subject) = &bench.view.subject else { return html! {} };
    let Some(about) = about(canvas, subject) else { return html! {} };
    let texts = canvas.texts;
    let title = title(canvas, about);
    let all = entries(canvas.frame, about);
    html! {
        <div class="floating sys-menu" id="system-menu" role="group" aria-label={(texts.what_may)(&title)}>
            <div class="sys-menu-head">
                <strong>{ title }</strong>
                { icon_button(texts.close, Icon::Cross, "ghost", false, canvas.look.view(View::Ask(None))) }
            </div>
            { contents(canvas, about) }
            if all.is_empty() { <p class="small muted">{ texts.nothing }</p> }
            <ul class="sys-menu-list">{ for all.iter().map(|entry| html! { <li>{ self::entry(canvas, entry) }</li> }) }</ul>
        </div>
    }
}

/// What is to be known before anything is picked: what a queue holds, why a message is here.
fn contents(canvas: &Canvas<'_>, about: About<'_>) -> Html {
    let frame = canvas.frame;
    match about {
        About::Node(at) => {
            let Some(node) = frame.system.nodes.get(at) else { return html! {} };
            let mine = frame.shared.iter().filter(|one| frame.system.place(&one.place) == Some(at));
            let mine = mine.filter(|_| words::is_channel(node.kind)).take(CONTENTS);
            html! { <div class="sys-inside">{ for mine.filter_map(|one| channel::inside(canvas.look, frame, one)) }</div> }
        }
        About::Message(Token { of: Of::Request(lane), .. }) => html! {
            { for request::step_of(frame, *lane).map(|step| request::open(canvas.look, step)) }
        },
        About::Message(token) => match brought(frame, token.letter.id) {
            Some(step) => html! {
                <button type="button" class="btn ghost small sys-why" onclick={canvas.look.view(View::Why(Some(step)))}>{ canvas.texts.why_here }</button>
            },
            None => html! {},
        },
        About::Lane(_) | About::Edge(_) => html! {},
    }
}

fn title(canvas: &Canvas<'_>, about: About<'_>) -> String {
    match about {
        About::Node(at) => {
            let node = canvas.frame.system.nodes.get(at);
            node.map(|node| words::node(canvas, node)).unwrap_or_default()
        }
        About::Lane(lane) => lane_name(canvas.frame, lane),
        About::Edge(at) => {
            let link = canvas.frame.system.edges.get(at).and_then(|edge| edge.link.as_ref());
            link.map(|link| words::link(canvas, link)).unwrap_or_default()
        }
        About::Message(token) => words::letter(canvas, token),
    }
}

fn entry(canvas: &Canvas<'_>, entry: &Entry) -> Html {
    match entry {
        Entry::Offer(at) => match canvas.frame.offers.get(*at) {
            Some(offer) => self::offer(canvas, offer),
            None => html! {},
        },
        Entry::Never(never) => {
            html! { <p class="sys-never">{ rich::ticked(&never_words(canvas, never)) }</p> }
        }
    }
}

fn offer(canvas: &Canvas<'_>, offer: &Offer) -> Html {
    let (frame, lang) = (canvas.frame, canvas.look.state.lang);
    let name = spoken(&offer.name);
    match offer.pick {
        Some(pick) => {
            let name = if offer.action.is_of_nobody() { String::new() } else { format!("{name} ") };
            html! {
                <button type="button" class={classes!("btn", "sys-pick", hue(offer.lane))} onclick={canvas.look.on(Action::Pick(pick))}>
                    <span>{ name }{ rich::pieces(&i18n::action(frame, &offer.action, Tense::Next, lang)) }</span>
                </button>
            }
        }
        None => {
            let why = offer.blocked.as_ref();
            let why = why.map(|reason| say::reason(reason, |lane| lane_name(frame, lane), lang));
            html! { <p class="sys-never">{ name }{ " " }{ for why.map(|why| rich::pieces(&why)) }</p> }
        }
    }
}

fn never_words(canvas: &Canvas<'_>, never: &Never) -> String {
    let texts = canvas.texts;
    match never {
        Never::Lose(link) => (texts.never_lose)(link),
        Never::Double(at) => (texts.never_double)(at),
        Never::Cut(from, to) => (texts.never_cut)(from, to),
        Never::Crash(class) => (texts.never_crash)(class),
        Never::Pause(class) => (texts.never_pause)(class),
        Never::LoseWaiting => texts.never_lose_waiting.to_owned(),
        Never::RunOut => texts.never_run_out.to_owned(),
    }
}
