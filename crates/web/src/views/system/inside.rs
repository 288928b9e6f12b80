//! Nodes with what is inside them, and messages.

use sim_core::session::{
    Inside, MemberView, NodeKind, PartitionView, QueueView, Ring, RingKind, SystemNode, Tally,
    Worker, WorkerState,
};
use yew::prelude::*;

use super::{Canvas, cut, is_place, px, service, things, words};
use crate::{
    components::{hue, inner_number, shape},
    draw::system::{
        Of, Place, Token,
        layout::{CELL, ELEMENTS, HEAD, LINE, PART, VALUES},
        tokens::{self, SLOTS, STEP, slot_x},
    },
};

/// Names are cut behind so many letters.
const NAME_MAX: usize = 17;

/// A node: its box, its name, what is inside.
pub(super) fn node(canvas: &Canvas<'_>, node: &SystemNode, place: &Place) -> Html {
    let kind = match node.kind {
        NodeKind::Process => "process",
        NodeKind::Queue => "queue",
        NodeKind::Topic => "topic",
        NodeKind::Log => "log",
        NodeKind::Group => "group",
        NodeKind::Service => "service",
        NodeKind::Thing(_) => "thing",
    };
    let radius = match node.kind {
        NodeKind::Process | NodeKind::Service => "10",
        NodeKind::Topic => "20",
        _ => "5",
    };
    let boxed = html! {
        <rect class="sys-box" x={px(place.x)} y={px(place.y)} width={px(place.w)} height={px(place.h)} rx={radius}/>
    };
    if matches!(node.kind, NodeKind::Thing(_)) {
        return html! { <g class="sys-node thing">{ boxed }{ things::thing(canvas, node, place) }</g> };
    }
    let inside = match &node.inside {
        Inside::Workers { shown, more, tally } => {
            workers(canvas, node, place, shown, *more, *tally)
        }
        Inside::Queues { shown, more } => {
            html! { <>{ for shown.iter().take(ELEMENTS as usize).enumerate().map(|(at, one)| queue(canvas, node, place, at, one)) }
            { hidden(canvas, place, shown, *more) }</> }
        }
        Inside::Partitions(all) => {
            html! { <>{ for all.iter().take(VALUES as usize).enumerate().map(|(at, one)| partition(place, at, one)) }</> }
        }
        Inside::Members(all) => {
            html! { <>{ for all.iter().take(VALUES as usize).enumerate().map(|(at, one)| member(canvas, place, at, one)) }</> }
        }
        Inside::Replicas { more, .. } => service::replicas(canvas, node, place, *more),
        Inside::Places(_) | Inside::Nothing => html! {},
    };
    let name = if is_place(node.kind) { "sys-name place" } else { "sys-name" };
    let count =
        if node.numbered && node.count > 0 { format!(" × {}", node.count) } else { String::new() };
    html! {
        <g class={classes!("sys-node", kind)}>
            { boxed }
            <text class={name} x={px(place.x + 10.0)} y={px(place.y + 19.0)}>
                { cut(&node.name, NAME_MAX) }<tspan class="sys-count">{ count }</tspan>
            </text>
            { aside(canvas, node, place) }
            { inside }
        </g>
    }
}

/// What stands at the right of a node's name.
fn aside(canvas: &Canvas<'_>, node: &SystemNode, place: &Place) -> Html {
    let said = match &node.inside {
        Inside::Queues { shown, .. } if node.count <= 1 => match shown.first() {
            Some(QueueView { capacity: Some(capacity), length, .. }) => {
                (canvas.texts.of_capacity)(*length, *capacity)
            }
            Some(queue) => queue.length.to_string(),
            None => return html! {},
        },
        Inside::Replicas { .. } => {
            let said = words::service_short(canvas, node);
            // Beside a long name only what fits: those that wait are drawn.
            let name = node.name.chars().count() + if node.numbered { 5 } else { 0 };
            let room = (place.w - 28.0) as usize / 8;
            match said.split_once(',') {
                Some((busy, _)) if canvas.in_room() && name + said.chars().count() > room => {
                    busy.to_owned()
                }
                _ => said,
            }
        }
        _ if node.kind == NodeKind::Topic => canvas.texts.kinds[2].to_owned(),
        _ if node.kind == NodeKind::Group => canvas.texts.kinds[4].to_owned(),
        _ => return html! {},
    };
    html! { <text class="sys-aside" x={px(place.x + place.w - 10.0)} y={px(place.y + 19.0)} text-anchor="end">{ said }</text> }
}

fn workers(
    canvas: &Canvas<'_>,
    node: &SystemNode,
    place: &Place,
    shown: &[Worker],
    more: u32,
    tally: Tally,
) -> Html {
    let spots = tokens::workers(node.count, place);
    if spots.is_empty() {
        return html! { <>{ tally_bar(place, tally) }{ tally_words(canvas, place, place.y + place.h - 10.0, tally) }</> };
    }
    let drawn = shown.iter().zip(&spots).map(|(worker, spot)| {
        let (x, y) = spot.at;
        let number = worker.number.map(|number| number.to_string()).unwrap_or_default();
        let state = state_class(worker.state);
        let holds = worker.holds.len().min(3) as f64;
        let from = if holds > 0.0 { 54.0 + holds * STEP - 10.0 } else { 18.0 };
        let letter = if canvas.in_room() { 7.6 } else { 6.0 };
        let room = ((place.x + place.w - x - from) / letter).max(0.0) as usize;
        html! {
            <g class={classes!("sys-worker", state, hue(worker.lane))} key={worker.lane}>
                { for worker.rings.iter().max_by_key(|ring| weight(ring)).map(|one| ring(canvas, (x, y), 12.5, one)) }
                { shape(worker.lane, x, y, 9.0, "sys-shape") }
                { inner_number("sys-number", (x, y + 3.8), &number) }
                if worker.state == WorkerState::Failed || matches!(worker.state, WorkerState::Crashed(_)) {
                    <path class="sys-cross" d={format!("M{:.1} {:.1}l16 16M{:.1} {:.1}l16 -16", x - 8.0, y - 8.0, x - 8.0, y + 8.0)}/>
                }
                if worker.state == WorkerState::Paused {
                    <path class="sys-pause" d={format!("M{:.1} {:.1}v9M{:.1} {:.1}v9", x + 8.0, y - 12.0, x + 12.0, y - 12.0)}/>
                }
                if spot.roomy {
                    <text class="sys-state" x={px(x + from)} y={px(y + 4.0)}>{ cut(&words::doing(canvas, worker), room) }</text>
                }
            </g>
        }
    });
    let left = more as usize + shown.len().saturating_sub(spots.len());
    let low = place.y + place.h - 7.0;
    html! {
        <>
            { for drawn }
            if left > 0 {
                <text class="sys-more" x={px(place.x + place.w - 10.0)} y={px(low)} text-anchor="end">{ (canvas.texts.more)(left as u32) }</text>
            }
            if node.count == 0 && tally.ended > 0 {
                <text class="sys-more" x={px(place.x + 10.0)} y={px(low)}>{ format!("{} {}", tally.ended, canvas.texts.ended) }</text>
            }
        </>
    }
}

/// Of several timers the one that says most is drawn.
fn weight(ring: &Ring) -> u32 {
    match ring.kind {
        RingKind::Work | RingKind::Sleep => 1,
        RingKind::Visibility | RingKind::Ready => 2,
        RingKind::Backoff => 3,
        RingKind::Lease => 4,
        RingKind::Within => 5,
    }
}

fn state_class(state: WorkerState) -> &'static str {
    match state {
        WorkerState::Busy => "busy",
        WorkerState::Idle => "idle",
        WorkerState::Waiting => "waiting",
        WorkerState::Paused => "paused",
        WorkerState::Crashed(_) => "crashed",
        WorkerState::Ended => "ended",
        WorkerState::Failed => "failed",
    }
}

/// How many of many are in each state, as a bar.
fn tally_bar(place: &Place, tally: Tally) -> Html {
    let parts = parts(tally);
    let all = f64::from(parts.iter().map(|part| part.1).sum::<u32>().max(1));
    let (left, wide) = (place.x + 10.0, place.w - 20.0);
    let mut from = 0.0;
    let bars = parts.into_iter().filter(|part| part.1 > 0).map(|(class, count)| {
        let part = f64::from(count) / all * wide;
        let x = left + from;
        from += part;
        html! { <rect class={classes!("sys-tally", class)} x={px(x)} y={px(place.y + HEAD + 4.0)} width={px(part.max(1.5))} height="13"/> }
    });
    html! { <>{ for bars }</> }
}

fn parts(tally: Tally) -> [(&'static str, u32); 6] {
    [
        ("busy", tally.busy),
        ("waiting", tally.waiting),
        ("idle", tally.idle),
        ("stopped", tally.stopped),
        ("failed", tally.failed),
        ("ended", tally.ended),
    ]
}

fn tally_words(canvas: &Canvas<'_>, place: &Place, y: f64, tally: Tally) -> Html {
    let said = cut(&words::tally(canvas, tally), if canvas.in_room() { 23 } else { 27 });
    html! { <text class="sys-more" x={px(place.x + 10.0)} y={px(y)}>{ said }</text> }
}

/// A queue's places: those that are free only where few fit in.
fn queue(
    canvas: &Canvas<'_>,
    node: &SystemNode,
    place: &Place,
    at: usize,
    one: &QueueView,
) -> Html {
    let y = place.y + HEAD + (at as f64 + 0.5) * LINE - 4.0;
    let capacity = one.capacity.map_or(0, |capacity| capacity.min(SLOTS as u32)) as usize;
    let free = (one.waiting.len().min(SLOTS)..capacity).map(|slot| {
        html! { <rect class="sys-slot" x={px(slot_x(place, slot) - 11.0)} y={px(y - 10.0)} width="22" height="20" rx="5"/> }
    });
    let hidden = one.length.saturating_sub(SLOTS.min(one.waiting.len()) as u32);
    let mut said = Vec::new();
    if hidden > 0 {
        said.push(format!("+{hidden}"));
    }
    let is_empty = one.length == 0 && one.later == 0 && capacity == 0 && one.in_flight == 0;
    // What is in flight is still the queue's: told where its own messages leave room.
    let drawn = (one.waiting.len() + one.delayed.len()).max(capacity);
    if hidden == 0 && one.in_flight > 0 && drawn <= 3 {
        said.push((canvas.texts.in_flight)(one.in_flight));
    }
    let number = if node.count > 1 {
        one.place.trim_start_matches(&node.name).to_owned()
    } else {
        String::new()
    };
    html! {
        <g>
            <line class="sys-lane" x1={px(place.x + 8.0)} x2={px(place.x + place.w - 8.0)} y1={px(y + 14.0)} y2={px(y + 14.0)}/>
            { for free }
            if !number.is_empty() {
                <text class="sys-more" x={px(place.x + 8.0)} y={px(y + 4.0)}>{ number }</text>
            }
            if !said.is_empty() {
                <text class={classes!("sys-more", (hidden > 0).then_some("strong"))} x={px(place.x + if node.count > 1 { 34.0 } else { 10.0 })} y={px(y + 4.0)}>{ said.join(" ") }</text>
            }
            if is_empty && node.count <= 1 {
                <text class="sys-more" x={px(place.x + place.w - 10.0)} y={px(y + 4.0)} text-anchor="end">{ canvas.texts.empty }</text>
            }
        </g>
    }
}

/// What the elements not drawn hold.
fn hidden(canvas: &Canvas<'_>, place: &Place, shown: &[QueueView], more: u32) -> Html {
    let rest = shown.len().saturating_sub(ELEMENTS as usize) as u32 + more;
    if rest == 0 {
        return html! {};
    }
    html! { <text class="sys-more" x={px(place.x + 10.0)} y={px(place.y + place.h - 7.0)}>{ (canvas.texts.more)(rest) }</text> }
}

fn partition(place: &Place, at: usize, one: &PartitionView) -> Html {
    let y = place.y + HEAD + (at as f64 + 0.5) * PART;
    let hidden = (one.next - one.first) - one.entries.len().min(tokens::ENTRIES) as i64;
    html! {
        <g>
            <text class="sys-more" x={px(place.x + 8.0)} y={px(y + 4.0)}>
                { format!("p{}", one.number) }
                if hidden > 0 { <tspan class="strong">{ format!(" …{hidden}") }</tspan> }
            </text>
        </g>
    }
}

fn member(canvas: &Canvas<'_>, place: &Place, at: usize, one: &MemberView) -> Html {
    let y = place.y + HEAD + (at as f64 + 0.5) * PART;
    let x = place.x + 50.0;
    html! {
        <g>
            <text class="sys-more" x={px(place.x + 8.0)} y={px(y + 4.0)}>{ format!("p{} →", one.partition) }</text>
            { for one.owner.map(|lane| {
                let number = canvas.frame.lane(lane).and_then(|lane| lane.number).map(|n| n.to_string()).unwrap_or_default();
                html! {
                    <g class={classes!("sys-worker", "busy", hue(lane))}>
                        { shape(lane, x + 4.0, y, 8.0, "sys-shape") }
                        { inner_number("sys-number", (x + 4.0, y + 3.8), &number) }
                    </g>
                }
            }) }
            <text class={classes!("sys-more", (one.lag > 0).then_some("strong"))} x={px(place.x + place.w - 8.0)} y={px(y + 4.0)} text-anchor="end">
                { (canvas.texts.lag)(one.lag) }
            </text>
        </g>
    }
}

/// A timer around a point: as much of the circle as there is time left.
fn ring(canvas: &Canvas<'_>, at: (f64, f64), r: f64, ring: &Ring) -> Html {
    arc(at, r, ring.left(canvas.frame.now), ring.kind)
}

fn arc((x, y): (f64, f64), r: f64, left: u32, kind: RingKind) -> Html {
    let class = match kind {
        RingKind::Work | RingKind::Sleep => "sys-ring quiet",
        _ => "sys-ring",
    };
    html! {
        <>
            <circle class="sys-ring-ground" cx={px(x)} cy={px(y)} r={px(r)}/>
            <circle {class} cx={px(x)} cy={px(y)} r={px(r)} pathLength="1000" stroke-dasharray={format!("{left} 1000")}
                transform={format!("rotate(-90 {x:.1} {y:.1})")}/>
        </>
    }
}

/// A message. Where it is drawn is a transform, so that it may glide there.
pub(super) fn token(token: &Token) -> Html {
    let transform = format!("translate({:.1} {:.1})", token.at.0, token.at.1);
    let of = match token.of {
        Of::Way(_) => "on-way",
        Of::Queue(_) => "waits",
        Of::Later(_) => "later",
        Of::Lane(_) => "in-flight",
        Of::Log(_) => "entry",
        Of::Request(_) if token.answer => "request answer",
        Of::Request(_) => "request",
    };
    let again = token.letter.deliveries > 1 || (token.letter.deliveries > 0 && of != "in-flight");
    let half = if of == "in-flight" { CELL.0 / 3.4 } else { 11.0 };
    let label = &token.letter.label;
    let label = match label.bytes().all(|byte| byte.is_ascii_digit()) {
        true => inner_number("", (0.0, 4.0), label),
        false => html! { <text text-anchor="middle" y="4">{ cut(label, 3) }</text> },
    };
    html! {
        <g class={classes!("token", of, token.letter.sender.map(hue))} {transform} key={token.key.clone()}>
            { for token.ring.map(|(ring, left)| arc((0.0, 0.0), 13.5, left, ring.kind)) }
            <rect x={px(-half)} y="-10" width={px(2.0 * half)} height="20" rx={if of.starts_with("request") { "10" } else { "5" }}/>
            { label }
            if again {
                <g class="token-again"><circle cx="10" cy="-9" r="6"/><text x="10" y="-6" text-anchor="middle">{ token.letter.deliveries }</text></g>
            }
        </g>
    }
}
