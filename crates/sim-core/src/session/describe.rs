//! Steps in the scenario's own names.

use super::frame::Action;
use crate::program::{Op, Pc, Program, SharedId, spell_duration};
use crate::trace::{Fact, Target};

/// An element's name as in the text: `balance`, or `stock[2]`.
#[must_use]
pub fn place_name(program: &Program, target: Target) -> String {
    let shared = &program.shared[target.shared as usize];
    if shared.array {
        format!("{}[{}]", shared.name, target.element + 1)
    } else {
        shared.name.clone()
    }
}

/// What a step that began at `pc` did, by its facts. Where an error kept it from doing anything,
/// the names say what it was about to touch.
#[must_use]
pub fn action(program: &Program, pc: Pc, facts: &[Fact]) -> Action {
    let op = program.code[pc as usize];
    if matches!(op, Op::Atomic { .. }) {
        return Action::Atomic { parts: facts.iter().filter_map(|f| part(program, f)).collect() };
    }
    facts.iter().find_map(|fact| part(program, fact)).unwrap_or_else(|| intended(program, op))
}

/// What an instruction is about to do, where that cannot be tried out.
pub(super) fn intended(program: &Program, op: Op) -> Action {
    let name = |id: SharedId| program.shared[id as usize].name.clone();
    let unknown = || "?".to_owned();
    match op {
        Op::Write { to, .. } => Action::Write { place: name(to), old: unknown(), new: unknown() },
        Op::Acquire { lock, .. } => Action::Take { place: name(lock), token: None },
        Op::Release { lock, .. } => Action::LetGo { place: name(lock) },
        Op::Pause { busy: true, .. } => Action::Work { time: unknown() },
        Op::Pause { busy: false, .. } => Action::Sleep { time: unknown() },
        Op::Read { from, .. } => Action::Read { place: name(from), value: unknown() },
        _ => Action::Atomic { parts: vec![] },
    }
}

fn part(program: &Program, fact: &Fact) -> Option<Action> {
    let place = |target: Target| place_name(program, target);
    let spell = |target: Target, value: i64| {
        program.spell(value, program.shared[target.shared as usize].value)
    };
    match *fact {
        Fact::Read { target, value } => {
            Some(Action::Read { place: place(target), value: spell(target, value) })
        }
        Fact::Wrote { target, old, new } => Some(Action::Write {
            place: place(target),
            old: spell(target, old),
            new: spell(target, new),
        }),
        Fact::Took { target } => Some(Action::Take { place: place(target), token: None }),
        Fact::LetGo { target } => Some(Action::LetGo { place: place(target) }),
        Fact::Paused { time, busy: true } => Some(Action::Work { time: spell_duration(time) }),
        Fact::Paused { time, busy: false } => Some(Action::Sleep { time: spell_duration(time) }),
        Fact::Counted { .. }
        | Fact::AtomicBegan
        | Fact::Local { .. }
        | Fact::Ended
        | Fact::Failed { .. }
        | Fact::Endless => None,
    }
}
