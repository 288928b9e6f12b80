//! What a new scenario can begin with. The words to choose by are in `i18n::templates`.

use sim_core::say::Lang;

use super::course::OWN;

/// A text to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name in addresses.
    pub id: &'static str,
    /// Its name on the workbench and in drafts.
    pub course: &'static str,
    /// The text in each language: its words differ, what it does is the same.
    en: &'static str,
    es: &'static str,
    /// Some schedule breaks a promise, or gets stuck.
    pub breaks: bool,
}

macro_rules! templates {
    ($($id:literal $breaks:literal,)*) => {
        &[
            Template {
                id: "empty",
                course: OWN,
                en: include_str!("../../templates/empty.lockstep"),
                es: include_str!("../../templates/es/empty.lockstep"),
                breaks: true,
            },
            $(Template {
                id: $id,
                course: concat!("new.", $id),
                en: include_str!(concat!("../../templates/", $id, ".lockstep")),
                es: include_str!(concat!("../../templates/es/", $id, ".lockstep")),
                breaks: $breaks,
            },)*
        ]
    };
}

/// All templates, the plainest first.
pub const ALL: &[Template] = templates! {
    "race" true,
    "queue" false,
    "topic" true,
    "lock" false,
    "wakeup" true,
    "readers" false,
    "pool" true,
    "two-locks" true,
    "timeout" true,
};

impl Template {
    /// The text in a language.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Es => self.es,
        }
    }
}

/// The template with this name.
#[must_use]
pub fn find(id: &str) -> Option<&'static Template> {
    ALL.iter().find(|template| template.id == id)
}
