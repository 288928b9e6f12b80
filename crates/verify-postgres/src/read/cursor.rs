//! Goes through the pieces of a text.

use super::tokens::Token;

#[derive(Clone, Debug)]
pub(crate) struct Cursor<'a> {
    all: &'a [Token],
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(all: &'a [Token]) -> Cursor<'a> {
        Cursor { all, at: 0 }
    }

    pub(crate) fn peek(&self) -> Option<&'a Token> {
        self.all.get(self.at)
    }

    /// The one behind the next.
    pub(crate) fn second(&self) -> Option<&'a Token> {
        self.all.get(self.at + 1)
    }

    pub(crate) fn next(&mut self) -> Option<&'a Token> {
        self.at += 1;
        self.all.get(self.at - 1)
    }

    /// Passes over the ends of lines.
    pub(crate) fn ends(&mut self) {
        while self.peek() == Some(&Token::End) {
            self.at += 1;
        }
    }

    /// Whether this sign is next; then it is passed.
    pub(crate) fn take(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Sign(next)) if *next == sign);
        self.at += usize::from(found);
        found
    }

    /// Whether this word is next; then it is passed.
    pub(crate) fn take_word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Word(next)) if next == word);
        self.at += usize::from(found);
        found
    }

    pub(crate) fn sign(&mut self, sign: &str) -> Result<(), String> {
        if self.take(sign) { Ok(()) } else { Err(self.wrong(sign)) }
    }

    pub(crate) fn the_word(&mut self, word: &str) -> Result<(), String> {
        if self.take_word(word) { Ok(()) } else { Err(self.wrong(word)) }
    }

    pub(crate) fn word(&mut self) -> Result<String, String> {
        match self.next() {
            Some(Token::Word(word)) => Ok(word.clone()),
            _ => Err(self.wrong("a word")),
        }
    }

    pub(crate) fn number(&mut self) -> Result<i64, String> {
        let minus = self.take("-");
        match self.next() {
            Some(Token::Number(number)) => Ok(if minus { -number } else { *number }),
            _ => Err(self.wrong("a number")),
        }
    }

    pub(crate) fn quoted(&mut self) -> Result<String, String> {
        match self.next() {
            Some(Token::Quoted(text)) => Ok(text.clone()),
            _ => Err(self.wrong("a text")),
        }
    }

    /// What stands up to the brace that closes the one just passed, which is passed too.
    pub(crate) fn inside(&mut self) -> Result<&'a [Token], String> {
        let start = self.at;
        let mut open = 1;
        while let Some(token) = self.next() {
            match token {
                Token::Sign("{") => open += 1,
                Token::Sign("}") => open -= 1,
                _ => {}
            }
            if open == 0 {
                return Ok(&self.all[start..self.at - 1]);
            }
        }
        Err("a brace is not closed".to_owned())
    }

    pub(crate) fn wrong(&self, wanted: &str) -> String {
        let from = self.at.saturating_sub(3);
        let around = &self.all[from..self.all.len().min(self.at + 3)];
        format!("{wanted} was wanted around {around:?}")
    }
}
