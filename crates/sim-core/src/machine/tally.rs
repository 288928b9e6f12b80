//! What promises count of services, breakers, limiters, locks and caches, from what a step tells.

use super::execute::Execution;
use super::{Machine, Position, State, Watch};
use crate::program::{Error, Guarding, Judged, Op, SharedId, Start, Tallied};
use crate::trace::{DataFact, Fact, ProcessId, ServiceFact, Target};

/// What one fact counts, of what.
type Counts = [Option<(Target, Tallied)>; 2];

impl<W: Watch> Execution<'_, W> {
    /// Something happened: those who look are told, and what a promise counts is counted.
    #[inline(always)]
    pub(super) fn tell(&mut self, process: ProcessId, fact: Fact) {
        if self.machine.counting {
            self.tally_fact(process, &fact);
        }
        self.watch.fact(process, fact);
    }

    /// As [`Execution::tell`], where what is counted is not the doing of the next instruction.
    pub(super) fn tell_aside(&mut self, process: ProcessId, fact: Fact) {
        let touched = self.touched.take();
        self.tell(process, fact);
        self.touched = touched;
    }

    #[inline(never)]
    fn tally_fact(&mut self, process: ProcessId, fact: &Fact) {
        let machine = self.machine;
        for (of, what) in machine.counted_by(self.state, process, fact).into_iter().flatten() {
            let counters = machine.program.counters_of(of.shared);
            for (_, counter) in counters.filter(|(known, _)| *known == what) {
                // Of a service all its replicas are counted together.
                let many = machine.layout.shared[counter as usize].length > of.element;
                let element = if many { of.element } else { 0 };
                let target = Target { shared: counter, element };
                let old = self.read(target);
                let new = old.saturating_add(1);
                self.write(target, new);
                self.result.counted |= old != new;
                self.result.counted_on |= old != new;
                self.watch.fact(process, Fact::Counted { target, old, new });
            }
        }
    }
}

impl Machine {
    fn counted_by(&self, state: &State, process: ProcessId, fact: &Fact) -> Counts {
        let one = |target, what| [Some((target, what)), None];
        let two = |target, what, other| [Some((target, what)), Some((target, other))];
        match *fact {
            Fact::Service(fact) => self.counted_of_service(state, process, fact),
            Fact::TimedOut => match self.asked_by(state, process) {
                Some(service) => one(Target { shared: service, element: 0 }, Tallied::Timeouts),
                None => [None; 2],
            },
            Fact::Crashed => {
                let class = self.layout.processes[process as usize].class;
                let is_request =
                    matches!(self.program.classes[class as usize].start, Start::Called { .. });
                match self.replica_of(state, process).filter(|_| is_request) {
                    Some(replica) => one(whole(replica), Tallied::Failed),
                    None => [None; 2],
                }
            }
            Fact::LetIn { target, probe: false } => one(target, Tallied::Calls),
            Fact::LetIn { target, probe: true } => two(target, Tallied::Calls, Tallied::Probed),
            Fact::KeptOut { target } => two(target, Tallied::Calls, Tallied::Refused),
            Fact::Settled { target, judged: Judged::Ok, .. } => one(target, Tallied::Ok),
            Fact::Settled { target, judged: Judged::Failed, .. } => one(target, Tallied::Failed),
            Fact::Switched { target, to: Guarding::Open, .. } => one(target, Tallied::Opened),
            Fact::GotToken { target, .. } | Fact::Took { target, .. } => {
                one(target, Tallied::Admitted)
            }
            Fact::NoToken { target } | Fact::TurnedAway { target } => {
                one(target, Tallied::Rejected)
            }
            Fact::Looked { target, hit: true, .. } => one(target, Tallied::Hits),
            Fact::Looked { target, hit: false, .. } => one(target, Tallied::Misses),
            Fact::FillEnded { target, error: None, .. } => one(target, Tallied::Loads),
            Fact::Shared { target, .. } => one(target, Tallied::Shared),
            Fact::Evicted { target, .. } => one(target, Tallied::Evicted),
            Fact::Data(DataFact::Committed { database, .. }) => one(database, Tallied::Committed),
            // One that an error had undone before was counted then.
            Fact::Data(DataFact::RolledBack { error: Some(Error::Aborted), .. }) => [None; 2],
            Fact::Data(DataFact::RolledBack { database, error }) => match error {
                Some(Error::Conflict) => two(database, Tallied::Aborted, Tallied::Conflicts),
                Some(Error::Deadlock) => two(database, Tallied::Aborted, Tallied::Deadlocks),
                _ => one(database, Tallied::Aborted),
            },
            _ => [None; 2],
        }
    }

    fn counted_of_service(&self, state: &State, process: ProcessId, fact: ServiceFact) -> Counts {
        let one = |target, what| [Some((whole(target), what)), None];
        match fact {
            ServiceFact::Called { target, travels: false, .. }
            | ServiceFact::CallArrived { target } => one(target, Tallied::Calls),
            ServiceFact::NotLetIn { target, error } => {
                let what =
                    if error == Error::Rejected { Tallied::Rejected } else { Tallied::Failed };
                // Who has waited for a worker had arrived before.
                let waited = match state.position(&self.layout, process) {
                    Position::At(pc) => matches!(
                        self.program.code[pc as usize],
                        Op::Enter { service } if service == target.shared
                    ),
                    _ => false,
                };
                let calls = (!waited).then_some((whole(target), Tallied::Calls));
                [Some((whole(target), what)), calls]
            }
            ServiceFact::CallLost { target } | ServiceFact::AnswerLost { target } => {
                one(target, Tallied::Lost)
            }
            ServiceFact::Replied { target, error: None } => one(target, Tallied::Ok),
            ServiceFact::Replied { target, error: Some(_) }
            | ServiceFact::Cancelled { target }
            | ServiceFact::Abandoned { target } => one(target, Tallied::Failed),
            ServiceFact::AnsweredLate { target } => one(target, Tallied::Late),
            _ => [None; 2],
        }
    }

    /// The service whose answer a process waits for.
    fn asked_by(&self, state: &State, process: ProcessId) -> Option<SharedId> {
        let Position::At(pc) = state.position(&self.layout, process) else { return None };
        match self.program.code[pc as usize] {
            Op::Answer { service, .. } => Some(service),
            _ => None,
        }
    }
}

fn whole(replica: Target) -> Target {
    Target { element: 0, ..replica }
}
