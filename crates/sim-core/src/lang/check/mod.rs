//! Whether a tree makes sense: names, kinds, and what may stand where, for all parameters.
//!
//! A routine is checked once for each combination of kinds that it is called with, so that one
//! routine may serve ints here and durations there, and a mistake is told where it shows.

mod blocks;
mod caches;
mod calls;
mod data;
mod data_facts;
mod expression;
mod goals;
mod guards;
mod links;
mod look;
mod matching;
mod measures;
mod messages;
mod options;
mod routines;
mod sagas;
mod statement;
mod things;
mod times;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use self::routines::RoutineFacts;
pub(super) use self::routines::nested;
use super::{
    diagnostic::Diagnostics,
    names::{Kind, Names, Symbol},
    tree::{Expr, ParamTreeKind, SharedTreeKind, StartTree, Tree},
    words,
};
use crate::{
    program::Span,
    say::diagnostics::{Message, Thing},
};

/// Checks a tree and completes the kinds of its names.
pub(super) fn check(text: &str, tree: &Tree, names: &mut Names, diagnostics: &mut Diagnostics) {
    // What starts as `none` takes its kind from the first use that has one; what was read before
    // is then read again. A chain of such uses longer than this stays without a kind.
    // What messages are made of is learned likewise, along a chain of things that carry them.
    let rounds = 8 + tree.shared.iter().filter(|shared| shared.kind.carries()).count().min(24);
    for round in 1..=rounds {
        let mut found = Diagnostics::default();
        let mut checker = Checker {
            text,
            tree,
            names,
            diagnostics: &mut found,
            facts: Vec::new(),
            known: BTreeMap::new(),
            context: Context::new(Area::Plain),
            learned: false,
        };
        checker.run();
        if !checker.learned || round == rounds {
            diagnostics.append(found);
            return;
        }
    }
}

/// Where an expression stands decides what it may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Area {
    /// A parameter's values: no names at all.
    Plain,
    /// Sizes, first values, constants: parameters and constants.
    Constant,
    /// A process or routine.
    Process,
    /// The condition of a `wait until`: looked at by a process, but in no step.
    Until,
    /// A `{…}` in what a process says.
    Said,
    /// `always` and `finally`.
    Promise,
    /// `goal` and `chart`.
    Goal,
}

/// A name inside a process, a routine or a quantifier.
#[derive(Clone, Debug)]
struct LocalName {
    name: String,
    kind: Kind,
    at: u32,
    /// It counts rounds and is not assigned to.
    round: bool,
}

/// What surrounds the statement at hand.
#[derive(Clone, Debug)]
struct Context {
    area: Area,
    locals: Vec<LocalName>,
    loops: u32,
    atomic: bool,
    /// In a process that comes more than once: `return` ends a pass.
    passes: bool,
    /// In a branch of a `together`: how many locals belong to the process around it.
    branch: Option<usize>,
    /// In a transaction.
    transaction: bool,
    /// In a branch that a transaction around it starts.
    beside_transaction: bool,
    /// In the text of a process, not of a routine that others call.
    root: bool,
    /// In a step of a saga, or in what undoes one.
    saga: bool,
    /// In `where` or `set`: the table whose columns are names.
    row: Option<usize>,
    /// In the block of a `lookup`, whose `return` gives the value.
    filling: bool,
    /// Inside a routine: what its `return`s have given so far.
    returns: Option<Returns>,
}

#[derive(Clone, Copy, Debug)]
struct Returns {
    with_value: bool,
    kind: Option<Kind>,
}

impl Context {
    fn new(area: Area) -> Context {
        Context {
            area,
            locals: Vec::new(),
            loops: 0,
            atomic: false,
            passes: false,
            branch: None,
            transaction: false,
            beside_transaction: false,
            root: false,
            saga: false,
            row: None,
            filling: false,
            returns: None,
        }
    }
}

struct Checker<'a> {
    text: &'a str,
    tree: &'a Tree,
    names: &'a mut Names,
    diagnostics: &'a mut Diagnostics,
    facts: Vec<RoutineFacts>,
    /// What a routine returns when called with these kinds; `None` while or where unknown.
    known: BTreeMap<(usize, Vec<Kind>), Option<Kind>>,
    context: Context,
    /// Set when something that started as `none` got its kind.
    learned: bool,
}

impl Checker<'_> {
    fn run(&mut self) {
        let tree = self.tree;
        for param in &tree.params {
            self.param(&param.kind);
        }
        for (at, (_, value)) in tree.constants.iter().enumerate() {
            // A constant's own kind is still unknown here, and those below it are not to be seen.
            self.names.constants[at] = self.constant(value, None, at);
        }
        for (at, shared) in tree.shared.iter().enumerate() {
            self.names.enter(shared.owner);
            if let Some(size) = &shared.size {
                self.constant(size, Some(Kind::Int), usize::MAX);
            }
            self.options_of(shared);
            if let SharedTreeKind::Var(value) | SharedTreeKind::Map(value) = &shared.kind {
                let kind = self.constant(value, None, usize::MAX);
                let later = self.names.shared_later.get(&at).copied();
                self.names.shared[at] = later.map_or(kind, |later| kind.or(later));
            } else if let SharedTreeKind::Table(table) = &shared.kind {
                let kind = self.rows_at_start(at, table);
                let later = self.names.shared_later.get(&at).copied();
                let together = later.and_then(|later| self.names.unify(kind, later));
                self.names.shared[at] = together.unwrap_or(kind);
            } else if matches!(shared.kind, SharedTreeKind::Cache) {
                let later = self.names.shared_later.get(&at).copied();
                self.names.shared[at] = later.unwrap_or(Kind::None);
            }
        }
        self.names.enter(None);
        for process in &tree.processes {
            self.process_header(process);
        }
        for fault in &tree.faults {
            self.fault(fault);
        }
        self.settings();
        for promise in &tree.promises {
            self.context = Context::new(Area::Promise);
            self.expect(&promise.condition, Kind::Bool);
            if let Some(why) = &promise.why {
                self.words(why);
            }
            if let Some(suffix) = &promise.suffix {
                self.constant(suffix, Some(Kind::Bool), usize::MAX);
            }
        }
        if let Some(facts) = routines::facts(tree, self.names, self.diagnostics) {
            self.facts = facts.routines;
            self.bodies();
            self.links(&facts.sends);
        }
        self.goals();
        self.schedules();
    }

    fn bodies(&mut self) {
        let tree = self.tree;
        for process in &tree.processes {
            self.context = Context::new(Area::Process);
            self.context.passes = !matches!(process.start, StartTree::Once);
            self.context.root = true;
            if let StartTree::Receive { from, name } = &process.start {
                self.receive_each(from, name, &process.body);
            } else {
                self.block(&process.body);
            }
        }
        // What nobody calls is checked all the same, as far as can be said.
        let called: BTreeSet<usize> = self.known.keys().map(|(at, _)| *at).collect();
        for (at, routine) in tree.routines.iter().enumerate() {
            if !called.contains(&at) {
                self.routine(at, vec![Kind::Unknown; routine.params.len()], &routine.name.span);
            }
        }
    }

    fn param(&mut self, kind: &ParamTreeKind) {
        self.context = Context::new(Area::Plain);
        match kind {
            ParamTreeKind::Int { default, least, greatest } => {
                for value in [default, least, greatest] {
                    self.expect(value, Kind::Int);
                }
            }
            ParamTreeKind::Duration { default, least, greatest } => {
                for value in [default, least, greatest] {
                    self.expect(value, Kind::Duration);
                }
            }
            ParamTreeKind::Rate { default, least, greatest } => {
                for value in [default, least, greatest] {
                    self.expect(value, Kind::Rate);
                }
            }
            ParamTreeKind::Percent { default, least, greatest } => {
                for value in [default, least, greatest] {
                    self.expect(value, Kind::Percent);
                }
            }
            ParamTreeKind::Bool { default } => {
                self.expect(default, Kind::Bool);
            }
            ParamTreeKind::Choice { default, labels } => {
                let mut seen = BTreeSet::new();
                for label in labels {
                    if !seen.insert(&label.text) {
                        let (line, _) = super::line_column(self.text, label.span.start);
                        let name = label.text.clone();
                        self.error(&label.span, Message::Twice { name, line });
                    }
                }
                let labels: Vec<String> = labels.iter().map(|label| label.text.clone()).collect();
                if !labels.contains(&default.text) {
                    self.no_such_label(labels, &default.text, &default.span);
                }
            }
        }
    }

    /// Checks a constant expression that may use the first `visible` constants.
    fn constant(&mut self, value: &Expr, expected: Option<Kind>, visible: usize) -> Kind {
        self.context = Context::new(Area::Constant);
        let tree = self.tree;
        if let Some(name) = later_constant(value, tree, self.names, visible) {
            let message = Message::UnknownName { thing: Thing::Value, name, nearest: None };
            self.error(&value.span, message);
            return Kind::Unknown;
        }
        match expected {
            Some(kind) => self.expect(value, kind),
            None => self.kind(value, None),
        }
    }

    fn error(&mut self, span: &Span, message: Message) {
        self.diagnostics.error(span.clone(), message);
    }

    fn no_such_label(&mut self, labels: Vec<String>, found: &str, span: &Span) {
        let nearest = words::nearest(found, labels.iter().map(String::as_str));
        self.error(span, Message::NoSuchLabel { labels, found: found.to_owned(), nearest });
    }
}

/// The name of a constant that a constant's value uses before it is there.
fn later_constant(value: &Expr, tree: &Tree, names: &Names, visible: usize) -> Option<String> {
    let mut found = None;
    value.visit_names(&mut |name| {
        if let Some(Symbol::Constant(at)) = names.find(name)
            && at >= visible.min(tree.constants.len())
        {
            found.get_or_insert_with(|| name.to_owned());
        }
    });
    found
}

/// The kind of an operation that was checked.
pub(super) fn result_kind(sign: super::tree::Sign, left: Kind, right: Kind) -> Kind {
    expression::result(sign, left, right).unwrap_or(Kind::Unknown)
}

pub(super) use calls::{BALANCE, FULL, MODE, ORDER};
pub(super) use data::ON;
pub(super) use goals::{Looked, look};
pub(super) use guards::{KINDS, WHEN_EMPTY, WINDOW};
pub(super) use links::{COMMIT, DELIVERY, WHEN_FULL};
pub(super) use measures::count;
pub(super) use messages::OF_MESSAGES;
pub(super) use times::{Takes, distribution};
