//! Goals, with what was measured of them.

use sim_core::measure::{GoalState, GoalView};
use yew::prelude::*;

use super::Look;
use crate::{i18n, model::Bench};

/// A row a goal; nothing until it is measured.
pub(crate) fn rows(look: Look<'_>, bench: &Bench) -> Html {
    let Some(measured) = &bench.charts.measured else { return html! {} };
    // Before the first step every number is nothing, and nothing meets or misses a goal. Nor does a
    // run that has ended by what was measured on the way.
    let over = bench.frame.as_ref().filter(|frame| frame.ending.is_some());
    let begun = measured.view.step > 0 && over.is_none_or(|frame| measured.reaches(frame.position));
    html! { <>{ for measured.view.goals.iter().map(|goal| row(look, bench, goal, begun)) }</> }
}

/// How many goals a run that has come to its end misses.
pub(crate) fn missed(bench: &Bench) -> usize {
    let measured = bench.charts.measured.as_ref().filter(|measured| measured.view.complete);
    let goals = measured.map_or(&[][..], |measured| &measured.view.goals);
    goals.iter().filter(|goal| goal.state == GoalState::Missed).count()
}

fn row(look: Look<'_>, bench: &Bench, goal: &GoalView, begun: bool) -> Html {
    let lang = look.state.lang;
    let state = if begun { goal.state } else { GoalState::Undecided };
    let class = match state {
        GoalState::Held => "chip ok",
        GoalState::Missed => "chip bad",
        GoalState::Undecided => "chip",
    };
    let words = bench.course.words(lang);
    let why = goal.why.as_ref().map(|why| {
        words.and_then(|words| words.goal(why)).map_or_else(|| why.clone(), str::to_owned)
    });
    let values = if begun { i18n::goal_values(goal, lang) } else { String::new() };
    html! {
        <li class="goal">
            <span {class}>{ i18n::goal_state(state, lang) }</span>
            <span><span class="kw">{ "goal" }</span>{ " " }<code>{ &goal.words }</code>
                { for why.map(|why| html! { <span class="why">{ why }</span> }) }
                { for goal.now.as_ref().map(|now| html! { <span class="why now">{ now }</span> }) }
                if !values.is_empty() { <span class="why now">{ values }</span> }
            </span>
        </li>
    }
}
