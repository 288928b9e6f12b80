//! What processes share besides messages: variables, locks and the like, each a small node.

use sim_core::{
    program::SharedKind,
    session::{Inside, NodeKind, SharedView, SystemNode},
};
use yew::prelude::*;

use super::{Canvas, cut, px};
use crate::{
    components::{hue, shape},
    draw::system::{
        Place,
        layout::{HEAD, VALUE, VALUES},
    },
    i18n,
};

/// So many letters fit in a row.
const ROW: usize = 13;

/// A thing with its value, or who holds it.
pub(super) fn thing(canvas: &Canvas<'_>, node: &SystemNode, place: &Place) -> Html {
    let NodeKind::Thing(kind) = node.kind else { return html! {} };
    let views = views(canvas, node);
    let is_single = node.count <= 1 && !node.numbered;
    let y = place.y + if is_single { 24.0 } else { 19.0 };
    // Two words that do not fit beside each other stand one above the other.
    let long = |shared: &&&SharedView| {
        !matches!(shared.kind, SharedKind::Lock | SharedKind::RwLock)
            && node.name.chars().count() + shared.value.chars().count() > ROW
    };
    let apart = if is_single && views.first().filter(long).is_some() { 9.0 } else { 0.0 };
    let name = html! {
        <text class="sys-name place" x={px(place.x + 10.0)} y={px(y - apart)}>{ cut(&node.name, 17) }</text>
    };
    if kind == SharedKind::Database {
        let open = canvas.frame.databases.iter().find(|one| one.name == node.name);
        let open = open.map_or(0, |one| one.transactions.len() as u32 + one.more);
        let level = (i18n::tables(canvas.look.state.lang).open)(open);
        return html! { <>{ name }<text class="sys-value" x={px(place.x + place.w - 10.0)} y={px(y)} text-anchor="end">{ level }</text></> };
    }
    if kind == SharedKind::Map {
        let keys = canvas.frame.shared.iter().filter(|shared| {
            shared.place.strip_prefix(&node.name).is_some_and(|rest| rest.starts_with('['))
        });
        let count = keys.count();
        return html! { <>{ name }<text class="sys-value" x={px(place.x + place.w - 10.0)} y={px(y)} text-anchor="end">{ format!("[{count}]") }</text></> };
    }
    if is_single {
        let value = views.first().map(|shared| single(canvas, shared, place, y + apart));
        return html! { <>{ name }{ for value }</> };
    }
    let cells = views.iter().take(VALUES as usize).enumerate().map(|(at, shared)| {
        let (x, y) = (
            place.x + 10.0 + (at % 4) as f64 * VALUE.0 + VALUE.0 / 2.0,
            place.y + HEAD + (at / 4) as f64 * VALUE.1 + VALUE.1 / 2.0,
        );
        cell(canvas, shared, (x, y))
    });
    let more = node.count.saturating_sub(VALUES);
    html! {
        <>
            { name }
            if more > 0 {
                <text class="sys-aside" x={px(place.x + place.w - 8.0)} y={px(y)} text-anchor="end">{ format!("+{more}") }</text>
            }
            { for cells }
        </>
    }
}

/// The elements of a thing, as far as the moment tells of them.
fn views<'a>(canvas: &Canvas<'a>, node: &SystemNode) -> Vec<&'a SharedView> {
    let Inside::Places(places) = &node.inside else { return Vec::new() };
    let view = |place: &String| canvas.frame.shared.iter().find(|shared| shared.place == *place);
    places.iter().filter_map(view).collect()
}

fn single(canvas: &Canvas<'_>, shared: &SharedView, place: &Place, y: f64) -> Html {
    let right = place.x + place.w - 10.0;
    let changed = shared.before.as_ref().map(|_| "changed");
    let waiting = shared.waiting.len() as u32;
    let waits = (waiting > 0 && shared.kind != SharedKind::Condition).then(|| {
        html! { <text class="sys-more warn" x={px(place.x + 10.0)} y={px(place.y + place.h + 13.0)}>{ (canvas.texts.waits)(waiting) }</text> }
    });
    let inner = match shared.kind {
        SharedKind::Lock | SharedKind::RwLock if shared.holders.is_empty() => html! {
            <text class={classes!("sys-more", changed)} x={px(right)} y={px(y)} text-anchor="end">{ canvas.texts.free }</text>
        },
        SharedKind::Lock | SharedKind::RwLock => {
            let marks = shared.holders.iter().take(3).enumerate();
            html! { <>{ for marks.map(|(at, lane)| holder(canvas, *lane, (right - 9.0 - at as f64 * 22.0, y - 4.0))) }</> }
        }
        SharedKind::Semaphore => {
            let out = shared.holders.len();
            let said = format!("{out} / {}", shared.permits.unwrap_or_default());
            html! { <text class={classes!("sys-value", changed)} x={px(right)} y={px(y)} text-anchor="end">{ said }</text> }
        }
        SharedKind::Condition => html! {
            <text class={classes!("sys-more", changed)} x={px(right)} y={px(y)} text-anchor="end">{ (canvas.texts.sleeping)(shared.waiting.len()) }</text>
        },
        _ => html! {
            <text class={classes!("sys-value", changed)} x={px(right)} y={px(y)} text-anchor="end">{ cut(&shared.value, 10) }</text>
        },
    };
    html! { <>{ inner }{ for waits }</> }
}

fn cell(canvas: &Canvas<'_>, shared: &SharedView, at: (f64, f64)) -> Html {
    let changed = shared.before.as_ref().map(|_| "changed");
    let boxed = html! {
        <rect class={classes!("sys-slot", changed)} x={px(at.0 - VALUE.0 / 2.0 + 1.0)} y={px(at.1 - VALUE.1 / 2.0 + 1.0)}
            width={px(VALUE.0 - 2.0)} height={px(VALUE.1 - 2.0)} rx="4"/>
    };
    let inner = match shared.holders.first() {
        Some(lane) => holder(canvas, *lane, at),
        None if matches!(shared.kind, SharedKind::Var | SharedKind::Counter) => html! {
            <text class="sys-value small" x={px(at.0)} y={px(at.1 + 4.0)} text-anchor="middle">{ cut(shared.value.trim_matches('"'), 4) }</text>
        },
        None => html! {},
    };
    html! { <>{ boxed }{ inner }</> }
}

/// Who holds something.
fn holder(canvas: &Canvas<'_>, lane: u32, (x, y): (f64, f64)) -> Html {
    let number = canvas.frame.lane(lane).and_then(|lane| lane.number);
    let number = number.map(|number| number.to_string()).unwrap_or_default();
    html! {
        <g class={classes!("sys-worker", "busy", hue(lane))}>
            { shape(lane, x, y, 8.5, "sys-shape") }
            <text class="sys-number" x={px(x)} y={px(y + 3.8)} text-anchor="middle">{ number }</text>
        </g>
    }
}
