//! Replicas that crash, stand still, and come back.
//!
//! A crash runs no code (rule 21): requests in hand end where they stand, plain locks stay taken,
//! and who waits for an answer hears of it as of an answer: at once, or over the network.

use super::execute::Execution;
use super::services::{BUSY, COMPUTING, DOWN, PAUSED, QUEUED};
use super::{Applied, Machine, Position, State, Watch};
use crate::program::{Error, FaultKind, Whom};
use crate::trace::{Choice, Fact, Outage, ProcessId, Target};

impl Machine {
    /// The fault that has paused the replica which a request waits for or is worked on by.
    pub(super) fn paused_with_replica(&self, state: &State, request: ProcessId) -> Option<u32> {
        if self.layout.processes[request as usize].replica_at == 0 {
            return None;
        }
        let replica = self.replica_of(state, request)?;
        u32::try_from(self.replica_word(state, replica, PAUSED) - 1).ok()
    }

    /// The fault that keeps a process, or the replica it is a request of, from moving.
    #[must_use]
    pub fn stopped(&self, state: &State, process: ProcessId) -> Option<u32> {
        if !self.pauses {
            return None;
        }
        let own = state.stopped(&self.layout, process);
        own.or_else(|| self.paused_with_replica(state, process))
            .or_else(|| self.stopped(state, self.parent_of(state, process)?))
    }

    /// Faults that may hit replicas, and replicas that come back. `any`: something else may happen.
    pub(super) fn outages(&self, state: &State, any: bool, each: &mut impl FnMut(Choice)) {
        let any = any || self.replicas_of_all().any(|replica| self.may_come_back(state, replica));
        for &fault in &self.striking {
            let declared = &self.program.faults[fault as usize];
            let Whom::Service(service) = declared.victim.whom else { continue };
            let struck = state.get(self.layout.struck[fault as usize] as usize);
            if !any || struck >= i64::from(declared.most) {
                continue;
            }
            for element in 0..self.layout.shared[service as usize].length {
                let replica = Target { shared: service, element };
                let meant = declared.victim.number.is_none_or(|number| number == element + 1);
                let lives = !self.is_down(state, replica);
                let free = declared.kind == FaultKind::Crash
                    || self.replica_word(state, replica, PAUSED) == 0;
                if meant && lives && free {
                    each(Choice::Outage(Outage::Strike { fault, replica }));
                }
            }
        }
        for replica in self.replicas_of_all() {
            if self.may_come_back(state, replica) {
                each(Choice::Outage(Outage::Lift { replica }));
            }
        }
    }

    fn replicas_of_all(&self) -> impl Iterator<Item = Target> + '_ {
        self.program.services.iter().flat_map(|service| {
            let count = self.layout.shared[service.shared as usize].length;
            (0..count).map(|element| Target { shared: service.shared, element })
        })
    }

    /// True for a replica that what struck it lets go again.
    #[must_use]
    pub fn may_come_back(&self, state: &State, replica: Target) -> bool {
        [DOWN, PAUSED].iter().any(|&word| {
            let fault = self.replica_word(state, replica, word) - 1;
            usize::try_from(fault).is_ok_and(|fault| {
                self.program.faults.get(fault).is_some_and(|it| it.lasts.is_some())
            })
        })
    }

    /// The requests that a replica has in hand, waiting ones too.
    pub(super) fn requests_at(&self, state: &State, replica: Target) -> Vec<ProcessId> {
        let here = |&request: &ProcessId| {
            matches!(state.position(&self.layout, request), Position::At(_))
                && self.replica_of(state, request) == Some(replica)
        };
        self.requests().filter(here).collect()
    }

    pub(super) fn outage(
        &self,
        state: &mut State,
        outage: Outage,
        watch: &mut impl Watch,
    ) -> Applied {
        let mut execution = Execution::new(self, state, watch, 0);
        match outage {
            Outage::Strike { fault, replica } => execution.strike_replica(fault, replica),
            Outage::Lift { replica } | Outage::Ready { replica } => execution.lift_replica(replica),
        }
        execution.applied()
    }
}

impl<W: Watch> Execution<'_, W> {
    fn strike_replica(&mut self, fault: u32, replica: Target) {
        let machine = self.machine;
        let declared = &machine.program.faults[fault as usize];
        for counter in [machine.layout.struck[fault as usize], machine.layout.crashes] {
            self.add_to(counter, 1);
        }
        self.note_write(replica);
        let first = self.at(replica);
        let mark = i64::from(fault) + 1;
        if declared.kind == FaultKind::Pause {
            self.state.set(first + PAUSED, mark);
            self.watch.fact(0, Fact::ReplicaStopped { target: replica });
            for request in machine.requests_at(self.state, replica) {
                self.watch.fact(request, Fact::Stopped);
            }
            return;
        }
        self.watch.fact(0, Fact::ReplicaCrashed { target: replica });
        let requests = machine.requests_at(self.state, replica);
        for word in [BUSY, QUEUED, COMPUTING, PAUSED] {
            self.state.set(first + word, 0);
        }
        // Without an end it is for good, which a state need not tell from a fault's time.
        self.state.set(first + DOWN, mark);
        for request in requests {
            self.crash_request(request);
        }
    }

    /// A request ends with its replica.
    fn crash_request(&mut self, request: ProcessId) {
        let machine = self.machine;
        let slot = machine.layout.processes[request as usize];
        let own = (self.process, self.block);
        self.process = request;
        self.block = slot.at as usize;
        self.state.set(slot.replica_at as usize, 0);
        self.forget_requests_of(request);
        self.crash_branches_of(request);
        self.watch.fact(request, Fact::Crashed);
        self.crash_gives_back();
        if machine.caller_of(self.state, request).is_none() {
            self.finish(Position::Crashed, Fact::Ended);
        } else {
            let next = self.refuse(Error::Unavailable);
            self.own_work_of_another(next);
        }
        (self.process, self.block) = own;
    }

    fn lift_replica(&mut self, replica: Target) {
        let machine = self.machine;
        self.note_write(replica);
        let first = self.at(replica);
        let was_down = machine.is_down(self.state, replica);
        self.state.set(first + DOWN, 0);
        self.state.set(first + PAUSED, 0);
        if was_down {
            self.watch.fact(0, Fact::ReplicaBack { target: replica });
            return;
        }
        self.watch.fact(0, Fact::ReplicaResumed { target: replica });
        for request in machine.requests_at(self.state, replica) {
            self.watch.fact(request, Fact::Resumed);
            self.resume_branches_of(request);
        }
    }
}
