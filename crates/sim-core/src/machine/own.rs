//! What belongs to one replica of a service: it dies with it, and begins anew.

use super::execute::Execution;
use super::services::DOWN;
use super::{Machine, State, Watch};
use crate::program::{Guarding, Mode, SharedKind};
use crate::trace::{Fact, ProcessId, ServiceFact, Target};

impl Machine {
    /// The elements of what belongs to a replica.
    fn own_elements(&self, replica: Target) -> impl Iterator<Item = Target> + '_ {
        let own = self.program.own_things(replica.shared, replica.element);
        own.flat_map(|(shared, part)| part.map(move |element| Target { shared, element }))
    }

    /// How a process holds an element: as its only holder, as a reader, or by so many permits.
    fn holds_of(&self, state: &State, process: ProcessId, target: Target) -> Vec<Mode> {
        let kind = self.program.shared[target.shared as usize].kind;
        let alone = state.element(&self.layout, target) == i64::from(process) + 1;
        let shared = state.held(&self.layout, process, target).max(0) as usize;
        match kind {
            SharedKind::Lock if alone => vec![Mode::Lock],
            SharedKind::RwLock if alone => vec![Mode::Write],
            SharedKind::RwLock => vec![Mode::Read; shared],
            SharedKind::Semaphore => vec![Mode::Permit; shared],
            _ => vec![],
        }
    }
}

impl<W: Watch> Execution<'_, W> {
    /// A request dies with its replica: it holds nothing of the replica's own any more.
    pub(super) fn lets_go_of_own(&mut self, replica: Target) {
        let machine = self.machine;
        for target in machine.own_elements(replica) {
            for mode in machine.holds_of(self.state, self.process, target) {
                self.tell(self.process, Fact::LetGo { target, mode });
            }
            // Of a breaker, that it is inside.
            if let Some(at) = machine.layout.hold_word(self.process, target.shared, target.element)
                && self.state.get(at) != 0
            {
                self.state.set(at, 0);
            }
        }
    }

    /// What belongs to a replica is as it was at the start.
    pub(super) fn begin_anew(&mut self, replica: Target) {
        let machine = self.machine;
        for target in machine.own_elements(replica) {
            let declared = &machine.program.shared[target.shared as usize];
            if declared.kind == SharedKind::Cache {
                let kept = self.state.map(&machine.layout, target);
                let keys: Vec<i64> = kept.map(|entry| entry[0]).collect();
                for key in keys {
                    self.tell(self.process, Fact::Uncached { target, key, was: true });
                }
            }
            let old = match declared.kind {
                SharedKind::Var => Some(self.state.element(&machine.layout, target)),
                _ => None,
            };
            let changed = self.clear_element(target);
            if let Some(old) = old {
                let new = declared.initial[target.element as usize];
                self.write(target, new);
                if old != new {
                    self.tell(self.process, Fact::Wrote { target, old, new });
                }
            } else if declared.kind == SharedKind::Limiter || changed {
                self.note_write(target);
                self.tell(self.process, Fact::Service(ServiceFact::Anew { target }));
            }
        }
    }

    /// A breaker of one's own is closed when it is new, and knows nothing.
    fn clear_element(&mut self, target: Target) -> bool {
        let machine = self.machine;
        let slot = machine.layout.shared[target.shared as usize];
        if machine.program.breaker(target.shared).is_some() {
            let from = machine.guarding(self.state, target);
            let tally = machine.tally(self.state, target);
            let to = Guarding::Closed;
            if from != to {
                self.tell(self.process, Fact::Switched { target, from, to, tally });
            }
        }
        let first = slot.element(target.element);
        let mut changed = false;
        for at in first..first + slot.width as usize {
            if self.state.get(at) != 0 {
                self.state.set(at, 0);
                changed = true;
            }
        }
        changed
    }

    /// A replica is there no more.
    pub(super) fn replica_is_gone(&mut self, replica: Target) {
        let first = self.at(replica);
        self.state.set(first + DOWN, super::NO_REPLICA);
        self.begin_anew(replica);
    }
}
