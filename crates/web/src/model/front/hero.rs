//! The race on the first page: two clients and one balance, which the visitor steps by hand.
//!
//! No simulator is loaded for it. All its moments, found by the engine, lie in [`super::table`];
//! a test holds the table to the engine and to the lesson that it comes from.

use super::table::MOMENTS;

/// The lesson whose scenario this is, with its settings as they stand.
pub const LESSON: &str = "race-on-a-balance";

/// Where a client is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// It has done nothing; the number of the choice with which it would read.
    Start(u8),
    /// It has read this; the number of the choice with which it would write.
    Read(u8, u8),
    /// It has read this, and written what it left of it.
    Wrote(u8),
    /// It has read this, which was too little.
    Refused(u8),
}

/// A moment of the race.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Who moved, in order: clients from 1.
    pub path: &'static [u8],
    /// Where the clients are.
    pub clients: [At; 2],
    /// What is in the account.
    pub balance: u8,
    /// What was handed out.
    pub paid: u8,
    /// At the end, whether the promise was kept.
    pub kept: Option<bool>,
}

impl At {
    /// The number of the choice with which it would move.
    #[must_use]
    pub fn pick(self) -> Option<u8> {
        match self {
            At::Start(pick) | At::Read(_, pick) => Some(pick),
            At::Wrote(_) | At::Refused(_) => None,
        }
    }
}

/// The race as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hero {
    path: Vec<u8>,
}

impl Hero {
    /// The moment shown.
    #[must_use]
    pub fn moment(&self) -> &'static Moment {
        moment(&self.path).unwrap_or(&MOMENTS[0])
    }

    /// A client (1 or 2) takes its step, if it has one.
    pub fn step(&mut self, client: u8) {
        self.path.push(client);
        if moment(&self.path).is_none() {
            self.path.pop();
        }
    }

    /// One step back.
    pub fn back(&mut self) {
        self.path.pop();
    }

    /// To the start.
    pub fn restart(&mut self) {
        self.path.clear();
    }

    /// How many steps were taken.
    #[must_use]
    pub fn length(&self) -> usize {
        self.path.len()
    }

    /// Whose step shows the trouble soonest: the one who has not read yet, then whoever can move.
    #[must_use]
    pub fn suggested(&self) -> Option<u8> {
        let clients = self.moment().clients;
        let first = |fits: &dyn Fn(At) -> bool| clients.iter().position(|at| fits(*at));
        let unread = first(&|at| matches!(at, At::Start(_)));
        let place = unread.or_else(|| first(&|at| at.pick().is_some()))?;
        Some(place as u8 + 1)
    }

    /// The address of this very run in the lesson.
    #[must_use]
    pub fn address(&self) -> String {
        let picks = (0..self.path.len()).filter_map(|at| {
            let before = moment(&self.path[..at])?;
            before.clients[usize::from(self.path[at]) - 1].pick()
        });
        let picks: Vec<String> = picks.map(|pick| pick.to_string()).collect();
        if picks.is_empty() {
            return format!("/lesson/{LESSON}");
        }
        format!("/lesson/{LESSON}?v=1&seed=1&picks={}&at={}", picks.join("."), picks.len())
    }
}

fn moment(path: &[u8]) -> Option<&'static Moment> {
    MOMENTS.iter().find(|moment| moment.path == path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::address::{self, Route};
    use sim_core::{
        explore::explore,
        lang::{Values, check},
        program::Program,
        session::{Frame, LaneState, PromiseState, Session},
    };
    use std::fmt::Write;

    fn program() -> Program {
        let lesson = lessons::find(LESSON).expect("the lesson is there");
        let scenario = check(lesson.scenario).scenario.expect("it has no mistakes");
        scenario.bind(&Values::default()).expect("it can run")
    }

    fn frame(picks: &[u32]) -> Frame {
        let text = lessons::find(LESSON).expect("the lesson is there").scenario;
        let mut session = Session::new(program(), text, 1);
        assert_eq!(session.follow(picks), picks.len());
        session.frame()
    }

    fn shared(frame: &Frame, name: &str) -> String {
        let one = frame.shared.iter().find(|shared| shared.place == name);
        one.expect("it is shared").value.clone()
    }

    fn client(frame: &Frame, lane: u32) -> String {
        let shown = frame.lane(lane).expect("it is shown");
        let offer = frame.offers.iter().find(|offer| offer.lane == lane);
        let pick = offer.and_then(|offer| offer.pick);
        let own = frame.steps.iter().filter(|step| step.lane == lane);
        let seen = own.clone().find_map(|step| match &step.action {
            sim_core::session::Action::Read { value, .. } => Some(value.clone()),
            _ => None,
        });
        match (own.count(), &shown.state, seen, pick) {
            (0, LaneState::Ready, None, Some(pick)) => format!("At::Start({pick})"),
            (1, LaneState::Ready, Some(seen), Some(pick)) => format!("At::Read({seen}, {pick})"),
            (1, LaneState::Ended, Some(seen), None) => format!("At::Refused({seen})"),
            (2, LaneState::Ended, Some(seen), None) => format!("At::Wrote({seen})"),
            other => panic!("the page has no words for {other:?}"),
        }
    }

    /// A moment and all behind it.
    fn walk(path: &[u8], picks: &[u32], out: &mut String) {
        let frame = frame(picks);
        let kept = frame.ending.is_some().then(|| {
            let broken = |state| matches!(state, PromiseState::Broken { .. });
            !frame.promises.iter().any(|promise| broken(promise.state.clone()))
        });
        let _ = writeln!(
            out,
            "    Moment {{ path: &{path:?}, clients: [{}, {}], balance: {}, paid: {}, kept: {kept:?} }},",
            client(&frame, 0),
            client(&frame, 1),
            shared(&frame, "balance"),
            shared(&frame, "dispensed"),
        );
        for offer in &frame.offers {
            let Some(pick) = offer.pick else { continue };
            walk(&[path, &[offer.lane as u8 + 1]].concat(), &[picks, &[pick]].concat(), out);
        }
    }

    #[test]
    fn the_table_is_what_the_engine_does() {
        let mut rows = String::new();
        walk(&[], &[], &mut rows);
        let now = format!(
            "//! All moments of the race on the first page, as the engine has them.\n\
             //!\n\
             //! Made by `UPDATE=1 cargo test -p web --lib front::hero`.\n\n\
             use super::hero::{{At, Moment}};\n\n\
             #[rustfmt::skip]\n\
             pub(super) static MOMENTS: &[Moment] = &[\n{rows}];\n"
        );
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/model/front/table.rs");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(path, &now).expect("the table can be written");
        }
        assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), now);
    }

    #[test]
    fn who_follows_what_is_suggested_loses_money_in_four_steps() {
        let mut hero = Hero::default();
        let mut steps = 0;
        while let Some(client) = hero.suggested().filter(|_| steps < 9) {
            hero.step(client);
            steps += 1;
        }
        let moment = hero.moment();
        assert_eq!((steps, moment.kept, moment.paid, moment.balance), (4, Some(false), 160, 20));
    }

    #[test]
    fn every_way_through_ends_as_often_as_the_explorer_says() {
        let ends = |kept| MOMENTS.iter().filter(|moment| moment.kept == Some(kept)).count();
        let report = explore(&program());
        let (failing, all) = (report.failing.number, report.schedules.number);
        assert_eq!(
            (ends(false).to_string(), (ends(false) + ends(true)).to_string()),
            (failing, all)
        );
    }

    #[test]
    fn one_after_the_other_is_refused_and_nothing_moves_after_the_end() {
        let mut hero = Hero::default();
        for client in [1, 1, 2] {
            hero.step(client);
        }
        assert_eq!(hero.moment().clients[1], At::Refused(20));
        assert_eq!(hero.moment().kept, Some(true));
        let before = hero.clone();
        for client in [1, 2, 0, 3] {
            hero.step(client);
        }
        assert_eq!(hero, before);
        hero.back();
        assert_eq!(hero.moment().clients, [At::Wrote(100), At::Start(1)]);
        hero.restart();
        hero.back();
        assert_eq!((hero.length(), hero.suggested()), (0, Some(1)));
    }

    /// The link opens the moment that the first page shows.
    #[test]
    fn the_run_opens_in_the_lesson() {
        for moment in MOMENTS {
            let hero = Hero { path: moment.path.to_vec() };
            let (Route::Bench(address), None) = address::parse(&hero.address()) else {
                panic!("{} leads nowhere", hero.address());
            };
            assert_eq!((address.lesson.as_str(), address.position), (LESSON, hero.length() as u32));
            let frame = frame(&address.picks);
            assert_eq!(shared(&frame, "balance"), moment.balance.to_string());
            assert_eq!(shared(&frame, "dispensed"), moment.paid.to_string());
        }
    }
}
