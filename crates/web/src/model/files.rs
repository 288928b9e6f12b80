//! Scenarios as files: what an imported file holds, and what an exported one looks like.

use lessons::link;
use sim_core::lang::limits::TEXT_BYTES;

use super::{
    address::Address,
    json::{Json, quoted},
    shelf::Entry,
};

/// A larger file is not even read.
pub const FILE_BYTES: usize = 4 * 1024 * 1024;
/// Letters of a name.
pub const NAME_LETTERS: usize = 80;

/// A scenario found in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is called.
    pub name: String,
    /// Its text.
    pub text: String,
    /// The moment of it that the file was saved at.
    pub moment: Option<Box<Address>>,
}

/// Why a file was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Larger than a scenario may be.
    TooLarge,
    /// Not written, but drawn, recorded or packed.
    NotText,
    /// Text in an older encoding.
    NotUtf8,
    /// JSON, but no scenarios of ours.
    NotOurs,
    /// The browser could not read it.
    Unreadable,
}

/// The scenarios in a file.
///
/// # Errors
/// When it holds none that we could take.
pub fn read(name: &str, bytes: &[u8]) -> Result<Vec<Found>, Trouble> {
    let is_list = name.to_ascii_lowercase().ends_with(".json");
    let head = if bytes.starts_with(link::HEAD.as_bytes()) { link::HEAD_BYTES } else { 0 };
    if bytes.len() > if is_list { FILE_BYTES } else { TEXT_BYTES + head } {
        return Err(Trouble::TooLarge);
    }
    let mut text = text_of(bytes)?;
    if is_list {
        return list(&text);
    }
    let mut moment = None;
    if let Some((found, rest)) = link::read_file(&text) {
        if rest.len() > TEXT_BYTES {
            return Err(Trouble::TooLarge);
        }
        // The text can be read whatever its moment is.
        moment = found.ok().map(Box::new);
        text = rest.to_owned();
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let name = title(&text).unwrap_or_else(|| stem.to_owned());
    Ok(vec![Found { name: tidy(&name), text, moment }])
}

fn text_of(bytes: &[u8]) -> Result<String, Trouble> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Trouble::NotUtf8);
    }
    if bytes.iter().any(|byte| *byte < b' ' && !b"\n\r\t\x0c".contains(byte)) {
        return Err(Trouble::NotText);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Trouble::NotUtf8)?;
    Ok(lines(text))
}

/// A text with plain line ends and no mark at its start.
#[must_use]
pub fn lines(text: &str) -> String {
    text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n")
}

fn list(text: &str) -> Result<Vec<Found>, Trouble> {
    let value = Json::parse(text).ok_or(Trouble::NotOurs)?;
    let Some(Json::List(entries)) = value.get("scenarios") else { return Err(Trouble::NotOurs) };
    let mut found = Vec::new();
    for entry in entries {
        let text = entry.get("text").and_then(Json::text).ok_or(Trouble::NotOurs)?;
        if text.len() > TEXT_BYTES {
            return Err(Trouble::TooLarge);
        }
        let text = lines(text);
        let name = entry.get("name").and_then(Json::text).map(str::to_owned);
        let name = name.or_else(|| title(&text)).unwrap_or_default();
        found.push(Found { name: tidy(&name), text, moment: None });
    }
    Ok(found)
}

/// All scenarios as one file.
#[must_use]
pub fn all(entries: &[Entry]) -> String {
    let rows: Vec<String> = entries
        .iter()
        .map(|entry| {
            let (name, text) = (quoted(&entry.name), quoted(&entry.text));
            format!("    {{ \"name\": {name}, \"changed\": {}, \"text\": {text} }}", entry.changed)
        })
        .collect();
    format!("{{\n  \"lockstep\": 1,\n  \"scenarios\": [\n{}\n  ]\n}}\n", rows.join(",\n"))
}

/// What a text calls itself.
#[must_use]
pub fn title(text: &str) -> Option<String> {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with("//"));
    let rest = line?.strip_prefix("scenario")?.trim_start().strip_prefix('"')?;
    let mut title = String::new();
    let mut letters = rest.chars();
    loop {
        match letters.next()? {
            '"' => break,
            '\\' => title.push(letters.next()?),
            c => title.push(c),
        }
    }
    (!title.trim().is_empty()).then_some(title)
}

/// A name on one line, not too long.
#[must_use]
pub fn tidy(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").chars().filter(|c| !c.is_control()).take(NAME_LETTERS).collect()
}

/// A file's name for a scenario's.
#[must_use]
pub fn file_name(name: &str) -> String {
    let mut stem = String::new();
    for c in name.chars().map(small) {
        if c.is_alphanumeric() {
            stem.push(c);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    let stem: String = stem.chars().take(50).collect();
    let stem = stem.trim_matches('-');
    format!("{}.lockstep", if stem.is_empty() { "scenario" } else { stem })
}

/// The small form of a letter of English or Spanish. All letters of the world would be ten kilobytes
/// of tables that everybody waits for.
fn small(letter: char) -> char {
    match letter {
        'À'..='Þ' if letter != '×' => char::from_u32(letter as u32 + 32).unwrap_or(letter),
        other => other.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_whatever_ends_its_lines() {
        let found =
            read("x.lockstep", b"\xef\xbb\xbf// hi\r\nscenario \"A \\\"b\\\"\"\rvar x = 1\n");
        let found = found.expect("a text");
        assert_eq!(found[0].name, "A \"b\"");
        assert_eq!(found[0].text, "// hi\nscenario \"A \\\"b\\\"\"\nvar x = 1\n");
        let found = read("my first.txt", b"var x = 1").expect("a text");
        assert_eq!(found[0].name, "my first");
    }

    #[test]
    fn what_is_no_scenario_is_refused_with_its_reason() {
        for (name, bytes, trouble) in [
            ("a.lockstep", vec![b' '; TEXT_BYTES + 1], Trouble::TooLarge),
            ("a.json", vec![b' '; FILE_BYTES + 1], Trouble::TooLarge),
            ("a.lockstep", b"\x89PNG\x0d\x0a\x1a\x0a\0".to_vec(), Trouble::NotText),
            ("a.lockstep", b"a\xf1o".to_vec(), Trouble::NotUtf8),
            ("a.lockstep", b"\xff\xfea\0".to_vec(), Trouble::NotUtf8),
            ("a.json", b"[]".to_vec(), Trouble::NotOurs),
            ("a.json", b"{\"scenarios\": [{\"name\": \"x\"}]}".to_vec(), Trouble::NotOurs),
            ("a.JSON", b"scenario".to_vec(), Trouble::NotOurs),
        ] {
            assert_eq!(read(name, &bytes), Err(trouble), "{name} {}", bytes.len());
        }
    }

    #[test]
    fn all_in_one_file_come_back() {
        let entry = |name: &str, text: &str| Entry {
            id: "1".to_owned(),
            name: name.to_owned(),
            changed: 7,
            text: text.to_owned(),
        };
        let entries = [entry("Ñandú \"x\"", "scenario \"a\"\n\tvar\n"), entry("b", "")];
        let found = read("all.json", all(&entries).as_bytes()).expect("a list");
        let names: Vec<_> = found.iter().map(|f| (f.name.as_str(), f.text.as_str())).collect();
        assert_eq!(names, [("Ñandú \"x\"", "scenario \"a\"\n\tvar\n"), ("b", "")]);
        assert_eq!(read("all.json", all(&[]).as_bytes()), Ok(Vec::new()));
    }

    #[test]
    fn names_of_files_are_plain() {
        assert_eq!(file_name("Two locks: crossed!"), "two-locks-crossed.lockstep");
        assert_eq!(file_name("../.."), "scenario.lockstep");
        assert_eq!(file_name("¿Año nuevo?"), "año-nuevo.lockstep");
        assert_eq!(file_name("ÚLTIMO AÑO × 2"), "último-año-2.lockstep");
        assert_eq!(tidy(" a\n b\u{7} "), "a b");
        assert_eq!(tidy(&"x".repeat(200)).len(), NAME_LETTERS);
        assert_eq!(title("scenario \"open"), None);
    }
}
