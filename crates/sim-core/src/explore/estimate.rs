//! About how many schedules there are, before anybody looks at them all.
//!
//! A way is taken at random again and again; the product of the numbers of choices along it is an
//! unbiased estimate of the number of ways (D. E. Knuth, "Estimating the efficiency of backtrack
//! programs", Mathematics of Computation 29, 1975).

use super::bounds::{Allowed, Withheld, allow};
use crate::base::Draw;
use crate::machine::{Machine, NoWatch};
use crate::program::{Program, Shape};
use num_bigint::BigUint;

/// How many ways are taken.
const WAYS: u64 = 60;
/// About how many processes are looked at in all.
const WORK: u64 = 1_000_000;
/// How many steps of each: a run that goes on for ever has no end to look for.
const STEPS: u64 = 400;

/// About how many schedules a program has within its bounds, as a power of ten: 9 for 10^9. Rather
/// too few where ways differ much, or go on for longer than is looked at.
#[must_use]
pub fn estimate(program: &Program) -> u32 {
    let shape = Shape { all_counters: false, bounded: true };
    let machine = Machine::with_shape(program.clone(), shape);
    let (mut met, mut allowed) = (Withheld::default(), Allowed::default());
    let mut sum = BigUint::ZERO;
    // Each step looks at every process.
    let processes = machine.layout().processes.len() as u64;
    let ways = (WORK / STEPS / processes.max(1)).clamp(1, WAYS);
    for way in 0..ways {
        let mut product = BigUint::from(1u8);
        let mut state = machine.start(&mut NoWatch);
        for step in 0..STEPS.min(WORK / processes.max(1)) {
            allow(&machine, &state, &mut met, &mut allowed);
            let choices = allowed.choices.len() as u64;
            if choices == 0 {
                break;
            }
            product *= choices;
            let taken = Draw::at(0, 0, way, step).below(choices);
            machine.apply(&mut state, allowed.choices[taken as usize].1, &mut NoWatch);
        }
        sum += product;
    }
    let mean = sum / ways;
    mean.to_string().len() as u32 - 1
}
