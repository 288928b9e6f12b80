//! Every schedule, walked one by one. Nothing is merged, and the bounds of `explore` are counted
//! here along each way, not looked up in the state.

use crate::circles::Circles;
use sim_core::explore::Bound;
use sim_core::machine::{End, Machine, Mishap, Pace, Position, State, Stay, Watch};
use sim_core::program::{Op, Pc, Program, PromiseKind, SPAWNED_SEARCHED, Shape, SharedKind, Start};
use sim_core::trace::{Choice, Fact, Outage, ProcessId, Traffic};
use std::collections::{BTreeMap, BTreeSet};

/// The picks of a way with what makes one better than another: fewer steps, then fewer switches
/// between processes, then the picks that come first.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Picks {
    pub(crate) steps: u32,
    switches: u32,
    pub(crate) picks: Vec<u32>,
    last: Option<ProcessId>,
}

/// All that walking finds out.
#[derive(Default, Debug)]
pub(crate) struct Walked {
    pub(crate) schedules: u64,
    pub(crate) failing: u64,
    /// For each promise the schedules that break it, and the shortest way to do so.
    pub(crate) broken: Vec<u64>,
    pub(crate) nearest: Vec<Option<Picks>>,
    pub(crate) deadlocked: u64,
    pub(crate) nearest_deadlock: Option<Picks>,
    pub(crate) stuck: u64,
    pub(crate) nearest_stuck: Option<Picks>,
    pub(crate) cut_off: u64,
    /// Values at the end, and `true` where processes were left waiting.
    pub(crate) outcomes: BTreeMap<Vec<String>, Row>,
    /// Distinct states, steps between them, and how deep they lie.
    pub(crate) size: (u64, u64, u32),
    /// Bounds that kept something from happening.
    pub(crate) bounds: BTreeSet<Bound>,
    /// True when some way comes back to where it was: ways that go round are not walked.
    pub(crate) circles: bool,
    /// The shortest way to a state of a circle that cannot be left and achieves nothing.
    pub(crate) nearest_endless: Option<Picks>,
    /// True when some way was not walked on because it is too long.
    pub(crate) deep: bool,
}

/// A kind of finding, and whether a walk met it.
pub(crate) type Kind = (&'static str, fn(&Walked) -> bool);

impl Walked {
    /// What some walk must have met, lest a comparison compares nothing.
    pub(crate) const KINDS: &[Kind] = &[
        ("nothing fails", |found| found.failing == 0 && !found.circles && !found.deep),
        ("some fail and some do not", |found| {
            found.failing > 0 && found.failing < found.schedules && !found.circles
        }),
        ("a broken promise", |found| found.broken.iter().any(|broken| *broken > 0)),
        ("a deadlock", |found| found.deadlocked > 0),
        ("stuck", |found| found.stuck > 0),
        ("cut off while waiting", |found| found.cut_off > 0),
        ("a circle that can be left", |found| found.circles && found.nearest_endless.is_none()),
        ("never ends", |found| found.nearest_endless.is_some()),
        ("too deep", |found| found.bounds.iter().any(|bound| matches!(bound, Bound::Depth(_)))),
        ("arrivals", |found| found.bounds.iter().any(|bound| matches!(bound, Bound::Arrivals(_)))),
        ("timeouts", |found| found.bounds.iter().any(|bound| matches!(bound, Bound::Timeouts(_)))),
        ("crashes", |found| found.bounds.iter().any(|bound| matches!(bound, Bound::Crashes(_)))),
        ("a hundred schedules", |found| found.schedules >= 100),
    ];
}

/// How often schedules end in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) schedules: u64,
    pub(crate) failing: u64,
    /// The steps of the shortest of them.
    pub(crate) steps: u32,
}

/// What happened on the way so far.
#[derive(Clone)]
struct Way {
    picks: Picks,
    broken: Vec<bool>,
    arrived: Vec<u32>,
    passes: Vec<u32>,
    ran_out: u32,
    /// Somebody has gone who would come again.
    left: bool,
    crashed: u32,
    lost: u32,
    doubled: u32,
    spawned: u32,
    been: Vec<Vec<i64>>,
}

/// What is heard during a step.
#[derive(Default)]
struct Heard {
    asserts: Vec<usize>,
    progress: bool,
    /// A pass of somebody's work is over.
    passed: bool,
    spawned: u32,
    endless: bool,
}

impl Watch for Heard {
    fn fact(&mut self, _: ProcessId, fact: Fact) {
        match fact {
            Fact::AssertBroke { promise } => self.asserts.push(promise as usize),
            Fact::Outcome { .. } | Fact::PassFailed { .. } => self.progress = true,
            Fact::PassEnded => self.passed = true,
            Fact::Counted { old, new, .. } => self.progress |= old != new,
            Fact::Spawned { .. } => self.spawned += 1,
            Fact::Endless => self.endless = true,
            _ => {}
        }
    }
    fn passes(&mut self, _: ProcessId, _: Pc) {}
    fn stands(&mut self, _: ProcessId, _: Pc, _: Stay, _: Pace) {}
}

struct Walk<'a> {
    machine: &'a Machine,
    found: Walked,
    graph: Circles,
    steps_left: u32,
}

/// Walks every schedule of a program; `None` when that takes more than so many steps.
pub(crate) fn walk(program: &Program, steps_max: u32) -> Option<Walked> {
    let shape = Shape { all_counters: false, bounded: true };
    let machine = Machine::with_shape(program.clone(), shape);
    let promises = program.promises.len();
    let found =
        Walked { broken: vec![0; promises], nearest: vec![None; promises], ..Walked::default() };
    let mut walk =
        Walk { machine: &machine, found, graph: Circles::default(), steps_left: steps_max };
    let mut heard = Heard::default();
    let start = machine.start(&mut heard);
    let mut way = Way {
        picks: Picks::default(),
        broken: vec![false; promises],
        arrived: vec![0; program.classes.len()],
        passes: vec![1; machine.layout().processes.len()],
        ran_out: 0,
        left: false,
        crashed: 0,
        lost: 0,
        doubled: 0,
        spawned: 0,
        been: Vec::new(),
    };
    walk.hear(&heard, &mut way)?;
    walk.from(&start, way)?;
    if walk.graph.has_open() {
        // Steps bound what is seen, not ways: a state to which a shorter way leads is gone on from.
        walk.found.bounds.insert(Bound::Depth(program.bounds.depth));
    }
    walk.found.size = walk.graph.size();
    if walk.found.circles {
        walk.judge_circles();
    }
    Some(walk.found)
}

impl Walk<'_> {
    fn program(&self) -> &Program {
        self.machine.program()
    }

    /// The identity of a state. Requests are a bag: which room one has found says nothing, unless
    /// others name it because it calls in its turn.
    fn identity(&self, state: &State) -> Vec<i64> {
        let (program, layout) = (self.program(), self.machine.layout());
        let mut identity = state.identity(layout).to_vec();
        let locks = program.shared.iter().zip(&layout.shared);
        let locks = locks.filter(|(it, _)| {
            matches!(
                it.kind,
                sim_core::program::SharedKind::Lock | sim_core::program::SharedKind::RwLock
            )
        });
        let locks: Vec<usize> = locks
            .flat_map(|(_, slot)| (0..slot.length).map(|element| slot.element(element)))
            .collect();
        let blocks = layout.blocks();
        for (class, rooms) in program.classes.iter().zip(&layout.classes) {
            let calls = class
                .code
                .clone()
                .any(|pc| matches!(program.code[pc as usize], Op::Call { .. } | Op::Number { .. }));
            if calls || !matches!(class.start, sim_core::program::Start::Called { .. }) {
                continue;
            }
            let words = |room: u32| {
                let block = &blocks[room as usize];
                let own = identity[block.start as usize..block.end as usize].to_vec();
                let held: Vec<bool> =
                    locks.iter().map(|&at| identity[at] == i64::from(room) + 1).collect();
                (own, held)
            };
            let mut order: Vec<u32> = rooms.clone().collect();
            order.sort_by_key(|&room| words(room));
            let sorted: Vec<Vec<i64>> = order.iter().map(|&room| words(room).0).collect();
            let held: Vec<Option<usize>> = locks
                .iter()
                .map(|&at| order.iter().position(|&room| identity[at] == i64::from(room) + 1))
                .collect();
            for (room, words) in rooms.clone().zip(sorted) {
                identity[blocks[room as usize].start as usize..][..words.len()]
                    .copy_from_slice(&words);
            }
            for (&at, held) in locks.iter().zip(held) {
                if let Some(nth) = held {
                    identity[at] = i64::from(rooms.start) + nth as i64 + 1;
                }
            }
        }
        identity
    }

    /// Goes on from a state in every way; `None` when there are too many.
    fn from(&mut self, state: &State, mut way: Way) -> Option<()> {
        let identity = self.identity(state);
        if way.been.contains(&identity) {
            self.found.circles = true;
            return Some(());
        }
        self.graph.see(&identity, &way.picks);
        for promise in 0..self.program().promises.len() {
            let kind = self.program().promises[promise].kind;
            if kind == PromiseKind::Always && self.machine.judge(promise, state) != Ok(true) {
                self.breaks(promise, &mut way);
            }
        }
        let (choices, ran_out, arrives) = self.within_bounds(state, &way);
        if ran_out || arrives || way.left {
            self.graph.cut(&identity);
        }
        if choices.is_empty() {
            self.end(state, way, ran_out, arrives);
            return Some(());
        }
        if way.picks.steps == self.program().bounds.depth {
            self.found.deep = true;
            self.graph.leave_open(&identity);
            return Some(());
        }
        way.been.push(identity.clone());
        for (pick, choice) in choices {
            self.steps_left = self.steps_left.checked_sub(1)?;
            let mut next_way = way.clone();
            self.count(state, choice, &mut next_way);
            self.pick(state, pick, choice, &mut next_way.picks);
            let (mut next, mut heard) = (state.clone(), Heard::default());
            self.machine.apply(&mut next, choice, &mut heard);
            self.hear(&heard, &mut next_way)?;
            let goes_on = matches!(choice, Choice::Step { process, .. }
                if self.is_forever(process) || heard.passed && self.receives(process));
            let to = self.identity(&next);
            self.graph.step(&identity, pick, &to, heard.progress || goes_on);
            self.from(&next, next_way)?;
        }
        Some(())
    }

    fn receives(&self, process: ProcessId) -> bool {
        let class = self.machine.layout().processes[process as usize].class;
        self.program().classes[class as usize].receives
    }

    fn is_forever(&self, process: ProcessId) -> bool {
        let class = self.machine.layout().processes[process as usize].class;
        self.program().classes[class as usize].forever
    }

    /// What may happen here within the bounds, with its picks, and whether something was withheld
    /// that runs out by itself, and that arrives by itself.
    fn within_bounds(&mut self, state: &State, way: &Way) -> (Vec<(u32, Choice)>, bool, bool) {
        let bounds = self.program().bounds.clone();
        let (mut choices, mut ran_out, mut arrives) = (Vec::new(), false, false);
        for (pick, choice) in (1..).zip(self.machine.choices(state)) {
            let (is_within, bound) = match choice {
                Choice::Step { process, outcome } if self.may_leave(state, process) => {
                    // Who comes again does so as often as that is allowed, and leaves then.
                    let again = way.passes[process as usize] < bounds.arrivals;
                    if !again {
                        arrives = true;
                        self.found.bounds.insert(Bound::Arrivals(bounds.arrivals));
                    }
                    if again == (outcome == 0) {
                        choices.push((pick, choice));
                    }
                    continue;
                }
                Choice::Step { process, outcome } if self.mishap(state, process, outcome).is_some() => {
                    match self.mishap(state, process, outcome) {
                        Some(Mishap::Twice) => {
                            (way.doubled < bounds.duplicates, Bound::Duplicates(bounds.duplicates))
                        }
                        _ => (way.lost < bounds.losses, Bound::Losses(bounds.losses)),
                    }
                }
                Choice::Step { .. }
                | Choice::Lift { .. }
                | Choice::Replicate { .. }
                | Choice::Outage(Outage::Lift { .. } | Outage::Ready { .. })
                | Choice::Traffic(
                    Traffic::Deliver { .. }
                    | Traffic::Ready { .. }
                    | Traffic::Heal { .. }
                    // Never on the list.
                    | Traffic::Hold { .. },
                ) => (true, Bound::Depth(0)),
                Choice::Traffic(Traffic::Lose { link, .. }) => (
                    way.lost < bounds.losses || self.machine.is_cut(state, link),
                    Bound::Losses(bounds.losses),
                ),
                Choice::Traffic(Traffic::Double { .. }) => {
                    (way.doubled < bounds.duplicates, Bound::Duplicates(bounds.duplicates))
                }
                Choice::Arrive { class } => {
                    let start = &self.program().classes[class as usize].start;
                    let counted = matches!(start, Start::Every { times: None, .. });
                    let more = way.arrived[class as usize] < bounds.arrivals;
                    arrives |= counted && !more;
                    (!counted || more, Bound::Arrivals(bounds.arrivals))
                }
                Choice::TimeOut { process, timer } if self.machine.is_cancel(process, timer) => {
                    (true, Bound::Depth(0))
                }
                Choice::TimeOut { .. }
                | Choice::WaitOver { .. }
                | Choice::Expire { .. }
                | Choice::Traffic(Traffic::Reappear { .. } | Traffic::Rebalance { .. }) => {
                    ran_out |= way.ran_out >= bounds.timeouts;
                    (way.ran_out < bounds.timeouts, Bound::Timeouts(bounds.timeouts))
                }
                Choice::Strike { .. }
                | Choice::Outage(Outage::Strike { .. })
                | Choice::Traffic(Traffic::Cut { .. }) => {
                    (way.crashed < bounds.crashes, Bound::Crashes(bounds.crashes))
                }
            };
            if is_within {
                choices.push((pick, choice));
            } else {
                self.found.bounds.insert(bound);
            }
        }
        // Nothing goes wrong any more where nothing else may happen.
        let goes_wrong = |choice: &Choice| match choice {
            Choice::Strike { .. }
            | Choice::Outage(Outage::Strike { .. })
            | Choice::Traffic(Traffic::Cut { .. }) => true,
            Choice::Traffic(Traffic::Double { at, .. }) => {
                self.program().queue(at.shared).is_some()
            }
            _ => false,
        };
        if choices.iter().all(|(_, choice)| goes_wrong(choice)) {
            choices.clear();
        }
        (choices, ran_out, arrives)
    }

    fn mishap(&self, state: &State, process: ProcessId, outcome: u32) -> Option<Mishap> {
        match state.position(self.machine.layout(), process) {
            Position::At(pc) => self.machine.mishap(state, process, pc, outcome),
            _ => None,
        }
    }

    fn may_leave(&self, state: &State, process: ProcessId) -> bool {
        match state.position(self.machine.layout(), process) {
            Position::At(pc) => {
                matches!(self.program().code[pc as usize], Op::Think { leave: Some(_), .. })
            }
            _ => false,
        }
    }

    /// An arrival is its process's move, as is what happens to a process; else nobody's.
    fn pick(&self, state: &State, pick: u32, choice: Choice, picks: &mut Picks) {
        let nobody = self.machine.layout().processes.len() as ProcessId;
        let mover = self.machine.actor(state, choice).filter(|_| !choice.is_nobodys());
        let mover = mover.unwrap_or(nobody);
        picks.steps += 1;
        picks.switches += u32::from(picks.last.is_some_and(|last| last != mover));
        picks.last = Some(mover);
        picks.picks.push(pick);
    }

    fn count(&self, state: &State, choice: Choice, way: &mut Way) {
        match choice {
            Choice::Step { process, outcome: 0 } if self.may_leave(state, process) => {
                way.passes[process as usize] += 1;
            }
            Choice::Step { process, .. } if self.may_leave(state, process) => way.left = true,
            Choice::Arrive { class } => way.arrived[class as usize] += 1,
            Choice::TimeOut { process, timer } if self.machine.is_cancel(process, timer) => {}
            Choice::TimeOut { .. }
            | Choice::WaitOver { .. }
            | Choice::Expire { .. }
            | Choice::Traffic(Traffic::Reappear { .. } | Traffic::Rebalance { .. }) => {
                way.ran_out += 1
            }
            Choice::Strike { .. }
            | Choice::Outage(Outage::Strike { .. })
            | Choice::Traffic(Traffic::Cut { .. }) => way.crashed += 1,
            Choice::Step { process, outcome } if self.mishap(state, process, outcome).is_some() => {
                match self.mishap(state, process, outcome) {
                    Some(Mishap::Twice) => way.doubled += 1,
                    _ => way.lost += 1,
                }
            }
            Choice::Traffic(Traffic::Lose { link, .. }) => {
                way.lost += u32::from(!self.machine.is_cut(state, link));
            }
            Choice::Traffic(Traffic::Double { .. }) => way.doubled += 1,
            Choice::Step { .. }
            | Choice::Lift { .. }
            | Choice::Replicate { .. }
            | Choice::Outage(Outage::Lift { .. } | Outage::Ready { .. })
            | Choice::Traffic(
                Traffic::Deliver { .. }
                | Traffic::Ready { .. }
                | Traffic::Heal { .. }
                | Traffic::Hold { .. },
            ) => {}
        }
    }

    /// `None` when a process's own work does not end, or a search has no room for all its tasks.
    fn hear(&mut self, heard: &Heard, way: &mut Way) -> Option<()> {
        for &promise in &heard.asserts {
            self.breaks(promise, way);
        }
        way.spawned += heard.spawned;
        (!heard.endless && way.spawned < SPAWNED_SEARCHED).then_some(())
    }

    fn breaks(&mut self, promise: usize, way: &mut Way) {
        way.broken[promise] = true;
        nearer(&mut self.found.nearest[promise], &way.picks);
    }

    fn end(&mut self, state: &State, mut way: Way, ran_out: bool, arrives: bool) {
        let end = self.machine.end_without_choices(state);
        let waiting = matches!(end, End::Deadlock(_) | End::Stuck(_));
        let comes = matches!(end, End::Stuck(_)) && (arrives || way.left);
        let cut = waiting && ran_out || comes;
        if cut {
            self.found.cut_off += 1;
        } else {
            for promise in 0..self.program().promises.len() {
                let kind = self.program().promises[promise].kind;
                if kind == PromiseKind::Finally && self.machine.judge(promise, state) != Ok(true) {
                    self.breaks(promise, &mut way);
                }
            }
        }
        let found = &mut self.found;
        match end {
            End::Deadlock(_) if !cut => {
                found.deadlocked += 1;
                nearer(&mut found.nearest_deadlock, &way.picks);
            }
            End::Stuck(_) if !cut => {
                found.stuck += 1;
                nearer(&mut found.nearest_stuck, &way.picks);
            }
            _ => {}
        }
        let fails = u64::from(way.broken.contains(&true) || waiting && !cut);
        found.schedules += 1;
        found.failing += fails;
        for (count, broken) in found.broken.iter_mut().zip(way.broken) {
            *count += u64::from(broken);
        }
        let values = self.values(state, waiting && !cut);
        let steps = way.picks.steps;
        let none = Row { schedules: 0, failing: 0, steps };
        let row = self.found.outcomes.entry(values).or_insert(none);
        row.schedules += 1;
        row.failing += fails;
        row.steps = row.steps.min(steps);
    }

    /// Variables and counters, and whether processes were left waiting.
    fn values(&self, state: &State, waiting: bool) -> Vec<String> {
        let mut all = Vec::new();
        for (id, shared) in self.program().shared.iter().enumerate() {
            if matches!(shared.kind, SharedKind::Var | SharedKind::Counter) {
                let values = state.elements(self.machine.layout(), id as u32);
                all.extend(values.iter().map(|value| self.program().spell(*value, shared.value)));
            }
        }
        all.push(waiting.to_string());
        all
    }

    /// `finally` must hold all through a circle that cannot be left, and something must come of it.
    fn judge_circles(&mut self) {
        for (identity, picks, achieves) in self.graph.without_way_out() {
            if !achieves {
                nearer(&mut self.found.nearest_endless, &picks);
            }
            let state = State::from_identity(&identity, self.machine.layout());
            for promise in 0..self.program().promises.len() {
                let kind = self.program().promises[promise].kind;
                if kind == PromiseKind::Finally && self.machine.judge(promise, &state) != Ok(true) {
                    nearer(&mut self.found.nearest[promise], &picks);
                }
            }
        }
    }
}

fn nearer(nearest: &mut Option<Picks>, picks: &Picks) {
    if nearest.as_ref().is_none_or(|known| picks < known) {
        *nearest = Some(picks.clone());
    }
}
