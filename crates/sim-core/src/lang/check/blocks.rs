//! `try`, `fail`, `within`, `retry`, `choose`, `spawn`, and draws.

use std::collections::BTreeSet;

use super::Checker;
use crate::{
    lang::{
        names::{Kind, Symbol},
        tree::{Block, CatchTree, Expr, ExprKind, Name, Options},
        words,
    },
    program::{Error, Span, Strategy},
    say::diagnostics::{Message, Thing},
};

impl Checker<'_> {
    pub(super) fn trying(&mut self, body: &Block, catches: &[CatchTree]) {
        self.block(body);
        let mut seen = BTreeSet::new();
        for catch in catches {
            for error in &catch.errors {
                self.error_name(error);
                if !seen.insert(error.text.as_str()) {
                    let pattern = error.text.clone();
                    self.error(&error.span, Message::MatchTwice { pattern });
                }
            }
            let outer = self.context.locals.len();
            if let Some(name) = &catch.name {
                self.declare(name, Kind::Error, false);
            }
            self.block(&catch.body);
            self.context.locals.truncate(outer);
        }
    }

    /// An error that somebody may raise.
    pub(super) fn error_name(&mut self, error: &Name) {
        if self.names.error_code(&error.text).is_none() {
            let built_in: Vec<&str> = Error::BUILT_IN.into_iter().filter_map(Error::word).collect();
            let own = self.names.errors.iter().map(String::as_str);
            let known = own.chain(built_in.iter().copied());
            let nearest = words::nearest(&error.text, known);
            let (thing, name) = (Thing::Error, error.text.clone());
            self.error(&error.span, Message::UnknownName { thing, name, nearest });
        }
    }

    pub(super) fn within(&mut self, time: &Expr, only: Option<&Expr>, body: &Block) {
        self.time(time);
        self.suffix(only);
        self.block(body);
    }

    /// The condition of a suffix.
    pub(super) fn suffix(&mut self, only: Option<&Expr>) {
        if let Some(only) = only {
            self.expect(only, Kind::Bool);
        }
    }

    pub(super) fn retry(&mut self, options: &Options, only: Option<&Expr>, body: &Block) {
        let strategies: Vec<&str> = Strategy::ALL.iter().map(|s| s.word()).collect();
        self.option(options, "attempts", &["unlimited"], Some(Kind::Int));
        self.option(options, "backoff", &strategies, None);
        self.option(options, "delay", &[], Some(Kind::Duration));
        self.option(options, "cap", &["none"], Some(Kind::Duration));
        if let Some(factor) = options.get("factor") {
            self.fixed_factor(factor.value());
        }
        self.errors_of(options, "on", "all");
        self.budget(options);
        self.suffix(only);
        self.block(body);
    }

    /// `spawn f(x)`: all who start one routine must give it the same kinds.
    pub(super) fn spawn(&mut self, name: &Name, values: &[Expr]) {
        let kinds: Vec<Kind> = values.iter().map(|value| self.given(value)).collect();
        if self.gives_message(&kinds, values) {
            return;
        }
        let at = match self.names.find(&name.text) {
            Some(Symbol::Routine(at)) => at,
            Some(Symbol::Foreign) => return,
            symbol => return self.not_a_routine(name, symbol),
        };
        let expected = self.tree.routines[at].params.len();
        if kinds.len() != expected {
            let (routine, found) = (name.text.clone(), kinds.len());
            return self.error(&name.span, Message::ArgumentCount { routine, expected, found });
        }
        self.data_of_routine(at, name, true);
        self.routine(at, kinds.clone(), &name.span);
        let known = self.names.spawned.entry(at).or_insert_with(|| kinds.clone()).clone();
        let mut merged = Vec::new();
        for ((known, found), value) in known.into_iter().zip(kinds).zip(values) {
            self.agree(&value.span, known, found);
            merged.push(self.names.unify(known, found).unwrap_or(known));
        }
        self.names.spawned.insert(at, merged);
    }

    /// A branch of a `together`: it has what it uses of the locals around it as they are then.
    pub(super) fn branch(&mut self, branch: &Block) {
        let outer = (self.context.branch, self.context.loops, self.context.filling);
        let saga = std::mem::take(&mut self.context.saga);
        let data = (self.context.transaction, self.context.beside_transaction, self.context.root);
        self.context.beside_transaction |= self.context.transaction;
        self.context.transaction = false;
        self.context.root = true;
        self.context.branch = Some(self.context.locals.len());
        self.context.loops = 0;
        self.context.filling = false;
        self.block(branch);
        (self.context.transaction, self.context.beside_transaction, self.context.root) = data;
        (self.context.branch, self.context.loops, self.context.filling) = outer;
        self.context.saga = saga;
    }

    /// Reports what would leave a branch; true if it did.
    pub(super) fn leaves_branch(&mut self, word: &'static str, statement: &Span) -> bool {
        let inside = self.context.branch.is_some() && !(self.context.filling && word == "return");
        if inside {
            let span = statement.start..statement.start + word.len() as u32;
            self.error(&span, Message::BranchLeaves { word });
        }
        inside
    }

    /// Reports a local that belongs to the process around a branch.
    pub(super) fn outside_branch(&mut self, name: &Name) {
        let own = self.context.branch.unwrap_or(0);
        let at = self.context.locals.iter().rposition(|local| local.name == name.text);
        if at.is_some_and(|at| at < own) {
            let text = name.text.clone();
            self.error(&name.span, Message::BranchAssigns { name: text });
        }
    }

    /// A condition of `if` or `while`: a value, or one draw as a whole.
    pub(super) fn condition(&mut self, condition: &Expr) {
        match self.draw(condition) {
            Some(kind) => self.agree(&condition.span, Kind::Bool, kind),
            None => {
                self.expect(condition, Kind::Bool);
            }
        }
    }

    /// The kind of a draw that stands alone, if this is one.
    pub(super) fn draw(&mut self, expr: &Expr) -> Option<Kind> {
        match &expr.kind {
            ExprKind::Chance(share) => {
                self.expect(share, Kind::Percent);
                Some(Kind::Bool)
            }
            ExprKind::AnyOf(least, greatest) => {
                self.expect(least, Kind::Int);
                self.expect(greatest, Kind::Int);
                Some(Kind::Int)
            }
            _ => None,
        }
    }
}
