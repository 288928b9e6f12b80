//! Databases: what is set for them, statements on rows, transactions.

use super::{
    Binding, Compiler, Slot,
    code::Label,
    expression::{Operand, Target as To, Value},
    options::Chosen,
};
use crate::{
    lang::{
        check::ON,
        limits,
        names::{Kind, Symbol},
        rows::{AggregateTree, Does, RowsAtStart, RowsTree, TableTree, TransactionTree},
        tree::{Change, Expr, ExprKind, Name, Options, Over, SharedTreeKind, Sign, Target},
    },
    program::{
        COPIES_MAX, Column, Database, Details, Gap, Glance, Isolation, NONE, Op, Outcomes, Query,
        QueryKind, Reg, SharedId, Span, Table,
    },
    say::diagnostics::{Ceiling, DataMistake, Message},
};

/// The transaction that is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inside {
    /// Where; nowhere where its `if` leaves only the block.
    database: Option<usize>,
    /// It reads a replica.
    replica: bool,
    /// Where an `abort` leads.
    out: Label,
}

/// What is computed for each row, and where the row is found.
struct OfRow {
    row: Reg,
    filter: Option<Glance>,
    sets: Vec<(Column, Glance)>,
}

impl Compiler<'_> {
    // What is declared.

    /// The settings of a database.
    pub(super) fn database(&mut self, at: usize, options: &Options) -> Details {
        let isolation = self.isolation(options).unwrap_or(Isolation::ReadCommitted);
        let replicas = match self.chosen(options, "replicas", &[]) {
            Some(Chosen::Value(found)) => {
                let greatest = i64::from(COPIES_MAX);
                let span = options.get("replicas").map(|option| option.value().span.clone());
                if found < 0 {
                    let message = Message::TooSmall { found, least: 0 };
                    self.code.error(&span.unwrap_or_default(), message);
                } else if found > greatest {
                    let message = Message::TooGreat { found, greatest };
                    self.code.error(&span.unwrap_or_default(), message);
                }
                found.clamp(0, greatest) as u32
            }
            _ => 0,
        };
        let lag = options.get("lag").map_or(Gap::Fixed(0), |lag| self.gap(lag.value()));
        let tables = self.tree.shared.iter().enumerate().filter(|(_, shared)| match &shared.kind {
            SharedTreeKind::Table(table) => table.database == at,
            _ => false,
        });
        let tables = tables.map(|(at, _)| at as SharedId).collect();
        let shared = at as SharedId;
        self.databases.push(Database { shared, isolation, tables, replicas, lag });
        Details::Database(self.databases.len() as u32 - 1)
    }

    fn isolation(&mut self, options: &Options) -> Option<Isolation> {
        let words = Isolation::ALL.map(Isolation::word);
        let Some(Chosen::Word(word)) = self.chosen(options, "isolation", &words) else {
            return None;
        };
        Isolation::ALL.into_iter().find(|level| level.word() == word)
    }

    /// A table with its rows.
    pub(super) fn table(&mut self, at: usize, tree: &TableTree) -> Details {
        let key = self.names.keys.get(&at).copied().unwrap_or(Kind::Int);
        self.forms.push(self.names.form(self.names.shared[at]));
        let mut rows: Vec<(i64, Vec<i64>)> = Vec::new();
        match &tree.rows {
            RowsAtStart::None => {}
            RowsAtStart::Listed(listed) => {
                for (given, row) in listed {
                    let operand = self.operand(given, Some(key));
                    let value = operand.constant().unwrap_or_default();
                    if rows.iter().any(|(known, _)| *known == value) {
                        let table = self.tree.shared[at].name.text.clone();
                        let key = self.text[crate::lang::lexer::range(&given.span)].to_owned();
                        let mistake = DataMistake::RowTwice { table, key };
                        self.code.error(&given.span, Message::Data(mistake));
                    }
                    rows.push((value, self.row_values(at, row)));
                }
                rows.sort_by_key(|(key, _)| *key);
            }
            RowsAtStart::Numbered(count, row) => {
                let count = self.size(count) as i64;
                let row = self.row_values(at, row);
                if count as usize * row.len() > limits::SHARED_WORDS {
                    let most = limits::SHARED_WORDS as u64;
                    let span = self.tree.shared[at].name.span.clone();
                    self.code.refuse(&span, Ceiling::SharedWords, most);
                } else {
                    rows = (1..=count).map(|key| (key, row.clone())).collect();
                }
            }
        }
        let database = match self.details.get(tree.database) {
            Some(Details::Database(place)) => *place,
            _ => 0,
        };
        let place = self.tables.iter().filter(|table| table.database == database).count() as u32;
        let (form, key) = (self.forms.len() as u32 - 1, key.stored());
        self.tables.push(Table { database, place, key, form, rows });
        Details::Table(self.tables.len() as u32 - 1)
    }

    /// The words of a row that the parameters decide.
    fn row_values(&mut self, at: usize, row: &Expr) -> Vec<i64> {
        let kind = self.names.shared[at];
        let fields = self.names.fields(kind).cloned();
        let (Some(fields), ExprKind::Record(parts)) = (fields, &row.kind) else {
            let expected = (!kind.is_open()).then_some(kind);
            return vec![self.operand(row, expected).constant().unwrap_or_default()];
        };
        let mut values = Vec::new();
        for (name, kind) in fields {
            let part = parts.iter().find(|(known, _)| known.text == name);
            let expected = (!kind.is_open()).then_some(kind);
            let value = part.and_then(|(_, part)| self.operand(part, expected).constant());
            values.push(value.unwrap_or(NONE));
        }
        values
    }

    // Statements.

    /// True for a table.
    pub(super) fn is_table(&self, at: usize) -> bool {
        matches!(self.tree.shared[at].kind, SharedTreeKind::Table(_))
    }

    /// The table that a name stands for.
    fn table_of(&self, name: &Name) -> Option<usize> {
        match self.names.find(&name.text) {
            Some(Symbol::Shared(at)) if self.is_table(at) => Some(at),
            _ => None,
        }
    }

    fn columns(&self, at: usize) -> u16 {
        self.names.fields(self.names.shared[at]).map_or(1, |fields| fields.len() as u16)
    }

    /// Which column a name is; one of rows that nobody has put in is the first.
    fn column(&self, at: usize, name: &str) -> (Column, Kind) {
        if name == "key" {
            return (0, self.names.keys.get(&at).copied().unwrap_or(Kind::Int));
        }
        let row = self.names.shared[at];
        let Some(fields) = self.names.fields(row) else { return (1, row) };
        let place = fields.iter().position(|(known, _)| known == name).unwrap_or(0);
        (place as Column + 1, fields[place].1)
    }

    fn query(&mut self, at: usize, what: QueryKind, of_row: OfRow) -> u32 {
        let OfRow { row, filter, .. } = of_row;
        self.queries.push(Query { table: at as SharedId, what, filter, row });
        self.queries.len() as u32 - 1
    }

    /// Writes what is computed for each row; the row itself lies in registers of its own.
    fn of_row(&mut self, at: usize, filter: Option<&Expr>, sets: &[(Name, Expr)]) -> OfRow {
        if filter.is_none() && sets.is_empty() {
            return OfRow { row: self.code.mark(), filter: None, sets: Vec::new() };
        }
        let row = self.take_run(1 + self.columns(at));
        let outer = self.locals.len();
        let kind = self.names.shared[at];
        let plain = vec![("value".to_owned(), kind)];
        let fields = self.names.fields(kind).cloned().unwrap_or(plain);
        let key = ("key".to_owned(), self.column(at, "key").1);
        for (register, (name, kind)) in (row..).zip([key].into_iter().chain(fields)) {
            let slot = Slot::Register(register);
            self.locals.push(Binding { name, kind, slot, shown: 0..0 });
        }
        let mut written = Vec::new();
        for (column, value) in sets {
            let (column, kind) = self.column(at, &column.text);
            let expected = (!kind.is_open()).then_some(kind);
            written.push((column, self.glance(value, expected)));
        }
        let filter = filter.map(|filter| self.glance(filter, Some(Kind::Bool)));
        self.locals.truncate(outer);
        OfRow { row, filter, sets: written }
    }

    fn glance(&mut self, value: &Expr, expected: Option<Kind>) -> Glance {
        let outer = self.code.begin_glance();
        let operand = self.operand(value, expected);
        let result = self.loaded(operand, &value.span);
        self.code.end_glance(outer, result)
    }

    /// `t[k]`, `count` words of it.
    pub(super) fn read_row(&mut self, at: usize, key: Reg, to: Reg, count: u16) -> Op {
        let row = self.code.mark();
        let query = self.query(at, QueryKind::Read, OfRow { row, filter: None, sets: Vec::new() });
        Op::Query { query, key: Some(key), first: 0, values: 0, to, count }
    }

    /// What a statement on rows gives, where that is several values.
    pub(super) fn locked_record(&mut self, rows: &RowsTree, span: &Span) -> Option<(Reg, Kind)> {
        let at = self.table_of(&rows.what.name)?;
        let kind = self.names.shared[at];
        if !matches!((&rows.does, kind), (Does::Lock, Kind::Record(_))) {
            return None;
        }
        let first = self.take_run(self.width(kind));
        self.rows(rows, Some(first), span);
        Some((first, kind))
    }

    /// A statement that changes or locks rows; `to` gets what it gives.
    pub(super) fn rows(&mut self, rows: &RowsTree, to: Option<Reg>, span: &Span) -> Kind {
        let Some(at) = self.table_of(&rows.what.name) else {
            self.delete(&rows.what, span);
            return Kind::Int;
        };
        let kind = self.names.shared[at];
        self.refuse_on_replica(at, rows.word(), span);
        let mark = self.code.mark();
        let key = rows.what.index.as_ref().map(|index| self.key(at, index));
        let mut first = 0;
        let mut values = 0;
        if let Does::Insert(row) = &rows.does {
            first = self.take_run(self.width(kind));
            values = self.columns(at);
            self.put_row(row, first, kind);
        }
        let sets = match &rows.does {
            Does::Update(sets) => &sets[..],
            _ => &[],
        };
        let mut of_row = self.of_row(at, rows.filter.as_ref(), sets);
        let sets = std::mem::take(&mut of_row.sets);
        let what = match rows.does {
            Does::Update(_) => QueryKind::Update(sets),
            Does::Insert(_) => QueryKind::Insert,
            Does::Delete => QueryKind::Delete,
            Does::Lock => QueryKind::Lock,
        };
        let given = if what == QueryKind::Lock { kind } else { Kind::Int };
        let count = if to.is_some() { self.width(given) } else { 0 };
        let query = self.query(at, what, of_row);
        let to = to.unwrap_or(0);
        self.code.emit_raising(Op::Query { query, key, first, values, to, count }, span);
        self.code.give_back(mark);
        given
    }

    fn put_row(&mut self, row: &Expr, first: Reg, kind: Kind) {
        let fields = self.names.fields(kind).cloned();
        match (&row.kind, fields) {
            // Each field is of its column's kind, so that a label is known as one.
            (ExprKind::Record(parts), Some(fields)) => {
                for (name, part) in parts {
                    let Some(at) = fields.iter().position(|(known, _)| *known == name.text) else {
                        continue;
                    };
                    let kind = fields[at].1;
                    let to = To { register: first + at as Reg, fresh: true };
                    self.into(part, to, (!kind.is_open()).then_some(kind));
                }
                return;
            }
            (_, Some(_)) => return self.put_record(row, first, kind),
            _ => {}
        }
        let operand = self.right_operand(row, (!kind.is_open()).then_some(kind));
        match operand.value {
            Value::Constant(value) => self.code.emit(Op::Const { to: first, value }, &row.span),
            Value::Register(from) if from != first => {
                self.code.emit(Op::Copy { to: first, from }, &row.span);
            }
            Value::Register(_) => {}
        }
    }

    /// `t[k] = E`, `t[k].f = E`; with `+=` and `-=` a read and a write.
    pub(super) fn assign_row(
        &mut self,
        at: usize,
        (to, field): (&Target, Option<&Name>),
        change: Change,
        right: &Expr,
    ) {
        let Some(index) = &to.index else { return };
        self.refuse_on_replica(at, &format!("{}[…] =", to.name.text), &to.span);
        let mark = self.code.mark();
        let mut key = self.key(at, index);
        // The right side may change the local that says which.
        if key < mark {
            let copy = self.code.take();
            self.code.emit(Op::Copy { to: copy, from: key }, &index.span);
            key = copy;
        }
        let row = self.names.shared[at];
        let (column, kind) = match field {
            Some(field) => self.column(at, &field.text),
            None => (1, row),
        };
        let mut values = 1;
        let first = if change == Change::Set {
            let first = self.take_run(self.width(kind));
            if field.is_none() {
                values = self.columns(at);
            }
            self.put_row(right, first, kind);
            first
        } else {
            let width = self.width(row);
            let read = self.take_run(width);
            let op = self.read_row(at, key, read, width);
            self.code.emit_raising(op, &to.span);
            let sign = if change == Change::Subtract { Sign::Subtract } else { Sign::Add };
            let operand = self.right_operand(right, None);
            let by = self.loaded(operand, &right.span);
            let old = read + column - 1;
            self.compute(sign, old, [old, by], &to.span);
            old
        };
        let row = self.code.mark();
        let of_row = OfRow { row, filter: None, sets: Vec::new() };
        let query = self.query(at, QueryKind::Put(column), of_row);
        let op = Op::Query { query, key: Some(key), first, values, to: 0, count: 0 };
        self.code.emit_raising(op, &to.span);
        self.code.give_back(mark);
    }

    /// The kind of what goes through a table, without writing anything.
    pub(super) fn aggregated(&self, tree: &AggregateTree) -> Kind {
        let Some(at) = self.table_of(&tree.table) else { return Kind::Unknown };
        match &tree.column {
            _ if tree.over == Over::Count => Kind::Int,
            Some(column) => self.column(at, &column.text).1,
            None => self.names.shared[at],
        }
    }

    /// `count(t where E)`, `sum(t.f)` and the like.
    pub(super) fn aggregate(
        &mut self,
        tree: &AggregateTree,
        to: Option<To>,
        span: &Span,
    ) -> Operand {
        let Some(at) = self.table_of(&tree.table) else {
            return Operand { value: Value::Constant(0), kind: Kind::Unknown };
        };
        let (column, kind) = match &tree.column {
            Some(column) => self.column(at, &column.text),
            None => (1, self.names.shared[at]),
        };
        let (what, kind) = match tree.over {
            Over::Sum => (QueryKind::Sum(column), kind),
            Over::Min => (QueryKind::Least(column), kind),
            Over::Max => (QueryKind::Greatest(column), kind),
            _ => (QueryKind::Count, Kind::Int),
        };
        let to = self.register_for(to);
        let mark = self.code.mark();
        let of_row = self.of_row(at, tree.filter.as_ref(), &[]);
        let query = self.query(at, what, of_row);
        let op = Op::Query { query, key: None, first: 0, values: 0, to, count: 1 };
        self.code.emit_raising(op, span);
        self.code.give_back(mark);
        Operand::held(to, if kind == Kind::None { Kind::Int } else { kind })
    }

    // Transactions.

    /// `transaction db (…) if E { }`
    pub(super) fn transaction(&mut self, tree: &TransactionTree, header: &Span) {
        let body = &tree.body;
        let whole = |it: &mut Self| it.whole_transaction(tree, header);
        let bare = |it: &mut Self| {
            let out = it.code.label();
            it.transactions.push(Inside { database: None, replica: false, out });
            it.block(body);
            it.transactions.pop();
            it.code.place(out);
        };
        self.only_if_else(tree.only.as_ref(), body, header, whole, bare);
    }

    fn whole_transaction(&mut self, tree: &TransactionTree, header: &Span) {
        let Some(Symbol::Shared(at)) = self.names.find(&tree.database.text) else { return };
        let Some(Details::Database(place)) = self.details.get(at).copied() else { return };
        let database = at as SharedId;
        let known = self.databases[place as usize].clone();
        let level = self.isolation(&tree.options).unwrap_or(known.isolation);
        let on = self.chosen(&tree.options, "on", &ON);
        let word = header.start..header.start + "transaction".len() as u32;
        let mark = self.code.mark();
        let mut replica = None;
        if on == Some(Chosen::Word("replica".to_owned())) {
            let span = tree.options.get("on").map_or(header, |option| &option.name.span);
            let name = tree.database.text.clone();
            if known.replicas == 0 {
                let mistake = DataMistake::NoReplicas { database: name };
                self.code.error(span, Message::Data(mistake));
            } else if level == Isolation::Serializable {
                let mistake = DataMistake::ReplicaSerializable { database: name };
                self.code.error(span, Message::Data(mistake));
            }
            let to = self.code.take();
            self.code.emit(Op::Const { to, value: 1 }, &word);
            if known.replicas > 1 {
                let most = self.code.take();
                let value = i64::from(known.replicas);
                self.code.emit(Op::Const { to: most, value }, &word);
                self.code.emit(Op::Draw { to, what: Outcomes::Any(to, most) }, &word);
            }
            replica = Some(to);
        }
        self.code.emit(Op::Begin { database, level, replica }, &word);
        self.code.give_back(mark);
        let out = self.code.label();
        let end = tree.body.inner.end..tree.body.inner.end + 1;
        self.code.begin_transaction(database, out, &end);
        let replica = replica.is_some();
        self.transactions.push(Inside { database: Some(at), replica, out });
        self.block(&tree.body);
        self.transactions.pop();
        self.code.statement = end;
        self.code.end_transaction();
        self.code.place(out);
    }

    /// `abort`
    pub(super) fn abort(&mut self, span: &Span) {
        let Some(inside) = self.transactions.last().copied() else { return };
        if let Some(database) = inside.database {
            self.code.emit(Op::Abort { database: database as SharedId }, span);
        }
        self.code.leave_for(inside.out, span);
    }

    /// Reports a change in a transaction that reads a replica.
    fn refuse_on_replica(&mut self, at: usize, word: &str, span: &Span) {
        let SharedTreeKind::Table(table) = &self.tree.shared[at].kind else { return };
        let Some(inside) = self.transactions.last() else { return };
        if inside.replica && inside.database == Some(table.database) {
            let database = self.tree.shared[table.database].name.text.clone();
            let word = word.to_owned();
            let mistake = DataMistake::ReplicaWrites { database, word };
            self.code.error(span, Message::Data(mistake));
        }
    }
}
