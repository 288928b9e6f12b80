//! Mistakes and steps as people read them.

use std::fmt::Write as _;

use sim_core::{
    lang::line_column,
    say::{self, Lang, Tense},
    session::{Frame, Lane, StepView},
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

/// How a process is called: `client[2]`, or `relay` if there is just one.
pub(crate) fn lane_name(lane: &Lane) -> String {
    match lane.number {
        Some(number) => format!("{}[{number}]", lane.class),
        None => lane.class.clone(),
    }
}

/// The name of a process by its place in a frame.
pub(crate) fn name(frame: &Frame, lane: u32) -> String {
    frame.lane(lane).map(lane_name).unwrap_or_default()
}

/// What a step did, in words, without who did it.
pub(crate) fn step(frame: &Frame, step: &StepView, lang: Lang) -> String {
    let mut text =
        say::plain(&say::action(&step.action, Tense::Done, |lane| name(frame, lane), lang));
    for (counter, value) in &step.counted {
        let _ = write!(text, "; {counter} = {value}");
    }
    if let Some(finished) = &step.finished {
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
    let names: Vec<String> = frame.lanes.iter().map(lane_name).collect();
    let wide = names.iter().map(|name| name.chars().count()).max().unwrap_or_default();
    let digits = shown.len().min(STEPS_SHOWN).to_string().len();
    let mut out = String::new();
    for (index, one) in shown.iter().enumerate().take(STEPS_SHOWN) {
        let number = index + 1;
        let who = names.get(one.lane as usize).map(String::as_str).unwrap_or_default();
        let what = step(frame, one, lang);
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
