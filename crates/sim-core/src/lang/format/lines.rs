//! Parts put together to lines, each with its indentation.

use super::{
    ALIGNED, HANGING, STEP, align,
    parts::{Begins, Holds, Part},
};

/// A line of the result.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// Whether a blank line stands before it.
    pub(super) blank_before: bool,
    /// Everything but the remark at its end; empty if it is nothing but a remark.
    pub(super) code: String,
    pub(super) remark: Option<&'a str>,
    /// Blanks between the two in the text; for a remark alone, its indentation.
    pub(super) gap: usize,
}

/// What a bracket does to the lines inside.
struct Frame {
    /// The indentation of lines inside.
    content: usize,
    /// The indentation of a line that begins with the partner.
    closing: usize,
}

/// The lines of the result.
pub(super) fn lines<'a>(parts: &mut [Part<'a>]) -> Vec<Line<'a>> {
    let shown: Vec<usize> = (0..parts.len()).filter(|&at| !parts[at].gone).collect();
    let begins = |&&at: &&usize| parts[at].begins != Begins::Nothing;
    let count = shown.iter().filter(begins).count();
    let mut places: Vec<&[usize]> = Vec::with_capacity(count);
    let mut from = 0;
    for to in 1..=shown.len() {
        if to == shown.len() || parts[shown[to]].begins != Begins::Nothing {
            places.push(&shown[from..to]);
            from = to;
        }
    }
    let pads = align::pads(parts, &places);
    let mut writer = Writer { parts, pads: &pads, frames: Vec::new(), goes_on: false };
    places.iter().enumerate().map(|(at, places)| writer.line(places, at)).collect()
}

struct Writer<'p, 'a> {
    parts: &'p [Part<'a>],
    /// For each line, the part before which further blanks stand, and how many.
    pads: &'p [Option<(usize, usize)>],
    frames: Vec<Frame>,
    /// Whether the last token wants something behind it.
    goes_on: bool,
}

impl<'a> Writer<'_, 'a> {
    fn line(&mut self, places: &[usize], number: usize) -> Line<'a> {
        let first = places[0];
        let indent = self.indent(first);
        let mut line = Line {
            blank_before: self.parts[first].begins == Begins::Paragraph,
            code: String::new(),
            remark: None,
            gap: indent,
        };
        let mut column = indent;
        for (index, &at) in places.iter().enumerate() {
            let part = &self.parts[at];
            if part.is_remark() {
                line.remark = Some(part.text);
                if index > 0 {
                    line.gap = part.gap;
                }
                continue;
            }
            let pad = self.pads[number].filter(|&(place, _)| place == at).map_or(0, |(_, pad)| pad);
            let blanks = if index == 0 { indent } else { usize::from(part.space) + pad };
            line.code.extend(std::iter::repeat_n(' ', blanks));
            line.code.push_str(part.text);
            column += part.width() + if index == 0 { 0 } else { blanks };
            self.bracket(at, places.get(index + 1).copied(), indent, column);
            self.goes_on = part.is_open();
        }
        line
    }

    fn indent(&self, first: usize) -> usize {
        let part = &self.parts[first];
        let Some(frame) = self.frames.last() else { return self.hanging(first) };
        if part.partner.is_some_and(|partner| partner < first) {
            return frame.closing;
        }
        frame.content + self.hanging(first)
    }

    /// How much further a line is set in because it goes on with the one before.
    fn hanging(&self, first: usize) -> usize {
        let plain = match self.parts[first].inside.map(|open| &self.parts[open]) {
            None => false,
            Some(open) => !open.is("{") || open.holds != Holds::Block,
        };
        if self.goes_on && !plain { HANGING } else { 0 }
    }

    fn bracket(&mut self, at: usize, next: Option<usize>, indent: usize, column: usize) {
        let part = &self.parts[at];
        let Some(partner) = part.partner else { return };
        if partner < at {
            self.frames.pop();
            return;
        }
        let around = self.frames.last().map_or(0, |frame| frame.content);
        let frame = if part.is("{") {
            Frame { content: around + STEP, closing: around }
        } else if next.is_none_or(|next| self.parts[next].is_remark()) {
            Frame { content: indent + STEP, closing: indent }
        } else if column <= ALIGNED {
            Frame { content: column, closing: indent }
        } else {
            Frame { content: indent + HANGING, closing: indent }
        };
        self.frames.push(frame);
    }
}
