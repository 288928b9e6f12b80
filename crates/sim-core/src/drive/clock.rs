//! The clock: virtual time, and what it lets happen next.
//!
//! It looks on while steps are taken, by whoever's pick, and keeps what is due when. No part of a
//! state's identity, and no affair of the machine. A step costs what changed and not how many
//! processes there are.

use super::calendar::{Calendar, Due};
use super::data::UnderWay;
use super::ear::Ear;
use super::entry::Entry;
use super::guards::Guards;
use super::hidden::Hidden;
use super::lines::Lines;
use super::messages::{SENDERS, Travels};
use super::outcome::Drawn;
use super::own::Own;
use crate::base::Paged;
use crate::machine::{Blocked, Machine, Position, State};
use crate::program::{FaultKind, Gauge, Mode, Op, Pc, When, WhenFull};
use crate::trace::{Choice, Outage, ProcessId, Target, Traffic};
use std::collections::{BTreeMap, BTreeSet};

/// Open arrivals that nothing else ends stop at this time, nanoseconds.
pub(super) const OPEN_ARRIVALS: u64 = 60_000_000_000;

/// Who waits for a core of a replica stands in another line than who waits for a worker.
pub(super) const CORES: u32 = 1 << 30;

/// Virtual time and what is due.
#[derive(Clone, Debug)]
pub struct Clock {
    pub(super) now: u64,
    pub(super) seed: u64,
    pub(super) taken: u64,
    pub(super) own: Paged<Own>,
    pub(super) calendar: Calendar,
    /// Who stands in line for what can be taken, the longest waiter first.
    pub(super) lines: Lines,
    /// Who waits until something holds.
    pub(super) untils: BTreeSet<ProcessId>,
    pub(super) leases: BTreeMap<Target, u64>,
    /// For each class when the next instance arrives by itself.
    pub(super) arrivals: Vec<Option<u64>>,
    /// Who came to stand since things were last settled.
    pub(super) stood: Vec<ProcessId>,
    /// What can be taken and was touched since.
    pub(super) stirred: Vec<Target>,
    /// Something shared was written since.
    pub(super) written: bool,
    /// A `wait until` looks at who waits: that changes without a write.
    gauging: bool,
    /// Somebody ended since.
    pub(super) left: bool,
    /// Classes of which an instance is due and finds no room.
    pub(super) at_door: BTreeSet<u32>,
    /// Classes of which an instance ever found no room.
    pub(super) crowded: BTreeSet<u32>,
    /// Waits that were over while there was a permit, which another may take before the waiter.
    pub(super) overdue: Vec<Entry>,
    /// The clock stops here.
    pub(super) length: Option<u64>,
    /// What is known of messages.
    pub(super) travels: Travels,
    /// When messages that were taken are seen again.
    pub(super) hidden: Hidden,
    /// When replicas come back, or are ready.
    pub(super) replicas_back: BTreeMap<Target, u64>,
    /// When the values that caches keep were filled in, where they are kept for a time only.
    pub(super) filled: BTreeMap<(Target, i64), u64>,
    /// When the links of each fault are whole again.
    pub(super) heals: BTreeMap<u32, u64>,
    /// Somebody asks for the age of messages.
    pub(super) ages: bool,
    /// The step that is taken stores a message twice.
    pub(super) doubling: bool,
    /// What is known of breakers and limiters.
    pub(super) guards: Guards,
    /// When commits under way reach replicas.
    pub(super) copies: UnderWay,
}

impl Clock {
    /// Time 0, before the machine's start.
    #[must_use]
    pub fn new(machine: &Machine, seed: u64) -> Clock {
        let program = machine.program();
        Clock {
            now: 0,
            seed,
            taken: 0,
            own: Paged::new(&Own::default(), machine.layout().processes.len()),
            calendar: Calendar::default(),
            lines: Lines::default(),
            untils: BTreeSet::new(),
            leases: BTreeMap::new(),
            arrivals: vec![None; program.classes.len()],
            stood: Vec::new(),
            stirred: Vec::new(),
            written: false,
            gauging: program.conditions.iter().any(|condition| {
                condition.glance.code.clone().any(|pc| {
                    let op = program.code[pc as usize];
                    matches!(op, Op::Gauge { gauge: Gauge::Waiting, .. })
                })
            }),
            left: false,
            at_door: BTreeSet::new(),
            crowded: BTreeSet::new(),
            overdue: Vec::new(),
            length: program.run.length.map(|length| length.max(0) as u64),
            travels: Travels::default(),
            hidden: Hidden::default(),
            filled: BTreeMap::new(),
            heals: BTreeMap::new(),
            replicas_back: BTreeMap::new(),
            ages: program.code.iter().any(|op| matches!(op, Op::Age { .. })),
            doubling: false,
            guards: Guards::new(program),
            copies: UnderWay::new(),
        }
    }

    /// Virtual time, nanoseconds.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.now
    }

    /// When a process's next step is due, nanoseconds.
    #[must_use]
    pub fn due(&self, process: ProcessId) -> u64 {
        self.own.get(process as usize).due
    }

    /// When each `within` around a process runs out, outermost first.
    #[must_use]
    pub fn deadlines(&self, process: ProcessId) -> &[u64] {
        &self.own.get(process as usize).deadlines
    }

    /// Classes of which an instance came and had to wait outside: as many were there as may be.
    #[must_use]
    pub fn crowded(&self) -> &BTreeSet<u32> {
        &self.crowded
    }

    /// When a lease runs out.
    #[must_use]
    pub fn lease_ends(&self, lock: Target) -> Option<u64> {
        self.leases.get(&lock).copied()
    }

    /// A watch that keeps the clock's books while a step is taken.
    pub fn ear<'a>(&'a mut self, machine: &'a Machine) -> Ear<'a> {
        Ear { clock: self, machine }
    }

    /// The run begins: what comes by itself is put into the calendar.
    pub fn begin(&mut self, machine: &Machine, state: &State) {
        let program = machine.program();
        for class in 0..program.classes.len() as u32 {
            self.next_arrival(machine, state, class);
        }
        for (fault, declared) in program.faults.iter().enumerate() {
            let strikes =
                matches!(declared.kind, FaultKind::Crash | FaultKind::Pause | FaultKind::Partition);
            if let When::At(at) | When::From(at, _) = declared.when
                && strikes
            {
                self.add(machine, Entry::new(at.max(0) as u64, 0, Due::Strike(fault as u32), 0));
            }
        }
        self.settle(machine, state);
    }

    /// Something is about to happen, by whoever's pick: time goes on to when it was due, or stays
    /// where it is if that is past.
    #[inline]
    pub fn moves(&mut self, machine: &Machine, state: &State, choice: Choice) {
        self.taken += 1;
        if let Choice::Step { process, outcome } = choice {
            self.doubling = false;
            if !self.filled.is_empty() && outcome > 0 {
                self.age_to(machine, state, process);
            }
            if !self.untils.is_empty() {
                self.untils.remove(&process);
            }
            self.now = self.now.max(self.due_of_step(machine, state, process));
            self.moves_at_guard(machine, state, process, outcome);
            let own = self.own.get_mut(process as usize);
            if own.queued {
                self.calendar.drop_step(process, own.stand);
            }
            own.stand = own.stand.wrapping_add(1);
            own.queued = false;
            if own.line.is_some() {
                self.leave_that_line(process);
            }
            return;
        }
        self.moves_by_itself(machine, state, choice);
    }

    /// What is about to happen is no process's own step.
    #[inline(never)]
    fn moves_by_itself(&mut self, machine: &Machine, state: &State, choice: Choice) {
        self.now = self.now.max(self.due_of(machine, state, choice));
        self.doubling = matches!(choice, Choice::Traffic(Traffic::Double { .. }));
        let moved = match choice {
            Choice::Step { process, .. }
            | Choice::TimeOut { process, .. }
            | Choice::WaitOver { process }
            | Choice::Strike { process, .. }
            | Choice::Lift { process } => process,
            Choice::Arrive { class } => {
                self.calendar.drop_first(Due::Arrive(class));
                self.arrivals[class as usize] = None;
                self.at_door.remove(&class);
                return;
            }
            Choice::Expire { .. } => return,
            Choice::Outage(_) => return,
            Choice::Replicate { database, copy } => return self.reaches_copy(database, copy),
            Choice::Traffic(traffic) => {
                self.keep_times_of_like(machine, state, traffic);
                return;
            }
        };
        let stands = !matches!(choice, Choice::Lift { .. } | Choice::Strike { .. });
        if stands {
            self.leave_line(moved);
        }
        let own = self.own.get_mut(moved as usize);
        if own.queued {
            self.calendar.drop_step(moved, own.stand);
        }
        own.stand = own.stand.wrapping_add(1);
        own.queued = false;
    }

    fn due_of(&self, machine: &Machine, state: &State, choice: Choice) -> u64 {
        let own = |process: ProcessId| self.own.get(process as usize);
        match choice {
            Choice::Step { process, .. } => self.due_of_step(machine, state, process),
            Choice::TimeOut { process, timer } => {
                own(process).deadlines.get(timer as usize).copied().unwrap_or(0)
            }
            Choice::WaitOver { process } => match state.position(machine.layout(), process) {
                Position::At(pc) => machine
                    .max_wait(state, process, pc)
                    .map_or(0, |wait| own(process).due.saturating_add(wait.max(0) as u64)),
                _ => 0,
            },
            Choice::Lift { process } => own(process).lift.unwrap_or(0),
            Choice::Arrive { class } => self.arrivals[class as usize].unwrap_or(0),
            Choice::Expire { lock } => self.leases.get(&lock).copied().unwrap_or(0),
            Choice::Outage(Outage::Lift { replica } | Outage::Ready { replica }) => {
                self.replicas_back.get(&replica).copied().unwrap_or(0)
            }
            Choice::Strike { fault, .. } | Choice::Outage(Outage::Strike { fault, .. }) => {
                match machine.program().faults[fault as usize].when {
                    When::At(at) | When::From(at, _) => at.max(0) as u64,
                    When::Anytime | When::Always => 0,
                }
            }
            Choice::Traffic(traffic) => self.message_due(machine, state, traffic),
            Choice::Replicate { database, copy } => self.copy_due(database, copy),
        }
    }

    /// What has happened is taken in. To be called after each step, with the state it led to.
    pub fn settle(&mut self, machine: &Machine, state: &State) {
        if let [process] = *self.stood {
            self.stood.clear();
            self.take_stand(machine, state, process);
        } else if !self.stood.is_empty() {
            self.take_stands(machine, state);
        }
        if !self.stirred.is_empty() {
            self.call_those_stirred(machine, state);
        }
        if (std::mem::take(&mut self.written) || self.gauging) && !self.untils.is_empty() {
            self.look_again(machine, state);
        }
        while let Some(entry) = self.overdue.pop() {
            self.add(machine, entry);
        }
        if !machine.groups().is_empty() {
            self.share_out(machine, state);
        }
        if std::mem::take(&mut self.left) && !self.at_door.is_empty() {
            self.open_doors(machine, state);
        }
        if self.calendar.is_full() {
            self.throw_away_void(machine);
        }
    }

    #[inline(never)]
    fn take_stands(&mut self, machine: &Machine, state: &State) {
        // Who came to stand in the same step has waited equally long: a draw orders them.
        let mut stood = std::mem::take(&mut self.stood);
        stood.sort_by_cached_key(|&process| self.tie(machine, state, process, self.taken));
        for &process in &stood {
            self.take_stand(machine, state, process);
        }
        stood.clear();
        self.stood = stood;
    }

    #[inline(never)]
    fn call_those_stirred(&mut self, machine: &Machine, state: &State) {
        if self.stirred.len() > 1 {
            self.stirred.sort_unstable();
            self.stirred.dedup();
        }
        for nth in 0..self.stirred.len() {
            self.call_next(machine, state, self.stirred[nth]);
        }
        self.stirred.clear();
    }

    /// Something was written: whoever waits until something holds looks again.
    #[inline(never)]
    fn look_again(&mut self, machine: &Machine, state: &State) {
        let untils = std::mem::take(&mut self.untils);
        for &process in &untils {
            self.queue_if_free(machine, state, process);
        }
        self.untils = untils;
    }

    #[inline(never)]
    fn throw_away_void(&mut self, machine: &Machine) {
        let (own, leases, hidden) = (&self.own, &self.leases, &self.hidden);
        let keep = |entry: &Entry| match entry.due {
            Due::Step(process) | Due::WaitOver(process, _) => {
                own.get(process as usize).stand == entry.stand
            }
            Due::TimeOut(process, timer) => own.get(process as usize).is_armed(timer, entry.stand),
            Due::Expire(shared, element) => {
                leases.get(&Target { shared, element }) == Some(&entry.at)
            }
            Due::Reappear(process, slot) => hidden.needs(process, slot, entry.at),
            Due::Strike(_)
            | Due::Lift(_)
            | Due::Arrive(_)
            | Due::Travel(..)
            | Due::Double(..)
            | Due::Ready(..)
            | Due::Rebalance(_)
            | Due::ReplicaBack(..)
            | Due::Replicate(..)
            | Due::Heal(_) => true,
        };
        self.calendar.retain(keep, &Drawn { machine, own, seed: self.seed });
    }

    /// Who found no room comes as soon as there is some.
    fn open_doors(&mut self, machine: &Machine, state: &State) {
        let waiting: Vec<u32> = self.at_door.iter().copied().collect();
        for class in waiting {
            if machine.room_in(state, class).is_some() {
                self.at_door.remove(&class);
                if let Some(at) = self.arrivals[class as usize] {
                    self.add(machine, Entry::new(at, 0, Due::Arrive(class), 0));
                }
            }
        }
    }

    /// A process has come to stand: what may happen to it there is put into the calendar.
    #[inline(always)]
    fn take_stand(&mut self, machine: &Machine, state: &State, process: ProcessId) {
        let Position::At(pc) = state.position(machine.layout(), process) else { return };
        if machine.is_plain(pc) {
            // It was due when its time was over, though a pause may have kept it.
            self.queue_at(machine, process, self.own.get(process as usize).due);
        } else {
            self.take_stand_at(machine, state, process, pc);
        }
    }

    #[inline(never)]
    fn take_stand_at(&mut self, machine: &Machine, state: &State, process: ProcessId, pc: Pc) {
        match machine.program().code[pc as usize] {
            Op::Acquire { .. } => {
                if let Some(target) = machine.target(state, process, pc) {
                    // Who goes on after a pause has kept its place.
                    if self.own.get(process as usize).line.is_none() {
                        self.lines.join(target, process);
                        self.own.get_mut(process as usize).line = Some(target);
                    }
                    self.stir(target);
                } else {
                    self.queue(machine, process);
                }
                // It may be free now and taken by another before this process's turn comes.
                self.await_patience(machine, state, process, pc);
            }
            op @ (Op::Enter { .. } | Op::Core { .. }) => {
                let cores = matches!(op, Op::Core { .. }) || machine.loops(pc);
                if let Some(replica) = machine.replica_of(state, process) {
                    let side = if cores { CORES } else { 0 };
                    let target = Target { shared: replica.shared | side, ..replica };
                    if self.own.get(process as usize).line.is_none() {
                        self.lines.join(target, process);
                        self.own.get_mut(process as usize).line = Some(target);
                    }
                    self.stir(target);
                } else {
                    self.queue(machine, process);
                }
                self.await_patience(machine, state, process, pc);
            }
            Op::Call { service, .. } | Op::Arrive { service } if machine.lets_wait(service) => {
                self.untils.insert(process);
                self.queue_if_free(machine, state, process);
            }
            Op::Query { .. } => self.await_row(machine, state, process),
            Op::Answer { .. } => {}
            Op::Join { first, count } => {
                if machine.have_ended(state, process, first, count) {
                    self.queue(machine, process);
                }
            }
            // The one that fills lets it go on.
            Op::Flight { .. } => {}
            Op::Token { .. } if machine.awaits_token(pc) => {
                self.await_token(machine, state, process, pc);
            }
            Op::Until { .. } | Op::Atomic { guard: Some(_) } | Op::Follow { .. } => {
                self.untils.insert(process);
                self.queue_if_free(machine, state, process);
            }
            Op::Receive { from, .. } => {
                let queue = machine.program().queue(from).is_some();
                self.await_messages(machine, state, (process, pc), 0, queue);
            }
            Op::Send { to, via, .. } => {
                let queue = machine.program().queue(to);
                let queued = queue.is_some() && via.is_none();
                let waits = match queue {
                    Some(queue) => queue.when_full == WhenFull::Block && queue.capacity.is_some(),
                    None => machine.program().topic(to).is_some(),
                };
                if waits {
                    self.await_messages(machine, state, (process, pc), SENDERS, queued);
                } else {
                    self.queue_at(machine, process, self.own.get(process as usize).due);
                }
            }
            Op::Asleep { .. } => {}
            _ => self.queue_at(machine, process, self.own.get(process as usize).due),
        }
        for strike in machine.program().strikes.get(&pc).into_iter().flatten() {
            let at_timer = strike.timer as usize;
            let own = self.own.get(process as usize);
            let (Some(&at), Some(&timer)) = (own.deadlines.get(at_timer), own.timers.get(at_timer))
            else {
                continue;
            };
            // Where nothing is armed yet there is no deadline.
            if !timer.queued && at < u64::MAX {
                let tie = self.tie(machine, state, process, u64::from(timer.arm));
                self.own.get_mut(process as usize).timers[at_timer].queued = true;
                self.add(
                    machine,
                    Entry::new(at, tie, Due::TimeOut(process, strike.timer), timer.arm),
                );
            }
        }
    }

    /// Who waits only so long is told when that is over.
    pub(super) fn await_patience(
        &mut self,
        machine: &Machine,
        state: &State,
        process: ProcessId,
        pc: Pc,
    ) {
        if let Some(wait) = machine.patience(pc) {
            let &Own { due, stand, .. } = self.own.get(process as usize);
            let at = due.saturating_add(wait.max(0) as u64);
            let tie = self.tie(machine, state, process, u64::from(stand));
            self.add(machine, Entry::new(at, tie, Due::WaitOver(process, pc), stand));
        }
    }

    pub(super) fn queue_if_free(&mut self, machine: &Machine, state: &State, process: ProcessId) {
        let is_free =
            || machine.standing_of(state, process).is_some_and(|one| one.blocked.is_none());
        if !self.own.get(process as usize).queued && is_free() {
            self.queue(machine, process);
        }
    }

    pub(super) fn queue(&mut self, machine: &Machine, process: ProcessId) {
        let at = self.now.max(self.own.get(process as usize).due);
        self.queue_at(machine, process, at);
    }

    #[inline(always)]
    pub(super) fn queue_at(&mut self, machine: &Machine, process: ProcessId, at: u64) {
        let own = self.own.get_mut(process as usize);
        if !own.queued {
            own.queued = true;
            let entry = Entry::undrawn(at, Due::Step(process), own.stand);
            self.add(machine, entry);
        }
    }

    /// Whoever has waited longest for something, and could take it now, may. Those who want it in
    /// the same way are hindered alike, so that of a thousand waiters one or two are looked at.
    fn call_next(&mut self, machine: &Machine, state: &State, target: Target) {
        if self.guards.plans(machine, target) {
            return self.plan_token(machine, state, target);
        }
        if machine.program().databases.iter().any(|it| it.shared == target.shared) {
            return self.call_for_rows(machine, state, target);
        }
        let Some(line) = self.lines.at(target) else { return };
        let mut hindered: [Option<Mode>; 2] = [None; 2];
        let mut next = None;
        let newest = machine
            .program()
            .shared
            .get((target.shared & !CORES) as usize)
            .is_some_and(|_| machine.serves_newest(target.shared & !CORES));
        if newest && target.shared & CORES == 0 {
            let free = |process: &&ProcessId| {
                machine.standing_of(state, **process).is_some_and(|one| one.blocked.is_none())
            };
            if let Some(&process) = line.iter().rev().find(free) {
                self.queue(machine, process);
            }
            return;
        }
        for &process in line {
            let Some(standing) = machine.standing_of_wanting(state, process, &hindered) else {
                continue;
            };
            match standing.blocked {
                None => {
                    next = Some(process);
                    break;
                }
                Some(
                    Blocked::Held { mode: Mode::Lock | Mode::Permit, .. }
                    | Blocked::Empty { .. }
                    | Blocked::NoRoom { .. }
                    | Blocked::AllBusy { .. },
                ) => break,
                Some(Blocked::Held { mode, .. }) => {
                    let free = hindered.iter_mut().find(|known| known.is_none());
                    *free.expect("a rwlock has two sides") = Some(mode);
                    if hindered.iter().all(Option::is_some) {
                        break;
                    }
                }
                Some(_) => {}
            }
        }
        if let Some(process) = next {
            self.queue(machine, process);
        }
    }

    /// What can be taken was touched: whoever waits for it is to be looked at.
    pub(super) fn stir(&mut self, target: Target) {
        // Who joins a line later within the same step stirs again.
        if self.stirred.last() != Some(&target) && self.lines.is_any(target) {
            self.stirred.push(target);
        }
    }

    #[inline(always)]
    pub(super) fn leave_line(&mut self, process: ProcessId) {
        if !self.untils.is_empty() {
            self.untils.remove(&process);
        }
        if self.own.get(process as usize).line.is_some() {
            self.leave_that_line(process);
        }
    }

    #[inline(never)]
    pub(super) fn leave_that_line(&mut self, process: ProcessId) {
        let Some(target) = self.own.get_mut(process as usize).line.take() else { return };
        self.lines.leave(target, process);
        self.stir(target);
    }

    /// Puts something into the calendar.
    pub(super) fn add(&mut self, machine: &Machine, entry: Entry) {
        self.calendar.add(entry, &Drawn { machine, own: &self.own, seed: self.seed });
    }
}
