//! What is offered at the cursor, and in which order.

use std::collections::BTreeSet;

use super::{
    Suggestion, SuggestionKind,
    here::{Here, here, meant},
    hover::{declared_form, declared_says},
    scan::{Declared, Scan, What},
    skeletons::skeleton,
};
use crate::{
    lang::words::{self, Place, Word, nearest},
    program::Span,
};

/// Suggestions that are given at most: more than fit on a screen help nobody.
const MOST: usize = 30;

/// What may stand at a byte of a text, the best first, at most 30.
#[must_use]
pub fn complete(text: &str, at: u32) -> Vec<Suggestion> {
    let scan = Scan::new(text);
    let (typed, replaces, place) = here(&scan, at);
    let mut offers = Offers { scan: &scan, at: replaces.start, replaces, list: Vec::new() };
    offers.fill(place);
    best(offers.list, typed)
}

/// Those that fit what is typed: what begins so, then what has it inside, then what is near.
fn best(list: Vec<Suggestion>, typed: &str) -> Vec<Suggestion> {
    let lower = typed.to_ascii_lowercase();
    let rank = |word: &str| {
        if word.starts_with(typed) {
            Some(0)
        } else if word.to_ascii_lowercase().starts_with(&lower) {
            Some(1)
        } else if typed.len() > 1 && word.to_ascii_lowercase().contains(&lower) {
            Some(2)
        } else {
            (typed.len() > 2 && nearest(typed, [word]).is_some()).then_some(3)
        }
    };
    let mut seen = BTreeSet::new();
    let mut ranked: Vec<(u8, Suggestion)> = list
        .into_iter()
        .filter(|offer| seen.insert(offer.word.clone()))
        .filter_map(|offer| rank(&offer.word).map(|rank| (rank, offer)))
        .collect();
    // Stable: within a rank, what is nearest to the place comes first, as it was put in.
    crate::base::order::sort_by_key(&mut ranked, |(rank, _)| *rank);
    ranked.into_iter().take(MOST).map(|(_, offer)| offer).collect()
}

struct Offers<'s, 'a> {
    scan: &'s Scan<'a>,
    at: u32,
    replaces: Span,
    list: Vec<Suggestion>,
}

impl Offers<'_, '_> {
    fn fill(&mut self, place: Here<'_>) {
        match place {
            Here::Nothing => {}
            Here::Declaration { titled } => {
                let rows = words::at(Place::Declaration);
                self.rows(
                    rows.filter(|row| row.of.is_empty() && (row.word == "scenario") != titled),
                );
            }
            Here::Inside(of) => {
                self.rows(words::at(Place::Declaration).filter(|row| row.of == [of]));
                self.rows(words::at(Place::Verb).filter(|row| row.of == [of]));
                if of == "service" {
                    let rows = words::at(Place::Declaration);
                    self.rows(rows.filter(|row| words::OWNED.contains(&row.word)));
                }
            }
            Here::Statement { goes_on } => {
                let rows = words::at(Place::Clause);
                self.rows(rows.filter(|row| goes_on.contains(&row.word)));
                self.locals();
                self.things(&["var", "counter", "table"]);
                self.things(&["routine"]);
                self.rows(words::at(Place::Verb).filter(|row| row.of.is_empty()));
            }
            Here::Pick => {
                self.things(&["process"]);
                self.rows(words::at(Place::Pick));
            }
            Here::Arm(subject) => {
                self.labels(subject);
                self.clauses(&["else"]);
            }
            Here::Option { of, given, list } => {
                if let Some(row) = list {
                    self.option_values(row);
                }
                let rows = words::options_of(of);
                self.rows(rows.filter(|row| !given.contains(&row.word)));
                if of == "explore" {
                    self.things(&["param"]);
                }
            }
            Here::OptionValue(row) => {
                self.option_values(row);
                self.things(&["param"]);
                if row.values.is_empty() && row.names.is_empty() {
                    self.values();
                }
            }
            Here::Name { of, words } => {
                if of.contains(&"error") {
                    self.errors();
                }
                self.things(of);
                self.clauses(words);
            }
            Here::Error => {
                self.errors();
                self.locals();
            }
            Here::Type => self.rows(words::at(Place::Type)),
            Here::Member(owner) => self.members(owner),
            Here::Unit => self.rows(words::at(Place::Unit)),
            Here::Value { right, labels } => {
                self.labels(labels);
                if right {
                    self.rows(words::at(Place::Verb).filter(|row| row.right));
                }
                self.values();
                if right {
                    self.things(&["routine"]);
                }
            }
            Here::Behind(first) => self.behind(first),
        }
    }

    fn rows(&mut self, rows: impl Iterator<Item = &'static Word>) {
        for row in rows {
            let value = matches!(row.place, Place::Value | Place::Error | Place::Unit);
            if row.built || value {
                self.row(row);
            }
        }
    }

    fn row(&mut self, row: &'static Word) {
        let kind = match row.place {
            Place::Option => SuggestionKind::Option,
            Place::Value | Place::Unit => SuggestionKind::Value,
            Place::Function | Place::Quantifier => SuggestionKind::Function,
            Place::Error => SuggestionKind::Error,
            _ if ["true", "false", "none"].contains(&row.word) => SuggestionKind::Value,
            _ => SuggestionKind::Word,
        };
        self.list.push(Suggestion {
            word: row.word.to_owned(),
            insert: skeleton(row.place, row.word),
            replaces: self.replaces.clone(),
            kind,
            form: row.form.to_owned(),
            says: row.says.map(str::to_owned),
        });
    }

    fn clauses(&mut self, words: &[&str]) {
        self.rows(words::at(Place::Clause).filter(|row| words.contains(&row.word)));
    }

    /// Names declared by one of these words.
    fn things(&mut self, of: &[&str]) {
        let scan = self.scan;
        for one in scan.declared.iter().filter(|one| of.contains(&one.word())) {
            self.name(one);
        }
    }

    fn locals(&mut self) {
        let scan = self.scan;
        let at = self.at;
        let known = |one: &&Declared<'_>| {
            matches!(one.what, What::Local) && one.known.start <= at && at <= one.known.end
        };
        let mut seen = BTreeSet::new();
        for one in scan.declared.iter().rev().filter(known) {
            if seen.insert(one.name) {
                self.name(one);
            }
        }
    }

    fn name(&mut self, one: &Declared<'_>) {
        let (kind, insert) = match one.what {
            What::Local => (SuggestionKind::Local, one.name.to_owned()),
            What::Error => (SuggestionKind::Error, one.name.to_owned()),
            What::Handler(_) => (SuggestionKind::Function, format!("{}($0)", one.name)),
            What::Thing(row) if row.word == "param" => {
                (SuggestionKind::Parameter, one.name.to_owned())
            }
            What::Thing(row) if row.word == "routine" => {
                (SuggestionKind::Function, format!("{}($0)", one.name))
            }
            What::Thing(row) => (SuggestionKind::Name(row.word), one.name.to_owned()),
        };
        self.list.push(Suggestion {
            word: one.name.to_owned(),
            insert,
            replaces: self.replaces.clone(),
            kind,
            form: declared_form(self.scan, one),
            says: declared_says(one),
        });
    }

    /// The values of the choice that a name stands for.
    fn labels(&mut self, name: &str) {
        let scan = self.scan;
        let Some(param) = meant(scan, name, self.at) else { return };
        for label in &param.labels {
            self.list.push(Suggestion {
                word: (*label).to_owned(),
                insert: (*label).to_owned(),
                replaces: self.replaces.clone(),
                kind: SuggestionKind::Label,
                form: declared_form(scan, param),
                says: [format!("A value of `{name}`."), format!("Un valor de `{name}`.")],
            });
        }
    }

    fn option_values(&mut self, row: &'static Word) {
        let told: Vec<&'static Word> = words::at(Place::Value)
            .filter(|value| value.of.contains(&row.word) && row.values.contains(&value.word))
            .collect();
        for word in row.values {
            let value = told.iter().find(|value| value.word == *word).copied();
            let plain = || words::at(Place::Clause).find(|clause| clause.word == *word);
            let chosen = value.or_else(plain);
            if let Some(chosen) = chosen {
                self.row(chosen);
            }
        }
        if row.names.contains(&"error") {
            self.errors();
        }
        self.things(row.names);
    }

    fn errors(&mut self) {
        let scan = self.scan;
        for one in scan.declared.iter().filter(|one| matches!(one.what, What::Error)) {
            self.name(one);
        }
        self.rows(words::at(Place::Error));
    }

    /// What may stand where a value is wanted.
    fn values(&mut self) {
        self.locals();
        self.things(&["param", "let", "var", "table"]);
        if self.of_rows() {
            self.fields();
            self.rows(words::at(Place::Field).filter(|row| row.of == ["table"]));
        }
        let header = self.scan.tokens.partition_point(|token| token.span.end <= self.at);
        let top = self.scan.header(header.saturating_sub(1).min(self.scan.tokens.len() - 1));
        if ["always", "finally", "goal", "chart"].contains(&self.scan.at(top)) {
            self.things(&["counter"]);
            const MEASURED: &[&str] = &[
                "process",
                "service",
                "queue",
                "topic",
                "log",
                "group",
                "breaker",
                "limiter",
                "semaphore",
                "cache",
                "database",
            ];
            self.things(MEASURED);
        }
        self.clauses(&["not", "true", "false", "none", "self"]);
        self.rows(words::at(Place::Function));
        self.rows(words::at(Place::Quantifier));
        let choice = words::verb("if").filter(|row| row.built);
        if let Some(row) = choice {
            self.row(row);
            if let Some(offer) = self.list.last_mut() {
                offer.insert = "if $0 then  else ".to_owned();
                offer.form = "if E then A else B".to_owned();
            }
        }
    }

    /// What stands behind a dot: handlers, fields, measures.
    fn members(&mut self, owner: &str) {
        let scan = self.scan;
        let thing = meant(scan, owner, self.at);
        let word = thing.map_or("", Declared::word);
        for one in &scan.declared {
            if let What::Handler(service) = one.what
                && scan.at(service) == owner
            {
                self.name(one);
            }
        }
        let of = |row: &&'static Word| row.of.contains(&word);
        for place in [Place::Field, Place::Count, Place::Gauge, Place::Spread] {
            self.rows(words::at(place).filter(of));
        }
        if thing.is_none() {
            self.rows(words::at(Place::Statistic));
        }
        if word == "table" || thing.is_some_and(|one| matches!(one.what, What::Local)) {
            self.fields();
        }
    }

    /// The fields of all records in the text: a message or record has some of them.
    fn fields(&mut self) {
        let scan = self.scan;
        let mut seen = BTreeSet::new();
        for at in 1..scan.tokens.len() {
            let first = scan.is_sign(at - 1, "{") || scan.is_sign(at - 1, ",");
            let record = scan.inside[at].filter(|&open| scan.is_sign(open, "{"));
            if !first || record.is_none() || !scan.is_sign(at + 1, ":") || !scan.is_word(at) {
                continue;
            }
            let name = scan.at(at);
            if seen.insert(name) {
                self.list.push(Suggestion {
                    word: name.to_owned(),
                    insert: name.to_owned(),
                    replaces: self.replaces.clone(),
                    kind: SuggestionKind::Label,
                    form: format!("{{ {name}: … }}"),
                    says: [
                        "A field of a record or message.".to_owned(),
                        "Un campo de un registro o de un mensaje.".to_owned(),
                    ],
                });
            }
        }
    }

    /// Whether the cursor stands behind `where` or `set`, where columns are names.
    fn of_rows(&self) -> bool {
        let scan = self.scan;
        let here = scan.tokens.partition_point(|token| token.span.end <= self.at);
        let last = here.saturating_sub(1).min(scan.tokens.len() - 1);
        (scan.header(last)..=last).any(|at| ["where", "set"].contains(&scan.at(at)))
    }

    /// `for update`, behind a row.
    fn for_update(&mut self, first: &str) {
        let scan = self.scan;
        let here = scan.tokens.partition_point(|token| token.span.end < self.at);
        let behind_key = here.checked_sub(1).is_some_and(|last| scan.is_sign(last, "]"));
        let is_table = meant(scan, first, self.at).is_some_and(|one| one.word() == "table");
        if behind_key && (is_table || ["let", "return"].contains(&first)) {
            let mut rows = words::at(Place::Clause);
            self.rows(rows.find(|row| row.word == "update").into_iter());
            if let Some(offer) = self.list.last_mut() {
                offer.word = "for update".to_owned();
                offer.insert.clone_from(&offer.word);
            }
        }
    }

    /// What goes on behind a value or a name.
    fn behind(&mut self, first: &str) {
        self.for_update(first);
        let built = |of: &&'static str| {
            let row = words::verb(of).or_else(|| words::declaration(of));
            row.is_some_and(|row| row.built)
        };
        for row in words::at(Place::Clause) {
            let fits = row.of.contains(&first) || (first == "let" && row.of.contains(&"send"));
            // A row is locked behind its key, not behind what its clause belongs to.
            let locks = row.word == "update";
            if fits && !locks && (row.built || row.of.iter().any(built)) {
                self.row(row);
            }
        }
        match first {
            "param" => self.clauses(&["in", "of"]),
            "with" | "atomic" | "retry" | "process" | "transaction" => self.clauses(&["if", "as"]),
            _ => self.clauses(&["and", "or", "mod", "then", "else"]),
        }
    }
}
