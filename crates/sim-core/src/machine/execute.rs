//! One process, one step: a touch, then own work up to the next touch.

use super::check::Touched;
use super::{Applied, Machine, Pace, Position, State, Stay, Watch};
use crate::program::{Distribution, Error, Mode, NONE, Op, Pc, Reg, SharedKind, Spend, Strategy};
use crate::trace::{Fact, ProcessId, Target};

/// How many instructions one step may take, tasks that it starts included. A loop over own work alone would never come to a
/// touch, and no learner's step needs more.
pub const OWN_WORK_MAX: u32 = 100_000;

pub(super) struct Execution<'a, W> {
    pub(super) machine: &'a Machine,
    pub(super) state: &'a mut State,
    pub(super) watch: &'a mut W,
    pub(super) process: ProcessId,
    pub(super) block: usize,
    pub(super) result: Applied,
    pub(super) touched: Option<Box<Touched>>,
    /// The outcomes to take, in order; beyond them the first.
    path: &'a [u32],
    /// How many outcomes were taken so far.
    taken: usize,
    /// What there was to choose from, for those who look for ways through a step.
    pub(super) ways: Option<&'a mut Ways>,
    /// A step of a loop: what does not wait belongs to it.
    pub(super) inline: bool,
    /// Tasks started whose own work is still to be done.
    pub(super) started: Vec<ProcessId>,
    /// How many instructions this step may still take, those of tasks it starts included.
    left: u32,
}

/// What there was to choose from within a step.
#[derive(Debug, Default)]
pub(super) struct Ways {
    /// How many outcomes there were at each draw.
    pub(super) arities: Vec<u32>,
    /// The weights of the outcomes at each of them.
    pub(super) odds: Vec<Vec<u64>>,
    /// The cache and key of each that asks whether what is kept is over.
    pub(super) asked: Vec<Option<(Target, i64)>>,
}

impl<'a, W: Watch> Execution<'a, W> {
    pub(super) fn new(
        machine: &'a Machine,
        state: &'a mut State,
        watch: &'a mut W,
        process: ProcessId,
    ) -> Self {
        let block = machine.layout.processes[process as usize].at as usize;
        Execution {
            machine,
            state,
            watch,
            process,
            block,
            result: Applied::default(),
            touched: None,
            path: &[],
            taken: 0,
            ways: None,
            inline: false,
            started: Vec::new(),
            left: OWN_WORK_MAX,
        }
    }

    pub(super) fn applied(&self) -> Applied {
        self.result
    }

    /// Takes these outcomes where there are several.
    pub(super) fn follow(&mut self, path: &'a [u32]) {
        self.path = path;
    }

    /// The next outcome, of so many alike.
    pub(super) fn outcome(&mut self, of: u32) -> u32 {
        if let Some(ways) = &mut self.ways {
            ways.arities.push(of);
            ways.odds.push(vec![1; of as usize]);
            ways.asked.push(None);
        }
        self.next_outcome()
    }

    /// The next outcome, of those with these weights.
    pub(super) fn outcome_of(&mut self, weights: &[u64]) -> u32 {
        if let Some(ways) = &mut self.ways {
            ways.arities.push(weights.len() as u32);
            ways.odds.push(weights.to_vec());
            ways.asked.push(None);
        }
        self.next_outcome()
    }

    /// Whether what a cache keeps under a key is over.
    pub(super) fn is_over(&mut self, cache: Target, key: i64) -> bool {
        if let Some(ways) = &mut self.ways {
            ways.arities.push(2);
            ways.odds.push(vec![1; 2]);
            ways.asked.push(Some((cache, key)));
        }
        self.next_outcome() == 1
    }

    fn next_outcome(&mut self) -> u32 {
        let outcome = self.path.get(self.taken).copied().unwrap_or(0);
        self.taken += 1;
        outcome
    }

    /// A process comes to be, or starts again: own work from its entry.
    pub(super) fn begin(&mut self, entry: Pc) {
        self.go(entry, false);
        self.start_tasks();
    }

    /// The step that begins with the touch at `pc`.
    pub(super) fn step(&mut self, pc: Pc) {
        let class = self.machine.layout.processes[self.process as usize].class;
        self.result.progressed |= self.machine.program.classes[class as usize].forever;
        if let Op::Atomic { guard } = self.machine.program.code[pc as usize] {
            let guarded = guard.map_or(Ok(()), |condition| self.passes_guard(condition));
            if self.machine.checking {
                self.check(pc);
            }
            self.watch.passes(self.process, pc);
            self.tell(self.process, Fact::AtomicBegan);
            match guarded {
                Ok(()) => self.go(pc + 1, true),
                Err(error) => self.land(pc, error),
            }
        } else {
            self.inline = self.machine.loops(pc);
            match self.perform(pc) {
                Ok(next) => self.go(next, false),
                Err(error) => self.land(pc, error),
            }
            self.inline = false;
        }
        self.start_tasks();
    }

    /// A process is taken from where it stands: nobody waits for its answer any more, and a core is
    /// another's.
    pub(super) fn leaves_place(&mut self, pc: Pc) {
        // It is no instruction's doing, so none is held to it.
        let touched = std::mem::take(&mut self.touched);
        match self.machine.program.code[pc as usize] {
            Op::Answer { .. } => self.forget_requests_of(self.process),
            Op::Join { .. } => self.abandon_branches(),
            Op::Pause { busy: true, .. } => self.give_core(),
            Op::Query { query, .. } => {
                self.withdraw_statement(self.machine.program.queries[query as usize].table);
            }
            _ => {}
        }
        self.touched = touched;
    }

    /// Own work of a process that somebody else's step lets go on; tasks that it starts begin when
    /// that step is over.
    pub(super) fn own_work_of_another(&mut self, pc: Pc) {
        let inline = std::mem::take(&mut self.inline);
        self.go(pc, false);
        self.inline = inline;
    }

    /// Own work from `pc` to the next touch or the end.
    pub(super) fn own_work(&mut self, pc: Pc) {
        self.go(pc, false);
        self.start_tasks();
    }

    fn go(&mut self, mut pc: Pc, mut atomic: bool) {
        while self.left > 0 {
            self.left -= 1;
            let op = self.machine.program.code[pc as usize];
            match op {
                // What is done most often, without ado.
                Op::Jump { to } if !self.machine.checking => {
                    self.watch.passes(self.process, pc);
                    pc = to;
                }
                Op::Const { to, value } if !self.machine.checking => {
                    self.watch.passes(self.process, pc);
                    self.set_local(pc, to, value);
                    pc += 1;
                }
                Op::PassEnd if !self.machine.checking => {
                    self.watch.passes(self.process, pc);
                    self.end_pass();
                    pc += 1;
                }
                Op::AtomicEnd => {
                    atomic = false;
                    pc += 1;
                }
                Op::End => return self.finish(Position::Ended, Fact::Ended),
                Op::Fail { error } => {
                    let error = Error::from_code(self.register(error));
                    return self.finish(Position::Failed(error), Fact::Failed { error });
                }
                Op::Release { lock, index, mode, lenient: true }
                    if !atomic && self.is_let_go_already(lock, index, mode) =>
                {
                    pc += 1;
                }
                // What a loop does between two waits is one step.
                _ if op.is_touch() && !atomic && (!self.inline || self.machine.yields(pc)) => {
                    return self.stand(pc);
                }
                _ => match self.perform(pc) {
                    Ok(next) => pc = next,
                    Err(Error::TooMany) => return self.finish(Position::Full, Fact::Full),
                    Err(error) => match self.machine.program.landings.get(&pc) {
                        Some(&(landing, register)) => {
                            // A way out of an `atomic` ends it itself; a `catch` inside stays in it.
                            self.set_register(register, error.code());
                            pc = landing;
                        }
                        None => {
                            return self.finish(Position::Failed(error), Fact::Failed { error });
                        }
                    },
                },
            }
        }
        self.finish(Position::Endless, Fact::Endless);
    }

    #[inline(never)]
    pub(super) fn land(&mut self, pc: Pc, error: Error) {
        if error == Error::TooMany {
            // A ceiling is no error of the program's: nobody catches it.
            return self.finish(Position::Full, Fact::Full);
        }
        match self.machine.program.landings.get(&pc) {
            Some(&(landing, register)) => {
                self.set_register(register, error.code());
                self.own_work(landing);
            }
            None => self.finish(Position::Failed(error), Fact::Failed { error }),
        }
    }

    /// Tasks that own work has started do theirs, one after another.
    #[inline(always)]
    fn start_tasks(&mut self) {
        if !self.started.is_empty() {
            self.start_them();
        }
    }

    #[inline(never)]
    fn start_them(&mut self) {
        let inline = std::mem::take(&mut self.inline);
        while let Some(process) = self.started.pop() {
            let own = (self.process, self.block);
            self.process = process;
            self.block = self.machine.layout.processes[process as usize].at as usize;
            let class = self.machine.layout.processes[process as usize].class;
            let number = self.state.number(&self.machine.layout, process);
            self.tell(process, Fact::Began { number });
            self.go(self.machine.program.classes[class as usize].entry, false);
            (self.process, self.block) = own;
        }
        self.inline = inline;
    }

    fn stand(&mut self, pc: Pc) {
        self.stand_in(self.process, self.block, pc);
    }

    /// A process comes to stand at a touch.
    pub(super) fn stand_there(&mut self, process: ProcessId, pc: Pc) {
        self.stand_in(process, self.machine.layout.processes[process as usize].at as usize, pc);
    }

    fn stand_in(&mut self, process: ProcessId, block: usize, pc: Pc) {
        let machine = self.machine;
        let stays = matches!(
            machine.program.code[pc as usize],
            Op::Pause { .. }
                | Op::Think { .. }
                | Op::Backoff { .. }
                | Op::Arrive { .. }
                | Op::Back { .. }
        );
        let (stay, busy) = if stays { self.stay(process, block, pc) } else { (Stay::None, false) };
        let slow = matches!(machine.program.code[pc as usize], Op::Pause { .. });
        let pace = match slow.then(|| self.served_by(process)).flatten() {
            Some(replica) => Pace::Served(replica),
            None if busy => Pace::Busy,
            None => Pace::Idle,
        };
        self.state.set(block, Position::At(pc).word());
        for &register in &machine.dead[pc as usize] {
            let at = block + 1 + register as usize;
            if self.state.get(at) != 0 {
                self.state.set(at, 0);
            }
        }
        if stays {
            self.watch.stands(process, pc, stay, pace);
        } else {
            self.watch.stands(process, pc, Stay::None, Pace::Idle);
        }
    }

    /// The replica that works on a request.
    #[inline(always)]
    fn served_by(&self, process: ProcessId) -> Option<Target> {
        match self.machine.layout.processes[process as usize].replica_at {
            0 => None,
            _ => self.machine.replica_of(self.state, process),
        }
    }

    #[inline(never)]
    fn stay(&self, process: ProcessId, block: usize, pc: Pc) -> (Stay, bool) {
        let register = |register: Reg| self.state.get(block + 1 + register as usize);
        let spend = |time: Spend| match time {
            Spend::Fixed(time) => Stay::Fixed(register(time).max(0)),
            Spend::Drawn(distribution, first) => {
                let second = match distribution {
                    Distribution::Exponential => 0,
                    _ => register(first + 1),
                };
                Stay::Drawn(distribution, [register(first), second])
            }
        };
        match self.machine.program.code[pc as usize] {
            Op::Pause { time, busy } => (spend(time), busy),
            Op::Think { time, .. } => (spend(time), false),
            Op::Arrive { .. } | Op::Back { .. } => {
                let there = matches!(self.machine.program.code[pc as usize], Op::Arrive { .. });
                let wire = if there {
                    self.machine.way_there(self.state, process)
                } else {
                    self.machine.way_back(self.state, process)
                };
                (wire.map_or(Stay::None, |(_, wire)| Machine::latency(wire)), false)
            }
            Op::Backoff { slot, first } => {
                let code = usize::try_from(register(first)).unwrap_or(0);
                let strategy = Strategy::ALL.get(code).copied().unwrap_or(Strategy::None);
                let [delay, factor, cap] = [1, 2, 3].map(|at| register(first + at));
                let cap = (cap != NONE).then_some(cap);
                (Stay::Backoff { slot, strategy, delay, factor, cap }, false)
            }
            _ => (Stay::None, false),
        }
    }

    pub(super) fn finish(&mut self, position: Position, fact: Fact) {
        let slot = self.machine.layout.processes[self.process as usize];
        // A request leaves nothing behind: its room is another's.
        let is_request = slot.caller_at != 0;
        self.branch_ends(position);
        let kept = matches!(position, Position::Endless | Position::Full);
        let is_request = is_request && !kept;
        let position = if is_request { Position::Absent } else { position };
        self.state.set(self.block, position.word());
        if is_request {
            for at in [slot.replica_at, slot.caller_at] {
                if self.state.get(at as usize) != 0 {
                    self.state.set(at as usize, 0);
                }
            }
        }
        if !self.machine.program.breakers.is_empty() {
            self.leave_breakers();
        }
        if !self.machine.program.databases.is_empty() {
            self.leave_transactions();
        }
        let registers = self.machine.layout.processes[self.process as usize].registers as usize;
        let kept = if self.machine.keeping { registers } else { 0 };
        for register in kept..registers {
            let at = self.block + 1 + register;
            if self.state.get(at) != 0 {
                self.state.set(at, 0);
            }
        }
        self.tell(self.process, fact);
    }

    /// Performs one instruction and says where to go on.
    fn perform(&mut self, pc: Pc) -> Result<Pc, Error> {
        self.watch.passes(self.process, pc);
        let result = self.perform_unchecked(pc);
        if self.machine.checking {
            self.check(pc);
        }
        result
    }

    #[inline(never)]
    fn check(&mut self, pc: Pc) {
        let machine = self.machine;
        let op = machine.program.code[pc as usize];
        // An instruction that sets its own index register declared with the old value; then the
        // whole array is what can be said.
        let declared = op.footprint(&machine.program, |register| {
            (!op.sets().contains(&register)).then(|| self.register(register))
        });
        self.touched.take().unwrap_or_default().hold_to(&declared, &op);
    }

    pub(super) fn register(&self, register: Reg) -> i64 {
        self.state.get(self.block + 1 + register as usize)
    }

    pub(super) fn set_register(&mut self, register: Reg, value: i64) {
        self.state.set(self.block + 1 + register as usize, value);
    }

    /// Sets a register for the program's own sake, which those who look at locals are told.
    pub(super) fn set_local(&mut self, pc: Pc, register: Reg, value: i64) {
        self.set_register(register, value);
        self.tell(self.process, Fact::Local { register, value, pc });
    }

    pub(super) fn element(&self, shared: u32, index: Option<Reg>) -> Result<Target, Error> {
        let index = index.map(|register| self.register(register));
        self.machine.place(self.state, Some(self.process), shared, index)
    }

    pub(super) fn at(&self, target: Target) -> usize {
        self.machine.layout.shared[target.shared as usize].element(target.element)
    }

    pub(super) fn read(&mut self, target: Target) -> i64 {
        self.note_read(target);
        self.state.get(self.at(target))
    }

    pub(super) fn write(&mut self, target: Target, value: i64) -> i64 {
        self.note_write(target);
        let at = self.at(target);
        let old = self.state.get(at);
        self.state.set(at, value);
        old
    }

    #[inline(always)]
    pub(super) fn note_read(&mut self, target: Target) {
        if self.machine.checking {
            self.check_read(target);
        }
    }

    #[inline(never)]
    fn check_read(&mut self, target: Target) {
        self.touched.get_or_insert_default().read(target);
    }

    #[inline(never)]
    fn check_write(&mut self, target: Target) {
        self.touched.get_or_insert_default().wrote(target);
    }

    /// Something of an element is written: whoever reads it must be judged again.
    #[inline(always)]
    pub(super) fn note_write(&mut self, target: Target) {
        if self.machine.checking {
            self.check_write(target);
        }
        self.result.judge |= self.machine.judged_by[target.shared as usize];
        debug_assert!(
            self.machine.program.shared[target.shared as usize].kind != SharedKind::Condition
                || self.machine.layout.shared[target.shared as usize].width == 0
        );
    }

    /// True where a way out of a `with` finds nothing to let go. Only the process itself can have
    /// let go of what cannot run out, so this is its own knowledge and no step.
    fn is_let_go_already(&self, lock: u32, index: Option<Reg>, mode: Mode) -> bool {
        let Ok(target) = self.element(lock, index) else { return true };
        let leased = self.machine.layout.shared[lock as usize].width == 2;
        let first = self.state.get(self.at(target));
        match mode {
            Mode::Lock => !leased && first != i64::from(self.process) + 1,
            Mode::Write => first != i64::from(self.process) + 1,
            Mode::Read | Mode::Permit => {
                self.state.held(&self.machine.layout, self.process, target) == 0
            }
        }
    }
}
