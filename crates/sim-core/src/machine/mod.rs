//! What may happen next, and what it does. One machine for every driver: it never knows who picks.
//!
//! A state is one flat array of words. A process always stands at a touch of something shared (or
//! at a pause); a step performs that touch and then the process's own work up to its next one.

mod check;
mod choices;
mod ending;
mod execute;
mod judge;
mod state;
mod watch;

pub use choices::{Blocked, Choice, Standing};
pub use ending::End;
pub use execute::OWN_WORK_MAX;
pub use state::{Position, State};
pub use watch::{NoWatch, Watch};

use crate::program::{Layout, Program, Reg, dead_registers};
use crate::trace::ProcessId;
use execute::Execution;

/// A program made ready to run.
#[derive(Clone, Debug)]
pub struct Machine {
    program: Program,
    layout: Layout,
    dead: Vec<Vec<Reg>>,
    /// For each shared thing, the promises that read it, as bits; promises from the 63rd on share
    /// the last bit.
    judged_by: Vec<u64>,
    checking: bool,
}

/// What a step did that a driver must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Promises to judge again, as bits: something they read was written.
    pub judge: u64,
    /// True when a counter changed.
    pub counted: bool,
    /// True when a counter changed by `+=` or `-=`: it may go on doing so for ever.
    pub counted_on: bool,
}

impl Machine {
    /// Makes a program ready to run.
    #[must_use]
    pub fn new(program: Program) -> Machine {
        Machine::with_identity(program, false)
    }

    /// As [`Machine::new`]; with `all_counters`, counters that no promise names are part of the
    /// state's identity too.
    #[must_use]
    pub fn with_identity(program: Program, all_counters: bool) -> Machine {
        let layout = Layout::new(&program, all_counters);
        let dead = dead_registers(&program);
        let judged_by = (0..program.shared.len() as u32)
            .map(|id| {
                let readers = program.promises.iter().enumerate();
                readers
                    .filter(|(_, promise)| promise.reads.contains(&id))
                    .fold(0, |bits, (index, _)| bits | promise_bit(index))
            })
            .collect();
        Machine { program, layout, dead, judged_by, checking: cfg!(debug_assertions) }
    }

    /// Holds every instruction to the reads and writes it declares, and panics where one lies.
    /// On by itself in debug builds.
    #[must_use]
    pub fn checking(mut self) -> Machine {
        self.checking = true;
        self
    }

    /// The program it runs.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// Where things lie in its states.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The state before the first step: first values, and each process come to its first touch.
    pub fn start(&self, watch: &mut impl Watch) -> State {
        let mut state = State::new(&self.program, &self.layout);
        for process in 0..self.layout.processes.len() as ProcessId {
            let slot = self.layout.processes[process as usize];
            let entry = self.program.classes[slot.class as usize].entry;
            Execution::new(self, &mut state, watch, process).own_work(entry);
        }
        state
    }

    /// Takes one step.
    ///
    /// # Panics
    /// When the choice is not one of [`Machine::choices`] of this state: a fault of the driver.
    pub fn apply(&self, state: &mut State, choice: Choice, watch: &mut impl Watch) -> Applied {
        let Position::At(pc) = state.position(&self.layout, choice.process) else {
            panic!("process {} has ended and cannot move", choice.process)
        };
        let mut execution = Execution::new(self, state, watch, choice.process);
        execution.step(pc);
        execution.applied()
    }
}

/// The bit that stands for a promise.
#[must_use]
pub fn promise_bit(index: usize) -> u64 {
    1 << index.min(63)
}
