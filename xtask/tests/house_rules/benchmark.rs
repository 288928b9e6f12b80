//! What `bench/` repeats of the workspace, because it stands outside.

use std::{collections::BTreeMap, fs};

use crate::source::root;

/// The lines of a section of a manifest, without comments.
fn section(manifest: &str, name: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(manifest)).expect("the manifest is there");
    let lines = text.lines().map(str::trim).skip_while(|line| *line != name).skip(1);
    let lines = lines.take_while(|line| !line.starts_with('['));
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

#[test]
fn the_benchmark_is_built_as_what_is_shipped() {
    let profiles =
        ["[profile.release]", "[profile.wasm-release]", "[profile.wasm-release.package.sim-core]"];
    for profile in profiles {
        let shipped = section("Cargo.toml", profile);
        assert!(!shipped.is_empty(), "Cargo.toml has no {profile} any more");
        assert_eq!(
            section("bench/Cargo.toml", profile),
            shipped,
            "\nRule: the benchmark measures what is shipped\nWhat to do: make {profile} of \
             bench/Cargo.toml equal to that of Cargo.toml\n"
        );
    }
}

#[test]
fn the_benchmark_is_optimised_as_the_page_is() {
    let page = fs::read_to_string(root().join("index.html")).expect("the page is there");
    let chore = fs::read_to_string(root().join("xtask/src/bench.rs")).expect("the chore is there");
    let level = page.split_once("data-wasm-opt=\"").and_then(|(_, rest)| rest.split('"').next());
    let option = format!("\"-O{}\"", level.expect("index.html names a level for wasm-opt"));
    assert!(
        chore.contains(&option),
        "\nRule: the benchmark measures what is shipped\nWhat to do: give wasm-opt {option} in \
         xtask/src/bench.rs, as index.html does\n"
    );
}

/// The version of each package that a lock file gives to the engine, by name.
fn of_the_engine(lock: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(root().join(lock)).expect("the lock file is there");
    let field = |package: &str, name: &str| {
        let (_, rest) = package.split_once(&format!("\n{name} = \""))?;
        Some(rest.split('"').next()?.to_owned())
    };
    let packages: Vec<&str> = text.split("[[package]]").collect();
    let engine = packages.iter().find(|package| package.contains("\nname = \"sim-core\"\n"));
    let engine = engine.expect("the engine is in the lock file");
    let (_, uses) = engine.split_once("dependencies = [").expect("it uses something");
    let uses = uses.split('"').skip(1).step_by(2);
    uses.map(|used| match used.split_once(' ') {
        Some((name, version)) => (name.to_owned(), version.to_owned()),
        None => {
            let named = |package: &&&str| field(package, "name").as_deref() == Some(used);
            let version = packages.iter().find(named).and_then(|found| field(found, "version"));
            (used.to_owned(), version.expect("a package has a version"))
        }
    })
    .collect()
}

#[test]
fn the_engine_is_measured_with_the_packages_it_is_shipped_with() {
    let (shipped, measured) = (of_the_engine("Cargo.lock"), of_the_engine("bench/Cargo.lock"));
    let names = section("crates/sim-core/Cargo.toml", "[dependencies]");
    let names = names.iter().map(|line| line.split(['.', ' ', '=']).next().unwrap_or_default());
    let mut compared = 0;
    for name in names {
        assert_eq!(
            measured.get(name),
            shipped.get(name),
            "\nRule: the benchmark measures what is shipped\nWhat to do: `cargo check \
             --manifest-path bench/Cargo.toml` takes in a new package; `cargo update \
             --manifest-path bench/Cargo.toml --precise VERSION {name}` sets its version\n"
        );
        compared += 1;
    }
    assert!(compared > 0, "the engine uses packages");
}
