//! `cargo xtask bench`: Lockstep's engine beside its peers, natively and in WebAssembly; and how long
//! the page works for a frame.
//!
//! The program is in `bench/`, outside the workspace. Its WebAssembly has the profile of the page's
//! and goes through the same wasm-opt.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::{
    build::{read, write},
    run::{command, root, run, run_and_listen},
    say::step,
    tools,
};

const DOCUMENT: &str = "docs/performance.md";
const BEGIN: &str = "<!-- made by cargo xtask bench --write: begin -->\n";
const END: &str = "<!-- made by cargo xtask bench --write: end -->\n";
/// The tables, as the program names them.
const TABLES: &[&str] = &["aims", "search", "simulation"];

/// What is measured in a browser, on the built page, by `e2e/frames.mjs`.
const FRAMES: &str = "frames";

/// What the command line asks for.
#[derive(Default)]
struct Options {
    quick: bool,
    write: bool,
    no_wasm: bool,
    only: Option<String>,
}

/// Builds, measures, prints, and writes if that is asked for.
pub(crate) fn bench(words: &[&str]) -> Result<(), String> {
    let options = options(words)?;
    if options.only.as_deref() == Some(FRAMES) {
        return frames(options.quick);
    }
    let target = env::var_os("CARGO_TARGET_DIR").map_or(root().join("target"), PathBuf::from);
    let target = target.join("bench");
    let module = (!options.no_wasm).then(|| build_wasm(&target)).transpose()?;
    step("Building the benchmark and its peers (first time about 3 minutes)", || {
        run(command("cargo")
            .args(["build", "--release", "--locked", "--manifest-path=bench/Cargo.toml"])
            .arg("--target-dir")
            .arg(&target))
    })?;
    let mut program = command(&target.join("release/lockstep-bench").to_string_lossy());
    program.args(options.quick.then_some("--quick"));
    program.args(options.only.iter().flat_map(|table| ["--only", table]));
    if let Some(module) = &module {
        program.args(["--node", "bench/wasm.mjs"]).arg(module);
    }
    let (lines, result) = run_and_listen(&mut program);
    result?;
    if options.write { write_document(&lines) } else { Ok(()) }
}

/// Measures the page in `dist/`, which `cargo xtask build` leaves there.
fn frames(quick: bool) -> Result<(), String> {
    tools::npm_packages()?;
    let mut node = command("node");
    node.arg("e2e/frames.mjs").args(quick.then_some("2"));
    node.env("CHROMIUM", tools::chromium()?);
    run(&mut node)
}

fn options(words: &[&str]) -> Result<Options, String> {
    let mut options = Options::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--quick" => options.quick = true,
            "--write" => options.write = true,
            "--no-wasm" => options.no_wasm = true,
            "--only" => {
                let known = |table: &&&str| TABLES.contains(table) || **table == FRAMES;
                let all = TABLES.join(", ");
                let table = words.next().filter(known);
                let table = table.ok_or(format!("--only takes one of {all}, {FRAMES}"))?;
                options.only = Some((*table).to_owned());
            }
            other => return Err(format!("cargo xtask bench does not know `{other}`")),
        }
    }
    if options.write && (options.quick || options.no_wasm || options.only.is_some()) {
        return Err("--write takes everything, measured at length".to_owned());
    }
    Ok(options)
}

/// Builds the module that runs in Node, and says where it is.
fn build_wasm(target: &Path) -> Result<PathBuf, String> {
    tools::wasm_target()?;
    let packages = tools::npm_packages()?;
    let built = target.join("wasm32-unknown-unknown/wasm-release/lockstep_bench.wasm");
    let module = target.join("bench.wasm");
    step("Building the benchmark for WebAssembly, as the page is built", || {
        run(command("cargo")
            .args(["build", "--lib", "--locked", "--manifest-path=bench/Cargo.toml"])
            .args(["--profile=wasm-release", "--target=wasm32-unknown-unknown"])
            .arg("--target-dir")
            .arg(target))?;
        if is_newer(&module, &built) {
            return Ok(());
        }
        run(command(&packages.join("wasm-opt").to_string_lossy())
            .args(["-Os", "-o"])
            .args([&module, &built]))
    })?;
    Ok(module)
}

/// Whether what was made is younger than what it is made from.
fn is_newer(made: &Path, from: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|found| found.modified());
    time(made).is_ok_and(|made| time(from).is_ok_and(|from| made > from))
}

/// Puts the tables into the document, between its marks.
fn write_document(lines: &[String]) -> Result<(), String> {
    let path = root().join(DOCUMENT);
    let text = read(&path)?;
    let parts = text.split_once(BEGIN).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(END)?;
        Some((before, after))
    });
    let (before, after) = parts.ok_or(format!("{DOCUMENT} has lost its marks: {BEGIN}{END}"))?;
    let tables = lines.join("\n");
    write(&path, &format!("{before}{BEGIN}\n{}\n\n{END}{after}", tables.trim()))?;
    println!("{DOCUMENT} is written");
    Ok(())
}
