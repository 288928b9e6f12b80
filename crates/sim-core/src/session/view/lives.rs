//! A request's whole life, however far it reaches from the moment shown.

use crate::session::frame::{Frame, StepView};
use crate::session::life::{Life, Stretch, life, life_in};
use crate::session::moment::Moment;
use crate::session::tree::LineId;
use crate::session::{Session, WINDOW};

/// How many steps are looked through on either side of the one that is asked of: what takes a
/// moment.
const FAR: u32 = 32_000;

/// A life that was told, and of which step of which line.
#[derive(Clone, Debug)]
pub(in crate::session) struct Lived {
    line: LineId,
    length: u32,
    step: u32,
    life: Option<Life>,
}

impl Session {
    /// The life that a step is part of: as the frame tells it, or where that is not all of it, as
    /// the steps around tell it.
    pub(super) fn whole_life(&mut self, frame: &Frame, step: u32) -> Option<Life> {
        let near = life(frame, step);
        let is_all = frame.steps.len() as u32 == frame.length;
        if is_all || near.as_ref().is_some_and(Life::is_whole) {
            return near;
        }
        let (line, length) = (self.tree.shown(), self.length());
        let told = |lived: &&Lived| (lived.line, lived.length, lived.step) == (line, length, step);
        if let Some(lived) = self.lived.as_ref().filter(told) {
            return lived.life.clone();
        }
        let life = self.life_around(step);
        self.lived = Some(Lived { line, length, step, life: life.clone() });
        life
    }

    fn life_around(&self, step: u32) -> Option<Life> {
        let length = self.length();
        let mut reach = WINDOW;
        let (mut from, mut to) = (step.saturating_sub(reach), length.min(step + reach));
        loop {
            let steps = self.views_between(from, to);
            let life = life_in(Stretch { first: from, steps: &steps }, step)?;
            let back = life.is_cut && from > 0;
            let on = to < length && life.spans.iter().any(|span| span.to.is_none());
            if !back && !on || reach >= FAR {
                return Some(life);
            }
            reach *= 4;
            if back {
                from = step.saturating_sub(reach);
            }
            if on {
                to = length.min(step + reach);
            }
        }
    }

    /// Steps of the line shown behind one and up to another.
    fn views_between(&self, from: u32, to: u32) -> Vec<StepView> {
        let line = self.tree.shown();
        let mut moment = Moment::take_out(self.copies.nearest(&self.tree, line, from));
        let mut views = Vec::new();
        while moment.step < to {
            let Some(step) = self.tree.step(line, moment.step + 1) else { break };
            let (event, broke) = moment.apply(&self.machine, step.choice, step.pick, None);
            if moment.step > from {
                views.push(self.view_of(&event, &broke));
            }
        }
        views
    }
}
