//! A moment as a link: `lesson/race-on-a-balance?v=2&clients=2&seed=7&picks=1.2x3&at=2`.
//!
//! Page and terminal read the same links. They come from strangers, so every part is bounded,
//! nothing in one makes anything run, and reading one ends soon, whatever is in it.

mod picks;
mod squeeze;

#[cfg(test)]
mod tests;

pub use picks::PICKS;
pub use squeeze::{UNPACKED_BYTES, pack, unpack};

use sim_core::base::Fingerprint;

/// The newest form of links; a reader knows its own and all before.
pub const VERSION: u32 = 2;
/// Longer links are neither written nor read: chats and mail programs break longer ones.
pub const LINK_BYTES: usize = 8 * 1024;
/// So long may the line be with which a file begins that holds a moment.
pub const HEAD_BYTES: usize = 512 * 1024;
/// With this a file begins that holds a moment; the link follows, without its text.
pub const HEAD: &str = "// moment: /";
/// More settings than any scenario has parameters.
const SETTINGS: usize = 64;
/// More views than anybody shows at once.
const VIEWS: usize = 4;
/// The name of the scenario that people write themselves.
const OWN: &str = "own";
/// Names with a meaning of their own; a parameter of that name is written with `p.` before it.
const RESERVED: [&str; 10] =
    ["v", "seed", "picks", "at", "text", "of", "view", "lang", "mode", "fp"];
/// Those that already had it in the first version.
const RESERVED_AT_FIRST: usize = 5;

/// What a link holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Of what: the name of a lesson, `own`, `mine.` or `new.` with a name.
    pub lesson: String,
    /// Values of parameters.
    pub settings: Vec<(String, String)>,
    /// What the clock draws from.
    pub seed: Option<u64>,
    /// The steps of the line; 0 is whatever the clock picks there.
    pub picks: Vec<u32>,
    /// How many of them to stand behind.
    pub position: u32,
    /// The text, where it is not the lesson's.
    pub text: Option<String>,
    /// Which text the lesson had: its [`mark`].
    pub of: Option<String>,
    /// The views shown, by their names.
    pub views: Vec<String>,
    /// The language it is read in.
    pub lang: Option<String>,
    /// How it is shown: `learn`, `edit`, `present`, `embed`.
    pub mode: Option<String>,
    /// The fingerprint that the moment is said to have.
    pub fingerprint: Option<String>,
}

/// Why a link cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It is too long.
    TooLong,
    /// It was made by a newer Lockstep.
    Newer,
    /// A part of it makes no sense.
    Garbled,
    /// It leads to no moment.
    NoMoment,
}

/// A short name for a text: whether a lesson's text is still the one that a link was made of.
#[must_use]
pub fn mark(text: &str) -> String {
    let mut mark = Fingerprint::new(1).text(&text.replace("\r\n", "\n")).finish();
    mark.truncate(8);
    mark
}

/// A whole link, with the address of a page before its `#` or without.
///
/// # Errors
/// When it leads to no moment, or cannot be read.
pub fn read(link: &str) -> Result<Link, Trouble> {
    let fragment = link.trim().rsplit_once('#').map_or(link.trim(), |(_, fragment)| fragment);
    if fragment.len() > LINK_BYTES {
        return Err(Trouble::TooLong);
    }
    read_fragment(fragment)
}

/// What a file holds whose first line is a moment: that, and its text.
#[must_use]
pub fn read_file(text: &str) -> Option<(Result<Link, Trouble>, &str)> {
    let (head, text) = text.split_once('\n')?;
    let head = head.trim_end_matches('\r');
    let fragment = head.starts_with(HEAD).then(|| &head[HEAD.len()..])?;
    if head.len() > HEAD_BYTES {
        return Some((Err(Trouble::TooLong), text));
    }
    let link = read_fragment(fragment).map(|link| Link { text: Some(text.to_owned()), ..link });
    Some((link, text))
}

fn read_fragment(fragment: &str) -> Result<Link, Trouble> {
    let fragment = fragment.strip_prefix('/').unwrap_or(fragment);
    let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
    let is_name = |name: &str| {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        (1..=60).contains(&name.len()) && name.bytes().all(fits)
    };
    let lesson = match path.trim_end_matches('/').split_once('/') {
        None if path.trim_end_matches('/') == OWN => OWN.to_owned(),
        Some(("lesson", id)) if is_name(id) => id.to_owned(),
        Some((place @ ("mine" | "new"), id)) if is_name(id) => format!("{place}.{id}"),
        _ => return Err(Trouble::NoMoment),
    };
    Link::parse(&lesson, query)
}

impl Link {
    /// What stands behind the `?`, of a lesson.
    ///
    /// # Errors
    /// When a part of it makes no sense, or a newer Lockstep wrote it.
    pub fn parse(lesson: &str, query: &str) -> Result<Link, Trouble> {
        let mut link = Link { lesson: lesson.to_owned(), ..Link::default() };
        let mut position = None;
        let parts = || query.split('&').filter(|part| !part.is_empty());
        let reserved = match parts().find_map(|part| part.strip_prefix("v=")) {
            None => &RESERVED[..],
            Some(version) => match version.parse::<u32>() {
                Ok(1) => &RESERVED[..RESERVED_AT_FIRST],
                Ok(0..=VERSION) => &RESERVED[..],
                Ok(_) => return Err(Trouble::Newer),
                Err(_) => return Err(Trouble::Garbled),
            },
        };
        for part in parts() {
            let (name, value) = part.split_once('=').ok_or(Trouble::Garbled)?;
            let name = decoded(name)?;
            if !reserved.contains(&name.as_str()) {
                let name = name.strip_prefix("p.").unwrap_or(&name).to_owned();
                link.settings.push((name, decoded(value)?));
                if link.settings.len() > SETTINGS {
                    return Err(Trouble::Garbled);
                }
                continue;
            }
            match name.as_str() {
                "seed" => link.seed = Some(value.parse().map_err(|_| Trouble::Garbled)?),
                "at" => position = Some(value.parse().map_err(|_| Trouble::Garbled)?),
                "picks" => link.picks = picks::read(value).ok_or(Trouble::Garbled)?,
                "text" => link.text = Some(unpack(value).ok_or(Trouble::Garbled)?),
                "of" => link.of = Some(hexadecimal(value, 8)?),
                "fp" => link.fingerprint = Some(hexadecimal(value, 32)?),
                "lang" => link.lang = Some(word(value)?),
                "mode" => link.mode = Some(word(value)?),
                "view" => {
                    let views: Result<Vec<String>, Trouble> =
                        value.split('.').take(VIEWS + 1).map(word).collect();
                    link.views = views?;
                    if link.views.len() > VIEWS {
                        return Err(Trouble::Garbled);
                    }
                }
                _ => {}
            }
        }
        link.position = position.unwrap_or(link.picks.len() as u32);
        if link.position as usize > link.picks.len() {
            return Err(Trouble::Garbled);
        }
        Ok(link)
    }

    /// Where it leads, without the moment: `/lesson/race-on-a-balance`.
    #[must_use]
    pub fn path(&self) -> String {
        match self.lesson.split_once('.') {
            Some((place, id)) => format!("/{place}/{id}"),
            None if self.lesson == OWN => format!("/{OWN}"),
            None => format!("/lesson/{}", self.lesson),
        }
    }

    /// Its fragment, or nothing if that would be too long.
    #[must_use]
    pub fn fragment(&self) -> Option<String> {
        self.spelled().filter(|fragment| fragment.len() <= LINK_BYTES)
    }

    /// Its fragment, however long; nothing if there are too many steps.
    #[must_use]
    pub fn spelled(&self) -> Option<String> {
        let mut out = format!("{}?v={VERSION}", self.path());
        let mut part = |name: &str, value: &str| {
            for piece in ["&", name, "=", value] {
                out.push_str(piece);
            }
        };
        for (name, value) in &self.settings {
            let mark = if RESERVED.contains(&name.as_str()) { "p." } else { "" };
            part(&format!("{mark}{}", encoded(name)), &encoded(value));
        }
        if let Some(seed) = self.seed {
            part("seed", &seed.to_string());
        }
        if let Some(of) = &self.of {
            part("of", of);
        }
        if !self.picks.is_empty() {
            part("picks", &picks::spell(&self.picks)?);
            part("at", &self.position.to_string());
        }
        if !self.views.is_empty() {
            part("view", &self.views.join("."));
        }
        let words = [("lang", &self.lang), ("mode", &self.mode), ("fp", &self.fingerprint)];
        for (name, value) in words {
            if let Some(value) = value {
                part(name, value);
            }
        }
        if let Some(text) = &self.text {
            part("text", &pack(text));
        }
        Some(out)
    }

    /// The moment and its text as a file. Nothing if there are too many steps.
    #[must_use]
    pub fn file(&self, text: &str) -> Option<String> {
        let head = Link { text: None, ..self.clone() }.spelled()?;
        let head = format!("{HEAD}{}\n", head.trim_start_matches('/'));
        (head.len() <= HEAD_BYTES).then(|| head + text)
    }
}

/// A word such as the name of a view.
fn word(text: &str) -> Result<String, Trouble> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let is_word = (1..=16).contains(&text.len()) && text.bytes().all(fits);
    if is_word { Ok(text.to_owned()) } else { Err(Trouble::Garbled) }
}

fn hexadecimal(text: &str, digits: usize) -> Result<String, Trouble> {
    let fits = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let is_it = text.len() == digits && text.bytes().all(fits);
    if is_it { Ok(text.to_owned()) } else { Err(Trouble::Garbled) }
}

fn encoded(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(DIGITS[usize::from(byte >> 4)]));
            out.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    out
}

fn decoded(text: &str) -> Result<String, Trouble> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            let (high, low) = (digit(), digit());
            let (Some(high), Some(low)) = (high, low) else { return Err(Trouble::Garbled) };
            bytes.push((high * 16 + low) as u8);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).map_err(|_| Trouble::Garbled)
}
