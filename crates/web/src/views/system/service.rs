//! A service: for each replica its workers, those that are taken filled by who has them, and who
//! waits for one.

use sim_core::session::{ReplicaView, SystemNode};
use yew::prelude::*;

use super::{Canvas, px};
use crate::draw::system::{
    Place,
    service::{self, QUEUE, line_y, queue_x, worker_x},
    tokens::STEP,
};

/// The replicas of a service.
pub(super) fn replicas(canvas: &Canvas<'_>, node: &SystemNode, place: &Place, more: u32) -> Html {
    let shown = service::replicas(node);
    let left_out = node.count.max(more) as usize - shown.len().min(node.count.max(more) as usize);
    html! {
        <>
            { for shown.iter().enumerate().map(|(at, one)| replica(node, place, at, one)) }
            if left_out > 0 {
                <text class="sys-more" x={px(place.x + 10.0)} y={px(place.y + place.h - 7.0)}>{ (canvas.texts.more)(left_out as u32) }</text>
            }
        </>
    }
}

fn replica(node: &SystemNode, place: &Place, at: usize, one: &ReplicaView) -> Html {
    let (slots, y) = (service::slots(one), line_y(place, at));
    let workers = (0..slots).map(|slot| {
        let x = worker_x(place, slots, slot);
        html! { <rect class={classes!("sys-slot", "worker", one.down.then_some("down"))} x={px(x - 11.5)} y={px(y - 12.0)} width="23" height="24" rx="6"/> }
    });
    let hidden = one.queued as usize - one.waiting.len().min(QUEUE).min(one.queued as usize);
    let gate = worker_x(place, slots, 0) - STEP / 2.0 - 6.0;
    let end = queue_x(place, slots, QUEUE - 1) - STEP / 2.0;
    let number = if node.count > 1 { one.place.trim_start_matches(&node.name) } else { "" };
    html! {
        <g class={one.down.then_some("sys-down")}>
            <line class="sys-lane" x1={px(end)} x2={px(gate - 4.0)} y1={px(y + 14.0)} y2={px(y + 14.0)}/>
            <line class="sys-gate" x1={px(gate)} x2={px(gate)} y1={px(y - 12.0)} y2={px(y + 14.0)}/>
            { for workers }
            if !number.is_empty() {
                <text class="sys-more" x={px(place.x + 7.0)} y={px(y + 4.0)}>{ number }</text>
            }
            if hidden > 0 {
                <text class="sys-more strong" x={px(end - 2.0)} y={px(y - 6.0)} text-anchor="middle">{ format!("+{hidden}") }</text>
            }
        </g>
    }
}
