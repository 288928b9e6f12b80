//! Two transfers that deadlock.

use lessons::{Condition, Unmet};
use sim_core::session::PromiseState;

use crate::support::{bench, shared};

const ID: &str = "transfers-that-deadlock";

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&[]), "8 of 12");
    assert_eq!(lesson.counts(&[("again", "swallow")]), "24 of 28");
    assert_eq!(lesson.counts(&[("order", "low_first")]), "0 of 6");
    let lost = |tries| {
        let report = lesson.report(&[("again", "whole"), ("tries", tries)]);
        let arrive = report.broken.iter().find(|broken| broken.promise == 0);
        let failing = arrive.expect("some transfer does not arrive").found.schedules.number.clone();
        (failing, report.schedules.number)
    };
    let told = |lost: &str, all: &str| (lost.to_owned(), all.to_owned());
    assert_eq!(lost("2"), told("24", "108"));
    assert_eq!(lost("3"), told("80", "444"));
    assert_eq!(lost("4"), told("280", "1644"));
}

#[test]
fn a_circle_takes_a_second_by_the_clock() {
    let lesson = bench(ID);
    for again in ["no", "swallow"] {
        let mut session = lesson.session(&[("again", again)]);
        for pick in [1, 2, 1, 1] {
            assert!(session.pick(pick));
        }
        while session.clock() {}
        let measures = session.measures();
        for name in ["ana.latency", "ben.latency"] {
            assert_eq!(crate::support::spread(&measures, name), (1000, 1000));
        }
    }
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let counted = |id| {
        let frame = lesson.stop(id);
        ["begun", "told", "refused"].map(|name| shared(&frame, name))
    };
    assert_eq!(counted("one-each"), ["2", "0", "0"]);
    assert_eq!(counted("circle"), ["2", "0", "0"]);
    assert_eq!(counted("one-is-ended"), ["2", "0", "1"]);
    assert_eq!(counted("told-a-lie"), ["2", "1", "0"]);
    let last = lesson.play("an error swallowed", &[("again", "swallow")]).frame();
    assert_eq!(shared(&last, "told"), "2");
    assert!(matches!(last.promises[1].state, PromiseState::Broken { .. }));
}

#[test]
fn breaks_are_done_by_hand() {
    let lesson = bench(ID);
    let frame = lesson.play("crossed", &[]).frame();
    assert!(lesson.is_broken("break-it", &frame));
    let frame = lesson.play("one after the other", &[]).frame();
    assert!(!lesson.is_broken("break-it", &frame));
    let frame = lesson.play("an error swallowed", &[("again", "swallow")]).frame();
    assert!(lesson.is_broken("a-lie", &frame));
}

/// Locks both rows in the order of their numbers.
const FIRST: &str = "        accounts[min(from, to)] for update
        accounts[max(from, to)] for update
        begun += 1
";

#[test]
fn one_order_is_the_fix() {
    let lesson = bench(ID);
    for again in ["no", "whole", "swallow"] {
        let grade = lesson.grade_own("in-one-order", &[("again", again)]);
        assert_eq!(grade, Ok(Some(Unmet::Fails)), "{again}");
    }
    let low = [("order", "low_first")];
    assert_eq!(lesson.grade_own("in-one-order", &low), Ok(None));
    let ready = lesson.grade_own("lock-first", &low);
    assert!(matches!(ready, Ok(Some(Unmet::Condition(Condition::Is { .. })))));
    let text = lesson.with("        begun += 1\n", FIRST);
    assert_eq!(lesson.grade("lock-first", &text, &[]), Ok(None));
    let crossed = text.replace("min(from, to)", "from").replace("max(from, to)", "to");
    assert_eq!(lesson.grade("lock-first", &crossed, &[]), Ok(Some(Unmet::Fails)));
}
