//! Breakers: the three states with the one that is, the window cell by cell, what it waits for, and
//! what it came to in this run.

use sim_core::{
    measure::Figure,
    program::Guarding,
    session::{BreakerView, Frame, Results},
};
use yew::prelude::*;

use super::Look;
use crate::{
    i18n::{self, BreakerTexts},
    model::Bench,
};

/// How wide the picture of a window is, and the widest cell.
const WIDE: usize = 264;
const CELL: usize = 26;
/// How many cells stand in a row.
const ACROSS: usize = 20;
/// So many breakers are drawn.
const SHOWN: usize = 3;

pub(super) fn panel(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = bench.frame.as_deref() else { return html! {} };
    if frame.breakers.is_empty() {
        return html! {};
    }
    html! {
        <div class="card panel-breaker">
            { for frame.breakers.iter().take(SHOWN).map(|one| breaker(look, bench, frame, one)) }
        </div>
    }
}

fn breaker(look: Look<'_>, bench: &Bench, frame: &Frame, one: &BreakerView) -> Html {
    let lang = look.state.lang;
    let texts = i18n::breaker(lang);
    let chip = match one.guarding {
        Guarding::Closed => "chip ok",
        Guarding::Open => "chip bad",
        Guarding::HalfOpen => "chip warn",
    };
    let judges = match one.guarding {
        Guarding::Closed => closed(look, texts, one),
        Guarding::Open => cools_down(look, texts, frame, one),
        Guarding::HalfOpen => tries(texts, one),
    };
    html! {
        <section class="breaker" aria-label={one.place.clone()} key={one.place.clone()}>
            <div class="card-head"><h2><code>{ &one.place }</code></h2><span class={chip}>{ (texts.state)(one.guarding) }</span></div>
            { diagram(texts, one, &i18n::percent(one.failures), &i18n::span(one.open, lang)) }
            <div class="breaker-judges">{ judges }</div>
            { for came_to(look, texts, bench, one).map(|said| html! { <p class="small muted breaker-sum">{ said }</p> }) }
        </section>
    }
}

/// What the run measured so far: how many were kept away, and how many calls one became.
fn came_to(
    look: Look<'_>,
    texts: &BreakerTexts,
    bench: &Bench,
    one: &BreakerView,
) -> Option<String> {
    let view = &bench.charts.measured.as_deref()?.view;
    let name = one.place.split('[').next().unwrap_or_default();
    let count = |word: &str| {
        let wanted = format!("{name}.{word}");
        view.counts.iter().find(|row| row.name == wanted).map_or(0, |row| row.value)
    };
    let (calls, refused) = (count("calls"), count("refused"));
    if calls == 0 {
        return None;
    }
    let number = |count: u64| i18n::number(count, look.state.lang);
    let mut said = (texts.so_far)(&number(calls), &number(refused), count("opened"));
    let tries = view.spreads.iter().find(|row| row.name.ends_with(".attempts") && row.count > 0);
    if let Some(row) = tries {
        let unit = sim_core::measure::Unit::Fraction;
        let mean = i18n::figure(Figure { value: row.mean, unit }, look.state.lang);
        said += " ";
        said += &(texts.became)(&mean, &number(row.max.unsigned_abs()));
    }
    Some(said)
}

/// The states and what leads from one to the other; the ways out of the one that is stand out.
fn diagram(texts: &BreakerTexts, one: &BreakerView, share: &str, time: &str) -> Html {
    let node = |state: Guarding, x: u32, y: u32| {
        let class = match state {
            Guarding::Closed => "closed",
            Guarding::Open => "open",
            Guarding::HalfOpen => "half",
        };
        let on = (one.guarding == state).then_some("on");
        html! {
            <g class={classes!("breaker-state", class, on)}>
                <rect x={(x - 50).to_string()} y={(y - 15).to_string()} width="100" height="30" rx="15"/>
                <text x={x.to_string()} y={(y + 4).to_string()} text-anchor="middle">{ (texts.state)(state) }</text>
            </g>
        }
    };
    let way = |from: Guarding,
               line: &'static str,
               head: &'static str,
               (x, y): (u32, u32),
               anchor: &'static str,
               words: &str| {
        let next = (one.guarding == from).then_some("next");
        html! {
            <g class={classes!("breaker-way", next)}>
                <path d={line}/><path class="head" d={head}/>
                <text x={x.to_string()} y={y.to_string()} text-anchor={anchor}>{ words.to_owned() }</text>
            </g>
        }
    };
    let [to_open, to_half, back, to_closed] = (texts.ways)(share, time);
    html! {
        <svg class="breaker-diagram" viewBox="0 0 340 136" width="100%" aria-hidden="true">
            { way(Guarding::Closed, "M113 24h106", "M227 24l-9 -4v8z", (170, 17), "middle", &to_open) }
            { way(Guarding::Open, "M290 40c0 34 -24 58 -60 65", "M222 107l8 -6 2 8z", (338, 96), "end", &to_half) }
            { way(Guarding::HalfOpen, "M196 88c8 -24 24 -40 46 -48", "M250 38l-6 7 -3 -8z", (200, 68), "end", &back) }
            { way(Guarding::HalfOpen, "M118 109c-36 -6 -58 -30 -62 -62", "M55 39l6 7 -8 2z", (0, 133), "start", &to_closed) }
            { node(Guarding::Closed, 62, 24) }
            { node(Guarding::Open, 278, 24) }
            { node(Guarding::HalfOpen, 170, 106) }
        </svg>
    }
}

/// While it lets calls through: what it has seen of them, and how far that is from enough.
fn closed(look: Look<'_>, texts: &BreakerTexts, one: &BreakerView) -> Html {
    let lang = look.state.lang;
    let (count, seconds) = match &one.results {
        Results::Calls { places, .. } => (*places, false),
        Results::Seconds(all) => (all.len() as u32, true),
    };
    let tally = one.tally;
    let slow = one.slow.map(|(at, after)| {
        let said =
            (texts.slow)(tally.slow, tally.calls, &i18n::percent(at), &i18n::span(after, lang));
        html! { <>{ meter(tally.slow, tally.calls, at, "slow") }<p class="small">{ said }</p></> }
    });
    html! { <>
        <p class="small muted">{ (texts.window)(count, seconds) }</p>
        { window(texts, one) }
        { meter(tally.failed, tally.calls, one.failures, "failed") }
        <p class="small">{ (texts.failed)(tally.failed, tally.calls, &i18n::percent(one.failures)) }
            if tally.calls < one.enough { <span class="muted">{ "; " }{ (texts.too_few)(tally.calls, one.enough) }</span> }
        </p>
        { for slow }
    </> }
}

/// A share of calls, with the mark at which it opens.
fn meter(part: u32, all: u32, opens_at: u32, class: &'static str) -> Html {
    let percent = |share: f64| format!("{:.1}%", share.clamp(0.0, 1.0) * 100.0);
    let share = f64::from(part) / f64::from(all.max(1));
    let at = percent(f64::from(opens_at) / 1e6);
    html! {
        <svg class="breaker-meter" width="100%" height="15" aria-hidden="true">
            <rect class="rail" y="4" width="100%" height="7" rx="3.5"/>
            <rect {class} y="4" width={percent(share)} height="7" rx="3.5"/>
            <line class="opens" x1={at.clone()} x2={at} y1="0" y2="15"/>
        </svg>
    }
}

/// While it keeps calls away: how long still.
fn cools_down(look: Look<'_>, texts: &BreakerTexts, frame: &Frame, one: &BreakerView) -> Html {
    let Some(at) = one.tries_at else { return html! {} };
    let left = at.saturating_sub(frame.now);
    let share = left as f64 * 100.0 / one.open.max(1) as f64;
    let said = match left {
        0 => texts.tries_now.to_owned(),
        left => (texts.tries_in)(&i18n::span(left, look.state.lang)),
    };
    html! { <>
        <p class="small muted">{ texts.keeps_away }</p>
        <svg class="breaker-meter cooling" width="100%" height="15" aria-hidden="true">
            <rect class="rail" y="4" width="100%" height="7" rx="3.5"/>
            <rect class="left" y="4" width={format!("{:.1}%", share.clamp(0.0, 100.0))} height="7" rx="3.5"/>
        </svg>
        <p class="small"><strong>{ said }</strong></p>
    </> }
}

/// While it tries: the places of those that are let in, with what became of them.
fn tries(texts: &BreakerTexts, one: &BreakerView) -> Html {
    let results: &[(bool, bool)] = match &one.results {
        Results::Calls { results, .. } => results,
        Results::Seconds(_) => &[],
    };
    let under_way = one.probing.saturating_sub(results.len() as u32);
    let places = (one.probes as usize).clamp(1, 2 * ACROSS);
    let size = size(places);
    let slots = (0..places).map(|at| match results.get(at) {
        Some(result) => cell(texts, Some(result), at, size),
        None => {
            let taken = (at < one.probing as usize).then_some("taken");
            let (x, y) = place(at, size);
            let middle = size as f64 / 2.0;
            html! {
                <circle class={classes!("breaker-probe", taken)} cx={format!("{:.1}", x as f64 + middle)} cy={format!("{:.1}", y as f64 + middle)} r={format!("{:.1}", middle - 3.0)}/>
            }
        }
    });
    let high = (places.div_ceil(ACROSS) * size).to_string();
    html! { <>
        <p class="small muted">{ (texts.probes)(one.probing, one.probes) }</p>
        <svg class="breaker-window" width={WIDE.to_string()} height={high} aria-hidden="true">{ for slots }</svg>
        <p class="small">{ (texts.tried)(under_way, one.tally.calls - one.tally.failed.min(one.tally.calls), one.tally.failed) }</p>
    </> }
}

/// The window, a cell a result, or a bar a second; the latest at the right.
fn window(texts: &BreakerTexts, one: &BreakerView) -> Html {
    match &one.results {
        Results::Calls { places, results } => {
            let shown = (*places as usize).clamp(results.len(), 100.max(results.len()));
            let size = size(shown);
            let high = shown.div_ceil(ACROSS).max(1) * size;
            let cells = (0..shown).map(|at| cell(texts, results.get(at), at, size));
            html! {
                <svg class="breaker-window" width={WIDE.to_string()} height={high.to_string()} aria-hidden="true">{ for cells }</svg>
            }
        }
        Results::Seconds(all) => {
            let most = all.iter().map(|one| one.calls).max().unwrap_or(0).max(1);
            let wide = WIDE as f64 / all.len().max(1) as f64;
            let bars = all.iter().enumerate().map(|(at, second)| {
                let high = |count: u32| f64::from(count) * 36.0 / f64::from(most);
                let (x, all, failed) = (at as f64 * wide, high(second.calls), high(second.failed));
                let width = format!("{:.1}", (wide - 1.0).max(1.0));
                html! {
                    <g class="breaker-second">
                        <rect class="ok" x={format!("{x:.1}")} y={format!("{:.1}", 38.0 - all)} width={width.clone()} height={format!("{all:.1}")}/>
                        <rect class="failed" x={format!("{x:.1}")} y={format!("{:.1}", 38.0 - failed)} {width} height={format!("{failed:.1}")}/>
                    </g>
                }
            });
            html! { <svg class="breaker-window" width={WIDE.to_string()} height="40" aria-hidden="true">{ for bars }</svg> }
        }
    }
}

/// How large cells are when there are so many.
fn size(cells: usize) -> usize {
    (WIDE / cells.clamp(1, ACROSS)).min(CELL)
}

fn place(at: usize, size: usize) -> (usize, usize) {
    (at % ACROSS * size, at / ACROSS * size)
}

/// A result: crossed out where it failed, with a hand where it was slow, ticked where all was well.
fn cell(texts: &BreakerTexts, result: Option<&(bool, bool)>, at: usize, size: usize) -> Html {
    let (class, sign) = match result {
        None => ("empty", ""),
        Some((false, false)) => ("ok", "M3.5 6.8l2.2 2.2 3.8 -4.6"),
        Some((false, true)) => ("slow", "M6.5 3.5v3.2l2.4 1.6"),
        Some((true, _)) => ("failed", "M4 4l5 5M9 4l-5 5"),
    };
    let said =
        result.map(|(failed, slow)| texts.result[usize::from(*failed) + 2 * usize::from(*slow)]);
    let ((x, y), scale) = (place(at, size), size as f64 / 13.0);
    html! {
        <g class={classes!("breaker-cell", class)} transform={format!("translate({x} {y}) scale({scale:.2})")}>
            { for said.map(|said| html! { <title>{ said }</title> }) }
            <rect x="1" y="1" width="11" height="11" rx="2.5"/>
            if !sign.is_empty() { <path d={sign}/> }
        </g>
    }
}
