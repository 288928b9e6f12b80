//! Schedules under parameters.

use crate::{
    lang::tree::{PickTree, ScheduleTree},
    program::{Pick, PickTarget, PickVerb, Program, Schedule, Shared, SharedId, SharedKind, Start},
};

/// A schedule's picks, or the words of the first that these parameters leave without a process.
pub(in crate::lang) fn schedule(program: &Program, tree: &ScheduleTree) -> Schedule {
    let picks = tree.picks.iter().map(|pick| {
        find_pick(program, pick).ok_or_else(|| match pick.number {
            Some(number) => format!("{}[{number}]", pick.name.text),
            None => pick.name.text.clone(),
        })
    });
    Schedule { name: tree.name.clone(), picks: picks.collect(), span: tree.span.clone() }
}

/// What a pick names, if the program has it.
pub(in crate::lang) fn find_pick(program: &Program, pick: &PickTree) -> Option<Pick> {
    let target = match pick.verb {
        _ if pick.to.is_some() => between(program, pick)?,
        PickVerb::Deliver => copy(program, pick)?,
        verb if verb.is_of_shared() => element(program, pick)?,
        verb if verb.is_of_outage() && is_service(program, pick) => replica(program, pick)?,
        _ => process(program, pick)?,
    };
    Some(Pick {
        verb: pick.verb,
        target,
        outcome: u32::try_from(pick.outcome).ok()?,
        times: u32::try_from(pick.times).ok()?,
    })
}

fn process(program: &Program, pick: &PickTree) -> Option<PickTarget> {
    let class = program.classes.iter().position(|class| class.name == pick.name.text)?;
    let declared = &program.classes[class];
    let number = match pick.number {
        Some(number) if declared.numbered => u32::try_from(number).ok()?,
        None if !declared.numbered => 1,
        // Any one; for `arrive` the next.
        None if pick.verb != PickVerb::Step => 0,
        _ => return None,
    };
    let most = match declared.start {
        Start::AtOnce | Start::Again { .. } => u64::from(declared.instances),
        Start::Every { times, .. } => times.unwrap_or(u64::MAX),
        Start::Spawned | Start::Called { .. } | Start::Branch { .. } => u64::MAX,
    };
    let arrives = matches!(declared.start, Start::Every { .. });
    let fits = if pick.verb == PickVerb::Arrive { arrives } else { u64::from(number) <= most };
    let number = if pick.verb == PickVerb::Arrive { 0 } else { number };
    fits.then_some(PickTarget::Process(class as u32, number))
}

fn between(program: &Program, pick: &PickTree) -> Option<PickTarget> {
    let name = format!("{} -> {}", pick.name.text, pick.to.as_ref()?.text);
    let at = program.shared.iter().position(|shared| {
        matches!(shared.kind, SharedKind::Link | SharedKind::Wire) && shared.name == name
    })?;
    Some(PickTarget::Shared(at as SharedId, 0))
}

fn is_service(program: &Program, pick: &PickTree) -> bool {
    let is = |shared: &Shared| shared.kind == SharedKind::Service && shared.name == pick.name.text;
    program.shared.iter().any(is)
}

/// A replica of a service; without a number the first.
fn replica(program: &Program, pick: &PickTree) -> Option<PickTarget> {
    let at = program.shared.iter().position(|shared| shared.name == pick.name.text)?;
    let nth = usize::try_from(pick.number.unwrap_or(1) - 1).ok()?;
    (nth < program.shared[at].initial.len())
        .then_some(PickTarget::Shared(at as SharedId, nth as u32))
}

/// A replica of a database.
fn copy(program: &Program, pick: &PickTree) -> Option<PickTarget> {
    let database = program
        .databases
        .iter()
        .find(|database| program.shared[database.shared as usize].name == pick.name.text)?;
    let nth = u32::try_from(pick.number? - 1).ok()?;
    (nth < database.replicas).then_some(PickTarget::Shared(database.shared, nth))
}

fn element(program: &Program, pick: &PickTree) -> Option<PickTarget> {
    let at = program.shared.iter().position(|shared| shared.name == pick.name.text)?;
    let shared = &program.shared[at];
    let element = match pick.number {
        Some(number) if shared.array => u32::try_from(number - 1).ok()?,
        None if !shared.array => 0,
        _ => return None,
    };
    ((element as usize) < shared.initial.len())
        .then_some(PickTarget::Shared(at as SharedId, element))
}
