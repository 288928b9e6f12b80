//! Where the cursor stands: what is being written there, told by the tokens before it.

use super::scan::{Declared, Scan, What};
use crate::{
    lang::{
        lexer::range,
        token::TokenKind,
        words::{self, Place, Word},
    },
    program::Span,
};

/// What may be written at the cursor.
#[derive(Debug)]
pub(super) enum Here<'a> {
    /// Nothing that could be offered: a remark, a text, a new name.
    Nothing,
    /// The beginning of a declaration; whether the text has its `scenario` already.
    Declaration { titled: bool },
    /// The beginning of something in the block of a service, database or saga.
    Inside(&'static str),
    /// The beginning of a statement, with what may go on behind the `}` before it.
    Statement { goes_on: &'static [&'static str] },
    /// A pick of a schedule.
    Pick,
    /// An arm of a `match` over the values of a name.
    Arm(&'a str),
    /// The name of an option, or a further value of the one before.
    Option { of: &'a str, given: Vec<&'a str>, list: Option<&'static Word> },
    /// What an option is set to.
    OptionValue(&'static Word),
    /// A name declared by one of these words; further words may stand there too.
    Name { of: &'static [&'static str], words: &'static [&'static str] },
    /// An error's name.
    Error,
    /// A kind of parameter.
    Type,
    /// Behind a dot.
    Member(&'a str),
    /// A unit behind a number.
    Unit,
    /// A value; `right` where an operation may stand too, `labels` of a name it is compared with.
    Value { right: bool, labels: &'a str },
    /// Behind a value or name, in a statement or declaration that begins with this word.
    Behind(&'a str),
}

/// The word at the cursor, up to the cursor, its place, and what may stand there.
pub(super) fn here<'a>(scan: &Scan<'a>, at: u32) -> (&'a str, Span, Here<'a>) {
    let text = scan.text;
    let at = text.floor_char_boundary(at as usize) as u32;
    let nothing = ("", at..at, Here::Nothing);
    // The token that ends at the cursor or goes on behind it.
    let touching = scan.tokens.partition_point(|token| token.span.end < at);
    let Some(token) = scan.tokens.get(touching) else { return nothing };
    let starts = token.span.start < at;
    let word = &text[range(&token.span)];
    if starts {
        match &token.kind {
            TokenKind::Word => {
                let typed = &text[token.span.start as usize..at as usize];
                return (typed, token.span.clone(), before(scan, touching));
            }
            TokenKind::Text(_) if token.span.end > at => return nothing,
            TokenKind::Wrong(_) if word.starts_with('"') => return nothing,
            _ if word.starts_with(|c: char| c.is_ascii_digit()) => {
                let digits = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
                let unit = token.span.end - digits.len() as u32;
                let letters = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_alphabetic());
                if letters && unit <= at {
                    let typed = &text[unit as usize..at as usize];
                    return (typed, unit..token.span.end, Here::Unit);
                }
                return nothing;
            }
            _ => {}
        }
    }
    // Behind the token that ends at the cursor, or in blanks; a remark is left out by the lexer.
    let next = if starts { touching + 1 } else { touching };
    let from = next.checked_sub(1).map_or(0, |last| scan.tokens[last].span.end.min(at) as usize);
    let gap = text.get(from..at as usize).unwrap_or_default();
    if gap.rsplit('\n').next().is_some_and(|line| line.contains("//")) {
        return nothing;
    }
    // The cursor may touch the beginning of a word that it would replace.
    let follows = scan.tokens.get(next).filter(|token| token.kind == TokenKind::Word);
    let span = follows.filter(|token| token.span.start == at).map_or(at..at, |_| at..at);
    ("", span, before(scan, next))
}

/// What may stand in the place of a token.
fn before<'a>(scan: &Scan<'a>, at: usize) -> Here<'a> {
    let (around, begins) = scan.before.get(at).copied().unwrap_or_default();
    if let Some(open) = around
        && scan.is_sign(open, "(")
        && let Some(option) = option(scan, open, at)
    {
        return option;
    }
    let Some(last) = at.checked_sub(1) else { return Here::Declaration { titled: false } };
    if scan.is_sign(last, ".") {
        return Here::Member(scan.at(owner(scan, last.saturating_sub(1))));
    }
    if begins && !scan.is_sign(last, "=>") {
        return beginning(scan, around, at);
    }
    if scan.is_sign(last, "=>") {
        return Here::Statement { goes_on: &[] };
    }
    if let Some(open) = around
        && scan.is_sign(open, "{")
        && scan.at(scan.header(open)) == "schedule"
    {
        return Here::Pick;
    }
    within(scan, scan.header(last), last)
}

/// The name before an index that ends at a token, or the token itself.
fn owner(scan: &Scan<'_>, at: usize) -> usize {
    if !scan.is_sign(at, "]") {
        return at;
    }
    let mut depth = 0_u32;
    let open = (0..=at).rev().find(|&at| {
        depth += u32::from(scan.is_sign(at, "]"));
        depth -= u32::from(scan.is_sign(at, "[")).min(depth);
        depth == 0
    });
    open.and_then(|open| open.checked_sub(1)).unwrap_or(at)
}

fn beginning<'a>(scan: &Scan<'a>, around: Option<usize>, at: usize) -> Here<'a> {
    let Some(open) = around else {
        return Here::Declaration { titled: scan.at(0) == "scenario" };
    };
    let header = scan.header(open);
    match scan.at(header) {
        "match" => Here::Arm(scan.at(header + 1)),
        "schedule" => Here::Pick,
        "service" => Here::Inside("service"),
        "database" => Here::Inside("database"),
        "saga" if !goes_on(scan, at).contains(&"undo") => Here::Inside("saga"),
        _ => Here::Statement { goes_on: goes_on(scan, at) },
    }
}

/// The words that go on with the statement whose block ends before a token.
fn goes_on(scan: &Scan<'_>, at: usize) -> &'static [&'static str] {
    let Some(last) = (0..at).rev().find(|&at| !scan.is_end(at)) else { return &[] };
    if !scan.is_sign(last, "}") {
        return &[];
    }
    // The brackets before it pair, or nobody knows what it closes.
    let mut depth = 0_u32;
    let open = (0..=last).rev().find(|&at| {
        depth += u32::from(scan.is_sign(at, "}"));
        depth -= u32::from(scan.is_sign(at, "{")).min(depth);
        depth == 0
    });
    let Some(header) = open.and_then(|open| open.checked_sub(1)).map(|at| scan.header(at)) else {
        return &[];
    };
    match scan.at(header) {
        "if" => &["else"],
        "else" if scan.at(header + 1) == "if" => &["else"],
        "try" | "catch" => &["catch"],
        "step" => &["undo"],
        "together" | "and" => &["and"],
        "choose" | "or" => &["or"],
        _ => &[],
    }
}

/// What may stand in the brackets of options, if it is some that an opening bracket opens.
fn option<'a>(scan: &Scan<'a>, open: usize, at: usize) -> Option<Here<'a>> {
    let header = scan.header(open);
    // `retry`, `saga` and the like also right of an arm's `=>`, where a statement begins.
    let of = scan.at(header);
    words::options_of(of).next()?;
    if (header..open).any(|at| scan.is_sign(at, "=") || scan.is_sign(at, "{")) {
        return None;
    }
    let mut given = Vec::new();
    let mut from = open + 1;
    let mut current: Option<&'static Word> = None;
    let mut valued = false;
    for place in open + 1..at {
        if scan.inside[place] != Some(open) {
            continue;
        }
        if scan.is_sign(place, ",") {
            from = place + 1;
            valued = false;
        } else if scan.is_sign(place, ":") {
            given.push(scan.at(from));
            current = words::option(of, scan.at(from));
            valued = true;
        }
    }
    if valued {
        let last = at.checked_sub(1)?;
        // Only at the beginning of the value; behind it something else may stand.
        let begins = scan.is_sign(last, ":") && scan.inside[last] == Some(open);
        return match current {
            Some(row) if begins => Some(Here::OptionValue(row)),
            _ => None,
        };
    }
    if at > from {
        return None;
    }
    let several = |row: &&'static Word| ["on", "ignore"].contains(&row.word);
    Some(Here::Option { of, given, list: current.filter(several) })
}

/// What may stand behind a token of a statement or declaration that began at `header`.
fn within<'a>(scan: &Scan<'a>, header: usize, last: usize) -> Here<'a> {
    let first = scan.at(header);
    let word = if scan.is_word(last) { scan.at(last) } else { "" };
    let begins = last == header;
    let verb = words::verb(word).filter(|row| begins || row.right);
    match (word, first) {
        ("param" | "routine" | "scenario" | "on" | "table" | "outcome" | "record", _) if begins => {
            return Here::Nothing;
        }
        ("for" | "let" | "as", _) => return Here::Nothing,
        ("fault", _) if begins => {
            return Here::Name {
                of: &[],
                words: &["crash", "pause", "slow", "surge", "fail", "partition"],
            };
        }
        ("wait", _) if begins => return Here::Name { of: &["condition"], words: &["until"] },
        ("notify", _) if begins => return Here::Name { of: &["condition"], words: &["all"] },
        ("all", "notify") => return Here::Name { of: &["condition"], words: &[] },
        ("to", "send") => return Here::Name { of: &["queue", "topic", "log"], words: &[] },
        ("to", "let" | "return") => {
            return Here::Name { of: &["queue", "topic", "log"], words: &[] };
        }
        ("fail", _) if begins => return Here::Error,
        ("catch", _) => return Here::Error,
        ("ack" | "nack", _) if begins => return Here::Value { right: false, labels: "" },
        ("link", _) if begins => return Here::Name { of: ENDS, words: &[] },
        _ => {}
    }
    if let Some(row) = verb
        && !row.names.is_empty()
    {
        return Here::Name { of: row.names, words: &[] };
    }
    if first == "fault" && header + 1 == last {
        let row = words::at(Place::Clause).find(|row| row.word == word && row.of == ["fault"]);
        return row.map_or(Here::Nothing, |row| Here::Name { of: row.names, words: &[] });
    }
    if word == "receive" && first == "process" {
        return Here::Name { of: &["queue", "group"], words: &[] };
    }
    let declares = words::declaration(word).filter(|_| begins);
    if let Some(row) = declares {
        let values = ["always", "finally", "goal"].contains(&row.word);
        return if values { Here::Value { right: false, labels: "" } } else { Here::Nothing };
    }
    if scan.is_sign(last, ",") && first == "with" {
        return Here::Name { of: words::verb("with").map_or(&[], |row| row.names), words: &[] };
    }
    if scan.is_sign(last, ",") && first == "catch" {
        return Here::Error;
    }
    if scan.is_sign(last, ",") && ["var", "counter"].contains(&first) {
        return Here::Nothing;
    }
    if scan.is_sign(last, ":") && first == "param" && last == header + 2 {
        return Here::Type;
    }
    if first == "param" && scan.at(header + 3) == "choice" {
        return if scan.is_sign(last, "=") { Here::Nothing } else { Here::Behind(first) };
    }
    if (scan.is_sign(last, "->") || scan.is_sign(last, "<->")) && first == "link" {
        return Here::Name { of: ENDS, words: &[] };
    }
    if wants_value(scan, last, begins) {
        let compares = scan.is_sign(last, "==") || scan.is_sign(last, "!=");
        let labels = if compares { scan.at(last.saturating_sub(1)) } else { "" };
        let right = (scan.is_sign(last, "=") && first != "var" && scan.inside[header].is_some())
            || word == "return";
        return Here::Value { right, labels };
    }
    Here::Behind(first)
}

/// What a link may join.
const ENDS: &[&str] = &["process", "service", "queue", "topic", "log", "database"];

/// Whether a value stands behind a token.
fn wants_value(scan: &Scan<'_>, last: usize, begins: bool) -> bool {
    match scan.tokens[last].kind {
        TokenKind::Sign(sign) => !matches!(sign, ")" | "]" | "}"),
        TokenKind::Word => {
            let word = scan.at(last);
            let reserved = words::is_reserved(word)
                && !["true", "false", "none", "self", "of"].contains(&word);
            let clause = ["every", "within", "until", "times", "after", "by", "at", "where", "key"];
            reserved || (begins && words::verb(word).is_some()) || clause.contains(&word)
        }
        _ => false,
    }
}

/// The declaration that a name means at a place: a local before what is declared at the top.
pub(super) fn meant<'s, 'a>(scan: &'s Scan<'a>, name: &str, at: u32) -> Option<&'s Declared<'a>> {
    let known = |one: &&Declared<'_>| {
        one.name == name && one.known.start <= at.max(one.span.end) && at <= one.known.end
    };
    let all = || scan.declared.iter().filter(known);
    all()
        .rfind(|one| matches!(one.what, What::Local) && one.span.start <= at)
        .or_else(|| all().find(|one| matches!(one.what, What::Thing(_))))
        .or_else(|| all().next())
}
