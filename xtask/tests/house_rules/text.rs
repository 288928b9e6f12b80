//! What every text file keeps to.

use crate::source::{files, judge};

#[test]
fn every_rust_file_says_first_what_it_is() {
    let mut broken = Vec::new();
    for file in files(|path| path.ends_with(".rs")) {
        if !file.text.starts_with("//! ") {
            broken.push(file.broken("does not start with `//! `"));
        }
    }
    judge(
        "every Rust file starts with a sentence that says what it is",
        "write that sentence first, and then why it is so or what it must not do",
        broken,
    );
}

#[test]
fn no_space_at_the_end_of_a_line() {
    let mut broken = Vec::new();
    let endings =
        [".rs", ".md", ".css", ".mjs", ".js", ".toml", ".html", ".yml", ".lockstep", ".txt"];
    for file in files(|path| endings.iter().any(|ending| path.ends_with(ending))) {
        for (line, text) in file.text.lines().enumerate() {
            if text.ends_with([' ', '\t', '\r']) {
                broken.push(file.broken_at(line, "ends with a space, a tab or a CR"));
            }
        }
    }
    judge("no line ends with a space", "take it away; a line break in Markdown is `\\`", broken);
}

#[test]
fn colours_have_names() {
    let mut broken = Vec::new();
    // A room has the same names with colours of its own, which are measured there.
    let has_colours = |path: &str| path.ends_with("/tokens.css") || path.ends_with("/room.css");
    let is_style = |path: &str| path.ends_with(".css") && !has_colours(path);
    for file in files(is_style) {
        for (line, text) in file.text.lines().enumerate() {
            let Some((_, value)) = text.split_once(':') else { continue };
            let is_hex = value.split('#').skip(1).any(|rest| {
                let digits = rest.chars().take_while(|c| c.is_alphanumeric()).count();
                let is_number = rest.chars().take(digits).all(|c| c.is_ascii_hexdigit());
                [3, 4, 6, 8].contains(&digits) && is_number && !value.contains('{')
            });
            let is_function =
                ["rgb(", "rgba(", "hsl(", "oklch("].iter().any(|name| value.contains(name));
            if is_hex || is_function {
                broken.push(file.broken_at(line, format!("a colour of its own:{value}")));
            }
        }
    }
    judge(
        "colours stand only in tokens.css and room.css of crates/web/styles, light and dark side by side",
        "use a custom property of tokens.css, or add one there with a name that says what it means",
        broken,
    );
}

#[test]
fn no_address_of_a_package_registry() {
    // Put together here so that this file does not break its own rule.
    let hosts = [["crates", "io"], ["npmjs", "org"], ["npmjs", "com"], ["pypi", "org"]];
    let hosts = hosts.map(|parts| parts.join("."));
    let mut broken = Vec::new();
    for file in files(|path| !path.ends_with("Cargo.lock")) {
        for (line, text) in file.text.lines().enumerate() {
            if let Some(host) = hosts.iter().find(|host| text.contains(host.as_str())) {
                broken.push(file.broken_at(line, format!("names {host}")));
            }
        }
    }
    judge(
        "no file names a package registry: people behind a mirror build too",
        "leave the address to the settings of cargo and npm (e2e/.npmrc keeps it out of the lock \
         file: delete `resolved` lines and run npm install again)",
        broken,
    );
}
