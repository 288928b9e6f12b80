//! What the line shown is measured by. A meter runs along with the end of the line; where it is of
//! another line, or has not come so far, it is brought up in slices.

use super::Session;
use super::moment::Moment;
use super::tree::LineId;
use crate::machine::{Machine, State};
use crate::measure::{MeasuresView, Meter};

/// A meter and how far along which line it has come.
#[derive(Clone, Debug)]
pub(super) struct Measuring {
    pub(super) meter: Meter,
    line: LineId,
    step: u32,
    /// The moment it is at, while it is behind the end of the line.
    behind: Option<Moment>,
}

impl Measuring {
    /// At the start of a run.
    pub(super) fn new(machine: &Machine) -> Measuring {
        let mut meter = Meter::new(machine);
        meter.moves(0);
        let state: State = machine.start(&mut meter.ear(machine));
        meter.settle(machine, &state);
        Measuring { meter, line: 0, step: 0, behind: None }
    }

    /// It has heard a step that led to here.
    pub(super) fn came(&mut self, line: LineId, step: u32) {
        (self.line, self.step) = (line, step);
    }
}

impl Session {
    /// True if the meter stands where the cursor does, and hears the next step.
    pub(super) fn hears(&self) -> bool {
        let Measuring { line, step, behind, .. } = &*self.measuring;
        behind.is_none() && *step == self.moment.step && self.is_measured_so_far(*line, *step)
    }

    /// True if what is measured is the first so many steps of the line shown.
    fn is_measured_so_far(&self, line: LineId, step: u32) -> bool {
        let shown = self.tree.shown();
        line == shown && step <= self.tree.length(line) || self.tree.common(line, shown) >= step
    }

    /// Measures on along the line shown, by so many steps at most; true once all of it is measured.
    /// What comes out does not depend on how the steps are cut into slices.
    pub fn measure(&mut self, steps: usize) -> bool {
        let shown = self.tree.shown();
        let length = self.tree.length(shown);
        if !self.is_measured_so_far(self.measuring.line, self.measuring.step) {
            *self.measuring = Measuring::new(&self.machine);
        }
        let behind = self.measuring.behind.take();
        if self.measuring.step == length {
            return true;
        }
        let mut moment = behind.unwrap_or_else(|| self.moment_at(self.measuring.step));
        let meter = &mut self.measuring.meter;
        for _ in 0..steps {
            let Some(step) = self.tree.step(shown, moment.step + 1) else { break };
            moment.apply(&self.machine, step.choice, step.pick, Some(meter));
        }
        (self.measuring.line, self.measuring.step) = (shown, moment.step);
        if moment.step < length {
            self.measuring.behind = Some(moment);
            return false;
        }
        if moment.clock.is_over(&self.machine, &moment.state) {
            told_to_the_end(&mut self.measuring.meter, &self.machine, &mut moment);
        }
        true
    }

    /// The moment after so many steps of the line shown.
    fn moment_at(&self, position: u32) -> Moment {
        let shown = self.tree.shown();
        let mut moment = Moment::take_out(self.copies.nearest(&self.tree, shown, position));
        while moment.step < position {
            let Some(step) = self.tree.step(shown, moment.step + 1) else { break };
            moment.apply(&self.machine, step.choice, step.pick, None);
        }
        moment
    }

    /// The clock has nothing more to pick where the cursor stands.
    pub(super) fn measured_to_the_end(&mut self) {
        if self.hears() {
            told_to_the_end(&mut self.measuring.meter, &self.machine, &mut self.moment);
        }
    }

    /// The meter of the line shown, as far as it has come; see [`Session::measure`].
    #[must_use]
    pub fn meter(&self) -> &Meter {
        &self.measuring.meter
    }

    /// What is measured of the line shown, as far as it has come; see [`Session::measure`].
    #[must_use]
    pub fn measures(&self) -> MeasuresView {
        let Measuring { meter, line, step, .. } = &*self.measuring;
        let line_of = |byte: u32| self.line_starts.partition_point(|start| *start <= byte) as u32;
        let complete = *step == self.length() && self.is_measured_so_far(*line, *step);
        MeasuresView { step: *step, complete, ..meter.view(self.program(), &line_of) }
    }
}

/// Where only the text's `run` has ended the run, its time goes on to that end.
fn told_to_the_end(meter: &mut Meter, machine: &Machine, moment: &mut Moment) {
    if let Some(length) = machine.program().run.length
        && moment.clock.is_cut(machine, &moment.state)
    {
        meter.ends_at(length.max(0) as u64);
    }
}
