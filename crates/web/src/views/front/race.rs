//! The race on the first page: two lanes, a button for each, and what comes of it.

use yew::prelude::*;

use super::{Look, link};
use crate::{
    i18n,
    model::front::{FrontAction, hero::At},
};

pub(super) fn race(look: Look<'_>) -> Html {
    let texts = look.texts;
    let hero = &look.front.hero;
    let moment = hero.moment();
    let line = i18n::race_line(moment, look.lang);
    let verdict = match moment.kept {
        None => "race-line",
        Some(true) => "race-line ok",
        Some(false) => "race-line bad",
    };
    html! {
        <section class="race" aria-label={texts.race}>
            <div class="race-lanes">
                { for moment.clients.into_iter().zip(1..).map(|(at, client)| lane(look, client, at)) }
            </div>
            <div class="race-now">
                <span class="race-value"><span class="mono">{ texts.balance }</span>{ " " }<b>{ moment.balance }</b></span>
                <span class="race-value"><span class="mono">{ texts.paid }</span>{ " " }<b>{ moment.paid }</b></span>
                if hero.length() > 0 {
                    <button type="button" class="btn" onclick={look.on(FrontAction::Back)}>{ texts.back }</button>
                }
            </div>
            <p class={verdict}>
                if moment.kept == Some(false) { <span aria-hidden="true">{ "✗ " }</span> }
                if moment.kept == Some(true) { <span aria-hidden="true">{ "✓ " }</span> }
                { line }
            </p>
            <p class="race-go">
                if moment.kept.is_some() {
                    { link(look, &hero.address(), html! { { texts.open_run } }, "btn primary") }
                    <button type="button" class="btn" onclick={look.on(FrontAction::Restart)}>{ texts.restart }</button>
                } else {
                    <span class="small muted">{ texts.your_turn }</span>
                }
            </p>
        </section>
    }
}

fn lane(look: Look<'_>, client: u8, at: At) -> Html {
    let texts = look.texts;
    let (hue, id) = if client == 1 { ("hue-1", "race-1") } else { ("hue-2", "race-2") };
    // Lines done, and the one that is next.
    let (done, next) = match at {
        At::Start(_) => (0, Some(0)),
        At::Read(..) => (2, Some(2)),
        At::Wrote(_) => (3, None),
        At::Refused(_) => (2, None),
    };
    let lines = texts.code.iter().enumerate().map(|(at, words)| {
        let class = match (at < done, next == Some(at)) {
            (true, _) => "race-code done",
            (false, true) => "race-code next",
            (false, false) => "race-code",
        };
        html! { <div {class}><span class="n" aria-hidden="true">{ at + 1 }</span>{ *words }</div> }
    });
    let over = at.pick().is_none();
    let urged = look.front.hero.suggested() == Some(client);
    let class = if urged { "btn primary race-step" } else { "btn race-step" };
    html! {
        <div class={classes!("race-lane", hue)}>
            <div class="race-head">
                { sign(client) }
                <b>{ (texts.client)(client) }</b>
                // Not disabled, which would take the focus from who has just pressed it.
                <button type="button" {id} {class} aria-disabled={over.then_some("true")} aria-label={(texts.step_of)(client)}
                    onclick={look.on(FrontAction::Step(client))}>{ texts.step }</button>
            </div>
            <div class="race-lines">{ for lines }</div>
            <p class="race-said">{ i18n::client_said(at, look.lang) }</p>
        </div>
    }
}

/// A circle or a square, so that colour is never alone.
fn sign(client: u8) -> Html {
    html! {
        <svg class="mark" width="20" height="20" viewBox="-10 -10 20 20" aria-hidden="true">
            if client == 1 {
                <circle class="mark-shape" r="9"/>
            } else {
                <rect class="mark-shape" x="-8" y="-8" width="16" height="16"/>
            }
            <text class="mark-number" y="4" text-anchor="middle">{ client }</text>
        </svg>
    }
}
