//! All schedules: how many there are, how many fail, how they end, and named ones to play.

use sim_core::explore::{Outcome, Report};
use yew::prelude::*;

use super::{Look, proof};
use crate::{
    components::{Look as Style, button},
    i18n,
    model::{
        Action, Bench, answers, labels,
        rhythm::{self, RhythmAction},
        study::Ahead,
        veil::is_veiled,
    },
};

pub(super) fn schedules(look: Look<'_>, bench: &Bench) -> Html {
    html! {
        <div class="card panel-schedules">
            { head(look, bench) }
            { match &bench.ahead {
                None => proof::study(look, bench, &bench.study, None),
                Some(ahead) => from_a_moment(look, bench, ahead),
            } }
            { named(look, bench) }
        </div>
    }
}

/// Which question is answered: from the start, or from a moment.
fn head(look: Look<'_>, bench: &Bench) -> Html {
    let texts = i18n::proof(look.state.lang);
    let here = bench.position();
    html! {
        <div class="card-head">
            <h2 id="all-schedules" tabindex="-1">{ look.texts.all_schedules }</h2>
            if bench.ahead.is_some() {
                <button type="button" key="start" class="btn small" onclick={look.on(Action::FromStart)}>{ texts.from_start }</button>
            } else {
                <button type="button" key="here" class="btn small" title={texts.from_here_help} disabled={here == 0}
                    onclick={look.on(Action::ExploreHere)}>{ texts.from_here }</button>
            }
        </div>
    }
}

/// What may happen from a moment on. Once another moment is shown this stays, as what it is.
fn from_a_moment(look: Look<'_>, bench: &Bench, ahead: &Ahead) -> Html {
    let texts = i18n::proof(look.state.lang);
    let there = bench.is_at(ahead);
    let (step, here) = (ahead.step(), bench.position());
    html! {
        <div class={classes!("ahead", (!there).then_some("elsewhere"))} data-from={step.to_string()}>
            if is_veiled(look.state, bench) || !proof::tells_where(&ahead.study) {
                <p class="eyebrow">{ (texts.from_step)(step) }</p>
            }
            if !there {
                <p class="small">{ texts.was_asked }</p>
                if here > 0 {
                    <p class="go">{ button((texts.ask_from)(here), Style::Plain, look.on(Action::ExploreHere)) }</p>
                }
            }
            <div class="answer-ahead">{ proof::study(look, bench, &ahead.study, Some(step)) }</div>
        </div>
    }
}

/// About how many schedules there are, where they are very many.
pub(super) fn hint(look: Look<'_>, bench: &Bench) -> Html {
    let told = bench.study_hint.as_ref().map(|hint| {
        let words = (look.texts.very_many)(hint.exponent, hint.lower.as_deref());
        html! { <p class="small study-hint">{ words }</p> }
    });
    html! { { for told } }
}

/// Which parameters were lowered for the answer.
pub(super) fn lowered(look: Look<'_>, bench: &Bench) -> Html {
    let lowered = &bench.study_lowered.0;
    if lowered.is_empty() {
        return html! {};
    }
    let told = labels::all(bench, lowered, look.state.lang);
    html! { <p class="small muted">{ (look.texts.looked_at_with)(&told) }</p> }
}

/// How much of the whole fails. Counts may have hundreds of digits, so the leading ones decide.
pub(super) fn bar(report: &Report) -> Html {
    let (all, failing) = (&report.schedules.number, &report.failing.number);
    let part = share(failing, all);
    if all == "0" {
        return html! {};
    }
    // Neither side disappears while there is one of it.
    let bad = if failing == "0" {
        0.0
    } else if failing == all {
        100.0
    } else {
        (part * 100.0).clamp(2.0, 98.0)
    };
    let gap = if bad > 0.0 && bad < 100.0 { 1.0 } else { 0.0 };
    html! {
        <svg class="bar" width="100%" height="14" aria-hidden="true">
            if bad > 0.0 { <rect class="bad" x="0" width={format!("{bad}%")} height="14" rx="4"/> }
            if bad < 100.0 { <rect class="ok" x={format!("{}%", bad + gap)} width={format!("{}%", 100.0 - bad - gap)} height="14" rx="4"/> }
        </svg>
    }
}

fn share(part: &str, whole: &str) -> f64 {
    let lost = whole.len().saturating_sub(15);
    let leading = |digits: &str| {
        digits
            .len()
            .checked_sub(lost)
            .and_then(|kept| digits.get(..kept))
            // At most 15 digits. Reading an `f64` would bring ten kilobytes of tables along.
            .and_then(|d| d.parse::<u64>().ok())
            .map(|number| number as f64)
    };
    match (leading(part), leading(whole)) {
        (Some(part), Some(whole)) if whole > 0.0 => part / whole,
        _ => 0.0,
    }
}

pub(super) fn outcomes(look: Look<'_>, report: &Report, step: Option<u32>) -> Html {
    if report.outcomes.is_empty() {
        return html! {};
    }
    let (texts, lang) = (look.texts, look.state.lang);
    // What is the same in every row tells nothing, and pushes the rest out of sight.
    let first = &report.outcomes[0].values;
    let differs =
        |at: &usize| report.outcomes.iter().any(|outcome| outcome.values[*at].1 != first[*at].1);
    let told: Vec<usize> = (0..first.len()).filter(|at| first.len() <= 2 || differs(at)).collect();
    let shown = report.outcomes.iter().take(12);
    let row = |outcome: &Outcome| {
        let bad = outcome.failing == outcome.schedules;
        let some = !bad && outcome.failing.number != "0";
        html! {
            <tr class={bad.then_some("bad")}>
                { for told.iter().map(|&at| html! { <td class="mono">{ &outcome.values[at].1 }</td> }) }
                <td class="mono">
                    { answers::count(report, &outcome.schedules, lang) }
                    if some { <span class="some-fail">{ (texts.of_them_fail)(&answers::count(report, &outcome.failing, lang)) }</span> }
                </td>
                <td>
                    <button type="button" class="btn ghost small"
                        onclick={look.on(proof::follow(outcome.example.clone(), step))}>
                        { if bad { "✗ " } else { "" } }{ texts.show }
                        <span class="unseen">{ (texts.show_outcome)(&spelled(outcome)) }</span>
                    </button>
                </td>
            </tr>
        }
    };
    html! {
        <div class="outcomes" tabindex="0" role="group" aria-label={texts.outcomes}>
            <table>
                <caption>{ texts.outcomes }</caption>
                <thead><tr>
                    { for told.iter().map(|&at| html! { <th scope="col" class="mono">{ &first[at].0 }</th> }) }
                    <th scope="col">{ texts.how_many }</th><th scope="col"><span class="unseen">{ texts.example }</span></th>
                </tr></thead>
                <tbody>{ for shown.map(row) }</tbody>
            </table>
            if report.outcomes.len() > 12 {
                <p class="small muted">{ (texts.more_outcomes)(report.outcomes.len() - 12) }</p>
            }
        </div>
    }
}

fn spelled(outcome: &Outcome) -> String {
    let values = outcome.values.iter().map(|(name, value)| format!("{name} = {value}"));
    values.collect::<Vec<_>>().join(", ")
}

/// The schedules that the text names.
fn named(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = &bench.frame else { return html! {} };
    if frame.schedules.is_empty() {
        return html! {};
    }
    let texts = look.texts;
    let words = bench.course.words(look.state.lang);
    let words_of = i18n::rhythm(look.state.lang);
    let buttons = frame.schedules.iter().enumerate().map(|(at, schedule)| {
        let name = words.and_then(|words| words.schedule(&schedule.name)).unwrap_or(&schedule.name);
        let on = bench.schedule.as_deref() == Some(schedule.name.as_str());
        let needs = rhythm::needed(bench, schedule);
        // What is not there under any settings of the lesson cannot be played.
        let lacks = schedule.misfit.as_ref().filter(|_| needs.is_empty());
        let lacks = lacks.map(|word| (words_of.lacks)(&i18n::spoken(word)));
        let sets = (!needs.is_empty()).then(|| (words_of.sets)(&labels::all(bench, &needs, look.state.lang)));
        html! {
            <li>
                <button type="button" class={classes!("btn", "small", on.then_some("on"))} aria-disabled={lacks.is_some().then_some("true")}
                    onclick={look.on(Action::Rhythm(RhythmAction::Play(at as u32)))}>{ "▸ " }{ name }</button>
                { for lacks.or(sets).map(|why| html! { <span class="small muted">{ why }</span> }) }
            </li>
        }
    });
    html! {
        <div class="named">
            <h3 id="step-see" tabindex="-1">{ texts.see_it_happen }</h3>
            <ul>{ for buttons }</ul>
            if !frame.skipped.is_empty() {
                <p class="small muted">{ (texts.skipped)(&frame.skipped.join(", ")) }</p>
            }
        </div>
    }
}
