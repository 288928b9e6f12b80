//! Two deliveries on one row.

use lessons::{Condition, Tool, Unmet};

use crate::{
    LEVELS, rows,
    support::{bench, lacks, locals, shared},
};

const ID: &str = "lost-update";
const REFUSED: [&str; 4] = ["give_up", "go_on", "same_statement", "whole_transaction"];

fn set<'a>(level: &'a str, way: &'a str, refused: &'a str) -> [(&'static str, &'a str); 3] {
    [("level", level), ("way", way), ("refused", refused)]
}

#[test]
fn at_read_committed_it_depends_on_how_the_row_is_changed() {
    let lesson = bench(ID);
    let counts = |way| lesson.counts(&set("read_committed", way, "give_up"));
    assert_eq!(
        ["read_then_write", "for_update", "in_place"].map(counts),
        ["12 of 14", "0 of 6", "0 of 4"]
    );
}

#[test]
fn above_it_on_what_is_done_when_refused() {
    let lesson = bench(ID);
    for level in &LEVELS[1..] {
        let counts = |refused| lesson.counts(&set(level, "read_then_write", refused));
        assert_eq!(REFUSED.map(counts), ["0 of 14", "12 of 14", "0 of 14", "0 of 14"]);
        // How many schedules leave a clerk without its booking.
        let unbooked = |refused| {
            let report = lesson.report(&set(level, "read_then_write", refused));
            let gave_up = |(name, value): &(String, String)| name == "gave_up" && value == "1";
            let outcomes = report.outcomes.iter();
            let those = outcomes.filter(|outcome| outcome.values.iter().any(gave_up));
            those.map(|outcome| outcome.schedules.number.clone()).collect::<Vec<_>>()
        };
        assert_eq!(unbooked("give_up"), ["12"]);
        assert_eq!(unbooked("same_statement"), ["12"], "it does not help");
        assert_eq!(unbooked("whole_transaction"), [""; 0]);
    }
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    assert_eq!(locals(&lesson.stop("both-read"), "seen"), ["100", "100"]);
    let waits = lesson.stop("waits");
    assert_eq!(rows(&waits, "stock"), "1: 100", "nothing is committed yet");
    let lost = lesson.stop("written-over");
    assert_eq!((rows(&lost, "stock"), shared(&lost, "booked")), ("1: 110".into(), "1".into()));
    let mut session = lesson.play("both read first", &[]);
    while session.clock() {}
    assert_eq!(
        (rows(&session.frame(), "stock"), shared(&session.frame(), "booked")),
        ("1: 110".into(), "2".into())
    );
    assert!(lesson.is_broken("lose-it", &session.frame()));
    let refused = lesson.stop("refused");
    assert_eq!(shared(&refused, "booked"), "1");
    assert_eq!(shared(&refused, "gave_up"), "1");
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    let fix = |level, refused| lesson.grade_own("fix-it", &set(level, "read_then_write", refused));
    for refused in REFUSED {
        assert_eq!(fix("read_committed", refused), Ok(Some(Unmet::Fails)));
    }
    let unbooked = Ok(Some(Unmet::Ends { name: "booked", value: "2" }));
    for level in &LEVELS[1..] {
        assert_eq!(fix(level, "give_up"), unbooked);
        assert_eq!(fix(level, "go_on"), Ok(Some(Unmet::Fails)));
        assert_eq!(fix(level, "same_statement"), unbooked);
        assert_eq!(fix(level, "whole_transaction"), Ok(None));
    }
}

#[test]
fn at_any_level_it_takes_two_settings() {
    let lesson = bench(ID);
    let fix = |way, refused| {
        lesson.grade_own("fix-it-at-any-level", &set("read_committed", way, refused))
    };
    assert_eq!(fix("read_then_write", "whole_transaction"), Ok(Some(Unmet::Fails)));
    let given_up = Ok(Some(Unmet::Ends { name: "gave_up", value: "0" }));
    for way in ["for_update", "in_place"] {
        assert_eq!(fix(way, "give_up"), given_up);
        assert_eq!(fix(way, "whole_transaction"), Ok(None));
    }
}

#[test]
fn at_read_committed_nobody_has_to_start_again() {
    let lesson = bench(ID);
    let fix =
        |level, way, refused| lesson.grade_own("fix-it-without-a-retry", &set(level, way, refused));
    for way in ["for_update", "in_place"] {
        assert_eq!(fix("read_committed", way, "give_up"), Ok(None));
    }
    let retries = &Condition::AtMost { tool: Tool::Retry, most: 0 };
    assert_eq!(fix("read_committed", "in_place", "whole_transaction"), lacks(retries));
    let given_up = Ok(Some(Unmet::Ends { name: "gave_up", value: "0" }));
    assert_eq!(fix("repeatable_read", "in_place", "give_up"), given_up);
}
