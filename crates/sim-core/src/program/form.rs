//! What a value is made of, where it may be more than one word.

use super::{Program, SharedId, Type};

/// What a value is made of. It lies in words side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// One word.
    Plain(Type),
    /// A word for each field, and a last one that is 1, or 0 where there is none: a record all of
    /// whose fields are `none` is still one.
    Record(Vec<(String, Type)>),
}

impl Form {
    /// How many words it takes.
    #[must_use]
    pub fn width(&self) -> u16 {
        match self {
            Form::Plain(_) => 1,
            Form::Record(fields) => fields.len() as u16 + 1,
        }
    }

    /// True for a record.
    #[must_use]
    pub fn is_record(&self) -> bool {
        matches!(self, Form::Record(_))
    }
}

impl Program {
    /// What the values of a map or cache are made of.
    #[must_use]
    pub fn form_in(&self, shared: SharedId) -> Option<&Form> {
        match self.shared[shared as usize].details {
            super::Details::Map { form, .. } => self.forms.get(form as usize),
            super::Details::Cache(_) => self.forms.get(self.cache(shared)?.form as usize),
            _ => None,
        }
    }

    /// A value as the text would spell it: `80`, or `{ charged: 80 }`.
    #[must_use]
    pub fn spell_form(&self, form: &Form, values: &[i64]) -> String {
        match form {
            Form::Plain(kind) => {
                values.first().map_or_else(String::new, |&value| self.spell(value, *kind))
            }
            Form::Record(fields) => {
                if values.get(fields.len()) == Some(&0) {
                    return "none".to_owned();
                }
                let parts = fields
                    .iter()
                    .zip(values)
                    .map(|((name, kind), &value)| format!("{name}: {}", self.spell(value, *kind)));
                format!("{{ {} }}", parts.collect::<Vec<_>>().join(", "))
            }
        }
    }
}
