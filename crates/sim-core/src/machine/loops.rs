//! Event loops: one core, and whoever has it goes on until it waits.
//!
//! A request of such a service takes no step while another computes; a step of it performs
//! everything up to its next wait (rule 10).

use super::{Machine, State};
use crate::program::{Op, Pc};
use crate::trace::{ProcessId, Target};

impl Machine {
    /// True for an instruction of a request that shares a loop.
    #[must_use]
    #[inline]
    pub fn loops(&self, pc: Pc) -> bool {
        self.loops[pc as usize]
    }

    /// True for an instruction before which one waits, or may have to: a loop goes to another then.
    #[must_use]
    pub fn yields(&self, pc: Pc) -> bool {
        self.program.code[pc as usize].waits(&self.program)
    }

    /// The replica whose loop a request needs for its next step. Who computes has it; what is on its
    /// way needs none.
    #[must_use]
    pub fn needs_loop(&self, state: &State, request: ProcessId, pc: Pc) -> Option<Target> {
        if !self.loops(pc) {
            return None;
        }
        match self.program.code[pc as usize] {
            Op::Pause { busy: true, .. } | Op::Arrive { .. } | Op::Back { .. } => None,
            _ => self.replica_of(state, request),
        }
    }

    /// The replica whose loop a request needs and another has.
    pub(super) fn loop_taken(&self, state: &State, request: ProcessId, pc: Pc) -> Option<Target> {
        let replica = self.needs_loop(state, request, pc)?;
        (!self.may_take(state, request, true)).then_some(replica)
    }
}
