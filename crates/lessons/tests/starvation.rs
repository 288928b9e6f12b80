//! What the lesson on waiting one's turn says is true.

mod support;

use lessons::{Condition, Refusal, Tool, Unmet};
use sim_core::session::PromiseState;
use support::{bench, lacks, shared};

const ID: &str = "starvation";
const BOUND: &str = "overtaken <= regulars";

/// How many schedules end with Nora overtaken so often, from 0 on.
fn overtaken(settings: support::Settings<'_>) -> Vec<String> {
    let report = bench(ID).report(settings);
    let mut counts = Vec::new();
    loop {
        let often = counts.len().to_string();
        let row = report.outcomes.iter().find(|outcome| {
            outcome.values.iter().any(|(name, value)| name == "overtaken" && *value == often)
        });
        match row {
            Some(row) => counts.push(row.schedules.number.clone()),
            None => return counts,
        }
    }
}

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&[]), "520 of 1400");
    assert_eq!(lesson.broken(&[]), ["each goes before Nora at most once"]);
    assert_eq!(overtaken(&[]), ["260", "340", "280", "220", "160", "100", "40"]);
}

#[test]
fn only_a_crowd_has_no_bound() {
    for visits in ["2", "3", "4"] {
        let often = |order: &str| overtaken(&[("order", order), ("visits", visits)]).len() - 1;
        assert_eq!(often("crowd"), 2 * visits.parse::<usize>().expect("a number"));
        assert_eq!(often("tickets"), 2);
        assert_eq!(often("polite"), 2);
    }
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let there = lesson.stop("nora-is-there");
    assert_eq!(shared(&there, "desk"), "", "nobody holds it");
    assert!(there.offers.iter().all(|offer| offer.pick.is_some()), "everybody could be next");
    let once = lesson.stop("once");
    assert_eq!((shared(&once, "overtaken"), shared(&once, "desk")), ("1".into(), String::new()));
    let often = lesson.stop("three-times");
    assert_eq!(shared(&often, "overtaken"), "3");
    assert_eq!(often.promises[1].state, PromiseState::Broken { step: 9 });
}

#[test]
fn breaks_are_done_by_hand() {
    let lesson = bench(ID);
    // Nora arrives, and then always the last of those who can move.
    let mut session = lesson.session(&[]);
    assert!(session.pick(1));
    while session.frame().ending.is_none() {
        let last = session.frame().offers.iter().filter_map(|offer| offer.pick).max();
        assert!(session.pick(last.expect("somebody can move")));
    }
    assert!(lesson.is_broken("break-it", &session.frame()));
    assert!(lesson.is_broken("last-of-all", &session.frame()));
    let by_schedule = lesson.play("the same one again", &[]).frame();
    assert!(lesson.is_broken("break-it", &by_schedule));
    assert!(!lesson.is_broken("last-of-all", &by_schedule));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    assert_eq!(lesson.grade_own("fix-it", &[]), Ok(Some(Unmet::Fails)));
    for order in ["polite", "tickets"] {
        assert_eq!(lesson.grade_own("fix-it", &[("order", order)]), Ok(None));
    }
    let harder = "fix-it-without-tickets";
    assert_eq!(lesson.grade_own(harder, &[("order", "polite")]), Ok(None));
    let renamed = lesson
        .with("crowd, polite => {", "polite => {")
        .replace("tickets => take_turn(true)", "crowd, tickets => take_turn(true)")
        .replace("crowd  => with desk { be_served(false) }", "crowd => take_turn(false)");
    assert_eq!(lesson.grade("fix-it", &renamed, &[]), Ok(None));
    let atomic = &Condition::AtMost { tool: Tool::Atomic, most: 0 };
    assert_eq!(lesson.grade(harder, &renamed, &[]), lacks(atomic));
}

#[test]
fn tricks_are_no_fixes() {
    let lesson = bench(ID);
    // A Nora who never says that she waits is not overtaken, and not helped either.
    let silent = lesson.with("waiting = true\n      with desk", "with desk");
    let missed = Unmet::Reaches { name: "overtaken", value: "1" };
    assert_eq!(lesson.grade("fix-it", &silent, &[]), Ok(Some(missed)));
    // Without the lock, two stand at the desk.
    let two = lesson.with("with desk { be_served(true) }", "be_served(true)");
    assert_eq!(lesson.grade("fix-it", &two, &[("order", "polite")]), Ok(Some(Unmet::Fails)));
    let fewer = lesson.with("repeat visits {", "repeat 1 {");
    assert_eq!(lesson.grade("fix-it", &fewer, &[]), Ok(Some(Unmet::Fails)));
    let weaker =
        lesson.with("always overtaken <= regulars", "always overtaken <= regulars * visits");
    assert_eq!(lesson.grade("fix-it", &weaker, &[]), Err(Refusal::PromiseGone(BOUND)));
}
