//! What steps do to sagas, in the scenario's own names.

use super::calls;
use super::describe::key_name;
use super::frame::Action;
use crate::program::{Error, NONE, Program, SagaMark, Type};
use crate::trace::{Event, Fact, SagaNoted, SagaTold, Target};

/// A note that is looked for or written down, and how many facts tell of it.
pub(super) fn note(program: &Program, facts: &[&Fact]) -> Option<(Action, usize)> {
    let (log, key, reads) = match facts.first()? {
        Fact::ReadKey { target, key, .. } => (*target, *key, true),
        Fact::WroteKey { target, key, .. } => (*target, *key, false),
        _ => return None,
    };
    let words = calls::fields(facts);
    let width = program.form_in(log.shared)?.width() as usize;
    let from = if reads { 0 } else { width };
    let note = noted(program, log, words.get(from..from + width)?)?;
    let place = key_name(program, log, key);
    Some((Action::Saga { place, reads, note }, 1 + from + width))
}

/// A note of a log; the inner `None`: there is none.
fn noted(program: &Program, log: Target, words: &[i64]) -> Option<Option<SagaNoted>> {
    let declared = program.saga_log(log.shared)?;
    if words.last() == Some(&0) {
        return Some(None);
    }
    let &[many, undoing, error, ..] = words else { return None };
    let steps = &program.sagas[declared.saga as usize].steps;
    let done = steps.get(..usize::try_from(many).ok()?)?;
    let step = match undoing {
        0 => done.last(),
        // Of what nothing undoes nothing is to be done.
        _ => done.iter().rev().find(|step| step.undone),
    };
    Some(Some(SagaNoted {
        undoing: undoing != 0,
        step: step.map(|step| step.name.clone()),
        error: (error != NONE).then(|| program.spell(error, Type::Error)),
    }))
}

/// What is worth a sentence of what a step did to sagas.
pub(super) fn told(program: &Program, event: &Event) -> Vec<SagaTold> {
    let worth = |mark: SagaMark| match mark {
        SagaMark::StepFailed
        | SagaMark::UndoBegan
        | SagaMark::UndoFailed
        | SagaMark::Completed
        | SagaMark::Compensated
        | SagaMark::Resumed => true,
        SagaMark::Began
        | SagaMark::StepBegan
        | SagaMark::StepDone
        | SagaMark::Turned
        | SagaMark::Undone
        | SagaMark::Left => false,
    };
    let spell = |error: Error| program.spell(error.code(), Type::Error);
    let all = event.facts.iter().filter_map(|(process, fact)| match *fact {
        Fact::Saga { saga, mark, step, error } if worth(mark) => {
            let steps = &program.sagas[saga as usize].steps;
            let at = match mark {
                SagaMark::Resumed => usize::from(step).checked_sub(1),
                SagaMark::Completed | SagaMark::Compensated => None,
                _ => Some(usize::from(step)),
            };
            let step = at.and_then(|at| steps.get(at)).map(|step| step.name.clone());
            Some(SagaTold { lane: *process, mark, step, error: error.map(spell) })
        }
        _ => None,
    });
    all.collect()
}
