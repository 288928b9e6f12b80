//! The speaker's window: what is told beside what is shown. It has no simulator of its own.

use lessons::Told;
use sim_core::say::Lang;

use super::talk::{Shown, Wish, Word};

/// The lecture's window that has said nothing for so long, in milliseconds, is taken to be gone.
const SILENCE: u64 = 5_000;

/// All that the window knows.
#[derive(Clone, Debug, Default)]
pub struct Speaker {
    /// The language it is read in: the lecture's.
    pub lang: Lang,
    /// What the lecture's window shows, as long as it is there.
    pub shown: Option<Shown>,
    /// When it said so last.
    heard_at: u64,
    /// The wall clock.
    pub now: u64,
    /// The lessons that were fetched.
    pub fetched: Vec<&'static Told>,
    /// The one that was asked for last.
    asked: String,
    /// How long the lecture has gone on.
    pub clock: Clock,
}

/// A clock that can be stopped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// Milliseconds before it was started last.
    before: u64,
    /// When that was, while it runs.
    since: Option<u64>,
}

impl Clock {
    /// Milliseconds that it has run.
    #[must_use]
    pub fn elapsed(&self, now: u64) -> u64 {
        self.before + self.since.map_or(0, |since| now.saturating_sub(since))
    }

    /// Whether it runs.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.since.is_some()
    }

    /// As it is kept while the window is loaded again.
    #[must_use]
    pub fn spell(&self) -> String {
        format!("{} {}", self.before, self.since.unwrap_or_default())
    }

    /// As it was kept.
    #[must_use]
    pub fn read(kept: &str) -> Option<Clock> {
        let (before, since) = kept.split_once(' ')?;
        let since = since.parse().ok().filter(|since| *since > 0);
        Some(Clock { before: before.parse().ok()?, since })
    }
}

/// Something happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The other window said this.
    Heard(String),
    /// A second has passed: it is now this late.
    Second(u64),
    /// The speaker wants something of the lecture.
    Wish(Wish),
    /// Start or stop the clock.
    Clock,
    /// The clock to zero.
    Reset,
    /// A lesson came, or did not.
    Came(String, Result<String, String>),
}

/// Something for `app` to carry out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Say this to the other window.
    Say(String),
    /// Fetch the lesson with this name.
    Fetch(String),
    /// Keep the clock while the window lives.
    Keep(String),
    /// Tell the browser the language.
    ShowLang(Lang),
}

impl Speaker {
    /// A window that has heard nothing yet.
    #[must_use]
    pub fn new(lang: Lang, clock: Clock) -> Self {
        Self { lang, clock, ..Self::default() }
    }

    /// The lesson told, once it has come.
    #[must_use]
    pub fn told(&self) -> Option<&'static Told> {
        let id = &self.shown.as_ref()?.lesson;
        self.fetched.iter().copied().find(|told| told.lesson.id == id)
    }

    /// Takes in what happened, and says what is to be done.
    pub fn update(&mut self, event: Event) -> Vec<Deed> {
        match event {
            Event::Heard(text) => match Word::read(&text) {
                Some(Word::Shown(shown)) => self.heard(*shown),
                Some(Word::Gone) => {
                    self.shown = None;
                    Vec::new()
                }
                _ => Vec::new(),
            },
            Event::Second(now) => {
                self.now = now;
                if now.saturating_sub(self.heard_at) > SILENCE {
                    self.shown = None;
                }
                vec![Deed::Say(Word::Hello.spell())]
            }
            // Nobody is there to hear it.
            Event::Wish(_) if self.shown.is_none() => Vec::new(),
            Event::Wish(wish) => {
                let said = Deed::Say(Word::Do(wish).spell());
                // A lecture has begun when its first step is taken.
                let begins = matches!(wish, Wish::Next | Wish::Forward | Wish::Play);
                let mut deeds = vec![said];
                if begins && self.clock == Clock::default() {
                    deeds.extend(self.update(Event::Clock));
                }
                deeds
            }
            Event::Clock => {
                let before = self.clock.elapsed(self.now);
                let since = (!self.clock.runs()).then_some(self.now);
                self.clock = Clock { before, since };
                vec![Deed::Keep(self.clock.spell())]
            }
            Event::Reset => {
                self.clock = Clock::default();
                vec![Deed::Keep(self.clock.spell())]
            }
            Event::Came(id, came) => {
                let told = came.ok().and_then(lessons::read).filter(|told| told.lesson.id == id);
                match told {
                    Some(told) => self.fetched.push(told),
                    // It is asked for again when the lecture says again that it is shown.
                    None => self.asked.clear(),
                }
                Vec::new()
            }
        }
    }

    fn heard(&mut self, shown: Shown) -> Vec<Deed> {
        let mut deeds = Vec::new();
        self.heard_at = self.now;
        if shown.lang != self.lang {
            self.lang = shown.lang;
            deeds.push(Deed::ShowLang(shown.lang));
        }
        let id = shown.lesson.clone();
        self.shown = Some(shown);
        if !id.is_empty() && self.told().is_none() && self.asked != id {
            self.asked.clone_from(&id);
            deeds.push(Deed::Fetch(id));
        }
        deeds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RACE: &str = "race-on-a-balance";

    fn said(at: u32) -> Event {
        let shown = Shown { lesson: RACE.to_owned(), at, of: 4, ..Shown::default() };
        Event::Heard(Word::Shown(Box::new(shown)).spell())
    }

    #[test]
    fn the_lesson_is_fetched_once_and_told() {
        let mut speaker = Speaker::default();
        assert_eq!(speaker.update(said(0)), [Deed::Fetch(RACE.to_owned())]);
        assert_eq!(speaker.update(said(1)), []);
        let packed = lessons::packed(RACE).ok_or_else(String::new);
        speaker.update(Event::Came(RACE.to_owned(), packed));
        assert_eq!(speaker.told().map(|told| told.lesson.id), Some(RACE));
        assert_eq!(speaker.update(said(2)), []);
    }

    #[test]
    fn a_lesson_that_does_not_come_is_asked_for_again() {
        let mut speaker = Speaker::default();
        speaker.update(said(0));
        speaker.update(Event::Came(RACE.to_owned(), Err("404".to_owned())));
        assert_eq!(speaker.update(said(1)), [Deed::Fetch(RACE.to_owned())]);
    }

    #[test]
    fn a_window_that_is_silent_is_gone_until_it_speaks_again() {
        let mut speaker = Speaker::default();
        speaker.update(Event::Second(100_000));
        speaker.update(said(3));
        speaker.update(Event::Second(104_000));
        assert!(speaker.shown.is_some());
        speaker.update(Event::Second(106_000));
        assert!(speaker.shown.is_none());
        assert_eq!(speaker.update(Event::Wish(Wish::Next)), []);
        speaker.update(said(3));
        assert_eq!(speaker.shown.as_ref().map(|shown| shown.at), Some(3));
        speaker.update(Event::Heard(Word::Gone.spell()));
        assert!(speaker.shown.is_none());
    }

    #[test]
    fn the_clock_starts_with_the_lecture_stops_and_survives() {
        let mut speaker = Speaker::default();
        speaker.update(Event::Second(1_000));
        speaker.update(said(0));
        speaker.update(Event::Wish(Wish::Next));
        assert!(speaker.clock.runs());
        speaker.update(Event::Second(61_000));
        assert_eq!(speaker.clock.elapsed(61_000), 60_000);
        speaker.update(Event::Clock);
        assert_eq!(speaker.clock.elapsed(99_000), 60_000);
        assert_eq!(Clock::read(&speaker.clock.spell()), Some(speaker.clock));
        speaker.update(Event::Clock);
        assert_eq!(Clock::read(&speaker.clock.spell()), Some(speaker.clock));
        speaker.update(Event::Reset);
        assert_eq!(speaker.clock, Clock::default());
    }
}
