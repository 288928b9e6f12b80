//! Steps that may end in several ways, each a choice of its own.

use super::execute::{Execution, Ways};
use super::{Machine, NoWatch, State};
use crate::program::{Error, NONE, Op, Outcomes, Pc, Program, WHOLE};
use crate::trace::{ProcessId, Target};

/// How many outcomes one step may have.
pub const OUTCOMES_MAX: u32 = 1_000;

impl Machine {
    /// How many outcomes a process's next step has.
    #[must_use]
    pub fn outcomes(&self, state: &State, process: ProcessId, pc: Pc) -> u32 {
        if self.drawing[pc as usize] {
            let paths = self.paths(state, process, pc, OUTCOMES_MAX + 1).len() as u32;
            // With too many the step is possible, and meets the ceiling.
            return if paths > OUTCOMES_MAX { 1 } else { paths };
        }
        match self.program.code[pc as usize] {
            Op::Draw { what, .. } => self.weights(state, process, what).len() as u32,
            Op::Think { leave: Some(_), .. } => 2,
            Op::Call { .. } | Op::Arrive { .. } | Op::Back { .. } => {
                self.call_weights(state, process, pc).len() as u32
            }
            Op::Send { .. } | Op::Enter { .. } => {
                let at = self.fails_where(state, process, pc);
                1 + u32::from(at.is_some_and(|at| self.send_weights(at).is_some()))
            }
            Op::Admit { .. } | Op::Report { .. } | Op::Token { .. } => {
                self.guard_outcomes(state, process, pc)
            }
            Op::Receive { from, .. } if self.program.group(from).is_some() => {
                self.parts_with_records(state, process, from).len().max(1) as u32
            }
            Op::CacheRead { .. } | Op::Lookup { .. } => {
                1 + u32::from(self.asks_cache(state, process, pc).is_some())
            }
            Op::Notify { all: false, .. } => match self.target(state, process, pc) {
                Some(condition) => self.sleepers(state, condition).count().max(1) as u32,
                None => 1,
            },
            _ => 1,
        }
    }

    /// True if performing this instruction takes an outcome of several.
    #[must_use]
    #[inline]
    pub fn draws(&self, pc: Pc) -> bool {
        self.draws[pc as usize]
    }

    /// True if outcomes of a step that begins here are chosen one after another, as it goes.
    #[must_use]
    pub fn is_drawing(&self, pc: Pc) -> bool {
        self.drawing[pc as usize]
    }

    /// True if somebody must choose among outcomes of this instruction.
    #[must_use]
    #[inline]
    pub fn is_chosen(&self, pc: Pc) -> bool {
        self.chosen[pc as usize]
    }

    pub(super) fn find_chosen(&self, pc: Pc) -> bool {
        let op = self.program.code[pc as usize];
        matches!(
            op,
            Op::Think { leave: Some(_), .. }
                | Op::Notify { all: false, .. }
                | Op::Atomic { .. }
                | Op::Admit { .. }
                | Op::Report { .. }
                | Op::Token { .. }
                | Op::CacheRead { .. }
                | Op::Lookup { .. }
        ) || self.find_draws(pc)
    }

    pub(super) fn find_draws(&self, pc: Pc) -> bool {
        self.drawing[pc as usize]
            || match self.program.code[pc as usize] {
                Op::Draw { .. } | Op::Call { .. } | Op::Arrive { .. } | Op::Back { .. } => true,
                Op::Send { to, .. } | Op::Enter { service: to } => self.may_fail(to),
                Op::Receive { from, .. } => self.program.group(from).is_some(),
                _ => false,
            }
    }

    /// The outcomes of a draw, each with its weight.
    #[must_use]
    pub fn weights(&self, state: &State, process: ProcessId, what: Outcomes) -> Vec<u64> {
        let registers = state.registers(&self.layout, process);
        match what {
            Outcomes::Chance(share) => match registers[share as usize] {
                share if share <= 0 || share >= WHOLE => vec![1],
                share => vec![share as u64, (WHOLE - share) as u64],
            },
            Outcomes::Any(least, greatest) => {
                let ways = ways_between(registers[least as usize], registers[greatest as usize]);
                vec![1; ways.unwrap_or(1) as usize]
            }
            Outcomes::Ways(ways) => vec![1; ways as usize],
        }
    }

    /// True for an `atomic` with more ways through it than a step may have.
    pub(super) fn overflows(&self, state: &State, process: ProcessId, pc: Pc) -> bool {
        self.drawing[pc as usize]
            && self.paths(state, process, pc, OUTCOMES_MAX + 1).len() > OUTCOMES_MAX as usize
    }

    /// The outcomes to take within an `atomic`, one after another, for the step's `outcome`. (Any
    /// other step takes one at most.)
    pub(super) fn path_of(
        &self,
        state: &State,
        process: ProcessId,
        pc: Pc,
        outcome: u32,
    ) -> Vec<u32> {
        self.paths(state, process, pc, outcome + 1).pop().unwrap_or_default()
    }

    /// The outcome of an `atomic` that is reached by choosing at each draw in it, given the weights
    /// there, or of which cache and key it is asked whether what it keeps is over.
    pub fn draw_path(
        &self,
        state: &State,
        process: ProcessId,
        pc: Pc,
        choose: &mut impl FnMut(&[u64], Option<(Target, i64)>) -> u32,
    ) -> u32 {
        if !self.drawing[pc as usize] {
            return 0;
        }
        let mut path = Vec::new();
        loop {
            let mut trial = state.clone();
            let (mut watch, mut ways) = (NoWatch, Ways::default());
            let mut execution = Execution::new(self, &mut trial, &mut watch, process);
            execution.follow(&path);
            execution.ways = Some(&mut ways);
            execution.step(pc);
            let Some(weights) = ways.odds.get(path.len()) else { break };
            let asked = ways.asked.get(path.len()).copied().flatten();
            path.push(choose(weights, asked));
        }
        let paths = self.paths(state, process, pc, OUTCOMES_MAX);
        paths.iter().position(|one| *one == path).unwrap_or(0) as u32
    }

    /// The first so many ways through an `atomic`, in order: found by trying them.
    fn paths(&self, state: &State, process: ProcessId, pc: Pc, most: u32) -> Vec<Vec<u32>> {
        let mut paths: Vec<Vec<u32>> = Vec::new();
        let mut next = Some(Vec::new());
        while let Some(path) = next
            && paths.len() < most as usize
        {
            let mut trial = state.clone();
            let (mut watch, mut ways) = (NoWatch, Ways::default());
            let mut execution = Execution::new(self, &mut trial, &mut watch, process);
            execution.follow(&path);
            execution.ways = Some(&mut ways);
            execution.step(pc);
            let arities = ways.arities;
            let mut taken = path;
            taken.resize(arities.len(), 0);
            // The next in order: the last outcome that has another behind it.
            next = (0..taken.len()).rev().find(|&at| taken[at] + 1 < arities[at]).map(|at| {
                let mut following = taken[..=at].to_vec();
                following[at] += 1;
                following
            });
            paths.push(taken);
        }
        paths
    }
}

/// How many numbers there are from one to another.
pub(super) fn ways_between(least: i64, greatest: i64) -> Result<u32, Error> {
    if least == NONE || greatest == NONE {
        return Err(Error::NoValue);
    }
    if least > greatest {
        return Err(Error::OutsideArray);
    }
    let ways = u32::try_from(greatest.abs_diff(least)).ok().and_then(|ways| ways.checked_add(1));
    ways.filter(|&ways| ways <= OUTCOMES_MAX).ok_or(Error::TooMany)
}

/// For each instruction whether a step that begins there performs several, some of which have
/// several outcomes: an `atomic`, or what a request does between two waits of a loop.
pub(super) fn drawing_steps(program: &Program) -> Vec<bool> {
    // What is kept for good is there or not, whoever asks: nothing to draw, and no copy to try it on.
    let may_be_over = |cache| program.cache(cache).is_some_and(|cache| cache.ttl.is_some());
    let mut drawing = vec![false; program.code.len()];
    for (id, class) in (0..).zip(&program.classes) {
        if program.loops(id) {
            let draws = class.code.clone().any(|pc| match program.code[pc as usize] {
                Op::CacheRead { cache, .. } | Op::Lookup { cache, .. } => may_be_over(cache),
                Op::Draw { .. }
                | Op::Notify { all: false, .. }
                | Op::Send { .. }
                | Op::Call { .. } => true,
                _ => false,
            });
            class.code.clone().for_each(|pc| drawing[pc as usize] = draws);
            continue;
        }
        // What belongs to an `atomic` lies between it and the instructions that follow its ends;
        // an approximation from above does no harm.
        let mut open: Vec<Pc> = Vec::new();
        for pc in class.code.clone() {
            match program.code[pc as usize] {
                Op::Atomic { .. } => open.push(pc),
                Op::CacheRead { cache, .. } if !may_be_over(cache) => {}
                Op::Draw { .. }
                | Op::Notify { all: false, .. }
                | Op::Send { .. }
                | Op::CacheRead { .. } => {
                    for &at in &open {
                        drawing[at as usize] = true;
                    }
                }
                _ => {}
            }
        }
    }
    drawing
}
