//! Rails, bars and values of the timeline.

use sim_core::{base::order, session::BarKind};
use yew::prelude::*;

use super::{Canvas, px};
use crate::{
    components::hue,
    draw::{
        scale::START,
        timeline::{Band, Row, RowOf},
    },
    i18n::{self, lane_name},
    model::viewing::View,
};

/// The line a row runs along: a process's from its arrival to its end.
pub(super) fn rail(canvas: &Canvas<'_>, at: u32, row: &Row) -> Html {
    let y = px(canvas.scale.y(at));
    let class = if matches!(row.of, RowOf::Lane(_)) { "rail" } else { "rail place" };
    let from = if row.from == 0 { AttrValue::from("0") } else { px(canvas.x(row.from)) };
    let to = row.to.map_or(AttrValue::from("100%"), |to| px(canvas.x(to)));
    html! { <line {class} x1={from} x2={to} y1={y.clone()} y2={y}/> }
}

/// What a bar looks like: a class, half its height, and how it lies beside the rail.
fn kind_class(kind: BarKind) -> &'static str {
    match kind {
        BarKind::Holds => "holds",
        BarKind::Shares => "shares",
        BarKind::Waits => "waits",
        BarKind::Sleeps => "sleeps",
        BarKind::Stopped => "stopped",
        BarKind::Stale => "stale",
    }
}

/// A stretch in which something is held, waited for or believed.
pub(super) fn band(canvas: &Canvas<'_>, band: &Band, seen: (f64, f64)) -> Html {
    let frame = canvas.frame;
    let from = if band.from <= frame.first { START / 2.0 } else { canvas.x(band.from) };
    let end = band.to.min(canvas.picture.last);
    let to = if band.ends && band.to <= end { canvas.x(end) } else { canvas.end(end) };
    if to < seen.0 || from > seen.1 {
        return html! {};
    }
    // Only what is seen is drawn, so that a long bar keeps its words in sight.
    let (from, to) = (from.max(seen.0 - 8.0), to.min(seen.1 + 8.0).max(from + 8.0));
    let later = (band.from > frame.position).then_some("later");
    let said = words(canvas, band);
    let y = canvas.scale.y(band.row);
    let picture = match band.kind {
        BarKind::Stale => return stale(canvas, band, &said, (from, to)),
        BarKind::Holds | BarKind::Shares => {
            let slots = canvas.picture.rows[band.row as usize].slots.saturating_sub(1);
            let y = y + (f64::from(band.slot) - f64::from(slots) / 2.0) * 9.0;
            html! { <rect x={px(from)} width={px(to - from)} y={px(y - 4.0)} height="8" rx="4"/> }
        }
        BarKind::Waits | BarKind::Sleeps | BarKind::Stopped => {
            html! { <line x1={px(from)} x2={px(to)} y1={px(y)} y2={px(y)}/> }
        }
    };
    html! {
        <g class={classes!("band", kind_class(band.kind), hue(band.lane), later)} onclick={canvas.look.view(View::Event(band.from))}>
            <title>{ said }</title>{ picture }
        </g>
    }
}

fn stale(canvas: &Canvas<'_>, band: &Band, long: &str, (from, to): (f64, f64)) -> Html {
    let texts = canvas.look.texts;
    let later = (band.from > canvas.frame.position).then_some("later");
    let roomy = canvas.scale.words();
    let high = if roomy { 15.0 } else { 6.0 };
    let y = canvas.scale.y(band.row)
        + if roomy { 13.0 } else { 6.0 }
        + f64::from(band.slot) * if roomy { 17.0 } else { 4.0 };
    let short = (texts.stale_short)(&lane_name(canvas.frame, band.lane));
    let fits = |words: &str| roomy && to - from > words.chars().count() as f64 * 5.9;
    let said = [long, &short, texts.stale_word].into_iter().find(|words| fits(words));
    html! {
        <g class={classes!("stale-band", later)} onclick={canvas.look.view(View::Event(band.from))}>
            <title>{ long.to_owned() }</title>
            <rect x={px(from)} width={px(to - from)} y={px(y)} height={px(high)} rx="4"/>
            { for said.map(|said| html! {
                <text x={px(f64::midpoint(from, to))} y={px(y + 11.5)} text-anchor="middle">{ said.to_owned() }</text>
            }) }
        </g>
    }
}

/// A bar in words: `client 1 waits: account`.
fn words(canvas: &Canvas<'_>, band: &Band) -> String {
    let texts = canvas.look.texts;
    let name = lane_name(canvas.frame, band.lane);
    let kind = kind_words(canvas, band.kind);
    match (band.kind, band.place.is_empty()) {
        (BarKind::Stale, _) => (texts.stale_band)(&name),
        (_, true) => format!("{name}: {kind}"),
        (_, false) => format!("{name}: {kind} ({})", band.place),
    }
}

fn kind_words(canvas: &Canvas<'_>, kind: BarKind) -> &'static str {
    let texts = canvas.look.texts.views;
    match kind {
        BarKind::Holds => texts.legend_holds,
        BarKind::Shares => texts.legend_shares,
        BarKind::Waits => texts.legend_waits,
        BarKind::Sleeps => texts.legend_sleeps,
        BarKind::Stopped => texts.legend_stopped,
        BarKind::Stale => texts.legend_stale,
    }
}

/// What the bars in the picture mean.
pub(super) fn legend(canvas: &Canvas<'_>) -> Html {
    let mut kinds: Vec<BarKind> = canvas.picture.bands.iter().map(|band| band.kind).collect();
    order::sort_by_key(&mut kinds, |kind| *kind);
    kinds.dedup();
    let entries = kinds.into_iter().map(|kind| {
        let sample = match kind {
            BarKind::Holds | BarKind::Shares => {
                html! { <rect x="1" y="3" width="26" height="8" rx="4"/> }
            }
            BarKind::Stale => html! { <rect x="1" y="2" width="26" height="10" rx="4"/> },
            _ => html! { <line x1="2" x2="26" y1="7" y2="7"/> },
        };
        let class = if kind == BarKind::Stale { "stale-band" } else { "band" };
        html! {
            <li key={kind_class(kind)}>
                <svg width="28" height="14" aria-hidden="true"><g class={classes!(class, kind_class(kind))}>{ sample }</g></svg>
                { kind_words(canvas, kind) }
            </li>
        }
    });
    let transactions = (!canvas.frame.transactions.is_empty()).then(|| {
        html! {
            <li>
                <svg width="28" height="14" aria-hidden="true"><g class="transaction-band snap-1"><rect x="1" y="1" width="25" height="12" rx="4"/><path d="M26 1v12"/></g></svg>
                { i18n::tables(canvas.look.state.lang).legend }
            </li>
        }
    });
    html! { <ul class="legend" aria-label={canvas.look.texts.views.legend}>{ for transactions }{ for entries }</ul> }
}

/// The values of shared things, where they are seen and there is room.
pub(super) fn values(canvas: &Canvas<'_>, seen: (f64, f64)) -> Html {
    let mut free = (u32::MAX, 0.0);
    let mut chips = Vec::new();
    for chip in &canvas.picture.values {
        let width = chip.value.chars().count() as f64 * 7.4 + 13.0;
        let x = if chip.step == 0 { 4.0 } else { canvas.x(chip.step) + 9.0 };
        if free.0 != chip.row {
            free = (chip.row, 0.0);
        }
        if x + width < seen.0 || x > seen.1 || x < free.1 {
            continue;
        }
        free.1 = x + width;
        let y = canvas.scale.y(chip.row);
        let later = (chip.step > canvas.frame.position).then_some("later");
        let goes = canvas.look.view(View::Event(chip.step.max(canvas.frame.first)));
        chips.push(html! {
            <g class={classes!("value", later)} onclick={goes}>
                <rect x={px(x)} y={px(y - 10.0)} width={px(width)} height="20" rx="6"/>
                <text x={px(x + width / 2.0)} y={px(y + 4.0)} text-anchor="middle">{ &chip.value }</text>
            </g>
        });
    }
    html! { <>{ for chips }</> }
}
