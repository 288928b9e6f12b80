//! Which registers no longer matter where a process stands.
//!
//! A local is live where some way through the code reads it before it is set. A dead one is
//! cleared when the process comes to stand, so that states which behave alike are one state.

use super::{Op, Pc, Program, Reg};
use std::collections::BTreeSet;

/// For each instruction at which a process may stand, the registers to clear on arriving there;
/// an empty list for every other instruction.
#[must_use]
pub fn dead_registers(program: &Program) -> Vec<Vec<Reg>> {
    let mut dead = vec![Vec::new(); program.code.len()];
    for class in &program.classes {
        let live = live_before(program, class.code.clone());
        for pc in class.code.clone() {
            if program.code[pc as usize].is_touch() {
                let needed = &live[(pc - class.code.start) as usize];
                dead[pc as usize] =
                    (0..class.registers).filter(|register| !needed.contains(register)).collect();
            }
        }
    }
    dead
}

/// Registers live before each instruction of a stretch of code: a backward fixed point.
fn live_before(program: &Program, code: std::ops::Range<Pc>) -> Vec<BTreeSet<Reg>> {
    let mut live = vec![BTreeSet::new(); code.len()];
    let mut changed = true;
    while changed {
        changed = false;
        for pc in code.clone().rev() {
            let before = before(program, pc, &live, code.start);
            let slot = &mut live[(pc - code.start) as usize];
            if *slot != before {
                *slot = before;
                changed = true;
            }
        }
    }
    live
}

fn before(program: &Program, pc: Pc, live: &[BTreeSet<Reg>], first: Pc) -> BTreeSet<Reg> {
    let op: &Op = &program.code[pc as usize];
    let mut registers: BTreeSet<Reg> = op
        .follows(pc)
        .filter_map(|next| live.get((next - first) as usize))
        .flatten()
        .copied()
        .collect();
    if let Some(set) = op.sets() {
        registers.remove(&set);
    }
    // An error leaves before anything is set, so the way out's needs count from here.
    if let Some(&(landing, error)) = program.landings.get(&pc) {
        registers.extend(
            live[(landing - first) as usize].iter().copied().filter(|&register| register != error),
        );
    }
    registers.extend(op.uses());
    registers
}
