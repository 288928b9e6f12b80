//! What the lesson on a stream of events says is true.

mod support;

use lessons::Unmet;
use support::{bench, shared};

const ID: &str = "event-stream";
const SHOWN: &str = "every event is shown";
const ONCE: &str = "no event is shown twice";
const KNOWN: &str = "no gap unnoticed";
const START: (&str, &str) = ("back", "start");
const LAST: (&str, &str) = ("back", "last_id");

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&[]), "146 of 301");
    assert_eq!(lesson.counts(&[START]), "457 of 510");
    assert_eq!(lesson.counts(&[LAST]), "0 of 252");
    assert_eq!(lesson.counts(&[LAST, ("keep", "1")]), "88 of 222");
}

#[test]
fn each_way_fails_in_its_own_way() {
    let lesson = bench(ID);
    assert_eq!(lesson.broken(&[]), [SHOWN, KNOWN]);
    assert_eq!(lesson.broken(&[START]), [ONCE]);
    assert_eq!(lesson.broken(&[LAST, ("keep", "1")]), [SHOWN]);
    assert!(lesson.broken(&[("cuts", "0")]).is_empty());
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let of = |id: &str| {
        let frame = lesson.stop(id);
        ["shown[1]", "shown[2]", "shown[3]", "known"].map(|name| shared(&frame, name))
    };
    assert_eq!(of("cut"), ["1", "0", "0", "0"]);
    assert_eq!(of("skipped"), ["1", "0", "0", "0"]);
    assert_eq!(of("once-more"), ["2", "0", "0", "0"]);
    assert_eq!(of("right-behind"), ["1", "1", "0", "0"]);
    assert_eq!(of("kept-no-more"), ["1", "0", "0", "1"]);
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    for back in ["now", "start"] {
        let found = lesson.grade_own("fix-it", &[("back", back)]);
        assert_eq!(found, Ok(Some(Unmet::Fails)), "{back}");
    }
    assert_eq!(lesson.grade_own("fix-it", &[LAST]), Ok(None));
    assert_eq!(lesson.grade_own("fix-from-now", &[]), Ok(Some(Unmet::Fails)));
    let stays = lesson.with("now     => here = feed.next", "now     => { }");
    assert_eq!(lesson.grade("fix-from-now", &stays, &[]), Ok(None));
}

#[test]
fn tricks_are_no_fixes() {
    let lesson = bench(ID);
    let blind = lesson.with("        shown[event.number] += 1\n", "");
    assert_eq!(lesson.grade("fix-it", &blind, &[LAST]), Ok(Some(Unmet::Fails)));
}
