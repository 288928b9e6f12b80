//! Caches: what was found in them and what not, and how long filling in took.

use super::ELEMENTS;
use super::key::{Key, Subject, What, Whom};
use super::store::{CountId, GaugeId, SpreadId, Store};
use crate::program::{Program, SharedId, SharedKind};
use crate::trace::{Fact, ProcessId, Target};

/// What is told of one cache.
#[derive(Clone, Copy, Debug)]
struct Told {
    hits: CountId,
    misses: CountId,
    loads: CountId,
    shared: CountId,
    evicted: CountId,
    /// Of this one, and of all of a service's replicas.
    size: [Option<GaugeId>; 2],
    load: SpreadId,
}

/// What is measured of caches.
#[derive(Clone, Debug)]
pub(super) struct Caches {
    /// For each element of each shared thing that is a cache.
    told: Vec<Vec<Told>>,
    /// Who fills in what, since when.
    filling: Vec<(ProcessId, Target, i64, u64)>,
}

impl Caches {
    pub(super) fn new(program: &Program, store: &mut Store) -> Caches {
        let mut told = Vec::new();
        for (shared, declared) in (0..).zip(&program.shared) {
            let elements = match declared.kind {
                SharedKind::Cache => declared.initial.len() as u32,
                _ => 0,
            };
            let few = declared.array && elements <= ELEMENTS;
            let one = |element| Told::new(store, shared, few.then_some(element));
            told.push((0..elements).map(one).collect());
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
        let Some(told) = self.told[target.shared as usize].get(target.element as usize).copied()
        else {
            return;
        };
        match *fact {
            Fact::Looked { hit, over, .. } => {
                store.count(if hit { told.hits } else { told.misses });
                if over {
                    store.change_both(told.size, -1);
                }
            }
            Fact::Kept { is_new: true, .. } => store.change_both(told.size, 1),
            Fact::Uncached { was: true, .. } => store.change_both(told.size, -1),
            Fact::Evicted { .. } => {
                store.count(told.evicted);
                store.change_both(told.size, -1);
            }
            Fact::FillBegan { key, .. } => {
                self.filling.push((process, target, key, store.now));
            }
            Fact::FillEnded { key, error, .. } => {
                let own = |one: &(ProcessId, Target, i64, u64)| {
                    (one.0, one.1, one.2) == (process, target, key)
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
    fn new(store: &mut Store, shared: SharedId, element: Option<u32>) -> Told {
        let whom = Whom::Shared(shared);
        let whole = store.subject(Subject { whom, element: None });
        let subject = element.map_or(whole, |_| store.subject(Subject { whom, element }));
        let key = |word| Key { subject, what: What::Word(word) };
        let size = |store: &mut Store, subject| {
            Some(store.new_gauge(Key { subject, what: What::Word("size") }))
        };
        let own = element.and_then(|_| size(store, subject));
        Told {
            hits: store.new_count(key("hits")),
            misses: store.new_count(key("misses")),
            loads: store.new_count(key("loads")),
            shared: store.new_count(key("shared")),
            evicted: store.new_count(key("evicted")),
            size: [own, size(store, whole)],
            load: store.new_spread(key("load")),
        }
    }
}
