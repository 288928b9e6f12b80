//! Databases: rows at the start, statements on rows, `where` and `set`, transactions.

use super::{Area, Checker, Context, later_constant};
use crate::{
    lang::{
        names::{Kind, Symbol},
        rows::{AggregateTree, Does, RowsAtStart, RowsTree, TableTree, TransactionTree},
        tree::{Change, Expr, ExprKind, Name, Options, Over, SharedTreeKind, Sign, Target},
        words,
    },
    program::{Isolation, Span},
    say::diagnostics::{DataMistake, Message, SagaMistake, Thing},
};

/// The words of a transaction's `on`.
pub(in crate::lang) const ON: [&str; 2] = ["leader", "replica"];

impl Checker<'_> {
    pub(super) fn mistake(&mut self, span: &Span, mistake: DataMistake) {
        self.error(span, Message::Data(mistake));
    }

    pub(super) fn database_options(&mut self, options: &Options) {
        self.isolation(options);
        self.option(options, "replicas", &[], Some(Kind::Int));
        if let Some(lag) = options.get("lag") {
            self.fixed_spent(lag.value());
        }
    }

    fn isolation(&mut self, options: &Options) {
        self.option(options, "isolation", &Isolation::ALL.map(Isolation::word), None);
    }

    /// The rows that a table has at the start; tells what they are.
    pub(super) fn rows_at_start(&mut self, at: usize, table: &TableTree) -> Kind {
        match &table.rows {
            RowsAtStart::None => {}
            RowsAtStart::Listed(rows) => {
                for (key, _) in rows {
                    self.context = Context::new(Area::Constant);
                    self.key(at, key);
                }
            }
            RowsAtStart::Numbered(count, _) => {
                self.constant(count, Some(Kind::Int), usize::MAX);
                self.names.keys.insert(at, Kind::Int);
            }
        }
        let mut kind = Kind::None;
        for row in table.rows.rows() {
            let found = self.row_at_start(row);
            if found == Kind::None && !matches!(row.kind, ExprKind::Wrong) {
                let table = self.tree.shared[at].name.text.clone();
                self.mistake(&row.span, DataMistake::RowIsNone { table });
            }
            self.agree(&row.span, kind, found);
            kind = self.names.unify(kind, found).unwrap_or(kind);
        }
        kind
    }

    fn row_at_start(&mut self, row: &Expr) -> Kind {
        self.context = Context::new(Area::Constant);
        if let Some(name) = later_constant(row, self.tree, self.names, usize::MAX) {
            let message = Message::UnknownName { thing: Thing::Value, name, nearest: None };
            self.error(&row.span, message);
            return Kind::Unknown;
        }
        self.given(row)
    }

    /// The place of the table that a name stands for.
    fn table(&self, name: &Name) -> Option<usize> {
        let at = self.map(name)?;
        matches!(self.tree.shared[at].kind, SharedTreeKind::Table(_)).then_some(at)
    }

    /// Reports a table that is used in a branch, beside the transaction around it.
    pub(super) fn uses_table(&mut self, at: usize, span: &Span) {
        let shared = &self.tree.shared[at];
        if self.context.beside_transaction && matches!(shared.kind, SharedTreeKind::Table(_)) {
            let (table, through) = (shared.name.text.clone(), None);
            self.mistake(span, DataMistake::BranchUses { table, through });
        }
    }

    /// `transaction db (…) if E { }`
    pub(super) fn transaction(&mut self, tree: &TransactionTree, span: &Span) {
        self.waits("transaction", span);
        let is = |kind: &SharedTreeKind| matches!(kind, SharedTreeKind::Database);
        self.shared(&tree.database, Thing::Database, is);
        self.isolation(&tree.options);
        self.option(&tree.options, "on", &ON, None);
        self.suffix(tree.only.as_ref());
        if self.context.transaction {
            let word = span.start..span.start + "transaction".len() as u32;
            self.mistake(&word, DataMistake::Nested { through: None });
        }
        let outer = std::mem::replace(&mut self.context.transaction, true);
        self.block(&tree.body);
        self.context.transaction = outer;
    }

    /// Reports a word that stands only in a transaction. In a routine its calls tell.
    pub(super) fn in_transaction(&mut self, word: &'static str, span: &Span) {
        if !self.context.transaction && self.context.root {
            self.mistake(span, DataMistake::OutsideTransaction { word, through: None });
        }
    }

    /// Reports a routine that does not go with the transaction it is called in, or outside of.
    pub(super) fn data_of_routine(&mut self, at: usize, name: &Name, spawned: bool) {
        let Some(facts) = self.facts.get(at).map(|facts| facts.data.clone()) else { return };
        let routine = name.text.clone();
        let inside = self.context.transaction && !spawned;
        if inside && facts.begins {
            let through = Some(routine.clone());
            self.mistake(&name.span, DataMistake::Nested { through });
        }
        if inside && facts.sagas {
            let through = Some(routine.clone());
            self.error(&name.span, Message::Saga(SagaMistake::InTransaction { through }));
        }
        if !inside
            && (self.context.root || spawned)
            && let Some(word) = facts.needs
        {
            let through = Some(routine.clone());
            self.mistake(&name.span, DataMistake::OutsideTransaction { word, through });
        }
        let beside = self.context.beside_transaction && !spawned;
        let table = facts.branches.filter(|_| inside).or(facts.uses.filter(|_| beside));
        if let Some(table) = table {
            let through = Some(routine);
            self.mistake(&name.span, DataMistake::BranchUses { table, through });
        }
    }

    /// A statement that changes or locks rows: the kind of what it gives.
    pub(super) fn rows(&mut self, rows: &RowsTree, span: &Span, wanted: bool) -> Kind {
        let word = rows.word();
        let what = &rows.what;
        if matches!(rows.does, Does::Delete) && self.is_cache(&what.name) {
            self.delete(what);
            if let Some(filter) = &rows.filter {
                let cache = what.name.text.clone();
                self.mistake(&filter.span, DataMistake::WhereOfCache { cache });
            }
            if wanted {
                self.error(span, Message::NotBuilt { what: "= delete".to_owned() });
            }
            return Kind::Unknown;
        }
        if matches!(rows.does, Does::Lock) {
            self.in_transaction(word, span);
            self.waits_here(word, span);
        } else {
            self.waits(word, span);
        }
        let is = |kind: &SharedTreeKind| matches!(kind, SharedTreeKind::Table(_));
        let thing = if matches!(rows.does, Does::Delete) { Thing::Keyed } else { Thing::Table };
        let Some(at) = self.shared(&what.name, thing, is) else { return Kind::Unknown };
        match &what.index {
            Some(key) => self.key(at, key),
            None if matches!(rows.does, Does::Update(_) | Does::Delete) => {
                self.uses_table(at, &what.span);
            }
            None => {
                let table = what.name.text.clone();
                self.mistake(&what.span, DataMistake::NeedsKey { table, word });
            }
        }
        match &rows.does {
            Does::Update(sets) => self.sets(at, sets),
            Does::Insert(row) => self.whole_row(at, row),
            Does::Delete | Does::Lock => {}
        }
        self.filter(at, rows.filter.as_ref());
        match rows.does {
            Does::Lock => self.names.shared[at],
            _ => Kind::Int,
        }
    }

    fn is_cache(&self, name: &Name) -> bool {
        let at = self.map(name);
        at.is_some_and(|at| matches!(self.tree.shared[at].kind, SharedTreeKind::Cache))
    }

    /// Reports what may have to wait, somewhere in an `atomic`.
    fn waits_here(&mut self, word: &str, span: &Span) {
        if self.context.atomic {
            self.error(span, Message::AtomicWaits { word: word.to_owned(), through: None });
        }
    }

    /// A row that is put in, or in the place of another.
    fn whole_row(&mut self, at: usize, row: &Expr) {
        let known = self.names.shared[at];
        if matches!(&row.kind, ExprKind::Name(name) if name == "none") {
            let table = self.tree.shared[at].name.text.clone();
            return self.mistake(&row.span, DataMistake::RowIsNone { table });
        }
        let found = if let ExprKind::Record(fields) = &row.kind {
            let own = self.names.fields(known).cloned();
            let fields = self.record_fields(fields, own.as_ref());
            self.names.record(fields)
        } else {
            self.right(row, (!known.is_open() && !known.is_several()).then_some(known))
        };
        self.is_row(at, known, found, &row.span);
    }

    fn is_row(&mut self, at: usize, known: Kind, found: Kind, span: &Span) {
        if found == Kind::None {
            let table = self.tree.shared[at].name.text.clone();
            return self.mistake(span, DataMistake::RowIsNone { table });
        }
        if matches!(found, Kind::Message(..)) {
            return self.error(span, Message::RecordHere);
        }
        self.agree(span, known, found);
        self.learn_shared(at, found);
    }

    /// `x = E`, `x[i] += E`, `t[k].f = E` and the like.
    pub(super) fn assigns(
        &mut self,
        (to, field): (&Target, Option<&Name>),
        change: Change,
        right: &Expr,
    ) {
        match (self.table(&to.name), field) {
            (Some(at), _) => self.assign_row(at, (to, field), change, right),
            (None, Some(field)) => {
                let what = format!(".{} =", field.text);
                self.error(&field.span, Message::NotBuilt { what });
            }
            (None, None) => self.assign(to, change, right),
        }
    }

    /// `t[k] = E`, `t[k].f += E` and the like.
    fn assign_row(
        &mut self,
        at: usize,
        (to, field): (&Target, Option<&Name>),
        change: Change,
        right: &Expr,
    ) {
        match &to.index {
            Some(key) => self.key(at, key),
            None => {
                let name = to.name.text.clone();
                self.error(&to.name.span, Message::NeedsIndex { name });
            }
        }
        let word = format!("{}[…] =", to.name.text);
        self.waits_here(&word, &to.span);
        let Some(field) = field else {
            if change == Change::Set {
                return self.whole_row(at, right);
            }
            let kind = self.names.shared[at];
            return self.adds(kind, change, right, &to.span);
        };
        let row = self.names.shared[at];
        if !row.is_several() && !row.is_open() {
            self.no_field(&to.name, Thing::Table, &[], field);
            self.right(right, None);
            return;
        }
        let kind = self.column(at, field);
        if field.text == "key" {
            return self.sets_key(at, &field.span);
        }
        if change != Change::Set && !kind.is_open() {
            return self.adds(kind, change, right, &to.span);
        }
        let found = self.right(right, (!kind.is_open()).then_some(kind));
        self.learn_column(at, field, found, &right.span);
    }

    /// `+=` and `-=`
    fn adds(&mut self, kind: Kind, change: Change, right: &Expr, span: &Span) {
        let sign = if change == Change::Add { Sign::Add } else { Sign::Subtract };
        let other = self.right(right, None);
        if super::expression::result(sign, kind, other).is_err()
            && let (Some(left), Some(right)) = (self.said(kind), self.said(other))
        {
            let sign = if change == Change::Add { "+=" } else { "-=" };
            self.error(span, Message::NoOperation { sign, left, right });
        }
    }

    fn sets_key(&mut self, at: usize, span: &Span) {
        let table = self.tree.shared[at].name.text.clone();
        self.mistake(span, DataMistake::SetsKey { table });
    }

    /// `set f = E, g = E`
    fn sets(&mut self, at: usize, sets: &[(Name, Expr)]) {
        for (nth, (column, value)) in sets.iter().enumerate() {
            if sets[..nth].iter().any(|(other, _)| other.text == column.text) {
                let name = column.text.clone();
                self.error(&column.span, Message::OptionTwice { name });
            }
            let kind = self.column(at, column);
            if column.text == "key" {
                self.sets_key(at, &column.span);
            }
            let expected = (!kind.is_open()).then_some(kind);
            let found = self.of_row(at, value, expected);
            self.learn_column(at, column, found, &value.span);
        }
    }

    /// `where E`
    fn filter(&mut self, at: usize, filter: Option<&Expr>) {
        if let Some(filter) = filter {
            let found = self.of_row(at, filter, Some(Kind::Bool));
            self.agree(&filter.span, Kind::Bool, found);
        }
    }

    /// What is computed for each row.
    fn of_row(&mut self, at: usize, value: &Expr, expected: Option<Kind>) -> Kind {
        let outer = self.context.row.replace(at);
        let kind = self.kind(value, expected);
        self.context.row = outer;
        if kind.is_several() {
            self.error(&value.span, Message::RecordHere);
            return Kind::Unknown;
        }
        kind
    }

    /// A column that was only `none` so far has the kind of what it gets.
    fn learn_column(&mut self, at: usize, column: &Name, found: Kind, span: &Span) {
        if found.is_several() {
            return self.error(span, Message::RecordHere);
        }
        let known = self.names.shared[at];
        let Some(fields) = self.names.fields(known).cloned() else {
            self.agree(span, known, found);
            if known.is_open() && column.text == "value" {
                self.learn_shared(at, found);
            }
            return;
        };
        let mut fields = fields;
        let Some(field) = fields.iter_mut().find(|(name, _)| *name == column.text) else { return };
        self.agree(span, field.1, found);
        if field.1.is_open() && !found.is_open() {
            field.1 = found;
            let kind = self.names.record(fields);
            self.learn_shared(at, kind);
        }
    }

    /// The names of a table's columns, its key last.
    fn columns(&self, at: usize) -> Vec<String> {
        let mut columns: Vec<String> = match self.names.fields(self.names.shared[at]) {
            Some(fields) => fields.iter().map(|(name, _)| name.clone()).collect(),
            None => vec!["value".to_owned()],
        };
        columns.push("key".to_owned());
        columns
    }

    /// The kind of a column, if the table has it.
    pub(super) fn column_kind(&self, at: usize, name: &str) -> Option<Kind> {
        if name == "key" {
            return Some(self.names.keys.get(&at).copied().unwrap_or(Kind::None));
        }
        let row = self.names.shared[at];
        match self.names.fields(row) {
            Some(fields) => fields.iter().find(|(known, _)| known == name).map(|(_, kind)| *kind),
            None => (name == "value").then_some(row),
        }
    }

    /// The kind of a column; reports one that is not there.
    fn column(&mut self, at: usize, column: &Name) -> Kind {
        if let Some(kind) = self.column_kind(at, &column.text) {
            return kind;
        }
        // Nothing is known of rows that nobody has put in so far.
        if !self.names.shared[at].is_open() {
            let columns = self.columns(at);
            let table = self.tree.shared[at].name.text.clone();
            let found = column.text.clone();
            let nearest = words::nearest(&found, columns.iter().map(String::as_str));
            let mistake = DataMistake::NoColumn { table, columns, found, nearest };
            self.mistake(&column.span, mistake);
        }
        Kind::Unknown
    }

    /// Reports a name in `where` or `set` that is nothing; false outside of them.
    pub(super) fn unknown_in_row(&mut self, name: &str, span: &Span) -> bool {
        let Some(at) = self.context.row else { return false };
        // Of rows that nobody has put in nothing is known.
        if !self.names.shared[at].is_open() {
            self.column(at, &Name { text: name.to_owned(), span: span.clone() });
        }
        !self.names.shared[at].is_open()
    }

    /// The kind of a bare name in `where` or `set` that is a column.
    pub(super) fn named_column(&mut self, name: &str, span: &Span) -> Option<Kind> {
        let at = self.context.row?;
        let kind = self.column_kind(at, name)?;
        let also = self.context.locals.iter().any(|local| local.name == name)
            || matches!(self.names.find(name), Some(Symbol::Param(_) | Symbol::Constant(_)));
        if also {
            let (name, table) = (name.to_owned(), self.tree.shared[at].name.text.clone());
            self.mistake(span, DataMistake::Hidden { name, table });
        }
        Some(kind)
    }

    /// Reports something in `where` or `set` that is shared; true if it is in one.
    pub(super) fn outside_row(&mut self, span: &Span) -> bool {
        let inside = self.context.row.is_some();
        if inside {
            let found = self.text[crate::lang::lexer::range(span)].to_owned();
            self.mistake(span, DataMistake::NotOfRow { found });
        }
        inside
    }

    /// Reports `min(x)` and `max(x)` of something that is no table: they take two values.
    fn lacks_value(&mut self, tree: &AggregateTree, span: &Span) -> bool {
        let routine = match tree.over {
            Over::Min => "min",
            Over::Max => "max",
            _ => return false,
        };
        let name = &tree.table.text;
        let known = self.names.find(name).is_some_and(|symbol| symbol != Symbol::Foreign)
            || self.context.locals.iter().any(|local| local.name == *name);
        let lacks = known
            && tree.column.is_none()
            && tree.filter.is_none()
            && self.table(&tree.table).is_none();
        if lacks {
            let word = span.start..span.start + routine.len() as u32;
            let routine = routine.to_owned();
            self.error(&word, Message::ArgumentCount { routine, expected: 2, found: 1 });
        }
        lacks
    }

    /// `count(t where E)`, `sum(t.f)` and the like.
    pub(super) fn aggregate(&mut self, tree: &AggregateTree, span: &Span) -> Kind {
        if self.outside_row(span) {
            return Kind::Unknown;
        }
        if matches!(self.context.area, Area::Plain | Area::Constant | Area::Goal) {
            let name = self.text[crate::lang::lexer::range(span)].to_owned();
            self.error(span, Message::NotConstant { name });
            return Kind::Unknown;
        }
        if self.lacks_value(tree, span) {
            return Kind::Unknown;
        }
        let is = |kind: &SharedTreeKind| matches!(kind, SharedTreeKind::Table(_));
        let Some(at) = self.shared(&tree.table, Thing::Table, is) else { return Kind::Unknown };
        self.uses_table(at, &tree.table.span);
        let row = self.names.shared[at];
        let function = match tree.over {
            Over::Sum => "sum",
            Over::Min => "min",
            _ => "max",
        };
        let kind = match &tree.column {
            Some(column) if tree.over == Over::Count => {
                let name = format!("{}.{}", tree.table.text, column.text);
                let (thing, nearest) = (Thing::Table, Some(tree.table.text.clone()));
                let span = tree.table.span.start..column.span.end;
                self.error(&span, Message::UnknownName { thing, name, nearest });
                Kind::Unknown
            }
            Some(column) => self.column(at, column),
            None if tree.over == Over::Count => Kind::Int,
            None if row.is_several() => {
                let columns = self.columns(at);
                let table = tree.table.text.clone();
                self.mistake(span, DataMistake::WholeRow { table, columns, function });
                Kind::Unknown
            }
            None => row,
        };
        self.filter(at, tree.filter.as_ref());
        if !kind.is_number() {
            self.agree(span, Kind::Int, kind);
            return Kind::Unknown;
        }
        if tree.over == Over::Count || kind == Kind::None { Kind::Int } else { kind }
    }
}
