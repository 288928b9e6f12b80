//! How likely a failure is from the moment shown, and the curve of that along the run.

use sim_core::{
    chance::{MILLION, Tally},
    session::{Frame, Point, Rise, rise},
};
use yew::prelude::*;

use super::Look;
use crate::{
    draw::{
        axis::Axis,
        chance::{self as picture, HIGH, WIDE},
    },
    i18n::{self, ChanceTexts},
    model::{
        Action, Bench,
        chances::{CONTINUATIONS, ChanceAction, Chances, Trying},
    },
};

/// The panel: the question, and what came of it.
pub(super) fn panel(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = &bench.frame else { return html! {} };
    let (texts, chance) = (i18n::chance(look.state.lang), &look.state.chance);
    let runs = chance.trying == Trying::Running;
    let (words, action) =
        if runs { (texts.stop, ChanceAction::Cancel) } else { (texts.ask, ChanceAction::Ask) };
    let found = chance.at(frame.position).map(|tally| found(look, texts, frame, tally));
    html! {
        <div class="card panel-chance">
            <h2>{ texts.title }</h2>
            { for found }
            // One button that changes its words: the focus stays on it.
            <p class="chance-ask">
                <button type="button" class="btn" onclick={look.on(Action::Chance(action))}>{ words }</button>
                if runs { <span class="small muted">{ progress(texts, chance) }</span> }
            </p>
            <p class="small muted">{ texts.what }</p>
            { along(look, texts, chance) }
        </div>
    }
}

fn progress(texts: &ChanceTexts, chance: &Chances) -> String {
    let done = chance.known.here.continuations;
    if done < CONTINUATIONS {
        (texts.trying)(done, CONTINUATIONS)
    } else {
        texts.trying_line.to_owned()
    }
}

/// What came of the moment shown.
fn found(look: Look<'_>, texts: &ChanceTexts, frame: &Frame, tally: &Tally) -> Html {
    let lang = look.state.lang;
    let (said, interval) = i18n::counted(tally, lang);
    let already = !tally.already.is_empty();
    let count = |count: u32| i18n::number(count.into(), lang);
    // Of a single way to fail there is nothing to tell apart, unless it is none of the promises.
    let mut ways: Vec<Html> = Vec::new();
    for (promise, broke) in frame.promises.iter().zip(&tally.promises) {
        if *broke > 0 && !already {
            let words = (texts.breaks)(*broke, &count(*broke));
            ways.push(html! { <li>{ words }<code>{ &promise.condition }</code></li> });
        }
    }
    for (number, words) in [(tally.deadlocks, texts.deadlocks), (tally.stuck, texts.stuck)] {
        if number > 0 {
            ways.push(html! { <li>{ words(number, &count(number)) }</li> });
        }
    }
    html! {
        <div class="chance-found" data-chance={format!("{} of {}", tally.broken, tally.continuations)}>
            <p class={if tally.broken > 0 { "verdict bad" } else { "verdict" }}><strong>{ said }</strong>{ interval }</p>
            { bar(tally) }
            if already { <p class="small">{ texts.already }</p> }
            if !ways.is_empty() { <ul class="small chance-ways">{ for ways }</ul> }
            { for i18n::not_ended(tally, lang).map(|said| html! { <p class="small">{ said }</p> }) }
        </div>
    }
}

/// The share, what did not end behind it, and over both the interval.
fn bar(tally: &Tally) -> Html {
    let whole = f64::from(tally.continuations.max(1));
    let bad = f64::from(tally.broken) * 100.0 / whole;
    let open = f64::from(tally.not_ended) * 100.0 / whole;
    let (low, high) = tally.interval();
    let at = |share: u32| percent(share, MILLION);
    html! {
        <svg class="bar chance-bar" width="100%" height="20" aria-hidden="true">
            <rect class="rest" x="0" y="3" width="100%" height="14" rx="4"/>
            if open > 0.0 { <rect class="open" x={format!("{bad:.2}%")} y="3" width={format!("{open:.2}%")} height="14"/> }
            if bad > 0.0 { <rect class="bad" x="0" y="3" width={format!("{bad:.2}%")} height="14" rx="4"/> }
            <g class="whisker">
                <line x1={at(low)} x2={at(high)} y1="10" y2="10"/>
                <line x1={at(low)} x2={at(low)} y1="4" y2="16"/>
                <line x1={at(high)} x2={at(high)} y1="4" y2="16"/>
            </g>
        </svg>
    }
}

fn percent(part: u32, whole: u32) -> String {
    format!("{:.2}%", picture::part(part, whole) * 100.0)
}

/// What is known along the run, for who reads it.
fn along(look: Look<'_>, texts: &ChanceTexts, chance: &Chances) -> Html {
    let points = chance.points();
    let stopped = (chance.trying == Trying::Stopped)
        .then(|| html! { <p class="small muted">{ texts.stopped }</p> });
    if points.len() < 2 {
        return html! { { for stopped } };
    }
    let lang = look.state.lang;
    let done = chance.trying == Trying::Done;
    let rise = rise(points);
    let row = |point: &Point| {
        let tally = &point.tally;
        let share = i18n::percent(tally.share());
        html! {
            <tr class={is_after(rise.as_ref(), point).then_some("bad")}>
                <td><button type="button" class="btn ghost small mono" aria-label={(texts.go_to)(point.step)}
                    onclick={look.on(Action::Seek(point.step))}>{ point.step }</button></td>
                <td class="mono">{ share }</td>
                <td class="mono muted">{ i18n::between(tally.interval(), lang) }</td>
            </tr>
        }
    };
    html! {
        <>
            { for stopped }
            if let Some(rise) = &rise {
                <p class="chance-rise"><strong>{ i18n::rise_line(rise, lang) }</strong></p>
            } else if done && !chance.known.is_cut {
                <p class="small muted">{ texts.no_rise }</p>
            }
            if done && chance.known.is_cut { <p class="small muted">{ texts.cut }</p> }
            <details class="chance-table">
                <summary class="small muted">{ texts.table }</summary>
                <table class="small">
                    <caption class="unseen">{ texts.curve }</caption>
                    <thead><tr>
                        <th scope="col">{ texts.after_step }</th><th scope="col">{ texts.broken }</th><th scope="col">{ texts.interval }</th>
                    </tr></thead>
                    <tbody>{ for points.iter().map(row) }</tbody>
                </table>
            </details>
        </>
    }
}

fn is_after(rise: Option<&Rise>, point: &Point) -> bool {
    rise.is_some_and(|rise| rise.after == point.step)
}

/// The curve above the scrubber, over the same steps. Who cannot see it has the table.
pub(super) fn curve(look: Look<'_>, bench: &Bench) -> Html {
    let points = look.state.chance.points();
    let Some(frame) = &bench.frame else { return html! {} };
    if points.len() < 2 || frame.length == 0 {
        return html! {};
    }
    let lang = look.state.lang;
    let axis = Axis::of(frame);
    let texts = i18n::chance(lang);
    let (line, band) = picture::corners(points, &axis);
    let rise = rise(points);
    let words = rise.as_ref().map(|rise| i18n::rise_line(rise, lang));
    let name = format!("{}. {}", texts.curve, words.clone().unwrap_or_default());
    let at = |step: u32| format!("{:.2}%", axis.at(step) * 100.0);
    let high = |share: u32| percent(MILLION - share.min(MILLION), MILLION);
    let here = points.iter().find(|point| point.step == frame.position);
    let reaches = picture::reaches(points, &axis).into_iter().zip(points).map(|(reach, point)| {
        let tally = &point.tally;
        let said = format!(
            "{} {}: {} ({})",
            texts.after_step,
            point.step,
            i18n::percent(tally.share()),
            i18n::between(tally.interval(), lang)
        );
        let (x, width) = (reach.from * 100.0, (reach.to - reach.from) * 100.0);
        html! {
            <rect class="reach" x={format!("{x:.3}%")} width={format!("{width:.3}%")} height="100%"
                onclick={look.on(Action::Seek(reach.step))}><title>{ said }</title></rect>
        }
    });
    html! {
        <>
        <p class={classes!("chance-name", words.is_some().then_some("bad"))} aria-hidden="true">{ words.as_deref().unwrap_or(texts.curve) }</p>
        <svg class="chance-curve" width="100%" height="44" role="img" aria-label={name}>
            <text class="scale" x="-7" y="4" text-anchor="end">{ i18n::percent(MILLION) }</text>
            <text class="scale" x="-7" y="44" text-anchor="end">{ i18n::percent(0) }</text>
            <svg width="100%" height="100%" viewBox={format!("0 0 {WIDE} {HIGH}")} preserveAspectRatio="none" overflow="visible">
                <line class="grid" x1="0" x2={WIDE.to_string()} y1="0" y2="0"/>
                <line class="grid" x1="0" x2={WIDE.to_string()} y1={(HIGH / 2.0).to_string()} y2={(HIGH / 2.0).to_string()}/>
                <line class="grid" x1="0" x2={WIDE.to_string()} y1={HIGH.to_string()} y2={HIGH.to_string()}/>
                <polygon class="interval" points={band}/>
                <polyline class="share" points={line}/>
            </svg>
            <line class="now" x1={at(frame.position)} x2={at(frame.position)} y1="0" y2="100%"/>
            { for rise.as_ref().map(|rise| html! {
                <circle class="rise" cx={at(rise.after)} cy={high(rise.to)} r="5.5"/>
            }) }
            { for here.map(|point| html! {
                <circle class="here" cx={at(point.step)} cy={high(point.tally.share())} r="4"/>
            }) }
            { for reaches }
        </svg>
        </>
    }
}
