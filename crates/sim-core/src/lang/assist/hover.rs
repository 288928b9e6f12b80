//! What the word under the pointer means.

use super::{
    Hover,
    here::meant,
    scan::{Declared, Scan, What},
};
use crate::lang::words::{self, Place, Word};

/// What the word at a byte of a text means, if it is one of the language or declared in the text.
#[must_use]
pub fn hover(text: &str, at: u32) -> Option<Hover> {
    let scan = Scan::new(text);
    let at = text.floor_char_boundary(at as usize) as u32;
    let token = scan.tokens.partition_point(|token| token.span.end <= at);
    let under = scan.tokens.get(token).filter(|token| token.span.start <= at);
    // Behind a word's last letter it is still meant.
    let touched = token.checked_sub(1).filter(|&before| scan.tokens[before].span.end == at);
    let token = match under.map(|_| token).filter(|&token| scan.is_word(token)) {
        Some(token) => token,
        None => touched.filter(|&before| scan.is_word(before))?,
    };
    let span = scan.tokens[token].span.clone();
    let told = |row: &'static Word| Hover {
        span: span.clone(),
        form: form(row),
        says: row.says.map(str::to_owned),
    };
    if let Some(row) = keyword(&scan, token) {
        return Some(told(row));
    }
    let one = meant(&scan, scan.at(token), span.start)?;
    Some(Hover { span, form: declared_form(&scan, one), says: declared_says(one) })
}

/// A row's form, with the default of an option.
fn form(row: &Word) -> String {
    if row.place == Place::Option && !row.default.is_empty() {
        format!("{} [{}]", row.form, row.default)
    } else {
        row.form.to_owned()
    }
}

/// The row of a token that is a word of the language where it stands.
fn keyword(scan: &Scan<'_>, token: usize) -> Option<&'static Word> {
    let word = scan.at(token);
    let header = scan.header(token);
    let first = scan.at(header);
    let find = |place: Place| words::at(place).find(|row| row.word == word);
    let belongs =
        |place: Place| words::at(place).find(|row| row.word == word && row.of.contains(&first));
    let before = token.checked_sub(1);
    if before.is_some_and(|before| scan.is_sign(before, ".")) {
        let owner = before.and_then(|dot| dot.checked_sub(1)).map_or("", |owner| scan.at(owner));
        let start = scan.tokens[token].span.start;
        let of = meant(scan, owner, start).map_or("", Declared::word);
        let measures = [Place::Field, Place::Count, Place::Gauge, Place::Spread];
        let thing = measures.into_iter().find_map(|place| {
            words::at(place).find(|row| row.word == word && row.of.contains(&of))
        });
        return thing.or_else(|| find(Place::Statistic).filter(|_| of.is_empty()));
    }
    // `for update` behind a row is one word of two.
    let locks = match word {
        "for" => scan.at(token + 1) == "update",
        "update" => before.is_some_and(|before| scan.at(before) == "for"),
        _ => false,
    };
    if locks {
        return words::at(Place::Clause).find(|row| row.word == "update");
    }
    // The name that a declaration gives, or a place that is changed.
    let named = ["=", "+=", "-=", "["].iter().any(|sign| scan.is_sign(token + 1, sign));
    let begins = scan.begins[token];
    if begins && (!named || word == "let") {
        let behind = token.checked_sub(1).is_some_and(|at| scan.is_sign(at, "}"));
        let clause = find(Place::Clause).filter(|_| behind || word == "else");
        let inside = words::at(Place::Verb).find(|row| row.word == word);
        let top = scan.inside[token].is_none();
        let declares = find(Place::Declaration);
        let found = if top { declares.or(inside) } else { inside.or(declares) };
        let arm = scan.is_sign(token + 1, "=>") || scan.is_sign(token + 1, ",");
        if let Some(row) = found.or(clause).filter(|_| !arm || word == "else") {
            return Some(row);
        }
    }
    let open = scan.inside[token].filter(|&open| scan.is_sign(open, "("));
    if open.is_some() {
        if scan.is_sign(token + 1, ":")
            && let Some(row) = words::option(first, word)
        {
            return Some(row);
        }
        let option = option_before(scan, token);
        let value = words::at(Place::Value)
            .find(|row| row.word == word && option.is_some_and(|option| row.of.contains(&option)));
        if value.is_some() {
            return value;
        }
    }
    if words::is_reserved(word) {
        return if word == "match" { words::verb(word) } else { reserved(word, begins) };
    }
    if scan.name(token).is_some() && meant(scan, word, scan.tokens[token].span.start).is_some() {
        return None;
    }
    if first == "param" && before.is_some_and(|before| scan.is_sign(before, ":")) {
        return find(Place::Type);
    }
    if first == "schedule" {
        return find(Place::Pick);
    }
    if scan.is_word(token + 1) && scan.at(token + 2) == "in" {
        return find(Place::Quantifier);
    }
    if scan.is_sign(token + 1, "(")
        && let Some(row) = find(Place::Function)
    {
        return Some(row);
    }
    let right = words::verb(word).filter(|row| row.right);
    let catches = ["catch", "fail"].contains(&first) || option_before(scan, token).is_some();
    belongs(Place::Clause)
        .or(right)
        .or_else(|| find(Place::Error).filter(|_| catches))
        .or_else(|| find(Place::Clause))
}

/// A reserved word: `if` is a verb where it begins, else a clause.
fn reserved(word: &str, begins: bool) -> Option<&'static Word> {
    let verb = words::verb(word).filter(|_| begins);
    verb.or_else(|| words::at(Place::Clause).find(|row| row.word == word))
}

/// The option whose value a token is.
fn option_before<'a>(scan: &Scan<'a>, token: usize) -> Option<&'a str> {
    let open = scan.inside[token]?;
    let colon = (open + 1..token)
        .rev()
        .find(|&at| scan.is_sign(at, ":") && scan.inside[at] == Some(open))?;
    Some(scan.at(colon - 1))
}

/// The line that declares a name, without its block.
pub(super) fn declared_form(scan: &Scan<'_>, one: &Declared<'_>) -> String {
    const LONGEST: usize = 120;
    let text = scan.text;
    let at = one.span.start as usize;
    // Of a line that is far too long only a piece is looked at: there may be many such names.
    let least = text.floor_char_boundary(at.saturating_sub(LONGEST));
    let most = text.floor_char_boundary((at + 2 * LONGEST).min(text.len()));
    let start = text[least..at].rfind(['\n', ';', '{']).map_or(least, |found| least + found + 1);
    let line = text[start..most].lines().next().unwrap_or_default();
    let end = line[at - start..].find(['{', ';']).map_or(line.len(), |found| at - start + found);
    let line = line[..end].split("//").next().unwrap_or_default().trim();
    if line.chars().count() > LONGEST {
        line.chars().take(LONGEST).chain(['…']).collect()
    } else {
        line.to_owned()
    }
}

/// What a name stands for.
pub(super) fn declared_says(one: &Declared<'_>) -> [String; 2] {
    let name = one.name;
    match one.what {
        What::Thing(row) => row.says.map(str::to_owned),
        What::Local => [
            format!("`{name}` is a local: each process has its own."),
            format!("`{name}` es una variable local: cada proceso tiene la suya."),
        ],
        What::Handler(_) => [
            "What a service does when it is called under this name.".to_owned(),
            "Lo que hace un servicio cuando lo llaman con este nombre.".to_owned(),
        ],
        What::Error => [
            format!("`{name}` is an error of this scenario."),
            format!("`{name}` es un error de este escenario."),
        ],
    }
}
