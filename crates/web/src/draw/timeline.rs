//! The timeline: a row a process, a row a shared thing, and every step where it touches them.

use sim_core::{
    program::SharedKind,
    session::{Action, Frame, PromiseState},
};

/// The whole picture. Columns are steps; column k is step k, the start lies before column 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// From top to bottom.
    pub rows: Vec<Row>,
    /// Steps of the line.
    pub dots: Vec<Dot>,
    /// Values that shared things take, each behind the step that made it so.
    pub values: Vec<ValueChip>,
    /// How long somebody believed in a value that was no longer true.
    pub stale: Vec<Band>,
    /// How long locks were held.
    pub held: Vec<Band>,
    /// What may happen next, when nothing is kept for later.
    pub offers: Vec<Dot>,
    /// How many columns there are.
    pub columns: u32,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A process, an index into the lanes.
    Lane(u32),
    /// A shared thing.
    Place(String),
}

/// A step.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// The step, from 1; for an offer its column.
    pub step: u32,
    /// Whose.
    pub lane: u32,
    /// The row of its process.
    pub row: u32,
    /// The rows it touches; true where it writes or takes.
    pub touches: Vec<(u32, bool)>,
    /// What it does.
    pub action: Action,
    /// It broke a promise.
    pub broke: bool,
    /// For an offer: its number.
    pub pick: Option<u32>,
}

/// A value a shared thing has from a step on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueChip {
    /// The row.
    pub row: u32,
    /// The step that made it so; 0 for the start.
    pub step: u32,
    /// The value.
    pub value: String,
}

/// A stretch of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// The row.
    pub row: u32,
    /// Whose.
    pub lane: u32,
    /// The first step of it.
    pub from: u32,
    /// The last.
    pub to: u32,
}

/// The picture of a moment's line.
#[must_use]
pub fn timeline(frame: &Frame) -> Timeline {
    let rows = rows(frame);
    let row_of_place = |place: &str| {
        rows.iter().position(|row| *row == Row::Place(place.to_owned())).map(|at| at as u32)
    };
    let row_of_lane =
        |lane: u32| rows.iter().position(|row| *row == Row::Lane(lane)).unwrap_or(0) as u32;
    let dot = |step: u32, lane: u32, action: &Action| Dot {
        step,
        lane,
        row: row_of_lane(lane),
        touches: touches(action)
            .into_iter()
            .filter_map(|(place, changes)| Some((row_of_place(place)?, changes)))
            .collect(),
        action: action.clone(),
        broke: false,
        pick: None,
    };
    let dots: Vec<Dot> = (1..)
        .zip(&frame.steps)
        .map(|(step, view)| Dot {
            broke: breaks(frame, step),
            ..dot(step, view.lane, &view.action)
        })
        .collect();
    let length = frame.steps.len() as u32;
    let offers = if frame.position == length {
        let possible = frame.offers.iter().filter(|offer| offer.pick.is_some());
        possible
            .map(|offer| Dot { pick: offer.pick, ..dot(length + 1, offer.lane, &offer.action) })
            .collect()
    } else {
        Vec::new()
    };
    let columns = length + u32::from(!offers.is_empty());
    let values = values(frame, &rows);
    let stale = stale(frame, &row_of_place);
    let held = held(frame, &row_of_place);
    Timeline { rows, dots, values, stale, held, offers, columns }
}

/// Whether a step of the line broke a promise; `finally` is judged at the end, by the last step.
#[must_use]
pub fn breaks(frame: &Frame, step: u32) -> bool {
    let told = frame.steps.get(step as usize - 1).is_some_and(|view| !view.broke.is_empty());
    told || frame.promises.iter().any(|promise| promise.state == PromiseState::Broken { step })
}

/// Shared things lie between the processes, so that touches are short.
fn rows(frame: &Frame) -> Vec<Row> {
    let touched: Vec<&str> = frame
        .steps
        .iter()
        .flat_map(|step| touches(&step.action))
        .chain(frame.offers.iter().flat_map(|offer| touches(&offer.action)))
        .map(|(place, _)| place)
        .collect();
    let is_shown = |place: &str, kind: SharedKind| match kind {
        SharedKind::Var | SharedKind::Map => true,
        SharedKind::Lock | SharedKind::RwLock | SharedKind::Semaphore | SharedKind::Condition => {
            touched.contains(&place)
        }
        SharedKind::Counter => false,
    };
    let shared = frame.shared.iter().filter(|shared| is_shown(&shared.place, shared.kind));
    let lanes = frame.lanes.len() as u32;
    let above = lanes.div_ceil(2);
    (0..above)
        .map(Row::Lane)
        .chain(shared.map(|shared| Row::Place(shared.place.clone())))
        .chain((above..lanes).map(Row::Lane))
        .collect()
}

/// What a step touches, and whether it changes that.
fn touches(action: &Action) -> Vec<(&str, bool)> {
    match action {
        Action::Read { place, .. } => vec![(place, false)],
        Action::Write { place, .. } | Action::Take { place, .. } | Action::LetGo { place } => {
            vec![(place, true)]
        }
        Action::Atomic { parts } => {
            let mut all: Vec<(&str, bool)> = Vec::new();
            for (place, changes) in parts.iter().flat_map(touches) {
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

/// The writes of a step, in order: place, value before, value after.
fn writes(action: &Action) -> Vec<(&str, &str, &str)> {
    match action {
        Action::Write { place, old, new } => vec![(place, old, new)],
        Action::Atomic { parts } => parts.iter().flat_map(writes).collect(),
        _ => Vec::new(),
    }
}

fn values(frame: &Frame, rows: &[Row]) -> Vec<ValueChip> {
    let mut chips = Vec::new();
    for (row, place) in (0..).zip(rows) {
        let Row::Place(place) = place else { continue };
        let mut changes = Vec::new();
        for (step, view) in (1..).zip(&frame.steps) {
            let mine = writes(&view.action).into_iter().filter(|(one, ..)| one == place);
            changes.extend(mine.map(|(_, old, new)| (step, old, new)));
        }
        let now = frame.shared.iter().find(|shared| shared.place == *place);
        let is_lock = now.is_some_and(|shared| shared.kind == SharedKind::Lock);
        if is_lock {
            continue;
        }
        let first = changes.first().map(|(_, old, _)| (*old).to_owned());
        let first = first.or_else(|| now.map(|shared| shared.value.clone())).unwrap_or_default();
        chips.push(ValueChip { row, step: 0, value: first });
        let made =
            |(step, _, new): (u32, &str, &str)| ValueChip { row, step, value: new.to_owned() };
        chips.extend(changes.into_iter().map(made));
    }
    chips
}

/// From the write of another until the process that had read before writes in its turn, reads
/// again, or ends.
fn stale(frame: &Frame, row: &dyn Fn(&str) -> Option<u32>) -> Vec<Band> {
    let mut bands = Vec::new();
    let mut believed: Vec<(u32, &str, Option<u32>)> = Vec::new();
    for (step, view) in (1..).zip(&frame.steps) {
        for (place, changes) in touches(&view.action) {
            let mine =
                believed.iter().position(|(lane, one, _)| *lane == view.lane && *one == place);
            let old = mine.map(|at| believed.remove(at));
            if let Some((lane, _, Some(from))) = old
                && changes
                && let Some(row) = row(place)
            {
                bands.push(Band { row, lane, from, to: step });
            }
            if changes {
                for other in believed.iter_mut().filter(|(_, one, _)| *one == place) {
                    other.2.get_or_insert(step);
                }
            } else {
                believed.push((view.lane, place, None));
            }
        }
        if view.finished.is_some() {
            believed.retain(|(lane, ..)| *lane != view.lane);
        }
    }
    // Whoever has not acted yet may still: shown up to the end of the line, with what comes next.
    let last = frame.steps.len() as u32;
    for (lane, place, from) in believed {
        if let (Some(from), Some(row)) = (from, row(place)) {
            bands.push(Band { row, lane, from, to: last + 1 });
        }
    }
    bands
}

fn held(frame: &Frame, row: &dyn Fn(&str) -> Option<u32>) -> Vec<Band> {
    let mut bands = Vec::new();
    let mut taken: Vec<(&str, u32, u32)> = Vec::new();
    for (step, view) in (1..).zip(&frame.steps) {
        match &view.action {
            Action::Take { place, .. } => taken.push((place, view.lane, step)),
            Action::LetGo { place } => {
                if let Some(at) = taken.iter().position(|(one, ..)| one == place) {
                    let (place, lane, from) = taken.remove(at);
                    bands.extend(row(place).map(|row| Band { row, lane, from, to: step }));
                }
            }
            _ => {}
        }
    }
    let last = frame.steps.len() as u32 + 1;
    for (place, lane, from) in taken {
        bands.extend(row(place).map(|row| Band { row, lane, from, to: last }));
    }
    bands
}
