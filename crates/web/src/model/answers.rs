//! What is known of all schedules, promise by promise and in plain words.

use sim_core::{
    explore::{Bound, Early, Found, Report, Verdict},
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
        (digits(&report.failing.number, lang), digits(&report.schedules.number, lang));
    match (report.stopped, report.verdict, step) {
        (None, Verdict::Broken | Verdict::Holds, Some(step)) => {
            (texts.failing_from)(step, &failing, &all)
        }
        (None, Verdict::Broken | Verdict::Holds, None) => {
            let texts = i18n::texts(lang);
            let fail = how_many_fail(report, &failing, lang);
            format!("{}{fail}.", (texts.schedules_before)(&all))
        }
        _ => i18n::how_far(report, lang),
    }
}
