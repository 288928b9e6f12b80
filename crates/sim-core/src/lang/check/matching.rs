//! `match`: that every value has an arm, and none has two.

use std::collections::BTreeSet;

use super::Checker;
use crate::{
    lang::{
        names::Kind,
        tree::{Arm, Expr, Name, Pattern, PatternKind, Statement},
    },
    say::diagnostics::{self, Message},
};

impl Checker<'_> {
    pub(super) fn matching(&mut self, subject: &Expr, arms: &[Arm], statement: &Statement) {
        let mut kind = self.kind(subject, None);
        if kind.is_several() {
            self.error(&subject.span, Message::RecordCompared);
            kind = Kind::Unknown;
        }
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut otherwise = false;
        for arm in arms {
            if arm.patterns.is_empty() && std::mem::replace(&mut otherwise, true) {
                let message = Message::MatchTwice { pattern: "else".to_owned() };
                self.error(&arm.body.inner, message);
            }
            for pattern in &arm.patterns {
                self.pattern(pattern, kind);
                let text = match pattern.kind {
                    PatternKind::Int(value)
                    | PatternKind::Duration(value)
                    | PatternKind::Percent(value)
                    | PatternKind::Rate(value) => value.to_string(),
                    _ => self.text[crate::lang::lexer::range(&pattern.span)].to_owned(),
                };
                if !seen.insert(text) {
                    let pattern_text = &self.text[crate::lang::lexer::range(&pattern.span)];
                    let message = Message::MatchTwice { pattern: pattern_text.to_owned() };
                    self.error(&pattern.span, message);
                }
            }
            self.block(&arm.body);
        }
        if otherwise {
            return;
        }
        let labels = match kind {
            Kind::Choice(choice) => self.names.labels_of(choice),
            Kind::Bool => vec!["true".to_owned(), "false".to_owned()],
            Kind::Int
            | Kind::Duration
            | Kind::Rate
            | Kind::Percent
            | Kind::Text
            | Kind::Error
            | Kind::Record(_)
            | Kind::Message(..) => {
                return self.error(&statement.header, Message::MatchNeedsElse);
            }
            Kind::None | Kind::Unknown => return,
        };
        let labels: Vec<String> =
            labels.into_iter().filter(|label| !seen.contains(label)).collect();
        // A label that is written wrongly is missing too, but was told already.
        let told = seen.iter().any(|text| !text.is_empty() && self.is_strange(kind, text));
        if !labels.is_empty() && !told {
            self.error(&statement.header, Message::MatchMissing { labels });
        }
    }

    fn is_strange(&self, kind: Kind, text: &str) -> bool {
        match kind {
            Kind::Choice(choice) => text != "none" && self.names.label(choice, text).is_none(),
            _ => !["true", "false", "none"].contains(&text),
        }
    }

    fn pattern(&mut self, pattern: &Pattern, kind: Kind) {
        let found = match &pattern.kind {
            PatternKind::Int(_) => diagnostics::Kind::Int,
            PatternKind::Duration(_) => diagnostics::Kind::Duration,
            PatternKind::Percent(_) => diagnostics::Kind::Percent,
            PatternKind::Rate(_) => diagnostics::Kind::Rate,
            PatternKind::Text(_) => diagnostics::Kind::Text,
            PatternKind::Bool(_) => diagnostics::Kind::Bool,
            PatternKind::Label(label) if label == "none" => return,
            PatternKind::Label(label) => {
                if let Kind::Choice(choice) = kind {
                    if self.names.label(choice, label).is_none() {
                        let labels = self.names.labels_of(choice);
                        self.no_such_label(labels, label, &pattern.span);
                    }
                    return;
                }
                if kind == Kind::Error {
                    let (text, span) = (label.clone(), pattern.span.clone());
                    return self.error_name(&Name { text, span });
                }
                diagnostics::Kind::Choice(vec![label.clone()])
            }
        };
        if let Some(expected) = self.said(kind)
            && expected != found
        {
            self.error(&pattern.span, Message::WrongKind { expected, found });
        }
    }
}
