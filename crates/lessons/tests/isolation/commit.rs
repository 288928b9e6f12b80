//! Two-phase commit, and a coordinator that dies.

use lessons::Unmet;
use sim_core::session::PromiseState;

use crate::support::{bench, shared};

const ID: &str = "two-phase-commit";

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    let counts = |crash, doubt| lesson.counts(&[("crash", crash), ("doubt", doubt)]);
    assert_eq!(counts("never", "wait"), "0 of 6170");
    assert_eq!(counts("for_good", "wait"), "2900 of 9070");
    assert_eq!(counts("for_good", "ask"), "690 of 198535");
    assert_eq!(counts("never", "undo"), "4482 of 30072");
    assert_eq!(counts("returns", "wait"), "0 of 179900");
    assert_eq!(counts("returns", "ask"), "0 of 5367225");
    let report = lesson.report(&[("crash", "for_good"), ("doubt", "wait")]);
    let bread = report.broken.iter().find(|broken| broken.promise == 1);
    assert_eq!(bread.expect("the customer waits").found.schedules.number, "2135");
}

#[test]
fn asking_does_not_help_where_both_have_voted_yes() {
    let report = bench(ID).report(&[("crash", "for_good"), ("doubt", "ask")]);
    let failing = report.outcomes.iter().filter(|outcome| outcome.failing.number != "0");
    for outcome in failing {
        for vote in ["vote[1]", "vote[2]"] {
            let yes = (vote.to_owned(), "\"yes\"".to_owned());
            assert!(outcome.values.contains(&yes), "{:?}", outcome.values);
        }
    }
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let of = |id, name| shared(&lesson.stop(id), name);
    assert_eq!(["vote[1]", "vote[2]"].map(|name| of("in-doubt", name)), ["\"yes\"", "\"yes\""]);
    assert_eq!(of("nobody-knows", "decision"), "\"none\"");
    assert_eq!(of("back-again", "decision"), "\"commit\"");
    assert_eq!(of("back-again", "paid"), "0");
    assert_eq!(of("served-late", "paid"), "5");
    assert_eq!(of("half-undone", "decision"), "\"commit\"");
    let mut session = lesson.play("loses patience", &[]);
    while session.clock() {}
    assert!(matches!(session.frame().promises[0].state, PromiseState::Broken { .. }));
}

#[test]
fn breaks_are_done_by_hand() {
    let lesson = bench(ID);
    let waits = [("crash", "for_good"), ("doubt", "wait")];
    assert!(lesson.breaks("break-it", &waits, &[1, 1, 1, 1, 1, 2, 2]));
    let mut session = lesson.play("loses patience", &[]);
    while session.clock() {}
    assert!(lesson.is_broken("money-from-nowhere", &session.frame()));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    let grade = |id, crash, doubt| lesson.grade_own(id, &[("crash", crash), ("doubt", doubt)]);
    assert_eq!(grade("fix-it", "returns", "undo"), Ok(Some(Unmet::Fails)));
    for doubt in ["wait", "ask"] {
        assert_eq!(grade("fix-it", "returns", doubt), Ok(None));
        assert_eq!(grade("fix-it-for-good", "for_good", doubt), Ok(Some(Unmet::Fails)));
    }
}

#[test]
fn a_second_coordinator_mends_it() {
    let lesson = bench(ID);
    let text = lesson.0.scenario;
    let two = lesson.with("process coordinator * 1 {", "process coordinator * 2 {");
    let settings = |doubt| [("crash", "for_good"), ("doubt", doubt)];
    assert_eq!(lesson.grade("fix-it-for-good", &two, &settings("wait")), Ok(None));
    assert_eq!(lesson.grade("fix-it-for-good", &two, &settings("undo")), Ok(Some(Unmet::Fails)));
    // Whoever never commits never leaves anybody in doubt for long, and moves no money either.
    let never = text.replace("if yes then \"commit\" else", "if yes then \"abort\" else");
    assert_ne!(never, text);
    let back = [("crash", "returns"), ("doubt", "wait")];
    let nothing = Unmet::Reaches { name: "decision", value: "\"commit\"" };
    assert_eq!(lesson.grade("fix-it", &never, &back), Ok(Some(nothing)));
}
