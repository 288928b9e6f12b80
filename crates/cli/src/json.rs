//! What `--json` writes. `docs/json.md` describes it, and a test holds the two together.
//!
//! Numbers of any size are decimal strings; keys are stable.

use serde::{Serialize, Serializer};
use sim_core::{
    explore::{Bound, Count, Found, Report},
    lang::{Param, ParamKind, line_column},
    program::{PromiseKind, spell_duration, spell_percent, spell_rate},
    say::Lang,
    session::{Crowd, CrowdKind},
};

use crate::input::{Mistake, Source};

/// Which Lockstep wrote it.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Pairs, written as an object in their order.
pub(crate) struct Pairs(pub(crate) Vec<(String, String)>);

impl Serialize for Pairs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// A value as JSON text with a line end.
pub(crate) fn text(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value).expect("plain data has a JSON form");
    format!("{text}\n")
}

#[derive(Serialize)]
pub(crate) struct Diagnostic {
    pub(crate) code: &'static str,
    pub(crate) severity: &'static str,
    pub(crate) place: Option<Place>,
    pub(crate) argument: Option<String>,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct Place {
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) end_line: u32,
    pub(crate) end_column: u32,
}

#[derive(Serialize)]
pub(crate) struct Invalid {
    pub(crate) lockstep: &'static str,
    pub(crate) verdict: &'static str,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

#[derive(Serialize)]
pub(crate) struct Valid {
    pub(crate) lockstep: &'static str,
    pub(crate) verdict: &'static str,
    pub(crate) title: String,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

#[derive(Serialize)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) label: Option<String>,
    pub(crate) default: String,
    pub(crate) least: Option<String>,
    pub(crate) greatest: Option<String>,
    pub(crate) labels: Option<Vec<String>>,
}

#[derive(Serialize)]
pub(crate) struct Run {
    pub(crate) lockstep: &'static str,
    pub(crate) title: String,
    pub(crate) parameters: Pairs,
    pub(crate) seed: String,
    pub(crate) verdict: &'static str,
    pub(crate) ending: &'static str,
    pub(crate) waiting: Vec<String>,
    pub(crate) promises: Vec<Promise>,
    pub(crate) picks: Vec<u32>,
    pub(crate) steps: Vec<Step>,
    pub(crate) steps_taken: u64,
    pub(crate) skipped: Vec<String>,
    #[serde(rename = "final")]
    pub(crate) last: Pairs,
    pub(crate) goals: Vec<Goal>,
    pub(crate) measured_until: String,
    pub(crate) measures: Pairs,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) ceilings: Vec<Met>,
    pub(crate) theory: Vec<Theory>,
    pub(crate) fingerprint: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) chance: Option<Chance>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A ceiling that a run met: of what, whose, how many there may be.
#[derive(Serialize)]
pub(crate) struct Met {
    pub(crate) of: CrowdKind,
    pub(crate) name: String,
    pub(crate) most: u32,
}

pub(crate) fn ceilings(crowds: &[Crowd]) -> Vec<Met> {
    let met = |crowd: &Crowd| Met { of: crowd.kind, name: crowd.name.clone(), most: crowd.most };
    crowds.iter().map(met).collect()
}

/// How likely a failure is from a moment, and along its run.
#[derive(Serialize)]
pub(crate) struct Chance {
    pub(crate) step: u32,
    pub(crate) continuations: u32,
    pub(crate) broken: u32,
    pub(crate) not_ended: u32,
    pub(crate) interval: [f64; 2],
    pub(crate) promises: Vec<u32>,
    pub(crate) deadlocks: u32,
    pub(crate) stuck: u32,
    pub(crate) already: Vec<u32>,
    pub(crate) along: Vec<Moment>,
    pub(crate) cut: bool,
    pub(crate) rise: Option<Rise>,
}

#[derive(Serialize)]
pub(crate) struct Moment {
    pub(crate) step: u32,
    pub(crate) continuations: u32,
    pub(crate) broken: u32,
    pub(crate) not_ended: u32,
    pub(crate) interval: [f64; 2],
}

#[derive(Serialize)]
pub(crate) struct Rise {
    pub(crate) before: u32,
    pub(crate) after: u32,
    pub(crate) from: f64,
    pub(crate) to: f64,
}

/// A `goal`, judged.
#[derive(Serialize)]
pub(crate) struct Goal {
    pub(crate) condition: String,
    pub(crate) why: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) now: Option<String>,
    pub(crate) line: u32,
    pub(crate) state: &'static str,
    pub(crate) sides: Vec<Side>,
    pub(crate) unmeasured: Vec<String>,
}

/// A comparison in a goal, both sides as whole numbers.
#[derive(Serialize)]
pub(crate) struct Side {
    pub(crate) left: String,
    pub(crate) sign: String,
    pub(crate) right: String,
    pub(crate) left_value: Option<String>,
    pub(crate) right_value: Option<String>,
}

/// What theory says of a service.
#[derive(Serialize)]
pub(crate) struct Theory {
    pub(crate) service: String,
    pub(crate) model: Option<String>,
    pub(crate) why_not: Option<&'static str>,
    pub(crate) figures: Vec<Beside>,
}

/// A number of theory beside what was measured.
#[derive(Serialize)]
pub(crate) struct Beside {
    pub(crate) measure: String,
    pub(crate) unit: &'static str,
    pub(crate) measured: Option<String>,
    pub(crate) theory: String,
}

/// Runs by many seeds.
#[derive(Serialize)]
pub(crate) struct Runs {
    pub(crate) lockstep: &'static str,
    pub(crate) title: String,
    pub(crate) parameters: Pairs,
    pub(crate) verdict: &'static str,
    pub(crate) goals: Vec<Goal>,
    pub(crate) runs: Vec<SeedRun>,
    pub(crate) measures: Pairs,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) ceilings: Vec<Met>,
    pub(crate) theory: Vec<Theory>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

#[derive(Serialize)]
pub(crate) struct SeedRun {
    pub(crate) seed: String,
    pub(crate) verdict: &'static str,
    pub(crate) ending: &'static str,
    pub(crate) steps: u32,
    pub(crate) now: String,
    pub(crate) fingerprint: String,
}

#[derive(Serialize)]
pub(crate) struct Promise {
    pub(crate) kind: &'static str,
    pub(crate) condition: String,
    pub(crate) why: Option<String>,
    pub(crate) line: u32,
    pub(crate) state: &'static str,
    pub(crate) step: Option<u32>,
}

#[derive(Serialize)]
pub(crate) struct Step {
    pub(crate) step: u32,
    pub(crate) process: String,
    pub(crate) pick: u32,
    pub(crate) line: u32,
    pub(crate) at: String,
    pub(crate) action: String,
}

#[derive(Serialize)]
pub(crate) struct Explore {
    pub(crate) lockstep: &'static str,
    pub(crate) title: String,
    pub(crate) parameters: Pairs,
    pub(crate) verdict: &'static str,
    pub(crate) complete: bool,
    pub(crate) stopped: Option<&'static str>,
    pub(crate) lowered: Pairs,
    pub(crate) bounds: Pairs,
    pub(crate) from: Vec<u32>,
    pub(crate) states: String,
    pub(crate) followed: String,
    pub(crate) certainty: u32,
    pub(crate) transitions: String,
    pub(crate) schedules: Number,
    pub(crate) failing: Number,
    pub(crate) broken: Vec<Broken>,
    pub(crate) deadlocks: Option<Failure>,
    pub(crate) stuck: Option<Failure>,
    pub(crate) never_ends: Option<Failure>,
    pub(crate) circles: String,
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) counters_left_out: bool,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A number of schedules.
#[derive(Serialize)]
pub(crate) struct Number {
    pub(crate) number: String,
    pub(crate) exact: bool,
}

#[derive(Serialize)]
pub(crate) struct Broken {
    pub(crate) kind: &'static str,
    pub(crate) condition: String,
    pub(crate) why: Option<String>,
    #[serde(flatten)]
    pub(crate) failure: Failure,
}

#[derive(Serialize)]
pub(crate) struct Failure {
    pub(crate) schedules: Number,
    pub(crate) shortest: bool,
    pub(crate) picks: Vec<u32>,
    pub(crate) steps: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) waits: Option<Vec<String>>,
}

#[derive(Serialize)]
pub(crate) struct Outcome {
    pub(crate) values: Pairs,
    pub(crate) schedules: Number,
    pub(crate) failing: Number,
    pub(crate) stuck: bool,
    pub(crate) picks: Vec<u32>,
}

/// Hand-ins, graded.
#[derive(Serialize)]
pub(crate) struct Graded {
    pub(crate) lockstep: &'static str,
    pub(crate) lesson: &'static str,
    pub(crate) verdict: &'static str,
    pub(crate) done: usize,
    pub(crate) challenges: Vec<Challenge>,
    pub(crate) hand_ins: Vec<HandIn>,
}

#[derive(Serialize)]
pub(crate) struct Challenge {
    pub(crate) number: usize,
    pub(crate) id: &'static str,
    pub(crate) kind: &'static str,
}

#[derive(Serialize)]
pub(crate) struct HandIn {
    pub(crate) name: String,
    pub(crate) verdict: &'static str,
    pub(crate) challenges: Vec<Mark>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// What a challenge came to.
#[derive(Serialize)]
pub(crate) struct Mark {
    pub(crate) id: &'static str,
    pub(crate) verdict: &'static str,
    pub(crate) reason: Option<&'static str>,
    pub(crate) why: Option<String>,
    pub(crate) schedule: Option<Shown>,
    pub(crate) cases: Vec<Case>,
}

/// A schedule that shows a break.
#[derive(Serialize)]
pub(crate) struct Shown {
    pub(crate) name: String,
    pub(crate) parameters: Pairs,
    pub(crate) picks: Vec<u32>,
}

/// A case of a fix, or of goals to be met.
#[derive(Serialize)]
pub(crate) struct Case {
    pub(crate) parameters: Pairs,
    pub(crate) verdict: &'static str,
    pub(crate) reason: Option<&'static str>,
    pub(crate) schedules: Option<Number>,
    pub(crate) failing: Option<Number>,
    pub(crate) picks: Option<Vec<u32>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) runs: Vec<CaseRun>,
}

/// A run by the clock, of a case of goals to be met.
#[derive(Serialize)]
pub(crate) struct CaseRun {
    pub(crate) seed: String,
    pub(crate) verdict: &'static str,
    pub(crate) goal: Option<Goal>,
}

pub(crate) fn diagnostics(source: &Source, mistakes: &[Mistake], lang: Lang) -> Vec<Diagnostic> {
    let written = mistakes.iter().map(|mistake| {
        let said = mistake.message.say(lang);
        let text = match &mistake.argument {
            Some(argument) => argument.strip_prefix("--picks ").unwrap_or(argument),
            None => &source.text,
        };
        let place = mistake.span.as_ref().map(|span| {
            let (line, column) = line_column(text, span.start);
            let (end_line, end_column) = line_column(text, span.end);
            Place { line, column, end_line, end_column }
        });
        Diagnostic {
            code: mistake.code,
            severity: "error",
            place,
            argument: mistake.argument.clone(),
            message: said.message,
            help: said.help,
        }
    });
    written.collect()
}

pub(crate) fn parameter(param: &Param) -> Parameter {
    let (kind, least, greatest, labels) = match &param.kind {
        ParamKind::Int { least, greatest, .. } => {
            ("int", Some(least.to_string()), Some(greatest.to_string()), None)
        }
        ParamKind::Duration { least, greatest, .. } => {
            let (least, greatest) = (spell_duration(*least), spell_duration(*greatest));
            ("duration", Some(least), Some(greatest), None)
        }
        ParamKind::Rate { least, greatest, .. } => {
            ("rate", Some(spell_rate(*least)), Some(spell_rate(*greatest)), None)
        }
        ParamKind::Percent { least, greatest, .. } => {
            ("percent", Some(spell_percent(*least)), Some(spell_percent(*greatest)), None)
        }
        ParamKind::Bool { .. } => ("bool", None, None, None),
        ParamKind::Choice { labels, .. } => ("choice", None, None, Some(labels.clone())),
    };
    Parameter {
        name: param.name.clone(),
        kind,
        label: param.label.clone(),
        default: param.default_value().to_string(),
        least,
        greatest,
        labels,
    }
}

pub(crate) fn number(count: &Count) -> Number {
    Number { number: count.number.clone(), exact: count.exact }
}

pub(crate) fn failure(found: &Found, steps: Vec<String>, waits: Option<Vec<String>>) -> Failure {
    let (schedules, picks) = (number(&found.schedules), found.shortest.clone());
    Failure { schedules, shortest: found.least, picks, steps, waits }
}

pub(crate) fn bound(bound: &Bound) -> (String, String) {
    let (name, most) = bound.parts();
    (name.to_owned(), most.to_string())
}

pub(crate) fn promise_kind(kind: PromiseKind) -> &'static str {
    match kind {
        PromiseKind::Always => "always",
        PromiseKind::Finally => "finally",
        PromiseKind::Assert => "assert",
    }
}

pub(crate) fn outcomes(report: &Report) -> Vec<Outcome> {
    let rows = report.outcomes.iter().map(|row| Outcome {
        values: Pairs(row.values.clone()),
        schedules: number(&row.schedules),
        failing: number(&row.failing),
        stuck: row.stuck,
        picks: row.example.clone(),
    });
    rows.collect()
}
