//! `lockstep verify`: whether links give the runs they were made of. A link holds a run's text,
//! parameters, seed and picks, and the fingerprint it had; here the run is made again.

use std::fs;

use lessons::{
    Kind, Lesson,
    link::{self, Link},
};
use sim_core::{
    lang::{self, Values},
    session::{Frame, Session},
};

use crate::{Done, Exit, args::Options, json};

mod given;
mod show;

use given::Given;

pub(crate) fn verify(options: &Options) -> Done {
    let mut all = Vec::new();
    for name in &options.files {
        match given::read(name, options) {
            Ok(links) => all.extend(links),
            Err(why) => return Done::bad_input(format!("lockstep: {name}: {why}\n")),
        }
    }
    let verified: Vec<Verified> = all.into_iter().map(Verified::of).collect();
    let exit = match verified.iter().all(|one| one.verdict == Verdict::Verified) {
        true => Exit::Holds,
        false => Exit::Broken,
    };
    let text = match options.json {
        true => json::text(&show::json(&verified, options.lang)),
        false => show::text(&verified, options.lang),
    };
    Done::said(text, exit)
}

/// What came of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Its run is the one it was made of.
    Verified,
    /// It is not.
    Differs(Why),
    /// It does not say which run it was made of.
    NoFingerprint,
    /// There is no run.
    Refused(Trouble),
}

/// Why a run is not the one that a link was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// The lesson had another text then.
    TextChanged,
    /// So many of its steps fit.
    DoesNotFit(usize),
    /// All its steps fit.
    Differs,
}

/// Why a link has no run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// It cannot be read.
    Link(link::Trouble),
    /// This Lockstep has no such lesson.
    NoLesson,
    /// It leads to a text that is kept on somebody's device, or in the page.
    NoText,
    /// Its text has so many mistakes.
    Mistakes(usize),
}

/// A link and what came of it.
struct Verified {
    name: String,
    verdict: Verdict,
    link: Option<Link>,
    run: Option<Run>,
}

/// The moment that a link leads to.
struct Run {
    settings: Vec<(String, String)>,
    /// Parameters that the scenario does not take so.
    dropped: Vec<String>,
    seed: u64,
    frame: Frame,
    /// The challenges that it shows done.
    challenges: Vec<&'static str>,
}

impl Verified {
    fn of(given: Given) -> Verified {
        let Given { name, link } = given;
        let link = match link {
            Ok(link) => link,
            Err(trouble) => {
                let verdict = Verdict::Refused(Trouble::Link(trouble));
                return Verified { name, verdict, link: None, run: None };
            }
        };
        match run(&link) {
            Err(trouble) => {
                let verdict = Verdict::Refused(trouble);
                Verified { name, verdict, link: Some(link), run: None }
            }
            Ok((run, fitted)) => {
                let verdict = judge(&link, &run.frame, fitted);
                Verified { name, verdict, link: Some(link), run: Some(run) }
            }
        }
    }
}

/// The lesson that a link leads to, where it brings no text or just the lesson's own.
fn lesson_of(link: &Link) -> Option<&'static Lesson> {
    let lesson = lessons::find(&link.lesson)?;
    link.text.as_ref().is_none_or(|text| text == lesson.scenario).then_some(lesson)
}

/// Makes the run of a link; and how many of its steps fitted.
fn run(link: &Link) -> Result<(Run, usize), Trouble> {
    let text = match (&link.text, lessons::find(&link.lesson)) {
        (Some(text), _) => text.as_str(),
        (None, Some(lesson)) => lesson.scenario,
        (None, None) if link.path().starts_with("/lesson/") => return Err(Trouble::NoLesson),
        (None, None) => return Err(Trouble::NoText),
    };
    let checked = lang::check(text);
    let mistakes = Trouble::Mistakes(checked.diagnostics.len());
    let scenario = checked.scenario.ok_or(mistakes)?;
    let mut values = Values::defaults(scenario.params());
    let mut dropped = Vec::new();
    for (name, value) in &link.settings {
        if values.set(scenario.params(), name, value).is_err() {
            dropped.push(name.clone());
        }
    }
    let program = scenario.bind(&values).map_err(|wrong| Trouble::Mistakes(wrong.len()))?;
    let settings = program.settings.clone();
    let seed = link.seed.unwrap_or(1);
    let mut session = Session::new(program, text, seed);
    let fitted = session.follow(&link.picks);
    session.seek(link.position.min(fitted as u32));
    let frame = session.frame();
    let breaks = |lesson: &'static Lesson| {
        let shown = lesson.challenges.iter().filter(|challenge| {
            challenge.kind == Kind::Break && challenge.is_shown_in(&frame, &settings)
        });
        shown.map(|challenge| challenge.id).collect()
    };
    let challenges = lesson_of(link).map(breaks).unwrap_or_default();
    Ok((Run { settings, dropped, seed, frame, challenges }, fitted))
}

fn judge(link: &Link, frame: &Frame, fitted: usize) -> Verdict {
    let Some(claimed) = &link.fingerprint else { return Verdict::NoFingerprint };
    if fitted == link.picks.len() && frame.fingerprint == *claimed {
        return Verdict::Verified;
    }
    let lesson = lessons::find(&link.lesson).filter(|_| link.text.is_none());
    let is_another = |of: &String| lesson.is_some_and(|it| link::mark(it.scenario) != *of);
    Verdict::Differs(match fitted {
        _ if link.of.as_ref().is_some_and(is_another) => Why::TextChanged,
        fitted if fitted < link.picks.len() => Why::DoesNotFit(fitted),
        _ => Why::Differs,
    })
}
