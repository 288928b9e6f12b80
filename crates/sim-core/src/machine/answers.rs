//! How a request ends: its answer leaves, comes back or is lost, or nobody waits for it any more.

use super::execute::Execution;
use super::services::{BUSY, QUEUED};
use super::{Position, State, Watch};
use crate::program::{Error, Op, Pc, Reg, Start, WHOLE};
use crate::trace::{Fact, ProcessId, ServiceFact, Target};

impl<W: Watch> Execution<'_, W> {
    /// The worker is free again, and the answer leaves. Says where the request goes on.
    pub(super) fn reply(&mut self, pc: Pc, first: Reg, count: u16, error: Option<Reg>) -> Pc {
        let machine = self.machine;
        if let Some(replica) = machine.replica_of(self.state, self.process) {
            self.change_replica(replica, BUSY, -1);
            let error = error.map(|register| Error::from_code(self.register(register)));
            self.tell(self.process, Fact::Service(ServiceFact::Replied { target: replica, error }));
            for at in 0..count {
                let value = self.register(first + at);
                self.tell(self.process, Fact::Field { value });
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
        self.tell(self.process, Fact::Service(ServiceFact::Abandoned { target: replica }));
    }

    /// A request hears that nobody waits for it: who waits for a worker waits no longer.
    pub(super) fn hears_cancel(&mut self, pc: Pc) {
        let machine = self.machine;
        let Some(replica) = machine.replica_of(self.state, self.process) else { return };
        self.tell(self.process, Fact::Service(ServiceFact::Cancelled { target: replica }));
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
                self.tell(self.process, Fact::Service(ServiceFact::AnswerLost { target }));
            }
            return self.vanish();
        }
        let error = error.map(|register| Error::from_code(self.register(register)));
        self.answer_caller(first, count, error);
        pc + 1
    }

    /// Nothing of this request will ever reach its caller, who goes on waiting.
    pub(super) fn vanish(&mut self) -> Pc {
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
    pub(super) fn answer_caller(&mut self, first: Reg, count: u16, error: Option<Error>) {
        let machine = self.machine;
        let (request, block) = (self.process, self.block);
        let class = machine.layout.processes[request as usize].class;
        let Start::Called { service, .. } = machine.program.classes[class as usize].start else {
            return;
        };
        let target = Target { shared: service, element: 0 };
        self.note_write(target);
        let Some(caller) = machine.caller_of(self.state, request) else {
            self.tell(request, Fact::Service(ServiceFact::AnsweredLate { target }));
            return;
        };
        self.forget_requests_of(caller);
        let Position::At(pc) = self.state.position(&machine.layout, caller) else { return };
        let Op::Answer { to, count: wanted, .. } = machine.program.code[pc as usize] else {
            return;
        };
        self.tell(request, Fact::Service(ServiceFact::Answered { target, caller }));
        for at in 0..count.min(wanted) {
            let value = self.register(first + at);
            if error.is_none() {
                let slot = machine.layout.processes[caller as usize];
                self.state.set((slot.at + 1 + u32::from(to + at)) as usize, value);
                self.tell(caller, Fact::Local { register: to + at, value, pc });
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
                self.tell(caller, Fact::Raised { error });
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
                state.set(at, machine.word_of_gone(state, request, caller));
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
                self.tell(request, Fact::Service(ServiceFact::Forgotten { target: replica }));
            }
        }
    }
}

/// What a caller is told of an error inside a handler.
fn told(error: Error) -> Error {
    match error {
        Error::Named(_) => error,
        _ => Error::Internal,
    }
}
