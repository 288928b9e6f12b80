//! Breakers: the three states with the one that is, the window cell by cell, and what it waits for.

use sim_core::{
    program::Guarding,
    session::{BreakerView, Frame, Results},
};
use yew::prelude::*;

use super::Look;
use crate::{
    i18n::{self, BreakerTexts},
    model::Bench,
};

/// How wide a cell is, and how many stand in a row.
const CELL: usize = 13;
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
            { for frame.breakers.iter().take(SHOWN).map(|one| breaker(look, frame, one)) }
        </div>
    }
}

fn breaker(look: Look<'_>, frame: &Frame, one: &BreakerView) -> Html {
    let lang = look.state.lang;
    let texts = i18n::breaker(lang);
    let share = |share: u32| i18n::percent(share);
    let (count, seconds) = match &one.results {
        Results::Calls { places, .. } => (*places, false),
        Results::Seconds(all) => (all.len() as u32, true),
    };
    let tally = one.tally;
    let slow = one.slow.map(|(at, after)| {
        (texts.slow)(tally.slow, tally.calls, &share(at), &i18n::span(after, lang))
    });
    let chip = match one.guarding {
        Guarding::Closed => "chip ok",
        Guarding::Open => "chip bad",
        Guarding::HalfOpen => "chip warn",
    };
    let waits = one.tries_at.map(|at| match at.saturating_sub(frame.now) {
        0 => texts.tries_now.to_owned(),
        left => (texts.tries_in)(&i18n::span(left, lang)),
    });
    html! {
        <section class="breaker" aria-label={one.place.clone()} key={one.place.clone()}>
            <div class="card-head"><h2><code>{ &one.place }</code></h2><span class={chip}>{ (texts.state)(one.guarding) }</span></div>
            { diagram(texts, one, &share(one.failures), &i18n::span(one.open, lang)) }
            if one.guarding != Guarding::Open {
                <p class="small muted">{ (texts.window)(count, seconds) }</p>
                { window(texts, one) }
                <p class="small">{ (texts.failed)(tally.failed, tally.calls, &share(one.failures)) }</p>
                { for slow.map(|said| html! { <p class="small">{ said }</p> }) }
                if tally.calls < one.enough { <p class="small muted">{ (texts.too_few)(tally.calls, one.enough) }</p> }
            }
            { for waits.map(|said| html! { <p class="small"><strong>{ said }</strong></p> }) }
            if one.guarding == Guarding::HalfOpen {
                { probes(one) }
                <p class="small">{ (texts.probes)(one.probing, one.probes) }</p>
            }
        </section>
    }
}

/// The states and what leads from one to the other.
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
                <rect x={(x - 48).to_string()} y={(y - 15).to_string()} width="96" height="30" rx="15"/>
                <text x={x.to_string()} y={(y + 4).to_string()} text-anchor="middle">{ (texts.state)(state) }</text>
            </g>
        }
    };
    let [to_open, to_half, back, to_closed] = (texts.ways)(share, time);
    html! {
        <svg class="breaker-diagram" viewBox="0 0 300 128" width="100%" aria-hidden="true">
            <g class="breaker-way">
                <path d="M104 32h86"/><path d="M196 32l-9 -4v8z"/>
                <path d="M252 50c-2 26 -24 38 -44 46"/><path d="M199 100l6 -8 3 8z"/>
                <path class="back" d="M186 84c12 -8 22 -16 34 -30"/><path d="M224 48l-2 9 -6 -5z"/>
                <path d="M102 94c-24 -8 -44 -20 -48 -38"/><path d="M53 48l5 8 -8 1z"/>
            </g>
            <g class="breaker-words">
                <text x="150" y="24" text-anchor="middle">{ to_open }</text>
                <text x="248" y="88" text-anchor="start">{ to_half }</text>
                <text x="150" y="66" text-anchor="middle">{ back }</text>
                <text x="2" y="88">{ to_closed }</text>
            </g>
            { node(Guarding::Closed, 54, 32) }
            { node(Guarding::Open, 246, 32) }
            { node(Guarding::HalfOpen, 150, 106) }
        </svg>
    }
}

/// The window, a cell a result, or a bar a second; the latest at the right.
fn window(texts: &BreakerTexts, one: &BreakerView) -> Html {
    match &one.results {
        Results::Calls { places, results } => {
            let shown = (*places as usize).clamp(results.len(), 100.max(results.len()));
            let rows = shown.div_ceil(ACROSS).max(1);
            let cells = (0..shown).map(|at| {
                let result = results.get(at);
                let class = match result {
                    None => "empty",
                    Some((false, false)) => "ok",
                    Some((false, true)) => "slow",
                    Some((true, _)) => "failed",
                };
                let said = result.map(|(failed, slow)| {
                    texts.result[usize::from(*failed) + 2 * usize::from(*slow)]
                });
                let (x, y) = (at % ACROSS * CELL, at / ACROSS * CELL);
                html! {
                    <g class={classes!("breaker-cell", class)} transform={format!("translate({x} {y})")}>
                        { for said.map(|said| html! { <title>{ said }</title> }) }
                        <rect x="1" y="1" width="11" height="11" rx="2.5"/>
                        if class == "failed" { <path d="M4 4l5 5M9 4l-5 5"/> }
                        if class == "slow" { <path d="M6.5 3.5v3.2l2.4 1.6"/> }
                    </g>
                }
            });
            html! {
                <svg class="breaker-window" width={(ACROSS * CELL).to_string()} height={(rows * CELL).to_string()} aria-hidden="true">{ for cells }</svg>
            }
        }
        Results::Seconds(all) => {
            let most = all.iter().map(|one| one.calls).max().unwrap_or(0).max(1);
            let wide = (ACROSS * CELL) as f64 / all.len().max(1) as f64;
            let bars = all.iter().enumerate().map(|(at, second)| {
                let high = |count: u32| f64::from(count) * 36.0 / f64::from(most);
                let (x, all, failed) = (at as f64 * wide, high(second.calls), high(second.failed));
                html! {
                    <g class="breaker-second">
                        <rect class="ok" x={format!("{x:.1}")} y={format!("{:.1}", 38.0 - all)} width={format!("{:.1}", (wide - 1.0).max(1.0))} height={format!("{all:.1}")}/>
                        <rect class="failed" x={format!("{x:.1}")} y={format!("{:.1}", 38.0 - failed)} width={format!("{:.1}", (wide - 1.0).max(1.0))} height={format!("{failed:.1}")}/>
                    </g>
                }
            });
            html! { <svg class="breaker-window" width={(ACROSS * CELL).to_string()} height="40" aria-hidden="true">{ for bars }</svg> }
        }
    }
}

/// The places of those that are let in to try.
fn probes(one: &BreakerView) -> Html {
    let places = one.probes.min(ACROSS as u32);
    let slots = (0..places).map(|at| {
        let taken = if at < one.probing { "breaker-probe taken" } else { "breaker-probe" };
        html! { <circle class={taken} cx={(at as usize * CELL + 7).to_string()} cy="8" r="5"/> }
    });
    html! { <svg width={(ACROSS * CELL).to_string()} height="16" aria-hidden="true">{ for slots }</svg> }
}
