//! Grading folders of hand-ins: what graders see, what scripts get, and that one odd hand-in never
//! stops the rest.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::{Value, json};

const LESSON: &str = "two-locks";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A folder of hand-ins that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("lockstep-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder for the test");
        Folder(path)
    }

    fn put(&self, name: &str, text: impl AsRef<[u8]>) -> &Folder {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a subfolder");
        fs::write(path, text).expect("it can be written");
        self
    }

    fn grade(&self, more: &[&str]) -> Output {
        grade(self.0.to_str().expect("it is UTF-8"), more)
    }

    fn json(&self, more: &[&str]) -> Value {
        let output = self.grade(&[more, &["--json"]].concat());
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        serde_json::from_slice(&output.stdout).expect("it writes JSON")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn grade(folder: &str, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .current_dir(root())
        .args([&["grade", folder], more].concat())
        .output()
        .expect("the binary starts")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("it writes text")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it exits by itself")
}

fn lesson() -> String {
    let path = root().join("lessons/03-two-locks/scenario.lockstep");
    fs::read_to_string(path).expect("the lesson is there")
}

fn with(from: &str, to: &str) -> String {
    let text = lesson();
    assert!(text.contains(from), "the lesson has no {from:?}");
    text.replacen(from, to, 1)
}

fn good() -> String {
    fs::read_to_string(root().join("crates/cli/tests/hand-ins/ana.lockstep")).expect("it is there")
}

/// A process that never comes to a step, so that nobody can look on.
fn undecided() -> String {
    good() + "process idler { while true { let x = 1 } }\n"
}

/// One of each kind.
fn all_sorts(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder
        .put("good.lockstep", good())
        .put("windows.TXT", format!("\u{feff}{}", good().replace('\n', "\r\n")))
        .put("bad.lockstep", lesson())
        .put("broken.lockstep", with("audits += 1", "adits += 1\n  oops = 2"))
        .put("gone.lockstep", with("always mismatches == 0", "finally mismatches == 0"))
        .put("fewer.lockstep", with("auditors: int = 0 in 0..1", "auditors: int = 0 in 0..0"))
        .put("undecided.lockstep", undecided())
        .put("bytes.lockstep", b"scenario \"\xff\"")
        .put("large.lockstep", vec![b'/'; 200_000])
        .put("zoe/locks.lockstep", good())
        .put("zoe/deeper/not-seen.lockstep", good())
        .put("zoe/notes.md", "not a hand-in")
        .put(".hidden.lockstep", "left behind by an editor")
        .put("empty.lockstep", "");
    folder
}

#[test]
fn a_table_tells_who_has_done_what() {
    let folder = all_sorts("table");
    let output = folder.grade(&["--lesson", LESSON]);
    assert_eq!(code(&output), 1);
    let expected = "\
Two locks, crossed (two-locks)

hand-in             1 break-it  2 fool-the-auditor  3 fix-it   4 fix-it-with-two-locks  why not
bad.lockstep        not done    not done            not done   not done                 1: no schedule in the text shows it
broken.lockstep     not done    not done            not done   not done                 2 mistakes; the first: 44:3: nothing is called `adits` here
bytes.lockstep      not done    not done            not done   not done                 is not UTF-8 text
empty.lockstep      not done    not done            not done   not done                 1 mistake: 1:1: expected `scenario \"...\"` first, found the end of the text
fewer.lockstep      not done    not done            not done   not done                 1: no schedule in the text shows it
gone.lockstep       not done    not done            not done   not done                 1: no schedule in the text shows it
good.lockstep       done        done                done       done
large.lockstep      not done    not done            not done   not done                 is longer than a scenario may be (65536 bytes)
undecided.lockstep  done        done                undecided  undecided                3: not decided: not every schedule was looked at (auditors = 0)
windows.TXT         done        done                done       done
zoe/locks.lockstep  done        done                done       done

3 of 11 hand-ins done
";
    assert_eq!(out(&output), expected);
}

#[test]
fn one_challenge_alone_can_be_asked_for_in_spanish_too() {
    let folder = all_sorts("spanish");
    let output = folder.grade(&["--lesson", LESSON, "--challenge", "3", "--lang", "es"]);
    assert_eq!(code(&output), 1);
    let said = out(&output);
    for line in [
        "Dos locks cruzados (two-locks)",
        "entrega             3 fix-it     qué falta",
        "bad.lockstep        falta        fallan 2 de 6 planificaciones (auditors = 0)",
        "bytes.lockstep      falta        no es texto UTF-8",
        "gone.lockstep       falta        el texto ya no promete `mismatches == 0`",
        "good.lockstep       hecho",
        "undecided.lockstep  sin decidir  sin decidir: no se revisaron todas las planificaciones \
         (auditors = 0)",
        "3 de 11 entregas completas",
    ] {
        assert!(said.lines().any(|one| one == line), "{line}\nis not in\n{said}");
    }
    let fewer = said.lines().find(|line| line.starts_with("fewer.lockstep")).expect("it is there");
    assert!(fewer.contains("auditors"), "{fewer}");
    let broken = said.lines().find(|line| line.starts_with("broken")).expect("it is there");
    assert!(broken.contains("2 errores; el primero: 44:3: "), "{broken}");
}

#[test]
fn json_tells_the_same_with_reasons_and_ways_to_fail() {
    let folder = all_sorts("json");
    let told = folder.json(&["--lesson", LESSON]);
    assert_eq!((&told["lesson"], &told["verdict"]), (&json!(LESSON), &json!("not_done")));
    assert_eq!(told["done"], 3);
    assert_eq!(
        told["challenges"][1],
        json!({ "number": 2, "id": "fool-the-auditor", "kind": "break" })
    );
    let all = told["hand_ins"].as_array().expect("it is a list");
    let find = |name: &str| {
        all.iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("{name} is not told"))
    };
    for (name, reasons) in [
        ("good.lockstep", [None, None, None, None]),
        ("bad.lockstep", [Some("no_schedule"), Some("no_schedule"), Some("fails"), Some("fails")]),
        ("broken.lockstep", [Some("mistakes"); 4]),
        ("bytes.lockstep", [Some("not_utf8"); 4]),
        ("large.lockstep", [Some("too_large"); 4]),
        ("undecided.lockstep", [None, None, Some("undecided"), Some("undecided")]),
    ] {
        let found = find(name)["challenges"].as_array().expect("it is a list");
        let found: Vec<Option<&str>> = found.iter().map(|one| one["reason"].as_str()).collect();
        assert_eq!(found, reasons, "{name}");
    }
    assert_eq!(find("gone.lockstep")["challenges"][2]["reason"], "promise_gone");
    assert_eq!(find("fewer.lockstep")["challenges"][2]["reason"], "parameter");
    assert_eq!(find("good.lockstep")["verdict"], "done");
    assert_eq!(find("undecided.lockstep")["verdict"], "undecided");
    let schedule = &find("good.lockstep")["challenges"][0]["schedule"];
    assert_eq!((&schedule["name"], &schedule["picks"]), (&json!("ben first"), &json!([2, 1])));
    let wrong = &find("broken.lockstep")["diagnostics"];
    assert_eq!(
        (wrong[0]["code"].as_str(), wrong[0]["place"]["line"].as_u64()),
        (Some("E0201"), Some(44))
    );
    let case = &find("bad.lockstep")["challenges"][2]["cases"][0];
    assert_eq!(case["parameters"], json!({ "order": "crossed", "auditors": "0" }));
    let counts = (&case["failing"]["number"], &case["schedules"]["number"]);
    assert_eq!(counts, (&json!("2"), &json!("6")));
    assert_eq!(case["picks"], json!([1, 2]));
}

#[test]
fn picks_of_a_failure_can_be_replayed() {
    let folder = Folder::new("replay");
    let told = folder.put("a.lockstep", lesson()).json(&["--lesson", LESSON, "--challenge", "3"]);
    let case = &told["hand_ins"][0]["challenges"][0]["cases"][1];
    let picks = case["picks"].as_array().expect("some schedule fails");
    let picks: Vec<String> = picks.iter().map(Value::to_string).collect();
    let param = format!("auditors={}", case["parameters"]["auditors"].as_str().expect("a text"));
    let output = Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .args(["run", "-p", &param, "--picks", &picks.join(",")])
        .arg(folder.0.join("a.lockstep"))
        .output()
        .expect("the binary starts");
    assert_eq!(code(&output), 1);
}

#[test]
fn exit_codes_tell_how_all_came_out() {
    let folder = Folder::new("codes");
    let asked = ["--lesson", LESSON];
    assert_eq!(code(&folder.put("a.lockstep", good()).grade(&asked)), 0);
    // What is not decided is worse than what is done, and better than what is not.
    assert_eq!(code(&folder.put("b.lockstep", undecided()).grade(&asked)), 3);
    assert_eq!(folder.json(&asked)["verdict"], "undecided");
    assert_eq!(code(&folder.put("c.lockstep", lesson()).grade(&asked)), 1);
    // What is done elsewhere does not help.
    assert_eq!(code(&folder.grade(&["--lesson", LESSON, "--challenge", "1"])), 1);
    assert_eq!(code(&folder.grade(&["--lesson", "race-on-a-balance"])), 1);
}

#[test]
fn one_file_is_a_hand_in_too() {
    let told = grade("crates/cli/tests/hand-ins/ana.lockstep", &["--lesson", LESSON]);
    assert_eq!(code(&told), 0);
    assert!(out(&told).contains("ana.lockstep  done "), "{}", out(&told));
    assert!(out(&told).ends_with("1 of 1 hand-in done\n"), "{}", out(&told));
}

#[test]
fn bad_input_is_told_and_exits_with_2() {
    let empty = Folder::new("nothing");
    let empty = empty.put("notes.md", "not a hand-in").0.to_str().expect("it is UTF-8");
    let hand_ins = "crates/cli/tests/hand-ins";
    for (folder, more, said) in [
        ("no/such/folder", &["--lesson", LESSON][..], "no/such/folder: cannot be read: "),
        (empty, &["--lesson", LESSON], "there are no hand-ins"),
        (empty, &["--lesson", LESSON, "--lang", "es"], "no hay entregas"),
        (hand_ins, &["--lesson", "two-lock"], "did you mean `two-locks`?"),
        (hand_ins, &["--lesson", "nothing"], "race-on-a-balance"),
        (hand_ins, &["--lesson", "two-lock", "--lang", "es"], "¿querías decir `two-locks`?"),
        (hand_ins, &["--lesson", LESSON, "--challenge", "5"], "has 1 to 4"),
        (hand_ins, &["--lesson", LESSON, "--challenge", "0"], "has 1 to 4"),
        (hand_ins, &["--lesson", LESSON, "--challenge", "x"], "--challenge"),
        (hand_ins, &[], "--lesson"),
    ] {
        let output = grade(folder, more);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((code(&output), out(&output).as_str()), (2, ""), "{more:?}: {told}");
        assert!(told.contains(said), "{more:?}: {told}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_told_and_does_not_stop_the_rest() {
    let folder = Folder::new("links");
    folder.put("a.lockstep", good());
    std::os::unix::fs::symlink("nowhere", folder.0.join("b.lockstep")).expect("a link");
    std::os::unix::fs::symlink("/dev/zero", folder.0.join("c.lockstep")).expect("a link");
    std::os::unix::fs::symlink(".", folder.0.join("round")).expect("a link");
    let told = folder.json(&["--lesson", LESSON]);
    let names = told["hand_ins"].as_array().expect("it is a list");
    let names: Vec<&str> = names.iter().filter_map(|one| one["name"].as_str()).collect();
    assert_eq!(names[..3], ["a.lockstep", "b.lockstep", "c.lockstep"]);
    assert_eq!(told["hand_ins"][0]["verdict"], "done");
    for odd in [1, 2] {
        assert_eq!(told["hand_ins"][odd]["challenges"][0]["reason"], "unreadable");
    }
}

/// The lesson about the fast camera with another line where pictures are sent.
fn looking(most: u32) -> String {
    let path = root().join("lessons/13-fast-and-slow/scenario.lockstep");
    let text = fs::read_to_string(path).expect("the lesson is there");
    let send = "    try { send { number: picture } to frames }\n    catch rejected { known += 1 }";
    assert!(text.contains(send));
    let looks = "    if frames.length > MOST { known += 1 }\n    else { send { number: picture } to frames }";
    text.replace(send, &looks.replace("MOST", &most.to_string()))
}

#[test]
fn goals_are_graded_by_the_clock() {
    let folder = Folder::new("goals");
    folder.put("good.lockstep", looking(1)).put("late.lockstep", looking(3)).put(
        "gone.lockstep",
        looking(1).replace("frames.trip.p50 < 100ms", "frames.trip.p50 < 1s"),
    );
    let asked = ["--lesson", "fast-and-slow", "--challenge", "5"];
    let output = folder.grade(&asked);
    assert_eq!(code(&output), 1);
    let said = out(&output);
    for line in [
        "hand-in        5 stay-fresh  why not",
        "gone.lockstep  not done      the text no longer has the goal `frames.trip.p50 < 100ms`",
        "good.lockstep  done",
        "late.lockstep  not done      1 of 1 runs miss the goal `frames.trip.p50 < 100ms`; with seed \
         1: frames.trip.p50 (120ms) < 100ms",
    ] {
        assert!(said.lines().any(|one| one == line), "{line}\n{said}");
    }
    let said = out(&folder.grade(&[&asked[..], &["--lang", "es"]].concat()));
    let spanish =
        "1 de 1 ejecuciones no alcanzan la meta `frames.trip.p50 < 100ms`; con la semilla";
    assert!(said.contains(spanish), "{said}");
    let found = folder.json(&asked);
    assert_eq!(found["challenges"][0]["kind"], "meet");
    let marks = |at: usize| found["hand_ins"][at]["challenges"][0].clone();
    assert_eq!(marks(0)["reason"], "goal_gone");
    assert_eq!(
        marks(1)["cases"][0]["runs"],
        json!([{"seed": "1", "verdict": "done", "goal": null}])
    );
    assert_eq!(marks(2)["reason"], "misses");
    let run = &marks(2)["cases"][0]["runs"][0];
    assert_eq!((&run["verdict"], &run["goal"]["state"]), (&json!("not_done"), &json!("missed")));
    assert_eq!(run["goal"]["sides"][0]["left_value"], "120000000");
}
