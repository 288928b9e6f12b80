//! How the clock hears what a step does.

use super::calendar::Due;
use super::clock::{CORES, Clock};
use super::entry::Entry;
use super::outcome::place_of;
use crate::machine::{Machine, Pace, Stay, Watch};
use crate::program::{Details, Mode, Op, Pc, WHOLE};
use crate::trace::{Fact, ProcessId, ServiceFact, Target};

/// Hears what a step does, in the clock's place.
pub struct Ear<'a> {
    pub(super) clock: &'a mut Clock,
    pub(super) machine: &'a Machine,
}

impl Ear<'_> {
    #[inline(always)]
    fn hear(&mut self, process: ProcessId, fact: Fact) {
        let clock = &mut *self.clock;
        match fact {
            Fact::Took { target, token, .. } => {
                clock.stir(target);
                if token.is_some()
                    && let Details::Lease(time) =
                        self.machine.program().shared[target.shared as usize].details
                {
                    let at = clock.now.saturating_add(time.max(0) as u64);
                    clock.leases.insert(target, at);
                    let place = u64::from(target.shared);
                    let tie = clock.tie_of(place, u64::from(target.element), clock.taken);
                    clock.add(self.machine, Entry::new(at, tie, Due::lease(target), 0));
                }
                clock.written = true;
            }
            Fact::LetGo { target, mode } => {
                clock.stir(target);
                if mode == Mode::Lock {
                    clock.leases.remove(&target);
                }
                clock.written = true;
            }
            Fact::Service(ServiceFact::Called { request, .. }) => {
                clock.calls(self.machine, process, Some(request));
            }
            Fact::Service(ServiceFact::CallDoubled { request }) => clock.doubles(process, request),
            Fact::Service(ServiceFact::Entered { target })
            | Fact::Service(ServiceFact::Replied { target, .. })
            | Fact::Service(ServiceFact::Abandoned { target })
            | Fact::Service(ServiceFact::Cancelled { target })
            | Fact::Service(ServiceFact::NotLetIn { target, .. }) => {
                let pc = clock.own.get(process as usize).pc;
                if matches!(self.machine.program().code[pc as usize], Op::Call { .. }) {
                    clock.calls(self.machine, process, None);
                }
                clock.stir(target);
                clock.written = true;
            }
            // It may go on now.
            Fact::BranchEnded { parent } => clock.stood.push(parent),
            Fact::Service(ServiceFact::ReplicaStarting { target }) => {
                clock.starts(self.machine, target)
            }
            Fact::Service(
                ServiceFact::ReplicaBack { .. }
                | ServiceFact::ReplicaCrashed { .. }
                | ServiceFact::ReplicaLeaves { .. },
            ) => clock.written = true,
            Fact::Service(ServiceFact::Anew { target }) => {
                clock.begins_anew(target);
                clock.stir(target);
                clock.written = true;
            }
            Fact::Kept { target, key, .. } => {
                if self.machine.keeps_for(target.shared).is_some() {
                    clock.filled.insert((target, key), clock.now);
                }
                clock.written = true;
            }
            Fact::Evicted { target, key } | Fact::Uncached { target, key, .. } => {
                clock.filled.remove(&(target, key));
                clock.written = true;
            }
            Fact::Service(ServiceFact::Forgotten { target }) => {
                clock.arm_cancel(self.machine, process, target)
            }
            Fact::Service(ServiceFact::Computes { target })
            | Fact::Service(ServiceFact::Computed { target }) => {
                clock.stir(Target { shared: target.shared | CORES, ..target });
                clock.written = true;
            }
            Fact::Data(fact) => clock.hear_of_data(self.machine, fact),
            Fact::Expired { target } => {
                clock.stir(target);
                clock.leases.remove(&target);
                clock.written = true;
            }
            Fact::Began { number } => {
                // Who starts again goes on drawing; who is new begins.
                let own = clock.own.get_mut(process as usize);
                let slot = self.machine.layout().processes[process as usize];
                own.begin(number, slot.number_at == 0 || own.number == number);
                clock.forget_guards(process);
            }
            Fact::Resumed => {
                clock.own.get_mut(process as usize).lift = None;
                clock.stood.push(process);
            }
            Fact::Crashed => {
                clock.left = true;
                clock.leave_line(process);
                clock.forget_guards(process);
                clock.hear_of_messages(self.machine, process, &fact);
            }
            Fact::Ended | Fact::Failed { .. } | Fact::Endless => {
                clock.left = true;
                let own = clock.own.get_mut(process as usize);
                own.stand = own.stand.wrapping_add(1);
                own.queued = false;
            }
            Fact::LetIn { .. }
            | Fact::Settled { .. }
            | Fact::Switched { .. }
            | Fact::GotToken { .. }
            | Fact::Earned { .. } => clock.hear_of_guards(self.machine, process, &fact),
            other => clock.hear_of_messages(self.machine, process, &other),
        }
    }
}

impl Ear<'_> {
    #[inline(never)]
    fn counts_draw(&mut self, process: ProcessId, pc: Pc) {
        let place = place_of(&self.machine.program().places[pc as usize].span);
        let own = self.clock.own.get_mut(process as usize);
        own.draws.count(place);
    }

    /// How many times as long something takes under faults.
    #[inline(never)]
    fn slows(&self, process: ProcessId, pace: Pace, time: u64) -> u64 {
        let by = u128::try_from(self.clock.slowed(self.machine, process, pace)).unwrap_or(0);
        let slowed = u128::from(time) * by / WHOLE as u128;
        u64::try_from(slowed).unwrap_or(u64::MAX)
    }
}

impl Watch for Ear<'_> {
    #[inline(always)]
    fn fact(&mut self, process: ProcessId, fact: Fact) {
        match fact {
            // What changes nothing for the clock, among it what is heard most often.
            Fact::Local { .. }
            | Fact::Read { .. }
            | Fact::ReadKey { .. }
            | Fact::Gauged { .. }
            | Fact::Paused { .. }
            | Fact::Thought { .. }
            | Fact::PassEnded
            | Fact::Field { .. }
            | Fact::Drew { .. }
            | Fact::Passed { .. }
            | Fact::AtomicBegan
            | Fact::Hole { .. }
            | Fact::Said { .. }
            | Fact::Outcome { .. }
            | Fact::Recorded { .. } => {}
            Fact::Wrote { .. } | Fact::WroteKey { .. } | Fact::Counted { .. } => {
                self.clock.written = true;
            }
            fact => self.hear(process, fact),
        }
    }

    #[inline(always)]
    fn passes(&mut self, process: ProcessId, pc: Pc) {
        if self.machine.draws(pc) {
            self.counts_draw(process, pc);
        }
    }

    #[inline(always)]
    fn stands(&mut self, process: ProcessId, pc: Pc, stay: Stay, pace: Pace) {
        let mut time = match stay {
            Stay::None => 0,
            stay => self.clock.stay(self.machine, process, pc, stay),
        };
        if pace != Pace::Idle {
            time = self.slows(process, pace, time);
        }
        let (now, taken) = (self.clock.now, self.clock.taken);
        if !self.clock.untils.is_empty() {
            self.clock.untils.remove(&process);
        }
        let own = self.clock.own.get_mut(process as usize);
        own.due = now.saturating_add(time);
        own.since = taken;
        own.stand = own.stand.wrapping_add(1);
        own.pc = pc;
        own.queued = false;
        if own.line.is_some() {
            self.clock.leave_that_line(process);
        }
        self.clock.stood.push(process);
    }

    fn arms(&mut self, process: ProcessId, timer: u16, time: i64) {
        let at = self.clock.now.saturating_add(time.max(0) as u64);
        self.clock.own.get_mut(process as usize).arm(timer as usize, at);
    }

    fn age(&mut self, message: u32) -> i64 {
        self.clock.age_of(message)
    }

    fn retries(&mut self, process: ProcessId, slot: u16) {
        let own = self.clock.own.get_mut(process as usize);
        own.retries.truncate(slot as usize);
        own.retries.resize(slot as usize + 1, (0, 0));
    }
}
