//! A meter hears what a run does, step by step, and keeps what is told of it in bounded room.

use super::caches::Caches;
use super::classes::Classes;
use super::databases::Databases;
use super::guards::Guards;
use super::held::Held;
use super::key::{Key, Subject, What, Whom};
use super::last::{LastValues, each_measure};
use super::messages::Messages;
use super::routines::Routines;
use super::services::Services;
use super::store::{SpreadId, Store};
use super::tell::is;
use super::view::TheoryRow;
use crate::machine::{Follow, Machine, State, Stay, Watch};
use crate::program::{Measure, Mode, Op, Pc, Program, Quantity};
use crate::trace::{Fact, ProcessId, ServiceFact, Target};

/// Measures one run.
///
/// [`Meter::moves`] begins a step, the facts follow (the meter is a [`Watch`]'s ear: see
/// [`Meter::ear`]), [`Meter::settle`] ends it. The start of a run is its first step.
#[derive(Clone, Debug)]
pub struct Meter {
    pub(super) store: Store,
    pub(super) classes: Classes,
    pub(super) routines: Routines,
    pub(super) held: Held,
    pub(super) guards: Guards,
    caches: Caches,
    pub(super) databases: Databases,
    pub(super) messages: Messages,
    pub(super) services: Services,
    pub(super) last: LastValues,
    /// What theory says of each service.
    pub(super) expected: Vec<(u32, TheoryRow)>,
    /// For each label of the program where values recorded under it go.
    records: Vec<Option<SpreadId>>,
    /// Who came to stand before an element of something, which is known once the step is over.
    unsettled: Vec<(ProcessId, Pc, Option<Mode>)>,
}

impl Meter {
    /// A meter for runs of a machine, before the start.
    #[must_use]
    pub fn new(machine: &Machine) -> Meter {
        let program = machine.program();
        let time = |time: Option<i64>| time.map(|time| time.max(0) as u64);
        let mut store = Store::new(time(program.run.length), time(program.run.warmup).unwrap_or(0));
        let processes = &machine.layout().processes;
        let kinds = processes.iter().map(|slot| (slot.class, slot.number));
        let mut classes = Classes::new(program, &mut store, kinds);
        let held = Held::new(program, &mut store, processes.len());
        let guards = Guards::new(program, &mut store);
        let caches = Caches::new(program, &mut store);
        let databases = Databases::new(program, &mut store);
        let messages = Messages::new(program, &mut store);
        let services = Services::new(machine, &mut store);
        let records = records(program, &mut store);
        for (process, slot) in processes.iter().enumerate() {
            if slot.number_at == 0 {
                classes.starts(&mut store, process as ProcessId);
            }
        }
        let routines = Routines::new(program, &mut store);
        let last = LastValues::new(program);
        let unsettled = Vec::new();
        let expected = super::expected::rows(program);
        let mut meter = Meter {
            store,
            classes,
            routines,
            held,
            guards,
            caches,
            databases,
            messages,
            services,
            last,
            expected,
            records,
            unsettled,
        };
        each_measure(program, &mut |measure| meter.follow(program, measure));
        meter
    }

    /// Virtual time up to which it has measured, nanoseconds.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.store.now
    }

    /// The run has ended at a time after its last step: what is told is told of that moment.
    pub fn ends_at(&mut self, time: u64) {
        self.store.horizon = time;
        self.guards.fill(&mut self.store, time);
    }

    /// What a chart draws is kept over time.
    fn follow(&mut self, program: &Program, measure: &Measure) {
        let subjects = self.about(program, &measure.subject);
        let is_of = |key: Key| subjects.contains(&key.subject);
        let store = &mut self.store;
        for counted in store.counts.iter_mut().filter(|one| is_of(one.key)) {
            if is(counted.key.what, &measure.quantity, program) {
                counted.track.get_or_insert_default();
            }
        }
        let word = match &measure.quantity {
            Quantity::Gauge(word) | Quantity::Spread(word) => word,
            Quantity::Values => &"values",
            _ => return,
        };
        let whole = [*word, "busy", "computing", "replicas"];
        let words = if *word == "utilization" { &whole[1..] } else { &whole[..1] };
        for gauged in store.gauges.iter_mut().filter(|one| is_of(one.key)) {
            if matches!(gauged.key.what, What::Word(word) if words.contains(&word)) {
                gauged.track.get_or_insert_default();
            }
        }
        for spreaded in store.spreads.iter_mut().filter(|one| is_of(one.key)) {
            if spreaded.key.what == What::Word(word) {
                spreaded.track.get_or_insert_default();
            }
        }
    }

    /// A step begins at a time that is not before that of the last one.
    #[inline(always)]
    pub fn moves(&mut self, now: u64) {
        if !self.store.moves_within(now) {
            self.moves_on(now);
        }
        self.guards.fill(&mut self.store, now);
    }

    #[inline(never)]
    fn moves_on(&mut self, now: u64) {
        for _ in 0..self.store.moves(now) {
            self.last.halve();
        }
    }

    /// A watch that measures while a step is taken.
    pub fn ear<'a>(&'a mut self, machine: &'a Machine) -> MeterEar<'a> {
        MeterEar { meter: self, machine }
    }

    /// The step is over; it led to this state.
    #[inline(always)]
    pub fn settle(&mut self, machine: &Machine, state: &State) {
        if !self.unsettled.is_empty() {
            self.settle_stands(machine, state);
        }
        self.messages.settle(&mut self.store);
        self.services.settle(&mut self.store);
    }

    #[inline(never)]
    fn settle_stands(&mut self, machine: &Machine, state: &State) {
        while let Some((process, pc, mode)) = self.unsettled.pop() {
            if let Some(target) = machine.target(state, process, pc) {
                match mode {
                    Some(mode) => self.held.stands(&mut self.store, process, target, mode),
                    None => self.guards.stands(&mut self.store, process, target),
                }
            }
        }
    }

    /// Something happened within the step.
    #[inline(always)]
    pub fn hear(&mut self, process: ProcessId, fact: &Fact) {
        let store = &mut self.store;
        match *fact {
            Fact::Took { target, mode, .. } => self.held.took(store, process, target, mode),
            Fact::LetGo { target, .. } | Fact::Expired { target } => {
                self.held.let_go(store, process, target);
            }
            Fact::TurnedAway { target } if !self.guards.has(target) => {
                self.held.turned_away(store, target);
            }
            Fact::TurnedAway { .. }
            | Fact::LetIn { .. }
            | Fact::KeptOut { .. }
            | Fact::Settled { .. }
            | Fact::Switched { .. }
            | Fact::Service(ServiceFact::Anew { .. })
            | Fact::GotToken { .. }
            | Fact::NoToken { .. }
            | Fact::Earned { .. } => self.guards.hear(store, process, fact),
            Fact::RoutineBegan { .. } | Fact::RoutineEnded { .. } => {
                self.routines.hear(store, process, fact);
            }
            Fact::FellAsleep { condition } => self.held.sleeps(process, condition),
            Fact::Recorded { measure, value } => {
                if let Some(Some(spread)) = self.records.get(measure as usize) {
                    store.add(*spread, store.now, value);
                }
            }
            Fact::Wrote { target, new, .. } | Fact::Counted { target, new, .. } => {
                self.last.set(target, new, store.stretch());
            }
            Fact::Delivered { .. } => {
                self.messages.hear(store, process, fact);
                self.classes.hear(store, process, fact);
            }
            Fact::Looked { .. }
            | Fact::Kept { .. }
            | Fact::Uncached { .. }
            | Fact::Evicted { .. }
            | Fact::FillBegan { .. }
            | Fact::FillEnded { .. }
            | Fact::Shared { .. } => self.caches.hear(store, process, fact),
            Fact::Data(_) => self.databases.hear(store, process, fact),
            Fact::Ended | Fact::Failed { .. } | Fact::Crashed | Fact::Endless | Fact::Full => {
                self.caches.forget(process);
                self.databases.forget(store, process);
                self.routines.forget_one(store, process);
                self.held.leaves(store, process);
                self.guards.leaves(store, process);
                self.guards.forget_one(process);
                self.messages.hear(store, process, fact);
                self.classes.hear(store, process, fact);
                match fact {
                    Fact::Crashed => self.services.crashes(store, process),
                    _ => self.services.ends(store, process),
                }
            }
            Fact::Outcome { .. }
            | Fact::BackedOff
            | Fact::Began { .. }
            | Fact::PassEnded
            | Fact::PassFailed { .. }
            | Fact::Thought { .. } => self.classes.hear(store, process, fact),
            Fact::Sent { .. }
            | Fact::OnLink { .. }
            | Fact::Arrived { .. }
            | Fact::Lost { .. }
            | Fact::HeldBack { .. }
            | Fact::Doubled { .. }
            | Fact::Accepted { .. }
            | Fact::Appended { .. }
            | Fact::Refused { .. }
            | Fact::Dropped { .. }
            | Fact::Acked { .. }
            | Fact::LateAck { .. }
            | Fact::Nacked { .. }
            | Fact::Reappeared { .. }
            | Fact::Returned { .. }
            | Fact::Delayed { .. }
            | Fact::Readied { .. }
            | Fact::Dead { .. }
            | Fact::Committed { .. }
            | Fact::Rebalanced { .. } => self.messages.hear(store, process, fact),
            Fact::Service(ServiceFact::Called { .. })
            | Fact::Service(ServiceFact::CallArrived { .. })
            | Fact::Service(ServiceFact::CallLost { .. })
            | Fact::Service(ServiceFact::CallDoubled { .. })
            | Fact::Service(ServiceFact::NotLetIn { .. })
            | Fact::Service(ServiceFact::Entered { .. })
            | Fact::Service(ServiceFact::Computes { .. })
            | Fact::Service(ServiceFact::Computed { .. })
            | Fact::Service(ServiceFact::Replied { .. })
            | Fact::Service(ServiceFact::Answered { .. })
            | Fact::Service(ServiceFact::AnsweredLate { .. })
            | Fact::Service(ServiceFact::AnswerLost { .. })
            | Fact::Service(ServiceFact::ReplicaCrashed { .. })
            | Fact::Service(ServiceFact::ReplicaBack { .. })
            | Fact::Service(ServiceFact::ReplicaLeaves { .. })
            | Fact::Service(ServiceFact::Abandoned { .. })
            | Fact::Service(ServiceFact::Cancelled { .. })
            | Fact::TimedOut => self.services.hear(store, process, fact),
            _ => {}
        }
    }

    /// A process tries once more without waiting before.
    pub fn tries_again(&mut self, process: ProcessId) {
        self.classes.retried(&mut self.store, process);
    }

    /// A process came to stand at an instruction.
    #[inline(always)]
    pub fn stands(&mut self, program: &Program, process: ProcessId, pc: Pc) {
        self.held.leaves(&mut self.store, process);
        self.guards.leaves(&mut self.store, process);
        match program.code[pc as usize] {
            Op::Acquire { lock, index: None, mode, .. } if is_everybodys(program, lock) => {
                let target = Target { shared: lock, element: 0 };
                self.held.stands(&mut self.store, process, target, mode);
            }
            Op::Acquire { mode, .. } => self.unsettled.push((process, pc, Some(mode))),
            Op::Token { limiter, index: None, got: None } if is_everybodys(program, limiter) => {
                let target = Target { shared: limiter, element: 0 };
                self.guards.stands(&mut self.store, process, target);
            }
            Op::Token { got: None, .. } => self.unsettled.push((process, pc, None)),
            Op::Asleep { .. } => self.held.is_asleep(&mut self.store, process),
            Op::Call { .. } => self.services.stands(program, process, pc),
            _ => {}
        }
    }
}

/// Of what belongs to a replica, the state says which element is meant.
fn is_everybodys(program: &Program, shared: u32) -> bool {
    program.shared[shared as usize].owner.is_none()
}

fn records(program: &Program, store: &mut Store) -> Vec<Option<SpreadId>> {
    let mut records = vec![None; program.labels.len()];
    for op in &program.code {
        if let Op::Record { measure, .. } = op
            && let Some(known @ None) = records.get_mut(*measure as usize)
        {
            let subject = store.subject(Subject { whom: Whom::Recorded(*measure), element: None });
            *known = Some(store.new_spread(Key { subject, what: What::Word("values") }));
        }
    }
    records
}

impl Follow for Meter {
    type Ear<'a> = MeterEar<'a>;

    fn moves(&mut self, now: u64) {
        Meter::moves(self, now);
    }

    fn ear<'a>(&'a mut self, machine: &'a Machine) -> MeterEar<'a> {
        Meter::ear(self, machine)
    }

    fn settle(&mut self, machine: &Machine, state: &State) {
        Meter::settle(self, machine, state);
    }
}

/// Hears a step in a meter's place.
#[derive(Debug)]
pub struct MeterEar<'a> {
    meter: &'a mut Meter,
    machine: &'a Machine,
}

impl Watch for MeterEar<'_> {
    #[inline(always)]
    fn fact(&mut self, process: ProcessId, fact: Fact) {
        match fact {
            // What is not measured, among it what is heard most often.
            Fact::Local { .. }
            | Fact::Read { .. }
            | Fact::Paused { .. }
            | Fact::Field { .. }
            | Fact::Drew { .. }
            | Fact::Hole { .. } => {}
            fact => self.meter.hear(process, &fact),
        }
    }

    #[inline(always)]
    fn passes(&mut self, _: ProcessId, _: Pc) {}

    #[inline(always)]
    fn stands(&mut self, process: ProcessId, pc: Pc, _: Stay, _: crate::machine::Pace) {
        self.meter.stands(self.machine.program(), process, pc);
    }

    fn tries_again(&mut self, process: ProcessId) {
        self.meter.tries_again(process);
    }
}
