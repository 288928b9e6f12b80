//! Steps in the scenario's own names.

use super::frame::{Action, Answer, Fate, Found};
use super::{calls, data, guards, kept, messages, sagas};
use crate::program::{
    Details, FaultKind, Form, Gauge, Mode, Op, Outcomes, Pc, Program, SharedId, TextId, TextPart,
    Type, spell_duration,
};
use crate::trace::{Choice, Event, Fact, Known, ProcessId, ServiceFact, Target};
use std::fmt::Write;

/// An element's name as in the text: `balance`, or `stock[2]`; what belongs to a replica stands
/// behind it: `store[2].rows`.
#[must_use]
pub fn place_name(program: &Program, target: Target) -> String {
    if target.is_all() {
        return program.shared[target.shared as usize].name.clone();
    }
    program.element_name(target.shared, target.element)
}

/// What is held of an element: `page.read` for a side of a rwlock.
#[must_use]
pub(super) fn held_name(program: &Program, target: Target, mode: Mode) -> String {
    let place = place_name(program, target);
    match mode {
        Mode::Lock | Mode::Permit => place,
        Mode::Read => format!("{place}.read"),
        Mode::Write => format!("{place}.write"),
    }
}

/// A map's value under a key: `seen[3]`.
#[must_use]
pub fn key_name(program: &Program, map: Target, key: i64) -> String {
    let kind = match program.shared[map.shared as usize].details {
        Details::Map { key, .. } => key,
        Details::Table(at) => program.tables[at as usize].key,
        _ => program.cache(map.shared).map_or(Type::Int, |cache| cache.key),
    };
    format!("{}[{}]", place_name(program, map), program.spell(key, kind))
}

/// What a step did, by its facts. Where an error kept it from doing anything, the names say what
/// it was about to touch.
#[must_use]
pub fn action(program: &Program, event: &Event) -> Action {
    let time = spell_duration(i64::try_from(event.stay).unwrap_or(i64::MAX));
    let class = event.pc.map_or(u32::MAX, |pc| program.class_at(pc));
    match event.choice {
        Choice::Step { process, .. } => match event.pc {
            Some(pc) => step(program, pc, process, &event.facts, &event.letters, &time),
            None => Action::Atomic { parts: vec![] },
        },
        Choice::Arrive { .. } => Action::Arrive,
        Choice::TimeOut { .. } => {
            let cancelled = event
                .facts
                .iter()
                .any(|(_, it)| matches!(it, Fact::Service(ServiceFact::Cancelled { .. })));
            if cancelled { Action::Cancel } else { Action::TimeOut }
        }
        Choice::WaitOver { .. } => parts(program, (event.process, class), &event.facts, &[], &time)
            .into_iter()
            .next()
            .unwrap_or(Action::TimeOut),
        Choice::Expire { lock } => Action::Expire { place: place_name(program, lock) },
        Choice::Strike { fault, .. } => match program.faults[fault as usize].kind {
            FaultKind::Pause => Action::Pause,
            _ => Action::Crash,
        },
        Choice::Traffic(_) | Choice::Outage(_) | Choice::Replicate { .. } => {
            happened(program, event.process, &event.facts, &event.letters)
        }
        Choice::Lift { .. } => {
            let resumed = event.facts.iter().any(|(_, fact)| matches!(fact, Fact::Resumed));
            if resumed { Action::Resume } else { Action::Restart }
        }
    }
}

/// What happened to a message, a group or a link.
pub(super) fn happened(
    program: &Program,
    process: ProcessId,
    facts: &[(ProcessId, Fact)],
    letters: &[Known],
) -> Action {
    let parts = parts(program, (process, u32::MAX), facts, letters, "");
    parts.into_iter().next().unwrap_or(Action::Atomic { parts: vec![] })
}

/// What a process's step did that began at `pc`; `time` is how long it had to stay there.
pub(super) fn step(
    program: &Program,
    pc: Pc,
    process: ProcessId,
    facts: &[(ProcessId, Fact)],
    letters: &[Known],
    time: &str,
) -> Action {
    let op = program.code[pc as usize];
    let class = program.class_at(pc);
    let parts = parts(program, (process, class), facts, letters, time);
    if matches!(op, Op::Atomic { .. }) || (program.loops(class) && parts.len() > 1) {
        return Action::Atomic { parts };
    }
    let action = parts.into_iter().next().unwrap_or_else(|| intended(program, op));
    match (op, action) {
        // Ways are counted from 1, as in picks.
        (Op::Draw { what: Outcomes::Ways(_), .. }, Action::Draw { value }) => {
            let way = value.parse().map_or(value, |way: u64| (way + 1).to_string());
            Action::Draw { value: way }
        }
        (_, Action::Data(told)) => Action::Data(Box::new(data::of_op(program, op, *told))),
        (_, action) => action,
    }
}

/// What an instruction is about to do, where that cannot be tried out.
pub(super) fn intended(program: &Program, op: Op) -> Action {
    let name = |id: SharedId| program.shared[id as usize].name.clone();
    let side = |id: SharedId, mode: Mode| match mode {
        Mode::Lock | Mode::Permit => name(id),
        Mode::Read => format!("{}.read", name(id)),
        Mode::Write => format!("{}.write", name(id)),
    };
    let unknown = || "?".to_owned();
    let read = |place: String| Action::Read { place, value: unknown() };
    match op {
        Op::Write { to, .. } | Op::WriteKey { to, .. } => {
            Action::Write { place: name(to), old: unknown(), new: unknown() }
        }
        Op::Acquire { lock, mode, .. } => Action::Take { place: side(lock, mode), token: None },
        Op::Release { lock, mode, .. } => Action::LetGo { place: side(lock, mode) },
        Op::CondWait { condition, lock, .. } => {
            Action::FallAsleep { condition: name(condition), lock: name(lock) }
        }
        Op::Notify { condition, .. } => Action::Wake { condition: name(condition), lanes: vec![] },
        Op::Until { condition } => {
            Action::Until { words: program.conditions[condition as usize].words.clone() }
        }
        Op::Pause { busy: true, .. } => Action::Work { time: String::new() },
        Op::Pause { busy: false, .. } => Action::Sleep { time: String::new() },
        Op::Backoff { .. } => Action::Backoff { time: String::new() },
        Op::Think { .. } => Action::Think { time: String::new(), leaves: false },
        Op::Draw { .. } => Action::Draw { value: unknown() },
        Op::Read { from, .. } | Op::ReadKey { from, .. } => read(name(from)),
        Op::Gauge { of, gauge, .. } => read(format!("{}.{}", name(of), gauge.word())),
        Op::Mine { lock, .. } => read(format!("{}.mine", name(lock))),
        Op::Send { to, .. } => {
            Action::Send { to: name(to), words: String::new(), fate: Fate::Stored }
        }
        Op::Receive { from, .. } => {
            Action::Receive { from: name(from), words: String::new(), attempt: 1 }
        }
        Op::Follow { log, .. } => {
            Action::Follow { log: name(log), offset: 0, words: String::new() }
        }
        Op::Call { service, handler, .. } => {
            let target = Target { shared: service, element: 0 };
            let what = calls::called(program, target, handler, None);
            Action::Call { what, travels: false, refused: String::new() }
        }
        Op::Join { .. } => Action::Join,
        Op::CacheRead { cache, .. } | Op::Lookup { cache, .. } | Op::Flight { cache, .. } => {
            Action::Look { place: name(cache), value: unknown(), found: Found::Hit }
        }
        Op::CacheWrite { cache, .. } | Op::Fill { cache, .. } => {
            Action::Keep { place: name(cache), value: unknown(), evicted: String::new() }
        }
        Op::CacheDrop { cache, .. } => Action::Forget { place: name(cache), was: true },
        Op::Unfill { cache, .. } => Action::GiveUp { place: name(cache), error: String::new() },
        Op::Answer { .. } => Action::Back { fate: Answer::Heard },
        Op::Arrive { service } => {
            Action::Come { place: name(service), refused: String::new(), twice: false }
        }
        Op::Enter { service } => Action::Enter { place: name(service) },
        Op::Scale { service, .. } => Action::Scale { place: name(service), to: 0 },
        Op::Abandon { service } => Action::Abandon { place: name(service) },
        Op::Core { service } => Action::Core { place: name(service) },
        Op::Reply { .. } => {
            Action::Reply { words: String::new(), error: String::new(), fate: Answer::Heard }
        }
        Op::Back { .. } => Action::Back { fate: Answer::Heard },
        Op::Ack { from, .. } => Action::Ack { from: name(from), words: String::new(), late: false },
        Op::Nack { from, .. } => {
            Action::Nack { from: name(from), words: String::new(), fate: Fate::Stored }
        }
        _ => guards::intended(program, op)
            .or_else(|| data::intended(program, op))
            .unwrap_or(Action::Atomic { parts: vec![] }),
    }
}

fn parts(
    program: &Program,
    (process, class): (ProcessId, u32),
    facts: &[(ProcessId, Fact)],
    letters: &[Known],
    time: &str,
) -> Vec<Action> {
    let own: Vec<&Fact> =
        facts.iter().filter(|(who, _)| *who == process).map(|(_, fact)| fact).collect();
    let mut parts = Vec::new();
    let mut at = 0;
    while at < own.len() {
        let message = messages::part(program, &own[at..], letters)
            .or_else(|| calls::part(program, class, &own[at..]))
            .or_else(|| guards::part(program, &own[at..]))
            .or_else(|| kept::part(program, &own[at..]))
            .or_else(|| data::part(program, &own[at..]));
        let (part, taken) = message
            .map_or_else(|| part(program, &own[at..], time), |(part, taken)| (Some(part), taken));
        parts.extend(part);
        at += taken;
    }
    parts
}

/// The next part of what a step did, and how many facts tell of it.
fn part(program: &Program, facts: &[&Fact], time: &str) -> (Option<Action>, usize) {
    let place = |target: Target| place_name(program, target);
    let spell = |target: Target, value: i64| {
        program.spell(value, program.shared[target.shared as usize].value)
    };
    let read = |place: String, value: String| Action::Read { place, value };
    let time = |exact: Option<i64>| exact.map_or_else(|| time.to_owned(), spell_duration);
    let action = match *facts[0] {
        Fact::Read { target, value } => read(place(target), spell(target, value)),
        Fact::Wrote { target, old, new } => {
            Action::Write { place: place(target), old: spell(target, old), new: spell(target, new) }
        }
        Fact::ReadKey { target, .. } | Fact::WroteKey { target, .. }
            if program.saga_log(target.shared).is_some() =>
        {
            return sagas::note(program, facts)
                .map_or((None, 1), |(told, taken)| (Some(told), taken));
        }
        Fact::ReadKey { target, key, .. } => {
            let (value, taken) = under_key(program, target.shared, facts);
            return (Some(read(key_name(program, target, key), value)), taken);
        }
        Fact::WroteKey { target, key, .. } => {
            let place = key_name(program, target, key);
            let form = program.form_in(target.shared);
            let found = form.and_then(|form| written(program, form, facts));
            let (old, new, taken) = found.unwrap_or_default();
            return (Some(Action::Write { place, old, new }), taken.max(1));
        }
        Fact::Gauged { target, gauge, value } => {
            let kind = if gauge == Gauge::State { Type::Choice } else { Type::Int };
            let value = program.spell(value, kind);
            read(format!("{}.{}", place(target), gauge.word()), value)
        }
        Fact::AskedMine { target, mine } => {
            read(format!("{}.mine", place(target)), mine.to_string())
        }
        Fact::Took { target, mode, token } => Action::Take {
            place: held_name(program, target, mode),
            token: token.map(|token| token.to_string()),
        },
        Fact::TurnedAway { target } => Action::TurnedAway { place: place(target) },
        Fact::LetGo { target, .. } if let Some(Fact::FellAsleep { condition }) = facts.get(1) => {
            let action = Action::FallAsleep { condition: place(*condition), lock: place(target) };
            return (Some(action), 2);
        }
        Fact::LetGo { target, mode } => Action::LetGo { place: held_name(program, target, mode) },
        Fact::LetGoLate { target } => Action::LetGoLate { place: place(target) },
        Fact::Signalled { condition } => {
            let woken = facts[1..].iter().map_while(|fact| match fact {
                Fact::Woke { process } => Some(*process),
                _ => None,
            });
            let lanes: Vec<u32> = woken.collect();
            let taken = 1 + lanes.len();
            return (Some(Action::Wake { condition: place(condition), lanes }), taken);
        }
        Fact::Passed { condition } => {
            Action::Until { words: program.conditions[condition as usize].words.clone() }
        }
        Fact::Paused { time: exact, busy: true } => Action::Work { time: time(exact) },
        Fact::Paused { time: exact, busy: false } => Action::Sleep { time: time(exact) },
        Fact::Joined => Action::Join,
        Fact::BackedOff => Action::Backoff { time: time(None) },
        Fact::Thought { leaves } => Action::Think { time: time(None), leaves },
        Fact::Drew { value, chance } => {
            let kind = if chance { Type::Bool } else { Type::Int };
            Action::Draw { value: program.spell(value, kind) }
        }
        _ => return (None, 1),
    };
    (Some(action), 1)
}

/// What was found under a key, and how many facts tell of it.
fn under_key(program: &Program, map: SharedId, facts: &[&Fact]) -> (String, usize) {
    let (Some(form), Fact::ReadKey { value, .. }) = (program.form_in(map), facts[0]) else {
        return (String::new(), 1);
    };
    if !form.is_record() {
        return (program.spell_form(form, &[*value]), 1);
    }
    let words = calls::fields(facts);
    let width = words.len().min(usize::from(form.width()));
    (program.spell_form(form, &words[..width]), 1 + width)
}

/// What was under a key before and is now, and how many facts tell of it.
pub(super) fn written(
    program: &Program,
    form: &Form,
    facts: &[&Fact],
) -> Option<(String, String, usize)> {
    let Fact::WroteKey { old, new, .. } = facts.first()? else { return None };
    if !form.is_record() {
        let spell = |value: &i64| program.spell_form(form, &[*value]);
        return Some((spell(old), spell(new), 1));
    }
    let words = calls::fields(facts);
    let width = usize::from(form.width());
    let (before, now) = (words.get(..width)?, words.get(width..2 * width)?);
    Some((program.spell_form(form, before), program.spell_form(form, now), 1 + 2 * width))
}

/// What a text says, given the values of its holes.
pub(super) fn said(
    program: &Program,
    text: TextId,
    holes: &mut dyn Iterator<Item = Option<i64>>,
) -> String {
    let mut out = String::new();
    for part in &program.texts[text as usize].parts {
        match part {
            TextPart::Words(words) => out.push_str(words),
            TextPart::Value(_, kind) => match holes.next().flatten() {
                Some(value) => {
                    let _ = write!(out, "{}", program.spell(value, *kind).trim_matches('"'));
                }
                None => out.push('?'),
            },
        }
    }
    out
}
