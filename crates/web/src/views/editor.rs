//! The text, to be changed: colours behind a plain text area, mistakes in place and in a list.

use sim_core::say::Lang;
use yew::prelude::*;

use super::{Look, lanes::tag_class, rich};
use crate::{
    browser::input,
    components::{Look as Style, button},
    model::{Action, Bench, marks, state::Draft},
};

pub(super) fn editor(look: Look<'_>, bench: &Bench) -> Html {
    let texts = look.texts;
    // Places found in an older text would point at the wrong words.
    let problems: &[_] = if bench.unchecked { &[] } else { &bench.problems };
    let lines = marks::lines(&bench.text, problems);
    let numbers = (1..=lines.len() as u32).map(|number| {
        let wrong = problems.iter().any(|problem| problem.line == number);
        html! { <span class={wrong.then_some("wrong")}>{ number }{ if wrong { " ●" } else { "" } }</span> }
    });
    let coloured = lines.into_iter().map(|line| {
        let pieces = line.into_iter().map(|mark| {
            let wrong = mark.wrong.then_some("wrong");
            html! { <span class={classes!(tag_class(mark.tag), wrong)}>{ mark.text }</span> }
        });
        html! { <>{ for pieces }{ "\n" }</> }
    });
    let draft = match bench.draft {
        Draft::None => "",
        Draft::Pending => texts.draft_pending,
        Draft::Saved => texts.draft_saved,
        Draft::Refused => texts.draft_refused,
    };
    let reset = bench.course.lesson.map_or(texts.reset_own, |_| texts.reset);
    html! {
        <div class="card panel-editor panel-code">
            <div class="card-head">
                <h2>{ texts.editor }</h2>
                <span class="small muted draft-state" role="status">{ draft }</span>
                if bench.is_edited() { { button(reset, Style::Ghost, look.on(Action::ResetText)) } }
            </div>
            <div class="editor">
                <div class="editor-numbers" aria-hidden="true">{ for numbers }</div>
                <div class="editor-stack">
                    <pre aria-hidden="true">{ for coloured }</pre>
                    <textarea id="editor-text" value={bench.text.clone()} spellcheck="false" autocomplete="off"
                        autocapitalize="off" wrap="off" aria-label={texts.editor_name}
                        aria-invalid={(!problems.is_empty()).to_string()} aria-describedby="problems"
                        oninput={look.send.reform(|event: InputEvent| Action::Text(input::value(&event)))}/>
                </div>
            </div>
            <div id="problems" class="problems" role="status">{ list(look, bench) }</div>
        </div>
    }
}

fn list(look: Look<'_>, bench: &Bench) -> Html {
    let texts = look.texts;
    if bench.unchecked {
        return html! { <p class="small muted">{ texts.checking }</p> };
    }
    if bench.problems.is_empty() {
        return html! { <p class="small fine">{ texts.no_problems }</p> };
    }
    let at = Lang::ALL.iter().position(|lang| *lang == look.state.lang).unwrap_or_default();
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
