//! What is known of all schedules, promise by promise and in plain words.

use sim_core::{
    explore::{Bound, Count, Early, Found, Report, Verdict},
    program::PromiseKind,
    say::Lang,
    session::PromiseView,
};

use super::{Bench, study::Study};
use crate::{
    i18n::{self, digits, proof},
    protocol::{Explored, Wait},
};

/// What may be kept or go wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Subject<'a> {
    /// A promise of the text.
    Promise(&'a PromiseView),
    /// Some wait for one another in a circle.
    Deadlock(&'a [Wait]),
    /// Somebody waits for what nobody will give.
    Stuck(&'a [Wait]),
    /// A run goes round for ever.
    NeverEnds,
}

/// How it stands with one of these.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing<'a> {
    /// Some schedule shows it.
    Broken(&'a Found),
    /// No schedule breaks it.
    Kept,
    /// Not all was looked at.
    Unknown,
}

/// What may be kept or go wrong, each with how it stands: all promises, and what else was found.
#[must_use]
pub fn standings<'a>(bench: &'a Bench, found: &'a Explored) -> Vec<(Subject<'a>, Standing<'a>)> {
    let report = &found.report;
    let rest = if is_about_all(report) { Standing::Kept } else { Standing::Unknown };
    let promises = bench.frame.iter().flat_map(|frame| &frame.promises);
    let promises = (0..).zip(promises).map(|(at, promise)| {
        let broken = report.broken.iter().find(|broken| broken.promise == at);
        let standing = broken.map_or(rest, |broken| Standing::Broken(&broken.found));
        (Subject::Promise(promise), standing)
    });
    let others = [
        (Subject::Deadlock(&found.deadlock), &report.deadlocks),
        (Subject::Stuck(&found.stuck), &report.stuck),
        (Subject::NeverEnds, &report.never_ends),
    ];
    let others = others.into_iter().filter_map(|(subject, seen)| {
        seen.as_ref().map(|found| (subject, Standing::Broken(found)))
    });
    promises.chain(others).collect()
}

/// Whether what was not seen to break is not broken by any schedule: where the answer is that some
/// schedule fails, the search for it may have been stopped.
fn is_about_all(report: &Report) -> bool {
    let deep = report.bounds.iter().any(|bound| matches!(bound, Bound::Depth(_)));
    report.verdict == Verdict::Holds || (report.stopped.is_none() && !deep)
}

/// The word with which a promise begins in a text.
#[must_use]
pub fn kind_word(kind: PromiseKind) -> &'static str {
    match kind {
        PromiseKind::Always => "always",
        PromiseKind::Finally => "finally",
        PromiseKind::Assert => "assert",
    }
}

/// What a promise says, in the words of the text or the lesson if it has any that stand alone.
#[must_use]
pub fn promise_words(bench: &Bench, promise: u32, lang: Lang) -> String {
    let frame = bench.frame.as_ref();
    let Some(promise) = frame.and_then(|frame| frame.promises.get(promise as usize)) else {
        return String::new();
    };
    let words = bench.course.words(lang);
    let why = promise.why.as_ref().filter(|why| !why.contains('{')).map(|why| {
        words.and_then(|words| words.promise(why)).map_or_else(|| why.clone(), str::to_owned)
    });
    why.unwrap_or_else(|| promise.condition.clone())
}

/// What is known before all is counted, in one sentence.
#[must_use]
pub fn early_line(bench: &Bench, early: &Early, lang: Lang) -> String {
    let texts = proof(lang);
    match early.verdict {
        Verdict::Holds if early.bounds.is_empty() => texts.safe.to_owned(),
        Verdict::Holds => {
            let bounds: Vec<String> = early.bounds.iter().map(|bound| bound.words()).collect();
            (texts.safe_within)(&bounds.join(", "))
        }
        Verdict::Undecided => texts.undecided.to_owned(),
        Verdict::Broken => {
            let (open, close) = texts.quotes;
            let broken: Vec<String> = early
                .broken
                .iter()
                .map(|promise| format!("{open}{}{close}", promise_words(bench, *promise, lang)))
                .collect();
            let others = [
                (early.deadlocks, texts.deadlocks),
                (early.stuck, texts.sticks),
                (early.never_ends, texts.never),
            ];
            let mut told: Vec<String> = others
                .into_iter()
                .filter(|(seen, _)| *seen)
                .map(|(_, words)| (texts.fails)(words))
                .collect();
            if !broken.is_empty() {
                told.insert(0, format!("{}.", (texts.breaks)(&broken.join(", "))));
            }
            told.join(" ")
        }
    }
}

/// A number of schedules as people read it: what is only a part of them says so.
#[must_use]
pub fn count(report: &Report, count: &Count, lang: Lang) -> String {
    let said = digits(&count.number, lang);
    if count.exact || report.counted { said } else { (proof(lang).at_least)(&said) }
}

/// Whether the numbers are of what the bounds allow, and of no more.
#[must_use]
pub fn is_within(report: &Report) -> bool {
    report.counted && !report.schedules.exact
}

/// What a case of a challenge came to, in a few words.
#[must_use]
pub fn case_line(report: &Report, lang: Lang) -> String {
    let texts = proof(lang);
    let (failing, all) =
        (count(report, &report.failing, lang), count(report, &report.schedules, lang));
    let is_all = report.counted || report.schedules.exact;
    let said = match (report.failing.number == "0", report.verdict) {
        // Known without being counted.
        (true, Verdict::Broken) => return texts.some_fails.to_owned(),
        (true, Verdict::Holds) if !is_all => (texts.none_fails)(&all),
        (true, Verdict::Undecided) => (texts.none_seen)(&all),
        _ => (texts.case_counts)(&failing, &all),
    };
    if is_within(report) { format!("{said}, {}", texts.within_bounds) } else { said }
}

/// The promises of the text in quotation marks: those that a challenge asks for, or the others.
fn promises_of(bench: &Bench, challenge: usize, asked: bool, lang: Lang) -> Option<String> {
    let challenge = bench.course.challenges().get(challenge)?;
    let promises = bench.frame.iter().flat_map(|frame| (0..).zip(&frame.promises));
    let (open, close) = proof(lang).quotes;
    let named = promises.filter(|(_, promise)| challenge.counts(&promise.condition) == asked);
    let named = named.map(|(at, _)| format!("{open}{}{close}", promise_words(bench, at, lang)));
    let named: Vec<String> = named.collect();
    (!named.is_empty()).then(|| named.join(", "))
}

/// What a challenge does not ask for, where it leaves out any promise of the text.
#[must_use]
pub fn not_asked(bench: &Bench, challenge: usize, lang: Lang) -> Option<String> {
    promises_of(bench, challenge, false, lang).map(|names| (proof(lang).not_asked)(&names))
}

/// Whether a challenge is done, and what of: of all promises, or of those that it names.
#[must_use]
pub fn proved_line(bench: &Bench, challenge: usize, passed: bool, lang: Lang) -> String {
    let (texts, words) = (i18n::texts(lang), proof(lang));
    let named = promises_of(bench, challenge, false, lang)
        .and_then(|_| promises_of(bench, challenge, true, lang));
    match (named, passed) {
        (Some(names), true) => (words.proved_of)(&names),
        (Some(names), false) => (words.not_proved_of)(&names),
        (None, true) => texts.proved.to_owned(),
        (None, false) => texts.not_proved.to_owned(),
    }
}

/// Where the line shown is a failure that goes round: the step at which the circle begins, and that
/// at which it has come round.
#[must_use]
pub fn circle(bench: &Bench) -> Option<(u32, u32)> {
    let ahead = bench.ahead.as_ref().map(|ahead| (ahead.from.as_slice(), &ahead.study));
    let studies = ahead.into_iter().chain([(&[][..], &bench.study)]);
    let circles = studies.filter_map(|(from, study)| {
        let Study::Done(explored) = study else { return None };
        let report = &explored.report;
        let promises = report.broken.iter().map(|broken| &broken.found);
        let found = promises.chain(&report.never_ends).find(|found| {
            let line = bench.line.strip_prefix(from);
            !found.circle.is_empty() && line.is_some_and(|line| line.starts_with(&found.whole()))
        })?;
        let begins = (from.len() + found.shortest.len()) as u32;
        Some((begins, begins + found.circle.len() as u32))
    });
    circles.into_iter().next()
}

/// How many schedules fail: not all that do break a promise, as one that ends in a deadlock.
#[must_use]
pub fn how_many_fail(report: &Report, failing: &str, lang: Lang) -> String {
    let none = report.failing.number == "0";
    if none || !report.broken.is_empty() {
        (i18n::texts(lang).schedules_fail)(failing, none)
    } else {
        (proof(lang).fail)(failing)
    }
}

/// The answer of a search that is over, in one sentence to be spoken.
#[must_use]
pub fn answer_line(study: &Study, step: Option<u32>, lang: Lang) -> String {
    let texts = proof(lang);
    let Study::Done(found) = study else { return String::new() };
    let report = &found.report;
    let (failing, all) =
        (count(report, &report.failing, lang), count(report, &report.schedules, lang));
    match (report.stopped, report.verdict, step) {
        (None, Verdict::Broken | Verdict::Holds, Some(step)) => {
            (texts.failing_from)(step, &failing, &all)
        }
        (None, Verdict::Broken | Verdict::Holds, None) => {
            let texts = i18n::texts(lang);
            let fail = how_many_fail(report, &failing, lang);
            format!("{}{fail}.", (texts.schedules_before)(&all, is_within(report)))
        }
        _ => i18n::how_far(report, lang),
    }
}
