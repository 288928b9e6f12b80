//! Caches: what is kept under keys, and filled in.

use super::{Checker, Returns, routines::falls_through};
use crate::{
    lang::{
        names::Kind,
        tree::{LookupTree, Options, SharedTreeKind, Target},
    },
    program::Span,
    say::diagnostics::{Message, Thing},
};

impl Checker<'_> {
    pub(super) fn cache_options(&mut self, options: &Options) {
        self.option_time(options, "ttl");
        self.option(options, "capacity", &["unlimited"], Some(Kind::Int));
        self.option(options, "single_flight", &[], Some(Kind::Bool));
    }

    /// The cache of a place with its key.
    fn cached(&mut self, what: &Target) -> Option<usize> {
        let is = |kind: &SharedTreeKind| matches!(kind, SharedTreeKind::Cache);
        let at = self.shared(&what.name, Thing::Cache, is)?;
        match &what.index {
            Some(key) => self.key(at, key),
            None => {
                let name = what.name.text.clone();
                self.error(&what.name.span, Message::NeedsIndex { name });
            }
        }
        Some(at)
    }

    /// `delete c[k]`
    pub(super) fn delete(&mut self, what: &Target) {
        self.cached(what);
    }

    /// `lookup c[k] { return … }`: the kind of what it gives.
    pub(super) fn lookup(&mut self, lookup: &LookupTree, span: &Span) -> Kind {
        self.waits("lookup", span);
        let at = self.cached(&lookup.what);
        let known = at.map_or(Kind::Unknown, |at| self.names.shared[at]);
        let returns = Returns { with_value: true, kind: (!known.is_open()).then_some(known) };
        let outer = self.context.returns.replace(returns);
        let loops = std::mem::take(&mut self.context.loops);
        let filling = std::mem::replace(&mut self.context.filling, true);
        self.block(&lookup.body);
        self.context.filling = filling;
        self.context.loops = loops;
        let inner = std::mem::replace(&mut self.context.returns, outer);
        if falls_through(&lookup.body) {
            let routine = "lookup".to_owned();
            self.error(&lookup.what.span, Message::MissingReturn { routine });
        }
        let kind = inner.and_then(|returns| returns.kind).unwrap_or(known);
        if let Some(at) = at {
            self.learn_shared(at, kind);
        }
        kind
    }
}
