//! What the lesson on a chat with one who does not read says is true.

mod support;

use lessons::Unmet;
use support::{bench, met, shared};

const ID: &str = "chat-room";
const PASSED: &str = "the room passes on every line";
const SILENCE: &str = "no loss in silence";
const SLOW: (&str, &str) = ("first", "slow");

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&[]), "48615 of 48615");
    assert_eq!(lesson.counts(&[("full", "drop_oldest")]), "152554938 of 152554938");
    assert_eq!(lesson.counts(&[("full", "reject")]), "0 of 152554938");
    assert_eq!(lesson.counts(&[SLOW]), "0 of 34288057953534");
}

#[test]
fn each_way_fails_in_its_own_way() {
    let lesson = bench(ID);
    assert_eq!(lesson.broken(&[]), [PASSED, SILENCE]);
    assert!(lesson.report(&[]).stuck.is_some(), "the room waits for ever");
    assert_eq!(lesson.broken(&[("full", "drop_oldest")]), [SILENCE]);
    assert_eq!(lesson.report(&[("full", "drop_oldest")]).stuck, None);
    for first in ["awake", "slow"] {
        assert!(lesson.broken(&[("first", first)]).is_empty());
    }
}

/// When the room has passed on the last line by the clock, in milliseconds.
fn last_line(full: &str) -> u64 {
    let mut session = bench(ID).session(&[SLOW, ("full", full)]);
    while shared(&session.frame(), "passed") != "20" {
        assert!(session.clock(), "some line is never passed on");
    }
    session.frame().now / 1_000_000
}

#[test]
fn the_clock_shows_how_slow_the_room_gets() {
    assert_eq!(last_line("block"), 14_100);
    assert_eq!(last_line("reject"), 2_000);
    let goals = |first, full| met(&bench(ID).by_the_clock(&[("first", first), ("full", full)]).1);
    assert_eq!(goals("slow", "block"), [false]);
    assert_eq!(goals("asleep", "block"), [false]);
    assert_eq!(goals("awake", "block"), [true]);
    for full in ["drop_oldest", "reject"] {
        assert_eq!(goals("slow", full), [true], "{full}");
    }
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let of = |id: &str| {
        let frame = lesson.stop(id);
        ["heard[1]", "heard[2]", "heard[3]", "missed[1]"].map(|name| shared(&frame, name))
    };
    assert_eq!(of("all-have-it"), ["0", "0", "0", "0"]);
    assert_eq!(of("the-room-stands"), ["0", "1", "1", "0"]);
    assert_eq!(of("pushed-out"), ["0", "1", "1", "0"]);
    assert_eq!(of("counted"), ["0", "1", "1", "1"]);
}

#[test]
fn everybody_is_silenced_by_hand() {
    let lesson = bench(ID);
    let small = [("lines", "2"), ("room_for", "1")];
    let end = lesson.play("the second line", &small).frame();
    assert!(lesson.is_broken("silence-everybody", &end));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    for full in ["block", "drop_oldest"] {
        let found = lesson.grade_own("fix-it", &[("full", full)]);
        assert_eq!(found, Ok(Some(Unmet::Fails)), "{full}");
    }
    assert_eq!(lesson.grade_own("fix-it", &[("full", "reject")]), Ok(None));
}

#[test]
fn who_alone_sends_may_look_first() {
    let lesson = bench(ID);
    let send = "    try { send { line: words.line } to inbox[i] }\n    catch rejected { missed[i] += 1 }\n";
    let look = "    if inbox[i].length < room_for { send { line: words.line } to inbox[i] }\n    else { missed[i] += 1 }\n";
    let text = lesson.with(send, look);
    assert_ne!(text, lesson.0.scenario);
    assert_eq!(lesson.grade("look-first", &text, &[]), Ok(None));
}

#[test]
fn tricks_are_no_fixes() {
    let lesson = bench(ID);
    // Nobody is waited for where nobody is written to.
    let alone = lesson.with("for i in 1..members {\n", "for i in 2..members {\n");
    let found = lesson.grade("fix-it", &alone, &[("full", "reject")]);
    assert_eq!(found, Ok(Some(Unmet::Fails)));
}
