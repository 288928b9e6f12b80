//! Goals, with what was measured of them.

use sim_core::measure::{GoalState, GoalView};
use yew::prelude::*;

use super::Look;
use crate::{i18n, model::Bench};

/// A row a goal; nothing until it is measured.
pub(crate) fn rows(look: Look<'_>, bench: &Bench) -> Html {
    let Some(measured) = &bench.charts.measured else { return html! {} };
    html! { <>{ for measured.view.goals.iter().map(|goal| row(look, bench, goal)) }</> }
}

fn row(look: Look<'_>, bench: &Bench, goal: &GoalView) -> Html {
    let lang = look.state.lang;
    let class = match goal.state {
        GoalState::Held => "chip ok",
        GoalState::Missed => "chip bad",
        GoalState::Undecided => "chip",
    };
    let words = bench.course.words(lang);
    let why = goal.why.as_ref().map(|why| {
        words.and_then(|words| words.goal(why)).map_or_else(|| why.clone(), str::to_owned)
    });
    let values = i18n::goal_values(goal, lang);
    html! {
        <li class="goal">
            <span {class}>{ i18n::goal_state(goal.state, lang) }</span>
            <span><span class="kw">{ "goal" }</span>{ " " }<code>{ &goal.words }</code>
                { for why.map(|why| html! { <span class="why">{ why }</span> }) }
                { for goal.now.as_ref().map(|now| html! { <span class="why now">{ now }</span> }) }
                if !values.is_empty() { <span class="why now">{ values }</span> }
            </span>
        </li>
    }
}
