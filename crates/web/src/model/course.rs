//! What can be put on the workbench: a lesson, or the scenario that people write themselves.

use lessons::{Lesson, Text};
use sim_core::say::Lang;

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
    if id == OWN {
        return Some(Course { id: OWN, scenario: TEMPLATE, lesson: None });
    }
    lessons::find(id).map(|lesson| Course {
        id: lesson.id,
        scenario: lesson.scenario,
        lesson: Some(lesson),
    })
}

/// Under which name a done challenge is kept.
#[must_use]
pub fn done_key(lesson: &str, challenge: &str) -> String {
    format!("{lesson}/{challenge}")
}

/// What the editor holds for who starts anew.
const TEMPLATE: &str = "scenario \"My own\"

param clients: int = 2 in 1..4

var count = 0

process client * clients {
  let seen = count
  count = seen + 1
}

finally count == clients \"nobody's turn is lost\"
";
