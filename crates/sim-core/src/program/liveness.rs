//! Which registers no longer matter where a process stands.
//!
//! A local is live where some way through the code reads it before it is set. A dead one is
//! cleared when the process comes to stand, so that states which behave alike are one state.

use super::{Pc, Program, Reg};
use std::ops::Range;

/// For each instruction at which a process may stand, the registers to clear on arriving there;
/// an empty list for every other instruction.
#[must_use]
pub fn dead_registers(program: &Program) -> Vec<Vec<Reg>> {
    let mut dead = vec![Vec::new(); program.code.len()];
    for class in &program.classes {
        let live = Live::of(program, class.code.clone(), class.registers);
        for pc in class.code.clone() {
            if program.code[pc as usize].is_touch() {
                dead[pc as usize] =
                    (0..class.registers).filter(|&register| !live.is_live(pc, register)).collect();
            }
        }
    }
    dead
}

/// Registers live before each instruction of a stretch of code, a bit each.
struct Live {
    first: Pc,
    /// Words of 64 bits an instruction has.
    width: usize,
    bits: Vec<u64>,
}

impl Live {
    /// The backward fixed point.
    fn of(program: &Program, code: Range<Pc>, registers: Reg) -> Live {
        let width = (registers as usize).div_ceil(64);
        let mut live = Live { first: code.start, width, bits: vec![0; code.len() * width] };
        let mut before = vec![0; width];
        let mut changed = true;
        while changed {
            changed = false;
            for pc in code.clone().rev() {
                live.compute(program, pc, &mut before);
                let row = live.row(pc);
                if live.bits[row.clone()] != before[..] {
                    live.bits[row].copy_from_slice(&before);
                    changed = true;
                }
            }
        }
        live
    }

    fn compute(&self, program: &Program, pc: Pc, before: &mut [u64]) {
        let op = &program.code[pc as usize];
        before.fill(0);
        for next in op.follows(pc) {
            if let Some(bits) = self.bits.get(self.row(next)) {
                merge(before, bits);
            }
        }
        for set in op.sets() {
            before[set as usize / 64] &= !bit(set);
        }
        // An error leaves before anything is set, so the way out's needs count from here.
        if let Some(&(landing, error)) = program.landings.get(&pc) {
            let kept = before[error as usize / 64] & bit(error);
            merge(before, &self.bits[self.row(landing)]);
            let word = &mut before[error as usize / 64];
            *word = *word & !bit(error) | kept;
        }
        for strike in program.strikes.get(&pc).into_iter().flatten() {
            let at = strike.error as usize / 64;
            let kept = before[at] & bit(strike.error);
            merge(before, &self.bits[self.row(strike.to)]);
            before[at] = before[at] & !bit(strike.error) | kept;
        }
        for used in program.uses(op) {
            before[used as usize / 64] |= bit(used);
        }
    }

    fn row(&self, pc: Pc) -> Range<usize> {
        let start = (pc - self.first) as usize * self.width;
        start..start + self.width
    }

    fn is_live(&self, pc: Pc, register: Reg) -> bool {
        self.bits[self.row(pc)][register as usize / 64] & bit(register) != 0
    }
}

fn bit(register: Reg) -> u64 {
    1 << (register % 64)
}

fn merge(into: &mut [u64], bits: &[u64]) {
    for (into, bits) in into.iter_mut().zip(bits) {
        *into |= bits;
    }
}
