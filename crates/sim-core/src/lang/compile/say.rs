//! What processes say: `note`, `assert`, `outcome`, `record`, and the values in their texts.

use super::{Compiler, expression::Value};
use crate::{
    lang::{
        names::Kind,
        tree::{Expr, Words, WordsPart},
    },
    program::{NONE, Op, Span, Text, TextId, TextPart, spell_duration, spell_percent, spell_rate},
};

impl Compiler<'_> {
    /// A text whose values are those at this place.
    pub(super) fn words(&mut self, words: &Words) -> TextId {
        let mut parts = Vec::new();
        for part in &words.parts {
            parts.push(match part {
                WordsPart::Plain(words) => TextPart::Words(words.clone()),
                WordsPart::Value(value) => self.shown(value),
            });
        }
        self.texts.push(Text { parts });
        self.texts.len() as TextId - 1
    }

    /// A text with `…` for its values.
    pub(super) fn plain_words(&mut self, words: &Words) -> TextId {
        let plain = words.parts.iter().map(|part| match part {
            WordsPart::Plain(words) => words.as_str(),
            WordsPart::Value(_) => "…",
        });
        self.texts.push(Text { parts: vec![TextPart::Words(plain.collect())] });
        self.texts.len() as TextId - 1
    }

    /// A value in a text; one that the parameters decide stands there as it is spelled.
    fn shown(&mut self, value: &Expr) -> TextPart {
        let outer = self.code.begin_glance();
        let operand = self.operand(value, None);
        let words = match operand.value {
            Value::Constant(value) => self.spelled(value, operand.kind),
            Value::Register(_) => None,
        };
        let result = match (operand.value, &words) {
            (Value::Constant(_), Some(_)) => 0,
            _ => self.loaded(operand, &value.span),
        };
        let glance = self.code.end_glance(outer, result);
        words.map_or_else(|| TextPart::Value(glance, operand.kind.stored()), TextPart::Words)
    }

    /// A constant as the text would spell it.
    pub(super) fn spelled(&self, value: i64, kind: Kind) -> Option<String> {
        if value == NONE {
            return Some("none".to_owned());
        }
        Some(match kind {
            Kind::Int => value.to_string(),
            Kind::Bool => (value != 0).to_string(),
            Kind::Duration => spell_duration(value),
            Kind::Rate => spell_rate(value),
            Kind::Percent => spell_percent(value),
            _ => return None,
        })
    }

    /// The place of words among the program's labels.
    pub(super) fn intern(&mut self, words: &str) -> i64 {
        let known = self.labels.iter().position(|label| label == words);
        let at = known.unwrap_or_else(|| {
            self.labels.push(words.to_owned());
            self.labels.len() - 1
        });
        at as i64
    }

    pub(super) fn assert(&mut self, condition: &Expr, why: Option<&Words>, span: &Span) {
        let operand = self.operand(condition, None);
        let holds = self.loaded(operand, &condition.span);
        let text = why.map(|words| self.words(words));
        let promise = self.asserts.get(&condition.span.start).copied().unwrap_or_default();
        self.code.emit(Op::Assert { promise, holds, text }, span);
    }

    pub(super) fn record(&mut self, name: &str, value: &Expr, span: &Span) {
        let operand = self.operand(value, None);
        let value = self.loaded(operand, &value.span);
        let measure = self.intern(name) as u32;
        self.code.emit(Op::Record { measure, value }, span);
    }
}
