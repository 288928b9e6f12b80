//! Looking at every schedule, in slices, so that the page hears how far it has got.
//!
//! Slices are counted in states, not in time: the same text gives the same messages anywhere.

use lessons::{Challenge, Condition, Kind, Refusal, Unmet};
use sim_core::{
    explore::{After, Explorer, Found, Options, Progress, Report},
    hint,
    lang::{self, Values},
    program::Program,
    say::Lang,
    session::{Ending, Frame, LaneState, Reason, Session},
};

use crate::protocol::{
    Case, Explored, Grade, Lack, MeasuredRun, Miss, NotExplored, Refused, Reply, Settings, Wait,
};

/// States looked at between two words to the page: some 100 milliseconds' worth. The page draws
/// anew at each.
const SLICE_STATES: usize = 20_000;
/// So many of those who wait are told of.
const WAITS_MAX: usize = 8;

/// Looks at every schedule of a text, with those parameters lowered that it lowers for that; or at
/// all that may happen from a moment on, with the values of its run. Before it begins, it is told
/// if it will take long.
pub(super) fn explore(
    text: &str,
    settings: &Settings,
    from: Option<&[u32]>,
    mut tell: impl FnMut(Reply),
) -> Result<Explored, NotExplored> {
    let scenario = lang::check(text).scenario.ok_or(NotExplored::DoesNotRun)?;
    let mut asked = Values::defaults(scenario.params());
    for (name, value) in settings {
        // What the text does not take has its default, as in the run shown.
        let _ = asked.set(scenario.params(), name, value);
    }
    let lowered = || scenario.exploring(&asked).map_err(|_| NotExplored::DoesNotRun);
    let values = if from.is_some() { asked.clone() } else { lowered()? };
    let program = scenario.bind(&values).map_err(|_| NotExplored::DoesNotRun)?;
    let explorer = begin(&program, from)?;
    if from.is_none()
        && let Some(hint) = hint(&scenario, &values)
    {
        tell(Reply::Large(hint));
    }
    let lowered = program
        .settings
        .iter()
        .filter(|(name, value)| asked.get(name).is_some_and(|one| one.to_string() != *value));
    let lowered = lowered.cloned().collect();
    let report = search(explorer, |progress| tell(Reply::Progress { case: 0, progress }));
    let waits = |found: &Option<Found>| {
        let picks =
            found.as_ref().map(|found| [from.unwrap_or_default(), &found.shortest].concat());
        picks.map(|picks| who_waits(&program, text, &picks)).unwrap_or_default()
    };
    Ok(Explored {
        lowered,
        settings: program.settings.clone(),
        deadlock: waits(&report.deadlocks),
        stuck: waits(&report.stuck),
        report,
    })
}

/// A search from the start, or from the moment after some picks on.
fn begin(program: &Program, from: Option<&[u32]>) -> Result<Explorer, NotExplored> {
    let Some(picks) = from else { return Ok(Explorer::new(program)) };
    Explorer::after(program, picks, Options::default()).map_err(|why| match why {
        After::DoesNotFit => NotExplored::DoesNotFit,
        After::TooLarge => NotExplored::TooLarge,
    })
}

/// Who waits for what where these picks end in nothing more happening.
fn who_waits(program: &Program, text: &str, picks: &[u32]) -> Vec<Wait> {
    let mut session = Session::new(program.clone(), text, 0);
    session.follow(picks);
    let frame = session.frame();
    let (Some(Ending::Deadlock(lanes)) | Some(Ending::Stuck(lanes))) = &frame.ending else {
        return Vec::new();
    };
    lanes.iter().filter_map(|lane| wait(&frame, *lane)).take(WAITS_MAX).collect()
}

fn wait(frame: &Frame, lane: u32) -> Option<Wait> {
    let name = |lane: u32| {
        frame.lane(lane).map(|lane| match lane.number {
            Some(number) => format!("{}[{number}]", lane.class),
            None => lane.class.clone(),
        })
    };
    let LaneState::Blocked(reason) = &frame.lane(lane)?.state else { return None };
    let holders = match reason {
        Reason::Held { holders, .. } => {
            holders.iter().filter_map(|holder| Some((*holder, name(*holder)?))).collect()
        }
        _ => Vec::new(),
    };
    Some(Wait { name: name(lane)?, reason: reason.clone(), holders })
}

/// Looks at every schedule of a text in each case of a challenge, or runs it by the clock.
pub(super) fn grade(
    text: &str,
    challenge: &'static Challenge,
    settings: &Settings,
    mut tell: impl FnMut(Reply),
) -> Grade {
    let graded = if challenge.kind == Kind::Meet {
        challenge.measure(text, settings, |run| tell(Reply::Measuring(run)))
    } else {
        let look = |case: u32, program: &Program| {
            search(Explorer::new(program), |progress| tell(Reply::Progress { case, progress }))
        };
        challenge.grade(text, settings, look)
    };
    match graded {
        Err(refusal) => Grade { refused: Some(refused(refusal)), cases: Vec::new() },
        Ok(cases) => Grade { refused: None, cases: cases.into_iter().map(case).collect() },
    }
}

fn case(graded: lessons::Case) -> Case {
    let lessons::Case { varied, settings, report, runs, lacks } = graded;
    let runs = runs.into_iter().map(|lessons::Run { seed, lacks }| {
        let lacks = lacks.map(|miss| match miss {
            lessons::Miss::Goal(goal) => Miss::Goal(goal),
            lessons::Miss::Ceiling => Miss::Ceiling,
        });
        MeasuredRun { seed, lacks }
    });
    Case { varied, settings, report, runs: runs.collect(), lacks: lacks.map(lack) }
}

fn refused(refusal: Refusal) -> Refused {
    match refusal {
        Refusal::Mistakes(_) => Refused::Mistakes,
        Refusal::PromiseGone(condition) => Refused::PromiseGone(condition.to_owned()),
        Refusal::GoalGone(condition) => Refused::GoalGone(condition.to_owned()),
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
        Unmet::Misses(goal) => Lack::Misses(goal.to_owned()),
        Unmet::Undecided => Lack::Undecided,
        Unmet::DoesNotRun => Lack::DoesNotRun,
    }
}

fn search(mut explorer: Explorer, mut tell: impl FnMut(Progress)) -> Report {
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
                let page = grade(lesson.scenario, challenge, &settings, |_| {});
                let search = |_, program: &Program| explore::explore(program);
                let cases = if challenge.kind == Kind::Meet {
                    challenge.measure(lesson.scenario, &settings, |_| {})
                } else {
                    challenge.grade(lesson.scenario, &settings, search)
                };
                let cases = cases.expect("the lesson's own text can be judged");
                assert_eq!(page.refused, None, "{}: {}", lesson.id, challenge.id);
                assert_eq!(page.cases.len(), cases.len());
                for (page, case) in page.cases.iter().zip(cases) {
                    assert_eq!(page.lacks, case.lacks.map(lack));
                    let runs = page.runs.iter().map(|run| (run.seed, run.lacks.is_some()));
                    let theirs = case.runs.iter().map(|run| (run.seed, run.lacks.is_some()));
                    assert!(runs.eq(theirs));
                    assert_eq!(page.report, case.report);
                    graded += 1;
                }
            }
        }
        assert!(graded > 50, "{graded} cases");
    }
}
