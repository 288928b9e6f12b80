//! A budget for the length of a file, and exceptions that may only shrink.

use std::{collections::BTreeMap, fs};

use crate::source::{Broken, files, judge, root};

/// Lines a file may have: what one person reads in one sitting.
const BUDGET: usize = 600;
const EXCEPTIONS: &str = "xtask/tests/house_rules/long_files.txt";

#[test]
fn files_keep_to_their_length() {
    let list =
        fs::read_to_string(root().join(EXCEPTIONS)).expect("the list of exceptions is there");
    let mut exceptions: BTreeMap<&str, usize> = list
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| {
            let (length, path) = line.split_once(' ').expect("a line is `LENGTH PATH`");
            (path, length.parse().expect("a length is a number"))
        })
        .collect();

    let is_measured =
        |path: &str| [".rs", ".css", ".mjs"].iter().any(|ending| path.ends_with(ending));
    let mut broken: Vec<Broken> = Vec::new();
    for file in files(is_measured) {
        let length = file.text.lines().count();
        let allowed = exceptions.remove(file.path.as_str());
        match allowed {
            None if length > BUDGET => {
                broken.push(file.broken(format!("{length} lines, {BUDGET} are the budget")));
            }
            Some(allowed) if length > allowed => {
                broken.push(file.broken(format!("grew from {allowed} to {length} lines")));
            }
            Some(_) if length <= BUDGET => {
                broken
                    .push(file.broken(format!("fits the budget now: strike it from {EXCEPTIONS}")));
            }
            Some(allowed) if length < allowed => {
                broken.push(
                    file.broken(format!("shrank: write {length} for {allowed} in {EXCEPTIONS}")),
                );
            }
            _ => {}
        }
    }
    assert!(exceptions.is_empty(), "{EXCEPTIONS} names files that are gone: {exceptions:?}");
    judge(
        "a file has at most 600 lines; the exceptions may only shrink",
        "split the file along its ideas, one idea a file",
        broken,
    );
}
