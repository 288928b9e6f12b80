//! What a browser keeps of the page, so that it opens without a network: a list of all files with
//! what is in them, put before the text of the service worker. Everything else of `dist/` must be
//! finished by then.

use std::{
    fs,
    hash::{DefaultHasher, Hasher},
    path::Path,
};

use crate::{
    build::{read, write},
    run::{command, output_of, root},
};

/// What `index.html` holds until the name of the whole build is known.
const BUILD_MARK: &str = "BUILD_NAME";

/// Prints what each file it is given is, as browsers compare it.
const DIGEST: &str = "const { readFileSync } = require('fs'), { createHash } = require('crypto'); \
    for (const file of process.argv.slice(1)) \
    console.log(createHash('sha256').update(readFileSync(file)).digest('base64'))";

/// Gives the build its name, and writes its service worker.
pub(crate) fn write_worker(dist: &Path) -> Result<(), String> {
    let worker = read(&root().join("crates/web/assets/sw.js"))?;
    let names = names_in(dist, "")?;
    let build = name_of(&worker, &names, &digests(dist, &names)?);
    let page = dist.join("index.html");
    let text = read(&page)?;
    if text.matches(BUILD_MARK).count() != 1 {
        return Err(format!("dist/index.html must hold {BUILD_MARK} once; see index.html"));
    }
    write(&page, &text.replace(BUILD_MARK, &build))?;
    let digests = digests(dist, &names)?;
    write(&dist.join("sw.js"), &(head(&build, &names, &digests) + &worker))?;
    let bytes: u64 =
        names.iter().filter_map(|name| Some(fs::metadata(dist.join(name)).ok()?.len())).sum();
    println!(
        "          kept for days without a network: {} files, {:.1} MB unpacked",
        names.len(),
        bytes as f64 / 1e6
    );
    Ok(())
}

/// The constants that `sw.js` expects before its text.
fn head(build: &str, names: &[String], digests: &[String]) -> String {
    let pairs = names.iter().zip(digests).map(|(name, is)| format!("  [\"{name}\", \"{is}\"],\n"));
    format!("const BUILD = \"{build}\";\nconst FILES = [\n{}];\n", pairs.collect::<String>())
}

/// A name that is another one as soon as any file is, or the service worker.
fn name_of(worker: &str, names: &[String], digests: &[String]) -> String {
    let mut hasher = DefaultHasher::new();
    for text in names.iter().chain(digests).map(String::as_str).chain([worker]) {
        hasher.write_usize(text.len());
        hasher.write(text.as_bytes());
    }
    format!("{:016x}", hasher.finish())
}

/// All files but the service worker, with their folders, in order.
fn names_in(folder: &Path, under: &str) -> Result<Vec<String>, String> {
    let problem = |error| format!("{}: {error}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(problem)? {
        let entry = entry.map_err(problem)?;
        let name = format!("{under}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            names.extend(names_in(&entry.path(), &format!("{name}/"))?);
        } else if name != "sw.js" {
            // They are written into a program between quotes, and into addresses.
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
            if !name.chars().all(is_plain) {
                return Err(format!("{name}: a file of the page needs a plain name"));
            }
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn digests(dist: &Path, names: &[String]) -> Result<Vec<String>, String> {
    let paths = names.iter().map(|name| dist.join(name));
    let said = output_of(command("node").args(["-e", DIGEST]).args(paths));
    let digests: Vec<String> = said.unwrap_or_default().lines().map(str::to_owned).collect();
    if digests.len() == names.len() {
        Ok(digests)
    } else {
        Err("node could not read the files of dist/".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.to_owned()).collect()
    }

    #[test]
    fn the_worker_is_told_the_build_and_every_file_with_what_it_is() {
        let said = head("b1", &texts(&["a.css", "l/x"]), &texts(&["AA=", "B/+="]));
        let expected = "const BUILD = \"b1\";\nconst FILES = [\n  [\"a.css\", \"AA=\"],\n  [\"l/x\", \"B/+=\"],\n];\n";
        assert_eq!(said, expected);
    }

    #[test]
    fn whatever_changes_gives_the_build_another_name() {
        let (names, digests) = (texts(&["a", "b"]), texts(&["1", "2"]));
        let name = name_of("worker", &names, &digests);
        assert_eq!(name, name_of("worker", &names, &digests));
        assert_ne!(name, name_of("worker 2", &names, &digests));
        assert_ne!(name, name_of("worker", &texts(&["a", "c"]), &digests));
        assert_ne!(name, name_of("worker", &names, &texts(&["1", "3"])));
    }

    #[test]
    fn files_of_folders_are_listed_and_the_worker_is_not() {
        let folder = std::env::temp_dir().join(format!("lockstep-precache-{}", std::process::id()));
        fs::create_dir_all(folder.join("lessons-1")).unwrap();
        for file in ["sw.js", "index.html", "lessons-1/one"] {
            fs::write(folder.join(file), file).unwrap();
        }
        assert_eq!(names_in(&folder, "").unwrap(), texts(&["index.html", "lessons-1/one"]));
        fs::write(folder.join("a b"), "").unwrap();
        assert!(names_in(&folder, "").unwrap_err().contains("plain name"));
        fs::remove_dir_all(folder).unwrap();
    }
}
