//! The programs whose outcomes are known: Hermitage's, the remedies, and what waits and locks do.
//! They are the scenarios that the engine's own tests hold to those outcomes.

use crate::{program::Program, read::read};

macro_rules! scenarios {
    ($($file:literal),* $(,)?) => {
        &[$(($file, include_str!(concat!("../../sim-core/tests/isolation/", $file, ".lockstep")))),*]
    };
}

const SCENARIOS: &[(&str, &str)] = scenarios![
    "g0",
    "g1a",
    "g1b",
    "g1c",
    "otv",
    "pmp",
    "p4",
    "gsingle",
    "gsingle-predicate",
    "gsingle-write",
    "g2item",
    "g2",
    "add",
    "add-version",
    "lock-only",
    "skew",
    "phantom",
    "deadlock",
    "twice",
];

/// Those with a parameter besides the level, and its values.
const WAYS: &[(&str, &str, &[&str])] = &[
    ("add", "way", &["read_then_write", "atomic_update", "for_update"]),
    ("skew", "way", &["none", "for_update"]),
    ("phantom", "way", &["none", "for_update"]),
    ("twice", "first", &["commits", "rolls_back"]),
];

/// All of them.
pub(crate) fn programs() -> Result<Vec<Program>, String> {
    let mut programs = Vec::new();
    for (file, text) in SCENARIOS {
        let named = |error: String| format!("{file}.lockstep: {error}");
        match WAYS.iter().find(|(with, ..)| with == file) {
            None => programs.push(read(text, &[]).map_err(named)?),
            Some((_, param, values)) => {
                for value in *values {
                    let mut program = read(text, &[(param, value)]).map_err(named)?;
                    program.title = format!("{}, {param} {value}", program.title);
                    programs.push(program);
                }
            }
        }
    }
    Ok(programs)
}
