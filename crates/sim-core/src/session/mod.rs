//! One run, stepped forward and back, with the futures that were left kept as branches.

mod describe;
mod frame;
mod listing;
mod moment;
mod tree;
mod view;

pub use describe::{action, place_name};
pub use frame::{
    Action, Bar, BarKind, Branch, CodeLine, Ending, Frame, Lane, LaneState, LocalView, Mark,
    MarkKind, Offer, OfferKind, PromiseState, PromiseView, Reason, ScheduleView, Scope, SharedView,
    StepView,
};

use crate::drive::clock_pick;
use crate::machine::{Choice, End, Machine};
use crate::program::{Pick, PickTarget, Program, PromiseKind};
use crate::trace::Event;
use listing::Listing;
use moment::Moment;
use std::collections::BTreeMap;
use tree::{NodeId, Tree};

/// How many steps a session keeps, over all its branches. A lesson takes tens; this keeps a run
/// that never ends within some hundred megabytes.
pub const STEPS_MAX: usize = 100_000;
/// How many facts a session keeps, over all its steps: an `atomic` step may have many.
pub const FACTS_MAX: usize = 2_000_000;
/// A copy of the moment is kept every so many steps, so that going back replays fewer than that.
const SNAPSHOT_EVERY: u32 = 64;
/// For a state of many words copies are kept further apart: one more step for so many words.
const WORDS_PER_STEP: u32 = 8;

/// How many steps around the cursor a [`Frame`] has.
pub const WINDOW: u32 = 2_000;
/// How many marks of a line a [`Frame`] has.
pub const MARKS_MAX: usize = 500;
/// How many lanes have their code in a [`Frame`] unless others are asked for.
pub const LANES_OPEN: usize = 8;
/// How many last steps of a branch are told in a [`Frame`].
pub const BRANCH_LANES: usize = 200;

/// A run under somebody's hand.
#[derive(Clone, Debug)]
pub struct Session {
    machine: Machine,
    listings: Vec<Listing>,
    seed: u64,
    tree: Tree,
    cursor: NodeId,
    moment: Moment,
    snapshots: BTreeMap<NodeId, Moment>,
    skipped: Vec<String>,
    facts: usize,
    /// Where each line of the text starts.
    line_starts: Vec<u32>,
}

impl Session {
    /// A session at the start of a run. `text` is the scenario's text, for what is shown of it
    /// and for the run's fingerprint.
    #[must_use]
    pub fn new(program: Program, text: &str, seed: u64) -> Session {
        let listings = Listing::of_classes(&program, text);
        let machine = Machine::new(program);
        let moment = Moment::start(&machine, text, seed);
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0).chain(breaks.map(|(at, _)| at as u32 + 1)).collect();
        let tree = Tree::new(ends_badly(&machine, &moment));
        let snapshots = BTreeMap::from([(0, moment.clone())]);
        Session {
            machine,
            listings,
            seed,
            tree,
            cursor: 0,
            moment,
            snapshots,
            skipped: Vec::new(),
            facts: 0,
            line_starts,
        }
    }

    /// The program that runs.
    #[must_use]
    pub fn program(&self) -> &Program {
        self.machine.program()
    }

    /// How many steps have been taken at this moment.
    #[must_use]
    pub fn position(&self) -> u32 {
        self.moment.step
    }

    /// Takes the step with this number among the possible ones (from 1). A road taken before is
    /// followed; a new one starts a branch, and what was there before is kept. False if there is
    /// no such choice, or no room for another step.
    pub fn pick(&mut self, pick: u32) -> bool {
        if let Some(known) = self.tree.child(self.cursor, pick) {
            self.go_to(known);
            self.tree.extend_line(known);
            return true;
        }
        let index = (pick as usize).wrapping_sub(1);
        let Some(choice) = self.machine.choices(&self.moment.state).nth(index) else {
            return false;
        };
        if self.is_full() {
            return false;
        }
        let (event, broke) = self.moment.apply(&self.machine, choice, pick);
        let bad_end = ends_badly(&self.machine, &self.moment);
        self.cursor = self.tree.add(self.cursor, event, broke, bad_end);
        self.tree.extend_line(self.cursor);
        self.facts += self.tree.facts(self.cursor);
        let apart = SNAPSHOT_EVERY.max(self.machine.layout().words as u32 / WORDS_PER_STEP);
        if self.moment.step.is_multiple_of(apart) {
            self.snapshots.insert(self.cursor, self.moment.clone());
        }
        true
    }

    /// Lets the clock pick one step, by virtual time and the seed. False when nothing can happen.
    pub fn clock(&mut self) -> bool {
        let pick = clock_pick(&self.machine, &self.moment.state, &self.moment.timing, self.seed);
        pick.is_some_and(|index| self.pick(index as u32 + 1))
    }

    /// Goes to the moment after so many steps of the line shown, or to its last.
    pub fn seek(&mut self, position: u32) {
        let line = self.tree.line();
        let last = line.len().min(position as usize);
        self.go_to(if last == 0 { 0 } else { line[last - 1] });
    }

    /// Shows another line, with the cursor where it parts from the one shown before.
    pub fn show_branch(&mut self, id: u32) {
        if !self.tree.ends().any(|end| end == id) {
            return;
        }
        let before = self.tree.line();
        let way = self.tree.way_to(id);
        let shared = common(&before, &way);
        self.tree.show(id);
        self.seek(self.moment.step.min(shared as u32));
    }

    /// Plays a named schedule from the start and stays at its end. False if there is none of this
    /// index, or these parameters leave it without a process.
    pub fn play_schedule(&mut self, index: usize) -> bool {
        let Some(schedule) = self.program().schedules.get(index) else { return false };
        let Ok(picks) = schedule.picks.clone() else { return false };
        self.play(&picks);
        true
    }

    /// Plays entries of a schedule from the start. Those that cannot move are skipped and told by
    /// [`Frame::skipped`].
    pub fn play(&mut self, picks: &[Pick]) {
        self.go_to(0);
        self.skipped.clear();
        for entry in picks {
            for done in 0..entry.times {
                let at = self.choices().iter().position(|choice| {
                    let slot = self.machine.layout().processes[choice.process as usize];
                    entry.target == PickTarget::Process(slot.class, slot.number)
                        && choice.outcome + 1 == entry.outcome
                });
                let moved = at.is_some_and(|index| self.pick(index as u32 + 1));
                if !moved {
                    // Nobody else moves meanwhile, so the rest of this entry cannot move either.
                    self.skipped.push(self.words_of(entry, entry.times - done));
                    break;
                }
            }
        }
    }

    fn words_of(&self, entry: &Pick, times: u32) -> String {
        let PickTarget::Process(class, number) = entry.target else { return String::new() };
        let name = self.program().process_name(class as usize, number);
        let outcome =
            if entry.outcome == 1 { String::new() } else { format!(":{}", entry.outcome) };
        let times = if times == 1 { String::new() } else { format!(" * {times}") };
        format!("{name}{outcome}{times}")
    }

    /// Takes these picks from the start, as far as they fit; gives how many did.
    pub fn follow(&mut self, picks: &[u32]) -> usize {
        self.go_to(0);
        self.skipped.clear();
        picks.iter().take_while(|&&pick| self.pick(pick)).count()
    }

    /// The picks from the start to this moment.
    #[must_use]
    pub fn picks(&self) -> Vec<u32> {
        self.picks_of(&self.tree.way_to(self.cursor))
    }

    /// The picks of the whole line shown.
    #[must_use]
    pub fn line_picks(&self) -> Vec<u32> {
        self.picks_of(&self.tree.line())
    }

    /// The steps from the start to this moment.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.tree.way_to(self.cursor).into_iter().filter_map(|id| self.tree.node(id).event.as_ref())
    }

    fn picks_of(&self, steps: &[NodeId]) -> Vec<u32> {
        let events = steps.iter().filter_map(|&id| self.tree.node(id).event.as_ref());
        events.map(|event| event.pick).collect()
    }

    fn choices(&self) -> Vec<Choice> {
        self.machine.choices(&self.moment.state).collect()
    }

    fn is_full(&self) -> bool {
        self.tree.len() > STEPS_MAX || self.facts > FACTS_MAX
    }

    /// Moves the cursor anywhere in the tree: from the nearest copy before, replaying the rest.
    fn go_to(&mut self, id: NodeId) {
        if id == self.cursor {
            return;
        }
        if id == 0 || self.tree.node(id).parent != self.cursor {
            let way = self.tree.way_to(id);
            let kept = way.iter().rposition(|step| self.snapshots.contains_key(step));
            self.moment = self.snapshots[&kept.map_or(0, |index| way[index])].clone();
            for &step in &way[kept.map_or(0, |index| index + 1)..] {
                self.retake(step);
            }
        } else {
            self.retake(id);
        }
        self.cursor = id;
    }

    /// Takes a step of the tree again, from its parent's moment.
    fn retake(&mut self, step: NodeId) {
        let pick = self.tree.node(step).event.as_ref().map_or(0, |event| event.pick);
        let choice = self.machine.choices(&self.moment.state).nth(pick as usize - 1);
        let choice = choice.expect("a step taken once can be taken again");
        self.moment.apply(&self.machine, choice, pick);
    }
}

fn common(one: &[NodeId], other: &[NodeId]) -> usize {
    one.iter().zip(other).take_while(|(a, b)| a == b).count()
}

fn ends_badly(machine: &Machine, moment: &Moment) -> bool {
    match machine.end(&moment.state) {
        None => false,
        Some(End::Complete) => {
            machine.program().promises.iter().enumerate().any(|(index, promise)| {
                promise.kind == PromiseKind::Finally
                    && machine.judge(index, &moment.state) != Ok(true)
            })
        }
        Some(End::Deadlock(_) | End::Stuck(_) | End::Endless(_)) => true,
    }
}
