//! What is remembered of sagas along a run: what became of each step, which calls it made, what was
//! written down.

use super::saga_frame::{SagaNote, SagaNoteKind, SagaState, SagaStepState};
use crate::program::{Error, Program, SagaMark, SharedId};
use crate::trace::{Fact, ProcessId, ServiceFact, StepNumber};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// How many sagas that are over are remembered, the latest ones.
const OVER_MAX: usize = 60;
/// How many calls of one step, or of its undoing, are remembered, and how many notes of a saga.
const TOLD_MAX: usize = 24;

/// Sagas, by who runs them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tales {
    /// Those that a process is in: one may begin in a step of another.
    open: BTreeMap<ProcessId, Vec<Arc<Tale>>>,
    over: VecDeque<Arc<Tale>>,
    /// Errors that requests have answered and that their callers have not heard.
    replied: BTreeMap<ProcessId, Error>,
    /// Under which name a process has just looked for a note, and in which log.
    looked: BTreeMap<ProcessId, (SharedId, i64)>,
}

/// One saga.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tale {
    pub(super) saga: u32,
    pub(super) process: ProcessId,
    /// The number that its process had.
    pub(super) number: u32,
    /// Its log and its name there, where it is durable.
    pub(super) log: Option<(SharedId, i64)>,
    pub(super) state: SagaState,
    pub(super) error: Option<Error>,
    pub(super) steps: Vec<TaleStep>,
    pub(super) notes: Vec<SagaNote>,
    pub(super) resumed: Vec<StepNumber>,
    pub(super) from: StepNumber,
    pub(super) to: Option<StepNumber>,
    /// The last step of the run that had to do with it.
    pub(super) moved: StepNumber,
    /// The step that it is at, and whether it undoes it.
    at: Option<(usize, bool)>,
}

/// A step of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TaleStep {
    pub(super) state: SagaStepState,
    pub(super) forth: TalePart,
    pub(super) back: TalePart,
}

/// Doing a step, or undoing it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TalePart {
    pub(super) from: Option<StepNumber>,
    pub(super) to: Option<StepNumber>,
    pub(super) tries: u32,
    pub(super) error: Option<Error>,
    pub(super) calls: Vec<TaleCall>,
}

/// A call that was made, or something that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TaleCall {
    pub(super) to_whom: ToWhom,
    pub(super) from: StepNumber,
    pub(super) to: Option<StepNumber>,
    pub(super) error: Option<Error>,
}

/// Whom it was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ToWhom {
    /// A handler of a service.
    Handler(SharedId, u16),
    /// A queue, topic or log.
    Channel(SharedId),
}

impl Tales {
    /// All that are remembered, the one that moved last first.
    pub(super) fn latest(&self) -> Vec<&Tale> {
        let open = self.open.values().flatten();
        let mut all: Vec<&Tale> = open.chain(&self.over).map(AsRef::as_ref).collect();
        all.sort_by_key(|tale| std::cmp::Reverse((tale.moved, tale.from, tale.process)));
        all
    }

    /// Notes what a step did; `number` tells which number a process has.
    pub(super) fn take(
        &mut self,
        program: &Program,
        facts: &[(ProcessId, Fact)],
        step: StepNumber,
        number: &dyn Fn(ProcessId) -> u32,
    ) {
        if program.sagas.is_empty() {
            return;
        }
        for (process, fact) in facts {
            let process = *process;
            match *fact {
                Fact::ReadKey { target, key, .. } if program.saga_log(target.shared).is_some() => {
                    self.looked.insert(process, (target.shared, key));
                }
                Fact::WroteKey { target, .. } if program.saga_log(target.shared).is_some() => {
                    self.change(process, step, |tale| tale.noted(step));
                }
                Fact::Saga { saga, mark: SagaMark::Began, .. } => {
                    let tale = Tale::new(program, (saga, process, number(process)), step);
                    let log = self.looked.remove(&process);
                    self.begin(Tale { log, ..tale });
                }
                Fact::Saga { saga, mark: SagaMark::Resumed, step: many, error } => {
                    let log = self.looked.remove(&process);
                    let tale = Tale::new(program, (saga, process, number(process)), step);
                    let tale = self.resumed(Tale { log, ..tale }, many.into(), error, step);
                    self.begin(tale);
                }
                Fact::Saga { mark, step: at, error, .. } => {
                    self.change(process, step, |tale| tale.mark(mark, at.into(), error, step));
                    let over = matches!(
                        mark,
                        SagaMark::Completed | SagaMark::Compensated | SagaMark::Left
                    );
                    if over {
                        self.end(process);
                    }
                }
                Fact::Crashed => {
                    let open = self.open.get_mut(&process).into_iter().flatten();
                    for tale in open {
                        let tale = Arc::make_mut(tale);
                        (tale.state, tale.moved) = (SagaState::Stopped, step);
                    }
                }
                Fact::Began { .. } => {
                    // Somebody else is there now; who starts again may go on with it.
                    let stays = |tale: &Arc<Tale>| tale.number == number(process);
                    if self.open.get(&process).is_some_and(|open| !open.iter().all(stays)) {
                        while self.end(process) {}
                    }
                }
                Fact::Service(service) => self.service(process, service, step),
                Fact::Sent { target, .. } => {
                    let to_whom = ToWhom::Channel(target.shared);
                    let call = TaleCall { to_whom, from: step, to: Some(step), error: None };
                    self.change(process, step, |tale| tale.calls(call));
                }
                _ => {}
            }
        }
    }

    fn service(&mut self, process: ProcessId, fact: ServiceFact, step: StepNumber) {
        match fact {
            ServiceFact::Called { target, handler, .. } => {
                let to_whom = ToWhom::Handler(target.shared, handler);
                let call = TaleCall { to_whom, from: step, to: None, error: None };
                self.change(process, step, |tale| tale.calls(call));
            }
            ServiceFact::NotLetIn { error, .. } => {
                self.change(process, step, |tale| tale.close_calls(step, Some(error)));
            }
            ServiceFact::Replied { error, .. } => match error {
                Some(error) => drop(self.replied.insert(process, error)),
                None => drop(self.replied.remove(&process)),
            },
            ServiceFact::Answered { caller, .. } => {
                let error = self.replied.remove(&process);
                self.change(caller, step, |tale| tale.close_calls(step, error));
            }
            _ => {}
        }
    }

    fn begin(&mut self, tale: Tale) {
        // A process that has started again begins anew what it had not written down.
        let open = self.open.entry(tale.process).or_default();
        if open.iter().any(|other| other.state == SagaState::Stopped) {
            self.over.extend(open.drain(..));
        }
        open.push(Arc::new(tale));
        self.forget();
    }

    /// A saga that goes on: what is remembered of it, or what its note says.
    fn resumed(&mut self, new: Tale, many: usize, error: Option<Error>, step: StepNumber) -> Tale {
        let same = |tale: &Arc<Tale>| tale.saga == new.saga && tale.log == new.log;
        let open = self.open.values().flatten().chain(&self.over).filter(|tale| same(tale));
        let known = open.max_by_key(|tale| tale.moved).cloned();
        for open in self.open.values_mut() {
            open.retain(|tale| !(same(tale) && tale.state == SagaState::Stopped));
        }
        self.over.retain(|tale| !same(tale));
        let mut tale = match known {
            Some(known) => {
                let (process, number) = (new.process, new.number);
                Tale { process, number, at: None, to: None, ..Tale::clone(&known) }
            }
            None => new,
        };
        tale.resumed.push(step);
        tale.moved = step;
        tale.error = error;
        tale.state = if error.is_some() { SagaState::Undoing } else { SagaState::Running };
        for (at, one) in tale.steps.iter_mut().enumerate() {
            one.state = match one.state {
                SagaStepState::Unknown if error.is_some() => one.state,
                // What was not written down is not known to be done.
                _ if at < many => SagaStepState::Done,
                SagaStepState::Undone | SagaStepState::Failed if error.is_some() => one.state,
                SagaStepState::Undoing | SagaStepState::Done | SagaStepState::Unknown
                    if error.is_some() =>
                {
                    SagaStepState::Undone
                }
                _ => SagaStepState::Waiting,
            };
        }
        tale
    }

    fn change(&mut self, process: ProcessId, step: StepNumber, change: impl FnOnce(&mut Tale)) {
        let open = self.open.get_mut(&process).and_then(|open| open.last_mut());
        // What a process does after a restart is no part of what it has not gone on with yet.
        if let Some(tale) = open.filter(|tale| tale.state != SagaState::Stopped) {
            let tale = Arc::make_mut(tale);
            tale.moved = step;
            change(tale);
        }
    }

    fn end(&mut self, process: ProcessId) -> bool {
        let Some(open) = self.open.get_mut(&process) else { return false };
        let ended = open.pop();
        if open.is_empty() {
            self.open.remove(&process);
        }
        let any = ended.is_some();
        self.over.extend(ended);
        self.forget();
        any
    }

    fn forget(&mut self) {
        while self.over.len() > OVER_MAX {
            self.over.pop_front();
        }
    }
}

impl Tale {
    fn new(program: &Program, (saga, process, number): (u32, ProcessId, u32), step: u32) -> Tale {
        Tale {
            saga,
            process,
            number,
            log: None,
            state: SagaState::Running,
            error: None,
            steps: vec![TaleStep::default(); program.sagas[saga as usize].steps.len()],
            notes: Vec::new(),
            resumed: Vec::new(),
            from: step,
            to: None,
            moved: step,
            at: None,
        }
    }

    fn part(&mut self) -> Option<&mut TalePart> {
        let (at, back) = self.at?;
        let step = self.steps.get_mut(at)?;
        Some(if back { &mut step.back } else { &mut step.forth })
    }

    fn calls(&mut self, call: TaleCall) {
        if let Some(part) = self.part()
            && part.calls.len() < TOLD_MAX
        {
            part.calls.push(call);
        }
    }

    /// The call that was waited for has an answer, or nobody waits for it any more.
    fn close_calls(&mut self, step: StepNumber, error: Option<Error>) {
        let Some(part) = self.part() else { return };
        if let Some(call) = part.calls.iter_mut().rev().find(|call| call.to.is_none()) {
            (call.to, call.error) = (Some(step), error);
        }
    }

    fn noted(&mut self, step: StepNumber) {
        let kind = match self.at {
            Some((at, true)) if self.state == SagaState::Undoing => SagaNoteKind::Undone(at as u32),
            _ if self.state == SagaState::Undoing => SagaNoteKind::Turned,
            Some((at, _)) => SagaNoteKind::Done(at as u32),
            None => return,
        };
        if self.notes.len() < TOLD_MAX {
            self.notes.push(SagaNote { at: step, kind });
        }
    }

    fn mark(&mut self, mark: SagaMark, at: usize, error: Option<Error>, step: StepNumber) {
        let Some(one) = self.steps.get_mut(at) else { return self.mark_all(mark, error, step) };
        match mark {
            SagaMark::StepBegan => {
                self.at = Some((at, false));
                one.state = SagaStepState::Running;
                one.forth.tries += 1;
                one.forth.from.get_or_insert(step);
                // After a restart it may be done once more.
                (one.forth.to, one.forth.error) = (None, None);
            }
            SagaMark::StepDone => {
                one.state = SagaStepState::Done;
                one.forth.to = Some(step);
            }
            SagaMark::StepFailed => {
                let unknown =
                    matches!(error, Some(Error::Timeout | Error::Unavailable | Error::Internal));
                one.state = if unknown { SagaStepState::Unknown } else { SagaStepState::Failed };
                (one.forth.to, one.forth.error) = (Some(step), error);
                self.close_calls(step, error);
            }
            SagaMark::UndoBegan => {
                self.at = Some((at, true));
                one.state = SagaStepState::Undoing;
                one.back.tries += 1;
                one.back.from.get_or_insert(step);
                one.back.to = None;
            }
            SagaMark::UndoFailed => {
                one.back.error = error;
                self.close_calls(step, error);
            }
            SagaMark::Undone => {
                one.state = SagaStepState::Undone;
                one.back.to = Some(step);
            }
            _ => self.mark_all(mark, error, step),
        }
    }

    fn mark_all(&mut self, mark: SagaMark, error: Option<Error>, step: StepNumber) {
        match mark {
            SagaMark::Turned => {
                (self.state, self.error, self.at) = (SagaState::Undoing, error, None);
            }
            SagaMark::Completed => {
                (self.state, self.to, self.at) = (SagaState::Completed, Some(step), None);
            }
            SagaMark::Compensated => {
                (self.state, self.to, self.at) = (SagaState::Compensated, Some(step), None);
                self.error = self.error.or(error);
            }
            SagaMark::Left => {
                (self.state, self.to, self.at) = (SagaState::Stopped, Some(step), None);
            }
            _ => {}
        }
    }
}
