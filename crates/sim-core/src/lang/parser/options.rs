//! Options in brackets: `(attempts: 3, on: timeout, conflict)`, their names from a list.

use super::{Parsed, Parser};
use crate::{
    lang::{
        tree::{OptionTree, Options},
        words,
    },
    say::diagnostics::{Expected, Message},
};

/// Options that take several values, one after another.
const LISTS: &[&str] = &["on", "ignore"];

/// Whether names besides the listed ones may stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Others {
    /// They are mistakes.
    Refused,
    /// They are names of the scenario's own, which the checker looks up.
    Kept,
}

impl Parser<'_> {
    /// The options of a declaration or statement, if any stand here; the table of words has them.
    pub(super) fn options(&mut self, of: &'static str, others: Others) -> Parsed<Option<Options>> {
        if !self.is_sign("(") {
            return Ok(None);
        }
        if words::options_of(of).next().is_none() {
            return self.expected(Expected::LineEnd, None);
        }
        self.take();
        let mut list: Vec<OptionTree> = Vec::new();
        loop {
            let option = self.option(of, others)?;
            if list.iter().any(|other| other.name.text == option.name.text) {
                let name = option.name.text.clone();
                self.report(option.name.span.clone(), Message::OptionTwice { name });
            }
            list.push(option);
            if !self.take_sign(",") {
                break;
            }
        }
        self.want_sign(")")?;
        Ok(Some(Options { list }))
    }

    fn option(&mut self, of: &'static str, others: Others) -> Parsed<OptionTree> {
        let sorted = || {
            let mut options: Vec<String> =
                words::options_of(of).map(|row| row.word.to_owned()).collect();
            options.sort();
            options
        };
        if self.word().is_empty() {
            return self.expected(Expected::OneOf(sorted()), None);
        }
        let name = self.want_label(Expected::Name)?;
        match words::option(of, &name.text) {
            Some(row) if !row.built => {
                let _: Parsed<()> = self.not_built(name.span.clone(), row.word);
            }
            None if others == Others::Refused => {
                let found = name.text.clone();
                let known = words::options_of(of).map(|row| row.word);
                let nearest = words::nearest(&found, known);
                let message = Message::UnknownOption { of, options: sorted(), found, nearest };
                self.report(name.span.clone(), message);
            }
            _ => {}
        }
        self.want_sign(":")?;
        let mut values = vec![self.expr()?];
        let several = LISTS.contains(&name.text.as_str());
        while several && self.is_sign(",") && !self.sign_ahead(2, ":") {
            self.take();
            values.push(self.expr()?);
        }
        Ok(OptionTree { name, values })
    }
}
