//! Numbers of lines, marks of mistakes, and what folds. For the pointer; by keyboard the same is
//! done with keys, so none of it takes a stop of Tab.

use yew::prelude::*;

use super::Look;
use crate::{
    draw::near::Part,
    i18n,
    model::{Action, writing::WriteAction},
    protocol::Problem,
};

pub(super) fn gutter(
    look: Look<'_>,
    problems: &[Problem],
    folds: &[(u32, u32)],
    parts: &[Part],
    here: u32,
) -> Html {
    let rows = parts.iter().map(|part| {
        let number = match *part {
            Part::Near(number) => number,
            Part::Far(first, last) => {
                let numbers: String = (first..=last).map(|number| format!("{number}\n")).collect();
                return html! { <span class="num-far">{ numbers }</span> };
            }
        };
        let wrong = problems.iter().any(|problem| problem.line == number);
        let folds = folds.iter().any(|fold| fold.0 == number);
        let class =
            classes!("num-row", wrong.then_some("wrong"), (number == here).then_some("here"));
        html! {
            <span {class}>
                <span class="sign">{ if wrong { "●" } else { "" } }</span>
                <span class="number">{ number }</span>
                if folds { { fold_button(look, number) } } else { <span class="fold"></span> }
            </span>
        }
    });
    html! { <div class="editor-numbers" aria-hidden="true">{ for rows }</div> }
}

fn fold_button(look: Look<'_>, line: u32) -> Html {
    let title = (i18n::writing(look.state.lang).fold)(line);
    // Not a button: inside a part that screen readers skip nothing may take the focus.
    html! {
        <span class="fold can" {title} data-fold={line.to_string()}
            onclick={look.on(Action::Write(WriteAction::Fold(line)))}>
            <svg width="10" height="10" viewBox="0 0 10 10"><path d="M2 3.5 5 6.5 8 3.5"/></svg>
        </span>
    }
}
