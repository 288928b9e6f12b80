//! What stands under one another in neighbouring lines.

use super::{
    ALIGNED,
    lines::Line,
    parts::{Begins, Holds, Part},
};

/// Further blanks before one part of a line, for each line: before the `=>` of neighbouring
/// arms, and before the `{` of neighbouring one-line blocks where the author aligned them.
pub(super) fn pads(parts: &[Part<'_>], lines: &[&[usize]]) -> Vec<Option<(usize, usize)>> {
    let anchors: Vec<Option<Anchor>> = lines.iter().map(|line| anchor(parts, line)).collect();
    let mut pads = vec![None; lines.len()];
    let mut from = 0;
    for to in 1..=lines.len() {
        let joins = to < lines.len()
            && parts[lines[to][0]].begins == Begins::Line
            && match (&anchors[to - 1], &anchors[to]) {
                (Some(above), Some(below)) => above.goes_with(below),
                _ => false,
            };
        if joins {
            continue;
        }
        let group = anchors[from..to].iter().flatten();
        let widest = group.map(|anchor| anchor.width).max().unwrap_or_default();
        for at in from..to {
            if let Some(anchor) = &anchors[at]
                && widest <= ALIGNED
            {
                pads[at] = Some((anchor.part, widest - anchor.width));
            }
        }
        from = to;
    }
    pads
}

/// A part of a line that may stand under the same part of the line above.
struct Anchor {
    part: usize,
    /// Characters before it, from the line's first part.
    width: usize,
    /// The bracket around the line.
    inside: Option<usize>,
    /// For a `{`, the characters before it in the text.
    written: Option<usize>,
}

impl Anchor {
    fn goes_with(&self, other: &Anchor) -> bool {
        self.inside == other.inside && self.written == other.written
    }
}

fn anchor(parts: &[Part<'_>], line: &[usize]) -> Option<Anchor> {
    let first = line[0];
    let inside = parts[first].inside;
    if parts[first].partner.is_some_and(|partner| partner < first) {
        return None;
    }
    let last = *line.last()?;
    let (mut width, mut written) = (0, 0);
    for &at in line {
        let part = &parts[at];
        if at > first {
            width += usize::from(part.space);
            written += part.gap;
        }
        if part.inside == inside && part.is("=>") {
            return Some(Anchor { part: at, width, inside, written: None });
        }
        if part.inside == inside && part.is("{") && at > first {
            let whole = part.partner.is_some_and(|partner| partner <= last);
            let aligned = whole && part.holds == Holds::Block;
            let written = Some(written);
            return aligned.then_some(Anchor { part: at, width, inside, written });
        }
        width += part.width();
        written += part.width();
    }
    None
}

/// The text of the lines, with the remarks of neighbouring lines under one another.
pub(super) fn join(lines: &[Line<'_>]) -> String {
    let mut out = String::new();
    let mut from = 0;
    for to in 1..=lines.len() {
        let trails = |at: usize| lines[at].remark.is_some() && !lines[at].code.is_empty();
        let joins = to < lines.len() && trails(to - 1) && trails(to) && !lines[to].blank_before;
        if !joins {
            write(&mut out, &lines[from..to]);
            from = to;
        }
    }
    out
}

fn write(out: &mut String, lines: &[Line<'_>]) {
    let width = |line: &Line<'_>| line.code.chars().count();
    let widest = lines.iter().map(width).max().unwrap_or_default();
    // The longest line's remark stands where its author put it, the others below it.
    let longest = lines.iter().filter(|line| width(line) == widest);
    let gap = longest.map(|line| line.gap).max().unwrap_or_default().clamp(1, ALIGNED);
    for line in lines {
        if line.blank_before {
            out.push('\n');
        }
        out.push_str(&line.code);
        if let Some(remark) = line.remark {
            let blanks = if line.code.is_empty() {
                line.gap
            } else if widest > ALIGNED {
                1
            } else {
                widest - width(line) + gap
            };
            out.extend(std::iter::repeat_n(' ', blanks));
            out.push_str(remark);
        }
        out.push('\n');
    }
}
