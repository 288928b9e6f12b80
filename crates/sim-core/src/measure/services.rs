//! Calls of services: what became of them, and how long they took.
//!
//! A call is counted where it is worked on (at its replica, at its handler) and by who calls. To a
//! service it begins when it arrives and ends when its answer leaves; to its caller it begins when
//! it leaves and ends when its answer comes, or when nobody waits for that any more. Who is not let
//! in has no latency.

use super::served::{Level, OfService, Places, Span, Tally};
use super::store::Store;
use crate::machine::Machine;
use crate::program::{Error, Op, Party, Pc, Program};
use crate::trace::{Fact, ProcessId, ServiceFact, Target};

pub(super) const NOBODY: u32 = u32::MAX;

/// Where a request is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Phase {
    /// There is none.
    #[default]
    None,
    /// On its way to the service.
    There,
    Queued,
    Busy,
    /// Its answer has left.
    Answered,
    /// Its answer is on its way.
    Back,
    /// It is lost.
    Lost,
}

/// A request, known by the process that it is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Request {
    pub(super) phase: Phase,
    service: u32,
    /// Where it is worked on, once that is known: a replica, or the service.
    pub(super) here: u32,
    pub(super) handler: u32,
    /// Who called: a place among the callers.
    pub(super) caller: u32,
    pub(super) left: u64,
    pub(super) arrived: u64,
    pub(super) entered: u64,
    /// Since when it is on a wire.
    pub(super) since: u64,
    computes: bool,
    /// What its answer is.
    answer: Verdict,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Verdict {
    #[default]
    Ok,
    Failed,
    /// It was not worked on at all.
    TurnedAway(bool),
}

/// What a process waits for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waits {
    /// A place among the callers; nobody is no wait.
    pub(super) caller: u32,
    pub(super) handler: u32,
    pub(super) left: u64,
    /// The handler that it is about to call.
    calls: u16,
}

/// What is measured of services.
#[derive(Clone, Debug)]
pub(super) struct Services {
    pub(super) places: Places,
    pub(super) requests: Vec<Request>,
    pub(super) waits: Vec<Waits>,
    parties: Vec<Party>,
    /// Answers that left within this step: those not heard when it ends are on their way.
    fresh: Vec<ProcessId>,
}

impl Services {
    pub(super) fn new(machine: &Machine, store: &mut Store) -> Services {
        let program = machine.program();
        let places = Places::new(program, store);
        if places.services.is_empty() {
            let (requests, waits, parties, fresh) = Default::default();
            return Services { places, requests, waits, parties, fresh };
        }
        let processes = &machine.layout().processes;
        let parties = processes.iter().map(|slot| program.party(slot.class)).collect();
        let requests = vec![Request::default(); processes.len()];
        let nothing = Waits { caller: NOBODY, handler: 0, left: 0, calls: 0 };
        Services { places, requests, waits: vec![nothing; processes.len()], parties, fresh: vec![] }
    }

    /// A process came to stand at an instruction.
    #[inline(always)]
    pub(super) fn stands(&mut self, program: &Program, process: ProcessId, pc: Pc) {
        if let Op::Call { handler, .. } = program.code[pc as usize] {
            self.waits[process as usize].calls = handler;
        }
    }

    #[inline(never)]
    pub(super) fn hear(&mut self, store: &mut Store, process: ProcessId, fact: &Fact) {
        match *fact {
            Fact::Service(ServiceFact::Called { target, request, handler, travels }) => {
                self.called(store, process, (target, request, handler), travels);
            }
            Fact::Service(ServiceFact::CallArrived { target }) => {
                self.comes(store, process);
                self.arrives(store, process, target);
            }
            Fact::Service(ServiceFact::CallLost { .. }) => self.lost(store, process, true),
            Fact::Service(ServiceFact::CallDoubled { request }) => {
                self.doubled(store, process, request)
            }
            Fact::Service(ServiceFact::NotLetIn { target, error }) => {
                self.not_let_in(store, process, target, error)
            }
            Fact::Service(ServiceFact::Entered { .. }) => self.enters(store, process),
            Fact::Service(ServiceFact::Computes { .. }) => self.computes(store, process, true),
            Fact::Service(ServiceFact::Computed { .. }) => self.computes(store, process, false),
            Fact::Service(ServiceFact::Replied { error, .. }) => {
                self.replies(store, process, error)
            }
            Fact::Service(ServiceFact::Answered { caller, .. }) => {
                self.answered(store, process, caller)
            }
            Fact::Service(ServiceFact::AnsweredLate { .. }) => {
                self.comes(store, process);
                self.count(store, process, Tally::Late);
            }
            Fact::Service(ServiceFact::AnswerLost { .. }) => self.lost(store, process, false),
            Fact::TimedOut => self.gives_up(store, process),
            Fact::Service(ServiceFact::Cancelled { .. }) => {
                self.is_given_up(store, process, Phase::Queued)
            }
            Fact::Service(ServiceFact::Abandoned { .. }) => {
                self.is_given_up(store, process, Phase::Busy)
            }
            Fact::Service(ServiceFact::ReplicaCrashed { target }) => self.lives(store, target, -1),
            Fact::Service(ServiceFact::ReplicaBack { target }) => self.lives(store, target, 1),
            Fact::Service(ServiceFact::ReplicaLeaves { target }) => self.lives(store, target, -1),
            _ => {}
        }
    }

    /// A process has come to its end, however that is.
    #[inline(always)]
    pub(super) fn ends(&mut self, store: &mut Store, process: ProcessId) {
        if !self.requests.is_empty() {
            self.ends_there(store, process);
        }
    }

    /// How many replicas live changes.
    fn lives(&mut self, store: &mut Store, replica: Target, by: i64) {
        let Some(service) = self.places.service(replica.shared) else { return };
        let own = service.replicas.map(|first| first + replica.element);
        for place in [Some(service.whole), own].into_iter().flatten() {
            if let Some(gauge) = self.places.served[place as usize].replicas {
                store.change(gauge, by);
            }
        }
    }

    /// A request's replica has crashed, or a caller; a caller's requests live on.
    pub(super) fn crashes(&mut self, store: &mut Store, process: ProcessId) {
        let Some(waits) = self.waits.get_mut(process as usize) else { return };
        waits.caller = NOBODY;
        if in_hand(self.requests[process as usize].phase) {
            self.drops(store, process);
            let request = &mut self.requests[process as usize];
            (request.phase, request.answer) = (Phase::Answered, Verdict::TurnedAway(false));
            self.fresh.push(process);
        }
    }

    /// A request that nobody waits for leaves what it was at.
    fn is_given_up(&mut self, store: &mut Store, process: ProcessId, at: Phase) {
        if self.requests[process as usize].phase == at {
            self.drops(store, process);
            self.requests[process as usize].phase = Phase::Lost;
        }
    }

    /// What a replica has in hand is gone.
    fn drops(&mut self, store: &mut Store, process: ProcessId) {
        if self.requests[process as usize].phase == Phase::Queued {
            self.level(store, process, Level::Queued, -1);
            self.broken_off(store, process, &[Span::Wait]);
        } else {
            self.computes(store, process, false);
            self.level(store, process, Level::Busy, -1);
            self.broken_off(store, process, &[Span::Service, Span::Latency]);
        }
    }

    #[inline(never)]
    fn ends_there(&mut self, store: &mut Store, process: ProcessId) {
        self.waits[process as usize].caller = NOBODY;
        let request = self.requests[process as usize];
        match request.phase {
            Phase::None => return,
            Phase::Queued | Phase::Busy => self.drops(store, process),
            Phase::There | Phase::Back => {
                let caller = self.places.callers[request.caller as usize];
                let wire = if request.phase == Phase::There { caller.there } else { caller.back };
                if let Some(wire) = wire {
                    self.places.wired[wire as usize].forgets(store);
                }
            }
            Phase::Answered | Phase::Lost => {}
        }
        self.under_way(store, process, -1);
        self.requests[process as usize].phase = Phase::None;
    }

    /// A request that was in hand is gone without an answer.
    fn broken_off(&mut self, store: &mut Store, process: ProcessId, spans: &[Span]) {
        let request = self.requests[process as usize];
        for place in [request.here, request.handler] {
            let served = &self.places.served[place as usize];
            served.count(store, Tally::Failed);
            for &span in spans {
                let began = if span == Span::Service { request.entered } else { request.arrived };
                served.broke_off(store, span, began);
            }
        }
        self.leaves_replica(store, process);
    }

    /// A step is over.
    #[inline(always)]
    pub(super) fn settle(&mut self, store: &mut Store) {
        while let Some(process) = self.fresh.pop() {
            let request = &mut self.requests[process as usize];
            if request.phase == Phase::Answered {
                (request.phase, request.since) = (Phase::Back, store.now);
                let caller = self.places.callers[request.caller as usize];
                if let Some(wire) = caller.back {
                    self.places.wired[wire as usize].sends(store);
                }
            }
        }
    }

    fn called(
        &mut self,
        store: &mut Store,
        process: ProcessId,
        (target, request, handler): (Target, ProcessId, u16),
        travels: bool,
    ) {
        let party = self.parties[process as usize];
        let Some(service) = self.places.service(target.shared) else { return };
        let Some(caller) = self.places.caller(party, target.shared) else { return };
        let now = store.now;
        self.requests[request as usize] = Request {
            phase: Phase::There,
            service: self.index_of(service),
            here: service.whole,
            handler: service.handlers + u32::from(handler),
            caller,
            left: now,
            since: now,
            ..Request::default()
        };
        let waits = &mut self.waits[process as usize];
        (waits.caller, waits.left) = (caller, now);
        waits.handler = service.handlers + u32::from(handler);
        let caller = self.places.callers[caller as usize];
        self.places.served[caller.place as usize].count(store, Tally::Calls);
        self.under_way(store, request, 1);
        match caller.there {
            Some(wire) if travels => self.places.wired[wire as usize].sends(store),
            _ => self.arrives(store, request, target),
        }
    }

    fn index_of(&self, service: OfService) -> u32 {
        let is = |one: &OfService| one.shared == service.shared;
        self.places.services.iter().position(is).map_or(0, |at| at as u32)
    }

    /// How many calls are under way changes, of all who look at this one but its replica.
    fn under_way(&mut self, store: &mut Store, request: ProcessId, by: i64) {
        let request = self.requests[request as usize];
        let whole = self.places.services[request.service as usize].whole;
        let caller = self.places.callers[request.caller as usize].place;
        for place in [whole, request.handler, caller] {
            self.places.served[place as usize].change(store, Level::InFlight, by);
        }
    }

    /// How many calls are somewhere changes.
    fn level(&mut self, store: &mut Store, request: ProcessId, level: Level, by: i64) {
        let request = self.requests[request as usize];
        let whole = self.places.services[request.service as usize].whole;
        let caller = self.places.callers[request.caller as usize].place;
        for place in [whole, request.handler, caller] {
            self.places.served[place as usize].change(store, level, by);
        }
        if request.here != whole {
            self.places.served[request.here as usize].change(store, level, by);
        }
    }

    /// Counts something at all who look at a call.
    fn count(&mut self, store: &mut Store, request: ProcessId, tally: Tally) {
        let request = self.requests[request as usize];
        if request.phase != Phase::None {
            let caller = self.places.callers[request.caller as usize].place;
            for place in [request.here, request.handler, caller] {
                self.places.served[place as usize].count(store, tally);
            }
        }
    }

    /// What was on a wire is at its end.
    fn comes(&mut self, store: &mut Store, process: ProcessId) {
        let request = &mut self.requests[process as usize];
        let Some(caller) = self.places.callers.get(request.caller as usize) else { return };
        let wire = match request.phase {
            Phase::There => caller.there,
            Phase::Back => caller.back,
            _ => None,
        };
        if let Some(wire) = wire {
            self.places.wired[wire as usize].brings(store, request.since);
        }
        if request.phase == Phase::Back {
            request.phase = Phase::Answered;
        }
    }

    /// The place of a replica.
    fn at(&self, service: u32, element: u32) -> u32 {
        let service = self.places.services[service as usize];
        service.replicas.map_or(service.whole, |first| first + element)
    }

    fn arrives(&mut self, store: &mut Store, process: ProcessId, target: Target) {
        let service = self.requests[process as usize].service;
        let here = self.at(service, target.element);
        let request = &mut self.requests[process as usize];
        (request.phase, request.here, request.arrived) = (Phase::Queued, here, store.now);
        let (handler, whole) = (request.handler, self.places.services[service as usize].whole);
        for place in [here, handler] {
            self.places.served[place as usize].count(store, Tally::Calls);
        }
        if here != whole {
            self.places.served[here as usize].change(store, Level::InFlight, 1);
        }
        self.level(store, process, Level::Queued, 1);
    }

    /// It is no longer in a replica's hands.
    fn leaves_replica(&mut self, store: &mut Store, process: ProcessId) {
        let request = self.requests[process as usize];
        if request.here != self.places.services[request.service as usize].whole {
            self.places.served[request.here as usize].change(store, Level::InFlight, -1);
        }
    }

    fn doubled(&mut self, store: &mut Store, process: ProcessId, copy: ProcessId) {
        let request = Request { since: store.now, ..self.requests[process as usize] };
        if request.phase != Phase::There {
            return;
        }
        self.requests[copy as usize] = request;
        self.under_way(store, copy, 1);
        if let Some(wire) = self.places.callers[request.caller as usize].there {
            self.places.wired[wire as usize].doubles(store);
        }
    }

    fn lost(&mut self, store: &mut Store, process: ProcessId, there: bool) {
        self.count(store, process, Tally::Lost);
        let request = &mut self.requests[process as usize];
        let Some(caller) = self.places.callers.get(request.caller as usize) else { return };
        let wire = if there { caller.there } else { caller.back };
        request.phase = Phase::Lost;
        if let Some(wire) = wire {
            self.places.wired[wire as usize].loses(store);
        }
    }

    fn not_let_in(&mut self, store: &mut Store, process: ProcessId, target: Target, error: Error) {
        let rejected = error == Error::Rejected;
        let tally = if rejected { Tally::Rejected } else { Tally::Failed };
        let request = self.requests[process as usize];
        match request.phase {
            Phase::There => {
                self.comes(store, process);
                let here = match rejected {
                    true => self.at(request.service, target.element),
                    false => self.places.services[request.service as usize].whole,
                };
                for place in [here, request.handler] {
                    self.places.served[place as usize].count(store, Tally::Calls);
                    self.places.served[place as usize].count(store, tally);
                }
            }
            Phase::Queued => {
                self.level(store, process, Level::Queued, -1);
                self.leaves_replica(store, process);
                for place in [request.here, request.handler] {
                    let served = &self.places.served[place as usize];
                    served.count(store, tally);
                    served.took(store, Span::Wait, request.arrived);
                }
            }
            _ => return self.refused_at_once(store, process, target, tally),
        }
        let request = &mut self.requests[process as usize];
        (request.phase, request.answer) = (Phase::Answered, Verdict::TurnedAway(rejected));
        self.fresh.push(process);
    }

    /// A call without a wire is not let in: there is no request.
    fn refused_at_once(
        &mut self,
        store: &mut Store,
        process: ProcessId,
        target: Target,
        tally: Tally,
    ) {
        let party = self.parties[process as usize];
        let Some(service) = self.places.service(target.shared) else { return };
        let Some(caller) = self.places.caller(party, target.shared) else { return };
        let handler = service.handlers + u32::from(self.waits[process as usize].calls);
        let here = match tally {
            Tally::Rejected => self.at(self.index_of(service), target.element),
            _ => service.whole,
        };
        for place in [here, handler, self.places.callers[caller as usize].place] {
            self.places.served[place as usize].count(store, Tally::Calls);
            self.places.served[place as usize].count(store, tally);
        }
    }

    fn enters(&mut self, store: &mut Store, process: ProcessId) {
        if self.requests[process as usize].phase != Phase::Queued {
            return;
        }
        self.level(store, process, Level::Queued, -1);
        self.level(store, process, Level::Busy, 1);
        let request = &mut self.requests[process as usize];
        (request.phase, request.entered) = (Phase::Busy, store.now);
        let request = *request;
        for place in
            [request.here, request.handler, self.places.callers[request.caller as usize].place]
        {
            self.places.served[place as usize].took(store, Span::Wait, request.arrived);
        }
    }

    fn computes(&mut self, store: &mut Store, process: ProcessId, begins: bool) {
        let request = &mut self.requests[process as usize];
        if request.phase == Phase::Busy && request.computes != begins {
            request.computes = begins;
            self.level(store, process, Level::Computing, if begins { 1 } else { -1 });
        }
    }

    fn replies(&mut self, store: &mut Store, process: ProcessId, error: Option<Error>) {
        if self.requests[process as usize].phase != Phase::Busy {
            return;
        }
        self.computes(store, process, false);
        self.level(store, process, Level::Busy, -1);
        self.leaves_replica(store, process);
        let request = &mut self.requests[process as usize];
        request.phase = Phase::Answered;
        request.answer = if error.is_some() { Verdict::Failed } else { Verdict::Ok };
        let request = *request;
        let tally = if error.is_some() { Tally::Failed } else { Tally::Ok };
        for place in [request.here, request.handler] {
            let served = &self.places.served[place as usize];
            served.count(store, tally);
            served.took(store, Span::Service, request.entered);
            served.took(store, Span::Latency, request.arrived);
        }
        let caller = self.places.callers[request.caller as usize].place;
        self.places.served[caller as usize].took(store, Span::Service, request.entered);
        self.fresh.push(process);
    }

    /// The answer is heard.
    fn answered(&mut self, store: &mut Store, process: ProcessId, caller: ProcessId) {
        self.comes(store, process);
        let request = self.requests[process as usize];
        self.waits[caller as usize].caller = NOBODY;
        if request.phase == Phase::None {
            return;
        }
        let place = self.places.callers[request.caller as usize].place;
        let served = &self.places.served[place as usize];
        let tally = match request.answer {
            Verdict::Ok => Tally::Ok,
            Verdict::Failed | Verdict::TurnedAway(false) => Tally::Failed,
            Verdict::TurnedAway(true) => Tally::Rejected,
        };
        served.count(store, tally);
        if !matches!(request.answer, Verdict::TurnedAway(_)) {
            served.took(store, Span::Latency, request.left);
        }
    }

    /// A caller waits no longer.
    fn gives_up(&mut self, store: &mut Store, process: ProcessId) {
        let Some(waits) = self.waits.get_mut(process as usize) else { return };
        let Waits { caller, handler, left, .. } = *waits;
        let Some(caller) = self.places.callers.get(caller as usize) else { return };
        waits.caller = NOBODY;
        let Some(service) = self.places.service(caller.shared) else { return };
        for place in [service.whole, handler, caller.place] {
            self.places.served[place as usize].count(store, Tally::Timeouts);
        }
        self.places.served[caller.place as usize].took(store, Span::Latency, left);
    }
}

/// A service has it and has not answered.
pub(super) fn in_hand(phase: Phase) -> bool {
    matches!(phase, Phase::Queued | Phase::Busy)
}
