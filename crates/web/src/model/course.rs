//! What can be put on the workbench: a lesson, or a scenario that people write themselves.

use lessons::{Lesson, Text, Told};
use sim_core::say::Lang;

use super::templates::{self, Template};

/// The name of the scenario people write themselves.
pub const OWN: &str = "own";

/// Something to put on the workbench.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    /// Its name in addresses and drafts.
    pub id: &'static str,
    /// Its text.
    pub scenario: &'static str,
    /// The lesson, unless it is the scenario people write themselves.
    pub lesson: Option<&'static Lesson>,
    told: Option<&'static Told>,
}

impl Course {
    /// What it says in a language.
    #[must_use]
    pub fn words(&self, lang: Lang) -> Option<&'static Text> {
        self.told.map(|told| told.text(lang))
    }

    /// Its challenges.
    #[must_use]
    pub fn challenges(&self) -> &'static [lessons::Challenge] {
        self.lesson.map_or(&[], |lesson| lesson.challenges)
    }
}

/// What has this name, among templates and the lessons that were fetched.
#[must_use]
pub fn find(id: &str, fetched: &[&'static Told], lang: Lang) -> Option<Course> {
    let template = templates::ALL.iter().find(|template| template.course == id);
    let told = || fetched.iter().find(|told| told.lesson.id == id);
    let template = template.map(|template| of_template(template, lang));
    template.or_else(|| told().map(|told| of_lesson(told)))
}

/// What a template begins with.
#[must_use]
pub fn of_template(template: &Template, lang: Lang) -> Course {
    Course { id: template.course, scenario: template.text(lang), lesson: None, told: None }
}

fn of_lesson(told: &'static Told) -> Course {
    let lesson = &told.lesson;
    Course { id: lesson.id, scenario: lesson.scenario, lesson: Some(lesson), told: Some(told) }
}

/// What people write themselves, where nothing else is known of it.
#[must_use]
pub fn own(lang: Lang) -> Course {
    of_template(&templates::ALL[0], lang)
}

/// Under which name a done challenge is kept.
#[must_use]
pub fn done_key(lesson: &str, challenge: &str) -> String {
    format!("{lesson}/{challenge}")
}
