//! Breakers and limiters: what is set for them, and what is asked of them.

use super::{Area, Checker, Context};
use crate::{
    lang::{
        names::{Kind, Symbol},
        tree::{Expr, ExprKind, Name, Options, Path, SharedTree, SharedTreeKind},
    },
    program::Span,
    say::diagnostics::{Message, Thing},
};

/// The words of a limiter's `kind`.
pub(in crate::lang) const KINDS: [&str; 3] = ["bucket", "fixed", "sliding"];
/// The words of a limiter's `when_empty`.
pub(in crate::lang) const WHEN_EMPTY: [&str; 2] = ["reject", "wait"];
/// What is asked of a breaker's window.
pub(in crate::lang) const WINDOW: [&str; 2] = ["calls", "failures"];

impl Checker<'_> {
    pub(super) fn breaker_options(&mut self, shared: &SharedTree, options: &Options) {
        if let Some(window) = options.get("window") {
            let outer = std::mem::replace(&mut self.context, Context::new(Area::Constant));
            let kind = self.kind(window.value(), None);
            self.context = outer;
            if kind != Kind::Duration {
                self.agree(&window.value().span, Kind::Int, kind);
            }
        }
        for name in ["failures", "slow"] {
            self.option(options, name, &[], Some(Kind::Percent));
        }
        for name in ["minimum", "probes"] {
            self.option(options, name, &[], Some(Kind::Int));
        }
        self.option_time(options, "slow_after");
        self.option(options, "open", &[], Some(Kind::Duration));
        self.errors_of(options, "ignore", "none");
        self.errors_of(options, "on", "all");
        if options.get("slow").is_some() && options.get("slow_after").is_none() {
            let message = Message::MissingOption { of: "breaker", option: "slow_after" };
            self.error(&shared.name.span, message);
        }
    }

    pub(super) fn limiter_options(&mut self, shared: &SharedTree, options: &Options) {
        self.option(options, "rate", &[], Some(Kind::Rate));
        self.option(options, "burst", &[], Some(Kind::Int));
        self.option(options, "kind", &KINDS, None);
        self.option(options, "when_empty", &WHEN_EMPTY, None);
        self.option_time(options, "max_wait");
        self.option(options, "earn", &["none"], Some(Kind::Percent));
        self.says_nothing(options, &["burst"], ["kind", "fixed"]);
        self.says_nothing(options, &["burst"], ["kind", "sliding"]);
        self.needs_word(options, "max_wait", ["when_empty", "wait"]);
        if options.get("rate").is_none() && options.get("earn").is_none() {
            let message = Message::MissingOption { of: "limiter", option: "rate" };
            self.error(&shared.name.span, message);
        }
    }

    /// An option that names errors, or one word for a rule.
    pub(super) fn errors_of(&mut self, options: &Options, name: &str, word: &str) {
        let errors = options.get(name).map_or(&[][..], |option| &option.values);
        for error in errors {
            match &error.kind {
                ExprKind::Name(name) if name == word && errors.len() == 1 => {}
                ExprKind::Name(text) => {
                    self.error_name(&Name { text: text.clone(), span: error.span.clone() });
                }
                _ => {
                    self.kind(error, Some(Kind::Error));
                    let name = self.text[crate::lang::lexer::range(&error.span)].to_owned();
                    let message = Message::UnknownName { thing: Thing::Error, name, nearest: None };
                    self.error(&error.span, message);
                }
            }
        }
    }

    /// The limiter of a `retry`'s budget.
    pub(super) fn budget(&mut self, options: &Options) {
        let is = |kind: &SharedTreeKind| matches!(kind, SharedTreeKind::Limiter);
        self.named_option(options, "budget", (Thing::Limiter, is), true);
    }

    /// The kind of a breaker's state.
    pub(super) fn breaker_state(&self) -> Kind {
        self.names.breaker_states.map_or(Kind::Unknown, Kind::Choice)
    }

    /// What is asked of a breaker's window, outside goals: `guard.window.calls`. False for any other
    /// way.
    pub(super) fn window(&mut self, path: &Path, span: &Span) -> bool {
        let Some(Symbol::Shared(at)) = self.names.find(&path.name.text) else { return false };
        let shared = &self.tree.shared[at];
        let [window, what] = &path.fields[..] else { return false };
        if !matches!(shared.kind, SharedTreeKind::Breaker)
            || window.text != "window"
            || path.bound.is_some()
        {
            return false;
        }
        if !WINDOW.contains(&what.text.as_str()) {
            self.no_field(&path.name, Thing::Breaker, &WINDOW, what);
            return true;
        }
        self.gauge_stands(at, &path.name, path.index.as_ref(), span);
        true
    }

    /// Reports a gauge that stands where nothing that changes may, and an index that is missing.
    fn gauge_stands(&mut self, at: usize, name: &Name, index: Option<&Expr>, span: &Span) {
        if let Some(index) = index {
            self.expect(index, Kind::Int);
        }
        let text = name.text.clone();
        match (self.is_array(at), index) {
            (true, None) => self.error(&name.span, Message::NeedsIndex { name: text.clone() }),
            (false, Some(_)) => self.error(&name.span, Message::NotAnArray { name: text.clone() }),
            _ => {}
        }
        if matches!(self.context.area, Area::Plain | Area::Constant) {
            let name = self.text[crate::lang::lexer::range(span)].to_owned();
            self.error(span, Message::NotConstant { name });
        }
    }
}
