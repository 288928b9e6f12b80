//! One run, stepped forward and back, with the futures that were left kept as lines.
//!
//! A line is its picks. What happened is found again by taking them again from the nearest copy of
//! a moment, so that a run of a million steps takes the room of its picks and of some hundred
//! copies, which share what did not change between them.

mod calls;
mod copies;
mod crowds;
mod curve;
mod data;
mod describe;
mod follow;
mod frame;
mod guards;
mod health;
mod kept;
mod ledger;
mod letters;
mod life;
mod listing;
mod logs;
mod measuring;
mod memory;
mod messages;
mod met;
mod moment;
mod names;
mod saga_frame;
mod sagas;
mod slow;
mod system;
mod tables;
mod tales;
mod times;
mod tree;
mod undone;
mod view;
mod whole;
mod why;
mod window;

pub use crowds::{Crowd, CrowdKind};
pub use curve::{CURVE_CONTINUATIONS, CURVE_POINTS, Curve, Point, Rise, rise};
pub use describe::{action, key_name, place_name};
pub use frame::{
    Action, Answer, Bar, BarKind, Branch, BreakerView, CodeLine, Dependency, Doing, Ending, Fate,
    Found, Frame, Lane, LaneState, LocalView, Mark, MarkKind, Offer, OfferKind, Passage,
    PassageKind, PromiseState, PromiseView, Reason, Results, RowTold, ScheduleView, Scope,
    SharedView, Statement, StepView, Undone,
};
pub use health::{Health, HealthView, Stretch};
pub use life::{Life, Part, PartKind, SPANS_MAX, Span, SpanFate, life};
pub use logs::{KeptView, LogView, READERS_MAX, ReadModelView, ReaderView};
pub use saga_frame::{
    SagaCall, SagaNote, SagaNoteKind, SagaPart, SagaState, SagaStepState, SagaStepView, SagaView,
};
pub use slow::Served;
pub use system::{
    EdgeKind, Inside, Letter, LinkView, MemberView, Moving, NodeKind, PartitionView, QueueView,
    ReplicaView, RequestView, Ring, RingKind, SystemEdge, SystemNode, SystemView, Tally,
    Travelling, Worker, WorkerState,
};
pub use tables::{
    DatabaseView, ROWS_MAX, RowView, TRANSACTIONS_MAX, TableView, TransactionBand, TransactionView,
    VERSIONS_MAX, VersionView,
};
pub use whole::{Finished, RUN_STEPS, RUN_STEPS_MAX, Whole};
pub use why::{Because, Broken, How, Why, broken, why};

use crate::machine::{End, Machine, Mishap, Numbers, State};
use crate::program::{FaultKind, Pick, PickTarget, PickVerb, Program, PromiseKind};
use crate::trace::{Choice, Event, Outage, ProcessId, Target, Traffic};
use copies::Copies;
use health::Waits;
use listing::Listing;
use measuring::Measuring;
use moment::Moment;
use tree::{LineId, Step, Tree};
use view::{Lived, Plan, plan};
use window::Window;

/// How many steps a session keeps, over all its lines: what a run of the clock takes some seconds
/// for, in some hundred megabytes. A run of which nothing is kept goes on to [`RUN_STEPS`].
pub const STEPS_MAX: usize = 3_000_000;
/// How many lines a session keeps; each is a road once left.
pub const LINES_MAX: u32 = 500;
/// How many steps around the cursor a [`Frame`] has.
pub const WINDOW: u32 = 2_000;
/// How many marks of a line a [`Frame`] has.
pub const MARKS_MAX: usize = 500;
/// How many lanes have their code in a [`Frame`] unless others are asked for.
pub const LANES_OPEN: usize = 8;
/// How many lanes a [`Frame`] has.
pub const LANES_MAX: usize = 64;
/// How many offers a [`Frame`] has.
pub const OFFERS_MAX: usize = 200;
/// How many elements of shared things a [`Frame`] has.
pub const SHARED_MAX: usize = 200;
/// How many last steps of a branch are told in a [`Frame`].
pub const BRANCH_LANES: usize = 200;
/// How many processes of a class a [`SystemView`] shows.
pub const WORKERS_MAX: usize = 24;
/// How many elements of a thing a [`SystemView`] shows.
pub const ELEMENTS_MAX: usize = 12;
/// How many messages at one place a [`SystemView`] shows.
pub const LETTERS_MAX: usize = 12;
/// How many messages under way a [`SystemView`] shows.
pub const MOVING_MAX: usize = 120;
/// With up to so many processes a step's place in the list of choices is looked up at once.
const FEW_PROCESSES: usize = 256;
/// With more processes than this a debug build does not look each number up again.
const CHECKED_PROCESSES: usize = 2_000;

/// A run under somebody's hand.
#[derive(Clone, Debug)]
pub struct Session {
    machine: Machine,
    listings: Vec<Listing>,
    tree: Tree,
    moment: Moment,
    copies: Copies,
    measuring: Box<Measuring>,
    waits: Waits,
    window: Window,
    /// The life that was told last.
    lived: Option<Lived>,
    skipped: Vec<String>,
    most: usize,
    /// Where each line of the text starts.
    line_starts: Vec<u32>,
    /// What exists and what talks to what.
    plan: Plan,
}

impl Session {
    /// A session at the start of a run. `text` is the scenario's text, for what is shown of it
    /// and for the run's fingerprint.
    #[must_use]
    pub fn new(program: Program, text: &str, seed: u64) -> Session {
        let listings = Listing::of_classes(&program, text);
        let plan = plan(&program);
        let machine = Machine::new(program);
        let moment = Moment::start(&machine, text, seed);
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0).chain(breaks.map(|(at, _)| at as u32 + 1)).collect();
        let mut tree = Tree::new();
        for (promise, step) in moment.broken.iter().enumerate() {
            if step.is_some() {
                let kind = MarkKind::Broke(promise as u32);
                tree.mark(Mark { step: 0, lane: None, kind }, true, MARKS_MAX);
                tree.course_mut().ends_badly();
            }
        }
        let mut session = Session {
            copies: Copies::new(&moment, machine.layout().processes.len()),
            measuring: Box::new(Measuring::new(&machine)),
            waits: Waits::default(),
            window: Window::default(),
            lived: None,
            machine,
            listings,
            tree,
            moment,
            skipped: Vec::new(),
            most: STEPS_MAX,
            line_starts,
            plan,
        };
        session.note_end();
        session
    }

    /// The same session, which takes no more than so many steps.
    #[must_use]
    pub fn of_at_most(mut self, steps: usize) -> Session {
        self.most = steps.min(STEPS_MAX);
        self
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

    /// How many steps the line shown has.
    #[must_use]
    pub fn length(&self) -> u32 {
        self.tree.length(self.tree.shown())
    }

    /// Lets what has this number among the possible choices (from 1) happen. A road taken before
    /// is followed; a new one starts a line, and what was there before is kept. False if there is
    /// no such choice, or no room for another step.
    pub fn pick(&mut self, pick: u32) -> bool {
        let mut number = 0;
        let mut found = None;
        self.machine.each_pick(&self.moment.state, &mut |choice| {
            number += 1;
            if number == pick {
                found = Some(choice);
            }
        });
        found.is_some_and(|choice| self.take(choice, pick))
    }

    fn take(&mut self, choice: Choice, pick: u32) -> bool {
        if let Some(line) = self.tree.road(self.moment.step, choice) {
            if line != self.tree.shown() {
                self.tree.show(line);
                self.window.clear();
            }
            self.tree.set_pick(line, self.moment.step + 1, pick);
            self.go_on(Step { choice, pick });
            return true;
        }
        let parts = self.tree.length(self.tree.shown()) != self.moment.step;
        if self.is_full()
            || parts && self.tree.lines() >= LINES_MAX
            || self.machine.actor(&self.moment.state, choice).is_none()
        {
            return false;
        }
        let hears = self.hears();
        if !self.waits.is_of((self.tree.shown(), self.moment.step)) {
            self.waits = Waits::at(&self.machine, &self.moment);
        }
        self.tree.add(self.moment.step, Step { choice, pick }, self.moment.clock.now());
        if parts {
            self.window.clear();
        }
        let meter = hears.then_some(&mut self.measuring.meter);
        let (event, broke) = self.moment.apply(&self.machine, choice, pick, meter);
        if hears {
            self.measuring.came(self.tree.shown(), self.moment.step);
        }
        let (now, step) = (event.at, self.moment.step);
        let before = self.waits.longest(now, step);
        self.waits.settle(&self.machine, &self.moment, (self.tree.shown(), step));
        let waits = [before, self.waits.longest(now, step)];
        self.tree.course_mut().take(step, &event, !broke.is_empty(), waits);
        self.note(&event, &broke);
        self.window.push(&self.machine, &self.moment, event, broke);
        self.copies.offer(self.tree.shown(), &self.moment);
        true
    }

    /// Takes the next step of the line shown again.
    fn go_on(&mut self, step: Step) {
        let hears = self.hears();
        let meter = hears.then_some(&mut self.measuring.meter);
        let (event, broke) = self.moment.apply(&self.machine, step.choice, step.pick, meter);
        if hears {
            self.measuring.came(self.tree.shown(), self.moment.step);
        }
        self.window.push(&self.machine, &self.moment, event, broke);
    }

    /// Lets the clock pick one step, by virtual time and the seed. False when nothing is due any
    /// more.
    pub fn clock(&mut self) -> bool {
        let Some(choice) = self.moment.clock.next(&self.machine, &self.moment.state) else {
            return false;
        };
        let few = self.machine.layout().processes.len() <= FEW_PROCESSES;
        let pick = if few { self.number_of(choice) } else { 0 };
        self.take(choice, pick)
    }

    fn number_of(&self, choice: Choice) -> u32 {
        number_of(&self.machine, &self.moment.state, choice)
    }

    /// Goes to the moment after so many steps of the line shown, or to its last.
    pub fn seek(&mut self, position: u32) {
        self.go_to(position.min(self.length()));
    }

    /// Shows another line, with the cursor where it parts from the one shown before.
    pub fn show_branch(&mut self, id: u32) {
        if id >= self.tree.lines() || id == self.tree.shown() {
            return;
        }
        let shared = self.tree.common(self.tree.shown(), id);
        let position = self.moment.step.min(shared);
        self.go_to(position);
        self.tree.show(id);
        self.window.clear();
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
                let choices = self.machine.choices(&self.moment.state);
                let at = choices.iter().position(|choice| self.means(entry, *choice));
                let moved = at.is_some_and(|index| self.take(choices[index], index as u32 + 1));
                if !moved {
                    // Nobody else moves meanwhile, so the rest of this entry cannot move either.
                    self.skipped.push(self.words_of(entry, entry.times - done));
                    break;
                }
            }
        }
    }

    /// True if an entry of a schedule means this choice.
    fn means(&self, entry: &Pick, choice: Choice) -> bool {
        let is = |process: ProcessId| match entry.target {
            PickTarget::Process(class, number) => {
                let layout = self.machine.layout();
                layout.processes[process as usize].class == class
                    && (number == 0 || self.moment.state.number(layout, process) == number)
            }
            PickTarget::Shared(..) => false,
        };
        let kind = |fault: u32| self.program().faults[fault as usize].kind;
        let on = |target: Target| entry.target == PickTarget::Shared(target.shared, target.element);
        match (entry.verb, choice) {
            (PickVerb::Crash, Choice::Outage(Outage::Strike { fault, replica })) => {
                on(replica) && kind(fault) == FaultKind::Crash
            }
            (PickVerb::Pause, Choice::Outage(Outage::Strike { fault, replica })) => {
                on(replica) && kind(fault) == FaultKind::Pause
            }
            (
                PickVerb::Restart | PickVerb::Resume,
                Choice::Outage(Outage::Lift { replica } | Outage::Ready { replica }),
            ) => on(replica),
            (
                PickVerb::Deliver | PickVerb::Lose | PickVerb::Double,
                Choice::Step { process, outcome },
            ) => {
                let found = self.machine.on_wire(&self.moment.state, process, outcome);
                let wanted = match entry.verb {
                    PickVerb::Deliver => None,
                    PickVerb::Lose => Some(Mishap::Lost),
                    _ => Some(Mishap::Twice),
                };
                found.is_some_and(|(wire, fate)| {
                    fate == wanted && entry.target == PickTarget::Shared(wire, 0)
                })
            }
            (PickVerb::Step, Choice::Step { process, outcome }) => {
                is(process) && outcome + 1 == entry.outcome
            }
            (PickVerb::Arrive, Choice::Arrive { class }) => {
                matches!(entry.target, PickTarget::Process(one, _) if one == class)
            }
            (PickVerb::Crash, Choice::Strike { fault, process }) => {
                is(process) && kind(fault) == FaultKind::Crash
            }
            (PickVerb::Pause, Choice::Strike { fault, process }) => {
                is(process) && kind(fault) == FaultKind::Pause
            }
            (PickVerb::Restart | PickVerb::Resume, Choice::Lift { process })
            | (PickVerb::Timeout, Choice::TimeOut { process, .. } | Choice::WaitOver { process }) => {
                is(process)
            }
            (PickVerb::Expire, Choice::Expire { lock }) => {
                entry.target == PickTarget::Shared(lock.shared, lock.element)
            }
            (PickVerb::Expire, Choice::Traffic(Traffic::Reappear { process, slot })) => {
                let layout = self.machine.layout();
                let class = layout.processes[process as usize].class;
                let from = layout.flights[class as usize][slot as usize].from;
                is(process) || matches!(entry.target, PickTarget::Shared(one, _) if one == from)
            }
            (PickVerb::Deliver, Choice::Traffic(Traffic::Deliver { link, .. }))
            | (PickVerb::Lose, Choice::Traffic(Traffic::Lose { link, .. })) => {
                matches!(entry.target, PickTarget::Shared(one, _) if one == link)
            }
            (PickVerb::Deliver, Choice::Replicate { database, copy }) => {
                entry.target == PickTarget::Shared(database, copy)
            }
            (PickVerb::Double, Choice::Traffic(Traffic::Double { at, .. })) => {
                entry.target == PickTarget::Shared(at.shared, at.element)
            }
            (PickVerb::Ready, Choice::Traffic(Traffic::Ready { queue, .. })) => {
                entry.target == PickTarget::Shared(queue.shared, queue.element)
            }
            (PickVerb::Rebalance, Choice::Traffic(Traffic::Rebalance { group })) => {
                matches!(entry.target, PickTarget::Shared(one, _) if one == group)
            }
            (PickVerb::Cut, Choice::Traffic(Traffic::Cut { fault })) => {
                matches!(entry.target, PickTarget::Shared(one, _)
                    if self.program().faults[fault as usize].links.contains(&one))
            }
            _ => false,
        }
    }

    fn words_of(&self, entry: &Pick, times: u32) -> String {
        let verb = match entry.verb {
            PickVerb::Step => "",
            PickVerb::Arrive => "arrive ",
            PickVerb::Crash => "crash ",
            PickVerb::Restart => "restart ",
            PickVerb::Pause => "pause ",
            PickVerb::Resume => "resume ",
            PickVerb::Timeout => "timeout ",
            PickVerb::Expire => "expire ",
            PickVerb::Deliver => "deliver ",
            PickVerb::Lose => "lose ",
            PickVerb::Double => "double ",
            PickVerb::Ready => "ready ",
            PickVerb::Cut => "cut ",
            PickVerb::Rebalance => "rebalance ",
        };
        let name = match entry.target {
            PickTarget::Process(class, 0) => self.program().classes[class as usize].name.clone(),
            PickTarget::Process(class, number) => {
                self.program().process_name(class as usize, number)
            }
            PickTarget::Shared(shared, element) => {
                place_name(self.program(), crate::trace::Target { shared, element })
            }
        };
        let outcome =
            if entry.outcome == 1 { String::new() } else { format!(":{}", entry.outcome) };
        let times = if times == 1 { String::new() } else { format!(" * {times}") };
        format!("{verb}{name}{outcome}{times}")
    }

    /// The picks from the start to this moment.
    #[must_use]
    pub fn picks(&self) -> Vec<u32> {
        self.picks_to(self.moment.step)
    }

    /// The picks of the whole line shown.
    #[must_use]
    pub fn line_picks(&self) -> Vec<u32> {
        self.picks_to(self.length())
    }

    fn picks_to(&self, to: u32) -> Vec<u32> {
        let shown = self.tree.shown();
        let known: Vec<u32> =
            (1..=to).filter_map(|at| self.tree.step(shown, at)).map(|step| step.pick).collect();
        if !known.contains(&0) {
            return known;
        }
        let mut again = self.clone();
        again.go_to(0);
        if let Some(numbers) = again.numbers(to) {
            return numbers;
        }
        let numbers = (1..=to).filter_map(|at| {
            let step = again.tree.step(shown, at)?;
            let number = again.number_of(step.choice);
            again.go_on(step);
            Some(number)
        });
        numbers.collect()
    }

    /// The numbers of the first steps of the line shown, from its start on, without the clock.
    fn numbers(&mut self, to: u32) -> Option<Vec<u32>> {
        let mut numbers = Numbers::new(&self.machine, &self.moment.state)?;
        let steps = (1..=to).filter_map(|at| self.tree.step(self.tree.shown(), at));
        let steps: Vec<Step> = steps.collect();
        let Session { machine, moment, .. } = self;
        let found = steps.into_iter().map(|Step { choice, pick }| {
            let number = match pick {
                0 => numbers.of(machine, &moment.state, choice),
                pick => Some(pick),
            };
            let number = number.unwrap_or_else(|| number_of(machine, &moment.state, choice));
            debug_assert!(
                machine.layout().processes.len() > CHECKED_PROCESSES
                    || number == number_of(machine, &moment.state, choice),
                "{choice:?} has another number"
            );
            numbers.take(machine, &mut moment.state, choice);
            number
        });
        Some(found.collect())
    }

    /// The steps from the start to this moment. For long lines this takes as long as taking them.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        let mut again = self.clone();
        let shown = again.tree.shown();
        let to = again.moment.step;
        again.go_to(0);
        let events = (1..=to).filter_map(|at| {
            let step = again.tree.step(shown, at)?;
            Some(again.moment.apply(&again.machine, step.choice, step.pick, None).0)
        });
        events.collect()
    }

    /// True when no more steps are taken.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.tree.steps() >= self.most
    }

    /// Moves the cursor along the line shown: from the nearest copy before, replaying the rest.
    fn go_to(&mut self, position: u32) {
        let line = self.tree.shown();
        if position == self.moment.step {
            return;
        }
        let copy = self.copies.nearest(&self.tree, line, position);
        if position < self.moment.step || copy.step() > self.moment.step {
            self.moment = Moment::take_out(copy);
        }
        while self.moment.step < position {
            let Some(step) = self.tree.step(line, self.moment.step + 1) else { break };
            self.moment.apply(&self.machine, step.choice, step.pick, None);
        }
    }

    /// Notes what matters of a step taken for the first time.
    fn note(&mut self, event: &Event, broke: &[u32]) {
        let step = self.moment.step;
        for mark in window::marks(self.program(), event, broke, step) {
            let bad = matches!(mark.kind, MarkKind::Broke(_));
            self.tree.mark(mark, bad, MARKS_MAX);
        }
        self.note_end();
    }

    fn note_end(&mut self) {
        // Looking whether anything can happen takes long with very many processes; while the clock
        // has something due, it can.
        if !self.moment.clock.is_over(&self.machine, &self.moment.state) {
            return;
        }
        self.measured_to_the_end();
        let end = self.end();
        if ends_badly(&self.machine, end, &self.moment.state) {
            self.tree.ended_badly();
        }
    }
}

impl Session {
    /// How the run ended, if it has.
    fn end(&mut self) -> Option<End> {
        self.moment.clock.end(&self.machine, &self.moment.state)
    }
}

fn number_of(machine: &Machine, state: &State, choice: Choice) -> u32 {
    let mut number = 0;
    let mut found = 0;
    machine.each_pick(state, &mut |other| {
        number += 1;
        if other == choice {
            found = number;
        }
    });
    found
}

fn ends_badly(machine: &Machine, end: Option<End>, state: &State) -> bool {
    match end {
        None => false,
        Some(End::Complete | End::Idle) => {
            machine.program().promises.iter().enumerate().any(|(index, promise)| {
                promise.kind == PromiseKind::Finally && machine.judge(index, state) != Ok(true)
            })
        }
        Some(End::Deadlock(_) | End::Stuck(_) | End::Endless(_) | End::Full(_)) => true,
    }
}

/// The line of a tree that a copy belongs to is the one on which its step was taken.
fn owner(tree: &Tree, line: LineId, step: u32) -> LineId {
    tree.owner(line, step)
}
