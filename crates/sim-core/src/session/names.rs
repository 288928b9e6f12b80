//! How those who act are called. Every view, page and terminal asks here.

use super::Session;
use super::frame::{Bar, Ending, Frame, GuardView, Lane, LaneState, Reason};
use crate::machine::Position;
use std::collections::BTreeSet;

impl Lane {
    /// How it is called: `client[2]`, or `relay` if there is just one.
    #[must_use]
    pub fn name(&self) -> String {
        match self.number {
            Some(number) => format!("{}[{number}]", self.class),
            None => self.class.clone(),
        }
    }
}

impl Frame {
    /// How a process is called at this moment, also if its lane is not shown: `bank.pay[3]`. Of who
    /// is gone by now, the last name its lane had.
    #[must_use]
    pub fn name(&self, lane: u32) -> String {
        if let Some(lane) = self.lane(lane) {
            return lane.name();
        }
        match self.names.binary_search_by_key(&lane, |(id, _)| *id) {
            Ok(at) => self.names[at].1.clone(),
            Err(_) => self.name_in_steps(self.position, lane).unwrap_or_default(),
        }
    }

    /// How a process was called when a step (from 1) was taken. Lanes of requests, arrivals and tasks
    /// are used again by others later.
    #[must_use]
    pub fn name_at(&self, step: u32, lane: u32) -> String {
        self.name_in_steps(step, lane).unwrap_or_else(|| self.name(lane))
    }

    fn name_in_steps(&self, upto: u32, lane: u32) -> Option<String> {
        let upto = (upto.saturating_sub(self.first) as usize).min(self.steps.len());
        self.steps[..upto].iter().rev().find_map(|step| {
            let called = || step.called.iter().find(|(one, _)| *one == lane);
            let own = (step.lane == lane && !step.action.is_of_nobody()).then_some(&step.name);
            own.or_else(|| called().map(|(_, name)| name)).cloned()
        })
    }

    /// Who is spoken of somewhere in this frame.
    fn mentioned(&self) -> BTreeSet<u32> {
        let mut who: BTreeSet<u32> = self.ending.iter().flat_map(Ending::lanes).collect();
        for shared in &self.shared {
            who.extend(shared.holders.iter().chain(&shared.waiting));
            if let Some(GuardView::Breaker { inside, .. }) = &shared.guard {
                who.extend(inside);
            }
        }
        let readers = self.logs.iter().flat_map(|log| &log.readers);
        who.extend(readers.filter_map(|reader| reader.lane));
        for database in &self.databases {
            database.lanes(&mut |lane| {
                who.insert(lane);
            });
        }
        let states = self.lanes.iter().filter_map(|lane| match &lane.state {
            LaneState::Blocked(reason) => Some(reason),
            _ => None,
        });
        let hindered = self.offers.iter().filter_map(|offer| offer.blocked.as_ref());
        who.extend(states.chain(hindered).flat_map(Reason::lanes));
        who.extend(self.transactions.iter().map(|band| band.lane));
        who.extend(self.bars.iter().map(|Bar { lane, .. }| *lane));
        who
    }
}

impl Ending {
    /// The lanes it is about.
    #[must_use]
    pub fn lanes(&self) -> Vec<u32> {
        match self {
            Ending::Complete | Ending::Idle => vec![],
            Ending::Deadlock(lanes) | Ending::Stuck(lanes) => lanes.clone(),
            Ending::Endless(lane) | Ending::Full(lane) => vec![*lane],
        }
    }
}

impl Session {
    /// The names of those a frame speaks of without showing them.
    pub(super) fn names_of(&self, frame: &Frame) -> Vec<(u32, String)> {
        let (layout, state) = (self.machine.layout(), &self.moment.state);
        let not_shown = frame.mentioned().into_iter().filter(|&lane| {
            (lane as usize) < layout.processes.len()
                && frame.lane(lane).is_none()
                && state.position(layout, lane) != Position::Absent
        });
        not_shown.map(|lane| (lane, self.name(lane))).collect()
    }
}
