//! Where the measures of services are kept: of each service, replica, handler and caller, and of
//! the wires that calls go over.

use super::ELEMENTS;
use super::key::{Key, Subject, What, Whom};
use super::store::{CountId, GaugeId, SpreadId, Store};
use crate::program::{Op, Party, Program, SharedId, SharedKind};

/// What is counted of calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tally {
    Calls,
    Ok,
    Failed,
    Rejected,
    Late,
    Lost,
    Timeouts,
}

/// The last of them is counted where it is asked for.
const TALLIES: [&str; 8] =
    ["calls", "ok", "failed", "rejected", "late", "lost", "timeouts", "unfinished"];

/// How many calls are somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Busy,
    Queued,
    InFlight,
    Computing,
}

const LEVELS: [&str; 4] = ["busy", "queued", "inflight", "computing"];

/// How long calls took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    Latency,
    Wait,
    Service,
}

const SPANS: [&str; 3] = ["latency", "wait", "service"];

/// What is told of one of them.
#[derive(Clone, Debug)]
pub(super) struct Served {
    pub(super) subject: u32,
    counts: [CountId; TALLIES.len()],
    levels: [GaugeId; LEVELS.len()],
    spans: [SpreadId; SPANS.len()],
    /// How many replicas are there, of a service or a replica.
    pub(super) replicas: Option<GaugeId>,
}

impl Served {
    fn new(store: &mut Store, subject: Subject) -> Served {
        let subject = store.subject(subject);
        let key = |word| Key { subject, what: What::Word(word) };
        Served {
            subject,
            counts: TALLIES.map(|word| store.new_count(key(word))),
            levels: LEVELS.map(|word| store.new_gauge(key(word))),
            spans: SPANS.map(|word| store.new_spread(key(word))),
            replicas: None,
        }
    }

    fn with_replicas(mut self, store: &mut Store, count: u32) -> Served {
        let key = Key { subject: self.subject, what: What::Word("replicas") };
        let gauge = store.new_gauge(key);
        store.change(gauge, i64::from(count));
        self.replicas = Some(gauge);
        self
    }

    pub(super) fn count(&self, store: &mut Store, tally: Tally) {
        store.count(self.counts[tally as usize]);
    }

    pub(super) fn change(&self, store: &mut Store, level: Level, by: i64) {
        store.change(self.levels[level as usize], by);
    }

    /// Something that began at a time took until now.
    pub(super) fn took(&self, store: &mut Store, span: Span, began: u64) {
        store.add(self.spans[span as usize], began, store.since(began));
    }

    /// Something that began at a time has come to no end.
    pub(super) fn broke_off(&self, store: &mut Store, span: Span, began: u64) {
        store.add_unfinished(self.spans[span as usize], began, store.since(began));
    }
}

/// What is told of a wire.
#[derive(Clone, Debug)]
pub(super) struct Wired {
    pub(super) subject: u32,
    sent: CountId,
    lost: CountId,
    doubled: CountId,
    inflight: GaugeId,
    latency: SpreadId,
}

impl Wired {
    fn new(store: &mut Store, shared: SharedId) -> Wired {
        let subject = store.subject(Subject { whom: Whom::Shared(shared), element: None });
        let key = |word| Key { subject, what: What::Word(word) };
        Wired {
            subject,
            sent: store.new_count(key("sent")),
            lost: store.new_count(key("lost")),
            doubled: store.new_count(key("doubled")),
            inflight: store.new_gauge(key("inflight")),
            latency: store.new_spread(key("latency")),
        }
    }

    pub(super) fn sends(&self, store: &mut Store) {
        store.count(self.sent);
        store.change(self.inflight, 1);
    }

    pub(super) fn doubles(&self, store: &mut Store) {
        store.count(self.doubled);
        store.change(self.inflight, 1);
    }

    pub(super) fn loses(&self, store: &mut Store) {
        store.count(self.lost);
        store.change(self.inflight, -1);
    }

    /// What left at a time is there.
    pub(super) fn brings(&self, store: &mut Store, since: u64) {
        store.change(self.inflight, -1);
        store.add(self.latency, since, store.since(since));
    }

    /// What was on its way is nowhere any more.
    pub(super) fn forgets(&self, store: &mut Store) {
        store.change(self.inflight, -1);
    }
}

/// A service: where it is measured as a whole, and where its first replica and handler are.
#[derive(Clone, Copy, Debug)]
pub(super) struct OfService {
    pub(super) shared: SharedId,
    pub(super) whole: u32,
    /// Its own place of each replica, where there are several and not too many.
    pub(super) replicas: Option<u32>,
    pub(super) handlers: u32,
}

/// Who calls a service.
#[derive(Clone, Copy, Debug)]
pub(super) struct OfCaller {
    pub(super) party: Party,
    pub(super) shared: SharedId,
    pub(super) place: u32,
    /// The wires there and back, where there are any: places among the wires.
    pub(super) there: Option<u32>,
    pub(super) back: Option<u32>,
}

/// All places.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    pub(super) served: Vec<Served>,
    pub(super) wired: Vec<Wired>,
    pub(super) services: Vec<OfService>,
    pub(super) callers: Vec<OfCaller>,
}

impl Places {
    pub(super) fn new(program: &Program, store: &mut Store) -> Places {
        let mut places = Places::default();
        for (shared, declared) in program.shared.iter().enumerate() {
            let shared = shared as SharedId;
            let Some(service) = program.service(shared) else { continue };
            let count = declared.initial.len() as u32;
            let at = |element| Subject { whom: Whom::Shared(shared), element };
            let there = service.replicas;
            let whole = Served::new(store, at(None)).with_replicas(store, there);
            let few = declared.array && count <= ELEMENTS;
            let whole = places.add(whole);
            let first = places.served.len() as u32;
            for element in (0..count).filter(|_| few) {
                let is_there = u32::from(element < there);
                let replica = Served::new(store, at(Some(element))).with_replicas(store, is_there);
                places.add(replica);
            }
            let handlers = places.served.len() as u32;
            for handler in 0..service.handlers.len() as u16 {
                let subject = Subject { whom: Whom::Handler(shared, handler), element: None };
                let served = Served::new(store, subject);
                places.add(served);
            }
            let replicas = few.then_some(first);
            places.services.push(OfService { shared, whole, replicas, handlers });
        }
        places.wires(program, store);
        for class in 0..program.classes.len() as u32 {
            places.calls_of(program, store, class);
        }
        places
    }

    fn add(&mut self, served: Served) -> u32 {
        self.served.push(served);
        self.served.len() as u32 - 1
    }

    fn wires(&mut self, program: &Program, store: &mut Store) {
        for (shared, declared) in program.shared.iter().enumerate() {
            if declared.kind == SharedKind::Wire {
                self.wired.push(Wired::new(store, shared as SharedId));
            }
        }
    }

    /// The services that a class calls.
    fn calls_of(&mut self, program: &Program, store: &mut Store, class: u32) {
        let party = program.party(class);
        for pc in program.classes[class as usize].code.clone() {
            let Op::Call { service: shared, .. } = program.code[pc as usize] else { continue };
            if self.caller(party, shared).is_some() {
                continue;
            }
            let wire = |from, to| {
                let (id, _) = program.wire(from, to)?;
                let key = Subject { whom: Whom::Shared(id), element: None };
                let is = |wired: &Wired| store.subjects[wired.subject as usize] == key;
                self.wired.iter().position(is).map(|at| at as u32)
            };
            let there = wire(party, Party::Service(shared));
            let back = wire(Party::Service(shared), party);
            let subject = Subject { whom: Whom::Caller(party, shared), element: None };
            let served = Served::new(store, subject);
            let place = self.add(served);
            self.callers.push(OfCaller { party, shared, place, there, back });
        }
    }

    /// The place of who calls a service, among the callers.
    pub(super) fn caller(&self, party: Party, shared: SharedId) -> Option<u32> {
        let is = |caller: &OfCaller| caller.party == party && caller.shared == shared;
        self.callers.iter().position(is).map(|at| at as u32)
    }

    pub(super) fn service(&self, shared: SharedId) -> Option<OfService> {
        self.services.iter().find(|service| service.shared == shared).copied()
    }
}
