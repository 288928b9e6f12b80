//! Who reads a log, and how far. What is known of it beforehand comes from the program: where it is
//! followed, and where an offset is written down.

use crate::machine::Position;
use crate::program::{Binary, Glance, NONE, Op, Pc, Program, QueryKind, Reg, SharedId, SharedKind};
use crate::session::describe::{key_name, place_name};
use crate::session::logs::{KeptView, LogView, READERS_MAX, ReadModelView, ReaderView};
use crate::session::system::WorkerState;
use crate::session::{ELEMENTS_MAX, Session};
use crate::trace::{ProcessId, Target};
use std::collections::{BTreeMap, BTreeSet};

/// A received message has its offset behind its handle, attempt and key.
const OFFSET: Reg = 3;

/// What the program says of the readers of a log.
#[derive(Clone, Debug)]
pub(in crate::session) struct LogPlan {
    log: SharedId,
    groups: Vec<SharedId>,
    followers: Vec<Follower>,
    models: Vec<Model>,
}

/// A class that follows it.
#[derive(Clone, Debug)]
struct Follower {
    class: u32,
    /// Where: the instruction, the register of the next offset, that of the last entry's.
    places: Vec<(Pc, Reg, Reg)>,
}

/// A class that writes offsets down.
#[derive(Clone, Debug)]
struct Model {
    class: u32,
    kept: BTreeSet<Kept>,
    things: BTreeSet<SharedId>,
}

/// Where an offset is written: the thing, which of its words, and how much is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Kept {
    thing: SharedId,
    word: usize,
    plus: i64,
}

/// What is known of a register: a number, or an offset with so much added.
#[derive(Clone, Copy)]
enum Known {
    Number(i64),
    Offset(i64),
}

type Registers = BTreeMap<Reg, Known>;

/// The logs of a program.
pub(super) fn log_plans(program: &Program) -> Vec<LogPlan> {
    let all = 0..program.shared.len() as SharedId;
    let logs = all.clone().filter(|id| program.log(*id).is_some());
    let plan = |log: SharedId| {
        let fed = |group: &SharedId| program.group(*group).is_some_and(|it| it.log == log);
        let classes = 0..program.classes.len() as u32;
        LogPlan {
            log,
            groups: all.clone().filter(fed).collect(),
            followers: classes.clone().filter_map(|class| follower(program, log, class)).collect(),
            models: classes.filter_map(|class| model(program, log, class)).collect(),
        }
    };
    logs.map(plan).collect()
}

fn follower(program: &Program, log: SharedId, class: u32) -> Option<Follower> {
    let code = program.classes[class as usize].code.clone();
    let places = code.filter_map(|pc| match program.code[pc as usize] {
        Op::Follow { log: of, at, to, .. } if of == log => Some((pc, at, to + OFFSET)),
        _ => None,
    });
    let places: Vec<(Pc, Reg, Reg)> = places.collect();
    (!places.is_empty()).then_some(Follower { class, places })
}

/// Only of a log of one part: offsets of several say nothing alone.
fn model(program: &Program, log: SharedId, class: u32) -> Option<Model> {
    if program.log(log).is_none_or(|log| log.partitions > 1) {
        return None;
    }
    let mut known = Registers::new();
    let mut model = Model { class, kept: BTreeSet::new(), things: BTreeSet::new() };
    for pc in program.classes[class as usize].code.clone() {
        let op = program.code[pc as usize];
        write_down(program, &op, &known, &mut model);
        learn(&op, &mut known);
        let reads = match op {
            Op::Follow { log: of, to, .. } if of == log => Some(to),
            Op::Receive { from, to, .. } => {
                program.group(from).filter(|group| group.log == log).map(|_| to)
            }
            _ => None,
        };
        if let Some(to) = reads {
            known.insert(to + OFFSET, Known::Offset(0));
        }
    }
    (!model.kept.is_empty()).then_some(model)
}

/// What an instruction makes known of registers.
fn learn(op: &Op, known: &mut Registers) {
    let new = match *op {
        Op::Const { to, value } => Some((to, Known::Number(value))),
        Op::Copy { to, from } => known.get(&from).map(|value| (to, *value)),
        Op::Compute { what, to, left, right } => {
            let sum = match (what, known.get(&left), known.get(&right)) {
                (Binary::Add, Some(Known::Offset(plus)), Some(Known::Number(by)))
                | (Binary::Add, Some(Known::Number(by)), Some(Known::Offset(plus))) => {
                    plus.checked_add(*by)
                }
                (Binary::Subtract, Some(Known::Offset(plus)), Some(Known::Number(by))) => {
                    plus.checked_sub(*by)
                }
                _ => None,
            };
            sum.map(|plus| (to, Known::Offset(plus)))
        }
        _ => None,
    };
    for register in op.sets() {
        known.remove(&register);
    }
    known.extend(new);
}

/// Notes what an instruction changes, and where it puts an offset.
fn write_down(program: &Program, op: &Op, known: &Registers, model: &mut Model) {
    let mut keep = |thing: SharedId, word: usize, value: Option<&Known>| {
        if let Some(Known::Offset(plus)) = value {
            model.kept.insert(Kept { thing, word, plus: *plus });
        }
    };
    let thing = match *op {
        Op::Write { to, from, .. } => {
            keep(to, 0, known.get(&from));
            to
        }
        Op::WriteKey { to, from, count, .. } => {
            for at in 0..count {
                keep(to, usize::from(at), known.get(&(from + at)));
            }
            to
        }
        Op::Query { query, first, values, .. } => {
            let query = &program.queries[query as usize];
            let column = match &query.what {
                QueryKind::Put(column) => *column,
                QueryKind::Insert => 1,
                QueryKind::Update(sets) => {
                    for (column, glance) in sets {
                        let value = of_glance(program, glance, known);
                        keep(query.table, usize::from(*column).saturating_sub(1), value.as_ref());
                    }
                    model.things.insert(query.table);
                    return;
                }
                QueryKind::Delete => 1,
                _ => return,
            };
            for at in 0..values {
                let word = usize::from(column + at).saturating_sub(1);
                keep(query.table, word, known.get(&(first + at)));
            }
            query.table
        }
        _ => return,
    };
    let kind = program.shared[thing as usize].kind;
    if matches!(kind, SharedKind::Var | SharedKind::Map | SharedKind::Table)
        && program.saga_log(thing).is_none()
    {
        model.things.insert(thing);
    }
}

fn of_glance(program: &Program, glance: &Glance, known: &Registers) -> Option<Known> {
    let mut known = known.clone();
    for pc in glance.code.clone() {
        learn(&program.code[pc as usize], &mut known);
    }
    known.get(&glance.result).copied()
}

impl Session {
    pub(super) fn logs(&self) -> Vec<LogView> {
        self.plan.logs.iter().take(ELEMENTS_MAX).map(|plan| self.log(plan)).collect()
    }

    fn log(&self, plan: &LogPlan) -> LogView {
        let count = self.program().log(plan.log).map_or(1, |log| log.partitions);
        let parts: Vec<_> =
            (0..count).take(ELEMENTS_MAX).map(|part| self.partition_view(plan.log, part)).collect();
        let ends: Vec<i64> = parts.iter().map(|part| part.next).collect();
        let mut readers: Vec<ReaderView> = Vec::new();
        for group in &plan.groups {
            self.members(*group, &ends, &mut readers);
        }
        let end = ends.first().copied().unwrap_or(1);
        for follower in &plan.followers {
            let processes = self.machine.layout().classes[follower.class as usize].clone();
            let there = processes.filter_map(|process| self.reader(follower, process, end));
            readers.extend(there);
        }
        let more = readers.len().saturating_sub(READERS_MAX) as u32;
        readers.truncate(READERS_MAX);
        let models = plan.models.iter().map(|model| self.model(model, end)).collect();
        LogView {
            name: self.program().shared[plan.log as usize].name.clone(),
            parts,
            readers,
            more,
            models,
        }
    }

    fn members(&self, group: SharedId, ends: &[i64], readers: &mut Vec<ReaderView>) {
        let name = &self.program().shared[group as usize].name;
        let parts = self.machine.partitions(&self.moment.state, group);
        for ((number, part), end) in (1..).zip(&parts).zip(ends) {
            let state = part.owner.map_or(WorkerState::Ended, |owner| self.worker_state(owner));
            let gone =
                matches!(state, WorkerState::Crashed(_) | WorkerState::Ended | WorkerState::Failed);
            readers.push(ReaderView {
                group: Some(name.clone()),
                lane: part.owner,
                state,
                part: number,
                next: Some(if gone { part.committed } else { part.position }),
                committed: Some(part.committed),
                behind: Some((end - part.committed).max(0) as u32),
            });
        }
    }

    fn reader(&self, follower: &Follower, process: ProcessId, end: i64) -> Option<ReaderView> {
        let (layout, state) = (self.machine.layout(), &self.moment.state);
        let memory = self.moment.memory.get(process as usize);
        let last_read = || {
            let first = self.program().classes[follower.class as usize].code.start;
            let passed = |pc: Pc| memory.passed.get((pc - first) as usize).copied().unwrap_or(0);
            let (_, _, read) = follower.places.iter().max_by_key(|(pc, ..)| passed(*pc))?;
            let value = memory.shadows.get(usize::from(*read)).copied().flatten()?.value;
            (value != NONE).then_some(value + 1)
        };
        let next = match state.position(layout, process) {
            Position::Absent => return None,
            Position::At(pc) => match follower.places.iter().find(|(at, ..)| *at == pc) {
                Some((_, at, _)) => {
                    let next = state.registers(layout, process)[usize::from(*at)];
                    (next != NONE).then_some(next)
                }
                None => last_read(),
            },
            Position::Crashed | Position::Down(_) => None,
            Position::Ended | Position::Failed(_) | Position::Endless | Position::Full => {
                last_read()
            }
        };
        Some(ReaderView {
            group: None,
            lane: Some(process),
            state: self.worker_state(process),
            part: 1,
            next,
            committed: None,
            behind: next.map(|next| (end - next).max(0) as u32),
        })
    }

    fn model(&self, model: &Model, end: i64) -> ReadModelView {
        let program = self.program();
        let mut kept = Vec::new();
        for place in &model.kept {
            for (name, value) in self.words_of_thing(place.thing, place.word) {
                if value != NONE && kept.len() < READERS_MAX {
                    let upto = value.saturating_sub(place.plus);
                    let behind = end.saturating_sub(1).saturating_sub(upto);
                    let behind = behind.clamp(0, i64::from(u32::MAX)) as u32;
                    kept.push(KeptView { place: name, upto, behind });
                }
            }
        }
        let things = model.things.iter().map(|thing| program.shared[*thing as usize].name.clone());
        ReadModelView {
            by: program.classes[model.class as usize].name.clone(),
            things: things.collect(),
            kept,
        }
    }

    /// One word of each element, entry or committed row of a thing, with the place's name.
    fn words_of_thing(&self, thing: SharedId, word: usize) -> Vec<(String, i64)> {
        let (program, layout, state) = (self.program(), self.machine.layout(), &self.moment.state);
        let shared = &program.shared[thing as usize];
        let target = Target { shared: thing, element: 0 };
        let mut words = Vec::new();
        match shared.kind {
            SharedKind::Table => {
                for row in self.machine.rows_of(state, thing) {
                    let newest = row.versions.last().filter(|version| !version.deleted);
                    let value = newest.and_then(|version| version.values.get(word));
                    let name = || key_name(program, target, row.key);
                    words.extend(value.map(|value| (name(), *value)));
                }
            }
            SharedKind::Map => {
                for entry in state.map(layout, target) {
                    if let [key, values @ ..] = entry
                        && let Some(value) = values.get(word)
                    {
                        words.push((key_name(program, target, *key), *value));
                    }
                }
            }
            SharedKind::Var => {
                for element in 0..shared.initial.len() as u32 {
                    let target = Target { shared: thing, element };
                    words.push((place_name(program, target), state.element(layout, target)));
                }
            }
            _ => {}
        }
        words
    }
}
