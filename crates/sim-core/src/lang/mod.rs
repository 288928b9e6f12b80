//! Text to program, or to diagnostics. Never runs anything, and no text makes it fail.
//!
//! ```text
//! text ─ lexer ─► tokens ─ parser ─► tree ─ check ─► scenario ─ compile (with parameters) ─► program
//! ```
//! Checking holds for all values of the parameters; only a program knows which were chosen.

mod assist;
mod check;
mod compile;
mod diagnostic;
mod expr;
mod families;
mod format;
mod highlight;
mod lexer;
pub mod limits;
mod names;
mod own;
mod parser;
mod patterns;
mod picks;
mod rows;
mod sagas;
mod token;
mod tree;
mod values;
pub mod words;

use std::sync::Arc;

use crate::{
    program::{Program, Schedule, Span},
    say::diagnostics::{Ceiling, Message},
};
use diagnostic::Diagnostics;
use names::Names;
use tree::Tree;

pub use assist::{Hover, Suggestion, SuggestionKind, complete, folds, hover};
pub use diagnostic::{Diagnostic, Severity, line_column};
pub use format::format;
pub use highlight::{Tag, highlight};
pub use picks::parse_picks;
pub use values::{Param, ParamKind, Value, Values, read_number, same_value};

/// What [`check`] makes of a text.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The scenario, if nothing is wrong with it.
    pub scenario: Option<Scenario>,
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// A text that makes sense, whose parameters are still open.
#[derive(Clone, Debug)]
pub struct Scenario {
    whole: Arc<Whole>,
}

#[derive(Debug)]
struct Whole {
    text: String,
    tree: Tree,
    names: Names,
    params: Vec<Param>,
}

/// Reads and checks a text. Ends for any text, in time that grows with its length.
#[must_use]
pub fn check(text: &str) -> Checked {
    let mut diagnostics = Diagnostics::default();
    let scenario = scenario(text, &mut diagnostics);
    let scenario = scenario.filter(|_| diagnostics.is_empty());
    Checked { scenario, diagnostics: diagnostics.sorted() }
}

fn scenario(text: &str, diagnostics: &mut Diagnostics) -> Option<Scenario> {
    if text.len() > limits::TEXT_BYTES {
        let most = limits::TEXT_BYTES as u64;
        diagnostics.error(0..0, Message::TooMuch { what: Ceiling::TextBytes, most });
        return None;
    }
    let tree = parser::parse(text, diagnostics);
    let mut names = Names::collect(text, &tree, diagnostics);
    check::check(text, &tree, &mut names, diagnostics);
    if !diagnostics.is_empty() {
        return None;
    }
    let params = values::params(text, &tree, &names, diagnostics);
    if !diagnostics.is_empty() {
        return None;
    }
    let scenario =
        Scenario { whole: Arc::new(Whole { text: text.to_owned(), tree, names, params }) };
    // What cannot run as it stands is a mistake, even if other parameters would do.
    let values = Values::default();
    let bound = scenario.bind(&values).err();
    let explored = if bound.is_none() { scenario.exploring(&values).err() } else { None };
    for diagnostic in bound.into_iter().chain(explored).flatten() {
        diagnostics.error(diagnostic.span, diagnostic.message);
    }
    Some(scenario)
}

impl Scenario {
    /// The words behind `scenario`.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.whole.tree.title
    }

    /// The text it was made of.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.whole.text
    }

    /// Its parameters, in the order of the text.
    #[must_use]
    pub fn params(&self) -> &[Param] {
        &self.whole.params
    }

    /// The program for some values of the parameters; those not named have their defaults.
    ///
    /// # Errors
    /// Values that the parameters do not take, arithmetic on constants that cannot be done, and
    /// programs beyond a ceiling of [`limits`].
    pub fn bind(&self, values: &Values) -> Result<Program, Vec<Diagnostic>> {
        let whole = &*self.whole;
        let values = values.resolve(self.params(), &whole.names)?;
        let names = whole.names.clone();
        compile::compile(&whole.text, &whole.tree, &names, values)
    }

    /// The same values with those lowered that `explore (..)` lowers: a search that tries
    /// everything runs with these. What is lowered already stays.
    ///
    /// # Errors
    /// As [`Scenario::bind`]; also a value to lower to that its parameter does not take.
    pub fn exploring(&self, values: &Values) -> Result<Values, Vec<Diagnostic>> {
        let whole = &*self.whole;
        let words = values.resolve(self.params(), &whole.names)?;
        let lowered = compile::lowered(&whole.text, &whole.tree, &whole.names, words.clone())?;
        let mut values = values.clone();
        let mut diagnostics = Diagnostics::default();
        for (at, value, span) in lowered {
            let param = &self.params()[at];
            let chosen = param.value_of(value);
            if let Err(message) = param.admits(&chosen) {
                diagnostics.error(span, message);
            } else if words[at] > value {
                values.insert(&param.name, chosen);
            }
        }
        if diagnostics.is_empty() { Ok(values) } else { Err(diagnostics.sorted()) }
    }

    /// The schedules of this text as entries for another program, which may have been made of
    /// another text: a schedule of somebody's text, to be played in one that is not theirs.
    #[must_use]
    pub fn schedules_for(&self, program: &Program) -> Vec<Schedule> {
        let schedules = self.whole.tree.schedules.iter();
        schedules.map(|tree| compile::schedule(program, tree)).collect()
    }

    /// Where each name of a shared thing, process or routine stands in its declaration.
    pub fn declared(&self) -> impl Iterator<Item = (&str, Span)> {
        let tree = &self.whole.tree;
        tree.shared
            .iter()
            .map(|shared| &shared.name)
            .chain(tree.processes.iter().map(|process| &process.name))
            .chain(tree.routines.iter().map(|routine| &routine.name))
            .map(|name| (name.text.as_str(), name.span.clone()))
    }
}
