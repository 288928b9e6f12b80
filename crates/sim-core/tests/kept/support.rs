//! Text in, numbers out.

use crate::{compare, walk};
use sim_core::explore::{Explorer, Options, Report, explore};
use sim_core::lang::{Values, check};
use sim_core::program::Program;
use sim_core::session::Session;

fn text(body: &str) -> String {
    format!("scenario \"kept\"\n{body}\n")
}

/// The program of a scenario whose body is given, with some parameters set.
pub(crate) fn program(body: &str, settings: &[(&str, &str)]) -> Program {
    let checked = check(&text(body));
    let scenario = checked.scenario.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let mut values = Values::defaults(scenario.params());
    for (name, value) in settings {
        values.set(scenario.params(), name, value).unwrap_or_else(|error| panic!("{error:?}"));
    }
    scenario.bind(&values).unwrap_or_else(|errors| panic!("{errors:?}"))
}

/// The codes of all mistakes of a scenario.
pub(crate) fn mistakes(body: &str) -> Vec<&'static str> {
    check(&text(body)).diagnostics.iter().map(|one| one.message.code().0).collect()
}

/// Everything about a program's schedules, with some parameters set.
pub(crate) fn explored(body: &str, settings: &[(&str, &str)]) -> Report {
    explore(&program(body, settings))
}

/// `(schedules, failing)`, both exact.
pub(crate) fn counts(report: &Report) -> (u64, u64) {
    assert!(report.complete && report.schedules.exact && report.failing.exact, "{report:?}");
    let number = |text: &str| text.parse().expect("a small number");
    (number(&report.schedules.number), number(&report.failing.number))
}

/// The explorer against walking every schedule, with symmetry and without.
pub(crate) fn agrees(body: &str) {
    let program = program(body, &[]);
    let walked = walk::walk(&program, 400_000).unwrap_or_else(|| panic!("too many: {body}"));
    for symmetry in [true, false] {
        let options = Options { symmetry, reduction: symmetry, ..Options::default() };
        let mut explorer = Explorer::with(&program, options);
        while !explorer.advance(usize::MAX) {}
        let found = explorer.report();
        let told = compare::differ(&found, &walked);
        assert_eq!(told, Ok(()), "symmetry {symmetry}: {body}\n{found:?}");
    }
}

/// A run by the clock to its end.
pub(crate) fn run(body: &str, settings: &[(&str, &str)], seed: u64) -> Session {
    let mut session = Session::new(program(body, settings), &text(body), seed);
    while session.clock() {}
    session
}

/// What something shows at the end of a run.
pub(crate) fn shown(session: &mut Session, place: &str) -> String {
    let frame = session.frame();
    let found = frame.shared.iter().find(|shared| shared.place == place);
    found.unwrap_or_else(|| panic!("no {place} in {:?}", frame.shared)).value.clone()
}
