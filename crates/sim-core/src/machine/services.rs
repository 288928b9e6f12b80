//! Services: replicas with workers and cores, requests and who waits for them.
//!
//! A request is a process. It leaves its caller in one step, which without a wire is its arriving
//! too; it takes a worker in one, and gives it back in the step in which its answer leaves. Who
//! waits for a worker stands in no order that a state knows: any may be next, as with locks, and
//! the clock serves by age.

use super::{Machine, Position, State};
use crate::program::{NONE, Op, Party, Pc, Service, SharedId, WhenFull};
use crate::trace::{ProcessId, Target};

/// The words of a replica, from its first.
pub(super) const DOWN: usize = 0;
pub(super) const BUSY: usize = 1;
pub(super) const QUEUED: usize = 2;
pub(super) const COMPUTING: usize = 3;
pub(super) const TURN: usize = 4;
pub(super) const PAUSED: usize = 5;

/// How a call may be let in.
#[derive(Clone, Copy, Debug)]
pub(super) struct WayIn {
    /// By which replica.
    pub(super) element: u32,
    /// The waiting request that is refused for it.
    pub(super) goes: Option<ProcessId>,
    pub(super) weight: u64,
}

impl Machine {
    pub(super) fn replica_word(&self, state: &State, target: Target, word: usize) -> i64 {
        state.get(self.layout.shared[target.shared as usize].element(target.element) + word)
    }

    /// How many requests have a worker of a replica.
    #[must_use]
    pub fn workers_busy(&self, state: &State, replica: Target) -> i64 {
        self.replica_word(state, replica, BUSY)
    }

    /// How many requests wait for a worker of a replica.
    #[must_use]
    pub fn requests_queued(&self, state: &State, replica: Target) -> i64 {
        self.replica_word(state, replica, QUEUED)
    }

    /// How many requests compute on a replica.
    #[must_use]
    pub fn cores_busy(&self, state: &State, replica: Target) -> i64 {
        self.replica_word(state, replica, COMPUTING)
    }

    /// True while a replica does not answer.
    #[must_use]
    pub fn is_down(&self, state: &State, replica: Target) -> bool {
        self.replica_word(state, replica, DOWN) != 0
    }

    /// The replica that works on a request, or that it waits for.
    #[must_use]
    pub fn replica_of(&self, state: &State, request: ProcessId) -> Option<Target> {
        let slot = self.layout.processes[request as usize];
        let service = self.program.service_of(slot.class)?;
        let element = u32::try_from(state.get(slot.replica_at as usize) - 1).ok()?;
        Some(Target { shared: service, element })
    }

    /// Who waits for a request's answer.
    #[must_use]
    pub fn caller_of(&self, state: &State, request: ProcessId) -> Option<ProcessId> {
        match self.layout.processes[request as usize].caller_at {
            0 => None,
            at => ProcessId::try_from(state.get(at as usize) - 1).ok(),
        }
    }

    /// The request whose answer a process waits for.
    #[must_use]
    pub fn callee_of(&self, state: &State, caller: ProcessId) -> Option<ProcessId> {
        match self.layout.processes[caller as usize].callee_at {
            0 => self.requests().find(|&one| self.caller_of(state, one) == Some(caller)),
            at => ProcessId::try_from(state.get(at as usize) - 1).ok(),
        }
    }

    /// True if a request that stands before a worker, or before a core, may take one.
    pub(super) fn may_take(&self, state: &State, request: ProcessId, core: bool) -> bool {
        let Some(replica) = self.replica_of(state, request) else { return true };
        let Some(service) = self.program.service(replica.shared) else { return true };
        let (most, word) = if core { (service.cores, COMPUTING) } else { (service.workers, BUSY) };
        most.is_none_or(|most| self.replica_word(state, replica, word) < i64::from(most))
    }

    /// The requests that have a worker of a replica, or a core, by declaration and number.
    #[must_use]
    pub fn at_work(&self, state: &State, replica: Target, cores: bool) -> Vec<ProcessId> {
        let has = |request: ProcessId| match state.position(&self.layout, request) {
            Position::At(pc) => match self.program.code[pc as usize] {
                Op::Arrive { .. } | Op::Enter { .. } | Op::Back { .. } => false,
                Op::Pause { busy, .. } => busy || !cores,
                _ => !cores,
            },
            _ => false,
        };
        let on = |request: &ProcessId| self.replica_of(state, *request) == Some(replica);
        self.requests_of(replica.shared).filter(|one| has(*one)).filter(on).collect()
    }

    /// The rooms of a service's requests.
    fn requests_of(&self, service: SharedId) -> impl Iterator<Item = ProcessId> + '_ {
        let handlers = self.program.service(service).into_iter().flat_map(|it| &it.handlers);
        handlers.flat_map(|handler| self.layout.classes[handler.class as usize].clone())
    }

    /// True if one more request may wait, or begin, at a replica.
    pub(super) fn may_come_in(&self, state: &State, service: &Service, replica: Target) -> bool {
        let (Some(workers), Some(backlog)) = (service.workers, service.backlog) else {
            return true;
        };
        let here = self.workers_busy(state, replica) + self.requests_queued(state, replica);
        here < i64::from(workers) + i64::from(backlog)
    }

    /// True for a service before which a call waits until there is room.
    #[must_use]
    pub fn lets_wait(&self, service: SharedId) -> bool {
        let service = self.program.service(service);
        service.is_some_and(|service| service.when_full == WhenFull::Block)
    }

    /// What has no room for a call that is about to arrive, where it must wait for some.
    pub(super) fn kept_out(&self, state: &State, process: ProcessId, pc: Pc) -> Option<Target> {
        let registers = state.registers(&self.layout, process);
        let (service, key, fixed) = match self.program.code[pc as usize] {
            Op::Call { service, replica, first, count, .. } => {
                let own = self.party_of(process);
                if self.program.wire(own, Party::Service(service)).is_some() {
                    return None;
                }
                let at = replica.map(|register| registers[register as usize]);
                let fixed = match at {
                    Some(_) => Some(self.place(state, Some(process), service, at).ok()?),
                    None => None,
                };
                (service, if count > 0 { registers[first as usize] } else { NONE }, fixed)
            }
            Op::Arrive { service } => {
                let key = registers.first().copied().unwrap_or(NONE);
                (service, key, self.replica_of(state, process))
            }
            _ => return None,
        };
        let declared = self.program.service(service).filter(|_| self.lets_wait(service))?;
        if let Some(fixed) = fixed {
            let full = !self.is_down(state, fixed) && !self.may_come_in(state, declared, fixed);
            return full.then_some(fixed);
        }
        let mut all = 0..self.layout.shared[service as usize].length;
        let lives = all.any(|element| !self.is_down(state, Target { shared: service, element }));
        let full = lives && self.replicas(state, declared, key).is_empty();
        full.then_some(Target::all(service))
    }

    /// Where a call may be let in, each with the waiting request that goes for it and its weight.
    /// The one that has waited longest goes; the others are no less possible where time orders
    /// nothing, and have no weight.
    pub(super) fn ways_in(
        &self,
        state: &State,
        service: &Service,
        key: i64,
        fixed: Option<Target>,
    ) -> Vec<WayIn> {
        let replicas = match fixed {
            Some(fixed) => vec![(fixed.element, 1)],
            None => self.replicas(state, service, key),
        };
        let mut ways = Vec::new();
        for (element, weight) in replicas {
            let replica = Target { shared: service.shared, element };
            let full = service.when_full == WhenFull::DropOldest
                && !self.is_down(state, replica)
                && !self.may_come_in(state, service, replica);
            let waits = |&one: &ProcessId| match state.position(&self.layout, one) {
                Position::At(pc) => matches!(self.program.code[pc as usize], Op::Enter { .. }),
                _ => false,
            };
            let waiting = if full { self.requests_at(state, replica) } else { vec![] };
            let waiting: Vec<ProcessId> = waiting.into_iter().filter(waits).collect();
            let oldest = waiting.iter().min_by_key(|&&one| state.number(&self.layout, one));
            for &one in &waiting {
                let weight = if Some(&one) == oldest { weight } else { 0 };
                ways.push(WayIn { element, goes: Some(one), weight });
            }
            if waiting.is_empty() {
                ways.push(WayIn { element, goes: None, weight });
            }
        }
        ways
    }

    /// True for a request of a service that hears when nobody waits for an answer any more.
    #[must_use]
    pub fn cancels(&self, request: ProcessId) -> bool {
        let class = self.layout.processes[request as usize].class;
        self.program.handler_of(class).is_some_and(|(service, _)| service.cancels)
    }

    /// True for the timer of a request that stands for its hearing that nobody waits: the outermost.
    #[must_use]
    pub fn is_cancel(&self, process: ProcessId, timer: u16) -> bool {
        timer == 0
            && self.layout.processes[process as usize].caller_at != 0
            && self.cancels(process)
    }

    /// True where the clock lets the newest waiting request in first.
    #[must_use]
    pub fn serves_newest(&self, service: SharedId) -> bool {
        self.program.service(service).is_some_and(|service| service.newest_first)
    }
}
