//! A lesson as one text, to be fetched when somebody opens it.
//!
//! Parts follow one another in the order of the types' fields, nameless: a number is its digits and
//! a colon, words are their length in bytes and themselves, a list is its length and its elements.
//! Writer and reader are of one build, so the form needs no version.

use crate::{
    Answer, AnswerText, Block, Challenge, ChallengeText, Condition, Fitting, Inline, Kind, Lesson,
    Page, PageSection, PageText, Stop, Text, Told, Tool, Varied,
};

/// The lesson with an id and all it says, as one text.
#[must_use]
pub fn packed(id: &str) -> Option<String> {
    let at = crate::LESSONS.iter().position(|lesson| lesson.id == id)?;
    let mut out = String::new();
    crate::LESSONS[at].write(&mut out);
    crate::TEXTS[at].write(&mut out);
    Some(out)
}

/// The lesson in a text that [`packed`] made; nothing if it is none. What is read stays for as
/// long as the program runs.
#[must_use]
pub fn read(packed: String) -> Option<&'static Told> {
    let mut reader = Reader { rest: packed.leak() };
    let (lesson, (en, es)) = Pack::read(&mut reader)?;
    reader.rest.is_empty().then(|| &*Box::leak(Box::new(Told { lesson, en, es })))
}

/// The page with a name, as one text.
#[must_use]
pub fn packed_page(id: &str) -> Option<String> {
    let page = crate::PAGES.iter().find(|page| page.id == id)?;
    let mut out = String::new();
    page.id.write(&mut out);
    page.en.write(&mut out);
    page.es.write(&mut out);
    Some(out)
}

/// The page in a text that [`packed_page`] made; nothing if it is none. What is read stays for as
/// long as the program runs.
#[must_use]
pub fn read_page(packed: String) -> Option<&'static Page> {
    let mut reader = Reader { rest: packed.leak() };
    let (id, (en, es)) = Pack::read(&mut reader)?;
    reader.rest.is_empty().then(|| &*Box::leak(Box::new(Page { id, en, es })))
}

struct Reader {
    rest: &'static str,
}

trait Pack: Sized {
    fn write(&self, out: &mut String);
    fn read(from: &mut Reader) -> Option<Self>;
}

impl Pack for u32 {
    fn write(&self, out: &mut String) {
        out.push_str(&self.to_string());
        out.push(':');
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let (number, rest) = from.rest.split_once(':')?;
        from.rest = rest;
        number.parse().ok()
    }
}

impl Pack for bool {
    fn write(&self, out: &mut String) {
        u32::from(*self).write(out);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        u32::read(from).map(|number| number == 1)
    }
}

impl Pack for &'static str {
    fn write(&self, out: &mut String) {
        (self.len() as u32).write(out);
        out.push_str(self);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let length = u32::read(from)?;
        let (words, rest) = from.rest.split_at_checked(length as usize)?;
        from.rest = rest;
        Some(words)
    }
}

impl<T: Pack> Pack for &'static [T] {
    fn write(&self, out: &mut String) {
        (self.len() as u32).write(out);
        self.iter().for_each(|one| one.write(out));
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let length = u32::read(from)?;
        let list: Option<Vec<T>> = (0..length).map(|_| T::read(from)).collect();
        Some(list?.leak())
    }
}

impl<T: Pack> Pack for Option<T> {
    fn write(&self, out: &mut String) {
        self.is_some().write(out);
        self.iter().for_each(|one| one.write(out));
    }

    fn read(from: &mut Reader) -> Option<Self> {
        Some(if bool::read(from)? { Some(T::read(from)?) } else { None })
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn write(&self, out: &mut String) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        Some((A::read(from)?, B::read(from)?))
    }
}

macro_rules! fields {
    ($($name:ident { $($field:ident)* })*) => { $(
        impl Pack for $name {
            fn write(&self, out: &mut String) {
                $(self.$field.write(out);)*
            }

            fn read(from: &mut Reader) -> Option<Self> {
                Some(Self { $($field: Pack::read(from)?),* })
            }
        }
    )* };
}

/// Cases by their places; what they hold follows.
macro_rules! cases {
    ($($name:ident { $($at:literal $case:ident { $($field:tt $part:ident)* })* })*) => { $(
        impl Pack for $name {
            fn write(&self, out: &mut String) {
                match self {
                    $(Self::$case { $($field: $part),* } => {
                        u32::write(&$at, out);
                        $($part.write(out);)*
                    })*
                }
            }

            fn read(from: &mut Reader) -> Option<Self> {
                match u32::read(from)? {
                    $($at => Some(Self::$case { $($field: Pack::read(from)?),* }),)*
                    _ => None,
                }
            }
        }
    )* };
}

fields! {
    Lesson { id folder theme number kata minutes scenario answers schedules stops challenges }
    Answer { id right }
    Fitting { schedule only }
    Stop { id schedule step settings }
    Challenge { id kind promises goals conditions vary ends reaches seeds }
    Varied { param values }
    Text {
        theme title summary story question answers hints stops debrief
        modelled production reading challenges
        parameters choices promises schedules goals charts
    }
    AnswerText { text feedback }
    PageText { title intro sections }
    PageSection { id name words lessons }
    ChallengeText { title body }
}

cases! {
    Kind { 0 Break {} 1 Fix {} 2 Meet {} }
    Condition {
        0 Is { param param value value }
        1 IsNot { param param value value }
        2 AtMost { tool tool most most }
    }
    Tool { 0 Lock {} 1 Atomic {} 2 RwLock {} 3 Semaphore {} 4 Retry {} }
    Block { 0 Paragraph { 0 it } 1 Bullets { 0 it } 2 Numbered { 0 it } 3 Listing { 0 it } }
    Inline { 0 Plain { 0 it } 1 Strong { 0 it } 2 Emphasis { 0 it } 3 Code { 0 it } 4 Link { 0 words 1 to } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim_core::say::Lang;

    #[test]
    fn every_lesson_comes_back_as_it_was() {
        for lesson in crate::all() {
            let told = read(packed(lesson.id).expect("it is there")).expect("it can be read");
            assert_eq!(&told.lesson, lesson);
            for lang in Lang::ALL {
                assert_eq!(told.text(lang), lesson.text(lang), "{}", lesson.id);
            }
        }
    }

    #[test]
    fn every_page_comes_back_as_it_was() {
        assert!(!crate::pages().is_empty());
        for page in crate::pages() {
            let read = read_page(packed_page(page.id).expect("it is there"));
            assert_eq!(read.expect("it can be read"), page);
        }
        assert_eq!(read_page("<!DOCTYPE html>".to_owned()), None);
        assert_eq!(packed_page("no-such-page"), None);
    }

    #[test]
    fn what_a_list_says_is_what_the_lesson_says() {
        assert_eq!(crate::listed().len(), crate::all().len());
        for (listed, lesson) in crate::listed().iter().zip(crate::all()) {
            let challenges = lesson.challenges.iter().map(|one| (one.id, one.kind));
            assert_eq!((listed.id, listed.minutes), (lesson.id, lesson.minutes));
            assert_eq!((listed.number, listed.kata), (lesson.number, lesson.kata));
            assert_eq!(listed.challenges, challenges.collect::<Vec<_>>());
            assert_eq!(listed.theme, lesson.theme);
            let theme = crate::themes().iter().find(|theme| theme.id == listed.theme);
            assert_eq!(
                theme.map(|theme| theme.text(Lang::Es).name),
                Some(lesson.text(Lang::Es).theme)
            );
            for lang in Lang::ALL {
                let (said, text) = (listed.text(lang), lesson.text(lang));
                assert_eq!(said.theme, text.theme);
                assert_eq!((said.title, said.summary), (text.title, text.summary));
            }
        }
    }

    #[test]
    fn a_challenge_about_goals_comes_back_as_it_was() {
        let asked = Challenge {
            id: "be-quick",
            kind: Kind::Meet,
            promises: &[],
            goals: &["p.latency.p99 < 1s", "p.ok > 3"],
            conditions: &[Condition::Is { param: "n", value: "2" }],
            vary: &[],
            ends: &[],
            reaches: &[],
            seeds: 3,
        };
        let mut out = String::new();
        asked.write(&mut out);
        let mut reader = Reader { rest: out.leak() };
        assert_eq!(Challenge::read(&mut reader), Some(asked));
        assert_eq!(reader.rest, "");
    }

    /// A host may answer anything, or stop in the middle.
    #[test]
    fn a_text_that_is_no_lesson_is_refused() {
        let whole = packed(crate::all()[0].id).expect("it is there");
        let places = whole.char_indices().map(|(at, _)| at);
        for at in places.filter(|at| at % 97 == 0 || at + 40 > whole.len()) {
            assert_eq!(read(whole[..at].to_owned()), None, "cut at {at}");
        }
        assert_eq!(read(format!("{whole}0:")), None);
        for other in ["", "<!DOCTYPE html>", "99999999999:", "5:abc", "4000000000:x", "-1:"] {
            assert_eq!(read(other.to_owned()), None, "{other}");
        }
    }
}
