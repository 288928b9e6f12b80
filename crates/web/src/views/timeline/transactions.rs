//! Transactions along the timeline: a band from the first statement to the end, in the colour of what
//! it sees.

use sim_core::session::TransactionBand;
use yew::prelude::*;

use super::{Canvas, px};
use crate::{
    draw::scale::START,
    i18n::{self, lane_name},
    model::viewing::View,
    views::tables::snap_hue,
};

/// Half the height of a band.
const HALF: f64 = 14.0;
/// How far it reaches before its first step, where there is room for its number, and behind its last.
const BEFORE: f64 = 26.0;
const BEHIND: f64 = 15.0;

pub(super) fn band(canvas: &Canvas<'_>, one: &TransactionBand, seen: (f64, f64)) -> Html {
    let (frame, scale) = (canvas.frame, canvas.scale);
    let Some(row) = canvas.picture.lane_row(one.lane) else { return html! {} };
    let last = frame.first + frame.steps.len() as u32;
    let reach = |wanted: f64| wanted.min(scale.column * 0.42);
    let from = match one.from <= frame.first {
        true => START / 2.0,
        false => canvas.x(one.from) - reach(BEFORE),
    };
    let to = match one.to {
        Some(to) => canvas.x(to) + reach(BEHIND),
        None => canvas.end(last),
    };
    if one.from > last || to < seen.0 || from > seen.1 {
        return html! {};
    }
    let texts = i18n::tables(canvas.look.state.lang);
    let level = one.level.word().replace('_', " ");
    let sees = one.snapshot.map_or_else(|| texts.anew.to_owned(), texts.snapshot);
    let mut said = (texts.band)(&lane_name(frame, one.lane), &format!("{level}, {sees}"));
    if let Some(to) = one.to {
        said = format!("{said}; {}", (texts.ended)(one.committed, to));
    }
    let y = scale.y(row);
    let later = (one.from > frame.position).then_some("later");
    let class = classes!("transaction-band", one.snapshot.map(snap_hue), later);
    let end = one.to.map(|_| {
        let line = match one.committed {
            true => format!("M{to:.0} {:.0}v{:.0}", y - HALF, 2.0 * HALF),
            false => format!("M{:.0} {:.0}l8 8m0 -8l-8 8", to - 4.0, y - 4.0),
        };
        html! { <path d={line}/> }
    });
    let number = one.snapshot.filter(|_| scale.words() && one.from > frame.first);
    html! {
        <g {class} onclick={canvas.look.view(View::Event(one.from.max(frame.first + 1)))}>
            <title>{ said }</title>
            <rect x={px(from)} width={px(to - from)} y={px(y - HALF)} height={px(2.0 * HALF)} rx="6"/>
            { for end }
            { for number.map(|number| html! { <text x={px(from + 4.0)} y={px(y + 4.0)}>{ number }</text> }) }
        </g>
    }
}
