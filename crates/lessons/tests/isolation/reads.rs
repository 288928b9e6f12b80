//! What is read while others write: dirty reads, non-repeatable reads, phantoms.

use lessons::Unmet;

use crate::{
    LEVELS, rows,
    support::{bench, locals, shared},
};

const DIRTY: &str = "dirty-read";
const TWICE: &str = "non-repeatable-read";
const PHANTOM: &str = "phantom";

#[test]
fn nobody_reads_what_is_not_committed() {
    let lesson = bench(DIRTY);
    assert_eq!(lesson.counts(&[]), "3 of 6");
    assert_eq!(lesson.counts(&[("kept", "statements")]), "5 of 10");
    for level in LEVELS {
        let counts =
            |ends| lesson.counts(&[("kept", "transaction"), ("ends", ends), ("level", level)]);
        assert_eq!([counts("undone"), counts("corrected")], ["0 of 10", "0 of 20"], "{level}");
    }
    let never = lesson.grade_own("prove-it", &[("kept", "transaction")]);
    assert_eq!(never, Ok(None));
    for kept in ["memory", "statements"] {
        assert_eq!(lesson.grade_own("prove-it", &[("kept", kept)]), Ok(Some(Unmet::Fails)));
    }
}

#[test]
fn the_stops_of_dirty_reads_show_what_they_say() {
    let lesson = bench(DIRTY);
    assert_eq!(shared(&lesson.stop("too-much"), "balance"), "1100");
    assert_eq!(shared(&lesson.stop("granted"), "loans"), "1");
    assert_eq!(shared(&lesson.stop("committed-itself"), "loans"), "1");
    let old = lesson.stop("sees-the-old-one");
    assert_eq!((rows(&old, "accounts"), shared(&old, "loans")), ("1: 100".into(), "0".into()));
    let versions = &old.databases[0].tables[0].rows[0].versions;
    let values: Vec<_> =
        versions.iter().map(|one| (one.value.as_str(), one.by.is_some())).collect();
    assert_eq!(values, [("100", false), ("1100", true)], "beside the new one");
    assert_eq!(rows(&lesson.stop("never-was"), "accounts"), "1: 100");
    let mut session = lesson.play("a look in between", &[("kept", "memory")]);
    while session.clock() {}
    assert!(lesson.is_broken("grant-it", &session.frame()));
}

#[test]
fn a_report_is_right_in_one_statement_or_one_snapshot() {
    let lesson = bench(TWICE);
    let counts = |level, way| lesson.counts(&[("level", level), ("way", way)]);
    assert_eq!(counts("read_committed", "row_by_row"), "9 of 35");
    for level in &LEVELS[1..] {
        assert_eq!(counts(level, "row_by_row"), "0 of 35");
    }
    for level in LEVELS {
        assert_eq!(counts(level, "one_statement"), "0 of 10");
        assert_eq!(counts(level, "locked"), "0 of 9");
    }
    let report = lesson.report(&[]);
    let totals = report.outcomes.iter().flat_map(|outcome| &outcome.values);
    let mut totals: Vec<&str> =
        totals.filter(|(name, _)| name == "total").map(|(_, value)| value.as_str()).collect();
    totals.sort_unstable();
    totals.dedup();
    assert_eq!(totals, ["200", "250"]);
}

#[test]
fn the_other_way_round_the_report_is_too_small() {
    let lesson = bench(TWICE);
    let turned = lesson
        .with("let first = accounts[1]", "let first = accounts[2]")
        .replacen("let second = accounts[2]", "let second = accounts[1]", 1)
        .replacen("let again = accounts[1]", "let again = accounts[2]", 1);
    let scenario = sim_core::lang::check(&turned).scenario.expect("it is right");
    let report = sim_core::explore::explore(
        &scenario.bind(&sim_core::lang::Values::default()).expect("it runs"),
    );
    let has = |total: &str| {
        let ends = |(name, value): &(String, String)| name == "total" && value == total;
        report.outcomes.iter().any(|outcome| outcome.values.iter().any(ends))
    };
    assert_eq!((has("150"), has("250")), (true, false));
}

#[test]
fn locks_at_repeatable_read_are_refused_where_the_row_has_changed() {
    let lesson = bench(TWICE);
    let text = lesson
        .with("process report {\n  retry (attempts: 3", "process report {\n  retry (attempts: 1");
    let settings = [("level", "repeatable_read"), ("way", "locked")];
    let lacks = lesson.grade("fix-it", &text, &settings);
    assert_eq!(lacks, Ok(Some(Unmet::Fails)), "once is not enough");
    assert_eq!(lesson.grade_own("fix-it", &settings), Ok(None));
}

#[test]
fn the_stops_of_the_report_show_what_they_say() {
    let lesson = bench(TWICE);
    assert_eq!(locals(&lesson.stop("first-read"), "first"), ["100"]);
    assert_eq!(rows(&lesson.stop("moved"), "accounts"), "1: 50, 2: 150");
    assert_eq!(shared(&lesson.stop("two-moments"), "total"), "250");
    assert_eq!(shared(&lesson.stop("changed"), "changed"), "1");
    let same = lesson.stop("one-moment");
    assert_eq!((shared(&same, "total"), shared(&same, "changed")), ("200".into(), "0".into()));
}

#[test]
fn reports_are_mended_by_the_level_or_in_one_statement() {
    let lesson = bench(TWICE);
    assert_eq!(lesson.grade_own("fix-it", &[]), Ok(Some(Unmet::Fails)));
    for level in &LEVELS[1..] {
        assert_eq!(lesson.grade_own("fix-it", &[("level", level)]), Ok(None));
    }
    let committed = |way| lesson.grade_own("fix-it-at-read-committed", &[("way", way)]);
    assert_eq!(committed("row_by_row"), Ok(Some(Unmet::Fails)));
    assert_eq!(committed("one_statement"), Ok(None));
    assert_eq!(committed("locked"), Ok(None));
}

#[test]
fn a_lock_holds_rows_and_no_phantoms() {
    let lesson = bench(PHANTOM);
    let counts =
        |level, way, change| lesson.counts(&[("level", level), ("way", way), ("change", change)]);
    for change in ["joins", "switches", "leaves"] {
        assert_eq!(counts("read_committed", "ask_twice", change), "2 of 10");
        for level in LEVELS {
            assert_eq!(counts(level, "ask_once", change), "0 of 6");
        }
        for level in &LEVELS[1..] {
            assert_eq!(counts(level, "ask_twice", change), "0 of 10");
        }
    }
    for change in ["joins", "switches"] {
        assert_eq!(counts("read_committed", "lock_rows", change), "4 of 21");
        for level in &LEVELS[1..] {
            assert_eq!(counts(level, "lock_rows", change), "0 of 21");
        }
    }
    for level in LEVELS {
        assert_eq!(counts(level, "lock_rows", "leaves"), "0 of 9");
    }
}

#[test]
fn the_stops_of_phantoms_show_what_they_say() {
    let lesson = bench(PHANTOM);
    let printed = |id| {
        let frame = lesson.stop(id);
        (shared(&frame, "chairs"), shared(&frame, "exams"))
    };
    let pair = |chairs: &str, exams: &str| (chairs.to_owned(), exams.to_owned());
    assert_eq!(printed("two-chairs"), pair("2", "0"));
    assert_eq!(printed("joined"), pair("2", "0"));
    assert_eq!(printed("three-exams"), pair("2", "3"));
    assert_eq!(printed("still-two"), pair("2", "2"));
    assert!(rows(&lesson.stop("joined"), "enrolled").contains("4: { course: 7 }"));
}

#[test]
fn phantoms_are_mended_by_the_level_or_by_asking_once() {
    let lesson = bench(PHANTOM);
    for way in ["ask_twice", "lock_rows"] {
        assert_eq!(lesson.grade_own("fix-it", &[("way", way)]), Ok(Some(Unmet::Fails)));
        for level in &LEVELS[1..] {
            assert_eq!(lesson.grade_own("fix-it", &[("way", way), ("level", level)]), Ok(None));
        }
    }
    let committed = |way| lesson.grade_own("fix-it-at-read-committed", &[("way", way)]);
    assert_eq!(committed("lock_rows"), Ok(Some(Unmet::Fails)));
    assert_eq!(committed("ask_once"), Ok(None));
}
