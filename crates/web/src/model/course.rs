//! What can be put on the workbench: a lesson, or a scenario that people write themselves.

use lessons::{Lesson, Text};
use sim_core::say::Lang;

use super::templates;

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
}

impl Course {
    /// What it says in a language.
    #[must_use]
    pub fn words(&self, lang: Lang) -> Option<&'static Text> {
        self.lesson.map(|lesson| lesson.text(lang))
    }

    /// Its challenges.
    #[must_use]
    pub fn challenges(&self) -> &'static [lessons::Challenge] {
        self.lesson.map_or(&[], |lesson| lesson.challenges)
    }
}

/// What has this name.
#[must_use]
pub fn find(id: &str) -> Option<Course> {
    let template = templates::ALL.iter().find(|template| template.course == id);
    if let Some(template) = template {
        return Some(Course { id: template.course, scenario: template.text, lesson: None });
    }
    lessons::find(id).map(|lesson| Course {
        id: lesson.id,
        scenario: lesson.scenario,
        lesson: Some(lesson),
    })
}

/// What people write themselves, where nothing else is known of it.
#[must_use]
pub fn own() -> Course {
    let first = &templates::ALL[0];
    Course { id: first.course, scenario: first.text, lesson: None }
}

/// Under which name a done challenge is kept.
#[must_use]
pub fn done_key(lesson: &str, challenge: &str) -> String {
    format!("{lesson}/{challenge}")
}
