//! Builds the page into `dist/`: Trunk does the work, then the page learns the size of its wasm
//! (for the progress bar) and the names of its worker's files, of the first view's and of the folder
//! with its lessons, and gets its licences.

use std::{
    fs,
    hash::{DefaultHasher, Hasher},
    path::Path,
};

use crate::{
    licences, precache,
    run::{command, path_with, root, run},
    say::step,
    size, tools,
};

/// What `index.html` holds, by way of `Trunk.toml`, until the size is known.
const SIZE_MARK: &str = "WASM_SIZE";

/// What it holds until the name of the worker's files is known.
const ENGINE_MARK: &str = "ENGINE_NAME";

/// What it holds until name and size of the first view's program are known.
const HOME_MARKS: [&str; 2] = ["HOME_NAME", "HOME_SIZE"];

/// What it holds until the name of the lessons' folder is known.
const LESSONS_MARK: &str = "LESSONS_NAME";

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
    let engine = name_program(&dist, "engine")?;
    let home = name_program(&dist, "home")?;
    let lessons = write_lessons(&dist)?;
    let files = files_of(&dist)?;
    let size = |start: &str| {
        let is_it = |name: &str| name.starts_with(start) && name.ends_with(".wasm");
        let wasm = files.iter().find(|(name, _)| is_it(name));
        let (_, size) = wasm.ok_or(format!("Trunk left no wasm file {start} in dist/"))?;
        Ok::<_, String>(size.to_string())
    };
    let (page_size, home_size) = (size("web-")?, size("home-")?);

    let page = dist.join("index.html");
    let mut text = read(&page)?;
    let values = [
        (SIZE_MARK, page_size),
        (ENGINE_MARK, engine),
        (HOME_MARKS[0], home),
        (HOME_MARKS[1], home_size),
        (LESSONS_MARK, lessons),
    ];
    for (mark, value) in values {
        if text.matches(mark).count() != 1 {
            return Err(format!("dist/index.html must hold {mark} once; see Trunk.toml"));
        }
        text = text.replace(mark, &value);
    }
    write(&page, &text)?;
    licences::write_licences(&dist)?;
    report(&files);
    size::judge(&dist, &files)?;
    precache::write_worker(&dist)
}

/// Puts what is in the files of a program into their names, as Trunk does for the page's own: it
/// leaves the others under one name in every build, and no cache can pair a new page with an old
/// worker. Gives the name.
fn name_program(dist: &Path, program: &str) -> Result<String, String> {
    let files = [format!("{program}.js"), format!("{program}_bg.wasm")];
    let name = named_after(program, dist, &files)?;
    for file in files {
        let named = dist.join(file.replace(program, &name));
        fs::rename(dist.join(file), &named)
            .map_err(|error| format!("{}: {error}", named.display()))?;
    }
    Ok(name)
}

/// Writes the lessons that the page fetches into a folder named after what they hold. Gives the
/// name.
fn write_lessons(dist: &Path) -> Result<String, String> {
    let folder = dist.join("lessons");
    let packer = ["run", "--quiet", "--locked", "--package=lessons", "--example=pack", "--"];
    run(command("cargo").args(packer).arg(&folder))?;
    let files: Vec<String> = files_of(&folder)?.into_iter().map(|(name, _)| name).collect();
    let name = named_after("lessons", &folder, &files)?;
    fs::rename(&folder, dist.join(&name)).map_err(|error| format!("{name}: {error}"))?;
    Ok(name)
}

/// A name that is another one as soon as a file holds something else.
fn named_after(start: &str, folder: &Path, files: &[String]) -> Result<String, String> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        let path = folder.join(file);
        let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        hasher.write_usize(bytes.len());
        hasher.write(&bytes);
    }
    Ok(format!("{start}-{:016x}", hasher.finish()))
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
        let about = entry.metadata().map_err(problem)?;
        if !about.is_file() {
            continue;
        }
        let size = about.len();
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
