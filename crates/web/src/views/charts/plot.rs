//! One picture: its lines, their names, the cursor, and its numbers for who reads them.

use sim_core::{
    measure::{Figure, Series},
    session::{EdgeKind, Frame},
};
use yew::prelude::*;

use super::{Look, theory};
use crate::{
    browser::pointer,
    components::{hue, shape},
    draw::charts as picture,
    i18n,
    model::{Action, charts::ChartAction},
    protocol::{Curve, Measured, Plot, PlotTitle},
};

/// A line with its number at the moment shown.
type Line<'a> = (&'a Curve, &'a Series, Option<i64>);

/// A line with more corners than this is drawn thinner.
const DENSE: usize = 90;

const DASHES: [&str; 6] = ["dash-1", "dash-2", "dash-3", "dash-4", "dash-5", "dash-6"];

pub(super) fn figure(
    look: Look<'_>,
    frame: &Frame,
    measured: &Measured,
    (at, plot): (usize, &Plot),
    open: bool,
) -> Html {
    let (lang, texts) = (look.state.lang, i18n::charts(look.state.lang));
    let lines: Vec<Line<'_>> = plot
        .curves
        .iter()
        .filter_map(|curve| {
            let series = measured.series(plot, curve)?;
            Some((curve, series, picture::at(series, frame.now)))
        })
        .collect();
    let told: Vec<(&str, &Series, Option<i64>)> =
        lines.iter().map(|(curve, series, here)| (curve.name.as_str(), *series, *here)).collect();
    let act = |action| look.on(Action::Chart(action));
    let title = title(look, plot);
    let words = i18n::plot_line(&title, plot, &told, lang) + &theory::words(look, plot);
    html! {
        <figure class="plot">
            <figcaption>{ &title }</figcaption>
            { drawing(look, frame, measured.view.until, plot, &words) }
            { legend(look, plot, &lines) }
            <div class="plot-foot">
                <button type="button" class="btn ghost small" aria-expanded={open.to_string()}
                    onclick={act(ChartAction::Numbers(at))}>{ texts.numbers }</button>
                { slow(look, frame, measured, plot) }
                if open {
                    <button type="button" class="btn ghost small"
                        onclick={act(ChartAction::CopyNumbers(at))}>{ texts.copy }</button>
                }
            </div>
            if open { { table(look, frame, plot, &lines) } }
            { theory::below(look, measured, at) }
        </figure>
    }
}

/// Requests that took as long as the picture's lines tell, each a click away.
fn slow(look: Look<'_>, frame: &Frame, measured: &Measured, plot: &Plot) -> Html {
    let PlotTitle::Latency(name) = &plot.title else { return html! {} };
    let calls = frame.system.edges.iter().any(|edge| edge.kind == EdgeKind::Calls);
    // What a lock or a routine took is no request's life.
    let of = measured.view.subjects.iter().find(|subject| subject.name == *name);
    let lives = |kind: &str| ["process", "service", "handler", "caller"].contains(&kind);
    if !calls || !of.is_some_and(|subject| lives(&subject.kind)) {
        return html! {};
    }
    let words = i18n::request(look.state.lang).slow;
    let button = |(said, share): (&'static str, u32)| {
        let action = Action::Chart(ChartAction::Slow(name.clone(), share));
        html! {
            <button type="button" class="btn ghost small" aria-label={format!("{words} {said}")} onclick={look.on(action)}>{ said }</button>
        }
    };
    html! {
        <span class="slow-requests small muted">{ words }{ for [("p50", 500), ("p95", 950), ("p99", 990)].map(button) }</span>
    }
}

fn title(look: Look<'_>, plot: &Plot) -> String {
    let lang = look.state.lang;
    let lesson = look.state.bench.as_ref().and_then(|bench| bench.course.words(lang));
    i18n::plot_title(&plot.title, lesson, lang)
}

fn drawing(look: Look<'_>, frame: &Frame, until: u64, plot: &Plot, words: &str) -> Html {
    let lang = look.state.lang;
    let last = |ticks: &[(i64, u16)]| ticks.iter().map(|tick| tick.0.abs()).max().unwrap_or(0);
    let (longest, greatest) = (last(&plot.across), last(&plot.up));
    let across = plot.across.iter().map(|(time, place)| {
        let said = i18n::axis_label(*time, longest, sim_core::measure::Unit::Time, lang);
        let x = picture::percent(*place);
        html! { <>
            <svg {x} y="100%" overflow="visible"><path class="tick" d="M0 0v4"/><text y="15" text-anchor="middle">{ said }</text></svg>
        </> }
    });
    let up = plot.up.iter().map(|(value, place)| {
        let said = i18n::axis_label(*value, greatest, plot.unit, lang);
        let y = picture::percent(*place);
        html! { <>
            <line class="grid" x1="0" x2="100%" y1={y.clone()} y2={y.clone()}/>
            <svg x="0" {y} overflow="visible"><text x="-6" y="3.5" text-anchor="end">{ said }</text></svg>
        </> }
    });
    let now = picture::percent(picture::place(frame.now, until));
    let whole = Plot::WHOLE;
    let names = picture::short_names(&plot.curves).into_iter().zip(picture::names(&plot.curves));
    let names = names.enumerate().map(|(at, (name, y))| {
        html! {
            <svg x="100%" y={format!("{y:.1}")} overflow="visible">
                <text class={classes!("line-name", hue(at as u32))} x="7" y="4">{ name }</text>
            </svg>
        }
    });
    let onclick = look.send.reform(move |event: MouseEvent| {
        let share = pointer::across(&event);
        Action::Chart(ChartAction::Time(picture::time(share, until)))
    });
    html! {
        <svg class="plot-picture" width="100%" height={picture::HIGH.to_string()} role="img" aria-label={words.to_owned()}>
            { for up }
            { for across }
            <svg width="100%" height="100%" viewBox={format!("0 0 {whole} {whole}")} preserveAspectRatio="none" overflow="visible">
                { for plot.curves.iter().enumerate().map(|(at, curve)| line(at, curve)) }
            </svg>
            { for plot.curves.iter().enumerate().map(|(at, curve)| marks(at, curve)) }
            { theory::levels(look, plot) }
            <line class="now" x1={now.clone()} x2={now} y1="-4" y2="100%"/>
            { for names }
            <rect class="reach" width="100%" height="100%" {onclick}/>
        </svg>
    }
}

fn line(at: usize, curve: &Curve) -> Html {
    let corners = curve.runs.iter().map(Vec::len).sum::<usize>();
    let dense = (corners > DENSE).then_some("dense");
    let runs = curve.runs.iter().filter(|run| run.len() > 1).map(|run| {
        let corners: Vec<String> = run.iter().map(|(x, y)| format!("{x},{y}")).collect();
        corners.join(" ")
    });
    html! {
        <g class={classes!("plot-line", dense, hue(at as u32), DASHES[at % DASHES.len()])} data-line={curve.name.clone()}>
            { for runs.map(|points| html! { <polyline {points}/> }) }
        </g>
    }
}

/// Marks along a line, and a point where nothing stands beside it.
fn marks(at: usize, curve: &Curve) -> Html {
    let mut places = picture::marks(curve, at);
    for run in &curve.runs {
        if let [place] = run[..]
            && !places.contains(&place)
        {
            places.push(place);
        }
    }
    let marks = places.into_iter().map(|(x, y)| {
        html! {
            <svg x={picture::percent(x)} y={picture::percent(y)} overflow="visible">{ shape(at as u32, 0.0, 0.0, 3.6, "plot-mark") }</svg>
        }
    });
    html! { <g class={hue(at as u32)}>{ for marks }</g> }
}

/// What each line is, and its number at the moment shown.
fn legend(look: Look<'_>, plot: &Plot, lines: &[Line<'_>]) -> Html {
    let rows = lines.iter().enumerate().map(|(at, (curve, _, here))| {
        let dash = DASHES[at % DASHES.len()];
        html! {
            <li class={hue(at as u32)}>
                <svg class="plot-sample" width="30" height="12" aria-hidden="true">
                    <g class={classes!("plot-line", dash)}><polyline points="0,6 30,6"/></g>
                    { shape(at as u32, 15.0, 6.0, 3.6, "plot-mark") }
                </svg>
                <span>{ &curve.name }</span>
                <span class="mono">{ said(look, plot, *here) }</span>
            </li>
        }
    });
    html! { <ul class="legend plot-legend" aria-hidden="true">{ for rows }</ul> }
}

fn said(look: Look<'_>, plot: &Plot, value: Option<i64>) -> String {
    let figure = |value| i18n::figure(Figure { value, unit: plot.unit }, look.state.lang);
    value.map_or_else(|| "–".to_owned(), figure)
}

/// The numbers of a picture, a row for each stretch of time.
fn table(look: Look<'_>, frame: &Frame, plot: &Plot, lines: &[Line<'_>]) -> Html {
    let (lang, texts) = (look.state.lang, i18n::charts(look.state.lang));
    let Some((_, first, _)) = lines.first() else { return html! {} };
    let width = first.width.max(1);
    let rows = (0..first.points.len()).map(|at| {
        let from = at as u64 * width;
        let time = i18n::span(from, lang);
        let here = frame.now / width == at as u64;
        let seek = look.on(Action::Chart(ChartAction::Time(from)));
        html! {
            <tr class={here.then_some("here")}>
                <th scope="row"><button type="button" class="btn ghost small mono" aria-label={(texts.go_to)(&time)}
                    onclick={seek}>{ time }</button></th>
                { for lines.iter().map(|(_, series, _)| {
                    let value = series.points.get(at).copied().flatten();
                    html! { <td class="mono">{ said(look, plot, value) }</td> }
                }) }
            </tr>
        }
    });
    html! {
        <div class="plot-table" tabindex="0" role="region" aria-label={title(look, plot)}>
            <table class="small">
                <thead><tr>
                    <th scope="col">{ texts.from }</th>
                    { for lines.iter().map(|(curve, ..)| html! { <th scope="col">{ &curve.name }</th> }) }
                </tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </div>
    }
}
