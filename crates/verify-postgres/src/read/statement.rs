//! The statements of a transaction.

use super::{cursor::Cursor, tokens::Token};
use crate::{
    program::{Expr, Fold, Sign, Statement},
    scenario::UNNAMED,
};

const TABLE: &str = "test";

/// Those of a block, in one process (`self`).
pub(super) fn block(
    all: &[Token],
    settings: &[(&str, &str)],
    number: i64,
) -> Result<Vec<Statement>, String> {
    let mut statements = Vec::new();
    let mut reader = Reader { cursor: Cursor::new(all), number, made: 0 };
    reader.block(settings, &mut statements)?;
    Ok(statements)
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    number: i64,
    /// How many results have got a name from us.
    made: usize,
}

impl Reader<'_> {
    fn block(
        &mut self,
        settings: &[(&str, &str)],
        statements: &mut Vec<Statement>,
    ) -> Result<(), String> {
        loop {
            self.cursor.ends();
            match self.cursor.peek() {
                None => return Ok(()),
                Some(Token::Word(word)) if word == "match" => {
                    self.cursor.next();
                    self.arm(settings, statements)?;
                }
                Some(_) => statements.push(self.statement()?),
            }
        }
    }

    /// `way { a, b => { … } … }`: the arm of the value that is set.
    fn arm(
        &mut self,
        settings: &[(&str, &str)],
        statements: &mut Vec<Statement>,
    ) -> Result<(), String> {
        let name = self.cursor.word()?;
        let set = settings.iter().find(|(set, _)| *set == name);
        let set = set.ok_or(format!("`{name}` is not set"))?.1;
        self.cursor.sign("{")?;
        let mut arms = Cursor::new(self.cursor.inside()?);
        loop {
            arms.ends();
            if arms.peek().is_none() {
                return Ok(());
            }
            let mut chosen = false;
            while !arms.take("=>") {
                let label = arms.word()?;
                chosen |= label == set || label == "else";
                arms.take(",");
            }
            arms.sign("{")?;
            let body = arms.inside()?;
            if chosen {
                let mut inner =
                    Reader { cursor: Cursor::new(body), number: self.number, made: self.made };
                inner.block(settings, statements)?;
                self.made = inner.made;
                return Ok(());
            }
        }
    }

    fn statement(&mut self) -> Result<Statement, String> {
        if self.cursor.take_word("abort") {
            return Ok(Statement::Abort);
        }
        if self.cursor.take_word("if") {
            let condition = self.expr(0)?;
            self.cursor.sign("{")?;
            self.cursor.the_word("fail")?;
            let error = self.cursor.word()?;
            self.cursor.sign("}")?;
            return Ok(Statement::FailIf { condition, error });
        }
        if self.is_word(TABLE) {
            return self.on_a_row();
        }
        if self.is_word("update") || self.is_word("insert") || self.is_word("delete") {
            let into = self.unnamed();
            return self.right(into);
        }
        self.cursor.take_word("let");
        let into = self.cursor.word()?;
        self.cursor.sign("=")?;
        self.right(into)
    }

    /// `test[1] = 5`, `test[1] for update`
    fn on_a_row(&mut self) -> Result<Statement, String> {
        let (key, field) = self.place()?;
        if self.cursor.take("=") {
            return Ok(Statement::Set { key, field, value: self.expr(0)? });
        }
        self.cursor.the_word("for")?;
        self.cursor.the_word("update")?;
        Ok(Statement::Lock { into: self.unnamed(), key })
    }

    /// What stands right of `=`.
    fn right(&mut self, into: String) -> Result<Statement, String> {
        if self.cursor.take_word("update") {
            let key = self.rows()?;
            self.cursor.the_word("set")?;
            let mut sets = Vec::new();
            loop {
                let field = self.cursor.word()?;
                self.cursor.sign("=")?;
                sets.push((field, self.expr(0)?));
                if !self.cursor.take(",") {
                    break;
                }
            }
            return Ok(Statement::Update { into, key, sets, predicate: self.predicate()? });
        }
        if self.cursor.take_word("insert") {
            let (key, _) = self.place()?;
            self.cursor.sign("=")?;
            return Ok(Statement::Insert { key, values: vec![self.expr(0)?] });
        }
        if self.cursor.take_word("delete") {
            let key = self.rows()?;
            return Ok(Statement::Delete { into, key, predicate: self.predicate()? });
        }
        if self.is_word(TABLE) {
            let (key, field) = self.place()?;
            if self.cursor.take_word("for") {
                self.cursor.the_word("update")?;
                return Ok(Statement::Lock { into, key });
            }
            return Ok(Statement::Read { into, key, field });
        }
        if let Some(fold) = self.fold() {
            self.cursor.next();
            self.cursor.sign("(")?;
            self.cursor.the_word(TABLE)?;
            let field = self.field()?;
            let predicate = self.predicate()?;
            self.cursor.sign(")")?;
            return Ok(Statement::Fold { into, fold, field, predicate });
        }
        Ok(Statement::Let { into, value: self.expr(0)? })
    }

    fn fold(&self) -> Option<Fold> {
        let called = self.cursor.second() == Some(&Token::Sign("("));
        let all = [Fold::Count, Fold::Sum, Fold::Min, Fold::Max];
        all.into_iter().find(|fold| called && self.is_word(fold.word()))
    }

    /// `test[1].field`
    fn place(&mut self) -> Result<(Expr, String), String> {
        let key = self.rows()?.ok_or("a row was wanted, not the table")?;
        Ok((key, self.field()?))
    }

    /// `test`, `test[1]`
    fn rows(&mut self) -> Result<Option<Expr>, String> {
        self.cursor.the_word(TABLE)?;
        if !self.cursor.take("[") {
            return Ok(None);
        }
        let key = self.expr(0)?;
        self.cursor.sign("]")?;
        Ok(Some(key))
    }

    fn field(&mut self) -> Result<String, String> {
        if self.cursor.take(".") { self.cursor.word() } else { Ok("value".to_owned()) }
    }

    fn predicate(&mut self) -> Result<Option<Expr>, String> {
        if self.cursor.take_word("where") { self.expr(0).map(Some) } else { Ok(None) }
    }

    /// An expression whose signs bind at least so tightly.
    fn expr(&mut self, least: u8) -> Result<Expr, String> {
        let mut left = match self.cursor.next() {
            Some(Token::Number(number)) => Expr::Number(*number),
            Some(Token::Word(word)) if word == "self" => Expr::Number(self.number),
            Some(Token::Word(word)) => Expr::Name(word.clone()),
            Some(Token::Sign("(")) => {
                let inner = self.expr(0)?;
                self.cursor.sign(")")?;
                inner
            }
            _ => return Err(self.cursor.wrong("an expression")),
        };
        while let Some(sign) = self.sign().filter(|sign| sign.rank() >= least) {
            self.cursor.next();
            left = Expr::binary(left, sign, self.expr(sign.rank() + 1)?);
        }
        Ok(left)
    }

    fn sign(&self) -> Option<Sign> {
        let word = match self.cursor.peek()? {
            Token::Word(word) => word.as_str(),
            Token::Sign(sign) => sign,
            _ => return None,
        };
        Sign::ALL.into_iter().find(|sign| sign.word() == word)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.cursor.peek(), Some(Token::Word(next)) if next == word)
    }

    fn unnamed(&mut self) -> String {
        self.made += 1;
        format!("{UNNAMED}{}", self.made)
    }
}
