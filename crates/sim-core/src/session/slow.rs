//! A request that took as long as a given share of them did: p95, p99.

use super::Session;
use crate::program::{Program, Start};
use crate::trace::{Event, Fact, ProcessId, ServiceFact};
use std::collections::BTreeMap;

/// Of a longer line only its end is looked at.
const LOOKED_AT: u32 = 300_000;

/// A request, or a process's whole life, that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Served {
    /// The step that began it.
    pub from: u32,
    /// The step that ended it.
    pub to: u32,
    /// How long it took, nanoseconds.
    pub took: u64,
}

impl Session {
    /// Of all that ended along the line up to its end, the one that took longer than this many
    /// thousandths of them: calls of a service (`bank`), of a handler (`bank.pay`), those of one
    /// kind of caller (`client.to.bank`), or lives of processes (`client`).
    #[must_use]
    pub fn served_at(&self, name: &str, thousandths: u32) -> Option<Served> {
        let mut all = self.served(name);
        all.sort_by_key(|one| (one.took, one.from));
        let last = all.len().checked_sub(1)?;
        let rank = (all.len() as u64 * u64::from(thousandths)).div_ceil(1_000).max(1) - 1;
        all.get((rank as usize).min(last)).copied()
    }

    fn served(&self, name: &str) -> Vec<Served> {
        let mut again = self.clone();
        let (line, length) = (again.tree.shown(), again.length());
        let mut heard = Heard { name, open: BTreeMap::new(), ended: Vec::new() };
        again.go_to(length.saturating_sub(LOOKED_AT));
        for at in again.moment.step + 1..=length {
            let Some(step) = again.tree.step(line, at) else { break };
            let (event, _) = again.moment.apply(&again.machine, step.choice, step.pick, None);
            let class = |who: ProcessId| again.machine.layout().processes[who as usize].class;
            heard.take(again.machine.program(), &event, at, class);
        }
        heard.ended
    }
}

struct Heard<'a> {
    name: &'a str,
    /// Who waits, or lives, since which step and time.
    open: BTreeMap<ProcessId, (u32, u64)>,
    ended: Vec<Served>,
}

impl Heard<'_> {
    fn take(
        &mut self,
        program: &Program,
        event: &Event,
        at: u32,
        class: impl Fn(ProcessId) -> u32,
    ) {
        // `client.to.bank`: the calls of one kind of caller.
        let (caller, name) = match self.name.split_once(".to.") {
            Some((caller, service)) => (Some(caller), service),
            None => (None, self.name),
        };
        // Of a service that calls another all handlers are meant.
        let calls = |who: ProcessId| {
            let rest = |caller| program.classes[class(who) as usize].name.strip_prefix(caller);
            let is = |rest: &str| rest.is_empty() || rest.starts_with('.');
            caller.is_none_or(|caller| rest(caller).is_some_and(is))
        };
        let is_process = |who: ProcessId| {
            let class = &program.classes[class(who) as usize];
            caller.is_none() && class.name == name && !matches!(class.start, Start::Called { .. })
        };
        let receives = |who: ProcessId| program.classes[class(who) as usize].receives;
        for (who, fact) in &event.facts {
            match *fact {
                Fact::Service(ServiceFact::Called { target, handler, .. }) => {
                    let service = program.service(target.shared);
                    let handler = service.and_then(|it| it.handlers.get(handler as usize));
                    let called = &program.shared[target.shared as usize].name;
                    let whole = handler.map(|handler| format!("{called}.{}", handler.name));
                    if calls(*who) && (called == name || whole.as_deref() == Some(name)) {
                        self.open.insert(*who, (at, event.at));
                    }
                }
                Fact::Service(ServiceFact::Answered { caller, .. }) if !is_process(caller) => {
                    self.end(caller, at, event.at)
                }
                Fact::TimedOut if !is_process(*who) => self.end(*who, at, event.at),
                Fact::Began { .. } if is_process(*who) => {
                    self.open.insert(*who, (at, event.at));
                }
                // Who takes messages has a life for each; who goes on for ever one for each pass.
                Fact::Delivered { .. } if is_process(*who) && receives(*who) => {
                    self.open.insert(*who, (at, event.at));
                }
                Fact::Thought { leaves: false } if is_process(*who) => {
                    self.open.insert(*who, (at, event.at));
                }
                Fact::PassEnded | Fact::PassFailed { .. } if is_process(*who) => {
                    self.end(*who, at, event.at);
                    self.open.insert(*who, (at, event.at));
                }
                Fact::Ended | Fact::Failed { .. } if is_process(*who) => {
                    // Who is there from the start has begun at no step.
                    self.open.entry(*who).or_insert((1, 0));
                    self.end(*who, at, event.at);
                }
                _ => {}
            }
        }
    }

    fn end(&mut self, who: ProcessId, to: u32, now: u64) {
        if let Some((from, since)) = self.open.remove(&who) {
            self.ended.push(Served { from, to, took: now - since });
        }
    }
}
