//! Calls: how a request is spread, let in, worked on and answered.
//!
//! A request is a process. It leaves its caller in one step, which without a wire is its arriving
//! too; it takes a worker in one, and gives it back in the step in which its answer leaves. Who
//! waits for a worker stands in no order that a state knows: any may be next, as with locks, and
//! the clock serves by age.

use super::execute::Execution;
use super::{Machine, Position, State, Watch};
use crate::program::{
    Balance, Error, Gap, Handler, NONE, Op, Party, Pc, RING_POINTS, Reg, Service, SharedId, Start,
    WHOLE, Wire,
};
use crate::trace::{Fact, ProcessId, Target};

/// The words of a replica, from its first.
pub(super) const DOWN: usize = 0;
pub(super) const BUSY: usize = 1;
pub(super) const QUEUED: usize = 2;
pub(super) const COMPUTING: usize = 3;
const TURN: usize = 4;
pub(super) const PAUSED: usize = 5;

/// Something that goes wrong on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mishap {
    /// It never arrives, or is refused by a fault.
    Lost,
    /// It arrives twice.
    Twice,
}

/// A call, as its instruction says.
#[derive(Clone, Copy)]
pub(super) struct Calling {
    pub(super) service: SharedId,
    pub(super) replica: Option<Reg>,
    pub(super) handler: u16,
    pub(super) first: Reg,
    pub(super) count: u16,
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

    fn party_of(&self, process: ProcessId) -> Party {
        self.program.party(self.layout.processes[process as usize].class)
    }

    /// The way a request took, where it took one.
    pub(super) fn way_there(&self, state: &State, request: ProcessId) -> Option<(SharedId, &Wire)> {
        let slot = self.layout.processes[request as usize];
        let to = self.program.party(slot.class);
        match self.caller_of(state, request) {
            Some(caller) => self.program.wire(self.party_of(caller), to),
            // Its caller is gone; it goes on as it would have.
            None => self.program.wires_to(to).next(),
        }
    }

    /// The way its answer takes, where it takes one.
    pub(super) fn way_back(&self, state: &State, request: ProcessId) -> Option<(SharedId, &Wire)> {
        let from = self.party_of(request);
        let caller = self.caller_of(state, request)?;
        self.program.wire(from, self.party_of(caller))
    }

    /// How long a way over a wire takes.
    pub(crate) fn latency(wire: &Wire) -> super::Stay {
        match wire.latency {
            Gap::Fixed(time) => super::Stay::Fixed(time.max(0)),
            Gap::Drawn(distribution, parameters) => super::Stay::Drawn(distribution, parameters),
        }
    }

    /// The replicas that a request may go to, each with its weight; empty where none lives. Of two
    /// choices each pair counts for the one with fewer requests, or half for either.
    fn replicas(&self, state: &State, service: &Service, key: i64) -> Vec<(u32, u64)> {
        let count = self.layout.shared[service.shared as usize].length;
        let target = |element| Target { shared: service.shared, element };
        let live: Vec<u32> =
            (0..count).filter(|&element| !self.is_down(state, target(element))).collect();
        let load = |element: u32| {
            let at = target(element);
            self.workers_busy(state, at) + self.requests_queued(state, at)
        };
        match service.balance {
            _ if live.is_empty() => Vec::new(),
            Balance::RoundRobin => {
                let turn = self.replica_word(state, target(0), TURN) as u32;
                let next = live.iter().copied().find(|&one| one >= turn).unwrap_or(live[0]);
                vec![(next, 1)]
            }
            Balance::Random => live.into_iter().map(|one| (one, 1)).collect(),
            Balance::LeastBusy => {
                let least = live.iter().map(|&one| load(one)).min();
                let fits = live.into_iter().filter(|&one| Some(load(one)) == least);
                fits.map(|one| (one, 1)).collect()
            }
            Balance::TwoChoices if live.len() == 1 => vec![(live[0], 1)],
            Balance::TwoChoices => {
                let weight = |one: u32| -> u64 {
                    let others = live.iter().filter(|&&other| other != one);
                    let wins = others.map(|&other| match load(one).cmp(&load(other)) {
                        std::cmp::Ordering::Less => 2,
                        std::cmp::Ordering::Equal => 1,
                        std::cmp::Ordering::Greater => 0,
                    });
                    wins.sum()
                };
                let weighed = live.iter().map(|&one| (one, weight(one)));
                weighed.filter(|(_, weight)| *weight > 0).collect()
            }
            Balance::Key => {
                let members: Vec<u32> =
                    (0..count).filter(|&one| self.is_member(state, target(one))).collect();
                // By the remainder, as is done where nobody thinks of one more replica.
                let nth = (hash(key, 0).order() % members.len() as u64) as usize;
                let mut onward = members[nth..].iter().chain(&members[..nth]).copied();
                vec![(onward.find(|one| live.contains(one)).unwrap_or(live[0]), 1)]
            }
            Balance::Ring => {
                let place = hash(key, 0).order();
                // The next point on the ring from the key's place on, of those whose replicas live.
                let points = live.iter().flat_map(|&one| {
                    let point = move |nth| hash(i64::from(one), 1 + u64::from(nth)).order();
                    (0..RING_POINTS).map(move |nth| (point(nth).wrapping_sub(place), one))
                });
                vec![(points.min().map_or(live[0], |(_, one)| one), 1)]
            }
        }
    }

    /// The outcomes of a call that arrives at once, or of a request's arriving, each with its
    /// weight: for each replica that it arrives; then likewise, and twice; then that it is lost.
    #[must_use]
    pub fn call_weights(&self, state: &State, process: ProcessId, pc: Pc) -> Vec<u64> {
        let registers = state.registers(&self.layout, process);
        match self.program.code[pc as usize] {
            Op::Call { service, replica, handler, first, count } => {
                let calling = Calling { service, replica, handler, first, count };
                if self.program.wire(self.party_of(process), Party::Service(service)).is_some()
                    || replica.is_some()
                {
                    return vec![1];
                }
                let Some(declared) = self.program.service(service) else { return vec![1] };
                let key = if calling.count > 0 { registers[first as usize] } else { NONE };
                let replicas = self.replicas(state, declared, key);
                if replicas.is_empty() {
                    return vec![1];
                }
                replicas.into_iter().map(|(_, weight)| weight).collect()
            }
            Op::Arrive { service } => {
                let (loss, twice) = self.way_there(state, process).map_or((0, 0), |(id, wire)| {
                    match self.wire_is_cut(state, id) {
                        true => (WHOLE, 0),
                        false => (wire.loss.clamp(0, WHOLE), wire.duplicates.clamp(0, WHOLE)),
                    }
                });
                let Some(declared) = self.program.service(service) else { return vec![1] };
                let key = registers.first().copied().unwrap_or(NONE);
                let replicas = match self.replica_of(state, process) {
                    Some(fixed) => vec![(fixed.element, 1)],
                    None => self.replicas(state, declared, key),
                };
                let replicas = if replicas.is_empty() { vec![(0, 1)] } else { replicas };
                let sum: u64 = replicas.iter().map(|(_, weight)| weight).sum();
                let (loss, twice, whole) = (loss as u64, twice as u64, WHOLE as u64);
                let mut weights = Vec::new();
                if loss < whole {
                    let arrives = whole - loss;
                    let once =
                        replicas.iter().map(|(_, weight)| weight * arrives * (whole - twice));
                    weights.extend(once.filter(|weight| *weight > 0));
                    let both = replicas.iter().map(|(_, weight)| weight * arrives * twice);
                    weights.extend(both.filter(|weight| *weight > 0));
                }
                if loss > 0 {
                    weights.push(sum * loss * whole);
                }
                weights
            }
            Op::Back { .. } => match self.way_back(state, process) {
                Some((id, _)) if self.wire_is_cut(state, id) => vec![1],
                Some((_, wire)) if wire.loss > 0 && wire.loss < WHOLE => {
                    vec![(WHOLE - wire.loss) as u64, wire.loss as u64]
                }
                _ => vec![1],
            },
            _ => vec![1],
        }
    }

    /// What an outcome of a request's arriving is: the replica, whether it arrives twice; `None`
    /// where it is lost.
    fn arriving(
        &self,
        state: &State,
        process: ProcessId,
        outcome: u32,
    ) -> Option<(Option<u32>, bool)> {
        let slot = self.layout.processes[process as usize];
        let Start::Called { service, .. } = self.program.classes[slot.class as usize].start else {
            return None;
        };
        let (loss, twice) = self.way_there(state, process).map_or((0, 0), |(id, wire)| match self
            .wire_is_cut(state, id)
        {
            true => (WHOLE, 0),
            false => (wire.loss.clamp(0, WHOLE), wire.duplicates.clamp(0, WHOLE)),
        });
        let declared = self.program.service(service)?;
        let key = state.registers(&self.layout, process).first().copied().unwrap_or(NONE);
        let replicas: Vec<Option<u32>> = match self.replica_of(state, process) {
            Some(fixed) if self.is_down(state, fixed) => vec![None],
            Some(fixed) => vec![Some(fixed.element)],
            None => {
                let found = self.replicas(state, declared, key);
                if found.is_empty() {
                    vec![None]
                } else {
                    found.into_iter().map(|(one, _)| Some(one)).collect()
                }
            }
        };
        let mut ways = Vec::new();
        if loss < WHOLE {
            if twice < WHOLE {
                ways.extend(replicas.iter().map(|&one| Some((one, false))));
            }
            if twice > 0 {
                ways.extend(replicas.iter().map(|&one| Some((one, true))));
            }
        }
        ways.push(None);
        ways.get(outcome as usize).copied().flatten()
    }

    /// What goes wrong in an outcome of a request's or an answer's step, as far as bounds count it.
    /// Nothing else can become of what is on a wire that is cut.
    #[must_use]
    pub fn mishap(
        &self,
        state: &State,
        process: ProcessId,
        pc: Pc,
        outcome: u32,
    ) -> Option<Mishap> {
        let cut =
            |way: Option<(SharedId, &Wire)>| way.is_some_and(|(id, _)| self.wire_is_cut(state, id));
        match self.program.code[pc as usize] {
            Op::Arrive { .. } => match self.arriving(state, process, outcome) {
                None if cut(self.way_there(state, process)) => None,
                None => Some(Mishap::Lost),
                Some((_, true)) => Some(Mishap::Twice),
                Some((_, false)) => None,
            },
            Op::Back { .. } => {
                let way = self.way_back(state, process);
                let lost = outcome == 1 || way.is_some_and(|(_, wire)| wire.loss >= WHOLE);
                (lost && !cut(way)).then_some(Mishap::Lost)
            }
            Op::Enter { .. } | Op::Send { .. } => (outcome == 1).then_some(Mishap::Lost),
            _ => None,
        }
    }

    /// The word of a link, or of a wire, that says which fault has cut it.
    pub(super) fn cut_word(&self, link: SharedId) -> usize {
        match self.program.shared[link as usize].details {
            crate::program::Details::Wire(_) => self.layout.shared[link as usize].element(0),
            _ => self.lists(link).extra(0),
        }
    }

    /// True if a fault lets nothing through to a service, ever.
    pub(super) fn fails_always(&self, service: SharedId) -> bool {
        self.failing(service).is_some() && self.send_fails(service)
    }

    /// True while nothing gets over a wire.
    #[must_use]
    pub fn wire_is_cut(&self, state: &State, wire: SharedId) -> bool {
        state.get(self.cut_word(wire)) != 0
    }
}

impl<W: Watch> Execution<'_, W> {
    fn change_replica(&mut self, replica: Target, word: usize, by: i64) {
        self.note_write(replica);
        let at = self.at(replica) + word;
        self.state.set(at, self.state.get(at) + by);
        if by < 0 && self.machine.scales {
            self.replica_may_go(replica);
        }
    }

    /// A request leaves its caller.
    pub(super) fn call(&mut self, calling: &Calling) -> Result<(), Error> {
        let machine = self.machine;
        let Some(service) = machine.program.service(calling.service) else { return Ok(()) };
        let to = Party::Service(calling.service);
        let fixed = match calling.replica {
            None => None,
            Some(register) => Some(self.element(calling.service, Some(register))?),
        };
        let handler = &service.handlers[calling.handler as usize];
        let wire = machine.program.wire(machine.party_of(self.process), to);
        let mut replica = fixed;
        if wire.is_none() {
            replica = self.choose_replica(service, fixed, calling);
            let target =
                Target { shared: calling.service, element: replica.map_or(0, |it| it.element) };
            let refused = match replica {
                None => Some(Error::Unavailable),
                Some(replica) => (!self.has_room(service, replica)).then_some(Error::Rejected),
            };
            self.note_read(target);
            if let Some(error) = refused {
                self.watch.fact(self.process, Fact::NotLetIn { target, error });
                self.watch.fact(self.process, Fact::Raised { error });
                return Err(error);
            }
        }
        let request = self.new_request(handler, calling)?;
        let slot = machine.layout.processes[request as usize];
        let own = machine.layout.processes[self.process as usize];
        self.state.set(slot.caller_at as usize, i64::from(self.process) + 1);
        if own.callee_at != 0 {
            self.state.set(own.callee_at as usize, i64::from(request) + 1);
        }
        let place = replica.map_or(0, |replica| i64::from(replica.element) + 1);
        self.state.set(slot.replica_at as usize, place);
        let target =
            Target { shared: calling.service, element: replica.map_or(0, |it| it.element) };
        self.watch.fact(
            self.process,
            Fact::Called { target, request, handler: calling.handler, travels: wire.is_some() },
        );
        for at in 0..calling.count {
            let value = self.register(calling.first + at);
            self.watch.fact(self.process, Fact::Field { value });
        }
        let number = self.state.number(&machine.layout, request);
        self.watch.fact(request, Fact::Began { number });
        let entry = machine.program.classes[slot.class as usize].entry;
        match (wire, replica) {
            (None, Some(replica)) => {
                self.change_replica(replica, QUEUED, 1);
                self.stand_there(request, entry + 1);
            }
            _ => {
                self.note_write(Target { shared: calling.service, element: 0 });
                self.stand_there(request, entry);
            }
        }
        Ok(())
    }

    /// A free room for a request, with what it is given.
    fn new_request(&mut self, handler: &Handler, calling: &Calling) -> Result<ProcessId, Error> {
        let machine = self.machine;
        let request = machine.room_in(self.state, handler.class).ok_or(Error::TooMany)?;
        let came = machine.layout.came[handler.class as usize] as usize;
        let number = self.state.get(came) + 1;
        self.state.set(came, number);
        let slot = machine.layout.processes[request as usize];
        self.state.set(slot.number_at as usize, number);
        for at in 0..calling.count.min(handler.given()) {
            let value = self.register(calling.first + at);
            self.state.set((slot.at + 1) as usize + at as usize, value);
        }
        Ok(request)
    }

    fn choose_replica(
        &mut self,
        service: &Service,
        fixed: Option<Target>,
        calling: &Calling,
    ) -> Option<Target> {
        if let Some(fixed) = fixed {
            return (!self.machine.is_down(self.state, fixed)).then_some(fixed);
        }
        let key = if calling.count > 0 { self.register(calling.first) } else { NONE };
        let replicas = self.machine.replicas(self.state, service, key);
        if replicas.is_empty() {
            return None;
        }
        let weights: Vec<u64> = replicas.iter().map(|(_, weight)| *weight).collect();
        let outcome = self.outcome_of(&weights) as usize;
        let element = replicas.get(outcome).map_or(0, |(one, _)| *one);
        self.turn(service, element);
        Some(Target { shared: service.shared, element })
    }

    fn turn(&mut self, service: &Service, taken: u32) {
        if service.balance == Balance::RoundRobin {
            let first = Target { shared: service.shared, element: 0 };
            let count = self.machine.layout.shared[service.shared as usize].length;
            let at = self.at(first) + TURN;
            self.note_write(first);
            self.state.set(at, i64::from((taken + 1) % count));
        }
    }

    fn has_room(&self, service: &Service, replica: Target) -> bool {
        let (Some(workers), Some(backlog)) = (service.workers, service.backlog) else {
            return true;
        };
        let machine = self.machine;
        let here = machine.workers_busy(self.state, replica)
            + machine.requests_queued(self.state, replica);
        here < i64::from(workers) + i64::from(backlog)
    }

    /// A request arrives: it waits for a worker then, is refused, or is lost. Says where it goes on.
    pub(super) fn arrive_call(&mut self, pc: Pc, service: SharedId) -> Pc {
        let machine = self.machine;
        let weights = machine.call_weights(self.state, self.process, pc);
        let outcome = self.outcome_of(&weights);
        let target = Target { shared: service, element: 0 };
        let Some(declared) = machine.program.service(service) else { return pc + 1 };
        self.note_write(target);
        let Some((replica, twice)) = machine.arriving(self.state, self.process, outcome) else {
            if machine.mishap(self.state, self.process, pc, outcome).is_some() {
                self.add_to(machine.layout.losses, 1);
            }
            self.watch.fact(self.process, Fact::CallLost { target });
            return self.vanish();
        };
        if twice {
            self.add_to(machine.layout.duplicates, 1);
            self.double_request();
        }
        let slot = machine.layout.processes[self.process as usize];
        let replica = replica.map(|element| Target { shared: service, element });
        let refused = match replica {
            None => Some(Error::Unavailable),
            Some(replica) => (!self.has_room(declared, replica)).then_some(Error::Rejected),
        };
        let at = replica.unwrap_or(target);
        if let Some(error) = refused {
            self.watch.fact(self.process, Fact::NotLetIn { target: at, error });
            self.state.set(slot.replica_at as usize, 0);
            return self.refuse(error);
        }
        self.turn(declared, at.element);
        self.state.set(slot.replica_at as usize, i64::from(at.element) + 1);
        self.change_replica(at, QUEUED, 1);
        self.watch.fact(self.process, Fact::CallArrived { target: at });
        pc + 1
    }

    /// A second request like this one, under way.
    fn double_request(&mut self) {
        let machine = self.machine;
        let slot = machine.layout.processes[self.process as usize];
        let Some(copy) = machine.room_in(self.state, slot.class) else { return };
        let other = machine.layout.processes[copy as usize];
        let came = machine.layout.came[slot.class as usize] as usize;
        let number = self.state.get(came) + 1;
        self.state.set(came, number);
        self.state.set(other.number_at as usize, number);
        for at in 0..slot.registers as usize {
            let value = self.state.get(slot.at as usize + 1 + at);
            self.state.set(other.at as usize + 1 + at, value);
        }
        let caller = self.state.get(slot.caller_at as usize);
        self.state.set(other.caller_at as usize, caller);
        self.watch.fact(self.process, Fact::CallDoubled { request: copy });
        self.watch.fact(copy, Fact::Began { number: number as u32 });
        let entry = machine.program.classes[slot.class as usize].entry;
        self.stand_there(copy, entry);
    }

    /// A request is answered with an error without having been worked on.
    pub(super) fn refuse(&mut self, error: Error) -> Pc {
        let machine = self.machine;
        let class = machine.layout.processes[self.process as usize].class;
        let (back, register) = machine.refusals[class as usize];
        self.set_register(register, error.code());
        if machine.way_back(self.state, self.process).is_some() {
            return back;
        }
        self.answer_caller(0, 0, Some(error));
        back + 1
    }

    /// A request takes a worker, or a fault refuses it. Says where it goes on.
    pub(super) fn enter(&mut self, pc: Pc) -> Pc {
        let machine = self.machine;
        let Some(replica) = machine.replica_of(self.state, self.process) else { return pc + 1 };
        let fails = match machine.send_weights(replica.shared) {
            Some(weights) => self.outcome_of(&weights) == 1,
            None => machine.fails_always(replica.shared),
        };
        if fails {
            self.add_to(machine.layout.losses, 1);
            return self.give_up_waiting(Error::Unavailable);
        }
        self.change_replica(replica, QUEUED, -1);
        self.change_replica(replica, BUSY, 1);
        self.watch.fact(self.process, Fact::Entered { target: replica });
        pc + 1
    }

    /// A request takes a core.
    pub(super) fn take_core(&mut self) {
        let Some(replica) = self.machine.replica_of(self.state, self.process) else { return };
        self.change_replica(replica, COMPUTING, 1);
        self.watch.fact(self.process, Fact::Computes { target: replica });
    }

    /// Its work is over, or interrupted: the core is another's.
    pub(super) fn give_core(&mut self) {
        let Some(replica) = self.machine.replica_of(self.state, self.process) else { return };
        self.change_replica(replica, COMPUTING, -1);
        self.watch.fact(self.process, Fact::Computed { target: replica });
    }

    /// A request has waited for a worker longer than the service lets it, or nobody waits for it.
    pub(super) fn give_up_waiting(&mut self, error: Error) -> Pc {
        if let Some(replica) = self.machine.replica_of(self.state, self.process) {
            self.change_replica(replica, QUEUED, -1);
            self.watch.fact(self.process, Fact::NotLetIn { target: replica, error });
        }
        let slot = self.machine.layout.processes[self.process as usize];
        self.state.set(slot.replica_at as usize, 0);
        self.refuse(error)
    }

    /// The worker is free again, and the answer leaves. Says where the request goes on.
    pub(super) fn reply(&mut self, pc: Pc, first: Reg, count: u16, error: Option<Reg>) -> Pc {
        let machine = self.machine;
        if let Some(replica) = machine.replica_of(self.state, self.process) {
            self.change_replica(replica, BUSY, -1);
            let error = error.map(|register| Error::from_code(self.register(register)));
            self.watch.fact(self.process, Fact::Replied { target: replica, error });
            for at in 0..count {
                let value = self.register(first + at);
                self.watch.fact(self.process, Fact::Field { value });
            }
            let slot = machine.layout.processes[self.process as usize];
            self.state.set(slot.replica_at as usize, 0);
        }
        if let Some(register) = error {
            let told = told(Error::from_code(self.register(register)));
            self.set_register(register, told.code());
        }
        if machine.way_back(self.state, self.process).is_some() {
            return pc + 1;
        }
        let error = error.map(|register| Error::from_code(self.register(register)));
        self.answer_caller(first, count, error);
        pc + 2
    }

    /// A request that nobody waits for gives its worker back.
    pub(super) fn abandon(&mut self) {
        let Some(replica) = self.machine.replica_of(self.state, self.process) else { return };
        self.change_replica(replica, BUSY, -1);
        let slot = self.machine.layout.processes[self.process as usize];
        self.state.set(slot.replica_at as usize, 0);
        self.watch.fact(self.process, Fact::Abandoned { target: replica });
    }

    /// A request hears that nobody waits for it: who waits for a worker waits no longer.
    pub(super) fn hears_cancel(&mut self, pc: Pc) {
        let machine = self.machine;
        let Some(replica) = machine.replica_of(self.state, self.process) else { return };
        self.watch.fact(self.process, Fact::Cancelled { target: replica });
        if matches!(machine.program.code[pc as usize], Op::Enter { .. }) {
            self.change_replica(replica, QUEUED, -1);
            let slot = machine.layout.processes[self.process as usize];
            self.state.set(slot.replica_at as usize, 0);
        }
    }

    /// An answer arrives, or is lost.
    pub(super) fn come_back(&mut self, pc: Pc, first: Reg, count: u16, error: Option<Reg>) -> Pc {
        let machine = self.machine;
        let weights = machine.call_weights(self.state, self.process, pc);
        let cut = machine
            .way_back(self.state, self.process)
            .is_some_and(|(id, wire)| machine.wire_is_cut(self.state, id) || wire.loss >= WHOLE);
        let outcome = self.outcome_of(&weights);
        if outcome == 1 || cut {
            if machine.mishap(self.state, self.process, pc, outcome).is_some() {
                self.add_to(machine.layout.losses, 1);
            }
            let class = machine.layout.processes[self.process as usize].class;
            if let Start::Called { service, .. } = machine.program.classes[class as usize].start {
                let target = Target { shared: service, element: 0 };
                self.note_write(target);
                self.watch.fact(self.process, Fact::AnswerLost { target });
            }
            return self.vanish();
        }
        let error = error.map(|register| Error::from_code(self.register(register)));
        self.answer_caller(first, count, error);
        pc + 1
    }

    /// Nothing of this request will ever reach its caller, who goes on waiting.
    fn vanish(&mut self) -> Pc {
        let machine = self.machine;
        let slot = machine.layout.processes[self.process as usize];
        if let Some(caller) = machine.caller_of(self.state, self.process) {
            let own = machine.layout.processes[caller as usize].callee_at as usize;
            if own != 0 && self.state.get(own) == i64::from(self.process) + 1 {
                // A copy may answer yet.
                let other = self.another_request_of(caller);
                self.state.set(own, other.map_or(0, |other| i64::from(other) + 1));
            }
        }
        self.state.set(slot.caller_at as usize, 0);
        // Its end tells of nothing.
        machine.program.classes[slot.class as usize].code.end - 1
    }

    fn another_request_of(&self, caller: ProcessId) -> Option<ProcessId> {
        let machine = self.machine;
        if !machine.doubles_calls {
            return None;
        }
        machine.requests().find(|&other| {
            other != self.process && machine.caller_of(self.state, other) == Some(caller)
        })
    }

    /// A caller gets its answer, if it still waits for one.
    fn answer_caller(&mut self, first: Reg, count: u16, error: Option<Error>) {
        let machine = self.machine;
        let (request, block) = (self.process, self.block);
        let class = machine.layout.processes[request as usize].class;
        let Start::Called { service, .. } = machine.program.classes[class as usize].start else {
            return;
        };
        let target = Target { shared: service, element: 0 };
        self.note_write(target);
        let Some(caller) = machine.caller_of(self.state, request) else {
            self.watch.fact(request, Fact::AnsweredLate { target });
            return;
        };
        self.forget_requests_of(caller);
        let Position::At(pc) = self.state.position(&machine.layout, caller) else { return };
        let Op::Answer { to, count: wanted, .. } = machine.program.code[pc as usize] else {
            return;
        };
        self.watch.fact(request, Fact::Answered { target, caller });
        for at in 0..count.min(wanted) {
            let value = self.register(first + at);
            if error.is_none() {
                let slot = machine.layout.processes[caller as usize];
                self.state.set((slot.at + 1 + u32::from(to + at)) as usize, value);
                self.watch.fact(caller, Fact::Local { register: to + at, value, pc });
            }
        }
        self.process = caller;
        self.block = machine.layout.processes[caller as usize].at as usize;
        // What the answer touches is not the caller's doing.
        let touched = self.touched.take();
        let inline = std::mem::take(&mut self.inline);
        match error {
            None => self.own_work_of_another(pc + 1),
            Some(error) => {
                self.watch.fact(caller, Fact::Raised { error });
                self.land(pc, error);
            }
        }
        self.touched = touched;
        self.inline = inline;
        (self.process, self.block) = (request, block);
    }

    /// Nobody waits for what a process has called any more.
    pub(super) fn forget_requests_of(&mut self, caller: ProcessId) {
        let machine = self.machine;
        let mut forgotten = Vec::new();
        let mut forget = |state: &mut State, request: ProcessId| {
            let at = machine.layout.processes[request as usize].caller_at as usize;
            if state.get(at) == i64::from(caller) + 1 {
                state.set(at, 0);
                forgotten.push(request);
            }
        };
        let own = machine.layout.processes[caller as usize].callee_at as usize;
        let known = if own == 0 { None } else { machine.callee_of(self.state, caller) };
        if let Some(request) = known {
            forget(self.state, request);
            self.state.set(own, 0);
        }
        if own == 0 || machine.doubles_calls {
            machine.requests().for_each(|request| forget(self.state, request));
        }
        for request in forgotten {
            let Some(replica) = machine.replica_of(self.state, request) else { continue };
            if machine.cancels(request) {
                self.watch.fact(request, Fact::Forgotten { target: replica });
            }
        }
    }
}

/// A number without a pattern for a value.
fn hash(value: i64, lane: u64) -> crate::base::Draw {
    crate::base::Draw::at(lane, 0, value as u64, 0)
}

/// What a caller is told of an error inside a handler.
fn told(error: Error) -> Error {
    match error {
        Error::Named(_) => error,
        _ => Error::Internal,
    }
}
