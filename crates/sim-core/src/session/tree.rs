//! All the futures of one session: lines of steps that part from one another. A line is its parent
//! up to where it parts, and its own steps; never the states they lead to, so two ways to one state
//! stay two.

use super::frame::Mark;
use super::health::Course;
use crate::trace::{Choice, StepNumber};

/// Names a line; 0 is the first.
pub(super) type LineId = u32;

/// A step taken: what was picked, and its place in the list (0: not looked up yet).
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) choice: Choice,
    pub(super) pick: u32,
}

#[derive(Clone, Debug)]
struct Line {
    parent: LineId,
    /// How many steps it shares with its parent.
    shared: StepNumber,
    steps: Vec<Step>,
    marks: Vec<Mark>,
    /// How well it went, from the start on.
    course: Course,
    bad: bool,
}

impl Line {
    fn new(parent: LineId, shared: StepNumber, course: Course) -> Line {
        Line { parent, shared, steps: Vec::new(), marks: Vec::new(), course, bad: false }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Tree {
    lines: Vec<Line>,
    shown: LineId,
    steps: usize,
}

impl Tree {
    pub(super) fn new() -> Tree {
        Tree { lines: vec![Line::new(0, 0, Course::new())], shown: 0, steps: 0 }
    }

    /// The line shown.
    pub(super) fn shown(&self) -> LineId {
        self.shown
    }

    pub(super) fn show(&mut self, line: LineId) {
        self.shown = line;
    }

    /// How many lines there are; their ids count from 0.
    pub(super) fn lines(&self) -> u32 {
        self.lines.len() as u32
    }

    /// How many steps all lines have together.
    pub(super) fn steps(&self) -> usize {
        self.steps
    }

    /// How many steps a line has, shared ones included.
    pub(super) fn length(&self, line: LineId) -> StepNumber {
        let line = &self.lines[line as usize];
        line.shared + line.steps.len() as StepNumber
    }

    /// How many steps a line shares with its parent.
    pub(super) fn shared(&self, line: LineId) -> StepNumber {
        self.lines[line as usize].shared
    }

    /// The line that a step (from 1) of a line was taken on.
    pub(super) fn owner(&self, line: LineId, number: StepNumber) -> LineId {
        let mut at = line;
        while number <= self.lines[at as usize].shared && at != 0 {
            at = self.lines[at as usize].parent;
        }
        at
    }

    /// A step (from 1) of a line.
    pub(super) fn step(&self, line: LineId, number: StepNumber) -> Option<Step> {
        let owner = &self.lines[self.owner(line, number) as usize];
        owner.steps.get((number.checked_sub(owner.shared + 1)?) as usize).copied()
    }

    /// Notes the place of a step's choice in the list.
    pub(super) fn set_pick(&mut self, line: LineId, number: StepNumber, pick: u32) {
        let owner = self.owner(line, number) as usize;
        let at = (number - self.lines[owner].shared - 1) as usize;
        if let Some(step) = self.lines[owner].steps.get_mut(at) {
            step.pick = pick;
        }
    }

    /// How many of their first steps two lines share.
    pub(super) fn common(&self, one: LineId, other: LineId) -> StepNumber {
        let (mut one, mut other) = (one, other);
        let mut shared = self.length(one).min(self.length(other));
        while one != other {
            // A line's parent is older than itself, so the younger one parted last.
            let younger = one.max(other);
            shared = shared.min(self.lines[younger as usize].shared);
            let parent = self.lines[younger as usize].parent;
            if one == younger {
                one = parent;
            } else {
                other = parent;
            }
        }
        shared
    }

    /// A line that goes on from here (the first so many steps of the line shown) by this choice.
    pub(super) fn road(&self, from: StepNumber, choice: Choice) -> Option<LineId> {
        let goes =
            |line: LineId| self.step(line, from + 1).is_some_and(|step| step.choice == choice);
        if goes(self.shown) {
            return Some(self.shown);
        }
        (0..self.lines()).find(|&line| {
            self.length(line) > from && goes(line) && self.common(line, self.shown) >= from
        })
    }

    /// Adds a step behind the first `from` of the line shown: to the line if it ends there, else
    /// to a new one, which is then shown. `now` is virtual time before it.
    pub(super) fn add(&mut self, from: StepNumber, step: Step, now: u64) {
        if self.length(self.shown) != from {
            let parent = self.owner(self.shown, from);
            let course = self.lines[parent as usize].course.cut(from, now);
            self.lines.push(Line::new(parent, from, course));
            self.shown = self.lines() - 1;
        }
        self.lines[self.shown as usize].steps.push(step);
        self.steps += 1;
    }

    pub(super) fn mark(&mut self, mark: Mark, bad: bool, most: usize) {
        let line = &mut self.lines[self.shown as usize];
        line.bad |= bad;
        if line.marks.len() < most {
            line.marks.push(mark);
        }
    }

    /// The line shown ended badly.
    pub(super) fn ended_badly(&mut self) {
        let line = &mut self.lines[self.shown as usize];
        line.bad = true;
        line.course.ends_badly();
    }

    /// How well the line shown went.
    pub(super) fn course(&self) -> &Course {
        &self.lines[self.shown as usize].course
    }

    /// The same, to be told of a step.
    pub(super) fn course_mut(&mut self) -> &mut Course {
        &mut self.lines[self.shown as usize].course
    }

    /// What matters along a line, in order.
    pub(super) fn marks(&self, line: LineId) -> Vec<Mark> {
        let (mut marks, mut at, mut until) = (Vec::new(), line, StepNumber::MAX);
        loop {
            let own = &self.lines[at as usize];
            let kept = own.marks.iter().filter(|mark| mark.step <= until).cloned();
            let mut kept: Vec<Mark> = kept.collect();
            kept.append(&mut marks);
            marks = kept;
            if at == 0 {
                return marks;
            }
            until = until.min(own.shared);
            at = own.parent;
        }
    }

    /// True if something breaks along a line or it ends badly.
    pub(super) fn is_bad(&self, line: LineId) -> bool {
        let breaks = |mark: &Mark| matches!(mark.kind, super::frame::MarkKind::Broke(_));
        self.lines[line as usize].bad || self.marks(line).iter().any(breaks)
    }
}
