//! The text with folded blocks, to be read. Writing goes on in the whole text, at the line chosen
//! here.

use yew::prelude::*;

use super::{Look, piece};
use crate::{
    browser::keyboard,
    i18n,
    model::{
        Action, Bench,
        marks::Mark,
        writing::{WriteAction, hidden},
    },
};

pub(super) fn folded(
    look: Look<'_>,
    bench: &Bench,
    lines: &[Vec<Mark>],
    folds: &[(u32, u32)],
) -> Html {
    let words = i18n::writing(look.state.lang);
    let hidden = hidden(folds, &bench.writing.folded);
    let is_shown = |line: u32| !hidden.iter().any(|range| range.0 <= line && line <= range.1);
    let shown: Vec<u32> = (1..=lines.len() as u32).filter(|line| is_shown(*line)).collect();
    let at = bench.writing.reading_at;
    let at = shown.iter().copied().find(|line| *line >= at).or(shown.last().copied());
    let rows = shown.iter().map(|line| {
        let fold = folds.iter().find(|fold| fold.0 == *line);
        row(look, bench, lines, *line, fold, at == Some(*line))
    });
    html! {
        <div class="editor folded" role="tree" aria-label={words.folded_name}
            onkeydown={on_key(look, bench, shown.clone(), folds.to_vec(), at.unwrap_or(1))}>
            { for rows }
        </div>
    }
}

fn row(
    look: Look<'_>,
    bench: &Bench,
    lines: &[Vec<Mark>],
    line: u32,
    fold: Option<&(u32, u32)>,
    has_focus: bool,
) -> Html {
    let words = i18n::writing(look.state.lang);
    let is_folded = fold.is_some() && bench.writing.folded.contains(&line);
    let pieces = lines.get(line as usize - 1).map(Vec::as_slice).unwrap_or_default();
    let toggle = look.send.reform(move |event: MouseEvent| {
        event.stop_propagation();
        Action::Write(WriteAction::Fold(line))
    });
    let hides = fold.filter(|_| is_folded).map(|(first, last)| last - first);
    // What closes the block stays in sight.
    let last = fold.filter(|_| is_folded).and_then(|fold| lines.get(fold.1 as usize - 1));
    let end = last.map(|line| {
        let marks: Vec<&Mark> = line.iter().skip_while(|mark| mark.tag.is_none()).collect();
        let closes = marks.first().is_some_and(|mark| mark.text.starts_with(['}', ')', ']']));
        if closes { marks } else { Vec::new() }
    });
    let title = if is_folded { (words.unfold)(line) } else { (words.fold)(line) };
    html! {
        <div class="folded-row" role="treeitem" tabindex={if has_focus { "0" } else { "-1" }}
            id={has_focus.then_some("folded-line")} data-line={line.to_string()} aria-level="1"
            aria-selected={has_focus.to_string()}
            aria-expanded={fold.map(|_| (!is_folded).to_string())} title={words.write_here}
            onclick={look.on(Action::Write(WriteAction::WriteAt(line)))}>
            <span class="number" aria-hidden="true">{ line }</span>
            if fold.is_some() {
                <span class={classes!("fold", "can", is_folded.then_some("shut"))} aria-hidden="true" {title} onclick={toggle.clone()}>
                    <svg width="10" height="10" viewBox="0 0 10 10"><path d="M2 3.5 5 6.5 8 3.5"/></svg>
                </span>
            } else {
                <span class="fold" aria-hidden="true"></span>
            }
            <span class="words">
                { for pieces.iter().map(|mark| piece(mark, None)) }
                { for hides.map(|hides| html! {
                    <span class="chip more" onclick={toggle}>{ "⋯ " }{ (words.folded_lines)(hides) }</span>
                }) }
                { for end.iter().flat_map(|end| end.iter()).map(|mark| piece(mark, None)) }
            </span>
        </div>
    }
}

fn on_key(
    look: Look<'_>,
    bench: &Bench,
    shown: Vec<u32>,
    folds: Vec<(u32, u32)>,
    at: u32,
) -> Callback<KeyboardEvent> {
    let send = look.send.clone();
    let folded = bench.writing.folded.clone();
    Callback::from(move |event: KeyboardEvent| {
        let Some((press, _)) = keyboard::of_event(&event) else { return };
        if !press.is_plain() {
            return;
        }
        let index = shown.iter().position(|line| *line == at).unwrap_or_default();
        let to = |index: usize| shown.get(index.min(shown.len() - 1)).copied().unwrap_or(1);
        let can_fold = folds.iter().any(|fold| fold.0 == at);
        let action = match press.key.as_str() {
            "ArrowDown" => WriteAction::ReadAt(to(index + 1)),
            "ArrowUp" => WriteAction::ReadAt(to(index.saturating_sub(1))),
            "Home" => WriteAction::ReadAt(to(0)),
            "End" => WriteAction::ReadAt(to(shown.len())),
            "ArrowRight" if folded.contains(&at) => WriteAction::Fold(at),
            "ArrowLeft" if can_fold && !folded.contains(&at) => WriteAction::Fold(at),
            // Out of a block to its first line.
            "ArrowLeft" => {
                let around = folds.iter().filter(|fold| fold.0 < at && at <= fold.1);
                match around.max_by_key(|fold| fold.0) {
                    Some(fold) => WriteAction::ReadAt(fold.0),
                    None => WriteAction::ReadAt(at),
                }
            }
            "Enter" | " " => WriteAction::WriteAt(at),
            "Escape" => WriteAction::UnfoldAll,
            _ => return,
        };
        event.prevent_default();
        send.emit(Action::Write(action));
    })
}
