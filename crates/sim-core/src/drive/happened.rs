//! What follows by the clock from what has happened: arrivals, faults, replicas, requests that
//! nobody waits for.

use super::calendar::Due;
use super::clock::Clock;
use super::entry::Entry;
use crate::machine::{Machine, State};
use crate::program::Party;
use crate::trace::{Choice, Outage, ProcessId, Target, Traffic};

impl Clock {
    /// A fault has struck, or somebody arrived: what follows from it by the clock. To be called after [`Clock::settle`].
    #[inline(always)]
    pub fn happened(&mut self, machine: &Machine, state: &State, choice: Choice) {
        if !matches!(choice, Choice::Step { .. }) {
            self.happened_by_itself(machine, state, choice);
        }
    }

    #[inline(never)]
    fn happened_by_itself(&mut self, machine: &Machine, state: &State, choice: Choice) {
        match choice {
            Choice::Arrive { class } => self.next_arrival(machine, state, class),
            Choice::Strike { fault, process } => {
                let declared = &machine.program().faults[fault as usize];
                self.leave_line_if_gone(machine, state, process);
                if let Some(time) = declared.lasts {
                    let at = self.now.saturating_add(time.max(0) as u64);
                    let tie = self.tie(machine, state, process, self.taken);
                    self.own.get_mut(process as usize).lift = Some(at);
                    self.add(machine, Entry::new(at, tie, Due::Lift(process), 0));
                }
            }
            Choice::Outage(Outage::Strike { fault, replica }) => {
                if let Some(time) = machine.program().faults[fault as usize].lasts {
                    let at = self.now.saturating_add(time.max(0) as u64);
                    self.replicas_back.insert(replica, at);
                    let due = Due::ReplicaBack(replica.shared, replica.element);
                    self.add(machine, Entry::new(at, 0, due, 0));
                }
            }
            Choice::Traffic(Traffic::Cut { fault }) => {
                if let Some(time) = machine.program().faults[fault as usize].lasts {
                    let at = self.now.saturating_add(time.max(0) as u64);
                    self.heals.insert(fault, at);
                    self.add(machine, Entry::new(at, 0, Due::Heal(fault), 0));
                }
            }
            _ => {}
        }
    }

    /// Who has crashed stands in no line; who is paused keeps its place and lets the next one go.
    fn leave_line_if_gone(&mut self, machine: &Machine, state: &State, process: ProcessId) {
        if machine.standing_of(state, process).is_none() {
            self.leave_line(process);
        } else {
            self.stirred.extend(self.own.get(process as usize).line);
        }
        self.settle(machine, state);
    }

    /// A replica was started: it will be ready.
    pub(super) fn starts(&mut self, machine: &Machine, replica: Target) {
        let startup = machine.program().service(replica.shared).map_or(0, |it| it.startup);
        let at = self.now.saturating_add(startup.max(0) as u64);
        self.replicas_back.insert(replica, at);
        let due = Due::ReplicaBack(replica.shared, replica.element);
        self.add(machine, Entry::new(at, 0, due, 0));
    }

    /// A request will hear that nobody waits for it: at once, or as long after as a request takes.
    pub(super) fn arm_cancel(&mut self, machine: &Machine, process: ProcessId, replica: Target) {
        let to = Party::Service(replica.shared);
        let way = machine.program().wires_to(to).next().map(|(_, wire)| Machine::latency(wire));
        let pc = self.own.get(process as usize).pc;
        let takes = way.map_or(0, |way| self.stay(machine, process, pc, way));
        let at = self.now.saturating_add(takes);
        self.own.get_mut(process as usize).arm_outermost(at);
        self.stood.push(process);
    }
}
