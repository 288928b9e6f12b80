//! A checked tree and values for its parameters to a program.
//!
//! Parameters and constants are folded in; what they leave out is not written. What the checker
//! promised is relied on here, but where it cannot hold (a ceiling, arithmetic on constants) a
//! diagnostic is made instead of a program.

mod blocks;
mod branches;
mod caches;
mod channels;
mod code;
mod data;
mod exact;
mod expression;
mod glance;
mod goals;
mod guards;
mod loops;
mod messages;
mod options;
mod process;
mod promise;
mod records;
mod sagas;
mod say;
mod schedule;
mod services;
mod statement;
mod things;
mod times;
mod ways;
mod world;

use super::{
    diagnostic::{Diagnostic, Diagnostics},
    limits,
    names::{Kind, Names, Symbol},
    tree::{Block, Expr, Name, SharedTreeKind, Tree},
};
use crate::{
    program::{
        Breaker, Cache, Channel, Class, Condition, Counting, Database, Details, Form, Layout,
        Limiter, NONE, Program, Query, Region, Saga, SagaLog, Service, Shape, Shared, SharedId,
        SharedKind, Span, Start, Table, Text, Type, Wire,
    },
    say::diagnostics::{Ceiling, Message},
};

use std::collections::{BTreeMap, BTreeSet};

use branches::Later;
use code::{Code, Label, STOP};
pub(super) use schedule::{find_pick, schedule};
pub(super) use world::lowered;

/// Where a local's value is.
#[derive(Clone, Copy, Debug)]
enum Slot {
    Register(u16),
    /// The name of a quantifier.
    Constant(i64),
}

#[derive(Clone, Debug)]
struct Binding {
    name: String,
    kind: Kind,
    slot: Slot,
    /// Its places among the class's locals for those who look.
    shown: std::ops::Range<usize>,
}

/// Where `break` and `continue` lead.
#[derive(Clone, Copy, Debug)]
struct Loop {
    end: Label,
    next: Label,
}

/// Where `return` leads, and the register that gets its value.
#[derive(Clone, Copy, Debug)]
struct Call {
    end: Label,
    result: Option<u16>,
    /// The kind of what was returned so far.
    kind: Kind,
    /// The kind of the record that it returns.
    record: Option<Kind>,
}

struct Compiler<'a> {
    text: &'a str,
    tree: &'a Tree,
    names: &'a Names,
    /// One value for each parameter.
    params: Vec<i64>,
    constants: Vec<i64>,
    /// The length of each shared thing.
    lengths: Vec<u64>,
    code: Code<'a>,
    locals: Vec<Binding>,
    /// Locals before this place belong to a caller and are not seen.
    floor: usize,
    loops: Vec<Loop>,
    calls: Vec<Call>,
    texts: Vec<Text>,
    /// How many classes are declared; those of spawned routines come behind them.
    declared: usize,
    /// What has classes behind those, in the order of first use: routines that are spawned, and
    /// branches.
    spawned: Vec<Later>,
    conditions: Vec<Condition>,
    /// How many texts, conditions and statements know the place of their code.
    settled: (usize, usize, usize),
    /// Labels of choices, and words in quotes behind them.
    labels: Vec<String>,
    /// What is set for each shared thing.
    details: Vec<Details>,
    /// The lock of each condition.
    condition_locks: BTreeMap<usize, usize>,
    /// The promise of each `assert`, by where it stands.
    asserts: BTreeMap<u32, u32>,
    /// Routines that goals and charts name.
    measured: BTreeSet<usize>,
    /// The settings of what carries messages.
    channels: Vec<Channel>,
    /// What promises count of things that carry no messages.
    tallied: Vec<Counting>,
    /// What is called.
    services: Vec<Service>,
    /// Ways of calls.
    wires: Vec<Wire>,
    /// What values of maps and caches are made of.
    forms: Vec<Form>,
    breakers: Vec<Breaker>,
    limiters: Vec<Limiter>,
    /// What keeps values for a time.
    caches: Vec<Cache>,
    databases: Vec<Database>,
    tables: Vec<Table>,
    queries: Vec<Query>,
    sagas: Vec<Saga>,
    saga_logs: Vec<SagaLog>,
    /// How many loops are around, those around calls included.
    rounds: u32,
    /// The counters of those processes of which promises ask how many ended well.
    ended_well: BTreeMap<usize, SharedId>,
    /// The transactions around this place.
    transactions: Vec<data::Inside>,
    /// Shared things that the text does not declare: links, and counters of what is counted anyway.
    /// They come behind those it does.
    implicit: Vec<Shared>,
    /// By its place in the text each link that exists: from which process, where to, as what.
    links: BTreeMap<usize, (usize, usize, SharedId)>,
    /// The wires of each link that has some, by where it stands.
    wires_at: BTreeMap<u32, Vec<SharedId>>,
    /// Topics with their queues.
    subscribed: Vec<(SharedId, SharedId)>,
    /// Groups with classes that receive from them.
    members: Vec<(usize, u32)>,
    asked: messages::Asked,
    /// The process that is written, and its class.
    process: Option<usize>,
    class_at: u32,
    /// The service whose handler is written.
    service: Option<usize>,
    /// The name of the class that is written.
    name: String,
    /// In a branch, the register that has `self`.
    own_number: Option<u16>,
    /// How many branches of each class there are.
    branches: BTreeMap<u32, u32>,
}

/// Makes a program of a checked tree and one value for each parameter.
pub(super) fn compile(
    text: &str,
    tree: &Tree,
    names: &Names,
    params: Vec<i64>,
) -> Result<Program, Vec<Diagnostic>> {
    let mut diagnostics = Diagnostics::default();
    let mut compiler = Compiler::new(text, tree, names, params, &mut diagnostics);
    let program = compiler.program();
    if diagnostics.is_empty() { Ok(program) } else { Err(diagnostics.sorted()) }
}

/// The value of an expression that names nothing, such as a parameter's default.
pub(super) fn plain_value(
    text: &str,
    tree: &Tree,
    names: &Names,
    expr: &Expr,
    diagnostics: &mut Diagnostics,
) -> i64 {
    Compiler::new(text, tree, names, Vec::new(), diagnostics).constant(expr)
}

/// The routines that goals and charts name.
fn measured(tree: &Tree, names: &Names) -> BTreeSet<usize> {
    let mut measured = BTreeSet::new();
    let goals = tree.goals.iter().map(|goal| &goal.condition);
    for expr in goals.chain(tree.charts.iter().flat_map(|chart| &chart.lines)) {
        expr.visit_names(&mut |name| {
            if let Some(Symbol::Routine(at)) = names.find(name) {
                measured.insert(at);
            }
        });
    }
    measured
}

impl<'a> Compiler<'a> {
    fn new(
        text: &'a str,
        tree: &'a Tree,
        names: &'a Names,
        params: Vec<i64>,
        diagnostics: &'a mut Diagnostics,
    ) -> Compiler<'a> {
        let mut code = Code::new(diagnostics);
        code.begin();
        Compiler {
            text,
            tree,
            names,
            params,
            constants: Vec::new(),
            lengths: Vec::new(),
            code,
            locals: Vec::new(),
            floor: 0,
            loops: Vec::new(),
            calls: Vec::new(),
            texts: Vec::new(),
            declared: 0,
            spawned: Vec::new(),
            conditions: Vec::new(),
            settled: (0, 0, 0),
            labels: names.labels.clone(),
            details: Vec::new(),
            condition_locks: BTreeMap::new(),
            asserts: BTreeMap::new(),
            measured: measured(tree, names),
            channels: Vec::new(),
            tallied: Vec::new(),
            services: Vec::new(),
            wires: Vec::new(),
            forms: Vec::new(),
            breakers: Vec::new(),
            limiters: Vec::new(),
            caches: Vec::new(),
            databases: Vec::new(),
            tables: Vec::new(),
            queries: Vec::new(),
            sagas: Vec::new(),
            saga_logs: Vec::new(),
            rounds: 0,
            ended_well: BTreeMap::new(),
            transactions: Vec::new(),
            implicit: Vec::new(),
            links: BTreeMap::new(),
            wires_at: BTreeMap::new(),
            subscribed: Vec::new(),
            members: Vec::new(),
            asked: messages::Asked::default(),
            process: None,
            class_at: 0,
            service: None,
            name: String::new(),
            own_number: None,
            branches: BTreeMap::new(),
        }
    }

    fn program(&mut self) -> Program {
        let tree = self.tree;
        self.constants();
        let mut shared = self.shared();
        self.refuse_circles_of_dead_letters();
        let promised = self.promised();
        self.count_ends();
        let mut classes = Vec::new();
        let instances = self.instances();
        let handlers = tree.services.iter().map(|service| service.handlers.len()).sum::<usize>();
        self.declared = instances.iter().flatten().count() + handlers;
        // The class of each process, and how many instances there are.
        let mut places = Vec::new();
        let existing = (0..).zip(instances.iter().flatten());
        let mut existing: Vec<u32> = existing.map(|(class, _)| class).collect();
        existing.reverse();
        let class_of: Vec<Option<u32>> =
            instances.iter().map(|count| count.and_then(|_| existing.pop())).collect();
        self.links(&class_of);
        for (at, (process, count)) in tree.processes.iter().zip(instances).enumerate() {
            places.push(count.map(|count| (classes.len() as u32, count)));
            if let Some(count) = count {
                self.process = Some(at);
                self.class_at = classes.len() as u32;
                self.name.clone_from(&process.name.text);
                let class = self.class(process, count);
                classes.push(class);
            }
        }
        self.process = None;
        let mut handlers = self.handlers(classes.len());
        classes.append(&mut handlers);
        // A spawned routine may spawn others.
        let mut next = 0;
        while let Some(later) = self.spawned.get(next).cloned() {
            next += 1;
            self.class_at = classes.len() as u32;
            let class = match later {
                Later::Routine(routine) => self.spawned_class(routine),
                Later::Branch(branch) => self.branch_class(&branch),
            };
            classes.push(class);
        }
        let promises = promised.into_iter().map(|promise| self.promise(promise)).collect();
        let (goals, charts) = (self.goals(&class_of), self.charts(&class_of));
        self.complete_channels();
        shared.append(&mut self.implicit);
        let mut program = Program {
            title: tree.title.clone(),
            settings: Vec::new(),
            shared,
            channels: std::mem::take(&mut self.channels),
            tallied: std::mem::take(&mut self.tallied),
            services: std::mem::take(&mut self.services),
            wires: std::mem::take(&mut self.wires),
            caches: std::mem::take(&mut self.caches),
            databases: std::mem::take(&mut self.databases),
            tables: std::mem::take(&mut self.tables),
            queries: std::mem::take(&mut self.queries),
            sagas: std::mem::take(&mut self.sagas),
            saga_logs: std::mem::take(&mut self.saga_logs),
            fills: std::mem::take(&mut self.code.fills),
            forms: std::mem::take(&mut self.forms),
            breakers: std::mem::take(&mut self.breakers),
            limiters: std::mem::take(&mut self.limiters),
            classes,
            code: std::mem::take(&mut self.code.ops),
            places: std::mem::take(&mut self.code.places),
            landings: std::mem::take(&mut self.code.landings),
            strikes: std::mem::take(&mut self.code.strikes),
            counted: std::mem::take(&mut self.code.counted),
            conditions: std::mem::take(&mut self.conditions),
            texts: std::mem::take(&mut self.texts),
            promises,
            goals,
            charts,
            schedules: Vec::new(),
            errors: self.names.errors.clone(),
            faults: self.faults(&places),
            bounds: self.bounds(),
            run: self.run_options(),
            labels: std::mem::take(&mut self.labels),
        };
        program.schedules = tree.schedules.iter().map(|s| schedule(&program, s)).collect();
        for (param, (&kind, &value)) in
            tree.params.iter().zip(self.names.params.iter().zip(&self.params))
        {
            program.settings.push((param.name.text.clone(), program.spell(value, kind.stored())));
        }
        self.keeps_within_a_state(&program);
        program
    }

    /// Refuses a program whose states would be too large to keep copies of.
    fn keeps_within_a_state(&mut self, program: &Program) {
        let layout = Layout::new(program, Shape::default());
        if layout.words <= limits::STATE_WORDS {
            return;
        }
        let largest = (0..program.classes.len()).max_by_key(|&class| {
            let rooms = layout.classes[class].len();
            rooms * (usize::from(program.classes[class].registers) + 1)
        });
        let span = largest.map_or(0..0, |class| program.classes[class].span.clone());
        self.code.refuse(&span, Ceiling::StateWords, limits::STATE_WORDS as u64);
    }

    fn constants(&mut self) {
        let tree = self.tree;
        for (_, value) in &tree.constants {
            let value = self.constant(value);
            self.constants.push(value);
        }
    }

    /// The value of an expression that the checker found constant.
    fn constant(&mut self, expr: &Expr) -> i64 {
        let operand = self.operand(expr, None);
        debug_assert!(operand.constant().is_some(), "the checker lets only constants through");
        operand.constant().unwrap_or_default()
    }

    fn shared(&mut self) -> Vec<Shared> {
        let tree = self.tree;
        let mut all = Vec::new();
        let mut words = 0;
        for (at, shared) in tree.shared.iter().enumerate() {
            self.names.enter(shared.owner);
            let details = self.details(at);
            self.details.push(details);
            let length = match (&shared.kind, &shared.size) {
                (SharedTreeKind::Service, _) => {
                    let options = shared.options.clone().unwrap_or_default();
                    let [_, most] = self.replicas(&shared.name.text, &options);
                    u64::from(most)
                }
                (_, size) => size.as_ref().map_or(1, |size| self.size(size)),
            };
            self.lengths.push(length);
            // Each replica has as many.
            let replicas = shared.owner.map(|service| self.lengths[service]);
            let length = length.saturating_mul(replicas.unwrap_or(1));
            words += length as usize;
            if words > limits::SHARED_WORDS {
                let most = limits::SHARED_WORDS as u64;
                self.code.refuse(&shared.name.span, Ceiling::SharedWords, most);
                break;
            }
            let kind = shared.kind.made();
            let first = match &shared.kind {
                SharedTreeKind::Var(value) | SharedTreeKind::Map(value) => self.constant(value),
                SharedTreeKind::Cache => NONE,
                _ => 0,
            };
            let value = match kind {
                SharedKind::Var | SharedKind::Map | SharedKind::Cache => {
                    self.names.shared[at].stored()
                }
                _ => Type::Int,
            };
            all.push(Shared {
                name: shared.name.text.clone(),
                kind,
                value,
                array: shared.size.is_some()
                    || (kind == SharedKind::Service && length > 1)
                    || replicas.is_some_and(|replicas| replicas > 1),
                initial: vec![first; length as usize],
                details,
                owner: shared.owner.map(|service| service as SharedId),
                span: shared.name.span.clone(),
            });
        }
        self.names.enter(None);
        // Later stages look things up by place, also when there are too many.
        self.lengths.resize(tree.shared.len(), 1);
        self.details.resize(tree.shared.len(), Details::None);
        all
    }

    fn size(&mut self, size: &Expr) -> u64 {
        let found = self.constant(size);
        if found < 1 {
            self.code.error(&size.span, Message::TooSmall { found, least: 1 });
        } else if found > limits::ARRAY_LENGTH {
            let most = limits::ARRAY_LENGTH as u64;
            self.code.error(&size.span, Message::TooMuch { what: Ceiling::ArrayLength, most });
        }
        found.clamp(1, limits::ARRAY_LENGTH) as u64
    }

    /// The class of a routine that runs by itself; its parameters are its first registers.
    fn spawned_class(&mut self, at: usize) -> Class {
        let tree = self.tree;
        let routine = &tree.routines[at];
        self.name.clone_from(&routine.name.text);
        self.code.begin();
        let body = routine.body.inner.clone();
        self.code.regions.push(Region { routine: Some(routine.name.text.clone()), body });
        self.locals.clear();
        self.floor = 0;
        let kinds = self.names.spawned.get(&at).cloned().unwrap_or_default();
        for (param, kind) in routine.params.iter().zip(kinds) {
            let register = self.take_run(self.width(kind));
            self.declare(param, register, kind);
        }
        self.calls.push(Call { end: STOP, result: None, kind: Kind::Unknown, record: None });
        self.block(&routine.body);
        self.calls.pop();
        self.forget_locals(0);
        self.end_class(&routine.name, &routine.body, Start::Spawned, 0, true)
    }

    fn end_class(
        &mut self,
        name: &Name,
        body: &Block,
        start: Start,
        instances: u32,
        numbered: bool,
    ) -> Class {
        let end: Span = body.inner.end..body.inner.end + 1;
        self.code.statement = end.clone();
        let process = self.process.filter(|_| matches!(start, Start::AtOnce));
        let ok = process.and_then(|process| self.ended_well.get(&process).copied());
        self.code.ends(&end, ok);
        self.written_class(name, start, instances, numbered)
    }

    /// The class whose code is written.
    fn written_class(
        &mut self,
        name: &Name,
        start: Start,
        instances: u32,
        numbered: bool,
    ) -> Class {
        let mut written = self.code.finish();
        self.settle();
        written.hidden.sort_by_key(|span| span.start);
        Class {
            name: name.text.clone(),
            start,
            forever: false,
            receives: false,
            instances,
            numbered,
            entry: written.code.start,
            code: written.code,
            registers: written.registers,
            locals: written.locals,
            regions: written.regions,
            hidden: written.hidden,
            span: name.span.clone(),
        }
    }
}
