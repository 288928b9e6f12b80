//! What happens to rows and transactions, in the scenario's own names.

use super::describe::key_name;
use super::frame::Action;
use crate::program::{Error, Form, NONE, Op, Program, QueryKind, SharedId};
use crate::trace::{DataFact, Dependency, Doing, Fact, RowTold, Statement, Target, Undone};

/// The numbers by which a fact goes into a run's name.
pub(super) fn fingerprint(fact: DataFact) -> (i64, Target, [i64; 3]) {
    let who = |process: Option<u32>| process.map_or(0, |process| i64::from(process) + 1);
    match fact {
        DataFact::Began { database, level, copy } => {
            (120, database, [level as i64, i64::from(copy.unwrap_or(0)), 0])
        }
        DataFact::ReadRow { table, key, value, found, behind } => {
            (121, table, [key, value, i64::from(found) + 2 * i64::from(behind)])
        }
        DataFact::Scanned { table, rows, value } => (122, table, [rows, value, 0]),
        DataFact::Waits { table, key, holder } => (123, table, [key, i64::from(holder), 0]),
        DataFact::Changed { table, key, column, old: _, new } => {
            (124, table, [key, i64::from(column), new])
        }
        DataFact::Inserted { table, key, value } => (125, table, [key, value, 0]),
        DataFact::Deleted { table, key } => (126, table, [key, 0, 0]),
        DataFact::Locked { table, key, value } => (127, table, [key, value, 0]),
        DataFact::Skipped { table, key } => (128, table, [key, 0, 0]),
        DataFact::Finished { table, rows } => (129, table, [rows, 0, 0]),
        DataFact::Depends { table, key, reader, writer } => {
            (130, table, [key, who(reader), who(writer)])
        }
        DataFact::ChangedSince { table, key } => (131, table, [key, 0, 0]),
        DataFact::NotSerial { database } => (132, database, [0; 3]),
        DataFact::Doomed { database } => (133, database, [0; 3]),
        DataFact::Victim { database } => (134, database, [0; 3]),
        DataFact::Committed { database, rows } => (135, database, [rows, 0, 0]),
        DataFact::RolledBack { database, error } => {
            (136, database, [error.map_or(-1, crate::program::Error::code), 0, 0])
        }
        DataFact::Applied { database, copy, left } => (137, database, [i64::from(copy), left, 0]),
    }
}

/// So many rows are told one by one.
pub(super) const ROWS_TOLD: usize = 4;
/// So many of what somebody read and another changed are told.
const DEPENDS_TOLD: usize = 4;

/// The next part of what a step did, if it has to do with a database, and how many facts tell of it.
pub(super) fn part(program: &Program, facts: &[&Fact]) -> Option<(Action, usize)> {
    let mut told = Statement::default();
    let mut doing: Option<Doing> = None;
    let mut rows: Vec<i64> = Vec::new();
    let mut finished = false;
    let mut taken = 0;
    while let Some(Fact::Data(fact)) = facts.get(taken) {
        let (row, more) = row_of(program, &facts[taken..]);
        let place = |table: Target, key: i64| key_name(program, table, key);
        let name = |target: Target| program.shared[target.shared as usize].name.clone();
        match *fact {
            // What comes next is another's part.
            DataFact::Began { .. } => break,
            DataFact::ReadRow { .. } | DataFact::Scanned { .. } | DataFact::Applied { .. }
                if doing.is_some() =>
            {
                break;
            }
            DataFact::ReadRow { table, key, found, behind, .. } => {
                doing = Some(Doing::Read);
                told.of = name(table);
                let words = if found { row } else { "none".to_owned() };
                told.rows.push(RowTold { place: place(table, key), words });
                told.behind = behind;
            }
            DataFact::Scanned { table, rows, value } => {
                doing = Some(Doing::Count);
                told.of = name(table);
                (told.count, told.value) = (rows, value.to_string());
            }
            DataFact::Waits { table, key, holder } => {
                told.of = name(table);
                told.waits = Some((place(table, key), holder));
            }
            DataFact::Changed { table, key, column, old, new } => {
                doing = Some(Doing::Update);
                told.of = name(table);
                let kind = program.column_type(table.shared, column);
                let change = format!("{} → {}", program.spell(old, kind), program.spell(new, kind));
                let is_record = program.table_form(table.shared).is_some_and(Form::is_record);
                let column = program.column_name(table.shared, column);
                let words = if is_record { format!("{column}: {change}") } else { change };
                match rows.iter().position(|one| *one == key) {
                    Some(at) => {
                        if let Some(row) = told.rows.get_mut(at) {
                            row.words += ", ";
                            row.words += &words;
                        }
                    }
                    None => {
                        rows.push(key);
                        told.rows.push(RowTold { place: place(table, key), words });
                    }
                }
            }
            DataFact::Inserted { table, key, .. } => {
                doing = Some(Doing::Insert);
                told.of = name(table);
                rows.push(key);
                told.rows.push(RowTold { place: place(table, key), words: row });
            }
            DataFact::Deleted { table, key } => {
                doing = Some(Doing::Delete);
                told.of = name(table);
                rows.push(key);
                told.rows.push(RowTold { place: place(table, key), words: String::new() });
            }
            DataFact::Locked { table, key, .. } => {
                doing = Some(Doing::Lock);
                told.of = name(table);
                rows.push(key);
                told.rows.push(RowTold { place: place(table, key), words: row });
            }
            DataFact::Skipped { table, key } => {
                told.of = name(table);
                told.skipped.push(place(table, key));
            }
            DataFact::Finished { table, rows } => {
                doing = doing.or(Some(Doing::Update));
                told.of = name(table);
                told.count = rows;
                finished = true;
            }
            DataFact::Depends { table, key, reader, writer } => {
                let place = if key == NONE { name(table) } else { place(table, key) };
                let one = Dependency { place, reader, writer };
                if told.depends.len() < DEPENDS_TOLD && !told.depends.contains(&one) {
                    told.depends.push(one);
                }
            }
            DataFact::ChangedSince { table, key } => {
                told.of = name(table);
                told.undone = Some(Undone::ChangedSince(place(table, key), None));
            }
            DataFact::NotSerial { .. } => told.undone = Some(Undone::NotSerial(vec![])),
            DataFact::Victim { .. } => told.undone = Some(Undone::Victim(vec![])),
            DataFact::Doomed { .. } => {}
            DataFact::Committed { database, rows } => match doing {
                None => {
                    (doing, told.of, told.count) = (Some(Doing::Commit), name(database), rows);
                }
                Some(_) => told.commits = rows > 0,
            },
            DataFact::RolledBack { database, error } => {
                if doing.is_none() && told == Statement::default() {
                    (doing, told.of) = (Some(Doing::RollBack), name(database));
                }
                roll_back(program, &mut told, error);
                taken += 1;
                break;
            }
            DataFact::Applied { database, copy, left } => {
                (doing, told.of) = (Some(Doing::Apply), name(database));
                (told.count, told.value) = (left, copy.to_string());
            }
        }
        taken += more;
    }
    if taken == 0 {
        return None;
    }
    told.count = told.count.max(rows.len() as i64);
    told.rows.truncate(ROWS_TOLD);
    told.verb = doing.unwrap_or(Doing::Update);
    taken += undone_behind(program, &mut told, &facts[taken..]);
    // Where it changed nothing it makes a difference whether the error is its own or came later.
    if told.rows.is_empty() && !finished && matches!(told.undone, Some(Undone::Error(_))) {
        told.count = -1;
    }
    Some((Action::Data(Box::new(told)), taken))
}

/// What an error behind a statement did to its transaction, and how many facts tell of it.
fn undone_behind(program: &Program, told: &mut Statement, facts: &[&Fact]) -> usize {
    let is_data = |fact: &&Fact| matches!(fact, Fact::Data(_));
    let Some(at) = facts.iter().position(is_data) else { return 0 };
    let Fact::Data(DataFact::RolledBack { error, .. }) = facts[at] else { return 0 };
    roll_back(program, told, *error);
    at + 1
}

fn roll_back(program: &Program, told: &mut Statement, error: Option<Error>) {
    if told.undone.is_none() {
        let error = error.map_or_else(String::new, |error| error.name(program).to_owned());
        told.undone = Some(Undone::Error(error));
    }
}

/// A row as it is spelled, where a fact tells its first column, and how many facts tell of it.
fn row_of(program: &Program, facts: &[&Fact]) -> (String, usize) {
    let (table, value) = match facts[0] {
        Fact::Data(
            DataFact::ReadRow { table, value, .. }
            | DataFact::Inserted { table, value, .. }
            | DataFact::Locked { table, value, .. },
        ) => (table, value),
        _ => return (String::new(), 1),
    };
    let fields = super::calls::fields(facts);
    let Some(form) = program.table_form(table.shared) else { return (String::new(), 1) };
    // A row of several columns stands whole behind the fact.
    let values = if fields.is_empty() { &[*value][..] } else { &fields };
    (program.spell_form(form, values), 1 + fields.len())
}

/// What a statement is about to do, or wanted to; nothing for other instructions.
pub(super) fn intended(program: &Program, op: Op) -> Option<Action> {
    let name = |id: SharedId| program.shared[id as usize].name.clone();
    let (verb, of) = match op {
        Op::Query { query, .. } => {
            let query = &program.queries[query as usize];
            (doing(&query.what), name(query.table))
        }
        Op::Commit { database } => (Doing::Commit, name(database)),
        Op::Abort { database } => (Doing::RollBack, name(database)),
        _ => return None,
    };
    Some(Action::Data(Box::new(Statement { verb, of, count: -1, ..Statement::default() })))
}

/// A statement about one row that is about to be changed or locked.
pub(super) fn intended_row(program: &Program, op: Op, table: Target, key: i64) -> Option<Action> {
    let Action::Data(mut told) = intended(program, op)? else { return None };
    told.rows.push(RowTold { place: key_name(program, table, key), words: String::new() });
    Some(Action::Data(told))
}

/// What facts tell, with what only the instruction knows: which statement it was.
pub(super) fn of_op(program: &Program, op: Op, mut told: Statement) -> Statement {
    match op {
        Op::Query { query, .. } => {
            let query = &program.queries[query as usize];
            told.verb = doing(&query.what);
            // Also where all that is known is what became of its database's transaction.
            told.of.clone_from(&program.shared[query.table as usize].name);
            let column = match query.what {
                QueryKind::Sum(column) | QueryKind::Least(column) | QueryKind::Greatest(column) => {
                    Some(column)
                }
                _ => None,
            };
            if let (Some(column), Ok(value)) = (column, told.value.parse()) {
                told.value = program.spell(value, program.column_type(query.table, column));
            }
        }
        Op::Commit { .. } => told.verb = Doing::Commit,
        _ => {}
    }
    told
}

fn doing(what: &QueryKind) -> Doing {
    match what {
        QueryKind::Read => Doing::Read,
        QueryKind::Lock => Doing::Lock,
        QueryKind::Put(_) | QueryKind::Update(_) => Doing::Update,
        QueryKind::Insert => Doing::Insert,
        QueryKind::Delete => Doing::Delete,
        QueryKind::Count => Doing::Count,
        QueryKind::Sum(_) => Doing::Sum,
        QueryKind::Least(_) => Doing::Least,
        QueryKind::Greatest(_) => Doing::Greatest,
    }
}
