//! Every chore of the project behind `cargo xtask`: serve, build, test, bench, lessons,
//! verify-postgres.
//!
//! Each command installs what it misses, says what it does and how long that took, and does
//! nothing twice. The standard library only, so that the first run starts at once.

mod bench;
mod browser_tests;
mod build;
mod lessons;
mod licences;
mod precache;
mod run;
mod say;
mod serve;
mod server;
mod size;
mod test;
mod tools;
mod verify_postgres;

use std::{env, process::ExitCode};

const HELP: &str = "\
cargo xtask serve [--port N] [--no-open]   build the page, serve it here, open it in the browser
cargo xtask build                          leave the page in dist/, for any static host and sub-path
cargo xtask test [--only NAME]             everything: format, clippy, tests, house rules, goldens
                                           in WebAssembly, tests in Chromium (NAME: one stage)
cargo xtask bench [--quick] [--no-wasm] [--only aims|search|simulation|frames]
                  [--write]
                                           the engine beside its peers, native and in WebAssembly;
                                           frames: the built page while a run plays
                                           (--quick: one run each; --write: docs/performance.md)
cargo xtask verify-postgres [--random N] [--seed N]
                                           transactions beside a PostgreSQL that it starts, step by
                                           step; writes docs/postgres.md (no part of `test`)
cargo xtask lessons                        explores every lesson anew and writes docs/lessons.md: what
                                           each shows, and its verdicts
cargo xtask help                           this text

Missing tools are installed: the wasm target (rustup), Trunk and wasm-bindgen (at the pinned
versions, kept in the user's cache folder, so a second run builds none), npm packages (npm ci).
CHROMIUM=path names the browser for the tests; without it the usual names are looked for.";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["serve", options @ ..] => serve::serve(options),
        ["build"] => build::build(),
        ["bench", options @ ..] => bench::bench(options),
        ["test", options @ ..] => test::test(options),
        ["lessons"] => lessons::lessons(),
        ["verify-postgres", options @ ..] => verify_postgres::verify_postgres(options),
        ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => Err(format!("no such command: `{}`\n\n{HELP}", arguments.join(" "))),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nerror: {message}");
            ExitCode::FAILURE
        }
    }
}
