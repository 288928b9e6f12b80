//! Verifying links: what graders see, what scripts get, and that no link stops the rest.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use lessons::link::{HEAD, Link, mark};
use serde_json::Value;

const FP: &str = "e82faf6ef05981d9db3b658606ff5eb5";
const RACE: &str =
    "/lesson/race-on-a-balance?v=2&clients=2&amount=80&guard=none&seed=1&picks=1.2.1.1&at=4";
const CLASS: &str = "crates/cli/tests/links/class.txt";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lockstep"));
    command.current_dir(root()).arg("verify").args(arguments);
    command
}

fn verify(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the binary starts")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it exits by itself")
}

fn json(link: &str) -> Value {
    let output = verify(&[link, "--json"]);
    let all: Value = serde_json::from_slice(&output.stdout).expect("it writes JSON");
    let one = all["links"][0].clone();
    assert_eq!(code(&output) == 0, one["verdict"] == "verified", "{one}");
    one
}

#[test]
fn a_class_of_links_is_told_line_by_line() {
    let output = verify(&[CLASS]);
    assert_eq!(code(&output), 1);
    let expected = "\
link   verdict         lesson             step  fingerprint  what it shows
ana    verified        race-on-a-balance  4     e82faf6e     does break-it; finally dispensed + balance == 100 (no money is made or lost): broken at step 4
ben    another run     race-on-a-balance  ";
    let out = String::from_utf8_lossy(&output.stdout);
    assert!(out.starts_with(expected), "{out}");
    assert!(
        out.contains(
            "carla  no fingerprint  race-on-a-balance  4     e82faf6e     the link does not say"
        ),
        "{out}"
    );
    assert!(out.ends_with("\n1 of 3 links verified\n"), "{out}");
    let output = verify(&[CLASS, "--lang", "es"]);
    assert!(String::from_utf8_lossy(&output.stdout).ends_with("\n1 de 3 enlaces verificados\n"));
}

#[test]
fn a_link_that_gives_its_run_is_verified() {
    let output = verify(&[&format!("https://example.org/x/?embed#{RACE}&fp={FP}")]);
    assert_eq!(code(&output), 0, "{}", String::from_utf8_lossy(&output.stdout));
    let one = json(&format!("#{RACE}&fp={FP}"));
    assert_eq!(one["fingerprint"], FP);
    assert_eq!(one["challenges"][0], "break-it");
    assert_eq!(one["broken"][0]["step"], 4);
}

#[test]
fn what_was_altered_is_told_with_its_reason() {
    let good = format!("#{RACE}&fp={FP}");
    let mark = mark(lessons::find("race-on-a-balance").expect("it is there").scenario);
    for (from, to, verdict, reason) in [
        ("seed=1", "seed=2", "differs", "other_run"),
        ("at=4", "at=3", "differs", "other_run"),
        ("picks=1.2.1.1", "picks=1.2.9.1", "differs", "does_not_fit"),
        ("&seed", "&of=00000000&seed", "verified", ""),
        ("&at=4&fp=e82f", "&at=4&of=00000000&fp=e830", "differs", "text_changed"),
        ("&at=4&fp=e82f", &format!("&at=4&of={mark}&fp=e830"), "differs", "other_run"),
        ("clients=2", "clients=900", "verified", ""),
        ("v=2", "v=3", "refused", "newer"),
        ("picks=", "picks=x", "refused", "garbled"),
        ("race-on-a-balance", "no-such-lesson", "refused", "no_lesson"),
        ("lesson/race-on-a-balance", "mine/k2j", "refused", "no_text"),
        ("lesson/", "", "refused", "no_moment"),
        ("&at=4", "&at=4&text=K05OzUssysxXUCpJrShR4uICAA", "differs", ""),
    ] {
        assert!(good.contains(from), "{from}");
        let one = json(&good.replacen(from, to, 1));
        if verdict == "differs" && reason.is_empty() {
            assert_ne!(one["verdict"], "verified", "{to}: {one}");
            continue;
        }
        let told = one["reason"].as_str().unwrap_or_default();
        assert_eq!((one["verdict"].as_str(), told), (Some(verdict), reason), "{to}: {one}");
    }
    // A value that the scenario does not take gives way to the default, and is named.
    let one = json(&good.replacen("clients=2", "clients=900", 1));
    assert_eq!(one["dropped"][0], "clients");
    let long = format!("#{RACE}&a={}", "x".repeat(9_000));
    assert_eq!(json(&long)["reason"], "too_long");
    assert_eq!(json(&format!("#{RACE}"))["verdict"], "no_fingerprint");
}

#[test]
fn a_scenario_saved_with_its_moment_is_verified_too() {
    let path =
        std::env::temp_dir().join(format!("lockstep-verify-{}.lockstep", std::process::id()));
    let scenario = lessons::find("race-on-a-balance").expect("it is there").scenario;
    let link = Link::parse(
        "race-on-a-balance",
        &format!("{}&fp={FP}", RACE.split_once('?').expect("it has one").1),
    );
    let file = link.expect("it is a link").file(scenario).expect("it is short");
    assert!(file.starts_with(HEAD));
    let name = path.to_str().expect("it is UTF-8").to_owned();
    for (file, expected) in [
        (file.clone(), 0),
        (file.replace('\n', "\r\n"), 0),
        (file.replace("var balance = 100", "var balance = 99"), 1),
    ] {
        fs::write(&path, file).expect("it can be written");
        assert_eq!(code(&verify(&[&name])), expected);
    }
    // It is a scenario like any other, too.
    fs::write(&path, &file).expect("it can be written");
    let checked = Command::new(env!("CARGO_BIN_EXE_lockstep")).args(["check", &name]).output();
    assert_eq!(checked.expect("the binary starts").status.code(), Some(0));
    fs::write(&path, scenario).expect("it can be written");
    let output = verify(&[&name]);
    assert_eq!(code(&output), 2);
    assert!(String::from_utf8_lossy(&output.stderr).contains("there are no links"));
    let _ = fs::remove_file(&path);
}

#[test]
fn links_come_by_standard_input_and_an_odd_line_stops_nobody() {
    let mut child = command(&["-", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let lines = format!("ana #{RACE}&fp={FP}\nben was ill\n\ncarla #{RACE}&fp={FP}\r\n");
    child.stdin.take().expect("it reads").write_all(lines.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let all: Value = serde_json::from_slice(&output.stdout).expect("it writes JSON");
    assert_eq!(
        (all["verified"].as_u64(), all["verdict"].as_str()),
        (Some(2), Some("not_verified"))
    );
    assert_eq!(all["links"][1]["reason"], "no_moment");
    assert_eq!(all["links"][2]["name"], "carla");
    let output = verify(&["no-such-file.txt"]);
    assert_eq!(code(&output), 2);
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be read"));
}
