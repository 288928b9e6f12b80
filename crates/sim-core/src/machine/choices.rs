//! What may happen next, and what may not with its reason.

use super::{Machine, Position, State};
use crate::program::{Details, FaultKind, Mode, Op, Pc, Reg, SharedKind, Start, WhenFull, Whom};
use crate::trace::{Choice, ProcessId, Target};

/// A process that has not ended, at its next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Who.
    pub process: ProcessId,
    /// The instruction its next step begins with.
    pub pc: Pc,
    /// What hinders it, if anything does.
    pub blocked: Option<Blocked>,
}

/// What hinders a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// What it wants is held.
    Held {
        /// What.
        target: Target,
        /// How it would hold it.
        mode: Mode,
    },
    /// It sleeps on a condition.
    Asleep {
        /// Which.
        condition: Target,
    },
    /// What it waits for does not hold (an index into
    /// [`crate::program::Program::conditions`]).
    Until {
        /// Which.
        condition: u32,
    },
    /// There is nothing to take or read.
    Empty {
        /// Where.
        channel: Target,
    },
    /// There is no room for what it sends.
    NoRoom {
        /// Where.
        channel: Target,
    },
    /// It waits for an answer.
    Unanswered,
    /// Branches of it have not ended.
    Joining,
    /// Another fills in what it looks for.
    Filling {
        /// The cache.
        target: Target,
        /// Under which key.
        key: i64,
    },
    /// All workers, or all cores, of a replica are taken.
    AllBusy {
        /// Which.
        replica: Target,
        /// Cores, not workers.
        cores: bool,
    },
    /// It waits for a row that another transaction has changed or locked.
    Row {
        /// Which table.
        table: Target,
        /// Under which key.
        key: i64,
        /// Whose transaction that is.
        holder: ProcessId,
    },
    /// A fault has stopped it.
    Stopped {
        /// Which.
        fault: u32,
    },
}

impl Machine {
    /// Every process that stands somewhere, by declaration and number, with what hinders it.
    pub fn standing<'a>(&'a self, state: &'a State) -> impl Iterator<Item = Standing> + 'a {
        (0..self.layout.processes.len() as ProcessId)
            .filter_map(move |process| self.standing_of(state, process))
    }

    /// Where one process stands, if it does.
    #[must_use]
    pub fn standing_of(&self, state: &State, process: ProcessId) -> Option<Standing> {
        let Position::At(pc) = state.position(&self.layout, process) else { return None };
        Some(Standing { process, pc, blocked: self.blocked(state, process, pc) })
    }

    /// True for a process that stands somewhere and is free to move.
    #[must_use]
    #[inline(always)]
    pub fn may_move(&self, state: &State, process: ProcessId) -> bool {
        let Position::At(pc) = state.position(&self.layout, process) else { return false };
        (!self.waits[pc as usize] && !self.pauses) || self.blocked(state, process, pc).is_none()
    }

    /// True for an instruction before which nothing ever hinders a process that no fault has stopped,
    /// and where nothing runs out.
    #[must_use]
    #[inline]
    pub fn is_plain(&self, pc: Pc) -> bool {
        self.plain[pc as usize]
    }

    /// Whether a process may have to wait at an instruction.
    pub(super) fn find_waits(&self, pc: Pc) -> bool {
        if self.loops[pc as usize] {
            return true;
        }
        match self.program.code[pc as usize] {
            Op::Acquire { .. }
            | Op::Asleep { .. }
            | Op::Receive { .. }
            | Op::Follow { .. }
            | Op::Until { .. }
            | Op::Answer { .. }
            | Op::Join { .. }
            | Op::Flight { .. }
            | Op::Atomic { guard: Some(_) } => true,
            Op::Query { query, .. } => !self.program.queries[query as usize].what.only_reads(),
            Op::Enter { service } => {
                self.program.service(service).is_some_and(|it| it.workers.is_some())
            }
            Op::Core { service } => {
                self.program.service(service).is_some_and(|it| it.cores.is_some())
            }
            Op::Token { .. } => self.awaits_token(pc),
            Op::Call { service, .. } | Op::Arrive { service } => self.lets_wait(service),
            Op::Send { to, .. } => match self.program.queue(to) {
                Some(queue) => queue.when_full == WhenFull::Block && queue.capacity.is_some(),
                None => self.program.topic(to).is_some(),
            },
            _ => false,
        }
    }

    /// As [`Machine::standing_of`], but `None` too for who wants to take something in one of these
    /// ways, which are known to be impossible.
    #[must_use]
    pub fn standing_of_wanting(
        &self,
        state: &State,
        process: ProcessId,
        impossible: &[Option<Mode>],
    ) -> Option<Standing> {
        if let Position::At(pc) = state.position(&self.layout, process)
            && let Op::Acquire { mode, .. } = self.program.code[pc as usize]
            && impossible.contains(&Some(mode))
        {
            return None;
        }
        self.standing_of(state, process)
    }

    /// Everything that may happen next, in the order that gives picks their numbers: steps by
    /// process, arrivals by class, messages by link and then by queue, what runs out by process and
    /// then by lock, queue and group, faults in text order.
    #[must_use]
    pub fn choices(&self, state: &State) -> Vec<Choice> {
        let mut choices = Vec::new();
        self.each_choice(state, &mut |choice| choices.push(choice));
        choices
    }

    /// As [`Machine::choices`], one by one.
    pub fn each_choice(&self, state: &State, each: &mut impl FnMut(Choice)) {
        let mut any = false;
        for process in 0..self.layout.processes.len() as ProcessId {
            let Position::At(pc) = state.position(&self.layout, process) else { continue };
            if self.blocked(state, process, pc).is_some() {
                continue;
            }
            any = true;
            for outcome in 0..self.outcomes(state, process, pc) {
                each(Choice::Step { process, outcome });
            }
        }
        for &class in &self.arriving {
            if self.may_arrive(state, class) {
                any = true;
                each(Choice::Arrive { class });
            }
        }
        if !self.links.is_empty() || !self.doubling.is_empty() {
            self.message_choices(state, &mut any, each);
        }
        if self.has_timers {
            any |= self.timers(state, each);
        }
        for &lock in &self.leases {
            if state.element(&self.layout, lock) != 0 {
                any = true;
                each(Choice::Expire { lock });
            }
        }
        if self.hides || !self.delaying.is_empty() || !self.groups.is_empty() {
            any |= self.message_timers(state, each);
        }
        if self.scales {
            any |= self.starts(state, each);
        }
        any |= self.copies_behind(state, each);
        if !self.striking.is_empty() {
            self.faults(state, any, each);
        }
        if !self.cutting.is_empty() {
            self.cuts(state, any, each);
        }
    }

    fn timers(&self, state: &State, each: &mut impl FnMut(Choice)) -> bool {
        let mut any = false;
        for process in 0..self.layout.processes.len() as ProcessId {
            self.timers_of(state, process, &mut |choice| {
                any = true;
                each(choice);
            });
        }
        any
    }

    /// What may run out for a process.
    pub(super) fn timers_of(
        &self,
        state: &State,
        process: ProcessId,
        each: &mut impl FnMut(Choice),
    ) {
        let Position::At(pc) = state.position(&self.layout, process) else { return };
        if self.stopped(state, process).is_some() {
            return;
        }
        for strike in self.program.strikes.get(&pc).into_iter().flatten() {
            if self.is_cancel(process, strike.timer) && self.caller_of(state, process).is_some() {
                continue;
            }
            each(Choice::TimeOut { process, timer: strike.timer });
        }
        if self.max_wait(state, process, pc).is_some() {
            each(Choice::WaitOver { process });
        }
    }

    /// How long a process that waits for a permit waits at most, nanoseconds.
    #[must_use]
    pub fn max_wait(&self, state: &State, process: ProcessId, pc: Pc) -> Option<i64> {
        // How long one waits for a token, only time knows: it may always be over.
        self.patience(pc)
            .filter(|_| self.awaits_token(pc) || self.blocked(state, process, pc).is_some())
    }

    /// How long one would wait at most for a permit at an instruction, nanoseconds.
    #[must_use]
    pub fn patience(&self, pc: Pc) -> Option<i64> {
        let lock = match self.program.code[pc as usize] {
            Op::Acquire { lock, mode: Mode::Permit, .. } => lock,
            Op::Enter { service } => return self.program.service(service)?.patience,
            Op::Token { limiter, .. } if self.awaits_token(pc) => {
                return self.program.limiter(limiter)?.max_wait;
            }
            _ => return None,
        };
        match self.program.shared[lock as usize].details {
            Details::Semaphore { max_wait, .. } => max_wait,
            _ => None,
        }
    }

    /// Faults strike while something else may happen, too: they never keep a run from its end.
    /// What they stopped goes on again by itself.
    fn faults(&self, state: &State, mut any: bool, each: &mut impl FnMut(Choice)) {
        let processes = 0..self.layout.processes.len() as ProcessId;
        any |= processes.clone().any(|process| self.may_lift(state, process));
        let others = any;
        for &fault in &self.striking {
            let declared = &self.program.faults[fault as usize];
            let struck = state.get(self.layout.struck[fault as usize] as usize);
            if !any || struck >= i64::from(declared.most) {
                continue;
            }
            let Whom::Class(class) = declared.victim.whom else { continue };
            for process in self.layout.classes[class as usize].clone() {
                let meant = declared
                    .victim
                    .number
                    .is_none_or(|number| number == state.number(&self.layout, process));
                let stands = matches!(state.position(&self.layout, process), Position::At(_));
                let free = declared.kind == FaultKind::Crash
                    || state.stopped(&self.layout, process).is_none();
                if meant && stands && free {
                    each(Choice::Strike { fault, process });
                }
            }
        }
        for process in processes {
            if self.may_lift(state, process) {
                each(Choice::Lift { process });
            }
        }
        if !self.program.services.is_empty() {
            self.outages(state, others, each);
        }
    }

    fn may_lift(&self, state: &State, process: ProcessId) -> bool {
        match state.position(&self.layout, process) {
            Position::Down(_) => true,
            Position::At(_) => state.stopped(&self.layout, process).is_some(),
            _ => false,
        }
    }

    pub(super) fn may_arrive(&self, state: &State, class: u32) -> bool {
        let Start::Every { times, .. } = self.program.classes[class as usize].start else {
            return false;
        };
        let came = state.get(self.layout.came[class as usize] as usize);
        times.is_none_or(|times| ((came + self.layout.gone(class)) as u64) < times)
    }

    /// The room that the next instance of a class would take: the first never used, else the first
    /// whose instance has ended. In a search no room is used twice.
    #[must_use]
    pub fn room_in(&self, state: &State, class: u32) -> Option<ProcessId> {
        let rooms = self.layout.classes[class as usize].clone();
        let came = state.get(self.layout.came[class as usize] as usize);
        if self.program.classes[class as usize].start.is_passing() && self.layout.shape.bounded {
            let free =
                |process: &ProcessId| state.position(&self.layout, *process) == Position::Absent;
            return rooms.into_iter().find(free);
        }
        // Rooms are used in order, so the first that is free is known until all were used.
        if let Some(next) =
            u32::try_from(came).ok().and_then(|came| rooms.clone().nth(came as usize))
        {
            return Some(next);
        }
        if self.layout.shape.bounded {
            return None;
        }
        let over = |process: &ProcessId| {
            !matches!(
                state.position(&self.layout, *process),
                Position::At(_) | Position::Down(_) | Position::Endless | Position::Full
            ) && self.in_flight(state, *process).is_empty()
        };
        rooms.into_iter().find(over)
    }

    /// The element an instruction would touch if the process moved now; `None` if it touches
    /// nothing shared or its index lies outside.
    #[must_use]
    pub fn target(&self, state: &State, process: ProcessId, pc: Pc) -> Option<Target> {
        let (shared, index) = self.program.code[pc as usize].target()?;
        let at = |register: Reg| state.registers(&self.layout, process)[register as usize];
        self.place(state, Some(process), shared, index.map(at)).ok()
    }

    #[inline(never)]
    pub(super) fn blocked(&self, state: &State, process: ProcessId, pc: Pc) -> Option<Blocked> {
        if let Some(fault) = self.stopped(state, process) {
            return Some(Blocked::Stopped { fault });
        }
        if let Some(replica) = self.loop_taken(state, process, pc) {
            return Some(Blocked::AllBusy { replica, cores: true });
        }
        match self.program.code[pc as usize] {
            Op::Acquire { mode, .. } => {
                // An index outside the array is an error, and the step is possible: it raises it.
                let target = self.target(state, process, pc)?;
                (!self.is_free(state, target, mode)).then_some(Blocked::Held { target, mode })
            }
            Op::Asleep { .. } => {
                self.target(state, process, pc).map(|condition| Blocked::Asleep { condition })
            }
            Op::Answer { .. } => Some(Blocked::Unanswered),
            Op::Query { .. } => self.waits_for_row(state, process),
            Op::Join { first, count } => {
                (!self.have_ended(state, process, first, count)).then_some(Blocked::Joining)
            }
            Op::Flight { key, .. } => {
                let key = state.registers(&self.layout, process)[key as usize];
                let target = self.target(state, process, pc)?;
                Some(Blocked::Filling { target, key })
            }
            op @ (Op::Enter { .. } | Op::Core { .. }) => {
                let cores = matches!(op, Op::Core { .. });
                let replica = self.replica_of(state, process)?;
                (!self.may_take(state, process, cores))
                    .then_some(Blocked::AllBusy { replica, cores })
            }
            Op::Call { .. } | Op::Arrive { .. } => {
                self.kept_out(state, process, pc).map(|channel| Blocked::NoRoom { channel })
            }
            Op::Send { .. } => {
                let to = self.target(state, process, pc)?;
                self.no_room(state, to).map(|channel| Blocked::NoRoom { channel })
            }
            Op::Receive { .. } => {
                let channel = self.target(state, process, pc)?;
                let empty = match self.program.group(channel.shared) {
                    Some(_) => self.parts_with_records(state, process, channel.shared).is_empty(),
                    None => state.count_in(self.list(channel, super::messages::WAITING)) == 0,
                };
                empty.then_some(Blocked::Empty { channel })
            }
            Op::Follow { at, .. } => {
                let channel = self.target(state, process, pc)?;
                let at = state.registers(&self.layout, process)[at as usize];
                (at >= self.reach(state, channel, 0).1).then_some(Blocked::Empty { channel })
            }
            Op::Until { condition } | Op::Atomic { guard: Some(condition) } => {
                let glance = &self.program.conditions[condition as usize].glance;
                // What cannot be computed raises its error when the step is taken.
                (self.glance(glance, state, Some(process)) == Ok(0))
                    .then_some(Blocked::Until { condition })
            }
            _ => None,
        }
    }

    fn is_free(&self, state: &State, target: Target, mode: Mode) -> bool {
        let first = state.element(&self.layout, target);
        match mode {
            Mode::Lock | Mode::Read => first == 0,
            Mode::Write => first == 0 && state.second(&self.layout, target) == 0,
            Mode::Permit => match self.program.shared[target.shared as usize].details {
                Details::Semaphore { permits, rejects, .. } => rejects || first < permits,
                _ => true,
            },
        }
    }

    /// Who holds something, by declaration and number.
    pub fn holders<'a>(
        &'a self,
        state: &'a State,
        target: Target,
    ) -> impl Iterator<Item = ProcessId> + 'a {
        let kind = self.program.shared[target.shared as usize].kind;
        let alone = matches!(kind, SharedKind::Lock | SharedKind::RwLock)
            .then(|| ProcessId::try_from(state.element(&self.layout, target) - 1).ok())
            .flatten();
        let counted = matches!(kind, SharedKind::Semaphore | SharedKind::RwLock);
        let sharing = (0..self.layout.processes.len() as ProcessId)
            .filter(move |&process| counted && state.held(&self.layout, process, target) > 0);
        alone.into_iter().chain(sharing)
    }
}
