//! Ceilings that a run met without coming to its end: what is measured from then on is of fewer than
//! should be there.

use super::Session;
use crate::drive::Clock;
use crate::machine::{Machine, Position, State};
use crate::program::{Op, Start};
use crate::trace::ProcessId;
pub use crate::trace::{Crowd, CrowdKind};
use std::collections::{BTreeMap, BTreeSet};

impl Session {
    /// The ceilings met up to this moment.
    #[must_use]
    pub fn crowds(&self) -> Vec<Crowd> {
        crowds(&self.machine, &self.moment.state, &self.moment.clock)
    }
}

/// The ceilings met up to a moment.
pub(super) fn crowds(machine: &Machine, state: &State, clock: &Clock) -> Vec<Crowd> {
    let (program, layout) = (machine.program(), machine.layout());
    let room = |class: u32| layout.classes[class as usize].len() as u32;
    let mut found: BTreeMap<u32, CrowdKind> = BTreeMap::new();
    found.extend(clock.crowded().iter().map(|&class| (class, CrowdKind::Arrivals)));
    // Only who works by itself is stopped so; asking each class once is enough.
    let stopped = (0..layout.processes.len() as ProcessId)
        .filter(|&process| state.position(layout, process) == Position::Full);
    let mut others: Vec<ProcessId> = Vec::new();
    let mut asked: BTreeSet<u32> = BTreeSet::new();
    for process in stopped {
        let class = layout.processes[process as usize].class;
        if !asked.insert(class) {
            continue;
        }
        let started = program.classes[class as usize].code.clone();
        let started = started.flat_map(|pc| match program.code[pc as usize] {
            Op::Call { service, handler, .. } => program
                .service(service)
                .and_then(|service| service.handlers.get(handler as usize))
                .map_or(0..0, |handler| handler.class..handler.class + 1),
            Op::Spawn { class, .. } | Op::Fork { class, .. } => class..class + 1,
            _ => 0..0,
        });
        let full = started.filter(|&class| {
            let came = state.get(layout.came[class as usize] as usize);
            came >= i64::from(room(class))
        });
        let before = found.len();
        found.extend(full.map(|class| match program.classes[class as usize].start {
            Start::Called { .. } => (class, CrowdKind::Requests),
            _ => (class, CrowdKind::Tasks),
        }));
        if found.len() == before {
            others.push(process);
        }
    }
    let named = found.into_iter().map(|(class, kind)| Crowd {
        kind,
        name: program.classes[class as usize].name.clone(),
        most: room(class),
    });
    let others = others.into_iter().map(|process| {
        let class = layout.processes[process as usize].class as usize;
        let name = program.process_name(class, state.number(layout, process));
        Crowd { kind: CrowdKind::Other, name, most: 0 }
    });
    named.chain(others).collect()
}
