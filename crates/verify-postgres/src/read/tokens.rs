//! A text, cut into words, numbers and signs.

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    Word(String),
    Number(i64),
    /// Something in quotes.
    Quoted(String),
    Sign(&'static str),
    /// A line's end or `;`.
    End,
}

/// The longer ones first.
const SIGNS: &[&str] = &[
    "->", "..", "=>", "==", "!=", "<=", ">=", "+=", "-=", "(", ")", "[", "]", "{", "}", ",", ":",
    ".", "=", "<", ">", "+", "-", "*", "/",
];

/// The pieces of a text, or the line (from 1) with something that is none.
pub(crate) fn tokens(text: &str) -> Result<Vec<Token>, usize> {
    let mut all = Vec::new();
    for (line, words) in text.lines().enumerate() {
        cut(words, &mut all).ok_or(line + 1)?;
        all.push(Token::End);
    }
    Ok(all)
}

fn cut(line: &str, all: &mut Vec<Token>) -> Option<()> {
    let mut rest = line.trim_start();
    while !rest.is_empty() && !rest.starts_with("//") {
        let first = rest.chars().next()?;
        let length =
            |is_part: fn(char) -> bool| rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
        let end;
        if first.is_ascii_digit() {
            end = length(|letter| letter.is_ascii_digit());
            all.push(Token::Number(rest[..end].parse().ok()?));
        } else if first.is_ascii_alphabetic() || first == '_' {
            end = length(|letter| letter.is_ascii_alphanumeric() || letter == '_');
            all.push(Token::Word(rest[..end].to_owned()));
        } else if first == '"' {
            end = rest[1..].find('"')? + 2;
            all.push(Token::Quoted(rest[1..end - 1].to_owned()));
        } else if first == ';' {
            end = 1;
            all.push(Token::End);
        } else {
            let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign))?;
            end = sign.len();
            all.push(Token::Sign(sign));
        }
        rest = rest[end..].trim_start();
    }
    Some(())
}
