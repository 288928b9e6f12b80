//! The stretch of a line that is shown: its steps, and what was held and waited for meanwhile.

use super::WINDOW;
use super::describe::{key_name, place_name, said};
use super::frame::{Bar, BarKind, Mark, MarkKind};
use super::ledger::Open;
use super::moment::Moment;
use super::tables::TransactionBand;
use crate::machine::{Blocked, Machine};
use crate::program::{Mode, Program};
use crate::trace::{Choice, DataFact, Event, Fact, ProcessId, Target};
use std::collections::BTreeMap;

/// With more processes than this only what they hold is looked at, not who waits.
const WATCHED: usize = 256;

/// Steps with what they broke, and bars. Filled when asked for, and step by step as the run goes
/// on.
#[derive(Clone, Debug, Default)]
pub(super) struct Window {
    /// How many steps come before the first.
    pub(super) first: u32,
    pub(super) steps: Vec<(Event, Vec<u32>)>,
    tracks: Tracks,
    filled: bool,
}

/// Bars that are closed, and those still open.
#[derive(Clone, Debug, Default)]
pub(super) struct Tracks {
    closed: Vec<Bar>,
    open: BTreeMap<(ProcessId, BarKind, String), u32>,
    /// What each process last read of a variable: value, and whether it is known to be stale.
    beliefs: BTreeMap<(ProcessId, Target), i64>,
    /// Transactions that have ended, and those that are open.
    ended: Vec<TransactionBand>,
    begun: Open,
}

impl Window {
    pub(super) fn clear(&mut self) {
        *self = Window::default();
    }

    /// True if it shows the line around this position as well as can be.
    pub(super) fn shows(&self, position: u32, length: u32) -> bool {
        let last = self.first + self.steps.len() as u32;
        let (from, to) = around(position, length);
        self.filled && self.first <= from && last >= to
    }

    /// Begins anew at a moment, whose steps up to it are not shown.
    pub(super) fn begin(&mut self, machine: &Machine, moment: &Moment) {
        self.clear();
        self.first = moment.step;
        self.filled = true;
        self.tracks.begin(machine, moment);
    }

    /// A step that was just taken: it is here already, or belongs at the end.
    pub(super) fn push(
        &mut self,
        machine: &Machine,
        moment: &Moment,
        event: Event,
        broke: Vec<u32>,
    ) {
        let number = moment.step;
        if !self.filled || self.first + self.steps.len() as u32 + 1 != number {
            return;
        }
        // Never so long that playing on makes it grow without end.
        if self.steps.len() >= 2 * WINDOW as usize {
            self.clear();
            return;
        }
        self.tracks.take(machine, moment, &event, number);
        self.steps.push((event, broke));
    }

    pub(super) fn transactions(&self) -> Vec<TransactionBand> {
        let open = self.tracks.begun.iter().filter(|(_, entry)| entry.from > 0);
        let open = open.map(|((lane, _), entry)| TransactionBand {
            lane: *lane,
            snapshot: entry.snapshot,
            level: entry.level,
            from: entry.from,
            to: None,
            committed: false,
        });
        self.tracks.ended.iter().cloned().chain(open).collect()
    }

    pub(super) fn bars(&self) -> Vec<Bar> {
        let open = self.tracks.open.iter().map(|((lane, kind, place), &from)| Bar {
            lane: *lane,
            place: place.clone(),
            kind: *kind,
            from,
            to: None,
        });
        self.tracks.closed.iter().cloned().chain(open).collect()
    }
}

/// The stretch of a line to show around a position: how many steps come before, and its end.
pub(super) fn around(position: u32, length: u32) -> (u32, u32) {
    if length <= WINDOW {
        return (0, length);
    }
    let from = position.saturating_sub(WINDOW / 2).min(length - WINDOW);
    (from, from + WINDOW)
}

impl Tracks {
    fn begin(&mut self, machine: &Machine, moment: &Moment) {
        let program = machine.program();
        for shared in 0..program.shared.len() as u32 {
            for element in 0..machine.layout().shared[shared as usize].length {
                let target = Target { shared, element };
                for process in machine.holders(&moment.state, target) {
                    let exclusive = machine.layout().shared[shared as usize].width > 0
                        && moment.state.element(machine.layout(), target) == i64::from(process) + 1;
                    let kind = if exclusive { BarKind::Holds } else { BarKind::Shares };
                    let since = moment.writers.get(&target).filter(|(who, _)| *who == process);
                    let since = since.map_or(moment.step, |(_, step)| *step);
                    self.open.insert((process, kind, place_name(program, target)), since);
                }
            }
        }
        for (&(process, database), entry) in moment.ledger.open() {
            let open = machine.transactions(&moment.state, database);
            let own = open.into_iter().filter(|one| one.process == process);
            for change in own.flat_map(|one| one.changes) {
                let row = Target { shared: change.table, element: 0 };
                let key = (process, BarKind::Holds, key_name(program, row, change.key));
                self.open.insert(key, entry.from);
            }
        }
        self.begun.clone_from(moment.ledger.open());
        self.look_at_waits(machine, moment, moment.step);
    }

    fn take(&mut self, machine: &Machine, moment: &Moment, event: &Event, number: u32) {
        let program = machine.program();
        let mut data = false;
        for (process, fact) in &event.facts {
            self.fact(program, *process, fact, number);
            if let Fact::Data(fact) = *fact {
                self.data(program, *process, fact, number);
                data = true;
            }
        }
        if data {
            self.begun.clone_from(moment.ledger.open());
        }
        if let Choice::Strike { process, .. } = event.choice {
            self.open.entry((process, BarKind::Stopped, String::new())).or_insert(number);
        }
        self.look_at_waits(machine, moment, number);
    }

    fn fact(&mut self, program: &Program, process: ProcessId, fact: &Fact, number: u32) {
        let place = |target: Target| place_name(program, target);
        match *fact {
            Fact::Took { target, mode, .. } => {
                let kind = kind_of(mode);
                self.open.insert((process, kind, place(target)), number);
            }
            Fact::LetGo { target, mode } => {
                // A permit may be given back by another than its holder.
                let kind = kind_of(mode);
                let key = (process, kind, place(target));
                let other = self.open.keys().find(|(_, k, p)| *k == kind && *p == key.2).cloned();
                let key = if self.open.contains_key(&key) { Some(key) } else { other };
                if let Some(key) = key {
                    self.close(&key, number);
                }
            }
            Fact::Expired { target } => {
                self.close(&(process, BarKind::Holds, place(target)), number);
            }
            Fact::Read { target, value } => {
                self.close(&(process, BarKind::Stale, place(target)), number);
                self.beliefs.insert((process, target), value);
            }
            Fact::Wrote { target, new, .. } => {
                self.close(&(process, BarKind::Stale, place(target)), number);
                self.beliefs.remove(&(process, target));
                let others = self.beliefs.iter().filter(|((who, at), believed)| {
                    *who != process && *at == target && **believed != new
                });
                let others: Vec<ProcessId> = others.map(|((who, _), _)| *who).collect();
                for other in others {
                    let key = (other, BarKind::Stale, place(target));
                    self.open.entry(key).or_insert(number);
                }
            }
            Fact::Ended | Fact::Failed { .. } | Fact::Endless | Fact::Full | Fact::PassEnded => {
                self.forget(process, number);
            }
            Fact::Crashed => self.forget(process, number),
            Fact::Began { .. } | Fact::Resumed => {
                self.close(&(process, BarKind::Stopped, String::new()), number);
            }
            _ => {}
        }
    }

    /// Rows that are changed or locked are held until the transaction ends.
    fn data(&mut self, program: &Program, process: ProcessId, fact: DataFact, number: u32) {
        let (database, committed) = match fact {
            DataFact::Changed { table, key, .. }
            | DataFact::Inserted { table, key, .. }
            | DataFact::Deleted { table, key }
            | DataFact::Locked { table, key, .. } => {
                let row = (process, BarKind::Holds, key_name(program, table, key));
                self.open.entry(row).or_insert(number);
                return;
            }
            DataFact::Committed { database, .. } => (database, true),
            DataFact::RolledBack { database, .. } => (database, false),
            _ => return,
        };
        let tables = program.database(database.shared).map_or(&[][..], |one| &one.tables);
        let rows = tables.iter().map(|&table| format!("{}[", program.shared[table as usize].name));
        let rows: Vec<String> = rows.collect();
        let held = self.open.keys().filter(|(who, kind, place)| {
            let is_row = rows.iter().any(|row| place.starts_with(row));
            *who == process && *kind == BarKind::Holds && is_row
        });
        let held: Vec<_> = held.cloned().collect();
        for key in held {
            self.close(&key, number);
        }
        let entry = self.begun.get(&(process, database.shared)).filter(|entry| entry.from > 0);
        self.ended.extend(entry.map(|entry| TransactionBand {
            lane: process,
            snapshot: entry.snapshot,
            level: entry.level,
            from: entry.from,
            to: Some(number),
            committed,
        }));
    }

    /// What a process believed matters no more.
    fn forget(&mut self, process: ProcessId, number: u32) {
        self.beliefs.retain(|(who, _), _| *who != process);
        let stale = |(who, kind, _): &&(ProcessId, BarKind, String)| {
            *who == process && *kind == BarKind::Stale
        };
        let keys: Vec<_> = self.open.keys().filter(stale).cloned().collect();
        for key in keys {
            self.close(&key, number);
        }
    }

    fn close(&mut self, key: &(ProcessId, BarKind, String), number: u32) {
        if let Some(from) = self.open.remove(key) {
            let (lane, kind, place) = key.clone();
            self.closed.push(Bar { lane, place, kind, from, to: Some(number) });
        }
    }

    fn look_at_waits(&mut self, machine: &Machine, moment: &Moment, number: u32) {
        if machine.layout().processes.len() > WATCHED {
            return;
        }
        let program = machine.program();
        let mut now: Vec<(ProcessId, BarKind, String)> = Vec::new();
        for standing in machine.standing(&moment.state) {
            let wait = match standing.blocked {
                Some(Blocked::Held { target, .. }) => (BarKind::Waits, place_name(program, target)),
                Some(Blocked::Asleep { condition }) => {
                    (BarKind::Sleeps, place_name(program, condition))
                }
                Some(Blocked::AllBusy { replica, .. }) => {
                    (BarKind::Waits, place_name(program, replica))
                }
                Some(Blocked::Row { table, key, .. }) => {
                    (BarKind::Waits, key_name(program, table, key))
                }
                Some(Blocked::Until { .. } | Blocked::Unanswered) => {
                    (BarKind::Waits, String::new())
                }
                // Who waits in a circle for a row may move: to be chosen to end it.
                None => match machine.may_be_victim(&moment.state, standing.process) {
                    true => match machine.waits_for(&moment.state, standing.process) {
                        Some((table, key)) => (BarKind::Waits, key_name(program, table, key)),
                        None => continue,
                    },
                    false => continue,
                },
                _ => continue,
            };
            now.push((standing.process, wait.0, wait.1));
        }
        let waits = |kind: BarKind| matches!(kind, BarKind::Waits | BarKind::Sleeps);
        let over: Vec<_> =
            self.open.keys().filter(|key| waits(key.1) && !now.contains(key)).cloned().collect();
        for key in over {
            self.close(&key, number);
        }
        for key in now {
            self.open.entry(key).or_insert(number);
        }
    }
}

fn kind_of(mode: Mode) -> BarKind {
    match mode {
        Mode::Lock | Mode::Write => BarKind::Holds,
        Mode::Read | Mode::Permit => BarKind::Shares,
    }
}

/// What matters of a step along the whole line.
pub(super) fn marks(program: &Program, event: &Event, broke: &[u32], step: u32) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut mark = |lane: ProcessId, kind: MarkKind| {
        marks.push(Mark { step, lane: Some(lane), kind });
    };
    for &promise in broke {
        mark(event.process, MarkKind::Broke(promise));
    }
    for (index, (process, fact)) in event.facts.iter().enumerate() {
        match fact {
            Fact::Failed { error } => {
                mark(*process, MarkKind::Failed(error.name(program).to_owned()));
            }
            Fact::TimedOut => mark(*process, MarkKind::TimedOut),
            Fact::Expired { .. } => mark(*process, MarkKind::Expired),
            Fact::Crashed | Fact::Stopped => mark(*process, MarkKind::Fault),
            Fact::Said { text, failing: false } => {
                mark(*process, MarkKind::Note(said_at(program, event, index, *text)));
            }
            _ => {}
        }
    }
    marks
}

/// What a text says that is told by the fact at this index of an event.
pub(super) fn said_at(program: &Program, event: &Event, index: usize, text: u32) -> String {
    let mut holes = event.facts[index + 1..].iter().map_while(|(_, fact)| match fact {
        Fact::Hole { value } => Some(*value),
        _ => None,
    });
    said(program, text, &mut holes)
}
