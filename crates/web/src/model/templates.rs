//! What a new scenario can begin with. The words to choose by are in `i18n::templates`.

use super::course::OWN;

/// A text to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name in addresses.
    pub id: &'static str,
    /// Its name on the workbench and in drafts.
    pub course: &'static str,
    /// The text.
    pub text: &'static str,
    /// Some schedule breaks a promise, or gets stuck.
    pub breaks: bool,
}

macro_rules! templates {
    ($($id:literal $breaks:literal,)*) => {
        &[
            Template {
                id: "empty",
                course: OWN,
                text: include_str!("../../templates/empty.lockstep"),
                breaks: true,
            },
            $(Template {
                id: $id,
                course: concat!("new.", $id),
                text: include_str!(concat!("../../templates/", $id, ".lockstep")),
                breaks: $breaks,
            },)*
        ]
    };
}

/// All templates, the plainest first.
pub const ALL: &[Template] = templates! {
    "race" true,
    "lock" false,
    "wakeup" true,
    "readers" false,
    "pool" true,
    "two-locks" true,
    "timeout" true,
};

/// The template with this name.
#[must_use]
pub fn find(id: &str) -> Option<&'static Template> {
    ALL.iter().find(|template| template.id == id)
}
