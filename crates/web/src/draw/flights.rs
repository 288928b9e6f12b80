//! Messages of the timeline: the arrow from who sends to where it arrives, or is lost, and how long
//! it waits there; and stretches of time in which nothing happens.

use std::collections::BTreeMap;

use sim_core::session::{Frame, Passage, PassageKind};

use super::timeline::Timeline;

/// Waits side by side, up to so many.
const SLOTS: u32 = 4;
/// Time that passes between two steps is told where it is so many times what passes between most.
const LONG: u64 = 4;

/// The way of a message over a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flight {
    /// Which message.
    pub message: u32,
    /// Whose it is: a lane.
    pub lane: u32,
    /// The row it leaves, in which step.
    pub from: (u32, u32),
    /// The row it goes to, and the step in which it is there; behind the last step shown where it
    /// is still under way.
    pub to: (u32, u32),
    /// How it ends.
    pub end: FlightEnd,
    /// The message.
    pub words: String,
}

/// How the way of a message ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlightEnd {
    /// It arrives.
    Arrives,
    /// It is lost.
    Lost,
    /// It is still under way.
    Open,
}

/// The time a message waits in a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    /// The queue's row.
    pub row: u32,
    /// Its place among those side by side.
    pub slot: u32,
    /// Whose message: a lane.
    pub lane: u32,
    /// The step that put it there.
    pub from: u32,
    /// The step that took it; behind the last step shown where it still waits.
    pub to: u32,
    /// Somebody took it among the steps shown.
    pub ends: bool,
    /// The message.
    pub words: String,
}

/// The ways and waits of the messages of a moment's steps.
#[must_use]
pub fn flights(frame: &Frame, picture: &Timeline) -> (Vec<Flight>, Vec<Wait>) {
    let behind = frame.first + frame.steps.len() as u32 + 1;
    let mut open: BTreeMap<u32, usize> = BTreeMap::new();
    let mut waiting: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    let (mut flights, mut waits) = (Vec::<Flight>::new(), Vec::<Wait>::new());
    let mut ends: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (step, view) in (frame.first + 1..).zip(&frame.steps) {
        for one in &view.passages {
            let row = picture.place_row(&one.place);
            match one.kind {
                PassageKind::Leaves => {
                    let to = one.place.rsplit_once(" -> ").map_or("", |(_, to)| to);
                    // Of several elements the first stands for all until it has arrived.
                    let to = picture.place_row(to).or(picture.place_row(&format!("{to}[1]")));
                    let (Some(from), Some(to)) = (picture.lane_row(one.lane), to) else { continue };
                    open.insert(one.message, flights.len());
                    flights.push(flight(one, (from, step), (to, behind)));
                }
                PassageKind::Arrives => {
                    if let Some(at) = open.remove(&one.message) {
                        flights[at].to = (row.unwrap_or(flights[at].to.0), step);
                        flights[at].end = FlightEnd::Arrives;
                    }
                }
                PassageKind::Lost => {
                    if let Some(at) = open.remove(&one.message) {
                        (flights[at].to.1, flights[at].end) = (step, FlightEnd::Lost);
                    }
                }
                PassageKind::Stored | PassageKind::Returned => {
                    let Some(row) = row else { continue };
                    let ends = ends.entry(row).or_default();
                    let slot = ends.iter().position(|end| *end <= step).unwrap_or(ends.len());
                    if slot < ends.len() {
                        ends[slot] = behind;
                    } else {
                        ends.push(behind);
                    }
                    waiting.insert((row, one.message), waits.len());
                    waits.push(Wait {
                        row,
                        slot: slot as u32,
                        lane: one.lane,
                        from: step,
                        to: behind,
                        ends: false,
                        words: one.words.clone(),
                    });
                }
                PassageKind::Taken | PassageKind::Dropped => {
                    let Some(row) = row else { continue };
                    if let Some(at) = waiting.remove(&(row, one.message)) {
                        (waits[at].to, waits[at].ends) = (step, true);
                        if let Some(end) = ends
                            .get_mut(&row)
                            .and_then(|ends| ends.get_mut(waits[at].slot as usize))
                        {
                            *end = step;
                        }
                    }
                }
                _ => {}
            }
        }
    }
    for wait in &mut waits {
        wait.slot = wait.slot.min(SLOTS - 1);
    }
    (flights, waits)
}

fn flight(one: &Passage, from: (u32, u32), to: (u32, u32)) -> Flight {
    Flight {
        message: one.message,
        lane: one.lane,
        from,
        to,
        end: FlightEnd::Open,
        words: one.words.clone(),
    }
}

/// Long stretches of virtual time between a step and the next: the step before, and how long,
/// nanoseconds. Where time passes only once, that is long.
#[must_use]
pub fn idle(frame: &Frame) -> Vec<(u32, u64)> {
    let gaps: Vec<(u32, u64)> = (frame.first + 1..)
        .zip(frame.steps.windows(2))
        .map(|(step, pair)| (step, pair[1].at.saturating_sub(pair[0].at)))
        .filter(|(_, gap)| *gap > 0)
        .collect();
    let mut sizes: Vec<u64> = gaps.iter().map(|(_, gap)| *gap).collect();
    sim_core::base::order::sort_by_key(&mut sizes, |size| *size);
    // Of two the lesser is usual.
    let usual = match sizes.len() {
        0 | 1 => 0,
        count => sizes[(count - 1) / 2],
    };
    let whole: u64 = sizes.iter().sum();
    let is_long = |gap: u64| gap >= usual.saturating_mul(LONG) && gap >= whole / 50;
    gaps.into_iter().filter(|(_, gap)| is_long(*gap)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{
        columns::Folds,
        sample::{frame, shared, step},
    };
    use super::*;
    use sim_core::{
        program::SharedKind,
        session::{Action, Fate, StepView},
    };

    fn passes(lane: u32, message: u32, all: &[(PassageKind, &str)]) -> StepView {
        let to = "jobs".to_owned();
        let mut view = step(lane, Action::Send { to, words: String::new(), fate: Fate::Stored });
        let passage = |(kind, place): &(PassageKind, &str)| Passage {
            message,
            lane,
            kind: *kind,
            place: (*place).to_owned(),
            from: None,
            words: format!("order {message}"),
        };
        view.passages = all.iter().map(passage).collect();
        view
    }

    fn moment(steps: Vec<StepView>) -> (Vec<Flight>, Vec<Wait>) {
        let mut moment = frame(steps);
        moment.shared.push(shared("jobs", SharedKind::Queue));
        let picture = Timeline::of(&moment, &Folds::default());
        flights(&moment, &picture)
    }

    #[test]
    fn a_message_is_an_arrow_and_a_lost_one_ends_where_it_was_lost() {
        let (flights, waits) = moment(vec![
            passes(0, 1, &[(PassageKind::Leaves, "p -> jobs")]),
            passes(0, 2, &[(PassageKind::Leaves, "p -> jobs")]),
            passes(0, 3, &[(PassageKind::Leaves, "p -> jobs")]),
            passes(0, 2, &[(PassageKind::Lost, "p -> jobs")]),
            passes(0, 1, &[(PassageKind::Arrives, "jobs"), (PassageKind::Stored, "jobs")]),
        ]);
        let told: Vec<(u32, u32, FlightEnd)> =
            flights.iter().map(|one| (one.from.1, one.to.1, one.end)).collect();
        assert_eq!(
            told,
            [(1, 5, FlightEnd::Arrives), (2, 4, FlightEnd::Lost), (3, 6, FlightEnd::Open)]
        );
        assert_eq!((waits.len(), waits[0].from, waits[0].ends), (1, 5, false));
    }

    #[test]
    fn messages_wait_side_by_side_and_leave_their_place_to_others() {
        let (_, waits) = moment(vec![
            passes(0, 1, &[(PassageKind::Stored, "jobs")]),
            passes(0, 2, &[(PassageKind::Stored, "jobs")]),
            passes(1, 1, &[(PassageKind::Taken, "jobs")]),
            passes(0, 3, &[(PassageKind::Stored, "jobs")]),
        ]);
        let told: Vec<(u32, u32, u32)> =
            waits.iter().map(|wait| (wait.slot, wait.from, wait.to)).collect();
        assert_eq!(told, [(0, 1, 3), (1, 2, 5), (0, 4, 5)]);
    }

    #[test]
    fn only_time_that_is_long_beside_the_usual_is_told() {
        let mut moment = frame((0..6).map(|_| passes(0, 1, &[])).collect());
        for (view, at) in moment.steps.iter_mut().zip([0, 10, 20, 30, 2_030, 2_040]) {
            view.at = at;
        }
        assert_eq!(idle(&moment), [(4, 2_000)]);
        for (view, at) in moment.steps.iter_mut().zip(0..) {
            view.at = at * 10;
        }
        assert_eq!(idle(&moment), []);
        assert_eq!(idle(&frame(vec![])), []);
        for (view, at) in moment.steps.iter_mut().zip([0, 0, 0, 5_000, 5_000, 5_000]) {
            view.at = at;
        }
        assert_eq!(idle(&moment), [(3, 5_000)]);
        for (view, at) in moment.steps.iter_mut().zip([0, 0, 20, 20, 2_020, 2_020]) {
            view.at = at;
        }
        assert_eq!(idle(&moment), [(4, 2_000)]);
    }
}
