//! Steps of the timeline: what each touches, folded runs, and what may come next.

use sim_core::session::{Action as Did, Offer, StepView};
use yew::prelude::*;

use super::{Canvas, px};
use crate::{
    components::{hue, shape},
    draw::{
        columns::Column,
        scrub::sign_of,
        touch::{is_own, wakes},
    },
    i18n::{bare_action, short_offer, step_line},
    model::{Action, viewing::View},
    views::signs,
};

/// Words of what may come next are cut behind so many letters.
const OFFER_MAX: usize = 17;
/// How wide a letter of the words beside a step is, on average.
const LETTER: f64 = 6.1;

/// A column: a step, or a run of them as one.
pub(super) fn column(canvas: &Canvas<'_>, column: Column) -> Html {
    if column.count > 1 {
        return run(canvas, column);
    }
    match canvas.frame.step(column.first).filter(|_| column.count == 1) {
        Some(view) => step(canvas, column, view),
        None => html! {},
    }
}

fn step(canvas: &Canvas<'_>, column: Column, view: &StepView) -> Html {
    let (frame, scale) = (canvas.frame, canvas.scale);
    let Some(row) = canvas.picture.lane_row(view.lane) else { return html! {} };
    let number = column.first;
    let (x, y) = (canvas.x(number), scale.y(row));
    let later = (number > frame.position).then_some("later");
    let now = (number == frame.position).then_some("now");
    let lang = canvas.look.state.lang;
    let name = (canvas.look.texts.go_to_step)(number, &step_line(frame, view, lang));
    let sign = sign_of(frame, number);
    let size = if scale.words() { 8.0 } else { (scale.column * 0.32).clamp(2.6, 7.0) };
    let own = is_own(view).then_some("own");
    let words_y = words_y(canvas, row, &view.action);
    // The sign keeps out of the words' way.
    let sign_y = if words_y < y && scale.words() { y + 5.0 } else { y - size - 10.0 };
    html! {
        <g class={classes!("step", hue(view.lane), later, now, own)} onclick={canvas.look.view(View::Event(number))}>
            <title>{ name }</title>
            <rect class="hit" x={px(x - scale.column / 2.0)} width={px(scale.column)} y={px(y - scale.row / 2.0)} height={px(scale.row)}/>
            { touches(canvas, row, x, size, &view.action) }
            if scale.shapes() { { shape(view.lane, x, y, size, "dot") } } else {
                <rect class="dot" x={px(x - size)} width={px(size * 2.0)} y={px(y - 5.0)} height="10" rx="2"/>
            }
            { entrance(&view.action, x, y) }
            { for sign.filter(|_| scale.zoom < 3 || sign.is_some()).map(|sign| signs::sign(sign, x + size + 3.0, sign_y)) }
            if scale.words() {
                <text class="step-words" x={px(x)} y={px(words_y)} text-anchor="middle">
                    { cut(&bare_action(&view.action, lang), letters(canvas, number, words_y)) }
                </text>
            }
            if column.opened && scale.shapes() {
                <g class="fold-up" onclick={fold(canvas, number)}>
                    <path d={format!("M{} {}l-5 5 5 5", x - size - 6.0, y - 5.0)}/>
                    <rect class="hit" x={px(x - size - 16.0)} y={px(y - 10.0)} width="16" height="20"/>
                </g>
            }
        </g>
    }
}

/// Opens or folds a run without moving the cursor.
fn fold(canvas: &Canvas<'_>, first: u32) -> Callback<MouseEvent> {
    canvas.look.send.reform(move |event: MouseEvent| {
        event.stop_propagation();
        Action::View(View::Run(first))
    })
}

/// A run of steps that touch nothing shared: beside each process how many of them are its own.
fn run(canvas: &Canvas<'_>, column: Column) -> Html {
    let (frame, scale) = (canvas.frame, canvas.scale);
    let end = column.first + column.count - 1;
    let mut counts: Vec<(u32, u32)> = Vec::new();
    for view in (column.first..=end).filter_map(|step| frame.step(step)) {
        match counts.iter_mut().find(|(lane, _)| *lane == view.lane) {
            Some((_, count)) => *count += 1,
            None => counts.push((view.lane, 1)),
        }
    }
    let x = canvas.x(column.first) + scale.column * (0.5 - 0.5 / f64::from(column.count));
    let later = (column.first > frame.position).then_some("later");
    let wide = (scale.column * 0.7).clamp(4.0, 30.0);
    let glyphs = counts.into_iter().filter_map(|(lane, count)| {
        let y = scale.y(canvas.picture.lane_row(lane)?);
        Some(html! {
            <g class={hue(lane)}>
                <rect class="run-shape" x={px(x - wide / 2.0)} width={px(wide)} y={px(y - 8.0)} height="16" rx="8"/>
                if scale.shapes() && count > 1 {
                    <text class="fold-count" x={px(x)} y={px(y + 4.0)} text-anchor="middle">{ count }</text>
                }
            </g>
        })
    });
    html! {
        <g class={classes!("step", "run", later)} onclick={fold(canvas, column.first)}>
            <title>{ (canvas.look.texts.views.folded)(column.count) }</title>
            <rect class="hit" x={px(x - scale.column / 2.0)} width={px(scale.column)} y="0" height={px(scale.height)}/>
            { for glyphs }
        </g>
    }
}

/// What may happen next.
pub(super) fn offer(canvas: &Canvas<'_>, offer: &Offer) -> Html {
    let (scale, picture) = (canvas.scale, canvas.picture);
    let (Some(row), Some(pick)) = (picture.lane_row(offer.lane), offer.pick) else {
        return html! {};
    };
    let (x, y) = (canvas.x(picture.last), scale.y(row));
    let size = if scale.words() { 8.0 } else { (scale.column * 0.32).clamp(2.6, 7.0) };
    html! {
        <g class={classes!("step", "offered", hue(offer.lane))} onclick={canvas.look.on(Action::Pick(pick))} aria-hidden="true">
            <rect class="hit" x={px(x - scale.column / 2.0)} width={px(scale.column)} y={px(y - scale.row / 2.0)} height={px(scale.row)}/>
            { touches(canvas, row, x, size, &offer.action) }
            { shape(offer.lane, x, y, size, "dot") }
            if scale.words() {
                <text class="step-words" x={px(x + 13.0)} y={px(y)} dy="4">
                    { cut(&short_offer(&offer.action, canvas.look.state.lang), OFFER_MAX) }
                </text>
            }
        </g>
    }
}

/// The lines from a step to what it touches, and to whom it wakes.
fn touches(canvas: &Canvas<'_>, row: u32, x: f64, size: f64, action: &Did) -> Html {
    let woken = wakes(action).iter().filter_map(|lane| canvas.picture.lane_row(*lane));
    let touched = canvas.picture.touches(action).into_iter();
    let all = touched.chain(woken.map(|row| (row, true)));
    let lines = all.filter(|(to, _)| *to != row).map(|(to, changes)| {
        let (from, to) = (canvas.scale.y(row), canvas.scale.y(to));
        let down = if to > from { 1.0 } else { -1.0 };
        let (from, to) = (from + down * (size - 1.0), to - down * 2.0);
        // A write points at what it changes, a read at who reads.
        let (at, back) = if changes { (to, -6.0 * down) } else { (from + down * 2.0, 6.0 * down) };
        html! {
            <>
                <line class="touch" x1={px(x)} x2={px(x)} y1={px(from)} y2={px(to)}/>
                if canvas.scale.shapes() {
                    <path class="tip" d={format!("M{x:.0} {at:.0}l4.5 {back}h-9z")}/>
                }
            </>
        }
    });
    html! { <>{ for lines }</> }
}

/// A process that comes, or comes back, enters through a door.
fn entrance(action: &Did, x: f64, y: f64) -> Html {
    if !matches!(action, Did::Arrive | Did::Restart) {
        return html! {};
    }
    html! { <path class="entrance" d={format!("M{:.0} {:.0}v20", x - 12.0, y - 10.0)}/> }
}

/// Where the words of a step go: away from what it touches.
fn words_y(canvas: &Canvas<'_>, row: u32, action: &Did) -> f64 {
    let touched = canvas.picture.touches(action);
    let below = touched.iter().any(|(to, _)| *to > row);
    let is_last = row as usize + 1 == canvas.picture.rows.len();
    let y = canvas.scale.y(row);
    if below || (is_last && touched.is_empty()) { y - 14.0 } else { y + 22.0 }
}

/// How many letters of a step's words fit beside those of the steps before and behind it.
fn letters(canvas: &Canvas<'_>, number: u32, y: f64) -> usize {
    let near = [number - 1, number + 1].into_iter().filter_map(|near| {
        let view = canvas.frame.step(near)?;
        let row = canvas.picture.lane_row(view.lane)?;
        let is_beside = (words_y(canvas, row, &view.action) - y).abs() < 14.0;
        is_beside.then(|| (canvas.x(near) - canvas.x(number)).abs())
    });
    // Where nobody stands beside it, its words may go some way over the columns there.
    let wide = near.fold(canvas.scale.column * 1.6, f64::min);
    ((wide - 6.0) / LETTER) as usize
}

fn cut(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        Some((cut, _)) => format!("{}…", &words[..cut]),
        None => words.to_owned(),
    }
}
