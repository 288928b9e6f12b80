//! Holds Lockstep's transactions against PostgreSQL's: the same programs, in the same interleavings,
//! step by step. Started by `cargo xtask verify-postgres`.

mod compare;
mod engine;
mod known;
mod lane;
mod options;
mod postgres;
mod program;
mod random;
mod read;
mod report;
mod scenario;
mod server;
mod sql;
mod transcript;
mod wire;

use std::{env, process::ExitCode};

use compare::{Compared, Verdict, compare};
use options::Options;
use postgres::Postgres;
use program::{Level, Program};
use report::Report;
use server::Server;

/// As many sessions as the largest program has transactions.
const SESSIONS: usize = 3;

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    match options::read(&words).and_then(|options| verify(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nerror: {message}");
            ExitCode::FAILURE
        }
    }
}

fn verify(options: &Options) -> Result<(), String> {
    let known = known::programs()?;
    let server = Server::start()?;
    let mut postgres = Postgres::open(&server, SESSIONS)?;
    println!("▸ PostgreSQL {} answers", postgres.version);
    let mut report = Report::new(&postgres.version, options);

    println!("▸ {} known programs, each at {} levels", known.len(), Level::ALL.len());
    for program in &known {
        for level in Level::ALL {
            let compared = one(&mut postgres, &program.at(level))?;
            report.known(level, compared);
        }
    }
    println!("▸ {} random programs, each at {} levels and mixed", options.random, Level::ALL.len());
    for nth in 0..options.random {
        let program = random::program(options.seed, nth);
        for level in Level::ALL {
            let compared = one(&mut postgres, &program.at(level))?;
            report.random(Some(level), compared);
        }
        let compared = one(&mut postgres, &program)?;
        report.random(None, compared);
        if (nth + 1) % 50 == 0 {
            println!("  {} of {}", nth + 1, options.random);
        }
    }
    println!("{}", report.in_short());
    report.end()
}

/// Compares one program and shows it where it differs.
fn one(postgres: &mut Postgres, program: &Program) -> Result<Compared, String> {
    let compared = compare(postgres, program)?;
    if let Verdict::Different { .. } = compared.verdict {
        println!("{}", report::difference(&compared));
    }
    Ok(compared)
}
