//! A lesson is fetched when somebody opens it; the page itself knows only the list.

use lessons::{Listed, Told};

use super::{
    Command, State, Timer,
    address::Address,
    state::Page,
    update::{open_bench, title},
};

/// A lesson on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coming {
    /// Which moment of it somebody wants to see.
    pub address: Address,
    /// Why it does not come.
    pub trouble: Option<Trouble>,
}

/// Why a lesson does not come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It could not be fetched; the browser's words.
    Fetch(String),
    /// The host has it no more: it has a newer page.
    Gone,
    /// What came is not the lesson.
    Unreadable,
}

/// Something about a lesson on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LessonAction {
    /// The lesson with this name came, or the browser says why it did not.
    Came(String, Result<String, String>),
    /// Try again.
    Again,
    /// Load the whole page again.
    Reload,
}

/// What the list of lessons says of one.
#[must_use]
pub fn listed(id: &str) -> Option<&'static Listed> {
    lessons::listed().iter().find(|lesson| lesson.id == id)
}

/// Whether a lesson must be fetched before it can be shown.
pub(super) fn is_missing(state: &State, id: &str) -> bool {
    listed(id).is_some() && !state.fetched.iter().any(|told| told.lesson.id == id)
}

/// Fetches a lesson; meanwhile the page says that it comes.
pub(super) fn fetch(state: &mut State, address: Address) -> Vec<Command> {
    let fetch = Command::Fetch(address.lesson.clone());
    state.coming = Some(Coming { address, trouble: None });
    state.page = Page::Lesson;
    state.bench = None;
    let mut commands = vec![fetch, Command::RestartStudent, title(state)];
    commands.extend(Timer::OF_BENCH.map(Command::Stop));
    commands
}

pub(super) fn act(state: &mut State, action: LessonAction) -> Vec<Command> {
    match action {
        LessonAction::Came(id, came) => came_in(state, &id, came),
        LessonAction::Again => match state.coming.take() {
            Some(coming) => fetch(state, coming.address),
            None => Vec::new(),
        },
        LessonAction::Reload => vec![Command::Reload],
    }
}

fn came_in(state: &mut State, id: &str, came: Result<String, String>) -> Vec<Command> {
    // Asked for twice, it comes twice.
    if !is_missing(state, id) {
        return Vec::new();
    }
    let trouble = |why: String| match why.as_str() {
        "404" | "410" => Trouble::Gone,
        _ => Trouble::Fetch(why),
    };
    let read = came.map_err(trouble).and_then(|text| {
        let told: Option<&'static Told> = lessons::read(text);
        told.filter(|told| told.lesson.id == id).ok_or(Trouble::Unreadable)
    });
    let is_wanted = state.coming.as_ref().is_some_and(|coming| coming.address.lesson == id);
    match (read, state.coming.take()) {
        (Ok(told), Some(coming)) if is_wanted => {
            state.fetched.push(told);
            open_bench(state, coming.address)
        }
        (Err(trouble), Some(coming)) if is_wanted => {
            state.coming = Some(Coming { trouble: Some(trouble), ..coming });
            Vec::new()
        }
        // Somebody went elsewhere meanwhile.
        (read, coming) => {
            state.coming = coming;
            state.fetched.extend(read);
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Action, update};

    const RACE: &str = "race-on-a-balance";

    fn came(state: &mut State, id: &str, came: Result<String, String>) {
        update(state, Action::Lesson(LessonAction::Came(id.to_owned(), came)));
    }

    #[test]
    fn a_lesson_is_asked_for_once_and_opens_at_the_moment_of_its_link() {
        let mut state = State::default();
        let link = format!("/lesson/{RACE}?v=1&seed=7");
        let commands = update(&mut state, Action::Address(link.clone()));
        assert!(commands.contains(&Command::Fetch(RACE.to_owned())));
        assert_eq!((state.page, state.bench.is_none()), (Page::Lesson, true));
        came(&mut state, RACE, lessons::packed(RACE).ok_or_else(String::new));
        assert_eq!(state.bench.as_ref().map(|bench| bench.seed), Some(7));
        update(&mut state, Action::Address(String::new()));
        let commands = update(&mut state, Action::Address(link));
        assert!(!commands.contains(&Command::Fetch(RACE.to_owned())));
        assert!(state.bench.is_some());
    }

    #[test]
    fn a_lesson_that_does_not_come_can_be_asked_for_again() {
        let mut state = State::default();
        update(&mut state, Action::Address(format!("/lesson/{RACE}")));
        for (answer, trouble) in [
            (Err("404".to_owned()), Trouble::Gone),
            (Err("503".to_owned()), Trouble::Fetch("503".to_owned())),
            (Ok("<!DOCTYPE html>".to_owned()), Trouble::Unreadable),
            (lessons::packed("lost-counter").ok_or_else(String::new), Trouble::Unreadable),
        ] {
            came(&mut state, RACE, answer);
            let told = state.coming.as_ref().and_then(|coming| coming.trouble.clone());
            assert_eq!(told, Some(trouble));
            let commands = update(&mut state, Action::Lesson(LessonAction::Again));
            assert!(commands.contains(&Command::Fetch(RACE.to_owned())));
            assert_eq!(state.coming.as_ref().map(|coming| coming.trouble.is_none()), Some(true));
        }
    }

    #[test]
    fn a_lesson_that_comes_too_late_opens_nothing() {
        let mut state = State::default();
        update(&mut state, Action::Address(format!("/lesson/{RACE}")));
        update(&mut state, Action::Address("/mine".to_owned()));
        came(&mut state, RACE, lessons::packed(RACE).ok_or_else(String::new));
        assert_eq!((state.page, state.bench.is_none()), (Page::Mine, true));
        assert!(!is_missing(&state, RACE), "but it is kept");
    }
}
