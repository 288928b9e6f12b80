//! `cargo xtask test`: every check of the project, in the order in which failures are cheapest.
//!
//! A failed stage does not stop the others, so that one run tells everything; only what stands
//! on a failed build is skipped.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use crate::{
    browser_tests, build,
    run::{command, run_and_listen},
    say, tools,
};

/// One stage: its name, what it needs of those before it, and how to run it.
struct Stage {
    name: &'static str,
    needs_page: bool,
    work: fn() -> Outcome,
}

/// The lines in which a test runner sums up, and whether all went well.
type Outcome = (Vec<String>, Result<(), String>);

const STAGES: &[Stage] = &[
    Stage { name: "format", needs_page: false, work: || cargo(&["fmt", "--all", "--check"]) },
    Stage { name: "clippy", needs_page: false, work: clippy },
    Stage { name: "clippy-wasm", needs_page: false, work: clippy_wasm },
    Stage { name: "tests", needs_page: false, work: tests },
    Stage { name: "house-rules", needs_page: false, work: house_rules },
    Stage { name: "build", needs_page: false, work: || (Vec::new(), build::build()) },
    Stage { name: "goldens-in-node", needs_page: true, work: || listen(browser_tests::in_node()) },
    Stage { name: "chromium", needs_page: true, work: || listen(browser_tests::in_chromium()) },
];

pub(crate) fn test(options: &[&str]) -> Result<(), String> {
    let chosen: Vec<&Stage> = match options {
        [] => STAGES.iter().collect(),
        ["--only", name] => STAGES.iter().filter(|stage| stage.name == *name).collect(),
        _ => Vec::new(),
    };
    if chosen.is_empty() {
        let names: Vec<&str> = STAGES.iter().map(|stage| stage.name).collect();
        return Err(format!("usage: cargo xtask test [--only {}]", names.join("|")));
    }
    if options.is_empty() {
        // What may take minutes or be missing is seen to before anything else.
        tools::for_the_build()?;
        tools::chromium()?;
    }

    let mut results: Vec<(&Stage, Duration, Outcome)> = Vec::new();
    for stage in chosen {
        println!("\n━━ {}", stage.name);
        let start = Instant::now();
        let built = results.iter().all(|(s, _, (_, result))| s.name != "build" || result.is_ok());
        let outcome = match stage.needs_page && !built {
            true => (Vec::new(), Err("skipped: there is no page to test".to_owned())),
            false => (stage.work)(),
        };
        if let Err(message) = &outcome.1 {
            println!("✗ {message}");
        }
        results.push((stage, start.elapsed(), outcome));
    }
    sum_up(&results)
}

fn sum_up(results: &[(&Stage, Duration, Outcome)]) -> Result<(), String> {
    println!("\n━━ what the test runners said");
    for (stage, _, (lines, _)) in results {
        for line in lines {
            println!("{:<16} {line}", stage.name);
        }
    }
    println!("\n━━ summary");
    let mut failed = Vec::new();
    for (stage, took, (_, result)) in results {
        let mark = if result.is_ok() { "ok" } else { "FAILED" };
        println!("{:<16} {mark:<7} {:>8.1} s", stage.name, took.as_secs_f64());
        if result.is_err() {
            failed.push(stage.name);
        }
    }
    let total = results.iter().map(|(_, took, _)| *took).sum();
    println!("{:<16} {:<7} {:>10}", "all", "", say::duration(total));
    match failed.is_empty() {
        true => Ok(()),
        false => Err(format!(
            "failed: {}. One alone: cargo xtask test --only {}",
            failed.join(", "),
            failed[0]
        )),
    }
}

fn clippy() -> Outcome {
    cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny=warnings"])
}

fn clippy_wasm() -> Outcome {
    if let Err(message) = tools::wasm_target() {
        return (Vec::new(), Err(message));
    }
    let target = "--target=wasm32-unknown-unknown";
    cargo(&["clippy", "--package=web", target, "--locked", "--", "--deny=warnings"])
}

fn tests() -> Outcome {
    cargo(&["test", "--workspace", "--exclude=xtask", "--locked", "--no-fail-fast"])
}

fn house_rules() -> Outcome {
    cargo(&["test", "--package=xtask", "--locked", "--no-fail-fast"])
}

fn cargo(arguments: &[&str]) -> Outcome {
    let mut cargo = command("cargo");
    cargo.args(arguments);
    listen(Ok(cargo))
}

fn listen(command: Result<Command, String>) -> Outcome {
    match command {
        Ok(mut command) => {
            let (lines, result) = run_and_listen(&mut command);
            (lines.into_iter().filter(|line| sums_up(line)).collect(), result)
        }
        Err(message) => (Vec::new(), Err(message)),
    }
}

/// Whether a test runner says with this line how many tests went how.
fn sums_up(line: &str) -> bool {
    let of_cargo = line.starts_with("test result:") && !line.contains(" 0 passed; 0 failed;");
    let of_node = ["ℹ tests ", "ℹ pass ", "ℹ fail "].iter().any(|start| line.starts_with(start));
    of_cargo || of_node
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_sum_up_are_told_from_the_rest() {
        assert!(sums_up("test result: ok. 3 passed; 0 failed; 0 ignored"));
        assert!(!sums_up("test result: ok. 0 passed; 0 failed; 0 ignored"));
        assert!(sums_up("ℹ pass 5"));
        assert!(!sums_up("ℹ suites 0"));
    }
}
