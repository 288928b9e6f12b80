//! What is measured of the run: goals, pictures over virtual time, and every number.

mod goals;
mod numbers;
mod plot;
mod theory;

use sim_core::session::Frame;
use yew::prelude::*;

pub(super) use self::goals::{missed as goals_missed, rows as goals};
use super::Look;
use crate::{
    i18n,
    model::{Action, Bench, Stage, charts::ChartAction},
    protocol::Measured,
};

/// So many pictures are shown in a room.
const IN_ROOM: usize = 3;

/// The panel.
pub(super) fn panel(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = &bench.frame else { return html! {} };
    let texts = i18n::charts(look.state.lang);
    let body = match bench.charts.measured.as_deref() {
        None => html! { <p class="muted">{ texts.behind }</p> },
        Some(measured) => html! { <>
            { goals_card(look, bench, measured) }
            { plots(look, frame, measured, bench) }
            { theory::rest(look, measured) }
            { numbers::measures(look, bench, measured) }
        </> },
    };
    html! {
        <div class="card panel-charts">
            <div class="card-head">
                <h2>{ texts.charts }</h2>
                <span class="small muted">{ how_far(look, bench) }</span>
                { run(look, bench, frame) }
            </div>
            <div class="charts-body">{ body }</div>
        </div>
    }
}

/// Up to when it is measured.
fn how_far(look: Look<'_>, bench: &Bench) -> String {
    let (lang, texts) = (look.state.lang, i18n::charts(look.state.lang));
    let Some(measured) = &bench.charts.measured else { return String::new() };
    let view = &measured.view;
    if !view.complete {
        return texts.behind.to_owned();
    }
    let mut said = (texts.until)(&i18n::span(view.until, lang));
    if view.warmup > 0 {
        said = format!("{said}, {}", (texts.warmup)(&i18n::span(view.warmup, lang)));
    }
    said
}

/// The clock runs on to the end, or is stopped: one button, on which the focus stays.
fn run(look: Look<'_>, bench: &Bench, frame: &Frame) -> Html {
    let texts = i18n::charts(look.state.lang);
    let ended = frame.ending.is_some() || frame.full || bench.charts.is_over;
    let over = frame.position == frame.length && ended;
    let words = if bench.charts.running { texts.stop } else { texts.run };
    html! {
        <button type="button" class="btn charts-run" disabled={over}
            onclick={look.on(Action::Chart(ChartAction::Run))}>{ words }</button>
    }
}

fn goals_card(look: Look<'_>, bench: &Bench, measured: &Measured) -> Html {
    if measured.view.goals.is_empty() {
        return html! {};
    }
    html! {
        <section class="charts-goals">
            <h3>{ i18n::charts(look.state.lang).goals }</h3>
            <ul class="promises">{ goals(look, bench) }</ul>
        </section>
    }
}

fn plots(look: Look<'_>, frame: &Frame, measured: &Measured, bench: &Bench) -> Html {
    let texts = i18n::charts(look.state.lang);
    if measured.plots.is_empty() {
        // What is not measured to here says nothing of how much time has passed.
        let words = match measured.view.until {
            _ if !measured.reaches(frame.position) => texts.behind,
            0 => texts.no_time,
            _ => texts.not_yet,
        };
        return html! { <p class="muted charts-none">{ words }</p> };
    }
    // In a room a few that can be read.
    let most = if look.state.stage == Stage::Presenter { IN_ROOM } else { measured.plots.len() };
    let left_out = measured.plots.len().saturating_sub(most);
    let plots = measured.plots.iter().take(most).enumerate().map(|(at, drawn)| {
        let open = bench.charts.numbers.contains(&at);
        plot::figure(look, frame, measured, (at, drawn), open)
    });
    html! {
        <>
            <div class="plots">{ for plots }</div>
            if left_out > 0 { <p class="stage-more muted">{ (i18n::present(look.state.lang).more_values)(left_out) }</p> }
            <p class="small muted seek-help">{ texts.seek_help }</p>
        </>
    }
}

#[cfg(test)]
mod tests;
