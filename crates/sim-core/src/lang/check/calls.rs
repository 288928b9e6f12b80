//! Services and calls of them.

use super::Checker;
use crate::{
    lang::{
        names::{Kind, Symbol},
        tree::{CallTree, Expr, Options, ServiceTree, SharedTreeKind},
    },
    program::Span,
    say::diagnostics::{Message, Thing},
};

/// The words of a service's `order`.
pub(in crate::lang) const ORDER: [&str; 2] = ["fifo", "lifo"];
/// The words of a service's `when_full`.
pub(in crate::lang) const FULL: [&str; 3] = ["reject", "block", "drop_oldest"];
/// The words of a service's `mode`.
pub(in crate::lang) const MODE: [&str; 2] = ["threads", "event_loop"];
/// The words of a service's `balance`.
pub(in crate::lang) const BALANCE: [&str; 6] =
    ["round_robin", "random", "least_busy", "two_choices", "key", "ring"];

impl Checker<'_> {
    pub(super) fn service_options(&mut self, options: &Options) {
        for name in ["workers", "cores", "backlog"] {
            self.option(options, name, &["unlimited"], Some(Kind::Int));
        }
        self.option(options, "replicas", &[], Some(Kind::Int));
        self.option(options, "mode", &MODE, None);
        let for_threads = ["workers", "cores", "backlog", "when_full", "order"];
        self.says_nothing(options, &for_threads, ["mode", "event_loop"]);
        self.option(options, "when_full", &FULL, None);
        self.option(options, "order", &ORDER, None);
        self.option(options, "balance", &BALANCE, None);
        self.option_time(options, "patience");
        self.option_time(options, "startup");
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
        let kinds: Vec<Kind> = call.values.iter().map(|value| self.given(value)).collect();
        if self.gives_message(&kinds, &call.values) {
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
            merged.push(self.names.unify(known, found).unwrap_or(known));
        }
        if self.names.spawned.get(&at) != Some(&merged) {
            self.names.spawned.insert(at, merged.clone());
            self.learned = true;
        }
        self.routine(at, merged, &call.handler.span);
        self.names.answers.get(&at).copied().unwrap_or(Kind::Unknown)
    }

    /// What a handler answers.
    pub(super) fn answers_with(&mut self, at: usize, kind: Option<Kind>) {
        let handles = |service: &ServiceTree| service.handlers.iter().any(|(_, one)| *one == at);
        if !self.tree.services.iter().any(handles) {
            return;
        }
        let known = self.names.answers.get(&at).copied().unwrap_or(Kind::Unknown);
        if let Some(kind) = self.names.unify(known, kind.unwrap_or(Kind::Unknown))
            && kind != known
        {
            self.names.answers.insert(at, kind);
            self.learned = true;
        }
    }

    /// Reports a message where a value is given: what it is made of belongs to its queue.
    pub(super) fn gives_message(&mut self, kinds: &[Kind], values: &[Expr]) -> bool {
        let is = |kind: &Kind| matches!(kind, Kind::Message(..));
        let found = kinds.iter().zip(values).find(|(kind, _)| is(kind));
        if let Some((_, value)) = found {
            self.error(&value.span, Message::RecordHere);
        }
        found.is_some()
    }
}
