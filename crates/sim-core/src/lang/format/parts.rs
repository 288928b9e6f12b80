//! The tokens and remarks of a text, with what the layout needs to know of each.

use crate::{
    lang::{
        diagnostic::{Diagnostic, Diagnostics, line_column},
        lexer::{self, range},
        limits,
        token::{OPEN_SIGNS, OPEN_WORDS, Token, TokenKind},
    },
    program::Span,
    say::diagnostics::{Ceiling, Expected, Found, Message},
};

/// A token or a remark.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    pub(super) kind: PartKind,
    pub(super) text: &'a str,
    /// Where it begins in the text.
    pub(super) start: usize,
    /// Line ends between the part before and this one.
    pub(super) breaks: usize,
    /// Blanks before it, if it stands on the line of the part before.
    pub(super) gap: usize,
    /// The other one of a pair of brackets.
    pub(super) partner: Option<usize>,
    /// The innermost bracket around it.
    pub(super) inside: Option<usize>,
    /// For a `{`: what stands between it and its partner.
    pub(super) holds: Holds,
    /// Whether a blank stands before it when it does not begin a line.
    pub(super) space: bool,
    /// Whether a line end before it ends a statement.
    pub(super) ends_before: bool,
    /// Whether it begins a line of the result.
    pub(super) begins: Begins,
    /// Whether it is left out: a `;` that says no more than the line end or brace beside it.
    pub(super) gone: bool,
}

/// How a part stands to the part before, in the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begins {
    /// On the same line.
    Nothing,
    /// On a line of its own.
    Line,
    /// On a line of its own with a blank one before.
    Paragraph,
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartKind {
    Word,
    Number,
    Text,
    Sign,
    Semicolon,
    Remark,
}

/// What a pair of braces holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Statements, declarations or arms.
    Block,
    /// The picks of a schedule, whose line ends mean nothing.
    Picks,
    /// Fields of a record.
    Record,
}

impl Part<'_> {
    pub(super) fn is(&self, text: &str) -> bool {
        matches!(self.kind, PartKind::Sign | PartKind::Word) && self.text == text
    }

    pub(super) fn is_remark(&self) -> bool {
        self.kind == PartKind::Remark
    }

    /// Whether the statement goes on behind it, also on the next line.
    pub(super) fn is_open(&self) -> bool {
        match self.kind {
            PartKind::Sign => OPEN_SIGNS.contains(&self.text),
            PartKind::Word => OPEN_WORDS.contains(&self.text),
            _ => false,
        }
    }

    pub(super) fn width(&self) -> usize {
        self.text.chars().count()
    }
}

/// The parts of a text, if its tokens are all tokens and its brackets pair.
pub(super) fn parts(text: &str) -> Result<Vec<Part<'_>>, Vec<Diagnostic>> {
    let tokens = lexer::lex(text);
    let mut reader = Reader { text, parts: Vec::new(), open: Vec::new(), breaks: 0, end: 0 };
    let mut wrong = Diagnostics::default();
    for token in &tokens {
        if let TokenKind::Wrong(message) = &token.kind {
            wrong.error(token.span.clone(), message.clone());
        }
    }
    if wrong.is_empty()
        && let Err((span, message)) = reader.read(&tokens)
    {
        wrong.error(span, message);
    }
    if !wrong.is_empty() {
        return Err(wrong.sorted());
    }
    let mut parts = reader.parts;
    for at in 0..parts.len() {
        if parts[at].is("{") {
            parts[at].holds = holds(&parts, at);
        }
    }
    Ok(parts)
}

struct Reader<'a> {
    text: &'a str,
    parts: Vec<Part<'a>>,
    /// Brackets that are open, innermost last.
    open: Vec<usize>,
    /// Line ends since the last part.
    breaks: usize,
    /// Where the last part ended, or the last line end.
    end: usize,
}

impl<'a> Reader<'a> {
    fn read(&mut self, tokens: &[Token]) -> Result<(), (Span, Message)> {
        let mut ended = false;
        for token in tokens {
            self.between(range(&token.span).start);
            let text = &self.text[range(&token.span)];
            let kind = match &token.kind {
                TokenKind::TextEnd => break,
                TokenKind::End if text == ";" => PartKind::Semicolon,
                TokenKind::End => {
                    // A line end that ends a statement although a bracket is open: the lexer
                    // gave that bracket up, so nobody knows what belongs to it.
                    if let Some(&open) = self.open.last()
                        && !self.parts[open].is("{")
                    {
                        let found = (token.span.start..token.span.start, Found::LineEnd);
                        return Err(self.not_closed(open, found));
                    }
                    ended = true;
                    self.breaks += 1;
                    self.end = token.span.end as usize;
                    continue;
                }
                TokenKind::Word => PartKind::Word,
                TokenKind::Text(_) => PartKind::Text,
                TokenKind::Sign(_) => PartKind::Sign,
                _ => PartKind::Number,
            };
            self.starts_anew(text, &token.span)?;
            self.push(kind, text, token.span.start as usize, ended);
            ended = false;
            self.brackets(text, kind, &token.span)?;
        }
        let Some(&open) = self.open.last() else { return Ok(()) };
        let end = self.text.len() as u32;
        Err(self.not_closed(open, (end..end, Found::TextEnd)))
    }

    /// With the blank that a word and a text get between them, the lexer would give up a bracket
    /// around a line that begins like a statement.
    fn starts_anew(&self, text: &str, span: &Span) -> Result<(), (Span, Message)> {
        let open = self.open.last().filter(|&&open| !self.parts[open].is("{"));
        let quoted = self.text[span.end as usize..].starts_with('"');
        match open {
            Some(&open) if self.breaks > 0 && quoted && lexer::STARTS.contains(&text) => {
                Err(self.not_closed(open, (span.clone(), Found::Token(text.to_owned()))))
            }
            _ => Ok(()),
        }
    }

    fn push(&mut self, kind: PartKind, text: &'a str, start: usize, ends_before: bool) {
        let gap = if self.breaks == 0 { start - self.end } else { 0 };
        self.parts.push(Part {
            kind,
            text,
            start,
            breaks: self.breaks,
            gap,
            partner: None,
            inside: self.open.last().copied(),
            holds: Holds::Block,
            space: false,
            ends_before,
            begins: Begins::Nothing,
            gone: false,
        });
        self.breaks = 0;
        self.end = start + text.len();
    }

    /// Line ends and remarks up to the next token.
    fn between(&mut self, to: usize) {
        while self.end < to {
            let rest = &self.text[self.end..to];
            let line = rest.find('\n').unwrap_or(rest.len());
            if let Some(at) = rest[..line].find("//") {
                let remark = rest[at..line].trim_end();
                self.push(PartKind::Remark, remark, self.end + at, false);
            }
            if line == rest.len() {
                // Blanks before the token, or the end of a line that a line end follows.
                return;
            }
            self.end = to - rest.len() + line + 1;
            self.breaks += 1;
        }
    }

    fn brackets(&mut self, text: &str, kind: PartKind, span: &Span) -> Result<(), (Span, Message)> {
        if kind != PartKind::Sign {
            return Ok(());
        }
        let this = self.parts.len() - 1;
        match text {
            "(" | "[" | "{" => {
                if self.open.len() >= limits::NESTING as usize {
                    let most = u64::from(limits::NESTING);
                    return Err((span.clone(), Message::TooMuch { what: Ceiling::Nesting, most }));
                }
                self.open.push(this);
            }
            ")" | "]" | "}" => {
                let found = Found::Token(text.to_owned());
                let Some(open) = self.open.pop() else {
                    let what = Expected::Declaration;
                    return Err((span.clone(), Message::Expected { what, found, hint: None }));
                };
                if closing(self.parts[open].text) != text {
                    return Err(self.not_closed(open, (span.clone(), found)));
                }
                self.parts[open].partner = Some(this);
                self.parts[this].partner = Some(open);
                self.parts[this].inside = self.parts[open].inside;
            }
            _ => {}
        }
        Ok(())
    }

    fn not_closed(&self, open: usize, (span, found): (Span, Found)) -> (Span, Message) {
        let part = &self.parts[open];
        let sign = match part.text {
            "(" => "(",
            "[" => "[",
            _ => "{",
        };
        let (line, column) = line_column(self.text, part.start as u32);
        (span, Message::NotClosed { sign, line, column, found })
    }
}

fn closing(open: &str) -> &'static str {
    match open {
        "(" => ")",
        "[" => "]",
        _ => "}",
    }
}

/// What braces hold: a block never begins with a word and `:`, unless it is a schedule's.
fn holds(parts: &[Part<'_>], open: usize) -> Holds {
    let token = |at: usize| parts.get(at).filter(|part| !part.is_remark());
    let name = open.checked_sub(1).and_then(token);
    let word = open.checked_sub(2).and_then(token);
    if name.is_some_and(|name| name.kind == PartKind::Text)
        && word.is_some_and(|word| word.is("schedule"))
    {
        return Holds::Picks;
    }
    let blank = |part: &&Part<'_>| part.is_remark() || part.kind == PartKind::Semicolon;
    let mut inner = parts[open + 1..].iter().skip_while(blank).filter(|part| !part.is_remark());
    let label = inner.next().is_some_and(|part| {
        matches!(part.kind, PartKind::Word | PartKind::Number | PartKind::Text)
    });
    if label && inner.next().is_some_and(|part| part.is(":") && !part.ends_before) {
        Holds::Record
    } else {
        Holds::Block
    }
}
