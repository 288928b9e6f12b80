//! What is set for queues, topics, logs and groups, and for the links to them.

use std::collections::BTreeSet;

use super::{Area, Checker, Context};
use crate::{
    lang::{
        diagnostic::line_column,
        families::option_names,
        names::{Kind, Symbol},
        tree::{Expr, ExprKind, LinkTree, Name, Options, SharedTree, SharedTreeKind},
    },
    program::Strategy,
    say::diagnostics::{Message, Thing},
};

/// The words of a queue's `when_full`.
pub(in crate::lang) const WHEN_FULL: [&str; 4] = ["reject", "block", "drop_newest", "drop_oldest"];
/// The words of a queue's `delivery`.
pub(in crate::lang) const DELIVERY: [&str; 2] = ["at_least_once", "at_most_once"];
/// The words of a group's `commit`.
pub(in crate::lang) const COMMIT: [&str; 2] = ["after", "before"];

impl Checker<'_> {
    /// The options of something that carries messages.
    pub(super) fn channel_options(&mut self, shared: &SharedTree, options: &Options) {
        match shared.kind {
            SharedTreeKind::Queue => {
                for name in ["capacity", "max_attempts"] {
                    self.option(options, name, &["unlimited"], Some(Kind::Int));
                }
                self.option(options, "when_full", &WHEN_FULL, None);
                self.option(options, "delivery", &DELIVERY, None);
                self.option(options, "duplicates", &[], Some(Kind::Percent));
                self.option_time(options, "visibility");
                let strategies: Vec<&str> = Strategy::ALL.iter().map(|s| s.word()).collect();
                self.option(options, "backoff", &strategies, None);
                self.option(options, "delay", &[], Some(Kind::Duration));
                self.option_time(options, "cap");
                if let Some(factor) = options.get("factor") {
                    self.fixed_factor(factor.value());
                }
                let queue = |kind: &SharedTreeKind| matches!(kind, SharedTreeKind::Queue);
                self.named_option(options, "dead_letter", (Thing::Queue, queue), true);
                let topic = |kind: &SharedTreeKind| matches!(kind, SharedTreeKind::Topic);
                self.named_option(options, "from", (Thing::Topic, topic), true);
            }
            SharedTreeKind::Log => {
                self.option(options, "partitions", &[], Some(Kind::Int));
                self.option(options, "keep", &["all"], Some(Kind::Int));
            }
            SharedTreeKind::Group => {
                let log = |kind: &SharedTreeKind| matches!(kind, SharedTreeKind::Log);
                self.named_option(options, "from", (Thing::Log, log), false);
                self.option(options, "commit", &COMMIT, None);
                self.option(options, "session", &[], Some(Kind::Duration));
                if options.get("from").is_none() {
                    let message = Message::MissingOption { of: "group", option: "from" };
                    self.error(&shared.name.span, message);
                }
            }
            _ => {}
        }
        if let Some(size) = &shared.size
            && matches!(shared.kind, SharedTreeKind::Topic | SharedTreeKind::Group)
        {
            let what = format!("{}[ ]", shared.kind.word());
            self.error(&size.span, Message::NotBuilt { what });
        }
    }

    /// An option that names another thing, or a choice parameter whose labels do.
    pub(super) fn named_option(
        &mut self,
        options: &Options,
        option: &str,
        expected: (Thing, fn(&SharedTreeKind) -> bool),
        may_be_none: bool,
    ) {
        let Some(option) = options.get(option) else { return };
        self.named(option.value(), expected, may_be_none);
    }

    fn named(
        &mut self,
        expr: &Expr,
        expected: (Thing, fn(&SharedTreeKind) -> bool),
        may_be_none: bool,
    ) {
        let (thing, is) = expected;
        match &expr.kind {
            ExprKind::If(test, yes, no) => {
                self.fixed(test, Kind::Bool);
                self.named(yes, expected, may_be_none);
                self.named(no, expected, may_be_none);
            }
            ExprKind::Name(_) => {
                for label in option_names(self.names, expr) {
                    if may_be_none && label == "none" {
                        continue;
                    }
                    let name = Name { text: label, span: expr.span.clone() };
                    let found = self.shared(&name, thing, is);
                    if found.is_some_and(|at| self.tree.shared[at].size.is_some()) {
                        self.error(&expr.span, Message::NeedsIndex { name: name.text });
                    }
                }
            }
            ExprKind::Wrong => {}
            _ => {
                let name = self.text[crate::lang::lexer::range(&expr.span)].to_owned();
                self.error(&expr.span, Message::UnknownName { thing, name, nearest: None });
            }
        }
    }

    /// The links; `sends` tells for each process what it sends to.
    pub(super) fn links(&mut self, sends: &[BTreeSet<usize>]) {
        let tree = self.tree;
        self.context = Context::new(Area::Constant);
        let mut first: Vec<(&str, &str, u32)> = Vec::new();
        for link in &tree.links {
            self.link_options(&link.options);
            let ends = (link.from.text.as_str(), link.to.text.as_str());
            if let Some((.., at)) = first.iter().find(|(a, b, _)| (*a, *b) == ends) {
                let (line, _) = line_column(self.text, *at);
                let name = format!("link {} -> {}", ends.0, ends.1);
                self.error(&link.span, Message::Twice { name, line });
                continue;
            }
            first.push((ends.0, ends.1, link.span.start));
            if self.joins_service(link) {
                continue;
            }
            if link.both {
                self.error(&link.span, Message::NotBuilt { what: "<->".to_owned() });
                continue;
            }
            let Some((from, to)) = self.ends(link) else { continue };
            if !sends[from].contains(&to) {
                let (from, to) = (link.from.text.clone(), link.to.text.clone());
                self.error(&link.span, Message::LinkUnused { from, to });
            }
        }
    }

    fn link_options(&mut self, options: &Options) {
        if let Some(latency) = options.get("latency") {
            self.fixed_spent(latency.value());
        }
        self.option(options, "loss", &[], Some(Kind::Percent));
        self.option(options, "duplicates", &[], Some(Kind::Percent));
        self.option(options, "fifo", &[], Some(Kind::Bool));
    }

    /// Whether a link has a service at an end: then the other one is a process or a service.
    fn joins_service(&mut self, link: &LinkTree) -> bool {
        let is_service = |symbol| match symbol {
            Some(Symbol::Shared(at)) => {
                matches!(self.tree.shared[at].kind, SharedTreeKind::Service)
            }
            _ => false,
        };
        let ends = [&link.from, &link.to].map(|end| (end, self.names.find(&end.text)));
        if !ends.iter().any(|(_, symbol)| is_service(*symbol)) {
            return false;
        }
        for (name, symbol) in ends {
            let fits =
                is_service(symbol) || matches!(symbol, Some(Symbol::Process(_) | Symbol::Foreign));
            if !fits {
                self.no_process(name, symbol);
            }
        }
        true
    }

    /// What a link joins: a process and what it sends to.
    fn ends(&mut self, link: &LinkTree) -> Option<(usize, usize)> {
        let (from, to) = (self.names.find(&link.from.text), self.names.find(&link.to.text));
        let carries = |symbol| match symbol {
            Some(Symbol::Shared(at)) => self.tree.shared[at].kind.carries(),
            _ => false,
        };
        let process = |symbol| matches!(symbol, Some(Symbol::Process(_)));
        if (carries(from) && (process(to) || carries(to))) || (process(from) && process(to)) {
            let what = format!("link {} -> {}", self.thing_word(from), self.thing_word(to));
            self.error(&link.span, Message::NotBuilt { what });
            return None;
        }
        let from = match from {
            Some(Symbol::Process(at)) => Some(at),
            Some(Symbol::Foreign) => None,
            symbol => {
                self.no_process(&link.from, symbol);
                None
            }
        };
        let to = self.shared(&link.to, Thing::Sendable, SharedTreeKind::is_sent_to);
        Some((from?, to?))
    }

    fn thing_word(&self, symbol: Option<Symbol>) -> &'static str {
        match symbol {
            Some(Symbol::Shared(at)) => self.tree.shared[at].kind.word(),
            _ => "process",
        }
    }
}
