//! The timeline: a row a process, a row a shared thing, bars for what is held and waited for, and
//! the values that shared things take.

use std::collections::{BTreeMap, BTreeSet};

use sim_core::{
    base::order,
    program::SharedKind,
    session::{Action, BarKind, Doing, Frame, LaneState, PromiseState, SharedView, StepView},
};

use super::{
    columns::{Columns, Folds},
    touch::{places, thing, writes},
};

/// Up to so many shared variables are shown even while nobody touches them.
const QUIET_SHOWN: usize = 2;
/// With more rows of tables than this, only those that several processes touch are shown.
const ROWS_SHOWN: usize = 4;
/// Up to so many processes, shared things lie between them; of more, they lie below.
const BETWEEN: usize = 4;
/// Bars of one shared thing lie side by side, up to so many.
const SLOTS: usize = 4;
/// So many rows of requests are drawn.
const REQUESTS: usize = 16;

/// The whole picture, but for the steps themselves, which views take from the moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// From top to bottom.
    pub rows: Vec<Row>,
    /// From left to right.
    pub columns: Columns,
    /// Stretches of rows.
    pub bands: Vec<Band>,
    /// Values that shared things take, each behind the step that made it so; by row and step.
    pub values: Vec<ValueChip>,
    /// What may happen next, a row each, when nothing is kept for later: indices into the offers.
    pub offers: Vec<usize>,
    /// The last step shown, or the column behind it where offers stand.
    pub last: u32,
    lanes: BTreeMap<u32, u32>,
    places: BTreeMap<String, u32>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is of.
    pub of: RowOf,
    /// How many bars lie side by side at most.
    pub slots: u32,
    /// The step with which it began (0: it was there).
    pub from: u32,
    /// The step with which it ended, if it did.
    pub to: Option<u32>,
}

/// What a row is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowOf {
    /// A process, by its lane's id.
    Lane(u32),
    /// A shared thing.
    Place(String),
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
    /// Its place among those side by side.
    pub slot: u32,
    /// Whose.
    pub lane: u32,
    /// In which way.
    pub kind: BarKind,
    /// About which shared thing; empty for none.
    pub place: String,
    /// The first step of it.
    pub from: u32,
    /// The last; behind the last step shown where it goes on.
    pub to: u32,
    /// It ended among the steps shown.
    pub ends: bool,
}

impl Timeline {
    /// The picture of a moment's steps.
    #[must_use]
    pub fn of(frame: &Frame, folds: &Folds) -> Self {
        let mut picture = Self { columns: Columns::of(frame, folds), ..Self::default() };
        picture.set_rows(rows(frame));
        let last = frame.first + frame.steps.len() as u32;
        picture.last = last;
        if frame.position == frame.length {
            let mut seen = BTreeSet::new();
            for (at, offer) in frame.offers.iter().enumerate() {
                // Of several outcomes the picture can show only that there is something.
                if offer.pick.is_some() && picture.lane_row(offer.lane).is_some() {
                    if seen.insert(offer.lane) {
                        picture.offers.push(at);
                    }
                    picture.last = last + 1;
                }
            }
        }
        picture.bands = bands(frame, &picture, last + 1);
        for band in &picture.bands {
            let row = &mut picture.rows[band.row as usize];
            row.slots = row.slots.max(band.slot + 1);
        }
        picture.values = values(frame, &picture);
        picture
    }

    fn set_rows(&mut self, rows: Vec<Row>) {
        for (at, row) in (0..).zip(&rows) {
            match &row.of {
                RowOf::Lane(lane) => {
                    self.lanes.insert(*lane, at);
                }
                RowOf::Place(place) => {
                    self.places.insert(place.clone(), at);
                }
            }
        }
        self.rows = rows;
    }

    /// The row of a process.
    #[must_use]
    pub fn lane_row(&self, lane: u32) -> Option<u32> {
        self.lanes.get(&lane).copied()
    }

    /// The row of a shared thing, also by one side of it (`page.read`).
    #[must_use]
    pub fn place_row(&self, place: &str) -> Option<u32> {
        self.places.get(place).or_else(|| self.places.get(thing(place))).copied()
    }

    /// The rows that an action touches, and whether it changes them.
    #[must_use]
    pub fn touches(&self, action: &Action) -> Vec<(u32, bool)> {
        let rows = places(action).into_iter();
        rows.filter_map(|(place, changes)| Some((self.place_row(place)?, changes))).collect()
    }
}

/// Whether a step of the line broke a promise; `finally` is judged at the end, by the last step.
#[must_use]
pub fn breaks(frame: &Frame, step: u32) -> bool {
    let told = frame.step(step).is_some_and(|view| !view.broke.is_empty());
    told || frame.promises.iter().any(|promise| promise.state == PromiseState::Broken { step })
}

/// Shared things lie near who touches them, so that touches are short.
fn rows(frame: &Frame) -> Vec<Row> {
    let lanes = lane_rows(frame);
    let shared = shown_places(frame).into_iter();
    let place =
        |place: &str| Row { of: RowOf::Place(place.to_owned()), slots: 0, from: 0, to: None };
    if lanes.len() <= BETWEEN {
        let mut rows = lanes;
        let below = rows.split_off(rows.len().div_ceil(2));
        rows.extend(shared.map(place));
        rows.extend(below);
        return rows;
    }
    // Elements numbered as a class of processes is lie each under its process: forks among
    // philosophers.
    let mut rows = Vec::new();
    let mut left: Vec<&str> = shared.collect();
    for row in lanes {
        let RowOf::Lane(id) = row.of else { continue };
        rows.push(row);
        let lane = frame.lane(id);
        let Some(number) = lane.and_then(|lane| lane.number) else { continue };
        let only_class = lane.is_some_and(|lane| {
            frame.lanes.iter().all(|other| other.class == lane.class || other.number.is_none())
        });
        let element = format!("[{number}]");
        let (under, rest): (Vec<&str>, Vec<&str>) =
            left.into_iter().partition(|place| only_class && place.ends_with(&element));
        rows.extend(under.into_iter().map(place));
        left = rest;
    }
    rows.extend(left.into_iter().map(place));
    rows
}

/// Processes that have a part in the steps shown, or may still have one.
fn lane_rows(frame: &Frame) -> Vec<Row> {
    let mut spans: BTreeMap<u32, (u32, Option<u32>)> = BTreeMap::new();
    for (step, view) in (frame.first + 1..).zip(&frame.steps) {
        let span = spans.entry(view.lane).or_insert((0, None));
        if view.action == Action::Arrive {
            span.0 = step;
        }
        if view.finished.is_some() {
            span.1 = Some(step);
        }
        for started in &view.started {
            spans.entry(*started).or_insert((step, None)).0 = step;
        }
    }
    // Requests come and go in the same places: each keeps its row.
    let steps = frame.steps.iter().filter(|step| is_of_request(step));
    let mut requests = order::set(steps.map(|step| step.lane));
    requests.extend(frame.lanes.iter().filter(|lane| lane.class.contains('.')).map(|lane| lane.id));
    let row = |lane, from, to| Row { of: RowOf::Lane(lane), slots: 0, from, to };
    let most = requests.into_iter().take(REQUESTS);
    let requests: Vec<Row> = most.map(|lane| row(lane, 0, None)).collect();
    let lanes = frame.lanes.iter().filter(|lane| !lane.class.contains('.'));
    let lanes = lanes.filter_map(|lane| {
        let goes_on = matches!(
            lane.state,
            LaneState::Ready | LaneState::Blocked(_) | LaneState::Crashed(true)
        );
        let (from, to) = match spans.get(&lane.id) {
            Some(span) => *span,
            None if goes_on || frame.first == 0 => (0, None),
            None => return None,
        };
        Some(row(lane.id, from, to))
    });
    lanes.chain(requests).collect()
}

/// The class of whoever takes a step, as in `bank.pay`.
#[must_use]
pub fn class_of(step: &StepView) -> &str {
    step.name.split('[').next().unwrap_or_default()
}

fn is_of_request(step: &StepView) -> bool {
    class_of(step).contains('.')
}

/// Shared things that the steps shown touch; of few also those at rest.
fn shown_places(frame: &Frame) -> Vec<&str> {
    let mut touched: BTreeSet<&str> = BTreeSet::new();
    let actions = frame.steps.iter().map(|step| &step.action);
    for action in actions.chain(frame.offers.iter().map(|offer| &offer.action)) {
        for (place, _) in places(action) {
            touched.insert(place);
            touched.insert(thing(place));
        }
    }
    touched.extend(frame.bars.iter().map(|bar| bar.place.as_str()));
    let variables = frame.shared.iter().filter(|shared| is_variable(shared.kind)).count();
    let few =
        frame.shared.iter().filter(|shared| shared.kind == SharedKind::Table).count() <= ROWS_SHOWN;
    let shown = frame.shared.iter().filter(|shared| {
        if shared.kind == SharedKind::Table && !few {
            return met(frame, &shared.place);
        }
        let quiet = is_variable(shared.kind) && variables <= QUIET_SHOWN;
        shared.kind != SharedKind::Counter && (quiet || touched.contains(shared.place.as_str()))
    });
    shown.map(|shared| shared.place.as_str()).collect()
}

/// Whether a step commits a row.
fn commits(action: &Action, place: &str) -> bool {
    match action {
        Action::Data(told) => {
            (told.commits || told.verb == Doing::Commit)
                && told.rows.iter().any(|row| row.place == place)
        }
        _ => false,
    }
}

/// Whether several processes touch a place in the steps shown.
fn met(frame: &Frame, place: &str) -> bool {
    let touches = |step: &&StepView| places(&step.action).iter().any(|(one, _)| *one == place);
    let mut lanes = frame.steps.iter().filter(touches).map(|step| step.lane);
    lanes.next().is_some_and(|first| lanes.any(|lane| lane != first))
}

fn is_variable(kind: SharedKind) -> bool {
    matches!(kind, SharedKind::Var | SharedKind::Map)
}

fn bands(frame: &Frame, picture: &Timeline, behind: u32) -> Vec<Band> {
    let mut order: Vec<usize> = (0..frame.bars.len()).collect();
    order::sort_by_key(&mut order, |at| frame.bars[*at].from);
    let mut ends: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut bands = Vec::new();
    for bar in order.into_iter().map(|at| &frame.bars[at]) {
        let of_lane = matches!(bar.kind, BarKind::Waits | BarKind::Sleeps | BarKind::Stopped);
        let row = if of_lane { picture.lane_row(bar.lane) } else { picture.place_row(&bar.place) };
        let Some(row) = row else { continue };
        let to = bar.to.unwrap_or(behind);
        if to <= frame.first {
            continue;
        }
        let mut slot = 0;
        if !of_lane {
            let ends = ends.entry(row).or_default();
            slot = ends.iter().position(|end| *end <= bar.from).unwrap_or(ends.len());
            if slot < ends.len() {
                ends[slot] = to;
            } else {
                ends.push(to);
            }
        }
        bands.push(Band {
            row,
            slot: slot.min(SLOTS - 1) as u32,
            lane: bar.lane,
            kind: bar.kind,
            place: bar.place.clone(),
            from: bar.from.max(frame.first),
            to,
            ends: bar.to.is_some(),
        });
    }
    bands
}

fn values(frame: &Frame, picture: &Timeline) -> Vec<ValueChip> {
    let mut chips: Vec<ValueChip> = Vec::new();
    let mut begun: BTreeSet<u32> = BTreeSet::new();
    for (step, view) in (frame.first + 1..).zip(&frame.steps) {
        writes(&view.action, &mut |place, old, new| {
            let Some(row) = picture.place_row(place) else { return };
            if begun.insert(row) {
                chips.push(ValueChip { row, step: 0, value: old.to_owned() });
            }
            chips.push(ValueChip { row, step, value: new.to_owned() });
        });
    }
    // Of a row that is committed anew and whose values are not told, nothing is known before.
    let is_told = |shared: &&SharedView| match shared.kind {
        SharedKind::Table => !frame.steps.iter().any(|step| commits(&step.action, &shared.place)),
        kind => is_variable(kind),
    };
    for shared in frame.shared.iter().filter(is_told) {
        let row = picture.place_row(&shared.place);
        if let Some(row) = row.filter(|row| begun.insert(*row)) {
            chips.push(ValueChip { row, step: 0, value: shared.value.clone() });
        }
    }
    order::sort_by_key(&mut chips, |chip| (chip.row, chip.step));
    chips
}

#[cfg(test)]
mod tests {
    use super::super::sample::{frame, lane, own, read, shared, step, write};
    use super::*;
    use sim_core::session::{Bar, Offer, OfferKind};

    fn picture(frame: &Frame) -> Timeline {
        Timeline::of(frame, &Folds::default())
    }

    fn bar(lane: u32, place: &str, kind: BarKind, from: u32, to: Option<u32>) -> Bar {
        Bar { lane, place: place.to_owned(), kind, from, to }
    }

    fn names(picture: &Timeline) -> Vec<String> {
        let name = |row: &Row| match &row.of {
            RowOf::Lane(lane) => format!("p{}", lane + 1),
            RowOf::Place(place) => place.clone(),
        };
        picture.rows.iter().map(name).collect()
    }

    #[test]
    fn few_processes_stand_around_what_they_share() {
        let moment = frame(vec![read(0), read(1), write(0, "7", "8")]);
        assert_eq!(names(&picture(&moment)), ["p1", "x", "p2"]);
    }

    #[test]
    fn numbered_things_lie_under_the_process_of_their_number() {
        let take = |lane: u32, fork: u32| {
            step(lane, Action::Take { place: format!("fork[{fork}]"), token: None })
        };
        let mut moment = frame((0..5).map(|at| take(at, at + 1)).collect());
        moment.shared = (1..=5).map(|k| shared(&format!("fork[{k}]"), SharedKind::Lock)).collect();
        moment.shared.push(shared("untouched", SharedKind::Lock));
        let names = names(&picture(&moment));
        assert_eq!(names[..4], ["p1", "fork[1]", "p2", "fork[2]"]);
        assert_eq!(names.len(), 10);
    }

    #[test]
    fn values_begin_with_what_was_there_before_the_first_write() {
        let chips = picture(&frame(vec![read(0), write(1, "7", "8"), write(0, "8", "9")])).values;
        let told: Vec<(u32, &str)> =
            chips.iter().map(|chip| (chip.step, chip.value.as_str())).collect();
        assert_eq!(told, [(0, "7"), (2, "8"), (3, "9")]);
    }

    #[test]
    fn holding_lies_with_the_thing_and_waiting_with_the_process() {
        let mut moment = frame(vec![read(0), read(1), read(2)]);
        moment.shared.push(shared("page", SharedKind::RwLock));
        moment.bars = vec![
            bar(0, "page", BarKind::Shares, 1, Some(3)),
            bar(1, "page", BarKind::Shares, 2, None),
            bar(2, "page", BarKind::Waits, 3, None),
            bar(0, "page", BarKind::Shares, 3, None),
            bar(0, "gone", BarKind::Holds, 1, None),
        ];
        let picture = picture(&moment);
        let page = picture.place_row("page.read").expect("it is touched");
        let found: Vec<(u32, u32, u32)> =
            picture.bands.iter().map(|band| (band.row, band.slot, band.to)).collect();
        let waits = picture.lane_row(2).expect("a lane");
        // The third bar of the page takes the place that the first has left.
        assert_eq!(found, [(page, 0, 3), (page, 1, 4), (waits, 0, 4), (page, 0, 4)]);
        assert_eq!(picture.rows[page as usize].slots, 2);
    }

    #[test]
    fn a_process_that_arrives_and_ends_has_a_row_for_that_long() {
        let mut ends = read(1);
        ends.finished = Some(LaneState::Ended);
        let moment = frame(vec![own(0), step(1, Action::Arrive), ends, own(0)]);
        let picture = picture(&moment);
        let row = &picture.rows[picture.lane_row(1).expect("a lane") as usize];
        assert_eq!((row.from, row.to), (2, Some(3)));
    }

    #[test]
    fn who_has_ended_before_the_window_has_no_row_in_it() {
        let mut moment = frame(vec![read(0)]);
        moment.first = 3_000;
        moment.lanes.push(lane(1));
        moment.lanes.push(lane(2));
        moment.lanes[1].state = LaneState::Ended;
        let picture = picture(&moment);
        assert_eq!((picture.lane_row(1), picture.lane_row(2).is_some()), (None, true));
    }

    #[test]
    fn offers_stand_behind_the_last_step_once_a_process() {
        let offer = |lane, outcome, pick| Offer {
            lane,
            name: String::new(),
            kind: OfferKind::Step,
            outcome: (outcome, 2),
            action: Action::Draw { value: "true".to_owned() },
            pick: Some(pick),
            blocked: None,
            line: 1,
            message: None,
        };
        let mut moment = frame(vec![read(0), read(1)]);
        moment.offers = vec![offer(0, 1, 1), offer(0, 2, 2), offer(1, 1, 3)];
        assert_eq!((picture(&moment).offers, picture(&moment).last), (vec![0, 2], 3));
        moment.position = 1;
        assert_eq!((picture(&moment).offers, picture(&moment).last), (vec![], 2));
    }
}
