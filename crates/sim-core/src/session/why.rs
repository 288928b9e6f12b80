//! Why a step came about: back from step to step, each with the way in which it led to the next; and
//! what a broken promise is about.

use super::frame::{Action, Answer, Fate, Frame, Passage, PassageKind, PromiseState, StepView};
use crate::trace::{Doing, ReplicaTurn};
use serde::{Deserialize, Serialize};

/// How many steps a chain goes back at most.
const CHAIN_MAX: usize = 14;
/// How many changes are told of what a broken promise speaks of.
const CHANGES_MAX: usize = 3;
/// How much of what went wrong is told of a broken promise.
const MISHAPS_MAX: usize = 4;

/// A promise that is broken, and what led to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    /// Which: an index into [`Frame::promises`].
    pub promise: usize,
    /// The step that broke it; for `finally` the last of the run.
    pub step: u32,
    /// The last steps that changed what its condition names, latest first.
    pub changes: Vec<u32>,
    /// The last steps up to there at which something went wrong, in their order: what a promise
    /// misses is often what such a step kept from happening, and no step did.
    pub mishaps: Vec<u32>,
}

/// The promises that are broken at this moment, in text order.
#[must_use]
pub fn broken(frame: &Frame) -> Vec<Broken> {
    let promises = frame.promises.iter().enumerate();
    let all = promises.filter_map(|(promise, view)| {
        let PromiseState::Broken { step } = view.state else { return None };
        let is_name =
            |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter > '\x7f';
        let names: Vec<&str> = view.condition.split(|letter| !is_name(letter)).collect();
        let past = (frame.first + 1..=step).rev();
        let changes = past.filter(|at| {
            frame.step(*at).is_some_and(|view| {
                changed(&view.action).iter().any(|place| names.contains(&base(place)))
                    || view.counted.iter().any(|(name, _)| names.contains(&base(name)))
            })
        });
        let changes = changes.take(CHANGES_MAX).collect();
        let past = (frame.first + 1..=step).rev();
        let mishaps = past.filter(|at| frame.step(*at).is_some_and(is_mishap));
        let mut mishaps: Vec<u32> = mishaps.take(MISHAPS_MAX).collect();
        mishaps.reverse();
        Some(Broken { promise, step, changes, mishaps })
    });
    all.collect()
}

/// The name that a place is an element of.
fn base(place: &str) -> &str {
    &place[..place.find(['[', '.']).unwrap_or(place.len())]
}

/// The places that an action changes.
fn changed(action: &Action) -> Vec<&str> {
    match action {
        Action::Atomic { parts } => parts.iter().flat_map(changed).collect(),
        Action::Write { place, .. } => vec![place],
        Action::Send { to, fate, .. } | Action::Deliver { to, fate, .. } => match fate {
            Fate::Way | Fate::Refused => vec![],
            Fate::Dead(dead) => vec![to, dead],
            _ => vec![to],
        },
        Action::Nack { from, fate: Fate::Dead(dead), .. }
        | Action::Reappear { place: from, fate: Fate::Dead(dead), .. } => vec![from, dead],
        Action::Receive { from, .. } => vec![from],
        // Rows are for others to see once they are committed.
        Action::Data(told) if told.verb == Doing::Commit || told.commits => {
            let changed = told.places().into_iter().filter(|(_, changes)| *changes);
            changed.map(|(place, _)| place).collect()
        }
        _ => vec![],
    }
}

/// Whether something went wrong with a step that would have been, or that others wait for.
fn is_mishap(view: &StepView) -> bool {
    let goes_astray = |fate: &Fate| !matches!(fate, Fate::Stored | Fate::Way | Fate::Later);
    view.raised.is_some()
        || match &view.action {
            Action::Crash
            | Action::Pause
            | Action::TimeOut
            | Action::Expire { .. }
            | Action::LetGoLate { .. }
            | Action::Lose { .. }
            | Action::LoseCall { .. }
            | Action::Double { .. }
            | Action::Reappear { .. }
            | Action::Cut { .. }
            | Action::TurnedAway { .. }
            | Action::Ack { late: true, .. }
            | Action::Come { twice: true, .. } => true,
            Action::Replica { turn, .. } => matches!(turn, ReplicaTurn::Crash | ReplicaTurn::Pause),
            Action::Send { fate, .. } | Action::Deliver { fate, .. } => goes_astray(fate),
            Action::Reply { fate, .. } | Action::Back { fate } => *fate == Answer::Late,
            Action::Data(told) => told.undone.is_some(),
            _ => false,
        }
}

/// Why a step came about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// What led to it, the nearest first; each led to the one before it in this list, the first to
    /// the step asked about.
    pub chain: Vec<Because>,
    /// Where the chain begins with what others did: the step of its own that came before.
    pub before: Option<u32>,
    /// The chain goes on before the steps shown, or is longer than is told.
    pub is_cut: bool,
}

/// A step that led to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Because {
    /// The step (from 1).
    pub step: u32,
    /// In which way.
    pub how: How,
}

/// In which way a step led to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum How {
    /// The other met what it did to this place.
    Met(String),
    /// It let this go, which the other took.
    LetGo(String),
    /// It put this message where the other found it.
    Put(String, String),
    /// It sent this message on its way.
    Sent(String),
    /// It took this message.
    Took(String),
    /// It gave this message back to where the other found it.
    GaveBack(String, String),
    /// Since then this message could be received.
    Readied(String),
    /// It started the other's process.
    Started,
    /// It called, and the other is the request.
    Called,
    /// It answered what the other had called.
    Answered,
    /// It took this replica down, which the other brought back.
    Fell(String),
    /// It was the same process's, so many steps of which lie in between.
    Own(u32),
}

/// Why a step (from 1) of a moment came about, as far as the steps shown tell.
#[must_use]
pub fn why(frame: &Frame, step: u32) -> Why {
    let mut why = Why::default();
    let mut at = step;
    while let Some(view) = frame.step(at) {
        let Some(because) = outer(frame, at, view).or_else(|| inner(frame, view)) else {
            return why;
        };
        if at == step
            && !matches!(because.how, How::Own(_))
            && view.own > 0
            && view.own != because.step
        {
            why.before = Some(view.own);
        }
        if because.step >= at || why.chain.len() >= CHAIN_MAX {
            why.is_cut = true;
            return why;
        }
        at = because.step;
        if frame.step(at).is_none() {
            why.is_cut = true;
            return why;
        }
        why.chain.push(because);
    }
    why
}

/// What others, or a message, had to do with a step.
fn outer(frame: &Frame, at: u32, view: &StepView) -> Option<Because> {
    if let Some(because) = view.passages.iter().find_map(|one| message(frame, view, one)) {
        return Some(because);
    }
    if let Some(step) = view.cause {
        let place = || place(&view.action).to_owned();
        let how = match view.action {
            Action::Take { .. } => How::LetGo(place()),
            _ => How::Met(place()),
        };
        return Some(Because { step, how });
    }
    if let Some(because) = fall(frame, at, view).or_else(|| call(frame, at, view)) {
        return Some(because);
    }
    let is_first = view.own == 0 && !view.action.is_of_nobody();
    let starter = is_first.then(|| {
        let before = (frame.first + 1..at).rev();
        before
            .into_iter()
            .find(|step| frame.step(*step).is_some_and(|other| other.started.contains(&view.lane)))
    });
    starter.flatten().map(|step| Because { step, how: How::Started })
}

/// What took down the replica that a step brings back.
fn fall(frame: &Frame, at: u32, view: &StepView) -> Option<Because> {
    let Action::Replica { place, turn: ReplicaTurn::Back | ReplicaTurn::Resume } = &view.action
    else {
        return None;
    };
    let took = |other: &StepView| match &other.action {
        Action::Replica { place: one, turn: ReplicaTurn::Crash | ReplicaTurn::Pause } => {
            one == place
        }
        _ => false,
    };
    let step = (frame.first + 1..at).rev().find(|step| frame.step(*step).is_some_and(took))?;
    Some(Because { step, how: How::Fell(place.clone()) })
}

/// What a call or an answer had to do with a step.
fn call(frame: &Frame, at: u32, view: &StepView) -> Option<Because> {
    let is_mine = |lane: u32, step: &StepView| step.called.iter().any(|(one, _)| *one == lane);
    if matches!(view.action, Action::Come { .. } | Action::LoseCall { answer: false, .. }) {
        let step = (frame.first + 1..at)
            .rev()
            .find(|step| frame.step(*step).is_some_and(|other| is_mine(view.lane, other)))?;
        return Some(Because { step, how: How::Called });
    }
    let own = frame.step(view.own).filter(|own| !own.called.is_empty())?;
    let step = (view.own + 1..at).rev().find(|step| {
        frame.step(*step).is_some_and(|other| {
            is_mine(other.lane, own)
                && matches!(
                    other.action,
                    Action::Reply { fate: Answer::Heard, .. }
                        | Action::Back { fate: Answer::Heard }
                )
        })
    })?;
    Some(Because { step, how: How::Answered })
}

/// What brought a message to where a step met it.
fn message(frame: &Frame, view: &StepView, one: &Passage) -> Option<Because> {
    let step = one.from?;
    let words = one.words.clone();
    let how = match one.kind {
        PassageKind::Taken => {
            let before = frame.step(step)?;
            let mut kinds = before.passages.iter().filter(|other| other.message == one.message);
            match kinds.next_back().map(|other| other.kind) {
                Some(PassageKind::Returned) => How::GaveBack(words, one.place.clone()),
                Some(PassageKind::Readied) => How::Readied(words),
                _ => How::Put(words, one.place.clone()),
            }
        }
        PassageKind::Arrives | PassageKind::Lost => How::Sent(words),
        PassageKind::Readied => How::GaveBack(words, one.place.clone()),
        PassageKind::Returned | PassageKind::Delayed | PassageKind::Dead
            if view.action.is_of_nobody() =>
        {
            How::Took(words)
        }
        _ => return None,
    };
    Some(Because { step, how })
}

/// The last step of the same process that has to do with others, or its first.
fn inner(frame: &Frame, view: &StepView) -> Option<Because> {
    // A replica and a link are nobody's, whoever's lane such a step is drawn on.
    if matches!(view.action, Action::Replica { .. } | Action::Cut { .. } | Action::Heal { .. }) {
        return None;
    }
    let mut step = view.own;
    let mut between = 0;
    while let Some(before) = frame.step(step) {
        if before.own == 0 || outer(frame, step, before).is_some() {
            return Some(Because { step, how: How::Own(between) });
        }
        step = before.own;
        between += 1;
    }
    (step > 0).then_some(Because { step, how: How::Own(between) })
}

/// What a step is about.
fn place(action: &Action) -> &str {
    match action {
        Action::Read { place, .. }
        | Action::Write { place, .. }
        | Action::Take { place, .. }
        | Action::TurnedAway { place }
        | Action::Pass { place, .. }
        | Action::Settle { place, .. }
        | Action::Token { place, .. }
        | Action::LetGo { place }
        | Action::LetGoLate { place }
        | Action::Expire { place } => place,
        Action::Data(told) => told.places().first().map_or("", |(place, _)| place),
        Action::Wake { condition, .. } | Action::FallAsleep { condition, .. } => condition,
        Action::Atomic { parts } => parts.first().map_or("", |part| place(part)),
        Action::Send { to, .. } => to,
        Action::Receive { from, .. } | Action::Ack { from, .. } | Action::Nack { from, .. } => from,
        Action::Follow { log, .. } => log,
        _ => "",
    }
}
