//! A lesson with a part missing does not build, and the message names the file and the part.

#[path = "../build/data.rs"]
mod data;
#[path = "../build/markdown.rs"]
mod markdown;
#[path = "../build/pages.rs"]
mod pages;
#[path = "../build/read.rs"]
mod read;

use std::{
    fs,
    path::{Path, PathBuf},
};

const FOLDER: &str = "02-race-on-a-balance";

/// What is said of the lessons when one file is changed.
fn message(case: &str, file: &str, from: &str, to: &str) -> String {
    let root = copy(case);
    let path = root.join(file);
    let text = fs::read_to_string(&path).expect("the file is there");
    assert!(text.contains(from), "{file} has no {from:?}");
    fs::write(&path, text.replacen(from, to, 1)).expect("the copy can be changed");
    read::lessons(&root).expect_err("something is wrong with it")
}

fn copy(case: &str) -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lessons");
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lessons").join(case);
    if to.exists() {
        fs::remove_dir_all(&to).expect("an old copy can go");
    }
    fs::create_dir_all(to.join(FOLDER)).expect("there is room for a copy");
    for name in ["themes.toml".to_owned()].into_iter().chain(
        ["lesson.toml", "scenario.lockstep", "en.md", "es.md"].map(|n| format!("{FOLDER}/{n}")),
    ) {
        fs::copy(from.join(&name), to.join(&name)).expect("a file can be copied");
    }
    to
}

#[test]
fn the_lessons_can_be_read() {
    let lessons = read::lessons(&copy("whole")).expect("nothing is wrong");
    assert_eq!(lessons.len(), 1);
}

#[test]
fn folders_begin_with_numbers_of_their_own() {
    let root = copy("no-number");
    fs::rename(root.join(FOLDER), root.join("race")).expect("the copy can be renamed");
    let said = read::lessons(&root).expect_err("a number is missing");
    assert_eq!(said, "race: its name begins with no number");
    let root = copy("twice");
    let other = root.join("02-race-again");
    fs::create_dir(&other).expect("there is room for a copy");
    for name in ["lesson.toml", "scenario.lockstep", "en.md", "es.md"] {
        fs::copy(root.join(FOLDER).join(name), other.join(name)).expect("a file can be copied");
    }
    let said = read::lessons(&root).expect_err("a number stands twice");
    assert!(said.contains("02-race-on-a-balance: 02-race-again has its number"), "{said}");
    assert!(said.contains("two lessons have one id"), "{said}");
}

#[test]
fn a_file_that_is_missing_is_named() {
    let root = copy("no-file");
    fs::remove_file(root.join(FOLDER).join("es.md")).expect("the copy can be changed");
    let said = read::lessons(&root).expect_err("a file is missing");
    assert!(said.starts_with("02-race-on-a-balance/es.md: "), "{said}");
}

#[test]
fn a_part_that_is_missing_is_named() {
    let es = format!("{FOLDER}/es.md");
    let said = message("no-story", &es, "## story", "## storia");
    assert!(said.contains("02-race-on-a-balance/es.md: line 7: `## storia` is none of"), "{said}");
    assert!(said.contains("02-race-on-a-balance/es.md: `## story` is missing or empty"), "{said}");
    let said = message("no-reading", &es, "## reading", "## readings");
    assert!(
        said.contains("02-race-on-a-balance/es.md: `## reading` is missing or empty"),
        "{said}"
    );
    let said = message("no-answer", &es, "### three\n", "### tres\n");
    assert!(said.contains("`### three` under `## question` is missing or empty"), "{said}");
    assert!(said.contains("nobody asks for `### tres` of `## question`"), "{said}");
}

#[test]
fn a_label_or_hint_in_one_language_only_is_named() {
    let es = format!("{FOLDER}/es.md");
    let said = message("no-label", &es, "- `amount`: cada uno retira\n", "");
    assert_eq!(
        said,
        "02-race-on-a-balance/es.md: `### parameters` lacks `amount`, which en.md has"
    );
    let said =
        message("no-hint", &es, "- Haz que lea el cliente 1.", "  Haz que lea el cliente 1.");
    assert!(said.contains("`## hints` has 2 items, en.md has 3"), "{said}");
}

#[test]
fn what_is_declared_wrong_is_named() {
    let toml = format!("{FOLDER}/lesson.toml");
    let said = message("bad-right", &toml, "right = \"yes\"", "right = \"maybe\"");
    assert!(said.contains("lesson.toml: right = \"maybe\" is not one of the answers"), "{said}");
    let said = message("bad-kind", &toml, "kind = \"break\"", "kind = \"brake\"");
    assert!(said.contains("challenge \"break-it\": kind \"brake\" is none of"), "{said}");
    let said = message("bad-condition", &toml, "\"no lock\"", "\"no luck\"");
    assert!(said.contains("condition \"no luck\" is none of"), "{said}");
    let said = message("bad-theme", &toml, "theme = \"concurrency\"", "theme = \"cooking\"");
    assert!(said.contains("themes.toml has no theme \"cooking\""), "{said}");
    let said = message("bad-key", &toml, "minutes = 15", "minuets = 15");
    assert!(said.contains("minuets"), "{said}");
}

#[test]
fn only_a_project_may_have_a_long_text() {
    let long = format!("\nscenario{}", " //\n".repeat(80));
    let root = copy("long");
    let path = |name: &str| root.join(FOLDER).join(name);
    fs::write(path("scenario.lockstep"), &long).expect("the copy can be changed");
    let said = read::lessons(&root).expect_err("it is too long");
    assert_eq!(said, "02-race-on-a-balance/scenario.lockstep: 81 lines, at most 60 fit");
    let toml = fs::read_to_string(path("lesson.toml")).expect("the file is there");
    let toml = toml.replacen("minutes = 15", "minutes = 15\nproject = true", 1);
    fs::write(path("lesson.toml"), toml).expect("the copy can be changed");
    assert!(read::lessons(&root).is_ok());
    fs::write(path("scenario.lockstep"), long.repeat(2)).expect("the copy can be changed");
    let said = read::lessons(&root).expect_err("it is too long for a project, too");
    assert!(said.contains("at most 130 fit"), "{said}");
}

#[test]
fn what_lessons_do_not_use_is_refused_with_its_line() {
    let en = format!("{FOLDER}/en.md");
    let said = message("html", &en, "An account holds", "<b>An</b> account holds");
    assert!(said.starts_with("02-race-on-a-balance/en.md: line 9: lessons have no"), "{said}");
}

#[test]
fn a_link_that_leads_nowhere_is_named() {
    let root = copy("links");
    let en = root.join(FOLDER).join("en.md");
    let text = fs::read_to_string(&en).expect("the file is there");
    let text =
        text.replacen("## story\n\n", "## story\n\n[Here](term:rice) is [one](term:race). ", 1);
    fs::write(&en, text).expect("the copy can be changed");
    let glossary = root.join("pages/glossary");
    fs::create_dir_all(&glossary).expect("there is room for a page");
    let page = |tag: &str, ids: &[&str]| {
        let terms = ids.iter().map(|id| format!("## {id}\n\nTerm\n\nWords.\n\n"));
        let text = format!("# Glossary\n\nWords.\n\n{}", terms.collect::<String>());
        fs::write(glossary.join(format!("{tag}.md")), text).expect("there is room for a page");
    };
    let said = || {
        let told = read::lessons(&root).expect("the lesson itself can be read");
        pages::pages(&root, &told).expect_err("something is wrong")
    };
    page("en", &["race"]);
    page("es", &["race"]);
    let nowhere = said();
    assert!(nowhere.contains("02-race-on-a-balance/en.md: "), "{nowhere}");
    assert!(nowhere.contains("term:rice") && !nowhere.contains("term:race"), "{nowhere}");
    page("es", &["race", "rice"]);
    let said = said();
    assert!(said.contains("`## rice` stands in one language only"), "{said}");
}
