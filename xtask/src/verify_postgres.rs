//! `cargo xtask verify-postgres`: Lockstep's transactions beside PostgreSQL's, step by step.
//!
//! The program is in `crates/verify-postgres`; it starts a PostgreSQL of its own. What it finds goes
//! into a document, if both agree.

use crate::{
    run::{command, root, run},
    say::step,
};

const DOCUMENT: &str = "docs/postgres.md";

/// Builds the program and runs it.
pub(crate) fn verify_postgres(options: &[&str]) -> Result<(), String> {
    let cargo = |word: &str| {
        let mut cargo = command("cargo");
        cargo.args([word, "--package=verify-postgres", "--locked", "--quiet"]);
        cargo
    };
    step("Building the engine and what drives PostgreSQL", || run(&mut cargo("build")))?;
    let document = root().join(DOCUMENT);
    run(cargo("run").args(["--", "--report"]).arg(document).args(options))
}
