//! The lessons, as constants: scenario, texts in two languages, stops and challenges.
//!
//! They are read from `lessons/` when this crate is built (see `build/`), so a page that shows
//! them parses nothing, and needs no HTML: texts are [`Block`]s of [`Inline`] pieces.
//! `docs/writing-lessons.md` describes the files.
//!
//! What a list of lessons needs, what grading needs, what lessons say and what tests hold them to are
//! constants of their own, so that a program holds only what it names. The page has the list, and reads a lesson that
//! somebody opens from the form that [`packed`] gives it.

mod challenge;
mod golden;
mod grade;
pub mod link;
mod meet;
mod pack;

pub use challenge::{Refusal, Unmet};
pub use golden::goldens;
pub use grade::{Case, Settings, Shown, shortest_failure};
pub use meet::{Miss, Run, STEPS_MEASURED};
pub use pack::{packed, packed_page, read, read_page};

use sim_core::{lang::same_value, say::Lang};

/// All lessons in the order of the course: theme by theme, in each by number.
#[must_use]
pub fn all() -> &'static [Lesson] {
    LESSONS
}

/// The lesson with an id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Lesson> {
    LESSONS.iter().find(|lesson| lesson.id == id)
}

/// What tests hold each lesson to of its runs by the clock, in the order of [`all`].
#[must_use]
pub fn measured() -> &'static [&'static [Measured]] {
    MEASURED
}

/// All lessons as a list needs them, in the same order.
#[must_use]
pub fn listed() -> &'static [Listed] {
    LISTED
}

/// The pages of words beside the lessons, by name.
#[must_use]
pub fn pages() -> &'static [Page] {
    PAGES
}

/// The themes, in the order of the course.
#[must_use]
pub fn themes() -> &'static [Theme] {
    THEMES
}

/// One lesson.
#[derive(Debug, PartialEq, Eq)]
pub struct Lesson {
    /// Its stable name, for addresses and drafts.
    pub id: &'static str,
    /// The name of its folder under `lessons/`.
    pub folder: &'static str,
    /// The stable name of its theme; [`Text::theme`] has the words.
    pub theme: &'static str,
    /// Its place in the course, from 1: the number with which its folder's name begins.
    pub number: u32,
    /// The exercise of the practice book that it is, if any.
    pub kata: Option<u32>,
    /// How long it takes.
    pub minutes: u32,
    /// The text of the scenario.
    pub scenario: &'static str,
    /// The answers to the question; [`Text::answers`] has the words, in this order.
    pub answers: &'static [Answer],
    /// Schedules that show what their names say under some settings only.
    pub schedules: &'static [Fitting],
    /// Moments worth a sentence; [`Text::stops`] has the words, in this order.
    pub stops: &'static [Stop],
    /// What there is to do; [`Text::challenges`] has the words, in this order.
    pub challenges: &'static [Challenge],
}

/// A lesson and all it says.
#[derive(Debug, PartialEq, Eq)]
pub struct Told {
    /// The lesson.
    pub lesson: Lesson,
    en: Text,
    es: Text,
}

/// A part of the course.
#[derive(Debug, PartialEq, Eq)]
pub struct Theme {
    /// Its stable name.
    pub id: &'static str,
    en: ThemeText,
    es: ThemeText,
}

/// What a theme is called in one language.
#[derive(Debug, PartialEq, Eq)]
pub struct ThemeText {
    /// Its name.
    pub name: &'static str,
    /// A line about it.
    pub line: &'static str,
}

/// What a list of lessons needs of one.
#[derive(Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its stable name.
    pub id: &'static str,
    /// The stable name of its theme.
    pub theme: &'static str,
    /// Its place in the course, from 1.
    pub number: u32,
    /// The exercise of the practice book that it is, if any.
    pub kata: Option<u32>,
    /// How long it takes.
    pub minutes: u32,
    /// The names and kinds of its challenges.
    pub challenges: &'static [(&'static str, Kind)],
    en: ListedText,
    es: ListedText,
}

/// What a list of lessons says of one.
#[derive(Debug, PartialEq, Eq)]
pub struct ListedText {
    /// The name of its theme.
    pub theme: &'static str,
    /// Its title.
    pub title: &'static str,
    /// One sentence about it.
    pub summary: &'static str,
    /// Terms of the glossary that it leads to or speaks of, to be looked for.
    pub terms: &'static str,
}

/// An answer to the question of a lesson.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its stable name.
    pub id: &'static str,
    /// Whether it is the right one; just one is.
    pub right: bool,
}

/// Under which settings a named schedule shows what its name says.
#[derive(Debug, PartialEq, Eq)]
pub struct Fitting {
    /// The schedule, by the name it has in the scenario.
    pub schedule: &'static str,
    /// Parameters, and the values of each that will do.
    pub only: &'static [Varied],
}

/// A moment in a named schedule.
#[derive(Debug, PartialEq, Eq)]
pub struct Stop {
    /// Its stable name.
    pub id: &'static str,
    /// The schedule, by the name it has in the scenario.
    pub schedule: &'static str,
    /// After so many steps.
    pub step: u32,
    /// The parameters it speaks of (name and value, as the scenario spells them); the others have
    /// their defaults.
    pub settings: &'static [(&'static str, &'static str)],
}

/// Something to do, and when it counts as done.
#[derive(Debug, PartialEq, Eq)]
pub struct Challenge {
    /// Its stable name.
    pub id: &'static str,
    /// What is to be done.
    pub kind: Kind,
    /// The promises that count, by their conditions as the scenario has them. Those of a fix must
    /// still stand in the student's text.
    pub promises: &'static [&'static str],
    /// For goals to be met: those that count, by their conditions as the scenario has them. They
    /// must still stand in the student's text.
    pub goals: &'static [&'static str],
    /// What must be so besides.
    pub conditions: &'static [Condition],
    /// For a fix and for goals: parameters that take each of these values; the others stay as the
    /// student set them. All combinations are explored, or run.
    pub vary: &'static [Varied],
    /// Variables or counters and the values with which it must end. For a fix every schedule, so
    /// that doing nothing at all is no fix; for a break the run at hand.
    pub ends: &'static [(&'static str, &'static str)],
    /// For a fix: variables or counters and values with which at least one schedule must end, so
    /// that forbidding what should stay possible is no fix.
    pub reaches: &'static [(&'static str, &'static str)],
    /// For goals to be met: by how many seeds, from 1. Else 0.
    pub seeds: u32,
}

/// What a challenge asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A run, by hand, that breaks one of the promises.
    Break,
    /// A text and settings for which no schedule fails, in any of the cases.
    Fix,
    /// A text and settings with which every run by the clock meets the goals, in all cases.
    Meet,
}

/// What must be so for a challenge to count.
#[derive(Debug, PartialEq, Eq)]
pub enum Condition {
    /// A parameter has a value.
    Is {
        /// The parameter.
        param: &'static str,
        /// The value, as the scenario spells it.
        value: &'static str,
    },
    /// A parameter has another value.
    IsNot {
        /// The parameter.
        param: &'static str,
        /// The value, as the scenario spells it.
        value: &'static str,
    },
    /// Processes use no more of something than this, under the settings of the case.
    AtMost {
        /// What is counted.
        tool: Tool,
        /// How many there may be.
        most: u32,
    },
}

/// What a condition may forbid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// What some process takes: locks, and rwlocks and semaphores, which can stand in for them.
    /// Every element of an array counts.
    Lock,
    /// Places with `atomic`.
    Atomic,
    /// Rwlocks that some process takes.
    RwLock,
    /// Semaphores that some process takes a permit of.
    Semaphore,
    /// Places with `retry`.
    Retry,
}

impl Tool {
    /// Its word in a scenario.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Tool::Lock => "lock",
            Tool::Atomic => "atomic",
            Tool::RwLock => "rwlock",
            Tool::Semaphore => "semaphore",
            Tool::Retry => "retry",
        }
    }
}

/// A parameter and the values it takes in turn.
#[derive(Debug, PartialEq, Eq)]
pub struct Varied {
    /// The parameter.
    pub param: &'static str,
    /// The values, as the scenario spells them.
    pub values: &'static [&'static str],
}

/// A goal that the lesson's own text misses in every run under some settings, and meets in every
/// run under others. Parameters that are not named have their defaults.
#[derive(Debug, PartialEq, Eq)]
pub struct Measured {
    /// The goal, by its condition as the scenario has it.
    pub goal: &'static str,
    /// Settings under which it is missed.
    pub missed: &'static [(&'static str, &'static str)],
    /// Settings under which it is met.
    pub met: &'static [(&'static str, &'static str)],
    /// By how many seeds, from 1.
    pub seeds: u32,
}

/// What a lesson says in one language.
#[derive(Debug, PartialEq, Eq)]
pub struct Text {
    /// The name of its theme.
    pub theme: &'static str,
    /// Its title.
    pub title: &'static str,
    /// One sentence for the list of lessons.
    pub summary: &'static str,
    /// What this is about.
    pub story: &'static [Block],
    /// To be answered before running anything.
    pub question: &'static [Block],
    /// In the order of [`Lesson::answers`].
    pub answers: &'static [AnswerText],
    /// To be given one by one.
    pub hints: &'static [&'static [Inline]],
    /// In the order of [`Lesson::stops`].
    pub stops: &'static [&'static [Inline]],
    /// What to take home, once the challenges are done.
    pub debrief: &'static [Block],
    /// What the lesson models, and what it leaves out; one paragraph.
    pub modelled: &'static [Inline],
    /// Where this bites in production.
    pub production: &'static [&'static [Inline]],
    /// What to read.
    pub reading: &'static [&'static [Inline]],
    /// In the order of [`Lesson::challenges`].
    pub challenges: &'static [ChallengeText],
    parameters: &'static [(&'static str, &'static str)],
    choices: &'static [(&'static str, &'static str)],
    promises: &'static [(&'static str, &'static str)],
    schedules: &'static [(&'static str, &'static str)],
    goals: &'static [(&'static str, &'static str)],
    charts: &'static [(&'static str, &'static str)],
}

/// An answer and what to say to those who choose it.
#[derive(Debug, PartialEq, Eq)]
pub struct AnswerText {
    /// The answer.
    pub text: &'static [Inline],
    /// What to say then.
    pub feedback: &'static [Block],
}

/// What a challenge asks, in words.
#[derive(Debug, PartialEq, Eq)]
pub struct ChallengeText {
    /// In a sentence.
    pub title: &'static [Inline],
    /// More about it; may be empty.
    pub body: &'static [Block],
}

/// A piece of a text that stands on lines of its own.
#[derive(Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(&'static [Inline]),
    /// A list with bullets.
    Bullets(&'static [&'static [Inline]]),
    /// A list with numbers, from 1.
    Numbered(&'static [&'static [Inline]]),
    /// Lines of a scenario.
    Listing(&'static str),
}

/// A piece of a line.
#[derive(Debug, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Plain(&'static str),
    /// Words that matter.
    Strong(&'static str),
    /// Words said with emphasis.
    Emphasis(&'static str),
    /// Words of a scenario.
    Code(&'static str),
    /// Words, and where they lead: `term:ID` of the glossary, `lesson:ID`, `page:ID` or `https://…`.
    Link(&'static str, &'static str),
}

/// A page of words beside the lessons: the glossary, what is modelled.
#[derive(Debug, PartialEq, Eq)]
pub struct Page {
    /// Its stable name.
    pub id: &'static str,
    en: PageText,
    es: PageText,
}

/// What a page says in one language.
#[derive(Debug, PartialEq, Eq)]
pub struct PageText {
    /// Its title.
    pub title: &'static str,
    /// What stands before its sections.
    pub intro: &'static [Block],
    /// In the order of the file.
    pub sections: &'static [PageSection],
}

/// A section of a page: of the glossary a term.
#[derive(Debug, PartialEq, Eq)]
pub struct PageSection {
    /// Its stable name, for addresses.
    pub id: &'static str,
    /// Its heading.
    pub name: &'static str,
    /// What it says.
    pub words: &'static [Block],
    /// Of a term: the ids of the lessons whose words lead to it, in the order of the course.
    pub lessons: &'static [&'static str],
}

impl Page {
    /// What it says in a language.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &PageText {
        match lang {
            Lang::En => &self.en,
            Lang::Es => &self.es,
        }
    }
}

impl Lesson {
    /// The first parameter, with the values it should have, for a named schedule to show what its
    /// name says; nothing if it does so under these settings.
    #[must_use]
    pub fn needs(&self, schedule: &str, settings: &[(String, String)]) -> Option<&'static Varied> {
        let fitting = self.schedules.iter().find(|one| one.schedule == schedule)?;
        fitting.only.iter().find(|varied| {
            let set = settings.iter().find(|(name, _)| name == varied.param);
            set.is_some_and(|(_, value)| !varied.values.iter().any(|one| same_value(one, value)))
        })
    }

    /// What it says in a language.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &'static Text {
        let at = LESSONS.iter().position(|lesson| lesson.id == self.id).unwrap_or_default();
        let (en, es) = &TEXTS[at];
        match lang {
            Lang::En => en,
            Lang::Es => es,
        }
    }
}

impl Told {
    /// What it says in a language.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &Text {
        match lang {
            Lang::En => &self.en,
            Lang::Es => &self.es,
        }
    }
}

impl Theme {
    /// What it is called in a language.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &ThemeText {
        match lang {
            Lang::En => &self.en,
            Lang::Es => &self.es,
        }
    }
}

impl Listed {
    /// What a list says of it in a language.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &ListedText {
        match lang {
            Lang::En => &self.en,
            Lang::Es => &self.es,
        }
    }
}

impl Text {
    /// The label of a parameter.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&'static str> {
        find_label(self.parameters, name)
    }

    /// The label of a value of a choice parameter.
    #[must_use]
    pub fn choice(&self, param: &str, label: &str) -> Option<&'static str> {
        let is_it = |key: &str| key.split_once('.') == Some((param, label));
        self.choices.iter().find(|(key, _)| is_it(key)).map(|(_, words)| *words)
    }

    /// The words for a promise, by those it has in the scenario.
    #[must_use]
    pub fn promise(&self, why: &str) -> Option<&'static str> {
        find_label(self.promises, why)
    }

    /// The words for a schedule, by its name in the scenario.
    #[must_use]
    pub fn schedule(&self, name: &str) -> Option<&'static str> {
        find_label(self.schedules, name)
    }

    /// The words for a goal, by those it has in the scenario.
    #[must_use]
    pub fn goal(&self, why: &str) -> Option<&'static str> {
        find_label(self.goals, why)
    }

    /// The title of a chart, by the one it has in the scenario.
    #[must_use]
    pub fn chart(&self, title: &str) -> Option<&'static str> {
        find_label(self.charts, title)
    }
}

fn find_label(labels: &'static [(&'static str, &'static str)], key: &str) -> Option<&'static str> {
    labels.iter().find(|(found, _)| *found == key).map(|(_, words)| *words)
}

static THEMES: &[Theme] = include!(concat!(env!("OUT_DIR"), "/themes.rs"));

static LISTED: &[Listed] = {
    use Kind::*;
    include!(concat!(env!("OUT_DIR"), "/listed.rs"))
};

static PAGES: &[Page] = {
    use {Block::*, Inline::*};
    include!(concat!(env!("OUT_DIR"), "/pages.rs"))
};

static LESSONS: &[Lesson] = {
    use {Condition::*, Kind::*, Tool::*};
    include!(concat!(env!("OUT_DIR"), "/lessons.rs"))
};

/// In the order of [`LESSONS`].
static MEASURED: &[&[Measured]] = include!(concat!(env!("OUT_DIR"), "/measured.rs"));

/// In the order of [`LESSONS`].
static TEXTS: &[(Text, Text)] = {
    use {Block::*, Inline::*};
    include!(concat!(env!("OUT_DIR"), "/texts.rs"))
};
