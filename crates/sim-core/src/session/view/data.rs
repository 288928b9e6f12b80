//! Databases at a moment.

use crate::machine::{ChangeKind, ChangeLook, RowLook, TransactionLook};
use crate::program::{Isolation, NONE, Program, SharedId};
use crate::session::Session;
use crate::session::describe::{key_name, place_name};
use crate::session::frame::Dependency;
use crate::session::tables::{
    DatabaseView, ROWS_MAX, RowView, TRANSACTIONS_MAX, TableView, TransactionView, VERSIONS_MAX,
    VersionView,
};
use crate::trace::{ProcessId, Target};
use std::collections::BTreeMap;

impl Session {
    pub(super) fn databases(&self) -> Vec<DatabaseView> {
        let all = self.program().databases.iter();
        all.map(|database| self.database(database.shared, &database.tables)).collect()
    }

    fn database(&self, shared: SharedId, tables: &[SharedId]) -> DatabaseView {
        let (machine, state) = (&self.machine, &self.moment.state);
        let program = self.program();
        let open = machine.transactions(state, shared);
        let copies = machine.copies(state, shared);
        let snapshots: Vec<i64> = copies.iter().map(|copy| copy.snapshot).collect();
        let table = |table: &SharedId| self.table(*table, &open, &snapshots);
        let depends = machine.depends(state, shared).into_iter().map(|one| Dependency {
            place: row_name(program, one.table, one.key),
            reader: one.reader,
            writer: one.writer,
        });
        // Whoever waits, or holds what others wait for, comes first.
        let mut shown: Vec<&TransactionLook> = open.iter().collect();
        shown.sort_by_key(|one| (one.waits.is_none(), one.changes.is_empty(), one.process));
        shown.truncate(TRANSACTIONS_MAX);
        shown.sort_by_key(|one| one.process);
        DatabaseView {
            name: program.shared[shared as usize].name.clone(),
            isolation: self
                .program()
                .database(shared)
                .map_or(Isolation::ReadCommitted, |one| one.isolation),
            commits: self.moment.ledger.commits(shared),
            transactions: shown.iter().map(|one| self.transaction(shared, one)).collect(),
            more: (open.len() - shown.len()) as u32,
            tables: tables.iter().map(table).collect(),
            depends: depends.collect(),
            circle: machine.circle_of_waiters(state, shared),
            copies: copies.iter().map(|copy| copy.behind.max(0) as u32).collect(),
        }
    }

    fn transaction(&self, database: SharedId, look: &TransactionLook) -> TransactionView {
        let program = self.program();
        let entry = self.moment.ledger.entry(look.process, database);
        let changed = look.changes.iter().filter(|change| change.kind.is_seen());
        TransactionView {
            lane: look.process,
            level: look.level,
            snapshot: entry.and_then(|entry| entry.snapshot),
            alone: look.alone,
            failed: look.failed,
            doomed: look.doomed,
            changed: changed.count() as u32,
            waits: look
                .waits
                .map(|(table, key, holder)| (row_name(program, table, Some(key)), holder)),
            copy: look.copy,
        }
    }

    fn table(&self, table: SharedId, open: &[TransactionLook], copies: &[i64]) -> TableView {
        let program = self.program();
        let mut rows: BTreeMap<i64, RowLook> = BTreeMap::new();
        for row in self.machine.rows_of(&self.moment.state, table) {
            rows.insert(row.key, row);
        }
        let mut busy = std::collections::BTreeSet::new();
        for one in open {
            for change in one.changes.iter().filter(|change| change.table == table) {
                let new = || RowLook { key: change.key, versions: vec![] };
                rows.entry(change.key).or_insert_with(new);
                busy.insert(change.key);
            }
            if let Some((at, key, _)) = one.waits
                && at == table
            {
                rows.entry(key).or_insert_with(|| RowLook { key, versions: vec![] });
                busy.insert(key);
            }
        }
        let all = rows.len();
        let mut shown: Vec<&RowLook> = rows.values().collect();
        shown.sort_by_key(|row| (!busy.contains(&row.key), row.versions.len() < 2, row.key));
        shown.truncate(ROWS_MAX);
        shown.sort_by_key(|row| row.key);
        TableView {
            name: program.shared[table as usize].name.clone(),
            rows: shown.iter().map(|row| self.row(table, row, open, copies)).collect(),
            more: (all - shown.len()) as u32,
        }
    }

    fn row(
        &self,
        table: SharedId,
        row: &RowLook,
        open: &[TransactionLook],
        copies: &[i64],
    ) -> RowView {
        let program = self.program();
        let spell = |values: &[i64]| {
            let form = program.table_form(table);
            form.map_or_else(String::new, |form| program.spell_form(form, values))
        };
        let last = row.versions.len().saturating_sub(1);
        let mut versions: Vec<VersionView> = Vec::new();
        for (at, version) in row.versions.iter().enumerate() {
            let value = if version.deleted { String::new() } else { spell(&version.values) };
            versions.push(VersionView { value, newest: at == last, ..VersionView::default() });
        }
        let at = |snapshot: Option<i64>| {
            let sees = |stamp: i64| snapshot.is_none_or(|snapshot| stamp <= snapshot);
            row.versions.iter().rposition(|version| sees(version.stamp))
        };
        for (copy, snapshot) in (1..).zip(copies) {
            if let Some(at) = at(Some(*snapshot)) {
                versions[at].copies.push(copy);
            }
        }
        let mut changes: Vec<(ProcessId, &ChangeLook)> = Vec::new();
        let mut waiting = Vec::new();
        for one in open {
            let own = one.changes.iter().find(|own| own.table == table && own.key == row.key);
            changes.extend(own.map(|own| (one.process, own)));
            if one.waits.is_some_and(|(at, key, _)| at == table && key == row.key) {
                waiting.push(one.process);
            }
            let changed = own.is_some_and(|own| own.kind.is_seen());
            let snapshot = one.snapshot.or_else(|| {
                let copy = one.copy.and_then(|copy| copies.get(copy as usize - 1));
                copy.copied()
            });
            if let Some(at) = at(snapshot).filter(|_| !changed && !one.failed) {
                versions[at].seen.push(one.process);
            }
        }
        let holder = changes.first().map(|(process, _)| *process);
        let locked = changes.first().is_some_and(|(_, own)| own.kind == ChangeKind::Locked);
        let skip = versions.len().saturating_sub(VERSIONS_MAX);
        versions.drain(..skip);
        for (process, own) in changes.iter().filter(|(_, own)| own.kind.is_seen()) {
            versions.push(VersionView {
                value: if own.kind == ChangeKind::Deleted {
                    String::new()
                } else {
                    spell(&own.values)
                },
                by: Some(*process),
                seen: vec![*process],
                ..VersionView::default()
            });
        }
        let kind = program.table(table).map_or(crate::program::Type::Int, |table| table.key);
        RowView { key: program.spell(row.key, kind), versions, holder, locked, waiting }
    }
}

/// A row as it is called; without a key the whole table.
fn row_name(program: &Program, table: SharedId, key: Option<i64>) -> String {
    match key.filter(|key| *key != NONE) {
        Some(key) => key_name(program, Target { shared: table, element: 0 }, key),
        None => place_name(program, Target { shared: table, element: u32::MAX }),
    }
}
