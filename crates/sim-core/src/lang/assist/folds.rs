//! What an editor may fold away: blocks, and runs of remarks.

use super::scan::Lines;
use crate::lang::{
    lexer::{self, range},
    token::TokenKind,
};

/// First and last lines, from 1, of blocks of more than two lines and of runs of remarks, in the
/// order of the text; of several that begin on one line only the longest.
#[must_use]
pub fn folds(text: &str) -> Vec<(u32, u32)> {
    let lines = Lines::new(text);
    let mut found: Vec<(u32, u32)> = Vec::new();
    let mut open: Vec<u32> = Vec::new();
    // Lines of nothing but a remark.
    let mut run: Option<(u32, u32)> = None;
    let mut end = 0;
    for token in lexer::lex(text) {
        remarks(text, &lines, end..token.span.start, &mut run, &mut found);
        end = token.span.end;
        match token.kind {
            TokenKind::Sign("{") => open.push(lines.number(token.span.start)),
            TokenKind::Sign("}") => {
                let last = lines.number(token.span.start);
                found
                    .extend(open.pop().filter(|first| last > first + 1).map(|first| (first, last)));
            }
            _ => {}
        }
        let text = &text[range(&token.span)];
        if !text.trim().is_empty() {
            found.extend(run.take().filter(|(first, last)| last > first));
        }
    }
    found.extend(run.filter(|(first, last)| last > first));
    crate::base::order::sort_by_key(&mut found, |&(first, last)| (first, std::cmp::Reverse(last)));
    found.dedup_by_key(|fold| fold.0);
    found
}

/// Goes on with a run of remarks through what the lexer left out.
fn remarks(
    text: &str,
    lines: &Lines,
    gap: std::ops::Range<u32>,
    run: &mut Option<(u32, u32)>,
    found: &mut Vec<(u32, u32)>,
) {
    let mut at = gap.start as usize;
    for piece in text[range(&gap)].split_inclusive('\n') {
        let begin = at;
        at += piece.len();
        let Some(remark) = piece.find("//") else { continue };
        let line = lines.number((begin + remark) as u32);
        let alone = text[lines.start(line)..begin + remark].trim().is_empty();
        match run {
            Some((_, last)) if alone && *last + 1 == line => *last = line,
            _ => {
                found.extend(run.take().filter(|(first, last)| last > first));
                *run = alone.then_some((line, line));
            }
        }
    }
}
