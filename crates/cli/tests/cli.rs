//! The binary as scripts use it: exit codes, what stands where, JSON.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;

#[path = "cli/crowds.rs"]
mod crowds;
#[path = "cli/services.rs"]
mod services;

const RACE: &str = "lessons/02-race-on-a-balance/scenario.lockstep";

fn lockstep(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .current_dir(root())
        .args(args)
        .output()
        .expect("the binary starts")
}

/// The binary with a scenario on standard input.
fn with_input(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    child.stdin.take().expect("it is piped").write_all(input).expect("it reads its input");
    child.wait_with_output().expect("it ends")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it exits by itself")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("it writes text")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("it writes text")
}

fn json(args: &[&str]) -> Value {
    let output = lockstep(args);
    assert_eq!(err(&output), "");
    serde_json::from_slice(&output.stdout).expect("it writes JSON")
}

#[test]
fn a_run_that_keeps_its_promises_exits_with_0() {
    let output = lockstep(&["run", RACE, "--picks", "1,1,1"]);
    assert_eq!(code(&output), 0);
    assert!(out(&output).contains("balance = 20, dispensed = 80"), "{}", out(&output));
    assert_eq!(code(&lockstep(&["explore", RACE, "--param", "guard=lock"])), 0);
    assert_eq!(code(&lockstep(&["check", RACE])), 0);
}

#[test]
fn a_broken_promise_exits_with_1() {
    let output = lockstep(&["run", RACE, "--schedule", "both read first"]);
    assert_eq!(code(&output), 1);
    let said = out(&output);
    let broken = "finally dispensed + balance == 100 (no money is made or lost): broken at step 4";
    assert!(said.contains(broken), "{said}");
    let output = lockstep(&["explore", RACE]);
    assert_eq!(code(&output), 1);
    assert!(out(&output).contains("4 of 6 schedules fail"), "{}", out(&output));
}

#[test]
fn being_stuck_exits_with_1() {
    let locks = "crates/sim-core/tests/corpus/ok/two-locks.lockstep";
    let output = lockstep(&["run", locks, "--picks", "left right"]);
    assert_eq!(code(&output), 1);
    assert!(out(&output).contains("left waits for b, held by right"), "{}", out(&output));
    let report = json(&["explore", locks, "--json"]);
    assert_eq!(report["deadlocks"]["schedules"]["number"], "2");
    assert_eq!(report["deadlocks"]["steps"], serde_json::json!(["left took a", "right took b"]));
    let own = "scenario \"Own\"\nlock m\nvar a = 0\nprocess p { with m { with m { a = 1 } } }\n";
    assert_eq!(code(&with_input(&["explore", "-"], own.as_bytes())), 1);
}

#[test]
fn what_a_ceiling_cuts_exits_with_3() {
    let spin = "scenario \"Spin\"\nvar a = 0\nprocess p { while true { a = 0 } }\nfinally a == 0\n";
    let output = with_input(&["run", "-", "--steps", "5000"], spin.as_bytes());
    assert_eq!(code(&output), 3);
    assert!(out(&output).contains("--steps N"), "{}", out(&output));
    assert!(out(&output).contains("and 4000 more;"), "{}", out(&output));
    // All its states can be seen, and none has a way out.
    let output = with_input(&["explore", "-"], spin.as_bytes());
    assert_eq!(code(&output), 1);
    assert!(out(&output).contains("Never ends"), "{}", out(&output));
    let own = "scenario \"Own\"\nvar a = 0\nprocess p {\n  a = 1\n  while true { let x = 1 }\n}\n";
    assert_eq!(code(&with_input(&["run", "-"], own.as_bytes())), 3);
    assert_eq!(code(&with_input(&["explore", "-"], own.as_bytes())), 3);
}

#[test]
fn a_run_too_long_to_be_listed_is_run_to_its_end() {
    let long = "scenario \"Long\"\nvar a = 0\nprocess p { repeat 3000 { a = 1 - a } }\n\
        process q { sleep 1ms; assert a == 1 }\nfinally a == 0\n";
    let output = with_input(&["run", "-"], long.as_bytes());
    assert_eq!(code(&output), 1);
    let told = out(&output);
    assert!(told.contains("and 5002 more; --json has them all"), "{told}");
    assert!(told.contains("Every process ended."), "{told}");
    let output = with_input(&["run", "-", "--json"], long.as_bytes());
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(json["steps_taken"], 6002);
    assert_eq!(json["steps"].as_array().map(Vec::len), Some(6002));
    let name = json["fingerprint"].as_str().expect("it has a name");
    assert!(told.contains(name), "{name} is not in {told}");
    let timed = "scenario \"Timed\"\nrun (for: 5s)\nprocess p every 1s { sleep 1s }\n";
    let output = with_input(&["run", "-"], timed.as_bytes());
    assert!(out(&output).contains("The time of the run is over."), "{}", out(&output));
}

#[test]
fn a_mistake_is_shown_with_its_place_and_exits_with_2() {
    let text = b"scenario \"x\"\nvar total = 1\nprocess p { totl = 2 }\n";
    for command in ["check", "run", "explore"] {
        let output = with_input(&[command, "-"], text);
        assert_eq!(code(&output), 2);
        assert_eq!(out(&output), "");
        let expected = "error[E0201]: nothing is called `totl` here\n --> stdin:3:13\n  |\n\
                        3 | process p { totl = 2 }\n  |             ^^^^\n  = help: did you mean \
                        `total`?\n\n1 mistake\n";
        assert_eq!(err(&output), expected);
    }
}

#[test]
fn a_mistake_is_json_where_that_is_asked_for() {
    let text = b"scenario \"x\"\nvar total = 1\nprocess p { totl = 2 }\n";
    let output = with_input(&["run", "-", "--json"], text);
    assert_eq!(code(&output), 2);
    let said: Value = serde_json::from_slice(&output.stdout).expect("it writes JSON");
    assert_eq!(said["verdict"], "invalid");
    assert_eq!(said["diagnostics"][0]["code"], "E0201");
    let place = serde_json::json!({ "line": 3, "column": 13, "end_line": 3, "end_column": 17 });
    assert_eq!(said["diagnostics"][0]["place"], place);
}

#[test]
fn parameters_are_checked() {
    for (param, said) in [
        ("clients=9", "1..4"),
        ("clients=two", "clients"),
        ("client=2", "`clients`"),
        ("guard=lokc", "`lock`"),
        ("clients", "NAME=VALUE"),
    ] {
        let output = lockstep(&["run", RACE, "--param", param]);
        assert_eq!(code(&output), 2, "{param}");
        assert!(err(&output).contains(said), "{param}: {}", err(&output));
    }
}

#[test]
fn the_command_line_is_checked() {
    let not_there = lockstep(&["run", "not-there.lockstep"]);
    assert_eq!(code(&not_there), 2);
    assert!(err(&not_there).starts_with("lockstep: not-there.lockstep: cannot be read: "));
    for args in [
        &["run"][..],
        &["dance", RACE],
        &["run", RACE, "--seed", "x"],
        &["run", RACE, "--lang", "fr"],
        &["run", RACE, "--picks", "1", "--schedule", "both read first"],
        &["check", RACE, "--seed", "1"],
        &[],
    ] {
        assert_eq!(code(&lockstep(args)), 2, "{args:?}");
    }
    let output = with_input(&["check", "-"], b"scenario \"\xff\"");
    assert_eq!((code(&output), err(&output).as_str()), (2, "lockstep: stdin: is not UTF-8 text\n"));
    assert_eq!(code(&lockstep(&["--help"])), 0);
    assert!(out(&lockstep(&["--version"])).starts_with("lockstep "));
}

#[test]
fn picks_are_replayed_and_the_clock_goes_on() {
    for picks in ["1,2,1,1", "1 2 1 1", "client[1] client[2] client[1] client[2]"] {
        let run = json(&["run", RACE, "--picks", picks, "--json"]);
        assert_eq!(run["picks"], serde_json::json!([1, 2, 1, 1]), "{picks}");
        assert_eq!(run["skipped"], serde_json::json!([]));
    }
    let run = json(&["run", RACE, "--picks", "client[2]", "--json"]);
    assert_eq!(run["steps"][0]["process"], "client[2]");
    assert_eq!(run["ending"], "complete");
    let wrong = lockstep(&["run", RACE, "--picks", "clinet[1]"]);
    assert_eq!(code(&wrong), 2);
    assert!(err(&wrong).contains("did you mean `client`?"), "{}", err(&wrong));
}

#[test]
fn an_entry_that_cannot_move_is_skipped_and_told() {
    let args = ["run", RACE, "-p", "guard=lock", "--schedule", "both read first"];
    let output = lockstep(&args);
    assert!(out(&output).contains("Skipped, since it could not move: client[2]"));
    let run = json(&[&args[..], &["--json"]].concat());
    assert_eq!(run["skipped"][0], "client[2]");
    let run = json(&["run", RACE, "--picks", "7,1", "--json"]);
    assert_eq!(run["skipped"], serde_json::json!(["7"]));
    assert_eq!(run["picks"][0], 1);
}

#[test]
fn a_schedule_that_is_not_there_or_does_not_fit_is_refused() {
    let output = lockstep(&["run", RACE, "--schedule", "no such"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("\"both read first\""), "{}", err(&output));
    let output = lockstep(&["run", RACE, "-p", "clients=1", "--schedule", "both read first"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("client[2]"), "{}", err(&output));
}

#[test]
fn the_same_run_has_the_same_fingerprint_and_another_seed_another() {
    let fingerprint = |args: &[&str]| {
        let run = json(&[&["run", RACE, "--json"], args].concat());
        let text = run["fingerprint"].as_str().expect("it is a text").to_owned();
        assert_eq!(text.len(), 32);
        text
    };
    assert_eq!(fingerprint(&[]), fingerprint(&["--seed", "1"]));
    assert_ne!(fingerprint(&[]), fingerprint(&["--seed", "2"]));
    // What a text editor does to line ends and a byte order mark changes nothing.
    let text = std::fs::read_to_string(root().join(RACE)).expect("the lesson is there");
    let other = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let run: Value =
        serde_json::from_slice(&with_input(&["run", "-", "--json"], other.as_bytes()).stdout)
            .expect("it writes JSON");
    assert_eq!(run["fingerprint"], fingerprint(&[]).as_str());
}

#[test]
fn every_shortest_failure_can_be_replayed() {
    let report = json(&["explore", RACE, "-p", "clients=3", "--json"]);
    assert_eq!(report["failing"]["number"], "60");
    let picks = report["broken"][0]["picks"].as_array().expect("it is a list");
    let picks: Vec<String> = picks.iter().map(Value::to_string).collect();
    let output = lockstep(&["run", RACE, "-p", "clients=3", "--picks", &picks.join(",")]);
    assert_eq!(code(&output), 1);
}

#[test]
fn a_moment_can_be_explored_from() {
    let lesson = "lessons/03-two-locks/scenario.lockstep";
    let found = json(&["explore", lesson, "--picks", "1", "--json"]);
    assert_eq!(found["from"].to_string(), "[1]");
    assert_eq!(found["schedules"]["number"], "3");
    let waits = found["deadlocks"]["waits"].as_array().expect("who waits is told");
    assert_eq!(waits[0], "ana: waits for account[2], held by ben");
    assert_eq!(found["deadlocks"]["steps"].as_array().map(Vec::len), Some(1));
    let output = lockstep(&["explore", lesson, "--picks", "1"]);
    assert!(out(&output).contains("From the moment after step 1 on:"), "{}", out(&output));
    assert!(out(&output).contains("--picks 1,2"), "the whole way can be replayed");
    let output = lockstep(&["explore", lesson, "--picks", "1,9"]);
    assert_eq!(code(&output), 2, "{}", err(&output));
    assert!(err(&output).contains('9'));
}

#[test]
fn spanish_is_spoken() {
    let output = lockstep(&["explore", RACE, "--lang", "es"]);
    assert!(out(&output).contains("fallan 4 de 6 planificaciones"), "{}", out(&output));
    let output = lockstep(&["run", RACE, "--picks", "1,1", "--lang", "es-MX"]);
    assert!(out(&output).contains("escribió balance = 20"), "{}", out(&output));
}

// Only a debug build has a way to fail on purpose.
#[cfg(debug_assertions)]
#[test]
fn a_fault_of_ours_exits_with_70_and_says_so() {
    let output = lockstep(&["fault"]);
    assert_eq!(code(&output), 70);
    assert!(err(&output).contains("Please report it"), "{}", err(&output));
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .current_dir(root())
        .args(["run", RACE, "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(err(&output), "");
    assert_ne!(code(&output), 70);
}

#[test]
fn a_process_that_fails_is_named_with_its_error() {
    let text = "scenario \"x\"\nvar zero = 0\nprocess p { let a = 1 / zero }\n";
    let path = std::env::temp_dir().join(format!("lockstep-fails-{}.lockstep", std::process::id()));
    std::fs::write(&path, text).expect("a scratch file");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .arg("run")
        .arg(&path)
        .output()
        .expect("the tool runs");
    std::fs::remove_file(&path).expect("the scratch file goes");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("p failed: a division by zero."), "{said}");
}

#[test]
fn fmt_lays_one_file_out_and_names_those_that_would_change() {
    let output = with_input(&["fmt", "-"], b"process  p{stop}");
    assert_eq!((out(&output).as_str(), code(&output)), ("process p { stop }\n", 0));
    let folder = std::env::temp_dir().join(format!("lockstep-fmt-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let path = folder.join("x.lockstep");
    let name = path.to_str().expect("it is UTF-8");
    std::fs::write(&path, "process  p{stop}\r\n").expect("it can be written");
    let output = lockstep(&["fmt", "--check", name]);
    assert_eq!((out(&output), code(&output)), (format!("{name}\n"), 1));
    assert_eq!(code(&lockstep(&["fmt", name, name])), 2, "to standard output, but two of them");
    assert_eq!(code(&lockstep(&["fmt", "--write", name, name])), 0);
    let written = std::fs::read_to_string(&path).expect("it is still there");
    assert_eq!(written, "process p { stop }\n");
    assert_eq!(code(&lockstep(&["fmt", "--check", name])), 0);
    std::fs::remove_dir_all(&folder).expect("it can be removed");
}

#[test]
fn fmt_leaves_alone_what_it_cannot_read() {
    let output = with_input(&["fmt", "-", "--lang", "es"], b"process p {");
    assert_eq!((out(&output).as_str(), code(&output)), ("", 2));
    assert!(err(&output).contains("E0112"), "{}", err(&output));
    assert!(err(&output).contains("se esperaba `}`"), "{}", err(&output));
    assert_eq!(code(&lockstep(&["fmt", "--check", "nowhere.lockstep", RACE])), 2);
}

#[test]
fn help_is_in_spanish_too() {
    let help = out(&lockstep(&["fmt", "--help", "--lang", "es"]));
    assert!(help.contains("Códigos de salida") && !help.contains("Usage"), "{help}");
    let help = out(&lockstep(&["--help"]));
    assert!(help.contains("fmt ") && help.contains("Exit codes"), "{help}");
}

#[test]
fn a_run_tells_how_likely_its_failure_was() {
    let args = ["run", RACE, "--picks", "2", "--chance", "40"];
    let output = lockstep(&args);
    assert_eq!(code(&output), 1);
    let said = out(&output);
    let likely = json(&[&args[..], &["--json"]].concat())["chance"].clone();
    let here = format!("After step 1: {} of 40 continuations end broken (", likely["broken"]);
    assert!(said.contains(&here), "{said}");
    assert!(said.contains("Failure became likely here: step 2, from "), "{said}");
    assert_eq!((&likely["step"], &likely["not_ended"]), (&1.into(), &0.into()));
    assert_eq!(likely["promises"], serde_json::json!([0, likely["broken"]]));
    assert_eq!(likely["along"].as_array().map(Vec::len), Some(5));
    assert_eq!(likely["rise"]["after"], 2);
    let spanish = out(&lockstep(&[&args[..], &["--lang", "es"]].concat()));
    assert!(spanish.contains("Tras el paso 1: ") && spanish.contains(" de 40 "), "{spanish}");
    // Without the question there is no answer, and nobody asks for none.
    assert!(json(&["run", RACE, "--json"]).get("chance").is_none());
    assert_eq!(code(&lockstep(&["run", RACE, "--chance", "0"])), 2);
}

#[test]
fn what_is_broken_before_the_moment_is_said() {
    let args = ["run", "-", "--picks", "1", "--chance", "10"];
    let text = b"scenario \"s\"\nvar x = 0\nalways x == 0\nprocess p { x = 1\nx = 0 }";
    let said = out(&with_input(&args, text));
    assert!(said.contains("10 of 10 continuations end broken"), "{said}");
    assert!(said.contains("a promise is broken already"), "{said}");
}

#[test]
fn theory_stands_beside_what_was_measured_or_says_why_not() {
    let text = "scenario \"A desk\"\nrun (for: 400s)\n\
        service desk (workers: 1) { on serve() { work exp(100ms) } }\n\
        service door (workers: 1, replicas: 2) { on enter() { work 1ms } }\n\
        process customer every exp(5/s) { call desk.serve() }\n\
        process guest every exp(5/s) { call door.enter() }\n";
    let output = with_input(&["run", "-"], text.as_bytes());
    let told = String::from_utf8(output.stdout).expect("it is text");
    assert!(told.contains("desk  M/M/1\n"), "{told}");
    let line = told.lines().find(|line| line.trim_start().starts_with("latency.mean"));
    let words: Vec<&str> = line.expect("a line").split_whitespace().collect();
    assert_eq!((words.len(), words[2]), (5, "200ms"), "{words:?}");
    assert!(told.contains("door  no theory: it has several replicas"), "{told}");

    let output = with_input(&["run", "-", "--json"], text.as_bytes());
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let desk = &json["theory"][0];
    assert_eq!((&desk["service"], &desk["why_not"]), (&"desk".into(), &serde_json::Value::Null));
    let mean = &desk["figures"].as_array().expect("figures")[2];
    assert_eq!(
        (&mean["measure"], &mean["theory"]),
        (&"desk.latency.mean".into(), &"200000000".into())
    );
    assert_eq!(mean["measured"], json["measures"]["desk.latency.mean"]);
    assert_eq!(json["theory"][1]["why_not"], "replicas");
}
