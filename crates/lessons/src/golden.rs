//! What exploring finds in every lesson, as text. The committed copy can be compared natively, in
//! Node and in Chromium, and a change of a lesson or of the engine shows in it line by line.

use sim_core::{
    explore::{Count, Found, Report, explore},
    lang::{self, ParamKind, Scenario, Values},
};
use std::fmt::Write;

use crate::Lesson;

/// A number that has more values than this keeps its default.
const SMALL: i64 = 8;

/// Verdict and counts of every lesson, for all combinations of its choices, switches and numbers
/// that have few values; the rest has its default.
#[must_use]
pub fn goldens() -> String {
    let mut out = String::new();
    for lesson in crate::all() {
        let _ = writeln!(out, "{}", lesson.id);
        one(&mut out, lesson);
    }
    out
}

fn one(out: &mut String, lesson: &Lesson) {
    let Some(scenario) = lang::check(lesson.scenario).scenario else {
        let _ = writeln!(out, "  has mistakes");
        return;
    };
    for values in cases(&scenario) {
        let values = scenario.exploring(&values).unwrap_or(values);
        let settings: Vec<String> =
            values.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let _ = write!(out, "  {}: ", settings.join(" "));
        let _ = match scenario.bind(&values) {
            Ok(program) => writeln!(out, "{}", line(&explore(&program))),
            Err(_) => writeln!(out, "cannot run"),
        };
    }
}

/// The settings that are explored, in the order of the parameters.
fn cases(scenario: &Scenario) -> Vec<Values> {
    let mut cases = vec![Values::defaults(scenario.params())];
    for param in scenario.params() {
        let spelled: Vec<String> = match &param.kind {
            ParamKind::Choice { labels, .. } => labels.clone(),
            ParamKind::Bool { .. } => vec!["false".to_owned(), "true".to_owned()],
            ParamKind::Int { least, greatest, .. } if greatest - least < SMALL => {
                (*least..=*greatest).map(|number| number.to_string()).collect()
            }
            _ => continue,
        };
        let set = |case: &Values, value: &String| {
            let mut case = case.clone();
            case.set(scenario.params(), &param.name, value).ok().map(|()| case)
        };
        cases = cases
            .iter()
            .flat_map(|case| spelled.iter().filter_map(move |value| set(case, value)))
            .collect();
    }
    cases
}

fn line(report: &Report) -> String {
    let mut out = format!(
        "{:?}, {} of {} schedules fail, {} states, {} transitions",
        report.verdict,
        count(&report.failing),
        count(&report.schedules),
        report.states,
        report.transitions
    );
    for broken in &report.broken {
        let _ = write!(out, ", promise {} {}", broken.promise, found(&broken.found));
    }
    let endings = [
        ("deadlock", &report.deadlocks),
        ("stuck", &report.stuck),
        ("never ends", &report.never_ends),
    ];
    for (name, ending) in endings {
        if let Some(ending) = ending {
            let _ = write!(out, ", {name} {}", found(ending));
        }
    }
    if report.circles > 0 {
        let _ = write!(out, ", {} circles", report.circles);
    }
    if !report.complete {
        out.push_str(", not complete");
    }
    out
}

fn count(count: &Count) -> String {
    let more = if count.exact { "" } else { "+" };
    format!("{}{more}", count.number)
}

fn found(found: &Found) -> String {
    format!("in {} by {} steps", count(&found.schedules), found.shortest.len())
}
