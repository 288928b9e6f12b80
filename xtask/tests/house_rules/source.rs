//! The repository's files as the rules see them, and how a broken rule is told.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// One text file of the repository.
pub(crate) struct File {
    /// Its path from the root, with `/` between the parts.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// A place in a file where a rule is broken, or the file itself.
pub(crate) struct Broken {
    path: String,
    line: Option<usize>,
    what: String,
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository").to_owned()
}

/// Every file that is or will be committed and whose path the filter likes.
pub(crate) fn files(filter: impl Fn(&str) -> bool) -> Vec<File> {
    let listed = Command::new("git")
        .current_dir(root())
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        .output()
        .ok()
        .filter(|output| output.status.success())
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let mut paths = match listed {
        Some(text) => text.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect(),
        None => walk(),
    };
    paths.sort();
    paths.dedup();
    paths
        .into_iter()
        .filter(|path| filter(path))
        .filter_map(|path| {
            let text = fs::read_to_string(root().join(&path)).ok()?;
            Some(File { path, text })
        })
        .collect()
}

/// The same from the disk, for a copy of the source without git.
fn walk() -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name();
            let is_made = ["target", "dist", "node_modules", "results", ".git"];
            if is_made.iter().any(|made| name == **made) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(relative) = path.strip_prefix(root()) {
                found.push(relative.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found
}

impl File {
    /// The file is broken as a whole.
    pub(crate) fn broken(&self, what: impl Into<String>) -> Broken {
        Broken { path: self.path.clone(), line: None, what: what.into() }
    }

    /// A line, counted from 0, breaks the rule.
    pub(crate) fn broken_at(&self, line: usize, what: impl Into<String>) -> Broken {
        Broken { path: self.path.clone(), line: Some(line + 1), what: what.into() }
    }

    /// The lines that are compiled into the product: comments are blanked, and so is everything
    /// from a file's `#[cfg(test)]` on, where its tests stand.
    pub(crate) fn code(&self) -> Vec<&str> {
        let mut in_tests = false;
        let blanked = |line: &'_ str| line.split("//").next().unwrap_or_default().len();
        self.text
            .lines()
            .map(|line| {
                in_tests |= line.trim() == "#[cfg(test)]";
                if in_tests { "" } else { &line[..blanked(line)] }
            })
            .collect()
    }

    /// Whether the file is nothing but tests.
    pub(crate) fn is_test(&self) -> bool {
        self.path.contains("/tests/") || self.path.ends_with("/tests.rs")
    }
}

/// The words of a line of code: letters, digits and `_` that stand together.
pub(crate) fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// Fails with every place and what to do about it.
pub(crate) fn judge(rule: &str, advice: &str, broken: Vec<Broken>) {
    if broken.is_empty() {
        return;
    }
    let places: Vec<String> = broken
        .into_iter()
        .map(|Broken { path, line, what }| match line {
            Some(line) => format!("  {path}:{line}: {what}"),
            None => format!("  {path}: {what}"),
        })
        .collect();
    panic!("\nRule: {rule}\n{}\nWhat to do: {advice}\n", places.join("\n"));
}
