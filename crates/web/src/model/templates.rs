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
}

macro_rules! templates {
    ($($id:literal)*) => {
        &[
            Template {
                id: "empty",
                course: OWN,
                text: include_str!("../../templates/empty.lockstep"),
            },
            $(Template {
                id: $id,
                course: concat!("new.", $id),
                text: include_str!(concat!("../../templates/", $id, ".lockstep")),
            },)*
        ]
    };
}

/// All templates, the plainest first.
pub const ALL: &[Template] = templates! { "race" "lock" "two-locks" };

/// The template with this name.
#[must_use]
pub fn find(id: &str) -> Option<&'static Template> {
    ALL.iter().find(|template| template.id == id)
}
