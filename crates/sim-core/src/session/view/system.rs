//! What exists and what talks to what: nodes and edges from the program, their inside from the
//! moment.

use super::channels::{feeds, link_of};
use super::logs::{LogPlan, log_plans};
use super::services::{calls, wire_of};
use crate::machine::{Blocked, Position};
use crate::program::{Class, Details, Op, Program, SharedId, SharedKind, Start};
use crate::session::describe::place_name;
use crate::session::system::{
    EdgeKind, Inside, NodeKind, Ring, RingKind, SystemEdge, SystemNode, SystemView, Tally, Worker,
    WorkerState,
};
use crate::session::{ELEMENTS_MAX, Session, WORKERS_MAX};
use crate::trace::{ProcessId, Target};
use std::collections::BTreeMap;

/// Up to so many processes their states are counted one by one.
const COUNTED_MAX: usize = 20_000;

/// Nodes and edges of a program, empty.
#[must_use]
pub(in crate::session) fn plan(program: &Program) -> Plan {
    let mut view = SystemView::default();
    let mut classes = vec![None; program.classes.len()];
    for (id, class) in program.classes.iter().enumerate() {
        // Requests are seen at their service.
        if matches!(class.start, Start::Called { .. }) {
            continue;
        }
        classes[id] = Some(view.nodes.len() as u32);
        view.nodes.push(SystemNode {
            name: class.name.clone(),
            kind: NodeKind::Process,
            count: if matches!(class.start, Start::Every { .. }) { 0 } else { class.instances },
            numbered: class.numbered,
            inside: Inside::Nothing,
        });
    }
    let ways: Vec<Ways> = program.classes.iter().map(|class| Ways::of(program, class)).collect();
    let mut at: BTreeMap<SharedId, u32> = BTreeMap::new();
    for (id, shared) in (0..).zip(&program.shared) {
        let touched = ways.iter().any(|ways| ways.things.contains_key(&id));
        let length = shared.initial.len() as u32;
        let (kind, count) = match shared.kind {
            SharedKind::Counter | SharedKind::Link | SharedKind::Wire | SharedKind::Table => {
                continue;
            }
            SharedKind::Queue => (NodeKind::Queue, length),
            SharedKind::Topic => (NodeKind::Topic, length),
            SharedKind::Log => (NodeKind::Log, parts(program, id)),
            SharedKind::Group => (NodeKind::Group, parts(program, id)),
            SharedKind::Service => (NodeKind::Service, length),
            _ if !touched => continue,
            kind => (NodeKind::Thing(kind), length),
        };
        at.insert(id, view.nodes.len() as u32);
        view.nodes.push(SystemNode {
            name: shared.name.clone(),
            kind,
            count,
            numbered: shared.array,
            inside: Inside::Nothing,
        });
    }
    for (id, class) in program.classes.iter().enumerate() {
        if let Start::Called { service, .. } = class.start {
            classes[id] = at.get(&service).copied();
        }
    }
    let mut links = Vec::new();
    for (id, ways) in ways.into_iter().enumerate() {
        let Some(class) = classes[id] else { continue };
        for ((channel, kind), link) in ways.channels {
            let Some(&node) = at.get(&channel) else { continue };
            let (from, to) = if kind == EdgeKind::Receives { (node, class) } else { (class, node) };
            links.push((view.edges.len(), link));
            let link = link.and_then(|link| link_of(program, link));
            view.edges.push(SystemEdge { from, to, kind, link });
        }
        for started in ways.starts {
            let kind = EdgeKind::Starts;
            let Some(started) = classes[started as usize] else { continue };
            view.edges.push(SystemEdge { from: class, to: started, kind, link: None });
        }
        for (thing, kind) in ways.things {
            let Some(&to) = at.get(&thing) else { continue };
            let edge = SystemEdge { from: class, to, kind, link: None };
            if !view.edges.contains(&edge) {
                view.edges.push(edge);
            }
        }
    }
    for call in calls(program) {
        let (Some(from), Some(&to)) = (classes[call.from as usize], at.get(&call.service)) else {
            continue;
        };
        if view
            .edges
            .iter()
            .any(|edge| (edge.from, edge.to, edge.kind) == (from, to, EdgeKind::Calls))
        {
            continue;
        }
        let mut join = |from, to, kind, wire: Option<SharedId>| {
            links.push((view.edges.len(), wire));
            let link = wire.and_then(|wire| wire_of(program, wire));
            view.edges.push(SystemEdge { from, to, kind, link });
        };
        join(from, to, EdgeKind::Calls, call.there);
        if call.back.is_some() {
            join(to, from, EdgeKind::Answers, call.back);
        }
    }
    view.edges.extend(feeds(program, &at));
    let mut over = vec![None; view.edges.len()];
    for (edge, link) in links {
        over[edge] = link;
    }
    Plan { view, links: over, classes, logs: log_plans(program) }
}

/// How many partitions a log has, or the log of a group.
fn parts(program: &Program, id: SharedId) -> u32 {
    let log = program.group(id).map_or(id, |group| group.log);
    program.log(log).map_or(1, |log| log.partitions)
}

/// What exists and what talks to what, still empty.
#[derive(Clone, Debug, Default)]
pub(in crate::session) struct Plan {
    pub(super) view: SystemView,
    /// For each edge the link or wire it runs over.
    pub(super) links: Vec<Option<SharedId>>,
    /// For each class its node: requests have that of their service.
    pub(super) classes: Vec<Option<u32>>,
    /// What is known of the readers of logs.
    pub(super) logs: Vec<LogPlan>,
}

/// What the processes of a class do to others.
#[derive(Default)]
struct Ways {
    starts: Vec<u32>,
    /// What it sends to and receives from, and over which link.
    channels: BTreeMap<(SharedId, EdgeKind), Option<SharedId>>,
    things: BTreeMap<SharedId, EdgeKind>,
}

impl Ways {
    fn of(program: &Program, class: &Class) -> Ways {
        let mut ways = Ways::default();
        for pc in class.code.clone() {
            let op = program.code[pc as usize];
            if let Op::Spawn { class, .. } = op
                && !ways.starts.contains(&class)
            {
                ways.starts.push(class);
            }
            match op {
                Op::Send { to, via, .. } => {
                    ways.channels.insert((to, EdgeKind::Sends), via);
                }
                Op::Receive { from: channel, .. } | Op::Follow { log: channel, .. } => {
                    ways.channels.insert((channel, EdgeKind::Receives), None);
                }
                // Tables are seen in their database.
                Op::Begin { .. } | Op::Commit { .. } | Op::Rollback { .. } | Op::Abort { .. } => {}
                Op::Query { query, .. } => {
                    let query = &program.queries[query as usize];
                    let Some(database) = program.database(query.table) else { continue };
                    if query.what.only_reads() {
                        ways.things.entry(database.shared).or_insert(EdgeKind::Reads);
                    } else {
                        ways.things.insert(database.shared, EdgeKind::Changes);
                    }
                }
                // Who answers has received before.
                Op::Ack { .. } | Op::Nack { .. } => {}
                _ => {
                    let touched = op.footprint(program, |_| None);
                    let is_called = |thing: &SharedId| {
                        let kind = program.shared[*thing as usize].kind;
                        matches!(kind, SharedKind::Service | SharedKind::Wire)
                    };
                    for (thing, _) in touched.reads {
                        if is_called(&thing) {
                            continue;
                        }
                        ways.things.entry(thing).or_insert(EdgeKind::Reads);
                    }
                    for (thing, _) in touched.writes {
                        if is_called(&thing) {
                            continue;
                        }
                        ways.things.insert(thing, EdgeKind::Changes);
                    }
                }
            }
        }
        ways
    }
}

impl Session {
    pub(super) fn system(&self) -> SystemView {
        let mut view = self.plan.view.clone();
        let program = self.program();
        let mut workers = self.workers();
        for (class, node) in (0..).zip(&self.plan.classes) {
            let node = node.map(|node| &mut view.nodes[node as usize]);
            let Some(node) = node.filter(|node| node.kind == NodeKind::Process) else { continue };
            node.inside = workers.remove(&class).unwrap_or_else(|| Inside::Workers {
                shown: vec![],
                more: 0,
                tally: Tally::default(),
            });
        }
        for node in view.nodes.iter_mut().filter(|node| node.kind != NodeKind::Process) {
            let shared = program.shared.iter().position(|shared| shared.name == node.name);
            let Some(id) = shared else { continue };
            let id = id as SharedId;
            node.inside = match program.channel(id) {
                Some(channel) => self.channel_inside(id, channel),
                None => self.inside(id),
            };
        }
        self.fill_links(&mut view, &self.plan.links);
        self.fill_services(&mut view);
        view
    }

    fn inside(&self, id: SharedId) -> Inside {
        let shared = &self.program().shared[id as usize];
        if matches!(shared.kind, SharedKind::Map | SharedKind::Cache) {
            return Inside::Nothing;
        }
        if let Some(database) = self.program().database(id) {
            let tables = database.tables.iter();
            let name = |table: &SharedId| self.program().shared[*table as usize].name.clone();
            return Inside::Places(tables.map(name).collect());
        }
        let elements = (0..shared.initial.len() as u32).take(ELEMENTS_MAX);
        let place = |element| place_name(self.program(), Target { shared: id, element });
        Inside::Places(elements.map(place).collect())
    }

    /// The processes that are there, by class.
    fn workers(&self) -> BTreeMap<u32, Inside> {
        let (layout, state) = (self.machine.layout(), &self.moment.state);
        let mut found: BTreeMap<u32, (Vec<Worker>, u32, Tally)> = BTreeMap::new();
        for process in (0..layout.processes.len()).take(COUNTED_MAX) {
            let process = process as ProcessId;
            if state.position(layout, process) == Position::Absent {
                continue;
            }
            let class = layout.processes[process as usize].class;
            let (shown, more, tally) = found.entry(class).or_default();
            let now = self.worker_state(process);
            match now {
                WorkerState::Busy => tally.busy += 1,
                WorkerState::Idle => tally.idle += 1,
                WorkerState::Waiting => tally.waiting += 1,
                WorkerState::Paused | WorkerState::Crashed(_) => tally.stopped += 1,
                WorkerState::Ended => tally.ended += 1,
                WorkerState::Failed => tally.failed += 1,
            }
            // Of those that come and go, only those that are there are shown.
            let comes = matches!(
                self.program().classes[class as usize].start,
                Start::Every { .. } | Start::Spawned
            );
            if comes && now == WorkerState::Ended {
                continue;
            }
            if shown.len() >= WORKERS_MAX {
                *more += 1;
                continue;
            }
            shown.push(self.worker(process, now));
        }
        let whole = |(shown, more, tally)| Inside::Workers { shown, more, tally };
        found.into_iter().map(|(class, workers)| (class, whole(workers))).collect()
    }

    pub(super) fn worker_state(&self, process: ProcessId) -> WorkerState {
        let (layout, state) = (self.machine.layout(), &self.moment.state);
        match state.position(layout, process) {
            Position::Ended | Position::Absent => WorkerState::Ended,
            Position::Failed(_) | Position::Endless | Position::Full => WorkerState::Failed,
            Position::Crashed => WorkerState::Crashed(false),
            Position::Down(_) => WorkerState::Crashed(true),
            Position::At(_) => {
                match self.machine.standing_of(state, process).and_then(|one| one.blocked) {
                    None => WorkerState::Busy,
                    Some(Blocked::Stopped { .. }) => WorkerState::Paused,
                    Some(Blocked::Empty { .. }) => WorkerState::Idle,
                    Some(_) => WorkerState::Waiting,
                }
            }
        }
    }

    fn worker(&self, process: ProcessId, state: WorkerState) -> Worker {
        let layout = self.machine.layout();
        let class = layout.processes[process as usize].class;
        let numbered = self.program().classes[class as usize].numbered;
        let mut rings = Vec::new();
        if matches!(state, WorkerState::Busy | WorkerState::Waiting) {
            rings.extend(self.stay_ring(process));
            rings.extend(self.within_rings(process));
        }
        rings.extend(self.lease_rings(process));
        Worker {
            lane: process,
            number: numbered.then(|| self.moment.state.number(layout, process)),
            state,
            holds: self.held_letters(process),
            rings,
        }
    }

    /// The pause that a process spends where it stands.
    pub(super) fn stay_ring(&self, process: ProcessId) -> Option<Ring> {
        let standing = self.machine.standing_of(&self.moment.state, process)?;
        let kind = match self.program().code[standing.pc as usize] {
            Op::Pause { busy: true, .. } => RingKind::Work,
            Op::Pause { busy: false, .. } | Op::Think { .. } => RingKind::Sleep,
            Op::Backoff { .. } => RingKind::Backoff,
            _ => return None,
        };
        let due = self.moment.clock.due(process);
        let stay = self.moment.memory.get(process as usize).stay;
        let ring = Ring { kind, from: due.saturating_sub(stay), to: due };
        (due > self.moment.clock.now()).then_some(ring)
    }

    /// The `within`s around where a process stands, outermost first.
    pub(super) fn within_rings(&self, process: ProcessId) -> Vec<Ring> {
        let Some(standing) = self.machine.standing_of(&self.moment.state, process) else {
            return vec![];
        };
        let strikes = self.program().strikes.get(&standing.pc).into_iter().flatten();
        let deadlines = self.moment.clock.deadlines(process);
        let memory = self.moment.memory.get(process as usize);
        let rings = strikes.filter_map(|strike| {
            let to = *deadlines.get(strike.timer as usize)?;
            let whole = memory.armed.get(strike.timer as usize).copied().unwrap_or(0);
            Some(Ring { kind: RingKind::Within, from: to.saturating_sub(whole), to })
        });
        rings.collect()
    }

    fn lease_rings(&self, process: ProcessId) -> Vec<Ring> {
        let program = self.program();
        let mut rings = Vec::new();
        for (id, shared) in (0..).zip(&program.shared) {
            let Details::Lease(whole) = shared.details else { continue };
            for element in 0..shared.initial.len() as u32 {
                let target = Target { shared: id, element };
                let held = self.machine.holders(&self.moment.state, target).any(|h| h == process);
                let ends = self.moment.clock.lease_ends(target).filter(|_| held);
                rings.extend(ends.map(|to| Ring {
                    kind: RingKind::Lease,
                    from: to.saturating_sub(whole.max(0) as u64),
                    to,
                }));
            }
        }
        rings
    }
}
