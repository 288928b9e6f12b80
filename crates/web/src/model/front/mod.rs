//! The pages that need no simulator: the first page, and pages of words.
//!
//! They are in both binaries, the small one that a visitor waits for and the page's own, so nothing
//! here may name what only a workbench needs. They keep a small state of their own, and ask for
//! their effects by [`Effect`]s, which each binary carries out in its way.

pub mod hero;
pub mod marks;
pub mod page;
mod place;
pub mod progress;
pub mod search;
pub mod table;

use lessons::Page;
use sim_core::say::Lang;

pub use place::Place;

use self::{
    hero::Hero,
    progress::{Taken, Trouble},
};
use super::{
    kept::{ANSWERS, DONE, WALKED, spell_answers, spell_lines},
    state::{Kept, Theme},
};
use crate::i18n;

/// The top of each of these pages.
pub const TOP: &str = "front-top";

/// What these pages know beside what is kept.
#[derive(Clone, Debug, Default)]
pub struct Front {
    /// Which of them is shown.
    pub place: Place,
    /// The race on the first page.
    pub hero: Hero,
    /// What is looked for among the lessons.
    pub search: String,
    /// The pages of words that were fetched.
    pub fetched: Vec<&'static Page>,
    /// Why the page shown does not come.
    pub trouble: Option<String>,
    /// What came of taking progress in.
    pub taken: Option<Result<Taken, Trouble>>,
}

/// Something happened on these pages.
#[derive(Clone, Debug, PartialEq)]
pub enum FrontAction {
    /// A link inside the page was followed: its fragment.
    Go(String),
    /// The language to read.
    Lang(Lang),
    /// Light, dark, or as the system.
    Theme(Theme),
    /// A client of the race takes its step.
    Step(u8),
    /// The race goes a step back.
    Back,
    /// The race starts over.
    Restart,
    /// Something was typed into the search.
    Search(String),
    /// All lessons are to be shown again.
    ShowAll,
    /// A page of words came, or the browser says why it did not.
    Came(&'static str, Result<String, String>),
    /// Ask for the page again.
    Again,
    /// Give what was done as a file.
    Export,
    /// A file with what was done was chosen: what is in it.
    Import(Result<Vec<u8>, Trouble>),
    /// Put the focus on the main part of the page, or on the course.
    Focus(&'static str),
}

/// Something for the binary around these pages to carry out.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Follow a link inside the page.
    Go(String),
    /// Read in this language.
    Lang(Lang),
    /// Look like this.
    Theme(Theme),
    /// The window's title.
    Title(String),
    /// Fetch a page of words.
    Fetch(&'static str),
    /// Keep a text under a name.
    Save(&'static str, String),
    /// Save a file: its name and what is in it.
    Download(&'static str, String),
    /// Focus an element.
    Focus(&'static str),
    /// Scroll an element into view.
    Reveal(&'static str),
    /// What a screen reader says next.
    Say(String),
}

impl Front {
    /// Goes to a page; its words are fetched if they are not there.
    pub fn open(&mut self, place: Place, lang: Lang) -> Vec<Effect> {
        // What had the focus is gone with the page it was on.
        let moved = std::mem::replace(&mut self.place, place) != self.place;
        self.trouble = None;
        self.taken = None;
        let mut effects = vec![Effect::Title(self.title(lang))];
        effects.extend(moved.then_some(Effect::Focus("main")));
        effects.extend(self.missing().map(Effect::Fetch));
        effects
    }

    /// The page of words that is shown, if it is there.
    #[must_use]
    pub fn page(&self) -> Option<&'static Page> {
        let id = self.place.page()?;
        self.fetched.iter().copied().find(|page| page.id == id)
    }

    fn missing(&self) -> Option<&'static str> {
        self.place.page().filter(|_| self.page().is_none())
    }

    /// What the window is called.
    #[must_use]
    pub fn title(&self, lang: Lang) -> String {
        let texts = i18n::front(lang);
        let name = match self.place {
            Place::Home => return "Lockstep".to_owned(),
            Place::Glossary(_) => texts.glossary,
            Place::Modelled => texts.modelled,
            Place::Teachers => texts.teachers,
        };
        format!("{name} · Lockstep")
    }
}

/// Changes the state, and says what is to be done outside.
pub fn act(front: &mut Front, kept: &mut Kept, lang: Lang, action: FrontAction) -> Vec<Effect> {
    match action {
        FrontAction::Go(fragment) => vec![Effect::Go(fragment), Effect::Reveal(TOP)],
        FrontAction::Lang(lang) => vec![Effect::Lang(lang)],
        FrontAction::Theme(theme) => vec![Effect::Theme(theme)],
        FrontAction::Step(client) => {
            front.hero.step(client);
            vec![Effect::Say(i18n::race_said(front.hero.moment(), lang))]
        }
        FrontAction::Back | FrontAction::Restart => {
            if action == FrontAction::Back {
                front.hero.back();
            } else {
                front.hero.restart();
            }
            let said = Effect::Say(i18n::race_said(front.hero.moment(), lang));
            // What was pressed goes when nothing has happened yet, or any more.
            let gone = action == FrontAction::Restart || front.hero.length() == 0;
            let focus = gone.then_some(Effect::Focus("race-1"));
            std::iter::once(said).chain(focus).collect()
        }
        FrontAction::Search(typed) => {
            front.search = typed.chars().take(search::LETTERS).collect();
            let found = lessons::listed().iter().filter(|one| search::fits(one, &front.search));
            vec![Effect::Say((i18n::front(lang).found)(found.count()))]
        }
        FrontAction::ShowAll => {
            front.search.clear();
            vec![Effect::Focus("search")]
        }
        FrontAction::Came(id, came) => {
            match came.map(lessons::read_page) {
                Ok(Some(page)) if page.id == id => {
                    front.fetched.retain(|other| other.id != id);
                    front.fetched.push(page);
                }
                Ok(_) if front.missing() == Some(id) => front.trouble = Some(String::new()),
                Err(words) if front.missing() == Some(id) => front.trouble = Some(words),
                _ => {}
            }
            Vec::new()
        }
        FrontAction::Again => {
            front.trouble = None;
            front.missing().map(Effect::Fetch).into_iter().collect()
        }
        FrontAction::Export => {
            vec![Effect::Download(progress::FILE_NAME, progress::spelled(kept))]
        }
        FrontAction::Import(bytes) => import(front, kept, lang, bytes),
        FrontAction::Focus(id) => vec![Effect::Focus(id)],
    }
}

fn import(
    front: &mut Front,
    kept: &mut Kept,
    lang: Lang,
    bytes: Result<Vec<u8>, Trouble>,
) -> Vec<Effect> {
    let taken = bytes.and_then(|bytes| progress::read(&bytes));
    let taken = taken.map(|found| progress::merge(kept, found));
    front.taken = Some(taken);
    let mut effects = vec![Effect::Say(i18n::progress_said(&taken, lang))];
    if taken.is_ok_and(|taken| taken.new > 0) {
        effects.push(Effect::Save(DONE, spell_lines(&kept.done)));
        effects.push(Effect::Save(WALKED, spell_lines(&kept.walked)));
        effects.push(Effect::Save(ANSWERS, spell_answers(&kept.answers)));
    }
    effects
}

#[cfg(test)]
mod tests;
