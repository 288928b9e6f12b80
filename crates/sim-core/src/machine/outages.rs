//! Replicas that crash, stand still, and come back.
//!
//! A crash runs no code (rule 21): requests in hand end where they stand, plain locks stay taken,
//! and who waits for an answer hears of it as of an answer: at once, or over the network.

use super::execute::Execution;
use super::services::{BUSY, COMPUTING, DOWN, PAUSED, QUEUED};
use super::{Applied, Machine, Position, State, Watch};
use crate::program::{Error, FaultKind, SharedId, Whom};
use crate::trace::{Choice, Fact, Outage, ProcessId, ServiceFact, Target};

/// A replica that is not there.
pub(crate) const NO_REPLICA: i64 = -1;
/// A replica that was started and takes no calls yet.
const STARTING: i64 = -2;
/// A replica that takes no more calls, and is gone once it has nothing in hand.
const LEAVING: i64 = -3;

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

    /// Replicas that were started may be ready; true if there are some.
    pub(super) fn starts(&self, state: &State, each: &mut impl FnMut(Choice)) -> bool {
        let mut any = false;
        for replica in self.replicas_of_all() {
            if self.is_starting(state, replica) {
                any = true;
                each(Choice::Outage(Outage::Ready { replica }));
            }
        }
        any
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

    /// True for a replica that was started and takes no calls yet.
    #[must_use]
    pub fn is_starting(&self, state: &State, replica: Target) -> bool {
        self.replica_word(state, replica, DOWN) == STARTING
    }

    /// True for a replica that belongs to its service, though it may have crashed.
    pub(super) fn is_member(&self, state: &State, replica: Target) -> bool {
        self.replica_word(state, replica, DOWN) >= 0
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
    /// A service is to have so many replicas: the lowest that are not there are started, the highest
    /// leave.
    pub(super) fn scale(&mut self, service: SharedId, to: i64) -> Result<(), Error> {
        let machine = self.machine;
        let count = machine.layout.shared[service as usize].length;
        let Some(to) = u32::try_from(to).ok().filter(|to| *to <= count) else {
            let error = Error::OutsideArray;
            self.tell(self.process, Fact::Raised { error });
            return Err(error);
        };
        let startup = machine.program.service(service).map_or(0, |service| service.startup);
        let all: Vec<Target> =
            (0..count).map(|element| Target { shared: service, element }).collect();
        self.note_write(all[0]);
        self.tell(
            self.process,
            Fact::Service(ServiceFact::Scaled { target: all[0], to: i64::from(to) }),
        );
        let mut there = 0;
        for &replica in &all {
            let word = machine.replica_word(self.state, replica, DOWN);
            let counts = word >= 0 || word == STARTING;
            if counts && there < to {
                there += 1;
            } else if counts {
                self.note_write(replica);
                self.replica_leaves(replica);
            }
        }
        for &replica in &all {
            let word = machine.replica_word(self.state, replica, DOWN);
            if there < to && (word == NO_REPLICA || word == LEAVING) {
                there += 1;
                self.note_write(replica);
                let ready = startup == 0 || word == LEAVING;
                let (now, fact) = if ready {
                    (0, Fact::Service(ServiceFact::ReplicaBack { target: replica }))
                } else {
                    (STARTING, Fact::Service(ServiceFact::ReplicaStarting { target: replica }))
                };
                self.state.set(self.at(replica) + DOWN, now);
                self.tell(self.process, fact);
            }
        }
        Ok(())
    }

    fn replica_leaves(&mut self, replica: Target) {
        let machine = self.machine;
        let first = self.at(replica);
        let idle = machine.workers_busy(self.state, replica) == 0
            && machine.requests_queued(self.state, replica) == 0;
        if !machine.is_down(self.state, replica) {
            self.tell(self.process, Fact::Service(ServiceFact::ReplicaLeaves { target: replica }));
        }
        if idle {
            return self.replica_is_gone(replica);
        }
        self.state.set(first + DOWN, LEAVING);
    }

    /// A replica that was to go is gone once it has nothing in hand.
    pub(super) fn replica_may_go(&mut self, replica: Target) {
        let machine = self.machine;
        if machine.replica_word(self.state, replica, DOWN) == LEAVING
            && machine.workers_busy(self.state, replica) == 0
            && machine.requests_queued(self.state, replica) == 0
        {
            self.replica_is_gone(replica);
        }
    }

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
            self.tell(0, Fact::Service(ServiceFact::ReplicaStopped { target: replica }));
            for request in machine.requests_at(self.state, replica) {
                self.tell(request, Fact::Stopped);
            }
            return;
        }
        self.tell(0, Fact::Service(ServiceFact::ReplicaCrashed { target: replica }));
        let requests = machine.requests_at(self.state, replica);
        for word in [BUSY, QUEUED, COMPUTING, PAUSED] {
            self.state.set(first + word, 0);
        }
        // Without an end it is for good, which a state need not tell from a fault's time.
        self.state.set(first + DOWN, mark);
        for request in requests {
            self.crash_request(request, replica);
        }
        self.begin_anew(replica);
    }

    /// A request ends with its replica.
    fn crash_request(&mut self, request: ProcessId, replica: Target) {
        let machine = self.machine;
        let slot = machine.layout.processes[request as usize];
        let own = (self.process, self.block);
        self.process = request;
        self.block = slot.at as usize;
        self.forget_requests_of(request);
        self.crash_branches_of(request);
        if let Position::At(pc) = self.state.position(&machine.layout, request) {
            self.abandon_fills(pc);
        }
        self.lets_go_of_own(replica);
        self.tell(request, Fact::Crashed);
        self.crash_gives_back();
        self.state.set(slot.replica_at as usize, 0);
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
            self.tell(0, Fact::Service(ServiceFact::ReplicaBack { target: replica }));
            return;
        }
        self.tell(0, Fact::Service(ServiceFact::ReplicaResumed { target: replica }));
        for request in machine.requests_at(self.state, replica) {
            self.tell(request, Fact::Resumed);
            self.resume_branches_of(request);
        }
    }
}
