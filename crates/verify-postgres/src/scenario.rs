//! A program in Lockstep's language. Behind each step a note says what it gave, so that a run tells
//! all that PostgreSQL tells.

use crate::program::{Expr, Program, Sign, Statement, Transaction};

/// What the last note of a transaction that came to its end says.
pub(crate) const OVER: &str = "over";
/// What a statement without a result says.
pub(crate) const DONE: &str = "done";
/// What the names begin with that results get which have none.
pub(crate) const UNNAMED: &str = "got";
/// Who looks at the rows in the end.
pub(crate) const LOOKER: &str = "looker";

/// The scenario of a program.
pub(crate) fn scenario(program: &Program) -> String {
    let order: Vec<usize> = (0..program.transactions.len()).collect();
    scenario_in(program, &order)
}

/// The scenario of a program, its processes declared in this order.
pub(crate) fn scenario_in(program: &Program, order: &[usize]) -> String {
    let mut text = format!("scenario \"{}\"\n", program.title.replace(['"', '\\'], "'"));
    let rows: Vec<String> = program
        .rows
        .iter()
        .map(|(key, values)| {
            let values: Vec<Expr> = values.iter().map(|value| Expr::Number(*value)).collect();
            format!("{key}: {}", row(program, &values))
        })
        .collect();
    let first =
        if rows.is_empty() { String::new() } else { format!(" = {{ {} }}", rows.join(", ")) };
    text += &format!("database db {{ table test{first} }}\n");
    for &who in order {
        text += &process(program, &program.transactions[who]);
    }
    text += &format!("process {LOOKER} {{\n");
    for key in program.keys() {
        for field in &program.fields {
            let place = place(program, &Expr::Number(key), field);
            text += &format!("  let {field}{key} = {place}; note \"{{{field}{key}}}\"\n");
        }
    }
    text + "}\n"
}

fn process(program: &Program, transaction: &Transaction) -> String {
    let Transaction { name, level, statements } = transaction;
    let mut text =
        format!("process {name} {{\n  transaction db (isolation: {}) {{\n", level.word());
    for line in statements {
        text += &format!("    {}\n", noted(program, line));
    }
    text + &format!("  }}\n  note \"{OVER}\"\n}}\n")
}

/// Says the statements of a program, without the notes.
pub(crate) fn statement_of(program: &Program) -> impl Fn(&Statement) -> String {
    let told = |into: &str, right: String| match into.starts_with(UNNAMED) {
        true => right,
        false => format!("{into} = {right}"),
    };
    move |one| statement(program, one, &told, &|words| words)
}

fn noted(program: &Program, one: &Statement) -> String {
    let told = |into: &str, right: String| format!("let {into} = {right}; note \"{{{into}}}\"");
    let done = |words: String| format!("{words}; note \"{DONE}\"");
    statement(program, one, &told, &done)
}

/// A statement; what has a result and what has none are told apart.
fn statement(
    program: &Program,
    statement: &Statement,
    told: &dyn Fn(&str, String) -> String,
    done: &dyn Fn(String) -> String,
) -> String {
    let filter = |predicate: &Option<Expr>| match predicate {
        Some(predicate) => format!(" where {}", expr(predicate)),
        None => String::new(),
    };
    let of = |key: &Option<Expr>| match key {
        Some(key) => format!("test[{}]", expr(key)),
        None => "test".to_owned(),
    };
    match statement {
        Statement::Read { into, key, field } => told(into, place(program, key, field)),
        // The whole row: only of a plain table is it a value.
        Statement::Lock { into, key } if program.fields.len() == 1 => {
            told(into, format!("test[{}] for update", expr(key)))
        }
        Statement::Lock { key, .. } => done(format!("test[{}] for update", expr(key))),
        Statement::Fold { into, fold, field, predicate } => {
            let plain = program.fields.len() == 1 || fold.word() == "count";
            let what = if plain { "test".to_owned() } else { format!("test.{field}") };
            told(into, format!("{}({what}{})", fold.word(), filter(predicate)))
        }
        Statement::Set { key, field, value } => {
            done(format!("{} = {}", place(program, key, field), expr(value)))
        }
        Statement::Update { into, key, sets, predicate } => {
            let sets: Vec<String> =
                sets.iter().map(|(field, value)| format!("{field} = {}", expr(value))).collect();
            let (of, sets) = (of(key), sets.join(", "));
            told(into, format!("update {of} set {sets}{}", filter(predicate)))
        }
        Statement::Insert { key, values } => {
            done(format!("insert test[{}] = {}", expr(key), row(program, values)))
        }
        Statement::Delete { into, key, predicate } => {
            told(into, format!("delete {}{}", of(key), filter(predicate)))
        }
        Statement::Let { into, value } => format!("let {into} = {}", expr(value)),
        Statement::FailIf { condition, error } => {
            format!("if {} {{ fail {error} }}", expr(condition))
        }
        Statement::Abort => "abort".to_owned(),
    }
}

fn place(program: &Program, key: &Expr, field: &str) -> String {
    match program.fields.len() {
        1 => format!("test[{}]", expr(key)),
        _ => format!("test[{}].{field}", expr(key)),
    }
}

fn row(program: &Program, values: &[Expr]) -> String {
    let fields: Vec<String> = program
        .fields
        .iter()
        .zip(values)
        .map(|(field, value)| format!("{field}: {}", expr(value)))
        .collect();
    match values {
        [only] => expr(only),
        _ => format!("{{ {} }}", fields.join(", ")),
    }
}

/// An expression in Lockstep's language.
pub(crate) fn expr(value: &Expr) -> String {
    value.say(&Sign::word, &str::to_owned)
}
