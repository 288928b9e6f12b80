//! What would make two runs of the same schedule differ. Clippy bans more, in
//! `crates/sim-core/clippy.toml`: hash maps, clocks, the standard library's float functions.

use crate::source::{File, files, judge, words};

fn engine_files() -> Vec<File> {
    let mut all = files(|path| path.starts_with("crates/sim-core/src/") && path.ends_with(".rs"));
    all.retain(|file| !file.is_test());
    all
}

#[test]
fn no_floats_in_the_engine() {
    // A draw, and what theory says, compute with floats inside and give out whole nanoseconds.
    let may = ["crates/sim-core/src/base/draw.rs", "crates/sim-core/src/theory/"];
    let mut broken = Vec::new();
    for file in engine_files() {
        if may.iter().any(|may| file.path.starts_with(may)) {
            continue;
        }
        for (line, text) in file.code().iter().enumerate() {
            if let Some(float) = words(text).find(|word| ["f32", "f64"].contains(word)) {
                broken.push(file.broken_at(line, format!("`{float}`")));
            }
        }
    }
    judge(
        "no floats in the engine: their results differ between machines and cannot be compared",
        "count in whole units (nanoseconds, millionths); what only draws needs belongs to \
         crates/sim-core/src/base/draw.rs",
        broken,
    );
}

#[test]
fn the_engine_asks_nothing_of_the_machine_it_runs_on() {
    let never = ["Instant", "SystemTime", "thread", "thread_local", "getrandom"];
    let std_never = ["env", "fs", "io", "net", "process", "thread", "time"];
    let mut broken = Vec::new();
    for file in engine_files() {
        for (line, text) in file.code().iter().enumerate() {
            let word = words(text).find(|word| never.contains(word)).map(str::to_owned);
            let module = text.match_indices("std::").find_map(|(at, start)| {
                let module = words(&text[at + start.len()..]).next()?;
                std_never.contains(&module).then(|| format!("std::{module}"))
            });
            if let Some(named) = word.or(module) {
                broken.push(file.broken_at(line, format!("`{named}`")));
            }
        }
    }
    judge(
        "the engine knows no clock, thread, file or environment: a run depends on its input alone",
        "take what is needed as an argument; the terminal tool and the page know the outside",
        broken,
    );
}
