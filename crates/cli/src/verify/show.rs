//! What came of links, as a table and as JSON.

use serde::Serialize;
use sim_core::{
    say::Lang,
    session::{Ending, Frame, PromiseState},
};

use super::{Run, Trouble, Verdict, Verified, Why};
use crate::{
    grade::{aligned, one_line},
    json,
    words::{self, verify as said},
};

/// Letters of a fingerprint that a table shows.
const SHORT: usize = 8;

pub(super) fn text(all: &[Verified], lang: Lang) -> String {
    let mut rows: Vec<Vec<String>> = vec![said::heads(lang).map(str::to_owned).to_vec()];
    for one in all {
        let lesson = one.link.as_ref().map_or("", |link| link.lesson.as_str());
        let frame = one.run.as_ref().map(|run| &run.frame);
        let step = frame.map(|frame| frame.position.to_string()).unwrap_or_default();
        let short = frame.map(|frame| frame.fingerprint.chars().take(SHORT).collect());
        let shows = match said::why(one.verdict, lang) {
            Some(why) => why,
            None => one.run.as_ref().map(|run| shows(run, lang)).unwrap_or_default(),
        };
        rows.push(vec![
            one_line(&one.name),
            said::verdict(one.verdict, lang).to_owned(),
            one_line(lesson),
            step,
            short.unwrap_or_default(),
            one_line(&shows),
        ]);
    }
    format!("{}\n{}\n", aligned(&rows), said::summary(verified(all), all.len(), lang))
}

fn verified(all: &[Verified]) -> usize {
    all.iter().filter(|one| one.verdict == Verdict::Verified).count()
}

/// What the run of a link shows: what it breaks, how it ends, which challenges it does.
fn shows(run: &Run, lang: Lang) -> String {
    let mut told: Vec<String> = run.challenges.iter().map(|id| said::does(id, lang)).collect();
    let broken = run.frame.promises.iter().filter(|one| is_broken(&one.state));
    told.extend(broken.map(|promise| words::promise(promise, lang)));
    if let Some(Ending::Deadlock(lanes) | Ending::Stuck(lanes)) = &run.frame.ending {
        let names: Vec<String> = lanes.iter().map(|lane| run.frame.name(*lane)).collect();
        told.push(words::ending(&run.frame, &names, lang));
    }
    told.join("; ")
}

fn is_broken(state: &PromiseState) -> bool {
    matches!(state, PromiseState::Broken { .. })
}

#[derive(Serialize)]
pub(super) struct All {
    lockstep: &'static str,
    verdict: &'static str,
    verified: usize,
    links: Vec<One>,
}

#[derive(Serialize)]
struct One {
    name: String,
    verdict: &'static str,
    reason: Option<&'static str>,
    why: Option<String>,
    lesson: Option<String>,
    claimed: Option<String>,
    #[serde(flatten)]
    run: Option<OneRun>,
}

#[derive(Serialize)]
struct OneRun {
    parameters: json::Pairs,
    dropped: Vec<String>,
    seed: String,
    step: u32,
    fingerprint: String,
    ending: Option<&'static str>,
    broken: Vec<Broken>,
    challenges: Vec<&'static str>,
}

#[derive(Serialize)]
struct Broken {
    kind: &'static str,
    condition: String,
    step: u32,
}

pub(super) fn json(all: &[Verified], lang: Lang) -> All {
    let is_all = verified(all) == all.len();
    All {
        lockstep: json::VERSION,
        verdict: if is_all { "verified" } else { "not_verified" },
        verified: verified(all),
        links: all.iter().map(|one| self::one(one, lang)).collect(),
    }
}

fn one(one: &Verified, lang: Lang) -> One {
    let (verdict, reason) = names(one.verdict);
    One {
        name: one.name.clone(),
        verdict,
        reason,
        why: said::why(one.verdict, lang),
        lesson: one.link.as_ref().map(|link| link.lesson.clone()),
        claimed: one.link.as_ref().and_then(|link| link.fingerprint.clone()),
        run: one.run.as_ref().map(|run| OneRun {
            parameters: json::Pairs(run.settings.clone()),
            dropped: run.dropped.clone(),
            seed: run.seed.to_string(),
            step: run.frame.position,
            fingerprint: run.frame.fingerprint.clone(),
            ending: ending(&run.frame),
            broken: broken(&run.frame),
            challenges: run.challenges.clone(),
        }),
    }
}

fn broken(frame: &Frame) -> Vec<Broken> {
    let broken = frame.promises.iter().filter_map(|promise| match promise.state {
        PromiseState::Broken { step } => Some(Broken {
            kind: json::promise_kind(promise.kind),
            condition: promise.condition.clone(),
            step,
        }),
        _ => None,
    });
    broken.collect()
}

/// How the run has ended at the moment, if it has.
fn ending(frame: &Frame) -> Option<&'static str> {
    Some(match frame.ending.as_ref()? {
        Ending::Complete => "complete",
        Ending::Idle => "idle",
        Ending::Deadlock(_) => "deadlock",
        Ending::Stuck(_) => "stuck",
        Ending::Endless(_) => "endless",
        Ending::Full(_) => "full",
    })
}

/// The words of JSON for a verdict and its reason.
fn names(verdict: Verdict) -> (&'static str, Option<&'static str>) {
    use lessons::link::Trouble as Link;
    match verdict {
        Verdict::Verified => ("verified", None),
        Verdict::NoFingerprint => ("no_fingerprint", None),
        Verdict::Differs(why) => {
            let reason = match why {
                Why::TextChanged => "text_changed",
                Why::DoesNotFit(_) => "does_not_fit",
                Why::Differs => "other_run",
            };
            ("differs", Some(reason))
        }
        Verdict::Refused(trouble) => {
            let reason = match trouble {
                Trouble::Link(Link::TooLong) => "too_long",
                Trouble::Link(Link::Newer) => "newer",
                Trouble::Link(Link::Garbled) => "garbled",
                Trouble::Link(Link::NoMoment) => "no_moment",
                Trouble::NoLesson => "no_lesson",
                Trouble::NoText => "no_text",
                Trouble::Mistakes(_) => "mistakes",
            };
            ("refused", Some(reason))
        }
    }
}
