//! What may happen next, and what may not with its reason.

use super::{Machine, Position, State};
use crate::program::{Op, Pc, SharedKind};
use crate::trace::{ProcessId, Target};

/// Something that may happen: a step of a process, with one of its outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Choice {
    /// Who moves.
    pub process: ProcessId,
    /// Which outcome, from 0. Steps with several outcomes are not built yet.
    pub outcome: u32,
}

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
    /// A lock is held.
    Held {
        /// The lock.
        lock: Target,
        /// Who holds it; possibly the process itself.
        by: ProcessId,
    },
}

impl Machine {
    /// Every process that has not ended, by declaration and number, with what hinders it.
    pub fn standing<'a>(&'a self, state: &'a State) -> impl Iterator<Item = Standing> + 'a {
        (0..self.layout.processes.len() as ProcessId).filter_map(move |process| {
            let Position::At(pc) = state.position(&self.layout, process) else { return None };
            Some(Standing { process, pc, blocked: self.blocked(state, process, pc) })
        })
    }

    /// Everything that may happen next, in the order that gives picks their numbers.
    pub fn choices<'a>(&'a self, state: &'a State) -> impl Iterator<Item = Choice> + 'a {
        self.standing(state)
            .filter(|standing| standing.blocked.is_none())
            .map(|standing| Choice { process: standing.process, outcome: 0 })
    }

    /// The element an instruction would touch if the process moved now; `None` if it touches
    /// nothing shared or its index lies outside.
    #[must_use]
    pub fn target(&self, state: &State, process: ProcessId, pc: Pc) -> Option<Target> {
        let (shared, index) = self.program.code[pc as usize].target()?;
        let element = match index {
            None => 0,
            Some(register) => {
                let at = state.registers(&self.layout, process)[register as usize];
                let length = self.layout.shared[shared as usize].length;
                u32::try_from(at).ok().filter(|at| (1..=length).contains(at))? - 1
            }
        };
        Some(Target { shared, element })
    }

    fn blocked(&self, state: &State, process: ProcessId, pc: Pc) -> Option<Blocked> {
        if !matches!(self.program.code[pc as usize], Op::Acquire { .. }) {
            return None;
        }
        // An index outside the array is an error, and the step is possible: it raises it.
        let lock = self.target(state, process, pc)?;
        debug_assert_eq!(self.program.shared[lock.shared as usize].kind, SharedKind::Lock);
        match state.element(&self.layout, lock) {
            0 => None,
            holder => Some(Blocked::Held { lock, by: (holder - 1) as ProcessId }),
        }
    }
}
