//! Which parts begin a line, and which `;` say nothing.

use super::{
    HANGING, STEP, WIDTH,
    parts::{Begins, Holds, Part, PartKind},
};

/// Decides where lines begin.
pub(super) fn set(parts: &mut [Part<'_>]) {
    let blocks = with_breaks(parts);
    let mut before: Option<usize> = None;
    let mut token: Option<usize> = None;
    for at in 0..parts.len() {
        if parts[at].gone {
            continue;
        }
        parts[at].begins = begins(parts, &blocks, before, token, at);
        before = Some(at);
        if !parts[at].is_remark() {
            token = Some(at);
        }
    }
    open_long_lines(parts);
}

/// Leaves out each `;` beside which a line end or a brace says the same.
pub(super) fn drop_semicolons(parts: &mut [Part<'_>]) {
    let mut token: Option<usize> = None;
    for at in 0..parts.len() {
        if parts[at].kind == PartKind::Semicolon && says_nothing(parts, token, at) {
            parts[at].gone = true;
            let (breaks, ends) = (parts[at].breaks, parts[at].ends_before);
            if let Some(next) = parts.get_mut(at + 1) {
                next.breaks += breaks;
                next.ends_before |= ends;
            }
        } else if !parts[at].is_remark() {
            token = Some(at);
        }
    }
}

fn says_nothing(parts: &[Part<'_>], before: Option<usize>, at: usize) -> bool {
    if in_brackets(parts, at) {
        return false;
    }
    let next = parts.get(at + 1);
    if next.is_some_and(|next| next.kind == PartKind::Semicolon && next.breaks == 0) {
        return true;
    }
    let Some(before) = before.map(|before| &parts[before]) else { return true };
    if before.kind == PartKind::Semicolon {
        return true;
    }
    if before.is("{") || next.is_none_or(|next| next.is("}")) || parts[at].ends_before {
        return true;
    }
    let ends_line = next.is_some_and(|next| next.breaks > 0 || next.is_remark());
    ends_line && !before.is_open()
}

fn in_brackets(parts: &[Part<'_>], at: usize) -> bool {
    parts[at].inside.is_some_and(|open| !parts[open].is("{"))
}

/// For each part, whether it is a `{` whose contents are not all on its line.
fn with_breaks(parts: &[Part<'_>]) -> Vec<bool> {
    // How many parts up to here begin a line in the text.
    let mut sums = Vec::with_capacity(parts.len());
    let mut sum = 0_usize;
    for part in parts {
        sum += usize::from(!part.gone && part.breaks > 0);
        sums.push(sum);
    }
    let spans = |at: usize| {
        let part = &parts[at];
        let Some(partner) = part.partner.filter(|_| part.is("{")) else { return false };
        let empty = parts[at + 1..partner].iter().all(|part| part.gone);
        !empty && sums[partner] > sums[at]
    };
    (0..parts.len()).map(spans).collect()
}

fn begins(
    parts: &[Part<'_>],
    blocks: &[bool],
    before: Option<usize>,
    token: Option<usize>,
    at: usize,
) -> Begins {
    let part = &parts[at];
    let Some(before) = before else { return Begins::Line };
    if part.partner == Some(before) {
        return Begins::Nothing;
    }
    let opened = blocks[before] && !(part.is_remark() && part.breaks == 0);
    let closes = part.is("}") && part.partner.is_some_and(|open| blocks[open]);
    if part.breaks == 0 && !opened && !closes {
        return Begins::Nothing;
    }
    let goes_on = in_brackets(parts, at) || token.is_some_and(|token| parts[token].is_open());
    if part.breaks > 1 && !goes_on && !parts[before].is("{") && !part.is("}") {
        Begins::Paragraph
    } else {
        Begins::Line
    }
}

/// Opens the outermost blocks of lines that are too long, until they are short or have none.
fn open_long_lines(parts: &mut [Part<'_>]) {
    let mut start = 0;
    while start < parts.len() {
        let end = (start + 1..parts.len())
            .find(|&at| !parts[at].gone && parts[at].begins != Begins::Nothing)
            .unwrap_or(parts.len());
        let opened = width(parts, start, end) > WIDTH && open_blocks(parts, start, end);
        if !opened {
            start = end;
        }
    }
}

fn width(parts: &[Part<'_>], start: usize, end: usize) -> usize {
    let mut depth = 0;
    let mut around = parts[start].inside;
    while let Some(open) = around {
        depth += 1;
        around = parts[open].inside;
    }
    let set_in = depth * STEP + if parts[start].ends_before { 0 } else { HANGING };
    let shown = parts[start..end].iter().filter(|part| !part.gone && !part.is_remark());
    set_in + shown.map(|part| part.width() + usize::from(part.space)).sum::<usize>()
}

fn open_blocks(parts: &mut [Part<'_>], start: usize, end: usize) -> bool {
    let mut any = false;
    let mut at = start;
    while at < end {
        let partner = parts[at].partner.filter(|&partner| partner > at && partner < end);
        let Some(partner) = partner.filter(|_| parts[at].is("{")) else {
            at += 1;
            continue;
        };
        let empty = parts[at + 1..partner].iter().all(|part| part.gone);
        if parts[at].holds != Holds::Record && !empty {
            open_block(parts, at, partner);
            any = true;
        }
        at = partner + 1;
    }
    any
}

/// Puts each statement of a block on a line of its own.
fn open_block(parts: &mut [Part<'_>], open: usize, partner: usize) {
    let mut new_line = true;
    let mut goes_on = false;
    for part in parts[open + 1..partner].iter_mut().filter(|part| !part.gone) {
        if new_line {
            part.begins = Begins::Line;
            part.ends_before = true;
            new_line = false;
        }
        if part.kind == PartKind::Semicolon && part.inside == Some(open) {
            part.gone = !goes_on;
            new_line = true;
        }
        goes_on = part.is_open();
    }
    parts[partner].begins = Begins::Line;
    parts[partner].ends_before = true;
}
