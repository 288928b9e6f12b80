//! Reads every folder under `lessons/` and writes the lessons as Rust constants, so that the
//! page carries no parser and a lesson with a part missing does not build.

mod data;
mod markdown;
mod read;

use std::{env, fs, path::Path, process::ExitCode};

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lessons");
    println!("cargo::rerun-if-changed={}", root.display());
    let out = env::var_os("OUT_DIR").expect("cargo tells a build script where to write");
    let out = Path::new(&out).join("lessons.rs");
    let written = read::lessons(&root).and_then(|lessons| {
        let text = format!("&{:?}", lessons.as_slice());
        fs::write(&out, text).map_err(|error| format!("{}: {error}", out.display()))
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
