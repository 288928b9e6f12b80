//! The tests that need WebAssembly to run: the golden draws in Node, the journeys in Chromium.

use std::process::Command;

use crate::{
    run::{command, root},
    tools,
};

/// The command that compares the goldens as the built wasm file computes them in Node.
pub(crate) fn in_node() -> Result<Command, String> {
    tools::npm_packages()?;
    Ok(node_tests("node"))
}

/// The command that runs every browser test against `dist/`.
pub(crate) fn in_chromium() -> Result<Command, String> {
    tools::npm_packages()?;
    let chromium = tools::chromium()?;
    let mut command = node_tests("tests");
    command.env("CHROMIUM", chromium);
    Ok(command)
}

fn node_tests(folder: &str) -> Command {
    let mut node = command("node");
    // Two files at a time: each has a browser of its own.
    // One browser at a time: two on two cores starve each other, and what a person would see late
    // looks like what never comes.
    node.args(["--test", "--test-reporter=spec", "--test-concurrency=1"]);
    let mut files: Vec<_> = std::fs::read_dir(root().join("e2e").join(folder))
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    node.args(files);
    node
}
