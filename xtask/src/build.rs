//! Builds the page into `dist/`: Trunk does the work, then the page learns the size of its wasm
//! (for the progress bar) and gets its licences.

use std::{fs, path::Path};

use crate::{
    licences,
    run::{command, path_with, root, run},
    say::step,
    tools,
};

/// What `index.html` holds, by way of `Trunk.toml`, until the size is known.
const SIZE_MARK: &str = "WASM_SIZE";

/// Leaves the finished page in `dist/`.
pub(crate) fn build() -> Result<(), String> {
    let folders = tools::for_the_build()?;
    // Trunk builds without the network (see `Trunk.toml`), so what it needs must be here before.
    run(command("cargo").args(["fetch", "--quiet", "--locked"]))?;
    step("Building the page (first time about 2 minutes, later seconds)", || {
        let trunk = folders[0].join("trunk");
        run(command(&trunk.to_string_lossy())
            .args(["build", "--release"])
            // Some systems set NO_COLOR=1, which Trunk takes for a wrong value.
            .env_remove("NO_COLOR")
            .env("PATH", path_with(&folders)))
    })?;
    finish()
}

fn finish() -> Result<(), String> {
    let dist = root().join("dist");
    let _ = fs::remove_file(dist.join(".trunk-lock"));
    let files = files_of(&dist)?;
    let wasm = files.iter().find(|(name, _)| name.ends_with(".wasm"));
    let (_, size) = wasm.ok_or("Trunk left no wasm file in dist/")?;

    let page = dist.join("index.html");
    let text = read(&page)?;
    if text.matches(SIZE_MARK).count() != 1 {
        return Err(format!("dist/index.html must hold {SIZE_MARK} once; see Trunk.toml"));
    }
    write(&page, &text.replace(SIZE_MARK, &size.to_string()))?;
    licences::write_licences(&dist)?;
    report(&files);
    Ok(())
}

/// Says how much a visitor will load, since that is easy to worsen without noticing.
fn report(files: &[(String, u64)]) {
    println!("  dist/ is ready for any static host, at any sub-path:");
    for (name, size) in files.iter().filter(|(_, size)| *size > 4096) {
        println!("  {:>8.1} KB  {name}", *size as f64 / 1000.0);
    }
}

fn files_of(folder: &Path) -> Result<Vec<(String, u64)>, String> {
    let problem = |error| format!("{}: {error}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(problem)? {
        let entry = entry.map_err(problem)?;
        let size = entry.metadata().map_err(problem)?.len();
        files.push((entry.file_name().to_string_lossy().into_owned(), size));
    }
    files.sort();
    Ok(files)
}

pub(crate) fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

pub(crate) fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
