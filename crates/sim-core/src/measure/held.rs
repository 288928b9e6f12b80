//! Locks, rwlocks, semaphores: who asks, who waits, who holds; and who sleeps on conditions.

use super::key::{Key, Subject, What, Whom};
use super::store::{CountId, GaugeId, SpreadId, Store};
use super::{ELEMENTS, Spread};
use crate::program::{Details, Mode, Program, SharedKind};
use crate::trace::{ProcessId, Target};

const NOWHERE: u32 = u32::MAX;

/// What is told of one thing that can be held.
#[derive(Clone, Copy, Debug)]
struct Told {
    subject: u32,
    asked: CountId,
    admitted: CountId,
    rejected: CountId,
    wait: SpreadId,
    held: SpreadId,
}

/// One element.
#[derive(Clone, Debug)]
struct Slot {
    /// Nothing of a condition.
    told: Option<Told>,
    /// Its own, where elements are few, and those of all elements.
    gauges: [Option<Gauges>; 2],
    kind: SharedKind,
    /// How many may hold it at once, those apart who only read.
    permits: i64,
    /// A full one lets nobody wait.
    rejects: bool,
    busy: i64,
    /// What `busy` and `waiting` were told to be.
    shown: [i64; 2],
    /// Somebody writes.
    writing: bool,
    /// How many stand before it: to have it alone or a permit of it, and to read.
    standing: [i64; 2],
}

/// Where a process stands, and what it holds.
#[derive(Clone, Debug)]
struct Own {
    slot: u32,
    reads: bool,
    since: u64,
    /// It falls asleep there.
    sleeps: u32,
    holds: Vec<(u32, u64)>,
}

/// What is measured of what can be held.
#[derive(Clone, Debug)]
pub(super) struct Held {
    /// For each shared thing its first slot, if it has any.
    first: Vec<u32>,
    slots: Vec<Slot>,
    own: Vec<Own>,
}

impl Held {
    pub(super) fn new(program: &Program, store: &mut Store, processes: usize) -> Held {
        let mut slots = Vec::new();
        let mut first = Vec::new();
        for (shared, declared) in program.shared.iter().enumerate() {
            if !declared.kind.is_held() && declared.kind != SharedKind::Condition {
                first.push(NOWHERE);
                continue;
            }
            first.push(slots.len() as u32);
            let whom = Whom::Shared(shared as u32);
            let elements = declared.initial.len() as u32;
            let (permits, rejects) = match declared.details {
                Details::Semaphore { permits, rejects, .. } => (permits, rejects),
                _ => (1, false),
            };
            let all = store.subject(Subject { whom, element: None });
            let is_held = declared.kind.is_held();
            let all_gauges = Gauges::new(store, all, is_held);
            let few = declared.array && elements <= ELEMENTS;
            let together = (!few && is_held).then(|| Told::new(store, all));
            for element in 0..elements {
                let (mut told, mut own) = (together, None);
                if few {
                    let subject = store.subject(Subject { whom, element: Some(element) });
                    told = is_held.then(|| Told::new(store, subject));
                    own = Some(Gauges::new(store, subject, is_held));
                }
                slots.push(Slot {
                    told,
                    gauges: [own, Some(all_gauges)],
                    kind: declared.kind,
                    permits,
                    rejects,
                    busy: 0,
                    shown: [0; 2],
                    writing: false,
                    standing: [0; 2],
                });
            }
        }
        let nowhere =
            Own { slot: NOWHERE, reads: false, since: 0, sleeps: NOWHERE, holds: Vec::new() };
        Held { first, slots, own: vec![nowhere; processes] }
    }

    fn slot(&self, target: Target) -> u32 {
        self.first[target.shared as usize] + target.element
    }

    /// A process stands before something it wants.
    pub(super) fn stands(
        &mut self,
        store: &mut Store,
        process: ProcessId,
        target: Target,
        mode: Mode,
    ) {
        let slot = self.slot(target);
        if let Some(told) = self.slots[slot as usize].told {
            store.count(told.asked);
        }
        self.stand(store, process, slot, mode == Mode::Read);
    }

    fn stand(&mut self, store: &mut Store, process: ProcessId, slot: u32, reads: bool) {
        let own = &mut self.own[process as usize];
        (own.slot, own.reads, own.since) = (slot, reads, store.now);
        let slot = &mut self.slots[slot as usize];
        slot.standing[usize::from(reads)] += 1;
        slot.refresh(store);
    }

    /// A process falls asleep on a condition, and will stand there.
    pub(super) fn sleeps(&mut self, process: ProcessId, condition: Target) {
        self.own[process as usize].sleeps = self.slot(condition);
    }

    /// A process comes to stand where it sleeps.
    pub(super) fn is_asleep(&mut self, store: &mut Store, process: ProcessId) {
        let slot = std::mem::replace(&mut self.own[process as usize].sleeps, NOWHERE);
        if slot != NOWHERE {
            self.stand(store, process, slot, false);
        }
    }

    /// A process stands no longer where it stood. If it did not get what it waited for, it has
    /// waited in vain.
    #[inline(always)]
    pub(super) fn leaves(&mut self, store: &mut Store, process: ProcessId) {
        if self.own[process as usize].slot != NOWHERE {
            self.leaves_slot(store, process);
        }
    }

    #[inline(never)]
    fn leaves_slot(&mut self, store: &mut Store, process: ProcessId) {
        let own = &mut self.own[process as usize];
        let slot = &mut self.slots[own.slot as usize];
        own.slot = NOWHERE;
        slot.standing[usize::from(own.reads)] -= 1;
        slot.refresh(store);
        let waited = store.since(own.since);
        if let Some(told) = slot.told
            && waited > 0
        {
            store.add(told.wait, own.since, waited);
        }
    }

    /// A process got what it wanted.
    pub(super) fn took(
        &mut self,
        store: &mut Store,
        process: ProcessId,
        target: Target,
        mode: Mode,
    ) {
        let at = self.slot(target);
        let own = &mut self.own[process as usize];
        let since = if own.slot == at { own.since } else { store.now };
        let slot = &mut self.slots[at as usize];
        if own.slot == at {
            own.slot = NOWHERE;
            slot.standing[usize::from(own.reads)] -= 1;
        }
        own.holds.push((at, store.now));
        slot.busy += 1;
        slot.writing = mode == Mode::Write;
        slot.refresh(store);
        if let Some(told) = slot.told {
            store.count(told.admitted);
            store.add(told.wait, since, store.since(since));
        }
    }

    /// Something was let go, or ran out. Who lets go of a permit need not be the one who had it.
    pub(super) fn let_go(&mut self, store: &mut Store, process: ProcessId, target: Target) {
        let at = self.slot(target);
        let slot = &mut self.slots[at as usize];
        slot.busy -= 1;
        slot.writing = false;
        slot.refresh(store);
        let told = slot.told;
        let place = |own: &Own| own.holds.iter().rposition(|(held, _)| *held == at);
        let holder = match place(&self.own[process as usize]) {
            Some(_) => Some(process as usize),
            None => self.own.iter().position(|own| place(own).is_some()),
        };
        if let Some(own) = holder.map(|holder| &mut self.own[holder])
            && let Some(at) = place(own)
        {
            let (_, since) = own.holds.remove(at);
            if let Some(told) = told {
                store.add(told.held, since, store.since(since));
            }
        }
    }

    pub(super) fn turned_away(&mut self, store: &mut Store, target: Target) {
        if let Some(told) = self.slots[self.slot(target) as usize].told {
            store.count(told.rejected);
        }
    }

    /// True for the subject of something that can be held.
    pub(super) fn has(&self, subject: u32) -> bool {
        self.slots.iter().any(|slot| slot.is_of(subject))
    }

    /// Nobody stands anywhere or holds anything any more.
    pub(super) fn forget(&mut self) {
        for own in &mut self.own {
            own.slot = NOWHERE;
            own.holds.clear();
        }
    }

    /// How long those have waited that still wait for a subject.
    pub(super) fn waits(&self, store: &Store, subject: u32) -> Spread {
        let mut waits = Spread::default();
        for own in self.own.iter().filter(|own| own.slot != NOWHERE) {
            let slot = &self.slots[own.slot as usize];
            let waits_there = slot.is_of(subject) && slot.is_full_for(own.reads);
            if waits_there && own.since >= store.warmup {
                waits.add(store.age(own.since));
            }
        }
        waits
    }

    /// How long those have held a subject that still do.
    pub(super) fn holds(&self, store: &Store, subject: u32) -> Spread {
        let mut holds = Spread::default();
        for (slot, since) in self.own.iter().flat_map(|own| &own.holds) {
            if self.slots[*slot as usize].is_of(subject) && *since >= store.warmup {
                holds.add(store.age(*since));
            }
        }
        holds
    }
}

impl Slot {
    fn is_full_for(&self, reads: bool) -> bool {
        match self.kind {
            SharedKind::RwLock if reads => self.writing,
            SharedKind::Semaphore => !self.rejects && self.busy >= self.permits,
            SharedKind::Condition => true,
            _ => self.busy > 0,
        }
    }

    fn is_of(&self, subject: u32) -> bool {
        self.told.is_some_and(|told| told.subject == subject)
    }

    /// Tells the gauges how things are.
    fn refresh(&mut self, store: &mut Store) {
        let part = |reads: bool| {
            if self.is_full_for(reads) { self.standing[usize::from(reads)] } else { 0 }
        };
        let now = [self.busy, part(false) + part(true)];
        let was = std::mem::replace(&mut self.shown, now);
        for gauges in self.gauges.iter().flatten() {
            if let Some(busy) = gauges.busy
                && now[0] != was[0]
            {
                store.change(busy, now[0] - was[0]);
            }
            if now[1] != was[1] {
                store.change(gauges.waiting, now[1] - was[1]);
            }
        }
    }
}

/// How many hold something, and how many wait for it.
#[derive(Clone, Copy, Debug)]
struct Gauges {
    busy: Option<GaugeId>,
    waiting: GaugeId,
}

impl Gauges {
    fn new(store: &mut Store, subject: u32, is_held: bool) -> Gauges {
        let key = |word| Key { subject, what: What::Word(word) };
        Gauges {
            busy: is_held.then(|| store.new_gauge(key("busy"))),
            waiting: store.new_gauge(key("waiting")),
        }
    }
}

impl Told {
    fn new(store: &mut Store, subject: u32) -> Told {
        let key = |word| Key { subject, what: What::Word(word) };
        Told {
            subject,
            asked: store.new_count(key("asked")),
            admitted: store.new_count(key("admitted")),
            rejected: store.new_count(key("rejected")),
            wait: store.new_spread(key("wait")),
            held: store.new_spread(key("held")),
        }
    }
}
