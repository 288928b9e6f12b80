//! The part of the text that belongs to a process, line by line, as lanes show it: without what
//! these parameters leave out, without remarks, without common indentation.

use crate::program::{Class, Program, Span};

/// One shown line of the text.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) routine: Option<String>,
    /// From 1.
    pub(super) number: u32,
    pub(super) text: String,
    /// The byte of the whole text at which each character of `text` stands.
    pub(super) bytes: Vec<u32>,
    /// Where the line stands in the whole text.
    pub(super) span: Span,
}

/// What is shown for the processes of one class.
#[derive(Clone, Debug)]
pub(super) struct Listing {
    pub(super) lines: Vec<Line>,
}

impl Listing {
    pub(super) fn of_classes(program: &Program, text: &str) -> Vec<Listing> {
        program.classes.iter().map(|class| Listing::of(program, class, text)).collect()
    }

    fn of(program: &Program, class: &Class, text: &str) -> Listing {
        let mut lines = Vec::new();
        for region in &class.regions {
            // A body in which no step stands, such as a lone call, is only in the way.
            let stands = |pc: u32| {
                program.code[pc as usize].is_touch()
                    && region.body.contains(&program.places[pc as usize].span.start)
            };
            if class.regions.len() > 1 && !class.code.clone().any(stands) {
                continue;
            }
            let mut block = block(class, text, &region.routine, &region.body);
            take_off_indentation(&mut block);
            lines.append(&mut block);
        }
        Listing { lines }
    }

    /// The index of the line on which a byte of the text stands.
    pub(super) fn line_at(&self, byte: u32) -> Option<usize> {
        self.lines.iter().position(|line| line.span.contains(&byte))
    }
}

fn block(class: &Class, text: &str, routine: &Option<String>, body: &Span) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0usize;
    for (index, raw) in text.split_inclusive('\n').enumerate() {
        let span = start as u32..(start + raw.len()) as u32;
        start += raw.len();
        if span.end <= body.start || span.start >= body.end {
            continue;
        }
        let (mut shown, mut bytes) = (String::new(), Vec::new());
        let mut quoted = false;
        for (offset, letter) in raw.char_indices() {
            let at = span.start + offset as u32;
            quoted ^= letter == '"';
            let remark = !quoted && raw[offset..].starts_with("//");
            if remark || letter == '\n' {
                break;
            }
            let hidden = class.hidden.iter().any(|part| part.contains(&at));
            if body.contains(&at) && !hidden && letter != '\r' {
                shown.push(letter);
                bytes.push(at);
            }
        }
        give_indentation(&mut shown, &mut bytes, raw, span.start, lines.last());
        let kept = shown.trim_end().chars().count();
        bytes.truncate(kept);
        let text: String = shown.chars().take(kept).collect();
        if !text.trim().is_empty() {
            let routine = routine.clone();
            lines.push(Line { routine, number: index as u32 + 1, text, bytes, span });
        }
    }
    lines
}

/// A line whose beginning is left out (`match … {` or `none =>`) stands as deep as its text does,
/// but no deeper than the line shown before it leads.
fn give_indentation(
    shown: &mut String,
    bytes: &mut Vec<u32>,
    raw: &str,
    start: u32,
    before: Option<&Line>,
) {
    let depth = |text: &str| text.chars().take_while(|letter| *letter == ' ').count();
    let (now, own) = (depth(shown), depth(raw));
    let led = before.map_or(own, |line| {
        depth(&line.text) + if line.text.trim_end().ends_with('{') { 2 } else { 0 }
    });
    let wanted = own.min(led);
    if now < wanted && !shown.trim().is_empty() {
        shown.insert_str(0, &" ".repeat(wanted - now));
        bytes.splice(0..0, (0..(wanted - now) as u32).map(|at| start + at));
    }
}

fn take_off_indentation(lines: &mut [Line]) {
    let indent = |line: &Line| line.text.chars().take_while(|letter| *letter == ' ').count();
    let common = lines.iter().map(indent).min().unwrap_or(0);
    for line in lines {
        line.text = line.text.chars().skip(common).collect();
        line.bytes.drain(..common);
    }
}
