//! What came of grading a challenge that asks for goals to be met by the clock.

use sim_core::{measure::GoalView, say::Lang};

use super::{Bench, state::passes_all};
use crate::{
    i18n::{self, meet},
    protocol::{Case, Grade, Lack, Miss},
};

/// The first run of a case that misses a goal: its seed, and the goal with what was measured of it.
#[must_use]
pub fn first_missed(case: &Case) -> Option<(u64, &GoalView)> {
    case.runs.iter().find_map(|run| match &run.lacks {
        Some(Miss::Goal(goal)) => Some((run.seed, &**goal)),
        _ => None,
    })
}

/// A goal in the words of the lesson, or its own.
#[must_use]
pub fn goal_words(bench: &Bench, goal: &GoalView, lang: Lang) -> String {
    let why = goal.why.as_ref().filter(|why| !why.contains('…')).map(|why| {
        let words = bench.course.words(lang).and_then(|words| words.goal(why));
        words.map_or_else(|| why.clone(), str::to_owned)
    });
    why.unwrap_or_else(|| goal.words.clone())
}

/// What came of all, in one sentence, where that is about its runs.
#[must_use]
pub fn line(bench: &Bench, grade: &Grade, lang: Lang) -> String {
    let texts = meet(lang);
    if passes_all(grade) {
        return (texts.met)(grade.cases.iter().map(|case| case.runs.len() as u32).sum());
    }
    let missed = grade.cases.iter().find_map(first_missed);
    match missed {
        Some((_, goal)) => (texts.missed)(&goal_words(bench, goal, lang)),
        None if grade.cases.iter().any(|case| case.lacks == Some(Lack::Undecided)) => {
            texts.undecided.to_owned()
        }
        None => texts.not_yet.to_owned(),
    }
}

/// What came of a case, and of its first run that misses a goal.
#[must_use]
pub fn case_lines(case: &Case, lang: Lang) -> Vec<String> {
    let texts = meet(lang);
    if case.runs.is_empty() {
        return Vec::new();
    }
    let met = case.runs.iter().filter(|run| run.lacks.is_none()).count();
    let counts = (texts.runs)(met as u32, case.runs.len() as u32);
    let missed = first_missed(case)
        .map(|(seed, goal)| (texts.with_seed)(seed, &i18n::goal_values(goal, lang)));
    [Some(counts), missed].into_iter().flatten().collect()
}
