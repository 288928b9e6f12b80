//! What can be said of routines without knowing what they are called with.

use std::collections::{BTreeMap, BTreeSet};

use super::data_facts::DataFacts;
use crate::{
    lang::{
        diagnostic::Diagnostics,
        families::may_block,
        limits,
        names::{Names, Symbol},
        tree::{Block, Expr, ExprKind, Name, Send, SharedTreeKind, Statement, StatementKind, Tree},
    },
    say::diagnostics::{Ceiling, Message},
};

/// Facts about one routine.
#[derive(Clone, Debug, Default)]
pub(super) struct RoutineFacts {
    /// It has a `return` with a value.
    pub(super) returns_value: bool,
    /// Its end can be reached without `return`.
    pub(super) falls_through: bool,
    /// The first word in it, or in what it calls, that may have to wait.
    pub(super) waits: Option<String>,
    /// What it sends to, or what it calls does: places among the shared things.
    pub(super) sends: BTreeSet<usize>,
    /// It has a `stop`, or what it calls does.
    pub(super) stops: bool,
    /// What it does with databases.
    pub(super) data: DataFacts,
    /// How deep blocks and calls stand in it, those of called routines included.
    depth: u32,
}

/// Facts about routines, and what each process sends to.
pub(super) struct Facts {
    pub(super) routines: Vec<RoutineFacts>,
    pub(super) sends: Vec<BTreeSet<usize>>,
}

/// Collects the facts, and reports routines that call themselves or stand too deep. `None` when
/// something was reported: what follows relies on calls having an end.
pub(super) fn facts(tree: &Tree, names: &Names, diagnostics: &mut Diagnostics) -> Option<Facts> {
    let calls: Vec<Calls> = tree.routines.iter().map(|r| Calls::of(&r.body, tree, names)).collect();
    let order = callees_first(tree, &calls, diagnostics)?;
    let mut facts = vec![RoutineFacts::default(); calls.len()];
    let mut data = vec![DataFacts::default(); calls.len()];
    for at in order {
        let routine = &tree.routines[at];
        let calls = &calls[at];
        let waits = calls
            .waits
            .clone()
            .or_else(|| calls.calls.keys().find_map(|&callee: &usize| facts[callee].waits.clone()));
        data[at] = DataFacts::of(&routine.body, (tree, names), &data);
        facts[at] = RoutineFacts {
            returns_value: calls.returns_value,
            falls_through: falls_through(&routine.body),
            waits,
            stops: calls.stops || calls.calls.keys().any(|&callee| facts[callee].stops),
            sends: calls.sends_with(&facts),
            data: data[at].clone(),
            depth: calls.depth_with(&facts),
        };
        check_depth(facts[at].depth, &routine.name, diagnostics)?;
    }
    let mut sends = Vec::new();
    for process in &tree.processes {
        let calls = Calls::of(&process.body, tree, names);
        check_depth(calls.depth_with(&facts), &process.name, diagnostics)?;
        sends.push(calls.sends_with(&facts));
    }
    Some(Facts { routines: facts, sends })
}

fn check_depth(depth: u32, name: &Name, diagnostics: &mut Diagnostics) -> Option<()> {
    if depth <= limits::CALL_DEPTH {
        return Some(());
    }
    let most = u64::from(limits::CALL_DEPTH);
    diagnostics.error(name.span.clone(), Message::TooMuch { what: Ceiling::CallDepth, most });
    None
}

/// The routines in an order in which each stands behind all it calls.
fn callees_first(
    tree: &Tree,
    calls: &[Calls],
    diagnostics: &mut Diagnostics,
) -> Option<Vec<usize>> {
    let mut waiting: Vec<usize> = calls.iter().map(|calls| calls.calls.len()).collect();
    let mut callers = vec![Vec::new(); calls.len()];
    for (caller, calls) in calls.iter().enumerate() {
        for &callee in calls.calls.keys() {
            callers[callee].push(caller);
        }
    }
    let mut order: Vec<usize> = (0..calls.len()).filter(|&at| waiting[at] == 0).collect();
    let mut next = 0;
    while let Some(&done) = order.get(next) {
        next += 1;
        for &caller in &callers[done] {
            waiting[caller] -= 1;
            if waiting[caller] == 0 {
                order.push(caller);
            }
        }
    }
    let Some(start) = waiting.iter().position(|&count| count > 0) else { return Some(order) };
    // Each routine left calls another one left: following those calls must come round.
    let onward = |at: usize| calls[at].calls.keys().copied().find(|&callee| waiting[callee] > 0);
    let mut path = vec![start];
    let circle = loop {
        let Some(callee) = path.last().and_then(|&at| onward(at)) else { return Some(order) };
        if let Some(at) = path.iter().position(|&seen| seen == callee) {
            path.push(callee);
            break &path[at..];
        }
        path.push(callee);
    };
    let chain = circle.iter().map(|&at| tree.routines[at].name.text.clone()).collect();
    let span = calls[circle[0]].calls[&circle[1]].0.clone();
    diagnostics.error(span, Message::Recursive { chain });
    None
}

/// What stands in a body, its nested blocks included.
#[derive(Default)]
struct Calls {
    /// Each routine called, with the place of the first call and the depth of the deepest one.
    calls: BTreeMap<usize, (crate::program::Span, u32)>,
    waits: Option<String>,
    sends: BTreeSet<usize>,
    returns_value: bool,
    stops: bool,
    depth: u32,
}

impl Calls {
    fn of(body: &Block, tree: &Tree, names: &Names) -> Calls {
        let mut calls = Calls::default();
        calls.block(body, (tree, names), 1);
        calls
    }

    fn sends_with(&self, facts: &[RoutineFacts]) -> BTreeSet<usize> {
        let called = self.calls.keys().flat_map(|&callee| &facts[callee].sends);
        self.sends.iter().chain(called).copied().collect()
    }

    fn depth_with(&self, facts: &[RoutineFacts]) -> u32 {
        self.calls
            .iter()
            .map(|(&callee, (_, depth))| depth + facts[callee].depth)
            .fold(self.depth, u32::max)
    }

    fn block(&mut self, block: &Block, of: (&Tree, &Names), depth: u32) {
        self.depth = self.depth.max(depth);
        for statement in &block.statements {
            self.statement(statement, of, depth);
            // What a `lookup` returns is not the routine's.
            let returns_value = self.returns_value;
            nested(statement, |block| self.block(block, of, depth + 1));
            if statement.looked_up().is_some() {
                self.returns_value = returns_value;
            }
        }
    }

    fn statement(&mut self, statement: &Statement, of: (&Tree, &Names), depth: u32) {
        let mut wait = |word: &str| {
            self.waits.get_or_insert_with(|| word.to_owned());
        };
        match &statement.kind {
            StatementKind::Pause { busy: true, .. } => wait("work"),
            StatementKind::Pause { .. } => wait("sleep"),
            StatementKind::With { .. } => wait("with"),
            StatementKind::Acquire(_) => wait("acquire"),
            StatementKind::Within { .. } => wait("within"),
            StatementKind::Retry { .. } => wait("retry"),
            StatementKind::Wait(_) => wait("wait"),
            StatementKind::Until(_) => wait("wait until"),
            StatementKind::Receive { .. } => wait("receive"),
            StatementKind::Follow { .. } => wait("follow"),
            StatementKind::CallService(_) => wait("call"),
            StatementKind::Together(_) => wait("together"),
            StatementKind::Lookup(_) => wait("lookup"),
            StatementKind::Transaction(_) => wait("transaction"),
            StatementKind::Saga(_) => wait("saga"),
            StatementKind::Rows(rows) if is_table(of, &rows.what.name) => wait(rows.word()),
            StatementKind::Stop => self.stops = true,
            StatementKind::Send(send) => self.send(send, of),
            StatementKind::Assign { to, right, .. } => {
                if is_table(of, &to.name) {
                    wait(&format!("{}[…] =", to.name.text));
                }
                self.right(right, of, depth);
            }
            StatementKind::Call(right) | StatementKind::Let { right, .. } => {
                self.right(right, of, depth);
            }
            StatementKind::Return(Some(right)) => {
                self.returns_value = true;
                self.right(right, of, depth);
            }
            _ => {}
        }
    }

    fn send(&mut self, send: &Send, (tree, names): (&Tree, &Names)) {
        let Some(Symbol::Shared(at)) = names.find(&send.to.name.text) else { return };
        self.sends.insert(at);
        if may_block(tree, names, at) {
            self.waits.get_or_insert_with(|| "send".to_owned());
        }
    }

    fn right(&mut self, right: &Expr, of: (&Tree, &Names), depth: u32) {
        let name = match &right.kind {
            ExprKind::Call(name, _) => name,
            ExprKind::Send(send) => return self.send(send, of),
            ExprKind::CallService(_) => {
                self.waits.get_or_insert_with(|| "call".to_owned());
                return;
            }
            ExprKind::Lookup(_) => {
                self.waits.get_or_insert_with(|| "lookup".to_owned());
                return;
            }
            ExprKind::Rows(rows) => {
                if is_table(of, &rows.what.name) {
                    self.waits.get_or_insert_with(|| rows.word().to_owned());
                }
                return;
            }
            ExprKind::Receive(..) => {
                self.waits.get_or_insert_with(|| "receive".to_owned());
                return;
            }
            _ => return,
        };
        let (_, names) = of;
        if let Some(Symbol::Routine(callee)) = names.find(&name.text) {
            let known = self.calls.entry(callee).or_insert((name.span.clone(), depth));
            known.1 = known.1.max(depth);
        }
    }
}

/// Whether a name is a table's.
fn is_table((tree, names): (&Tree, &Names), name: &Name) -> bool {
    match names.find(&name.text) {
        Some(Symbol::Shared(at)) => matches!(tree.shared[at].kind, SharedTreeKind::Table(_)),
        _ => false,
    }
}

/// Does something with each block of a statement.
pub(in crate::lang) fn nested<'a>(statement: &'a Statement, mut each: impl FnMut(&'a Block)) {
    match &statement.kind {
        StatementKind::If { ways, otherwise } => {
            ways.iter().map(|way| &way.body).chain(otherwise).for_each(each);
        }
        StatementKind::Match { arms, .. } => arms.iter().map(|arm| &arm.body).for_each(each),
        StatementKind::While { body, .. }
        | StatementKind::Repeat { body, .. }
        | StatementKind::For { body, .. }
        | StatementKind::Atomic { body, .. }
        | StatementKind::Within { body, .. }
        | StatementKind::Retry { body, .. }
        | StatementKind::Receive { body, .. }
        | StatementKind::Follow { body, .. }
        | StatementKind::With { body, .. } => each(body),
        StatementKind::Transaction(tree) => each(&tree.body),
        StatementKind::Saga(tree) => tree.blocks().for_each(each),
        StatementKind::Try { body, catches } => {
            each(body);
            catches.iter().map(|catch| &catch.body).for_each(each);
        }
        StatementKind::Choose(ways) | StatementKind::Together(ways) => ways.iter().for_each(each),
        _ => statement.looked_up().into_iter().for_each(each),
    }
}

/// Whether a block's end can be reached, as far as the text alone tells.
pub(super) fn falls_through(block: &Block) -> bool {
    block.statements.iter().all(|statement| match &statement.kind {
        StatementKind::Return(_)
        | StatementKind::Stop
        | StatementKind::Fail { .. }
        | StatementKind::Break
        | StatementKind::Abort
        | StatementKind::Continue => false,
        // An `abort` goes on behind its block.
        StatementKind::Transaction(tree) => falls_through(&tree.body) || aborts(&tree.body),
        StatementKind::If { ways, otherwise } => {
            ways.iter().any(|way| falls_through(&way.body))
                || otherwise.as_ref().is_none_or(falls_through)
        }
        StatementKind::Match { arms, .. } => arms.iter().any(|arm| falls_through(&arm.body)),
        StatementKind::While { condition, body } => {
            !matches!(condition.kind, ExprKind::Bool(true)) || breaks(body)
        }
        // A log has no end: only a `break` leaves it.
        StatementKind::Follow { body, .. } => breaks(body),
        StatementKind::Atomic { body, .. }
        | StatementKind::Within { body, .. }
        | StatementKind::Retry { body, .. }
        | StatementKind::Receive { body, .. }
        | StatementKind::With { body, .. } => falls_through(body),
        StatementKind::Try { body, catches } => {
            falls_through(body) || catches.iter().any(|catch| falls_through(&catch.body))
        }
        StatementKind::Choose(ways) => ways.iter().any(falls_through),
        StatementKind::Saga(tree) => tree.steps.iter().all(|step| falls_through(&step.body)),
        _ => true,
    })
}

fn aborts(body: &Block) -> bool {
    body.statements.iter().any(|statement| {
        let mut found = matches!(statement.kind, StatementKind::Abort);
        nested(statement, |block| found |= aborts(block));
        found
    })
}

/// Whether a loop's body has a `break` of that loop.
fn breaks(body: &Block) -> bool {
    body.statements.iter().any(|statement| match &statement.kind {
        StatementKind::Break => true,
        StatementKind::While { .. }
        | StatementKind::Repeat { .. }
        | StatementKind::For { .. }
        | StatementKind::Follow { .. } => false,
        _ => {
            let mut found = false;
            let apart = statement.looked_up().is_some();
            if !apart && !matches!(statement.kind, StatementKind::Together(_)) {
                nested(statement, |block| found |= breaks(block));
            }
            found
        }
    })
}
