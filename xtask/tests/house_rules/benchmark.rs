//! What `bench/` repeats of the workspace, because it stands outside.

use std::fs;

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
