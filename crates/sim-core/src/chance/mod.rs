//! How likely a run ends badly from one of its moments: the moment is continued many times by the
//! clock, each time with another seed, and what comes of it is counted.
//!
//! This is no search: it tells how often the clock meets a failure, and not whether there is one.
//!
//! Continuation `n` draws by the seed `n` from the moment on, wherever it begins: two moments of a
//! run are compared under the same luck, which keeps what differs by luck alone small. What was
//! drawn before stays as it is: a timer that runs goes on running.

mod tally;
mod wilson;

pub use tally::Tally;
pub use wilson::{MILLION, wilson};

use crate::drive::{Clock, Runner};
use crate::machine::{End, Machine, NoWatch, State, promise_bit};
use crate::program::PromiseKind;
use std::rc::Rc;
use tally::Outcome;

/// A continuation that has taken so many steps counts as not ended. It keeps nothing, so only time
/// bounds it: some hundred continuations of a run without end take a minute or two.
pub const CONTINUATION_STEPS: usize = 1_000_000;

/// The continuations of one moment.
#[derive(Clone, Debug)]
pub struct Chance {
    machine: Rc<Machine>,
    state: State,
    clock: Clock,
    wanted: u32,
    most: usize,
    /// The continuation that is under way, if one is.
    running: Option<Runner>,
    tally: Tally,
}

impl Chance {
    /// So many continuations of a moment; `already` are the promises that it has broken.
    #[must_use]
    pub fn new(
        machine: Rc<Machine>,
        state: State,
        clock: Clock,
        already: Vec<u32>,
        wanted: u32,
    ) -> Chance {
        let tally = Tally { already, ..Tally::new(machine.program().promises.len()) };
        Chance { machine, state, clock, wanted, most: CONTINUATION_STEPS, running: None, tally }
    }

    /// The same, with another ceiling of steps for each continuation.
    #[must_use]
    pub fn of_at_most(mut self, steps: usize) -> Chance {
        self.most = steps;
        self
    }

    /// Asks for so many continuations in all, if that is more than before.
    pub fn want(&mut self, continuations: u32) {
        self.wanted = self.wanted.max(continuations);
    }

    /// What is known so far.
    #[must_use]
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// How many continuations are asked for.
    #[must_use]
    pub fn wanted(&self) -> u32 {
        self.wanted
    }

    /// True while a continuation is under way.
    pub(crate) fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Goes on for so many steps; true once all continuations are counted. What comes out does not
    /// depend on how the steps are cut into slices.
    pub fn advance(&mut self, steps: usize) -> bool {
        let mut left = steps;
        while self.tally.continuations < self.wanted {
            if left == 0 {
                return false;
            }
            self.one(&mut left);
        }
        true
    }

    /// Goes on with one continuation until it ends or no steps are left. Beginning one takes the
    /// time of a step too. True if none is under way then.
    pub(crate) fn one(&mut self, left: &mut usize) -> bool {
        if let Some(&promise) = self.tally.already.first() {
            while self.tally.continuations < self.wanted {
                self.tally.count(Outcome::Broke(promise as usize));
            }
            return true;
        }
        let mut running = self.running.take().unwrap_or_else(|| {
            *left = left.saturating_sub(1);
            let mut clock = self.clock.clone();
            clock.reseed(&self.machine, u64::from(self.tally.continuations) + 1);
            Runner::from(self.state.clone(), clock)
        });
        loop {
            if *left == 0 {
                self.running = Some(running);
                return false;
            }
            *left -= 1;
            if let Some(outcome) = step(&mut running, &self.machine, self.most) {
                self.tally.count(outcome);
                return true;
            }
        }
    }
}

/// One step by the clock; how the continuation ended, if it has.
fn step(runner: &mut Runner, machine: &Machine, most: usize) -> Option<Outcome> {
    let Some(choice) = runner.next(machine) else { return Some(ended(runner, machine)) };
    if runner.steps() >= most as u64 {
        return Some(Outcome::NotEnded);
    }
    let applied = runner.take(machine, choice, &mut NoWatch);
    if applied.judge == 0 && applied.broke == 0 {
        return None;
    }
    let promises = machine.program().promises.iter().enumerate();
    let mut broken = promises.filter(|(index, promise)| match promise.kind {
        PromiseKind::Assert => applied.broke & promise_bit(*index) != 0,
        PromiseKind::Always => {
            applied.judge & promise_bit(*index) != 0
                && machine.judge(*index, runner.state()) != Ok(true)
        }
        PromiseKind::Finally => false,
    });
    broken.next().map(|(index, _)| Outcome::Broke(index))
}

/// The clock has nothing more to pick: judged as any run by the clock.
fn ended(runner: &mut Runner, machine: &Machine) -> Outcome {
    let end = runner.end(machine);
    if matches!(end, Some(End::Endless(_) | End::Full(_))) {
        return Outcome::NotEnded;
    }
    let mut promises = machine.program().promises.iter().enumerate();
    let broken = promises.find(|(index, promise)| {
        promise.kind == PromiseKind::Finally
            && end.is_some()
            && machine.judge(*index, runner.state()) != Ok(true)
    });
    match (broken, end) {
        (Some((index, _)), _) => Outcome::Broke(index),
        (None, Some(End::Deadlock(_))) => Outcome::Deadlock,
        (None, Some(End::Stuck(_))) => Outcome::Stuck,
        // Where the time of the text's `run` is over, what was to hold all along has held.
        (None, _) => Outcome::Fine,
    }
}
