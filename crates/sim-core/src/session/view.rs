//! Makes a [`Frame`] of the moment a session stands at.

use super::describe::{action, intended, place_name};
use super::frame::{
    Action, Branch, CodeLine, Ending, Frame, Lane, LaneState, LocalView, Offer, OfferKind,
    PromiseState, PromiseView, Reason, ScheduleView, SharedView, StepView,
};
use super::listing::Listing;
use super::moment::{Memory, Shadow};
use super::tree::NodeId;
use super::{Session, common};
use crate::machine::{Blocked, Choice, End, Position, Standing, Watch};
use crate::program::{Local, Pc, PromiseKind, SharedKind, Span};
use crate::trace::{Event, Fact, ProcessId, Target};

/// How many of its latest steps a line shows.
const DID_MAX: usize = 8;

impl Session {
    /// Everything a view shows of this moment.
    #[must_use]
    pub fn frame(&self) -> Frame {
        let line = self.tree.line();
        let end = self.machine.end(&self.moment.state);
        Frame {
            position: self.moment.step,
            length: line.len() as u32,
            first: 0,
            steps: line.iter().filter_map(|&id| self.step_view(id)).collect(),
            now: self.moment.timing.now(),
            lanes: self.lanes(&line),
            shared: self.shared_views(&line),
            offers: self.offers(),
            promises: self
                .promise_views(end.as_ref().is_some_and(|end| !matches!(end, End::Endless(_)))),
            ending: end.map(|end| match end {
                End::Complete => Ending::Complete,
                End::Deadlock(circle) => Ending::Deadlock(circle),
                End::Stuck(waiting) => Ending::Stuck(waiting),
                End::Endless(process) => Ending::Endless(process),
            }),
            branches: self.branches(&line),
            schedules: self.schedule_views(),
            skipped: self.skipped.clone(),
            fingerprint: self.moment.fingerprint.finish(),
            full: self.is_full(),
            ..Frame::default()
        }
    }

    fn step_view(&self, id: NodeId) -> Option<StepView> {
        let node = self.tree.node(id);
        let event = node.event.as_ref()?;
        let program = self.program();
        let counted = event.facts.iter().filter_map(|fact| match *fact {
            Fact::Counted { target, new, .. } => {
                Some((place_name(program, target), new.to_string()))
            }
            _ => None,
        });
        let finished = event.facts.iter().find_map(|fact| match fact {
            Fact::Ended => Some(LaneState::Ended),
            Fact::Failed { error } => {
                Some(LaneState::Failed(error.name(self.program()).to_owned()))
            }
            Fact::Endless => Some(LaneState::Endless),
            _ => None,
        });
        Some(StepView {
            lane: event.process,
            name: self.name(event.process),
            pick: event.pick,
            action: action(program, event.pc, &event.facts),
            at: event.at,
            line: self.line_number(event.pc),
            cause: event.cause.other,
            broke: node.broke.clone(),
            counted: counted.collect(),
            finished,
            raised: None,
            notes: vec![],
            started: vec![],
        })
    }

    fn line_number(&self, pc: Pc) -> u32 {
        self.line_number_at(&self.program().places[pc as usize].span)
    }

    fn line_number_at(&self, span: &Span) -> u32 {
        self.line_starts.partition_point(|start| *start <= span.start) as u32
    }

    fn lanes(&self, line: &[NodeId]) -> Vec<Lane> {
        let standing: Vec<Standing> = self.machine.standing(&self.moment.state).collect();
        let past: Vec<&Event> = line[..self.moment.step as usize]
            .iter()
            .filter_map(|&id| self.tree.node(id).event.as_ref())
            .collect();
        (0..self.machine.layout().processes.len() as ProcessId)
            .map(|process| {
                let standing = standing.iter().find(|standing| standing.process == process);
                self.lane(process, standing, &past)
            })
            .collect()
    }

    fn lane(&self, process: ProcessId, standing: Option<&Standing>, past: &[&Event]) -> Lane {
        let layout = self.machine.layout();
        let slot = layout.processes[process as usize];
        let class = &self.program().classes[slot.class as usize];
        let state = match (standing, self.moment.state.position(layout, process)) {
            (_, Position::Ended) => LaneState::Ended,
            (_, Position::Failed(error)) => {
                LaneState::Failed(error.name(self.program()).to_owned())
            }
            (_, Position::Endless) => LaneState::Endless,
            (standing, Position::At(_)) => match standing.and_then(|standing| standing.blocked) {
                None => LaneState::Ready,
                Some(blocked) => LaneState::Blocked(self.reason(process, blocked)),
            },
        };
        Lane {
            id: process,
            class: class.name.clone(),
            number: class.numbered.then_some(slot.number),
            state,
            code: self.code_lines(process, standing.map(|standing| standing.pc), past),
            locals: self.locals(process, standing.map(|standing| standing.pc)),
            timers: vec![],
            holds: vec![],
            due: 0,
        }
    }

    fn reason(&self, process: ProcessId, blocked: Blocked) -> Reason {
        let Blocked::Held { lock, by } = blocked;
        let place = place_name(self.program(), lock);
        if by == process {
            Reason::HeldBySelf { place }
        } else {
            Reason::Held { place, holders: vec![by] }
        }
    }

    fn code_lines(&self, process: ProcessId, next: Option<Pc>, past: &[&Event]) -> Vec<CodeLine> {
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
        let memory: &Memory = &self.moment.memory[process as usize];
        for (&pc, &step) in &memory.passed {
            if let Some(index) = line_of(pc) {
                lines[index].done = lines[index].done.max(Some(step));
            }
        }
        mark_done_closers(&mut lines);
        let mut previous = None;
        for event in past.iter().filter(|event| event.process == process) {
            let at = line_of(event.pc);
            if let Some(index) = at {
                if previous != at {
                    lines[index].did.clear();
                }
                if lines[index].did.len() == DID_MAX {
                    lines[index].did.remove(0);
                }
                lines[index].did.push(action(program, event.pc, &event.facts));
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
        let memory = &self.moment.memory[process as usize];
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
                stale: self.stale(process, &shadow),
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

    fn shared_views(&self, line: &[NodeId]) -> Vec<SharedView> {
        let program = self.program();
        let layout = self.machine.layout();
        let last = match self.moment.step {
            0 => None,
            step => self.tree.node(line[step as usize - 1]).event.as_ref(),
        };
        let mut views = Vec::new();
        for (id, shared) in program.shared.iter().enumerate() {
            let elements = self.moment.state.elements(layout, id as u32);
            for (element, &value) in elements.iter().enumerate() {
                let target = Target { shared: id as u32, element: element as u32 };
                let lock = shared.kind == SharedKind::Lock;
                let spell = |value: i64| {
                    if lock { self.holder_name(value) } else { program.spell(value, shared.value) }
                };
                views.push(SharedView {
                    place: place_name(program, target),
                    kind: shared.kind,
                    value: spell(value),
                    holders: if lock && value > 0 { vec![(value - 1) as u32] } else { vec![] },
                    writing: false,
                    waiting: vec![],
                    permits: None,
                    token: None,
                    lease_ends: None,
                    before: last.and_then(|event| before(event, target)).map(spell),
                });
            }
        }
        views
    }

    fn holder_name(&self, word: i64) -> String {
        if word == 0 {
            return String::new();
        }
        let slot = self.machine.layout().processes[word as usize - 1];
        self.program().process_name(slot.class as usize, slot.number)
    }

    fn offers(&self) -> Vec<Offer> {
        let mut pick = 0;
        let offers = self.machine.standing(&self.moment.state).map(|standing| {
            let possible = standing.blocked.is_none();
            pick += u32::from(possible);
            Offer {
                lane: standing.process,
                name: self.name(standing.process),
                kind: OfferKind::Step,
                outcome: (1, 1),
                action: self.would_do(&standing),
                pick: possible.then_some(pick),
                blocked: standing.blocked.map(|why| self.reason(standing.process, why)),
                line: self.line_number(standing.pc),
            }
        });
        offers.collect()
    }

    /// What a step would do, found by trying it on a copy.
    fn would_do(&self, standing: &Standing) -> Action {
        let program = self.program();
        if let Some(Blocked::Held { lock, .. }) = standing.blocked {
            return Action::Take { place: place_name(program, lock), token: None };
        }
        let mut state = self.moment.state.clone();
        let mut facts = Facts::default();
        let choice = Choice { process: standing.process, outcome: 0 };
        self.machine.apply(&mut state, choice, &mut facts);
        if facts.0.is_empty() {
            return intended(program, program.code[standing.pc as usize]);
        }
        action(program, standing.pc, &facts.0)
    }

    fn promise_views(&self, ended: bool) -> Vec<PromiseView> {
        let promises = self.program().promises.iter().enumerate();
        let views = promises.map(|(index, promise)| {
            let now = self.machine.judge(index, &self.moment.state) == Ok(true);
            let state = match (promise.kind, self.moment.broken[index]) {
                (PromiseKind::Always | PromiseKind::Assert, Some(step)) => {
                    PromiseState::Broken { step }
                }
                (PromiseKind::Always | PromiseKind::Assert, None) => PromiseState::Holds,
                (PromiseKind::Finally, _) if !ended => PromiseState::Open { now },
                (PromiseKind::Finally, _) if now => PromiseState::Holds,
                (PromiseKind::Finally, _) => PromiseState::Broken { step: self.moment.step },
            };
            PromiseView {
                kind: promise.kind,
                condition: promise.condition.clone(),
                why: self.program().why(promise),
                now: None,
                state,
                line: self.line_number_at(&promise.span),
            }
        });
        views.collect()
    }

    fn name(&self, process: ProcessId) -> String {
        let slot = self.machine.layout().processes[process as usize];
        self.program().process_name(slot.class as usize, slot.number)
    }

    fn branches(&self, line: &[NodeId]) -> Vec<Branch> {
        let shown = line.last().copied().unwrap_or(0);
        let branches = self.tree.ends().map(|id| {
            let way = self.tree.way_to(id);
            let bad = self.tree.node(id).bad_end
                || way.iter().any(|&step| !self.tree.node(step).broke.is_empty());
            let events = way.iter().filter_map(|&step| self.tree.node(step).event.as_ref());
            Branch {
                id,
                length: way.len() as u32,
                shared: common(line, &way) as u32,
                current: id == shown,
                bad,
                lanes: events.map(|event| event.process).collect(),
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
    let shadow = memory.shadows[local.register as usize]?;
    // The instruction that sets a local stands just before its scope.
    let set_for_it = shadow.set_at + 1 >= local.scope.start && shadow.set_at < local.scope.end;
    set_for_it.then_some(shadow)
}

fn before(event: &Event, target: Target) -> Option<i64> {
    let process = i64::from(event.process) + 1;
    event.facts.iter().find_map(|fact| match *fact {
        Fact::Wrote { target: at, old, new } | Fact::Counted { target: at, old, new } => {
            (at == target && old != new).then_some(old)
        }
        Fact::Took { target: at } => (at == target).then_some(0),
        Fact::LetGo { target: at } => (at == target).then_some(process),
        _ => None,
    })
}

#[derive(Default)]
struct Facts(Vec<Fact>);

impl Watch for Facts {
    fn fact(&mut self, _: ProcessId, fact: Fact) {
        if !matches!(fact, Fact::Local { .. }) {
            self.0.push(fact);
        }
    }
    fn passes(&mut self, _: ProcessId, _: Pc) {}
    fn stands(&mut self, _: ProcessId, _: Pc, _: i64) {}
}
