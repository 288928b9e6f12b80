//! Calls of routines that a goal or chart names.

use super::Spread;
use super::key::{Key, Subject, What, Whom};
use super::store::{CountId, GaugeId, SpreadId, Store};
use crate::program::{Op, Program};
use crate::trace::{Fact, ProcessId};

/// What is told of one routine.
#[derive(Clone, Copy, Debug)]
struct Told {
    routine: u32,
    subject: u32,
    started: CountId,
    ok: CountId,
    failed: CountId,
    unfinished: CountId,
    running: GaugeId,
    latency: SpreadId,
}

/// What is measured of routines.
#[derive(Clone, Debug)]
pub(super) struct Routines {
    told: Vec<Told>,
    /// Who is in which, and since when, the inmost last.
    inside: Vec<(ProcessId, u32, u64)>,
}

impl Routines {
    pub(super) fn new(program: &Program, store: &mut Store) -> Routines {
        let mut told: Vec<Told> = Vec::new();
        for op in &program.code {
            if let Op::RoutineBegan { routine } = *op
                && told.iter().all(|known| known.routine != routine)
            {
                told.push(Told::new(store, routine));
            }
        }
        Routines { told, inside: Vec::new() }
    }

    pub(super) fn hear(&mut self, store: &mut Store, process: ProcessId, fact: &Fact) {
        match *fact {
            Fact::RoutineBegan { routine } => {
                let Some(told) = self.told(routine) else { return };
                store.count(told.started);
                store.change(told.running, 1);
                self.inside.push((process, routine, store.now));
            }
            Fact::RoutineEnded { routine, error } => {
                let here = |one: &(ProcessId, u32, u64)| (one.0, one.1) == (process, routine);
                let Some(at) = self.inside.iter().rposition(here) else { return };
                let (.., since) = self.inside.remove(at);
                let Some(told) = self.told(routine) else { return };
                store.count_of(if error.is_some() { told.failed } else { told.ok }, since);
                store.change(told.running, -1);
                store.add(told.latency, since, store.since(since));
            }
            _ => {}
        }
    }

    fn told(&self, routine: u32) -> Option<Told> {
        self.told.iter().copied().find(|told| told.routine == routine)
    }

    /// A process is gone, and comes to no routine's end.
    pub(super) fn forget_one(&mut self, store: &mut Store, process: ProcessId) {
        while let Some(at) = self.inside.iter().rposition(|(who, ..)| *who == process) {
            let (_, routine, since) = self.inside.remove(at);
            let Some(told) = self.told(routine) else { continue };
            store.change(told.running, -1);
            store.count_of(told.unfinished, since);
            store.add_unfinished(told.latency, since, store.since(since));
        }
    }

    /// Nobody is in one any more.
    pub(super) fn forget(&mut self) {
        self.inside.clear();
    }

    /// How long those are in a routine that are still.
    pub(super) fn ages(&self, store: &Store, subject: u32) -> Spread {
        let mut ages = Spread::default();
        for (_, routine, since) in &self.inside {
            let is = self.told(*routine).is_some_and(|told| told.subject == subject);
            if is && *since >= store.warmup {
                ages.add(store.age(*since));
            }
        }
        ages
    }
}

impl Told {
    fn new(store: &mut Store, routine: u32) -> Told {
        let subject = store.subject(Subject { whom: Whom::Routine(routine), element: None });
        let key = |word| Key { subject, what: What::Word(word) };
        Told {
            routine,
            subject,
            started: store.new_count(key("started")),
            ok: store.new_count(key("ok")),
            failed: store.new_count(key("failed")),
            unfinished: store.new_count(key("unfinished")),
            running: store.new_gauge(key("running")),
            latency: store.new_spread(key("latency")),
        }
    }
}
