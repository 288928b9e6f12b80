//! One program on both sides, and what is to be said of it.

use crate::{
    engine,
    postgres::{Postgres, Run, Table},
    program::{Level, Program},
    transcript::{Transcript, differ},
};

/// What came of holding a program against PostgreSQL.
pub(crate) struct Compared {
    pub(crate) program: Program,
    /// How it went in PostgreSQL.
    pub(crate) run: Run,
    pub(crate) verdict: Verdict,
}

pub(crate) enum Verdict {
    /// Step by step the same.
    Agreed,
    /// The same where another waiter of several goes on first, or is the victim.
    AgreedInAnotherOrder,
    /// PostgreSQL refuses a serializable transaction that Lockstep lets pass, because it locks a
    /// page of the index where a key is meant: with each key on a page of its own it agrees.
    PageOfTheIndex,
    /// A commit after which several would stand in the middle of a dangerous structure: PostgreSQL
    /// looks at them in the order in which it met their conflicts, Lockstep in the order of the text.
    /// With the text in another order it agrees.
    OrderOfConflicts,
    /// This must not be.
    Different { at: String, lockstep: Option<Transcript> },
}

/// Holds one program against PostgreSQL.
pub(crate) fn compare(postgres: &mut Postgres, program: &Program) -> Result<Compared, String> {
    let mut orders = orders(program.transactions.len()).into_iter();
    let own = engine::runs(program, &orders.next().unwrap_or_default())?;
    let run = postgres.run(program, Table::Plain)?;
    let mut verdict = self::verdict(&own, &run);
    if matches!(verdict, Verdict::Different { .. }) && refuses_by_dependencies(program, &run) {
        let apart = postgres.run(program, Table::KeysApart)?;
        if !matches!(self::verdict(&own, &apart), Verdict::Different { .. }) {
            verdict = Verdict::PageOfTheIndex;
        }
        for order in orders {
            let own = engine::runs(program, &order)?;
            if own.contains(&apart.transcript) && matches!(verdict, Verdict::Different { .. }) {
                verdict = Verdict::OrderOfConflicts;
            }
        }
    }
    Ok(Compared { program: program.clone(), run, verdict })
}

/// All orders of so many; the first is as they are.
fn orders(number: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for _ in 0..number {
        let longer = |order: &Vec<usize>| {
            let rest = (0..number).filter(|next| !order.contains(next));
            rest.map(|next| [&order[..], &[next]].concat()).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

fn verdict(own: &[Transcript], run: &Run) -> Verdict {
    match own.iter().position(|own| *own == run.transcript) {
        Some(0) => Verdict::Agreed,
        Some(_) => Verdict::AgreedInAnotherOrder,
        None => {
            let first = own.first();
            let at = first.and_then(|own| differ(own, &run.transcript));
            let at = at.unwrap_or("it does not run".to_owned());
            Verdict::Different { at, lockstep: first.cloned() }
        }
    }
}

/// Whether PostgreSQL refused a serializable transaction for what it and others had read.
fn refuses_by_dependencies(program: &Program, run: &Run) -> bool {
    run.refused.iter().any(|(who, refused)| {
        program.transactions[*who].level == Level::Serializable
            && refused.code == "40001"
            && refused.message.contains("dependencies")
    })
}
