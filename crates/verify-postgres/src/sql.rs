//! A program in SQL. What a statement reads by key goes through the index, what it looks for goes
//! through the whole table.

use crate::{
    postgres::Table,
    program::{Expr, Fold, Level, Program, Sign, Statement},
};

/// So that each statement reads as its text says: one by key the index, another the table. Without
/// statistics PostgreSQL would read a table of two rows as a whole in any case.
pub(crate) const SETTINGS: &str = "set enable_seqscan = off; set enable_indexonlyscan = off; \
     set enable_bitmapscan = off; set jit = off; set client_min_messages = error";

/// Makes the table anew.
pub(crate) fn setup(program: &Program, table: Table) -> String {
    let columns: Vec<String> =
        program.fields.iter().map(|field| format!(", {field} int not null default 0")).collect();
    let columns = columns.concat();
    let mut text = "drop table if exists test; ".to_owned();
    text += &match table {
        Table::Plain => format!("create table test (key int primary key{columns})"),
        // Wide entries, and many more keys than are there: what is deleted stays where it lay.
        Table::KeysApart => format!(
            "create table test (key numeric not null{columns}, \
             wide text not null default repeat('x', 2500)); \
             alter table test alter column wide set storage external; \
             alter table test add primary key (key) include (wide); \
             insert into test (key) select nth / 10.0 from generate_series(1, 70) nth; \
             delete from test"
        ),
    };
    for (key, values) in &program.rows {
        let values: Vec<String> = values.iter().map(|value| format!(", {value}")).collect();
        text += &format!("; insert into test values ({key}{})", values.concat());
    }
    text
}

/// All rows, in order, a value a column.
pub(crate) const ROWS: &str = "select * from test order by key";

/// The beginning of a transaction, which takes no snapshot yet.
pub(crate) fn begin(level: Level) -> String {
    format!("begin isolation level {}", level.words())
}

/// A statement, with the values that earlier ones have set.
pub(crate) fn statement(
    program: &Program,
    level: Level,
    statement: &Statement,
    names: &dyn Fn(&str) -> Option<i64>,
) -> String {
    let name = |word: &str| match names(word) {
        // A field hides what a statement has set.
        Some(value) if !program.fields.iter().any(|field| field == word) => value.to_string(),
        _ => word.to_owned(),
    };
    let expr = |value: &Expr| value.say(&Sign::sql, &name);
    let filter = |key: &Option<Expr>, predicate: &Option<Expr>, first: &str| {
        let key = key.as_ref().map(|key| format!("key = {}", expr(key)));
        let predicate = predicate.as_ref().map(|predicate| format!("({})", expr(predicate)));
        let first = (!first.is_empty() && key.is_none()).then(|| first.to_owned());
        let parts: Vec<String> = first.into_iter().chain(key).chain(predicate).collect();
        match parts.is_empty() {
            true => String::new(),
            false => format!(" where {}", parts.join(" and ")),
        }
    };
    // Lockstep goes through rows by key. PostgreSQL does so where it goes along the index; what
    // serializable would lock then is less than the table, so there it goes as the rows lie.
    let along = if level == Level::Serializable { "" } else { "key > 0" };
    match statement {
        Statement::Read { key, field, .. } => {
            format!("select {field} from test where key = {}", expr(key))
        }
        Statement::Lock { key, .. } => {
            let field = &program.fields[0];
            format!("select {field} from test where key = {} for update", expr(key))
        }
        Statement::Fold { fold, field, predicate, .. } => {
            let what = match fold {
                Fold::Count => "count(*)".to_owned(),
                Fold::Sum => format!("coalesce(sum({field}), 0)"),
                Fold::Min | Fold::Max => format!("{}({field})", fold.word()),
            };
            format!("select {what} from test{}", filter(&None, predicate, ""))
        }
        Statement::Set { key, field, value } => {
            format!("update test set {field} = {} where key = {}", expr(value), expr(key))
        }
        Statement::Update { key, sets, predicate, .. } => {
            let sets: Vec<String> =
                sets.iter().map(|(field, value)| format!("{field} = {}", expr(value))).collect();
            format!("update test set {}{}", sets.join(", "), filter(key, predicate, along))
        }
        Statement::Insert { key, values } => {
            let values: Vec<String> = values.iter().map(expr).collect();
            format!("insert into test values ({}, {})", expr(key), values.join(", "))
        }
        Statement::Delete { key, predicate, .. } => {
            format!("delete from test{}", filter(key, predicate, along))
        }
        Statement::Abort => "rollback".to_owned(),
        Statement::Let { .. } | Statement::FailIf { .. } => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read;

    #[test]
    fn statements_are_said_in_sql_with_what_is_known() {
        let text = "database db { table test = { 1: 10 } }\nprocess p { transaction db { \
            let seen = test[1]; test[1] = seen + 1; let n = count(test where value mod 3 == 0 or value != 4); \
            insert test[3] = 30; delete test where value > 5; update test[1] set value = (value + 1) * 2; \
            let x = test[1] for update } }";
        let program = read(text, &[]).expect("it can be read");
        let names = |name: &str| (name == "seen").then_some(10);
        let all: Vec<String> = program.transactions[0]
            .statements
            .iter()
            .map(|one| statement(&program, Level::ReadCommitted, one, &names))
            .collect();
        assert_eq!(
            all,
            [
                "select value from test where key = 1",
                "update test set value = 10 + 1 where key = 1",
                "select count(*) from test where (value % 3 = 0 or value <> 4)",
                "insert into test values (3, 30)",
                "delete from test where key > 0 and (value > 5)",
                "update test set value = (value + 1) * 2 where key = 1",
                "select value from test where key = 1 for update",
            ]
        );
    }
}
