//! What the tests of single lessons share: settings, counts, moments of schedules, grading.

#![allow(dead_code, reason = "no test uses all of it")]

use lessons::{Condition, Kind, Lesson, Refusal, STEPS_MEASURED, Unmet};
use sim_core::{
    explore::{Report, Verdict, explore},
    lang::{self, Scenario, Values},
    machine::Machine,
    measure::{GoalState, MeasuresView, Meter, Unit},
    program::Program,
    session::{Frame, Session, Whole},
};

/// Names of parameters and their values, as a text spells them.
pub(crate) type Settings<'a> = &'a [(&'a str, &'a str)];

/// A lesson under test.
#[derive(Clone, Copy)]
pub(crate) struct Bench(pub(crate) &'static Lesson);

/// The lesson with an id.
pub(crate) fn bench(id: &str) -> Bench {
    Bench(lessons::find(id).expect("the lesson is there"))
}

fn scenario(text: &str) -> Scenario {
    lang::check(text).scenario.expect("the text is right")
}

fn values(scenario: &Scenario, settings: Settings<'_>) -> Values {
    let mut values = Values::default();
    for (name, value) in settings {
        values.set(scenario.params(), name, value).expect("the parameter takes it");
    }
    values
}

/// "4 of 6" for how many schedules fail, with "at least" where circles make it so.
pub(crate) fn told(report: &Report) -> String {
    let inexact = if report.schedules.exact { "" } else { "at least " };
    format!("{} of {inexact}{}", report.failing.number, report.schedules.number)
}

impl Bench {
    /// The lesson's text under settings.
    pub(crate) fn bind(self, settings: Settings<'_>) -> Program {
        let scenario = scenario(self.0.scenario);
        scenario.bind(&values(&scenario, settings)).expect("it can run")
    }

    /// The lesson's text under settings, as it is searched: lowered as its `explore` says.
    pub(crate) fn searched(self, settings: Settings<'_>) -> Program {
        let scenario = scenario(self.0.scenario);
        let values = scenario.exploring(&values(&scenario, settings)).expect("it can be lowered");
        scenario.bind(&values).expect("it can run")
    }

    /// What exploring finds.
    pub(crate) fn report(self, settings: Settings<'_>) -> Report {
        let report = explore(&self.searched(settings));
        assert!(report.complete, "{settings:?} is not wholly explored");
        report
    }

    /// How many schedules fail, of how many.
    pub(crate) fn counts(self, settings: Settings<'_>) -> String {
        told(&self.report(settings))
    }

    /// The words of the promises that some schedule breaks.
    pub(crate) fn broken(self, settings: Settings<'_>) -> Vec<String> {
        let program = self.bind(settings);
        let report = self.report(settings);
        let why = |promise: u32| {
            program
                .why(&program.promises[promise as usize])
                .expect("promises of lessons have words")
        };
        report.broken.iter().map(|broken| why(broken.promise)).collect()
    }

    /// The least number of steps to a break of the promise with these words.
    pub(crate) fn shortest(self, settings: Settings<'_>, why: &str) -> usize {
        let program = self.bind(settings);
        let report = self.report(settings);
        let is_it =
            |promise: u32| program.why(&program.promises[promise as usize]).as_deref() == Some(why);
        let broken = report.broken.iter().find(|broken| is_it(broken.promise));
        broken.expect("some schedule breaks it").found.shortest.len()
    }

    /// The text's schedule, played to its end.
    pub(crate) fn play(self, schedule: &str, settings: Settings<'_>) -> Session {
        let program = self.bind(settings);
        let index = program.schedules.iter().position(|one| one.name == schedule);
        let mut session = Session::new(program, self.0.scenario, 1);
        assert!(session.play_schedule(index.expect("the schedule is there")), "{schedule} fits");
        assert_eq!(session.frame().skipped, [""; 0], "every entry of {schedule} can move");
        session
    }

    /// The moment of a stop.
    pub(crate) fn stop(self, id: &str) -> Frame {
        let stop = self.0.stops.iter().find(|stop| stop.id == id).expect("the stop is there");
        let mut session = self.play(stop.schedule, stop.settings);
        session.seek(stop.step);
        assert_eq!(session.frame().position, stop.step, "{id} is a moment of {}", stop.schedule);
        session.frame()
    }

    /// What a fix still lacks in its first case that lacks something, for a text and settings.
    pub(crate) fn grade(
        self,
        id: &str,
        text: &str,
        settings: Settings<'_>,
    ) -> Result<Option<Unmet>, Refusal> {
        let challenge = self.0.challenges.iter().find(|one| one.id == id).expect("it is there");
        assert_eq!(challenge.kind, Kind::Fix);
        values(&scenario(text), settings);
        let spell = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let settings: Vec<_> = settings.iter().map(spell).collect();
        let cases = challenge.grade(text, &settings, |_, program| explore(program))?;
        for case in &cases {
            let report = case.report.as_ref().expect("it can run");
            assert_ne!(report.verdict, Verdict::Undecided);
        }
        Ok(cases.into_iter().find_map(|case| case.lacks))
    }

    /// Grades the lesson's own text.
    pub(crate) fn grade_own(
        self,
        id: &str,
        settings: Settings<'_>,
    ) -> Result<Option<Unmet>, Refusal> {
        self.grade(id, self.0.scenario, settings)
    }

    /// The lesson's text with something else in one place.
    pub(crate) fn with(self, from: &str, to: &str) -> String {
        assert!(self.0.scenario.contains(from), "the text has no {from:?}");
        self.0.scenario.replacen(from, to, 1)
    }

    /// Whether picks by hand do a break.
    pub(crate) fn breaks(self, id: &str, settings: Settings<'_>, picks: &[u32]) -> bool {
        let mut session = self.session(settings);
        for pick in picks {
            assert!(session.pick(*pick), "{pick} can be picked");
        }
        self.is_broken(id, &session.frame())
    }

    /// Whether a moment does a break.
    pub(crate) fn is_broken(self, id: &str, frame: &Frame) -> bool {
        let challenge = self.0.challenges.iter().find(|one| one.id == id).expect("it is there");
        assert_eq!(challenge.kind, Kind::Break);
        challenge.is_broken_in(frame)
    }

    /// A run by the clock, to its end: how it ends, and what is measured of it.
    pub(crate) fn by_the_clock(self, settings: Settings<'_>) -> (Frame, MeasuresView) {
        let mut session = self.session(settings);
        while session.clock() {}
        (session.frame(), session.measures())
    }

    /// What a run by the clock is measured to, by its seed. Nothing is kept of it, so it may be long.
    pub(crate) fn measured(self, seed: u64, settings: Settings<'_>) -> Measured {
        let machine = Machine::new(self.bind(settings));
        let mut meter = Meter::new(&machine);
        let whole = Whole::run(&machine, None, seed, STEPS_MEASURED, &mut meter);
        assert!(whole.end.is_some() || whole.clock_over, "{settings:?} comes to its end");
        let program = machine.program();
        if let Some(length) = program.run.length.filter(|_| whole.cut) {
            meter.ends_at(length.max(0) as u64);
        }
        Measured(meter.view(program, &|_| 0))
    }

    /// Whether runs by the clock meet the goals of a challenge, for a text and settings.
    pub(crate) fn meets(self, id: &str, text: &str, settings: Settings<'_>) -> bool {
        let challenge = self.0.challenges.iter().find(|one| one.id == id).expect("it is there");
        let spell = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let settings: Vec<_> = settings.iter().map(spell).collect();
        let cases = challenge.measure(text, &settings, |_| {}).expect("it can be judged");
        assert!(
            cases.iter().all(|case| !matches!(case.lacks, Some(Unmet::Condition(_)))),
            "{cases:?}"
        );
        cases.iter().all(|case| case.lacks.is_none())
    }

    /// A run that has not begun.
    pub(crate) fn session(self, settings: Settings<'_>) -> Session {
        Session::new(self.bind(settings), self.0.scenario, 1)
    }
}

/// What a run by the clock was measured to.
pub(crate) struct Measured(MeasuresView);

impl Measured {
    /// A measure by its dotted name: pieces as they are, times in milliseconds, rates in pieces a
    /// second, shares in tenths of a percent, each rounded.
    pub(crate) fn of(&self, name: &str) -> i64 {
        let figure = self.0.find(name).unwrap_or_else(|| panic!("{name} is not measured"));
        let unit = match figure.unit {
            Unit::Number => 1,
            Unit::Time | Unit::Rate | Unit::Fraction => 1_000_000,
            Unit::Share => 1_000,
        };
        (figure.value + unit / 2) / unit
    }

    /// Several of them.
    pub(crate) fn all<const N: usize>(&self, names: [&str; N]) -> [i64; N] {
        names.map(|name| self.of(name))
    }
}

/// The value of something shared.
pub(crate) fn shared(frame: &Frame, place: &str) -> String {
    let found = frame.shared.iter().find(|shared| shared.place == place);
    found.unwrap_or_else(|| panic!("{place} is not shared")).value.clone()
}

/// What a table holds that is committed: its rows as `1: 70, 2: 100`.
pub(crate) fn rows(frame: &Frame, table: &str) -> String {
    let tables = frame.databases.iter().flat_map(|database| &database.tables);
    let table = tables.into_iter().find(|one| one.name == table).expect("the table is there");
    let newest = table.rows.iter().filter_map(|row| {
        let version = row.versions.iter().find(|version| version.newest)?;
        Some(format!("{}: {}", row.key, version.value))
    });
    newest.collect::<Vec<_>>().join(", ")
}

/// Whether each goal is met, in text order.
pub(crate) fn met(measures: &MeasuresView) -> Vec<bool> {
    measures.goals.iter().map(|goal| goal.state == GoalState::Held).collect()
}

/// A time that was measured, in milliseconds: the middle one and the longest.
pub(crate) fn spread(measures: &MeasuresView, name: &str) -> (i64, i64) {
    let row = measures.spreads.iter().find(|row| row.name == name);
    let row = row.unwrap_or_else(|| panic!("{name} is not measured"));
    (row.p50 / 1_000_000, row.max / 1_000_000)
}

/// The first local of each lane that has one by this name.
pub(crate) fn locals(frame: &Frame, name: &str) -> Vec<String> {
    let of = |lane: &sim_core::session::Lane| {
        lane.locals.iter().find(|local| local.name == name).map(|local| local.value.clone())
    };
    frame.lanes.iter().filter_map(of).collect()
}

/// A grade that lacks a condition.
pub(crate) fn lacks(condition: &'static Condition) -> Result<Option<Unmet>, Refusal> {
    Ok(Some(Unmet::Condition(condition)))
}
