//! Who waits for whom, drawn and in words.

use sim_core::{
    say,
    session::{Frame, LaneState},
};
use yew::prelude::*;

use super::{Look, rich};
use crate::{
    components::{hue, shape},
    draw::waits::{Edge, HALF, Node, NodeOf, Waits},
    i18n::lane_name,
    model::Action,
};

/// Names are cut behind so many letters.
const NAME_MAX: usize = 15;
/// How wide a letter of the words at an arrow is.
const LETTER: f64 = 7.0;

pub(super) fn waits(look: Look<'_>, frame: &Frame) -> Html {
    let texts = look.texts.views;
    let waits = Waits::of(frame);
    if waits.nodes.is_empty() {
        return html! { <p class="waits-none muted">{ texts.nobody_waits }</p> };
    }
    let circle: Vec<String> = waits
        .circle
        .iter()
        .chain(waits.circle.first())
        .map(|lane| lane_name(frame, *lane))
        .collect();
    let (class, told) = if waits.forever {
        ("told bad", texts.circle_forever)
    } else {
        ("told note", texts.circle)
    };
    let width = waits.width.ceil().to_string();
    let height = waits.height.ceil().to_string();
    html! {
        <div class={classes!("waits", waits.forever.then_some("forever"))}>
            <div class="waits-picture" tabindex="0" role="group" aria-label={texts.who_waits}>
                <svg width={width} height={height} role="img" aria-label={texts.who_waits}>
                    { for waits.edges.iter().map(edge) }
                    { for waits.nodes.iter().map(|one| node(frame, one)) }
                </svg>
            </div>
            <div class="waits-words">
                <div class="circle-place">
                    if !circle.is_empty() {
                        <p {class}>{ told }{ " " }<strong>{ circle.join(" → ") }</strong></p>
                    }
                </div>
                <ul class="waits-list">{ for reasons(look, frame) }</ul>
            </div>
        </div>
    }
}

/// Every wait in words, with the way to the last step of who waits.
fn reasons<'a>(look: Look<'a>, frame: &'a Frame) -> impl Iterator<Item = Html> + 'a {
    let lang = look.state.lang;
    frame.lanes.iter().filter_map(move |lane| {
        let LaneState::Blocked(reason) = &lane.state else { return None };
        let why = say::reason(reason, |holder| lane_name(frame, holder), lang);
        let past = frame.steps.len().min((frame.position - frame.first) as usize);
        let last = frame.steps[..past].iter().rposition(|step| step.lane == lane.id).map(|at| frame.first + at as u32 + 1);
        Some(html! {
            <li key={lane.id} class={hue(lane.id)}>
                <svg class="mark" width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">{ shape(lane.id, 0.0, 0.0, 6.0, "mark-shape") }</svg>
                <span><strong>{ lane_name(frame, lane.id) }</strong>{ " " }{ rich::pieces(&why) }</span>
                <span class="since">
                    if let Some(last) = last {
                        <button type="button" class="btn ghost small" onclick={look.on(Action::Seek(last))}>
                            { (look.texts.views.after_steps)(last) }
                        </button>
                    }
                </span>
            </li>
        })
    })
}

pub(super) fn edge(edge: &Edge) -> Html {
    let [from, bend, to] = edge.line;
    let (dx, dy) = (to.0 - bend.0, to.1 - bend.1);
    let length = dx.hypot(dy).max(1.0);
    let (ux, uy) = (dx / length * 9.0, dy / length * 9.0);
    let tip = format!(
        "M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}z",
        to.0 + ux * 0.6,
        to.1 + uy * 0.6,
        to.0 - ux * 0.4 - uy * 0.5,
        to.1 - uy * 0.4 + ux * 0.5,
        to.0 - ux * 0.4 + uy * 0.5,
        to.1 - uy * 0.4 - ux * 0.5
    );
    let line =
        format!("M{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}", from.0, from.1, bend.0, bend.1, to.0, to.1);
    // The middle of the curve.
    let x = (from.0 + 2.0 * bend.0 + to.0) / 4.0;
    let y = (from.1 + 2.0 * bend.1 + to.1) / 4.0;
    // Words of arrows that go up and down side by side stand on their outer sides.
    // Those that would hide their arrow stand beside it.
    let long = edge.place.chars().count() as f64 * LETTER + 24.0;
    let (x, anchor) = match (to.0 - from.0).abs() {
        apart if apart > 24.0 => (x, "middle"),
        _ if bend.0 > from.0 => (x + 5.0, "start"),
        _ => (x - 5.0, "end"),
    };
    let y = match to.0 - from.0 {
        apart if apart.abs() <= 24.0 || apart.abs() > long => y,
        apart if apart > 0.0 => y + 13.0,
        _ => y - 11.0,
    };
    html! {
        <g class={classes!("wait-edge", edge.circle.then_some("circle"))}>
            <path class="wait-line" d={line}/><path class="wait-tip" d={tip}/>
            <text x={format!("{x:.1}")} y={format!("{y:.1}")} dy="4" text-anchor={anchor}>{ &edge.place }</text>
        </g>
    }
}

pub(super) fn node(frame: &Frame, node: &Node) -> Html {
    let (x, y) = node.at;
    let (class, name, sign) = match &node.of {
        NodeOf::Lane(lane) => (
            classes!("wait-node", hue(*lane)),
            lane_name(frame, *lane),
            shape(*lane, x - HALF.0 + 15.0, y, 7.0, "mark-shape"),
        ),
        NodeOf::Place(place) => (classes!("wait-node", "place"), place.clone(), html! {}),
    };
    let cut = match name.char_indices().nth(NAME_MAX) {
        Some((cut, _)) => format!("{}…", &name[..cut]),
        None => name.clone(),
    };
    html! {
        <g class={classes!(class, node.circle.then_some("circle"))}>
            <title>{ name }</title>
            <rect x={format!("{:.1}", x - HALF.0)} y={format!("{:.1}", y - HALF.1)} width={(HALF.0 * 2.0).to_string()} height={(HALF.1 * 2.0).to_string()} rx="9"/>
            { sign }
            <text x={format!("{:.1}", x - HALF.0 + if matches!(node.of, NodeOf::Lane(_)) { 27.0 } else { 10.0 })} y={format!("{y:.1}")} dy="4">{ cut }</text>
        </g>
    }
}
