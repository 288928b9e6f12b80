//! What a transaction's end has to do with the steps before it: which rows a commit is about, and who
//! was behind it when one is undone.

use super::data::ROWS_TOLD;
use super::describe::{key_name, place_name};
use super::frame::{Action, Dependency, Doing, RowTold, Undone};
use crate::program::{NONE, Program};
use crate::trace::{DataFact, Event, Fact, ProcessId, Target};
use std::collections::{BTreeMap, BTreeSet};

/// How many steps before are looked at.
const LOOK_BACK: usize = 1_000;

/// Tells of a step that undoes a transaction why, as far as the steps before it show.
pub(super) fn explain(
    program: &Program,
    action: &mut Action,
    process: ProcessId,
    facts: &[(ProcessId, Fact)],
    before: &[(Event, Vec<u32>)],
) {
    let Action::Data(told) = action else { return };
    for (who, fact) in facts {
        if matches!(fact, Fact::Data(DataFact::Doomed { .. })) && !told.dooms.contains(who) {
            told.dooms.push(*who);
        }
    }
    let past = Past { facts, before: &before[before.len().saturating_sub(LOOK_BACK)..] };
    match &mut told.undone {
        Some(Undone::ChangedSince(_, by)) => {
            let row = facts.iter().find_map(|(_, fact)| match fact {
                Fact::Data(DataFact::ChangedSince { table, key }) => Some((*table, *key)),
                _ => None,
            });
            *by = row.and_then(|row| past.changer(process, row));
        }
        Some(Undone::NotSerial(depends)) => *depends = past.chain(program, process),
        Some(Undone::Victim(circle)) => *circle = past.circle(process),
        None if told.verb == Doing::Commit && told.rows.is_empty() => {
            let rows = past.committed(program, process).into_iter().take(ROWS_TOLD);
            let row = |((table, key), values): ((Target, i64), [i64; 2])| {
                let kind = program.column_type(table.shared, 1);
                let [old, new] = values.map(|value| program.spell(value, kind));
                let is_plain = program.columns(table.shared) == 1;
                let words = if is_plain { format!("{old} → {new}") } else { String::new() };
                RowTold { place: key_name(program, table, key), words }
            };
            told.rows = rows.map(row).collect();
        }
        _ => {}
    }
}

/// The rows that a step has committed.
pub(super) fn committed(
    program: &Program,
    event: &Event,
    before: &[(Event, Vec<u32>)],
) -> BTreeSet<(Target, i64)> {
    let before = &before[before.len().saturating_sub(LOOK_BACK)..];
    let past = Past { facts: &event.facts, before };
    let commits =
        |fact: &&(ProcessId, Fact)| matches!(fact.1, Fact::Data(DataFact::Committed { .. }));
    let who = event.facts.iter().find(commits).map(|(process, _)| *process);
    who.map(|process| past.committed(program, process).into_keys().collect()).unwrap_or_default()
}

/// A step's facts, and the steps before it.
struct Past<'a> {
    facts: &'a [(ProcessId, Fact)],
    before: &'a [(Event, Vec<u32>)],
}

impl Past<'_> {
    /// What was observed of databases, the latest first.
    fn back(&self) -> impl Iterator<Item = (ProcessId, DataFact)> + '_ {
        let before = self.before.iter().rev().flat_map(|(event, _)| event.facts.iter().rev());
        self.facts.iter().rev().chain(before).filter_map(|(who, fact)| match fact {
            Fact::Data(fact) => Some((*who, *fact)),
            _ => None,
        })
    }

    /// The rows that a process has committed in this step, of a plain table each with its values before
    /// and after.
    fn committed(
        &self,
        program: &Program,
        process: ProcessId,
    ) -> BTreeMap<(Target, i64), [i64; 2]> {
        let mut rows: BTreeMap<(Target, i64), [i64; 2]> = BTreeMap::new();
        let mut is_over = false;
        for (_, fact) in self.back().filter(|(who, _)| *who == process) {
            let (table, key, old, new) = match fact {
                DataFact::Committed { .. } if !is_over => {
                    is_over = true;
                    continue;
                }
                // What lies before belongs to another transaction.
                DataFact::Began { .. }
                | DataFact::Committed { .. }
                | DataFact::RolledBack { .. }
                    if is_over =>
                {
                    break;
                }
                DataFact::Changed { table, key, old, new, .. } => (table, key, old, new),
                DataFact::Inserted { table, key, value } => (table, key, NONE, value),
                DataFact::Deleted { table, key } => (table, key, NONE, NONE),
                _ => continue,
            };
            if is_over && program.database(table.shared).is_some() {
                // The first value before, and the last one after.
                rows.entry((table, key)).or_insert([old, new])[0] = old;
            }
        }
        rows
    }

    /// Who last changed a row, and has committed that.
    fn changer(&self, process: ProcessId, row: (Target, i64)) -> Option<ProcessId> {
        let mut committed = BTreeSet::new();
        for (who, fact) in self.back() {
            match fact {
                DataFact::Committed { .. } => {
                    committed.insert(who);
                }
                DataFact::RolledBack { .. } => {
                    committed.remove(&who);
                }
                DataFact::Changed { table, key, .. }
                | DataFact::Inserted { table, key, .. }
                | DataFact::Deleted { table, key }
                    if (table, key) == row && who != process && committed.contains(&who) =>
                {
                    return Some(who);
                }
                _ => {}
            }
        }
        None
    }

    /// Who waits for whom, from this process on and back to it; empty where that is not known.
    fn circle(&self, process: ProcessId) -> Vec<ProcessId> {
        let mut circle = vec![process];
        loop {
            let last = circle[circle.len() - 1];
            let holder = self.back().find_map(|(who, fact)| match fact {
                DataFact::Waits { holder, .. } if who == last => Some(holder),
                _ => None,
            });
            match holder {
                Some(holder) if holder == process => return circle,
                Some(holder) if !circle.contains(&holder) => circle.push(holder),
                _ => return Vec::new(),
            }
        }
    }

    /// Two of the things that were read and changed since, one leading to the other, this process
    /// among those who did.
    fn chain(&self, program: &Program, process: ProcessId) -> Vec<Dependency> {
        let mut all: Vec<Dependency> = Vec::new();
        // Who began anew has left behind what was found of it before.
        let mut begun = BTreeSet::new();
        for (who, fact) in self.back() {
            match fact {
                DataFact::Began { .. } => {
                    begun.insert(who);
                }
                DataFact::Depends { table, key, reader, writer } => {
                    let old = |one: Option<ProcessId>| one.is_some_and(|one| begun.contains(&one));
                    let place = match key {
                        NONE => place_name(program, Target { element: u32::MAX, ..table }),
                        key => key_name(program, table, key),
                    };
                    let one = Dependency { place, reader, writer };
                    if !old(reader) && !old(writer) && !all.contains(&one) {
                        all.push(one);
                    }
                }
                _ => {}
            }
        }
        let me = Some(process);
        let pairs = all.iter().flat_map(|one| all.iter().map(move |two| (one, two)));
        let fits = pairs.filter(|(one, two)| {
            one.writer == two.reader
                && one.writer.is_some()
                && [one.reader, one.writer, two.writer].contains(&me)
        });
        // Where it stands in the middle, that is the reason.
        let best = fits.min_by_key(|(one, _)| one.writer != me);
        match best {
            Some((one, two)) => vec![one.clone(), two.clone()],
            None => {
                all.into_iter().filter(|one| one.reader == me || one.writer == me).take(2).collect()
            }
        }
    }
}
