//! A text cut into pieces that look the same: what the language says of each, and what is wrong.

use sim_core::lang::{Tag, highlight};

use crate::protocol::Problem;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The piece.
    pub text: String,
    /// What it is; nothing for blanks.
    pub tag: Option<Tag>,
    /// Something is wrong with it.
    pub wrong: bool,
    /// Where it begins in the whole text, in bytes.
    pub at: u32,
}

/// So many pieces of a line are told apart: each is an element of the page.
pub const PIECES: usize = 400;

/// A line with no more pieces than a page bears: the last of them holds all the rest, plainly.
#[must_use]
pub fn shortened(mut line: Vec<Mark>) -> Vec<Mark> {
    if line.len() > PIECES {
        let rest = line.split_off(PIECES - 1);
        let text = rest.iter().map(|mark| mark.text.as_str()).collect();
        line.extend(rest.first().map(|mark| Mark { text, tag: None, wrong: false, at: mark.at }));
    }
    line
}

/// The lines of a text, each in pieces.
#[must_use]
pub fn lines(text: &str, problems: &[Problem]) -> Vec<Vec<Mark>> {
    lines_cut(text, problems, &[])
}

/// The lines of a text, each in pieces, of which some begin at given places.
#[must_use]
pub fn lines_cut(text: &str, problems: &[Problem], places: &[usize]) -> Vec<Vec<Mark>> {
    let tags = highlight(text);
    let wrong: Vec<(usize, usize)> = problems
        .iter()
        .map(|problem| {
            let (start, end) = (problem.start as usize, problem.end as usize);
            // What is missing has no letters of its own: the place itself is marked.
            (start, end.max(start + 1))
        })
        .collect();
    let mut cuts: Vec<usize> = tags
        .iter()
        .flat_map(|(span, _)| [span.start as usize, span.end as usize])
        .chain(wrong.iter().flat_map(|(start, end)| [*start, *end]))
        .chain(places.iter().copied())
        .chain([0, text.len()])
        .map(|cut| text.floor_char_boundary(cut.min(text.len())))
        .collect();
    sim_core::base::order::sort_by_key(&mut cuts, |cut| *cut);
    cuts.dedup();
    let mut lines = vec![Vec::new()];
    for pair in cuts.windows(2) {
        let at = pair[0];
        let before = tags.partition_point(|(span, _)| span.end as usize <= at);
        let tag =
            tags.get(before).filter(|(span, _)| span.start as usize <= at).map(|(_, tag)| *tag);
        let is_wrong = wrong.iter().any(|(start, end)| *start <= at && at < *end);
        let mut next = at;
        for (part, piece) in text[at..pair[1]].split('\n').enumerate() {
            let at = next as u32;
            next += piece.len() + 1;
            if part > 0 {
                lines.push(Vec::new());
            }
            if !piece.is_empty()
                && let Some(line) = lines.last_mut()
            {
                line.push(Mark { text: piece.to_owned(), tag, wrong: is_wrong, at });
            }
        }
    }
    lines.into_iter().map(shortened).collect()
}

/// A place in bytes as the browser counts: in UTF-16 units.
#[must_use]
pub fn utf16(text: &str, byte: u32) -> u32 {
    let end = text.floor_char_boundary((byte as usize).min(text.len()));
    text[..end].encode_utf16().count() as u32
}

/// A place as the browser counts, in bytes.
#[must_use]
pub fn byte_of(text: &str, utf16: u32) -> usize {
    let mut left = utf16 as usize;
    for (at, c) in text.char_indices() {
        if left < c.len_utf16() {
            return at;
        }
        left -= c.len_utf16();
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_thousands_of_pieces_is_cut_into_few_and_keeps_its_letters() {
        let text = format!("process p {{ {}}}", "x += 1; ".repeat(4_000));
        let lines = lines(&text, &[]);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].len(), PIECES);
        let whole: String = lines[0].iter().map(|mark| mark.text.as_str()).collect();
        assert_eq!(whole, text);
    }
}
