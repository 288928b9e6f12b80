//! Conditions: falling asleep and being woken, as Mesa monitors do it. Who is woken must take the
//! lock again, and somebody else may be faster (Lampson and Redell, "Experience with processes and
//! monitors in Mesa", 1980).

use super::execute::Execution;
use super::{Machine, Position, State, Watch};
use crate::program::{Error, Mode, Op, Reg, SharedId};
use crate::trace::{Fact, ProcessId, Target};

impl Machine {
    /// Who sleeps on a condition, by declaration and number.
    pub fn sleepers<'a>(
        &'a self,
        state: &'a State,
        condition: Target,
    ) -> impl Iterator<Item = ProcessId> + 'a {
        (0..self.layout.processes.len() as ProcessId).filter(move |&process| {
            let Position::At(pc) = state.position(&self.layout, process) else { return false };
            matches!(self.program.code[pc as usize], Op::Asleep { .. })
                && self.target(state, process, pc) == Some(condition)
        })
    }
}

impl<W: Watch> Execution<'_, W> {
    pub(super) fn fall_asleep(
        &mut self,
        condition: SharedId,
        index: Option<Reg>,
        lock: SharedId,
        lock_index: Option<Reg>,
    ) -> Result<(), Error> {
        let condition = self.element(condition, index)?;
        let lock = self.element(lock, lock_index)?;
        if self.read(lock) != i64::from(self.process) + 1 {
            return Err(Error::NotHeld);
        }
        self.write(lock, 0);
        self.note_write(condition);
        self.tell(self.process, Fact::LetGo { target: lock, mode: Mode::Lock });
        self.tell(self.process, Fact::FellAsleep { condition });
        Ok(())
    }

    pub(super) fn notify(
        &mut self,
        condition: SharedId,
        index: Option<Reg>,
        all: bool,
    ) -> Result<(), Error> {
        let condition = self.element(condition, index)?;
        self.note_read(condition);
        let sleepers: Vec<ProcessId> = self.machine.sleepers(self.state, condition).collect();
        self.tell(self.process, Fact::Signalled { condition });
        if sleepers.is_empty() {
            if !all {
                self.outcome(1);
            }
            return Ok(());
        }
        self.note_write(condition);
        if all {
            sleepers.into_iter().for_each(|sleeper| self.wake(sleeper));
        } else {
            let chosen = self.outcome(sleepers.len() as u32);
            self.wake(sleepers[chosen as usize]);
        }
        Ok(())
    }

    /// Who is woken stands before the lock now.
    fn wake(&mut self, sleeper: ProcessId) {
        self.tell(self.process, Fact::Woke { process: sleeper });
        if let Position::At(pc) = self.state.position(&self.machine.layout, sleeper) {
            self.stand_there(sleeper, pc + 1);
        }
    }
}
