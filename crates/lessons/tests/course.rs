//! `docs/lessons.md`: every lesson, what it shows, and what exploring and the clock say of it. Made from the
//! lessons and from the goldens, which other tests hold to the engine.

use lessons::{Kind, Lesson, Measured};
use sim_core::lang::{ParamKind, Scenario, Values, check};
use sim_core::say::Lang;
use std::fmt::Write;

const GOLDENS: &str = include_str!("../goldens/goldens.txt");
/// So many cases of a lesson are shown.
const CASES_MAX: usize = 20;

const HEAD: &str = "# The lessons

Made by `cargo xtask lessons`, from the lessons and from `crates/lessons/goldens/goldens.txt`; a test holds it to them. Each lesson
stands here with what it is about, what exploring finds under its choices and switches (numbers as the text sets them for exploring),
and which of its goals a run by the clock misses or meets. How to write one: `docs/writing-lessons.md`.
";

#[test]
fn the_document_of_all_lessons_is_as_they_are() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/lessons.md");
    let now = document();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &now).expect("the document can be written");
    }
    let then = std::fs::read_to_string(path).unwrap_or_default();
    let differs = now.lines().zip(then.lines()).find(|(now, then)| now != then);
    assert!(now == then, "docs/lessons.md is old: run `cargo xtask lessons`; first in {differs:?}");
}

fn document() -> String {
    let mut out = HEAD.to_owned();
    let themes = lessons::themes().iter();
    let told = themes.flat_map(|theme| {
        let all = lessons::all().iter().zip(lessons::measured());
        all.filter(|(lesson, _)| lesson.theme == theme.id)
    });
    let mut theme = "";
    for (lesson, measured) in told {
        let text = lesson.text(Lang::En);
        if lesson.theme != theme {
            theme = lesson.theme;
            let _ = write!(out, "\n## {}\n", text.theme);
        }
        let _ = write!(out, "\n### {}. {}\n\n{}\n\n", lesson.number, text.title, text.summary);
        let kata = lesson.kata.map_or(String::new(), |kata| format!("kata {kata}, "));
        let challenges: Vec<&str> = lesson.challenges.iter().map(kind).collect();
        let _ = writeln!(
            out,
            "`lessons/{}`, {kata}{} minutes; challenges: {}.",
            lesson.folder,
            lesson.minutes,
            challenges.join(", ")
        );
        verdicts(&mut out, lesson);
        by_the_clock(&mut out, measured);
    }
    out
}

fn kind(challenge: &lessons::Challenge) -> &'static str {
    match challenge.kind {
        Kind::Break => "break",
        Kind::Fix => "fix",
        Kind::Meet => "meet",
    }
}

/// What exploring finds, a row a case.
fn verdicts(out: &mut String, lesson: &Lesson) {
    let scenario = check(lesson.scenario).scenario.expect("lessons have no mistakes");
    let usual = scenario.exploring(&Values::defaults(scenario.params()));
    let usual = usual.unwrap_or_else(|_| Values::defaults(scenario.params()));
    let cases: Vec<(&str, &str)> = cases_of(lesson.id)
        .filter(|(settings, _)| settings.split(' ').all(|set| is_usual(set, &scenario, &usual)))
        .collect();
    if cases.is_empty() {
        return;
    }
    let _ = write!(out, "\n| settings | explored |\n| --- | --- |\n");
    for (settings, found) in cases.iter().take(CASES_MAX) {
        let settings = if settings.is_empty() { "none" } else { settings };
        // Verdict and counts; the goldens have the rest.
        let counts = found.split(" states").next().unwrap_or(found);
        let counts = counts.rsplit_once(", ").map_or(counts, |(counts, _)| counts);
        let _ = writeln!(out, "| `{settings}` | {} |", lower(counts));
    }
    if cases.len() > CASES_MAX {
        let more = cases.len() - CASES_MAX;
        let _ = write!(out, "\n{more} more cases are in the goldens.\n");
    }
}

fn lower(words: &str) -> String {
    words.replacen("Holds", "holds", 1).replacen("Broken", "**broken**", 1)
}

/// A choice or switch, or a number as it usually is.
fn is_usual(set: &str, scenario: &Scenario, usual: &Values) -> bool {
    let Some((name, value)) = set.split_once('=') else { return true };
    let Some(param) = scenario.params().iter().find(|param| param.name == name) else {
        return true;
    };
    if matches!(param.kind, ParamKind::Choice { .. } | ParamKind::Bool { .. }) {
        return true;
    }
    let usual = usual.iter().find(|(known, _)| known == &name);
    usual.is_none_or(|(_, usual)| usual.to_string() == value)
}

/// The lines that the goldens have of a lesson: settings, and what was found.
fn cases_of(id: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let own = GOLDENS.lines().skip_while(move |line| *line != id).skip(1);
    let own = own.take_while(|line| line.starts_with("  "));
    own.filter_map(|line| line.trim_start().split_once(": "))
}

fn by_the_clock(out: &mut String, measured: &[Measured]) {
    if measured.is_empty() {
        return;
    }
    out.push_str("\nBy the clock:\n\n");
    for one in measured {
        let spell = |settings: &[(&str, &str)]| {
            let all = settings.iter().map(|(name, value)| format!("{name}={value}"));
            let all = all.collect::<Vec<_>>().join(" ");
            if all.is_empty() { "as it stands".to_owned() } else { format!("with `{all}`") }
        };
        let _ = writeln!(
            out,
            "- `{}` is missed {}, met {} (seeds 1 to {}).",
            one.goal,
            spell(one.missed),
            spell(one.met),
            one.seeds
        );
    }
}
