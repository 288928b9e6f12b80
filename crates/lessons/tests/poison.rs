//! What the lesson on a job that nobody can do says is true.

mod support;

use lessons::Unmet;
use sim_core::session::Session;
use support::{bench, shared};

const ID: &str = "poison-message";
const ASIDE: (&str, &str) = ("failed", "set_aside");
const SWALLOW: (&str, &str) = ("failed", "swallow");

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&[]), "88 of at least 88");
    assert_eq!(lesson.counts(&[("failed", "later")]), "9576 of at least 9576");
    assert_eq!(lesson.counts(&[SWALLOW]), "39 of 39");
    assert_eq!(lesson.counts(&[ASIDE]), "0 of 165");
    assert_eq!(lesson.counts(&[ASIDE, ("tries", "1")]), "39 of 39");
}

#[test]
fn each_way_fails_in_its_own_way() {
    let lesson = bench(ID);
    let (good, bad) = ("every good job is done", "the bad job waits for a person");
    assert_eq!(lesson.broken(&[]), [good, bad]);
    assert_eq!(lesson.broken(&[("failed", "later")]), [bad]);
    assert_eq!(lesson.broken(&[SWALLOW]), [good, bad]);
    assert_eq!(lesson.broken(&[ASIDE, ("tries", "1")]), [good, bad]);
    for tries in ["2", "3", "4"] {
        assert!(lesson.broken(&[ASIDE, ("tries", tries)]).is_empty());
    }
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let done = |id: &str| {
        let frame = lesson.stop(id);
        ["done", "wasted"].map(|name| shared(&frame, name))
    };
    assert_eq!(done("first-failure"), ["0", "0"]);
    assert_eq!(done("at-the-head"), ["1", "1"]);
    assert_eq!(done("and-again"), ["1", "3"]);
    assert_eq!(done("thrown-away"), ["0", "0"]);
    assert_eq!(done("three-tries"), ["1", "3"]);
    assert_eq!(done("all-done"), ["2", "3"]);
}

#[test]
fn the_clock_shows_how_much_is_wasted() {
    let lesson = bench(ID);
    let mut session = Session::new(lesson.bind(&[]), lesson.0.scenario, 1);
    while session.clock() {}
    let frame = session.frame();
    assert_eq!((shared(&frame, "wasted"), shared(&frame, "done")), ("998".into(), "1".into()));
}

#[test]
fn breaks_are_done_by_hand() {
    let lesson = bench(ID);
    assert!(lesson.is_broken("lose-a-good-job", &lesson.play("swallowed", &[SWALLOW]).frame()));
    assert!(!lesson.is_broken("too-hasty", &lesson.play("put aside", &[ASIDE]).frame()));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    for failed in ["again", "later", "swallow"] {
        let found = lesson.grade_own("fix-it", &[("failed", failed)]);
        assert_eq!(found, Ok(Some(Unmet::Fails)), "{failed}");
    }
    assert_eq!(lesson.grade_own("fix-it", &[ASIDE]), Ok(None));
    let hasty = lesson.grade_own("fix-it", &[ASIDE, ("tries", "1")]);
    assert_eq!(hasty, Ok(Some(Unmet::Fails)));
}

#[test]
fn a_worker_may_tell_the_errors_apart() {
    let lesson = bench(ID);
    let told = lesson.with("catch { }", "catch unreadable { send { number: job.number } to dead }");
    assert_eq!(lesson.grade("fix-it-in-the-worker", &told, &[SWALLOW]), Ok(None));
    // Setting aside whatever fails is too hasty.
    let all = lesson.with("catch { }", "catch { send { number: job.number } to dead }");
    let found = lesson.grade("fix-it-in-the-worker", &all, &[SWALLOW]);
    assert_eq!(found, Ok(Some(Unmet::Fails)));
}

#[test]
fn tricks_are_no_fixes() {
    let lesson = bench(ID);
    // Not even trying is no printing.
    let lazy = lesson.with("  work 10ms\n", "  work 10ms\n  if number != 2 { return }\n");
    assert_eq!(lesson.grade("fix-it", &lazy, &[ASIDE]), Ok(Some(Unmet::Fails)));
}
