//! Whether a promise holds in a state.

use super::execute::OWN_WORK_MAX;
use super::{Machine, State};
use crate::program::{Error, Op, Reg, SharedId, compute, negate};

impl Machine {
    /// Judges one promise.
    ///
    /// # Errors
    /// When its condition cannot be computed (an overflow, a division by zero, an index outside).
    /// Such a promise does not hold.
    pub fn judge(&self, promise: usize, state: &State) -> Result<bool, Error> {
        let promise = &self.program.promises[promise].glance;
        let mut registers = vec![0i64; promise.registers as usize];
        let mut pc = promise.code.start;
        for _ in 0..OWN_WORK_MAX {
            if pc >= promise.code.end {
                return Ok(registers[promise.result as usize] != 0);
            }
            let op = self.program.code[pc as usize];
            pc += 1;
            let at = |register: Reg| registers[register as usize];
            let (to, value) = match op {
                Op::Const { to, value } => (to, value),
                Op::Copy { to, from } => (to, at(from)),
                Op::Compute { what, to, left, right } => (to, compute(what, at(left), at(right))?),
                Op::Negate { to, from } => (to, negate(at(from))?),
                Op::Not { to, from } => (to, 1 - at(from)),
                Op::Read { to, from, index } => (to, self.peek(state, from, index.map(at))?),
                Op::Jump { to } => {
                    pc = to;
                    continue;
                }
                Op::Branch { when, yes, no } => {
                    pc = if at(when) == 0 { no } else { yes };
                    continue;
                }
                other => unreachable!("{other:?} has no place in a promise"),
            };
            registers[to as usize] = value;
        }
        unreachable!("a promise has no loops")
    }

    fn peek(&self, state: &State, shared: SharedId, index: Option<i64>) -> Result<i64, Error> {
        let elements = state.elements(&self.layout, shared);
        let element = index.map_or(Some(0), |at| usize::try_from(at).ok()?.checked_sub(1));
        element.and_then(|at| elements.get(at)).copied().ok_or(Error::OutsideArray)
    }
}
