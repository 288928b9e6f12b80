//! Locks, rwlocks, semaphores and leases: taking and letting go.

use super::Watch;
use super::execute::Execution;
use crate::program::{Details, Error, Mode, Pc, Reg, SharedId};
use crate::trace::{Fact, ProcessId, Target};

impl<W: Watch> Execution<'_, W> {
    pub(super) fn acquire(
        &mut self,
        pc: Pc,
        lock: SharedId,
        index: Option<Reg>,
        mode: Mode,
        token: Option<Reg>,
    ) -> Result<(), Error> {
        let target = self.element(lock, index)?;
        let first = self.read(target);
        let details = self.machine.program.shared[lock as usize].details;
        let me = i64::from(self.process) + 1;
        let mut grant = None;
        match mode {
            Mode::Lock => {
                assert_eq!(first, 0, "a lock was taken that is not free");
                self.write(target, me);
                if let Details::Lease(_) = details {
                    let at = self.at(target) + 1;
                    let number = self.state.get(at) + 1;
                    self.state.set(at, number);
                    grant = Some(number);
                }
            }
            Mode::Write => {
                assert_eq!(first, 0, "a rwlock was taken that is not free");
                self.write(target, me);
            }
            Mode::Read => {
                assert_eq!(first, 0, "a rwlock was read while somebody writes");
                self.note_write(target);
                self.change_second(target, 1);
                self.change_hold(self.process, target, 1);
            }
            Mode::Permit => {
                if let Details::Semaphore { permits, .. } = details
                    && first >= permits
                {
                    self.tell(self.process, Fact::TurnedAway { target });
                    self.tell(self.process, Fact::Raised { error: Error::Rejected });
                    return Err(Error::Rejected);
                }
                self.write(target, first + 1);
                self.change_hold(self.process, target, 1);
            }
        }
        self.tell(self.process, Fact::Took { target, mode, token: grant });
        if let Some(register) = token {
            self.set_local(pc, register, grant.unwrap_or(crate::program::NONE));
        }
        Ok(())
    }

    pub(super) fn release(
        &mut self,
        lock: SharedId,
        index: Option<Reg>,
        mode: Mode,
        lenient: bool,
    ) -> Result<(), Error> {
        let target = self.element(lock, index)?;
        let first = self.read(target);
        match mode {
            Mode::Lock | Mode::Write => {
                if first != i64::from(self.process) + 1 {
                    if lenient {
                        self.tell(self.process, Fact::LetGoLate { target });
                        return Ok(());
                    }
                    return Err(Error::NotHeld);
                }
                self.write(target, 0);
            }
            Mode::Read => {
                if self.state.held(&self.machine.layout, self.process, target) == 0 {
                    return if lenient { Ok(()) } else { Err(Error::NotHeld) };
                }
                self.note_write(target);
                self.change_second(target, -1);
                self.change_hold(self.process, target, -1);
            }
            Mode::Permit => {
                // Anybody may give a permit back; it is taken off somebody who holds one.
                let Some(holder) = self.permit_holder(target) else {
                    return if lenient { Ok(()) } else { Err(Error::NotHeld) };
                };
                self.write(target, first - 1);
                self.change_hold(holder, target, -1);
            }
        }
        self.tell(self.process, Fact::LetGo { target, mode });
        Ok(())
    }

    fn permit_holder(&self, target: Target) -> Option<ProcessId> {
        if self.state.get(self.at(target)) == 0 {
            return None;
        }
        let layout = &self.machine.layout;
        let holds = |process: &ProcessId| self.state.held(layout, *process, target) > 0;
        let others = 0..layout.processes.len() as ProcessId;
        std::iter::once(self.process).chain(others).find(holds)
    }

    fn change_second(&mut self, target: Target, by: i64) {
        let at = self.at(target) + 1;
        self.state.set(at, self.state.get(at) + by);
    }

    fn change_hold(&mut self, process: ProcessId, target: Target, by: i64) {
        if let Some(at) = self.machine.layout.hold_word(process, target.shared, target.element) {
            self.state.set(at, self.state.get(at) + by);
        }
    }
}
