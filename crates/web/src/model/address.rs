//! Where a fragment of the address leads: to a page, or to a moment, which `lessons::link` reads.
//!
//! Read from strangers, so every part is bounded and nothing in it makes the page run.

use lessons::link;

use super::{course, front, lesson, shelf, templates};

/// Longer fragments are neither written nor read: chats and mail programs break longer links.
pub use lessons::link::LINK_BYTES as FRAGMENT_BYTES;
/// A moment of a lesson.
pub use lessons::link::Link as Address;

/// What an address leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "one is read at a time")]
pub enum Route {
    /// The list of lessons.
    Home,
    /// The scenarios kept on this device.
    Mine,
    /// What a new scenario can begin with.
    New,
    /// A page of words.
    Words(front::Place),
    /// A moment of a lesson.
    Bench(Address),
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

impl From<link::Trouble> for Trouble {
    fn from(trouble: link::Trouble) -> Trouble {
        match trouble {
            link::Trouble::TooLong => Trouble::TooLong,
            link::Trouble::Newer => Trouble::Newer,
            link::Trouble::Garbled => Trouble::Garbled,
            link::Trouble::NoMoment => Trouble::NoSuchPage,
        }
    }
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
        ["glossary" | "modelled" | "teachers", ..] => {
            return match front::Place::parse(path) {
                Some(place) => (Route::Words(place), None),
                None => (Route::Home, Some(Trouble::NoSuchPage)),
            };
        }
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
    match Address::parse(lesson, query) {
        Ok(address) => (Route::Bench(address), None),
        Err(trouble) => {
            let start = Address { lesson: lesson.to_owned(), ..Address::default() };
            (Route::Bench(start), Some(trouble.into()))
        }
    }
}

/// Where something on the workbench is found.
#[must_use]
pub fn path_of(lesson: &str) -> String {
    Address { lesson: lesson.to_owned(), ..Address::default() }.path()
}
