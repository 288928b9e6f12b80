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
    let look = |case: u32, program: &Program| search(program, |far| tell(case, far));
    match challenge.grade(text, settings, look) {
        Err(refusal) => Grade { refused: Some(refused(refusal)), cases: Vec::new() },
        Ok(cases) => Grade { refused: None, cases: cases.into_iter().map(case).collect() },
    }
}

fn case(graded: lessons::Case) -> Case {
    let lessons::Case { varied, settings, report, lacks } = graded;
    Case { varied, settings, report, lacks: lacks.map(lack) }
}

fn refused(refusal: Refusal) -> Refused {
    match refusal {
        Refusal::Mistakes(_) => Refused::Mistakes,
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
        Unmet::DoesNotRun => Lack::DoesNotRun,
    }
}

fn search(program: &Program, mut tell: impl FnMut(Progress)) -> Report {
    let mut explorer = Explorer::new(program);
    while !explorer.advance(SLICE_STATES) {
        tell(explorer.progress());
    }
    explorer.report()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim_core::explore;

    /// The page searches in slices and says words of its own; its verdicts are those of anybody
    /// else who grades.
    #[test]
    fn the_page_grades_as_the_terminal_does() {
        let mut graded = 0;
        for lesson in lessons::all() {
            for challenge in lesson.challenges {
                let settings = challenge.asked();
                let page = grade(lesson.scenario, challenge, &settings, |_, _| {});
                let search = |_, program: &Program| explore::explore(program);
                let cases = challenge.grade(lesson.scenario, &settings, search);
                let cases = cases.expect("the lesson's own text can be judged");
                assert_eq!(page.refused, None, "{}: {}", lesson.id, challenge.id);
                assert_eq!(page.cases.len(), cases.len());
                for (page, case) in page.cases.iter().zip(cases) {
                    assert_eq!(page.lacks, case.lacks.map(lack));
                    assert_eq!(page.report, case.report);
                    graded += 1;
                }
            }
        }
        assert!(graded > 50, "{graded} cases");
    }
}
