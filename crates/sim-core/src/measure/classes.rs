//! Instances of processes: an arrival, a message of a `process … receive`, a pass of a `forever` or
//! `again after`, or the whole life of any other.

use super::key::{Ended, Key, Subject, What, Whom};
use super::store::{CountId, GaugeId, SpreadId, Store};
use super::{ELEMENTS, Spread};
use crate::program::{Op, Program, Start};
use crate::trace::{Fact, ProcessId};

/// Requests are no instances: [`super::services`] measures them.
const REQUEST: u32 = u32::MAX;

/// What is measured of a kind of process, or of one of its processes where they are few.
#[derive(Clone, Debug)]
struct Unit {
    subject: u32,
    started: CountId,
    failed: CountId,
    retries: CountId,
    /// Instances that a crash ended for good.
    lost: CountId,
    running: GaugeId,
    /// The ages of those lost.
    latency: SpreadId,
    attempts: SpreadId,
    outcomes: Vec<(Ended, CountId, SpreadId)>,
    /// All processes of the kind together.
    all: u32,
    receives: bool,
    thinks: bool,
}

#[derive(Clone, Copy, Debug)]
struct All {
    running: Option<GaugeId>,
    /// Where latencies are drawn.
    latency: SpreadId,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Idle,
    Running,
    /// Crashed at a time; it may start again.
    Down(u64),
}

/// The instance that a process is at.
#[derive(Clone, Copy, Debug, Default)]
struct Own {
    phase: Phase,
    began: u64,
    /// The label of its outcome plus one.
    outcome: u32,
    retries: u32,
    number: u32,
}

/// What is measured of processes.
#[derive(Clone, Debug)]
pub(super) struct Classes {
    units: Vec<Unit>,
    all: Vec<All>,
    /// For each process its unit.
    unit_of: Vec<u32>,
    own: Vec<Own>,
}

impl Classes {
    /// For each process of a layout its kind and number.
    pub(super) fn new(
        program: &Program,
        store: &mut Store,
        processes: impl Iterator<Item = (u32, u32)>,
    ) -> Classes {
        let (mut units, mut alls, mut first_of) = (Vec::new(), Vec::new(), Vec::new());
        for (class, declared) in program.classes.iter().enumerate() {
            if matches!(declared.start, Start::Called { .. }) {
                first_of.push((REQUEST, false));
                continue;
            }
            let whom = Whom::Class(class as u32);
            let all = store.subject(Subject { whom, element: None });
            let single = Unit::new(program, store, all, class, alls.len() as u32);
            store.track_spread(single.latency);
            let few = (2..=ELEMENTS).contains(&declared.instances)
                && matches!(declared.start, Start::AtOnce | Start::Again { .. });
            let running = few.then_some(single.running);
            first_of.push((units.len() as u32, few));
            let at = alls.len() as u32;
            alls.push(All { running, latency: single.latency });
            if few {
                for element in 0..declared.instances {
                    let subject = store.subject(Subject { whom, element: Some(element) });
                    units.push(Unit::new(program, store, subject, class, at));
                }
            } else {
                units.push(single);
            }
        }
        let (mut unit_of, mut own) = (Vec::new(), Vec::new());
        for (class, number) in processes {
            let (first, few) = first_of[class as usize];
            unit_of.push(if few { first + number - 1 } else { first });
            own.push(Own { number, ..Own::default() });
        }
        Classes { units, all: alls, unit_of, own }
    }

    /// A process is there from the start.
    pub(super) fn starts(&mut self, store: &mut Store, process: ProcessId) {
        if self.unit_of[process as usize] == REQUEST {
            return;
        }
        if !self.units[self.unit_of[process as usize] as usize].receives {
            self.begin(store, process);
        }
    }

    #[inline(always)]
    pub(super) fn hear(&mut self, store: &mut Store, process: ProcessId, fact: &Fact) {
        let unit = self.unit_of[process as usize] as usize;
        if unit == REQUEST as usize {
            return;
        }
        let own = &mut self.own[process as usize];
        match *fact {
            Fact::Outcome { label } => own.outcome = label + 1,
            Fact::BackedOff => self.retried(store, process),
            Fact::Began { number } => match own.phase {
                // Who starts again after a crash goes on with what it was at.
                Phase::Down(_) if own.number == number => {
                    own.phase = Phase::Running;
                    self.change_running(store, unit, 1);
                }
                _ => {
                    self.lose(store, process);
                    self.own[process as usize].number = number;
                    self.starts(store, process);
                }
            },
            Fact::Delivered { .. } if self.units[unit].receives => self.begin(store, process),
            Fact::PassFailed { error } => {
                self.end(store, process, Ended::Error(error));
                self.begin_next(store, process);
            }
            Fact::PassEnded => {
                self.end_well(store, process);
                self.begin_next(store, process);
            }
            Fact::Thought { leaves: false } => self.begin(store, process),
            Fact::Ended => self.end_well(store, process),
            Fact::Failed { error } => self.end(store, process, Ended::Error(error)),
            Fact::Crashed if own.phase == Phase::Running => {
                own.phase = Phase::Down(store.now);
                self.change_running(store, unit, -1);
                if self.units[unit].receives {
                    self.lose(store, process);
                }
            }
            _ => {}
        }
    }

    /// It tries once more.
    pub(super) fn retried(&mut self, store: &mut Store, process: ProcessId) {
        if self.unit_of[process as usize] == REQUEST {
            return;
        }
        self.own[process as usize].retries += 1;
        store.count(self.units[self.unit_of[process as usize] as usize].retries);
    }

    fn change_running(&self, store: &mut Store, unit: usize, by: i64) {
        let unit = &self.units[unit];
        store.change(unit.running, by);
        if let Some(all) = self.all[unit.all as usize].running {
            store.change(all, by);
        }
    }

    fn begin(&mut self, store: &mut Store, process: ProcessId) {
        let unit = self.unit_of[process as usize] as usize;
        let own = &mut self.own[process as usize];
        if own.phase != Phase::Idle {
            return;
        }
        *own =
            Own { phase: Phase::Running, began: store.now, number: own.number, ..Own::default() };
        store.count(self.units[unit].started);
        self.change_running(store, unit, 1);
    }

    /// A pass is over; the next one begins at once, unless something must come before it.
    fn begin_next(&mut self, store: &mut Store, process: ProcessId) {
        let Unit { receives, thinks, .. } = self.units[self.unit_of[process as usize] as usize];
        if !receives && !thinks {
            self.begin(store, process);
        }
    }

    fn end_well(&mut self, store: &mut Store, process: ProcessId) {
        let ended = match self.own[process as usize].outcome {
            0 => Ended::Ok,
            label => Ended::Label(label - 1),
        };
        self.end(store, process, ended);
    }

    fn end(&mut self, store: &mut Store, process: ProcessId, ended: Ended) {
        let at = self.unit_of[process as usize] as usize;
        let own = &mut self.own[process as usize];
        if own.phase != Phase::Running {
            return;
        }
        own.phase = Phase::Idle;
        let Own { began, retries, .. } = *own;
        let latency = store.since(began);
        let unit = &mut self.units[at];
        let known = unit.outcomes.iter().find(|(known, ..)| *known == ended);
        let (_, count, spread) = known.copied().unwrap_or_else(|| unit.outcome(store, ended));
        store.count_of(count, began);
        if let Ended::Error(_) = ended {
            store.count_of(unit.failed, began);
        }
        store.add(spread, began, latency);
        store.add(unit.attempts, began, i64::from(retries) + 1);
        store.draw(unit.latency, latency);
        let all = self.all[unit.all as usize].latency;
        if all != unit.latency {
            store.draw(all, latency);
        }
        self.change_running(store, at, -1);
    }

    /// Who has crashed is given up, if it has not started again.
    fn lose(&mut self, store: &mut Store, process: ProcessId) {
        let own = &mut self.own[process as usize];
        if let Phase::Down(at) = own.phase {
            let age = i64::try_from(at - own.began).unwrap_or(i64::MAX);
            let unit = &self.units[self.unit_of[process as usize] as usize];
            store.count_of(unit.lost, own.began);
            store.add_unfinished(unit.latency, own.began, age);
        }
        own.phase = Phase::Idle;
    }

    /// Nothing is under way any more.
    pub(super) fn forget(&mut self) {
        self.own.iter_mut().for_each(|own| own.phase = Phase::Idle);
    }

    /// What is not over yet of a subject: how long each has lasted, if it counts.
    pub(super) fn ages(&self, store: &Store, subject: u32) -> Spread {
        let mut ages = Spread::default();
        for (own, unit) in self.own.iter().zip(&self.unit_of) {
            let is_of = self.units.get(*unit as usize).is_some_and(|unit| unit.subject == subject);
            if !is_of || own.began < store.warmup {
                continue;
            }
            match own.phase {
                Phase::Idle => {}
                Phase::Running => ages.add(store.age(own.began)),
                Phase::Down(at) => ages.add(i64::try_from(at - own.began).unwrap_or(i64::MAX)),
            }
        }
        ages
    }

    /// How many tries those have needed that are not over yet.
    pub(super) fn tries(&self, store: &Store, subject: u32) -> Spread {
        let mut tries = Spread::default();
        for (own, unit) in self.own.iter().zip(&self.unit_of) {
            let counts = own.phase != Phase::Idle && own.began >= store.warmup;
            if counts && self.units.get(*unit as usize).is_some_and(|it| it.subject == subject) {
                tries.add(i64::from(own.retries) + 1);
            }
        }
        tries
    }
}

impl Unit {
    fn new(program: &Program, store: &mut Store, subject: u32, class: usize, all: u32) -> Unit {
        let declared = &program.classes[class];
        let key = |word| Key { subject, what: What::Word(word) };
        let mut unit = Unit {
            subject,
            started: store.new_count(key("started")),
            failed: store.new_count(key("failed")),
            retries: store.new_count(key("retries")),
            lost: store.new_count(key("unfinished")),
            running: store.new_gauge(key("running")),
            latency: store.new_spread(key("latency")),
            attempts: store.new_spread(key("attempts")),
            outcomes: Vec::new(),
            all,
            receives: declared.receives,
            thinks: matches!(declared.start, Start::Again { .. }),
        };
        unit.outcome(store, Ended::Ok);
        for pc in declared.code.clone() {
            if let Op::Outcome { label } = program.code[pc as usize] {
                let ended = Ended::Label(label);
                if unit.outcomes.iter().all(|(known, ..)| *known != ended) {
                    unit.outcome(store, ended);
                }
            }
        }
        unit
    }

    /// Makes room for an outcome.
    fn outcome(&mut self, store: &mut Store, ended: Ended) -> (Ended, CountId, SpreadId) {
        let key = |what| Key { subject: self.subject, what };
        let count = store.new_count(key(What::Outcome(ended)));
        store.track_count(count);
        let made = (ended, count, store.new_spread(key(What::Latency(ended))));
        self.outcomes.push(made);
        made
    }
}
