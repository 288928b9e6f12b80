//! The documents tell the truth: their scenarios compile, their numbers are explored, their JSON
//! is what the tool writes.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use sim_core::{
    explore,
    lang::{self, Values},
    say::Lang,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("the document is there")
}

/// A fenced block: its kind, the line of its fence (from 1), its text.
struct Fenced {
    kind: String,
    line: usize,
    text: String,
}

fn fenced(document: &str) -> Vec<Fenced> {
    let mut blocks = Vec::new();
    let mut open: Option<Fenced> = None;
    for (index, line) in document.lines().enumerate() {
        match (line.strip_prefix("```"), open.take()) {
            (Some(_), Some(block)) => blocks.push(block),
            (Some(kind), None) => {
                let kind = kind.trim().to_owned();
                open = Some(Fenced { kind, line: index + 1, text: String::new() });
            }
            (None, Some(mut block)) => {
                block.text.push_str(line);
                block.text.push('\n');
                open = Some(block);
            }
            (None, None) => {}
        }
    }
    blocks
}

fn remark<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    text.lines().find_map(|line| line.strip_prefix("// ")?.strip_prefix(word))
}

#[test]
fn scenarios_in_the_documents_are_what_they_say() {
    let mut seen = 0;
    for path in ["docs/language.md", "README.md", "docs/writing-lessons.md", "docs/json.md"] {
        for block in fenced(&read(path)).into_iter().filter(|block| block.kind == "lockstep") {
            seen += 1;
            let at = format!("{path}:{}", block.line);
            let checked = lang::check(&block.text);
            let said: Vec<String> = checked
                .diagnostics
                .iter()
                .map(|one| format!("{} {}", one.code, one.say(Lang::En).message))
                .collect();
            if let Some(code) = remark(&block.text, "wrong: ") {
                assert!(said.iter().any(|one| one.starts_with(code)), "{at}: {said:?}");
                continue;
            }
            assert!(said.is_empty(), "{at}: {said:?}");
            let scenario = checked.scenario.expect("nothing is wrong with it");
            let program = scenario.bind(&Values::default()).expect("its defaults are right");
            if let Some(counts) = remark(&block.text, "explore: ") {
                let report = explore::explore(&program);
                let found = format!("{} of {}", report.failing.number, report.schedules.number);
                assert_eq!(found, counts, "{at}");
            }
        }
    }
    assert!(seen >= 9, "{seen} scenarios were found");
}

/// Runs a line of a document such as `lockstep run FILE --schedule "both read first" --json`.
fn output_of(line: &str) -> String {
    let mut words = Vec::new();
    for (index, part) in line.split('"').enumerate() {
        match index % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    assert_eq!(words.remove(0), "lockstep");
    let output = Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .current_dir(root())
        .args(&words)
        .output()
        .expect("the binary starts");
    String::from_utf8(output.stdout).expect("it writes text")
}

/// A `console` block starts with `$ ` and a command; what follows is its whole output.
#[test]
fn outputs_in_the_documents_are_what_the_tool_writes() {
    for path in ["docs/json.md", "README.md"] {
        let mut document = read(path);
        let mut seen = 0;
        for block in fenced(&document.clone()).into_iter().filter(|b| b.kind == "console") {
            seen += 1;
            let (command, told) = block.text.split_once('\n').expect("a command stands first");
            let line = command.strip_prefix("$ ").expect("it starts with `$ `");
            let found = output_of(line);
            if told == found {
                continue;
            }
            let is_blessing = std::env::var_os("UPDATE").is_some();
            assert!(is_blessing, "{path}:{}: {line}\nwrites\n{found}", block.line);
            document = document.replace(&block.text, &format!("{command}\n{found}"));
            fs::write(root().join(path), &document).expect("the document can be written");
        }
        assert!(seen > 0, "{path} shows no output");
    }
}
