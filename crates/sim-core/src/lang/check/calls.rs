//! Services and calls of them.

use super::Checker;
use crate::{
    lang::{
        names::{Kind, Symbol},
        tree::{CallTree, Options, SharedTreeKind},
    },
    program::Span,
    say::diagnostics::{Message, Thing},
};

/// The words of a service's `order`.
pub(in crate::lang) const ORDER: [&str; 2] = ["fifo", "lifo"];
/// The words of a service's `balance`.
pub(in crate::lang) const BALANCE: [&str; 5] =
    ["round_robin", "random", "least_busy", "two_choices", "key"];

impl Checker<'_> {
    pub(super) fn service_options(&mut self, options: &Options) {
        for name in ["workers", "cores", "backlog"] {
            self.option(options, name, &["unlimited"], Some(Kind::Int));
        }
        self.option(options, "replicas", &[], Some(Kind::Int));
        self.option(options, "order", &ORDER, None);
        self.option(options, "balance", &BALANCE, None);
        self.option_time(options, "patience");
        self.option(options, "cancel", &[], Some(Kind::Bool));
    }

    /// The kind of what a call gives; `for_value` where it is used.
    pub(super) fn call_service(&mut self, call: &CallTree, span: &Span, for_value: bool) -> Kind {
        self.waits("call", span);
        if let Some(index) = &call.service.index {
            self.expect(index, Kind::Int);
        }
        if let Some(within) = &call.within {
            self.time(within);
        }
        let kinds: Vec<Kind> = call.values.iter().map(|value| self.kind(value, None)).collect();
        if let Some((_, value)) = kinds.iter().zip(&call.values).find(|(kind, _)| kind.is_several())
        {
            self.error(&value.span, Message::NotBuilt { what: "call { }".to_owned() });
            return Kind::Unknown;
        }
        let is = |kind: &SharedTreeKind| matches!(kind, SharedTreeKind::Service);
        let Some(service) = self.shared(&call.service.name, Thing::Service, is) else {
            return Kind::Unknown;
        };
        let name = call.routine();
        let Some(Symbol::Routine(at)) = self.names.find(&name) else {
            let declared = self.tree.services.iter().find(|one| one.shared == service);
            let handlers = declared.map_or(&[][..], |service| &service.handlers);
            let fields: Vec<&str> = handlers.iter().map(|(name, _)| name.text.as_str()).collect();
            self.no_field(&call.service.name, Thing::Service, &fields, &call.handler);
            return Kind::Unknown;
        };
        let expected = self.tree.routines[at].params.len();
        if kinds.len() != expected {
            let (routine, found) = (name, kinds.len());
            let message = Message::ArgumentCount { routine, expected, found };
            self.error(&call.handler.span, message);
            return Kind::Unknown;
        }
        let returns = self.facts.get(at).is_some_and(|facts| facts.returns_value);
        let through = self.facts.get(at).is_some_and(|facts| facts.falls_through);
        if for_value && !returns {
            self.error(&call.handler.span, Message::NoValue { routine: name });
        } else if for_value && through {
            self.error(&call.handler.span, Message::MissingReturn { routine: name });
        }
        let known = self.names.spawned.entry(at).or_insert_with(|| kinds.clone()).clone();
        let mut merged = Vec::new();
        for ((known, found), value) in known.into_iter().zip(kinds).zip(&call.values) {
            self.agree(&value.span, known, found);
            merged.push(if known.is_open() { found } else { known });
        }
        if self.names.spawned.get(&at) != Some(&merged) {
            self.names.spawned.insert(at, merged.clone());
            self.learned = true;
        }
        let kind = self.routine(at, merged, &call.handler.span).unwrap_or(Kind::Unknown);
        if !kind.is_open() && self.names.answers.insert(at, kind) != Some(kind) {
            self.learned = true;
        }
        kind
    }
}
