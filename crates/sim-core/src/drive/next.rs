//! What the clock lets happen next: the first of what is due that may still happen.

use super::calendar::{Due, FRONT};
use super::clock::{CORES, Clock};
use super::entry::Entry;
use super::outcome::Drawn;
use crate::machine::{Blocked, Machine, Position, State};
use crate::program::FaultKind;
use crate::trace::{Choice, Outage, ProcessId, Target, Traffic};

/// How many of the processes ready at one instant are drawn from; with more, their order in the
/// calendar, which is a draw too, decides which.
const CANDIDATES: usize = FRONT;

impl Clock {
    /// True when nothing is due any more, or not in time.
    pub fn is_over(&mut self, machine: &Machine, state: &State) -> bool {
        self.first_due(machine, state).is_none()
    }

    /// True if something would still be due had the text's `run` not set an end.
    pub fn is_cut(&mut self, machine: &Machine, state: &State) -> bool {
        let length = self.length.take();
        let due = !self.is_over(machine, state);
        self.length = length;
        due
    }

    /// What the clock lets happen next; `None` when nothing is due any more, or not in time.
    ///
    /// Among processes ready at one instant the least draw wins, drawn anew for each step of the
    /// run: neither storage order nor other processes' draws decide.
    pub fn next(&mut self, machine: &Machine, state: &State) -> Option<Choice> {
        let ties = Drawn { machine, own: &self.own, seed: self.seed };
        let &Entry { at, due, stand, .. } = self.calendar.first(&ties)?;
        let instant = at.max(self.now);
        // Nearly always one process may take its step and nothing else is due.
        if let Due::Step(process) = due
            && self.calendar.is_first_alone(instant)
            && self.length.is_none_or(|length| instant <= length)
            && self.may_step(machine, state, (process, stand), instant)
        {
            return Some(self.step_of(machine, state, process, instant));
        }
        self.next_of_many(machine, state)
    }

    #[inline(never)]
    fn next_of_many(&mut self, machine: &Machine, state: &State) -> Option<Choice> {
        let (first, choice) = self.first_due(machine, state)?;
        let (Due::Step(only), Choice::Step { .. }) = (first.due, choice) else {
            return Some(choice);
        };
        let instant = first.at.max(self.now);
        let mut best = None;
        let mut seen = 1;
        // What is due later is left alone: whether it may happen is known once these steps are taken.
        while seen < CANDIDATES {
            let ties = Drawn { machine, own: &self.own, seed: self.seed };
            let Some(entry) = self.calendar.nth(seen, instant, &ties) else { break };
            let Due::Step(process) = entry.due else { break };
            if entry.at > instant {
                break;
            }
            if self.choice_of(machine, state, entry).is_none() {
                self.calendar.drop_nth(seen);
                self.dropped(machine, state, entry);
                continue;
            }
            let draw = |process| (self.tie(machine, state, process, self.taken), process);
            let before = best.unwrap_or_else(|| draw(only));
            best = Some(before.min(draw(process)));
            seen += 1;
        }
        let process = best.map_or(only, |(_, process)| process);
        Some(self.step_of(machine, state, process, instant))
    }

    /// A process's step with its outcome.
    #[inline(always)]
    fn step_of(&self, machine: &Machine, state: &State, process: ProcessId, at: u64) -> Choice {
        let pc = self.own.get(process as usize).pc;
        let chosen = || self.outcome(machine, state, process, pc, at);
        let outcome = if machine.is_chosen(pc) { chosen() } else { 0 };
        Choice::Step { process, outcome }
    }

    /// True if the process still stands where it came to stand so often, and is free to move.
    #[inline(always)]
    fn may_step(
        &self,
        machine: &Machine,
        state: &State,
        (process, stand): (ProcessId, u32),
        at: u64,
    ) -> bool {
        self.own.get(process as usize).stand == stand
            && machine.may_move(state, process)
            && self.has_its_token(machine, state, process, at)
            && self.has_looked(machine, state, process, at)
    }

    /// The first entry that is not void, with what it stands for, of a step without its outcome.
    fn first_due(&mut self, machine: &Machine, state: &State) -> Option<(Entry, Choice)> {
        loop {
            let ties = Drawn { machine, own: &self.own, seed: self.seed };
            let entry = *self.calendar.first(&ties)?;
            if self.length.is_some_and(|length| entry.at.max(self.now) > length) {
                return None;
            }
            if let Some(choice) = self.choice_of(machine, state, entry) {
                return Some((entry, choice));
            }
            self.calendar.drop_nth(0);
            self.dropped(machine, state, entry);
        }
    }

    /// An entry that may not happen as things are has been thrown away.
    fn dropped(&mut self, machine: &Machine, state: &State, entry: Entry) {
        match entry.due {
            Due::Step(process) if self.own.get(process as usize).stand == entry.stand => {
                self.own.get_mut(process as usize).queued = false;
                self.wait_for_loop(machine, state, process);
            }
            Due::TimeOut(process, timer)
                if self.own.get(process as usize).is_armed(timer, entry.stand) =>
            {
                self.own.get_mut(process as usize).timers[timer as usize].queued = false;
            }
            Due::Arrive(class) if self.arrivals[class as usize] == Some(entry.at) => {
                self.at_door.insert(class);
                self.crowded.insert(class);
            }
            Due::WaitOver(process, _) if self.own.get(process as usize).stand == entry.stand => {
                self.overdue.push(entry);
            }
            Due::Reappear(process, slot) => self.put_off(machine, (process, slot), entry.at),
            _ => {}
        }
    }

    /// Whose time has come while another has the loop stands in line for it.
    fn wait_for_loop(&mut self, machine: &Machine, state: &State, process: ProcessId) {
        let pc = self.own.get(process as usize).pc;
        if machine.may_move(state, process) {
            return self.await_another_token(machine, state, process);
        }
        let Some(replica) = machine.needs_loop(state, process, pc) else { return };
        // Whose token is there waits for the loop, no longer for the token.
        if machine.awaits_token(pc) {
            self.leave_line(process);
        }
        if self.own.get(process as usize).line.is_none() {
            let line = Target { shared: replica.shared | CORES, ..replica };
            self.lines.join(line, process);
            self.own.get_mut(process as usize).line = Some(line);
        }
    }

    /// What an entry of the calendar stands for, if it still does.
    fn choice_of(&self, machine: &Machine, state: &State, entry: Entry) -> Option<Choice> {
        let layout = machine.layout();
        let own = |process: ProcessId| self.own.get(process as usize);
        match entry.due {
            Due::Step(process) => {
                let at = entry.at.max(self.now);
                let so = self.may_step(machine, state, (process, entry.stand), at);
                so.then_some(Choice::Step { process, outcome: 0 })
            }
            Due::TimeOut(process, timer) => {
                let standing = machine.standing_of(state, process)?;
                let strikes = machine.program().strikes.get(&standing.pc)?;
                let armed = strikes.iter().any(|strike| strike.timer == timer)
                    && own(process).is_armed(timer, entry.stand);
                let stopped = matches!(standing.blocked, Some(Blocked::Stopped { .. }));
                (armed && !stopped).then_some(Choice::TimeOut { process, timer })
            }
            Due::WaitOver(process, pc) => {
                let standing = machine.standing_of(state, process)?;
                let waits = standing.pc == pc
                    && own(process).stand == entry.stand
                    && (matches!(
                        standing.blocked,
                        Some(Blocked::Held { .. } | Blocked::AllBusy { .. })
                    ) || (standing.blocked.is_none() && machine.awaits_token(pc)));
                waits.then_some(Choice::WaitOver { process })
            }
            Due::Arrive(class) => {
                let so = self.arrivals[class as usize] == Some(entry.at)
                    && machine.room_in(state, class).is_some();
                so.then_some(Choice::Arrive { class })
            }
            Due::Expire(shared, element) => {
                let lock = Target { shared, element };
                let so =
                    self.leases.get(&lock) == Some(&entry.at) && state.element(layout, lock) != 0;
                so.then_some(Choice::Expire { lock })
            }
            Due::Strike(fault)
                if machine.program().faults[fault as usize].kind == FaultKind::Partition =>
            {
                machine.cuts_now(state, fault).then_some(Choice::Traffic(Traffic::Cut { fault }))
            }
            Due::Strike(fault) => self.victim(machine, state, fault),
            Due::Travel(..)
            | Due::Double(..)
            | Due::Ready(..)
            | Due::Reappear(..)
            | Due::Rebalance(_)
            | Due::Heal(_) => {
                self.traffic_of(machine, state, entry.due, entry.at).map(Choice::Traffic)
            }
            Due::ReplicaBack(shared, element) => {
                let replica = Target { shared, element };
                if self.replicas_back.get(&replica) != Some(&entry.at) {
                    None
                } else if machine.is_starting(state, replica) {
                    Some(Choice::Outage(Outage::Ready { replica }))
                } else {
                    machine
                        .may_come_back(state, replica)
                        .then_some(Choice::Outage(Outage::Lift { replica }))
                }
            }
            Due::Replicate(database, copy) => {
                self.replication(machine, state, (database, copy), entry.at)
            }
            Due::Lift(process) => {
                let so = own(process).lift == Some(entry.at)
                    && (state.stopped(layout, process).is_some()
                        || matches!(state.position(layout, process), Position::Down(_)));
                so.then_some(Choice::Lift { process })
            }
        }
    }
}
