//! Processes at a moment: where they are, their code, their locals.

use crate::machine::{Position, Standing};
use crate::program::{Error, Local, Pc, Span};
use crate::session::describe::{action, place_name};
use crate::session::frame::{CodeLine, Lane, LaneState, LocalView, Scope};
use crate::session::listing::Listing;
use crate::session::moment::{Memory, Shadow};
use crate::session::{LANES_MAX, LANES_OPEN, Session};
use crate::trace::{Event, ProcessId};
use std::collections::BTreeSet;

/// How many of the latest steps on a line are shown beside it.
const DID_MAX: usize = 8;
/// How many steps before the moment are looked at for what was done on each line, and for who
/// matters among very many.
const LOOK_BACK: usize = 500;

impl Session {
    /// The lanes to show, and how many more there are. Those that the run's end is about come first.
    pub(super) fn lanes(&self, scope: &Scope, last: &[ProcessId]) -> (Vec<Lane>, u32) {
        let here: Vec<ProcessId> = (0..self.machine.layout().processes.len() as ProcessId)
            .filter(|&process| {
                self.moment.state.position(self.machine.layout(), process) != Position::Absent
            })
            .collect();
        let all = here.len();
        let shown = if all <= LANES_MAX { here } else { self.who_matters(&here, scope, last) };
        let open: Vec<ProcessId> = if scope.open.is_empty() {
            shown.iter().copied().take(LANES_OPEN).collect()
        } else {
            scope.open.clone()
        };
        let past = self.past();
        let lanes: Vec<Lane> = shown
            .iter()
            .map(|&process| self.lane(process, open.contains(&process), past))
            .collect();
        let left_out = (all - lanes.len()) as u32;
        (lanes, left_out)
    }

    /// The steps of the window up to this moment, the latest ones.
    pub(super) fn past(&self) -> &[(Event, Vec<u32>)] {
        let upto = (self.moment.step.saturating_sub(self.window.first)) as usize;
        let upto = upto.min(self.window.steps.len());
        &self.window.steps[upto.saturating_sub(LOOK_BACK)..upto]
    }

    fn who_matters(&self, here: &[ProcessId], scope: &Scope, last: &[ProcessId]) -> Vec<ProcessId> {
        let mut who: BTreeSet<ProcessId> =
            scope.open.iter().copied().filter(|process| here.contains(process)).collect();
        let recent = self.past().iter().rev().map(|(event, _)| event.process);
        let recent = last.iter().copied().take(LANES_MAX / 2).chain(recent);
        for process in recent.chain(here.iter().copied()) {
            if who.len() >= LANES_MAX {
                break;
            }
            who.insert(process);
        }
        who.into_iter().collect()
    }

    fn lane(&self, process: ProcessId, open: bool, past: &[(Event, Vec<u32>)]) -> Lane {
        let (layout, state) = (self.machine.layout(), &self.moment.state);
        let slot = layout.processes[process as usize];
        let class = &self.program().classes[slot.class as usize];
        let standing = self.machine.standing_of(state, process);
        let lane_state = match state.position(layout, process) {
            Position::Ended | Position::Absent => LaneState::Ended,
            Position::Failed(error) => LaneState::Failed(error.name(self.program()).to_owned()),
            Position::Endless => LaneState::Endless,
            Position::Full => LaneState::Failed(Error::TooMany.name(self.program()).to_owned()),
            Position::Crashed => LaneState::Crashed(false),
            Position::Down(_) => LaneState::Crashed(true),
            Position::At(_) => match standing.and_then(|standing| standing.blocked) {
                None => LaneState::Ready,
                Some(blocked) => LaneState::Blocked(self.reason(process, blocked)),
            },
        };
        let next = standing.map(|standing| standing.pc);
        Lane {
            id: process,
            class: class.name.clone(),
            number: class.numbered.then(|| state.number(layout, process)),
            state: lane_state,
            code: if open { self.code_lines(process, next, past) } else { vec![] },
            locals: if open { self.locals(process, next) } else { vec![] },
            timers: self.timers(process, standing),
            holds: self.holds_of(process),
            due: self.moment.clock.due(process),
        }
    }

    fn timers(&self, process: ProcessId, standing: Option<Standing>) -> Vec<u64> {
        let Some(standing) = standing else { return vec![] };
        let strikes = self.program().strikes.get(&standing.pc).into_iter().flatten();
        let deadlines = self.moment.clock.deadlines(process);
        strikes.filter_map(|strike| deadlines.get(strike.timer as usize).copied()).collect()
    }

    fn code_lines(
        &self,
        process: ProcessId,
        next: Option<Pc>,
        past: &[(Event, Vec<u32>)],
    ) -> Vec<CodeLine> {
        let program = self.program();
        let class = self.machine.layout().processes[process as usize].class as usize;
        let listing = &self.listings[class];
        let line_of = |pc: Pc| listing.line_at(program.places[pc as usize].span.start);
        let mut lines: Vec<CodeLine> = listing
            .lines
            .iter()
            .map(|line| CodeLine {
                routine: line.routine.clone(),
                number: line.number,
                text: line.text.clone(),
                done: None,
                did: vec![],
                next: None,
            })
            .collect();
        let memory: &Memory = self.moment.memory.get(process as usize);
        for (pc, step) in memory.passed(program.classes[class].code.start) {
            if let Some(index) = line_of(pc) {
                lines[index].done = lines[index].done.max(Some(step));
            }
        }
        mark_done_closers(&mut lines);
        let mut previous = None;
        for (event, _) in past.iter().filter(|(event, _)| event.process == process) {
            let at = event.pc.and_then(line_of);
            if let Some(index) = at {
                if previous != at {
                    lines[index].did.clear();
                }
                if lines[index].did.len() == DID_MAX {
                    lines[index].did.remove(0);
                }
                lines[index].did.push(action(program, event));
            }
            previous = at;
        }
        if let Some(pc) = next
            && let Some(index) = line_of(pc)
        {
            lines[index].next = Some(columns(listing, index, &program.places[pc as usize].span));
        }
        lines
    }

    fn locals(&self, process: ProcessId, next: Option<Pc>) -> Vec<LocalView> {
        let slot = self.machine.layout().processes[process as usize];
        let class = &self.program().classes[slot.class as usize];
        let memory = self.moment.memory.get(process as usize);
        let pc = next.unwrap_or(memory.last_pc);
        let mut shown: Vec<&Local> = Vec::new();
        for local in &class.locals {
            if !local.scope.contains(&pc) || shadow_in_scope(memory, local).is_none() {
                continue;
            }
            // Of equal names the innermost counts: it has the smallest scope.
            match shown.iter().position(|other| other.name == local.name) {
                None => shown.push(local),
                Some(index) if local.scope.len() < shown[index].scope.len() => {
                    shown[index] = local;
                }
                Some(_) => {}
            }
        }
        let views = shown.into_iter().filter_map(|local| {
            let shadow = shadow_in_scope(memory, local)?;
            Some(LocalView {
                name: local.name.clone(),
                value: self.program().spell(shadow.value, local.value),
                stale: next.and_then(|_| self.stale(process, &shadow)),
            })
        });
        views.collect()
    }

    /// A value read from a variable that another process has written since.
    fn stale(&self, process: ProcessId, shadow: &Shadow) -> Option<(String, String)> {
        let source = shadow.source?;
        let (writer, step) = *self.moment.writers.get(&source.target)?;
        let now = self.moment.state.element(self.machine.layout(), source.target);
        let stale = writer != process && step > source.step && now != source.value;
        let kind = self.program().shared[source.target.shared as usize].value;
        stale.then(|| (place_name(self.program(), source.target), self.program().spell(now, kind)))
    }
}

/// A line of closing braces counts as passed when the line before it and one behind it are.
fn mark_done_closers(lines: &mut [CodeLine]) {
    for index in 1..lines.len() {
        let closes = lines[index].text.chars().all(|letter| letter == '}' || letter == ' ');
        if closes && lines[index].done.is_none() {
            lines[index].done = lines[index - 1].done;
        }
    }
}

fn columns(listing: &Listing, line: usize, span: &Span) -> (u32, u32) {
    let bytes = &listing.lines[line].bytes;
    let inside = |byte: &u32| span.contains(byte);
    let start = bytes.iter().position(inside).unwrap_or(0);
    let length = bytes[start..].iter().take_while(|byte| inside(byte)).count();
    (start as u32, (start + length) as u32)
}

/// The last value of a local's register, if it was set for this local and not for one that had
/// the register before.
fn shadow_in_scope(memory: &Memory, local: &Local) -> Option<Shadow> {
    let shadow = memory.shadows.get(local.register as usize).copied().flatten()?;
    // The instruction that sets a local stands just before its scope.
    let set_for_it = shadow.set_at + 1 >= local.scope.start && shadow.set_at < local.scope.end;
    set_for_it.then_some(shadow)
}
