//! Laying out whole scenarios: their programs stay the same.

use crate::corpus::texts;
use sim_core::{
    lang::{Values, check, format},
    program::listing,
};
use std::{fs, path::Path};

/// The scenarios of the lessons and of the corpus, with their names.
pub(crate) fn scenarios() -> Vec<(String, String)> {
    let lessons = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lessons");
    let mut all = texts("ok");
    for entry in fs::read_dir(lessons).expect("the lessons are there") {
        let path = entry.expect("their folder can be read").path().join("scenario.lockstep");
        if let Ok(text) = fs::read_to_string(&path) {
            all.push((path.display().to_string(), text));
        }
    }
    all.sort();
    all
}

#[test]
fn a_scenario_laid_out_is_the_same_program() {
    for (name, text) in scenarios() {
        let out = format(&text).unwrap_or_else(|wrong| panic!("{name}: {wrong:?}"));
        assert_eq!(format(&out).as_ref(), Ok(&out), "{name}");
        let listed = |text: &str| {
            let scenario = check(text).scenario.unwrap_or_else(|| panic!("{name} is refused"));
            listing(&scenario.bind(&Values::default()).expect("its defaults bind"))
        };
        assert_eq!(listed(&text), listed(&out), "{name}");
    }
}

#[test]
fn a_scenario_in_disorder_is_laid_out_like_the_one_in_order() {
    for (name, text) in scenarios() {
        let out = format(&text).expect("it was laid out before");
        // Indentation, blanks at line ends and line ends of another kind are not kept.
        let disorder: String =
            out.lines().map(|line| std::format!("\t {} \t\r\n", line.trim_start())).collect();
        assert_eq!(format(&disorder).expect("its brackets pair"), out, "{name}");
    }
}
