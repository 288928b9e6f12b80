//! What there is to do, how it stands, and the proof.

use lessons::{Kind, shortest_failure};
use yew::prelude::*;

use super::{Look, rich};
use crate::{
    components::{Look as Style, button},
    i18n,
    model::{
        Action, Bench, Tab, answers, labels, meeting,
        moments::is_shown_but_given as given,
        rhythm,
        state::{Grading, passes_all},
    },
    protocol::{Case, Grade, Lack, Refused},
};

pub(super) fn challenges(look: Look<'_>, bench: &Bench) -> Html {
    let Some(words) = bench.course.words(look.state.lang) else { return html! {} };
    let rows = bench.course.challenges().iter().zip(words.challenges).enumerate();
    html! {
        <div class="card panel-challenges">
            <h2>{ look.texts.challenges }</h2>
            if bench.course.challenges().iter().any(|one| one.kind == Kind::Break) {
                <p class="small muted">{ look.texts.challenge_rule }</p>
            }
            <ul class="challenges">
                { for rows.map(|(at, (challenge, said))| {
                    let done = look.state.is_done(&bench.course, at);
                    html! {
                        <li key={challenge.id} id={rhythm::proof_id(at)} tabindex="-1">
                            <p>
                                <span class={if done { "chip ok" } else { "chip" }}>
                                    { if done { look.texts.done } else { look.texts.open } }
                                </span>
                                { " " }{ rich::inlines(said.title) }
                            </p>
                            if !said.body.is_empty() {
                                <details><summary>{ look.texts.more }</summary>
                                    <div class="prose">{ rich::blocks(said.body) }</div></details>
                            }
                            if !done && given(bench, at) {
                                <p class="small given">{ look.texts.challenge_given }</p>
                            }
                            if !done && challenge.kind == Kind::Break {
                                <p class="phone-only go">
                                    { button(i18n::rhythm(look.state.lang).to_steps, Style::Plain, look.on(Action::Tab(Tab::State))) }
                                </p>
                            }
                            if challenge.kind.is_of_text() { { proof(look, bench, at) } }
                        </li>
                    }
                }) }
            </ul>
        </div>
    }
}

fn proof(look: Look<'_>, bench: &Bench, at: usize) -> Html {
    let texts = look.texts;
    let measures = bench.course.challenges()[at].kind == Kind::Meet;
    let meet = i18n::meet(look.state.lang);
    let prove = if measures { meet.measure } else { texts.prove };
    let running = if measures { meet.running } else { texts.proving };
    let grade = &bench.grades[at];
    // One button throughout, on which the focus stays.
    let (words, press) = match grade {
        Some(Grading::Running(..)) => (texts.cancel, Action::CancelStudy),
        Some(Grading::Done(grade)) if passes_all(grade) => {
            (i18n::rhythm(look.state.lang).again, Action::Prove(at))
        }
        _ => (prove, Action::Prove(at)),
    };
    let told = match grade {
        None | Some(Grading::Stopped) => html! {},
        Some(Grading::Running(case, of)) => html! { { running(*case + 1, *of) } },
        Some(Grading::Done(grade)) => html! {
            <div class="proof">
                { verdict(look, bench, at, grade) }
                { for answers::not_asked(bench, at, look.state.lang).map(|line| html! { <p class="small muted">{ line }</p> }) }
                <ul class="cases">
                    { for grade.cases.iter().enumerate().map(|(case, found)| row(look, bench, (at, case), found, &grade.cases)) }
                </ul>
            </div>
        },
    };
    html! {
        <div class="proof-go">
            { button(words, Style::Plain, look.on(press)) }
            { told }
        </div>
    }
}

fn verdict(look: Look<'_>, bench: &Bench, at: usize, grade: &Grade) -> Html {
    let texts = look.texts;
    let lang = look.state.lang;
    if let Some(refused) = &grade.refused {
        let why = match refused {
            Refused::Mistakes => texts.grade_mistakes.to_owned(),
            Refused::PromiseGone(condition) => (texts.grade_promise_gone)(condition),
            Refused::GoalGone(condition) => (i18n::meet(lang).gone)(condition),
            Refused::Parameter(said) => said.get(lang as usize).cloned().unwrap_or_default(),
        };
        return html! { <p class="verdict bad">{ rich::ticked(&why) }</p> };
    }
    let measures = bench.course.challenges()[at].kind == Kind::Meet;
    if passes_all(grade) {
        let line = if measures {
            meeting::line(bench, grade, lang)
        } else {
            answers::proved_line(bench, at, true, lang)
        };
        return html! { <p class="verdict ok">{ line }</p> };
    }
    let setting = |param: &str, value: &str| {
        labels::settings(bench, &[&(param.to_owned(), value.to_owned())], lang)
    };
    // What is the same in all cases is said once.
    let lack = grade.cases.iter().find_map(|case| case.lacks.as_ref());
    let why = match lack {
        Some(Lack::Is(param, value)) => (texts.lack_is)(&setting(param, value)),
        Some(Lack::IsNot(param, value)) => (texts.lack_is_not)(&setting(param, value)),
        Some(Lack::AtMost(word, most)) => (texts.lack_at_most)(word, *most),
        Some(Lack::Ends(name, value)) => (texts.lack_ends)(name, value),
        Some(Lack::Reaches(name, value)) => (texts.lack_reaches)(name, value),
        Some(Lack::Misses(_) | Lack::Undecided) if measures => meeting::line(bench, grade, lang),
        Some(Lack::Undecided) => texts.lack_undecided.to_owned(),
        Some(Lack::DoesNotRun) => texts.grade_mistakes.to_owned(),
        Some(Lack::Fails | Lack::Misses(_)) | None => answers::proved_line(bench, at, false, lang),
    };
    html! { <p class="verdict bad">{ rich::ticked(&why) }</p> }
}

fn row(
    look: Look<'_>,
    bench: &Bench,
    (at, number): (usize, usize),
    case: &Case,
    all: &[Case],
) -> Html {
    let texts = look.texts;
    let lang = look.state.lang;
    // A parameter with one value only is no difference between the cases.
    let differs = |setting: &&(String, String)| all.iter().any(|one| !one.varied.contains(setting));
    let named: Vec<_> = case.varied.iter().filter(|one| all.len() == 1 || differs(one)).collect();
    let named = labels::settings(bench, &named, lang);
    let counts = case.report.as_ref().map(|report| answers::case_line(report, lang));
    let counts = counts.into_iter().chain(meeting::case_lines(case, lang));
    // Where nothing breaks but something else is asked for, a cross would read as a failure.
    let lacks_else = case.lacks.is_some()
        && case.report.as_ref().is_some_and(|report| report.failing.number == "0")
        || case.lacks == Some(Lack::Undecided) && !case.runs.is_empty();
    let sign = match &case.lacks {
        None => "✓",
        Some(_) if lacks_else => "·",
        Some(_) => "✗",
    };
    let class = match sign {
        "✓" => "pass",
        "✗" => "fail",
        _ => "",
    };
    let failure = case.report.as_ref().and_then(shortest_failure).map(|_| texts.show_it);
    let missed = meeting::first_missed(case).map(|_| i18n::meet(lang).show_run);
    html! {
        <li {class}>
            <span class="case-sign" aria-hidden="true">{ sign }</span>
            <span>{ named }{ for counts.map(|line| html! { <span class="why">{ line }</span> }) }</span>
            if let Some(words) = failure.or(missed) {
                { button(words, Style::Bad, look.on(Action::ShowCase(at, number))) }
            }
        </li>
    }
}
