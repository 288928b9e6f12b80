//! A moment and a run told in words, from what every view is given: for who does not see them, and
//! for who wants to copy them.

use sim_core::{
    program::{PromiseKind, SharedKind},
    say::{self, Lang, Tense},
    session::{Ending, Frame, Lane, LaneState, Offer, PromiseState, PromiseView, StepView},
};

use super::{Bench, rhythm};
use crate::i18n::{self, lane_name, spoken};

/// So many steps are told at once, around the cursor.
pub const TOLD: u32 = 120;

/// A part of what is told of a moment: its title, and a sentence a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is about.
    pub title: &'static str,
    /// The sentences.
    pub lines: Vec<String>,
}

/// Steps that one process took in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Whose.
    pub name: String,
    /// Each step: its number, and what it did.
    pub steps: Vec<(u32, String)>,
}

/// How the last step and the run stand, in sentences.
#[must_use]
pub fn headline(bench: &Bench, frame: &Frame, lang: Lang) -> Vec<String> {
    let (texts, page) = (i18n::account(lang), i18n::texts(lang));
    let time = (frame.now > 0).then(|| i18n::span(frame.now, lang));
    let mut told =
        vec![format!("{}.", (texts.moment)(frame.position, frame.length, time.as_deref()))];
    told.push(match frame.step(frame.position) {
        Some(step) => (texts.last)(&i18n::step_line(frame, step, lang)),
        None => texts.start.to_owned(),
    });
    told.extend(rhythm::stop_words(bench, lang));
    let broken = bench.broken_at().is_some();
    told.extend(frame.ending.as_ref().map(|ending| {
        let words = match ending {
            Ending::Complete | Ending::Idle if broken => page.ended_broken,
            Ending::Complete => page.ended_complete,
            Ending::Idle => page.ended_idle,
            Ending::Deadlock(_) => page.ended_deadlock,
            Ending::Stuck(_) => page.ended_stuck,
            Ending::Endless(_) => page.ended_endless,
            Ending::Full(_) => page.ended_full,
        };
        words.to_owned()
    }));
    told
}

/// The moment: who stands where, what they share, what was promised, what may happen.
#[must_use]
pub fn moment(bench: &Bench, frame: &Frame, lang: Lang) -> Vec<Part> {
    let texts = i18n::account(lang);
    let mut who: Vec<String> = frame.lanes.iter().map(|lane| of_lane(frame, lane, lang)).collect();
    if frame.lanes_left_out > 0 {
        who.push((texts.others)(frame.lanes_left_out));
    }
    let is_told = |kind: SharedKind| !matches!(kind, SharedKind::Service | SharedKind::Wire);
    let shared = frame.shared.iter().filter(|shared| is_told(shared.kind)).map(|shared| {
        let value = i18n::summary(frame, shared, lang);
        let was = shared.before.as_ref().filter(|_| value == shared.value);
        let was = was.map(|before| format!(" ({})", (texts.was)(before))).unwrap_or_default();
        format!("{}: {value}{was}.", shared.place)
    });
    let mut values: Vec<String> = shared.collect();
    if frame.shared_left_out > 0 {
        values.push((texts.others)(frame.shared_left_out));
    }
    let promises = frame.promises.iter().map(|promise| of_promise(bench, promise, lang)).collect();
    let of_offers = |possible: bool| {
        let offers = frame.offers.iter().filter(|offer| offer.pick.is_some() == possible);
        offers.map(|offer| of_offer(frame, offer, lang)).collect::<Vec<String>>()
    };
    let mut next = of_offers(true);
    if frame.offers_left_out > 0 {
        next.push((texts.others)(frame.offers_left_out));
    }
    if next.is_empty() {
        next.push(texts.nothing.to_owned());
    }
    let parts = [
        (texts.who, who),
        (texts.values, values),
        (texts.promises, promises),
        (texts.next, next),
        (texts.blocked, of_offers(false)),
    ];
    let parts = parts.into_iter().filter(|(_, lines)| !lines.is_empty());
    parts.map(|(title, lines)| Part { title, lines }).collect()
}

/// A process: `client 2: would write balance (line 25). Remembers seen = 100, no longer true …`.
fn of_lane(frame: &Frame, lane: &Lane, lang: Lang) -> String {
    let (texts, page) = (i18n::account(lang), i18n::texts(lang));
    let offer = frame.offers.iter().find(|offer| offer.lane == lane.id);
    let stands = match &lane.state {
        LaneState::Ready => {
            let action = offer.map(|offer| i18n::action(frame, &offer.action, Tense::Next, lang));
            action.map_or_else(|| texts.ready.to_owned(), |action| say::plain(&action))
        }
        LaneState::Blocked(reason) => {
            say::plain(&say::reason(reason, |holder| lane_name(frame, holder), lang))
        }
        LaneState::Ended => page.finished.to_owned(),
        LaneState::Failed(error) => (page.failed)(&say::error(error, lang)),
        LaneState::Endless => page.endless.to_owned(),
        LaneState::Crashed(_) => page.crashed.to_owned(),
    };
    let goes_on = matches!(lane.state, LaneState::Ready | LaneState::Blocked(_));
    let line =
        offer.filter(|offer| goes_on && offer.line > 0).map(|offer| (texts.at_line)(offer.line));
    let mut told = vec![match line {
        Some(line) => format!("{}: {stands} ({line})", lane_name(frame, lane.id)),
        None => format!("{}: {stands}", lane_name(frame, lane.id)),
    }];
    if !lane.holds.is_empty() {
        told.push((texts.holds)(&lane.holds.join(", ")));
    }
    let locals = lane.locals.iter().map(|local| {
        let stale = local.stale.as_ref().filter(|_| goes_on);
        let stale = stale.map(|(place, now)| format!(" ({})", (texts.stale)(place, now)));
        format!("{} = {}{}", local.name, local.value, stale.unwrap_or_default())
    });
    let locals: Vec<String> = locals.collect();
    if !locals.is_empty() {
        told.push((texts.remembers)(&locals.join(", ")));
    }
    format!("{}.", told.join("; "))
}

fn of_promise(bench: &Bench, promise: &PromiseView, lang: Lang) -> String {
    let texts = i18n::account(lang);
    let kind = match promise.kind {
        PromiseKind::Always => "always",
        PromiseKind::Finally => "finally",
        PromiseKind::Assert => "assert",
    };
    let state = match promise.state {
        PromiseState::Holds => texts.holds_now.to_owned(),
        PromiseState::Open { now } => (texts.judged_later)(now).to_owned(),
        PromiseState::Broken { step } => (texts.broken)(step),
    };
    let words = bench.course.words(lang);
    let why = promise.why.as_ref().map(|why| {
        let said = words.and_then(|words| words.promise(why)).unwrap_or(why);
        format!(" ({said})")
    });
    let now = promise.now.as_ref().map(|now| format!(" {now}")).unwrap_or_default();
    format!("{kind} {}{}: {state}.{now}", promise.condition, why.unwrap_or_default())
}

fn of_offer(frame: &Frame, offer: &Offer, lang: Lang) -> String {
    let name = if offer.action.is_of_nobody() { String::new() } else { spoken(&offer.name) };
    let does = match (&offer.blocked, offer.pick) {
        (Some(reason), None) => say::reason(reason, |holder| lane_name(frame, holder), lang),
        _ => i18n::action(frame, &offer.action, Tense::Next, lang),
    };
    let which = match offer.outcome {
        (_, 0 | 1) => String::new(),
        (one, of) => format!(" ({})", (i18n::texts(lang).views.outcome)(one, of)),
    };
    let number = offer.pick.map(|pick| format!("{pick}. ")).unwrap_or_default();
    let sentence = format!("{name} {}{which}", say::plain(&does));
    format!("{number}{}.", sentence.trim())
}

/// Which steps are told: those around the cursor, as far as the frame has them.
#[must_use]
pub fn window(frame: &Frame) -> (u32, u32) {
    let last = frame.first + frame.steps.len() as u32;
    let from = frame.position.saturating_sub(TOLD / 2).max(frame.first);
    let to = (from + TOLD).min(last);
    (to.saturating_sub(TOLD).max(frame.first) + 1, to)
}

/// The steps of a range, those of one process in a row together.
#[must_use]
pub fn turns(frame: &Frame, (from, to): (u32, u32), lang: Lang) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for number in from..=to {
        let Some(step) = frame.step(number) else { continue };
        let (name, did) = of_step(frame, step, lang);
        match turns.last_mut() {
            Some(turn) if turn.name == name => turn.steps.push((number, did)),
            _ => turns.push(Turn { name, steps: vec![(number, did)] }),
        }
    }
    turns
}

/// Who took a step, and what it did.
fn of_step(frame: &Frame, step: &StepView, lang: Lang) -> (String, String) {
    let line = i18n::step_line(frame, step, lang);
    let name = if step.action.is_of_nobody() { String::new() } else { spoken(&step.name) };
    let did = line.strip_prefix(&name).unwrap_or(&line).trim().to_owned();
    let broke = if step.broke.is_empty() { "" } else { i18n::account(lang).broke };
    (name, if broke.is_empty() { did } else { format!("{did}. {broke}") })
}

/// All of it as a text: the moment, and the steps that the frame has.
#[must_use]
pub fn text(bench: &Bench, lang: Lang) -> String {
    let Some(frame) = &bench.frame else { return String::new() };
    let texts = i18n::account(lang);
    let mut lines =
        vec![super::update::bench_title(bench, lang), headline(bench, frame, lang).join(" ")];
    for part in moment(bench, frame, lang) {
        lines.push(String::new());
        lines.push(part.title.to_owned());
        lines.extend(part.lines.iter().map(|line| format!("- {line}")));
    }
    let all = (frame.first + 1, frame.first + frame.steps.len() as u32);
    lines.push(String::new());
    lines.push((texts.run)(frame.length));
    if frame.first > 0 || all.1 < frame.length {
        lines.push((texts.part)(all.0, all.1));
    }
    for turn in turns(frame, all, lang) {
        for (number, did) in turn.steps {
            let later =
                if number > frame.position { format!(" ({})", texts.later) } else { String::new() };
            lines.push(format!("{number}. {} {did}{later}", turn.name).replace(".  ", ". "));
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Action, tests::Page};

    #[test]
    fn a_moment_is_told_whole() {
        let mut page = Page::open("/lesson/race-on-a-balance");
        for pick in [1, 2, 1] {
            page.act(Action::Pick(pick));
        }
        let text = text(page.bench(), Lang::En);
        for said in [
            "After step 3 of 3. Last: client 1 wrote balance",
            "- client 1: finished; remembers seen = 100.",
            "(line 25); remembers seen = 100 (no longer true: balance is 20).",
            "- balance: 20 (was 100).",
            "- always balance >= 0 (the account is never overdrawn): holds.",
            "(no money is made or lost): judged at the end; now it would hold.",
            "- 1. client 2 writes balance",
            "The run: 3 steps",
            "2. client 2 read balance (100)",
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(super::text(page.bench(), Lang::Es).contains("Dónde está cada quien"));
    }

    #[test]
    fn every_lesson_is_told_in_both_languages_along_a_run_by_the_clock() {
        for listed in lessons::listed() {
            let mut page = Page::open(&format!("/lesson/{}", listed.id));
            for _ in 0..12 {
                page.act(Action::Forward);
            }
            page.act(Action::Seek(6));
            for lang in Lang::ALL {
                let text = text(page.bench(), lang);
                assert!(text.lines().count() > 12, "{}: {text}", listed.id);
                let is_torn =
                    |line: &str| line.ends_with("..") || line.contains(" .") || line.contains(":.");
                let torn: Vec<&str> = text.lines().filter(|line| is_torn(line)).collect();
                assert!(torn.is_empty(), "{}: {torn:?}", listed.id);
            }
        }
    }

    #[test]
    fn of_a_long_run_the_steps_around_the_cursor_are_told() {
        let mut frame = Frame { position: 900, length: 2000, first: 0, ..Frame::default() };
        let page = Page::open("/lesson/race-on-a-balance");
        let mut one = page;
        one.act(Action::Forward);
        let step = one.bench().frame.as_ref().expect("a moment").steps[0].clone();
        frame.steps = vec![step; 2000];
        assert_eq!(window(&frame), (841, 960));
        frame.position = 5;
        assert_eq!(window(&frame), (1, 120));
        frame.position = 2000;
        assert_eq!(window(&frame), (1881, 2000));
        assert_eq!(turns(&frame, (1, 120), Lang::En).len(), 1, "one process, one turn");
    }
}
