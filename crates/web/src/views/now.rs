//! The moment: what may happen next, what was said of it, promises.

use sim_core::{
    program::PromiseKind,
    say::{self, Tense},
    session::{self, Crowd, Ending, Frame, Offer, OfferKind, PromiseState, PromiseView},
};
use yew::prelude::*;

use super::{Look, charts, health, more, rich, why};
use crate::{
    components::{hue, mark},
    i18n::{self, lane_name, spoken},
    model::{
        Action, Bench, answers,
        viewing::{Long, View},
    },
};

pub(super) fn offers(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = &bench.frame else { return html! {} };
    html! {
        <div class="card panel-offers">
            <div class="card-head"><h2>{ look.texts.what_next }</h2>{ why::ask(look, frame) }</div>
            { choices(look, frame, true) }
            <div class="next-up-place">{ health::next_up(look, frame) }</div>
            <div class="said">{ said(look, frame) }</div>
            { for ending(look, bench, frame) }
            { for frame.crowds.iter().map(|crowd| crowded(look, crowd)) }
            { for circle(look, bench, frame) }
            if frame.ending.is_none() {
                <p class="small muted">{ look.texts.you_are_the_scheduler }{ " " }<kbd>{ look.texts.space }</kbd>{ "." }</p>
            }
        </div>
    }
}

/// The buttons for what may happen, and what may not with its reason; other things than steps
/// under headings of their own.
pub(super) fn choices(look: Look<'_>, frame: &Frame, with_blocked: bool) -> Html {
    let texts = look.texts.views;
    let kinds = [
        (OfferKind::Step, texts.steps),
        (OfferKind::Arrival, texts.arrivals),
        (OfferKind::Message, texts.messages),
        (OfferKind::Timer, texts.timers),
        (OfferKind::Fault, texts.faults),
    ];
    let kept = frame.step(frame.position + 1).map(|step| step.pick);
    let most = more::most(look, Long::Offers);
    let mut left_out = 0;
    let several = frame.offers.iter().any(|offer| offer.kind != OfferKind::Step);
    let groups = kinds.into_iter().filter_map(|(kind, words)| {
        let mine = frame.offers.iter().filter(|offer| offer.kind == kind);
        let mine = mine.filter(|offer| with_blocked || offer.pick.is_some());
        let mut mine: Vec<&Offer> = mine.collect();
        if mine.len() > most {
            left_out += mine.len() - most;
            // What can be chosen is not left out for what cannot.
            let (can, cannot): (Vec<&Offer>, Vec<&Offer>) =
                mine.into_iter().partition(|offer| offer.pick.is_some());
            mine = can.into_iter().chain(cannot).take(most).collect();
        }
        let rows: Vec<Html> =
            mine.into_iter().map(|offer| choice(look, frame, offer, kept)).collect();
        (!rows.is_empty()).then(|| {
            html! {
                <>
                    if several { <h3>{ words }</h3> }
                    <ol class="choices">{ for rows }</ol>
                </>
            }
        })
    });
    let groups: Vec<Html> = groups.collect();
    html! {
        <div class="offers" tabindex={(frame.offers.len() > 6).then_some("0")} role="group" aria-label={look.texts.what_next}>
            { for groups }
            { more::button_for(look, Long::Offers, left_out) }
            if frame.offers_left_out > 0 {
                <p class="small muted">{ (texts.left_out)(frame.offers_left_out) }</p>
            }
        </div>
    }
}

fn choice(look: Look<'_>, frame: &Frame, offer: &Offer, kept: Option<u32>) -> Html {
    let lang = look.state.lang;
    let name = spoken(&offer.name);
    // Also of a process that is still to come the name tells the number.
    let number: String = name
        .rsplit(' ')
        .next()
        .filter(|end| end.parse::<u32>().is_ok())
        .unwrap_or_default()
        .to_owned();
    // A replica is nobody's, whoever's call it has in hand.
    let is_replica = matches!(offer.action, session::Action::Replica { .. });
    let hue = if is_replica { "" } else { hue(offer.lane) };
    let sign = if is_replica {
        html! { <span/> }
    } else {
        mark(offer.lane, &number)
    };
    let named = if offer.action.is_of_nobody() { String::new() } else { format!("{name} ") };
    match offer.pick {
        Some(pick) => html! {
            <li key={if offer.message.is_some() { format!("m{pick}") } else { format!("{}.{}.{:?}", offer.lane, offer.outcome.0, offer.kind) }}>
                <button type="button" class={classes!("choice", hue)} onclick={look.on(Action::Pick(pick))}>
                    { sign }
                    <span>{ named }{ rich::pieces(&i18n::action(frame, &offer.action, Tense::Next, lang)) }
                        <span class="kept">
                            { if offer.outcome.1 > 1 { (look.texts.views.outcome)(offer.outcome.0, offer.outcome.1) } else { String::new() } }
                            { if offer.outcome.1 > 1 && kept == Some(pick) { " · " } else { "" } }
                            { if kept == Some(pick) { look.texts.as_before } else { "" } }
                        </span>
                    </span>
                    <span>{ for (pick < 10).then(|| html! { <kbd>{ pick }</kbd> }) }</span>
                </button>
            </li>
        },
        None => html! {
            <li key={format!("{}.{}.{:?}", offer.lane, offer.outcome.0, offer.kind)} class={classes!("choice", "blocked", hue)}>
                { sign }
                <span>{ name }{ " " }
                    { for offer.blocked.as_ref().map(|reason| {
                        rich::pieces(&say::reason(reason, |holder| lane_name(frame, holder), lang))
                    }) }
                </span>
            </li>
        },
    }
}

/// What the last step said, and the error it raised.
fn said(look: Look<'_>, frame: &Frame) -> Html {
    let Some(step) = frame.step(frame.position) else { return html! {} };
    let name = spoken(&step.name);
    let raised = step.raised.as_ref().map(|(error, words)| {
        let words = i18n::raised(error, words, look.state.lang);
        html! { <p class="told note">{ format!("{name}: {words}") }</p> }
    });
    let notes = step.notes.iter().map(|note| {
        html! { <p class="told note">{ (look.texts.views.said)(&name, note) }</p> }
    });
    let sagas = step.sagas.iter().map(|told| {
        let name = lane_name(frame, told.lane);
        let words = say::saga(told, look.state.lang);
        html! { <p class="told note">{ format!("{name}: {words}") }</p> }
    });
    html! { <>{ for raised }{ for sagas }{ for notes }</> }
}

/// How a run ended, with the question why: where nothing can be chosen any more.
pub(super) fn over(look: Look<'_>, bench: &Bench, frame: &Frame) -> Html {
    let Some((is_fine, words)) = ended(look, bench, frame) else { return html! {} };
    let class = if is_fine { "run-over" } else { "run-over bad" };
    html! { <div {class}><p>{ words }</p>{ why::ask(look, frame) }</div> }
}

/// How a run ended, and whether that is fine.
fn ended(look: Look<'_>, bench: &Bench, frame: &Frame) -> Option<(bool, &'static str)> {
    let texts = look.texts;
    Some(match frame.ending.as_ref()? {
        Ending::Complete | Ending::Idle if bench.broken_at().is_some() => {
            (false, texts.ended_broken)
        }
        Ending::Complete => (true, texts.ended_complete),
        Ending::Idle => (true, texts.ended_idle),
        Ending::Deadlock(_) => (false, texts.ended_deadlock),
        Ending::Stuck(_) => (false, texts.ended_stuck),
        Ending::Endless(_) => (false, texts.ended_endless),
        Ending::Full(_) => (false, texts.ended_full),
    })
}

pub(super) fn ending(look: Look<'_>, bench: &Bench, frame: &Frame) -> Option<Html> {
    let (is_fine, words) = ended(look, bench, frame)?;
    let class = if is_fine { "told ok" } else { "told bad" };
    let missed = if is_fine { charts::goals_missed(bench) } else { 0 };
    Some(html! {
        <>
            <p {class}>{ words }</p>
            if missed > 0 {
                <p class="told note">{ (i18n::charts(look.state.lang).missed)(missed) }</p>
            }
        </>
    })
}

/// A ceiling that the run met.
fn crowded(look: Look<'_>, crowd: &Crowd) -> Html {
    html! { <p class="told bad crowded">{ rich::ticked(&say::crowd(crowd, look.state.lang)) }</p> }
}

/// That the line shown is a circle, from its entry on: such a failure has no end that shows it.
fn circle(look: Look<'_>, bench: &Bench, frame: &Frame) -> Option<Html> {
    let (from, to) = answers::circle(bench).filter(|(from, _)| frame.position >= *from)?;
    let words = (i18n::proof(look.state.lang).circle_here)(from, to);
    Some(html! { <p class="told bad circle-here">{ words }</p> })
}

/// What a promise says of itself, in general and with the values of this moment.
pub(super) fn promise_words(look: Look<'_>, bench: &Bench, promise: &PromiseView) -> Html {
    let words = bench.course.words(look.state.lang);
    let why = promise.why.as_ref().map(|why| {
        words.and_then(|words| words.promise(why)).map_or_else(|| why.clone(), str::to_owned)
    });
    html! {
        <>
            { for why.map(|why| html! { <span class="why">{ why }</span> }) }
            { for promise.now.as_ref().map(|now| html! { <span class="why now">{ now }</span> }) }
        </>
    }
}

pub(super) fn promises(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = &bench.frame else { return html! {} };
    let goals = bench.charts.measured.as_ref().is_some_and(|known| !known.view.goals.is_empty());
    if frame.promises.is_empty() && !goals {
        return html! {};
    }
    let texts = look.texts;
    let rows = frame.promises.iter().map(|promise| {
        let state = match &promise.state {
            PromiseState::Holds => html! { <span class="chip ok">{ texts.holds }</span> },
            PromiseState::Open { .. } => html! { <span class="chip">{ texts.at_the_end }</span> },
            PromiseState::Broken { step } => html! {
                <button type="button" class="chip bad" onclick={look.view(View::Event(*step))}>{ (texts.broken_at)(*step) }</button>
            },
        };
        let kind = match promise.kind {
            PromiseKind::Always => "always",
            PromiseKind::Finally => "finally",
            PromiseKind::Assert => "assert",
        };
        html! {
            <li>
                { state }
                <span><span class="kw">{ kind }</span>{ " " }<code>{ &promise.condition }</code>{ promise_words(look, bench, promise) }</span>
            </li>
        }
    });
    html! {
        <div class="card panel-promises">
            <h2>{ texts.promises }</h2>
            <ul class="promises">{ for rows }{ charts::goals(look, bench) }</ul>
        </div>
    }
}
