//! Caches: what was found in them and what not, and how long filling in took.

use super::key::{Key, Subject, What, Whom};
use super::store::{CountId, GaugeId, SpreadId, Store};
use crate::program::{Program, SharedId, SharedKind};
use crate::trace::{Fact, ProcessId};

/// What is told of one cache.
#[derive(Clone, Copy, Debug)]
struct Told {
    hits: CountId,
    misses: CountId,
    loads: CountId,
    shared: CountId,
    evicted: CountId,
    size: GaugeId,
    load: SpreadId,
}

/// What is measured of caches.
#[derive(Clone, Debug)]
pub(super) struct Caches {
    /// For each shared thing, if it is a cache.
    told: Vec<Option<Told>>,
    /// Who fills in what, since when.
    filling: Vec<(ProcessId, SharedId, i64, u64)>,
}

impl Caches {
    pub(super) fn new(program: &Program, store: &mut Store) -> Caches {
        let mut told = Vec::new();
        for (shared, declared) in (0..).zip(&program.shared) {
            let is = declared.kind == SharedKind::Cache;
            told.push(is.then(|| Told::new(store, shared)));
        }
        Caches { told, filling: Vec::new() }
    }

    pub(super) fn hear(&mut self, store: &mut Store, process: ProcessId, fact: &Fact) {
        let target = match *fact {
            Fact::Looked { target, .. }
            | Fact::Kept { target, .. }
            | Fact::Uncached { target, .. }
            | Fact::Evicted { target, .. }
            | Fact::FillBegan { target, .. }
            | Fact::FillEnded { target, .. }
            | Fact::Shared { target, .. } => target,
            _ => return,
        };
        let Some(told) = self.told.get(target.shared as usize).copied().flatten() else { return };
        match *fact {
            Fact::Looked { hit, over, .. } => {
                store.count(if hit { told.hits } else { told.misses });
                if over {
                    store.change(told.size, -1);
                }
            }
            Fact::Kept { is_new: true, .. } => store.change(told.size, 1),
            Fact::Uncached { was: true, .. } => store.change(told.size, -1),
            Fact::Evicted { .. } => {
                store.count(told.evicted);
                store.change(told.size, -1);
            }
            Fact::FillBegan { key, .. } => {
                self.filling.push((process, target.shared, key, store.now));
            }
            Fact::FillEnded { key, error, .. } => {
                let own = |one: &(ProcessId, SharedId, i64, u64)| {
                    (one.0, one.1, one.2) == (process, target.shared, key)
                };
                if let Some(at) = self.filling.iter().rposition(own) {
                    let (.., since) = self.filling.swap_remove(at);
                    if error.is_none() {
                        store.count(told.loads);
                        store.add(told.load, since, store.since(since));
                    }
                }
            }
            Fact::Shared { .. } => store.count(told.shared),
            _ => {}
        }
    }

    /// A process is gone: it fills nothing in any more.
    pub(super) fn forget(&mut self, process: ProcessId) {
        self.filling.retain(|(who, ..)| *who != process);
    }
}

impl Told {
    fn new(store: &mut Store, shared: SharedId) -> Told {
        let subject = store.subject(Subject { whom: Whom::Shared(shared), element: None });
        let key = |word| Key { subject, what: What::Word(word) };
        Told {
            hits: store.new_count(key("hits")),
            misses: store.new_count(key("misses")),
            loads: store.new_count(key("loads")),
            shared: store.new_count(key("shared")),
            evicted: store.new_count(key("evicted")),
            size: store.new_gauge(key("size")),
            load: store.new_spread(key("load")),
        }
    }
}
