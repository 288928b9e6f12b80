//! Looking at every schedule, in slices, so that the page hears how far it has got.
//!
//! Slices are counted in states, not in time: the same text gives the same messages anywhere.

use lessons::{Challenge, Condition, Refusal, Unmet};
use sim_core::{
    explore::{Explorer, Progress, Report},
    hint,
    lang::{self, Values},
    program::Program,
    say::Lang,
};

use crate::protocol::{Case, Explored, Grade, Lack, Refused, Reply, Settings};

/// States looked at between two words to the page: some 30 milliseconds' worth.
const SLICE_STATES: usize = 5_000;

/// Looks at every schedule of a text, with those parameters lowered that it lowers for that;
/// nothing when it does not run. Before it begins, it is told if it will take long.
pub(super) fn explore(
    text: &str,
    settings: &Settings,
    mut tell: impl FnMut(Reply),
) -> Option<Explored> {
    let scenario = lang::check(text).scenario?;
    let mut asked = Values::defaults(scenario.params());
    for (name, value) in settings {
        // What the text does not take has its default, as in the run shown.
        let _ = asked.set(scenario.params(), name, value);
    }
    let values = scenario.exploring(&asked).ok()?;
    let program = scenario.bind(&values).ok()?;
    if let Some(hint) = hint(&scenario, &values) {
        tell(Reply::Large(hint));
    }
    let lowered = program
        .settings
        .iter()
        .filter(|(name, value)| asked.get(name).is_some_and(|one| one.to_string() != *value));
    Some(Explored {
        lowered: lowered.cloned().collect(),
        settings: program.settings.clone(),
        report: search(&program, |progress| tell(Reply::Progress { case: 0, progress })),
    })
}

/// Looks at every schedule of a text in each case of a challenge.
pub(super) fn grade(
    text: &str,
    challenge: &'static Challenge,
    settings: &Settings,
    mut tell: impl FnMut(u32, Progress),
) -> Grade {
    let refuse = |why| Grade { refused: Some(why), cases: Vec::new() };
    let Some(scenario) = lang::check(text).scenario else { return refuse(Refused::Mistakes) };
    let mut chosen = Values::default();
    for (name, value) in settings {
        // What the text does not take has its default, as in the run shown.
        let _ = chosen.set(scenario.params(), name, value);
    }
    let cases = match challenge.cases(&scenario, &chosen) {
        Ok(cases) => cases,
        Err(refusal) => return refuse(refused(refusal)),
    };
    let mut grade = Grade::default();
    for (at, values) in cases.iter().enumerate() {
        let spell = |(name, value): (&str, &lang::Value)| (name.to_owned(), value.to_string());
        let settings: Settings = values.iter().map(spell).collect();
        let varied = settings.iter().filter(|(name, _)| is_varied(challenge, name));
        let mut case = Case {
            varied: varied.cloned().collect(),
            settings: settings.clone(),
            report: None,
            lacks: Some(Lack::DoesNotRun),
        };
        // A case is judged as the text lowers it for a search.
        let explored = scenario.exploring(values);
        if let Ok(program) = explored.and_then(|values| scenario.bind(&values)) {
            case.settings.clone_from(&program.settings);
            if let Err(refusal) = challenge.keeps_promises(&program) {
                return refuse(refused(refusal));
            }
            let report = search(&program, |far| tell(at as u32, far));
            case.lacks = challenge.judge(&program, &report).map(lack);
            case.report = Some(report);
        }
        grade.cases.push(case);
    }
    grade
}

fn is_varied(challenge: &Challenge, name: &str) -> bool {
    challenge.vary.iter().any(|varied| varied.param == name)
}

fn refused(refusal: Refusal) -> Refused {
    match refusal {
        Refusal::PromiseGone(condition) => Refused::PromiseGone(condition.to_owned()),
        Refusal::Parameter(diagnostic) => {
            Refused::Parameter(Lang::ALL.iter().map(|lang| diagnostic.say(*lang).message).collect())
        }
    }
}

fn lack(unmet: Unmet) -> Lack {
    let owned = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    match unmet {
        Unmet::Condition(Condition::Is { param, value }) => {
            let (param, value) = owned(param, value);
            Lack::Is(param, value)
        }
        Unmet::Condition(Condition::IsNot { param, value }) => {
            let (param, value) = owned(param, value);
            Lack::IsNot(param, value)
        }
        Unmet::Condition(Condition::AtMost { tool, most }) => {
            Lack::AtMost(tool.word().to_owned(), *most)
        }
        Unmet::Fails => Lack::Fails,
        Unmet::Ends { name, value } => {
            let (name, value) = owned(name, value);
            Lack::Ends(name, value)
        }
        Unmet::Reaches { name, value } => {
            let (name, value) = owned(name, value);
            Lack::Reaches(name, value)
        }
        Unmet::Undecided => Lack::Undecided,
    }
}

fn search(program: &Program, mut tell: impl FnMut(Progress)) -> Report {
    let mut explorer = Explorer::new(program);
    while !explorer.advance(SLICE_STATES) {
        tell(explorer.progress());
    }
    explorer.report()
}
