//! What a session remembers of messages: what they say, and which step brought them where they are.

use crate::program::{Program, SharedId};
use crate::trace::{Fact, Known, ProcessId, StepNumber};
use std::collections::BTreeMap;

/// So many messages are remembered, the latest ones; of older ones only their causes are not
/// known.
const LETTERS_MAX: usize = 1_000;

/// The messages of a run that may still be met.
#[derive(Clone, Debug, Default)]
pub(super) struct Letters {
    kept: BTreeMap<u32, Letter>,
}

#[derive(Clone, Debug)]
struct Letter {
    shape: SharedId,
    fields: Vec<i64>,
    /// The last step in which something happened to it, and when that was.
    came: StepNumber,
    at: u64,
}

impl Letters {
    /// When something happened to a message last, nanoseconds.
    pub(super) fn since(&self, message: u32) -> Option<u64> {
        self.kept.get(&message).map(|letter| letter.at)
    }

    /// What a message says; empty where that is forgotten.
    pub(super) fn fields(&self, message: u32) -> Vec<i64> {
        self.kept.get(&message).map(|letter| letter.fields.clone()).unwrap_or_default()
    }

    /// What is known of the messages that facts name, those they send included.
    pub(super) fn known(&self, program: &Program, facts: &[(ProcessId, Fact)]) -> Vec<Known> {
        let mut known: Vec<Known> = Vec::new();
        for (at, (_, fact)) in facts.iter().enumerate() {
            let Some(message) = message_of(fact) else { continue };
            if known.iter().any(|one| one.message == message) {
                continue;
            }
            let (shape, fields, came) = match (*fact, self.kept.get(&message)) {
                (Fact::Sent { target, .. }, _) => (target.shared, fields_at(facts, at + 1), None),
                (_, Some(letter)) => (letter.shape, letter.fields.clone(), Some(letter.came)),
                (Fact::Delivered { target, .. } | Fact::Followed { target, .. }, None) => {
                    (target.shared, fields_at(facts, at + 1), None)
                }
                (_, None) => continue,
            };
            known.push(Known { message, shape, fields, came });
            if let Fact::Doubled { copy, .. } = *fact
                && let Some(first) = known.iter().find(|one| one.message == message).cloned()
            {
                known.push(Known { message: copy, ..first });
            }
        }
        debug_assert!(known.iter().all(|one| (one.shape as usize) < program.shared.len()));
        known
    }

    /// Takes in what a step did to messages.
    pub(super) fn take(
        &mut self,
        known: &[Known],
        facts: &[(ProcessId, Fact)],
        step: StepNumber,
        at: u64,
    ) {
        for one in known {
            let letter = Letter { shape: one.shape, fields: one.fields.clone(), came: step, at };
            self.kept.insert(one.message, letter);
        }
        for (_, fact) in facts {
            match fact {
                Fact::Acked { message, .. }
                | Fact::Lost { message, .. }
                | Fact::Refused { message, .. }
                | Fact::Dropped { message, .. }
                | Fact::LateAck { message, .. } => {
                    self.kept.remove(message);
                }
                _ => {}
            }
        }
        while self.kept.len() > LETTERS_MAX {
            self.kept.pop_first();
        }
    }
}

/// The message that a fact names.
pub(super) fn message_of(fact: &Fact) -> Option<u32> {
    match *fact {
        Fact::Sent { message, .. }
        | Fact::OnLink { message, .. }
        | Fact::Arrived { message, .. }
        | Fact::Lost { message, .. }
        | Fact::HeldBack { message, .. }
        | Fact::Doubled { message, .. }
        | Fact::Accepted { message, .. }
        | Fact::Appended { message, .. }
        | Fact::Refused { message, .. }
        | Fact::Dropped { message, .. }
        | Fact::Delivered { message, .. }
        | Fact::Followed { message, .. }
        | Fact::Acked { message, .. }
        | Fact::LateAck { message, .. }
        | Fact::Nacked { message, .. }
        | Fact::Reappeared { message, .. }
        | Fact::Returned { message, .. }
        | Fact::Delayed { message, .. }
        | Fact::Readied { message, .. }
        | Fact::Dead { message, .. } => Some(message),
        _ => None,
    }
}

fn fields_at(facts: &[(ProcessId, Fact)], from: usize) -> Vec<i64> {
    let fields = facts[from.min(facts.len())..].iter().map_while(|(_, fact)| match fact {
        Fact::Field { value } => Some(*value),
        _ => None,
    });
    fields.collect()
}
