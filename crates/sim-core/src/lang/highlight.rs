//! Tags for an editor: what each part of a text is, from its tokens alone.
//!
//! Works on broken text, and on every key press: it looks at a token and the one before and
//! behind it, never further.

use super::{
    lexer::{self, range},
    token::{Token, TokenKind},
    words,
};
use crate::program::Span;

/// What a part of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tag {
    /// A word of the language, in its place.
    Keyword,
    /// A name.
    Name,
    /// A number with its unit.
    Number,
    /// A text in quotes.
    Text,
    /// A remark.
    Remark,
    /// An operator or bracket.
    Sign,
    /// Something that is no part of the language.
    Error,
}

/// Words that are keywords behind what they belong to, and hardly ever names.
const CLAUSES: &[&str] = &["int", "duration", "rate", "percent", "bool", "choice"];

/// The tagged parts of a text, in order and without overlaps. Blanks belong to none.
#[must_use]
pub fn highlight(text: &str) -> Vec<(Span, Tag)> {
    let tokens = lexer::lex(text);
    let mut parts = Vec::new();
    let mut end = 0;
    for (at, token) in tokens.iter().enumerate() {
        remark_between(text, end, token.span.start, &mut parts);
        end = token.span.end;
        let tag = match &token.kind {
            TokenKind::Word => word(text, &tokens, at),
            TokenKind::Int(_)
            | TokenKind::Duration(_)
            | TokenKind::Percent(_)
            | TokenKind::Rate(_) => Tag::Number,
            TokenKind::Text(_) => Tag::Text,
            TokenKind::Sign(_) => Tag::Sign,
            TokenKind::Wrong(_) => Tag::Error,
            TokenKind::End | TokenKind::TextEnd => continue,
        };
        parts.push((token.span.clone(), tag));
    }
    parts
}

/// Remarks are what the lexer leaves out besides blanks and line ends.
fn remark_between(text: &str, from: u32, to: u32, parts: &mut Vec<(Span, Tag)>) {
    let mut at = from;
    for line in text[range(&(from..to))].split_inclusive('\n') {
        if let Some(start) = line.find("//") {
            let length = line.trim_end().len();
            parts.push((at + start as u32..at + length as u32, Tag::Remark));
        }
        at += line.len() as u32;
    }
}

fn word(text: &str, tokens: &[Token], at: usize) -> Tag {
    let word = &text[range(&tokens[at].span)];
    if words::is_reserved(word) {
        return Tag::Keyword;
    }
    let before = at.checked_sub(1).map(|before| &tokens[before].kind);
    let next = tokens.get(at + 1).map(|token| &token.kind);
    let begins = matches!(before, None | Some(TokenKind::End | TokenKind::Sign("{" | "}" | "=>")));
    let is_place =
        matches!(next, Some(TokenKind::Sign("=" | "+=" | "-=" | "[" | "." | "=>" | ",")));
    let begins_statement =
        words::verb(word).is_some() || words::declaration(word).is_some() || word == "scenario";
    let clause = CLAUSES.contains(&word) && matches!(before, Some(TokenKind::Sign(":")));
    // Words that begin something only inside what they belong to.
    let inner = ["table", "on", "step"].contains(&word)
        && matches!(next, Some(TokenKind::Word | TokenKind::Text(_)));
    let keyword =
        (begins && begins_statement && (!is_place || word == "let")) || (begins && inner) || clause;
    if keyword { Tag::Keyword } else { Tag::Name }
}
