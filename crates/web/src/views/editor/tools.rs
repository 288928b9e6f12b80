//! The head of the editor: what the text is called, where it is kept, and what can be done to it.

use yew::prelude::*;

use super::super::Look;
use crate::{
    components::{Look as Style, button},
    i18n,
    model::{
        Action, Bench, shelf::ShelfAction, state::Draft, update::bench_title, writing::WriteAction,
    },
};

pub(super) fn tools(look: Look<'_>, bench: &Bench, folds: &[(u32, u32)]) -> Html {
    let (texts, words) = (look.texts, i18n::writing(look.state.lang));
    let draft = match bench.draft {
        Draft::None if bench.place.is_some() => words.saved,
        Draft::None => "",
        Draft::Pending => texts.draft_pending,
        Draft::Saved => texts.draft_saved,
        Draft::Refused => texts.draft_refused,
    };
    let shelf = |action| look.on::<MouseEvent>(Action::Shelf(action));
    let write = |action| look.on::<MouseEvent>(Action::Write(action));
    let reset = bench.course.lesson.map_or(texts.reset_own, |_| texts.reset);
    let is_lesson = bench.course.lesson.is_some();
    let title =
        if is_lesson { texts.editor.to_owned() } else { bench_title(bench, look.state.lang) };
    let reading = bench.writing.reading;
    let folding = match (reading, bench.writing.folded.is_empty()) {
        (true, _) => (words.all_unfolded, WriteAction::UnfoldAll),
        (false, false) => (words.read_folded, WriteAction::Read),
        (false, true) => (words.fold_all, WriteAction::FoldAll),
    };
    html! {
        <div class="card-head editor-head">
            <h2 class={classes!((!is_lesson).then_some("own-name"))}>{ title }</h2>
            <span class="small muted draft-state">{ draft }</span>
            <div class="editor-tools" role="group" aria-label={words.tools}>
                if is_lesson {
                    { tool(words.save_copy, words.save_help, shelf(ShelfAction::Save)) }
                } else {
                    { tool(words.save, words.save_help, shelf(ShelfAction::Save)) }
                    if bench.place.is_some() {
                        { button(words.save_as, Style::Ghost, shelf(ShelfAction::SaveAs)) }
                    }
                }
                { tool(words.download, words.download_help, shelf(ShelfAction::Download)) }
                if !reading { { tool(words.format, words.format_help, write(WriteAction::Format)) } }
                if !folds.is_empty() { { button(folding.0, Style::Ghost, write(folding.1)) } }
                if bench.is_edited() { { button(reset, Style::Ghost, look.on(Action::ResetText)) } }
                <button type="button" class="btn ghost" aria-label={words.editor_keys} title={words.editor_keys}
                    aria-expanded={bench.writing.helping.to_string()} onclick={write(WriteAction::Help)}>{ "⌨" }</button>
            </div>
        </div>
    }
}

fn tool(words: &'static str, title: &'static str, press: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="btn ghost" {title} onclick={press}>{ words }</button> }
}
