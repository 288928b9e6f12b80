//! Caches: what is set for them, and `lookup`.

use super::{Call, Compiler, expression::Target as To, ways::Filled};
use crate::{
    lang::{
        names::{Kind, Symbol},
        tree::{LookupTree, Options, SharedTreeKind, Target},
    },
    program::{Cache, Details, Op, Reg, SharedId, Span},
};

impl Compiler<'_> {
    /// The settings of a cache.
    pub(super) fn cache(&mut self, at: usize, options: &Options) -> Details {
        let key = self.names.keys.get(&at).copied().unwrap_or(Kind::Int).stored();
        self.forms.push(self.names.form(self.names.shared[at]));
        let single = options.get("single_flight");
        let cache = Cache {
            key,
            form: self.forms.len() as u32 - 1,
            ttl: self.duration(options, "ttl").flatten(),
            capacity: self.whole(options, "capacity", 1),
            single: single.is_some_and(|option| self.constant(option.value()) != 0),
        };
        self.caches.push(cache);
        Details::Cache(self.caches.len() as u32 - 1)
    }

    /// True for a cache.
    pub(super) fn is_cache(&self, at: usize) -> bool {
        matches!(self.tree.shared[at].kind, SharedTreeKind::Cache)
    }

    /// Reads what lies under a key: a process counts as using what a cache keeps, an observer does
    /// not.
    pub(super) fn read_under(&mut self, at: usize, key: Reg, to: Reg, count: u16) -> Op {
        let id = at as SharedId;
        if self.is_table(at) {
            self.read_row(at, key, to, count)
        } else if self.is_cache(at) && !self.code.glancing {
            Op::CacheRead { cache: id, key, to, count }
        } else {
            Op::ReadKey { to, from: id, key, count }
        }
    }

    /// `delete c[k]`
    pub(super) fn delete(&mut self, what: &Target, span: &Span) {
        let (Some(Symbol::Shared(at)), Some(index)) =
            (self.names.find(&what.name.text), &what.index)
        else {
            return;
        };
        let mark = self.code.mark();
        let key = self.key(at, index);
        self.code.emit(Op::CacheDrop { cache: at as SharedId, key }, span);
        self.code.give_back(mark);
    }

    /// The kind of what a `lookup` gives.
    pub(super) fn looked_up(&self, lookup: &LookupTree) -> Kind {
        match self.names.find(&lookup.what.name.text) {
            Some(Symbol::Shared(at)) => self.names.shared[at],
            _ => Kind::Unknown,
        }
    }

    /// `lookup c[k] { return … }`; `to` gets the value.
    pub(super) fn lookup(&mut self, lookup: &LookupTree, to: Reg, span: &Span) -> Kind {
        let (Some(Symbol::Shared(at)), Some(index)) =
            (self.names.find(&lookup.what.name.text), &lookup.what.index)
        else {
            return Kind::Unknown;
        };
        let header = span.start..lookup.what.span.end;
        let kind = self.names.shared[at];
        let count = self.width(kind);
        let cache = at as SharedId;
        let details = self.details.get(at).copied();
        let single = match details {
            Some(Details::Cache(place)) => {
                self.caches.get(place as usize).is_some_and(|cache| cache.single)
            }
            _ => false,
        };
        let mark = self.code.mark();
        let key = self.code.take();
        let expected = self.names.keys.get(&at).copied();
        self.into(index, To { register: key, fresh: true }, expected);
        let [miss, end] = [self.code.label(), self.code.label()];
        self.code.emit(Op::Lookup { cache, key, to, count, miss: miss.0, single }, &header);
        if single {
            self.code.emit_raising(Op::Flight { cache, key, to, count }, &header);
        }
        self.code.jump(end, &header);
        self.code.place(miss);
        if single {
            let start = self.code.here();
            self.code.begin_fill(Filled { cache, key, from: to, count, start }, &header);
        }
        let done = self.code.label();
        let record = Some(kind).filter(|kind| matches!(kind, Kind::Record(_)));
        self.calls.push(Call { end: done, result: Some(to), kind, record });
        let loops = std::mem::take(&mut self.loops);
        self.block(&lookup.body);
        self.loops = loops;
        self.calls.pop();
        self.code.place(done);
        if single {
            self.code.end_with();
        } else {
            self.code.emit(Op::Fill { cache, key, from: to, count, single }, &header);
        }
        self.code.place(end);
        self.code.give_back(mark);
        kind
    }
}
