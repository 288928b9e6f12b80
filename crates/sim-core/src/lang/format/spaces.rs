//! Where a blank stands between two parts of a line.

use std::collections::BTreeSet;

use super::parts::{Holds, Part, PartKind};
use crate::{
    base::order,
    lang::{token::SIGNS, words},
};

/// Words behind which a value stands, so that a bracket there opens one and calls nothing.
/// `key` is not among them: `key(m)` is a function.
const BEFORE_VALUES: &[&str] = &[
    "within", "every", "until", "times", "after", "by", "at", "most", "from", "to", "where", "for",
];

/// Decides for each part whether a blank stands before it.
pub(super) fn set(parts: &mut [Part<'_>]) {
    let pairs = parts.windows(2).filter(|pair| pair[0].is("routine"));
    let routines = order::set(pairs.map(|pair| pair[1].text));
    let mut spaces = Spaces { before: None, begins: true, before_begins: true, unary: false };
    for at in 0..parts.len() {
        let shown = !parts[at].gone && !parts[at].is_remark();
        parts[at].space = shown && spaces.next(parts, at, &routines);
    }
}

/// What stands before the part in question.
struct Spaces {
    /// The last token.
    before: Option<usize>,
    /// Whether the next token begins a statement.
    begins: bool,
    /// Whether the last one did.
    before_begins: bool,
    /// Whether the last token is a minus that belongs to one value.
    unary: bool,
}

impl Spaces {
    fn next(&mut self, parts: &[Part<'_>], at: usize, routines: &BTreeSet<&str>) -> bool {
        let part = &parts[at];
        let begins = self.begins || part.ends_before;
        let value_wanted = begins || self.wants_value(parts, routines);
        let space = self.before.is_some_and(|before| {
            let wanted = self.wanted(parts, before, at, routines);
            wanted || glue(&parts[before], part)
        });
        self.unary = part.is("-") && value_wanted;
        self.before = Some(at);
        self.before_begins = begins;
        self.begins = part.kind == PartKind::Semicolon
            || part.is("=>")
            || part.is("}")
            || (part.is("{") && part.holds != Holds::Record);
        space
    }

    /// Whether a value begins behind the last token, so that a minus there has one side only.
    fn wants_value(&self, parts: &[Part<'_>], routines: &BTreeSet<&str>) -> bool {
        let Some(before) = self.before else { return true };
        let part = &parts[before];
        match part.kind {
            PartKind::Sign => !matches!(part.text, ")" | "]" | "}" | "."),
            PartKind::Word => self.is_word(part, routines) && !ends_value(part.text),
            PartKind::Semicolon => true,
            _ => false,
        }
    }

    /// Whether the last token, a word, is one of the language here and no name.
    fn is_word(&self, part: &Part<'_>, routines: &BTreeSet<&str>) -> bool {
        if routines.contains(part.text) {
            return false;
        }
        words::is_reserved(part.text)
            || BEFORE_VALUES.contains(&part.text)
            || (self.before_begins && words::verb(part.text).is_some())
            || (self.before_begins && words::declaration(part.text).is_some())
            || words::verb(part.text).is_some_and(|row| row.right)
    }

    fn wanted(
        &self,
        parts: &[Part<'_>],
        before: usize,
        at: usize,
        routines: &BTreeSet<&str>,
    ) -> bool {
        let (left, right) = (&parts[before], &parts[at]);
        if self.unary {
            return false;
        }
        let tight_left = left.kind == PartKind::Sign && matches!(left.text, "(" | "[" | "." | "..");
        let tight_right = right.kind == PartKind::Semicolon
            || (right.kind == PartKind::Sign
                && matches!(right.text, ")" | "]" | "," | ":" | "." | ".."));
        if tight_left || tight_right {
            return false;
        }
        if left.is(":") {
            return !in_picks(parts, before);
        }
        match right.text {
            "[" if right.kind == PartKind::Sign => match left.kind {
                PartKind::Word => words::is_reserved(left.text) && !ends_value(left.text),
                PartKind::Sign => !matches!(left.text, "]" | ")"),
                _ => true,
            },
            "(" if right.kind == PartKind::Sign => {
                let dotted = before > 0 && parts[before - 1].is(".");
                let called = left.kind == PartKind::Word
                    && (dotted || !self.is_word(left, routines) || ends_value(left.text));
                is_options(parts, at) || !called
            }
            _ => true,
        }
    }
}

/// Reserved words that are values themselves.
fn ends_value(word: &str) -> bool {
    matches!(word, "true" | "false" | "none" | "self")
}

/// Whether a bracket opens options: `(word: …`.
fn is_options(parts: &[Part<'_>], open: usize) -> bool {
    let mut inner = parts[open + 1..].iter().filter(|part| !part.is_remark());
    inner.next().is_some_and(|part| part.kind == PartKind::Word)
        && inner.next().is_some_and(|part| part.is(":"))
}

fn in_picks(parts: &[Part<'_>], at: usize) -> bool {
    parts[at].inside.is_some_and(|open| parts[open].is("{") && parts[open].holds == Holds::Picks)
}

/// Whether two tokens without a blank between them would be read as something else.
fn glue(left: &Part<'_>, right: &Part<'_>) -> bool {
    let (Some(last), Some(first)) = (left.text.chars().last(), right.text.chars().next()) else {
        return false;
    };
    let wordlike = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if wordlike(last) && wordlike(first) {
        return true;
    }
    match (left.kind, right.kind) {
        (PartKind::Number, PartKind::Sign) => matches!(right.text, "." | "/") || first == '%',
        (PartKind::Sign, PartKind::Sign) => {
            let both = [last, first].iter().collect::<String>();
            both == "//" || SIGNS.iter().any(|sign| sign.contains(&both))
        }
        _ => false,
    }
}
