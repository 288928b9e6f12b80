//! The kinds of expressions, and what their names may stand for.

use super::{Area, Checker, LocalName};
use crate::{
    lang::{
        names::{Kind, Names, Symbol},
        own::behind_service,
        tree::{Expr, ExprKind, Name, Over, Quantifier, SharedTreeKind, Sign},
        words,
    },
    program::Span,
    say::diagnostics::{self, Message, Thing},
};

impl Checker<'_> {
    /// The kind of an expression that must be of some kind.
    pub(super) fn expect(&mut self, expr: &Expr, expected: Kind) -> Kind {
        let found = self.kind(expr, Some(expected));
        self.agree(&expr.span, expected, found);
        expected
    }

    /// Reports two kinds that should be one.
    pub(super) fn agree(&mut self, span: &Span, expected: Kind, found: Kind) {
        if self.names.unify(expected, found).is_some() {
            return;
        }
        if let (Some(expected), Some(found)) = (self.names.said(expected), self.names.said(found)) {
            self.error(span, Message::WrongKind { expected, found });
        }
    }

    /// The kind of an expression. Where a choice is expected, a bare name is one of its labels.
    pub(super) fn kind(&mut self, expr: &Expr, expected: Option<Kind>) -> Kind {
        if let Some(seen) = behind_service(self.tree, self.names, expr) {
            return self.of_replica(&seen, expected);
        }
        match &expr.kind {
            ExprKind::Int(_) => Kind::Int,
            ExprKind::Duration(_) => Kind::Duration,
            ExprKind::Percent(_) => Kind::Percent,
            ExprKind::Rate(_) => Kind::Rate,
            ExprKind::Text(_) => Kind::Text,
            ExprKind::Bool(_) => Kind::Bool,
            ExprKind::Wrong => Kind::Unknown,
            ExprKind::Name(name) => self.name(name, &expr.span, expected),
            ExprKind::Index(name, index) => {
                match self.map(name) {
                    Some(_) if self.context.area == Area::Goal => {
                        let name = name.text.clone();
                        self.error(&expr.span, Message::NotConstant { name });
                    }
                    None if self.context.area == Area::Goal => self.decided(index, Kind::Int),
                    Some(at) => self.key(at, index),
                    None => {
                        self.expect(index, Kind::Int);
                    }
                }
                self.element(name)
            }
            ExprKind::Field(name, index, field) => {
                self.field(name, index.as_deref(), field, &expr.span)
            }
            ExprKind::SelfNumber => {
                if !matches!(self.context.area, Area::Process | Area::Until | Area::Said) {
                    self.error(&expr.span, Message::SelfOutside);
                }
                Kind::Int
            }
            ExprKind::Negate(inner) => {
                let kind = self.kind(inner, None);
                if !kind.is_number() {
                    self.agree(&inner.span, Kind::Int, kind);
                    return Kind::Unknown;
                }
                kind
            }
            ExprKind::Not(inner) => self.expect(inner, Kind::Bool),
            ExprKind::And(left, right) | ExprKind::Or(left, right) => {
                self.expect(left, Kind::Bool);
                self.expect(right, Kind::Bool)
            }
            ExprKind::Binary(sign, left, right) => self.binary(*sign, left, right, &expr.span),
            ExprKind::If(condition, yes, no) => {
                if self.context.area == Area::Goal {
                    self.decided(condition, Kind::Bool);
                } else {
                    self.expect(condition, Kind::Bool);
                }
                let first = self.kind(yes, expected);
                let other = self.kind(no, expected.or(Some(first)));
                self.agree(&no.span, first, other);
                if first.is_several() || other.is_several() {
                    self.error(&expr.span, Message::RecordHere);
                    return Kind::Unknown;
                }
                first.or(other)
            }
            ExprKind::Chance(_) | ExprKind::AnyOf(..) => {
                let kind = self.draw(expr).unwrap_or(Kind::Unknown);
                let word = if kind == Kind::Bool { "chance" } else { "any" };
                self.error(&expr.span, Message::DrawInside { word });
                kind
            }
            ExprKind::Quantifier(quantifier) => self.quantifier(quantifier),
            ExprKind::Aggregate(tree) => self.aggregate(tree, &expr.span),
            ExprKind::Record(fields) => {
                self.record_fields(fields, None);
                self.error(&expr.span, Message::RecordHere);
                Kind::Unknown
            }
            ExprKind::Path(path) => self.path(path, &expr.span),
            // The parser reads them only where they may stand; told there.
            ExprKind::Send(..)
            | ExprKind::Rows(_)
            | ExprKind::Receive(..)
            | ExprKind::Lookup(_)
            | ExprKind::CallService(..) => Kind::Unknown,
            ExprKind::Call(..) if self.misplaced_distribution(expr) => Kind::Unknown,
            ExprKind::Call(name, values) => {
                if let Some(kind) = self.of_message(name, values) {
                    return kind;
                }
                for value in values {
                    self.kind(value, None);
                }
                match self.names.find(&name.text) {
                    Some(Symbol::Routine(_)) => {
                        let routine = name.text.clone();
                        self.error(&expr.span, Message::CallInside { routine });
                    }
                    Some(Symbol::Foreign) => {}
                    other => self.not_a_routine(name, other),
                }
                Kind::Unknown
            }
        }
    }

    /// The kind of what a replica has for itself, as observers see it.
    fn of_replica(&mut self, seen: &Expr, expected: Option<Kind>) -> Kind {
        let name = match &seen.kind {
            ExprKind::Name(name) => name,
            ExprKind::Index(name, _) | ExprKind::Field(name, ..) => &name.text,
            ExprKind::Path(path) => &path.name.text,
            _ => return Kind::Unknown,
        };
        let observes = matches!(self.context.area, Area::Promise | Area::Goal);
        if let Some(Symbol::Shared(at)) = self.names.find(name) {
            let own = &self.tree.shared[at];
            let is_value = matches!(seen.kind, ExprKind::Name(_) | ExprKind::Index(..));
            let several = own.size.is_some() || is_keyed(&own.kind) && is_value;
            let measured = self.context.area == Area::Goal && !is_value;
            if !observes || several && !measured {
                let (service, name) = name.split_once('.').unwrap_or_default();
                let (service, name) = (service.to_owned(), name.to_owned());
                self.error(&seen.span, Message::OwnThing { name, service });
                return Kind::Unknown;
            }
        }
        self.kind(seen, expected)
    }

    /// Reports a call of something that cannot be called.
    pub(super) fn not_a_routine(&mut self, name: &Name, symbol: Option<Symbol>) {
        let text = name.text.clone();
        let message = if let Some(symbol) = symbol {
            let is = Names::thing(self.tree, symbol);
            Message::WrongThing { name: text, is, expected: Thing::Routine }
        } else {
            let is_routine = |symbol| matches!(symbol, Symbol::Routine(_));
            let nearest = words::nearest(&text, self.names.matching(is_routine));
            Message::UnknownName { thing: Thing::Routine, name: text, nearest }
        };
        self.error(&name.span, message);
    }

    fn binary(&mut self, sign: Sign, left: &Expr, right: &Expr, span: &Span) -> Kind {
        // The side that says what is compared is looked at first: labels mean nothing alone.
        let (a, b) = if self.is_loose(left) && !self.is_loose(right) {
            let b = self.kind(right, None);
            (self.kind(left, Some(b)), b)
        } else {
            let a = self.kind(left, None);
            (a, self.kind(right, Some(a)))
        };
        let several = a.is_several() || b.is_several();
        let records = [a, b].iter().any(|kind| matches!(kind, Kind::Record(_)));
        if records && sign.compares() {
            let tells = matches!(sign, Sign::Equal | Sign::Differ);
            if !tells || ![a, b].iter().any(|kind| kind.is_open()) {
                self.error(span, Message::RecordCompared);
            }
            return Kind::Bool;
        }
        match result(sign, a, b) {
            Ok(kind) if !several => kind,
            _ => {
                if let (Some(left), Some(right)) = (self.names.said(a), self.names.said(b)) {
                    self.error(span, Message::NoOperation { sign: sign.text(), left, right });
                }
                if sign.compares() { Kind::Bool } else { Kind::Unknown }
            }
        }
    }

    /// True for a bare name that stands for no value here and may be a label.
    fn is_loose(&self, expr: &Expr) -> bool {
        let ExprKind::Name(name) = &expr.kind else { return false };
        let is_column = self.context.row.is_some_and(|at| self.column_kind(at, name).is_some());
        !is_column
            && !self.context.locals.iter().any(|local| local.name == *name)
            && !matches!(
                self.names.find(name),
                Some(Symbol::Param(_) | Symbol::Constant(_) | Symbol::Shared(_))
            )
    }

    fn name(&mut self, name: &str, span: &Span, expected: Option<Kind>) -> Kind {
        if let Some(Kind::Choice(choice)) = expected {
            if self.names.label(choice, name).is_some() {
                return Kind::Choice(choice);
            }
            if name == "none" {
                return Kind::None;
            }
            let is_value = self.context.locals.iter().any(|local| local.name == name)
                || self.names.find(name).is_some();
            if !is_value {
                let labels = self.names.labels_of(choice);
                self.no_such_label(labels, name, span);
                return Kind::Unknown;
            }
        }
        if let Some(kind) = self.named_column(name, span) {
            return kind;
        }
        if let Some(local) = self.context.locals.iter().rev().find(|local| local.name == name) {
            let kind = local.kind;
            return self.local_value(kind, span);
        }
        if expected == Some(Kind::Error)
            && (self.names.error_code(name).is_some() || self.names.find(name).is_none())
        {
            self.error_name(&Name { text: name.to_owned(), span: span.clone() });
            return Kind::Error;
        }
        if name == "none" {
            return Kind::None;
        }
        let area = self.context.area;
        let owned = name.to_owned();
        match self.names.find(name) {
            None if name == "replica" && self.names.inside().is_some() => Kind::Int,
            None => {
                if !self.unknown_in_row(name, span) {
                    self.unknown_value(owned, span);
                }
                Kind::Unknown
            }
            Some(Symbol::Foreign) => Kind::Unknown,
            Some(_) if area == Area::Plain => {
                self.error(span, Message::NotConstant { name: owned });
                Kind::Unknown
            }
            Some(Symbol::Param(at)) => self.names.params[at],
            Some(Symbol::Constant(at)) => self.names.constants[at],
            Some(Symbol::Shared(at)) => {
                if self.readable(at, name, span) && self.needs_index(at) {
                    self.error(span, Message::NeedsIndex { name: owned });
                }
                self.names.shared[at]
            }
            Some(symbol) => {
                let is = Names::thing(self.tree, symbol);
                self.error(span, Message::WrongThing { name: owned, is, expected: Thing::Value });
                Kind::Unknown
            }
        }
    }

    fn unknown_value(&mut self, name: String, span: &Span) {
        let area = self.context.area;
        let is_value = |symbol| match symbol {
            Symbol::Param(_) | Symbol::Constant(_) => area != Area::Plain,
            Symbol::Shared(_) => !matches!(area, Area::Plain | Area::Constant),
            _ => false,
        };
        let locals = self.context.locals.iter().map(|local| local.name.as_str());
        let nearest = words::nearest(&name, locals.chain(self.names.matching(is_value)));
        self.error(span, Message::UnknownName { thing: Thing::Value, name, nearest });
    }

    /// Whether a shared thing may be read here; reports if not.
    fn readable(&mut self, at: usize, name: &str, span: &Span) -> bool {
        if self.outside_row(span) {
            return false;
        }
        let name = name.to_owned();
        let area = self.context.area;
        let message = match self.tree.shared[at].kind {
            SharedTreeKind::Lock
            | SharedTreeKind::RwLock
            | SharedTreeKind::Semaphore
            | SharedTreeKind::Condition
            | SharedTreeKind::Queue
            | SharedTreeKind::Topic
            | SharedTreeKind::Log
            | SharedTreeKind::Group
            | SharedTreeKind::Breaker
            | SharedTreeKind::Database
            | SharedTreeKind::Limiter => {
                let is = Names::thing(self.tree, Symbol::Shared(at));
                Message::WrongThing { name, is, expected: Thing::Value }
            }
            _ if matches!(area, Area::Plain | Area::Constant) => Message::NotConstant { name },
            SharedTreeKind::Counter if matches!(area, Area::Process | Area::Until) => {
                Message::CounterRead { name }
            }
            _ => return true,
        };
        self.error(span, message);
        false
    }

    fn element(&mut self, name: &Name) -> Kind {
        let text = name.text.clone();
        let is_local = self.context.locals.iter().any(|local| local.name == text);
        match self.names.find(&text) {
            _ if is_local => self.error(&name.span, Message::NotAnArray { name: text }),
            None => self.unknown_value(text, &name.span),
            Some(Symbol::Foreign) => {}
            Some(Symbol::Shared(at)) => {
                if self.readable(at, &text, &name.span) && !self.needs_index(at) {
                    self.error(&name.span, Message::NotAnArray { name: text });
                }
                return self.names.shared[at];
            }
            Some(_) => self.error(&name.span, Message::NotAnArray { name: text }),
        }
        Kind::Unknown
    }

    /// True for arrays and maps.
    pub(super) fn needs_index(&self, at: usize) -> bool {
        self.is_array(at) || is_keyed(&self.tree.shared[at].kind)
    }

    /// True for an array; what replicas have for themselves is one for who stands outside.
    pub(super) fn is_array(&self, at: usize) -> bool {
        self.names.is_array(self.tree, at)
    }

    /// The place of the map that a name stands for.
    pub(super) fn map(&self, name: &Name) -> Option<usize> {
        match self.names.find(&name.text) {
            Some(Symbol::Shared(at)) if is_keyed(&self.tree.shared[at].kind) => Some(at),
            _ => None,
        }
    }

    fn quantifier(&mut self, quantifier: &Quantifier) -> Kind {
        // Each value of the range becomes a piece of code, so the range must be a constant.
        self.fixed(&quantifier.least, Kind::Int);
        self.fixed(&quantifier.greatest, Kind::Int);
        self.declare(&quantifier.name, Kind::Int, true);
        let kind = match quantifier.over {
            Over::All | Over::Any => self.expect(&quantifier.body, Kind::Bool),
            Over::Count => {
                self.expect(&quantifier.body, Kind::Bool);
                Kind::Int
            }
            Over::Sum | Over::Min | Over::Max => {
                let kind = self.kind(&quantifier.body, None);
                if !kind.is_number() {
                    self.agree(&quantifier.body.span, Kind::Int, kind);
                    Kind::Unknown
                } else {
                    kind
                }
            }
        };
        self.context.locals.pop();
        kind
    }

    /// Brings a local name into scope and reports one that is taken.
    pub(super) fn declare(&mut self, name: &Name, kind: Kind, round: bool) {
        let local = self.context.locals.iter().find(|local| local.name == name.text);
        let kind = match kind {
            Kind::None => self.names.locals_later.get(&name.span.start).copied().unwrap_or(kind),
            _ => kind,
        };
        let shared = match self.names.find(&name.text) {
            Some(Symbol::Param(at)) => Some(self.tree.params[at].name.span.start),
            Some(Symbol::Constant(at)) => Some(self.tree.constants[at].0.span.start),
            Some(Symbol::Shared(at)) => Some(self.tree.shared[at].name.span.start),
            _ => None,
        };
        if let Some(at) = local.map(|local| local.at).or(shared) {
            let (line, _) = crate::lang::line_column(self.text, at);
            self.error(&name.span, Message::Twice { name: name.text.clone(), line });
        }
        let at = name.span.start;
        self.context.locals.push(LocalName { name: name.text.clone(), kind, at, round });
    }

    /// A kind for messages, where something can be said.
    pub(super) fn said(&self, kind: Kind) -> Option<diagnostics::Kind> {
        self.names.said(kind)
    }
}

/// Whether values lie under keys in it.
fn is_keyed(kind: &SharedTreeKind) -> bool {
    matches!(kind, SharedTreeKind::Map(_) | SharedTreeKind::Cache | SharedTreeKind::Table(_))
}

/// The kind that an operator makes of two kinds, if it takes them.
pub(in crate::lang) fn result(sign: Sign, left: Kind, right: Kind) -> Result<Kind, ()> {
    use Kind::{Bool, Duration, Int, Percent, Rate};
    let numbers = left.is_number() && right.is_number();
    let same = left == right || left.is_open() || right.is_open();
    match sign {
        Sign::Equal | Sign::Differ if same => Ok(Bool),
        Sign::Less | Sign::AtMost | Sign::More | Sign::AtLeast if same && numbers => Ok(Bool),
        Sign::Add | Sign::Subtract | Sign::Modulo | Sign::Least | Sign::Greatest
            if same && numbers =>
        {
            Ok(left.or(right))
        }
        Sign::Multiply => match (left, right) {
            (Int, Int) | (Rate, Duration) | (Duration, Rate) => Ok(Int),
            (Int, other @ (Duration | Rate)) | (other @ (Duration | Rate), Int) => Ok(other),
            (Percent, other @ (Int | Duration | Rate))
            | (other @ (Int | Duration | Rate), Percent) => Ok(other),
            _ if numbers && (left.is_open() || right.is_open()) => Ok(Kind::Unknown),
            _ => Err(()),
        },
        Sign::Divide => match (left, right) {
            (Int | Duration | Rate, Int | Percent) | (Percent, Int) => Ok(left),
            (Duration, Duration) | (Percent, Percent) => Ok(Percent),
            (Int, Duration) => Ok(Rate),
            (Int, Rate) => Ok(Duration),
            _ if numbers && (left.is_open() || right.is_open()) => Ok(Kind::Unknown),
            _ => Err(()),
        },
        _ => Err(()),
    }
}
