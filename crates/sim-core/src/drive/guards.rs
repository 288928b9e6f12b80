//! What the clock knows of breakers and limiters: since when one is open, when a call was let in,
//! in which second the last result came, what a limiter has let through.

use super::clock::Clock;
use super::entry::Entry;
use crate::machine::{Blocked, Machine, State};
use crate::program::{Allowance, Guarding, Op, Pc, Program, SharedKind, Window};
use crate::trace::{Fact, ProcessId, Target};
use std::collections::BTreeMap;

const SECOND: u64 = 1_000_000_000;

/// What is known of breakers and limiters.
#[derive(Clone, Debug, Default)]
pub(super) struct Guards {
    /// There are some.
    any: bool,
    /// Since when a breaker is open.
    opened: BTreeMap<Target, u64>,
    /// The second of the newest results in a window of time.
    second: BTreeMap<Target, u64>,
    /// What limiters have let through, those that were asked before.
    allowances: BTreeMap<Target, Allowance>,
    /// Where processes are inside, and since when, the inmost last.
    inside: BTreeMap<ProcessId, Vec<(Target, u64)>>,
    /// When who is first in line before a limiter is to take its token.
    planned: BTreeMap<ProcessId, u64>,
}

impl Guards {
    pub(super) fn new(program: &Program) -> Guards {
        let guards = |kind| matches!(kind, SharedKind::Breaker | SharedKind::Limiter);
        Guards { any: program.shared.iter().any(|it| guards(it.kind)), ..Guards::default() }
    }

    /// True for a limiter, before which a token is awaited and not somebody else.
    #[inline(always)]
    pub(super) fn plans(&self, machine: &Machine, target: Target) -> bool {
        self.any && {
            let shared = machine.program().shared.get(target.shared as usize);
            shared.is_some_and(|it| it.kind == SharedKind::Limiter)
        }
    }
}

impl Clock {
    /// When a breaker that is open lets somebody try; not before, but right after this time.
    #[must_use]
    pub fn opens_until(&self, machine: &Machine, breaker: Target) -> Option<u64> {
        let open = machine.program().breaker(breaker.shared)?.open.max(0) as u64;
        Some(self.guards.opened.get(&breaker)?.saturating_add(open))
    }

    /// How many tokens a limiter has now.
    #[must_use]
    pub fn tokens(&self, machine: &Machine, limiter: Target) -> i64 {
        let Some(declared) = machine.program().limiter(limiter.shared) else { return 0 };
        match self.guards.allowances.get(&limiter) {
            Some(allowance) => allowance.tokens(declared, self.now),
            None => declared.fresh().tokens(declared, self.now),
        }
    }

    /// When a limiter next has a token by the clock.
    #[must_use]
    pub fn next_token_at(&self, machine: &Machine, limiter: Target) -> Option<u64> {
        self.next_token(machine, limiter, self.now)
    }

    /// When a limiter next has a token, from a time on.
    fn next_token(&self, machine: &Machine, limiter: Target, from: u64) -> Option<u64> {
        let declared = machine.program().limiter(limiter.shared)?;
        match self.guards.allowances.get(&limiter) {
            Some(allowance) => allowance.next(declared, from),
            None => declared.fresh().next(declared, from),
        }
    }

    /// Which outcome a step at a breaker or limiter has at a time.
    pub(super) fn guard_outcome(
        &self,
        machine: &Machine,
        state: &State,
        (process, pc): (ProcessId, Pc),
        at: u64,
    ) -> u32 {
        let Some(target) = machine.target(state, process, pc) else { return 0 };
        match machine.program().code[pc as usize] {
            Op::Admit { .. } if machine.guarding(state, target) == Guarding::Open => {
                u32::from(self.opens_until(machine, target).is_none_or(|until| at > until))
            }
            Op::Report { .. } => machine.leaving(state, process, pc).map_or(0, |leaving| {
                let since = self.since_inside(process, target).unwrap_or(at);
                let slow_after = leaving.slow_after.map_or(u64::MAX, |after| after.max(0) as u64);
                let slow = at.saturating_sub(since) > slow_after;
                let newest = self.guards.second.get(&target).copied().unwrap_or(0);
                leaving.outcome(slow, (at / SECOND).saturating_sub(newest))
            }),
            Op::Token { .. } if machine.outcomes(state, process, pc) > 1 => {
                u32::from(self.next_token(machine, target, at) != Some(at))
            }
            _ => 0,
        }
    }

    fn since_inside(&self, process: ProcessId, target: Target) -> Option<u64> {
        let inside = self.guards.inside.get(&process)?;
        inside.iter().rev().find(|(at, _)| *at == target).map(|(_, since)| *since)
    }

    /// A process takes a step at a breaker or limiter, by whoever's pick: time goes on to when it can
    /// end so.
    #[inline(always)]
    pub(super) fn moves_at_guard(
        &mut self,
        machine: &Machine,
        state: &State,
        process: ProcessId,
        outcome: u32,
    ) {
        if self.guards.any {
            self.goes_on_to(machine, state, process, outcome);
        }
    }

    #[inline(never)]
    fn goes_on_to(&mut self, machine: &Machine, state: &State, process: ProcessId, outcome: u32) {
        let pc = self.own.get(process as usize).pc;
        self.guards.planned.remove(&process);
        let Some(target) = machine.target(state, process, pc) else { return };
        let is_guard = matches!(
            machine.program().code[pc as usize],
            Op::Admit { .. } | Op::Report { .. } | Op::Token { .. }
        );
        if !is_guard {
            return;
        }
        let outcome = machine.part_of_time(state, process, pc, outcome);
        let time = match machine.program().code[pc as usize] {
            Op::Admit { .. } if outcome == 1 => {
                self.opens_until(machine, target).map(|until| until.saturating_add(1))
            }
            Op::Report { .. } => machine.leaving(state, process, pc).map(|leaving| {
                let (slow, seconds) = leaving.meant(outcome);
                let since = self.since_inside(process, target).unwrap_or(self.now);
                let after = leaving.slow_after.unwrap_or(0).max(0) as u64;
                let done = if slow { since.saturating_add(after).saturating_add(1) } else { 0 };
                let newest = self.guards.second.get(&target).copied().unwrap_or(0);
                let over = (newest + u64::from(seconds)).saturating_mul(SECOND);
                done.max(if seconds > 0 { over } else { 0 })
            }),
            Op::Token { .. } if outcome == 0 => self.next_token(machine, target, self.now),
            _ => None,
        };
        self.now = self.now.max(time.unwrap_or(0));
    }

    /// Takes in what a step did with breakers and limiters.
    pub(super) fn hear_of_guards(&mut self, machine: &Machine, process: ProcessId, fact: &Fact) {
        let now = self.now;
        match *fact {
            Fact::LetIn { target, .. } => {
                self.guards.inside.entry(process).or_default().push((target, now));
                self.written = true;
            }
            Fact::Settled { target, counts, .. } => {
                if let Some(inside) = self.guards.inside.get_mut(&process) {
                    if let Some(at) = inside.iter().rposition(|(one, _)| *one == target) {
                        inside.remove(at);
                    }
                    if inside.is_empty() {
                        self.guards.inside.remove(&process);
                    }
                }
                let declared = machine.program().breaker(target.shared);
                let by_time = |breaker: &crate::program::Breaker| {
                    matches!(breaker.window, Window::Seconds(_))
                };
                if counts && declared.is_some_and(by_time) {
                    self.guards.second.insert(target, now / SECOND);
                }
                self.written = true;
            }
            Fact::Switched { target, to, .. } => {
                self.guards.opened.remove(&target);
                self.guards.second.remove(&target);
                if to == Guarding::Open {
                    self.guards.opened.insert(target, now);
                }
                self.written = true;
            }
            Fact::GotToken { target, .. } | Fact::Earned { target } => {
                let Some(declared) = machine.program().limiter(target.shared) else { return };
                let allowance =
                    self.guards.allowances.entry(target).or_insert_with(|| declared.fresh());
                match fact {
                    Fact::Earned { .. } => allowance.earn(declared, now),
                    _ => allowance.take(declared, now),
                }
                self.stir(target);
            }
            _ => {}
        }
    }

    /// A replica's own thing is as it was at the start.
    pub(super) fn begins_anew(&mut self, target: Target) {
        self.guards.opened.remove(&target);
        self.guards.second.remove(&target);
        self.guards.allowances.remove(&target);
        self.leases.remove(&target);
    }

    /// Who is new, or gone, is inside nothing.
    #[inline(always)]
    pub(super) fn forget_guards(&mut self, process: ProcessId) {
        if self.guards.any {
            self.guards.inside.remove(&process);
            self.guards.planned.remove(&process);
        }
    }

    /// A process stands before a limiter and waits for its turn.
    pub(super) fn await_token(
        &mut self,
        machine: &Machine,
        state: &State,
        process: ProcessId,
        pc: Pc,
    ) {
        let Some(target) = machine.target(state, process, pc) else {
            return self.queue(machine, process);
        };
        if self.own.get(process as usize).line.is_none() {
            self.lines.join(target, process);
            self.own.get_mut(process as usize).line = Some(target);
        }
        self.stir(target);
        self.await_patience(machine, state, process, pc);
    }

    /// False for who waits for a token where there is none at a time.
    #[inline(always)]
    pub(super) fn has_its_token(
        &self,
        machine: &Machine,
        state: &State,
        process: ProcessId,
        at: u64,
    ) -> bool {
        !self.guards.any || self.finds_its_token(machine, state, process, at)
    }

    #[inline(never)]
    fn finds_its_token(
        &self,
        machine: &Machine,
        state: &State,
        process: ProcessId,
        at: u64,
    ) -> bool {
        let pc = self.own.get(process as usize).pc;
        let target = machine.target(state, process, pc).filter(|_| machine.awaits_token(pc));
        target.is_none_or(|target| self.next_token(machine, target, at) == Some(at))
    }

    /// Somebody else was given the token that was there: it waits for the next one.
    pub(super) fn await_another_token(
        &mut self,
        machine: &Machine,
        state: &State,
        process: ProcessId,
    ) {
        let pc = self.own.get(process as usize).pc;
        if !machine.awaits_token(pc) {
            return;
        }
        let Some(target) = machine.target(state, process, pc) else { return };
        if self.own.get(process as usize).line != Some(target) {
            self.leave_line(process);
            self.lines.join(target, process);
            self.own.get_mut(process as usize).line = Some(target);
        }
        self.plan_token(machine, state, target);
    }

    /// Who is first in line before a limiter takes the next token when there is one.
    pub(super) fn plan_token(&mut self, machine: &Machine, state: &State, limiter: Target) {
        let Some(line) = self.lines.at(limiter) else { return };
        let free = |process: &&ProcessId| {
            let standing = machine.standing_of(state, **process);
            standing.is_some_and(|one| !matches!(one.blocked, Some(Blocked::Stopped { .. })))
        };
        let Some(&process) = line.iter().find(free) else { return };
        let from = self.now.max(self.own.get(process as usize).due);
        let Some(at) = self.next_token(machine, limiter, from) else { return };
        let own = self.own.get_mut(process as usize);
        if own.queued {
            if self.guards.planned.get(&process) == Some(&at) {
                return;
            }
            // What was planned is void; so is how long it waits, which is told anew.
            self.calendar.drop_step(process, own.stand);
            own.stand = own.stand.wrapping_add(1);
            let pc = own.pc;
            self.await_patience(machine, state, process, pc);
        }
        self.guards.planned.insert(process, at);
        let own = self.own.get_mut(process as usize);
        own.queued = true;
        let entry = Entry::undrawn(at, super::calendar::Due::Step(process), own.stand);
        self.add(machine, entry);
    }
}
