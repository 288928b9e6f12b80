//! Messages of the timeline: their ways, their waits; and time in which nothing happens.

use yew::prelude::*;

use super::{Canvas, px};
use crate::{
    components::hue,
    draw::flights::{Flight, FlightEnd, Wait, idle},
    i18n::{self, span},
    model::Action,
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
    html! {
        <g class={classes!("flight", hue(flight.lane), later, coming)} onclick={canvas.look.on(Action::Seek(flight.from.1))}>
            <title>{ &flight.words }</title>
            <line x1={px(from.0)} y1={px(from.1)} x2={px(to.0)} y2={px(to.1)}/>
            if flight.end == FlightEnd::Lost {
                <path class="flight-lost" d={format!("M{:.0} {:.0}l10 10M{:.0} {:.0}l10 -10", to.0 - 5.0, to.1 - 5.0, to.0 - 5.0, to.1 + 5.0)}/>
            } else {
                <path class="tip" d={tip}/>
            }
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
        <g class={classes!("queue-wait", hue(wait.lane), later)} onclick={canvas.look.on(Action::Seek(wait.from))}>
            <title>{ &wait.words }</title>
            <rect x={px(from)} width={px((to - from).max(4.0))} y={px(y - 3.0)} height="6" rx="3"/>
        </g>
    }
}

/// Where much time passed between two steps: a break across all rows, and how much it was.
pub(super) fn breaks(canvas: &Canvas<'_>, seen: (f64, f64)) -> Html {
    let texts = i18n::system(canvas.look.state.lang);
    let roomy = canvas.scale.shapes();
    let all = idle(canvas.frame).into_iter().filter_map(|(step, gap)| {
        let x = canvas.end(step);
        if x < seen.0 || x > seen.1 {
            return None;
        }
        let said = (texts.idle_for)(&span(gap, canvas.look.state.lang));
        let low = canvas.scale.height - 6.0;
        Some(html! {
            <g class="idle">
                <title>{ said.clone() }</title>
                <line x1={px(x)} x2={px(x)} y1="18" y2={px(low - 8.0)}/>
                if roomy { <text x={px(x)} y={px(low + 2.0)} text-anchor="middle">{ said }</text> }
            </g>
        })
    });
    html! { <>{ for all }</> }
}
