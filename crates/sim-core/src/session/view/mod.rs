//! From a session's moment to a [`Frame`].

mod breakers;
mod channels;
mod data;
mod lanes;
mod lives;
mod logs;
mod offers;
mod promises;
mod sagas;
mod services;
mod shared;
mod steps;
mod system;

pub(super) use lives::Lived;
pub(super) use system::{Plan, plan};

use super::frame::{Branch, Ending, Frame, ScheduleView, Scope, StepView};
use super::moment::Moment;
use super::window::around;
use super::{BRANCH_LANES, LINES_MAX, Session, WINDOW};
use crate::machine::End;
use crate::program::{Pc, Span};
use crate::trace::{Choice, ProcessId, Traffic};

/// How many branches a frame tells of, the latest ones.
const BRANCHES_MAX: u32 = 60;

impl Session {
    /// This moment, for those who look.
    pub fn frame(&mut self) -> Frame {
        self.frame_of(&Scope::default())
    }

    /// This moment, with the code of the lanes wanted.
    pub fn frame_of(&mut self, scope: &Scope) -> Frame {
        self.fill_window();
        let end = self.end();
        let clock_over = self.moment.clock.is_over(&self.machine, &self.moment.state);
        let ending = end.map(ending);
        let last = ending.as_ref().map(Ending::lanes).unwrap_or_default();
        let (lanes, lanes_left_out) = self.lanes(scope, &last);
        let databases = self.databases();
        let (shared, shared_left_out) = self.shared_views(&databases);
        let (offers, offers_left_out) = self.offers();
        let judged = !matches!(ending, None | Some(Ending::Endless(_) | Ending::Full(_)));
        let (from, to) = around(self.moment.step, self.length());
        let skip = (from.max(self.window.first) - self.window.first) as usize;
        let first = self.window.first + skip as u32;
        let shown = self.window.steps.iter().enumerate().skip(skip);
        let steps = shown.take((to - first) as usize).map(|(at, _)| self.step_view(at));
        let mut frame = Frame {
            position: self.moment.step,
            length: self.length(),
            first,
            steps: steps.collect(),
            bars: self.window.bars(),
            marks: self.tree.marks(self.tree.shown()),
            health: self.tree.course().view(self.length() <= WINDOW),
            now: self.moment.clock.now(),
            lanes,
            lanes_left_out,
            names: vec![],
            shared,
            shared_left_out,
            breakers: self.breakers(),
            databases,
            sagas: self.sagas(),
            transactions: self.window.transactions(),
            system: self.system(),
            logs: self.logs(),
            offers,
            offers_left_out,
            promises: self.promise_views(judged),
            ending,
            branches: self.branches(),
            schedules: self.schedule_views(),
            skipped: self.skipped.clone(),
            fingerprint: self.moment.fingerprint.finish(),
            crowds: self.crowds(),
            full: self.is_full(),
            clock_over,
            life: None,
        };
        frame.names = self.names_of(&frame);
        frame.life = scope.life.and_then(|step| self.whole_life(&frame, step));
        frame
    }

    /// All steps of the line shown, however many. The cursor is at its end then.
    pub fn all_steps(&mut self) -> Vec<StepView> {
        let mut steps = Vec::new();
        let length = self.length();
        while (steps.len() as u32) < length {
            let from = steps.len() as u32;
            self.go_to(from);
            self.window.begin(&self.machine, &self.moment);
            let line = self.tree.shown();
            for at in from + 1..=length.min(from + WINDOW) {
                let Some(step) = self.tree.step(line, at) else { break };
                self.go_on(step);
            }
            steps.extend((0..self.window.steps.len()).map(|at| self.step_view(at)));
        }
        self.window.clear();
        self.go_to(length);
        steps
    }

    /// Makes the window show the line around the cursor.
    fn fill_window(&mut self) {
        let (position, length) = (self.moment.step, self.length());
        if self.window.shows(position, length) {
            return;
        }
        let (from, to) = around(position, length);
        let line = self.tree.shown();
        let copy = self.copies.nearest(&self.tree, line, from);
        let mut moment = Moment::take_out(copy);
        let mut filled = false;
        loop {
            if moment.step == from {
                self.window.begin(&self.machine, &moment);
                filled = true;
            }
            if moment.step >= to {
                return;
            }
            let Some(step) = self.tree.step(line, moment.step + 1) else { return };
            let (event, broke) = moment.apply(&self.machine, step.choice, step.pick, None);
            if filled {
                self.window.push(&self.machine, &moment, event, broke);
            }
        }
    }

    pub(in crate::session) fn name(&self, process: ProcessId) -> String {
        let class = self.machine.layout().processes[process as usize].class;
        let number = self.moment.state.number(self.machine.layout(), process);
        self.program().process_name(class as usize, number)
    }

    fn line_number(&self, pc: Pc) -> u32 {
        self.line_number_at(&self.program().places[pc as usize].span)
    }

    fn line_number_at(&self, span: &Span) -> u32 {
        self.line_starts.partition_point(|start| *start <= span.start) as u32
    }

    fn branches(&self) -> Vec<Branch> {
        let shown = self.tree.shown();
        let lines = self.tree.lines().min(LINES_MAX + 1);
        let first = lines.saturating_sub(BRANCHES_MAX);
        let told = (0..lines).filter(|&id| id >= first || id == shown);
        let branches = told.filter(|&id| lines == 1 || self.tree.length(id) > 0).map(|id| {
            let length = self.tree.length(id);
            let last = length.saturating_sub(BRANCH_LANES as u32);
            let steps = (last + 1..=length).filter_map(|at| self.tree.step(id, at));
            let lane = |choice: Choice| match choice {
                Choice::Step { process, .. }
                | Choice::TimeOut { process, .. }
                | Choice::WaitOver { process }
                | Choice::Strike { process, .. }
                | Choice::Lift { process } => process,
                Choice::Arrive { class } => self.machine.layout().classes[class as usize].start,
                Choice::Expire { .. } => 0,
                Choice::Traffic(Traffic::Reappear { process, .. }) => process,
                Choice::Traffic(_) | Choice::Outage(_) | Choice::Replicate { .. } => 0,
            };
            Branch {
                id,
                length,
                shared: self.tree.common(shown, id),
                current: id == shown,
                bad: self.tree.is_bad(id),
                lanes: steps.map(|step| lane(step.choice)).collect(),
            }
        });
        branches.collect()
    }

    fn schedule_views(&self) -> Vec<ScheduleView> {
        let schedules = self.program().schedules.iter();
        let views = schedules.map(|schedule| ScheduleView {
            name: schedule.name.clone(),
            misfit: schedule.picks.as_ref().err().cloned(),
        });
        views.collect()
    }
}

fn ending(end: End) -> Ending {
    match end {
        End::Complete => Ending::Complete,
        End::Idle => Ending::Idle,
        End::Deadlock(circle) => Ending::Deadlock(circle),
        End::Stuck(waiting) => Ending::Stuck(waiting),
        End::Endless(process) => Ending::Endless(process),
        End::Full(process) => Ending::Full(process),
    }
}
