//! What the documents name exists.

use crate::source::{File, files, judge, root};

/// Folders whose paths are recognised in backticks.
const FOLDERS: &[&str] =
    &["bench/", "crates/", "xtask/", "e2e/", "docs/", "lessons/", ".github/", ".ci/", ".cargo/"];
/// Named in the documents, made by a command, never committed.
const MADE: &[&str] = &["e2e/results", "e2e/node_modules"];

#[test]
fn paths_in_the_documents_exist() {
    let is_document = |path: &str| {
        let is_ours = path.starts_with("docs/") || !path.contains('/');
        is_ours && path.ends_with(".md")
    };
    let mut broken = Vec::new();
    for file in files(is_document) {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (line, text) in file.text.lines().enumerate() {
            for path in named(text) {
                if !root().join(path).exists() {
                    broken.push(file.broken_at(line, format!("`{path}` is not there")));
                }
            }
            for link in links(text) {
                if !root().join(folder).join(link).exists() {
                    broken.push(file.broken_at(line, format!("the link to {link} leads nowhere")));
                }
            }
        }
    }
    judge("what the documents name exists", "correct the path, or the document", broken);
}

/// The paths of ours in backticks; those with a placeholder (`<name>`, `*`, `…`) are none.
fn named(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2).filter(|text| {
        let is_plain =
            text.chars().all(|c| c.is_ascii_alphanumeric() || ['/', '.', '-', '_'].contains(&c));
        let is_made = MADE.iter().any(|made| text.starts_with(made));
        is_plain && !is_made && FOLDERS.iter().any(|folder| text.starts_with(folder))
    })
}

/// The files that links of a line lead to.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| {
        let target = rest.split([')', '#', ' ']).next()?;
        (!target.is_empty() && !target.contains("://") && !target.starts_with("mailto:"))
            .then_some(target)
    })
}

#[test]
fn only_paths_are_taken_for_paths() {
    let file = File {
        path: String::new(),
        text: "`crates/web` and `a/b`, `docs/<x>.md` ([here](docs/a.md#b), [out](https://x))"
            .into(),
    };
    assert_eq!(named(&file.text).collect::<Vec<_>>(), ["crates/web"]);
    assert_eq!(links(&file.text).collect::<Vec<_>>(), ["docs/a.md"]);
}
