//! The timeline as a picture: `draw::timeline` says what, here it gets a size.

use yew::prelude::*;

use super::{Look, lanes::short};
use crate::{
    browser::media,
    components::{hue, shape},
    draw::timeline::{Dot, Row, Timeline, timeline as draw},
    i18n::{lane_name, step_line},
    model::{Action, Bench},
};

/// Beyond so many steps, dots move together and lose their words.
const ROOMY: u32 = 40;
/// Left of the first column, for the values at the start.
const START: f64 = 64.0;

struct Size {
    column: f64,
    row: f64,
    words: bool,
}

impl Size {
    fn of(timeline: &Timeline) -> Self {
        let columns = f64::from(timeline.columns.max(1));
        let words = timeline.columns <= ROOMY;
        let wide = if media::holds("(min-width: 1400px)") { 540.0 } else { 440.0 };
        let column = if words { (wide / columns).clamp(84.0, 132.0) } else { 30.0 };
        // A tall window has room to spare; the picture is redrawn with every step.
        let tall = if media::holds("(min-height: 840px)") { 345.0 } else { 225.0 };
        let row = (tall / timeline.rows.len().max(1) as f64).clamp(46.0, 112.0);
        Self { column, row, words }
    }

    fn x(&self, step: u32) -> f64 {
        START + (f64::from(step) - 0.5) * self.column
    }

    fn y(&self, row: u32) -> f64 {
        (f64::from(row) + 0.5) * self.row + 12.0
    }
}

pub(super) fn timeline(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = &bench.frame else { return html! {} };
    let picture = draw(frame);
    let size = Size::of(&picture);
    let height = size.row * picture.rows.len() as f64 + 24.0;
    let width = START + size.column * f64::from(picture.columns.max(1)) + 24.0;
    let position = frame.position;
    let cursor = if position == 0 { START - 8.0 } else { size.x(position) + size.column / 2.0 };
    let names = picture.rows.iter().enumerate().map(|(at, row)| {
        let y = size.y(at as u32).to_string();
        match row {
            Row::Lane(lane) => html! {
                <g class={hue(*lane)}>
                    { shape(*lane, 10.0, size.y(at as u32), 7.0, "name-shape") }
                    <text class="row-name" x="24" y={(size.y(at as u32) + 4.5).to_string()}>{ lane_name(frame, *lane) }</text>
                </g>
            },
            Row::Place(place) => html! {
                <text class="row-name place" x="2" {y} dy="4.5">{ place }</text>
            },
        }
    });
    html! {
        <div class="card panel-timeline">
            <div class="card-head">
                <h2>{ look.texts.timeline }</h2>
                <span class="mono muted">{ (look.texts.step_of)(position, frame.steps.len() as u32) }</span>
            </div>
            <div class="timeline">
                <svg class="timeline-names" width="104" height={height.to_string()} aria-hidden="true">{ for names }</svg>
                <div class="timeline-scroll" id="timeline-scroll" tabindex="0" role="group" aria-label={look.texts.timeline_help}>
                    <svg class="timeline-picture" width={width.to_string()} height={height.to_string()} role="img" aria-label={look.texts.timeline}>
                        { rails(&picture, &size) }
                        { bands(look, &picture, &size, position) }
                        { for picture.dots.iter().map(|dot| step(look, bench, dot, &size, &picture)) }
                        { for picture.offers.iter().map(|dot| offer(look, dot, &size, &picture)) }
                        { values(&picture, &size, position) }
                        <g class="cursor">
                            <line id="timeline-cursor" x1={cursor.to_string()} x2={cursor.to_string()} y1="6" y2={(height - 4.0).to_string()}/>
                            <circle cx={cursor.to_string()} cy="7" r="5"/>
                        </g>
                    </svg>
                </div>
            </div>
        </div>
    }
}

fn rails(picture: &Timeline, size: &Size) -> Html {
    let rails = picture.rows.iter().enumerate().map(|(at, row)| {
        let y = size.y(at as u32).to_string();
        let class = if matches!(row, Row::Lane(_)) { "rail" } else { "rail place" };
        html! { <line {class} x1="0" x2="100%" y1={y.clone()} y2={y}/> }
    });
    html! { <>{ for rails }</> }
}

fn bands(look: Look<'_>, picture: &Timeline, size: &Size, position: u32) -> Html {
    let Some(bench) = &look.state.bench else { return html! {} };
    let Some(frame) = &bench.frame else { return html! {} };
    let held = picture.held.iter().map(|band| {
        let (x, to) = (size.x(band.from), size.x(band.to.min(picture.columns.max(band.from))));
        html! {
            <rect class={classes!("held", hue(band.lane))} x={x.to_string()} width={(to - x).max(12.0).to_string()}
                y={(size.y(band.row) - 6.0).to_string()} height="12" rx="6"/>
        }
    });
    let stale = picture.stale.iter().map(|band| {
        let (x, to) = (size.x(band.from), size.x(band.to.min(picture.columns.max(band.from))));
        let later = (band.from > position).then_some("later");
        let name = lane_name(frame, band.lane);
        let long = (look.texts.stale_band)(&name);
        let short = (look.texts.stale_short)(&name);
        let y = size.y(band.row) + size.row * 0.2;
        let fits = |words: &str| to - x > words.chars().count() as f64 * 5.9;
        let least = look.texts.stale_word.to_owned();
        let words = [&long, &short].into_iter().find(|words| fits(words)).unwrap_or(&least);
        html! {
            <g class={classes!("stale-band", later)}>
                <title>{ &long }</title>
                <rect x={x.to_string()} width={(to - x).max(8.0).to_string()} y={y.to_string()} height="17" rx="5"/>
                if fits(words) {
                    <text x={((x + to) / 2.0).to_string()} y={(y + 12.5).to_string()} text-anchor="middle">{ words }</text>
                }
            </g>
        }
    });
    html! { <>{ for held }{ for stale }</> }
}

/// The lines from a dot to what it touches.
fn touches(dot: &Dot, size: &Size) -> Html {
    let x = size.x(dot.step);
    let lines = dot.touches.iter().map(|(row, changes)| {
        let (from, to) = (size.y(dot.row), size.y(*row));
        let end = if to > from { to - 2.0 } else { to + 2.0 };
        let back = if to > from { -6.0 } else { 6.0 };
        // A write points at what it changes, a read at who reads.
        let tip = if *changes {
            format!("M{:.1} {:.1}l4.5 {back}h-9z", x, end)
        } else {
            let from = if to > from { from + 9.0 } else { from - 9.0 };
            format!("M{:.1} {from:.1}l4.5 {:.1}h-9z", x, -back)
        };
        html! {
            <>
                <line class="touch" x1={x.to_string()} x2={x.to_string()} y1={from.to_string()} y2={to.to_string()}/>
                <path class="tip" d={tip}/>
            </>
        }
    });
    html! { <>{ for lines }</> }
}

/// Where the words of a dot go: away from what it touches.
fn words_y(dot: &Dot, size: &Size, picture: &Timeline) -> f64 {
    let below = dot.touches.iter().any(|(row, _)| *row > dot.row);
    let is_last = dot.row as usize + 1 == picture.rows.len();
    if below || (is_last && dot.touches.is_empty()) {
        size.y(dot.row) - 14.0
    } else {
        size.y(dot.row) + 23.0
    }
}

fn step(look: Look<'_>, bench: &Bench, dot: &Dot, size: &Size, picture: &Timeline) -> Html {
    let Some(frame) = &bench.frame else { return html! {} };
    let (x, y) = (size.x(dot.step), size.y(dot.row));
    let later = (dot.step > frame.position).then_some("later");
    let now = (dot.step == frame.position).then_some("now");
    let name =
        frame.steps.get(dot.step as usize - 1).map(|step| step_line(frame, step, look.state.lang));
    let name = (look.texts.go_to_step)(dot.step, &name.unwrap_or_default());
    html! {
        <g class={classes!("step", hue(dot.lane), later, now)}
            onclick={look.on(Action::Seek(dot.step))}>
            <title>{ name }</title>
            <rect class="hit" x={(x - size.column / 2.0).to_string()} width={size.column.to_string()}
                y={(y - size.row / 2.0).to_string()} height={size.row.to_string()}/>
            { touches(dot, size) }
            { shape(dot.lane, x, y, 8.0, "dot") }
            if dot.broke {
                <path class="broke" d={format!("M{:.1} {:.1}l7 11h-14z", x + 13.0, y - 17.0)}/>
            }
            if size.words {
                <text class="step-words" x={x.to_string()} y={words_y(dot, size, picture).to_string()} text-anchor="middle">
                    { short(&dot.action, look.state.lang) }
                </text>
            }
        </g>
    }
}

fn offer(look: Look<'_>, dot: &Dot, size: &Size, picture: &Timeline) -> Html {
    let (x, y) = (size.x(dot.step), size.y(dot.row));
    let Some(pick) = dot.pick else { return html! {} };
    html! {
        <g class={classes!("step", "offered", hue(dot.lane))} onclick={look.on(Action::Pick(pick))} aria-hidden="true">
            <rect class="hit" x={(x - size.column / 2.0).to_string()} width={size.column.to_string()}
                y={(y - size.row / 2.0).to_string()} height={size.row.to_string()}/>
            { touches(dot, size) }
            { shape(dot.lane, x, y, 8.0, "dot") }
            if size.words {
                <text class="step-words" x={x.to_string()} y={words_y(dot, size, picture).to_string()} text-anchor="middle">
                    { crate::i18n::short_offer(&dot.action, look.state.lang) }
                </text>
            }
        </g>
    }
}

fn values(picture: &Timeline, size: &Size, position: u32) -> Html {
    let chips = picture.values.iter().map(|chip| {
        let width = chip.value.chars().count() as f64 * 7.8 + 14.0;
        let x = if chip.step == 0 { 4.0 } else { size.x(chip.step) + 9.0 };
        let y = size.y(chip.row);
        let later = (chip.step > position).then_some("later");
        html! {
            <g class={classes!("value", later)}>
                <rect x={x.to_string()} y={(y - 11.0).to_string()} width={width.to_string()} height="22" rx="6"/>
                <text x={(x + width / 2.0).to_string()} y={(y + 4.5).to_string()} text-anchor="middle">{ &chip.value }</text>
            </g>
        }
    });
    html! { <>{ for chips }</> }
}
