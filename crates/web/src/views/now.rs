//! The moment: what may happen next, shared values, promises.

use sim_core::{
    program::{PromiseKind, SharedKind},
    say::{self, Tense},
    session::{Ending, Frame, PromiseState},
};
use yew::prelude::*;

use super::{Look, rich};
use crate::{
    components::{hue, mark},
    i18n::lane_name,
    model::{Action, Bench},
};

pub(super) fn offers(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = &bench.frame else { return html! {} };
    html! {
        <div class="card panel-offers">
            <h2>{ look.texts.what_next }</h2>
            { choices(look, frame, true) }
            { for ending(look, bench, frame) }
            { for stop(look, bench, frame) }
            if frame.ending.is_none() {
                <p class="small muted">{ look.texts.you_are_the_scheduler }{ " " }<kbd>{ look.texts.space }</kbd>{ "." }</p>
            }
        </div>
    }
}

/// The buttons for what may happen, and what may not with its reason.
pub(super) fn choices(look: Look<'_>, frame: &Frame, with_blocked: bool) -> Html {
    let lang = look.state.lang;
    let kept = frame.steps.get(frame.position as usize).map(|step| step.pick);
    let rows = frame.offers.iter().filter(|offer| with_blocked || offer.pick.is_some());
    let rows = rows.map(|offer| {
        let name = lane_name(frame, offer.lane);
        let number = frame.lanes.get(offer.lane as usize).and_then(|lane| lane.number);
        let sign = mark(offer.lane, &number.map(|number| number.to_string()).unwrap_or_default());
        match offer.pick {
            Some(pick) => html! {
                <li key={offer.lane}>
                    <button type="button" class={classes!("choice", hue(offer.lane))} onclick={look.on(Action::Pick(pick))}>
                        { sign }
                        <span>{ name }{ " " }{ rich::pieces(&say::action(&offer.action, Tense::Next, |lane| lane_name(frame, lane), lang)) }
                            if kept == Some(pick) { <span class="kept">{ look.texts.as_before }</span> }
                        </span>
                        if pick < 10 { <kbd>{ pick }</kbd> }
                    </button>
                </li>
            },
            None => html! {
                <li key={offer.lane} class={classes!("choice", "blocked", hue(offer.lane))}>
                    { sign }
                    <span>{ name }{ " " }
                        { for offer.blocked.as_ref().map(|reason| {
                            rich::pieces(&say::reason(reason, |holder| lane_name(frame, holder), lang))
                        }) }
                    </span>
                </li>
            },
        }
    });
    html! { <ol class="choices">{ for rows }</ol> }
}

fn ending(look: Look<'_>, bench: &Bench, frame: &Frame) -> Option<Html> {
    let texts = look.texts;
    let (class, words) = match frame.ending.as_ref()? {
        Ending::Complete | Ending::Idle if bench.broken_at().is_some() => {
            ("told bad", texts.ended_broken)
        }
        Ending::Complete => ("told ok", texts.ended_complete),
        Ending::Idle => ("told ok", texts.ended_idle),
        Ending::Deadlock(_) => ("told bad", texts.ended_deadlock),
        Ending::Stuck(_) => ("told bad", texts.ended_stuck),
        Ending::Endless(_) => ("told bad", texts.ended_endless),
    };
    Some(html! { <p {class}>{ words }</p> })
}

/// What the lesson says about this moment of a named schedule.
fn stop(look: Look<'_>, bench: &Bench, frame: &Frame) -> Option<Html> {
    let lesson = bench.course.lesson?;
    let schedule = bench.schedule.as_deref()?;
    let words = bench.course.words(look.state.lang)?;
    let fits = |stop: &&lessons::Stop| {
        stop.schedule == schedule
            && stop.step == frame.position
            && stop.settings.iter().all(|(name, value)| {
                bench.settings.iter().any(|(one, other)| one == name && other == value)
            })
    };
    let at = lesson.stops.iter().position(|stop| fits(&stop))?;
    let said = words.stops.get(at)?;
    (!bench.is_edited()).then(|| html! { <p class="told note">{ rich::inlines(said) }</p> })
}

pub(super) fn shared(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = &bench.frame else { return html! {} };
    let rows = frame.shared.iter().map(|shared| {
        let value = match (shared.kind, shared.holders.first().copied()) {
            (SharedKind::Lock, Some(holder)) => lane_name(frame, holder),
            (SharedKind::Lock, None) => look.texts.free.to_owned(),
            _ => shared.value.clone(),
        };
        let holder = shared.holders.first().copied().map(hue);
        html! {
            <div class={classes!("kv-row", shared.before.as_ref().map(|_| "changed"))} key={shared.place.clone()}>
                <dt>{ &shared.place }</dt>
                <dd class={holder}>
                    { for shared.before.as_ref().filter(|_| shared.kind != SharedKind::Lock).map(|before| {
                        html! { <><s>{ before }</s>{ " " }</> }
                    }) }
                    <span class="value">{ value }</span>
                </dd>
            </div>
        }
    });
    html! {
        <div class="card panel-shared">
            <h2>{ look.texts.shared_state }</h2>
            <dl class="kv">{ for rows }</dl>
        </div>
    }
}

pub(super) fn promises(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = &bench.frame else { return html! {} };
    if frame.promises.is_empty() {
        return html! {};
    }
    let texts = look.texts;
    let words = bench.course.words(look.state.lang);
    let rows = frame.promises.iter().map(|promise| {
        let (class, state) = match &promise.state {
            PromiseState::Holds => ("chip ok", texts.holds.to_owned()),
            PromiseState::Open { .. } => ("chip", texts.at_the_end.to_owned()),
            PromiseState::Broken { step } => ("chip bad", (texts.broken_at)(*step)),
        };
        let kind = match promise.kind {
            PromiseKind::Always => "always",
            PromiseKind::Finally => "finally",
            PromiseKind::Assert => "assert",
        };
        let why = promise.why.as_ref().map(|why| {
            words.and_then(|words| words.promise(why)).map_or_else(|| why.clone(), str::to_owned)
        });
        html! {
            <li>
                <span {class}>{ state }</span>
                <span><span class="kw">{ kind }</span>{ " " }<code>{ &promise.condition }</code>
                    { for why.map(|why| html! { <span class="why">{ why }</span> }) }
                </span>
            </li>
        }
    });
    html! {
        <div class="card panel-promises">
            <h2>{ texts.promises }</h2>
            <ul class="promises">{ for rows }</ul>
        </div>
    }
}
