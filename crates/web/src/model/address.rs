//! The moment in the address: `lesson/race?v=1&clients=2&guard=none&seed=7&picks=1.2&at=2`.
//!
//! Read from strangers, so every part is bounded and nothing in it makes the page run.

use super::{base64, course, lesson, shelf, templates};
use crate::protocol::Settings;

/// The newest form of addresses; a page reads its own and all before.
const VERSION: u32 = 1;
/// Longer fragments are neither written nor read: chats and mail programs break longer links.
pub const FRAGMENT_BYTES: usize = 8 * 1024;
/// As many steps as an address can hold anyway.
const PICKS: usize = 4_000;
/// More settings than any scenario has parameters.
const SETTINGS: usize = 64;
/// Names with a meaning of their own; a parameter of that name is written with `p.` before it.
const RESERVED: [&str; 5] = ["v", "seed", "picks", "at", "text"];

/// What an address leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The list of lessons.
    Home,
    /// The scenarios kept on this device.
    Mine,
    /// What a new scenario can begin with.
    New,
    /// A moment of a lesson.
    Bench(Address),
}

/// A moment of a lesson.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// The lesson's name.
    pub lesson: String,
    /// Values of parameters.
    pub settings: Settings,
    /// What the clock draws from.
    pub seed: Option<u64>,
    /// The steps of the line.
    pub picks: Vec<u32>,
    /// How many of them to stand behind.
    pub position: u32,
    /// The text, where it is not the lesson's.
    pub text: Option<String>,
}

/// Why an address cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It is too long.
    TooLong,
    /// It leads to no page.
    NoSuchPage,
    /// It leads to a lesson that is not there.
    NoSuchLesson,
    /// It leads to a scenario that is not kept on this device.
    NotKept,
    /// It was made by a newer Lockstep.
    Newer,
    /// A part of it makes no sense.
    Garbled,
}

/// Reads a fragment. What cannot be read still leads somewhere: to the lesson if it is known.
pub fn parse(fragment: &str) -> (Route, Option<Trouble>) {
    if fragment.len() > FRAGMENT_BYTES {
        // Where it leads is in its first letters; the rest is not even looked at.
        let path = fragment.split('?').next().filter(|path| path.len() < 80).unwrap_or_default();
        let (route, trouble) = parse(path);
        return (route, Some(trouble.unwrap_or(Trouble::TooLong)));
    }
    let fragment = fragment.strip_prefix('/').unwrap_or(fragment);
    let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
    let mine: String;
    let lesson = match path.trim_end_matches('/').split('/').collect::<Vec<_>>()[..] {
        [""] => return (Route::Home, None),
        ["mine"] => return (Route::Mine, None),
        ["new"] => return (Route::New, None),
        ["lesson", id] if lesson::listed(id).is_some() => id,
        ["own"] => course::OWN,
        ["mine", id] if shelf::is_id(id) => {
            mine = shelf::draft_id(id);
            &mine
        }
        ["new", id] => match templates::find(id) {
            Some(template) => template.course,
            None => return (Route::New, Some(Trouble::NoSuchPage)),
        },
        ["lesson", _] => return (Route::Home, Some(Trouble::NoSuchLesson)),
        _ => return (Route::Home, Some(Trouble::NoSuchPage)),
    };
    match moment(lesson, query) {
        Ok(address) => (Route::Bench(address), None),
        Err(trouble) => {
            let start = Address { lesson: lesson.to_owned(), ..Address::default() };
            (Route::Bench(start), Some(trouble))
        }
    }
}

fn moment(lesson: &str, query: &str) -> Result<Address, Trouble> {
    let mut address = Address { lesson: lesson.to_owned(), ..Address::default() };
    let mut position = None;
    for part in query.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').ok_or(Trouble::Garbled)?;
        match name {
            "v" => {
                let version: u32 = value.parse().map_err(|_| Trouble::Garbled)?;
                if version > VERSION {
                    return Err(Trouble::Newer);
                }
            }
            "seed" => address.seed = Some(value.parse().map_err(|_| Trouble::Garbled)?),
            "at" => position = Some(value.parse().map_err(|_| Trouble::Garbled)?),
            "picks" => address.picks = picks(value)?,
            "text" => address.text = Some(base64::unpack(value).ok_or(Trouble::Garbled)?),
            name => {
                let name = decoded(name)?;
                let name = name.strip_prefix("p.").unwrap_or(&name).to_owned();
                address.settings.push((name, decoded(value)?));
                if address.settings.len() > SETTINGS {
                    return Err(Trouble::Garbled);
                }
            }
        }
    }
    address.position = position.unwrap_or(address.picks.len() as u32);
    if address.position as usize > address.picks.len() {
        return Err(Trouble::Garbled);
    }
    Ok(address)
}

fn picks(text: &str) -> Result<Vec<u32>, Trouble> {
    let mut picks = Vec::new();
    for part in text.split('.').filter(|_| !text.is_empty()) {
        match part.parse() {
            Ok(pick @ 1..) if picks.len() < PICKS => picks.push(pick),
            _ => return Err(Trouble::Garbled),
        }
    }
    Ok(picks)
}

impl Address {
    /// Its fragment, or nothing if that would be too long.
    #[must_use]
    pub fn fragment(&self) -> Option<String> {
        let mut fragment = path_of(&self.lesson);
        fragment.push_str(&format!("?v={VERSION}"));
        for (name, value) in &self.settings {
            let mark = if RESERVED.contains(&name.as_str()) { "p." } else { "" };
            fragment.push_str(&format!("&{mark}{}={}", encoded(name), encoded(value)));
        }
        if let Some(seed) = self.seed {
            fragment.push_str(&format!("&seed={seed}"));
        }
        if !self.picks.is_empty() {
            let picks: Vec<String> = self.picks.iter().map(u32::to_string).collect();
            fragment.push_str(&format!("&picks={}&at={}", picks.join("."), self.position));
        }
        if let Some(text) = &self.text {
            fragment.push_str(&format!("&text={}", base64::pack(text)));
        }
        (fragment.len() <= FRAGMENT_BYTES && self.picks.len() <= PICKS).then_some(fragment)
    }
}

/// Where something on the workbench is found.
#[must_use]
pub fn path_of(lesson: &str) -> String {
    if lesson == course::OWN {
        "/own".to_owned()
    } else if let Some(id) = lesson.strip_prefix(shelf::MINE) {
        format!("/mine/{id}")
    } else if let Some(template) = templates::ALL.iter().find(|t| t.course == lesson) {
        format!("/new/{}", template.id)
    } else {
        format!("/lesson/{lesson}")
    }
}

fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn decoded(text: &str) -> Result<String, Trouble> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let pair = [rest.next().unwrap_or_default(), rest.next().unwrap_or_default()];
            let digits = std::str::from_utf8(&pair).map_err(|_| Trouble::Garbled)?;
            bytes.push(u8::from_str_radix(digits, 16).map_err(|_| Trouble::Garbled)?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).map_err(|_| Trouble::Garbled)
}
