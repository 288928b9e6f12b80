//! The timeline as a picture: `draw::timeline` says what, `draw::scale` where; here it is drawn, as
//! far as it is seen.

mod bars;
mod flights;
mod steps;
mod transactions;

use sim_core::{program::SharedKind, session::Frame};
use yew::prelude::*;

use super::{Look, waits};
use crate::{
    browser::media,
    components::{Icon, hue, icon_button, shape},
    draw::{
        self,
        scale::{START, Scale, ZOOM_MAX},
        timeline::{RowOf, Timeline},
    },
    i18n::{self, lane_name, span},
    model::{
        Action, Bench,
        viewing::{View, is_request},
    },
};

/// Before the browser has told it, so much of the picture is taken to be seen.
const SEEN: f64 = 1_000.0;
/// How wide a letter of the times at the top is, and how far apart they are at least.
const DIGIT: f64 = 6.6;
const TIMES_APART: f64 = 10.0;
/// Below the picture: what its signs mean, and where it scrolls.
const BELOW: f64 = 24.0;
/// Names are cut behind so many letters.
const NAME_MAX: usize = 16;

/// What drawing a part of the picture needs.
#[derive(Clone, Copy)]
struct Canvas<'a> {
    look: Look<'a>,
    frame: &'a Frame,
    picture: &'a Timeline,
    scale: &'a Scale,
}

impl Canvas<'_> {
    /// The middle of a step.
    fn x(&self, step: u32) -> f64 {
        self.scale.x(self.picture.columns.middle(step))
    }

    /// Where a step ends.
    fn end(&self, step: u32) -> f64 {
        self.scale.x(self.picture.columns.end(step))
    }
}

/// A length as an attribute.
fn px(length: f64) -> AttrValue {
    AttrValue::from((length.round() as i32).to_string())
}

/// The timeline, or in its place who waits for whom.
pub(super) fn panel(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = &bench.frame else { return html! {} };
    let texts = look.texts.views;
    let waits = bench.view.shows_waits(frame);
    let picture = Timeline::of(frame, &bench.view.folds);
    let (wide, tall) = bench.view.room.map_or_else(
        || room(frame),
        |(wide, tall)| (f64::from(wide) - names_width(frame, &picture), f64::from(tall) - BELOW),
    );
    let scale = Scale::of(&picture, bench.view.zoom, wide, tall);
    // A deadlock must be in sight, however many lanes there are.
    let first = (waits && frame.lanes.len() > 3).then_some("first");
    let tools = html! {
        <div class="tools">
            if !waits {
                if picture.columns.has_runs {
                    <button type="button" class="btn ghost small" aria-pressed={(!bench.view.folds.none).to_string()}
                        title={texts.fold_help} onclick={look.view(View::Fold(bench.view.folds.none))}>{ texts.fold }</button>
                }
                <span class="zoom" role="group" aria-label={texts.zoom}>
                    { icon_button(texts.zoom_out, Icon::Less, "ghost", scale.zoom == ZOOM_MAX, look.view(View::Zoom(1))) }
                    { icon_button(texts.zoom_in, Icon::More, "ghost", scale.zoom == 0, look.view(View::Zoom(-1))) }
                </span>
            }
        </div>
    };
    html! {
        <div id="panel-timeline" class={classes!("card", "panel-timeline", first)}>
            <div class="card-head">
                <h2>{ if waits { texts.who_waits } else { texts.timeline } }</h2>
                <span class="switch-place">
                    if waits || can_wait(frame) {
                        <button type="button" class={classes!("btn", "small", "waits-switch", waits.then_some("on"))}
                            aria-pressed={waits.to_string()} onclick={look.view(View::Waits(!waits))}>{ texts.who_waits }</button>
                    }
                </span>
                { tools }
                <span class="mono muted steps-shown">{ (look.texts.step_of)(frame.position, frame.length) }</span>
            </div>
            <div class="picture-place" id="timeline-place" key={if waits { "waits" } else { "timeline" }}>
                { if waits { waits::waits(look, frame) } else { draw(look, frame, &picture, &scale, bench) } }
            </div>
        </div>
    }
}

/// The room that a picture may have, wide and tall, until the page has measured it.
fn room(frame: &Frame) -> (f64, f64) {
    let lines = frame.lanes.iter().map(|lane| lane.code.len()).max().unwrap_or(0);
    let wide = if media::holds("(min-width: 1400px)") { 600.0 } else { 490.0 };
    let tall = if media::holds("(min-height: 840px)") { 330.0 } else { 215.0 };
    // Many lanes of code, or long ones, leave less.
    let tall = match frame.lanes.len() {
        0..=2 if lines > 8 => tall * 0.68,
        0..=2 => tall,
        3 => tall * 0.9,
        _ => tall * 0.72,
    };
    (wide, tall)
}

/// Whether anything of the scenario makes somebody wait.
fn can_wait(frame: &Frame) -> bool {
    frame.shared.iter().any(|shared| {
        !matches!(shared.kind, SharedKind::Var | SharedKind::Map | SharedKind::Counter)
    })
}

fn draw(look: Look<'_>, frame: &Frame, picture: &Timeline, scale: &Scale, bench: &Bench) -> Html {
    let canvas = Canvas { look, frame, picture, scale };
    let texts = look.texts.views;
    let width = bench.view.wide.map_or(SEEN, f64::from);
    let cursor =
        if frame.position <= frame.first { START - 8.0 } else { canvas.end(frame.position) };
    // Unless somebody has scrolled away, the cursor is, or will at once be, in sight.
    let left = bench.view.sight.map_or(cursor - width / 2.0, f64::from);
    let seen = scale.seen(picture, left, width);
    let from = if seen.start == 0 { 0.0 } else { scale.x(seen.start as f64) };
    let to = scale.x(seen.end as f64 + 2.0);
    let last = frame.first + frame.steps.len() as u32;
    let idle = picture.columns.all[seen.clone()].iter().filter(|column| column.idle > 0);
    let names = names(frame, picture, scale);
    let (flown, waits) = draw::flights::flights(frame, picture);
    html! {
        <>
            <div class="timeline" id="timeline-scroll" tabindex="0" role="group" aria-label={look.texts.timeline_help}
                onkeydown={on_enter(look)}>
                <div class="timeline-wide">
                    { names }
                    <svg class={classes!("timeline-picture", format!("zoom-{}", scale.zoom))} width={px(scale.width)} height={px(scale.height)}
                        role="img" aria-label={texts.timeline}>
                        <g>{ for picture.rows.iter().enumerate().map(|(at, row)| bars::rail(&canvas, at as u32, row)) }</g>
                        <g>{ for frame.transactions.iter().map(|one| transactions::band(&canvas, one, (from, to))) }</g>
                        <g>{ times(&canvas, seen.clone()) }</g>
                        <g>{ for waits.iter().map(|wait| flights::wait(&canvas, wait, (from, to))) }</g>
                        <g>{ for flown.iter().map(|flight| flights::flight(&canvas, flight, (from, to))) }</g>
                        <g>{ for picture.bands.iter().map(|band| bars::band(&canvas, band, (from, to))) }</g>
                        <g>{ for idle.map(|column| flights::tear(&canvas, *column)) }</g>
                        <g>{ for picture.columns.all[seen.clone()].iter().map(|column| steps::column(&canvas, *column)) }</g>
                        <g>{ for picture.offers.iter().map(|at| steps::offer(&canvas, &frame.offers[*at])) }</g>
                        <g>{ bars::values(&canvas, (from, to)) }</g>
                        <g class="cursor">
                            <line id="timeline-cursor" x1={px(cursor)} x2={px(cursor)} y1="6" y2={px(scale.height - 4.0)}/>
                            <circle cx={px(cursor)} cy="7" r="5"/>
                        </g>
                    </svg>
                </div>
            </div>
            <div class="below">
                { bars::legend(&canvas) }
                <span class="beyond">
                    if frame.first > 0 {
                        <button type="button" class="btn ghost small" onclick={look.on(Action::Seek(frame.first))}>{ texts.earlier }</button>
                    }
                    if last < frame.length {
                        <button type="button" class="btn ghost small" onclick={look.on(Action::Seek(last))}>{ texts.later }</button>
                    }
                </span>
            </div>
        </>
    }
}

/// Enter asks about the event at the cursor, which the arrow keys lead to any of them.
fn on_enter(look: Look<'_>) -> Callback<KeyboardEvent> {
    let send = look.send.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            send.emit(Action::View(View::WhyHere));
        }
    })
}

fn row_name(frame: &Frame, of: &RowOf) -> String {
    match of {
        // A row of requests is that of one after the other.
        RowOf::Lane(lane) => match frame.lane(*lane) {
            Some(one) if is_request(one) => one.class.clone(),
            Some(_) => lane_name(frame, *lane),
            None => {
                let step = frame.steps.iter().find(|step| step.lane == *lane);
                step.map_or_else(String::new, |step| draw::timeline::class_of(step).to_owned())
            }
        },
        RowOf::Place(place) => place.clone(),
    }
}

fn names_width(frame: &Frame, picture: &Timeline) -> f64 {
    let longest = picture.rows.iter().map(|row| row_name(frame, &row.of).chars().count()).max();
    longest.unwrap_or_default().min(NAME_MAX) as f64 * 7.4 + 32.0
}

/// The names of rows, which stay while the picture scrolls.
fn names(frame: &Frame, picture: &Timeline, scale: &Scale) -> Html {
    let width = names_width(frame, picture);
    let names = picture.rows.iter().zip(&scale.rows).map(|(row, y)| {
        let full = row_name(frame, &row.of);
        let said = match full.char_indices().nth(NAME_MAX) {
            Some((cut, _)) => format!("{}…", &full[..cut]),
            None => full.clone(),
        };
        match row.of {
            RowOf::Lane(lane) => html! {
                <g class={hue(lane)}>
                    <title>{ full }</title>
                    { shape(lane, 10.0, *y, 7.0, "name-shape") }
                    <text class="row-name" x="24" y={px(*y)} dy="4">{ said }</text>
                </g>
            },
            RowOf::Place(_) => html! {
                <g><title>{ full }</title><text class="row-name place" x="2" y={px(*y)} dy="4">{ said }</text></g>
            },
        }
    });
    html! {
        <svg class="timeline-names" width={px(width)} height={px(scale.height)} aria-hidden="true">{ for names }</svg>
    }
}

/// The time of day along the top, where time passes; and how long nothing happens.
fn times(canvas: &Canvas<'_>, seen: std::ops::Range<usize>) -> Html {
    let (frame, lang) = (canvas.frame, canvas.look.state.lang);
    if frame.steps.last().is_none_or(|step| step.at == 0) {
        return html! {};
    }
    let mut free = 0.0;
    let mut told = Some(0);
    let marks = canvas.picture.columns.all[seen].iter().filter_map(|column| {
        let at = frame.step(column.first)?.at;
        let (x, said, class) = if column.idle > 0 {
            let said = span(column.idle, lang);
            let roomy = canvas.scale.words();
            let said = if roomy { (i18n::system(lang).idle_for)(&said) } else { said };
            (canvas.scale.x(canvas.picture.columns.idle(column.first)), said, "time idle-time")
        } else if told == Some(at) {
            return None;
        } else {
            (canvas.x(column.first), span(at, lang), "time")
        };
        let half = said.chars().count() as f64 * DIGIT / 2.0;
        if x - half < free {
            return None;
        }
        if column.idle == 0 {
            told = Some(at);
        }
        free = x + half + TIMES_APART;
        Some(html! { <text {class} x={px(x)} y="12" text-anchor="middle">{ said }</text> })
    });
    html! { <>{ for marks }</> }
}
