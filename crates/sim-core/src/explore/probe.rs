//! Some schedules at random, before any search: what goes wrong in many is found at once, even
//! where there are far too many to look at. It finds failures and proves nothing.

use super::begin::Begin;
use super::bounds::{Allowed, Withheld, allow};
use super::graph::Terminal;
use super::room::terminal_of;
use super::verdict::Failure;
use crate::base::Draw;
use crate::machine::{Machine, NoWatch, State, promise_bit};
use crate::program::PromiseKind;
use crate::trace::Choice;

/// How many schedules are tried.
const WAYS: u64 = 60;
/// How many steps they may have in all, with processes that are looked at for each.
const WORK: usize = 600_000;

/// What was found: the shortest way to each failure.
pub(super) fn probe(begin: &Begin) -> Vec<(Failure, Vec<u32>)> {
    let (machine, start) = begin.machine(false);
    let mut walk = Walk { machine: &machine, found: Vec::new(), picks: Vec::new() };
    let all = machine.layout().processes.len().max(4);
    let mut left = WORK / all;
    for way in 0..WAYS {
        left = walk.go(&start.state, way, left);
    }
    walk.found
}

struct Walk<'a> {
    machine: &'a Machine,
    found: Vec<(Failure, Vec<u32>)>,
    picks: Vec<u32>,
}

impl Walk<'_> {
    /// One schedule to its end, or as far as the steps that are left reach.
    fn go(&mut self, start: &State, way: u64, mut left: usize) -> usize {
        let (mut state, mut met, mut allowed) =
            (start.clone(), Withheld::default(), Allowed::default());
        self.picks.clear();
        self.judge(&state, PromiseKind::Always, u64::MAX);
        // Some schedules switch at every step, others seldom.
        let stays = way % 3 * 40;
        let mut last = None;
        while left > 0 {
            left -= 1;
            allow(self.machine, &state, &mut met, &mut allowed);
            let depth = self.machine.program().bounds.depth as usize;
            if allowed.choices.is_empty() {
                self.end(&state, terminal_of(self.machine, &state, allowed.cut));
                break;
            }
            if self.picks.len() >= depth {
                break;
            }
            let step = self.picks.len() as u64;
            let same = |(_, choice): &(u32, Choice)| match choice {
                Choice::Step { process, .. } => Some(*process) == last,
                _ => false,
            };
            let goes_on = Draw::at(1, 1, way, step).below(100) < stays;
            let taken = allowed.choices.iter().position(same).filter(|_| goes_on);
            let taken = taken.unwrap_or_else(|| {
                Draw::at(1, 0, way, step).below(allowed.choices.len() as u64) as usize
            });
            let (pick, choice) = allowed.choices[taken];
            if let Choice::Step { process, .. } = choice {
                last = Some(process);
            }
            let applied = self.machine.apply(&mut state, choice, &mut NoWatch);
            self.picks.push(pick);
            if applied.judge != 0 {
                self.judge(&state, PromiseKind::Always, applied.judge);
            }
            for promise in 0..self.machine.program().promises.len() {
                if applied.broke & promise_bit(promise) != 0 {
                    self.note(Failure::Assert(promise));
                }
            }
        }
        left
    }

    fn judge(&mut self, state: &State, kind: PromiseKind, which: u64) {
        for promise in 0..self.machine.program().promises.len() {
            let asked = self.machine.program().promises[promise].kind == kind;
            let asked = asked && which & promise_bit(promise) != 0;
            if asked && self.machine.judge(promise, state) != Ok(true) {
                self.note(Failure::Promise(promise));
            }
        }
    }

    fn end(&mut self, state: &State, terminal: Terminal) {
        match terminal {
            Terminal::Deadlock => self.note(Failure::Deadlock),
            Terminal::Stuck => self.note(Failure::Stuck),
            _ => {}
        }
        if !terminal.is_cut() {
            self.judge(state, PromiseKind::Finally, u64::MAX);
        }
    }

    fn note(&mut self, failure: Failure) {
        match self.found.iter_mut().find(|(known, _)| *known == failure) {
            Some((_, shortest)) if shortest.len() <= self.picks.len() => {}
            Some((_, shortest)) => shortest.clone_from(&self.picks),
            None => self.found.push((failure, self.picks.clone())),
        }
    }
}
