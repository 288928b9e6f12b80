//! The instructions. An instruction is *own work* or a *touch*; a process always stands at a touch.

use super::{Program, SharedKind};
use std::ops::Range;

/// An index into [`Program::code`].
pub type Pc = u32;
/// A register of a process: its place in the process's block, behind the position.
pub type Reg = u16;
/// An index into [`Program::shared`].
pub type SharedId = u32;

/// One instruction. The comment on each names its fields.
#[allow(missing_docs, reason = "each variant's comment says what its fields are")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each instruction's own line names its fields")]
pub enum Op {
    /// Own work: `to = value`.
    Const { to: Reg, value: i64 },
    /// Own work: `to = from`.
    Copy { to: Reg, from: Reg },
    /// Own work: `to = self`, the number of the process among its kind, from 1.
    Number { to: Reg },
    /// Own work: `to = left (what) right`; may raise overflow or division by zero.
    Compute { what: Binary, to: Reg, left: Reg, right: Reg },
    /// Own work: `to = -from`; may raise overflow.
    Negate { to: Reg, from: Reg },
    /// Own work: `to = 1 - from`.
    Not { to: Reg, from: Reg },
    /// Own work: go on at `to`.
    Jump { to: Pc },
    /// Own work: go on at `yes` if `when` is 1, else at `no`.
    Branch { when: Reg, yes: Pc, no: Pc },
    /// Own work: change a counter (which only observes, so this is never a step).
    Count { counter: SharedId, index: Option<Reg>, change: CounterChange, by: Reg },

    /// Touch: `to = from[index]`. In a promise's code it is own work and may read counters.
    Read { to: Reg, from: SharedId, index: Option<Reg> },
    /// Touch: `to[index] = from`.
    Write { to: SharedId, index: Option<Reg>, from: Reg },
    /// Touch: take a lock; possible only when it is free.
    Acquire { lock: SharedId, index: Option<Reg> },
    /// Touch: let a lock go; raises `not_held` if another, or nobody, holds it.
    Release { lock: SharedId, index: Option<Reg> },
    /// Touch of nothing shared: time passes, busy (`work`) or idle (`sleep`).
    Pause { time: Reg, busy: bool },
    /// Touch: everything up to the matching `AtomicEnd` happens in this one step.
    Atomic,
    /// Own work: the end of the innermost `atomic`.
    AtomicEnd,

    /// Own work: the process has ended.
    End,
    /// Own work: the process ends as failed, by the error whose code is in `error`.
    Fail { error: Reg },
}

/// What `Compute` computes. Comparisons give 0 or 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// Sum.
    Add,
    /// Difference.
    Subtract,
    /// Product.
    Multiply,
    /// Quotient, rounded down.
    Divide,
    /// Remainder, with the divisor's sign.
    Modulo,
    /// Equal.
    Equal,
    /// Not equal.
    Differ,
    /// Less.
    Less,
    /// Less or equal.
    AtMost,
    /// The lesser.
    Least,
    /// The greater.
    Greatest,
}

/// How `Count` changes a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CounterChange {
    /// `+=`
    Add,
    /// `-=`
    Subtract,
    /// `=`
    Set,
}

/// What one instruction may touch of the shared state, as ranges of elements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Footprint {
    /// Read: a shared thing and its elements (from 0).
    pub reads: Option<(SharedId, Range<u32>)>,
    /// Written: a shared thing and its elements (from 0).
    pub writes: Option<(SharedId, Range<u32>)>,
}

impl Op {
    /// True when a process may stand here: the instruction begins a step.
    #[must_use]
    pub fn is_touch(&self) -> bool {
        match self {
            Op::Read { .. }
            | Op::Write { .. }
            | Op::Acquire { .. }
            | Op::Release { .. }
            | Op::Pause { .. }
            | Op::Atomic => true,
            Op::Const { .. }
            | Op::Copy { .. }
            | Op::Number { .. }
            | Op::Compute { .. }
            | Op::Negate { .. }
            | Op::Not { .. }
            | Op::Jump { .. }
            | Op::Branch { .. }
            | Op::Count { .. }
            | Op::AtomicEnd
            | Op::End
            | Op::Fail { .. } => false,
        }
    }

    /// The registers it reads.
    pub fn uses(&self) -> impl Iterator<Item = Reg> {
        let (first, second) = match *self {
            Op::Copy { from, .. } | Op::Negate { from, .. } | Op::Not { from, .. } => {
                (Some(from), None)
            }
            Op::Compute { left, right, .. } => (Some(left), Some(right)),
            Op::Branch { when, .. } => (Some(when), None),
            Op::Count { index, by, .. } => (index, Some(by)),
            Op::Read { index, .. } | Op::Acquire { index, .. } | Op::Release { index, .. } => {
                (index, None)
            }
            Op::Write { index, from, .. } => (index, Some(from)),
            Op::Pause { time, .. } => (Some(time), None),
            Op::Fail { error } => (Some(error), None),
            Op::Const { .. }
            | Op::Number { .. }
            | Op::Jump { .. }
            | Op::Atomic
            | Op::AtomicEnd
            | Op::End => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// The register it sets.
    #[must_use]
    pub fn sets(&self) -> Option<Reg> {
        match *self {
            Op::Const { to, .. }
            | Op::Copy { to, .. }
            | Op::Number { to }
            | Op::Compute { to, .. }
            | Op::Negate { to, .. }
            | Op::Not { to, .. }
            | Op::Read { to, .. } => Some(to),
            Op::Jump { .. }
            | Op::Branch { .. }
            | Op::Count { .. }
            | Op::Write { .. }
            | Op::Acquire { .. }
            | Op::Release { .. }
            | Op::Pause { .. }
            | Op::Atomic
            | Op::AtomicEnd
            | Op::End
            | Op::Fail { .. } => None,
        }
    }

    /// The instructions that may follow, errors aside.
    pub fn follows(&self, pc: Pc) -> impl Iterator<Item = Pc> {
        let (first, second) = match *self {
            Op::Jump { to } => (Some(to), None),
            Op::Branch { yes, no, .. } => (Some(yes), Some(no)),
            Op::End | Op::Fail { .. } => (None, None),
            _ => (Some(pc + 1), None),
        };
        first.into_iter().chain(second)
    }

    /// What it declares to touch; a machine in checking mode holds it to that.
    ///
    /// `index` gives the value of an index register, from 1; without one (`None`), as when nothing
    /// runs yet, the whole array is named.
    #[must_use]
    pub fn footprint(&self, program: &Program, index: Option<i64>) -> Footprint {
        let part = |id: SharedId| {
            let length = program.shared[id as usize].initial.len() as u32;
            match index {
                Some(at) if at >= 1 && at <= i64::from(length) => (id, (at - 1) as u32..at as u32),
                _ => (id, 0..length),
            }
        };
        match *self {
            Op::Read { from, .. } => Footprint { reads: Some(part(from)), writes: None },
            Op::Write { to, .. } => Footprint { reads: None, writes: Some(part(to)) },
            Op::Acquire { lock, .. } | Op::Release { lock, .. } => {
                Footprint { reads: Some(part(lock)), writes: Some(part(lock)) }
            }
            Op::Count { counter, change, .. } => Footprint {
                reads: (change != CounterChange::Set).then(|| part(counter)),
                writes: Some(part(counter)),
            },
            Op::Const { .. }
            | Op::Copy { .. }
            | Op::Number { .. }
            | Op::Compute { .. }
            | Op::Negate { .. }
            | Op::Not { .. }
            | Op::Jump { .. }
            | Op::Branch { .. }
            | Op::Pause { .. }
            | Op::Atomic
            | Op::AtomicEnd
            | Op::End
            | Op::Fail { .. } => Footprint::default(),
        }
    }

    /// The index register and the shared thing it indexes, if it touches one.
    #[must_use]
    pub fn target(&self) -> Option<(SharedId, Option<Reg>)> {
        match *self {
            Op::Read { from, index, .. } => Some((from, index)),
            Op::Write { to, index, .. } => Some((to, index)),
            Op::Acquire { lock, index } | Op::Release { lock, index } => Some((lock, index)),
            Op::Count { counter, index, .. } => Some((counter, index)),
            _ => None,
        }
    }
}

impl SharedKind {
    /// The word of the language that declares it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            SharedKind::Var => "var",
            SharedKind::Lock => "lock",
            SharedKind::Counter => "counter",
        }
    }
}
