//! What the names at the top level stand for, and of which kind their values are.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
};

use super::{
    check::nested,
    diagnostic::{Diagnostics, line_column},
    tree::{Block, Name, ParamTreeKind, SharedTreeKind, StatementKind, Tree},
};
use crate::{
    program::{Error, Form, Guarding, Type},
    say::diagnostics::{self, Message, Thing},
};

/// The kind of a value while checking and compiling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Int,
    Bool,
    Duration,
    Rate,
    Percent,
    /// Words in quotes.
    Text,
    /// An error that was caught.
    Error,
    /// A place in [`Names::choices`].
    Choice(usize),
    /// Several values by their names: a place in [`Names::records`].
    Record(usize),
    /// A message of the shared thing at this place.
    Message(usize, Hold),
    /// Only `none` so far: goes with everything.
    None,
    /// Of something that was reported already, or that nobody calls: goes with everything.
    Unknown,
}

/// Who says that a message is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hold {
    /// The process, with `ack` or `nack`.
    ByHand,
    /// The end of the block that received it.
    Block,
    /// Nobody: it was read in a log, where it stays.
    Followed,
}

/// The fields of messages or records, in order; a plain value is one field without a name.
pub(super) type Fields = Vec<(String, Kind)>;

/// What is known of messages that share a shape.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) fields: Fields,
    /// Where the first of them is sent.
    pub(super) at: u32,
}

impl Shape {
    /// The kind of messages that are a plain value.
    pub(super) fn plain(&self) -> Option<Kind> {
        match &self.fields[..] {
            [(name, kind)] if name.is_empty() => Some(*kind),
            _ => None,
        }
    }
}

impl Kind {
    /// Whether it is several values.
    pub(super) fn is_several(self) -> bool {
        matches!(self, Kind::Record(_) | Kind::Message(..))
    }

    /// Whether its values have an order, so that one can be lowered.
    pub(super) fn orders(self) -> bool {
        matches!(self, Kind::Int | Kind::Duration | Kind::Rate | Kind::Percent)
    }

    /// How a program stores it.
    pub(super) fn stored(self) -> Type {
        match self {
            Kind::Int | Kind::None | Kind::Unknown => Type::Int,
            Kind::Record(_) | Kind::Message(..) => Type::Int,
            Kind::Bool => Type::Bool,
            Kind::Duration => Type::Duration,
            Kind::Rate => Type::Rate,
            Kind::Percent => Type::Percent,
            Kind::Text => Type::Text,
            Kind::Error => Type::Error,
            Kind::Choice(_) => Type::Choice,
        }
    }

    /// True where nothing can be said yet: it goes with every kind.
    pub(super) fn is_open(self) -> bool {
        matches!(self, Kind::None | Kind::Unknown)
    }

    /// True for kinds that are ordered and added up.
    pub(super) fn is_number(self) -> bool {
        match self {
            Kind::Int | Kind::Duration | Kind::Rate | Kind::Percent => true,
            Kind::Bool | Kind::Text | Kind::Error | Kind::Choice(_) => false,
            Kind::Record(_) | Kind::Message(..) => false,
            Kind::None | Kind::Unknown => true,
        }
    }

    /// This kind, or the other one where nothing can be said of this.
    pub(super) fn or(self, other: Kind) -> Kind {
        if self == Kind::Unknown || (self == Kind::None && other != Kind::Unknown) {
            other
        } else {
            self
        }
    }
}

/// What a name at the top level stands for: a place in the tree's list of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Symbol {
    Param(usize),
    Constant(usize),
    Shared(usize),
    Process(usize),
    Routine(usize),
    /// Declared by something that is not built yet or went wrong.
    Foreign,
}

/// The names of a scenario.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    symbols: BTreeMap<String, Symbol>,
    /// All labels of choices, each once, in text order.
    pub(super) labels: Vec<String>,
    label_places: BTreeMap<String, usize>,
    /// The different sets of labels that parameters choose from, as places in `labels`.
    pub(super) choices: Vec<Vec<usize>>,
    /// The kinds of parameters.
    pub(super) params: Vec<Kind>,
    /// The kinds of constants; filled in while checking.
    pub(super) constants: Vec<Kind>,
    /// The kinds of shared things; filled in while checking.
    pub(super) shared: Vec<Kind>,
    /// Names of errors that the text's own `fail`s use, in text order.
    pub(super) errors: Vec<String>,
    /// Routines that are spawned, and the kinds of what they are given; filled in while checking.
    pub(super) spawned: BTreeMap<usize, Vec<Kind>>,
    /// What handlers of services answer, by their routines; filled in while checking.
    pub(super) answers: BTreeMap<usize, Kind>,
    /// Records that routines return, by where the names stand with which they are called.
    pub(super) returned: BTreeMap<u32, Kind>,
    /// The kinds of keys of maps, by their places among the shared things.
    pub(super) keys: BTreeMap<usize, Kind>,
    /// What the first use said of shared things that start as `none`.
    pub(super) shared_later: BTreeMap<usize, Kind>,
    /// The same for locals, by where their names stand in their declarations.
    pub(super) locals_later: BTreeMap<u32, Kind>,
    /// The different records.
    pub(super) records: Vec<Fields>,
    /// For each shared thing the first one whose messages have the same shape as its own.
    pub(super) families: Vec<usize>,
    /// What is sent within a family, by its first; filled in while checking.
    pub(super) shapes: BTreeMap<usize, Shape>,
    /// The kinds of keys that messages are sent with, by family.
    pub(super) message_keys: BTreeMap<usize, Kind>,
    /// What `record`s collect, and of which kind; filled in while checking.
    pub(super) recorded: BTreeMap<String, Kind>,
    /// The set of labels that the states of breakers are, where there are any.
    pub(super) breaker_states: Option<usize>,
    /// Names that an `outcome` gives.
    pub(super) outcomes: Vec<String>,
    /// What replicas of services have for themselves, by its plain name.
    owned: BTreeMap<usize, BTreeMap<String, usize>>,
    /// The services whose handlers routines are.
    handlers: BTreeMap<usize, usize>,
    /// The service in whose text names stand: what its replicas have for themselves comes first.
    inside: Inside,
}

/// The place of a service plus one, or 0. Who binds a scenario has names of his own, so that nobody
/// else moves this meanwhile.
#[derive(Debug, Default)]
struct Inside(AtomicUsize);

impl Clone for Inside {
    fn clone(&self) -> Inside {
        Inside(AtomicUsize::new(self.0.load(Ordering::Relaxed)))
    }
}

impl Names {
    /// Collects the names of a tree and reports those declared twice.
    pub(super) fn collect(text: &str, tree: &Tree, diagnostics: &mut Diagnostics) -> Names {
        let mut names = Names::default();
        let mut declared: Vec<(&Name, Symbol)> = Vec::new();
        let enumerated = |list: Vec<&'_ Name>, symbol: fn(usize) -> Symbol| {
            list.into_iter().enumerate().map(|(at, name)| (name.clone(), symbol(at))).collect()
        };
        let lists: [Vec<(Name, Symbol)>; 5] = [
            enumerated(tree.params.iter().map(|p| &p.name).collect(), Symbol::Param),
            enumerated(tree.constants.iter().map(|c| &c.0).collect(), Symbol::Constant),
            enumerated(tree.shared.iter().map(|s| &s.name).collect(), Symbol::Shared),
            enumerated(tree.processes.iter().map(|p| &p.name).collect(), Symbol::Process),
            enumerated(tree.routines.iter().map(|r| &r.name).collect(), Symbol::Routine),
        ];
        declared.extend(lists.iter().flatten().map(|(name, symbol)| (name, *symbol)));
        declared.extend(tree.foreign.iter().map(|name| (name, Symbol::Foreign)));
        declared.sort_by_key(|(name, _)| name.span.start);

        let mut first: BTreeMap<&str, u32> = BTreeMap::new();
        for (name, symbol) in declared {
            if let Some(&known) = names.symbols.get(&name.text)
                && (symbol == Symbol::Foreign || known == Symbol::Foreign)
            {
                // Who knows where a name inside something not built yet is to be seen.
                if symbol != Symbol::Foreign {
                    names.symbols.insert(name.text.clone(), symbol);
                    first.insert(&name.text, name.span.start);
                }
                continue;
            }
            if let Some(&at) = first.get(name.text.as_str()) {
                let (line, _) = line_column(text, at);
                diagnostics
                    .error(name.span.clone(), Message::Twice { name: name.text.clone(), line });
                continue;
            }
            first.insert(&name.text, name.span.start);
            names.symbols.insert(name.text.clone(), symbol);
        }
        names.params = tree.params.iter().map(|param| names.param_kind(&param.kind)).collect();
        names.breaker_states = names.states_of_breakers(tree);
        names.errors = errors(tree);
        names.outcomes = outcomes(tree);
        for service in &tree.services {
            names.owned.insert(service.shared, service.owned.iter().cloned().collect());
            let handlers = service.handlers.iter().map(|(_, at)| (*at, service.shared));
            names.handlers.extend(handlers);
        }
        names.families = super::families::families(tree, &names);
        names.constants = vec![Kind::Unknown; tree.constants.len()];
        names.shared = vec![Kind::Int; tree.shared.len()];
        names
    }

    fn states_of_breakers(&mut self, tree: &Tree) -> Option<usize> {
        let is_breaker = |kind: &SharedTreeKind| matches!(kind, SharedTreeKind::Breaker);
        tree.shared.iter().find(|shared| is_breaker(&shared.kind))?;
        let words = Guarding::ALL.iter().map(|state| state.word());
        let set: Vec<usize> = words.map(|word| self.intern(word)).collect();
        Some(self.choice_of(set))
    }

    fn choice_of(&mut self, set: Vec<usize>) -> usize {
        let known = self.choices.iter().position(|known| *known == set);
        known.unwrap_or_else(|| {
            self.choices.push(set);
            self.choices.len() - 1
        })
    }

    fn param_kind(&mut self, kind: &ParamTreeKind) -> Kind {
        match kind {
            ParamTreeKind::Int { .. } => Kind::Int,
            ParamTreeKind::Duration { .. } => Kind::Duration,
            ParamTreeKind::Rate { .. } => Kind::Rate,
            ParamTreeKind::Percent { .. } => Kind::Percent,
            ParamTreeKind::Bool { .. } => Kind::Bool,
            ParamTreeKind::Choice { labels, .. } => {
                let set: Vec<usize> = labels.iter().map(|label| self.intern(&label.text)).collect();
                Kind::Choice(self.choice_of(set))
            }
        }
    }

    /// The kind of a record with these fields.
    pub(super) fn record(&mut self, fields: Fields) -> Kind {
        let known = self.records.iter().position(|known| *known == fields);
        Kind::Record(known.unwrap_or_else(|| {
            self.records.push(fields);
            self.records.len() - 1
        }))
    }

    /// The kind that two kinds are together, if they go with one another: records do where they have
    /// the same fields.
    pub(super) fn unify(&mut self, one: Kind, other: Kind) -> Option<Kind> {
        match (one, other) {
            _ if one == other => Some(one),
            (Kind::Record(a), Kind::Record(b)) => {
                let (fields, others) = (self.records[a].clone(), self.records[b].clone());
                if fields.len() != others.len() {
                    return None;
                }
                let mut all = Fields::new();
                for (name, kind) in fields {
                    let (_, found) = others.iter().find(|(known, _)| *known == name)?;
                    all.push((name, self.unify(kind, *found)?));
                }
                Some(self.record(all))
            }
            _ if one.is_open() || other.is_open() => Some(one.or(other)),
            _ => None,
        }
    }

    /// What a value of a kind is made of.
    pub(super) fn form(&self, kind: Kind) -> Form {
        match kind {
            Kind::Record(record) => {
                let fields = self.records.get(record).cloned().unwrap_or_default();
                let stored = fields.into_iter().map(|(name, kind)| (name, kind.stored()));
                Form::Record(stored.collect())
            }
            _ => Form::Plain(kind.stored()),
        }
    }

    /// What is known of the messages of a shared thing.
    pub(super) fn shape(&self, at: usize) -> Option<&Shape> {
        self.shapes.get(self.families.get(at)?)
    }

    /// The fields of what a local holds, if it is several values.
    pub(super) fn fields(&self, kind: Kind) -> Option<&Fields> {
        match kind {
            Kind::Record(record) => self.records.get(record),
            Kind::Message(from, _) => self.shape(from).map(|shape| &shape.fields),
            _ => None,
        }
    }

    fn intern(&mut self, label: &str) -> usize {
        *self.label_places.entry(label.to_owned()).or_insert_with(|| {
            self.labels.push(label.to_owned());
            self.labels.len() - 1
        })
    }

    pub(super) fn find(&self, name: &str) -> Option<Symbol> {
        let own = self.inside().and_then(|service| self.own(service, name));
        own.map(Symbol::Shared).or_else(|| self.symbols.get(name).copied())
    }

    /// What each replica of a service has for itself under a name.
    pub(super) fn own(&self, service: usize, name: &str) -> Option<usize> {
        self.owned.get(&service)?.get(name).copied()
    }

    /// Names stand in the text of this service from here on, or of none; tells where they stood.
    pub(super) fn enter(&self, service: Option<usize>) -> Option<usize> {
        let stood = self.inside();
        self.inside.0.store(service.map_or(0, |service| service + 1), Ordering::Relaxed);
        stood
    }

    /// The service in whose text names stand.
    pub(super) fn inside(&self) -> Option<usize> {
        self.inside.0.load(Ordering::Relaxed).checked_sub(1)
    }

    /// True for an array; what replicas have for themselves is one for who stands outside.
    pub(super) fn is_array(&self, tree: &Tree, at: usize) -> bool {
        tree.shared[at].size.is_some() || self.is_outside(tree, at)
    }

    /// True for what replicas of a service have for themselves, where names stand outside of it.
    pub(super) fn is_outside(&self, tree: &Tree, at: usize) -> bool {
        let owner = tree.shared[at].owner;
        owner.is_some() && owner != self.inside()
    }

    /// The service whose handler a routine is.
    pub(super) fn service_of(&self, routine: usize) -> Option<usize> {
        self.handlers.get(&routine).copied()
    }

    /// All names for which a test holds, for suggestions.
    pub(super) fn matching(&self, test: impl Fn(Symbol) -> bool) -> impl Iterator<Item = &str> {
        self.symbols.iter().filter(move |(_, symbol)| test(**symbol)).map(|(name, _)| name.as_str())
    }

    /// The labels of a choice, in the order of the text.
    pub(super) fn labels_of(&self, choice: usize) -> Vec<String> {
        self.choices[choice].iter().map(|&label| self.labels[label].clone()).collect()
    }

    /// The place in `labels` of a choice's label.
    pub(super) fn label(&self, choice: usize, label: &str) -> Option<usize> {
        self.choices[choice].iter().copied().find(|&at| self.labels[at] == label)
    }

    /// How an error is stored, if there is one of this name.
    pub(super) fn error_code(&self, name: &str) -> Option<i64> {
        let built_in = Error::BUILT_IN.into_iter().find(|error| error.word() == Some(name));
        let own = || self.errors.iter().position(|error| error == name);
        let error = built_in.or_else(|| Some(Error::Named(u16::try_from(own()?).ok()?)))?;
        Some(error.code())
    }

    /// A kind as messages name it; `None` for one that nothing can be said about.
    pub(super) fn said(&self, kind: Kind) -> Option<diagnostics::Kind> {
        Some(match kind {
            Kind::Int => diagnostics::Kind::Int,
            Kind::Bool => diagnostics::Kind::Bool,
            Kind::Duration => diagnostics::Kind::Duration,
            Kind::Rate => diagnostics::Kind::Rate,
            Kind::Percent => diagnostics::Kind::Percent,
            Kind::Text => diagnostics::Kind::Text,
            Kind::Error => diagnostics::Kind::Error,
            Kind::Choice(choice) => diagnostics::Kind::Choice(self.labels_of(choice)),
            Kind::Record(record) => {
                let fields = self.records[record].iter().map(|(name, _)| name.clone());
                diagnostics::Kind::Record(fields.collect())
            }
            Kind::Message(..) => diagnostics::Kind::Message,
            Kind::None | Kind::Unknown => return None,
        })
    }

    /// What a symbol is called in messages.
    pub(super) fn thing(tree: &Tree, symbol: Symbol) -> Thing {
        match symbol {
            Symbol::Param(_) => Thing::Param,
            Symbol::Constant(_) => Thing::Constant,
            Symbol::Shared(at) => match tree.shared[at].kind {
                SharedTreeKind::Var(_) | SharedTreeKind::Map(_) => Thing::Var,
                SharedTreeKind::Lock => Thing::Lock,
                SharedTreeKind::RwLock => Thing::RwLock,
                SharedTreeKind::Semaphore => Thing::Semaphore,
                SharedTreeKind::Condition => Thing::Condition,
                SharedTreeKind::Counter => Thing::Counter,
                SharedTreeKind::Queue => Thing::Queue,
                SharedTreeKind::Topic => Thing::Topic,
                SharedTreeKind::Log => Thing::Log,
                SharedTreeKind::Group => Thing::Group,
                SharedTreeKind::Service => Thing::Service,
                SharedTreeKind::Breaker => Thing::Breaker,
                SharedTreeKind::Limiter => Thing::Limiter,
                SharedTreeKind::Cache => Thing::Cache,
                SharedTreeKind::Database => Thing::Database,
                SharedTreeKind::Table(_) => Thing::Table,
            },
            Symbol::Process(_) => Thing::Process,
            Symbol::Routine(_) => Thing::Routine,
            Symbol::Foreign => Thing::Value,
        }
    }
}

/// The names that `outcome`s give, each once.
fn outcomes(tree: &Tree) -> Vec<String> {
    fn walk(block: &Block, found: &mut Vec<String>) {
        for statement in &block.statements {
            if let StatementKind::Outcome(name) = &statement.kind
                && !found.contains(&name.text)
            {
                found.push(name.text.clone());
            }
            nested(statement, |block| walk(block, found));
        }
    }
    let mut found = Vec::new();
    tree.bodies().for_each(|body| walk(body, &mut found));
    found
}

/// The names of errors that `fail`s use. A name that a `catch` gave to what it caught is none.
fn errors(tree: &Tree) -> Vec<String> {
    fn walk<'a>(block: &'a Block, caught: &mut Vec<&'a str>, errors: &mut Vec<String>) {
        for statement in &block.statements {
            match &statement.kind {
                StatementKind::Fail { error, .. } => {
                    let name = error.text.as_str();
                    let built_in = Error::BUILT_IN.iter().any(|error| error.word() == Some(name));
                    if !built_in && !caught.contains(&name) && !errors.iter().any(|e| e == name) {
                        errors.push(name.to_owned());
                    }
                }
                StatementKind::Try { body, catches } => {
                    walk(body, caught, errors);
                    for catch in catches {
                        let outer = caught.len();
                        caught.extend(catch.name.as_ref().map(|name| name.text.as_str()));
                        walk(&catch.body, caught, errors);
                        caught.truncate(outer);
                    }
                }
                _ => nested(statement, |block| walk(block, caught, errors)),
            }
        }
    }
    let mut errors = Vec::new();
    let bodies = tree.processes.iter().map(|process| &process.body);
    for body in bodies.chain(tree.routines.iter().map(|routine| &routine.body)) {
        walk(body, &mut Vec::new(), &mut errors);
    }
    errors
}
