//! Which registers have the same value whenever a place is reached.
//!
//! G. Kildall, "A unified approach to global program optimization", POPL 1973.

use crate::program::{Op, Pc, Program, Reg, Start, compute, negate};
use std::ops::Range;

/// The values of a kind of process.
#[derive(Clone, Debug)]
pub(super) struct Constants {
    code: Range<Pc>,
    /// For each instruction, before it: the value of each register, where it is always the same.
    /// Nothing for what cannot be reached.
    before: Vec<Option<Vec<Option<i64>>>>,
}

impl Constants {
    /// The values of a class's instances; `number` is theirs, or 0 for any.
    pub(super) fn of(program: &Program, class: u32, number: u32) -> Constants {
        let class = &program.classes[class as usize];
        let code = class.code.clone();
        let mut constants = Constants { before: vec![None; code.len()], code };
        // A spawned one starts with what it was given.
        let given = class.start.is_passing() || matches!(class.start, Start::Spawned);
        let first = if given { None } else { Some(0) };
        let mut open = Vec::new();
        constants.flow(class.entry, &vec![first; class.registers as usize], &mut open);
        while let Some(pc) = open.pop() {
            let Some(before) = constants.before[constants.at(pc)].clone() else { continue };
            let op = &program.code[pc as usize];
            let mut after = before.clone();
            for to in op.sets() {
                after[to as usize] = set(op, &before, number);
            }
            for next in op.follows(pc) {
                constants.flow(next, &after, &mut open);
            }
            let landing = program.landings.get(&pc).copied();
            let strikes = program.strikes.get(&pc).into_iter().flatten();
            for (to, error) in landing.into_iter().chain(strikes.map(|one| (one.to, one.error))) {
                let mut before = before.clone();
                before[error as usize] = None;
                constants.flow(to, &before, &mut open);
            }
        }
        constants
    }

    /// The value that a register always has before an instruction.
    pub(super) fn value(&self, pc: Pc, register: Reg) -> Option<i64> {
        self.before[self.at(pc)].as_ref().and_then(|values| values[register as usize])
    }

    fn at(&self, pc: Pc) -> usize {
        (pc - self.code.start) as usize
    }

    /// A way leads to an instruction with these values.
    fn flow(&mut self, pc: Pc, values: &[Option<i64>], open: &mut Vec<Pc>) {
        if !self.code.contains(&pc) {
            return;
        }
        let at = self.at(pc);
        let Some(known) = &mut self.before[at] else {
            self.before[at] = Some(values.to_vec());
            open.push(pc);
            return;
        };
        let mut changed = false;
        for (known, value) in known.iter_mut().zip(values) {
            if known.is_some() && known != value {
                *known = None;
                changed = true;
            }
        }
        if changed {
            open.push(pc);
        }
    }
}

/// The value that an instruction sets, where it is known.
fn set(op: &Op, before: &[Option<i64>], number: u32) -> Option<i64> {
    let at = |register: Reg| before[register as usize];
    match *op {
        Op::Const { value, .. } => Some(value),
        Op::Copy { from, .. } => at(from),
        Op::Number { .. } => (number > 0).then_some(i64::from(number)),
        Op::Compute { what, left, right, .. } => compute(what, at(left)?, at(right)?).ok(),
        Op::Negate { from, .. } => negate(at(from)?).ok(),
        Op::Not { from, .. } => Some(1 - at(from)?),
        _ => None,
    }
}
