//! Shared things at a moment, an entry an element.

use crate::machine::Position;
use crate::program::{Details, Gauge, SharedId, SharedKind};
use crate::session::describe::{key_name, place_name, written};
use crate::session::frame::SharedView;
use crate::session::guards;
use crate::session::tables::DatabaseView;
use crate::session::undone::committed;
use crate::session::{SHARED_MAX, Session};
use crate::trace::{Event, Fact, ProcessId, Target};

/// So many rows of a table are shown among what is shared.
const TABLE_ROWS: usize = 12;

impl Session {
    pub(super) fn shared_views(&self, databases: &[DatabaseView]) -> (Vec<SharedView>, u32) {
        let program = self.program();
        let mut views = Vec::new();
        let mut left_out = 0;
        for (id, shared) in program.shared.iter().enumerate() {
            if shared.kind == SharedKind::Database {
                continue;
            }
            if shared.kind == SharedKind::Table {
                left_out += self.table_views(id as u32, databases, &mut views);
                continue;
            }
            if matches!(shared.kind, SharedKind::Map | SharedKind::Cache) {
                for element in 0..shared.initial.len() as u32 {
                    self.map_views(Target { shared: id as u32, element }, &mut views);
                }
                continue;
            }
            for element in 0..shared.initial.len() as u32 {
                if views.len() >= SHARED_MAX {
                    left_out += 1;
                    continue;
                }
                views.push(self.shared_view(Target { shared: id as u32, element }));
            }
        }
        (views, left_out)
    }

    /// The rows of a table, as they are committed; gives how many more there are.
    fn table_views(
        &self,
        table: SharedId,
        databases: &[DatabaseView],
        views: &mut Vec<SharedView>,
    ) -> u32 {
        let name = &self.program().shared[table as usize].name;
        let mut tables = databases.iter().flat_map(|database| &database.tables);
        let Some(view) = tables.find(|one| one.name == *name) else { return 0 };
        let at = (self.moment.step as usize).saturating_sub(self.window.first as usize + 1);
        let before = &self.window.steps[..at.min(self.window.steps.len())];
        let changed = self
            .last_event()
            .map(|event| committed(self.program(), event, before))
            .unwrap_or_default();
        let target = Target { shared: table, element: 0 };
        let changed: Vec<String> = changed
            .into_iter()
            .filter(|(one, _)| *one == target)
            .map(|(_, key)| key_name(self.program(), target, key))
            .collect();
        for row in view.rows.iter().take(TABLE_ROWS) {
            let place = format!("{name}[{}]", row.key);
            let value = row.versions.iter().find(|version| version.newest);
            let value =
                value.map(|version| version.value.clone()).filter(|value| !value.is_empty());
            views.push(SharedView {
                value: value.unwrap_or_else(|| "none".to_owned()),
                holders: row.holder.into_iter().collect(),
                waiting: row.waiting.clone(),
                before: changed.contains(&place).then(String::new),
                place,
                ..plain(SharedKind::Table)
            });
        }
        view.more + view.rows.len().saturating_sub(TABLE_ROWS) as u32
    }

    fn map_views(&self, map: Target, views: &mut Vec<SharedView>) {
        let Some(form) = self.program().form_in(map.shared) else { return };
        for entry in self.moment.state.map(self.machine.layout(), map) {
            let [key, value @ ..] = entry else { continue };
            let before = self.last_event().and_then(|event| {
                let facts = event.facts.iter().map(|(_, fact)| fact);
                let facts: Vec<&Fact> = facts.collect();
                let wrote = facts.iter().position(|fact| match fact {
                    Fact::WroteKey { target, key: at, .. } => *target == map && at == key,
                    _ => false,
                })?;
                Some(written(self.program(), form, &facts[wrote..])?.0)
            });
            views.push(SharedView {
                place: key_name(self.program(), map, *key),
                value: self.program().spell_form(form, value),
                before,
                ..plain(self.program().shared[map.shared as usize].kind)
            });
        }
    }

    fn shared_view(&self, target: Target) -> SharedView {
        let (program, layout) = (self.program(), self.machine.layout());
        let state = &self.moment.state;
        let shared = &program.shared[target.shared as usize];
        let holds =
            matches!(shared.kind, SharedKind::Lock | SharedKind::RwLock | SharedKind::Semaphore);
        let holders: Vec<ProcessId> =
            if holds { self.machine.holders(state, target).collect() } else { vec![] };
        let names = |holders: &[ProcessId]| {
            let names: Vec<String> = holders.iter().map(|&holder| self.name(holder)).collect();
            names.join(", ")
        };
        let waits = holds || shared.kind == SharedKind::Condition;
        let waiting: Vec<ProcessId> =
            if waits { self.machine.waiting(state, target).collect() } else { vec![] };
        let lease = matches!(shared.details, Details::Lease(_));
        let value = match shared.kind {
            SharedKind::Var | SharedKind::Counter => {
                program.spell(state.element(layout, target), shared.value)
            }
            SharedKind::Lock | SharedKind::RwLock => names(&holders),
            SharedKind::Semaphore => state.element(layout, target).to_string(),
            SharedKind::Condition => waiting.len().to_string(),
            SharedKind::Queue => self.machine.gauge(state, target, Gauge::Length).to_string(),
            SharedKind::Log => (self.machine.gauge(state, target, Gauge::Next) - 1).to_string(),
            SharedKind::Group => self.machine.gauge(state, target, Gauge::Lag).to_string(),
            SharedKind::Link => self.machine.gauge(state, target, Gauge::InFlight).to_string(),
            SharedKind::Service => self.machine.workers_busy(state, target).to_string(),
            SharedKind::Breaker => self.machine.guarding(state, target).word().to_owned(),
            SharedKind::Limiter => self.moment.clock.tokens(&self.machine, target).to_string(),
            SharedKind::Map
            | SharedKind::Cache
            | SharedKind::Topic
            | SharedKind::Wire
            | SharedKind::Database
            | SharedKind::Table => String::new(),
        };
        let permits = match shared.details {
            Details::Semaphore { permits, .. } => Some(permits.max(0) as u32),
            _ => None,
        };
        let before = self.last_event().and_then(|event| self.before(event, target));
        SharedView {
            place: place_name(program, target),
            kind: shared.kind,
            value,
            writing: shared.kind == SharedKind::RwLock && state.element(layout, target) != 0,
            token: lease.then(|| state.second(layout, target).to_string()),
            lease_ends: self
                .moment
                .clock
                .lease_ends(target)
                .filter(|_| lease && !holders.is_empty()),
            holders,
            waiting,
            permits,
            before,
            guard: guards::view(&self.machine, state, &self.moment.clock, target),
        }
    }

    /// The step that led to this moment, if it is in the window.
    pub(super) fn last_event(&self) -> Option<&Event> {
        let at = self.moment.step.checked_sub(self.window.first + 1)?;
        self.window.steps.get(at as usize).map(|(event, _)| event)
    }

    fn before(&self, event: &Event, target: Target) -> Option<String> {
        let program = self.program();
        let spell = |value: i64| program.spell(value, program.shared[target.shared as usize].value);
        event.facts.iter().find_map(|(who, fact)| match *fact {
            Fact::Wrote { target: at, old, new } | Fact::Counted { target: at, old, new } => {
                (at == target && old != new).then(|| spell(old))
            }
            Fact::Switched { target: at, from, .. } => {
                (at == target).then(|| from.word().to_owned())
            }
            Fact::Took { target: at, .. } => (at == target).then(String::new),
            Fact::LetGo { target: at, .. } | Fact::Expired { target: at } => {
                (at == target).then(|| self.name(*who))
            }
            _ => None,
        })
    }

    /// What a process holds: places.
    pub(super) fn holds_of(&self, process: ProcessId) -> Vec<String> {
        let program = self.program();
        let mut holds = Vec::new();
        if self.moment.state.position(self.machine.layout(), process) == Position::Absent {
            return holds;
        }
        for (id, shared) in program.shared.iter().enumerate() {
            let kind = shared.kind;
            if !matches!(kind, SharedKind::Lock | SharedKind::RwLock | SharedKind::Semaphore) {
                continue;
            }
            for element in 0..shared.initial.len() as u32 {
                let target = Target { shared: id as u32, element };
                if self.machine.holders(&self.moment.state, target).any(|who| who == process) {
                    holds.push(place_name(program, target));
                }
            }
        }
        holds
    }
}

fn plain(kind: SharedKind) -> SharedView {
    SharedView {
        place: String::new(),
        kind,
        value: String::new(),
        holders: vec![],
        writing: false,
        waiting: vec![],
        permits: None,
        token: None,
        lease_ends: None,
        before: None,
        guard: None,
    }
}
