//! What an option may be set to: a word of its own, or a value that the parameters decide.

use super::{Area, Checker, Context};
use crate::{
    lang::{
        names::{Kind, Symbol},
        tree::{Expr, ExprKind, Options},
        words,
    },
    say::diagnostics::Message,
};

impl Checker<'_> {
    /// An option that takes some words, values of a kind, or both. Where a word may stand, there
    /// may be a choice parameter that has only such labels; and everywhere `if .. then .. else`.
    pub(super) fn option(
        &mut self,
        options: &Options,
        name: &str,
        words: &[&str],
        kind: Option<Kind>,
    ) {
        if let Some(option) = options.get(name) {
            self.option_value(option.value(), words, kind);
        }
    }

    /// An option that has no effect beside a word of another. What parameters choose between may
    /// need it for another choice.
    pub(super) fn says_nothing(
        &mut self,
        options: &Options,
        names: &[&'static str],
        other: [&str; 2],
    ) {
        let [name, word] = other;
        if options.get(name).is_some_and(|it| is_word(it.value(), word)) {
            let other = format!("{name}: {word}");
            self.without_effect(options, names, &other, false);
        }
    }

    /// An option that has an effect only with a word of another, which is not set, or to another word.
    pub(super) fn needs_word(&mut self, options: &Options, name: &'static str, other: [&str; 2]) {
        let [of, word] = other;
        let may_be = options.get(of).is_some_and(|it| match &it.value().kind {
            ExprKind::Name(found) => found == word || self.choice_param(found).is_some(),
            _ => true,
        });
        if !may_be {
            self.without_effect(options, &[name], &format!("{of}: {word}"), true);
        }
    }

    fn without_effect(
        &mut self,
        options: &Options,
        names: &[&'static str],
        other: &str,
        needs: bool,
    ) {
        for &option in names {
            if let Some(set) = options.get(option) {
                let other = other.to_owned();
                self.error(&set.name.span, Message::SaysNothing { option, other, needs });
            }
        }
    }

    fn option_value(&mut self, expr: &Expr, words: &[&str], kind: Option<Kind>) {
        match &expr.kind {
            ExprKind::If(condition, yes, no) => {
                self.fixed(condition, Kind::Bool);
                self.option_value(yes, words, kind);
                self.option_value(no, words, kind);
            }
            ExprKind::Name(name) if words.contains(&name.as_str()) => {}
            ExprKind::Name(name) if !words.is_empty() => match self.choice_param(name) {
                Some(labels) => {
                    let strange = labels.iter().find(|label| !words.contains(&label.as_str()));
                    if let Some(found) = strange {
                        self.no_such_word(words, found, expr);
                    }
                }
                None if kind.is_some() && self.names.find(name).is_some() => {
                    self.fixed(expr, kind.unwrap_or(Kind::Unknown));
                }
                None => self.no_such_word(words, name, expr),
            },
            ExprKind::Wrong => {}
            _ => match kind {
                Some(kind) => self.fixed(expr, kind),
                None => {
                    let found = self.text[crate::lang::lexer::range(&expr.span)].to_owned();
                    self.no_such_word(words, &found, expr);
                }
            },
        }
    }

    fn choice_param(&self, name: &str) -> Option<Vec<String>> {
        match self.names.find(name)? {
            Symbol::Param(at) => match self.names.params[at] {
                Kind::Choice(choice) => Some(self.names.labels_of(choice)),
                _ => None,
            },
            _ => None,
        }
    }

    fn no_such_word(&mut self, known: &[&str], found: &str, expr: &Expr) {
        let nearest = words::nearest(found, known.iter().copied());
        let labels = known.iter().map(|word| (*word).to_owned()).collect();
        let found = found.chars().take(40).collect();
        self.error(&expr.span, Message::NoSuchLabel { labels, found, nearest });
    }

    /// How many times as much: an int or a percent that the parameters decide.
    pub(super) fn fixed_factor(&mut self, expr: &Expr) {
        let outer = std::mem::replace(&mut self.context, Context::new(Area::Constant));
        let kind = self.kind(expr, None);
        self.context = outer;
        if kind != Kind::Int {
            self.agree(&expr.span, Kind::Percent, kind);
        }
    }

    /// A value that the parameters decide, wherever it stands.
    pub(super) fn fixed(&mut self, expr: &Expr, kind: Kind) {
        let mut local = None;
        expr.visit_names(&mut |name| {
            if self.context.locals.iter().any(|local| local.name == name) {
                local.get_or_insert_with(|| name.to_owned());
            }
        });
        if let Some(name) = local {
            self.error(&expr.span, Message::NotConstant { name });
            return;
        }
        let outer = std::mem::replace(&mut self.context, Context::new(Area::Constant));
        self.expect(expr, kind);
        self.context = outer;
    }
}

fn is_word(expr: &Expr, word: &str) -> bool {
    matches!(&expr.kind, ExprKind::Name(name) if name == word)
}
