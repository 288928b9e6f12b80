//! A program through PostgreSQL: a session a transaction, and one more that looks on.

use std::{collections::BTreeMap, time::Duration};

use crate::{
    lane::{self, Lane},
    program::{Expr, Program, Statement},
    server::Server,
    sql,
    transcript::{COMMITS, NONE, ROLLS_BACK, Transcript},
    wire::{Answer, Refused, Wire},
};

/// How long to listen before asking who waits.
const GLANCE: Duration = Duration::from_millis(2);
/// So often a statement may be neither over nor waiting; then something is wrong with us.
const PATIENCE: usize = 5_000;

/// Sessions that stay open from program to program.
pub(crate) struct Postgres {
    sessions: Vec<Wire>,
    /// Knows who waits for whom.
    looker: Wire,
    pub(crate) version: String,
    /// See [`Postgres::keep_locks_apart`].
    apart: bool,
}

/// How the table lies on PostgreSQL's pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Table {
    /// As anybody makes it: all its keys on one page of the index.
    Plain,
    /// Each key on a page of its own, and no locks of rows made into one of a page.
    KeysApart,
}

/// What PostgreSQL said, and the errors in its own words.
pub(crate) struct Run {
    pub(crate) transcript: Transcript,
    /// Each refusal: whose, and how it was told.
    pub(crate) refused: Vec<(usize, Refused)>,
}

impl Postgres {
    /// Opens as many sessions as programs have transactions at most.
    pub(crate) fn open(server: &Server, sessions: usize) -> Result<Postgres, String> {
        let open = || {
            let mut wire = Wire::open(server.port, &server.password)?;
            wire.must(sql::SETTINGS)?;
            Ok::<Wire, String>(wire)
        };
        let mut looker = open()?;
        let version = looker.must("show server_version")?;
        let version = version.rows.into_iter().flatten().flatten().next().unwrap_or_default();
        let sessions = (0..sessions).map(|_| open()).collect::<Result<_, _>>()?;
        Ok(Postgres { sessions, looker, version, apart: false })
    }

    /// Runs a program in its interleaving.
    pub(crate) fn run(&mut self, program: &Program, table: Table) -> Result<Run, String> {
        self.keep_locks_apart(table == Table::KeysApart)?;
        self.looker.must(&sql::setup(program, table))?;
        let mut run = Running {
            lanes: vec![Lane::default(); program.transactions.len()],
            names: vec![BTreeMap::new(); program.transactions.len()],
            program,
            postgres: self,
            done: Run { transcript: Transcript::default(), refused: Vec::new() },
        };
        for (transaction, wire) in program.transactions.iter().zip(&mut run.postgres.sessions) {
            wire.must(&sql::begin(transaction.level))?;
        }
        for &who in &program.schedule {
            run.pick(who)?;
        }
        // Where the schedule ends the rest goes on in turn.
        while run.lanes.iter().any(|lane| !lane.over) {
            for who in 0..program.transactions.len() {
                run.pick(who)?;
            }
        }
        let mut done = run.done;
        let rows = self.looker.must(sql::ROWS)?.rows;
        done.transcript.rows = rows_of(program, &rows);
        Ok(done)
    }

    /// Whether many locked rows of a page stay so many locks: PostgreSQL makes them one of the page
    /// where they are more than a setting says.
    fn keep_locks_apart(&mut self, apart: bool) -> Result<(), String> {
        if self.apart == apart {
            return Ok(());
        }
        self.apart = apart;
        let value = if apart { "1000" } else { "2" };
        self.looker.must(&format!("alter system set max_pred_locks_per_page = {value}"))?;
        self.looker.must("select pg_reload_conf()")?;
        for session in &mut self.sessions {
            let mut tries = 0;
            while session.must("show max_pred_locks_per_page")?.rows != [[Some(value.to_owned())]] {
                tries += 1;
                if tries > PATIENCE {
                    return Err("PostgreSQL does not take a new setting".to_owned());
                }
            }
        }
        Ok(())
    }
}

/// The rows in words that both sides use.
fn rows_of(program: &Program, rows: &[Vec<Option<String>>]) -> Vec<String> {
    let mut found = Vec::new();
    for key in program.keys() {
        let name = Some(key.to_string());
        let row = rows.iter().find(|row| row.first() == Some(&name));
        for (column, field) in program.fields.iter().enumerate() {
            let value = row.and_then(|row| row.get(column + 1).cloned().flatten());
            found.push(format!("{key}.{field} = {}", value.as_deref().unwrap_or(NONE)));
        }
    }
    found
}

struct Running<'a> {
    program: &'a Program,
    postgres: &'a mut Postgres,
    lanes: Vec<Lane>,
    /// What statements have set, a transaction each.
    names: Vec<BTreeMap<String, i64>>,
    done: Run,
}

impl Running<'_> {
    fn pick(&mut self, who: usize) -> Result<(), String> {
        if !self.lanes[who].moves() {
            return Ok(());
        }
        let program = self.program;
        let transaction = &program.transactions[who];
        let statement = transaction.statements.get(self.lanes[who].next);
        let text = match statement {
            None => "commit".to_owned(),
            Some(statement) => {
                let names = |name: &str| self.names[who].get(name).copied();
                sql::statement(program, transaction.level, statement, &names)
            }
        };
        self.postgres.sessions[who].begin(&text)?;
        self.lanes[who].waits = true;
        let gave = self.settle()?;
        let step = lane::step(who, gave, &mut self.lanes);
        self.done.transcript.steps.push(step);
        Ok(())
    }

    /// Listens until each statement is over or waits for somebody who will not move by himself;
    /// gives what came to its end.
    fn settle(&mut self) -> Result<BTreeMap<usize, String>, String> {
        let mut gave = BTreeMap::new();
        for _ in 0..PATIENCE {
            let mut moved = false;
            for who in 0..self.lanes.len() {
                if self.lanes[who].waits
                    && let Some(answer) = self.postgres.sessions[who].answer(GLANCE)?
                {
                    self.lanes[who].waits = false;
                    gave.insert(who, self.heard(who, answer)?);
                    moved = true;
                }
            }
            if moved {
                continue;
            }
            let blockers = self.blockers()?;
            let stays = |(who, by): (&usize, &Vec<usize>)| {
                !by.is_empty() && !leads_to_a_circle(*who, &blockers)
            };
            if blockers.iter().all(stays) {
                return Ok(gave);
            }
        }
        Err(format!("`{}`: a session is neither over nor waiting", self.program.title))
    }

    /// Who of ours waits for whom of ours.
    fn blockers(&mut self) -> Result<BTreeMap<usize, Vec<usize>>, String> {
        let waiting: Vec<(usize, i32)> = (0..self.lanes.len())
            .filter(|who| self.lanes[*who].waits)
            .map(|who| (who, self.postgres.sessions[who].pid))
            .collect();
        if waiting.is_empty() {
            return Ok(BTreeMap::new());
        }
        let columns: Vec<String> =
            waiting.iter().map(|(_, pid)| format!("pg_blocking_pids({pid})")).collect();
        let answer = self.postgres.looker.must(&format!("select {}", columns.join(", ")))?;
        let row = answer.rows.into_iter().next().unwrap_or_default();
        let pids = |list: Option<String>| -> Vec<i32> {
            let list = list.unwrap_or_default();
            list.trim_matches(['{', '}']).split(',').filter_map(|pid| pid.parse().ok()).collect()
        };
        let place = |pid: i32| self.postgres.sessions.iter().position(|wire| wire.pid == pid);
        let of = |list| pids(list).into_iter().filter_map(place).collect();
        Ok(waiting.into_iter().zip(row).map(|((who, _), list)| (who, of(list))).collect())
    }

    /// What a statement that is over gave, and what the program does about it.
    fn heard(&mut self, who: usize, answer: Answer) -> Result<String, String> {
        let program = self.program;
        let (lane, names) = (&mut self.lanes[who], &mut self.names[who]);
        if let Some(error) = answer.error {
            let name = match error.code.as_str() {
                "40001" => "conflict",
                "40P01" => "deadlock",
                "23505" => "duplicate",
                _ => return Err(format!("`{}`: {} {}", program.title, error.code, error.message)),
            };
            lane.over = true;
            self.done.refused.push((who, error));
            // A failed COMMIT has rolled back already; then this is a remark of the server's.
            self.postgres.sessions[who].must("rollback")?;
            return Ok(name.to_owned());
        }
        let statements = &program.transactions[who].statements;
        let Some(statement) = statements.get(lane.next) else {
            lane.over = true;
            let word = if answer.tag == "COMMIT" { COMMITS } else { ROLLS_BACK };
            return Ok(word.to_owned());
        };
        lane.next += 1;
        let count = answer.count();
        let value = answer.rows.into_iter().flatten().next().flatten();
        let mut told = match statement {
            Statement::Lock { .. } if program.fields.len() > 1 => crate::scenario::DONE.to_owned(),
            Statement::Read { into, .. }
            | Statement::Lock { into, .. }
            | Statement::Fold { into, .. } => {
                if let Some(value) = value.as_ref().and_then(|value| value.parse().ok()) {
                    names.insert(into.clone(), value);
                }
                value.unwrap_or(NONE.to_owned())
            }
            Statement::Update { into, .. } | Statement::Delete { into, .. } => {
                names.insert(into.clone(), count as i64);
                count.to_string()
            }
            Statement::Set { .. } if count == 0 => {
                return self.fail(who, "no_row");
            }
            Statement::Set { .. } | Statement::Insert { .. } => crate::scenario::DONE.to_owned(),
            Statement::Abort => {
                lane.over = true;
                return Ok(ROLLS_BACK.to_owned());
            }
            Statement::Let { .. } | Statement::FailIf { .. } => String::new(),
        };
        // Own work up to the next step.
        while let Some(own) = statements.get(lane.next).filter(|own| !own.is_step()) {
            lane.next += 1;
            let known = |name: &str| names.get(name).copied();
            let given = |value: &Expr| value.value(&known).ok_or("a value is missing");
            match own {
                Statement::Let { into, value } => {
                    let value = given(value)?;
                    names.insert(into.clone(), value);
                }
                Statement::FailIf { condition, error } if given(condition)? != 0 => {
                    let failed = self.fail(who, error)?;
                    told = format!("{told}, {failed}");
                    break;
                }
                _ => {}
            }
        }
        Ok(told)
    }

    /// The program's own error: it rolls back and is over.
    fn fail(&mut self, who: usize, error: &str) -> Result<String, String> {
        self.lanes[who].over = true;
        self.postgres.sessions[who].must("rollback")?;
        Ok(error.to_owned())
    }
}

/// Whether somebody waits, maybe over others, for a circle of waiters, which PostgreSQL will break.
fn leads_to_a_circle(who: usize, blockers: &BTreeMap<usize, Vec<usize>>) -> bool {
    let reached = reached(who, blockers);
    std::iter::once(&who).chain(&reached).any(|next| self::reached(*next, blockers).contains(next))
}

/// For whom somebody waits, those over others too.
fn reached(who: usize, blockers: &BTreeMap<usize, Vec<usize>>) -> Vec<usize> {
    let mut seen: Vec<usize> = Vec::new();
    let mut open = vec![who];
    while let Some(next) = open.pop() {
        for &blocker in blockers.get(&next).into_iter().flatten() {
            if !seen.contains(&blocker) {
                seen.push(blocker);
                open.push(blocker);
            }
        }
    }
    seen
}
