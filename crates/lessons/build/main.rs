//! Reads every folder under `lessons/` and writes the lessons as Rust constants, so that the
//! page carries no parser and a lesson with a part missing does not build.

mod data;
mod markdown;
mod pages;
mod read;

use std::{env, fmt::Debug, fs, path::Path, process::ExitCode};

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lessons");
    println!("cargo::rerun-if-changed={}", root.display());
    let out = env::var_os("OUT_DIR").expect("cargo tells a build script where to write");
    let out = Path::new(&out);
    let write = |name: &str, constant: &dyn Debug| {
        let out = out.join(name);
        fs::write(&out, format!("&{constant:?}"))
            .map_err(|error| format!("{}: {error}", out.display()))
    };
    // A constant for each part that somebody may need without the others: what a program does not
    // name the linker leaves out.
    let themes = read::themes(&root).and_then(|themes| write("themes.rs", &themes));
    let written = themes.and_then(|()| read::lessons(&root)).and_then(|told| {
        let pages = pages::pages(&root, &told)?;
        write("pages.rs", &pages)?;
        let glossary = pages.iter().find(|page| page.id == pages::GLOSSARY);
        write("listed.rs", &told.iter().map(|told| told.listed(glossary)).collect::<Vec<_>>())?;
        write("lessons.rs", &told.iter().map(|told| &told.lesson).collect::<Vec<_>>())?;
        write("measured.rs", &told.iter().map(|told| &told.measured).collect::<Vec<_>>())?;
        write("texts.rs", &told.iter().map(|told| (&told.en, &told.es)).collect::<Vec<_>>())
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            for line in message.lines() {
                println!("cargo::error={line}");
            }
            ExitCode::FAILURE
        }
    }
}
