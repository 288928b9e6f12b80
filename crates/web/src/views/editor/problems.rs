//! What is wrong with the text, in a list that leads to the places.

use yew::prelude::*;

use super::super::{Look, rich};
use crate::model::{Action, Bench, assist};

pub(super) fn list(look: Look<'_>, bench: &Bench) -> Html {
    let texts = look.texts;
    if bench.unchecked {
        return html! { <p class="small muted">{ texts.checking }</p> };
    }
    if bench.problems.is_empty() {
        return html! { <p class="small fine">{ texts.no_problems }</p> };
    }
    let at = assist::language(look.state.lang);
    let rows = bench.problems.iter().map(|problem| {
        let (message, help) = problem.said.get(at).cloned().unwrap_or_default();
        html! {
            <li>
                <button type="button" class="problem" onclick={look.on(Action::GoTo(problem.start, problem.end))}>
                    <span class="mono place">{ (texts.place)(problem.line, problem.column) }</span>
                    <span>{ rich::ticked(&message) }
                        { for help.map(|help| html! { <span class="help">{ rich::ticked(&help) }</span> }) }
                    </span>
                    <span class="mono code-name">{ &problem.code }</span>
                </button>
            </li>
        }
    });
    html! { <ul>{ for rows }</ul> }
}
