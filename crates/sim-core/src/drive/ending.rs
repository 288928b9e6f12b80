//! How a run by the clock ended.

use super::clock::Clock;
use super::outcome::Drawn;
use crate::machine::{End, Machine, State};
use crate::trace::Choice;

impl Clock {
    /// How the run ended, if it has: nothing can happen any more, or nothing but arrivals and faults
    /// whose time is over.
    pub fn end(&mut self, machine: &Machine, state: &State) -> Option<End> {
        if let Some(end) = machine.end(state) {
            return Some(end);
        }
        if !self.is_over(machine, state) || self.is_cut(machine, state) {
            return None;
        }
        let mut only_arrivals = true;
        machine.each_choice(state, &mut |choice| {
            only_arrivals &=
                matches!(choice, Choice::Arrive { .. } | Choice::Strike { .. } | Choice::Outage(_));
        });
        only_arrivals.then(|| machine.end_without_choices(state))
    }

    /// What is drawn from now on is drawn from another seed; what was drawn already stays.
    pub fn reseed(&mut self, machine: &Machine, seed: u64) {
        self.queue_all_hidden(machine);
        self.calendar.draw_ties(&Drawn { machine, own: &self.own, seed: self.seed });
        self.seed = seed;
    }
}
