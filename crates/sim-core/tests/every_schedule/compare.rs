//! What walking found against what the explorer says, and what a session makes of its picks.

use crate::walk::{Picks, Row, Walked};
use sim_core::explore::{Bound, Explorer, Found, Options, Report, Verdict};
use sim_core::machine::{Machine, NoWatch};
use sim_core::program::{Program, PromiseKind};
use sim_core::session::{Ending, Frame, PromiseState, Session};
use std::collections::{BTreeMap, BTreeSet};

/// The first difference, or nothing.
pub(crate) fn differ(report: &Report, walked: &Walked) -> Result<(), String> {
    same("size", &(report.states, report.transitions, report.depth), &walked.size)?;
    same("bounds", &report.bounds.iter().copied().collect::<BTreeSet<_>>(), &walked.bounds)?;
    for (promise, nearest) in walked.nearest.iter().enumerate() {
        let found = broken(report, promise);
        same(
            &format!("the way to break promise {promise}"),
            &picks(found),
            &walked_picks(nearest),
        )?;
    }
    same(
        "the way to a deadlock",
        &picks(report.deadlocks.as_ref()),
        &walked_picks(&walked.nearest_deadlock),
    )?;
    same(
        "the way to be stuck",
        &picks(report.stuck.as_ref()),
        &walked_picks(&walked.nearest_stuck),
    )?;
    if !walked.deep {
        same(
            "the way not to end",
            &picks(report.never_ends.as_ref()),
            &walked_picks(&walked.nearest_endless),
        )?;
    }
    let fails = walked.nearest.iter().flatten().count() > 0
        || walked.nearest_deadlock.is_some()
        || walked.nearest_stuck.is_some()
        || walked.nearest_endless.is_some();
    let is_cut = walked.bounds.iter().any(|bound| matches!(bound, Bound::Depth(_)));
    let verdict = match (fails, is_cut) {
        (true, _) => Verdict::Broken,
        (false, true) => Verdict::Undecided,
        (false, false) => Verdict::Holds,
    };
    same("verdict", &report.verdict, &verdict)?;
    let rows = rows(report);
    if walked.circles || walked.deep {
        // A circle counts as one point, and a cut leaves out what lies behind it.
        if walked.circles || is_cut {
            same("exact", &report.schedules.exact, &false)?;
        }
        let lacks = walked.outcomes.keys().find(|row| !rows.contains_key(*row));
        return match lacks {
            Some(row) if !report.counters_left_out => Err(format!("no outcome {row:?}")),
            _ => Ok(()),
        };
    }
    let exact = walked.bounds.is_empty() && walked.cut_off == 0;
    same("exact", &report.schedules.exact, &exact)?;
    same("schedules", &number(&report.schedules.number), &walked.schedules)?;
    same("failing", &number(&report.failing.number), &walked.failing)?;
    for (promise, count) in walked.broken.iter().enumerate() {
        let schedules = schedules(broken(report, promise));
        same(&format!("schedules that break promise {promise}"), &schedules, count)?;
    }
    same("deadlocks", &schedules(report.deadlocks.as_ref()), &walked.deadlocked)?;
    same("stuck", &schedules(report.stuck.as_ref()), &walked.stuck)?;
    same("outcomes", &rows, &walked.outcomes)
}

/// A search for the verdict alone says the same as one that counts too.
pub(crate) fn same_verdict(alone: &Report, counted: &Report) -> Result<(), String> {
    let broken = |report: &Report| report.broken.iter().map(|one| one.promise).collect::<Vec<_>>();
    // Fewer schedules may stand for all without one of them being too long.
    if !counted.bounds.iter().any(|bound| matches!(bound, Bound::Depth(_))) {
        same("verdict alone", &alone.verdict, &counted.verdict)?;
        same("complete alone", &alone.complete, &counted.complete)?;
        same("broken alone", &broken(alone), &broken(counted))?;
        same("deadlock alone", &alone.deadlocks.is_some(), &counted.deadlocks.is_some())?;
        same("stuck alone", &alone.stuck.is_some(), &counted.stuck.is_some())?;
        same("never ends alone", &alone.never_ends.is_some(), &counted.never_ends.is_some())?;
    }
    Ok(())
}

/// From each moment of a shortest way the rest of it is a shortest way; and the schedules from the
/// start are those from all moments one step on together.
pub(crate) fn from_moments(program: &Program, report: &Report) -> Result<(), String> {
    let after = |picks: &[u32]| {
        let explorer = Explorer::after(program, picks, Options::default());
        let mut explorer = explorer.map_err(|why| format!("{why:?} after {picks:?}"))?;
        while !explorer.advance(usize::MAX) {}
        Ok::<Report, String>(explorer.report())
    };
    let cut = report.bounds.iter().any(|bound| matches!(bound, Bound::Depth(_)));
    for one in report.broken.iter().filter(|_| !cut && report.bounds.is_empty()) {
        let way = &one.found.shortest;
        for step in 0..way.len() {
            let rest = after(&way[..step])?;
            let found = broken(&rest, one.promise as usize);
            let steps = found.map(|found| found.shortest.len());
            same(&format!("steps left after {:?}", &way[..step]), &steps, &Some(way.len() - step))?;
        }
    }
    if !report.schedules.exact || report.depth == 0 {
        return Ok(());
    }
    let machine = Machine::new(program.clone());
    let choices = machine.choices(&machine.start(&mut NoWatch)).len() as u32;
    let mut sum = 0;
    for pick in 1..=choices {
        sum += number(&after(&[pick])?.schedules.number);
    }
    same("schedules from one step on", &sum, &number(&report.schedules.number))
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, said: &T, walked: &T) -> Result<(), String> {
    if said == walked {
        return Ok(());
    }
    Err(format!("{what}: the explorer says {said:?}, walking {walked:?}"))
}

fn broken(report: &Report, promise: usize) -> Option<&Found> {
    report.broken.iter().find(|one| one.promise as usize == promise).map(|one| &one.found)
}

fn picks(found: Option<&Found>) -> Option<&[u32]> {
    found.map(|found| found.shortest.as_slice())
}

fn walked_picks(picks: &Option<Picks>) -> Option<&[u32]> {
    picks.as_ref().map(|picks| picks.picks.as_slice())
}

fn schedules(found: Option<&Found>) -> u64 {
    found.map_or(0, |found| number(&found.schedules.number))
}

fn number(text: &str) -> u64 {
    text.parse().expect("a small number")
}

fn rows(report: &Report) -> BTreeMap<Vec<String>, Row> {
    let row = |row: &sim_core::explore::Outcome| {
        let mut values: Vec<String> = row.values.iter().map(|(_, value)| value.clone()).collect();
        values.push(row.stuck.to_string());
        let (schedules, failing) = (number(&row.schedules.number), number(&row.failing.number));
        (values, Row { schedules, failing, steps: row.example.len() as u32 })
    };
    report.outcomes.iter().map(row).collect()
}

/// Takes each shortest way and each outcome's example in a session, whose machine knows no bounds:
/// all their picks must fit and end in what the report says.
pub(crate) fn follow(program: &Program, text: &str, report: &Report) -> Result<(), String> {
    let mut session = Session::new(program.clone(), text, 1);
    let mut go = |picks: &[u32]| -> Result<Frame, String> {
        match session.follow(picks) {
            taken if taken == picks.len() => Ok(session.frame()),
            taken => Err(format!("only {taken} of the picks {picks:?} fit")),
        }
    };
    for one in &report.broken {
        let steps = one.found.shortest.len() as u32;
        let state = go(&one.found.shortest)?.promises[one.promise as usize].state.clone();
        let is_final = program.promises[one.promise as usize].kind == PromiseKind::Finally;
        let fits = match state {
            PromiseState::Broken { step } => step == steps,
            PromiseState::Open { now } => is_final && !now,
            PromiseState::Holds => false,
        };
        if !fits {
            return Err(format!("promise {} is {state:?} after {steps} steps", one.promise));
        }
    }
    let waits = |frame: &Frame, circle: bool| match &frame.ending {
        Some(Ending::Deadlock(_)) => circle,
        Some(Ending::Stuck(_)) => !circle,
        // What only a bound withheld may happen here.
        None => !report.bounds.is_empty(),
        Some(_) => false,
    };
    for (found, circle) in [(&report.deadlocks, true), (&report.stuck, false)] {
        if let Some(found) = found {
            let frame = go(&found.shortest)?;
            if !waits(&frame, circle) {
                return Err(format!("a way to wait ends in {:?}", frame.ending));
            }
        }
    }
    if let Some(found) = &report.never_ends {
        let frame = go(&found.shortest)?;
        if frame.ending.is_some() {
            return Err(format!("a way into a circle ends in {:?}", frame.ending));
        }
    }
    for outcome in &report.outcomes {
        let frame = go(&outcome.example)?;
        for (name, value) in &outcome.values {
            let shown = frame.shared.iter().find(|shared| shared.place == *name);
            let shown = shown.map(|shared| &shared.value);
            if shown != Some(value) {
                return Err(format!("{name} is {shown:?} and not {value}"));
            }
        }
        if outcome.stuck && !waits(&frame, true) && !waits(&frame, false) {
            return Err(format!("an outcome that waits ends in {:?}", frame.ending));
        }
    }
    Ok(())
}
