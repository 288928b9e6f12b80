//! What a request does on its way to a worker: it leaves, arrives, is let in or refused.

use super::Watch;
use super::execute::Execution;
use super::services::{BUSY, COMPUTING, QUEUED, TURN};
use crate::program::{Balance, Error, Handler, NONE, Party, Pc, Reg, Service, SharedId};
use crate::trace::{Fact, ProcessId, ServiceFact, Target};

/// A call, as its instruction says.
#[derive(Clone, Copy)]
pub(super) struct Calling {
    pub(super) service: SharedId,
    pub(super) replica: Option<Reg>,
    pub(super) handler: u16,
    pub(super) first: Reg,
    pub(super) count: u16,
}

impl<W: Watch> Execution<'_, W> {
    pub(super) fn change_replica(&mut self, replica: Target, word: usize, by: i64) {
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
                Some(replica) => {
                    (!machine.may_come_in(self.state, service, replica)).then_some(Error::Rejected)
                }
            };
            self.note_read(target);
            if let Some(error) = refused {
                self.tell(self.process, Fact::Service(ServiceFact::NotLetIn { target, error }));
                self.tell(self.process, Fact::Raised { error });
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
        self.tell(
            self.process,
            Fact::Service(ServiceFact::Called {
                target,
                request,
                handler: calling.handler,
                travels: wire.is_some(),
            }),
        );
        for at in 0..calling.count {
            let value = self.register(calling.first + at);
            self.tell(self.process, Fact::Field { value });
        }
        let number = self.state.number(&machine.layout, request);
        self.tell(request, Fact::Began { number });
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
        if fixed.is_some_and(|fixed| self.machine.is_down(self.state, fixed)) {
            return None;
        }
        let key = if calling.count > 0 { self.register(calling.first) } else { NONE };
        let ways = self.machine.ways_in(self.state, service, key, fixed);
        if ways.is_empty() {
            return None;
        }
        let weights: Vec<u64> = ways.iter().map(|way| way.weight).collect();
        let outcome = match (fixed, weights.len()) {
            (Some(_), 1) => 0,
            _ => self.outcome_of(&weights) as usize,
        };
        let way = ways.get(outcome).or(ways.first())?;
        if fixed.is_none() {
            self.turn(service, way.element);
        }
        self.push_out(way.goes);
        Some(Target { shared: service.shared, element: way.element })
    }

    /// A request that waits for a worker is refused, for another has come.
    fn push_out(&mut self, request: Option<ProcessId>) {
        let Some(request) = request else { return };
        let own = (self.process, self.block);
        self.process = request;
        self.block = self.machine.layout.processes[request as usize].at as usize;
        let next = self.give_up_waiting(Error::Rejected);
        self.own_work_of_another(next);
        (self.process, self.block) = own;
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
            self.tell(self.process, Fact::Service(ServiceFact::CallLost { target }));
            return self.vanish();
        };
        if twice {
            self.add_to(machine.layout.duplicates, 1);
            self.double_request();
        }
        let slot = machine.layout.processes[self.process as usize];
        if self.state.get(slot.caller_at as usize) < 0 {
            // By which way it came makes no difference any more.
            self.state.set(slot.caller_at as usize, 0);
        }
        let (replica, goes) = match replica {
            Some((element, goes)) => (Some(Target { shared: service, element }), goes),
            None => (None, None),
        };
        self.push_out(goes);
        let refused = match replica {
            None => Some(Error::Unavailable),
            Some(replica) => {
                (!machine.may_come_in(self.state, declared, replica)).then_some(Error::Rejected)
            }
        };
        let at = replica.unwrap_or(target);
        if let Some(error) = refused {
            self.tell(self.process, Fact::Service(ServiceFact::NotLetIn { target: at, error }));
            self.state.set(slot.replica_at as usize, 0);
            return self.refuse(error);
        }
        self.turn(declared, at.element);
        self.state.set(slot.replica_at as usize, i64::from(at.element) + 1);
        self.change_replica(at, QUEUED, 1);
        self.tell(self.process, Fact::Service(ServiceFact::CallArrived { target: at }));
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
        self.tell(self.process, Fact::Service(ServiceFact::CallDoubled { request: copy }));
        self.tell(copy, Fact::Began { number: number as u32 });
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
        let fails = match machine.send_weights(replica) {
            Some(weights) => self.outcome_of(&weights) == 1,
            None => machine.send_fails(replica),
        };
        if fails {
            self.add_to(machine.layout.losses, 1);
            return self.give_up_waiting(Error::Unavailable);
        }
        self.change_replica(replica, QUEUED, -1);
        self.change_replica(replica, BUSY, 1);
        self.tell(self.process, Fact::Service(ServiceFact::Entered { target: replica }));
        pc + 1
    }

    /// A request takes a core.
    pub(super) fn take_core(&mut self) {
        let Some(replica) = self.machine.replica_of(self.state, self.process) else { return };
        self.change_replica(replica, COMPUTING, 1);
        self.tell(self.process, Fact::Service(ServiceFact::Computes { target: replica }));
    }

    /// Its work is over, or interrupted: the core is another's.
    pub(super) fn give_core(&mut self) {
        let Some(replica) = self.machine.replica_of(self.state, self.process) else { return };
        self.change_replica(replica, COMPUTING, -1);
        self.tell(self.process, Fact::Service(ServiceFact::Computed { target: replica }));
    }

    /// A request has waited for a worker longer than the service lets it, or nobody waits for it.
    pub(super) fn give_up_waiting(&mut self, error: Error) -> Pc {
        if let Some(replica) = self.machine.replica_of(self.state, self.process) {
            self.change_replica(replica, QUEUED, -1);
            self.tell(
                self.process,
                Fact::Service(ServiceFact::NotLetIn { target: replica, error }),
            );
        }
        let slot = self.machine.layout.processes[self.process as usize];
        self.state.set(slot.replica_at as usize, 0);
        self.refuse(error)
    }
}
