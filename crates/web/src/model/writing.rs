//! The editor besides its text: the caret, what is suggested, what is explained, what is folded.

use std::{collections::BTreeSet, rc::Rc};

use sim_core::base::order::set;

use super::{
    Bench, Command, State,
    assist::{self, Hover, Suggestion},
    marks::byte_of,
    state::Notice,
    typing::{Edit, Field},
};
use crate::{draw::near::Sight, i18n};

/// What suggestions are called in the page; there are never more.
pub const OPTION_IDS: [&str; 30] = [
    "suggestion-0",
    "suggestion-1",
    "suggestion-2",
    "suggestion-3",
    "suggestion-4",
    "suggestion-5",
    "suggestion-6",
    "suggestion-7",
    "suggestion-8",
    "suggestion-9",
    "suggestion-10",
    "suggestion-11",
    "suggestion-12",
    "suggestion-13",
    "suggestion-14",
    "suggestion-15",
    "suggestion-16",
    "suggestion-17",
    "suggestion-18",
    "suggestion-19",
    "suggestion-20",
    "suggestion-21",
    "suggestion-22",
    "suggestion-23",
    "suggestion-24",
    "suggestion-25",
    "suggestion-26",
    "suggestion-27",
    "suggestion-28",
    "suggestion-29",
];
/// Letters of a word before something is suggested without being asked.
const LETTERS: usize = 2;

/// The editor besides its text.
#[derive(Clone, Debug, Default)]
pub struct Writing {
    /// The selection, in bytes.
    pub select: (usize, usize),
    /// What is suggested at the caret.
    pub list: Option<List>,
    /// What is explained.
    pub hint: Option<Hint>,
    /// First lines of folded blocks.
    pub folded: BTreeSet<u32>,
    /// The folded text is shown, to be read; otherwise the whole text, to be written.
    pub reading: bool,
    /// The line with the focus of the folded text.
    pub reading_at: u32,
    /// The next Tab leaves the text instead of indenting.
    pub leaving: bool,
    /// The keys of the editor are shown.
    pub helping: bool,
    /// What is seen of the text, once it has been scrolled.
    pub sight: Option<Sight>,
}

/// What is suggested.
#[derive(Clone, Debug)]
pub struct List {
    /// What can be put in.
    pub items: Rc<Vec<Suggestion>>,
    /// The one that Enter puts in.
    pub chosen: Option<usize>,
    /// It was asked for, and so stays while nothing is typed yet.
    pub asked: bool,
}

/// What is explained: a word, what is wrong there, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Where, in bytes.
    pub at: u32,
    /// What the word means.
    pub word: Option<Hover>,
    /// The places of what is wrong there among the problems.
    pub problems: Vec<usize>,
    /// It was asked for at the caret, and goes when the caret does.
    pub by_key: bool,
}

/// Something in the editor besides its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteAction {
    /// A key changes the text in our way.
    Type(Edit),
    /// The selection, in the browser's units, and whether something was just typed.
    Caret(u32, u32, bool),
    /// Suggest something at the caret.
    Suggest,
    /// The next or the last but one of the list.
    Choose(i32),
    /// Put in the one with this number.
    Accept(usize),
    /// Enter: put in the chosen one, or else change the text so.
    Enter(Edit),
    /// Tab: put in the chosen one or the first, or else change the text so.
    Tab(Edit),
    /// Close what lies over the text.
    Close,
    /// The next Tab leaves the text.
    Leave,
    /// Explain what stands here, or nothing.
    Hint(Option<u32>),
    /// Explain what stands at the caret.
    HintHere,
    /// Fold or unfold the block that begins in this line.
    Fold(u32),
    /// Fold the innermost block around the caret.
    FoldHere,
    /// Fold all.
    FoldAll,
    /// Unfold all.
    UnfoldAll,
    /// Show the folded text again.
    Read,
    /// Move in the folded text to this line.
    ReadAt(u32),
    /// Write in this line of the folded text.
    WriteAt(u32),
    /// Put the text in order.
    Format,
    /// Show or hide the keys.
    Help,
    /// The text has been scrolled.
    Sight(Sight),
}

pub(super) fn act(state: &mut State, action: WriteAction) -> Vec<Command> {
    let at = assist::language(state.lang);
    let texts = i18n::writing(state.lang);
    let Some(bench) = &mut state.bench else { return Vec::new() };
    match action {
        WriteAction::Type(edit) => vec![Command::Edit(edit)],
        WriteAction::Leave => {
            bench.writing.leaving = true;
            Vec::new()
        }
        WriteAction::Caret(start, end, typed) => {
            let select = [start, end].map(|place| byte_of(&bench.text, place));
            let moved = bench.writing.select != (select[0], select[1]);
            bench.writing.select = (select[0], select[1]);
            if typed || moved {
                bench.writing.hint = None;
                bench.writing.leaving = false;
            }
            let asked = bench.writing.list.as_ref().is_some_and(|list| list.asked);
            if typed || (moved && bench.writing.list.is_some()) {
                let before = bench.writing.list.as_ref().map(|list| list.items.len());
                bench.writing.list = if typed { suggested(bench, asked) } else { None };
                let now = bench.writing.list.as_ref().map(|list| list.items.len());
                if let Some(number) = now.filter(|_| now != before) {
                    state.spoken = (texts.suggested)(number);
                }
            }
            Vec::new()
        }
        WriteAction::Suggest => {
            bench.writing.hint = None;
            bench.writing.list = suggested(bench, true);
            let number = bench.writing.list.as_ref().map_or(0, |list| list.items.len());
            state.spoken = (texts.suggested)(number);
            vec![Command::Reveal("editor-line")]
        }
        WriteAction::Choose(by) => {
            if let Some(list) = &mut bench.writing.list {
                let number = list.items.len() as i32;
                let now = list.chosen.map_or(if by > 0 { -1 } else { number }, |at| at as i32);
                list.chosen = Some((now + by).rem_euclid(number) as usize);
            }
            let chosen = bench.writing.list.as_ref().and_then(|list| list.chosen);
            let id = chosen.and_then(|chosen| OPTION_IDS.get(chosen));
            id.map(|id| Command::Reveal(id)).into_iter().collect()
        }
        WriteAction::Accept(which) => accept(bench, which),
        // Whether there is a list is asked now: the page may show one that has just gone.
        WriteAction::Enter(edit) => {
            let chosen = bench.writing.list.as_ref().and_then(|list| list.chosen);
            chosen.map_or_else(|| vec![Command::Edit(edit)], |which| accept(bench, which))
        }
        WriteAction::Tab(edit) => {
            let chosen = bench.writing.list.as_ref().map(|list| list.chosen.unwrap_or_default());
            chosen.map_or_else(|| vec![Command::Edit(edit)], |which| accept(bench, which))
        }
        WriteAction::Close => {
            bench.writing.list = None;
            bench.writing.hint = None;
            bench.writing.helping = false;
            Vec::new()
        }
        WriteAction::Hint(place) => {
            if bench.writing.list.is_none() {
                bench.writing.hint = place.and_then(|at| hint(bench, at, false));
            }
            Vec::new()
        }
        WriteAction::HintHere => {
            bench.writing.list = None;
            let here = bench.writing.select.0 as u32;
            bench.writing.hint = hint(bench, here, true);
            state.spoken = match &bench.writing.hint {
                Some(hint) => spoken(bench, hint, at),
                None => texts.no_hint.to_owned(),
            };
            Vec::new()
        }
        WriteAction::Fold(line) => {
            let writing = &mut bench.writing;
            if !writing.folded.remove(&line) {
                writing.folded.insert(line);
            }
            writing.reading = !writing.folded.is_empty();
            writing.reading_at = line;
            turned(bench)
        }
        WriteAction::FoldHere => {
            let line = line_at(&bench.text, bench.writing.select.0);
            let around = |fold: &&(u32, u32)| fold.0 <= line && line <= fold.1;
            let folds = assist::folds(&bench.text);
            let inner = folds.iter().filter(around).max_by_key(|fold| fold.0);
            let Some((first, _)) = inner else { return Vec::new() };
            bench.writing.folded.insert(*first);
            bench.writing.reading = true;
            bench.writing.reading_at = *first;
            turned(bench)
        }
        WriteAction::FoldAll => {
            let folds = assist::folds(&bench.text);
            let here = line_at(&bench.text, bench.writing.select.0);
            bench.writing.folded = set(folds.iter().map(|fold| fold.0));
            bench.writing.reading = !bench.writing.folded.is_empty();
            bench.writing.reading_at = shown_line(&folds, &bench.writing.folded, here);
            turned(bench)
        }
        WriteAction::UnfoldAll => {
            bench.writing.folded.clear();
            bench.writing.reading = false;
            turned(bench)
        }
        WriteAction::Read => {
            bench.writing.reading = !bench.writing.folded.is_empty();
            turned(bench)
        }
        WriteAction::ReadAt(line) => {
            bench.writing.reading_at = line;
            vec![Command::Focus("folded-line")]
        }
        WriteAction::WriteAt(line) => {
            bench.writing.reading = false;
            let start = line_range(&bench.text, line).1;
            bench.writing.select = (start, start);
            let at = super::marks::utf16(&bench.text, start as u32);
            vec![Command::SelectText(at, at), Command::Reveal("editor-line")]
        }
        WriteAction::Format => format(state),
        WriteAction::Sight(sight) => {
            bench.writing.sight = Some(sight);
            Vec::new()
        }
        WriteAction::Help => {
            bench.writing.helping = !bench.writing.helping;
            vec![Command::Focus(if bench.writing.helping { "editor-help" } else { "editor-text" })]
        }
    }
}

/// The place with the focus follows from the text to the folded text and back.
fn turned(bench: &mut Bench) -> Vec<Command> {
    bench.writing.list = None;
    bench.writing.hint = None;
    if bench.writing.reading {
        let folds = assist::folds(&bench.text);
        let at = bench.writing.reading_at.max(1);
        bench.writing.reading_at = shown_line(&folds, &bench.writing.folded, at);
        vec![Command::Focus("folded-line")]
    } else {
        vec![Command::Focus("editor-text"), Command::Reveal("editor-line")]
    }
}

fn format(state: &mut State) -> Vec<Command> {
    let texts = i18n::writing(state.lang);
    let Some(bench) = &mut state.bench else { return Vec::new() };
    bench.writing.list = None;
    match assist::format(&bench.text) {
        Ok(text) => {
            state.spoken = texts.formatted.to_owned();
            if text == bench.text {
                return Vec::new();
            }
            let (start, end) = bench.writing.select;
            vec![Command::Edit(Field::new(bench.text.clone(), start, end).rewritten(&text))]
        }
        Err(_) => {
            state.notice = Some(Notice::NotFormatted);
            Vec::new()
        }
    }
}

/// What to suggest at the caret.
fn suggested(bench: &Bench, asked: bool) -> Option<List> {
    let (start, end) = bench.writing.select;
    if start != end || bench.writing.reading {
        return None;
    }
    let before = bench.text.get(..start)?;
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    let word = before.rsplit(|c: char| !is_letter(c)).next().unwrap_or_default();
    let begins_well = word.starts_with(|c: char| !c.is_ascii_digit());
    if !asked && (word.chars().count() < LETTERS || !begins_well) {
        return None;
    }
    let mut items = assist::complete(&bench.text, start as u32);
    items.truncate(OPTION_IDS.len());
    // What is already written out needs no suggestion.
    let is_whole = items.iter().any(|item| item.word == word);
    if items.is_empty() || (!asked && is_whole && items.len() == 1 && items[0].insert == word) {
        return None;
    }
    let chosen = (asked || !is_whole).then_some(0);
    Some(List { items: Rc::new(items), chosen, asked })
}

/// Puts one of the list in.
fn accept(bench: &mut Bench, which: usize) -> Vec<Command> {
    let Some(list) = bench.writing.list.take() else { return Vec::new() };
    let Some(chosen) = list.items.get(which) else { return Vec::new() };
    vec![Command::Edit(put_in(&bench.text, chosen))]
}

/// Puts a suggestion in; `$0` is where the caret goes.
fn put_in(text: &str, chosen: &Suggestion) -> Edit {
    let (start, end) = (chosen.replaces.start as usize, chosen.replaces.end as usize);
    let (start, end) = (text.floor_char_boundary(start), text.floor_char_boundary(end));
    let line = text[..start].rfind('\n').map_or(0, |found| found + 1);
    let blank = text[line..].len() - text[line..].trim_start_matches([' ', '\t']).len();
    let indent = &text[line..line + blank.min(start - line)];
    let insert = chosen.insert.replace('\n', &format!("\n{indent}"));
    let caret = insert.find("$0").unwrap_or(insert.len());
    let insert = insert.replacen("$0", "", 1);
    Edit { start, end, insert, select: (start + caret, start + caret) }
}

fn hint(bench: &Bench, at: u32, by_key: bool) -> Option<Hint> {
    let word = assist::hover(&bench.text, at);
    let here = |start: u32, end: u32| start <= at && at < end.max(start + 1);
    let problems: Vec<usize> = if bench.unchecked {
        Vec::new()
    } else {
        let all = bench.problems.iter().enumerate();
        all.filter(|(_, p)| here(p.start, p.end)).map(|(index, _)| index).collect()
    };
    let is_any = word.is_some() || !problems.is_empty();
    is_any.then_some(Hint { at, word, problems, by_key })
}

fn spoken(bench: &Bench, hint: &Hint, at: usize) -> String {
    let problems = hint.problems.iter().filter_map(|index| bench.problems.get(*index));
    let problems = problems
        .filter_map(|problem| problem.said.get(at))
        .map(|(said, help)| format!("{said} {}", help.as_deref().unwrap_or_default()));
    let word = hint.word.iter().map(|word| format!("{}: {}", word.form, word.says[at]));
    problems.chain(word).collect::<Vec<_>>().join(" ").replace('`', "")
}

/// The number of the line with this place, from 1.
#[must_use]
pub fn line_at(text: &str, at: usize) -> u32 {
    let at = text.floor_char_boundary(at);
    text[..at].matches('\n').count() as u32 + 1
}

/// Where a line starts, where its first letter is, and where it ends.
#[must_use]
pub fn line_range(text: &str, line: u32) -> (usize, usize, usize) {
    let mut start = 0;
    for (number, content) in (1..).zip(text.split('\n')) {
        if number == line {
            let blank = content.len() - content.trim_start().len();
            return (start, start + blank, start + content.len());
        }
        start += content.len() + 1;
    }
    (text.len(), text.len(), text.len())
}

/// Which lines folding hides, with the first line of the fold that hides each.
#[must_use]
pub fn hidden(folds: &[(u32, u32)], folded: &BTreeSet<u32>) -> Vec<(u32, u32)> {
    let mut hidden: Vec<(u32, u32)> = Vec::new();
    for (first, last) in folds.iter().filter(|fold| folded.contains(&fold.0)) {
        hidden.push((first + 1, *last));
    }
    hidden
}

/// The line itself, or the first line of the fold that hides it.
fn shown_line(folds: &[(u32, u32)], folded: &BTreeSet<u32>, line: u32) -> u32 {
    let hides = |range: &&(u32, u32)| range.0 <= line && line <= range.1;
    let hidden = hidden(folds, folded);
    hidden.iter().filter(hides).map(|range| range.0 - 1).min().unwrap_or(line)
}

/// Folds stay with their blocks when lines come or go above them.
pub(super) fn follow_folds(bench: &mut Bench, new: &str) {
    if bench.writing.folded.is_empty() {
        return;
    }
    let edit = Edit::between(&bench.text, new, (0, 0));
    let first = line_at(&bench.text, edit.start);
    let gone = bench.text[edit.start..edit.end].matches('\n').count() as u32;
    let come = edit.insert.matches('\n').count() as u32;
    let last = first + gone;
    let starts = set(assist::folds(new).iter().map(|fold| fold.0));
    let moved = bench.writing.folded.iter().filter_map(|line| match *line {
        line if line <= first => Some(line),
        line if line <= last => None,
        line => Some(line + come - gone.min(line + come)),
    });
    bench.writing.folded = set(moved.filter(|line| starts.contains(line)));
}

/// The text is about to change.
pub(super) fn changed(bench: &mut Bench, new: &str) {
    follow_folds(bench, new);
    bench.writing.hint = None;
}
