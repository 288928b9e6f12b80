//! All schedules: how many there are, how many fail, how they end, and named ones to play.

use lessons::shortest_failure;
use sim_core::{
    explore::{Ceiling, Count, Outcome, Report, Verdict},
    say::Lang,
};
use yew::prelude::*;

use super::Look;
use crate::{
    components::{Look as Style, button},
    i18n,
    model::{Action, Bench, state::Study},
};

pub(super) fn schedules(look: Look<'_>, bench: &Bench) -> Html {
    let texts = look.texts;
    let inside = match &bench.study {
        Study::None => html! { <p class="muted small">{ texts.not_explored }</p> },
        Study::Running(progress) => html! {
            <div class="exploring" role="status">
                <progress aria-label={texts.exploring}></progress>
                <p class="small">{ (texts.explored_so_far)(&i18n::number(progress.states, look.state.lang)) }</p>
                { hint(look, bench) }
                { button(texts.cancel, Style::Ghost, look.on(Action::CancelStudy)) }
            </div>
        },
        Study::Cancelled => html! {
            <div class="exploring">
                <p class="small">{ texts.cancelled }</p>
                { button(texts.explore_again, Style::Plain, look.on(Action::Explore)) }
            </div>
        },
        Study::Done(report) => found(look, bench, report),
    };
    html! {
        <div class="card panel-schedules">
            <h2>{ texts.all_schedules }</h2>
            { inside }
            { named(look, bench) }
        </div>
    }
}

fn found(look: Look<'_>, bench: &Bench, report: &Report) -> Html {
    let (texts, lang) = (look.texts, look.state.lang);
    let (all, failing) = (count(&report.schedules, lang), count(&report.failing, lang));
    let stopped = report.stopped.map(|ceiling| match ceiling {
        Ceiling::States(states) => (texts.stopped_states)(&i18n::number(states, lang)),
        Ceiling::Memory(_) => texts.stopped_memory.to_owned(),
        Ceiling::OwnWork(_) => texts.stopped_work.to_owned(),
        Ceiling::Room => texts.stopped_room.to_owned(),
    });
    let failure = shortest_failure(report);
    let class = match report.verdict {
        Verdict::Holds => "verdict ok",
        Verdict::Broken => "verdict bad",
        Verdict::Undecided => "verdict",
    };
    html! {
        <>
            if report.complete {
                <p class={class} data-schedules={format!("{} of {}", report.failing.number, report.schedules.number)}>
                    { (texts.schedules_before)(&all) }<strong>{ (texts.schedules_fail)(&failing, report.failing.number == "0") }</strong>
                    { "." }
                </p>
                { bar(report) }
            } else {
                <p class={class}>
                    { for stopped }{ " " }
                    { if report.verdict == Verdict::Broken { texts.but_broken } else { texts.none_seen } }
                </p>
            }
            { for failure.map(|picks| html! {
                <p class="go">{ button(texts.shortest, Style::Bad, look.on(Action::Follow(picks))) }</p>
            }) }
            if report.stopped.is_some() { { hint(look, bench) } }
            { limits(look, bench, report) }
            { outcomes(look, report) }
        </>
    }
}

/// About how many schedules there are, where they are very many.
fn hint(look: Look<'_>, bench: &Bench) -> Html {
    let told = bench.study_hint.as_ref().map(|hint| {
        let words = (look.texts.very_many)(hint.exponent, hint.lower.as_deref());
        html! { <p class="small study-hint">{ words }</p> }
    });
    html! { { for told } }
}

/// Up to what the answer goes: lowered parameters, and bounds that were met.
fn limits(look: Look<'_>, bench: &Bench, report: &Report) -> Html {
    let lowered = &bench.study_lowered.0;
    let lowered = (!lowered.is_empty()).then(|| {
        let told: Vec<String> =
            lowered.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        html! { <p class="small muted">{ (look.texts.looked_at_with)(&told.join(", ")) }</p> }
    });
    let bounds = (!report.bounds.is_empty()).then(|| {
        let told: Vec<String> = report.bounds.iter().map(|bound| bound.words()).collect();
        html! { <p class="small muted">{ (look.texts.up_to_bounds)(&told.join(", ")) }</p> }
    });
    html! { <>{ for lowered }{ for bounds }</> }
}

/// How much of the whole fails. Counts may have hundreds of digits, so the leading ones decide.
fn bar(report: &Report) -> Html {
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
            .and_then(|d| d.parse::<f64>().ok())
    };
    match (leading(part), leading(whole)) {
        (Some(part), Some(whole)) if whole > 0.0 => part / whole,
        _ => 0.0,
    }
}

fn outcomes(look: Look<'_>, report: &Report) -> Html {
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
                    { count(&outcome.schedules, lang) }
                    if some { <span class="some-fail">{ (texts.of_them_fail)(&count(&outcome.failing, lang)) }</span> }
                </td>
                <td>
                    <button type="button" class="btn ghost small"
                        onclick={look.on(Action::Follow(outcome.example.clone()))}>
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
    let buttons = frame.schedules.iter().enumerate().map(|(at, schedule)| {
        let name = words.and_then(|words| words.schedule(&schedule.name)).unwrap_or(&schedule.name);
        let on = bench.schedule.as_deref() == Some(schedule.name.as_str());
        let misfit = schedule.misfit.as_ref().map(|word| (texts.misfit)(word));
        html! {
            <li>
                <button type="button" class={classes!("btn", "small", on.then_some("on"))} disabled={misfit.is_some()}
                    onclick={look.on(Action::Schedule(at as u32))}>{ "▸ " }{ name }</button>
                { for misfit.map(|why| html! { <span class="small muted">{ why }</span> }) }
            </li>
        }
    });
    html! {
        <div class="named">
            <h3>{ texts.see_it_happen }</h3>
            <ul>{ for buttons }</ul>
            if !frame.skipped.is_empty() {
                <p class="small muted">{ (texts.skipped)(&frame.skipped.join(", ")) }</p>
            }
        </div>
    }
}

/// A number of schedules as people read it.
pub(super) fn count(count: &Count, lang: Lang) -> String {
    let digits = i18n::digits(&count.number, lang);
    if count.exact { digits } else { format!("≥ {digits}") }
}
