//! What options are set to under the parameters.

use super::Compiler;
use crate::lang::{
    names::{Kind, Symbol},
    tree::{Expr, ExprKind, Options},
};

/// What an option is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Chosen {
    /// A word of the option's own.
    Word(String),
    /// A value.
    Value(i64),
}

impl Compiler<'_> {
    /// What an option that takes some words is set to, if it is set.
    pub(super) fn chosen(
        &mut self,
        options: &Options,
        name: &str,
        words: &[&str],
    ) -> Option<Chosen> {
        let option = options.get(name)?;
        Some(self.chosen_value(option.value(), words))
    }

    fn chosen_value(&mut self, expr: &Expr, words: &[&str]) -> Chosen {
        match &expr.kind {
            ExprKind::If(condition, yes, no) => {
                let holds = self.constant(condition) != 0;
                self.chosen_value(if holds { yes } else { no }, words)
            }
            ExprKind::Name(name) if words.contains(&name.as_str()) => Chosen::Word(name.clone()),
            ExprKind::Name(name) if !words.is_empty() => {
                let value = self.constant(expr);
                match self.names.find(name) {
                    Some(Symbol::Param(at)) if matches!(self.names.params[at], Kind::Choice(_)) => {
                        let label = self.names.labels.get(value as usize);
                        Chosen::Word(label.cloned().unwrap_or_default())
                    }
                    _ => Chosen::Value(value),
                }
            }
            _ => Chosen::Value(self.constant(expr)),
        }
    }
}
