//! How somebody looks on while a machine runs, at no cost to those who do not.

use crate::program::Pc;
use crate::trace::{Fact, ProcessId};

/// Sees what happens within a step.
pub trait Watch {
    /// Something happened.
    fn fact(&mut self, process: ProcessId, fact: Fact);
    /// An instruction was performed.
    fn passes(&mut self, process: ProcessId, pc: Pc);
    /// A process came to stand at an instruction; `time` is how long the pause there takes
    /// (nanoseconds), 0 where it is no pause.
    fn stands(&mut self, process: ProcessId, pc: Pc, time: i64);
}

/// Nobody looks.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoWatch;

impl Watch for NoWatch {
    fn fact(&mut self, _: ProcessId, _: Fact) {}
    fn passes(&mut self, _: ProcessId, _: Pc) {}
    fn stands(&mut self, _: ProcessId, _: Pc, _: i64) {}
}
