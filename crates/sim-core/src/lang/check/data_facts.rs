//! What routines do with databases, for who calls them: collected from what stands in them.

use super::routines::nested;
use crate::lang::{
    names::{Names, Symbol},
    rows::Does,
    tree::{Block, Expr, ExprKind, Name, SharedTreeKind, Statement, StatementKind, Tree},
};

/// What can be said of a routine's use of data.
#[derive(Clone, Debug, Default)]
pub(super) struct DataFacts {
    /// It begins a transaction.
    pub(super) begins: bool,
    /// It begins a saga.
    pub(super) sagas: bool,
    /// A word in it that needs a transaction around it.
    pub(super) needs: Option<&'static str>,
    /// A table that it uses.
    pub(super) uses: Option<String>,
    /// A table that a branch in it uses.
    pub(super) branches: Option<String>,
}

impl DataFacts {
    /// What a body has, given what is known of the routines that it calls.
    pub(super) fn of(body: &Block, of: (&Tree, &Names), known: &[DataFacts]) -> DataFacts {
        Collector::collect(body, of, known)
    }
}

/// Where something stands in a routine.
#[derive(Clone, Copy, Default)]
struct Stands {
    transaction: bool,
    branch: bool,
}

struct Collector<'a> {
    tree: &'a Tree,
    names: &'a Names,
    /// Those of the routines that it may call.
    known: &'a [DataFacts],
    found: DataFacts,
}

impl<'a> Collector<'a> {
    fn collect(
        body: &Block,
        (tree, names): (&'a Tree, &'a Names),
        known: &'a [DataFacts],
    ) -> DataFacts {
        let mut own = Collector { tree, names, known, found: DataFacts::default() };
        own.block(body, Stands::default());
        own.found
    }

    fn block(&mut self, block: &Block, stands: Stands) {
        for statement in &block.statements {
            self.statement(statement, stands);
            let inner = match &statement.kind {
                StatementKind::Transaction(_) => {
                    self.found.begins |= !stands.branch;
                    Stands { transaction: true, ..stands }
                }
                StatementKind::Together(_) => Stands { transaction: false, branch: true },
                _ => stands,
            };
            nested(statement, |block| self.block(block, inner));
        }
    }

    fn statement(&mut self, statement: &Statement, stands: Stands) {
        match &statement.kind {
            StatementKind::Abort => self.needs("abort", stands),
            StatementKind::Saga(_) => self.found.sagas |= !stands.branch,
            StatementKind::Rows(rows) => {
                if matches!(rows.does, Does::Lock) {
                    self.needs("for update", stands);
                }
                self.uses(&rows.what.name.text, stands);
                rows.parts().for_each(|part| self.value(part, stands));
            }
            StatementKind::Assign { to, right, .. } => {
                self.uses(&to.name.text, stands);
                to.index.iter().for_each(|index| self.value(index, stands));
                self.value(right, stands);
            }
            StatementKind::Let { right, .. } | StatementKind::Return(Some(right)) => {
                self.value(right, stands);
            }
            StatementKind::Call(call) => self.value(call, stands),
            StatementKind::If { ways, .. } => {
                ways.iter().for_each(|way| self.value(&way.condition, stands));
            }
            StatementKind::Match { subject: value, .. }
            | StatementKind::While { condition: value, .. }
            | StatementKind::Until(value)
            | StatementKind::Assert { condition: value, .. } => self.value(value, stands),
            _ => {}
        }
    }

    fn value(&mut self, value: &Expr, stands: Stands) {
        match &value.kind {
            ExprKind::Call(name, _) => self.call(name, stands),
            ExprKind::Rows(rows) if matches!(rows.does, Does::Lock) => {
                self.needs("for update", stands);
            }
            _ => {}
        }
        value.visit_names(&mut |name| self.uses(name, stands));
    }

    fn call(&mut self, name: &Name, stands: Stands) {
        let Some(Symbol::Routine(at)) = self.names.find(&name.text) else { return };
        let Some(facts) = self.known.get(at).cloned() else { return };
        self.found.begins |= facts.begins && !stands.branch;
        self.found.sagas |= facts.sagas && !stands.branch;
        if let Some(word) = facts.needs {
            self.needs(word, stands);
        }
        for (table, branch) in [(facts.uses, stands.branch), (facts.branches, true)] {
            if let Some(table) = table {
                self.uses(&table, Stands { branch, ..stands });
            }
        }
    }

    /// A branch is told of where it stands.
    fn needs(&mut self, word: &'static str, stands: Stands) {
        if !stands.transaction && !stands.branch {
            self.found.needs.get_or_insert(word);
        }
    }

    fn uses(&mut self, name: &str, stands: Stands) {
        let Some(Symbol::Shared(at)) = self.names.find(name) else { return };
        if matches!(self.tree.shared[at].kind, SharedTreeKind::Table(_)) {
            let place = if stands.branch { &mut self.found.branches } else { &mut self.found.uses };
            place.get_or_insert_with(|| name.to_owned());
        }
    }
}
