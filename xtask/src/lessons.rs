//! `cargo xtask lessons`: explores every lesson anew, and writes what was found down.

use crate::{
    run::{command, run},
    say::step,
};

/// Writes the goldens, and then the document that tells of all lessons.
pub(crate) fn lessons() -> Result<(), String> {
    let test = |name: &str| {
        let mut cargo = command("cargo");
        cargo.args(["test", "--package=lessons", "--locked", "--quiet", "--test", name]);
        cargo.env("UPDATE", "1");
        run(&mut cargo)
    };
    step("Exploring every lesson (crates/lessons/goldens/goldens.txt)", || test("golden"))?;
    step("Writing docs/lessons.md", || test("course"))
}
