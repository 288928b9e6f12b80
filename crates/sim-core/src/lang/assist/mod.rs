//! What an editor offers while a text is written: words that fit, what a word means, what folds.
//!
//! All of it looks at tokens only, so it answers for broken texts, on every key press.

mod folds;
mod here;
mod hover;
mod offers;
mod scan;
mod skeletons;
#[cfg(test)]
mod tests;

use crate::program::Span;

pub use folds::folds;
pub use hover::hover;
pub use offers::complete;

/// Something that may stand at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What a list shows.
    pub word: String,
    /// What is put in; `$0` marks where the cursor goes, behind it all if there is none.
    pub insert: String,
    /// What of the text it replaces.
    pub replaces: Span,
    /// What it is.
    pub kind: SuggestionKind,
    /// How it is written: a signature, or the line that declares it.
    pub form: String,
    /// What it means, in English and in Spanish.
    pub says: [String; 2],
}

/// What a suggestion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SuggestionKind {
    /// A word of the language.
    Word,
    /// An option of a declaration or statement.
    Option,
    /// A value of an option, a unit, or a value of the language such as `none`.
    Value,
    /// A declared name, with the word that declares it.
    Name(&'static str),
    /// A `param`.
    Parameter,
    /// A local of the process, routine or block around.
    Local,
    /// A value of a choice.
    Label,
    /// A function of the language, or a routine.
    Function,
    /// The name of an error.
    Error,
}

/// What is told of a word under the pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The word.
    pub span: Span,
    /// How it is written: a signature, or the line that declares it.
    pub form: String,
    /// What it means, in English and in Spanish.
    pub says: [String; 2],
}
