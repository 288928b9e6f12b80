//! One process, one step: a touch, then own work up to the next touch.

use super::check::Touched;
use super::{Applied, Machine, Position, State, Watch};
use crate::program::{
    CounterChange, Error, Op, Pc, Reg, SharedId, SharedKind, Spend, compute, negate,
};
use crate::trace::{Fact, ProcessId, Target};

/// How many instructions one step may take. A loop over own work alone would never come to a
/// touch, and no learner's step needs more.
pub const OWN_WORK_MAX: u32 = 100_000;

pub(super) struct Execution<'a, W> {
    machine: &'a Machine,
    state: &'a mut State,
    watch: &'a mut W,
    process: ProcessId,
    block: usize,
    judge: u64,
    counted: bool,
    counted_on: bool,
    touched: Touched,
}

impl<'a, W: Watch> Execution<'a, W> {
    pub(super) fn new(
        machine: &'a Machine,
        state: &'a mut State,
        watch: &'a mut W,
        process: ProcessId,
    ) -> Self {
        let block = machine.layout.processes[process as usize].at as usize;
        let touched = Touched::default();
        Execution {
            machine,
            state,
            watch,
            process,
            block,
            judge: 0,
            counted: false,
            counted_on: false,
            touched,
        }
    }

    pub(super) fn applied(&self) -> Applied {
        Applied { judge: self.judge, counted: self.counted, counted_on: self.counted_on }
    }

    /// The step that begins with the touch at `pc`.
    pub(super) fn step(&mut self, pc: Pc) {
        if matches!(self.machine.program.code[pc as usize], Op::Atomic { .. }) {
            self.watch.fact(self.process, Fact::AtomicBegan);
            self.go(pc + 1, true);
            return;
        }
        match self.perform(pc) {
            Ok(next) => self.own_work(next),
            Err(error) => self.land(pc, error),
        }
    }

    /// Own work from `pc` to the next touch or the end.
    pub(super) fn own_work(&mut self, pc: Pc) {
        self.go(pc, false);
    }

    fn go(&mut self, mut pc: Pc, mut atomic: bool) {
        for _ in 0..OWN_WORK_MAX {
            let op = self.machine.program.code[pc as usize];
            match op {
                Op::AtomicEnd => {
                    atomic = false;
                    pc += 1;
                }
                Op::End => return self.finish(Position::Ended, Fact::Ended),
                Op::Fail { error } => {
                    let error = Error::from_code(self.register(error));
                    return self.finish(Position::Failed(error), Fact::Failed { error });
                }
                _ if op.is_touch() && !atomic => return self.stand(pc),
                _ => match self.perform(pc) {
                    Ok(next) => pc = next,
                    Err(error) => match self.machine.program.landings.get(&pc) {
                        Some(&(landing, register)) => {
                            self.set_register(register, error.code());
                            atomic = false;
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

    fn land(&mut self, pc: Pc, error: Error) {
        match self.machine.program.landings.get(&pc) {
            Some(&(landing, register)) => {
                self.set_register(register, error.code());
                self.own_work(landing);
            }
            None => self.finish(Position::Failed(error), Fact::Failed { error }),
        }
    }

    fn stand(&mut self, pc: Pc) {
        let time = match self.machine.program.code[pc as usize] {
            Op::Pause { time: Spend::Fixed(time), .. } => self.register(time).max(0),
            _ => 0,
        };
        self.state.set(self.block, Position::At(pc).word());
        let machine = self.machine;
        for &register in &machine.dead[pc as usize] {
            self.state.set(self.block + 1 + register as usize, 0);
        }
        self.watch.stands(self.process, pc, time);
    }

    fn finish(&mut self, position: Position, fact: Fact) {
        self.state.set(self.block, position.word());
        let registers = self.machine.layout.processes[self.process as usize].registers as usize;
        for register in 0..registers {
            self.state.set(self.block + 1 + register, 0);
        }
        self.watch.fact(self.process, fact);
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

    fn check(&mut self, pc: Pc) {
        let machine = self.machine;
        let op = machine.program.code[pc as usize];
        // An instruction that sets its own index register declared with the old value; then the
        // whole array is what can be said.
        let declared = op.footprint(&machine.program, |register| {
            (op.sets() != Some(register)).then(|| self.register(register))
        });
        std::mem::take(&mut self.touched).hold_to(&declared, &op);
    }

    fn perform_unchecked(&mut self, pc: Pc) -> Result<Pc, Error> {
        let next = pc + 1;
        match self.machine.program.code[pc as usize] {
            Op::Const { to, value } => self.set_local(pc, to, value),
            Op::Copy { to, from } => self.set_local(pc, to, self.register(from)),
            Op::Number { to } => {
                let number = self.machine.layout.processes[self.process as usize].number;
                self.set_local(pc, to, i64::from(number));
            }
            Op::Compute { what, to, left, right } => {
                let value = compute(what, self.register(left), self.register(right))?;
                self.set_local(pc, to, value);
            }
            Op::Negate { to, from } => {
                let value = negate(self.register(from))?;
                self.set_local(pc, to, value);
            }
            Op::Not { to, from } => self.set_local(pc, to, 1 - self.register(from)),
            Op::Jump { to } => return Ok(to),
            Op::Branch { when, yes, no } => {
                return Ok(if self.register(when) == 0 { no } else { yes });
            }
            Op::Count { counter, index, change, by } => self.count(counter, index, change, by)?,
            Op::Read { to, from, index } => {
                let target = self.element(from, index)?;
                let value = self.read(target);
                self.watch.fact(self.process, Fact::Read { target, value });
                self.set_local(pc, to, value);
            }
            Op::Write { to, index, from } => {
                let target = self.element(to, index)?;
                let new = self.register(from);
                let old = self.write(target, new);
                self.watch.fact(self.process, Fact::Wrote { target, old, new });
            }
            Op::Acquire { lock, index, .. } => {
                let target = self.element(lock, index)?;
                let holder = self.read(target);
                assert_eq!(holder, 0, "a lock was taken that is not free");
                self.write(target, i64::from(self.process) + 1);
                self.watch.fact(self.process, Fact::Took { target });
            }
            Op::Release { lock, index, .. } => {
                let target = self.element(lock, index)?;
                if self.read(target) != i64::from(self.process) + 1 {
                    return Err(Error::NotHeld);
                }
                self.write(target, 0);
                self.watch.fact(self.process, Fact::LetGo { target });
            }
            Op::Pause { time: Spend::Fixed(time), busy } => {
                let time = self.register(time);
                if time < 0 {
                    return Err(Error::NegativeTime);
                }
                self.watch.fact(self.process, Fact::Paused { time, busy });
            }
            Op::Atomic { .. } | Op::AtomicEnd => {}
            Op::End | Op::Fail { .. } => unreachable!("the end is handled where work goes on"),
            other => unimplemented!("{other:?}"),
        }
        Ok(next)
    }

    fn count(
        &mut self,
        counter: SharedId,
        index: Option<Reg>,
        change: CounterChange,
        by: Reg,
    ) -> Result<(), Error> {
        let target = self.element(counter, index)?;
        let by = self.register(by);
        let new = match change {
            CounterChange::Set => by,
            // A watcher must not change what it watches: at the ends of 64 bits it stops, where
            // a variable's overflow would end the process.
            CounterChange::Add => self.read(target).saturating_add(by),
            CounterChange::Subtract => self.read(target).saturating_sub(by),
        };
        let old = self.write(target, new);
        self.counted |= old != new;
        self.counted_on |= old != new && change != CounterChange::Set;
        self.watch.fact(self.process, Fact::Counted { target, old, new });
        Ok(())
    }

    fn register(&self, register: Reg) -> i64 {
        self.state.get(self.block + 1 + register as usize)
    }

    fn set_register(&mut self, register: Reg, value: i64) {
        self.state.set(self.block + 1 + register as usize, value);
    }

    fn set_local(&mut self, pc: Pc, register: Reg, value: i64) {
        self.set_register(register, value);
        self.watch.fact(self.process, Fact::Local { register, value, pc });
    }

    fn element(&self, shared: SharedId, index: Option<Reg>) -> Result<Target, Error> {
        let Some(register) = index else { return Ok(Target { shared, element: 0 }) };
        let length = self.machine.layout.shared[shared as usize].length;
        match u32::try_from(self.register(register)) {
            Ok(at) if (1..=length).contains(&at) => Ok(Target { shared, element: at - 1 }),
            _ => Err(Error::OutsideArray),
        }
    }

    fn word(&self, target: Target) -> usize {
        (self.machine.layout.shared[target.shared as usize].at + target.element) as usize
    }

    fn read(&mut self, target: Target) -> i64 {
        if self.machine.checking {
            self.touched.read(target);
        }
        self.state.get(self.word(target))
    }

    /// Writes and gives the value before.
    fn write(&mut self, target: Target, value: i64) -> i64 {
        if self.machine.checking {
            self.touched.wrote(target);
        }
        let at = self.word(target);
        let old = self.state.get(at);
        self.state.set(at, value);
        if old != value {
            self.judge |= self.machine.judged_by[target.shared as usize];
        }
        debug_assert!(
            self.machine.program.shared[target.shared as usize].kind != SharedKind::Lock
                || value >= 0
        );
        old
    }
}
