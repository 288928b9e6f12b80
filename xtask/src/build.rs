//! Builds the page into `dist/`: Trunk does the work, then the page learns the size of its wasm
//! (for the progress bar) and the names of its worker's files, and gets its licences.

use std::{
    fs,
    hash::{DefaultHasher, Hasher},
    path::Path,
};

use crate::{
    licences,
    run::{command, path_with, root, run},
    say::step,
    size, tools,
};

/// What `index.html` holds, by way of `Trunk.toml`, until the size is known.
const SIZE_MARK: &str = "WASM_SIZE";

/// What it holds until the name of the worker's files is known.
const ENGINE_MARK: &str = "ENGINE_NAME";

/// What Trunk leaves for the worker: its files have one name in every build.
const ENGINE_FILES: [&str; 2] = ["engine.js", "engine_bg.wasm"];

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
    let engine = name_engine(&dist)?;
    let files = files_of(&dist)?;
    let wasm = files.iter().find(|(name, _)| name.starts_with("web-") && name.ends_with(".wasm"));
    let (_, size) = wasm.ok_or("Trunk left no wasm file of the page in dist/")?;

    let page = dist.join("index.html");
    let mut text = read(&page)?;
    for (mark, value) in [(SIZE_MARK, size.to_string()), (ENGINE_MARK, engine)] {
        if text.matches(mark).count() != 1 {
            return Err(format!("dist/index.html must hold {mark} once; see Trunk.toml"));
        }
        text = text.replace(mark, &value);
    }
    write(&page, &text)?;
    licences::write_licences(&dist)?;
    report(&files);
    size::judge(&dist, &files)
}

/// Puts what is in the worker's files into their names, as Trunk does for the page's: no cache can
/// pair a new page with an old worker. Gives the name.
fn name_engine(dist: &Path) -> Result<String, String> {
    let mut hasher = DefaultHasher::new();
    for file in ENGINE_FILES {
        let path = dist.join(file);
        hasher.write(&fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?);
    }
    let name = format!("engine-{:016x}", hasher.finish());
    for file in ENGINE_FILES {
        let named = dist.join(file.replace("engine", &name));
        fs::rename(dist.join(file), &named)
            .map_err(|error| format!("{}: {error}", named.display()))?;
    }
    Ok(name)
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
