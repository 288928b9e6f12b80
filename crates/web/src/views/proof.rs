//! What every schedule comes to: the answer as soon as it is known, then promise by promise, how
//! far the search got, and how sure that is.

use lessons::shortest_failure;
use sim_core::{
    explore::{Early, Found, Phase, Report, Verdict},
    say::plain,
};
use yew::prelude::*;

use super::{Look, rich, schedules};
use crate::{
    components::{Look as Style, button},
    i18n::{self, number, proof},
    model::{
        Action, Bench,
        answers::{self, Standing, Subject},
        rhythm::{RhythmAction, Step},
        study::{Running, Study},
        veil,
    },
    protocol::{Explored, NotExplored},
};

/// What is known; `step` is where it was asked, unless at the start.
pub(super) fn study(look: Look<'_>, bench: &Bench, study: &Study, step: Option<u32>) -> Html {
    let texts = proof(look.state.lang);
    let again = if step.is_some() { Action::ExploreHere } else { Action::Explore };
    let is_veiled = veil::is_veiled(look.state, bench);
    match study {
        Study::Done(_) | Study::Cancelled(Some(_)) if is_veiled => veiled(look, study),
        Study::None => html! { <p class="muted small">{ look.texts.not_explored }</p> },
        Study::Running(running) => under_way(look, bench, running, step),
        Study::Cancelled(early) => html! {
            <div class="exploring">
                { for early.as_ref().map(|early| answer(look, bench, early)) }
                <p class="small">{ if early.is_some() { texts.cancelled_early } else { texts.cancelled } }</p>
                if step.is_none() || bench.ahead.as_ref().is_some_and(|ahead| bench.is_at(ahead)) {
                    { button(look.texts.explore_again, Style::Plain, look.on(again)) }
                }
            </div>
        },
        Study::Impossible(why) => html! {
            <p class="small">{ if *why == NotExplored::TooLarge { texts.too_large } else { texts.does_not_fit } }</p>
        },
        Study::Done(found) => done(look, bench, found, step),
    }
}

/// In place of the answer while the lesson's question has none, with the way to both.
fn veiled(look: Look<'_>, study: &Study) -> Html {
    let texts = i18n::rhythm(look.state.lang);
    let on = |action| look.on(Action::Rhythm(action));
    html! {
        <div class="question-first">
            <p>{ veil::words(look.state, study) }</p>
            <p class="go">
                { button(texts.to_question, Style::Plain, on(RhythmAction::Go(Step::Predict))) }
                { button(texts.anyway, Style::Ghost, on(RhythmAction::Tell)) }
            </p>
        </div>
    }
}

/// A search under way. Its figures change twice a second and are not spoken.
fn under_way(look: Look<'_>, bench: &Bench, running: &Running, step: Option<u32>) -> Html {
    let lang = look.state.lang;
    let texts = proof(lang);
    let doing = match running.phase() {
        Phase::Verdict => texts.answer_first,
        // Where nothing can be left out, counting is also what finds the answer.
        Phase::Counting => texts.counting,
        Phase::Outcomes => texts.counting_ends,
    };
    let figures = &running.figures;
    let pace =
        (texts.pace)(&number(figures.states, lang), &number(figures.rate, lang), figures.seconds);
    html! {
        <div class="exploring">
            { for running.early().map(|early| match veil::is_veiled(look.state, bench) {
                true => veiled(look, &bench.study),
                false => answer(look, bench, early),
            }) }
            <p class="small doing">{ doing }</p>
            <progress aria-label={doing}></progress>
            <p class="small muted pace-of-search">{ if figures.known { pace } else { "\u{a0}".to_owned() } }</p>
            if step.is_none() { { schedules::hint(look, bench) } }
            { button(look.texts.cancel, Style::Plain, look.on(Action::CancelStudy)) }
        </div>
    }
}

/// The answer before all is counted.
pub(super) fn answer(look: Look<'_>, bench: &Bench, early: &Early) -> Html {
    let (class, name) = judged(early.verdict);
    let line = answers::early_line(bench, early, look.state.lang);
    html! { <p class={classes!("answer-first", class)} data-verdict={name}><strong>{ line }</strong></p> }
}

fn judged(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Holds => ("verdict ok", "holds"),
        Verdict::Broken => ("verdict bad", "broken"),
        Verdict::Undecided => ("verdict", "undecided"),
    }
}

fn done(look: Look<'_>, bench: &Bench, found: &Explored, step: Option<u32>) -> Html {
    let lang = look.state.lang;
    let report = &found.report;
    let standings = answers::standings(bench, found);
    let failures = standings.iter().filter(|(_, standing)| matches!(standing, Standing::Broken(_)));
    let alone = failures.count() == 1;
    let rows = standings
        .iter()
        .map(|(subject, standing)| row(look, report, step, (subject, standing), alone));
    let circles = (report.circles > 0).then(|| {
        let told = (proof(lang).circles)(&number(report.circles, lang), report.circles == 1);
        html! { <p class="small remark-of-search">{ told }</p> }
    });
    let sure = i18n::how_sure(report, lang);
    html! {
        <>
            { headline(look, report, step) }
            { for shortest(look, report, step) }
            <ul class="standings">{ for rows }</ul>
            { for circles }
            <p class="small muted how-far">{ i18n::how_far(report, lang) }</p>
            if step.is_none() { { schedules::lowered(look, bench) } }
            if report.stopped.is_some() && step.is_none() { { schedules::hint(look, bench) } }
            { schedules::outcomes(look, report, step) }
            <details class="how-sure small muted">
                <summary>{ proof(lang).how_sure }</summary>
                <ul>{ for sure.into_iter().map(|line| html! { <li>{ line }</li> }) }</ul>
            </details>
        </>
    }
}

/// The answer in one sentence, with numbers where all schedules were counted.
pub(super) fn headline(look: Look<'_>, report: &Report, step: Option<u32>) -> Html {
    let lang = look.state.lang;
    let texts = proof(lang);
    let (class, name) = judged(report.verdict);
    if report.stopped.is_some() {
        let said = match report.verdict {
            Verdict::Holds => texts.nothing_fails,
            Verdict::Broken => texts.some_fails,
            Verdict::Undecided => texts.undecided,
        };
        return html! { <p {class} data-verdict={name}><strong>{ said }</strong></p> };
    }
    let (all, failing) = (
        answers::count(report, &report.schedules, lang),
        answers::count(report, &report.failing, lang),
    );
    let counts = format!("{} of {}", report.failing.number, report.schedules.number);
    let said = match step {
        Some(step) => html! { <strong>{ (texts.failing_from)(step, &failing, &all) }</strong> },
        None => html! {
            <>
                { (look.texts.schedules_before)(&all, answers::is_within(report)) }
                <strong>{ answers::how_many_fail(report, &failing, lang) }</strong>{ "." }
            </>
        },
    };
    html! {
        <>
            <p {class} data-verdict={name} data-schedules={counts}>{ said }</p>
            { schedules::bar(report) }
        </>
    }
}

/// Whether the answer says itself where it was asked.
pub(super) fn tells_where(study: &Study) -> bool {
    matches!(study, Study::Done(found) if found.report.stopped.is_none())
}

/// Leads to the shortest failure of all.
fn shortest(look: Look<'_>, report: &Report, step: Option<u32>) -> Option<Html> {
    let picks = shortest_failure(report)?;
    let promises = report.broken.iter().map(|broken| &broken.found);
    let others = [&report.deadlocks, &report.stuck, &report.never_ends].into_iter().flatten();
    let least = promises.chain(others).any(|found| found.least && found.whole() == picks);
    let words = if least { look.texts.shortest } else { proof(look.state.lang).show_found };
    Some(html! { <p class="go">{ button(words, Style::Bad, look.on(follow(picks, step))) }</p> })
}

/// Opens a schedule that was found.
pub(super) fn follow(picks: Vec<u32>, step: Option<u32>) -> Action {
    if step.is_some() { Action::FollowOn(picks) } else { Action::Follow(picks) }
}

fn row(
    look: Look<'_>,
    report: &Report,
    step: Option<u32>,
    (subject, standing): (&Subject<'_>, &Standing<'_>),
    alone: bool,
) -> Html {
    let lang = look.state.lang;
    let texts = proof(lang);
    let (name, said, waits) = match subject {
        Subject::Promise(promise) => {
            let kind = answers::kind_word(promise.kind);
            let name = format!("{kind} {}", promise.condition);
            (
                name,
                html! { <><span class="kw">{ kind }</span>{ " " }<code>{ &promise.condition }</code></> },
                None,
            )
        }
        Subject::Deadlock(waits) => {
            (texts.deadlock.to_owned(), html! { texts.deadlock }, Some(waits))
        }
        Subject::Stuck(waits) => (texts.stuck.to_owned(), html! { texts.stuck }, Some(waits)),
        Subject::NeverEnds => (texts.never_ends.to_owned(), html! { texts.never_ends }, None),
    };
    let (class, sign, told) = match standing {
        Standing::Broken(found) => ("broken", "✗", how_often(look, report, found)),
        Standing::Kept => ("kept-one", "✓", texts.kept.to_owned()),
        Standing::Unknown => ("unknown", "?", texts.not_known.to_owned()),
    };
    // Where there is one failure only, the button above shows it.
    let show = match standing {
        Standing::Broken(found) if !alone => Some(html! {
            <button type="button" class="btn small" onclick={look.on(follow(found.whole(), step))}>
                { look.texts.show }<span class="unseen">{ " " }{ (texts.show_way)(&name) }</span>
            </button>
        }),
        _ => None,
    };
    let waits = waits.filter(|waits| !waits.is_empty()).map(|waits| {
        let line = i18n::waits(waits, lang);
        html! { <span class="who-waits-for" data-waits={plain(&line)}>{ rich::pieces(&line) }</span> }
    });
    html! {
        <li {class}>
            <span class="case-sign" aria-hidden="true">{ sign }</span>
            <span>{ said }<span class="why">{ told }</span></span>
            { for show }
            { for waits }
        </li>
    }
}

/// How many schedules show a failure, and how long the shortest way to it is.
fn how_often(look: Look<'_>, report: &Report, found: &Found) -> String {
    let lang = look.state.lang;
    let texts = proof(lang);
    let steps = found.shortest.len();
    let shortest =
        if found.least { (texts.shortest)(steps) } else { (texts.shortest_found)(steps) };
    let shortest = match found.circle.len() {
        0 => shortest,
        steps => format!("{shortest}, {}", (texts.circle_of)(steps)),
    };
    // Known without being counted: where it came to counting, there is at least one.
    if found.schedules.number == "0" {
        return shortest;
    }
    let count = answers::count(report, &found.schedules, lang);
    let one = found.schedules.number == "1" && found.schedules.exact;
    format!("{} · {shortest}", (texts.broken_by)(&count, one))
}
