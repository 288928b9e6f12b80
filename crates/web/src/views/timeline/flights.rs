//! Messages of the timeline: their ways, their waits; and time in which nothing happens.

use yew::prelude::*;

use super::{Canvas, px};
use crate::{
    components::hue,
    draw::{
        columns::Column,
        flights::{Flight, FlightEnd, Wait},
    },
    i18n::{self, span},
    model::viewing::View,
};

/// The arrow of a message over a link; a lost one ends in a cross.
pub(super) fn flight(canvas: &Canvas<'_>, flight: &Flight, seen: (f64, f64)) -> Html {
    let last = canvas.picture.last;
    let is_open = flight.end == FlightEnd::Open;
    let from = (canvas.x(flight.from.1), canvas.scale.y(flight.from.0));
    let end = if is_open { canvas.end(last.min(flight.to.1)) } else { canvas.x(flight.to.1) };
    let mut to = (end, canvas.scale.y(flight.to.0));
    if to.0 < seen.0 || from.0 > seen.1 {
        return html! {};
    }
    // What has not arrived does not reach the row.
    if flight.end != FlightEnd::Arrives {
        to.1 = from.1 + (to.1 - from.1) * 0.62;
    }
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(1.0);
    let (ux, uy) = (dx / length * 8.0, dy / length * 8.0);
    let tip = format!(
        "M{:.0} {:.0}L{:.1} {:.1}L{:.1} {:.1}z",
        to.0,
        to.1,
        to.0 - ux - uy * 0.5,
        to.1 - uy + ux * 0.5,
        to.0 - ux + uy * 0.5,
        to.1 - uy - ux * 0.5
    );
    let later = (flight.from.1 > canvas.frame.position).then_some("later");
    let coming = (flight.to.1 > canvas.frame.position && later.is_none()).then_some("coming");
    let select = |step: u32| canvas.look.view::<MouseEvent>(View::Event(step));
    let (x1, y1, x2, y2) = (px(from.0), px(from.1), px(to.0), px(to.1));
    // The way is its sending, the end what became of it.
    let becomes = if is_open { flight.from.1 } else { flight.to.1 };
    html! {
        <g class={classes!("flight", hue(flight.lane), later, coming)}>
            <title>{ &flight.words }</title>
            <g onclick={select(flight.from.1)}>
                <line class="hit-line" x1={x1.clone()} y1={y1.clone()} x2={x2.clone()} y2={y2.clone()}/>
                <line {x1} {y1} {x2} {y2}/>
            </g>
            <g class="flight-end" onclick={select(becomes)}>
                <circle class="hit" cx={px(to.0)} cy={px(to.1)} r="10"/>
                if flight.end == FlightEnd::Lost {
                    <path class="flight-lost" d={format!("M{:.0} {:.0}l10 10M{:.0} {:.0}l10 -10", to.0 - 5.0, to.1 - 5.0, to.0 - 5.0, to.1 + 5.0)}/>
                } else {
                    <path class="tip" d={tip}/>
                }
            </g>
        </g>
    }
}

/// How long a message waited, along its queue's row.
pub(super) fn wait(canvas: &Canvas<'_>, wait: &Wait, seen: (f64, f64)) -> Html {
    let from = canvas.x(wait.from);
    let to = if wait.ends { canvas.x(wait.to) } else { canvas.end(canvas.picture.last) };
    if to < seen.0 || from > seen.1 {
        return html! {};
    }
    let y = canvas.scale.y(wait.row) + (f64::from(wait.slot) - 0.5) * 8.0;
    let later = (wait.from > canvas.frame.position).then_some("later");
    html! {
        <g class={classes!("queue-wait", hue(wait.lane), later)} onclick={canvas.look.view(View::Event(wait.from))}>
            <title>{ &wait.words }</title>
            <rect x={px(from)} width={px((to - from).max(4.0))} y={px(y - 3.0)} height="6" rx="3"/>
        </g>
    }
}

/// Where much time passes and nothing happens: the picture is torn.
pub(super) fn tear(canvas: &Canvas<'_>, column: Column) -> Html {
    let lang = canvas.look.state.lang;
    let x = canvas.scale.x(canvas.picture.columns.idle(column.first));
    let teeth = ((canvas.scale.height - 34.0) / 12.0) as usize;
    let half = (canvas.scale.column / 6.0).clamp(1.5, 7.0);
    let path = format!(
        "M{:.1} 20{}h{:.1}{}z",
        x - half,
        "l4 6l-4 6".repeat(teeth),
        half * 2.0,
        "l4 -6l-4 -6".repeat(teeth)
    );
    let later = (column.first > canvas.frame.position).then_some("later");
    html! {
        <g class={classes!("idle", later)}>
            <title>{ (i18n::system(lang).idle_for)(&span(column.idle, lang)) }</title>
            <path d={path}/>
        </g>
    }
}
