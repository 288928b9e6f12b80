//! The lessons as read: the owned twins of the types of the same names in `src/lib.rs`.
//!
//! Their `Debug` form is the Rust expression for the constant; that is how they are written.

#![expect(dead_code, reason = "the fields are read by their `Debug` form alone")]

use std::fmt;

/// A list that shows itself as a borrowed slice: `&[a, b]`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct List<T>(pub(crate) Vec<T>);

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "&{:?}", self.0)
    }
}

#[derive(Debug)]
pub(crate) struct Lesson {
    pub(crate) id: String,
    pub(crate) folder: String,
    pub(crate) theme: String,
    pub(crate) number: u32,
    pub(crate) kata: Option<u32>,
    pub(crate) minutes: u32,
    pub(crate) scenario: String,
    pub(crate) answers: List<Answer>,
    pub(crate) schedules: List<Fitting>,
    pub(crate) stops: List<Stop>,
    pub(crate) challenges: List<Challenge>,
}

/// A lesson and all it says; in `src` its parts are constants of their own.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) lesson: Lesson,
    pub(crate) measured: List<Measured>,
    pub(crate) en: Text,
    pub(crate) es: Text,
}

/// What people look for that is no term: products, and short names. A lesson that speaks of one is
/// found by it.
const KNOWN: [&str; 16] = [
    "2pc",
    "cassandra",
    "debezium",
    "dynamodb",
    "etcd",
    "hystrix",
    "kafka",
    "kubernetes",
    "mysql",
    "nginx",
    "postgresql",
    "rabbitmq",
    "redis",
    "resilience4j",
    "sqs",
    "websocket",
];

/// A part of the course.
#[derive(Debug)]
pub(crate) struct Theme {
    pub(crate) id: String,
    pub(crate) en: ThemeText,
    pub(crate) es: ThemeText,
}

#[derive(Debug)]
pub(crate) struct ThemeText {
    pub(crate) name: String,
    pub(crate) line: String,
}

#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) id: String,
    pub(crate) theme: String,
    pub(crate) number: u32,
    pub(crate) kata: Option<u32>,
    pub(crate) minutes: u32,
    pub(crate) challenges: List<(String, Kind)>,
    pub(crate) en: ListedText,
    pub(crate) es: ListedText,
}

#[derive(Debug)]
pub(crate) struct ListedText {
    pub(crate) theme: String,
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) terms: String,
}

impl Told {
    /// The names of the terms that the lesson leads to or speaks of, and the percentiles it measures;
    /// once, for both languages are searched, what it speaks of that is known by its name.
    fn terms(&self, glossary: Option<&Page>, text: &Text) -> String {
        let said = format!("{text:?}").to_lowercase();
        let is_english = self.en.title == text.title;
        let sections =
            |page: &PageText| page.sections.0.iter().map(|one| one.name.clone()).collect();
        let names: Vec<String> = glossary.map_or_else(Vec::new, |glossary| {
            sections(if is_english { &glossary.en } else { &glossary.es })
        });
        let ids = glossary.map_or(&[][..], |glossary| &glossary.en.sections.0);
        let speaks = |(name, id): &(String, &PageSection)| {
            id.lessons.0.contains(&self.lesson.id) || said.contains(&name.to_lowercase())
        };
        let found = names.into_iter().zip(ids).filter(speaks).map(|(name, _)| name);
        let measured = ["p50", "p90", "p95", "p99"].into_iter();
        let measured = measured.filter(|one| self.lesson.scenario.contains(&format!(".{one}")));
        let known = KNOWN.into_iter().filter(|one| is_english && said.contains(one));
        found.chain(measured.chain(known).map(str::to_owned)).collect::<Vec<_>>().join(", ")
    }

    /// What a list of lessons needs of it; the glossary has the terms that one may look for.
    pub(crate) fn listed(&self, glossary: Option<&Page>) -> Listed {
        let text = |text: &Text| ListedText {
            theme: text.theme.clone(),
            title: text.title.clone(),
            summary: text.summary.clone(),
            terms: self.terms(glossary, text),
        };
        let challenges = self.lesson.challenges.0.iter();
        Listed {
            id: self.lesson.id.clone(),
            theme: self.lesson.theme.clone(),
            number: self.lesson.number,
            kata: self.lesson.kata,
            minutes: self.lesson.minutes,
            challenges: List(challenges.map(|one| (one.id.clone(), one.kind)).collect()),
            en: text(&self.en),
            es: text(&self.es),
        }
    }
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) id: String,
    pub(crate) right: bool,
}

#[derive(Debug)]
pub(crate) struct Fitting {
    pub(crate) schedule: String,
    pub(crate) only: List<Varied>,
}

#[derive(Debug)]
pub(crate) struct Stop {
    pub(crate) id: String,
    pub(crate) schedule: String,
    pub(crate) step: u32,
    pub(crate) settings: List<(String, String)>,
}

#[derive(Debug)]
pub(crate) struct Challenge {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) promises: List<String>,
    pub(crate) goals: List<String>,
    pub(crate) conditions: List<Condition>,
    pub(crate) vary: List<Varied>,
    pub(crate) ends: List<(String, String)>,
    pub(crate) reaches: List<(String, String)>,
    pub(crate) seeds: u32,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Break,
    Fix,
    Meet,
}

#[derive(Debug)]
pub(crate) enum Condition {
    Is { param: String, value: String },
    IsNot { param: String, value: String },
    AtMost { tool: Tool, most: u32 },
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Tool {
    Lock,
    Atomic,
    RwLock,
    Semaphore,
    Retry,
}

#[derive(Debug)]
pub(crate) struct Varied {
    pub(crate) param: String,
    pub(crate) values: List<String>,
}

#[derive(Debug)]
pub(crate) struct Measured {
    pub(crate) goal: String,
    pub(crate) missed: List<(String, String)>,
    pub(crate) met: List<(String, String)>,
    pub(crate) seeds: u32,
}

#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) theme: String,
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) story: List<Block>,
    pub(crate) question: List<Block>,
    pub(crate) answers: List<AnswerText>,
    pub(crate) hints: List<List<Inline>>,
    pub(crate) stops: List<List<Inline>>,
    pub(crate) debrief: List<Block>,
    pub(crate) modelled: List<Inline>,
    pub(crate) production: List<List<Inline>>,
    pub(crate) reading: List<List<Inline>>,
    pub(crate) challenges: List<ChallengeText>,
    pub(crate) parameters: List<(String, String)>,
    pub(crate) choices: List<(String, String)>,
    pub(crate) promises: List<(String, String)>,
    pub(crate) schedules: List<(String, String)>,
    pub(crate) goals: List<(String, String)>,
    pub(crate) charts: List<(String, String)>,
}

#[derive(Debug)]
pub(crate) struct AnswerText {
    pub(crate) text: List<Inline>,
    pub(crate) feedback: List<Block>,
}

#[derive(Debug)]
pub(crate) struct ChallengeText {
    pub(crate) title: List<Inline>,
    pub(crate) body: List<Block>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    Paragraph(List<Inline>),
    Bullets(List<List<Inline>>),
    Numbered(List<List<Inline>>),
    Listing(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Inline {
    Plain(String),
    Strong(String),
    Emphasis(String),
    Code(String),
    Link(String, String),
}

/// A page of words: the glossary, what is modelled.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) id: String,
    pub(crate) en: PageText,
    pub(crate) es: PageText,
}

#[derive(Debug)]
pub(crate) struct PageText {
    pub(crate) title: String,
    pub(crate) intro: List<Block>,
    pub(crate) sections: List<PageSection>,
}

#[derive(Debug)]
pub(crate) struct PageSection {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) words: List<Block>,
    pub(crate) lessons: List<String>,
}
