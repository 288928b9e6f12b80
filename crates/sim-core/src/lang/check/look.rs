//! Whom a dotted name is about: how many words of it name somebody.

use super::goals::needs_statistic;
use crate::{
    lang::{
        names::{Names, Symbol},
        tree::{Expr, LinkTree, Name, SharedTreeKind, Tree},
        words::{self, Place},
    },
    program::{Party, SharedId, Span, Subject},
    say::diagnostics::{Message, Thing},
};

/// Whom it is about, the word of the language for that, and the words that are left.
pub(super) type About<'a> = (Subject, &'static str, &'a [Name]);

/// The gauges that only whole services and replicas have.
const OF_WHOLE: [&str; 2] = ["replicas", "utilization"];

/// Looks up whom a dotted name is about. Processes and shared things are places in the tree, and
/// links come behind the shared things: first the one way of each, then the other.
pub(super) fn about<'a>(
    tree: &Tree,
    names: &Names,
    (name, index): (&Name, Option<&Expr>),
    fields: &'a [Name],
) -> Result<About<'a>, (Span, Message)> {
    let Some(first) = fields.first() else {
        return Err((name.span.clone(), needs_statistic(name, &[])));
    };
    let wrong = |message| Err((name.span.clone(), message));
    let text = name.text.clone();
    let found = names.find(&text);
    let is_end = match found {
        Some(Symbol::Process(_)) => true,
        Some(Symbol::Shared(at)) => is_service(tree, at),
        _ => false,
    };
    if is_end && index.is_none() && fields.len() > 1 {
        let rest = &fields[2..];
        if first.text == "link" {
            return Ok((link(tree, (name, &fields[1]))?, "link", rest));
        }
        if first.text == "to" {
            return Ok((caller(tree, names, found, &fields[1])?, "service", rest));
        }
    }
    let subject = match found {
        Some(Symbol::Process(at)) => {
            if index.is_some() && !tree.processes[at].numbered() {
                return wrong(Message::PickNoNumber { name: text });
            }
            (Subject::Process(at as u32, None), "process", fields)
        }
        Some(Symbol::Routine(_)) if index.is_none() => (Subject::Routine(text), "routine", fields),
        Some(Symbol::Shared(at)) => {
            let shared = &tree.shared[at];
            let service = is_service(tree, at);
            if index.is_some() && !names.is_array(tree, at) && !service {
                return wrong(Message::NotAnArray { name: text });
            }
            let handler = handler(tree, at, first);
            let measured = fields.get(1).is_some_and(|next| !is_statistic(&next.text));
            if let Some(handler) = handler.filter(|_| index.is_none() && measured) {
                (Subject::Handler(at as SharedId, handler), "service", &fields[1..])
            } else {
                (Subject::Shared(at as SharedId, None), shared.kind.word(), fields)
            }
        }
        None if names.recorded.contains_key(&text) && index.is_none() => {
            (Subject::Recorded(text), "record", fields)
        }
        Some(symbol) => {
            let is = Names::thing(tree, symbol);
            let expected = Thing::Measured;
            return wrong(Message::WrongThing { name: text, is, expected });
        }
        None => {
            let recorded = names.recorded.keys().map(String::as_str);
            let things = names.matching(|symbol| {
                matches!(symbol, Symbol::Process(_) | Symbol::Routine(_) | Symbol::Shared(_))
            });
            let nearest = words::nearest(&text, recorded.chain(things));
            let thing = Thing::Measured;
            return wrong(Message::UnknownName { thing, name: text, nearest });
        }
    };
    Ok(subject)
}

/// Whether something that is measured of a kind of thing is measured of this subject too.
pub(super) fn has(subject: &Subject, word: &str) -> bool {
    !matches!(subject, Subject::Handler(..) | Subject::Caller(..)) || !OF_WHOLE.contains(&word)
}

/// What a subject is called.
pub(super) fn thing(tree: &Tree, subject: &Subject) -> Thing {
    match subject {
        Subject::Process(..) | Subject::Nobody(_) => Thing::Process,
        Subject::Routine(_) => Thing::Routine,
        Subject::Recorded(_) => Thing::Record,
        Subject::Shared(at, _) if (*at as usize) < tree.shared.len() => {
            Names::thing(tree, Symbol::Shared(*at as usize))
        }
        Subject::Shared(..) => Thing::Link,
        Subject::Handler(..) | Subject::Caller(..) => Thing::Service,
    }
}

fn is_service(tree: &Tree, at: usize) -> bool {
    matches!(tree.shared[at].kind, SharedTreeKind::Service)
}

fn is_statistic(word: &str) -> bool {
    words::at(Place::Statistic).any(|row| row.word == word)
}

/// The handler of a name.
fn handler(tree: &Tree, at: usize, name: &Name) -> Option<u16> {
    let service = tree.services.iter().find(|service| service.shared == at)?;
    let found = service.handlers.iter().position(|(handler, _)| handler.text == name.text)?;
    Some(found as u16)
}

/// `a.link.b`
fn link(tree: &Tree, (from, to): (&Name, &Name)) -> Result<Subject, (Span, Message)> {
    let ends = |link: &LinkTree, from: &Name, to: &Name| {
        link.from.text == from.text && link.to.text == to.text
    };
    let one_way = tree.links.iter().position(|link| ends(link, from, to));
    let other = || tree.links.iter().position(|link| link.both && ends(link, to, from));
    let found = one_way.or_else(|| Some(tree.links.len() + other()?));
    let Some(found) = found else {
        let span = from.span.start..to.span.end;
        let (from, to) = (from.text.clone(), to.text.clone());
        return Err((span, Message::NoLink { from, to }));
    };
    Ok(Subject::Shared((tree.shared.len() + found) as SharedId, None))
}

/// `a.to.s`
fn caller(
    tree: &Tree,
    names: &Names,
    from: Option<Symbol>,
    to: &Name,
) -> Result<Subject, (Span, Message)> {
    let party = match from {
        Some(Symbol::Process(at)) => Party::Class(at as u32),
        Some(Symbol::Shared(at)) => Party::Service(at as SharedId),
        _ => Party::Class(u32::MAX),
    };
    match names.find(&to.text) {
        Some(Symbol::Shared(at)) if is_service(tree, at) => {
            Ok(Subject::Caller(party, at as SharedId))
        }
        Some(symbol) => {
            let (is, expected) = (Names::thing(tree, symbol), Thing::Service);
            Err((to.span.clone(), Message::WrongThing { name: to.text.clone(), is, expected }))
        }
        None => {
            let is = |symbol| matches!(symbol, Symbol::Shared(at) if is_service(tree, at));
            let nearest = words::nearest(&to.text, names.matching(is));
            let (thing, name) = (Thing::Service, to.text.clone());
            Err((to.span.clone(), Message::UnknownName { thing, name, nearest }))
        }
    }
}
