//! One request's life as a waterfall: who asked whom, and on what the time went.

use sim_core::session::{Frame, Life, PartKind, Span, SpanFate};
use yew::prelude::*;

use super::Look;
use crate::{
    components::{Icon, hue, icon_button},
    i18n::{self, RequestTexts, spoken},
    model::{Action, Bench, viewing::View},
};

/// Deeper calls are not moved further to the right.
const DEEP: u32 = 5;

/// What a life is measured by: time, or steps where none passes.
struct Scale {
    from: u64,
    whole: u64,
    by_time: bool,
}

impl Scale {
    fn of(life: &Life, frame: &Frame) -> Self {
        let ends = |span: &Span| span.to.unwrap_or(frame.now.max(span.from));
        let from = life.spans.iter().map(|span| span.from).min().unwrap_or(0);
        let to = life.spans.iter().map(ends).max().unwrap_or(0);
        if to > from {
            return Self { from, whole: to - from, by_time: true };
        }
        let from = life.spans.iter().map(|span| span.steps.0).min().unwrap_or(0);
        let to = life.spans.iter().map(|span| span.steps.1).max().unwrap_or(0);
        Self { from: from.into(), whole: u64::from(to - from).max(1), by_time: false }
    }

    fn at(&self, place: u64) -> f64 {
        let share = place.saturating_sub(self.from) as f64 / self.whole as f64;
        share.clamp(0.0, 1.0) * 100.0
    }
}

pub(super) fn panel(look: Look<'_>, bench: &Bench) -> Html {
    let (Some(frame), Some(_)) = (bench.frame.as_deref(), bench.view.request) else {
        return html! {};
    };
    let lang = look.state.lang;
    let texts = i18n::request(lang);
    let Some(life) = &frame.life else { return html! {} };
    let scale = Scale::of(life, frame);
    let time = scale.by_time.then(|| i18n::span(scale.whole, lang));
    let time: Vec<String> =
        time.into_iter().chain((life.calls > 0).then(|| (texts.calls)(life.calls))).collect();
    html! {
        <section id="panel-request" class="card panel-request" aria-label={texts.title} tabindex="-1">
            <div class="card-head">
                <h2>{ texts.title }</h2>
                <span class="mono small muted">{ time.join(" · ") }</span>
                { icon_button(texts.close, Icon::Cross, "ghost small", false, look.view(View::Request(None))) }
            </div>
            if life.is_cut { <p class="small muted">{ texts.cut }</p> }
            <ol class="life">{ for life.spans.iter().map(|span| row(look, texts, frame, &scale, span)) }</ol>
            if life.left_out > 0 { <p class="small muted">{ (texts.more)(life.left_out) }</p> }
            <p class="life-legend small muted" aria-hidden="true">
                { for [PartKind::Way, PartKind::Waits, PartKind::Works, PartKind::Sleeps].map(|kind| html! {
                    <span><svg width="18" height="10"><rect class={classes!("life-part", part_class(kind))} y="1" width="18" height="8"/></svg>{ (texts.part)(kind) }</span>
                }) }
            </p>
        </section>
    }
}

fn row(look: Look<'_>, texts: &RequestTexts, frame: &Frame, scale: &Scale, span: &Span) -> Html {
    let lang = look.state.lang;
    let is_call = span.name.contains('.');
    // What was sent has the name of the place it went to.
    let is_sent = !span.words.is_empty();
    let name = match is_call || is_sent {
        true => spelled(&span.name),
        false => spoken(&span.name),
    };
    let end = span.to.unwrap_or(frame.now.max(span.from));
    let (from, to) = match scale.by_time {
        true => (span.from, end),
        false => (span.steps.0.into(), span.steps.1.into()),
    };
    let bar = |from: u64, to: u64| {
        let (x, end) = (scale.at(from), scale.at(to));
        (format!("{x:.2}%"), format!("{:.2}%", end - x))
    };
    let whole = bar(from, to);
    let parts = span.parts.iter().filter(|_| scale.by_time).map(|part| {
        let (x, width) = bar(part.from, part.to.unwrap_or(end));
        html! { <rect class={classes!("life-part", part_class(part.kind))} {x} y="3" {width} height="10"/> }
    });
    let fate = i18n::request_fate(&span.fate, lang);
    let bad = matches!(span.fate, SpanFate::Failed(_) | SpanFate::GivenUp | SpanFate::Lost);
    let took = i18n::span(end - span.from, lang);
    let spent = span.parts.iter().map(|part| {
        let time = part.to.unwrap_or(end).saturating_sub(part.from);
        format!("{} {}", i18n::span(time, lang), (texts.part)(part.kind))
    });
    let spent = spent.filter(|_| scale.by_time).collect::<Vec<_>>().join(", ");
    let said = format!("{name} {}: {took}, {fate}. {spent}", span.words);
    let fate_words = fate.clone();
    let later = (span.steps.0 > frame.position).then_some("later");
    let now = scale.by_time.then(|| format!("{:.2}%", scale.at(frame.now)));
    let depth = format!("deep-{}", span.depth.min(DEEP));
    html! {
        <li key={format!("{}.{}", span.name, span.steps.0)} class={classes!("life-row", depth, hue(span.lane), later)}>
            <button type="button" title={said} onclick={look.on(Action::Seek(span.steps.0))}>
                <span class="life-name"><b>{ name }</b>
                    if !span.words.is_empty() { { " " }<code>{ short(&span.words, is_call) }</code> }
                    if bad { <span class="life-fate">{ " " }{ fate }</span> }
                </span>
                <span class="mono life-took">{ if scale.by_time { took } else { String::new() } }</span>
                // What the bar shows, for who cannot see it.
                <span class="unseen">{ spent }{ if bad { String::new() } else { format!(". {fate_words}") } }</span>
                <svg width="100%" height="16" aria-hidden="true">
                    <rect class={classes!("life-whole", span.to.is_none().then_some("open"), bad.then_some("bad"))} x={whole.0} y="6" width={whole.1} height="4"/>
                    { for parts }
                    { for now.map(|x| html! { <line class="life-now" x1={x.clone()} x2={x} y1="0" y2="16"/> }) }
                </svg>
            </button>
        </li>
    }
}

/// A request's name as people read it: `bank.pay 3` for `bank.pay[3]`.
fn spelled(name: &str) -> String {
    name.replace('[', " ").replace(']', "")
}

/// What was given, where the name tells the rest: `(80)` of `bank.pay(80)`.
fn short(words: &str, is_call: bool) -> &str {
    match words.find('(') {
        Some(at) if is_call => &words[at..],
        _ => words,
    }
}

fn part_class(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Way => "way",
        PartKind::Waits => "waits",
        PartKind::Works => "works",
        PartKind::Back => "way back",
        PartKind::Sleeps => "sleeps",
    }
}

/// Opens the life of what a step is part of.
pub(super) fn open(look: Look<'_>, step: u32) -> Html {
    let texts = i18n::request(look.state.lang);
    html! {
        <button type="button" class="btn small ghost request-open" title={texts.help} onclick={look.view(View::Request(Some(step)))}>{ texts.show }</button>
    }
}

/// The last step so far of a lane that has to do with calls.
pub(super) fn step_of(frame: &Frame, lane: u32) -> Option<u32> {
    let mut past = (frame.first + 1..=frame.position).rev();
    past.find(|at| {
        frame.step(*at).is_some_and(|step| {
            let asked = step.called.iter().any(|(one, _)| *one == lane);
            asked || step.lane == lane && (!step.called.is_empty() || step.name.contains('.'))
        })
    })
}
