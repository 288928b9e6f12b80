//! What floats over the text: suggestions, and what a word means.

use yew::prelude::*;

use super::super::{Look, rich};
use crate::{
    i18n,
    model::{
        Action, Bench, assist,
        writing::{self, WriteAction},
    },
};

/// The id of a suggestion.
pub(super) fn option_id(at: usize) -> &'static str {
    writing::OPTION_IDS[at.min(writing::OPTION_IDS.len() - 1)]
}

/// What may stand at the caret.
pub(super) fn list(look: Look<'_>, bench: &Bench) -> Html {
    let Some(list) = &bench.writing.list else { return html! {} };
    let texts = i18n::writing(look.state.lang);
    let language = assist::language(look.state.lang);
    let rows = list.items.iter().enumerate().map(|(at, item)| {
        let chosen = list.chosen == Some(at);
        // Down already takes the focus from the text; a click then comes too late.
        let onpointerdown = Callback::from(|event: PointerEvent| event.prevent_default());
        let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
        let onclick = look.on(Action::Write(WriteAction::Accept(at)));
        html! {
            <li role="option" id={option_id(at)} aria-selected={chosen.to_string()}
                class={classes!("suggestion", chosen.then_some("on"))} {onpointerdown} {onmousedown} {onclick}>
                <span class="word mono">{ &item.word }</span>
                <span class="form mono">{ &item.form }</span>
                <span class="says">{ rich::ticked(&item.says[language]) }</span>
            </li>
        }
    });
    html! {
        <div class="floating list" id="editor-list">
            <ul role="listbox" id="editor-options" aria-label={texts.list_name}>{ for rows }</ul>
            <p class="list-keys" aria-hidden="true">{ texts.list_keys }</p>
        </div>
    }
}

/// What stands here, and what is wrong with it.
pub(super) fn hint(look: Look<'_>, bench: &Bench) -> Html {
    let Some(hint) = bench.writing.hint.as_ref().filter(|_| bench.writing.list.is_none()) else {
        return html! {};
    };
    let language = assist::language(look.state.lang);
    let problems = hint.problems.iter().filter_map(|index| bench.problems.get(*index));
    let problems = problems.filter_map(|problem| problem.said.get(language)).map(|(said, help)| {
        html! {
            <div class="hint-problem">
                <p>{ rich::ticked(said) }</p>
                { for help.iter().map(|help| html! { <p class="help">{ rich::ticked(help) }</p> }) }
            </div>
        }
    });
    html! {
        <div class="floating hint" id="editor-hint" role="tooltip">
            { for problems }
            { for hint.word.iter().map(|word| html! {
                <>
                    <p class="form mono">{ &word.form }</p>
                    <p class="says">{ rich::ticked(&word.says[language]) }</p>
                </>
            }) }
        </div>
    }
}
