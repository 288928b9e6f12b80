//! Mistakes and steps as people read them.

use std::fmt::Write as _;

use sim_core::{
    lang::line_column,
    measure::{Figure, Unit},
    say::{self, Lang, Piece, Tense},
    session::{Action, Frame, StepView},
};

use crate::{
    args::Options,
    input::{Mistake, Source},
    words,
};

/// All mistakes, each with its place, its line and what to do.
pub(crate) fn mistakes(source: &Source, mistakes: &[Mistake], options: &Options) -> String {
    let mut out = String::new();
    for mistake in mistakes {
        mistake_to(&mut out, source, mistake, options);
        out.push('\n');
    }
    out.push_str(&words::mistakes(mistakes.len(), options.lang));
    out.push('\n');
    out
}

fn mistake_to(out: &mut String, source: &Source, mistake: &Mistake, options: &Options) {
    let said = mistake.message.say(options.lang);
    let _ = writeln!(out, "error[{}]: {}", mistake.code, said.message);
    let mut indent = 1;
    match (&mistake.argument, &mistake.span) {
        (Some(argument), span) => {
            let _ = writeln!(out, "  --> {argument}");
            if let Some(span) = span {
                // The words of `--picks` are a text of one line.
                let words = argument.strip_prefix("--picks ").unwrap_or(argument);
                let _ = writeln!(out, "  |  {words}");
                let (_, column) = line_column(words, span.start);
                let width = width(words, span.start, span.end, column);
                let _ = writeln!(out, "  |  {}", caret(words, column, width));
            }
        }
        (None, Some(span)) => {
            let (line, column) = line_column(&source.text, span.start);
            let words = source.text.lines().nth(line as usize - 1).unwrap_or_default();
            let number = line.to_string();
            indent = number.len();
            let gap = " ".repeat(indent);
            let _ = writeln!(out, "{gap}--> {}:{line}:{column}", options.file_name());
            let _ = writeln!(out, "{gap} |");
            let _ = writeln!(out, "{number} | {words}");
            let width = width(&source.text, span.start, span.end, column)
                .min((words.chars().count() + 1).saturating_sub(column as usize - 1).max(1));
            let _ = writeln!(out, "{gap} | {}", caret(words, column, width));
        }
        (None, None) => {}
    }
    if let Some(help) = said.help {
        let _ = writeln!(out, "{} = {}: {help}", " ".repeat(indent), words::help(options.lang));
    }
}

/// How many characters a place covers on its first line, at least one.
fn width(text: &str, start: u32, end: u32, column: u32) -> usize {
    let (first, _) = line_column(text, start);
    let (last, end_column) = line_column(text, end);
    if first == last { (end_column.saturating_sub(column) as usize).max(1) } else { usize::MAX }
}

/// The signs below a place. Tabs stay tabs, so that they stand below it in any terminal.
fn caret(line: &str, column: u32, width: usize) -> String {
    let before = line.chars().take(column as usize - 1);
    let gap: String = before.map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    format!("{gap}{}", "^".repeat(width.min(200)))
}

/// Whose step it is: a process's name, as it was called then. Nobody's where a message, a link or a
/// replica did something by itself.
pub(crate) fn who(step: &StepView) -> &str {
    if step.action.is_of_nobody() { "" } else { &step.name }
}

/// What a step did, in words, without who did it. Times are exact.
pub(crate) fn step(frame: &Frame, number: u32, step: &StepView, lang: Lang) -> String {
    did(frame, number, step, lang, String::clone)
}

/// As [`step`], with times as people read them.
pub(crate) fn step_read(frame: &Frame, number: u32, step: &StepView, lang: Lang) -> String {
    did(frame, number, step, lang, |code| {
        let exact: Option<i64> = code.strip_suffix("ns").and_then(|digits| digits.parse().ok());
        match exact {
            Some(value) if value >= 1_000 => Figure { value, unit: Unit::Time }.spell(),
            _ => code.clone(),
        }
    })
}

fn did(
    frame: &Frame,
    number: u32,
    step: &StepView,
    lang: Lang,
    spell: impl Fn(&String) -> String,
) -> String {
    let name = |lane| frame.name_at(number, lane);
    let mut pieces = say::action(&step.action, Tense::Done, name, lang);
    for piece in &mut pieces {
        if let Piece::Code(code) = piece {
            *code = spell(code);
        }
    }
    let mut text = say::plain(&pieces);
    for told in &step.sagas {
        let _ = write!(text, "; {}", say::saga(told, lang));
    }
    for (counter, value) in &step.counted {
        let _ = write!(text, "; {counter} = {value}");
    }
    // An answer with an error says so already.
    let is_told = matches!(&step.action, Action::Reply { error, .. } if !error.is_empty());
    if let Some(finished) = step.finished.as_ref().filter(|_| !is_told) {
        text.push_str(&words::finished(finished, lang));
    }
    text
}

/// How many steps of a run are shown: more than that nobody reads.
pub(crate) const STEPS_SHOWN: usize = 1_000;

/// A frame's steps, a line each: number, who, what; with what it broke. `taken` is how many there
/// were, kept or not.
pub(crate) fn steps(frame: &Frame, taken: u64, indent: &str, lang: Lang) -> String {
    let shown = &frame.steps[..(frame.position as usize).min(frame.steps.len())];
    let names = shown.iter().take(STEPS_SHOWN).map(who);
    let wide = names.map(|name| name.chars().count()).max().unwrap_or_default();
    let digits = shown.len().min(STEPS_SHOWN).to_string().len();
    let mut out = String::new();
    for (index, one) in shown.iter().enumerate().take(STEPS_SHOWN) {
        let number = index + 1;
        let who = who(one);
        let what = step_read(frame, frame.first + number as u32, one, lang);
        let _ = write!(out, "{indent}{number:>digits$}  {who:<wide$}  {what}");
        for &promise in &one.broke {
            if let Some(promise) = frame.promises.get(promise as usize) {
                let _ = write!(out, "  <- {}", words::breaks(&promise.condition, lang));
            }
        }
        out.push('\n');
    }
    let left_out = taken.saturating_sub(shown.len().min(STEPS_SHOWN) as u64);
    if left_out > 0 {
        let _ = writeln!(out, "{indent}{}", words::more_steps(left_out, taken, lang));
    }
    out
}
