//! A run by the clock of which nothing is kept: no events, no copies of moments, no name.
//!
//! It goes as a session with the same seed goes, and is for those who only want to know where it
//! led, or who hear what happens as it does.

use super::clock::Clock;
use crate::machine::{Applied, End, Follow, Machine, State};
use crate::trace::Choice;

/// A run that goes forward and forgets.
#[derive(Clone, Debug)]
pub struct Runner {
    state: State,
    clock: Clock,
    steps: u64,
}

impl Runner {
    /// The start of a run.
    #[must_use]
    pub fn new(machine: &Machine, seed: u64, follows: &mut impl Follow) -> Runner {
        let mut clock = Clock::new(machine, seed);
        follows.moves(0);
        let state = machine.start(&mut (clock.ear(machine), follows.ear(machine)));
        follows.settle(machine, &state);
        clock.begin(machine, &state);
        Runner { state, clock, steps: 0 }
    }

    /// A run that goes on from a moment of another.
    #[must_use]
    pub fn from(state: State, clock: Clock) -> Runner {
        Runner { state, clock, steps: 0 }
    }

    /// What the clock lets happen next; `None` when nothing is due any more, or not in time.
    #[must_use]
    pub fn next(&mut self, machine: &Machine) -> Option<Choice> {
        self.clock.next(machine, &self.state)
    }

    /// Lets something happen, while somebody follows.
    pub fn take(
        &mut self,
        machine: &Machine,
        choice: Choice,
        follows: &mut impl Follow,
    ) -> Applied {
        self.steps += 1;
        self.clock.moves(machine, &self.state, choice);
        follows.moves(self.clock.now());
        let applied = {
            let mut ears = (self.clock.ear(machine), follows.ear(machine));
            machine.apply(&mut self.state, choice, &mut ears)
        };
        follows.settle(machine, &self.state);
        self.clock.settle(machine, &self.state);
        self.clock.happened(machine, &self.state, choice);
        applied
    }

    /// One step by the clock, if something is due.
    pub fn step(&mut self, machine: &Machine, follows: &mut impl Follow) -> Option<Applied> {
        let choice = self.next(machine)?;
        Some(self.take(machine, choice, follows))
    }

    /// How the run ended, if it has.
    #[must_use]
    pub fn end(&mut self, machine: &Machine) -> Option<End> {
        self.clock.end(machine, &self.state)
    }

    /// True if something would still be due had the text's `run` not set an end.
    #[must_use]
    pub fn is_cut(&mut self, machine: &Machine) -> bool {
        self.clock.is_cut(machine, &self.state)
    }

    /// The state it has come to.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The state it has come to, and the clock.
    #[must_use]
    pub fn into_parts(self) -> (State, Clock) {
        (self.state, self.clock)
    }

    /// How many steps were taken.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.steps
    }
}
