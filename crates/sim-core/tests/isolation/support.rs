//! A scenario's schedule played, and what it came to.

use sim_core::explore::{Report, Verdict, explore};
use sim_core::lang::{Values, check};
use sim_core::program::Program;
use sim_core::session::Session;

pub(crate) const LEVELS: [&str; 3] = ["read_committed", "repeatable_read", "serializable"];

/// The program of a text, with some parameters set.
fn program(text: &str, settings: &[(&str, &str)]) -> Program {
    let checked = check(text);
    let scenario = checked.scenario.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let mut values = Values::defaults(scenario.params());
    for (name, value) in settings {
        values.set(scenario.params(), name, value).unwrap_or_else(|error| panic!("{error:?}"));
    }
    scenario.bind(&values).unwrap_or_else(|errors| panic!("{errors:?}"))
}

/// What playing a text's first schedule comes to.
#[derive(Debug)]
pub(crate) struct Played {
    /// What is shown at its end: rows, counters.
    shown: Vec<(String, String)>,
    /// Errors, each with whose it was, in their order.
    pub(crate) errors: Vec<String>,
}

/// Plays the schedule of a text at a level; the rest, if any, goes on by the clock.
pub(crate) fn play(text: &str, level: &str, more: &[(&str, &str)]) -> Played {
    let settings = [&[("level", level)], more].concat();
    let mut session = Session::new(program(text, &settings), text, 1);
    assert!(session.play_schedule(0));
    while session.clock() {}
    let frame = session.frame();
    let shown = frame.shared.iter().map(|one| (one.place.clone(), one.value.clone())).collect();
    let errors = frame
        .steps
        .iter()
        .filter_map(|step| Some(format!("{}: {}", step.name, step.raised.as_ref()?.0)))
        .collect();
    Played { shown, errors }
}

impl Played {
    /// The value of a row or counter; `-` where there is no such row.
    fn value(&self, place: &str) -> &str {
        self.shown.iter().find(|(known, _)| known == place).map_or("-", |(_, value)| value)
    }

    /// Values in one text.
    pub(crate) fn values(&self, places: &[&str]) -> String {
        places.iter().map(|place| self.value(place)).collect::<Vec<_>>().join(" ")
    }

    /// The rows 1 and 2.
    pub(crate) fn rows(&self) -> String {
        self.values(&["test[1]", "test[2]"])
    }
}

/// Everything about a text's schedules at a level.
pub(crate) fn searched(text: &str, level: &str, more: &[(&str, &str)]) -> Report {
    let settings = [&[("level", level)], more].concat();
    let report = explore(&program(text, &settings));
    assert!(report.complete, "{level} {more:?}: {report:?}");
    report
}

/// Asserts that every schedule keeps the promise at these levels, and that some break it at all
/// others.
pub(crate) fn holds_only_at(text: &str, held: &[&str], more: &[(&str, &str)]) {
    for level in LEVELS {
        let report = searched(text, level, more);
        let expected = if held.contains(&level) { Verdict::Holds } else { Verdict::Broken };
        assert_eq!(report.verdict, expected, "{level} {more:?}");
        assert_eq!(report.broken.is_empty(), held.contains(&level), "{level} {more:?}: {report:?}");
    }
}
