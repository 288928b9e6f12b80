//! Goals and charts: the dotted names of what is measured.

use super::{
    Area, Checker, Context,
    look::{about, has, thing},
};
use crate::{
    lang::{
        names::{Kind, Names, Symbol},
        tree::{Expr, Name, Tree},
        words::{self, Place},
    },
    program::{Error, Quantity, Span, Statistic, Subject},
    say::diagnostics::Message,
};

/// What a dotted name means. In `subject`, processes and shared things are places in the tree, and
/// links come behind the shared things.
#[derive(Clone, Debug)]
pub(in crate::lang) struct Looked {
    pub(in crate::lang) subject: Subject,
    pub(in crate::lang) quantity: Quantity,
    /// The bound of `over` is not known yet.
    pub(in crate::lang) statistic: Option<Statistic>,
    pub(in crate::lang) kind: Kind,
}

/// Looks a dotted name up: a name with perhaps an index, the words behind its dots, and perhaps
/// what stands in brackets behind the last of them.
pub(in crate::lang) fn look(
    tree: &Tree,
    names: &Names,
    (name, index): (&Name, Option<&Expr>),
    fields: &[Name],
    bound: Option<&Expr>,
) -> Result<Looked, (Span, Message)> {
    let (subject, owner, mut rest) = about(tree, names, (name, index), fields)?;
    let (quantity, kind, of) = match (&subject, rest.split_first()) {
        (Subject::Recorded(_), _) => {
            let kind = names.recorded.get(&name.text).copied().unwrap_or(Kind::Unknown);
            (Quantity::Values, kind, "spread")
        }
        (_, None) => return Err((name.span.clone(), needs_statistic(name, &[]))),
        (_, Some((what, further))) => {
            rest = further;
            let (what, further) = joined(owner, what, further);
            rest = further.unwrap_or(rest);
            let what = &what;
            let quantity = quantity(names, owner, what).filter(|_| has(&subject, &what.text));
            quantity.ok_or_else(|| {
                let is = thing(tree, &subject);
                let fields = known(owner);
                let fields = fields.into_iter().filter(|word| has(&subject, word)).collect();
                let (name, found) = (name.text.clone(), what.text.clone());
                (what.span.clone(), Message::NoField { name, is, fields, found })
            })?
        }
    };
    let (statistic, kind) = statistic(name, fields, rest, bound, (of, kind))?;
    Ok(Looked { subject, quantity, statistic, kind })
}

/// What is asked of a breaker's window is one word of two.
fn joined<'a>(owner: &str, what: &Name, further: &'a [Name]) -> (Name, Option<&'a [Name]>) {
    match further.split_first() {
        Some((second, rest)) if owner == "breaker" && what.text == "window" => {
            let text = format!("window.{}", second.text);
            (Name { text, span: what.span.start..second.span.end }, Some(rest))
        }
        _ => (what.clone(), None),
    }
}

/// What a word behind a dot means: the quantity, its kind, and what is told of it.
fn quantity(names: &Names, owner: &str, what: &Name) -> Option<(Quantity, Kind, &'static str)> {
    let row = |place: Place| {
        words::at(place).find(|row| row.built && row.word == what.text && row.of.contains(&owner))
    };
    if let Some(row) = row(Place::Count) {
        return Some((Quantity::Count(row.word), Kind::Int, "count"));
    }
    if let Some(row) = row(Place::Gauge) {
        return Some(match row.word {
            "oldest" => (Quantity::Gauge(row.word), Kind::Duration, "gauge"),
            "utilization" => (Quantity::Gauge(row.word), Kind::Percent, "share"),
            _ => (Quantity::Gauge(row.word), Kind::Int, "gauge"),
        });
    }
    if let Some(row) = row(Place::Spread) {
        let kind = if row.word == "attempts" { Kind::Int } else { Kind::Duration };
        return Some((Quantity::Spread(row.word), kind, "spread"));
    }
    let error = Error::BUILT_IN.iter().any(|error| error.word() == Some(&what.text))
        || names.errors.contains(&what.text);
    let ends = owner == "process" && (error || names.outcomes.contains(&what.text));
    ends.then(|| (Quantity::Outcome(what.text.clone()), Kind::Int, "count"))
}

/// All that is measured of a kind of thing.
fn known(owner: &str) -> Vec<String> {
    let places = [Place::Count, Place::Gauge, Place::Spread];
    let rows = places.into_iter().flat_map(words::at);
    let rows = rows.filter(|row| row.built && row.of.contains(&owner));
    rows.map(|row| row.word.to_owned()).collect()
}

fn statistic(
    name: &Name,
    fields: &[Name],
    rest: &[Name],
    bound: Option<&Expr>,
    (of, kind): (&'static str, Kind),
) -> Result<(Option<Statistic>, Kind), (Span, Message)> {
    let Some((word, further)) = rest.split_first() else {
        if of == "spread" {
            let end = fields.last().map_or(name.span.end, |last| last.span.end);
            return Err((name.span.start..end, needs_statistic(name, fields)));
        }
        return Ok((None, kind));
    };
    let row = words::at(Place::Statistic)
        .find(|row| row.built && row.word == word.text && row.of.contains(&of));
    let wrong = |word: &Name| {
        let rows = words::at(Place::Statistic).filter(|row| row.built && row.of.contains(&of));
        let known = rows.map(|row| row.form.trim_start_matches('.').to_owned()).collect();
        let found = word.text.clone();
        Err((word.span.clone(), Message::NoStatistic { known, found }))
    };
    if row.is_none() {
        return wrong(word);
    }
    if let Some(further) = further.first() {
        return wrong(further);
    }
    if (word.text == "over") != bound.is_some() {
        return wrong(word);
    }
    if word.text == "over" {
        return Ok((Some(Statistic::Over(0)), Kind::Percent));
    }
    let found = Statistic::ALL.iter().find(|(known, _)| *known == word.text);
    let kind = if word.text == "rate" { Kind::Rate } else { kind };
    Ok((found.map(|(_, statistic)| *statistic), kind))
}

pub(super) fn needs_statistic(name: &Name, fields: &[Name]) -> Message {
    let words = [name].into_iter().chain(fields).map(|name| name.text.as_str());
    Message::NeedsStatistic { name: words.collect::<Vec<_>>().join(".") }
}

impl Checker<'_> {
    /// What runs are measured for.
    pub(super) fn goals(&mut self) {
        let tree = self.tree;
        for goal in &tree.goals {
            self.context = Context::new(Area::Goal);
            self.expect(&goal.condition, Kind::Bool);
            if let Some(why) = &goal.why {
                self.words(why);
            }
            if let Some(suffix) = &goal.suffix {
                self.constant(suffix, Some(Kind::Bool), usize::MAX);
            }
        }
        for line in tree.charts.iter().flat_map(|chart| &chart.lines) {
            self.context = Context::new(Area::Goal);
            let kind = self.kind(line, None);
            if !kind.is_number() {
                self.agree(&line.span, Kind::Int, kind);
            }
        }
    }

    /// The kind of a measure in a goal or chart.
    pub(super) fn measure(
        &mut self,
        name: &Name,
        index: Option<&Expr>,
        fields: &[Name],
        bound: Option<&Expr>,
    ) -> Kind {
        if let Some(index) = index {
            self.decided(index, Kind::Int);
        }
        if self.names.find(&name.text) == Some(Symbol::Foreign) {
            return Kind::Unknown;
        }
        match look(self.tree, self.names, (name, index), fields, bound) {
            Ok(looked) => {
                if let Some(bound) = bound {
                    let kind = match &looked.quantity {
                        Quantity::Values => {
                            self.names.recorded.get(&name.text).copied().unwrap_or(Kind::Unknown)
                        }
                        Quantity::Spread("attempts") => Kind::Int,
                        _ => Kind::Duration,
                    };
                    self.decided(bound, kind);
                }
                looked.kind
            }
            Err((span, message)) => {
                self.error(&span, message);
                Kind::Unknown
            }
        }
    }

    /// A value that the parameters, or the name of a quantifier, decide.
    pub(super) fn decided(&mut self, expr: &Expr, kind: Kind) {
        let outer = std::mem::replace(&mut self.context.area, Area::Constant);
        self.expect(expr, kind);
        self.context.area = outer;
    }
}
