//! The report that should not matter.

use lessons::Unmet;
use sim_core::session::PromiseState;

use crate::support::{bench, shared};

const ID: &str = "read-only-anomaly";

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&[("reports", "0")]), "0 of 20");
    assert_eq!(lesson.counts(&[]), "27 of 560");
    assert_eq!(lesson.counts(&[("level", "read_committed")]), "27 of 560");
    assert_eq!(lesson.counts(&[("lock_reads", "true")]), "0 of 1407");
    assert_eq!(lesson.counts(&[("level", "serializable")]), "0 of 707");
}

#[test]
fn a_report_of_twenty_means_no_fee_where_it_is_serializable() {
    let report = bench(ID).report(&[("level", "serializable")]);
    let is = |values: &[(String, String)], name: &str, value: &str| {
        values.iter().any(|(one, has)| one == name && has == value)
    };
    let twenty: Vec<_> =
        report.outcomes.iter().filter(|one| is(&one.values, "told", "20")).collect();
    assert_eq!(twenty.len(), 1);
    assert_eq!(twenty[0].schedules.number, "69");
    assert!(is(&twenty[0].values, "fees", "0"));
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let of = |id| {
        let frame = lesson.stop(id);
        (["told", "fees"].map(|name| shared(&frame, name)), frame.promises[0].state.clone())
    };
    let told = |told: &str, fees: &str| [told.to_owned(), fees.to_owned()];
    assert_eq!(of("withdrawal-has-looked").0, told("0", "0"));
    assert_eq!(of("report-told"), (told("20", "0"), PromiseState::Open { now: true }));
    assert_eq!(of("no-order"), (told("20", "1"), PromiseState::Broken { step: 8 }));
    assert_eq!(of("an-order"), (told("9", "1"), PromiseState::Holds));
    let refused = lesson.play("a report in between", &[("level", "serializable")]).frame();
    assert_eq!(refused.position, 8, "what was refused begins again");
    assert_eq!(of("refused").0, told("20", "0"));
}

#[test]
fn a_break_is_done_by_hand() {
    let lesson = bench(ID);
    let frame = lesson.play("a report in between", &[]).frame();
    assert!(lesson.is_broken("break-it", &frame));
    let frame = lesson.play("without a look", &[]).frame();
    assert!(!lesson.is_broken("break-it", &frame));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    assert_eq!(lesson.grade_own("fix-it", &[]), Ok(Some(Unmet::Fails)));
    assert_eq!(lesson.grade_own("fix-it", &[("level", "serializable")]), Ok(None));
    let locks = [("lock_reads", "true")];
    assert_eq!(lesson.grade_own("fix-it", &locks), Ok(None));
    assert_eq!(lesson.grade_own("fix-it-with-locks", &locks), Ok(None));
    let by_level = lesson.grade_own("fix-it-with-locks", &[("level", "serializable")]);
    assert!(matches!(by_level, Ok(Some(Unmet::Condition(_)))));
}

#[test]
fn tricks_are_no_fixes() {
    let lesson = bench(ID);
    let free = lesson.with("fee = if total >= 10 then 0 else 1", "fee = 0");
    let never = Unmet::Reaches { name: "fees", value: "1" };
    assert_eq!(lesson.grade("fix-it", &free, &[]), Ok(Some(never)));
    // Locking only the row that is changed anyway.
    let half = lesson.with("        accounts[2] for update\n", "");
    let settings = [("lock_reads", "true")];
    assert_eq!(lesson.grade("fix-it-with-locks", &half, &settings), Ok(Some(Unmet::Fails)));
    // The row that it relies on is enough.
    let other = lesson.with("        accounts[1] for update\n", "");
    assert_eq!(lesson.grade("fix-it-with-locks", &other, &settings), Ok(None));
}
