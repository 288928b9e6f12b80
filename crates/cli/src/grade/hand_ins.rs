//! From a folder to the texts in it. What cannot be read is told for that hand-in alone.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
};

use sim_core::lang::limits::TEXT_BYTES;

use crate::input::Source;

/// A hand-in.
pub(super) struct HandIn {
    /// Its name, with that of its subfolder: `ana/race.lockstep`.
    pub(super) name: String,
    /// Its text, or why there is none.
    pub(super) text: Result<Source, Trouble>,
}

/// Why a hand-in has no text.
pub(crate) enum Trouble {
    /// It cannot be read.
    Unreadable(io::Error),
    /// It is no text.
    NotUtf8,
    /// It is longer than any scenario.
    TooLarge,
}

/// All hand-ins of a folder and its subfolders by name, or the one that a file is.
pub(super) fn read(path: &Path) -> io::Result<Vec<HandIn>> {
    if fs::metadata(path)?.is_file() {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        return Ok(vec![HandIn { name, text: text(path) }]);
    }
    let mut found = Vec::new();
    folder(path, "", &mut found)?;
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

/// Adds the hand-ins of a folder; `inside` is the folder's name if it is a subfolder.
fn folder(path: &Path, inside: &str, found: &mut Vec<HandIn>) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // Hidden files are what editors and archives leave behind.
        if name.starts_with('.') {
            continue;
        }
        let path = entry.path();
        if path.is_dir() {
            if inside.is_empty()
                && let Err(error) = folder(&path, &format!("{name}/"), found)
            {
                let text = Err(Trouble::Unreadable(error));
                found.push(HandIn { name: format!("{name}/"), text });
            }
        } else if is_scenario(&path) {
            found.push(HandIn { name: format!("{inside}{name}"), text: text(&path) });
        }
    }
    Ok(())
}

fn is_scenario(path: &Path) -> bool {
    let is = |ending: &std::ffi::OsStr| {
        ["lockstep", "txt"].iter().any(|one| ending.eq_ignore_ascii_case(one))
    };
    path.extension().is_some_and(is)
}

fn text(path: &Path) -> Result<Source, Trouble> {
    // CR at line ends and a byte order mark do not count for a text's length.
    const MOST: usize = 2 * TEXT_BYTES + 3;
    if !fs::metadata(path).map_err(Trouble::Unreadable)?.is_file() {
        // Reading a pipe or a device might never end.
        return Err(Trouble::Unreadable(io::ErrorKind::InvalidInput.into()));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(Trouble::Unreadable)?;
    file.take(MOST as u64 + 1).read_to_end(&mut bytes).map_err(Trouble::Unreadable)?;
    if bytes.len() > MOST {
        return Err(Trouble::TooLarge);
    }
    let text = String::from_utf8(bytes).map_err(|_| Trouble::NotUtf8)?;
    let source = Source::new(&text);
    if source.text.len() > TEXT_BYTES { Err(Trouble::TooLarge) } else { Ok(source) }
}
