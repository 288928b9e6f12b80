//! The rhythm of a lesson: predict, break it, see why, fix it, prove it, debrief.

use super::{Command, State, course::Course, state::Kept};

/// Under which name answers are kept: a line each, `lesson=answer`.
pub const ANSWERS: &str = "lockstep.answers";

/// The answers as they are kept. A line that is none is left out.
#[must_use]
pub fn read_answers(text: &str) -> Vec<(String, String)> {
    let pairs = text.lines().filter_map(|line| line.split_once('='));
    pairs.map(|(lesson, answer)| (lesson.to_owned(), answer.to_owned())).collect()
}

/// The answers as they are to be kept.
#[must_use]
pub fn spell_answers(answers: &[(String, String)]) -> String {
    let lines = answers.iter().map(|(lesson, answer)| format!("{lesson}={answer}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The answer that this device has kept, by its place. One that the lesson no longer has is none.
#[must_use]
pub fn answer_kept(kept: &Kept, course: &Course) -> Option<usize> {
    let (lesson, kept) = (course.lesson?, kept.answer(course.id)?);
    lesson.answers.iter().position(|answer| answer.id == kept)
}

/// The question was answered: the answer is kept, in place of an earlier one.
pub(super) fn answered(state: &mut State, at: usize) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    let answer = bench.course.lesson.and_then(|lesson| lesson.answers.get(at));
    let Some(answer) = answer else { return Vec::new() };
    bench.answer = Some(at);
    let answers = &mut state.kept.answers;
    answers.retain(|(lesson, _)| lesson != bench.course.id);
    answers.push((bench.course.id.to_owned(), answer.id.to_owned()));
    vec![Command::Save(ANSWERS.to_owned(), spell_answers(answers)), Command::Reveal("feedback")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Action, tests::Page};

    const RACE: &str = "/lesson/race-on-a-balance";

    #[test]
    fn an_answer_is_kept_and_there_again_and_can_be_changed() {
        let mut page = Page::open(RACE);
        assert_eq!(page.bench().answer, None);
        page.act(Action::Answer(1));
        let saved = page.act(Action::Answer(0));
        let save = Command::Save(ANSWERS.to_owned(), "race-on-a-balance=yes".to_owned());
        assert!(saved.contains(&save), "{saved:?}");
        page.act(Action::Go(String::new()));
        page.act(Action::Go(RACE.to_owned()));
        assert_eq!(page.bench().answer, Some(0));
        assert!(page.act(Action::Answer(9)).is_empty(), "there is no such answer");
    }

    #[test]
    fn what_is_kept_is_read_as_it_was_spelled() {
        let answers = read_answers("race-on-a-balance=yes\nnonsense\ntwo-locks=no");
        assert_eq!(answers.len(), 2);
        assert_eq!(read_answers(&spell_answers(&answers)), answers);
    }

    #[test]
    fn an_answer_that_a_lesson_no_longer_has_is_none() {
        let mut page = Page::open("");
        page.state.kept.answers = read_answers("race-on-a-balance=perhaps");
        page.act(Action::Go(RACE.to_owned()));
        assert_eq!(page.bench().answer, None);
    }
}
