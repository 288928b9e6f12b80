//! Writes `dist/licences.html`: every crate inside the page's wasm file, its licence, and the
//! text of that licence where the crate ships one. Equal texts are shown once.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::{Path, PathBuf},
};

use crate::{
    build::{read, write},
    run::{command, output_of, root},
};

/// A crate that is part of the page.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    name: String,
    version: String,
    licence: String,
    address: String,
}

pub(crate) fn write_licences(dist: &Path) -> Result<(), String> {
    let parts = parts()?;
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for part in &parts {
        for text in licence_texts(part) {
            texts.entry(text).or_default().push(format!("{} {}", part.name, part.version));
        }
    }
    for file in ["LICENSE-MIT", "LICENSE-APACHE"] {
        texts.entry(read(&root().join(file))?).or_default().insert(0, "Lockstep".to_owned());
    }
    write(&dist.join("licences.html"), &page(&parts, &texts))?;
    write(&dist.join("licences.css"), &read(&root().join("crates/web/assets/licences.css"))?)
}

/// The crates linked into the wasm file, except ours.
fn parts() -> Result<BTreeSet<Part>, String> {
    let tree = output_of(command("cargo").args([
        "tree",
        "--locked",
        "--package=web",
        "--target=wasm32-unknown-unknown",
        "--edges=normal,no-proc-macro",
        "--prefix=none",
        "--format={p}|{l}|{r}",
    ]))
    .ok_or("`cargo tree` failed; is Cargo.lock up to date?")?;
    Ok(tree.lines().filter_map(parse).collect())
}

/// One line of `cargo tree`: `name v1.2.3|MIT|https://… (*)`; crates of ours have a path.
fn parse(line: &str) -> Option<Part> {
    let line = line.trim_end().trim_end_matches(" (*)");
    let mut fields = line.split('|');
    let mut package = fields.next()?.split_whitespace();
    let (name, version) = (package.next()?, package.next()?.trim_start_matches('v'));
    if package.next().is_some() {
        return None;
    }
    Some(Part {
        name: name.to_owned(),
        version: version.to_owned(),
        licence: fields.next()?.replace('/', " OR ").replace("  ", " "),
        address: fields.next().unwrap_or_default().to_owned(),
    })
}

fn licence_texts(part: &Part) -> Vec<String> {
    let Some(folder) = source_of(part) else { return Vec::new() };
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file() && is_licence(path))
        .collect();
    files.sort();
    let text = |file: &PathBuf| {
        let text = fs::read_to_string(file).ok()?.replace("\r\n", "\n");
        Some(text.trim().to_owned() + "\n")
    };
    files.iter().filter_map(text).collect()
}

fn is_licence(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    ["licen", "copying", "notice", "unlicense"].iter().any(|start| name.starts_with(start))
}

/// Where cargo keeps the source of a crate it fetched.
fn source_of(part: &Part) -> Option<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")))?;
    let name = format!("{}-{}", part.name, part.version);
    let registries = fs::read_dir(home.join("registry/src")).ok()?;
    registries.filter_map(|entry| Some(entry.ok()?.path().join(&name))).find(|path| path.is_dir())
}

fn page(parts: &BTreeSet<Part>, texts: &BTreeMap<String, Vec<String>>) -> String {
    let mut rows = String::new();
    for Part { name, version, licence, address } in parts {
        let name = match address.starts_with("https://") {
            true => format!("<a href=\"{}\">{}</a>", escape(address), escape(name)),
            false => escape(name),
        };
        rows += &format!("<tr><td>{name}<td>{}<td>{}\n", escape(version), escape(licence));
    }
    let mut sections = String::new();
    for (text, users) in texts {
        let users = escape(&users.join(", "));
        sections +=
            &format!("<details><summary>{users}</summary><pre>{}</pre></details>\n", escape(text));
    }
    format!(
        "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"color-scheme\" content=\"light dark\">
<title>Lockstep: licences · licencias</title>
<link rel=\"stylesheet\" href=\"licences.css\">
<main>
<p><a href=\"./\">← Lockstep</a></p>
<h1>Licences · <span lang=\"es\">Licencias</span></h1>
<p>Lockstep is yours under the MIT licence or the Apache licence 2.0, as you like. Its program
contains the Rust standard library (MIT or Apache 2.0) and these packages.</p>
<p lang=\"es\">Lockstep es tuyo bajo la licencia MIT o la licencia Apache 2.0, como prefieras. Su
programa contiene la biblioteca estándar de Rust (MIT o Apache 2.0) y estos paquetes.</p>
<table>
<thead><tr><th scope=\"col\">Package · <span lang=\"es\">Paquete</span>\
<th scope=\"col\">Version · <span lang=\"es\">Versión</span>\
<th scope=\"col\">Licence · <span lang=\"es\">Licencia</span></thead>
<tbody>
{rows}</tbody>
</table>
<h2>Texts · <span lang=\"es\">Textos</span></h2>
{sections}</main>
"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_tree_is_a_part_unless_it_is_ours() {
        let part = parse("fnv v1.0.7|Apache-2.0 / MIT|https://example.org/fnv (*)").unwrap();
        assert_eq!(part.name, "fnv");
        assert_eq!(part.version, "1.0.7");
        assert_eq!(part.licence, "Apache-2.0 OR MIT");
        assert_eq!(part.address, "https://example.org/fnv");
        assert_eq!(parse("sim-core v0.1.0 (/home/x/sim-core)|MIT OR Apache-2.0|"), None);
    }

    #[test]
    fn what_a_crate_says_of_itself_cannot_become_markup() {
        assert_eq!(escape("<b> & \"c\""), "&lt;b&gt; &amp; &quot;c&quot;");
    }
}
