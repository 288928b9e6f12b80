//! Two doctors on call.

use lessons::{Condition, Unmet};
use sim_core::session::PromiseState;

use crate::{
    LEVELS,
    support::{bench, locals, shared},
};

const ID: &str = "write-skew";

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    let at = |guard| LEVELS.map(|level| lesson.counts(&[("level", level), ("guard", guard)]));
    assert_eq!(at("none"), ["18 of 20", "18 of 20", "0 of 20"]);
    assert_eq!(at("own_row"), ["60 of 70", "68 of 70", "0 of 70"]);
    assert_eq!(at("both_rows"), ["0 of 10"; 3]);
    assert_eq!(at("shared_row"), ["0 of 8"; 3]);
    assert_eq!(lesson.shortest(&[], "somebody is on call"), 6);
}

#[test]
fn with_one_try_a_doctor_is_left_with_an_error() {
    let lesson = bench(ID);
    let gave_up = |tries| {
        let report = lesson.report(&[("level", "serializable"), ("tries", tries)]);
        let is = |(name, value): &(String, String)| name == "gave_up" && value == "1";
        report.outcomes.iter().any(|outcome| outcome.values.iter().any(is))
    };
    assert!(gave_up("1"));
    assert!(!gave_up("2"));
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    assert_eq!(locals(&lesson.stop("both-have-looked"), "here"), ["2", "2"]);
    let left = lesson.stop("nobody-left");
    assert_eq!(shared(&left, "went_home"), "2");
    assert_eq!(left.promises[0].state, PromiseState::Broken { step: 6 });
    let rows = lesson.stop("two-rows");
    assert_eq!(rows.promises[0].state, PromiseState::Holds);
    let refused = lesson.stop("refused-at-commit");
    assert_eq!(["went_home", "stayed"].map(|name| shared(&refused, name)), ["1", "0"]);
    assert_eq!(refused.promises[0].state, PromiseState::Holds);
    let again = lesson.stop("looks-again");
    assert_eq!(["went_home", "stayed"].map(|name| shared(&again, name)), ["1", "1"]);
}

#[test]
fn breaks_are_done_by_hand() {
    let lesson = bench(ID);
    let skewed = [1, 2, 1, 2, 1, 1];
    assert!(lesson.breaks("break-it", &[], &skewed));
    let committed = [("level", "read_committed")];
    assert!(!lesson.breaks("break-it", &committed, &[]));
    let own = [("guard", "own_row")];
    assert!(lesson.breaks("break-the-lock", &own, &[1, 2, 1, 2, 1, 2, 1, 1]));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    for guard in ["none", "own_row"] {
        assert_eq!(lesson.grade_own("fix-it", &[("guard", guard)]), Ok(Some(Unmet::Fails)));
    }
    for level in LEVELS {
        for guard in ["both_rows", "shared_row"] {
            let settings = [("level", level), ("guard", guard)];
            assert_eq!(lesson.grade_own("fix-it", &settings), Ok(None), "{settings:?}");
        }
    }
    let serializable = [("level", "serializable")];
    assert_eq!(lesson.grade_own("fix-it", &serializable), Ok(None));
    let below = lesson.grade_own("fix-it-below-serializable", &serializable);
    assert!(matches!(below, Ok(Some(Unmet::Condition(Condition::IsNot { .. })))), "{below:?}");
    let both = [("guard", "both_rows")];
    assert_eq!(lesson.grade_own("fix-it-below-serializable", &both), Ok(None));
}

/// Each locks both rows, one's own first.
const CROSSED: &str = "{
      doctors[self] for update
      doctors[3 - self] for update
    }
";

#[test]
fn the_other_row_must_be_locked_too() {
    let lesson = bench(ID);
    let grade = |level: &str, instead: &str| {
        let text = lesson.with("doctors[self] for update\n", instead);
        lesson.grade("fix-it-yourself", &text, &[("guard", "own_row"), ("level", level)])
    };
    for level in ["read_committed", "repeatable_read"] {
        let both = "{ doctors[1] for update; doctors[2] for update }\n";
        assert_eq!(grade(level, both), Ok(None));
        assert_eq!(grade(level, "update rota[1] set value = 1\n"), Ok(None));
        // A deadlock, and another, until a doctor is out of tries.
        let lacks = Unmet::Ends { name: "stayed", value: "1" };
        assert_eq!(grade(level, CROSSED), Ok(Some(lacks)));
    }
    // Who only waits for a row that is not changed then goes on with an old snapshot.
    let first = "doctors[1] for update\n";
    assert_eq!(grade("read_committed", first), Ok(None));
    assert_eq!(grade("repeatable_read", first), Ok(Some(Unmet::Fails)));
}

#[test]
fn sending_nobody_home_is_no_fix() {
    let lesson = bench(ID);
    let text = lesson.with("here < 2", "here < 3");
    let never = Unmet::Ends { name: "stayed", value: "1" };
    assert_eq!(lesson.grade("fix-it", &text, &[]), Ok(Some(never)));
}
