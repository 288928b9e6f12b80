//! Text to tokens. Never fails: what is no token becomes one that carries its message.

use super::token::{OPEN_SIGNS, OPEN_WORDS, SIGNS, Token, TokenKind};
use crate::{
    program::{RATE_HOUR, Span, WHOLE},
    say::diagnostics::Message,
};

/// Units of time with their nanoseconds, longer names first.
pub(super) const UNITS: [(&str, i64); 6] = [
    ("min", 60_000_000_000),
    ("ns", 1),
    ("us", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("h", 3_600_000_000_000),
];

/// The tokens of a text, the last one being its end.
pub(super) fn lex(text: &str) -> Vec<Token> {
    Lexer { text, at: 0, tokens: Vec::new(), open: Vec::new(), first: true }.run()
}

/// The tokens of a part of a text, places being those in the whole; the last one is its end.
pub(super) fn lex_part(text: &str, part: &Span) -> Vec<Token> {
    let (at, end) = (part.start as usize, part.end as usize);
    let text = &text[..end];
    Lexer { text, at, tokens: Vec::new(), open: Vec::new(), first: false }.run()
}

/// The remarks of a text, for highlighting: the lexer itself drops them.
pub(super) fn is_remark(text: &str) -> bool {
    text.starts_with("//")
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    /// Brackets that are open, innermost last.
    open: Vec<char>,
    first: bool,
}

impl Lexer<'_> {
    fn run(mut self) -> Vec<Token> {
        // A byte order mark says nothing.
        if self.at == 0 && self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
        }
        while let Some(c) = self.rest().chars().next() {
            match c {
                ' ' | '\t' | '\r' => self.at += 1,
                '\n' => {
                    self.line_end();
                    self.first = true;
                }
                ';' => self.push(TokenKind::End, self.at + 1),
                '/' if is_remark(self.rest()) => {
                    self.at += self.rest().find('\n').unwrap_or(self.rest().len());
                }
                '"' => self.quoted(),
                '0'..='9' => self.number(),
                _ if is_letter(c) => {
                    let end = self.at + run_length(self.rest(), is_word);
                    self.push(TokenKind::Word, end);
                }
                _ => self.sign(c),
            }
        }
        self.push(TokenKind::TextEnd, self.text.len());
        self.tokens
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: TokenKind, end: usize) {
        self.tokens.push(Token { kind, span: self.at as u32..end as u32, first: self.first });
        self.first = false;
        self.at = end;
    }

    fn line_end(&mut self) {
        if begins_anew(&self.rest()[1..]) {
            while self.open.last().is_some_and(|&open| open != '{') {
                self.open.pop();
            }
        }
        let inside = self.open.last().is_some_and(|&open| open != '{');
        let open = self.tokens.last().is_none_or(|last| match &last.kind {
            TokenKind::Sign(sign) => OPEN_SIGNS.contains(sign),
            TokenKind::Word => OPEN_WORDS.contains(&&self.text[range(&last.span)]),
            _ => false,
        });
        if inside || open {
            self.at += 1;
        } else {
            self.push(TokenKind::End, self.at + 1);
        }
    }

    fn sign(&mut self, c: char) {
        let Some(&sign) = SIGNS.iter().find(|&&sign| self.rest().starts_with(sign)) else {
            return self.unknown(c);
        };
        match sign {
            "(" | "[" | "{" => self.open.extend(sign.chars()),
            ")" | "]" => {
                let partner = if sign == ")" { '(' } else { '[' };
                if self.open.last() == Some(&partner) {
                    self.open.pop();
                }
            }
            // A closing brace also closes what was forgotten inside it.
            "}" => while self.open.pop().is_some_and(|open| open != '{') {},
            _ => {}
        }
        self.push(TokenKind::Sign(sign), self.at + sign.len());
    }

    fn unknown(&mut self, c: char) {
        let known = |c: char| {
            c.is_ascii_whitespace()
                || is_word(c)
                || c == '"'
                || c == ';'
                || SIGNS.iter().any(|sign| sign.starts_with(c))
        };
        let length = match c {
            '!' | '%' | '\'' => 1,
            _ => run_length(self.rest(), |c| !known(c)).max(c.len_utf8()),
        };
        let found = &self.rest()[..length];
        let instead = match found {
            "&&" | "&" => Some("and"),
            "||" | "|" => Some("or"),
            "!" => Some("not"),
            "%" => Some("mod"),
            "'" => Some("\""),
            _ => None,
        };
        // A long run of strange characters is not worth repeating whole.
        let found = found.chars().take(20).collect();
        self.push(TokenKind::Wrong(Message::UnknownSign { found, instead }), self.at + length);
    }

    fn quoted(&mut self) {
        let mut value = String::new();
        let mut wrong = None;
        let mut chars = self.rest().char_indices().skip(1);
        let length = loop {
            match chars.next() {
                Some((at, '"')) => break at + 1,
                Some((at, '\n')) => {
                    wrong = Some(Message::UnclosedText);
                    break at;
                }
                None => {
                    wrong = Some(Message::UnclosedText);
                    break self.rest().len();
                }
                Some((at, '\\')) => match chars.next() {
                    Some((_, c @ ('"' | '\\' | '{'))) => value.push(c),
                    Some((_, 'n')) => value.push('\n'),
                    Some((_, c)) if c != '\n' => {
                        wrong.get_or_insert(Message::UnknownEscape { found: format!("\\{c}") });
                    }
                    _ => {
                        wrong = Some(Message::UnclosedText);
                        break at + 1;
                    }
                },
                Some((_, c)) => value.push(c),
            }
        };
        let kind = wrong.map_or(TokenKind::Text(value), TokenKind::Wrong);
        self.push(kind, self.at + length);
    }

    fn number(&mut self) {
        let rest = self.rest();
        let whole = run_length(rest, |c| c.is_ascii_digit());
        let digits = rest[whole..]
            .strip_prefix('.')
            .map_or(0, |behind| run_length(behind, |c| c.is_ascii_digit()));
        let fraction = if digits > 0 { &rest[whole + 1..whole + 1 + digits] } else { "" };
        let number = if digits > 0 { whole + 1 + digits } else { whole };
        let behind = &rest[number..];
        let whole = &rest[..whole];

        let unit = UNITS
            .iter()
            .find(|(name, _)| behind.starts_with(name) && !starts_word(&behind[name.len()..]));
        let stuck = |length: usize| length + run_length(&rest[length..], is_word);
        let (kind, length) = if let Some(&(name, size)) = unit {
            let length = number + name.len();
            let found = &rest[..length];
            (exact(whole, fraction, [size, 1], found, Unit::Duration), length)
        } else if behind.starts_with('%') {
            let length = number + 1;
            if starts_word(&rest[length..]) {
                let length = stuck(length);
                let found = rest[..length].to_owned();
                (TokenKind::Wrong(Message::StuckNumber { kind: "percentage", found }), length)
            } else {
                let found = &rest[..length];
                (exact(whole, fraction, [WHOLE, 100], found, Unit::Percent), length)
            }
        } else if let Some((name, size)) = per_unit(behind) {
            let length = number + 1 + name.len();
            let found = &rest[..length];
            (exact(whole, fraction, [RATE_HOUR, size], found, Unit::Rate), length)
        } else if starts_word(behind) {
            let length = stuck(number);
            let found = rest[..length].to_owned();
            (TokenKind::Wrong(Message::UnknownUnit { found }), length)
        } else if digits > 0 {
            (TokenKind::Wrong(Message::Fraction { found: rest[..number].to_owned() }), number)
        } else {
            let kind = whole.parse().map_or_else(
                |_| TokenKind::Wrong(Message::NumberTooLarge { found: shorten(whole) }),
                TokenKind::Int,
            );
            (kind, number)
        };
        self.push(kind, self.at + length);
    }
}

/// Words with which no line inside brackets begins, if a further word or a text follows.
pub(super) const STARTS: &[&str] = &[
    "let", "while", "repeat", "for", "return", "stop", "sleep", "work", "acquire", "release",
    "process", "routine", "param", "var", "counter", "lock", "always", "finally", "schedule",
];

/// Whether a line begins as nothing inside brackets does: a bracket above was not closed, and
/// without this the rest of the block would seem to be one line.
fn begins_anew(rest: &str) -> bool {
    let line = rest.lines().next().unwrap_or_default().trim_start();
    let word = &line[..run_length(line, is_word)];
    let behind = &line[word.len()..];
    let behind_blank = behind.trim_start();
    line.starts_with('}')
        || (STARTS.contains(&word)
            && behind.len() > behind_blank.len()
            && behind_blank.starts_with(|c: char| is_word(c) || c == '"'))
}

/// The unit of a rate: `/s`, if no word goes on behind it.
fn per_unit(behind: &str) -> Option<(&'static str, i64)> {
    let behind = behind.strip_prefix('/')?;
    UNITS
        .iter()
        .find(|(name, _)| behind.starts_with(name) && !starts_word(&behind[name.len()..]))
        .copied()
}

/// What a number with a unit means.
#[derive(Clone, Copy)]
enum Unit {
    Duration,
    Percent,
    Rate,
}

/// A number with a unit, which is `size[0] / size[1]` of its kind's smallest part, without rounding.
fn exact(whole: &str, fraction: &str, size: [i64; 2], found: &str, unit: Unit) -> TokenKind {
    let fraction = fraction.trim_end_matches('0');
    let [size, over] = size.map(i128::from);
    // The outer option is about size, the inner one about parts of the smallest part.
    let exact = || {
        // No unit has so many parts that a longer fraction could come out even.
        if fraction.len() > 18 {
            return Some(None);
        }
        let denominator = 10_i128.pow(fraction.len() as u32) * over;
        let digits = fraction.bytes().fold(0, |sum, digit| sum * 10 + i128::from(digit - b'0'));
        let whole = whole.parse::<i128>().ok()?.checked_mul(10_i128.pow(fraction.len() as u32))?;
        let parts = whole.checked_add(digits)?.checked_mul(size)?;
        Some((parts % denominator == 0).then(|| parts / denominator))
    };
    let too_large = || TokenKind::Wrong(Message::NumberTooLarge { found: shorten(found) });
    match exact() {
        Some(Some(value)) => match (i64::try_from(value), unit) {
            (Ok(value), Unit::Duration) => TokenKind::Duration(value),
            (Ok(value), Unit::Percent) => TokenKind::Percent(value),
            (Ok(value), Unit::Rate) => TokenKind::Rate(value),
            (Err(_), _) => too_large(),
        },
        Some(None) => {
            let found = shorten(found);
            TokenKind::Wrong(match unit {
                Unit::Duration => Message::UnevenDuration { found },
                Unit::Percent => Message::UnevenPercent { found },
                Unit::Rate => Message::UnevenRate { found },
            })
        }
        None => too_large(),
    }
}

fn shorten(found: &str) -> String {
    if found.len() <= 24 { found.to_owned() } else { format!("{}…", &found[..20]) }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_'
}

fn is_word(c: char) -> bool {
    is_letter(c) || c.is_ascii_digit()
}

fn starts_word(text: &str) -> bool {
    text.starts_with(is_word)
}

/// How many bytes of a text's beginning satisfy a test.
fn run_length(text: &str, test: impl Fn(char) -> bool) -> usize {
    text.find(|c| !test(c)).unwrap_or(text.len())
}

/// A span as a range to index the text with.
pub(super) fn range(span: &Span) -> std::ops::Range<usize> {
    span.start as usize..span.end as usize
}
