//! Text in, numbers out.

use sim_core::explore::{Report, Verdict, explore};
use sim_core::lang::check;
use sim_core::program::Program;

/// The program of a scenario whose body is given, with some parameters set.
pub(crate) fn program(body: &str, settings: &[(&str, &str)]) -> Program {
    let text = format!("scenario \"small\"\n{body}\n");
    let checked = check(&text);
    let scenario = checked.scenario.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let mut values = sim_core::lang::Values::defaults(scenario.params());
    for (name, value) in settings {
        values.set(scenario.params(), name, value).unwrap_or_else(|error| panic!("{error:?}"));
    }
    scenario.bind(&values).unwrap_or_else(|errors| panic!("{errors:?}"))
}

/// Everything about a program's schedules.
pub(crate) fn report(body: &str) -> Report {
    explore(&program(body, &[]))
}

/// `(schedules, failing)`, both exact.
pub(crate) fn counts(report: &Report) -> (u64, u64) {
    assert!(report.complete && report.schedules.exact && report.failing.exact, "{report:?}");
    let number = |text: &str| text.parse().expect("a small number");
    (number(&report.schedules.number), number(&report.failing.number))
}

/// Each outcome as `name=value …: schedules`, sorted, those left waiting marked.
pub(crate) fn outcomes(report: &Report) -> Vec<String> {
    let mut rows: Vec<String> = report
        .outcomes
        .iter()
        .map(|row| {
            let values: Vec<String> =
                row.values.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let stuck = if row.stuck { " waiting" } else { "" };
            format!("{}{stuck}: {}", values.join(" "), row.schedules.number)
        })
        .collect();
    rows.sort();
    rows
}

/// Asserts that no schedule fails and how many there are.
pub(crate) fn holds(body: &str, schedules: u64) {
    let report = report(body);
    assert_eq!(report.verdict, Verdict::Holds, "{report:?}");
    assert_eq!(counts(&report), (schedules, 0));
}
