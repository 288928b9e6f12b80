//! Which of the pages that need no simulator is shown, and its address.

/// A page that needs no simulator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// The first page: what this is, and the course.
    #[default]
    Home,
    /// What words mean; perhaps one of them.
    Glossary(Option<String>),
    /// What is modelled, and what is not.
    Modelled,
    /// How to use it in a class.
    Teachers,
}

impl Place {
    /// The place a fragment leads to, if it is one of these. `boot.mjs` has the same list, to know
    /// which program to start.
    #[must_use]
    pub fn parse(fragment: &str) -> Option<Place> {
        let path = fragment.strip_prefix('/').unwrap_or(fragment);
        let path = path.strip_suffix('/').unwrap_or(path);
        let (page, rest) = path.split_once('/').unwrap_or((path, ""));
        match (page, rest) {
            ("", "") => Some(Place::Home),
            ("modelled", "") => Some(Place::Modelled),
            ("teachers", "") => Some(Place::Teachers),
            ("glossary", "") => Some(Place::Glossary(None)),
            ("glossary", term) if is_name(term) => Some(Place::Glossary(Some(term.to_owned()))),
            _ => None,
        }
    }

    /// The name of the file with its words, if it is not the first page.
    #[must_use]
    pub fn page(&self) -> Option<&'static str> {
        match self {
            Place::Home => None,
            Place::Glossary(_) => Some("glossary"),
            Place::Modelled => Some("modelled"),
            Place::Teachers => Some("teachers"),
        }
    }
}

fn is_name(term: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    term.len() <= 60 && term.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_pages() {
        let term = Place::Glossary(Some("dead-letter-queue".to_owned()));
        for (fragment, place) in [
            ("", Some(Place::Home)),
            ("/", Some(Place::Home)),
            ("/glossary", Some(Place::Glossary(None))),
            ("/glossary/", Some(Place::Glossary(None))),
            ("/glossary/dead-letter-queue", Some(term)),
            ("/modelled", Some(Place::Modelled)),
            ("/teachers", Some(Place::Teachers)),
            ("/teachers/all", None),
            ("/glossary/<b>", None),
            ("/lesson/race-on-a-balance", None),
            ("/mine", None),
            ("/glossary?v=2", None),
        ] {
            assert_eq!(Place::parse(fragment), place, "{fragment}");
        }
    }
}
