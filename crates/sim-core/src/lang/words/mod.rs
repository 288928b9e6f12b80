//! The words of the language: one table, a row for each word in each place where it is one.
//!
//! Outside its place a word is a name like any other; only [`is_reserved`] ones never are. The
//! parser, colours, completion, hover help, the formatter and the reference all read this table.
//! What is not built yet stands here too and says so: where it is met it gives `E0901`. Building
//! it ends with writing `BUILT` for `LATER` in its row.

mod clauses;
mod declarations;
mod errors;
mod functions;
mod kinds;
mod measures;
mod nearest;
mod option_values;
mod options;
mod picks;
mod service_options;
mod statement_options;
mod verbs;

pub use nearest::nearest;

/// A word in a place where it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// How it is spelled; for a declaration or statement of two words the first one.
    pub word: &'static str,
    /// Where it stands.
    pub place: Place,
    /// What it belongs to: declarations or statements for an option, options for a value, things
    /// for what is measured of them. Empty where that says nothing.
    pub of: &'static [&'static str],
    /// How it is written, names in capitals.
    pub form: &'static str,
    /// What it means, in English and in Spanish.
    pub says: [&'static str; 2],
    /// What an option is when it is left out; empty if it must be given, and elsewhere.
    pub default: &'static str,
    /// Words that an option takes as values.
    pub values: &'static [&'static str],
    /// Declaring words whose names an option or word takes; `error` stands for errors.
    pub names: &'static [&'static str],
    /// Whether it may also stand right of `=` and `return`.
    pub right: bool,
    /// Whether it can be used; if not, it gives `E0901`.
    pub built: bool,
    /// A line in which it stands, or nothing.
    pub example: &'static str,
}

/// Where a word is a word of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// At the beginning of a declaration.
    Declaration,
    /// At the beginning of a statement.
    Verb,
    /// Behind what it belongs to, or between values. Many of these are reserved.
    Clause,
    /// In the brackets behind a declaration or a statement, before a `:`.
    Option,
    /// As what an option is set to.
    Value,
    /// Before brackets, in an expression.
    Function,
    /// Before `NAME in`, in an expression.
    Quantifier,
    /// In a schedule, before a name.
    Pick,
    /// Behind the `:` of a parameter.
    Type,
    /// Behind a number, sticking to it.
    Unit,
    /// As the name of an error.
    Error,
    /// Behind a dot: a part of something that a process may use.
    Field,
    /// Behind a dot: how often something happened.
    Count,
    /// Behind a dot: how much of something there is now.
    Gauge,
    /// Behind a dot: how long things took.
    Spread,
    /// Behind a measure and a dot: what is told of it.
    Statistic,
}

impl Place {
    /// All places, in the order in which the reference lists them.
    pub const ALL: [Place; 16] = [
        Place::Declaration,
        Place::Verb,
        Place::Clause,
        Place::Option,
        Place::Value,
        Place::Function,
        Place::Quantifier,
        Place::Pick,
        Place::Type,
        Place::Unit,
        Place::Error,
        Place::Field,
        Place::Count,
        Place::Gauge,
        Place::Spread,
        Place::Statistic,
    ];
}

/// Words that are never names.
const RESERVED: &[&str] = &[
    "if", "then", "else", "match", "and", "or", "not", "mod", "true", "false", "none", "self",
    "in", "of",
];

/// Marks a row whose word can be used.
const BUILT: bool = true;
/// Marks a row whose word gives `E0901` until it is built.
const LATER: bool = false;

/// The parts of the table. Each is short: a look-up goes through one of them.
const TABLES: [&[Word]; 13] = [
    declarations::WORDS,
    verbs::WORDS,
    clauses::WORDS,
    options::WORDS,
    service_options::WORDS,
    statement_options::WORDS,
    option_values::WORDS,
    functions::WORDS,
    picks::WORDS,
    kinds::WORDS,
    errors::WORDS,
    measures::FIELDS,
    measures::WORDS,
];

/// The table, row by row.
pub fn all() -> impl Iterator<Item = &'static Word> {
    TABLES.into_iter().flatten()
}

/// The rows of a place.
pub fn at(place: Place) -> impl Iterator<Item = &'static Word> {
    all().filter(move |word| word.place == place)
}

/// The options of a declaration or statement, in the order in which they are listed.
pub fn options_of(owner: &str) -> impl Iterator<Item = &'static Word> {
    let tables = [options::WORDS, service_options::WORDS, statement_options::WORDS];
    tables.into_iter().flatten().filter(move |word| word.of.contains(&owner))
}

/// One option of a declaration or statement.
#[must_use]
pub fn option(owner: &str, name: &str) -> Option<&'static Word> {
    options_of(owner).find(|word| word.word == name)
}

/// Whether a word is never a name.
#[must_use]
pub fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

fn find(table: &'static [Word], place: Place, word: &str) -> Option<&'static Word> {
    table.iter().find(|row| row.place == place && row.word == word)
}

/// The row of a word that begins a declaration at the top. `scenario` is none: it begins the text.
#[must_use]
pub fn declaration(word: &str) -> Option<&'static Word> {
    find(declarations::WORDS, Place::Declaration, word).filter(|row| stands_at_top(row))
}

/// `table`, `on` and `step` stand only inside what they belong to, `scenario` only at the start.
fn stands_at_top(row: &Word) -> bool {
    row.of.is_empty() && row.word != "scenario"
}

/// The row of a word that begins a statement.
#[must_use]
pub fn verb(word: &str) -> Option<&'static Word> {
    find(verbs::WORDS, Place::Verb, word).filter(|row| stands_at_top(row))
}

/// The row of a function of the language.
#[must_use]
pub fn function(word: &str) -> Option<&'static Word> {
    find(functions::WORDS, Place::Function, word)
}

/// The row of a word that begins a pick of a schedule.
#[must_use]
pub fn pick(word: &str) -> Option<&'static Word> {
    find(picks::WORDS, Place::Pick, word)
}

/// Whether a declaration that can be used begins with this word.
pub(super) fn declares(word: &str) -> bool {
    declaration(word).is_some_and(|row| row.built)
}

/// The words of what may stand at the top, and in a service, where each replica has its own.
pub(super) const OWNED: [&str; 8] =
    ["var", "lock", "rwlock", "semaphore", "condition", "breaker", "limiter", "cache"];

/// Whether a declaration that is not built yet begins with this word.
pub(super) fn declares_later(word: &str) -> bool {
    declaration(word).is_some_and(|row| !row.built)
}

/// Whether a statement that can be used begins with this word.
pub(super) fn is_verb(word: &str) -> bool {
    verb(word).is_some_and(|row| row.built)
}

/// Whether a statement that is not built yet begins with this word.
pub(super) fn is_later_verb(word: &str) -> bool {
    verb(word).is_some_and(|row| !row.built)
}

/// Whether this word begins an operation right of `=` or `return`.
pub(super) fn is_operation(word: &str) -> bool {
    verb(word).is_some_and(|row| row.right)
}

/// Whether this is a function of the language that is not built yet.
pub(super) fn is_later_function(word: &str) -> bool {
    function(word).is_some_and(|row| !row.built)
}

/// Whether this word begins a quantifier when a name and `in` follow.
pub(super) fn is_quantifier(word: &str) -> bool {
    find(functions::WORDS, Place::Quantifier, word).is_some()
}

/// All words that begin declarations, for suggestions.
pub(super) fn declaration_words() -> impl Iterator<Item = &'static str> {
    declarations::WORDS.iter().filter(|row| stands_at_top(row)).map(|row| row.word)
}

/// All words that begin statements, for suggestions.
pub(super) fn verb_words() -> impl Iterator<Item = &'static str> {
    verbs::WORDS.iter().filter(|row| stands_at_top(row)).map(|row| row.word)
}

impl Word {
    /// A row with what every row has.
    const fn new(
        built: bool,
        place: Place,
        word: &'static str,
        form: &'static str,
        en: &'static str,
        es: &'static str,
    ) -> Word {
        Word {
            word,
            place,
            of: &[],
            form,
            says: [en, es],
            default: "",
            values: &[],
            names: &[],
            right: false,
            built,
            example: "",
        }
    }

    const fn of(self, of: &'static [&'static str]) -> Word {
        Word { of, ..self }
    }

    const fn default(self, default: &'static str) -> Word {
        Word { default, ..self }
    }

    const fn values(self, values: &'static [&'static str]) -> Word {
        Word { values, ..self }
    }

    const fn names(self, names: &'static [&'static str]) -> Word {
        Word { names, ..self }
    }

    const fn right(self) -> Word {
        Word { right: true, ..self }
    }

    const fn example(self, example: &'static str) -> Word {
        Word { example, ..self }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_row_says_what_it_is() {
        let mut seen = BTreeSet::new();
        for row in all() {
            let name = row.word;
            assert!(row.form.contains(name), "{name}: its form does not show it");
            for says in row.says {
                assert!(says.len() > 4 && says.ends_with('.'), "{name}: {says}");
                assert!(says.chars().count() <= 130, "{name}: too long to hover over: {says}");
            }
            let owners = if row.of.is_empty() { &[""] } else { row.of };
            for owner in owners {
                assert!(seen.insert((row.place, name, owner)), "{name} of {owner} stands twice");
            }
        }
        for word in RESERVED {
            assert!(all().any(|row| row.word == *word), "no row tells what `{word}` means");
        }
    }

    #[test]
    fn rows_name_only_what_has_a_row() {
        let declares = |word: &&str| at(Place::Declaration).any(|row| row.word == *word);
        for row in all() {
            let name = row.word;
            for thing in row.names {
                assert!(*thing == "error" || declares(thing), "{name} takes a {thing}");
            }
            for value in row.values {
                let told = at(Place::Value).any(|of| of.word == *value && of.of.contains(&name));
                let plain = ["none", "true", "false", "all"].contains(value);
                assert!(told || plain, "{name}: nothing tells what {value} means");
            }
            if row.place == Place::Value {
                for option in row.of {
                    let mut options = at(Place::Option).filter(|of| of.word == *option);
                    let takes = options.any(|of| of.values.contains(&name));
                    assert!(takes, "no option {option} takes {name}");
                }
            }
            if row.place == Place::Option {
                for owner in row.of {
                    assert!(declares(owner) || verb(owner).is_some(), "{name} of {owner}");
                }
                let named = row.values.contains(&row.default) || row.values.is_empty();
                let number = row.default.starts_with(|c: char| c.is_ascii_digit());
                let given = row.default.is_empty();
                assert!(named || number || given || name == "on" || name == "isolation", "{name}");
            }
        }
    }

    #[test]
    fn options_are_found_by_what_they_belong_to() {
        let explore: Vec<_> = options_of("explore").map(|row| (row.word, row.default)).collect();
        let expected = [
            ("arrivals", "2"),
            ("timeouts", "2"),
            ("losses", "1"),
            ("duplicates", "1"),
            ("crashes", "1"),
            ("depth", "200"),
        ];
        assert_eq!(explore, expected);
        assert!(option("semaphore", "permits").is_some());
        assert!(option("lock", "permits").is_none());
    }

    #[test]
    fn a_word_of_a_block_is_none_at_the_top() {
        for word in ["table", "on", "scenario", "step"] {
            assert!(declaration(word).is_none() && verb(word).is_none(), "{word}");
        }
        assert!(declaration("lock").is_some() && verb("receive").is_some());
    }
}
