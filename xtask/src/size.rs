//! What a visitor loads before the page is there, as it comes over the wire.

use std::path::Path;

use crate::run::{command, output_of};

/// How many kilobytes of program a workbench may take, packed: a little above what it takes,
/// so that it does not grow without anybody noticing. Raise it for what is worth the wait.
const CEILING: f64 = 684.0;

/// How many the first view may take, which nearly everybody waits for first.
const HOME_CEILING: f64 = 130.0;

/// Packs each file that it is given as hosts do, and prints its size then.
const PACK: &str = "const { readFileSync } = require('fs'), { gzipSync } = require('zlib'); \
    for (const file of process.argv.slice(1)) \
    console.log(gzipSync(readFileSync(file), { level: 9 }).length)";

/// Says how much each view loads: what the page needs to be there, and what the simulator adds.
///
/// # Errors
/// When one of them needs more than its ceiling.
pub(crate) fn judge(dist: &Path, files: &[(String, u64)]) -> Result<(), String> {
    let is_program = |name: &str| {
        // One is for old browsers only, the other comes beside the page and holds nothing up.
        let is_aside = ["boot-old.js", "updates.mjs"].contains(&name);
        [".wasm", ".js", ".mjs"].iter().any(|end| name.ends_with(end)) && !is_aside
    };
    let packed = packed(dist, files)?;
    let sum = |which: &dyn Fn(&str) -> bool| -> f64 {
        let sizes = packed.iter().filter(|(name, _)| which(name)).map(|(_, size)| *size);
        sizes.sum::<u64>() as f64 / 1000.0
    };
    let is_worker = |name: &str| name.starts_with("engine-") || name == "worker.mjs";
    let is_home = |name: &str| name.starts_with("home-");
    let page = sum(&|name| is_program(name) && !is_worker(name) && !is_home(name));
    let home = sum(&|name| is_program(name) && is_home(name) || name == "boot.mjs");
    let worker = sum(&|name| is_program(name) && is_worker(name));
    let dress =
        sum(&|name| (name.ends_with(".css") && name != "licences.css") || name == "index.html");
    println!("  packed: {home:.1} KB of program until the first view (at most {HOME_CEILING:.0}),");
    println!("          {page:.1} KB until a workbench is there (at most {CEILING:.0}),");
    println!(
        "          {dress:.1} KB of its text and dress, {worker:.1} KB for the simulator after"
    );
    if page > CEILING {
        return Err(format!(
            "a workbench needs {page:.1} KB before it is there, more than the {CEILING:.0} KB of \
             xtask/src/size.rs. Did something of the simulator or the lessons come into the \
             page's own binary? docs/decisions/008-two-binaries.md tells what belongs where."
        ));
    }
    if home > HOME_CEILING {
        return Err(format!(
            "the first view needs {home:.1} KB, more than the {HOME_CEILING:.0} KB of \
             xtask/src/size.rs. Did something of the workbench come into its binary? \
             docs/decisions/016-a-light-first-view.md tells what belongs where."
        ));
    }
    Ok(())
}

fn packed<'a>(dist: &Path, files: &'a [(String, u64)]) -> Result<Vec<(&'a str, u64)>, String> {
    let paths = files.iter().map(|(name, _)| dist.join(name));
    let said = output_of(command("node").args(["-e", PACK]).args(paths));
    let said = said.ok_or("node could not pack the files of dist/")?;
    let sizes: Vec<u64> = said.lines().filter_map(|line| line.parse().ok()).collect();
    Ok(files.iter().map(|(name, _)| name.as_str()).zip(sizes).collect())
}
