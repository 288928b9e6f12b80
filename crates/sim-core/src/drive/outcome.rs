//! What the seed decides: which outcome a step has, whom a fault hits, who of equals goes first.

use super::calendar::Due;
use super::clock::Clock;
use super::entry::Ties;
use super::own::Own;
use crate::base::{Draw, Paged};
use crate::machine::{Machine, Position, State};
use crate::program::{Op, Pc, Span, Start};
use crate::trace::{Choice, Outage, ProcessId};

/// Draws that order what is ready at one instant are told from draws of values by this bit.
const TIE: u64 = 1 << 40;
/// Draws that tell requests apart, by this one.
const CALL: u64 = 1 << 41;
/// And copies of requests by this one.
const COPY: u64 = 1 << 42;

/// Draws ties when they are needed.
pub(super) struct Drawn<'a> {
    pub(super) machine: &'a Machine,
    pub(super) own: &'a Paged<Own>,
    pub(super) seed: u64,
}

impl Ties for Drawn<'_> {
    /// As [`Clock::tie`] and [`Clock::tie_of`] draw them.
    fn tie(&self, due: Due, stand: u32) -> u64 {
        let layout = self.machine.layout();
        let (place, instance) = match due {
            // The process stands where it stood when it came to stand for the `stand`-th time, else
            // the entry is void and its order does not matter.
            Due::Step(process) => {
                let own = self.own.get(process as usize);
                let slot = layout.processes[process as usize];
                let number = if slot.number_at == 0 { slot.number } else { own.number };
                let place = place_of(&self.machine.program().places[own.pc as usize].span);
                let known = instance_of(self.machine, slot.class, u64::from(number));
                (place, if own.origin == 0 { known } else { own.origin })
            }
            Due::Arrive(class) => match &self.machine.program().classes[class as usize].start {
                Start::Every { span, .. } => (place_of(span), 0),
                _ => (0, 0),
            },
            Due::Reappear(process, slot) => {
                let class = layout.processes[process as usize].class;
                let from = layout.flights[class as usize][slot as usize].from;
                (u64::from(from), u64::from(process))
            }
            _ => (0, 0),
        };
        Draw::at(self.seed, place | TIE, instance, u64::from(stand)).order()
    }
}

impl Clock {
    /// A draw that orders a process among equals.
    pub(super) fn tie(
        &self,
        machine: &Machine,
        state: &State,
        process: ProcessId,
        nth: u64,
    ) -> u64 {
        let place = match state.position(machine.layout(), process) {
            Position::At(pc) => u64::from(machine.program().places[pc as usize].span.start),
            _ => 0,
        };
        let instance = self.instance(machine, state, process);
        Draw::at(self.seed, place | TIE, instance, nth).order()
    }

    /// A draw that orders what happens to something shared, or to a class, among equals.
    pub(super) fn tie_of(&self, place: u64, element: u64, nth: u64) -> u64 {
        Draw::at(self.seed, place | TIE, element, nth).order()
    }

    /// Whom a fault hits: one of those it may, by the seed.
    pub(super) fn victim(&self, machine: &Machine, state: &State, fault: u32) -> Option<Choice> {
        let mut victims = Vec::new();
        machine.each_choice(state, &mut |choice| {
            let of = match choice {
                Choice::Strike { fault, .. } | Choice::Outage(Outage::Strike { fault, .. }) => {
                    Some(fault)
                }
                _ => None,
            };
            if of == Some(fault) {
                victims.push(choice);
            }
        });
        let place = u64::from(machine.program().faults[fault as usize].span.start);
        let count = victims.len() as u64;
        let struck = state.get(machine.layout().struck[fault as usize] as usize);
        (count > 0).then(|| {
            let at = Draw::at(self.seed, place, 0, struck as u64).below(count);
            victims[at as usize]
        })
    }

    /// Which outcome of a step comes, by the seed.
    #[inline(never)]
    pub(super) fn outcome(
        &self,
        machine: &Machine,
        state: &State,
        process: ProcessId,
        pc: Pc,
        at: u64,
    ) -> u32 {
        if machine.is_drawing(pc) {
            let mut nth = 0;
            // What time decides comes first of all.
            let mut by_time = machine.asks_time(state, process, pc);
            return machine.draw_path(state, process, pc, &mut |weights, asked| {
                nth += 1;
                if let Some((cache, key)) = asked {
                    return self.is_over_at(machine, cache, key, at);
                }
                if std::mem::take(&mut by_time) {
                    return self.guard_outcome(machine, state, (process, pc), at);
                }
                self.weighed(machine, state, process, pc, nth, weights)
            });
        }
        match machine.program().code[pc as usize] {
            Op::Draw { what, .. } => {
                let weights = machine.weights(state, process, what);
                self.weighed(machine, state, process, pc, 0, &weights)
            }
            Op::Think { leave: Some(_), .. } => {
                let class = machine.layout().processes[process as usize].class;
                let over = match machine.program().classes[class as usize].start {
                    Start::Again { until: Some(until) } => at > until.max(0) as u64,
                    _ => false,
                };
                u32::from(over)
            }
            Op::Send { .. } | Op::Enter { .. } => {
                match machine.fails_where(state, process, pc).and_then(|at| machine.failing(at)) {
                    Some((fault, share))
                        if machine.outcomes(state, process, pc) > 1
                            && Clock::fails_at(machine, fault, at) =>
                    {
                        let share = share.clamp(0, crate::program::WHOLE) as u64;
                        let weights = [crate::program::WHOLE as u64 - share, share];
                        self.weighed(machine, state, process, pc, 0, &weights)
                    }
                    _ => 0,
                }
            }
            Op::Admit { .. } | Op::Report { .. } | Op::Token { .. } => {
                self.guard_outcome(machine, state, (process, pc), at)
            }
            Op::Call { .. } | Op::Arrive { .. } | Op::Back { .. } => {
                let weights = machine.call_weights(state, process, pc);
                self.weighed(machine, state, process, pc, 0, &weights)
            }
            Op::CacheRead { .. } | Op::Lookup { .. } => machine
                .asks_cache(state, process, pc)
                .map_or(0, |(cache, key)| self.is_over_at(machine, cache, key, at)),
            Op::Receive { from, .. } if machine.program().group(from).is_some() => {
                let weights = vec![1; machine.outcomes(state, process, pc) as usize];
                self.weighed(machine, state, process, pc, 0, &weights)
            }
            Op::Notify { all: false, .. } => {
                let condition = machine.target(state, process, pc);
                let sleepers = condition.into_iter().flat_map(|c| machine.sleepers(state, c));
                let longest = sleepers
                    .enumerate()
                    .min_by_key(|(_, sleeper)| self.own.get(*sleeper as usize).since);
                longest.map_or(0, |(outcome, _)| outcome as u32)
            }
            _ => 0,
        }
    }

    /// Who draws. A request is known by who called and which of its calls from there it is, so that
    /// it meets the same whatever happens to others.
    fn instance(&self, machine: &Machine, state: &State, process: ProcessId) -> u64 {
        let class = machine.layout().processes[process as usize].class;
        match self.own.get(process as usize).origin {
            0 => instance_of(machine, class, u64::from(state.number(machine.layout(), process))),
            origin => origin,
        }
    }

    /// A process calls from where it stands: the request will be known as its.
    pub(super) fn calls(
        &mut self,
        machine: &Machine,
        process: ProcessId,
        request: Option<ProcessId>,
    ) {
        let own = self.own.get_mut(process as usize);
        let place = place_of(&machine.program().places[own.pc as usize].span) | CALL;
        let nth = own.draws.count(place);
        let caller = self.instance_now(machine, process);
        if let Some(request) = request {
            let origin = Draw::at(self.seed, place, caller, u64::from(nth)).order() | 1;
            self.own.get_mut(request as usize).origin = origin;
        }
    }

    /// A request is there twice.
    pub(super) fn doubles(&mut self, request: ProcessId, copy: ProcessId) {
        let own = self.own.get(request as usize).origin;
        let origin = Draw::at(self.seed, COPY, own, 0).order() | 1;
        self.own.get_mut(copy as usize).origin = origin;
    }

    fn weighed(
        &self,
        machine: &Machine,
        state: &State,
        process: ProcessId,
        pc: Pc,
        nth: u64,
        weights: &[u64],
    ) -> u32 {
        let sum: u64 = weights.iter().sum();
        if weights.len() < 2 || sum == 0 {
            return 0;
        }
        let place = place_of(&machine.program().places[pc as usize].span);
        let drawn = self.own.get(process as usize).draws.at(place);
        let place = place | nth << 48;
        let instance = self.instance(machine, state, process);
        let mut at = Draw::at(self.seed, place, instance, u64::from(drawn)).below(sum);
        for (outcome, weight) in weights.iter().enumerate() {
            if at < *weight {
                return outcome as u32;
            }
            at -= weight;
        }
        0
    }
}

pub(super) fn place_of(span: &Span) -> u64 {
    u64::from(span.start)
}

/// Who draws: a number of a class. A class is known by its place in the text, for its index depends
/// on which others there are under these parameters.
pub(super) fn instance_of(machine: &Machine, class: u32, number: u64) -> u64 {
    place_of(&machine.program().classes[class as usize].span) << 32 | number
}
