//! Where a process that goes round must come by each time.

use super::footprints::next_of;
use crate::program::{Op, Pc, Program};
use std::collections::BTreeSet;
use std::ops::Range;

/// How often one place is chosen of each circle that is left; then all are.
const PASSES: usize = 12;

/// Places such that a process that comes back to where it was has stood at one of them: where
/// something is taken or an `atomic` begins, and then touches of what circles are left.
///
/// Only parts of the code that can be gone round without end matter: where every way back is
/// bounded by a counter that is not set anew inside, nobody comes back to where he was. Where
/// such a round lies in one without end, its counter is set anew, and it is as any other.
///
/// R. Kurshan et al., "Static partial order reduction", TACAS 1998.
pub(super) fn on_every_circle(program: &Program, code: &Range<Pc>) -> BTreeSet<Pc> {
    let mut chosen = BTreeSet::new();
    for part in circles(program, code, &chosen) {
        if is_endless(program, &part) {
            let takes = |pc: &&Pc| {
                matches!(program.code[**pc as usize], Op::Acquire { .. } | Op::Atomic { .. })
            };
            chosen.extend(part.iter().filter(takes).copied());
        }
    }
    for pass in 0.. {
        let mut more = BTreeSet::new();
        for part in circles(program, code, &chosen) {
            if is_endless(program, &part) {
                let touches = part.iter().filter(|pc| program.code[**pc as usize].is_touch());
                more.extend(touches.take(if pass < PASSES { 1 } else { usize::MAX }).copied());
            }
        }
        if more.is_empty() {
            break;
        }
        chosen.extend(more);
    }
    chosen
}

/// True if a part of the code can be gone round without a counter bounding it.
fn is_endless(program: &Program, part: &BTreeSet<Pc>) -> bool {
    part.iter().any(|&pc| {
        !program.counted.contains(&pc)
            && next_of(program, pc).any(|next| next <= pc && part.contains(&next))
    })
}

/// The parts of the code, without some places, whose instructions can all reach one another.
fn circles(program: &Program, code: &Range<Pc>, without: &BTreeSet<Pc>) -> Vec<BTreeSet<Pc>> {
    let goes = |pc: Pc| {
        let nexts = next_of(program, pc);
        nexts.filter(|next| code.contains(next) && !without.contains(next)).collect::<Vec<Pc>>()
    };
    let at = |pc: Pc| (pc - code.start) as usize;
    let mut before = vec![Vec::new(); code.len()];
    for pc in code.clone().filter(|pc| !without.contains(pc)) {
        for next in goes(pc) {
            before[at(next)].push(pc);
        }
    }
    // Forwards, in the order in which they are left; then backwards from the last left (Kosaraju).
    let mut seen = vec![false; code.len()];
    let mut order = Vec::new();
    for first in code.clone().filter(|pc| !without.contains(pc)) {
        let mut path = vec![(first, false)];
        while let Some((pc, done)) = path.pop() {
            if done {
                order.push(pc);
            } else if !std::mem::replace(&mut seen[at(pc)], true) {
                path.push((pc, true));
                path.extend(goes(pc).into_iter().map(|next| (next, false)));
            }
        }
    }
    let mut taken = vec![false; code.len()];
    let mut parts = Vec::new();
    for &last in order.iter().rev() {
        let mut part = BTreeSet::new();
        let mut open = vec![last];
        while let Some(pc) = open.pop() {
            if !std::mem::replace(&mut taken[at(pc)], true) {
                part.insert(pc);
                open.extend(before[at(pc)].iter().copied());
            }
        }
        let alone = part.len() == 1 && !goes(last).contains(&last);
        if !part.is_empty() && !alone {
            parts.push(part);
        }
    }
    parts
}
