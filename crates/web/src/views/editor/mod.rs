//! The text, to be changed: a plain text area over the same text in colours, and what lies around
//! and over it.
//!
//! The text area always holds the whole text. Everything else only shows: what it hides or lays
//! over is drawn beside it, so nothing here can lose a letter.

mod folded;
mod gutter;
mod help;
mod keys;
mod over;
mod problems;
mod tools;

use yew::prelude::*;

use super::{Look, lanes::tag_class};
use crate::{
    browser::{input, text_area},
    draw::near::{Part, parts},
    model::{
        Action, Bench, assist,
        marks::{self, Mark},
        typing,
        writing::{WriteAction, line_at},
    },
    protocol::Problem,
};

pub(super) fn editor(look: Look<'_>, bench: &Bench) -> Html {
    let texts = look.texts;
    let writing = &bench.writing;
    let folds = assist::folds(&bench.text);
    let place = anchor(bench);
    let at = place.map(|place| line_at(&bench.text, place));
    let marked = Marked { place, line: at, pair: pair(bench) };
    let lines = lines(bench, marked);
    let here = line_at(&bench.text, writing.select.0);
    let list = writing.list.as_ref();
    let problems = shown_problems(bench);
    let always: Vec<u32> = at.into_iter().chain([here]).collect();
    let parts = parts(lines.len() as u32, writing.sight, &always);
    let area = html! {
        <textarea id="editor-text" value={bench.text.clone()} spellcheck="false" autocomplete="off"
            autocapitalize="off" autocorrect="off" wrap="off" aria-label={texts.editor_name}
            aria-invalid={(!problems.is_empty()).to_string()} aria-describedby="problems"
            // A text of many lines has no other role (ARIA in HTML); its list is told by what it controls.
            aria-autocomplete="list" aria-controls={list.map(|_| "editor-options")}
            aria-haspopup={list.map(|_| "listbox")}
            aria-activedescendant={list.and_then(|list| list.chosen).map(over::option_id)}
            onkeydown={keys::on_key(look, bench)} oninput={on_input(look, list.is_some())}/>
    };
    let reading = writing.reading.then_some("reading");
    html! {
        <div class="card panel-editor panel-code" key={bench.opened}>
            { tools::tools(look, bench, &folds) }
            if writing.reading { { folded::folded(look, bench, &lines, &folds) } }
            <div id="editor-scroll" class={classes!("editor", reading)} inert={writing.reading}>
                { gutter::gutter(look, problems, &folds, &parts, here) }
                <div class="editor-stack">
                    <pre id="editor-layer" aria-hidden="true">
                        { for parts.iter().map(|part| match *part {
                            Part::Near(number) => layer_line(&lines[number as usize - 1], number, here, marked),
                            Part::Far(first, last) => html! { <div>{ far(&lines[first as usize - 1..last as usize]) }</div> },
                        }) }
                    </pre>
                    { area }
                </div>
            </div>
            { over::list(look, bench) }
            { over::hint(look, bench) }
            { help::help(look, bench) }
            <div id="problems" class="problems">{ problems::list(look, bench) }</div>
        </div>
    }
}

/// Problems, unless they were found in an older text and would point at the wrong words.
fn shown_problems(bench: &Bench) -> &[Problem] {
    if bench.unchecked { &[] } else { &bench.problems }
}

/// What is shown at single places; found once for all lines.
#[derive(Clone, Copy)]
struct Marked {
    /// Where what floats has its place.
    place: Option<usize>,
    /// The line of that.
    line: Option<u32>,
    /// The brackets to be marked.
    pair: Option<(usize, Option<usize>)>,
}

/// The lines in pieces, cut where brackets and floating things have their places.
fn lines(bench: &Bench, marked: Marked) -> Vec<Vec<Mark>> {
    let mut cuts: Vec<usize> = marked.place.into_iter().collect();
    if let Some((one, other)) = marked.pair {
        cuts.extend([one, one + 1]);
        cuts.extend(other.iter().flat_map(|at| [*at, at + 1]));
    }
    marks::lines_cut(&bench.text, shown_problems(bench), &cuts)
}

/// The brackets to be marked.
fn pair(bench: &Bench) -> Option<(usize, Option<usize>)> {
    let (start, end) = bench.writing.select;
    (start == end).then(|| typing::pair_beside(&bench.text, start)).flatten()
}

/// Where what floats has its place.
fn anchor(bench: &Bench) -> Option<usize> {
    let writing = &bench.writing;
    let list = writing.list.as_ref().and_then(|list| list.items.first());
    let list = list.map(|item| item.replaces.start);
    let hint = writing.hint.as_ref();
    let hint = hint.map(|hint| hint.word.as_ref().map_or(hint.at, |word| word.span.start));
    list.or(hint).map(|at| bench.text.floor_char_boundary(at as usize))
}

fn layer_line(line: &[Mark], number: u32, here: u32, marked: Marked) -> Html {
    let place = marked.place;
    let is_here = number == here;
    let anchor = html! { <span id="editor-anchor"></span> };
    let mut is_placed = marked.line != Some(number);
    let mut pieces = Vec::new();
    for mark in line {
        let at = mark.at as usize;
        if !is_placed && place.is_some_and(|place| place <= at) {
            pieces.push(anchor.clone());
            is_placed = true;
        }
        pieces.push(piece(mark, marked.pair));
    }
    if !is_placed {
        pieces.push(anchor);
    }
    let id = is_here.then_some("editor-line");
    html! { <div class={classes!("ln", is_here.then_some("here"))} {id}>{ for pieces }</div> }
}

/// Lines as plain letters, which stand where they would stand in colours.
fn far(lines: &[Vec<Mark>]) -> String {
    let mut far = String::new();
    for line in lines {
        far.extend(line.iter().map(|mark| mark.text.as_str()));
        // The end of the last one too: a browser leaves out an end behind which nothing stands.
        far.push('\n');
    }
    far
}

fn piece(mark: &Mark, pair: Option<(usize, Option<usize>)>) -> Html {
    let at = mark.at as usize;
    let bracket = pair.and_then(|(one, other)| {
        let class = if other.is_some() { "bracket" } else { "bracket alone" };
        (one == at || other == Some(at)).then_some(class)
    });
    let wrong = mark.wrong.then_some("wrong");
    let data = mark.tag.map(|_| mark.at.to_string());
    html! {
        <span class={classes!(tag_class(mark.tag), wrong, bracket)} data-at={data}>{ &mark.text }</span>
    }
}

fn on_input(look: Look<'_>, is_open: bool) -> Callback<InputEvent> {
    let send = look.send.clone();
    Callback::from(move |event: InputEvent| {
        send.emit(Action::Text(input::value(&event)));
        if let Some((_, start, end)) = text_area::field(&event) {
            let typed = text_area::is_typed(&event) || (is_open && text_area::is_deleted(&event));
            send.emit(Action::Write(WriteAction::Caret(start, end, typed)));
        }
    })
}
