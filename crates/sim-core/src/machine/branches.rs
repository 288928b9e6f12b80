//! `together`: its branches are processes of their own, and who starts them waits for all to end.
//!
//! A register of who waits tells for each branch what became of it. Who goes on before they have
//! ended leaves them to themselves, as an abandoned call is.

use super::execute::Execution;
use super::{Machine, Position, State, Watch};
use crate::program::{Error, Reg, Start};
use crate::trace::{Fact, ProcessId};

/// What a branch's register says once it has ended; an error's code comes on top of the second.
const DONE: i64 = 1;
const FAILED: i64 = 2;

impl Machine {
    /// The branches of a process that have not ended, by declaration and room.
    #[must_use]
    pub fn branches_of(&self, state: &State, process: ProcessId) -> Vec<ProcessId> {
        let own = self.layout.processes[process as usize].class;
        let classes = self.program.classes.iter().zip(&self.layout.classes);
        let rooms = classes.filter(|(class, _)| match class.start {
            Start::Branch { of, .. } => of == own,
            _ => false,
        });
        let rooms = rooms.flat_map(|(_, rooms)| rooms.clone());
        let is_there = |room: &ProcessId| {
            self.caller_of(state, *room) == Some(process)
                && state.position(&self.layout, *room) != Position::Absent
        };
        rooms.filter(is_there).collect()
    }

    /// True where all branches with these outcomes have ended.
    #[must_use]
    pub fn have_ended(&self, state: &State, process: ProcessId, first: Reg, count: u16) -> bool {
        let registers = state.registers(&self.layout, process);
        !registers[first as usize..][..count as usize].contains(&0)
    }

    /// Who waits for a branch.
    pub(super) fn parent_of(&self, state: &State, process: ProcessId) -> Option<ProcessId> {
        let class = self.layout.processes[process as usize].class;
        let is_branch = matches!(self.program.classes[class as usize].start, Start::Branch { .. });
        if is_branch { self.caller_of(state, process) } else { None }
    }
}

impl<W: Watch> Execution<'_, W> {
    pub(super) fn fork(
        &mut self,
        class: u32,
        (first, count): (Reg, u16),
        outcome: Reg,
    ) -> Result<(), Error> {
        let branch = self.spawn(class, first, count)?;
        let layout = &self.machine.layout;
        let (slot, own) =
            (layout.processes[branch as usize], layout.processes[self.process as usize]);
        self.set_register(outcome, 0);
        self.state.set(slot.caller_at as usize, i64::from(self.process) + 1);
        if own.replica_at != 0 {
            let replica = self.state.get(own.replica_at as usize);
            self.state.set(slot.replica_at as usize, replica);
        }
        Ok(())
    }

    /// All branches have ended: the first error among them, in text order, goes on here.
    pub(super) fn join(&mut self, first: Reg, count: u16) -> Result<(), Error> {
        self.tell(self.process, Fact::Joined);
        for outcome in first..first + count {
            let code = self.register(outcome) - FAILED;
            if code >= 0 {
                let error = Error::from_code(code);
                self.tell(self.process, Fact::Raised { error });
                return Err(error);
            }
        }
        Ok(())
    }

    /// A process comes to its end: if it is a branch, who waits for it is told.
    pub(super) fn branch_ends(&mut self, position: Position) {
        let machine = self.machine;
        let slot = machine.layout.processes[self.process as usize];
        let Start::Branch { outcome, .. } = machine.program.classes[slot.class as usize].start
        else {
            return;
        };
        let word = match position {
            Position::Ended => DONE,
            Position::Failed(error) => FAILED + error.code(),
            _ => return,
        };
        let Some(parent) = machine.caller_of(self.state, self.process) else { return };
        let at = machine.layout.processes[parent as usize].at + 1 + u32::from(outcome);
        self.state.set(at as usize, word);
        self.tell(self.process, Fact::BranchEnded { parent });
    }

    /// The process does not wait for its branches any more: they go on by themselves.
    pub(super) fn abandon_branches(&mut self) {
        for branch in self.machine.branches_of(self.state, self.process) {
            let at = self.machine.layout.processes[branch as usize].caller_at;
            self.state.set(at as usize, 0);
        }
    }

    /// What a process does at the same time goes on again with it.
    pub(super) fn resume_branches_of(&mut self, process: ProcessId) {
        for branch in self.machine.branches_of(self.state, process) {
            self.tell(branch, Fact::Resumed);
            self.resume_branches_of(branch);
        }
    }

    /// The branches of a process that crashes crash with it.
    pub(super) fn crash_branches_of(&mut self, process: ProcessId) {
        let machine = self.machine;
        let own = (self.process, self.block);
        for branch in machine.branches_of(self.state, process) {
            self.crash_branches_of(branch);
            let slot = machine.layout.processes[branch as usize];
            (self.process, self.block) = (branch, slot.at as usize);
            if let Position::At(pc) = self.state.position(&machine.layout, branch) {
                self.abandon_fills(pc);
                self.leaves_place(pc);
            }
            if let Some(replica) = machine.replica_of(self.state, branch) {
                self.lets_go_of_own(replica);
            }
            self.state.set(slot.caller_at as usize, 0);
            self.finish(Position::Crashed, Fact::Crashed);
            self.crash_gives_back();
        }
        (self.process, self.block) = own;
    }
}
