//! How well a run went along its line: where somebody waited long or was refused, where errors were
//! raised, where a promise broke. Kept as the line grows, in room that does not grow with it.

use super::moment::Moment;
use crate::machine::{Machine, Position};
use crate::program::{Error, Op};
use crate::trace::{Event, Fact, ProcessId, ServiceFact};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// How many parts of a line are told apart.
const CELLS: usize = 256;
/// A wait is long that lasts so many times as long as the usual piece of work of the run.
const TIMES_WORK: u64 = 5;
/// Where nobody works, a wait is long that takes this part of the whole time.
const PART: u64 = 20;
/// Without any time, a wait is long while which so many steps of others pass.
const STEPS: u64 = 10;

/// How well a run went along its line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthView {
    /// It is told by virtual time, nanoseconds; else, where none passes, by steps.
    pub by_time: bool,
    /// Where the line ends.
    pub whole: u64,
    /// What is not fine, in order.
    pub stretches: Vec<Stretch>,
    /// Steps with their times, where a frame does not have all steps of the line and time passes.
    pub knots: Vec<(u32, u64)>,
    /// From when on a wait is told as long.
    pub long: u64,
}

/// A part of a line that is not fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// Where it begins: nanoseconds, or steps.
    pub from: u64,
    /// Where it ends; the same for what has no length.
    pub to: u64,
    /// The last step (from 1; 0: the start) not after its beginning.
    pub first: u32,
    /// The step with which it ends.
    pub last: u32,
    /// What is wrong.
    pub state: Health,
}

/// How it stands, the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Health {
    /// Somebody has waited long, or was refused.
    Strained,
    /// An error was raised, or something was lost or crashed.
    Errors,
    /// A promise broke, or the run came to a bad end.
    Broken,
}

/// What is kept of a line.
#[derive(Clone, Debug)]
pub(super) struct Course {
    by_step: Strip,
    by_time: Strip,
    /// Pieces of work: their time together, and how many.
    work: (u64, u64),
}

/// Steps that lie near one another, by one measure.
#[derive(Clone, Copy, Debug)]
struct Cell {
    from: u64,
    to: u64,
    /// Its first step and its last.
    steps: (u32, u32),
    /// When its last step was.
    time: u64,
    /// The longest that somebody had waited when it began, and at any of its steps.
    before: u64,
    waits: u64,
    worst: Option<Health>,
}

#[derive(Clone, Debug)]
struct Strip {
    /// What lies in one part of this length is one cell.
    apart: u64,
    cells: Vec<Cell>,
}

impl Strip {
    fn new() -> Strip {
        Strip { apart: 1, cells: Vec::new() }
    }

    fn push(&mut self, cell: Cell) {
        match self.cells.last_mut() {
            Some(last) if last.to / self.apart == cell.from / self.apart => last.join(&cell),
            _ => self.cells.push(cell),
        }
        while self.cells.len() > CELLS {
            self.apart *= 2;
            let mut joined: Vec<Cell> = Vec::with_capacity(CELLS);
            for cell in &self.cells {
                match joined.last_mut() {
                    Some(last) if last.from / self.apart == cell.to / self.apart => last.join(cell),
                    _ => joined.push(*cell),
                }
            }
            self.cells = joined;
        }
    }

    /// The same up to a step, which was at this place. What is known of a cell that goes on beyond it
    /// may be of what came after, and is forgotten.
    fn cut(&mut self, step: u32, to: u64, time: u64) {
        let whole = self.cells.partition_point(|cell| cell.steps.1 <= step);
        let split = self.cells.get(whole).copied().filter(|cell| cell.steps.0 <= step);
        self.cells.truncate(whole);
        self.cells.extend(split.map(|cell| Cell {
            to,
            steps: (cell.steps.0, step),
            time,
            waits: cell.before,
            worst: None,
            ..cell
        }));
    }

    /// What is not fine, where a wait longer than this is long.
    fn stretches(&self, long: u64) -> Vec<Stretch> {
        let mut all: Vec<Stretch> = Vec::new();
        let mut end = (0, 0);
        for cell in &self.cells {
            if cell.before > long {
                let from = (cell.from - cell.before.min(cell.from) + long).max(end.0);
                let last = cell.steps.0;
                let state = Health::Strained;
                let first = if from < cell.from { end.1 } else { last };
                join(&mut all, Stretch { from, to: cell.from, first, last, state }, self.apart);
            }
            let state = cell.worst.or((cell.waits > long).then_some(Health::Strained));
            if let Some(state) = state {
                let (first, last) = cell.steps;
                let stretch = Stretch { from: cell.from, to: cell.to, first, last, state };
                join(&mut all, stretch, self.apart);
            }
            end = (cell.to, cell.steps.1);
        }
        all
    }
}

/// Adds a stretch, or makes the last one longer where nothing lies between them.
fn join(all: &mut Vec<Stretch>, stretch: Stretch, apart: u64) {
    match all.last_mut() {
        Some(last) if last.state == stretch.state && last.to + apart >= stretch.from => {
            (last.to, last.last) = (stretch.to, stretch.last);
        }
        _ => all.push(stretch),
    }
}

impl Cell {
    fn join(&mut self, later: &Cell) {
        self.to = later.to;
        self.steps.1 = later.steps.1;
        self.time = later.time;
        self.waits = self.waits.max(later.before).max(later.waits);
        self.worst = self.worst.max(later.worst);
    }
}

impl Course {
    pub(super) fn new() -> Course {
        Course { by_step: Strip::new(), by_time: Strip::new(), work: (0, 0) }
    }

    /// The same up to a step, after which it was this late.
    pub(super) fn cut(&self, step: u32, time: u64) -> Course {
        let mut course = self.clone();
        course.by_step.cut(step, u64::from(step), time);
        course.by_time.cut(step, time, time);
        course
    }

    /// A step was taken for the first time.
    pub(super) fn take(&mut self, step: u32, event: &Event, broke: bool, waits: [Wait; 2]) {
        let mut worst = event.facts.iter().filter_map(|(_, fact)| what(fact)).max();
        if broke {
            worst = Some(Health::Broken);
        }
        let works = |(_, fact): &(ProcessId, Fact)| matches!(fact, Fact::Paused { busy: true, .. });
        if event.facts.iter().any(works) {
            self.work.0 = self.work.0.saturating_add(event.stay);
            self.work.1 += 1;
        }
        let [before, after] = waits;
        let at = u64::from(step);
        let cell = Cell {
            from: at,
            to: at,
            steps: (step, step),
            time: event.at,
            before: before.steps,
            waits: after.steps,
            worst,
        };
        self.by_step.push(cell);
        let (from, to) = (event.at, event.at);
        self.by_time.push(Cell { from, to, before: before.time, waits: after.time, ..cell });
    }

    /// The line came to a bad end, or was bad from its start.
    pub(super) fn ends_badly(&mut self) {
        for strip in [&mut self.by_step, &mut self.by_time] {
            match strip.cells.last_mut() {
                Some(last) => last.worst = Some(Health::Broken),
                None => strip.cells.push(Cell {
                    from: 0,
                    to: 0,
                    steps: (0, 0),
                    time: 0,
                    before: 0,
                    waits: 0,
                    worst: Some(Health::Broken),
                }),
            }
        }
    }

    /// What a view is given; all steps of the line are known to it, or not.
    pub(super) fn view(&self, all_known: bool) -> HealthView {
        let end = self.by_time.cells.last().map_or(0, |cell| cell.to);
        let by_time = end > 0;
        let long = match self.work {
            _ if !by_time => STEPS,
            (_, 0) => end / PART,
            (time, count) => (time / count).saturating_mul(TIMES_WORK),
        };
        let strip = if by_time { &self.by_time } else { &self.by_step };
        let knots = strip.cells.iter().filter(|_| by_time && !all_known);
        HealthView {
            by_time,
            whole: strip.cells.last().map_or(0, |cell| cell.to),
            stretches: strip.stretches(long),
            knots: knots.map(|cell| (cell.steps.1, cell.time)).collect(),
            long,
        }
    }
}

/// What a fact tells of how well it goes.
fn what(fact: &Fact) -> Option<Health> {
    let health = match fact {
        Fact::TurnedAway { .. }
        | Fact::Refused { .. }
        | Fact::Dropped { .. }
        | Fact::Service(ServiceFact::NotLetIn { .. })
        | Fact::Raised { error: Error::Rejected }
        | Fact::Stopped
        | Fact::LateAck { .. }
        | Fact::Service(ServiceFact::AnsweredLate { .. }) => Health::Strained,
        Fact::Raised { .. }
        | Fact::TimedOut
        | Fact::Expired { .. }
        | Fact::Failed { .. }
        | Fact::PassFailed { .. }
        | Fact::Endless
        | Fact::Full
        | Fact::Crashed
        | Fact::Dead { .. }
        | Fact::Lost { .. }
        | Fact::Service(ServiceFact::CallLost { .. })
        | Fact::Service(ServiceFact::AnswerLost { .. })
        | Fact::LinkCut { .. } => Health::Errors,
        Fact::AssertBroke { .. } => Health::Broken,
        _ => return None,
    };
    Some(health)
}

/// How long somebody waits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wait {
    time: u64,
    steps: u64,
}

/// Since when processes stand before something that others may have, oldest first. Who has gone on
/// since is dropped when it comes to the front.
#[derive(Clone, Debug, Default)]
pub(super) struct Waits {
    queue: VecDeque<(ProcessId, Since)>,
    /// Of which moment this is.
    of: Option<(u32, u32)>,
}

/// Since when: virtual time, and step.
pub(super) type Since = (u64, u32);

impl Waits {
    /// True if it is of this moment.
    pub(super) fn is_of(&self, moment: (u32, u32)) -> bool {
        self.of == Some(moment)
    }

    /// Whoever waits at a moment.
    pub(super) fn at(machine: &Machine, moment: &Moment) -> Waits {
        let processes = 0..machine.layout().processes.len() as ProcessId;
        let since = processes.filter_map(|process| {
            let since = moment.memory.get(process as usize).waits?;
            Some((process, since)).filter(|one| still(machine, moment, *one))
        });
        let mut waiting: Vec<(ProcessId, Since)> = since.collect();
        waiting.sort_by_key(|(process, (_, step))| (*step, *process));
        Waits { queue: waiting.into(), of: None }
    }

    /// The longest wait at a moment that is so late.
    pub(super) fn longest(&self, time: u64, step: u32) -> Wait {
        self.queue.front().map_or(Wait::default(), |(_, (since, began))| Wait {
            time: time.saturating_sub(*since),
            steps: u64::from(step.saturating_sub(*began)),
        })
    }

    /// A step led to this moment.
    pub(super) fn settle(&mut self, machine: &Machine, moment: &Moment, of: (u32, u32)) {
        for &process in &moment.before {
            if let Some(since) = moment.memory.get(process as usize).waits {
                self.queue.push_back((process, since));
            }
        }
        while self.queue.front().is_some_and(|one| !still(machine, moment, *one)) {
            self.queue.pop_front();
        }
        // Behind somebody who waits for ever, those who do not are many.
        if self.queue.len() > 1_000 + 2 * machine.layout().processes.len() {
            self.queue.retain(|one| still(machine, moment, *one));
        }
        self.of = Some(of);
    }
}

/// True if a process has waited since then and does still.
fn still(machine: &Machine, moment: &Moment, (process, since): (ProcessId, Since)) -> bool {
    moment.memory.get(process as usize).waits == Some(since)
        && matches!(moment.state.position(machine.layout(), process), Position::At(pc)
            if is_wait(&machine.program().code[pc as usize]))
}

/// True where a process may stand before what others have.
pub(super) fn is_wait(op: &Op) -> bool {
    matches!(op, Op::Acquire { .. } | Op::Enter { .. } | Op::Core { .. })
}
