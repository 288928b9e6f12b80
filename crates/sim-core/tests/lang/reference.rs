//! The tables of words in the reference, made from the table of words.

use sim_core::lang::words::{self, Place, Word};
use std::{fmt::Write as _, fs, path::Path};

const BEGIN: &str = "<!-- made from the table of words: begin -->\n";
const END: &str = "<!-- made from the table of words: end -->";

/// What is built, place by place.
fn tables() -> String {
    let mut out = String::new();
    let headings = [
        (Place::Declaration, "Words that begin a declaration"),
        (Place::Verb, "Words that begin a statement"),
        (Place::Clause, "Words behind them, and between values"),
        (Place::Function, "Functions"),
        (Place::Quantifier, "Quantifiers"),
        (Place::Pick, "Picks of a schedule, besides the names of processes"),
        (Place::Type, "Kinds of parameters"),
        (Place::Error, "Errors of the language"),
    ];
    for (place, heading) in headings {
        let rows: Vec<&Word> = words::at(place).filter(|row| row.built).collect();
        if rows.is_empty() {
            continue;
        }
        let _ = write!(out, "\n### {heading}\n\n| word | how it is written | what it means |\n");
        out.push_str("| --- | --- | --- |\n");
        for row in rows {
            let (word, form, says) = (row.word, row.form.replace('|', "\\|"), row.says[0]);
            let _ = writeln!(out, "| `{word}` | `{form}` | {says} |");
        }
    }
    out.push_str("\n### Options\n\n| of | option | left out | what it means |\n");
    out.push_str("| --- | --- | --- | --- |\n");
    for row in words::at(Place::Option).filter(|row| row.built) {
        let (of, form, says) = (row.of.join("`, `"), row.form, row.says[0]);
        let default = match row.default {
            "" => "must be given".to_owned(),
            default => format!("`{default}`"),
        };
        let values = match row.values {
            [] => String::new(),
            values => format!(" One of `{}`.", values.join("`, `")),
        };
        let listed = row.values.len() > 1;
        let values = if listed { values } else { String::new() };
        let _ = writeln!(out, "| `{of}` | `{form}` | {default} | {says}{values} |");
    }
    out.push('\n');
    out
}

#[test]
fn the_reference_lists_every_word_that_is_built() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/language.md");
    let text = fs::read_to_string(&path).expect("the reference is there");
    let begin = text.find(BEGIN).expect("a mark where the tables begin") + BEGIN.len();
    let end = text.find(END).expect("a mark where they end");
    let expected = tables();
    if std::env::var_os("UPDATE").is_some() {
        let whole = format!("{}{expected}{}", &text[..begin], &text[end..]);
        fs::write(&path, whole).expect("the reference can be written");
        return;
    }
    assert!(
        text[begin..end] == expected,
        "docs/language.md lags behind the table of words: UPDATE=1 cargo test -p sim-core --test lang"
    );
}
