//! The question comes first: until it is answered, what would answer it is held back.

use sim_core::explore::Report;

use super::{
    Bench, Command, State, answers,
    course::done_key,
    rhythm,
    study::{Ahead, Study},
};
use crate::i18n;

/// Under which name a lesson keeps that somebody wanted to be told without an answer.
pub(super) const TOLD: &str = "told";

/// Whether it is held back how many schedules fail, and which: the lesson asks, and nobody has
/// answered, shown by their own run that they know, or asked to be told.
#[must_use]
pub fn is_veiled(state: &State, bench: &Bench) -> bool {
    let Some(lesson) = bench.course.lesson else { return false };
    let knows = (0..lesson.challenges.len()).any(|at| state.is_done(&bench.course, at));
    let told = || state.kept.walked.contains(&done_key(bench.course.id, TOLD));
    !(bench.answer.is_some() || bench.is_edited() || knows || told())
}

/// What is said in place of the answer: how many schedules there are may be known.
#[must_use]
pub fn words(state: &State, study: &Study) -> String {
    let texts = i18n::proof(state.lang);
    let report = match study {
        Study::Done(found) => Some(&found.report),
        _ => None,
    };
    // Of one there is no "how many".
    let many = |one: &&Report| !["0", "1"].contains(&one.schedules.number.as_str());
    let counted =
        report.filter(|one| one.stopped.is_none() && (one.counted || one.schedules.exact));
    let all = counted.filter(many).map(|one| answers::count(one, &one.schedules, state.lang));
    (texts.question_first)(all.as_deref())
}

/// Somebody wants to be told all the same: so it stays for this lesson on this device.
pub(super) fn lift(state: &mut State) -> Vec<Command> {
    let mut commands = rhythm::walk(state, TOLD);
    if let Some(bench) = &state.bench {
        let ahead = bench.ahead.as_ref();
        let study = ahead.map_or(&bench.study, |ahead| &ahead.study);
        state.spoken = answers::answer_line(study, ahead.map(Ahead::step), state.lang);
    }
    commands.push(Command::Focus("all-schedules"));
    commands
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Action, kept, rhythm::RhythmAction, tests::Page};

    const RACE: &str = "/lesson/race-on-a-balance";

    fn veiled(page: &Page) -> bool {
        is_veiled(&page.state, page.bench())
    }

    #[test]
    fn an_answer_lifts_it_and_it_stays_lifted_for_that_lesson() {
        let mut page = Page::open(RACE);
        assert!(veiled(&page));
        page.act(Action::Answer(1));
        assert!(!veiled(&page), "a wrong answer is one");
        page.act(Action::Go("/lesson/lost-counter".to_owned()));
        assert!(veiled(&page));
        page.act(Action::Go(RACE.to_owned()));
        assert!(!veiled(&page));
    }

    #[test]
    fn who_wants_to_be_told_is_told_and_the_device_keeps_it() {
        let mut page = Page::open(RACE);
        let commands = page.act(Action::Rhythm(RhythmAction::Tell));
        let line = "race-on-a-balance/told".to_owned();
        assert!(commands.contains(&Command::Save(kept::WALKED.to_owned(), line)), "{commands:?}");
        assert!(commands.contains(&Command::Focus("all-schedules")));
        assert!(page.state.spoken.contains("4 break a promise"), "{}", page.state.spoken);
        page.act(Action::Go("/lesson/lost-counter".to_owned()));
        assert!(veiled(&page), "of another lesson it is not told");
        page.act(Action::Go(RACE.to_owned()));
        assert!(!veiled(&page));
        assert_eq!(page.bench().answer, None, "the question is still open");
    }

    #[test]
    fn who_has_broken_it_by_hand_or_writes_a_text_is_asked_nothing() {
        let mut page = Page::open(RACE);
        for pick in [1, 2, 1, 1] {
            assert!(veiled(&page));
            page.act(Action::Pick(pick));
        }
        assert!(!veiled(&page));
        let mut page = Page::open(RACE);
        let text = page.bench().text.clone() + "\n";
        page.act(Action::Text(text));
        assert!(!veiled(&page));
        assert!(!veiled(&Page::open("/own")));
    }

    #[test]
    fn what_stands_in_its_place_tells_how_many_there_are_and_not_how_many_fail() {
        let mut page = Page::open(RACE);
        let said = |page: &Page| words(&page.state, &page.bench().study);
        assert_eq!(
            said(&page),
            "Answer the question first: then you see how many of the 6 schedules fail."
        );
        page.state.lang = sim_core::say::Lang::Es;
        assert_eq!(
            said(&page),
            "Primero responde la pregunta: después verás cuántas de las 6 planificaciones fallan."
        );
        assert_eq!(
            words(&page.state, &Study::None),
            "Primero responde la pregunta: después verás si falla alguna planificación."
        );
    }

    #[test]
    fn what_is_asked_from_a_moment_on_is_not_said_aloud_either() {
        let mut page = Page::open(RACE);
        page.act(Action::Pick(1));
        page.act(Action::ExploreHere);
        assert!(
            page.state.spoken.starts_with("Answer the question first"),
            "{}",
            page.state.spoken
        );
        page.act(Action::Rhythm(RhythmAction::Tell));
        assert!(page.state.spoken.starts_with("From step 1 on"), "{}", page.state.spoken);
    }
}
