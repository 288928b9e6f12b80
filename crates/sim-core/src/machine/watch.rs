//! How somebody looks on while a machine runs, at no cost to those who do not.

use super::{Machine, State};
use crate::program::{Distribution, Pc, Strategy};
use crate::trace::{Fact, ProcessId, Target};

/// How long a process will stand where it came to stand, as far as the machine knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stay {
    /// No longer than it takes to be free to move.
    None,
    /// So many nanoseconds.
    Fixed(i64),
    /// A draw; its parameters.
    Drawn(Distribution, [i64; 2]),
    /// The wait before the next try of a `retry`.
    Backoff {
        /// Which retry of the process, by nesting.
        slot: u16,
        /// How it grows and spreads.
        strategy: Strategy,
        /// Nanoseconds.
        delay: i64,
        /// Millionths.
        factor: i64,
        /// Nanoseconds.
        cap: Option<i64>,
    },
}

/// What makes time that is spent longer under faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Nothing: it only waits.
    Idle,
    /// It works.
    Busy,
    /// It is a request, and spends its time, working or waiting, in the hands of a replica.
    Served(Target),
}

/// Sees what happens within a step.
pub trait Watch {
    /// Something happened.
    fn fact(&mut self, process: ProcessId, fact: Fact);
    /// An instruction was performed.
    fn passes(&mut self, process: ProcessId, pc: Pc);
    /// A process came to stand at an instruction.
    fn stands(&mut self, process: ProcessId, pc: Pc, stay: Stay, pace: Pace);
    /// A `within` of a process begins: which by nesting, and its nanoseconds.
    fn arms(&mut self, _process: ProcessId, _timer: u16, _time: i64) {}
    /// A `retry` of a process begins: which by nesting.
    fn retries(&mut self, _process: ProcessId, _slot: u16) {}
    /// A process tries once more without waiting before; after a wait, [`Fact::BackedOff`] tells.
    fn tries_again(&mut self, _process: ProcessId) {}
    /// How long ago the message of this number was sent, nanoseconds, for those who know of time.
    fn age(&mut self, _message: u32) -> i64 {
        0
    }
}

/// Nobody looks.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoWatch;

impl Watch for NoWatch {
    fn fact(&mut self, _: ProcessId, _: Fact) {}
    fn passes(&mut self, _: ProcessId, _: Pc) {}
    fn stands(&mut self, _: ProcessId, _: Pc, _: Stay, _: Pace) {}
}

/// Follows a run from step to step.
pub trait Follow {
    /// What hears a step.
    type Ear<'a>: Watch
    where
        Self: 'a;
    /// A step begins at a time that is not before that of the last one; the start of a run too.
    fn moves(&mut self, now: u64);
    /// A watch for that step.
    fn ear<'a>(&'a mut self, machine: &'a Machine) -> Self::Ear<'a>;
    /// The step is over; it led to this state.
    fn settle(&mut self, machine: &Machine, state: &State);
}

impl Follow for NoWatch {
    type Ear<'a> = NoWatch;

    fn moves(&mut self, _: u64) {}

    fn ear<'a>(&'a mut self, _: &'a Machine) -> NoWatch {
        NoWatch
    }

    fn settle(&mut self, _: &Machine, _: &State) {}
}

/// Two look on: each hears everything, the first one first. That one knows of time.
impl<A: Watch, B: Watch> Watch for (A, B) {
    // Where a fact is told, its kind is known: inlined, telling costs what each does with it.
    #[inline(always)]
    fn fact(&mut self, process: ProcessId, fact: Fact) {
        self.0.fact(process, fact);
        self.1.fact(process, fact);
    }

    #[inline(always)]
    fn passes(&mut self, process: ProcessId, pc: Pc) {
        self.0.passes(process, pc);
        self.1.passes(process, pc);
    }

    #[inline(always)]
    fn stands(&mut self, process: ProcessId, pc: Pc, stay: Stay, pace: Pace) {
        self.0.stands(process, pc, stay, pace);
        self.1.stands(process, pc, stay, pace);
    }

    fn arms(&mut self, process: ProcessId, timer: u16, time: i64) {
        self.0.arms(process, timer, time);
        self.1.arms(process, timer, time);
    }

    fn retries(&mut self, process: ProcessId, slot: u16) {
        self.0.retries(process, slot);
        self.1.retries(process, slot);
    }

    fn tries_again(&mut self, process: ProcessId) {
        self.0.tries_again(process);
        self.1.tries_again(process);
    }

    fn age(&mut self, message: u32) -> i64 {
        self.0.age(message)
    }
}
