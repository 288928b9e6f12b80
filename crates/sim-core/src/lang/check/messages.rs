//! Messages: what is sent where, what is received, and what may be asked of it.
//!
//! What messages are made of is learned from what is sent, wherever that stands: checking is
//! repeated until nothing new is learned.

use super::Checker;
use crate::{
    lang::{
        diagnostic::line_column,
        families::may_block,
        limits,
        names::{Fields, Hold, Kind, Shape, Symbol},
        tree::{Block, Expr, ExprKind, Name, Send, SharedTreeKind, Target},
    },
    program::Span,
    say::diagnostics::{Ceiling, Message, Thing},
};

/// Functions of a message.
pub(in crate::lang) const OF_MESSAGES: [&str; 5] = ["attempt", "age", "key", "offset", "id"];

impl Checker<'_> {
    /// `send`; `wanted` where its offset is.
    pub(super) fn send(&mut self, send: &Send, span: &Span, wanted: bool) -> Kind {
        let to = self.shared(&send.to.name, Thing::Sendable, SharedTreeKind::is_sent_to);
        let known = to.and_then(|at| self.names.shape(at)).map(|shape| shape.fields.clone());
        let fields = self.sent_fields(&send.value, known.as_ref());
        if let Some(index) = &send.to.index {
            self.expect(index, Kind::Int);
        }
        if let Some(at) = to {
            self.indexed(at, &send.to);
            if let Some(fields) = fields {
                self.learn_shape(at, fields, &send.value.span);
            }
            if self.context.atomic && may_block(self.tree, self.names, at) {
                let span = span.start..span.start + "send".len() as u32;
                let word = "send".to_owned();
                self.error(&span, Message::AtomicWaits { word, through: None });
            }
            let thing = crate::lang::names::Names::thing(self.tree, Symbol::Shared(at));
            if wanted && thing != Thing::Log {
                let name = send.to.name.text.clone();
                self.error(&send.to.name.span, Message::NoOffset { name, is: thing });
            }
            if let Some(after) = &send.after
                && thing == Thing::Log
            {
                let span = after.span.clone();
                self.error(&span, Message::NotBuilt { what: "after".to_owned() });
            }
        }
        if let Some(key) = &send.key {
            self.message_key(to, key);
        }
        if let Some(after) = &send.after {
            self.time(after);
        }
        Kind::Int
    }

    /// What a sent value is made of; `None` where that cannot be said yet.
    fn sent_fields(&mut self, value: &Expr, known: Option<&Fields>) -> Option<Fields> {
        if let ExprKind::Record(fields) = &value.kind {
            return Some(self.record_fields(fields, known));
        }
        if let Some(kind @ (Kind::Record(_) | Kind::Message(..))) = self.several(value) {
            return self.names.fields(kind).cloned();
        }
        // A message of which nothing is known yet may have any fields.
        if let ExprKind::Name(name) = &value.kind
            && let Some(local) = self.context.locals.iter().rev().find(|one| one.name == *name)
            && let Kind::Message(from, _) = local.kind
            && self.names.shape(from).is_none()
        {
            return None;
        }
        let expected = known.and_then(|known| match &known[..] {
            [(name, kind)] if name.is_empty() => Some(*kind),
            _ => None,
        });
        let kind = self.kind(value, expected.filter(|kind| matches!(kind, Kind::Choice(_))));
        if let Kind::Record(_) = kind {
            return self.names.fields(kind).cloned();
        }
        Some(vec![(String::new(), kind)])
    }

    /// The kind of a name that stands for several values.
    pub(super) fn several(&self, value: &Expr) -> Option<Kind> {
        let ExprKind::Name(name) = &value.kind else { return None };
        let local = self.context.locals.iter().rev().find(|local| local.name == *name)?;
        match local.kind {
            Kind::Record(_) => Some(local.kind),
            // One that is a plain value stands for that.
            Kind::Message(from, _) => {
                let shape = self.names.shape(from)?;
                shape.plain().is_none().then_some(local.kind)
            }
            _ => None,
        }
    }

    /// The fields of a record as it stands.
    pub(super) fn record_fields(
        &mut self,
        fields: &[(Name, Expr)],
        known: Option<&Fields>,
    ) -> Fields {
        let mut all = Vec::new();
        for (name, value) in fields {
            let expected = known
                .and_then(|known| known.iter().find(|(known, _)| *known == name.text))
                .map(|(_, kind)| *kind)
                .filter(|kind| matches!(kind, Kind::Choice(_)));
            let kind = self.kind(value, expected);
            let kind = if kind.is_several() {
                self.error(&value.span, Message::RecordHere);
                Kind::Unknown
            } else {
                kind
            };
            all.push((name.text.clone(), kind));
        }
        all
    }

    /// Takes in what is sent to a thing, or reports that something else was sent before.
    fn learn_shape(&mut self, at: usize, fields: Fields, span: &Span) {
        if fields.len() > limits::MESSAGE_FIELDS {
            let most = limits::MESSAGE_FIELDS as u64;
            return self.error(span, Message::TooMuch { what: Ceiling::MessageFields, most });
        }
        let family = self.names.families[at];
        let Some(known) = self.names.shapes.get(&family).cloned() else {
            self.names.shapes.insert(family, Shape { fields, at: span.start });
            self.learned = true;
            return;
        };
        let find = |name: &str| fields.iter().find(|(known, _)| known == name);
        let same = known.fields.len() == fields.len()
            && known.fields.iter().all(|(name, kind)| {
                find(name)
                    .is_some_and(|(_, found)| kind == found || kind.is_open() || found.is_open())
            });
        if !same {
            let (line, _) = line_column(self.text, known.at);
            let say = |fields: &Fields| -> Vec<String> {
                fields.iter().map(|(name, kind)| self.said_field(name, *kind)).collect()
            };
            let (expected, found) = (say(&known.fields), say(&fields));
            let name = self.tree.shared[at].name.text.clone();
            self.error(span, Message::ShapeDiffers { name, line, expected, found });
            return;
        }
        let mut merged = known.clone();
        for (name, kind) in &mut merged.fields {
            *kind = kind.or(find(name).map_or(Kind::Unknown, |(_, found)| *found));
        }
        if merged.fields != known.fields {
            self.names.shapes.insert(family, merged);
            self.learned = true;
        }
    }

    /// A field as a message shows it: `order: int`.
    fn said_field(&self, name: &str, kind: Kind) -> String {
        let word = match kind {
            Kind::Bool => "bool",
            Kind::Duration => "duration",
            Kind::Rate => "rate",
            Kind::Percent => "percent",
            Kind::Text => "text",
            Kind::Error => "error",
            Kind::Choice(_) => "choice",
            Kind::None => "none",
            _ => "int",
        };
        if name.is_empty() { word.to_owned() } else { format!("{name}: {word}") }
    }

    /// What messages are sent with: all of a family are of one kind.
    fn message_key(&mut self, to: Option<usize>, key: &Expr) {
        let family = to.map(|at| self.names.families[at]);
        let known = family.and_then(|family| self.names.message_keys.get(&family).copied());
        let found = self.kind(key, known.filter(|kind| matches!(kind, Kind::Choice(_))));
        match found {
            Kind::Int | Kind::Text | Kind::Choice(_) => {
                if let Some(family) = family
                    && known.is_none()
                {
                    self.names.message_keys.insert(family, found);
                    self.learned = true;
                }
                if let Some(known) = known {
                    self.agree(&key.span, known, found);
                }
            }
            Kind::None | Kind::Unknown => {}
            _ => {
                if let Some(found) = self.said(found) {
                    self.error(&key.span, Message::NoKey { found });
                }
            }
        }
    }

    /// `let m = receive q within d`
    pub(super) fn receive_one(
        &mut self,
        from: &Target,
        within: Option<&Expr>,
        span: &Span,
    ) -> Kind {
        self.waits("receive", span);
        let kind = self.received(from, Hold::ByHand);
        if let Some(time) = within {
            self.time(time);
        }
        kind
    }

    /// What is received from a place.
    pub(super) fn received(&mut self, from: &Target, hold: Hold) -> Kind {
        let gives =
            |kind: &SharedTreeKind| matches!(kind, SharedTreeKind::Queue | SharedTreeKind::Group);
        if let Some(index) = &from.index {
            self.expect(index, Kind::Int);
        }
        let Some(at) = self.shared(&from.name, Thing::Receivable, gives) else {
            return Kind::Unknown;
        };
        self.indexed(at, from);
        Kind::Message(at, hold)
    }

    /// `receive q as m { }`
    pub(super) fn receive_each(&mut self, from: &Target, name: &Name, body: &Block) {
        let kind = self.received(from, Hold::Block);
        self.with_message(name, kind, body);
    }

    /// `follow l from n as e { }`: a loop.
    pub(super) fn follow(&mut self, log: &Target, from: &Expr, name: &Name, body: &Block) {
        if let Some(index) = &log.index {
            self.expect(index, Kind::Int);
        }
        let is_log = |kind: &SharedTreeKind| matches!(kind, SharedTreeKind::Log);
        let at = self.shared(&log.name, Thing::Log, is_log);
        if let Some(at) = at {
            self.indexed(at, log);
        }
        self.expect(from, Kind::Int);
        let kind = at.map_or(Kind::Unknown, |at| Kind::Message(at, Hold::Followed));
        self.context.loops += 1;
        self.with_message(name, kind, body);
        self.context.loops -= 1;
    }

    fn with_message(&mut self, name: &Name, kind: Kind, body: &Block) {
        let outer = self.context.locals.len();
        self.declare(name, kind, true);
        self.block(body);
        self.context.locals.truncate(outer);
    }

    /// `ack m`, `nack m`
    pub(super) fn answer(&mut self, done: bool, message: &Name) {
        let Some((_, hold)) = self.message(message) else { return };
        self.outside_branch(message);
        if hold != Hold::ByHand {
            let (name, word) = (message.text.clone(), if done { "ack" } else { "nack" });
            let followed = hold == Hold::Followed;
            self.error(&message.span, Message::AnsweredAlready { name, word, followed });
        }
    }

    /// The message that a name stands for; reports what it is else.
    fn message(&mut self, name: &Name) -> Option<(usize, Hold)> {
        let local = self.context.locals.iter().rev().find(|local| local.name == name.text);
        let text = name.text.clone();
        let expected = Thing::Message;
        match local.map(|local| local.kind) {
            Some(Kind::Message(from, hold)) => return Some((from, hold)),
            Some(Kind::Unknown) => {}
            Some(_) => {
                let is = Thing::Local;
                self.error(&name.span, Message::WrongThing { name: text, is, expected });
            }
            None => match self.names.find(&text) {
                Some(Symbol::Foreign) => {}
                Some(symbol) => {
                    let is = crate::lang::names::Names::thing(self.tree, symbol);
                    self.error(&name.span, Message::WrongThing { name: text, is, expected });
                }
                None => {
                    let locals = self.context.locals.iter();
                    let messages = locals.filter(|local| matches!(local.kind, Kind::Message(..)));
                    let names = messages.map(|local| local.name.as_str());
                    let nearest = crate::lang::words::nearest(&text, names);
                    let message = Message::UnknownName { thing: expected, name: text, nearest };
                    self.error(&name.span, message);
                }
            },
        }
        None
    }

    /// The kind of `attempt(m)` and the like, if this is one.
    pub(super) fn of_message(&mut self, name: &Name, values: &[Expr]) -> Option<Kind> {
        let is_routine = matches!(self.names.find(&name.text), Some(Symbol::Routine(_)));
        if is_routine || !OF_MESSAGES.contains(&name.text.as_str()) {
            return None;
        }
        let kind = match name.text.as_str() {
            "age" => Kind::Duration,
            _ => Kind::Int,
        };
        let [value] = values else {
            let (routine, found) = (name.text.clone(), values.len());
            self.error(&name.span, Message::ArgumentCount { routine, expected: 1, found });
            return Some(kind);
        };
        let ExprKind::Name(text) = &value.kind else {
            if !matches!(value.kind, ExprKind::Wrong) {
                let thing = Thing::Message;
                let text = self.text[crate::lang::lexer::range(&value.span)].to_owned();
                let message = Message::UnknownName { thing, name: text, nearest: None };
                self.error(&value.span, message);
            }
            return Some(kind);
        };
        let message = Name { text: text.clone(), span: value.span.clone() };
        let Some((from, _)) = self.message(&message) else { return Some(Kind::Unknown) };
        match name.text.as_str() {
            "key" => {
                let family = self.names.families[from];
                return Some(self.names.message_keys.get(&family).copied().unwrap_or(Kind::None));
            }
            "offset" if matches!(self.tree.shared[from].kind, SharedTreeKind::Queue) => {
                let name = self.tree.shared[from].name.text.clone();
                self.error(&message.span, Message::NoOffset { name, is: Thing::Queue });
            }
            _ => {}
        }
        Some(kind)
    }

    /// The kind of a field of a local: `m.order`.
    pub(super) fn local_field(&mut self, name: &Name, kind: Kind, field: &Name) -> Kind {
        let is = match kind {
            Kind::Unknown => return Kind::Unknown,
            Kind::Message(..) => Thing::Message,
            Kind::Record(_) => Thing::Record,
            _ => Thing::Local,
        };
        let Some(fields) = self.names.fields(kind).cloned() else {
            if let Kind::Message(from, _) = kind {
                self.never_sent(from, &name.span);
            } else {
                self.no_field(name, is, &[], field);
            }
            return Kind::Unknown;
        };
        if let Some((_, kind)) = fields.iter().find(|(known, _)| *known == field.text) {
            return *kind;
        }
        let known: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
        let known: Vec<&str> = known.into_iter().filter(|name| !name.is_empty()).collect();
        self.no_field(name, is, &known, field);
        Kind::Unknown
    }

    /// Reports messages of which nothing is known, for nobody sends any.
    fn never_sent(&mut self, from: usize, span: &Span) {
        let name = self.tree.shared[from].name.text.clone();
        self.error(span, Message::NeverSent { name });
    }

    /// The kind of a local's name as a value: a message that is a plain value stands for that.
    pub(super) fn local_value(&mut self, kind: Kind, span: &Span) -> Kind {
        let Kind::Message(from, _) = kind else { return kind };
        match self.names.shape(from) {
            Some(shape) => shape.plain().unwrap_or(kind),
            None => {
                self.never_sent(from, span);
                Kind::Unknown
            }
        }
    }
}
