//! Who may know whom.

use crate::source::{Broken, File, files, judge, words};

/// The layers of the engine, and which of them each may use.
const ENGINE: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("theory", &[]),
    ("program", &["base"]),
    ("trace", &["base", "program"]),
    ("say", &["base", "program", "theory", "trace"]),
    ("lang", &["base", "program", "say"]),
    ("machine", &["base", "program", "trace"]),
    ("drive", &["base", "program", "trace", "machine"]),
    ("measure", &["base", "program", "trace", "machine", "theory"]),
    ("chance", &["base", "program", "trace", "machine", "drive"]),
    ("explore", &["base", "program", "trace", "machine"]),
    (
        "session",
        &["base", "program", "trace", "machine", "drive", "measure", "chance", "explore", "say"],
    ),
];

/// Parts of the page, and what their code must never name.
const PAGE: &[(&str, &[&str])] = &[
    ("model", &["yew", "browser", "views", "components", "worker", "app"]),
    ("protocol", &["yew", "browser", "views", "components", "worker", "model", "app"]),
    ("draw", &["yew", "browser", "views", "components", "worker", "app"]),
    ("worker", &["yew", "browser", "views", "components", "model", "app"]),
    ("browser", &["sim_core", "views", "components", "model", "app"]),
    ("components", &["sim_core", "views", "model", "protocol", "worker", "app"]),
    ("views", &["worker"]),
];

#[test]
fn the_engine_keeps_its_layers() {
    let mut broken = Vec::new();
    for file in files(|path| path.starts_with("crates/sim-core/src/") && path.ends_with(".rs")) {
        let inner = file.path.trim_start_matches("crates/sim-core/src/");
        let Some((layer, _)) = inner.split_once('/') else { continue };
        if file.is_test() {
            continue;
        }
        let Some((_, allowed)) = ENGINE.iter().find(|(name, _)| *name == layer) else {
            broken.push(file.broken(format!("`{layer}` is no layer of the table")));
            continue;
        };
        for (line, used) in uses(&file, depth(inner)) {
            if used != layer && !allowed.contains(&used.as_str()) {
                broken.push(file.broken_at(line, format!("`{layer}` must not use `{used}`")));
            }
        }
    }
    judge(
        "each layer of the engine uses only those listed for it",
        "move the code to the layer that may know both, hand the fact over as data, or, if the \
         design changed, change ENGINE in xtask/tests/house_rules/layers.rs and ARCHITECTURE.md",
        broken,
    );
}

#[test]
fn the_page_keeps_its_layers() {
    let mut broken: Vec<Broken> = Vec::new();
    for file in files(|path| path.starts_with("crates/web/src/") && path.ends_with(".rs")) {
        let inner = file.path.trim_start_matches("crates/web/src/").trim_end_matches(".rs");
        let part = inner.split('/').next().unwrap_or_default();
        let Some((_, never)) = PAGE.iter().find(|(name, _)| *name == part) else { continue };
        let only_host =
            ["crates/web/src/browser/worker_host.rs", "crates/web/src/browser/start.rs"];
        if file.is_test() || only_host.contains(&file.path.as_str()) {
            continue;
        }
        let code = file.code();
        for (line, text) in code.iter().enumerate() {
            for crate_name in words(text).filter(|word| ["yew", "sim_core"].contains(word)) {
                if never.contains(&crate_name) {
                    broken.push(file.broken_at(line, format!("`{part}` names `{crate_name}`")));
                }
            }
        }
        for (line, used) in uses(&file, depth(&format!("{inner}.rs"))) {
            if never.contains(&used.as_str()) {
                broken.push(file.broken_at(line, format!("`{part}` uses `{used}`")));
            }
        }
    }
    judge(
        "model, protocol, draw and worker know no browser; components know no simulator",
        "pass what is needed as plain data or a callback; what needs the browser goes to \
         crates/web/src/browser, what joins the parts to crates/web/src/app",
        broken,
    );
}

/// How many `super`s lead from a file's module to the crate's root.
fn depth(inner: &str) -> usize {
    let parts = inner.split('/').count();
    if inner.ends_with("/mod.rs") { parts - 1 } else { parts }
}

/// The modules at the root of the crate that a file names, each with its line.
fn uses(file: &File, depth: usize) -> Vec<(usize, String)> {
    let code = file.code().join("\n");
    let supers = "super::".repeat(depth);
    let mut found = Vec::new();
    for start in ["crate::", supers.as_str()] {
        for (at, _) in code.match_indices(start) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let line = code[..at].matches('\n').count();
            found.extend(first_names(&code[at + start.len()..]).map(|name| (line, name)));
        }
    }
    found
}

/// The first names of a path or of a group of paths: of `{a::b, c}` they are `a` and `c`.
fn first_names(rest: &str) -> impl Iterator<Item = String> {
    let mut names = Vec::new();
    if let Some(group) = rest.strip_prefix('{') {
        let mut nested = 0;
        let mut name = String::new();
        for c in group.chars() {
            match c {
                '}' if nested == 0 => break,
                '{' => nested += 1,
                '}' => nested -= 1,
                ',' if nested == 0 => names.push(std::mem::take(&mut name)),
                _ => name.push(c),
            }
        }
        names.push(name);
    } else {
        names.push(rest.to_owned());
    }
    names.into_iter().filter_map(|name| words(name.trim_start()).next().map(str::to_owned))
}

#[test]
fn every_way_to_name_a_layer_is_seen() {
    let names = |text: &str, depth| {
        let file = File { path: "x.rs".to_owned(), text: text.to_owned() };
        uses(&file, depth).into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    assert_eq!(names("use crate::lang::x;", 2), ["lang"]);
    assert_eq!(names("use crate::{\n  base::{a, b},\n  trace,\n};", 2), ["base", "trace"]);
    assert_eq!(names("fn f() { super::super::lang::x() }", 2), ["lang"]);
    assert_eq!(names("use super::op; // crate::lang", 2), [""; 0]);
    assert_eq!(names("#[cfg(test)]\nmod tests { use crate::lang; }", 1), [""; 0]);
}
