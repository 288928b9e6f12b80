//! What is held, waited for and asked: locks, rwlocks, semaphores, conditions, and keys of maps.

use super::{Area, Checker};
use crate::{
    lang::{
        names::{Kind, Names, Symbol},
        tree::{
            Expr, ExprKind, Name, SharedTree, SharedTreeKind, Taking, Target, Words, WordsPart,
        },
        words,
    },
    program::Span,
    say::diagnostics::{Message, Thing},
};

/// The words of a semaphore's `when_full`.
const WHEN_FULL: [&str; 2] = ["wait", "reject"];

impl Checker<'_> {
    /// The options of a declaration.
    pub(super) fn options_of(&mut self, shared: &SharedTree) {
        let options = shared.options.clone().unwrap_or_default();
        let missing = |of, option| Message::MissingOption { of, option };
        match shared.kind {
            SharedTreeKind::Lock => self.option_time(&options, "lease"),
            SharedTreeKind::Semaphore => {
                self.option(&options, "permits", &[], Some(Kind::Int));
                self.option(&options, "when_full", &WHEN_FULL, None);
                self.option_time(&options, "max_wait");
                if options.get("permits").is_none() {
                    self.error(&shared.name.span, missing("semaphore", "permits"));
                }
            }
            SharedTreeKind::Condition => match options.get("lock") {
                Some(option) => self.lock_of_condition(option.value(), shared),
                None => self.error(&shared.name.span, missing("condition", "lock")),
            },
            SharedTreeKind::Service => self.service_options(&options),
            SharedTreeKind::Breaker => self.breaker_options(shared, &options),
            SharedTreeKind::Limiter => self.limiter_options(shared, &options),
            SharedTreeKind::Cache => self.cache_options(&options),
            SharedTreeKind::Database => self.database_options(&options),
            SharedTreeKind::Table(_) => {}
            _ => self.channel_options(shared, &options),
        }
    }

    /// The lock of a condition, or a choice parameter whose labels are locks.
    fn lock_of_condition(&mut self, expr: &Expr, condition: &SharedTree) {
        match &expr.kind {
            ExprKind::If(test, yes, no) => {
                self.fixed(test, Kind::Bool);
                self.lock_of_condition(yes, condition);
                self.lock_of_condition(no, condition);
            }
            ExprKind::Name(name) => {
                let labels = match self.names.find(name) {
                    Some(Symbol::Param(at)) => match self.names.params[at] {
                        Kind::Choice(choice) => self.names.labels_of(choice),
                        _ => vec![name.clone()],
                    },
                    _ => vec![name.clone()],
                };
                for label in labels {
                    let name = Name { text: label, span: expr.span.clone() };
                    let found = self
                        .shared(&name, Thing::Lock, |kind| matches!(kind, SharedTreeKind::Lock));
                    let array = |at: usize| self.is_array(at);
                    if let Some(at) = found
                        && array(at)
                        && condition.size.is_none()
                    {
                        self.error(&expr.span, Message::NeedsIndex { name: name.text });
                    }
                }
            }
            ExprKind::Wrong => {}
            _ => {
                let found = crate::lang::lexer::range(&expr.span);
                let (name, thing) = (self.text[found].to_owned(), Thing::Lock);
                self.error(&expr.span, Message::UnknownName { thing, name, nearest: None });
            }
        }
    }

    /// The shared thing of a name that must be of some kinds; reports what it is else.
    pub(super) fn shared(
        &mut self,
        name: &Name,
        expected: Thing,
        is: impl Fn(&SharedTreeKind) -> bool,
    ) -> Option<usize> {
        let text = name.text.clone();
        let tree = self.tree;
        let is_local = self.context.locals.iter().any(|local| local.name == text);
        match self.names.find(&text) {
            Some(Symbol::Foreign) => {}
            Some(Symbol::Shared(at)) if is(&tree.shared[at].kind) => return Some(at),
            Some(symbol) => {
                let is = Names::thing(tree, symbol);
                self.error(&name.span, Message::WrongThing { name: text, is, expected });
            }
            None if is_local => {
                let is = Thing::Local;
                self.error(&name.span, Message::WrongThing { name: text, is, expected });
            }
            None => {
                let fits = |symbol| match symbol {
                    Symbol::Shared(at) => is(&tree.shared[at].kind),
                    _ => false,
                };
                let nearest = words::nearest(&text, self.names.matching(fits));
                let message = Message::UnknownName { thing: expected, name: text, nearest };
                self.error(&name.span, message);
            }
        }
        None
    }

    /// What is taken or let go, or in a `with` passed; brings the name of its token into scope.
    pub(super) fn taking(&mut self, taking: &Taking, in_with: bool) {
        let what = &taking.what;
        self.suffix(taking.suffix.as_ref());
        if let Some(index) = &what.index {
            self.expect(index, Kind::Int);
        }
        let holdable = |kind: &SharedTreeKind| match kind {
            SharedTreeKind::Lock | SharedTreeKind::RwLock | SharedTreeKind::Semaphore => true,
            SharedTreeKind::Breaker | SharedTreeKind::Limiter => in_with,
            _ => false,
        };
        let expected = if in_with { Thing::Passable } else { Thing::Holdable };
        if let Some(at) = self.shared(&what.name, expected, holdable) {
            self.indexed(at, what);
            let shared = &self.tree.shared[at];
            let name = what.name.text.clone();
            match (&shared.kind, &taking.side) {
                (SharedTreeKind::RwLock, None) => {
                    self.error(&what.span, Message::NeedsSide { name });
                }
                (SharedTreeKind::RwLock, Some(_)) | (_, None) => {}
                (_, Some(side)) => {
                    let is = Names::thing(self.tree, Symbol::Shared(at));
                    let (side, span) = (side.text.clone(), side.span.clone());
                    self.error(&span, Message::NoSide { name, is, side });
                }
            }
            if let Some(token) = &taking.token {
                self.leased(at, "as", &token.span);
            }
        }
        if let Some(token) = &taking.token {
            self.declare(token, Kind::Int, false);
        }
    }

    fn leased(&mut self, at: usize, word: &'static str, span: &Span) {
        let shared = &self.tree.shared[at];
        let lease = shared.options.as_ref().and_then(|options| options.get("lease"));
        if lease.is_none() || !matches!(shared.kind, SharedTreeKind::Lock) {
            let name = shared.name.text.clone();
            self.error(span, Message::NeedsLease { name, word });
        }
    }

    /// The condition of `wait` or `notify`.
    pub(super) fn sleepers(&mut self, condition: &Target) {
        if let Some(index) = &condition.index {
            self.expect(index, Kind::Int);
        }
        let is = |kind: &SharedTreeKind| matches!(kind, SharedTreeKind::Condition);
        if let Some(at) = self.shared(&condition.name, Thing::Condition, is) {
            self.indexed(at, condition);
        }
    }

    /// The kind of what is asked of a thing: `m.mine`, `pool.busy`.
    pub(super) fn field(
        &mut self,
        name: &Name,
        index: Option<&Expr>,
        field: &Name,
        span: &Span,
    ) -> Kind {
        if self.context.area == Area::Goal {
            return self.measure(name, index, std::slice::from_ref(field), None);
        }
        let outside = |it: &Self, at| it.names.is_outside(it.tree, at);
        let is_shared = matches!(self.names.find(&name.text), Some(Symbol::Shared(_)));
        if is_shared && self.outside_row(span) {
            return Kind::Unknown;
        }
        if index.is_none()
            && let Some(at) = self.map(name)
            && field.text == "size"
            && matches!(self.tree.shared[at].kind, SharedTreeKind::Cache)
        {
            if matches!(self.context.area, Area::Plain | Area::Constant) {
                self.error(span, Message::NotConstant { name: format!("{}.size", name.text) });
            }
            return Kind::Int;
        }
        if let (Some(index), Some(at)) = (index, self.map(name).filter(|at| !outside(self, *at))) {
            let kind = self.names.shared[at];
            self.key(at, index);
            return self.field_of_record(name, kind, field, span);
        }
        if let Some(index) = index {
            self.expect(index, Kind::Int);
        }
        let text = name.text.clone();
        let local = self.context.locals.iter().rev().find(|local| local.name == text);
        let local = local.map(|local| local.kind);
        if let Some(kind) = local
            && index.is_none()
        {
            return self.local_field(name, kind, field);
        }
        let is_local = local.is_some();
        let later = |what: &str| Message::NotBuilt { what: format!(".{what}") };
        let at = match self.names.find(&text) {
            Some(Symbol::Shared(at)) if !is_local => at,
            // Processes, routines and what is not built yet will have measures.
            Some(symbol @ (Symbol::Foreign | Symbol::Process(_) | Symbol::Routine(_)))
                if !is_local =>
            {
                if index.is_none() && self.ended_well(symbol, name, field) {
                    return Kind::Int;
                }
                let owner = match symbol {
                    Symbol::Process(_) => "process",
                    Symbol::Routine(_) => "routine",
                    _ => "",
                };
                if self.measured_here(owner, name, field) {
                    return Kind::Unknown;
                }
                self.error(&(field.span.start - 1..field.span.end), later(&field.text));
                return Kind::Unknown;
            }
            None if !is_local => {
                let is_shared = |symbol| matches!(symbol, Symbol::Shared(_));
                let nearest = words::nearest(&text, self.names.matching(is_shared));
                let thing = Thing::Value;
                self.error(&name.span, Message::UnknownName { thing, name: text, nearest });
                return Kind::Unknown;
            }
            symbol => {
                let is = symbol.filter(|_| !is_local);
                let is = is.map_or(Thing::Local, |symbol| Names::thing(self.tree, symbol));
                self.no_field(name, is, &[], field);
                return Kind::Unknown;
            }
        };
        let fields: &[&str] = match self.tree.shared[at].kind {
            SharedTreeKind::Lock => &["busy", "waiting", "mine"],
            SharedTreeKind::RwLock | SharedTreeKind::Semaphore => &["busy", "waiting"],
            SharedTreeKind::Condition => &["waiting"],
            SharedTreeKind::Queue => &["length", "inflight"],
            SharedTreeKind::Log => &["first", "next"],
            SharedTreeKind::Group => &["lag"],
            SharedTreeKind::Topic => &[],
            SharedTreeKind::Service => &["busy", "queued", "inflight", "computing", "replicas"],
            SharedTreeKind::Breaker => &["state"],
            SharedTreeKind::Limiter => &[],
            SharedTreeKind::Cache => &["size"],
            SharedTreeKind::Var(_)
            | SharedTreeKind::Map(_)
            | SharedTreeKind::Counter
            | SharedTreeKind::Database
            | SharedTreeKind::Table(_) => &[],
        };
        if self.counted(at, index, name, field) {
            return Kind::Int;
        }
        if !fields.contains(&field.text.as_str()) {
            let owner = self.tree.shared[at].kind.word();
            if self.measured_here(owner, name, field) {
                return Kind::Unknown;
            }
            let is = Names::thing(self.tree, Symbol::Shared(at));
            self.no_field(name, is, fields, field);
            return Kind::Unknown;
        }
        match (self.is_array(at), index) {
            (true, None) => self.error(&name.span, Message::NeedsIndex { name: text.clone() }),
            (false, Some(_)) if !matches!(self.tree.shared[at].kind, SharedTreeKind::Service) => {
                self.error(&name.span, Message::NotAnArray { name: text.clone() });
            }
            _ => {}
        }
        if matches!(self.context.area, Area::Plain | Area::Constant) {
            self.error(span, Message::NotConstant { name: format!("{text}.{}", field.text) });
        }
        match field.text.as_str() {
            "mine" => {}
            "state" => return self.breaker_state(),
            _ => return Kind::Int,
        }
        self.leased(at, "mine", &field.span);
        if matches!(self.context.area, Area::Promise | Area::Until | Area::Said) {
            self.error(span, Message::MineGlance { name: text });
        }
        Kind::Bool
    }

    /// The kind of a field of a record in a map: `answers[k].charged`.
    fn field_of_record(&mut self, name: &Name, kind: Kind, field: &Name, span: &Span) -> Kind {
        if matches!(self.context.area, Area::Plain | Area::Constant) {
            self.error(span, Message::NotConstant { name: name.text.clone() });
        }
        match kind {
            Kind::Record(_) => self.local_field(name, kind, field),
            kind if kind.is_open() => Kind::Unknown,
            _ => {
                self.no_field(name, Thing::Var, &[], field);
                Kind::Unknown
            }
        }
    }

    pub(super) fn no_field(&mut self, name: &Name, is: Thing, fields: &[&str], field: &Name) {
        let fields = fields.iter().map(|field| (*field).to_owned()).collect();
        let (name, found) = (name.text.clone(), field.text.clone());
        self.error(&field.span, Message::NoField { name, is, fields, found });
    }

    /// What is said with values in it: they are looked at, not read in steps.
    pub(super) fn words(&mut self, said: &Words) {
        let area = match self.context.area {
            Area::Process => Area::Said,
            other => other,
        };
        let outer = std::mem::replace(&mut self.context.area, area);
        for part in &said.parts {
            if let WordsPart::Value(value) = part {
                let kind = self.kind(value, None);
                if kind.is_several() {
                    let name = self.text[crate::lang::lexer::range(&value.span)].to_owned();
                    let is = if matches!(kind, Kind::Message(..)) {
                        Thing::Message
                    } else {
                        Thing::Record
                    };
                    let expected = Thing::Value;
                    self.error(&value.span, Message::WrongThing { name, is, expected });
                }
            }
        }
        self.context.area = outer;
    }

    /// The condition of a `wait until`.
    pub(super) fn until(&mut self, condition: &Expr) {
        let outer = std::mem::replace(&mut self.context.area, Area::Until);
        self.expect(condition, Kind::Bool);
        self.context.area = outer;
    }

    // What starts as `none`.

    /// The key of a map: all are of one kind, that of the first.
    pub(super) fn key(&mut self, at: usize, key: &Expr) {
        self.uses_table(at, &key.span);
        let known = self.names.keys.get(&at).copied().unwrap_or(Kind::None);
        let found = self.kind(key, (known != Kind::None).then_some(known));
        if let Kind::Int | Kind::Text | Kind::Choice(_) | Kind::None | Kind::Unknown = found {
            if known == Kind::None && !found.is_open() {
                self.names.keys.insert(at, found);
                self.learned = true;
            }
            self.agree(&key.span, known, found);
        } else if let Some(found) = self.said(found) {
            self.error(&key.span, Message::NoKey { found });
        }
    }

    /// Learns the kind of a shared thing that was only `none` so far.
    pub(super) fn learn_shared(&mut self, at: usize, kind: Kind) {
        let known = self.names.shared[at];
        if (known == Kind::None || known.is_several())
            && !kind.is_open()
            && let Some(kind) = self.names.unify(known, kind)
            && kind != known
        {
            self.names.shared[at] = kind;
            self.names.shared_later.insert(at, kind);
            self.learned = true;
        }
    }

    /// Learns the kind of a local that was only `none` so far.
    pub(super) fn learn_local(&mut self, name: &str, kind: Kind) {
        if let Some(local) = self.context.locals.iter_mut().rev().find(|local| local.name == name)
            && !kind.is_open()
            && let Some(kind) = self.names.unify(local.kind, kind)
            && (local.kind == Kind::None || kind != local.kind && kind.is_several())
        {
            local.kind = kind;
            self.names.locals_later.insert(local.at, kind);
            self.learned = true;
        }
    }
}
