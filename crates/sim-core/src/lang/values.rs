//! Parameters, and values for them: from controls, the command line or a link.

use std::collections::BTreeMap;

use super::{
    compile,
    diagnostic::{Diagnostic, Diagnostics},
    lexer,
    names::{Kind, Names},
    token::TokenKind,
    tree::{Expr, ParamTreeKind, Tree},
    words,
};
use crate::{
    program::{Span, spell_duration, spell_percent, spell_rate},
    say::diagnostics::{self, Message},
};

/// A control of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Param {
    /// Its name in the text.
    pub name: String,
    /// The words behind it, if any.
    pub label: Option<String>,
    /// What values it takes.
    pub kind: ParamKind,
    /// Where its name stands.
    pub span: Span,
}

/// What values a parameter takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamKind {
    /// A whole number; both ends are allowed.
    Int {
        /// Without a choice.
        default: i64,
        /// The least allowed.
        least: i64,
        /// The greatest allowed.
        greatest: i64,
    },
    /// Whole nanoseconds; both ends are allowed.
    Duration {
        /// Without a choice.
        default: i64,
        /// The least allowed.
        least: i64,
        /// The greatest allowed.
        greatest: i64,
    },
    /// Events in a thousand hours; both ends are allowed.
    Rate {
        /// Without a choice.
        default: i64,
        /// The least allowed.
        least: i64,
        /// The greatest allowed.
        greatest: i64,
    },
    /// Millionths of the whole; both ends are allowed.
    Percent {
        /// Without a choice.
        default: i64,
        /// The least allowed.
        least: i64,
        /// The greatest allowed.
        greatest: i64,
    },
    /// On or off.
    Bool {
        /// Without a choice.
        default: bool,
    },
    /// One of some labels.
    Choice {
        /// The labels, in the order of the text.
        labels: Vec<String>,
        /// Without a choice: a place in `labels`.
        default: usize,
    },
}

/// A value for a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A whole number.
    Int(i64),
    /// Whole nanoseconds.
    Duration(i64),
    /// Events in a thousand hours.
    Rate(i64),
    /// Millionths of the whole.
    Percent(i64),
    /// On or off.
    Bool(bool),
    /// A label.
    Choice(String),
}

/// Values by the names of their parameters. A parameter without one has its default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values(BTreeMap<String, Value>);

impl Param {
    /// Its value without a choice.
    #[must_use]
    pub fn default_value(&self) -> Value {
        match &self.kind {
            ParamKind::Int { default, .. } => Value::Int(*default),
            ParamKind::Duration { default, .. } => Value::Duration(*default),
            ParamKind::Rate { default, .. } => Value::Rate(*default),
            ParamKind::Percent { default, .. } => Value::Percent(*default),
            ParamKind::Bool { default } => Value::Bool(*default),
            ParamKind::Choice { labels, default } => Value::Choice(labels[*default].clone()),
        }
    }

    /// The value that a word stands for; only for kinds whose values have an order.
    pub(super) fn value_of(&self, word: i64) -> Value {
        match &self.kind {
            ParamKind::Duration { .. } => Value::Duration(word),
            ParamKind::Rate { .. } => Value::Rate(word),
            ParamKind::Percent { .. } => Value::Percent(word),
            _ => Value::Int(word),
        }
    }

    /// Reads a value as the text would spell it: `3`, `50ms`, `40/s`, `50%`, `true`, `lock`.
    ///
    /// # Errors
    /// A text that is no value of the parameter's kind or not within its bounds.
    pub fn parse(&self, text: &str) -> Result<Value, Message> {
        let text = text.trim();
        let (minus, number) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let tokens = lexer::lex(number);
        let token = match tokens.as_slice() {
            [token, _] if token.span.start == 0 => Some(&token.kind),
            _ => None,
        };
        let signed = |value: i64| if minus { -value } else { value };
        let value = match (&self.kind, token) {
            (ParamKind::Int { .. }, Some(TokenKind::Int(value))) => Value::Int(signed(*value)),
            (ParamKind::Duration { .. }, Some(TokenKind::Duration(value))) => {
                Value::Duration(signed(*value))
            }
            (ParamKind::Rate { .. }, Some(TokenKind::Rate(value))) => Value::Rate(signed(*value)),
            (ParamKind::Percent { .. }, Some(TokenKind::Percent(value))) => {
                Value::Percent(signed(*value))
            }
            (ParamKind::Bool { .. }, _) if text == "true" => Value::Bool(true),
            (ParamKind::Bool { .. }, _) if text == "false" => Value::Bool(false),
            (ParamKind::Choice { .. }, _) => Value::Choice(text.to_owned()),
            _ => return Err(self.bad(text)),
        };
        self.admits(&value)?;
        Ok(value)
    }

    fn bad(&self, found: &str) -> Message {
        let expected = match &self.kind {
            ParamKind::Int { .. } => diagnostics::Kind::Int,
            ParamKind::Duration { .. } => diagnostics::Kind::Duration,
            ParamKind::Rate { .. } => diagnostics::Kind::Rate,
            ParamKind::Percent { .. } => diagnostics::Kind::Percent,
            ParamKind::Bool { .. } => diagnostics::Kind::Bool,
            ParamKind::Choice { labels, .. } => diagnostics::Kind::Choice(labels.clone()),
        };
        let found: String = found.chars().take(40).collect();
        Message::BadValue { name: self.name.clone(), expected, found }
    }

    /// Whether it takes a value.
    ///
    /// # Errors
    /// What is wrong with the value.
    pub fn admits(&self, value: &Value) -> Result<(), Message> {
        let outside = |spell: &dyn Fn(i64) -> String, value, least, greatest| {
            if least <= value && value <= greatest {
                return Ok(());
            }
            let (found, name) = (spell(value), self.name.clone());
            let (least, greatest) = (spell(least), spell(greatest));
            Err(Message::OutsideRange { name, found, least, greatest })
        };
        match (&self.kind, value) {
            (ParamKind::Int { least, greatest, .. }, Value::Int(value)) => {
                outside(&|n| n.to_string(), *value, *least, *greatest)
            }
            (ParamKind::Duration { least, greatest, .. }, Value::Duration(value)) => {
                outside(&spell_duration, *value, *least, *greatest)
            }
            (ParamKind::Rate { least, greatest, .. }, Value::Rate(value)) => {
                outside(&spell_rate, *value, *least, *greatest)
            }
            (ParamKind::Percent { least, greatest, .. }, Value::Percent(value)) => {
                outside(&spell_percent, *value, *least, *greatest)
            }
            (ParamKind::Bool { .. }, Value::Bool(_)) => Ok(()),
            (ParamKind::Choice { labels, .. }, Value::Choice(label)) => {
                if labels.contains(label) {
                    return Ok(());
                }
                let nearest = words::nearest(label, labels.iter().map(String::as_str));
                let (labels, found) = (labels.clone(), label.chars().take(40).collect());
                Err(Message::NoSuchLabel { labels, found, nearest })
            }
            (_, value) => Err(self.bad(&value.to_string())),
        }
    }
}

/// The word in which a number is stored that is spelled as in a text: `3`, `50ms`, `40/s`, `50%`.
#[must_use]
pub fn read_number(text: &str) -> Option<i64> {
    match lexer::lex(text).as_slice() {
        [token, _] => match token.kind {
            TokenKind::Int(value)
            | TokenKind::Duration(value)
            | TokenKind::Rate(value)
            | TokenKind::Percent(value) => Some(value),
            _ => None,
        },
        _ => None,
    }
}

/// True if two texts spell one value: `1s` and `1000ms`, `50%` and `50.0%`; also `0.5`, which is what
/// `50%` is. Texts that spell no number are the same if they are equal.
#[must_use]
pub fn same_value(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    one == other || matches!((spelled(one), spelled(other)), (Some(a), Some(b)) if a == b)
}

/// The value that a text spells as a number of some kind. A number with a point is a share.
fn spelled(text: &str) -> Option<Value> {
    let (minus, number) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let signed = |value: i64| if minus { -value } else { value };
    if let Some((whole, part)) = number.split_once('.')
        && let Ok(whole) = whole.parse::<i64>()
        && (1..=6).contains(&part.len())
        && let Ok(part) = format!("{part:0<6}").parse::<u32>()
    {
        let share = whole.checked_mul(1_000_000)?.checked_add(i64::from(part))?;
        return Some(Value::Percent(signed(share)));
    }
    match lexer::lex(number).as_slice() {
        [token, _] if token.span.start == 0 => match token.kind {
            TokenKind::Int(value) => Some(Value::Int(signed(value))),
            TokenKind::Duration(value) => Some(Value::Duration(signed(value))),
            TokenKind::Rate(value) => Some(Value::Rate(signed(value))),
            TokenKind::Percent(value) => Some(Value::Percent(signed(value))),
            _ => None,
        },
        _ => None,
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Int(value) => write!(out, "{value}"),
            Value::Duration(value) => out.write_str(&spell_duration(*value)),
            Value::Rate(value) => out.write_str(&spell_rate(*value)),
            Value::Percent(value) => out.write_str(&spell_percent(*value)),
            Value::Bool(value) => write!(out, "{value}"),
            Value::Choice(label) => out.write_str(label),
        }
    }
}

impl Values {
    /// The defaults of some parameters, each named.
    #[must_use]
    pub fn defaults(params: &[Param]) -> Values {
        Values(params.iter().map(|param| (param.name.clone(), param.default_value())).collect())
    }

    /// The value of a parameter, if one was chosen.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Chooses a value; whether the parameter takes it shows when it is bound.
    pub fn insert(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// Chooses a value as somebody typed it, as in `--param clients=3`.
    ///
    /// # Errors
    /// A name that no parameter has, or a value that its parameter does not take.
    pub fn set(&mut self, params: &[Param], name: &str, text: &str) -> Result<(), Message> {
        let value = find(params, name)?.parse(text)?;
        self.insert(name, value);
        Ok(())
    }

    /// All values chosen, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// One word for each parameter.
    pub(super) fn resolve(
        &self,
        params: &[Param],
        names: &Names,
    ) -> Result<Vec<i64>, Vec<Diagnostic>> {
        let mut diagnostics = Diagnostics::default();
        for (name, value) in &self.0 {
            match find(params, name) {
                Err(message) => diagnostics.error(0..0, message),
                Ok(param) => {
                    if let Err(message) = param.admits(value) {
                        diagnostics.error(param.span.clone(), message);
                    }
                }
            }
        }
        if !diagnostics.is_empty() {
            return Err(diagnostics.sorted());
        }
        let words = params.iter().zip(&names.params).map(|(param, kind)| {
            let value = self.get(&param.name).cloned().unwrap_or_else(|| param.default_value());
            match (value, kind) {
                (
                    Value::Int(value)
                    | Value::Duration(value)
                    | Value::Rate(value)
                    | Value::Percent(value),
                    _,
                ) => value,
                (Value::Bool(value), _) => i64::from(value),
                (Value::Choice(label), Kind::Choice(choice)) => {
                    names.label(*choice, &label).unwrap_or_default() as i64
                }
                (Value::Choice(_), _) => 0,
            }
        });
        Ok(words.collect())
    }
}

fn find<'a>(params: &'a [Param], name: &str) -> Result<&'a Param, Message> {
    params.iter().find(|param| param.name == name).ok_or_else(|| {
        let names: Vec<String> = params.iter().map(|param| param.name.clone()).collect();
        let nearest = words::nearest(name, names.iter().map(String::as_str));
        let name = name.chars().take(40).collect();
        Message::UnknownParameter { name, names, nearest }
    })
}

/// The parameters of a checked tree; reports bounds and defaults that do not fit.
pub(super) fn params(
    text: &str,
    tree: &Tree,
    names: &Names,
    diagnostics: &mut Diagnostics,
) -> Vec<Param> {
    let mut params = Vec::new();
    for param in &tree.params {
        let mut number = |expr: &Expr| compile::plain_value(text, tree, names, expr, diagnostics);
        let ranged = match &param.kind {
            ParamTreeKind::Int { default, least, greatest }
            | ParamTreeKind::Duration { default, least, greatest }
            | ParamTreeKind::Rate { default, least, greatest }
            | ParamTreeKind::Percent { default, least, greatest } => {
                Some((default, least, number(least), number(greatest), greatest))
            }
            ParamTreeKind::Bool { .. } | ParamTreeKind::Choice { .. } => None,
        };
        let (least, greatest) =
            ranged.map_or((0, 0), |(_, _, least, greatest, _)| (least, greatest));
        let kind = match &param.kind {
            ParamTreeKind::Int { default, .. } => {
                ParamKind::Int { default: number(default), least, greatest }
            }
            ParamTreeKind::Duration { default, .. } => {
                ParamKind::Duration { default: number(default), least, greatest }
            }
            ParamTreeKind::Rate { default, .. } => {
                ParamKind::Rate { default: number(default), least, greatest }
            }
            ParamTreeKind::Percent { default, .. } => {
                ParamKind::Percent { default: number(default), least, greatest }
            }
            ParamTreeKind::Bool { default } => ParamKind::Bool { default: number(default) != 0 },
            ParamTreeKind::Choice { default, labels } => {
                let labels: Vec<String> = labels.iter().map(|label| label.text.clone()).collect();
                let default =
                    labels.iter().position(|label| *label == default.text).unwrap_or_default();
                ParamKind::Choice { labels, default }
            }
        };
        let param = Param {
            name: param.name.text.clone(),
            label: param.label.clone(),
            kind,
            span: param.name.span.clone(),
        };
        if let Some((default, least, from, to, greatest)) = ranged {
            if from > to {
                let span = least.span.start..greatest.span.end;
                let text = |expr: &Expr| text[lexer::range(&expr.span)].to_owned();
                let (least, greatest) = (text(least), text(greatest));
                diagnostics.error(span, Message::EmptyRange { least, greatest });
            } else if let Err(message) = param.admits(&param.default_value()) {
                diagnostics.error(default.span.clone(), message);
            }
        }
        params.push(param);
    }
    params
}

#[cfg(test)]
mod tests {
    use super::same_value;

    #[test]
    fn values_are_the_same_however_they_are_spelled() {
        for (one, other) in [
            ("0ms", "0s"),
            ("1000ms", "1s"),
            ("90s", "1.5min"),
            ("50%", "0.5"),
            ("50%", "50.0%"),
            ("60/min", "1/s"),
            (" 3 ", "3"),
            ("-1s", "-1000ms"),
            ("lock", "lock"),
        ] {
            assert!(same_value(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("0", "0s"),
            ("1", "1.0"),
            ("50%", "50"),
            ("1s", "-1s"),
            ("lock", "locks"),
            ("1s", ""),
            ("0.0000001", "0%"),
        ] {
            assert!(!same_value(one, other), "{one} {other}");
        }
    }
}
