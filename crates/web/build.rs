//! Tells the page which commit it was built from.

use std::{path::Path, process::Command};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=LOCKSTEP_COMMIT");
    let version = std::env::var("CARGO_PKG_VERSION").unwrap_or_default();
    println!("cargo:rustc-env=LOCKSTEP_VERSION={version}");
    let commit = std::env::var("LOCKSTEP_COMMIT").ok().or_else(git_commit);
    println!("cargo:rustc-env=LOCKSTEP_COMMIT={}", commit.as_deref().unwrap_or("unknown"));
}

/// The short hash of the checked-out commit, or nothing outside a git checkout.
fn git_commit() -> Option<String> {
    // This log grows with every commit and checkout; without it cargo would not notice one.
    let log = Path::new("../../.git/logs/HEAD");
    if log.exists() {
        println!("cargo:rerun-if-changed={}", log.display());
    }
    let output = Command::new("git").args(["rev-parse", "--short=9", "HEAD"]).output().ok()?;
    let hash = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !hash.is_empty()).then_some(hash)
}
