//! The links to verify: on the command line, a line each in files, or the first line of a scenario
//! that was saved with its moment.

use std::io::Read;

use lessons::link::{self, Link};

use super::fs;
use crate::{args::Options, words};

/// A link that was handed in.
pub(super) struct Given {
    /// Whose it is, or where it stands.
    pub(super) name: String,
    pub(super) link: Result<Link, link::Trouble>,
}

/// What an argument stands for.
pub(super) fn read(argument: &str, options: &Options) -> Result<Vec<Given>, String> {
    let is_link = argument.contains('#') && fs::metadata(argument).is_err();
    if is_link {
        let name = words::verify::a_link(options.lang).to_owned();
        return Ok(vec![Given { name, link: link::read(argument) }]);
    }
    let mut bytes = Vec::new();
    let read = match argument {
        "-" => std::io::stdin().read_to_end(&mut bytes).map(|_| ()),
        path => fs::read(path).map(|read| bytes = read),
    };
    read.map_err(|error| words::cannot_read(&error, options.lang))?;
    let text = String::from_utf8(bytes).map_err(|_| words::not_utf8(options.lang).to_owned())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n");
    if let Some((link, _)) = link::read_file(&text) {
        return Ok(vec![Given { name: argument.to_owned(), link }]);
    }
    let lines =
        (1..).zip(text.lines()).filter_map(|(number, line)| of_line(argument, number, line));
    let found: Vec<Given> = lines.collect();
    if found.iter().all(|one| one.link == Err(link::Trouble::NoMoment)) {
        return Err(words::verify::no_links(options.lang).to_owned());
    }
    Ok(found)
}

/// The link of a line and what stands before it; nothing of an empty line or a remark.
fn of_line(file: &str, number: usize, line: &str) -> Option<Given> {
    let line = line.trim();
    if line.is_empty() || line.starts_with("# ") || line.starts_with("//") {
        return None;
    }
    let is_between = |c: char| c.is_whitespace() || ",;\"'<>|".contains(c);
    let word = line.split(is_between).find(|word| word.contains("#/"));
    let before = word.and_then(|word| line.split_once(word)).map_or("", |(before, _)| before);
    let name = before.trim_matches(|c: char| is_between(c) || c == ':');
    let name = if name.is_empty() { format!("{file}:{number}") } else { name.to_owned() };
    Some(Given { name, link: word.map_or(Err(link::Trouble::NoMoment), link::read) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_a_name_and_a_link_in_whatever_form_people_hand_it_in() {
        let link = "https://example.org/#/lesson/race-on-a-balance?v=2&seed=3";
        for (line, name) in [
            (link.to_owned(), "a.txt:4"),
            (format!("Ana Ñandú {link}"), "Ana Ñandú"),
            (format!("ana,{link},2026-11-23"), "ana"),
            (format!("\"ana\";\"{link}\""), "ana"),
            (format!("ana: <{link}>"), "ana"),
        ] {
            let given = of_line("a.txt", 4, &line).expect("it is a line");
            assert_eq!(
                (given.name.as_str(), given.link.map(|link| link.seed)),
                (name, Ok(Some(3)))
            );
        }
        for line in ["", "  ", "# hand-ins of today", "// the same"] {
            assert!(of_line("a.txt", 1, line).is_none(), "{line}");
        }
        let given = of_line("a.txt", 1, "Ana was ill").expect("it is a line");
        assert_eq!(given.link, Err(link::Trouble::NoMoment));
    }
}
