//! What a step met of what others did before, and what others may meet of it.

use super::letters::message_of;
use crate::trace::{Choice, Fact, Known, ProcessId, StepNumber, Target};

/// What happens to messages, groups and links is no step of the process that it is told of.
pub(super) fn is_of_nobody(choice: Choice) -> bool {
    matches!(choice, Choice::Traffic(_) | Choice::Replicate { .. })
}

/// The step that brought the first message here that these facts tell of.
pub(super) fn brought(letters: &[Known], facts: &[(ProcessId, Fact)]) -> Option<StepNumber> {
    let message = facts.iter().find_map(|(_, fact)| message_of(fact))?;
    letters.iter().find(|one| one.message == message)?.came
}

/// What a fact depends on of what others may have done.
pub(super) fn met_at(fact: &Fact) -> Option<Target> {
    match fact {
        Fact::Read { target, .. }
        | Fact::Wrote { target, .. }
        | Fact::ReadKey { target, .. }
        | Fact::Looked { target, .. }
        | Fact::Kept { target, .. }
        | Fact::Uncached { target, .. }
        | Fact::WroteKey { target, .. }
        | Fact::Gauged { target, .. }
        | Fact::AskedMine { target, .. }
        | Fact::Took { target, .. }
        | Fact::TurnedAway { target }
        | Fact::LetIn { target, .. }
        | Fact::KeptOut { target }
        | Fact::GotToken { target, .. }
        | Fact::NoToken { target }
        | Fact::LetGoLate { target }
        | Fact::Delivered { target, .. }
        | Fact::Followed { target, .. } => Some(*target),
        _ => None,
    }
}

/// What a fact changes.
pub(super) fn changed(fact: &Fact) -> Option<Target> {
    match fact {
        Fact::Wrote { target, .. }
        | Fact::WroteKey { target, .. }
        | Fact::Kept { target, .. }
        | Fact::Uncached { target, .. }
        | Fact::FillBegan { target, .. }
        | Fact::Took { target, .. }
        | Fact::LetGo { target, .. }
        | Fact::Accepted { target, .. }
        | Fact::Appended { target, .. }
        | Fact::Returned { target, .. }
        | Fact::Settled { target, counts: true, .. }
        | Fact::Switched { target, .. }
        | Fact::GotToken { target, .. }
        | Fact::Expired { target } => Some(*target),
        _ => None,
    }
}
