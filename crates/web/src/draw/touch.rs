//! What a step touches: places it reads, changes, takes or lets go, and processes it wakes.

use sim_core::session::{Action, Doing, Fate, StepView};

/// The places an action touches, and whether it changes them, each once.
#[must_use]
pub fn places(action: &Action) -> Vec<(&str, bool)> {
    match action {
        Action::Read { place, .. } | Action::TurnedAway { place } => vec![(place, false)],
        Action::Write { place, .. }
        | Action::Take { place, .. }
        | Action::LetGo { place }
        | Action::LetGoLate { place }
        | Action::Expire { place } => vec![(place, true)],
        Action::FallAsleep { condition, lock } => vec![(condition, true), (lock, true)],
        Action::Wake { condition, .. } => vec![(condition, true)],
        Action::Send { to: place, fate, .. } if *fate != Fate::Way => vec![(place, true)],
        Action::Receive { from: place, .. }
        | Action::Ack { from: place, .. }
        | Action::Follow { log: place, .. } => vec![(place, false)],
        Action::Nack { from: place, .. }
        | Action::Deliver { to: place, .. }
        | Action::Double { at: place, .. }
        | Action::Reappear { place, .. }
        | Action::Ready { place, .. } => vec![(place, true)],
        Action::Rebalance { group } => vec![(group, true)],
        Action::Call { what, travels: false, .. } => vec![(service(what), true)],
        Action::Come { place, .. } | Action::Enter { place } | Action::Core { place } => {
            vec![(place, true)]
        }
        Action::Data(told) => told.places(),
        Action::LoseCall { place, .. } => vec![(place, false)],
        Action::Atomic { parts } => {
            let mut all: Vec<(&str, bool)> = Vec::new();
            for (place, changes) in parts.iter().flat_map(places) {
                match all.iter_mut().find(|(one, _)| *one == place) {
                    Some(one) => one.1 |= changes,
                    None => all.push((place, changes)),
                }
            }
            all
        }
        _ => Vec::new(),
    }
}

/// The service, or replica, of a call: `bank` of `bank.pay(80)`.
fn service(what: &str) -> &str {
    what.split_once('.').map_or(what, |(service, _)| service)
}

/// The processes an action wakes.
#[must_use]
pub fn wakes(action: &Action) -> &[u32] {
    match action {
        Action::Wake { lanes, .. } => lanes,
        _ => &[],
    }
}

/// Calls `tell` with each write of an action, in order: place, value before, value after.
pub fn writes<'a>(action: &'a Action, tell: &mut impl FnMut(&'a str, &'a str, &'a str)) {
    match action {
        Action::Write { place, old, new } => tell(place, old, new),
        // What is changed is a value only once it is committed.
        Action::Data(told)
            if told.undone.is_none() && (told.commits || told.verb == Doing::Commit) =>
        {
            for row in &told.rows {
                if let Some((old, new)) =
                    row.words.split_once(" → ").filter(|_| !row.words.contains(':'))
                {
                    tell(&row.place, old, new);
                }
            }
        }
        Action::Atomic { parts } => {
            for part in parts {
                writes(part, tell);
            }
        }
        _ => {}
    }
}

/// The thing that a place is part of, among those there are: `page` of `page.read`.
#[must_use]
pub fn thing(place: &str) -> &str {
    place.rsplit_once('.').map_or(place, |(thing, _)| thing)
}

/// Whether a step is its process's own affair: it touches nothing shared and nothing comes of it
/// that anybody else could see.
#[must_use]
pub fn is_own(step: &StepView) -> bool {
    let own = match &step.action {
        Action::Work { .. }
        | Action::Sleep { .. }
        | Action::Backoff { .. }
        | Action::Draw { .. }
        | Action::Think { leaves: false, .. } => true,
        Action::Atomic { parts } => parts.is_empty(),
        _ => false,
    };
    own && step.broke.is_empty()
        && step.finished.is_none()
        && step.raised.is_none()
        && step.notes.is_empty()
        && step.sagas.is_empty()
        && step.started.is_empty()
}
