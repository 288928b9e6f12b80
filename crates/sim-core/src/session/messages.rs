//! What steps do to messages, in the scenario's own names.

use super::describe::place_name;
use super::frame::{Action, Fate, Passage, PassageKind};
use super::letters::message_of;
use crate::program::{Program, SharedId, spell_duration};
use crate::trace::{Event, Fact, Known, Target};

/// A message as somebody would say it: `order 3, amount 80`, or just its value.
#[must_use]
pub(super) fn words_of(program: &Program, shape: SharedId, fields: &[i64]) -> String {
    let shape = &program.shape(shape).fields;
    let parts = shape.iter().zip(fields).map(|((name, kind), value)| {
        let value = program.spell(*value, *kind);
        if name.is_empty() { value } else { format!("{name} {value}") }
    });
    parts.collect::<Vec<String>>().join(", ")
}

/// Its first field alone.
#[must_use]
pub(super) fn label_of(program: &Program, shape: SharedId, fields: &[i64]) -> String {
    let first = program.shape(shape).fields.first().zip(fields.first());
    let spelled = first.map(|((_, kind), value)| program.spell(*value, *kind));
    spelled.unwrap_or_default().trim_matches('"').to_owned()
}

/// A link's name: `shop -> jobs`.
#[must_use]
pub(super) fn link_name(program: &Program, link: SharedId) -> String {
    match program.link(link) {
        Some(settings) => format!(
            "{} -> {}",
            program.classes[settings.from as usize].name, program.shared[settings.to as usize].name
        ),
        None => program.shared[link as usize].name.clone(),
    }
}

/// The place of a queue, or a link's name.
fn name_at(program: &Program, target: Target) -> String {
    match program.link(target.shared) {
        Some(_) => link_name(program, target.shared),
        None => place_name(program, target),
    }
}

/// What the facts from here on tell of messages, and how many of them do.
pub(super) fn part(
    program: &Program,
    facts: &[&Fact],
    letters: &[Known],
) -> Option<(Action, usize)> {
    let words = |message: u32| {
        let known = letters.iter().find(|one| one.message == message);
        known.map(|one| words_of(program, one.shape, &one.fields)).unwrap_or_default()
    };
    let place = |target: Target| place_name(program, target);
    let rest = facts[1..].iter().take_while(|fact| goes_on(fact)).count();
    let behind = &facts[1..=rest];
    let fate = || fate_of(program, facts[0], behind);
    let action = match *facts[0] {
        Fact::Sent { target, message } => {
            Action::Send { to: place(target), words: words(message), fate: fate() }
        }
        Fact::Unreachable { target } => {
            let fields = behind.iter().map_while(|fact| match fact {
                Fact::Field { value } => Some(*value),
                _ => None,
            });
            let words = words_of(program, target.shared, &fields.collect::<Vec<i64>>());
            Action::Send { to: place(target), words, fate: Fate::Unreachable }
        }
        Fact::Delivered { target, message, attempt, .. } => {
            Action::Receive { from: place(target), words: words(message), attempt }
        }
        Fact::Followed { target, message, offset } => {
            Action::Follow { log: place(target), offset, words: words(message) }
        }
        Fact::Acked { target, message } => {
            Action::Ack { from: place(target), words: words(message), late: false }
        }
        Fact::LateAck { target, message } => {
            Action::Ack { from: place(target), words: words(message), late: true }
        }
        Fact::Nacked { target, message } => {
            Action::Nack { from: place(target), words: words(message), fate: fate() }
        }
        Fact::Arrived { link, target, message } => Action::Deliver {
            link: link_name(program, link),
            to: place(target),
            words: words(message),
            fate: fate(),
        },
        Fact::Lost { link, message } => {
            Action::Lose { link: link_name(program, link), words: words(message) }
        }
        Fact::HeldBack { link, message, until } => Action::Hold {
            link: link_name(program, link),
            words: words(message),
            until: spell_duration(i64::try_from(until).unwrap_or(i64::MAX)),
        },
        Fact::Doubled { target, message, .. } => {
            Action::Double { at: name_at(program, target), words: words(message) }
        }
        Fact::Reappeared { target, message } => {
            Action::Reappear { place: place(target), words: words(message), fate: fate() }
        }
        Fact::Readied { target, message } => {
            Action::Ready { place: place(target), words: words(message) }
        }
        Fact::Rebalanced { target } => Action::Rebalance { group: place(target) },
        Fact::LinkCut { link } => Action::Cut { link: link_name(program, link) },
        Fact::LinkHealed { link } => Action::Heal { link: link_name(program, link) },
        _ => return None,
    };
    Some((action, 1 + rest))
}

/// Facts that tell more of what the one before began.
fn goes_on(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Field { .. }
            | Fact::OnLink { .. }
            | Fact::Doubled { .. }
            | Fact::Accepted { .. }
            | Fact::Appended { .. }
            | Fact::Refused { .. }
            | Fact::Dropped { .. }
            | Fact::Delayed { .. }
            | Fact::Returned { .. }
            | Fact::Dead { .. }
            | Fact::Acked { .. }
            | Fact::Committed { .. }
            | Fact::Counted { .. }
            | Fact::Raised { .. }
    )
}

/// What becomes of the message of the first fact.
fn fate_of(program: &Program, first: &Fact, behind: &[&Fact]) -> Fate {
    // Its copies, one for each queue of a topic, are the message too.
    let mut mine: Vec<u32> = message_of(first).into_iter().collect();
    let mut fate = Fate::Stored;
    for fact in behind {
        fate = match **fact {
            Fact::Doubled { copy, .. } => {
                mine.push(copy);
                continue;
            }
            Fact::OnLink { .. } => Fate::Way,
            Fact::Refused { .. } => Fate::Refused,
            Fact::Dropped { message, .. } if mine.contains(&message) => Fate::Dropped,
            Fact::Dropped { .. } => Fate::Displaces,
            Fact::Delayed { .. } => Fate::Later,
            Fact::Dead { target, .. } => {
                let to = program.queue(target.shared).and_then(|queue| queue.dead_letter);
                return Fate::Dead(
                    to.map(|to| program.shared[to as usize].name.clone()).unwrap_or_default(),
                );
            }
            _ => continue,
        };
    }
    fate
}

/// What a step did to messages, one after another, each with the step that had brought it there.
pub(super) fn passages(program: &Program, event: &Event) -> Vec<Passage> {
    let facts = event.facts.iter().filter_map(|(who, fact)| {
        let message = message_of(fact)?;
        let (kind, place) = match *fact {
            Fact::OnLink { link, .. } => (PassageKind::Leaves, link_name(program, link)),
            Fact::Arrived { target, .. } => (PassageKind::Arrives, place_name(program, target)),
            Fact::Lost { link, .. } => (PassageKind::Lost, link_name(program, link)),
            Fact::Accepted { target, .. } | Fact::Appended { target, .. } => {
                (PassageKind::Stored, place_name(program, target))
            }
            Fact::Refused { target, .. } => (PassageKind::Refused, place_name(program, target)),
            Fact::Dropped { target, .. } => (PassageKind::Dropped, place_name(program, target)),
            Fact::Delivered { target, .. } => (PassageKind::Taken, place_name(program, target)),
            Fact::Returned { target, .. } => (PassageKind::Returned, place_name(program, target)),
            Fact::Delayed { target, .. } => (PassageKind::Delayed, place_name(program, target)),
            Fact::Readied { target, .. } => (PassageKind::Readied, place_name(program, target)),
            Fact::Dead { target, .. } => (PassageKind::Dead, place_name(program, target)),
            Fact::Acked { target, .. } => (PassageKind::Done, place_name(program, target)),
            _ => return None,
        };
        let known = event.letters.iter().find(|one| one.message == message);
        Some(Passage {
            message,
            lane: *who,
            kind,
            place,
            from: known.and_then(|one| one.came),
            words: known.map(|one| words_of(program, one.shape, &one.fields)).unwrap_or_default(),
        })
    });
    facts.collect()
}
