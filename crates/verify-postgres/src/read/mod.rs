//! Reads a scenario of one table and some transactions, so that it is sent to PostgreSQL as it
//! stands. Whether it makes sense is the compiler's affair; what stands around the transactions
//! (counters, promises, catching) is passed over.

mod cursor;
mod statement;
mod tokens;

use crate::program::{Level, Program, Transaction};
use cursor::Cursor;
use tokens::{Token, tokens};

/// The program of a scenario, with some parameters set. Its transactions are serializable until
/// somebody says otherwise.
pub(crate) fn read(text: &str, settings: &[(&str, &str)]) -> Result<Program, String> {
    let all = tokens(text).map_err(|line| format!("line {line}: what is this?"))?;
    let mut program = Program {
        title: String::new(),
        fields: vec!["value".to_owned()],
        rows: Vec::new(),
        transactions: Vec::new(),
        schedule: Vec::new(),
    };
    let mut cursor = Cursor::new(&all);
    // The picks stand behind whom they name.
    let mut names: Vec<String> = Vec::new();
    while let Some(token) = cursor.next() {
        let Token::Word(word) = token else { continue };
        match word.as_str() {
            "scenario" => program.title = cursor.quoted()?,
            "table" => table(&mut cursor, &mut program)?,
            "process" => process(&mut cursor, settings, &mut program, &mut names)?,
            "schedule" if program.schedule.is_empty() => {
                cursor.quoted()?;
                program.schedule = schedule(&mut cursor, &names)?;
            }
            _ => {}
        }
    }
    Ok(program)
}

/// `test = { 1: 10, 2: { value: 20, version: 1 } }`
fn table(cursor: &mut Cursor, program: &mut Program) -> Result<(), String> {
    cursor.word()?;
    if !cursor.take("=") {
        return Ok(());
    }
    cursor.sign("{")?;
    while !cursor.take("}") {
        cursor.ends();
        let key = cursor.number()?;
        cursor.sign(":")?;
        let mut values = Vec::new();
        if cursor.take("{") {
            program.fields.clear();
            while !cursor.take("}") {
                program.fields.push(cursor.word()?);
                cursor.sign(":")?;
                values.push(cursor.number()?);
                cursor.take(",");
            }
        } else {
            values.push(cursor.number()?);
        }
        program.rows.push((key, values));
        cursor.take(",");
        cursor.ends();
    }
    Ok(())
}

/// `process T * 2 { … transaction db { … } … }`
fn process(
    cursor: &mut Cursor,
    settings: &[(&str, &str)],
    program: &mut Program,
    names: &mut Vec<String>,
) -> Result<(), String> {
    let name = cursor.word()?;
    let instances = if cursor.take("*") { Some(cursor.number()?) } else { None };
    cursor.sign("{")?;
    let body = cursor.inside()?;
    for number in 1..=instances.unwrap_or(1) {
        let mut inner = Cursor::new(body);
        while !inner.take_word("transaction") {
            inner.next().ok_or(format!("`{name}` has no transaction"))?;
        }
        while !inner.take("{") {
            inner.next().ok_or(format!("`{name}`: a transaction without a block"))?;
        }
        let statements = statement::block(inner.inside()?, settings, number)?;
        let named = match instances {
            Some(_) => format!("{name}[{number}]"),
            None => name.clone(),
        };
        names.push(named);
        let name = if instances.is_some() { format!("{name}{number}") } else { name.clone() };
        let level = Level::Serializable;
        program.transactions.push(Transaction { name, level, statements });
    }
    Ok(())
}

/// `{ T1 T2 * 3 T[2] }`
fn schedule(cursor: &mut Cursor, names: &[String]) -> Result<Vec<usize>, String> {
    cursor.sign("{")?;
    let mut picks = Vec::new();
    loop {
        cursor.ends();
        if cursor.take("}") {
            return Ok(picks);
        }
        let mut name = cursor.word()?;
        if cursor.take("[") {
            name = format!("{name}[{}]", cursor.number()?);
            cursor.sign("]")?;
        }
        let times = if cursor.take("*") { cursor.number()? } else { 1 };
        let who = names.iter().position(|known| *known == name);
        let who = who.ok_or(format!("the schedule names `{name}`"))?;
        picks.extend((0..times).map(|_| who));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::statement_of;

    const TEXT: &str = "\
scenario \"It\"
param way: choice = one of one, other
database db { table test = { 1: 10, 2: 20 } }
counter c
process a * 2 {
  try {
    transaction db {
      match way {
        one   => { let seen = test[1] }
        other => { test[2] for update; abort }
      }
      c = update test set value = (value + self) * 2 where value mod 3 == 0 and key > 1  // said
      if c == 0 { fail conflict }
    }
    c += 1
  }
  catch conflict { }
}
schedule \"it\" { a[1] a[2] * 2
  a[1] }
finally c == 1
";

    fn said(settings: &[(&str, &str)]) -> Vec<String> {
        let program = read(TEXT, settings).expect("it can be read");
        program.transactions[1].statements.iter().map(statement_of(&program)).collect()
    }

    #[test]
    fn what_stands_around_transactions_is_passed_over() {
        let program = read(TEXT, &[("way", "one")]).expect("it can be read");
        assert_eq!((program.title.as_str(), program.transactions.len()), ("It", 2));
        assert_eq!(program.rows, [(1, vec![10]), (2, vec![20])]);
        assert_eq!(program.schedule, [0, 1, 1, 0]);
        let change =
            "c = update test set value = (value + 2) * 2 where value mod 3 == 0 and key > 1";
        assert_eq!(
            said(&[("way", "one")]),
            ["seen = test[1]", change, "if c == 0 { fail conflict }"]
        );
        assert_eq!(said(&[("way", "other")])[..2], ["test[2] for update", "abort"]);
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        assert!(read(TEXT, &[]).is_err_and(|why| why.contains("way")));
        let odd = TEXT.replace("abort", "call it");
        assert!(read(&odd, &[("way", "other")]).is_err());
    }
}
